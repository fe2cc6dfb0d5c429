/* Which of many tasks an action can be done on, and why not on the others. */
#include "preview.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "frame.h"
#include "model/task_list.h"

#define INDENT 3

struct line {
    enum { LINE_BLANK, LINE_HEADING, LINE_REASON, LINE_TASK } kind;
    char *text; /* of a heading or a reason */
    size_t task;
};
struct preview_view {
    struct view view;
    const struct view_env *env;
    const struct preview_ops *ops;
    void *context;
    char *title;
    struct request request; /* owned */
    size_t count;
    int64_t *ids;
    struct task_row *rows; /* id 0: gone, or not to be seen */
    struct error *why;
    struct line *lines;
    size_t line_count, line_capacity, top;
    size_t refused;
    int ident_columns, state_columns;
    struct rect area;
};

static struct preview_view *self(struct view *view)
{
    assert(view->ops == &preview_view_ops);
    return (struct preview_view *)view;
}

/* --- the request ----------------------------------------------------------------------------- */

static void copy_request(struct request *to, const struct request *from)
{
    struct argument *argument = alloc_zero(from->count + 1, sizeof *argument);
    for (size_t i = 0; i < from->count; i++)
        argument[i] = (struct argument){alloc_string(from->argument[i].name),
            alloc_string(from->argument[i].value), alloc_string(from->argument[i].base)};
    *to = *from;
    to->action = alloc_string(from->action);
    to->argument = argument;
}

static void free_text(const char *text)
{
    free((char *)(uintptr_t)text);
}

static void clear_request(struct request *request)
{
    for (size_t i = 0; i < request->count; i++) {
        free_text(request->argument[i].name);
        free_text(request->argument[i].value);
        free_text(request->argument[i].base);
    }
    free((void *)(uintptr_t)request->argument);
    free_text(request->action);
}

/* --- trying ---------------------------------------------------------------------------------- */

