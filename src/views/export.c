#include "views/export.h"

#include <assert.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "frame.h"

enum {
    COLUMNS_MOST = 76,
    AROUND = 3, /* rows besides the form: title, what is going on, keys */
    FAULT_ROWS = 2,
    TELL_MS = 100 /* how far it is */
};

struct export_box {
    struct view view;
    const struct export_ops *ops;
    void *context;
    char *title;
    struct form *form;
    size_t fields;
    char *format; /* before the key */
    bool working, stopping;
    bool warned; /* that the file is there, by the key before */
    size_t done, of;
    char *wrong; /* NULL: nothing */
    struct rect box;
};

static struct export_box *self(struct view *view)
{
    assert(view->ops == &export_view_ops);
    return (struct export_box *)view;
}

static void say_wrong(struct export_box *box, const char *text)
{
    free(box->wrong);
    box->wrong = alloc_string(text);
}

/* --- writing --------------------------------------------------------------------------------- */

static struct export_asked asked_of(const struct export_box *box)
{
    return (struct export_asked){
        form_value(box->form, "what"),
        form_value(box->form, "format"),
        form_value(box->form, "columns"),
        form_value(box->form, "file"),
    };
}

static void begin(struct export_box *box)
{
    struct error err = {0};
    const struct export_asked asked = asked_of(box);
    box->working = box->ops->begin(box->context, &asked, &err);
    box->done = box->of = 0;
    if (!box->working)
        say_wrong(box, err.text);
}

static enum effect save(struct export_box *box)
{
    const char *file = form_value(box->form, "file");
    const struct export_asked asked = asked_of(box);
    struct error err = {0};
    if (*file == '\0') {
        form_fault(box->form, "file", _("a file needs a name"));
        return EFFECT_DRAW;
    }
    if (!box->ops->check(box->context, &asked, &err)) {
        form_fault(box->form, "file", err.text);
        return EFFECT_DRAW;
    }
    if (!box->warned && box->ops->exists(box->context, file)) {
        form_fault(box->form, "file", _("There is such a file; Enter once more writes over it"));
        box->warned = true;
        return EFFECT_DRAW;
    }
    form_fault(box->form, "file", NULL);
    begin(box);
    return EFFECT_DRAW;
}

/* --- keys ------------------------------------------------------------------------------------ */

static bool is_one_of(const char *name, const char *first, const char *second, const char *third)
{
    return strcmp(name, first) == 0 || strcmp(name, second) == 0 || strcmp(name, third) == 0;
}

/* The name goes with the format, as long as it ends as one does; and the format with a name that
 * says another. */
static void follow(struct export_box *box)
{
    const char *format = form_value(box->form, "format"), *file = form_value(box->form, "file"),
               *said = box->ops->format_of(box->context, file);
    if (said == NULL)
        return;
    if (strcmp(format, box->format) == 0) {
        form_set(box->form, "format", said);
    } else {
        char *name = alloc_format("%.*s.%s", (int)(strrchr(file, '.') - file), file, format);
        form_set(box->form, "file", name);
        free(name);
    }
}

static enum effect stop(struct export_box *box)
{
    box->stopping = true;
    box->ops->stop(box->context);
    return EFFECT_DRAW;
}

static enum effect export_key(struct view *view, const struct key *key)
{
    struct export_box *box = self(view);
    char name[16];
    key_name(key, name);
    if (box->working)
        return is_one_of(name, "Esc", "C-c", "C-g") ? stop(box) : EFFECT_DRAW;
    say_wrong(box, NULL);
    if (is_one_of(name, "Esc", "C-c", "C-g"))
        return EFFECT_BACK | EFFECT_DRAW;
    if (is_one_of(name, "Enter", "C-s", "M-Enter"))
        return save(box);
    box->warned = false;
    form_key(box->form, key);
    follow(box);
    free(box->format);
    box->format = alloc_string(form_value(box->form, "format"));
    return EFFECT_DRAW; /* the box holds every key: nothing below is done by mistake */
}

/* --- what is under way ----------------------------------------------------------------------- */

static int export_fd(const struct view *view)
{
    const struct export_box *box = self((struct view *)view);
    return box->working ? box->ops->fd(box->context) : -1;
}

static bool is_done(const struct export_box *box)
{
    struct pollfd done = {.fd = box->ops->fd(box->context), .events = POLLIN};
    return poll(&done, 1, 0) > 0;
}

static enum effect export_ready(struct view *view, struct error *err)
{
    struct export_box *box = self(view);
    struct error why = {0};
    (void)err; /* not of the picture */
    if (!box->working || !is_done(box))
        return EFFECT_NONE;
    bool stopped = box->stopping;
    box->working = box->stopping = box->warned = false;
    if (box->ops->finish(box->context, &why))
        return EFFECT_BACK | EFFECT_DRAW;
    say_wrong(box, stopped ? _("Ended; no file was left behind") : why.text);
    return EFFECT_DRAW;
}

static enum effect export_tick(struct view *view, int *next_ms)
{
    struct export_box *box = self(view);
    size_t done = box->done;
    if (!box->working)
        return EFFECT_NONE;
    *next_ms = TELL_MS;
    box->ops->progress(box->context, &box->done, &box->of);
    return box->done != done ? EFFECT_DRAW : EFFECT_NONE;
}

