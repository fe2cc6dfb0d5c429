/* The picture of the matrix: title, heads, totals, the lines in the window, the number selected in
 * words. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "frame.h"
#include "matrix_state.h"
#include "model/counts.h"

enum { BELOW = 2 /* rows below the lines: the words, the footer */ };

static const enum glyph heat_glyphs[] = {
    GLYPH_HEAT_LITTLE, GLYPH_HEAT_LITTLE, GLYPH_HEAT_SOME, GLYPH_HEAT_MUCH};
static const enum role heat_roles[] = {ROLE_NORMAL, ROLE_NORMAL, ROLE_DUE_SOON, ROLE_OVERDUE};

/* What a number counts, and what of: its words below the lines, and what it says when nothing is
 * there to be counted, without and with a filter. */
static const struct {
    const char *words, *nothing, *no_match;
} said[MEASURE_COUNT] = {
    [MEASURE_OVERDUE] = {N_("overdue %lld, open %lld"), N_("No task is open."),
        N_("No open task matches: %s")},
    [MEASURE_OPEN] = {N_("open %lld, all %lld"), N_("There is no task in this database yet."),
        N_("No task matches: %s")},
    [MEASURE_DUE_SOON] = {N_("due soon %lld, open %lld"), N_("No task is open."),
        N_("No open task matches: %s")},
    [MEASURE_UNREPORTED] = {N_("unreported %lld, open %lld"), N_("No task is open."),
        N_("No open task matches: %s")},
    [MEASURE_BEHIND] = {N_("behind schedule %lld, open %lld"), N_("No task is open."),
        N_("No open task matches: %s")},
    [MEASURE_CLOSED] = {N_("closed %lld, all %lld"), N_("There is no task in this database yet."),
        N_("No task matches: %s")},
    [MEASURE_DAYS] = {N_("%lld days overdue, overdue tasks %lld"), N_("No task is overdue."),
        N_("No overdue task matches: %s")},
    [MEASURE_CHANGE] = {N_("overdue since last week %+lld, now %lld"), N_("No task is overdue."),
        N_("No overdue task matches: %s")},
};

/* --- title ----------------------------------------------------------------------------------- */

static void add_beyond(struct strbuf *out, struct canvas *canvas, enum glyph glyph, size_t count)
{
    if (count > 0)
        strbuf_format(
            out, "%s%s%zu", out->length > 0 ? " " : "", canvas_glyph(canvas, glyph), count);
}

static size_t after(const struct matrix_side *side)
{
    size_t seen = side->first + side->room;
    return side->count > seen ? side->count - seen : 0;
}

/* What the window does not show, or how far the next counting is. */
static int draw_beyond(const struct matrix_view *view, struct canvas *canvas, struct rect line)
{
    struct strbuf text = {0};
    const char *progress = reading_progress(view->reading);
    if (*progress) {
        strbuf_add(&text, progress);
    } else if (view->matrix) {
        add_beyond(&text, canvas, GLYPH_MORE_UP, view->rows.first);
        add_beyond(&text, canvas, GLYPH_MORE_DOWN, after(&view->rows));
        add_beyond(&text, canvas, GLYPH_MORE_LEFT, view->columns.first);
        add_beyond(&text, canvas, GLYPH_MORE_RIGHT, after(&view->columns));
    }
    int width = text_width(strbuf_text(&text));
    canvas_put_right(canvas, line.row, line.column, line.columns, ROLE_HINT, strbuf_text(&text));
    strbuf_clear(&text);
    return width > 0 ? width + 1 : 0;
}

/* Measure, pair, what is counted; that the filter of a saved view is not taken along is seen by
 * "all tasks". */
static void draw_title(const struct matrix_view *view, struct canvas *canvas, struct rect line)
{
    const struct matrix *matrix = view->matrix;
    enum matrix_measure measure = matrix ? matrix->measure : view->measure;
    enum matrix_axis rows = matrix ? matrix->row_axis : view->row_axis;
    enum matrix_axis columns = matrix ? matrix->column_axis : view->column_axis;
    const char *filter = matrix ? matrix->filter : view->filter;
    int at = line.column, end = line.column + line.columns;
    struct strbuf total = {0}, all = {0};
    frame_all_tasks(view->env, &all);
    at += canvas_put(canvas, line.row, at, end - at, ROLE_COUNTER_ACTIVE,
              _(matrix_measures[measure].label)) +
          2;
    if (matrix)
        matrix_text(measure, &matrix->total, &total);
    if (total.length > 0)
        at += canvas_put(canvas, line.row, at, end - at, ROLE_COUNTER, strbuf_text(&total)) + 2;
    at += canvas_format(canvas, line.row, at, end - at, ROLE_LABEL, _("%s by %s"),
              _(matrix_axes[rows].label), _(matrix_axes[columns].label)) +
          2;
    if (*filter)
        canvas_format(canvas, line.row, at, end - at, ROLE_TITLE, _("Filter %s"), filter);
    else
        canvas_put(canvas, line.row, at, end - at, ROLE_DIM, strbuf_text(&all));
    strbuf_clear(&total);
    strbuf_clear(&all);
}

