/* trend_chart: the picture of a trend: three lines, scale and months, two rows of columns. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "axis.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "trend_state.h"

enum {
    LEAST_FOR_MONTHS = 4, /* rows */
    LEAST_FOR_COLUMNS = 9,
    ROWS_A_STRIP = 6, /* one row of each strip of columns for so many of the area */
    STRIP_LEAST = 2,
    STRIP_MOST = 8,
    LABEL_LEAST = 4,
    SCALE_STEPS = 4,
};

/* What is where in the area. */
struct layout {
    struct trend_window window;
    struct rect lines;
    int months, strips, strip_rows; /* months -1, strip_rows 0: there are none */
    int64_t step, top, strip_top;
};

static enum role forecast_role(const struct trend *trend)
{
    bool late = trend->zero_on == DATE_NONE ||
                (trend->planned_on != DATE_NONE && trend->zero_on > trend->planned_on);
    return late ? ROLE_WARNING : ROLE_OK;
}

/* --- layout ---------------------------------------------------------------------------------- */

static int64_t most_of(const struct trend *trend, struct trend_window window, enum trend_part part)
{
    int64_t most = 0;
    for (size_t i = 0; i < window.count; i++) {
        int64_t number = trend_number(trend, window.first + i, part);
        most = number > most ? number : most;
    }
    return most;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int number_columns(int64_t number)
{
    int columns = 1;
    for (; number >= 10; number /= 10)
        columns++;
    return columns;
}

/* Left of the lines stand the numbers of the scale, and what the columns mean. */
static int label_columns(const struct trend *trend)
{
    int64_t most = 0;
    for (size_t i = 0; i < trend->count; i++)
        most = larger(most, larger(trend->week[i].open, trend->week[i].planned));
    int columns = LABEL_LEAST, words[] = {text_width(_("Closed")), text_width(_("Slipped")),
                                   number_columns(chart_step(most, 1))};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        columns = words[i] > columns ? words[i] : columns;
    return columns;
}

static bool lay_out(const struct trend_view *view, struct rect area, struct layout *out)
{
    int labels = label_columns(view->trend) + 1;
    *out = (struct layout){.months = -1};
    if (area.rows < 1 || area.columns <= labels)
        return false;
    struct rect lines = {area.row, area.column + labels, area.rows, area.columns - labels};
    if (area.rows >= LEAST_FOR_COLUMNS) {
        int rows = area.rows / ROWS_A_STRIP + 1;
        out->strip_rows = rows < STRIP_LEAST ? STRIP_LEAST : rows > STRIP_MOST ? STRIP_MOST : rows;
        lines.rows -= 2 * out->strip_rows;
        out->strips = area.row + area.rows - 2 * out->strip_rows;
    }
    if (area.rows >= LEAST_FOR_MONTHS)
        out->months = area.row + --lines.rows;
    out->window = trend_window(view, lines.columns);
    lines.columns = out->window.columns;
    out->lines = lines;
    int64_t most = larger(most_of(view->trend, out->window, PART_OPEN),
        most_of(view->trend, out->window, PART_PLANNED));
    out->step = chart_step(most, SCALE_STEPS);
    out->top = (most > 0 ? (most - 1) / out->step + 1 : 1) * out->step;
    out->strip_top = larger(most_of(view->trend, out->window, PART_CLOSED),
        most_of(view->trend, out->window, PART_LATE));
    return true;
}

int trend_chart_columns(const struct trend_view *view, struct rect area)
{
    int columns = area.columns - label_columns(view->trend) - 1;
    return columns > 1 ? columns : 1;
}

static int slot_column(const struct layout *layout, size_t week)
{
    return layout->lines.column +
           chart_slot(layout->lines.columns, layout->window.count, week - layout->window.first);
}

static int middle_column(const struct layout *layout, size_t week)
{
    return layout->lines.column +
           chart_middle(layout->lines.columns, layout->window.count, week - layout->window.first);
}

static bool is_shown(const struct layout *layout, size_t week)
{
    return week >= layout->window.first && week < layout->window.first + layout->window.count;
}

bool trend_chart_week(const struct trend_view *view, struct rect area, int column, size_t *week)
{
    struct layout layout;
    if (!lay_out(view, area, &layout))
        return false;
    size_t first = layout.window.first, end = first + layout.window.count;
    for (size_t i = first; i < end; i++) {
        int until =
            i + 1 < end ? slot_column(&layout, i + 1) : layout.lines.column + layout.lines.columns;
        *week = i;
        if (column >= slot_column(&layout, i) && column < until)
            return true;
    }
    return false;
}

/* --- lines ----------------------------------------------------------------------------------- */

/* What each looks like, in the legend too; in the order they lie above each other. */
enum line { LINE_PLANNED, LINE_FORECAST, LINE_OPEN, LINE_COUNT };

static void set_series(const struct trend *trend, struct chart_series series[static LINE_COUNT])
{
    series[LINE_PLANNED] =
        (struct chart_series){.role = ROLE_LABEL, .stroke = STROKE_DOTTED, .mark = '.'};
    series[LINE_FORECAST] =
        (struct chart_series){.role = forecast_role(trend), .stroke = STROKE_DASHED, .mark = '+'};
    series[LINE_OPEN] =
        (struct chart_series){.role = ROLE_TITLE, .stroke = STROKE_SOLID, .mark = '*'};
}

static int64_t line_value(const struct trend *trend, size_t week, enum line line)
{
    switch (line) {
    case LINE_PLANNED:
        return trend_number(trend, week, PART_PLANNED);
    case LINE_FORECAST:
        return trend_forecast(trend, week);
    case LINE_OPEN:
        return week < trend->past ? trend_number(trend, week, PART_OPEN) : -1;
    case LINE_COUNT:
        break;
    }
    return -1;
}

static void draw_lines(
    const struct trend_view *view, const struct layout *layout, struct canvas *canvas)
{
    struct chart_series series[LINE_COUNT];
    int64_t *values[LINE_COUNT];
    set_series(view->trend, series);
    for (int line = 0; line < LINE_COUNT; line++) {
        values[line] = alloc_zero(layout->window.count, sizeof *values[line]);
        for (size_t i = 0; i < layout->window.count; i++)
            values[line][i] = line_value(view->trend, layout->window.first + i, (enum line)line);
        series[line].value = values[line];
        series[line].count = layout->window.count;
    }
    chart_lines(canvas, layout->lines, series, LINE_COUNT, layout->top);
    for (int line = 0; line < LINE_COUNT; line++)
        free(values[line]);
}

/* The ends of the scale, and of its steps those that have a row of their own with a blank between.
 */
static void draw_scale(const struct layout *layout, struct canvas *canvas, struct rect area)
{
    int columns = layout->lines.column - area.column - 1, last = layout->lines.rows + 1;
    int64_t steps = layout->top / layout->step;
    char text[24];
    for (int64_t i = 0; i <= steps; i++) {
        int row = chart_row(canvas, layout->lines.rows, i * layout->step, layout->top);
        bool at_end = i == steps && row < last;
        if (!at_end && (row > last - 2 || (i > 0 && row < 2)))
            continue;
        snprintf(text, sizeof text, "%" PRId64, i * layout->step);
        canvas_put_right(canvas, layout->lines.row + row, area.column, columns, ROLE_LABEL, text);
        last = row;
    }
}

static void draw_today(
    const struct trend_view *view, const struct layout *layout, struct canvas *canvas)
{
    if (!is_shown(layout, view->trend->past - 1))
        return;
    int column = middle_column(layout, view->trend->past - 1);
    for (int i = 0; i < layout->lines.rows; i++)
        canvas_put(
            canvas, layout->lines.row + i, column, 1, ROLE_BORDER, canvas_glyph(canvas, GLYPH_BAR));
}

/* The day of the end beside the place where the forecast meets zero. */
static void draw_zero(
    const struct trend_view *view, const struct layout *layout, struct canvas *canvas)
{
    const struct trend *trend = view->trend;
    if (trend->zero_on == DATE_NONE || trend->open == 0 || layout->lines.rows < LEAST_FOR_MONTHS)
        return;
    date_t days = trend->zero_on - trend->week[0].starts_on;
    size_t week = days > 0 ? (size_t)days / 7 : 0;
    if (!is_shown(layout, week))
        return;
    int year, month;
    char text[24];
    date_parts(trend->zero_on, &year, &month, &(int){0});
    snprintf(text, sizeof text, "%04d-%02d", year, month);
    int end = layout->lines.column + layout->lines.columns, width = text_width(text);
    int column = middle_column(layout, week) + 1;
    canvas_put(canvas, layout->lines.row + layout->lines.rows - 2,
        column + width <= end ? column : end - width, width, forecast_role(trend), text);
}

/* --- months ---------------------------------------------------------------------------------- */

/* The month that begins in that week. */
static void draw_month(const struct trend_view *view, const struct layout *layout,
    struct canvas *canvas, size_t week, bool years)
{
    int month, day;
    char text[AXIS_ROOM];
    date_t sunday = trend_monday(view->trend, week) + 6;
    date_parts(sunday, &(int){0}, &month, &day);
    if (day <= 7 && years == (month == 1))
        axis_put(canvas, layout->months, slot_column(layout, week),
            layout->lines.column + layout->lines.columns, ROLE_LABEL, axis_month(sunday, text));
}

/* Januaries by their year, before the other months; the year of the first week on the left. */
static void draw_months(const struct trend_view *view, const struct layout *layout,
    struct canvas *canvas, struct rect area)
{
    int year, month, day;
    char text[16];
    date_parts(trend_monday(view->trend, layout->window.first), &year, &month, &day);
    snprintf(text, sizeof text, "%04d", year);
    canvas_put_right(canvas, layout->months, area.column, layout->lines.column - area.column - 1,
        ROLE_LABEL, text);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < layout->window.count; i++)
            draw_month(view, layout, canvas, layout->window.first + i, pass == 0);
}

