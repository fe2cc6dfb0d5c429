/* The picture of the timeline: a row for each task, its bar, today, the measure that is next. */
#include "base/language.h"
#include "base/text.h"
#include "frame.h"
#include "timeline_state.h"
#include "views/board.h"

enum {
    LEAST_FOR_ZOOM = 76, /* columns of the screen, for what a column stands for */
    LEAST_FOR_LEGEND = 100,
};

/* --- a task's time --------------------------------------------------------------------------- */

struct bar {
    const struct timeline_scale *scale;
    struct canvas *canvas;
    int row;
};

static void put(const struct bar *bar, int column, enum role role, enum glyph glyph)
{
    if (column >= 0 && column < bar->scale->columns)
        canvas_put(bar->canvas, bar->row, bar->scale->column + column, 1, role,
            canvas_glyph(bar->canvas, glyph));
}

/* From the first column to before the last, with an arrow where it goes on beyond the edge, or is
 * all of it there. */
static void draw_line(const struct bar *bar, int from, int until, enum role role)
{
    int last = bar->scale->columns - 1;
    for (int column = from > 0 ? from : 0; column < until && column <= last; column++)
        put(bar, column, role, GLYPH_LINE);
    if (from < 0)
        put(bar, 0, role, GLYPH_MORE_LEFT);
    if (until > last)
        put(bar, last, role, GLYPH_MORE_RIGHT);
}

static enum role due_role(const struct today *today, date_t day)
{
    return day < today->date                             ? ROLE_OVERDUE
           : day <= today->date + today->due_urgent_days ? ROLE_DUE_SOON
                                                         : ROLE_NORMAL;
}

/* How late it is, right of today, where nothing of an overdue task is; else where there is room. */
static void draw_late(const struct bar *bar, int due, int days)
{
    struct strbuf text = {0};
    int columns = bar->scale->columns, today = timeline_column(bar->scale, bar->scale->today);
    strbuf_format(&text, ngettext("%d day late", "%d days late", (unsigned long)days), days);
    int width = text_width(strbuf_text(&text)), at = -1;
    if (today >= -1 && today + 2 + width <= columns)
        at = today + 2;
    else if (due - 1 - width >= 0 && due - 1 <= columns)
        at = due - 1 - width;
    if (at >= 0)
        canvas_put(bar->canvas, bar->row, bar->scale->column + at, width, ROLE_OVERDUE,
            strbuf_text(&text));
    strbuf_clear(&text);
}

/* Measures lie upon the line, the end of the task upon them. */
static void draw_time(
    const struct bar *bar, const struct timeline_row *row, const struct today *today)
{
    date_t due_on = row->task.due_on;
    int due = timeline_column(bar->scale, due_on), now = timeline_column(bar->scale, today->date);
    enum role role = due_role(today, due_on);
    bool late = due_on<today->date, later = row->starts_on> today->date;
    put(bar, now, ROLE_BORDER, GLYPH_BAR);
    if (late)
        draw_line(bar, due, now, role);
    else
        draw_line(bar, later ? timeline_column(bar->scale, row->starts_on) : now + 1, due, role);
    for (size_t i = row->measures; i-- > 0;)
        if (row->measure[i].due_on != DATE_NONE)
            put(bar, timeline_column(bar->scale, row->measure[i].due_on),
                due_role(today, row->measure[i].due_on), GLYPH_TODO);
    put(bar, due, role, GLYPH_MARK);
    if (late)
        draw_late(bar, due, today->date - due_on);
}

/* --- rows ------------------------------------------------------------------------------------ */

static bool is_changed(const struct timeline_view *view, int64_t id)
{
    for (size_t i = 0; i < view->changed_count; i++)
        if (view->changed[i].id == id)
            return true;
    return false;
}

static void draw_cells(const struct timeline_view *view, const struct task_row *task,
    const struct today *today, struct canvas *canvas, int row)
{
    static const char *const names[TIMELINE_COLUMNS] = {"number", "title", "region", "due"};
    const struct column_env env = {view->env->model, today};
    int at = view->area.column + TIMELINE_PREFIX;
    struct strbuf text = {0};
    for (int i = 0; i < TIMELINE_COLUMNS; i++) {
        const struct board_column *column = board_column_find(names[i], NULL);
        strbuf_cut(&text, 0);
        column->text(&env, task, &text);
        at = table_put(canvas, row, at, &view->columns[i], ROLE_NORMAL, strbuf_text(&text));
    }
    strbuf_clear(&text);
}

