/* The timeline as a screen: its life, its window over the tasks, moving in tasks and in time. */
#include <assert.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "timeline_state.h"

enum { FIRST_PAINT_WAIT_MS = 60, SCROLL_MOST = 20000 /* days */ };

static struct timeline_view *self(struct view *view)
{
    assert(view->ops == &timeline_view_ops);
    return (struct timeline_view *)view;
}

static const struct timeline_view *self_const(const struct view *view)
{
    assert(view->ops == &timeline_view_ops);
    return (const struct timeline_view *)view;
}

struct view *timeline_view_from(struct view *view)
{
    return view && view->ops == &timeline_view_ops ? view : NULL;
}

/* --- rows ------------------------------------------------------------------------------------ */

static void free_rows(struct timeline_view *view)
{
    for (size_t i = 0; i < view->row_count; i++)
        timeline_row_clear(&view->rows[i]);
    free(view->rows);
    view->rows = NULL;
    view->row_count = 0;
}

static size_t rows_wanted(const struct timeline_view *view)
{
    size_t left = view->window.count - view->window.top, rows = (size_t)view->window.rows;
    return left < rows ? left : rows;
}

/* Keeps rows that are in the window still, so that a step reads one. */
static void read_rows(struct timeline_view *view)
{
    size_t wanted = rows_wanted(view), missing = 0;
    struct timeline_row *rows = alloc_zero(wanted + 1, sizeof *rows);
    int64_t *ids = alloc_zero(wanted + 1, sizeof *ids);
    size_t *places = alloc_zero(wanted + 1, sizeof *places);
    struct error err = {0};
    for (size_t i = 0; i < wanted; i++) {
        size_t at = view->window.top + i;
        bool kept = view->rows && at >= view->row_top && at - view->row_top < view->row_count;
        struct timeline_row *have = kept ? &view->rows[at - view->row_top] : NULL;
        int64_t id = task_list_id(timeline_list(view->timeline), at);
        if (have && have->task.id == id) {
            rows[i] = *have;
            *have = (struct timeline_row){.starts_on = DATE_NONE};
        } else {
            places[missing] = i;
            ids[missing++] = id;
        }
    }
    struct timeline_row *read = alloc_zero(missing + 1, sizeof *read);
    if (!timeline_rows_read(view->env->model, ids, missing, read, &err))
        model_report_failure(view->env->model, &err);
    for (size_t i = 0; i < missing; i++)
        rows[places[i]] = read[i];
    free_rows(view);
    view->rows = rows;
    view->row_count = wanted;
    view->row_top = view->window.top;
    free(read);
    free(places);
    free(ids);
}

/* The selection is a task: it is followed to where it stands now, and stays where the eye is. One
 * that is gone is followed by the task in its place. */
static void place(struct timeline_view *view)
{
    struct table_window *window = &view->window;
    struct task_list *list = timeline_list(view->timeline);
    size_t before = window->selected, index;
    window->count = task_list_count(list);
    if (view->selected && task_list_find(list, view->selected, &index)) {
        if (index > before)
            window->top += index - before;
        else
            window->top -= before - index < window->top ? before - index : window->top;
        window->selected = index;
    } else if (task_list_complete(list) || !view->selected) {
        if (window->selected >= window->count)
            window->selected = window->count ? window->count - 1 : 0;
        view->selected = window->count ? task_list_id(list, window->selected) : 0;
    }
    table_scroll(window);
    read_rows(view);
}

const struct timeline_row *timeline_selected_row(const struct timeline_view *view)
{
    size_t at = view->window.selected - view->row_top;
    bool shown = view->window.selected >= view->row_top && at < view->row_count;
    return shown && view->rows[at].task.id ? &view->rows[at] : NULL;
}

/* --- reading --------------------------------------------------------------------------------- */

static bool start(struct timeline_view *view, const char *filter, struct error *err)
{
    struct query_error wrong = {0};
    struct timeline *timeline;
    if (!timeline_open(view->env->model, filter, &timeline, &wrong))
        return query_error_show(filter, &wrong, err);
    timeline_close(view->timeline);
    view->timeline = timeline;
    task_list_wait(timeline_list(timeline), (size_t)view->window.rows, FIRST_PAINT_WAIT_MS);
    timeline_take(timeline, err);
    return true;
}

static void mark_changed(struct timeline_view *view, const struct changes *changes)
{
    moment_t until = date_now() + 1000 * (moment_t)view->env->settings->changed_seconds;
    for (size_t i = 0; i < changes->count; i++) {
        size_t at = 0;
        while (at < view->changed_count && view->changed[at].id != changes->tasks[i])
            at++;
        if (at == TIMELINE_CHANGED_MOST)
            at = 0; /* more than are ever on the screen: the oldest goes */
        view->changed_count += at == view->changed_count;
        view->changed[at] = (struct timeline_changed){changes->tasks[i], until};
    }
}