static void draw_cursor(
    const struct trend_view *view, const struct layout *layout, struct canvas *canvas)
{
    size_t week = trend_cursor(view);
    int from = slot_column(layout, week), column = middle_column(layout, week);
    int until = week + 1 < layout->window.first + layout->window.count
                    ? slot_column(layout, week + 1)
                    : layout->lines.column + layout->lines.columns;
    int row = layout->months;
    if (row < 0)
        row = layout->lines.row + layout->lines.rows - 1;
    else if (canvas_row(canvas, row)[column].base == ' ')
        canvas_put(canvas, row, column, 1, ROLE_NORMAL, canvas_glyph(canvas, GLYPH_MORE_UP));
    canvas_set_role(
        canvas, (struct rect){row, from, 1, until > from ? until - from : 1}, ROLE_SELECTED);
    canvas_cursor(canvas, row, column, true);
}

/* --- columns --------------------------------------------------------------------------------- */

static void draw_strip(const struct trend_view *view, const struct layout *layout,
    struct canvas *canvas, struct rect strip, enum trend_part part)
{
    int columns = layout->lines.column - strip.column - 1;
    char text[24];
    enum role role = part == PART_LATE ? ROLE_OVERDUE : ROLE_OK;
    int64_t *value = alloc_zero(layout->window.count, sizeof *value);
    for (size_t i = 0; i < layout->window.count; i++)
        value[i] = trend_number(view->trend, layout->window.first + i, part);
    struct rect area = {strip.row, layout->lines.column, strip.rows, layout->lines.columns};
    chart_columns(canvas, area, value, layout->window.count, layout->strip_top, role);
    free(value);
    snprintf(text, sizeof text, "%lld", (long long)layout->strip_top);
    canvas_put_right(canvas, strip.row, strip.column, columns, ROLE_LABEL, text);
    canvas_put_right(canvas, strip.row + strip.rows - 1, strip.column, columns, role,
        part == PART_LATE ? _("Slipped") : _("Closed"));
}