static void draw_task(const struct timeline_view *view, size_t index,
    const struct timeline_scale *scale, struct canvas *canvas)
{
    const struct timeline_row *row = &view->rows[index];
    const struct today *today = model_today(view->env->model);
    struct rect line = {
        view->area.row + TIMELINE_ABOVE + (int)index, view->area.column, 1, view->area.columns};
    bool selected = view->row_top + index == view->window.selected;
    bool lean = view->env->settings->lean, changed = is_changed(view, row->task.id);
    if (row->task.id == 0) { /* gone this moment */
        canvas_put(canvas, line.row, line.column + TIMELINE_PREFIX, -1, ROLE_DIM,
            canvas_glyph(canvas, GLYPH_ELLIPSIS));
    } else {
        enum light light = task_light(&row->task, today);
        light = changed && light > LIGHT_CHANGED ? LIGHT_CHANGED : light;
        char glyph[2] = {lights[light].glyph, 0};
        canvas_put(canvas, line.row, line.column + 1, 1, board_light_role(light, &row->task, today),
            glyph);
        draw_cells(view, &row->task, today, canvas, line.row);
        struct rect cells = {line.row, line.column + TIMELINE_PREFIX, 1,
            scale->column - line.column - TIMELINE_PREFIX};
        if (changed && !lean)
            canvas_set_role(canvas, cells, ROLE_CHANGED);
        draw_time(&(struct bar){scale, canvas, line.row}, row, today);
    }
    if (!selected)
        return;
    canvas_put(canvas, line.row, line.column, 1, lean ? ROLE_NORMAL : ROLE_SELECTED,
        canvas_glyph(canvas, GLYPH_CURSOR));
    if (!lean)
        canvas_set_role(canvas, line, ROLE_SELECTED);
    canvas_cursor(canvas, line.row, line.column, true);
}

/* --- around them ----------------------------------------------------------------------------- */

/* What the signs upon the lines mean, where all of it has room. */
static void draw_legend(struct canvas *canvas, int row, int at, int end)
{
    struct strbuf text = {0};
    strbuf_format(&text, _("%s due  %s measure  %s %s goes on"), canvas_glyph(canvas, GLYPH_MARK),
        canvas_glyph(canvas, GLYPH_TODO), canvas_glyph(canvas, GLYPH_MORE_LEFT),
        canvas_glyph(canvas, GLYPH_MORE_RIGHT));
    if (at + text_width(strbuf_text(&text)) <= end)
        canvas_put(canvas, row, at, end - at, ROLE_LABEL, strbuf_text(&text));
    strbuf_clear(&text);
}

static void draw_title(
    const struct timeline_view *view, const struct timeline_scale *scale, struct canvas *canvas)
{
    struct strbuf text = {0};
    char from[11], until[11];
    int row = view->area.row + 1, at = view->area.column + 1, columns = view->area.columns - 2;
    strbuf_format(&text, "%s ~ %s", date_format(timeline_day(scale, 0), from),
        date_format(timeline_day(scale, scale->columns) - 1, until));
    if (view->area.columns >= LEAST_FOR_ZOOM)
        strbuf_format(&text, "  %s", timeline_zoom_name(view->zoom));
    canvas_put_right(canvas, row, at, columns, ROLE_LABEL, strbuf_text(&text));
    int end = at + columns - text_width(strbuf_text(&text)) - 2;
    strbuf_cut(&text, 0);
    at += canvas_put(canvas, row, at, end - at, ROLE_TITLE, _("Timeline")) + 2;
    int64_t never = timeline_never_due(view->timeline);
    if (*view->filter)
        strbuf_format(&text, "%s %s  ", _("Filter"), view->filter);
    if (never > 0)
        strbuf_format(&text,
            ngettext("%lld more that is never due", "%lld more that are never due",
                (unsigned long)never),
            (long long)never);
    if (at < end)
        at += canvas_put(canvas, row, at, end - at, ROLE_LABEL, strbuf_text(&text)) + 2;
    if (view->area.columns >= LEAST_FOR_LEGEND)
        draw_legend(canvas, row, at, end);
    strbuf_clear(&text);
}

