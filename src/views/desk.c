/* The desk as a screen. Its body is lines: for each section a heading and its tasks, then the
 * reports of the period. The window is a part of them; only the tasks in it are read. */
#include <assert.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "desk_state.h"

static struct desk_view *self(struct view *view)
{
    assert(view->ops == &desk_view_ops);
    return (struct desk_view *)view;
}

static const struct desk_view *self_const(const struct view *view)
{
    assert(view->ops == &desk_view_ops);
    return (const struct desk_view *)view;
}

struct view *desk_view_from(struct view *view)
{
    return view && view->ops == &desk_view_ops ? view : NULL;
}

/* --- lines ----------------------------------------------------------------------------------- */

size_t desk_body_rows(const struct desk_view *view)
{
    int rows = view->area.rows - ABOVE - BELOW;
    return rows > 0 ? (size_t)rows : 1;
}

/* Lines of the sections, or of what stands there instead. */
static size_t task_lines(const struct desk_view *view)
{
    size_t lines = desk_count(view->desk);
    if (lines == 0)
        return EMPTY_LINES;
    for (int i = 0; i < DESK_SECTION_COUNT; i++)
        lines += desk_section_size(view->desk, (enum desk_section)i) > 0;
    return lines;
}

size_t desk_line_count(const struct desk_view *view)
{
    return task_lines(view) + (view->owed.count > 0 ? 2 + view->owed.count : 0);
}

struct desk_line desk_line_at(const struct desk_view *view, size_t line)
{
    size_t tasks = 0, all = task_lines(view);
    if (line >= all) {
        line -= all;
        return line < 2 ? (struct desk_line){line == 0 ? LINE_BLANK : LINE_HEADS, 0}
                        : (struct desk_line){LINE_REPORT, line - 2};
    }
    for (int i = 0; i < DESK_SECTION_COUNT; i++) {
        size_t size = desk_section_size(view->desk, (enum desk_section)i);
        if (size == 0)
            continue;
        if (line == 0)
            return (struct desk_line){LINE_SECTION, (size_t)i};
        if (line <= size)
            return (struct desk_line){LINE_TASK, tasks + line - 1};
        line -= size + 1;
        tasks += size;
    }
    return (struct desk_line){LINE_EMPTY, line};
}

static size_t line_of(const struct desk_view *view, size_t index)
{
    size_t line = index + 1;
    enum desk_section section = desk_section_of(view->desk, index);
    for (int i = 0; i < (int)section; i++)
        line += desk_section_size(view->desk, (enum desk_section)i) > 0;
    return line;
}

/* --- the window ------------------------------------------------------------------------------ */

static void free_items(struct desk_view *view)
{
    for (size_t i = 0; i < view->count; i++)
        desk_item_clear(&view->items[i]);
    free(view->items);
    view->items = NULL;
    view->first = view->count = 0;
}

/* Which tasks stand in the window. */
static void find_shown(const struct desk_view *view, size_t *first, size_t *count)
{
    size_t lines = desk_line_count(view);
    *first = *count = 0;
    for (size_t i = 0; i < desk_body_rows(view) && view->top + i < lines; i++) {
        struct desk_line line = desk_line_at(view, view->top + i);
        if (line.kind != LINE_TASK)
            continue;
        *first = *count == 0 ? line.index : *first;
        ++*count;
    }
}

static void read_shown(struct desk_view *view)
{
    struct error err = {0};
    size_t first, count;
    find_shown(view, &first, &count);
    if (view->items && first == view->first && count == view->count)
        return;
    struct desk_item *items = alloc_zero(count + 1, sizeof *items);
    if (!desk_items_read(view->env->model, view->desk, first, count, items, &err)) {
        model_report_failure(view->env->model, &err);
        free(items);
        return;
    }
    free_items(view);
    view->items = items;
    view->first = first;
    view->count = count;
}

static size_t last_top(const struct desk_view *view)
{
    size_t lines = desk_line_count(view), rows = desk_body_rows(view);
    return lines > rows ? lines - rows : 0;
}

/* The selection is in the window; with the first task of a section its heading, with the last of
 * all what comes after. */
