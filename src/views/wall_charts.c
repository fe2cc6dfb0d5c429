/* The pages of a wall that are pictures of numbers: places with their bars, the trend. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "model/matrix.h"
#include "model/scorecard.h"
#include "model/trend.h"
#include "ui/chart.h"
#include "wall_state.h"

/* False when there is nothing yet; then it has been said. */
static const void *result_of(
    const struct wall_view *wall, enum wall_page page, struct canvas *canvas, struct rect area)
{
    const void *result = wall_survey_result(wall, page);
    const char *progress = wall_survey_progress(wall, page);
    if (!result)
        wall_draw_sentence(canvas, area, ROLE_NORMAL, *progress ? progress : _("Not read yet"));
    return result;
}

/* --- bars ------------------------------------------------------------------------------------ */

/* `value` of `of` is solid, the rest a line: colour is not what tells them apart. */
struct bar {
    const char *label;
    int64_t value, of;
    enum role role;
    char number[32];
};
enum { BARS_MOST = 64, GAP = 2 };

static void draw_bar(const struct bar *bar, int64_t most, struct canvas *canvas, struct rect at)
{
    int eighths = most > 0 ? (int)(bar->value * at.columns * 8 / most) : 0;
    int whole = most > 0 ? (int)(bar->of * at.columns / most) : 0;
    int from = (eighths + 7) / 8;
    if (bar->of > 0 && whole == 0)
        whole = 1;
    if (bar->value > 0 && eighths == 0)
        eighths = 1;
    for (int i = from; i < whole; i++)
        canvas_put(canvas, at.row, at.column + i, 1, ROLE_BORDER, canvas_glyph(canvas, GLYPH_LINE));
    for (int i = 0; i < at.rows; i++)
        chart_bar(
            canvas, (struct rect){at.row + i, at.column, 1, at.columns}, 0, eighths, bar->role);
}

static void widest(const struct bar *bars, size_t count, int *label, int *number, int64_t *most)
{
    for (size_t i = 0; i < count; i++) {
        int width = text_width(bars[i].label), digits = text_width(bars[i].number);
        int64_t length = bars[i].of > bars[i].value ? bars[i].of : bars[i].value;
        *label = width > *label ? width : *label;
        *number = digits > *number ? digits : *number;
        *most = length > *most ? length : *most;
    }
}

/* As many as fit with a row between them; with more room two rows each. */
static void draw_bars(
    const struct bar *bars, size_t count, const char *head, struct canvas *canvas, struct rect area)
{
    int label = 0, number = text_width(head), pitch = 2;
    int64_t most = 1;
    canvas_put_right(canvas, area.row, area.column, area.columns - GAP, ROLE_COLUMN_HEAD, head);
    area.row += 1;
    area.rows -= 1;
    if ((int)count * 3 <= area.rows)
        pitch = 3;
    size_t room = (size_t)(area.rows + 1) / (size_t)pitch;
    if (count > room) {
        room = (size_t)area.rows / (size_t)pitch;
        size_t more = count - room;
        canvas_format(canvas, area.row + area.rows - 1, area.column + GAP, area.columns - 2 * GAP,
            ROLE_TITLE, ngettext("and %zu more place", "and %zu more places", (unsigned long)more),
            more);
        count = room;
    }
    widest(bars, count, &label, &number, &most);
    if (label > area.columns / 3)
        label = area.columns / 3;
    for (size_t i = 0; i < count; i++) {
        int row = area.row + (int)i * pitch, at = area.column + GAP;
        int bar = area.columns - label - number - 4 * GAP;
        canvas_put(canvas, row, at, label, ROLE_TITLE, bars[i].label);
        draw_bar(&bars[i], most, canvas, (struct rect){row, at + label + GAP, pitch - 1, bar});
        canvas_put_right(canvas, row, area.column, area.columns - GAP,
            bars[i].value > 0 ? bars[i].role : ROLE_NORMAL, bars[i].number);
    }
}

/* --- places ---------------------------------------------------------------------------------- */

