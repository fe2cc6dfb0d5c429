#include "views/entry.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "entry_parts.h"
#include "frame.h"

#define KEEP_MS 3000 /* a draft is at most so old */
#define ABOUT_ROWS 4
#define NOT_KEPT_MS 1000 /* where it could not be kept: again soon */

static struct entry *self(struct view *view)
{
    assert(view->ops == &entry_view_ops);
    return (struct entry *)view;
}

void entry_tell(struct entry *entry, enum role role, const char *text)
{
    free(entry->notice);
    entry->notice = alloc_string(text);
    entry->notice_role = role;
}

/* Many tasks share one draft of an action: which were marked is not worth losing the text over. */
const char *entry_draft_context(const struct entry *entry)
{
    return entry->action;
}

/* --- keys ------------------------------------------------------------------------------------ */

static enum effect leave(struct entry *entry)
{
    struct error err = {0};
    if (!entry_draft_keep(entry, false, &err)) {
        if (entry->warned) {
            entry->ops->said(entry->context, ROLE_WARNING, _("What you typed is not kept"), 0);
            return EFFECT_BACK | EFFECT_DRAW;
        }
        char *text = alloc_format(_("Not kept: %s; the same key leaves without it"), err.text);
        entry_tell(entry, ROLE_ERROR, text);
        free(text);
        entry->warned = true;
        return EFFECT_DRAW;
    }
    if (entry->has_draft)
        entry->ops->said(entry->context, ROLE_OK, _("What you typed is kept as a draft"), 0);
    return EFFECT_BACK | EFFECT_DRAW;
}

static enum effect drop(struct entry *entry)
{
    bool had = entry->has_draft || form_changed(entry->form);
    entry_draft_drop(entry);
    if (had)
        entry->ops->said(entry->context, ROLE_WARNING, _("What you typed is dropped"), 0);
    return EFFECT_BACK | EFFECT_DRAW;
}

/* The last report's words into the empty field. */
static enum effect take_last(struct entry *entry)
{
    const char *name = form_focused(entry->form);
    for (size_t i = 0; name != NULL && i < entry->slots.count; i++) {
        const struct entry_slot *slot = &entry->slots.slot[i];
        if (strcmp(slot->name, name) != 0 || slot->last == NULL ||
            form_value(entry->form, name)[0] != '\0')
            continue;
        form_set(entry->form, name, slot->last);
        entry->copied = true;
    }
    return EFFECT_DRAW;
}

static enum effect entry_key(struct view *view, const struct key *key)
{
    struct entry *entry = self(view);
    char name[16];
    key_name(key, name);
    entry->warned &= strcmp(name, "Esc") == 0 || strcmp(name, "C-c") == 0;
    if (strcmp(name, "C-g") == 0)
        return drop(entry);
    if (strcmp(name, "C-o") == 0)
        return take_last(entry);
    if (strcmp(name, "C-c") == 0)
        return leave(entry);
    if (strcmp(name, "F1") == 0) {
        entry_tell(entry, ROLE_HINT,
            _("Tab S-Tab fields, arrows choose, C-a C-e ends of the line, C-u C-k clear it, C-_ "
              "M-_ undo redo"));
        return EFFECT_DRAW;
    }
    switch (form_key(entry->form, key)) {
    case FORM_SAVE:
        return entry_save(entry);
    case FORM_LEAVE:
        return leave(entry);
    case FORM_TAKEN:
        return EFFECT_DRAW;
    case FORM_IGNORED:
        break;
    }
    return EFFECT_NONE;
}

/* --- keeping what is typed ------------------------------------------------------------------- */

static enum effect entry_tick(struct view *view, int *next_ms)
{
    struct entry *entry = self(view);
    struct error err = {0};
    *next_ms = KEEP_MS;
    if (entry->warned) /* which says so already */
        return EFFECT_NONE;
    if (entry_draft_keep(entry, false, &err))
        return EFFECT_NONE;
    *next_ms = NOT_KEPT_MS;
    char *text = alloc_format(_("Not kept as a draft yet: %s"), err.text);
    bool same = entry->notice != NULL && strcmp(entry->notice, text) == 0;
    entry_tell(entry, ROLE_WARNING, text);
    free(text);
    return same ? EFFECT_NONE : EFFECT_DRAW;
}

