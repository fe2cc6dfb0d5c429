/* The picture of the trend: what it is of, the sentence, the chart, the numbers of one week. */
#include "base/language.h"
#include "base/text.h"
#include "frame.h"
#include "trend_state.h"

enum {
    ABOVE = 2,          /* header and title */
    BELOW = 2,          /* the week, footer */
    SENTENCE_MOST = 2,  /* rows */
    LEAST_FOR_TWO = 12, /* rows of the screen for a second row of the sentence */
    LEAST_FOR_LEGEND = 14,
    LEAST_FOR_YEAR = 76, /* columns of the screen for the year of the week */
};

static bool is_empty(const struct trend *trend)
{
    for (size_t i = 0; i < trend->count; i++)
        if (trend->week[i].open || trend->week[i].begun || trend->week[i].closed)
            return false;
    return trend->open == 0;
}

/* --- above the chart ------------------------------------------------------------------------- */

static int sentence_rows(
    const struct trend_view *view, struct rect area, struct text_lines *lines, struct strbuf *text)
{
    trend_sentence(view->trend, text);
    text_wrap(lines, strbuf_text(text), area.columns - 2);
    int most = area.rows >= LEAST_FOR_TWO ? SENTENCE_MOST : 1;
    return lines->count < (size_t)most ? (int)lines->count : most;
}

/* The row that is the last to be seen is cut, with all that would come after it. */
static void draw_sentence(const struct trend_view *view, struct canvas *canvas, struct rect area)
{
    struct strbuf text = {0};
    struct text_lines lines = {0};
    int rows = sentence_rows(view, area, &lines, &text);
    bool changed = view->changed & 1u << PART_OPEN;
    enum role role = changed ? ROLE_CHANGED : ROLE_NORMAL;
    for (int i = 0; i < rows; i++) {
        struct strbuf line = {0};
        if (i + 1 < rows)
            strbuf_add_n(&line, strbuf_text(&text) + lines.line[i].start, lines.line[i].bytes);
        else
            strbuf_add(&line, strbuf_text(&text) + lines.line[i].start);
        canvas_put(canvas, area.row + ABOVE + i, area.column + 1, area.columns - 2, role,
            strbuf_text(&line));
        strbuf_clear(&line);
    }
    text_lines_clear(&lines);
    strbuf_clear(&text);
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
        area.row + above, area.column + 1, area.rows - above - BELOW, area.columns - 2};
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

/* The first of the numbers that is shown, so that the selected one is, too. */
static int first_part(const struct trend_view *view, size_t week, int columns)
{
    struct strbuf text = {0};
    int selected = trend_part(view, week), first = selected, used = -1;
    for (int part = selected; part >= 0; part--) {
        add_part(view, week, (enum trend_part)part, &text);
        if (!*strbuf_text(&text))
            continue;
        used += text_width(strbuf_text(&text)) + 1;
        if (used > columns)
            break;
        first = part;
    }
    strbuf_clear(&text);
    return first;
}

static void draw_week(const struct trend_view *view, struct canvas *canvas, struct rect line)
{
    size_t week = trend_cursor(view);
    struct strbuf text = {0};
    trend_week_words(view->trend, week, &text);
    const char *name = strbuf_text(&text);
    if (line.columns < LEAST_FOR_YEAR)
        name += sizeof "2026";
    int at = line.column, end = line.column + line.columns;
    at += canvas_put(canvas, line.row, at, line.columns, ROLE_LABEL, name) + 1;
    int selected = trend_part(view, week);
    bool now = week + 1 == view->trend->past;
    for (int part = first_part(view, week, end - at); part < PART_COUNT; part++) {
        bool changed = now && (view->changed & 1u << part);
        add_part(view, week, (enum trend_part)part, &text);
        if (!*strbuf_text(&text) || at >= end)
            continue;
        at += canvas_put(canvas, line.row, at, end - at,
            part == selected ? ROLE_SELECTED
            : changed        ? ROLE_CHANGED
                             : ROLE_NORMAL,
            strbuf_text(&text));
        at++;
    }
    strbuf_clear(&text);
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
    draw_week(view, canvas,
        (struct rect){area.row + area.rows - BELOW, area.column + 1, 1, area.columns - 2});
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