static void draw_title_line(const struct matrix_view *view, struct canvas *canvas, struct rect area)
{
    struct rect line = {area.row + 1, area.column + 1, 1, area.columns - 2};
    line.columns -= draw_beyond(view, canvas, line);
    draw_title(view, canvas, line);
}

static const char *fold_sign(const struct matrix_side *side, const struct matrix_line *line)
{
    return matrix_side_is_unfolded(side, line->term) ? "-" : "+";
}

/* --- heads ----------------------------------------------------------------------------------- */

/* The row of its first line. */
static int put_head(
    const struct matrix_view *view, struct canvas *canvas, int at, int width, const char *label)
{
    struct strbuf line[MATRIX_HEAD_ROWS] = {0};
    int rows = view->layout.head_rows;
    int first = view->area.row + 2 + rows - 1;
    matrix_head(label, width, rows, line);
    for (int i = rows - 1; i >= 0; i--) {
        if (line[i].length > 0)
            first = view->area.row + 2 + i;
        canvas_put_right(
            canvas, view->area.row + 2 + i, at + 1, width, ROLE_COLUMN_HEAD, strbuf_text(&line[i]));
        strbuf_clear(&line[i]);
    }
    return first;
}

static void draw_heads(const struct matrix_view *view, struct canvas *canvas)
{
    const struct matrix_layout *layout = &view->layout;
    const struct matrix_side *side = &view->columns;
    struct rect area = view->area;
    int last = area.row + 1 + layout->head_rows, at = area.column + 1 + layout->head;
    canvas_fill(canvas, (struct rect){area.row + 2, area.column, layout->head_rows, area.columns},
        ROLE_COLUMN_HEAD, ' ');
    canvas_put(canvas, last, area.column + 2, layout->head - 2, ROLE_COLUMN_HEAD,
        _(matrix_axes[view->matrix->row_axis].label));
    for (size_t i = 0; i <= side->room && side->first + i <= side->count; i++) {
        size_t place = i == 0 ? 0 : side->first + i;
        int width = i == 0 ? layout->total : layout->cell;
        const struct matrix_line *line = matrix_side_line(side, view->matrix, place);
        int top = put_head(view, canvas, at, width, line ? line->label : _("Total"));
        if (line && line->below > 0)
            canvas_put(canvas, top, at, 1, ROLE_COLUMN_HEAD, fold_sign(side, line));
        if (place == side->at)
            canvas_put(canvas, last, at, 1, ROLE_COLUMN_HEAD, canvas_glyph(canvas, GLYPH_CURSOR));
        at += width + 2;
    }
}

/* --- numbers --------------------------------------------------------------------------------- */

/* Nothing of something is a dot, but among the totals, which say of how much. */
static void draw_number(
    const struct matrix_view *view, struct canvas *canvas, struct rect place, int row, int column)
{
    const struct matrix_cell *cell = matrix_view_cell(view, row, column);
    enum matrix_measure measure = view->matrix->measure;
    int heat = matrix_heat(measure, cell);
    bool none = cell->value == 0 && measure != MEASURE_CLOSED;
    enum role role = none                        ? ROLE_DIM
                     : view->env->settings->lean ? ROLE_NORMAL /* the glyph behind it tells */
                     : measure != MEASURE_CHANGE ? heat_roles[heat]
                     : cell->value < 0           ? ROLE_OK
                                                 : ROLE_DUE_SOON;
    if (none && !((row < 0 || column < 0) && cell->of > 0)) {
        canvas_put(canvas, place.row, place.column + place.columns, 1, ROLE_DIM,
            cell->of > 0 ? canvas_glyph(canvas, GLYPH_BULLET) : " ");
        return;
    }
    struct strbuf text = {0};
    matrix_cell_text(view, cell, column < 0, &text);
    canvas_put_right(canvas, place.row, place.column + 1, place.columns, role, strbuf_text(&text));
    if (heat > 0)
        canvas_put(canvas, place.row, place.column + place.columns + 1, 1, role,
            canvas_glyph(canvas, heat_glyphs[heat]));
    strbuf_clear(&text);
}