static void scroll(struct desk_view *view)
{
    size_t count = desk_count(view->desk), most = last_top(view);
    if (count > 0) {
        size_t line = line_of(view, view->index), rows = desk_body_rows(view);
        size_t above = desk_line_at(view, line - 1).kind == LINE_SECTION ? line - 1 : line;
        if (view->top > above)
            view->top = above;
        if (line >= view->top + rows)
            view->top = line - rows + 1;
        if (view->index + 1 == count && above < most)
            view->top = above;
        else if (view->index + 1 == count)
            view->top = most;
    }
    if (view->top > most)
        view->top = most;
    read_shown(view);
}

/* --- reading --------------------------------------------------------------------------------- */

static bool read_all(struct desk_view *view, struct error *err)
{
    struct desk *desk = NULL;
    struct owed owed = {0};
    if (!desk_read(view->env->model, &desk, err) || !owed_read(view->env->model, &owed, err)) {
        desk_free(desk);
        return false;
    }
    desk_free(view->desk);
    owed_clear(&view->owed);
    free_items(view);
    view->desk = desk;
    view->owed = owed;
    struct strbuf person = {0};
    desk_person(view->env->model, &person);
    free(view->person);
    view->person = strbuf_take(&person);
    return true;
}

/* The task stays selected, and where the eye is; one that is gone is followed by the next. */
static void place(struct desk_view *view, size_t row)
{
    size_t count = desk_count(view->desk);
    if (!view->selected || !desk_find(view->desk, view->selected, &view->index))
        view->index = view->index < count ? view->index : count > 0 ? count - 1 : 0;
    view->selected = count > 0 ? desk_id(view->desk, view->index) : 0;
    if (count > 0) {
        size_t line = line_of(view, view->index);
        view->top = line > row ? line - row : 0;
    }
    scroll(view);
}

static bool view_reload(struct view *view, const struct changes *changes, struct error *err)
{
    struct desk_view *desk = self(view);
    if (changes && !changes->all && changes->count == 0)
        return true; /* only whether it is live */
    size_t line = desk_count(desk->desk) > 0 ? line_of(desk, desk->index) : 0;
    size_t row = line > desk->top ? line - desk->top : 0;
    if (!read_all(desk, err))
        return false;
    place(desk, row);
    return true;
}

static void view_resize(struct view *view, struct rect area)
{
    struct desk_view *desk = self(view);
    desk->area = area;
    desk_columns(desk->columns, area.columns - PREFIX_COLUMNS - 1);
    report_columns(desk->reports, area.columns - 2);
    scroll(desk);
}

/* --- moving ---------------------------------------------------------------------------------- */

static enum effect select_index(struct desk_view *view, size_t index)
{
    size_t before = view->index, top = view->top;
    view->index = index;
    view->selected = desk_id(view->desk, index);
    scroll(view);
    return view->index != before || view->top != top ? EFFECT_DRAW : EFFECT_NONE;
}

/* Without a task to go to, the lines move. */
static enum effect scroll_lines(struct desk_view *view, int by)
{
    size_t before = view->top, most = last_top(view), far = by < 0 ? 0 - (size_t)by : (size_t)by;
    if (by < 0)
        view->top = before > far ? before - far : 0;
    else
        view->top = before + far < most ? before + far : most;
    read_shown(view);
    return view->top != before ? EFFECT_DRAW : EFFECT_NONE;
}

static enum effect move_by(struct desk_view *view, int by)
{
    size_t count = desk_count(view->desk), far = by < 0 ? 0 - (size_t)by : (size_t)by;
    if (count == 0 || (by > 0 && view->index + 1 == count))
        return scroll_lines(view, by);
    if (by < 0)
        return select_index(view, view->index > far ? view->index - far : 0);
    return select_index(view, view->index + far < count ? view->index + far : count - 1);
}

/* To the first task of the next section with any; back, of this one first. */
static enum effect move_section(struct desk_view *view, int by)
{
    size_t count = desk_count(view->desk), index = view->index, first = 0;
    if (count == 0)
        return scroll_lines(view, by);
    for (size_t i = 0; i < count; i++) {
        bool begins =
            i == 0 || desk_section_of(view->desk, i) != desk_section_of(view->desk, i - 1);
        if (by > 0 && begins && i > index)
            return select_index(view, i);
        if (by < 0 && begins && i < index)
            first = i;
    }
    return by < 0 ? select_index(view, first) : EFFECT_NONE;
}

