#include "views/note.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "frame.h"
#include "model/draft.h"
#include "model/handover.h"
#include "ui/textedit.h"

#define KEEP_MS 3000 /* a draft is at most so old */
#define NOT_KEPT_MS 1000
#define ABOVE 4 /* rows above the text: header, title, about, notice */
#define FIELD "note"

struct note {
    struct view view;
    const struct view_env *env;
    const struct note_ops *ops;
    void *context;
    char *about;
    int64_t since_seq, until_seq;
    struct textedit *edit;
    char *kept; /* what the draft holds; "" there is none */
    char *notice;
    enum role notice_role;
    bool warned; /* that leaving loses it, by the key before */
};

static struct note *self(struct view *view)
{
    assert(view->ops == &note_view_ops);
    return (struct note *)view;
}

static void tell(struct note *note, enum role role, const char *text)
{
    free(note->notice);
    note->notice = alloc_string(text);
    note->notice_role = role;
}

/* --- the draft ------------------------------------------------------------------------------- */

static bool keep(struct note *note, bool leaving, struct error *err)
{
    struct draft draft = {.context = alloc_string(NOTE_DRAFT), .since = note->until_seq};
    const char *text = textedit_text(note->edit);
    bool due = strcmp(text, note->kept) != 0;
    if (text[0] != '\0')
        draft_add(&draft, FIELD, "", text);
    bool kept = !due || draft_keep(note->env->model, &draft, leaving, err);
    if (due && kept) {
        free(note->kept);
        note->kept = alloc_string(text);
    }
    draft_clear(&draft);
    return kept;
}

static void drop_draft(struct note *note)
{
    struct error err = {0};
    if (note->kept[0] != '\0' && !draft_drop(note->env->model, NOTE_DRAFT, 0, &err))
        note->ops->said(note->context, ROLE_WARNING, err.text);
    free(note->kept);
    note->kept = alloc_string("");
}

static bool read_draft(struct note *note, struct error *err)
{
    struct draft draft = {0};
    bool found = false;
    if (!draft_find(note->env->model, NOTE_DRAFT, 0, &draft, &found, err))
        return false;
    for (size_t i = 0; found && i < draft.count; i++) {
        if (strcmp(draft.item[i].name, FIELD) != 0)
            continue;
        textedit_set(note->edit, draft.item[i].value);
        free(note->kept);
        note->kept = alloc_string(draft.item[i].value);
        struct date_time at = date_local(draft.at);
        int year, month, day;
        date_parts(at.date, &year, &month, &day);
        char *text = alloc_format(
            _("Your draft of %02d-%02d %02d:%02d; C-g drops it"), month, day, at.hour, at.minute);
        tell(note, ROLE_WARNING, text);
        free(text);
    }
    draft_clear(&draft);
    return true;
}

/* --- leaving --------------------------------------------------------------------------------- */

static enum effect save(struct note *note)
{
    struct error err = {0};
    if (!handover_note_write(
            note->env->model, textedit_text(note->edit), note->since_seq, note->until_seq, &err)) {
        tell(note, ROLE_ERROR, err.text);
        return EFFECT_DRAW;
    }
    drop_draft(note);
    note->ops->saved(note->context);
    note->ops->said(
        note->context, ROLE_OK, _("The note is saved, and all up to here is marked as seen"));
    return EFFECT_BACK | EFFECT_DRAW;
}

static enum effect leave(struct note *note)
{
    struct error err = {0};
    if (!keep(note, false, &err)) {
        if (note->warned) {
            note->ops->said(note->context, ROLE_WARNING, _("What you typed is not kept"));
            return EFFECT_BACK | EFFECT_DRAW;
        }
        char *text = alloc_format(_("Not kept: %s; the same key leaves without it"), err.text);
        tell(note, ROLE_ERROR, text);
        free(text);
        note->warned = true;
        return EFFECT_DRAW;
    }
    if (note->kept[0] != '\0')
        note->ops->said(note->context, ROLE_OK, _("What you typed is kept as a draft"));
    return EFFECT_BACK | EFFECT_DRAW;
}