/* The tasks whose places are in `which`. What was known stays when the database cannot be read. */
static bool try_tasks(
    struct preview_view *preview, const size_t *which, size_t count, struct error *err)
{
    struct model *model = preview->env->model;
    struct work_many many = {0};
    struct task_row *rows = alloc_zero(count + 1, sizeof *rows);
    int64_t *ids = alloc_zero(count + 1, sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = preview->ids[which[i]];
    bool read = work_do_many(model, ids, count, &preview->request, true, &many, err) &&
                task_rows_read(model, ids, count, rows, err);
    for (size_t i = 0; read && i < count; i++) {
        preview->why[which[i]] = many.why[i];
        task_row_clear(&preview->rows[which[i]]);
        preview->rows[which[i]] = rows[i];
    }
    work_many_clear(&many);
    free(rows);
    free(ids);
    return read;
}

static bool is_changed(const struct changes *changes, int64_t id)
{
    bool changed = !changes || changes->all;
    for (size_t i = 0; !changed && i < changes->count; i++)
        changed = changes->tasks[i] == id;
    return changed;
}

/* --- lines ----------------------------------------------------------------------------------- */

static void add_line(struct preview_view *preview, struct line line)
{
    preview->lines = alloc_grow(
        preview->lines, &preview->line_capacity, preview->line_count + 1, sizeof *preview->lines);
    preview->lines[preview->line_count++] = line;
}

static void add_heading(struct preview_view *preview, const char *text, size_t count)
{
    if (preview->line_count)
        add_line(preview, (struct line){.kind = LINE_BLANK});
    add_line(
        preview, (struct line){.kind = LINE_HEADING, .text = alloc_format("%s %zu", text, count)});
}

static void add_reason(struct preview_view *preview, const char *reason, size_t count)
{
    int columns = preview->area.columns - 3;
    struct text_lines wrapped = {0};
    char *text = alloc_format(_("%s (%zu)"), reason, count);
    text_wrap(&wrapped, text, columns > 10 ? columns : 10);
    for (size_t i = 0; i < wrapped.count; i++)
        add_line(preview,
            (struct line){.kind = LINE_REASON,
                .text = alloc_string_n(text + wrapped.line[i].start, wrapped.line[i].bytes)});
    text_lines_clear(&wrapped);
    free(text);
}

static bool is_refused(const struct preview_view *preview, size_t task)
{
    return preview->why[task].code != ERROR_NONE;
}

static bool same_reason(const struct preview_view *preview, size_t a, size_t b)
{
    return is_refused(preview, a) && is_refused(preview, b) &&
           strcmp(preview->why[a].text, preview->why[b].text) == 0;
}

/* All tasks left out for the reason of the first of them. */
static void add_group(struct preview_view *preview, size_t first)
{
    size_t count = 0;
    for (size_t i = first; i < preview->count; i++)
        count += same_reason(preview, first, i);
    add_reason(preview, preview->why[first].text, count);
    for (size_t i = first; i < preview->count; i++)
        if (same_reason(preview, first, i))
            add_line(preview, (struct line){.kind = LINE_TASK, .task = i});
}

static void add_refused(struct preview_view *preview)
{
    add_heading(preview, _("Left out"), preview->refused);
    for (size_t i = 0; i < preview->count; i++) {
        bool first = is_refused(preview, i);
        for (size_t k = 0; first && k < i; k++)
            first = !same_reason(preview, i, k);
        if (first)
            add_group(preview, i);
    }
}

static void clear_lines(struct preview_view *preview)
{
    for (size_t i = 0; i < preview->line_count; i++)
        free(preview->lines[i].text);
    preview->line_count = 0;
}

static void add_ident(struct strbuf *out, const struct preview_view *preview, size_t task)
{
    if (preview->rows[task].id)
        strbuf_add(out, preview->rows[task].ident);
    else
        strbuf_format(out, "#%" PRId64, preview->ids[task]);
}

static void measure(struct preview_view *preview)
{
    preview->refused = 0;
    preview->ident_columns = preview->state_columns = 0;
    for (size_t i = 0; i < preview->count; i++) {
        struct strbuf ident = {0};
        add_ident(&ident, preview, i);
        int columns = text_width(strbuf_text(&ident));
        int state = preview->rows[i].id ? text_width(task_state_brief(&preview->rows[i])) : 0;
        preview->ident_columns =
            columns > preview->ident_columns ? columns : preview->ident_columns;
        preview->state_columns = state > preview->state_columns ? state : preview->state_columns;
        preview->refused += is_refused(preview, i);
        strbuf_clear(&ident);
    }
}

static size_t rows(const struct preview_view *preview)
{
    return preview->area.rows > 4 ? (size_t)preview->area.rows - 3 : 1; /* header, title, footer */
}

static void scroll(struct preview_view *preview, size_t top)
{
    size_t most = preview->line_count > rows(preview) ? preview->line_count - rows(preview) : 0;
    preview->top = top < most ? top : most;
}

static void lay_out(struct preview_view *preview)
{
    clear_lines(preview);
    measure(preview);
    if (preview->refused)
        add_refused(preview);
    if (preview->refused < preview->count)
        add_heading(preview, _("Will be done"), preview->count - preview->refused);
    for (size_t i = 0; i < preview->count; i++)
        if (!is_refused(preview, i))
            add_line(preview, (struct line){.kind = LINE_TASK, .task = i});
    scroll(preview, preview->top);
}

/* --- the view -------------------------------------------------------------------------------- */

static bool preview_reload(struct view *view, const struct changes *changes, struct error *err)
{
    struct preview_view *preview = self(view);
    size_t *which = alloc_zero(preview->count + 1, sizeof *which);
    size_t count = 0;
    for (size_t i = 0; i < preview->count; i++)
        if (is_changed(changes, preview->ids[i]))
            which[count++] = i;
    bool read = count == 0 || try_tasks(preview, which, count, err);
    free(which);
    if (read && count)
        lay_out(preview);
    return read;
}

static void preview_resize(struct view *view, struct rect area)
{
    struct preview_view *preview = self(view);
    preview->area = area;
    lay_out(preview);
}

static enum effect confirm(struct preview_view *preview)
{
    if (preview->refused == preview->count)
        return EFFECT_BACK | EFFECT_DRAW;
    return preview->ops->confirmed(preview->context) | EFFECT_DRAW;
}

static enum effect preview_key(struct view *view, const struct key *key)
{
    struct preview_view *preview = self(view);
    static const struct {
        const char *name;
        enum motion motion;
    } motions[] = {{"j", MOVE_DOWN}, {"Down", MOVE_DOWN}, {"k", MOVE_UP}, {"Up", MOVE_UP},
        {"PgDn", MOVE_PAGE_DOWN}, {"C-f", MOVE_PAGE_DOWN}, {"Space", MOVE_PAGE_DOWN},
        {"PgUp", MOVE_PAGE_UP}, {"C-b", MOVE_PAGE_UP}, {"g", MOVE_FIRST}, {"Home", MOVE_FIRST},
        {"G", MOVE_LAST}, {"End", MOVE_LAST}};
    char name[16];
    if (key->code == KEY_CODE_MOUSE)
        return key->button == 4   ? view->ops->move(view, MOVE_UP)
               : key->button == 5 ? view->ops->move(view, MOVE_DOWN)
                                  : EFFECT_DRAW;
    key_name(key, name);
    if (strcmp(name, "Enter") == 0)
        return confirm(preview);
    if (strcmp(name, "Esc") == 0 || strcmp(name, "q") == 0 || strcmp(name, "C-c") == 0)
        return EFFECT_BACK | EFFECT_DRAW;
    if (strcmp(name, "C-l") == 0)
        return EFFECT_REPAINT;
    for (size_t i = 0; i < sizeof motions / sizeof *motions; i++)
        if (strcmp(name, motions[i].name) == 0)
            return view->ops->move(view, motions[i].motion);
    return EFFECT_DRAW; /* every key is held: nothing below is done by mistake */
}

static enum effect preview_motion(struct view *view, enum motion motion)
{
    struct preview_view *preview = self(view);
    size_t page = rows(preview) > 1 ? rows(preview) - 1 : 1, top = preview->top;
    switch (motion) {
    case MOVE_UP:
        scroll(preview, top ? top - 1 : 0);
        break;
    case MOVE_DOWN:
        scroll(preview, top + 1);
        break;
    case MOVE_PAGE_UP:
        scroll(preview, top > page ? top - page : 0);
        break;
    case MOVE_PAGE_DOWN:
        scroll(preview, top + page);
        break;
    case MOVE_FIRST:
        scroll(preview, 0);
        break;
    case MOVE_LAST:
        scroll(preview, preview->line_count);
        break;
    default:
        break;
    }
    return EFFECT_DRAW;
}

/* --- the picture ----------------------------------------------------------------------------- */

static void draw_task(const struct preview_view *preview, size_t task, struct canvas *canvas,
    int row, struct rect area)
{
    const struct task_row *of = &preview->rows[task];
    int at = area.column + INDENT, end = area.column + area.columns - 1;
    int state = at + preview->ident_columns + 1, title = state + preview->state_columns + 1;
    struct strbuf ident = {0};
    add_ident(&ident, preview, task);
    enum role role = is_refused(preview, task) ? ROLE_DIM : ROLE_NORMAL;
    canvas_put(canvas, row, at, preview->ident_columns, role, strbuf_text(&ident));
    strbuf_clear(&ident);
    if (!of->id)
        return;
    canvas_put(canvas, row, state, preview->state_columns, role, task_state_brief(of));
    canvas_put(canvas, row, title, end - title, role, of->title);
}

static void draw_line(
    const struct preview_view *preview, size_t index, struct canvas *canvas, struct rect area)
{
    const struct line *line = &preview->lines[index];
    int row = area.row + 2 + (int)(index - preview->top);
    int columns = area.columns - 2;
    if (line->kind == LINE_HEADING)
        canvas_put(canvas, row, area.column + 1, columns, ROLE_TITLE, line->text);
    else if (line->kind == LINE_REASON)
        canvas_put(canvas, row, area.column + 2, columns - 1, ROLE_WARNING, line->text);
    else if (line->kind == LINE_TASK)
        draw_task(preview, line->task, canvas, row, area);
}

static void add_summary(struct strbuf *out, const struct preview_view *preview)
{
    size_t done = preview->count - preview->refused;
    strbuf_format(out, _("%s: "), preview->title);
    if (!done)
        strbuf_add(out, _("no task can be done"));
    else
        strbuf_format(out, ngettext("%zu task to do", "%zu tasks to do", done), done);
    if (preview->refused)
        strbuf_format(
            out, ngettext("; %zu left out", "; %zu left out", preview->refused), preview->refused);
}

static void draw_title(const struct preview_view *preview, struct canvas *canvas, struct rect area)
{
    struct strbuf text = {0};
    if (frame_trouble(preview->env, canvas, area.row + 1, area))
        return;
    add_summary(&text, preview);
    canvas_put(canvas, area.row + 1, area.column + 1, area.columns - 2,
        preview->refused == preview->count ? ROLE_WARNING : ROLE_TITLE, strbuf_text(&text));
    strbuf_clear(&text);
}

static void preview_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct preview_view *preview = self((struct view *)view);
    if (!frame_fits(canvas, area))
        return;
    struct frame_state state = {.officer = model_duty_officer(preview->env->model)};
    frame_header(preview->env, &state, canvas, area);
    draw_title(preview, canvas, area);
    for (size_t i = 0; i < rows(preview) && preview->top + i < preview->line_count; i++)
        draw_line(preview, preview->top + i, canvas, area);
    struct strbuf place = {0};
    frame_place(&place, preview->top, rows(preview), preview->line_count);
    frame_footer_text(preview->refused == preview->count
                          ? _("Enter Esc back  j k PgDn scroll")
                          : _("Enter does it  Esc back, nothing done  j k PgDn scroll"),
        strbuf_text(&place), canvas, area);
    strbuf_clear(&place);
    canvas_cursor(canvas, area.row + 1, area.column, true);
}