static enum effect view_motion(struct view *view, enum motion motion)
{
    struct desk_view *desk = self(view);
    int page = (int)desk_body_rows(desk), count = (int)desk_count(desk->desk);
    switch (motion) {
    case MOVE_UP:
        return move_by(desk, -1);
    case MOVE_DOWN:
        return move_by(desk, 1);
    case MOVE_PAGE_UP:
        return move_by(desk, 1 - page);
    case MOVE_PAGE_DOWN:
        return move_by(desk, page - 1);
    case MOVE_HALF_UP:
        return move_by(desk, -(page / 2));
    case MOVE_HALF_DOWN:
        return move_by(desk, page / 2);
    case MOVE_FIRST:
        return count > 0 ? select_index(desk, 0) : scroll_lines(desk, -(int)desk->top);
    case MOVE_LAST:
        return count > 0 ? select_index(desk, (size_t)count - 1)
                         : scroll_lines(desk, (int)last_top(desk));
    case MOVE_LEFT:
    case MOVE_PREVIOUS_SECTION:
        return move_section(desk, -1);
    case MOVE_RIGHT:
    case MOVE_NEXT_SECTION:
        return move_section(desk, 1);
    }
    return EFFECT_NONE;
}

static enum effect view_key(struct view *view, const struct key *key)
{
    struct desk_view *desk = self(view);
    if (key->code != KEY_CODE_MOUSE)
        return EFFECT_NONE;
    if (key->button == 4 || key->button == 5)
        return move_by(desk, key->button == 4 ? -3 : 3);
    int row = key->row - desk->area.row - ABOVE;
    if (row < 0 || (size_t)row >= desk_body_rows(desk) ||
        desk->top + (size_t)row >= desk_line_count(desk))
        return EFFECT_NONE;
    struct desk_line line = desk_line_at(desk, desk->top + (size_t)row);
    return line.kind == LINE_TASK ? select_index(desk, line.index) : EFFECT_NONE;
}

static int64_t view_selected(const struct view *view)
{
    return self_const(view)->selected;
}

static bool view_next(struct view *view, int by, int64_t *id)
{
    struct desk_view *desk = self(view);
    size_t count = desk_count(desk->desk), before = desk->index;
    if (count == 0 || (by < 0 ? before == 0 : before + 1 >= count))
        return false;
    select_index(desk, by < 0 ? before - 1 : before + 1);
    *id = desk->selected;
    return true;
}

enum effect desk_view_select_row(struct view *view, size_t row)
{
    struct desk_view *desk = self(view);
    size_t count = desk_count(desk->desk), index = row > 0 ? row - 1 : 0;
    if (count == 0)
        return EFFECT_NONE;
    return select_index(desk, index < count ? index : count - 1);
}

/* --- what is shown --------------------------------------------------------------------------- */

const struct desk_item *desk_shown_item(const struct desk_view *view, size_t index)
{
    bool shown = index >= view->first && index - view->first < view->count;
    const struct desk_item *item = shown ? &view->items[index - view->first] : NULL;
    return item && item->row.id ? item : NULL;
}

char *desk_view_copy_text(const struct view *view)
{
    const struct desk_view *desk = self_const(view);
    const struct desk_item *item = desk_shown_item(desk, desk->index);
    return item ? alloc_format("%s %s\n%s", item->row.ident, item->row.title, item->reason) : NULL;
}

/* --- life ------------------------------------------------------------------------------------ */

static void view_close(struct view *view)
{
    struct desk_view *desk = self(view);
    free_items(desk);
    desk_free(desk->desk);
    owed_clear(&desk->owed);
    free(desk->person);
    free(desk);
}

const struct view_ops desk_view_ops = {
    .name = "desk",
    .title = N_("Desk"),
    .context = CONTEXT_DESK,
    .reload = view_reload,
    .resize = view_resize,
    .draw = desk_draw,
    .key = view_key,
    .move = view_motion,
    .selected = view_selected,
    .next = view_next,
    .close = view_close,
};

bool desk_view_open(const struct view_env *env, struct view **out, struct error *err)
{
    struct desk_view *view = alloc_zero(1, sizeof *view);
    view->view.ops = &desk_view_ops;
    view->env = env;
    view->area = (struct rect){0, 0, 24, 80};
    if (!read_all(view, err)) {
        free(view);
        return false;
    }
    place(view, 1);
    *out = &view->view;
    return true;
}