static void forget_row(struct timeline_view *view, int64_t id)
{
    for (size_t i = 0; i < view->row_count; i++)
        if (view->rows[i].task.id == id)
            timeline_row_clear(&view->rows[i]);
}

static bool view_reload(struct view *base, const struct changes *changes, struct error *err)
{
    struct timeline_view *view = self(base);
    bool all = !changes || changes->all;
    if (!all && changes->count == 0)
        return true; /* only whether it is live */
    if (!(all ? timeline_reread(view->timeline, err)
              : timeline_update(view->timeline, changes, err)))
        return false;
    if (all) {
        task_list_wait(
            timeline_list(view->timeline), (size_t)view->window.rows, FIRST_PAINT_WAIT_MS);
        timeline_take(view->timeline, err);
        free_rows(view);
    } else {
        mark_changed(view, changes);
        for (size_t i = 0; i < changes->count; i++)
            forget_row(view, changes->tasks[i]);
    }
    place(view);
    return true;
}

static int view_fd(const struct view *view)
{
    return timeline_fd(self_const(view)->timeline);
}

static enum effect view_ready(struct view *base, struct error *err)
{
    struct timeline_view *view = self(base);
    size_t before = view->window.count;
    timeline_take(view->timeline, err);
    bool complete = timeline_complete(view->timeline);
    if (!complete && before >= (size_t)view->window.rows)
        return EFFECT_NONE;
    place(view);
    return complete || view->window.count != before ? EFFECT_DRAW : EFFECT_NONE;
}

/* The clock in the header, and marks of change that have had their time. */
static enum effect view_tick(struct view *base, int *next_ms)
{
    struct timeline_view *view = self(base);
    moment_t now = date_now(), next = now - now % 30000 + 30000;
    size_t kept = 0;
    for (size_t i = 0; i < view->changed_count; i++) {
        if (view->changed[i].until <= now)
            continue;
        view->changed[kept++] = view->changed[i];
        if (view->changed[i].until < next)
            next = view->changed[i].until;
    }
    view->changed_count = kept;
    *next_ms = (int)(next - now) + 1;
    return EFFECT_DRAW;
}

/* --- filter ---------------------------------------------------------------------------------- */

static const char *view_filter(const struct view *view)
{
    return self_const(view)->filter;
}

static enum effect view_set_filter(struct view *base, const char *filter, struct error *err)
{
    struct timeline_view *view = self(base);
    if (!start(view, filter, err))
        return EFFECT_DRAW;
    free(view->filter);
    view->filter = alloc_string(filter);
    view->window.top = view->window.selected = 0;
    view->selected = 0;
    free_rows(view);
    place(view);
    return EFFECT_DRAW;
}

static int64_t view_try_filter(struct view *view, const char *filter, struct error *err)
{
    return task_list_try_text(self(view)->env->model, filter, err);
}

/* Back to today, then to all tasks. */
static enum effect view_clear(struct view *base)
{
    struct timeline_view *view = self(base);
    struct error err = {0};
    if (view->scroll != 0) {
        view->scroll = 0;
        return EFFECT_DRAW;
    }
    return *view->filter ? view_set_filter(base, "", &err) : EFFECT_NONE;
}

/* --- moving ---------------------------------------------------------------------------------- */

static enum effect select_index(struct timeline_view *view, size_t index)
{
    if (view->window.count == 0)
        return EFFECT_NONE;
    view->window.selected = index;
    view->selected = task_list_id(timeline_list(view->timeline), index);
    table_scroll(&view->window);
    if (view->window.top != view->row_top)
        read_rows(view);
    return EFFECT_DRAW;
}

static enum effect move_by(struct timeline_view *view, int by)
{
    return table_move(&view->window, by) ? select_index(view, view->window.selected) : EFFECT_NONE;
}

/* The window goes along, so that the selection stays where the eye is. */
static enum effect page_by(struct timeline_view *view, int rows)
{
    struct table_window *window = &view->window;
    size_t most = window->count > (size_t)window->rows ? window->count - (size_t)window->rows : 0;
    size_t by = (size_t)abs(rows);
    if (rows > 0)
        window->top = window->top + by < most ? window->top + by : most;
    else
        window->top = window->top > by ? window->top - by : 0;
    return move_by(view, rows);
}

/* The first task that is not overdue, or not yet; the list is in the order of days. */
static enum effect to_today(struct timeline_view *view)
{
    struct task_list *list = timeline_list(view->timeline);
    date_t today = model_today(view->env->model)->date;
    size_t from = 0, until = view->window.count;
    struct error err = {0};
    while (from < until) {
        size_t middle = from + (until - from) / 2;
        int64_t id = task_list_id(list, middle);
        struct task_row row;
        if (!task_rows_read(view->env->model, &id, 1, &row, &err)) {
            model_report_failure(view->env->model, &err);
            return EFFECT_DRAW;
        }
        if (row.id != 0 && row.due_on < today)
            from = middle + 1;
        else
            until = middle;
        task_row_clear(&row);
    }
    return from < view->window.count ? select_index(view, from) : EFFECT_NONE;
}

