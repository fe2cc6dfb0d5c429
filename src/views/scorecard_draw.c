/* The picture of the scorecard: title, heads, the lines in the window, the number selected in
 * words. */
#include "base/language.h"
#include "frame.h"
#include "scorecard_state.h"
#include "ui/chart.h"
#include "views/board.h"

#define MARKED 3 /* so many at either end are marked, where there are twice as many */

/* --- title ----------------------------------------------------------------------------------- */

static void add_beyond(struct strbuf *out, struct canvas *canvas, enum glyph glyph, size_t count)
{
    if (count > 0)
        strbuf_format(
            out, "%s%s%zu", out->length > 0 ? " " : "", canvas_glyph(canvas, glyph), count);
}

/* What the window does not show, or how far the next counting is. */
static int draw_beyond(const struct scorecard_view *view, struct canvas *canvas, struct rect line)
{
    struct strbuf text = {0};
    const char *progress = reading_progress(view->reading);
    const struct table_window *window = &view->window;
    size_t seen = window->top + (size_t)window->rows;
    if (*progress) {
        strbuf_add(&text, progress);
    } else if (view->card != NULL) {
        add_beyond(&text, canvas, GLYPH_MORE_UP, window->top);
        add_beyond(&text, canvas, GLYPH_MORE_DOWN, window->count > seen ? window->count - seen : 0);
        add_beyond(&text, canvas, GLYPH_MORE_LEFT, view->table.first);
        add_beyond(&text, canvas, GLYPH_MORE_RIGHT, score_table_beyond(&view->table));
    }
    int width = text_width(strbuf_text(&text));
    canvas_put_right(canvas, line.row, line.column, line.columns, ROLE_HINT, strbuf_text(&text));
    strbuf_clear(&text);
    return width > 0 ? width + 1 : 0;
}

static void add_month(struct strbuf *out, date_t month, date_t today)
{
    int year, of_year, unused;
    date_parts(month, &year, &of_year, &unused);
    strbuf_format(out, "%04d-%02d", year, of_year);
    strbuf_add(out, _(" up to "));
    board_add_date(out, today, today);
}

/* Whose, of when, in which order, of which tasks; that the filter of a saved view is not taken
 * along is seen by "all tasks". */
static void draw_title(const struct scorecard_view *view, struct canvas *canvas, struct rect line)
{
    const struct scorecard *card = view->card;
    const char *filter = card ? card->filter : view->filter;
    int at = line.column, end = line.column + line.columns;
    struct strbuf month = {0}, all = {0};
    frame_all_tasks(view->env, &all);
    at += canvas_put(canvas, line.row, at, end - at, ROLE_TITLE, _("Scorecard")) + 1;
    at += canvas_put(canvas, line.row, at, end - at, ROLE_COUNTER_ACTIVE,
              _(score_units[card ? card->units : view->units].label)) +
          2;
    if (card != NULL) {
        add_month(&month, card->month, card->today);
        at += canvas_put(canvas, line.row, at, end - at, ROLE_LABEL, strbuf_text(&month)) + 2;
    }
    if (view->sort != SCORE_COLUMN_COUNT || view->reversed)
        at +=
            canvas_format(canvas, line.row, at, end - at, ROLE_LABEL,
                view->reversed ? _("by %s, reversed") : _("by %s"),
                view->sort != SCORE_COLUMN_COUNT ? _(score_columns[view->sort].head) : _("Score")) +
            2;
    if (*filter)
        canvas_format(canvas, line.row, at, end - at, ROLE_TITLE, _("Filter %s"), filter);
    else
        canvas_put(canvas, line.row, at, end - at, ROLE_DIM, strbuf_text(&all));
    strbuf_clear(&month);
    strbuf_clear(&all);
}

/* --- heads ----------------------------------------------------------------------------------- */

static void draw_heads(const struct scorecard_view *view, struct canvas *canvas)
{
    int row = view->area.row + 2, at = view->area.column + LINE_PREFIX;
    canvas_fill(canvas, (struct rect){row, view->area.column, 1, view->area.columns},
        ROLE_COLUMN_HEAD, ' ');
    for (size_t i = 0; i < view->table.count; i++) {
        const struct table_column *column = &view->table.layout[i];
        if (i == scorecard_cell(view))
            canvas_put(
                canvas, row, at - 1, 1, ROLE_COLUMN_HEAD, canvas_glyph(canvas, GLYPH_CURSOR));
        at = table_put(canvas, row, at, column, ROLE_COLUMN_HEAD, column->head);
    }
}

/* --- lines ----------------------------------------------------------------------------------- */

static int score_at(const struct scorecard *card, size_t line)
{
    return card->line[line].month[SCORE_THIS].score;
}

enum end { END_NONE, END_FIRST, END_LAST };

/* Whether it is among the first or the last; where many share a score there are none. */
static enum end end_of(const struct scorecard *card, const struct score_line *line)
{
    if (line->rank == 0 || card->ranked < 2 * MARKED)
        return END_NONE;
    int score = line->month[SCORE_THIS].score;
    int first = score_at(card, MARKED - 1), last = score_at(card, card->ranked - MARKED);
    if (score >= first && score_at(card, 2 * MARKED - 1) < first)
        return END_FIRST;
    if (score <= last && score_at(card, card->ranked - 2 * MARKED) > last)
        return END_LAST;
    return END_NONE;
}