static void draw_heads(
    const struct timeline_view *view, const struct timeline_scale *scale, struct canvas *canvas)
{
    int row = view->area.row + 2, at = view->area.column + TIMELINE_PREFIX;
    canvas_fill(canvas, (struct rect){row, view->area.column, 1, view->area.columns},
        ROLE_COLUMN_HEAD, ' ');
    for (int i = 0; i < TIMELINE_COLUMNS; i++)
        at = table_put(canvas, row, at, &view->columns[i], ROLE_COLUMN_HEAD, view->columns[i].head);
    timeline_scale_draw(scale, canvas, row);
}

/* The count first: it stays to be seen where the text is cut. */
void timeline_next_words(const struct timeline_row *row, date_t today, struct strbuf *out)
{
    char day[11];
    if (row->measures == 0) {
        strbuf_add(out, _("No measure is left to do."));
        return;
    }
    const struct timeline_measure *next = &row->measure[0];
    unsigned long count = (unsigned long)row->measures;
    strbuf_format(out, ngettext("%lu measure to do, ", "%lu measures to do, ", count), count);
    if (next->due_on == DATE_NONE)
        strbuf_format(out, _("the next without a day: %s"), next->text);
    else if (next->due_on < today)
        strbuf_format(out, _("late since %s: %s"), date_format(next->due_on, day), next->text);
    else
        strbuf_format(out, _("the next by %s: %s"), date_format(next->due_on, day), next->text);
}

static void draw_next(const struct timeline_view *view, struct canvas *canvas, int row)
{
    const struct timeline_row *selected = timeline_selected_row(view);
    struct strbuf text = {0};
    if (selected)
        timeline_next_words(selected, model_today(view->env->model)->date, &text);
    bool late = selected && selected->measures > 0 && selected->measure[0].due_on != DATE_NONE &&
                selected->measure[0].due_on < model_today(view->env->model)->date;
    canvas_put(canvas, row, view->area.column + 1, view->area.columns - 2,
        late ? ROLE_OVERDUE : ROLE_DIM, strbuf_text(&text));
    strbuf_clear(&text);
}

static void draw_empty(const struct timeline_view *view, struct canvas *canvas)
{
    int row = view->area.row + TIMELINE_ABOVE, at = view->area.column + TIMELINE_PREFIX;
    int columns = view->area.columns - TIMELINE_PREFIX - 1;
    canvas_cursor(canvas, row, at, true);
    if (!timeline_complete(view->timeline)) {
        canvas_put(canvas, row, at, columns, ROLE_DIM, canvas_glyph(canvas, GLYPH_ELLIPSIS));
    } else if (*view->filter) {
        canvas_format(
            canvas, row, at, columns, ROLE_NORMAL, _("No task matches: %s"), view->filter);
        canvas_put(
            canvas, row + 1, at, columns, ROLE_DIM, _("f changes the filter, Esc takes it away."));
    } else {
        canvas_put(canvas, row, at, columns, ROLE_OK, _("No open task has a day to be done by."));
    }
}

static void draw_footer(const struct timeline_view *view, struct canvas *canvas)
{
    struct strbuf place = {0};
    strbuf_format(&place, _("%zu tasks"), view->window.count);
    if (view->window.count > 0 && !view->env->settings->lean)
        strbuf_format(&place, _(" no. %zu"), view->window.selected + 1);
    frame_footer(view->env, CONTEXT_TIMELINE, strbuf_text(&place), canvas, view->area);
    strbuf_clear(&place);
}

void timeline_draw(const struct view *base, struct canvas *canvas, struct rect area)
{
    const struct timeline_view *view = (const struct timeline_view *)base;
    if (!frame_fits(canvas, area))
        return;
    struct timeline_scale scale = timeline_scale(view);
    int below = area.row + area.rows - TIMELINE_BELOW;
    draw_title(view, &scale, canvas);
    draw_heads(view, &scale, canvas);
    for (size_t i = 0; i < view->row_count; i++)
        draw_task(view, i, &scale, canvas);
    if (view->window.count == 0)
        draw_empty(view, canvas);
    draw_next(view, canvas, below);
    if (model_freshness(view->env->model)->state == FRESH_STALE)
        canvas_dim(canvas, (struct rect){area.row + 1, area.column, area.rows - 3, area.columns});
    struct frame_state state = {.officer = model_duty_officer(view->env->model),
        .loading = !timeline_complete(view->timeline)};
    frame_header(view->env, &state, canvas, area);
    frame_trouble(view->env, canvas, below, area);
    draw_footer(view, canvas);
}