/* --- all of it ------------------------------------------------------------------------------- */

void trend_chart_draw(const struct trend_view *view, struct canvas *canvas, struct rect area)
{
    struct layout layout;
    if (!lay_out(view, area, &layout))
        return;
    draw_scale(&layout, canvas, area);
    draw_today(view, &layout, canvas);
    draw_lines(view, &layout, canvas);
    draw_zero(view, &layout, canvas);
    if (layout.months >= 0)
        draw_months(view, &layout, canvas, area);
    struct rect strip = {layout.strips, area.column, layout.strip_rows, area.columns};
    if (layout.strip_rows > 0) {
        draw_strip(view, &layout, canvas, strip, PART_CLOSED);
        strip.row += strip.rows;
        draw_strip(view, &layout, canvas, strip, PART_LATE);
    }
    draw_cursor(view, &layout, canvas);
}

void trend_legend_draw(const struct trend_view *view, struct canvas *canvas, struct rect line)
{
    static const int64_t middle[CHART_STROKE] = {1, 1, 1, 1, 1, 1};
    static const enum line order[LINE_COUNT] = {LINE_OPEN, LINE_PLANNED, LINE_FORECAST};
    struct chart_series series[LINE_COUNT];
    const char *const names[LINE_COUNT] = {_("Planned"), _("At this pace"), _("Open")};
    int at = line.column, end = line.column + line.columns;
    set_series(view->trend, series);
    for (int i = 0; i < LINE_COUNT; i++) {
        struct chart_series *sample = &series[order[i]];
        int width = CHART_STROKE + 1 + text_width(names[order[i]]);
        if (at + width > end)
            return;
        sample->value = middle;
        sample->count = CHART_STROKE;
        chart_lines(canvas, (struct rect){line.row, at, 1, CHART_STROKE}, sample, 1, 2);
        canvas_put(canvas, line.row, at + CHART_STROKE + 1, -1, ROLE_LABEL, names[order[i]]);
        at += width + 2;
    }
    if (at + 2 + text_width(_("Today")) > end)
        return;
    canvas_put(canvas, line.row, at, 1, ROLE_BORDER, canvas_glyph(canvas, GLYPH_BAR));
    canvas_put(canvas, line.row, at + 2, -1, ROLE_LABEL, _("Today"));
}