/* A number between its marks: `place` begins with the mark and has the number's columns. */
static void draw_cell(const struct matrix_view *view, struct canvas *canvas, struct rect place,
    size_t row_at, size_t column_at)
{
    int row = matrix_side_index(&view->rows, row_at);
    int column = matrix_side_index(&view->columns, column_at);
    bool selected = row_at == view->rows.at && column_at == view->columns.at;
    bool lean = view->env->settings->lean, changed = matrix_is_changed(view, row, column);
    draw_number(view, canvas, place, row, column);
    struct rect whole = {place.row, place.column, 1, place.columns + 2};
    if (changed) {
        canvas_put(canvas, place.row, place.column, 1, ROLE_CHANGED, "*");
        canvas_set_role(canvas, whole, ROLE_CHANGED);
    }
    if (!selected)
        return;
    if (lean)
        canvas_put(
            canvas, place.row, place.column, 1, ROLE_NORMAL, canvas_glyph(canvas, GLYPH_CURSOR));
    else
        canvas_set_role(canvas, whole, ROLE_SELECTED);
    canvas_cursor(canvas, place.row, place.column + place.columns, true);
}

static void draw_row_head(const struct matrix_view *view, struct canvas *canvas, int row, size_t at)
{
    const struct matrix_line *line = matrix_side_line(&view->rows, view->matrix, at);
    int column = view->area.column, indent = line ? 2 * line->depth : 0;
    if (at == view->rows.at)
        canvas_put(canvas, row, column, 1, ROLE_NORMAL, canvas_glyph(canvas, GLYPH_CURSOR));
    int room = view->layout.head - 1;
    if (indent > room / 2)
        indent = room / 2;
    if (line && line->below > 0)
        canvas_put(canvas, row, column + 1 + indent, 1, ROLE_DIM, fold_sign(&view->rows, line));
    canvas_put(canvas, row, column + 2 + indent, room - indent, line ? ROLE_NORMAL : ROLE_TITLE,
        line ? line->label : _("Total"));
}

static void draw_row(const struct matrix_view *view, struct canvas *canvas, int row, size_t row_at)
{
    const struct matrix_layout *layout = &view->layout;
    const struct matrix_side *side = &view->columns;
    int at = view->area.column + 1 + layout->head;
    draw_row_head(view, canvas, row, row_at);
    for (size_t i = 0; i <= side->room && side->first + i <= side->count; i++) {
        int width = i == 0 ? layout->total : layout->cell;
        draw_cell(
            view, canvas, (struct rect){row, at, 1, width}, row_at, i == 0 ? 0 : side->first + i);
        at += width + 2;
    }
}

static void draw_lines(const struct matrix_view *view, struct canvas *canvas)
{
    const struct matrix_side *side = &view->rows;
    int row = view->area.row + matrix_rows_above(view) - 1;
    draw_heads(view, canvas);
    for (size_t i = 0; i <= side->room && side->first + i <= side->count; i++)
        draw_row(view, canvas, row + (int)i, i == 0 ? 0 : side->first + i);
}

/* --- where there are none -------------------------------------------------------------------- */

static void draw_nothing(const struct matrix_view *view, struct canvas *canvas)
{
    struct rect area = view->area;
    int row = area.row + 4, at = area.column + 3, columns = area.columns - 4;
    const struct matrix *matrix = view->matrix;
    if (!matrix) {
        canvas_put(canvas, row, at, columns, ROLE_DIM, _("Counting the tasks"));
    } else if (*matrix->filter) {
        canvas_format(canvas, row, at, columns, ROLE_TITLE, _(said[matrix->measure].no_match),
            matrix->filter);
        canvas_put(
            canvas, row + 1, at, columns, ROLE_DIM, _("f changes the filter, Esc takes it away."));
    } else {
        canvas_put(canvas, row, at, columns, ROLE_OK, _(said[matrix->measure].nothing));
        canvas_put(canvas, row + 1, at, columns, ROLE_DIM, _("v shows another measure."));
    }
    canvas_cursor(canvas, row, at, true);
}

/* --- the lines below ------------------------------------------------------------------------- */