/* --- the picture ----------------------------------------------------------------------------- */

static void export_resize(struct view *view, struct rect area)
{
    struct export_box *box = self(view);
    int rows = (int)box->fields + FAULT_ROWS + AROUND;
    int columns = area.columns - 4 < COLUMNS_MOST ? area.columns - 4 : COLUMNS_MOST;
    rows = rows < area.rows - 1 ? rows : area.rows - 1;
    box->box = (struct rect){area.row + (area.rows - rows) / 2,
        area.column + (area.columns - columns) / 2, rows, columns};
    form_resize(box->form, rows - AROUND, columns - 2);
}

/* Its last row is `last`; above it are those for faults of the form, which has none then. */
static void tell_wrong(const char *wrong, struct canvas *canvas, struct rect last)
{
    struct text_lines lines = {0};
    text_wrap(&lines, wrong, last.columns);
    int rows = lines.count < FAULT_ROWS + 1 ? (int)lines.count : FAULT_ROWS + 1;
    for (int i = 0; i < rows; i++) {
        char *line = alloc_string_n(wrong + lines.line[i].start, lines.line[i].bytes);
        canvas_put(canvas, last.row - rows + 1 + i, last.column, last.columns, ROLE_ERROR, line);
        free(line);
    }
    text_lines_clear(&lines);
}

static void tell_state(const struct export_box *box, struct canvas *canvas, int row)
{
    int column = box->box.column + 1, columns = box->box.columns - 2;
    if (box->stopping)
        canvas_put(canvas, row, column, columns, ROLE_WARNING, _("Ending ..."));
    else if (box->working && box->of > 0)
        canvas_format(
            canvas, row, column, columns, ROLE_OK, _("Writing: %zu of %zu"), box->done, box->of);
    else if (box->working)
        canvas_put(canvas, row, column, columns, ROLE_OK, _("Writing ..."));
    else if (box->wrong != NULL)
        tell_wrong(box->wrong, canvas, (struct rect){row, column, 1, columns});
}

static void export_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct export_box *box = self((struct view *)view);
    struct rect at = box->box;
    int last = at.row + at.rows - 1;
    struct rect form = {at.row + 1, at.column + 1, at.rows - AROUND, at.columns - 2};
    (void)area;
    canvas_fill(canvas, at, ROLE_NORMAL, ' ');
    canvas_fill(canvas, (struct rect){at.row, at.column, 1, at.columns}, ROLE_COLUMN_HEAD, ' ');
    canvas_put(canvas, at.row, at.column + 1, at.columns - 2, ROLE_COLUMN_HEAD, box->title);
    form_draw(box->form, canvas, form);
    tell_state(box, canvas, last - 1);
    canvas_fill(canvas, (struct rect){last, at.column, 1, at.columns}, ROLE_HINT, ' ');
    canvas_put(canvas, last, at.column + 1, at.columns - 2, ROLE_HINT,
        box->working ? _("Esc ends it and leaves nothing behind")
                     : _("Enter writes, Tab next, Space changes, Esc leaves"));
    frame_box(canvas, at);
}

static void export_close(struct view *view)
{
    struct export_box *box = self(view);
    box->ops->close(box->context);
    form_free(box->form);
    free(box->format);
    free(box->title);
    free(box->wrong);
    free(box);
}

const struct view_ops export_view_ops = {
    .name = "export",
    .title = N_("Export"),
    .context = CONTEXT_EXPORT,
    .overlay = true,
    .takes_text = true,
    .resize = export_resize,
    .draw = export_draw,
    .key = export_key,
    .fd = export_fd,
    .ready = export_ready,
    .tick = export_tick,
    .close = export_close,
};

/* --- opening --------------------------------------------------------------------------------- */

static struct form_field choice_field(
    const char *name, const char *label, const struct export_choices *choices, const char *value)
{
    return (struct form_field){.name = name,
        .label = label,
        .kind = FORM_CHOICE,
        .needed = true,
        .value = value,
        .choices = choices->choice,
        .choice_count = choices->count};
}

static void make_form(struct export_box *box, const struct export_spec *spec)
{
    struct form_field fields[4];
    size_t count = 0;
    if (spec->what.count > 1)
        fields[count++] =
            choice_field("what", _("Content"), &spec->what, spec->what.choice[0].name);
    fields[count++] = choice_field("format", _("Format"), &spec->formats, spec->format);
    if (spec->columns.count > 1)
        fields[count++] =
            choice_field("columns", _("Columns"), &spec->columns, spec->columns.choice[0].name);
    fields[count++] = (struct form_field){
        .name = "file", .label = _("File"), .kind = FORM_LINE, .value = spec->file};
    box->form = form_new(fields, count, NULL, NULL);
    box->fields = count;
}

struct view *export_open(
    const struct export_ops *ops, void *context, const struct export_spec *spec)
{
    struct export_box *box = alloc_zero(1, sizeof *box);
    box->view.ops = &export_view_ops;
    box->ops = ops;
    box->context = context;
    box->title = alloc_string(spec->title);
    box->format = alloc_string(spec->format);
    make_form(box, spec);
    if (spec->begin)
        save(box);
    return &box->view;
}