static size_t place_bars(const struct matrix *matrix, enum role role, struct bar out[BARS_MOST])
{
    size_t *order = alloc_zero(matrix->row_count + 1, sizeof *order);
    size_t count = matrix_order(matrix, false, NULL, order);
    count = count < BARS_MOST ? count : BARS_MOST;
    for (size_t i = 0; i < count; i++) {
        const struct matrix_line *line = &matrix->rows[order[i]];
        out[i] = (struct bar){line->label, line->total.value, line->total.of, role, ""};
        snprintf(out[i].number, sizeof out[i].number, "%" PRId64 " / %" PRId64, line->total.value,
            line->total.of);
    }
    free(order);
    return count;
}

static void draw_places(const struct matrix *matrix, enum role role, const char *head,
    struct canvas *canvas, struct rect area)
{
    struct bar bars[BARS_MOST];
    size_t count = place_bars(matrix, role, bars);
    if (count == 0)
        wall_draw_sentence(canvas, area, ROLE_OK, _("No task is open"));
    else
        draw_bars(bars, count, head, canvas, area);
}

void wall_draw_matrix(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    const struct matrix *matrix = result_of(wall, WALL_MATRIX, canvas, area);
    if (matrix)
        draw_places(matrix, ROLE_OVERDUE, _("overdue / open"), canvas, area);
}

void wall_draw_reports(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    const struct matrix *matrix = result_of(wall, WALL_REPORTS, canvas, area);
    if (!matrix)
        return;
    if (matrix->total.value == 0)
        wall_draw_sentence(canvas, area, ROLE_OK, _("No report is missing"));
    else
        draw_places(matrix, ROLE_UNREPORTED, _("unreported / open"), canvas, area);
}

void wall_draw_scorecard(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    const struct scorecard *card = result_of(wall, WALL_SCORECARD, canvas, area);
    struct bar bars[BARS_MOST];
    size_t count = 0;
    if (!card)
        return;
    for (size_t i = 0; i < card->count && count < BARS_MOST; i++) {
        const struct score_line *line = &card->line[i];
        int score = line->month[SCORE_THIS].score;
        if (score == SCORE_NONE)
            continue;
        bars[count] = (struct bar){line->label, score, 0, ROLE_OK, ""};
        snprintf(bars[count].number, sizeof bars[count].number, "%d  %d.%d", line->rank, score / 10,
            score % 10);
        count++;
    }
    if (count == 0)
        wall_draw_sentence(canvas, area, ROLE_NORMAL, _("Nothing to be measured on this month"));
    else
        draw_bars(bars, count, _("rank  score"), canvas, area);
}

/* --- the trend ------------------------------------------------------------------------------- */

enum { SERIES = 3, SENTENCE_MOST = 3 };

struct curves {
    int64_t *planned, *open, *overdue;
    size_t count; /* of weeks: as many to come as have been, at most */
    int64_t most;
};

static struct curves make_curves(const struct trend *trend)
{
    struct curves curves = {
        .planned = alloc_zero(trend->count + 1, sizeof(int64_t)),
        .open = alloc_zero(trend->count + 1, sizeof(int64_t)),
        .overdue = alloc_zero(trend->count + 1, sizeof(int64_t)),
        .count = trend->count < 2 * trend->past ? trend->count : 2 * trend->past,
        .most = 1,
    };
    for (size_t i = 0; i < curves.count; i++) {
        const struct trend_week *week = &trend->week[i];
        bool past = i < trend->past;
        curves.planned[i] = week->planned;
        curves.open[i] = past ? week->open : -1;
        curves.overdue[i] = past ? week->overdue : -1;
        int64_t most = past && week->open > week->planned ? week->open : week->planned;
        curves.most = most > curves.most ? most : curves.most;
    }
    return curves;
}

/* How it stands, whole: the end of the sentence is what one wants to know. Returns its rows. */
static int draw_forecast(const struct trend *trend, struct canvas *canvas, struct rect at)
{
    struct strbuf text = {0};
    struct text_lines lines = {0};
    trend_sentence(trend, &text);
    text_wrap(&lines, strbuf_text(&text), at.columns);
    int rows = lines.count < SENTENCE_MOST ? (int)lines.count : SENTENCE_MOST;
    for (int i = 0; i < rows; i++) {
        struct strbuf line = {0};
        strbuf_add_n(&line, strbuf_text(&text) + lines.line[i].start, lines.line[i].bytes);
        canvas_put(canvas, at.row + i, at.column, at.columns, ROLE_TITLE, strbuf_text(&line));
        strbuf_clear(&line);
    }
    text_lines_clear(&lines);
    strbuf_clear(&text);
    return rows;
}