static const enum role end_roles[] = {
    [END_NONE] = ROLE_NORMAL, [END_FIRST] = ROLE_OK, [END_LAST] = ROLE_WARNING};

static enum role change_role(const struct score_line *line)
{
    int now = line->month[SCORE_THIS].score, before = line->month[SCORE_LAST].score;
    if (now == SCORE_NONE || before == SCORE_NONE || now == before)
        return ROLE_DIM;
    return now > before ? ROLE_OK : ROLE_WARNING;
}

static enum role column_role(enum score_column column, const struct score_value *value)
{
    if (score_columns[column].share)
        return ROLE_NORMAL;
    if (value->part == 0)
        return ROLE_DIM;
    return column == SCORE_OVERDUE ? ROLE_OVERDUE : ROLE_NORMAL;
}

static enum role cell_role(
    const struct scorecard_view *view, const struct score_line *line, size_t cell)
{
    enum score_column column = score_table_column(&view->table, cell);
    if (column != SCORE_COLUMN_COUNT)
        return column_role(column, &line->month[SCORE_THIS].value[column]);
    if (cell == SCORE_CELL_RANK)
        return end_roles[end_of(view->card, line)];
    if (cell == SCORE_CELL_SCORE)
        return ROLE_TITLE;
    if (cell == SCORE_CELL_CHANGE)
        return change_role(line);
    return cell == SCORE_CELL_LAST || cell == view->table.weeks ? ROLE_DIM : ROLE_NORMAL;
}

static bool any_overdue(const struct score_line *line)
{
    bool any = false;
    for (int i = 0; i < SCORE_WEEKS; i++)
        any = any || line->overdue_weeks[i] > 0;
    return any;
}

/* Of all lines, so that they can be told from each other. */
static int64_t most_overdue(const struct scorecard *card)
{
    int64_t most = 0;
    for (size_t i = 0; i < card->count; i++)
        for (int w = 0; w < SCORE_WEEKS; w++)
            if (card->line[i].overdue_weeks[w] > most)
                most = card->line[i].overdue_weeks[w];
    return most;
}

static void cell_text(const struct scorecard_view *view, const struct canvas *canvas,
    const struct score_line *line, size_t cell, struct strbuf *out)
{
    if (view->table.weeks != 0 && cell == view->table.weeks && !any_overdue(line))
        return; /* a line of nothing tells nothing */
    if (view->table.weeks != 0 && cell == view->table.weeks)
        chart_sparkline(canvas, line->overdue_weeks, SCORE_WEEKS, most_overdue(view->card), out);
    else
        score_table_text(&view->table, line, cell, canvas_glyph(canvas, GLYPH_MORE_UP),
            canvas_glyph(canvas, GLYPH_MORE_DOWN), out);
}

static bool is_changed(const struct scorecard_view *view, size_t line, size_t cell)
{
    enum score_column column = score_table_column(&view->table, cell);
    return (cell == SCORE_CELL_SCORE || column != SCORE_COLUMN_COUNT) &&
           view->marks[line].until[column] != 0;
}

static void draw_selected(
    const struct scorecard_view *view, struct canvas *canvas, struct rect place)
{
    bool lean = view->env->settings->lean;
    if (lean)
        canvas_put(
            canvas, place.row, place.column, 1, ROLE_NORMAL, canvas_glyph(canvas, GLYPH_CURSOR));
    else
        canvas_set_role(canvas, place, ROLE_SELECTED);
    canvas_cursor(canvas, place.row, place.column + place.columns - 1, true);
}

static void draw_line(
    const struct scorecard_view *view, size_t index, struct canvas *canvas, int row)
{
    static const char *const marks[] = {[END_NONE] = " ", [END_FIRST] = "+", [END_LAST] = "-"};
    size_t number = view->order[index];
    const struct score_line *line = &view->card->line[number];
    enum end end = end_of(view->card, line);
    bool selected = index == view->window.selected;
    struct strbuf text = {0};
    int at = view->area.column + LINE_PREFIX;
    if (selected)
        canvas_put(
            canvas, row, view->area.column, 1, ROLE_NORMAL, canvas_glyph(canvas, GLYPH_CURSOR));
    canvas_put(canvas, row, view->area.column + 1, 1, end_roles[end], marks[end]);
    for (size_t i = 0; i < view->table.count; i++) {
        const struct table_column *column = &view->table.layout[i];
        struct rect place = {row, at - 1, 1, column->width + 1};
        strbuf_cut(&text, 0);
        cell_text(view, canvas, line, i, &text);
        at = table_put(canvas, row, at, column, cell_role(view, line, i), strbuf_text(&text));
        if (column->width > 0 && is_changed(view, number, i)) {
            canvas_put(canvas, row, place.column, 1, ROLE_CHANGED, "*");
            canvas_set_role(canvas, place, ROLE_CHANGED);
        }
        if (selected && i == scorecard_cell(view))
            draw_selected(view, canvas, place);
    }
    strbuf_clear(&text);
}

