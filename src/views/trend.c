/* The trend as a screen: its life, and moving about in it. */
#include <assert.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/task_list.h"
#include "trend_state.h"

static struct trend_view *self(struct view *view)
{
    assert(view->ops == &trend_view_ops);
    return (struct trend_view *)view;
}

static const struct trend_view *self_const(const struct view *view)
{
    assert(view->ops == &trend_view_ops);
    return (const struct trend_view *)view;
}

struct view *trend_view_from(struct view *view)
{
    return view && view->ops == &trend_view_ops ? view : NULL;
}

static bool has_weeks(const struct trend_view *view)
{
    return view->trend && view->trend->past > 0;
}

/* --- reading --------------------------------------------------------------------------------- */

/* All weeks at once: zooming then reads nothing. */
static bool open_survey(void *context, struct survey **out, struct query_error *err)
{
    struct trend_view *view = context;
    return trend_open(view->env->model, view->filter, 0, out, err);
}

static void mark_changed(struct trend_view *view, const struct trend *trend)
{
    const struct trend *before = view->trend;
    if (!before || before->past == 0 || trend->past == 0 || before->today != trend->today)
        return;
    unsigned changed = 0;
    for (int part = 0; part < PART_COUNT; part++)
        if (trend_number(trend, trend->past - 1, (enum trend_part)part) !=
            trend_number(before, before->past - 1, (enum trend_part)part))
            changed |= 1u << part;
    if (changed == 0)
        return;
    view->changed |= changed;
    view->changed_until = date_now() + 1000 * (moment_t)view->env->settings->changed_seconds;
}

static void take(void *context, void *result)
{
    struct trend_view *view = context;
    mark_changed(view, result);
    trend_free(view->trend);
    view->trend = result;
}

static const struct reading_ops reading_ops = {open_survey, take};

static bool view_reload(struct view *view, const struct changes *changes, struct error *err)
{
    return reading_changed(self(view)->reading, changes, err);
}

static int view_fd(const struct view *view)
{
    return reading_fd(self_const(view)->reading);
}

static enum effect view_ready(struct view *view, struct error *err)
{
    return reading_ready(self(view)->reading, err);
}

/* The clock in the header, and marks of change that have had their time. */
static enum effect view_tick(struct view *base, int *next_ms)
{
    struct trend_view *view = self(base);
    moment_t now = date_now(), next = now - now % 30000 + 30000;
    if (view->changed_until <= now)
        view->changed = 0;
    else if (view->changed && view->changed_until < next)
        next = view->changed_until;
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
    struct trend_view *view = self(base);
    char *before = view->filter;
    view->filter = alloc_string(filter);
    if (!reading_begin(view->reading, err)) {
        free(view->filter);
        view->filter = before;
        return EFFECT_DRAW;
    }
    free(before);
    view->changed = 0;
    return EFFECT_DRAW;
}

static int64_t view_try_filter(struct view *view, const char *filter, struct error *err)
{
    return task_list_try_text(self(view)->env->model, filter, err);
}

static enum effect view_clear(struct view *base)
{
    struct error err = {0};
    if (!*self(base)->filter)
        return EFFECT_NONE;
    return view_set_filter(base, "", &err);
}

static char *view_tasks(const struct view *base, char **title)
{
    const struct trend_view *view = self_const(base);
    return has_weeks(view) ? trend_part_filter(view, trend_cursor(view), title) : NULL;
}

/* --- moving ---------------------------------------------------------------------------------- */

static enum effect select_week(struct trend_view *view, size_t week)
{
    size_t before = trend_cursor(view), end = trend_end(view->trend);
    week = week < end ? week : end - 1;
    view->cursor = week + 1 == view->trend->past ? DATE_NONE : trend_monday(view->trend, week);
    return week != before ? EFFECT_DRAW : EFFECT_NONE;
}

static enum effect move_weeks(struct trend_view *view, int by)
{
    size_t week = trend_cursor(view), far = by < 0 ? 0 - (size_t)by : (size_t)by;
    if (by < 0)
        return select_week(view, week > far ? week - far : 0);
    return select_week(view, week + far);
}