/* What each looks like, in the legend too; in the order they lie above each other. */
static const struct {
    const char *word;
    struct chart_series series;
} lines[SERIES] = {
    {N_("As planned"), {.role = ROLE_DIM, .stroke = STROKE_DOTTED, .mark = '.'}},
    {N_("Overdue"), {.role = ROLE_OVERDUE, .stroke = STROKE_DASHED, .mark = '!'}},
    {N_("Open"), {.role = ROLE_TITLE, .stroke = STROKE_SOLID, .mark = 'o'}},
};

static void draw_legend(struct canvas *canvas, struct rect line)
{
    static const int64_t middle[CHART_STROKE] = {1, 1, 1, 1, 1, 1};
    int at = line.column;
    for (int i = SERIES; i-- > 0;) {
        struct chart_series sample = lines[i].series;
        sample.value = middle;
        sample.count = CHART_STROKE;
        chart_lines(canvas, (struct rect){line.row, at, 1, CHART_STROKE}, &sample, 1, 2);
        at += CHART_STROKE + 1;
        at += canvas_put(canvas, line.row, at, -1, sample.role, _(lines[i].word)) + 3;
    }
}

static void draw_curves(const struct trend *trend, struct canvas *canvas, struct rect area)
{
    struct curves curves = make_curves(trend);
    int64_t top = chart_top(curves.most);
    char number[24], first[11], last[11];
    const int64_t *const values[SERIES] = {curves.planned, curves.overdue, curves.open};
    struct chart_series series[SERIES];
    for (int i = 0; i < SERIES; i++) {
        series[i] = lines[i].series;
        series[i].value = values[i];
        series[i].count = curves.count;
    }
    int margin = snprintf(number, sizeof number, "%" PRId64, top) + 1;
    struct rect chart = {area.row, area.column + margin, area.rows - 1, area.columns - margin};
    canvas_put_right(canvas, area.row, area.column, margin - 1, ROLE_LABEL, number);
    canvas_put_right(canvas, area.row + chart.rows - 1, area.column, margin - 1, ROLE_LABEL, "0");
    chart_lines(canvas, chart, series, SERIES, top);
    int row = area.row + area.rows - 1;
    canvas_put(
        canvas, row, chart.column, -1, ROLE_LABEL, date_format(trend->week[0].starts_on, first));
    canvas_put_right(canvas, row, chart.column, chart.columns, ROLE_LABEL,
        date_format(trend->week[curves.count - 1].starts_on, last));
    int today = chart.column + chart_middle(chart.columns, curves.count, trend->past - 1);
    const char *word = _("today");
    int at = today - text_width(word) / 2;
    if (at > chart.column + 11 && at + text_width(word) < chart.column + chart.columns - 11)
        canvas_put(canvas, row, at, -1, ROLE_TITLE, word);
    free(curves.planned);
    free(curves.open);
    free(curves.overdue);
}

static bool has_curves(const struct trend *trend)
{
    for (size_t i = 0; i < trend->count && trend->past > 0; i++)
        if (trend->week[i].open > 0 || trend->week[i].planned > 0)
            return true;
    return false;
}

void wall_draw_trend(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    const struct trend *trend = result_of(wall, WALL_TREND, canvas, area);
    if (!trend)
        return;
    if (!has_curves(trend)) {
        wall_draw_sentence(canvas, area, ROLE_NORMAL, _("There are no tasks"));
        return;
    }
    struct rect line = {area.row, area.column + 2, 1, area.columns - 4};
    line.row += draw_forecast(trend, canvas, line);
    draw_legend(canvas, line);
    line.row += 2;
    line.rows = area.row + area.rows - line.row;
    draw_curves(trend, canvas, line);
}