static void preview_close(struct view *view)
{
    struct preview_view *preview = self(view);
    clear_lines(preview);
    for (size_t i = 0; i < preview->count; i++)
        task_row_clear(&preview->rows[i]);
    clear_request(&preview->request);
    free(preview->lines);
    free(preview->rows);
    free(preview->why);
    free(preview->ids);
    free(preview->title);
    free(preview);
}

const struct view_ops preview_view_ops = {
    .name = "preview",
    .title = N_("Before it is done"),
    .context = CONTEXT_PREVIEW,
    .takes_text = true,
    .reload = preview_reload,
    .resize = preview_resize,
    .draw = preview_draw,
    .key = preview_key,
    .move = preview_motion,
    .close = preview_close,
};

bool preview_open(const struct view_env *env, const struct preview_ops *ops, void *context,
    const char *title, const int64_t *ids, size_t count, const struct request *request,
    struct view **out, struct error *err)
{
    struct preview_view *preview = alloc_zero(1, sizeof *preview);
    preview->view.ops = &preview_view_ops;
    preview->env = env;
    preview->ops = ops;
    preview->context = context;
    preview->title = alloc_string(title);
    copy_request(&preview->request, request);
    preview->count = count;
    preview->ids = alloc_zero(count + 1, sizeof *preview->ids);
    preview->rows = alloc_zero(count + 1, sizeof *preview->rows);
    preview->why = alloc_zero(count + 1, sizeof *preview->why);
    memcpy(preview->ids, ids, count * sizeof *ids);
    preview->area = (struct rect){0, 0, 24, 80};
    if (!preview_reload(&preview->view, NULL, err)) {
        preview_close(&preview->view);
        return false;
    }
    lay_out(preview);
    *out = &preview->view;
    return true;
}