/* Round, over numbers that have tasks behind them. */
static enum effect move_part(struct trend_view *view, int by)
{
    size_t week = trend_cursor(view);
    enum trend_part before = trend_part(view, week), part = before;
    do {
        part = (enum trend_part)(((int)part + PART_COUNT + by) % PART_COUNT);
        view->part = part;
    } while (part != before && trend_part(view, week) != part);
    return part != before ? EFFECT_DRAW : EFFECT_NONE;
}

static enum effect view_motion(struct view *base, enum motion motion)
{
    enum { QUARTER = 13, MONTH = 4 };
    struct trend_view *view = self(base);
    if (!has_weeks(view))
        return EFFECT_NONE;
    switch (motion) {
    case MOVE_LEFT:
        return move_weeks(view, -1);
    case MOVE_RIGHT:
        return move_weeks(view, 1);
    case MOVE_HALF_UP:
        return move_weeks(view, -MONTH);
    case MOVE_HALF_DOWN:
        return move_weeks(view, MONTH);
    case MOVE_PAGE_UP:
        return move_weeks(view, -QUARTER);
    case MOVE_PAGE_DOWN:
        return move_weeks(view, QUARTER);
    case MOVE_FIRST:
        return select_week(view, 0);
    case MOVE_LAST:
        return select_week(view, trend_end(view->trend) - 1);
    case MOVE_UP:
    case MOVE_PREVIOUS_SECTION:
        return move_part(view, -1);
    case MOVE_DOWN:
    case MOVE_NEXT_SECTION:
        return move_part(view, 1);
    }
    return EFFECT_NONE;
}

/* Steps that would show the same weeks are passed over. */
enum effect trend_view_zoom(struct view *base, int by)
{
    struct trend_view *view = self(base);
    int zoom = view->zoom;
    if (!has_weeks(view))
        return EFFECT_NONE;
    int columns = trend_chart_columns(view, trend_chart_area(view, view->area));
    size_t before = trend_window(view, columns).count;
    do
        view->zoom -= by;
    while (
        view->zoom >= 0 && view->zoom < TREND_ZOOMS && trend_window(view, columns).count == before);
    if (view->zoom >= 0 && view->zoom < TREND_ZOOMS)
        return EFFECT_DRAW;
    view->zoom = zoom;
    return EFFECT_NONE;
}

static enum effect view_key(struct view *base, const struct key *key)
{
    struct trend_view *view = self(base);
    size_t week;
    if (key->code != KEY_CODE_MOUSE || !has_weeks(view))
        return EFFECT_NONE;
    if (key->button == 4 || key->button == 5)
        return move_weeks(view, key->button == 4 ? -1 : 1);
    struct rect chart = trend_chart_area(view, view->area);
    if (key->row < chart.row || key->row >= chart.row + chart.rows ||
        !trend_chart_week(view, chart, key->column, &week))
        return EFFECT_NONE;
    return select_week(view, week);
}

static void view_resize(struct view *view, struct rect area)
{
    self(view)->area = area;
}

/* --- life ------------------------------------------------------------------------------------ */

static void view_close(struct view *base)
{
    struct trend_view *view = self(base);
    reading_free(view->reading);
    trend_free(view->trend);
    free(view->filter);
    free(view);
}

const struct view_ops trend_view_ops = {
    .name = "trend",
    .title = N_("Trend"),
    .context = CONTEXT_TREND,
    .reload = view_reload,
    .resize = view_resize,
    .draw = trend_draw,
    .key = view_key,
    .move = view_motion,
    .fd = view_fd,
    .ready = view_ready,
    .tick = view_tick,
    .filter = view_filter,
    .set_filter = view_set_filter,
    .try_filter = view_try_filter,
    .tasks = view_tasks,
    .clear = view_clear,
    .close = view_close,
};

bool trend_view_open(
    const struct view_env *env, const char *filter, struct view **out, struct error *err)
{
    struct trend_view *view = alloc_zero(1, sizeof *view);
    *view = (struct trend_view){.view.ops = &trend_view_ops,
        .env = env,
        .area = {0, 0, 24, 80},
        .filter = alloc_string(filter ? filter : ""),
        .zoom = TREND_ZOOM_FIRST,
        .cursor = DATE_NONE};
    view->reading = reading_new(&reading_ops, view);
    if (!reading_begin(view->reading, err)) {
        view_close(&view->view);
        return false;
    }
    *out = &view->view;
    return true;
}