static bool entry_keep(struct view *view, struct error *err)
{
    return entry_draft_keep(self(view), true, err);
}

/* The task may have moved on under the form: said once, and merged or asked about when it is saved.
 */
static bool entry_reload(struct view *view, const struct changes *changes, struct error *err)
{
    struct entry *entry = self(view);
    struct events events = {0};
    if (changes == NULL || entry->task == NULL)
        return true;
    if (entry->notice != NULL && entry->notice_role == ROLE_ERROR)
        return true; /* why it could not be saved matters more */
    bool mine = changes->all;
    for (size_t i = 0; i < changes->count; i++)
        mine |= changes->tasks[i] == entry->ids[0];
    if (!mine || !history_latest(entry->env->model, entry->ids[0], 1, &events, err))
        return !mine;
    if (events.count == 1 && events.event[0].seq > entry->told) {
        entry->told = events.event[0].seq;
        struct strbuf text = {0};
        entry_add_news(&events.event[0], true, &text);
        entry_tell(entry, ROLE_WARNING, strbuf_text(&text));
        strbuf_clear(&text);
    }
    events_clear(&events);
    return true;
}

/* --- the picture ----------------------------------------------------------------------------- */

/* What is decided here takes a few rows at most. */
static int about_rows(const struct entry *entry)
{
    struct text_lines lines = {0};
    int most = entry->area.rows / 5 < ABOUT_ROWS ? entry->area.rows / 5 : ABOUT_ROWS;
    if (entry->about[0] == '\0' || entry->area.columns < 10)
        return 0;
    text_wrap(&lines, entry->about, entry->area.columns - 2);
    int rows = (int)lines.count < most ? (int)lines.count : most;
    text_lines_clear(&lines);
    return rows;
}

/* Header, title, what it is about, a line of notice, the form, the footer. */
static struct rect form_area(const struct entry *entry, struct rect area)
{
    int above = 3 + entry->about_rows;
    return (struct rect){
        area.row + above, area.column + 1, area.rows - above - 1, area.columns - 2};
}

static void entry_resize(struct view *view, struct rect area)
{
    struct entry *entry = self(view);
    entry->area = area;
    entry->about_rows = about_rows(entry);
    struct rect form = form_area(entry, area);
    form_resize(entry->form, form.rows > 1 ? form.rows : 1, form.columns > 1 ? form.columns : 1);
}

static void draw_about(const struct entry *entry, struct canvas *canvas, int row, struct rect area)
{
    struct text_lines lines = {0};
    if (entry->about_rows == 0)
        return;
    text_wrap(&lines, entry->about, area.columns - 2);
    for (int i = 0; i < entry->about_rows; i++) {
        bool cut = i == entry->about_rows - 1 && (size_t)i + 1 < lines.count;
        char *line = alloc_format("%.*s%s", (int)lines.line[i].bytes,
            entry->about + lines.line[i].start, cut ? canvas_glyph(canvas, GLYPH_ELLIPSIS) : "");
        canvas_put(canvas, row + i, area.column + 1, area.columns - 2, ROLE_DIM, line);
        free(line);
    }
    text_lines_clear(&lines);
}

static const char *hints(const struct entry *entry)
{
    for (size_t i = 0; i < entry->slots.count; i++)
        if (entry->slots.slot[i].last != NULL && entry->slots.slot[i].last[0] != '\0')
            return _("C-s save  C-o last report's words  Esc leave, draft kept  C-g drop");
    return entry->count > 1 ? _("C-s look and save  Tab next  Esc leave, draft kept  C-g drop")
                            : _("C-s save  Tab next  Esc leave, draft kept  C-g drop");
}

static void entry_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct entry *entry = self((struct view *)view);
    if (!frame_fits(canvas, area))
        return;
    struct frame_state state = {.officer = model_duty_officer(entry->env->model)};
    int row = area.row + 1, last = area.row + area.rows - 1;
    struct rect form = form_area(entry, area);
    frame_header(entry->env, &state, canvas, area);
    canvas_put(canvas, row, area.column + 1, area.columns - 2, ROLE_TITLE, entry->title);
    draw_about(entry, canvas, row + 1, area);
    if (entry->notice != NULL) {
        struct rect line = {form.row - 1, area.column, 1, area.columns};
        canvas_fill(canvas, line, entry->notice_role, ' ');
        canvas_put(
            canvas, line.row, area.column + 1, area.columns - 2, entry->notice_role, entry->notice);
    }
    form_draw(entry->form, canvas, form);
    canvas_put(canvas, last, area.column + 1, area.columns - 2, ROLE_HINT, hints(entry));
    if (model_freshness(entry->env->model)->state == FRESH_STALE)
        frame_trouble(entry->env, canvas, area.row + 1, area);
}