static enum effect drop(struct note *note)
{
    bool had = note->kept[0] != '\0' || textedit_text(note->edit)[0] != '\0';
    drop_draft(note);
    if (had)
        note->ops->said(note->context, ROLE_WARNING, _("What you typed is dropped"));
    return EFFECT_BACK | EFFECT_DRAW;
}

/* --- the view -------------------------------------------------------------------------------- */

static enum effect note_key(struct view *view, const struct key *key)
{
    static const struct {
        const char *key;
        enum effect (*run)(struct note *note);
    } keys[] = {{"C-s", save}, {"M-Enter", save}, {"Esc", leave}, {"C-c", leave}, {"C-g", drop}};
    struct note *note = self(view);
    char name[16];
    key_name(key, name);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(name, keys[i].key) == 0)
            return keys[i].run(note);
    note->warned = false;
    return textedit_key(note->edit, key) ? EFFECT_DRAW : EFFECT_NONE;
}

static enum effect note_tick(struct view *view, int *next_ms)
{
    struct note *note = self(view);
    struct error err = {0};
    *next_ms = KEEP_MS;
    if (note->warned) /* which says so already */
        return EFFECT_NONE;
    if (keep(note, false, &err))
        return EFFECT_NONE;
    *next_ms = NOT_KEPT_MS;
    char *text = alloc_format(_("Not kept as a draft yet: %s"), err.text);
    bool same = note->notice != NULL && strcmp(note->notice, text) == 0;
    tell(note, ROLE_WARNING, text);
    free(text);
    return same ? EFFECT_NONE : EFFECT_DRAW;
}

static bool note_keep(struct view *view, struct error *err)
{
    return keep(self(view), true, err);
}

static struct rect text_area(struct rect area)
{
    int rows = area.rows - ABOVE - 1, columns = area.columns - 2;
    return (struct rect){
        area.row + ABOVE, area.column + 1, rows > 1 ? rows : 1, columns > 1 ? columns : 1};
}

static void note_resize(struct view *view, struct rect area)
{
    struct rect text = text_area(area);
    textedit_resize(self(view)->edit, text.rows, text.columns);
}

static void note_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct note *note = self((struct view *)view);
    if (!frame_fits(canvas, area))
        return;
    struct frame_state state = {.officer = model_duty_officer(note->env->model)};
    int columns = area.columns - 2;
    frame_header(note->env, &state, canvas, area);
    canvas_put(canvas, area.row + 1, area.column + 1, columns, ROLE_TITLE, _("Handover note"));
    canvas_put(canvas, area.row + 2, area.column + 1, columns, ROLE_DIM, note->about);
    if (note->notice != NULL) {
        struct rect line = {area.row + 3, area.column, 1, area.columns};
        canvas_fill(canvas, line, note->notice_role, ' ');
        canvas_put(canvas, line.row, area.column + 1, columns, note->notice_role, note->notice);
    }
    textedit_draw(note->edit, canvas, text_area(area), true);
    frame_footer_text(_("C-s save  Esc leave, draft kept  C-g drop"), "", canvas, area);
    frame_trouble(note->env, canvas, area.row + 1, area);
}

static void note_close(struct view *view)
{
    struct note *note = self(view);
    textedit_free(note->edit);
    free(note->about);
    free(note->kept);
    free(note->notice);
    free(note);
}

const struct view_ops note_view_ops = {
    .name = "note",
    .title = N_("Handover note"),
    .context = CONTEXT_NOTE,
    .takes_text = true,
    .resize = note_resize,
    .draw = note_draw,
    .key = note_key,
    .tick = note_tick,
    .keep = note_keep,
    .close = note_close,
};

bool note_open(const struct view_env *env, const struct note_ops *ops, void *context,
    const char *about, int64_t since_seq, int64_t until_seq, struct view **out, struct error *err)
{
    if (!model_may_write(env->model, err))
        return false;
    struct note *note = alloc_zero(1, sizeof *note);
    *note = (struct note){.view.ops = &note_view_ops,
        .env = env,
        .ops = ops,
        .context = context,
        .about = alloc_string(about),
        .since_seq = since_seq,
        .until_seq = until_seq,
        .edit = textedit_new("", HANDOVER_NOTE_BYTES),
        .kept = alloc_string("")};
    if (!read_draft(note, err)) {
        note_close(&note->view);
        return false;
    }
    *out = &note->view;
    return true;
}