static void draw_lines(const struct scorecard_view *view, struct canvas *canvas)
{
    const struct table_window *window = &view->window;
    draw_heads(view, canvas);
    for (int i = 0; i < window->rows && window->top + (size_t)i < window->count; i++)
        draw_line(view, window->top + (size_t)i, canvas, view->area.row + ABOVE + i);
}

/* --- where there are none -------------------------------------------------------------------- */

static void draw_nothing(const struct scorecard_view *view, struct canvas *canvas)
{
    static const char *const nobody[SCORE_UNITS_COUNT] = {
        [SCORE_CITIES] = N_("No task names a city."),
        [SCORE_COUNTIES] = N_("No task names a county."),
        [SCORE_LEADS] = N_("There is no task in this database yet."),
    };
    struct rect area = view->area;
    int row = area.row + 4, at = area.column + LINE_PREFIX,
        columns = area.columns - LINE_PREFIX - 1;
    if (view->card == NULL) {
        canvas_put(canvas, row, at, columns, ROLE_DIM, _("Counting the tasks"));
    } else if (*view->card->filter) {
        canvas_format(
            canvas, row, at, columns, ROLE_TITLE, _("Nobody is ranked by: %s"), view->card->filter);
        canvas_put(
            canvas, row + 1, at, columns, ROLE_DIM, _("f changes the filter, Esc takes it away."));
    } else {
        canvas_put(canvas, row, at, columns, ROLE_OK, _(nobody[view->card->units]));
        canvas_put(canvas, row + 1, at, columns, ROLE_DIM, _("x ranks others."));
    }
    canvas_cursor(canvas, row, at, true);
}

/* --- the lines below ------------------------------------------------------------------------- */

static void add_value(struct strbuf *out, enum score_column column, const struct score_month *month)
{
    const struct score_value *value = &month->value[column];
    size_t before = out->length;
    score_text(column, value, out);
    if (out->length == before)
        strbuf_add_char(out, '-');
    else if (score_columns[column].share) {
        int percent = score_percent(column, value);
        strbuf_format(out, " = %d.%d%%", percent / 10, percent % 10);
    }
}

static void add_score(struct strbuf *out, int score)
{
    if (score == SCORE_NONE)
        strbuf_add_char(out, '-');
    score_format(score, out);
}

/* "沈阳：按时报送 17/20 = 85.0%，上月 14/16 = 87.5%" */
static void draw_words(const struct scorecard_view *view, struct canvas *canvas, struct rect place)
{
    const struct score_line *line = scorecard_selected(view);
    enum score_column column = score_table_column(&view->table, scorecard_cell(view));
    struct strbuf text = {0}, now = {0}, before = {0};
    if (column == SCORE_COLUMN_COUNT) {
        add_score(&now, line->month[SCORE_THIS].score);
        add_score(&before, line->month[SCORE_LAST].score);
    } else {
        add_value(&now, column, &line->month[SCORE_THIS]);
        add_value(&before, column, &line->month[SCORE_LAST]);
    }
    strbuf_format(&text, _("%s: %s %s, last month %s"), line->label,
        column == SCORE_COLUMN_COUNT ? _("score") : _(score_columns[column].label),
        strbuf_text(&now), strbuf_text(&before));
    canvas_put(canvas, place.row, place.column, place.columns, ROLE_NORMAL, strbuf_text(&text));
    strbuf_clear(&text);
    strbuf_clear(&now);
    strbuf_clear(&before);
}

static void draw_footer(const struct scorecard_view *view, struct canvas *canvas)
{
    struct strbuf place = {0};
    if (view->card != NULL && view->card->count > 0)
        strbuf_format(&place, "%zu/%zu", view->window.selected + 1, view->card->count);
    frame_footer(view->env, CONTEXT_SCORECARD, strbuf_text(&place), canvas, view->area);
    strbuf_clear(&place);
}

void scorecard_draw(const struct view *base, struct canvas *canvas, struct rect area)
{
    const struct scorecard_view *view = (const struct scorecard_view *)base;
    if (!frame_fits(canvas, area))
        return;
    bool some = view->card != NULL && view->card->count > 0;
    struct rect title = {area.row + 1, area.column + 1, 1, area.columns - 2};
    struct rect below = {area.row + area.rows - BELOW, area.column + 1, 1, area.columns - 2};
    title.columns -= draw_beyond(view, canvas, title);
    draw_title(view, canvas, title);
    if (some)
        draw_lines(view, canvas);
    else
        draw_nothing(view, canvas);
    if (model_freshness(view->env->model)->state == FRESH_STALE)
        canvas_dim(canvas, (struct rect){area.row + 1, area.column, area.rows - 3, area.columns});
    struct frame_state state = {.officer = model_duty_officer(view->env->model),
        .loading = reading_fd(view->reading) >= 0 && *reading_progress(view->reading)};
    frame_header(view->env, &state, canvas, area);
    if (!frame_trouble(view->env, canvas, below.row, area) && some)
        draw_words(view, canvas, below);
    draw_footer(view, canvas);
}