static void entry_close(struct view *view)
{
    struct entry *entry = self(view);
    form_free(entry->form);
    entry_slots_clear(&entry->slots);
    task_detail_free(entry->task);
    free(entry->action);
    free(entry->title);
    free(entry->about);
    free(entry->notice);
    outcome_clear(&entry->clashed);
    free(entry->ids);
    free(entry);
}

const struct view_ops entry_view_ops = {
    .name = "entry",
    .title = N_("Form"),
    .context = CONTEXT_ENTRY,
    .takes_text = true,
    .reload = entry_reload,
    .resize = entry_resize,
    .draw = entry_draw,
    .key = entry_key,
    .tick = entry_tick,
    .keep = entry_keep,
    .close = entry_close,
};

/* --- opening --------------------------------------------------------------------------------- */

static void name_form(struct entry *entry)
{
    const struct transition *transition = workflow_find(entry->action);
    const char *verb = transition != NULL ? _(transition->verb) : _("New task");
    if (entry->task != NULL)
        entry->title =
            alloc_format("%s  %s  %s", verb, entry->task->row.ident, entry->task->row.title);
    else if (entry->count > 1)
        entry->title = alloc_format(
            ngettext("%s, %zu task", "%s, %zu tasks", entry->count), verb, entry->count);
    else
        entry->title = alloc_string(verb);
}

static bool read_task(struct entry *entry, struct error *err)
{
    const struct transition *transition = workflow_find(entry->action);
    return task_detail_read(entry->env->model, entry->ids[0], &entry->task, err) &&
           work_possible(entry->env->model, entry->task, transition, err);
}

static bool fill(struct entry *entry, struct error *err)
{
    bool new_task = strcmp(entry->action, "create") == 0;
    if (!model_may_write(entry->env->model, err))
        return false;
    if (new_task ? entry->count > 0 : workflow_find(entry->action) == NULL)
        return error_set(err, ERROR_INPUT, _("there is no action \"%s\""), entry->action);
    if (entry->count == 0 && workflow_find(entry->action) != NULL)
        return error_set(err, ERROR_REFUSED,
            _("This was for marked tasks: mark them again and choose the same; what you typed "
              "stands there"));
    if (entry->count == 1 && !read_task(entry, err))
        return false;
    if (!entry_slots_make(&entry->slots, entry->env->model, entry->action, entry->task, err))
        return false;
    entry->form = entry_form_new(&entry->slots, entry->env->model);
    name_form(entry);
    entry->since = entry->task != NULL && entry->task->events.count > 0
                       ? entry->task->events.event[0].seq
                       : model_known_seq(entry->env->model);
    entry->told = entry->since;
    if (entry->count > 1 && strcmp(entry->action, "edit") == 0)
        entry_tell(entry, ROLE_HINT, _("What is left empty stays as it is in each task"));
    entry_draft_read(entry);
    entry->about = entry->task != NULL
                       ? entry_about(entry->task, entry->action, form_value(entry->form, "period"))
                       : alloc_string("");
    return true;
}

bool entry_open(const struct view_env *env, const struct entry_ops *ops, void *context,
    const char *action, const int64_t *ids, size_t count, struct view **out, struct error *err)
{
    struct entry *entry = alloc_zero(1, sizeof *entry);
    entry->view.ops = &entry_view_ops;
    entry->env = env;
    entry->ops = ops;
    entry->context = context;
    entry->action = alloc_string(action);
    entry->ids = alloc_zero(count + 1, sizeof *entry->ids);
    for (size_t i = 0; i < count; i++)
        entry->ids[i] = ids[i];
    entry->count = count;
    entry->area = (struct rect){0, 0, 24, 80};
    if (!fill(entry, err)) {
        entry_close(&entry->view);
        return false;
    }
    *out = &entry->view;
    return true;
}
