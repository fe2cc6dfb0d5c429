/* The picture of the trend: what it is of, the sentence, the chart, the numbers of one week. */
#include <limits.h>
#include <stdlib.h>

#include "base/language.h"
#include "base/text.h"
#include "frame.h"
#include "trend_state.h"

enum {
    ABOVE = 2,            /* header and title */
    BELOW = 2,            /* the week, footer */
    LEAST_FOR_OPENS = 20, /* rows of the screen for what Enter opens */
    SENTENCE_MOST = 2,    /* rows */
    LEAST_FOR_TWO = 12,   /* rows of the screen for a second row of the sentence */
    LEAST_FOR_LEGEND = 14,
};

static bool is_empty(const struct trend *trend)
{
    for (size_t i = 0; i < trend->count; i++)
        if (trend->week[i].open || trend->week[i].begun || trend->week[i].closed)
            return false;
    return trend->open == 0;
}

/* --- above the chart ------------------------------------------------------------------------- */

/* As much of it as has room, its end always. Returns its rows. */
static int sentence_rows(
    const struct trend_view *view, struct rect area, struct text_lines *lines, struct strbuf *text)
{
    size_t most = area.rows >= LEAST_FOR_TWO ? SENTENCE_MOST : 1;
    for (int i = 0; i < TREND_SENTENCES; i++) {
        strbuf_cut(text, 0);
        text_lines_clear(lines);
        trend_sentence_short(view->trend, i, text);
        text_wrap(lines, strbuf_text(text), area.columns - 2);
        if (lines->count <= most)
            break;
    }
    return lines->count < most ? (int)lines->count : (int)most;
}

static void draw_sentence(const struct trend_view *view, struct canvas *canvas, struct rect area)
{
    struct strbuf text = {0};
    struct text_lines lines = {0};
    int rows = sentence_rows(view, area, &lines, &text);
    bool changed = view->changed & 1u << PART_OPEN;
    enum role role = changed ? ROLE_CHANGED : ROLE_NORMAL;
    for (int i = 0; i < rows; i++) {
        struct strbuf line = {0};
        strbuf_add_n(&line, strbuf_text(&text) + lines.line[i].start, lines.line[i].bytes);
        canvas_put(canvas, area.row + ABOVE + i, area.column + 1, area.columns - 2, role,
            strbuf_text(&line));
        strbuf_clear(&line);
    }
    text_lines_clear(&lines);
    strbuf_clear(&text);
}

static int rows_below(struct rect area)
{
    return BELOW + (area.rows >= LEAST_FOR_OPENS);
}

struct rect trend_chart_area(const struct trend_view *view, struct rect area)
{
    struct strbuf text = {0};
    struct text_lines lines = {0};
    int above = ABOVE + sentence_rows(view, area, &lines, &text);
    text_lines_clear(&lines);
    strbuf_clear(&text);
    above += area.rows >= LEAST_FOR_LEGEND;
    return (struct rect){
        area.row + above, area.column + 1, area.rows - above - rows_below(area), area.columns - 2};
}

/* What it is of, and on the right which time is seen or how far the counting is. */
static void draw_title(const struct trend_view *view, struct canvas *canvas, struct rect area)
{
    struct strbuf right = {0};
    int row = area.row + 1, at = area.column + 1, columns = area.columns - 2;
    if (*reading_progress(view->reading)) {
        strbuf_add(&right, reading_progress(view->reading));
    } else if (view->trend && !is_empty(view->trend)) {
        char from[11], until[11];
        int chart = trend_chart_columns(view, trend_chart_area(view, area));
        struct trend_window window = trend_window(view, chart);
        date_t monday = trend_monday(view->trend, window.first);
        strbuf_format(&right, "%s ~ %s", date_format(monday, from),
            date_format(monday + (date_t)window.count * 7 - 1, until));
    }
    canvas_put_right(canvas, row, at, columns, ROLE_LABEL, strbuf_text(&right));
    columns -= text_width(strbuf_text(&right)) + 2;
    int used = canvas_put(canvas, row, at, columns, ROLE_TITLE, _("Trend"));
    if (*view->filter)
        canvas_format(canvas, row, at + used + 2, columns - used - 2, ROLE_LABEL, "%s %s",
            _("Filter"), view->filter);
    strbuf_clear(&right);
}

/* --- the week -------------------------------------------------------------------------------- */

static void add_part(
    const struct trend_view *view, size_t week, enum trend_part part, struct strbuf *out)
{
    int64_t number = trend_number(view->trend, week, part);
    strbuf_cut(out, 0);
    if (number >= 0)
        strbuf_format(out, "%s %lld", trend_part_label(view->trend, week, part), (long long)number);
}

/* Of the numbers, the columns they take, with the mark of the selected one. */
static int parts_columns(const struct trend_view *view, size_t week, unsigned parts)
{
    struct strbuf text = {0};
    int columns = 1;
    for (int part = 0; part < PART_COUNT; part++) {
        if (!(parts & 1u << part))
            continue;
        add_part(view, week, (enum trend_part)part, &text);
        columns += text_width(strbuf_text(&text)) + 1;
    }
    strbuf_clear(&text);
    return columns - 1;
}