static enum effect scroll_by(struct timeline_view *view, int days)
{
    int to = view->scroll + days;
    if (to < -SCROLL_MOST || to > SCROLL_MOST)
        return EFFECT_NONE;
    view->scroll = to;
    return EFFECT_DRAW;
}

static enum effect view_motion(struct view *base, enum motion motion)
{
    struct timeline_view *view = self(base);
    int rows = view->window.rows, page = rows > 1 ? rows - 1 : 1;
    switch (motion) {
    case MOVE_UP:
        return move_by(view, -1);
    case MOVE_DOWN:
        return move_by(view, 1);
    case MOVE_PAGE_UP:
        return page_by(view, -page);
    case MOVE_PAGE_DOWN:
        return page_by(view, page);
    case MOVE_HALF_UP:
        return page_by(view, -(rows / 2));
    case MOVE_HALF_DOWN:
        return page_by(view, rows / 2);
    case MOVE_FIRST:
        return select_index(view, 0);
    case MOVE_LAST:
        return select_index(view, view->window.count - 1);
    case MOVE_LEFT:
        return scroll_by(view, -timeline_step(view));
    case MOVE_RIGHT:
        return scroll_by(view, timeline_step(view));
    case MOVE_PREVIOUS_SECTION:
        return select_index(view, 0);
    case MOVE_NEXT_SECTION:
        return to_today(view);
    }
    return EFFECT_NONE;
}

enum effect timeline_view_zoom(struct view *base, int by)
{
    struct timeline_view *view = self(base);
    int zoom = view->zoom - by;
    if (zoom < 0 || zoom >= TIMELINE_ZOOMS)
        return EFFECT_NONE;
    view->zoom = zoom;
    return EFFECT_DRAW;
}

static enum effect view_key(struct view *base, const struct key *key)
{
    struct timeline_view *view = self(base);
    if (key->code != KEY_CODE_MOUSE)
        return EFFECT_NONE;
    if (key->button == 4 || key->button == 5)
        return move_by(view, key->button == 4 ? -3 : 3);
    int row = key->row - view->area.row - TIMELINE_ABOVE;
    if (row < 0 || (size_t)row >= view->row_count)
        return EFFECT_NONE;
    return select_index(view, view->row_top + (size_t)row);
}

static int64_t view_selected(const struct view *view)
{
    return self_const(view)->selected;
}

static bool view_next(struct view *base, int by, int64_t *id)
{
    struct timeline_view *view = self(base);
    if (move_by(view, by) == EFFECT_NONE)
        return false;
    *id = view->selected;
    return true;
}

char *timeline_view_copy_text(const struct view *base)
{
    const struct timeline_view *view = self_const(base);
    const struct timeline_row *row = timeline_selected_row(view);
    struct strbuf next = {0};
    if (!row)
        return NULL;
    timeline_next_words(row, model_today(view->env->model)->date, &next);
    char *text = alloc_format("%s %s\n%s", row->task.ident, row->task.title, strbuf_text(&next));
    strbuf_clear(&next);
    return text;
}

static void view_resize(struct view *base, struct rect area)
{
    struct timeline_view *view = self(base);
    view->area = area;
    timeline_lay_out(view);
    place(view);
}

/* --- life ------------------------------------------------------------------------------------ */

static void view_close(struct view *base)
{
    struct timeline_view *view = self(base);
    free_rows(view);
    timeline_close(view->timeline);
    free(view->filter);
    free(view);
}

const struct view_ops timeline_view_ops = {
    .name = "timeline",
    .title = N_("Timeline"),
    .context = CONTEXT_TIMELINE,
    .reload = view_reload,
    .resize = view_resize,
    .draw = timeline_draw,
    .key = view_key,
    .move = view_motion,
    .fd = view_fd,
    .ready = view_ready,
    .tick = view_tick,
    .selected = view_selected,
    .next = view_next,
    .filter = view_filter,
    .set_filter = view_set_filter,
    .try_filter = view_try_filter,
    .clear = view_clear,
    .close = view_close,
};

bool timeline_view_open(
    const struct view_env *env, const char *filter, struct view **out, struct error *err)
{
    struct timeline_view *view = alloc_zero(1, sizeof *view);
    *view = (struct timeline_view){.view.ops = &timeline_view_ops,
        .env = env,
        .area = {0, 0, 24, 80},
        .filter = alloc_string(filter)};
    timeline_lay_out(view);
    if (!start(view, filter, err)) {
        view_close(&view->view);
        return false;
    }
    place(view);
    *out = &view->view;
    return true;
}