/* What the glyphs mean, at length or in brief. */
static void add_heats(
    struct strbuf *out, struct canvas *canvas, enum matrix_measure measure, bool brief)
{
    /* what matrix_heat goes by */
    static const struct {
        const char *share, *days, *brief_share, *brief_days;
        int percent, most;
    } heats[] = {
        {N_("below %d%%"), N_("up to %d days each"), "<%d%%", N_("to %dd"), 10, 7},
        {N_("below %d%%"), N_("up to %d days each"), "<%d%%", N_("to %dd"), 30, 30},
        {N_("from %d%%"), N_("more than %d days each"), ">=%d%%", N_("over %dd"), 30, 30},
    };
    bool days = measure == MEASURE_DAYS;
    for (int i = 0; i < 3; i++) {
        const char *share = brief ? heats[i].brief_share : _(heats[i].share);
        const char *average = _(brief ? heats[i].brief_days : heats[i].days);
        strbuf_format(out, "%s%s%s",
            i == 0  ? ""
            : brief ? " "
                    : "  ",
            canvas_glyph(canvas, heat_glyphs[i + 1]), brief ? "" : " ");
        strbuf_format(out, days ? average : share, days ? heats[i].most : heats[i].percent);
    }
}

/* Beside the words, which have `used` columns: as much of it as has room, and the measure needs. */
static int draw_legend(
    const struct matrix_view *view, struct canvas *canvas, struct rect line, int used)
{
    enum matrix_measure measure = view->matrix->measure;
    bool heat = measure != MEASURE_OPEN && measure != MEASURE_CHANGE;
    bool dot = measure <= MEASURE_BEHIND; /* counts, whose cells can be nothing of something */
    int width = 0;
    /* all at length, all in brief, the heat in brief alone */
    for (int form = heat ? 0 : 1; form < (heat ? 3 : 2) && width == 0; form++) {
        struct strbuf text = {0};
        if (measure == MEASURE_CLOSED)
            strbuf_add(&text, _("not closed "));
        if (heat)
            add_heats(&text, canvas, measure, form > 0);
        if (dot && form < 2)
            strbuf_format(&text, _("%s%s 0, blank: no task"), text.length > 0 ? "  " : "",
                canvas_glyph(canvas, GLYPH_BULLET));
        int wanted = text_width(strbuf_text(&text));
        if (wanted > 0 && used + 2 + wanted <= line.columns) {
            width = wanted + 2;
            canvas_put_right(
                canvas, line.row, line.column, line.columns, ROLE_DIM, strbuf_text(&text));
        }
        strbuf_clear(&text);
    }
    return width;
}

/* "沈阳 × 水利厅：逾期 3 / 在办 12" */
static void draw_words(const struct matrix_view *view, struct canvas *canvas, struct rect line)
{
    const struct matrix *matrix = view->matrix;
    const struct matrix_line *row = matrix_side_line(&view->rows, matrix, view->rows.at);
    const struct matrix_line *column = matrix_side_line(&view->columns, matrix, view->columns.at);
    const struct matrix_cell *cell =
        matrix_view_cell(view, matrix_side_index(&view->rows, view->rows.at),
            matrix_side_index(&view->columns, view->columns.at));
    struct strbuf text = {0};
    if (row && column)
        strbuf_format(&text, _("%s, %s: "), row->label, column->label);
    else
        strbuf_format(&text, _("%s: "), row ? row->label : column ? column->label : _("All"));
    strbuf_format(
        &text, _(said[matrix->measure].words), (long long)cell->value, (long long)cell->of);
    int legend = draw_legend(view, canvas, line, text_width(strbuf_text(&text)));
    canvas_put(
        canvas, line.row, line.column, line.columns - legend, ROLE_NORMAL, strbuf_text(&text));
    strbuf_clear(&text);
}

static void draw_footer(const struct matrix_view *view, struct canvas *canvas)
{
    struct strbuf size = {0};
    if (view->rows.count > 0 && view->columns.count > 0)
        strbuf_format(&size, _("%zu by %zu"), view->rows.count, view->columns.count);
    frame_footer(view->env, CONTEXT_MATRIX, strbuf_text(&size), canvas, view->area);
    strbuf_clear(&size);
}

void matrix_draw(const struct view *base, struct canvas *canvas, struct rect area)
{
    const struct matrix_view *view = (const struct matrix_view *)base;
    if (!frame_fits(canvas, area))
        return;
    bool some = view->matrix && view->rows.count > 0 && view->columns.count > 0;
    struct rect below = {area.row + area.rows - BELOW, area.column + 1, 1, area.columns - 2};
    draw_title_line(view, canvas, area);
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