/* Bits of the numbers that have room: whole ones, the least important left out first. */
static unsigned choose_parts(const struct trend_view *view, size_t week, int columns)
{
    static const enum trend_part least_first[PART_COUNT] = {
        PART_BEGUN, PART_CLOSED, PART_LATE, PART_OVERDUE, PART_PLANNED, PART_OPEN};
    enum trend_part selected = trend_part(view, week);
    unsigned parts = 0;
    for (int part = 0; part < PART_COUNT; part++)
        if (trend_number(view->trend, week, (enum trend_part)part) >= 0)
            parts |= 1u << part;
    for (int i = 0; i < PART_COUNT && parts_columns(view, week, parts) > columns; i++)
        if (least_first[i] != selected)
            parts &= ~(1u << least_first[i]);
    return parts;
}

static void draw_parts(const struct trend_view *view, struct canvas *canvas, struct rect line)
{
    size_t week = trend_cursor(view);
    struct strbuf text = {0};
    int at = line.column, end = line.column + line.columns;
    unsigned parts = choose_parts(view, week, line.columns);
    enum trend_part selected = trend_part(view, week);
    bool now = week + 1 == view->trend->past;
    for (int part = 0; part < PART_COUNT; part++) {
        if (!(parts & 1u << part))
            continue;
        bool changed = now && (view->changed & 1u << part), here = part == (int)selected;
        enum role role = here ? ROLE_SELECTED : changed ? ROLE_CHANGED : ROLE_NORMAL;
        if (here)
            at += canvas_put(
                canvas, line.row, at, end - at, role, canvas_glyph(canvas, GLYPH_CURSOR));
        add_part(view, week, (enum trend_part)part, &text);
        at += canvas_put(canvas, line.row, at, end - at, role, strbuf_text(&text)) + 1;
    }
    strbuf_clear(&text);
}

/* The year of the week only where all numbers have room beside it. */
static void draw_week(const struct trend_view *view, struct canvas *canvas, struct rect line)
{
    size_t week = trend_cursor(view);
    struct strbuf text = {0};
    trend_week_words(view->trend, week, &text);
    const char *name = strbuf_text(&text);
    unsigned all = choose_parts(view, week, INT_MAX);
    if (text_width(name) + 1 + parts_columns(view, week, all) > line.columns)
        name += sizeof "2026";
    int used = canvas_put(canvas, line.row, line.column, line.columns, ROLE_LABEL, name) + 1;
    strbuf_clear(&text);
    draw_parts(view, canvas, (struct rect){line.row, line.column + used, 1, line.columns - used});
}

static void draw_opens(const struct trend_view *view, struct canvas *canvas, struct rect line)
{
    char *title = NULL, *filter = trend_part_filter(view, trend_cursor(view), &title);
    if (filter)
        canvas_format(canvas, line.row, line.column, line.columns, ROLE_LABEL,
            _("Enter opens: %s. Up, Down: number; Left, Right: week."), title);
    free(title);
    free(filter);
}

/* --- all of it ------------------------------------------------------------------------------- */

static void draw_empty(const struct trend_view *view, struct canvas *canvas, struct rect area)
{
    int row = area.row + ABOVE + 1, at = area.column + 1, columns = area.columns - 2;
    canvas_cursor(canvas, row, at, true);
    if (*view->filter) {
        canvas_format(
            canvas, row, at, columns, ROLE_NORMAL, _("No task matches: %s"), view->filter);
        canvas_put(
            canvas, row + 1, at, columns, ROLE_DIM, _("f changes the filter, Esc takes it away."));
    } else {
        canvas_put(
            canvas, row, at, columns, ROLE_NORMAL, _("There is no task in this database yet."));
    }
}

static void draw_body(const struct trend_view *view, struct canvas *canvas, struct rect area)
{
    struct rect chart = trend_chart_area(view, area);
    draw_sentence(view, canvas, area);
    if (area.rows >= LEAST_FOR_LEGEND)
        trend_legend_draw(
            view, canvas, (struct rect){chart.row - 1, chart.column, 1, chart.columns});
    trend_chart_draw(view, canvas, chart);
    struct rect line = {chart.row + chart.rows, area.column + 1, 1, area.columns - 2};
    draw_week(view, canvas, line);
    line.row++;
    if (rows_below(area) > BELOW)
        draw_opens(view, canvas, line);
}

void trend_draw(const struct view *base, struct canvas *canvas, struct rect area)
{
    const struct trend_view *view = (const struct trend_view *)base;
    if (!frame_fits(canvas, area))
        return;
    draw_title(view, canvas, area);
    if (view->trend && is_empty(view->trend))
        draw_empty(view, canvas, area);
    else if (view->trend)
        draw_body(view, canvas, area);
    if (model_freshness(view->env->model)->state == FRESH_STALE)
        canvas_dim(canvas, (struct rect){area.row + 1, area.column, area.rows - 3, area.columns});
    struct frame_state state = {.officer = model_duty_officer(view->env->model)};
    frame_header(view->env, &state, canvas, area);
    frame_trouble(view->env, canvas, area.row + area.rows - BELOW, area);
    frame_footer(view->env, CONTEXT_TREND, "", canvas, area);
}
