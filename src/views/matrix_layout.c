/* How wide the parts of the matrix are, and the short heads of its columns. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "matrix_state.h"

enum {
    CURSOR = 1,     /* the mark before the row that is selected */
    AROUND = 2,     /* beside each number: a mark before it, the heat behind it */
    LEAST_CELL = 4, /* two Chinese characters of a head */
    WIDEST_CELL = 14,
    LEAST_HEAD = 8,
    WIDEST_HEAD = 30,
    TALL = 30 /* rows of a screen with room for more lines of heads */
};

/* --- numbers --------------------------------------------------------------------------------- */

static int digits(int64_t value)
{
    int count = value < 0 ? 2 : 1;
    for (value = value < 0 ? -value : value; value > 9; value /= 10)
        count++;
    return count;
}

static int cell_width(const struct matrix *matrix, const struct matrix_cell *cell, bool brief)
{
    if (cell->value == 0 && cell->of == 0)
        return 1;
    switch (matrix->measure) {
    case MEASURE_CLOSED:
        return 4;
    case MEASURE_DAYS:
        return digits(cell->value);
    case MEASURE_CHANGE:
        return digits(cell->value) + (cell->value > 0);
    default:
        return digits(cell->value) + (brief ? 0 : 1 + digits(cell->of));
    }
}

static void widen(int *width, int by)
{
    *width = *width < by ? by : *width;
}

static int widest_cell(const struct matrix *matrix, bool brief)
{
    int width = LEAST_CELL;
    for (size_t row = 0; row < matrix->row_count; row++)
        for (size_t i = matrix->starts[row]; i < matrix->starts[row + 1]; i++)
            widen(&width, cell_width(matrix, &matrix->spots[i].cell, brief));
    for (size_t i = 0; i < matrix->column_count; i++)
        widen(&width, cell_width(matrix, &matrix->columns[i].total, brief));
    return width;
}

static int widest_total(const struct matrix *matrix)
{
    int width = text_width(_("Total"));
    for (size_t i = 0; i < matrix->row_count; i++)
        widen(&width, cell_width(matrix, &matrix->rows[i].total, false));
    widen(&width, cell_width(matrix, &matrix->total, false));
    return width;
}

void matrix_cell_text(
    const struct matrix_view *view, const struct matrix_cell *cell, bool whole, struct strbuf *out)
{
    matrix_text(view->matrix->measure, cell, out);
    char *of = view->layout.brief && !whole && out->text ? strchr(out->text, '/') : NULL;
    if (of)
        strbuf_cut(out, (size_t)(of - out->text));
}

/* --- heads ----------------------------------------------------------------------------------- */

/* Without the last character of a department's name, where that is its kind. */
static size_t without_kind(const char *label)
{
    static const char *const kinds[] = {"厅", "局", "委", "办"};
    size_t length = strlen(label);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t kind = strlen(kinds[i]);
        if (length > 2 * kind && strcmp(label + length - kind, kinds[i]) == 0)
            return length - kind;
    }
    return length;
}

/* The bytes of the next line: what fits, up to a blank where there is one. */
static size_t next_line(const char *text, int columns)
{
    size_t fits = text_fit(text, columns, NULL), blank = fits;
    if (!text[fits])
        return fits;
    while (blank > 0 && text[blank] != ' ')
        blank--;
    return blank > 0 ? blank : fits;
}

/* Parts of the same width, where nothing says where to part. */
static int part_width(const char *text, int columns, int rows)
{
    int width = text_width(text), even = columns - columns % 2;
    int lines = width > columns ? (width + even - 1) / even : 1;
    if (strchr(text, ' ') || lines > rows)
        return columns;
    int part = (width + lines - 1) / lines;
    part += part % 2;
    return part < columns ? part : columns;
}

/* Names that are alike mostly differ in their end: what is too long keeps both. */
static void shorten(struct strbuf *text, int columns, int rows, bool ascii)
{
    const char *whole = strbuf_text(text);
    int even = columns - columns % 2, width = text_width(whole);
    if (width <= even * rows || rows < 2 || strchr(whole, ' '))
        return;
    size_t start = text_fit(whole, even * (rows - 1) - 1, NULL), end = strlen(whole);
    for (int left = 0; left < even; left = text_width(whole + end))
        end = text_previous(whole, end);
    struct strbuf out = {0};
    strbuf_add_n(&out, whole, start);
    strbuf_format(&out, "%s %s", ascii ? "~" : "…", whole + end); /* the blank is where it parts */
    strbuf_clear(text);
    *text = out;
}

void matrix_head(const char *label, int columns, int rows, bool ascii, struct strbuf *out)
{
    struct strbuf text = {0};
    int count = 0;
    strbuf_add(&text, label);
    if (text_width(label) > columns)
        strbuf_cut(&text, without_kind(label));
    shorten(&text, columns, rows, ascii);
    const char *rest = strbuf_text(&text);
    int part = part_width(rest, columns, rows);
    struct strbuf line[MATRIX_HEAD_ROWS] = {0};
    for (; *rest && count < rows; count++) {
        bool last = count + 1 == rows; /* cut where it is drawn */
        size_t bytes = last ? strlen(rest) : next_line(rest, part);
        strbuf_add_n(&line[count], rest, bytes);
        rest += bytes;
        rest += strspn(rest, " ");
    }
    for (int i = 0; i < count; i++)
        out[rows - count + i] = line[i];
    strbuf_clear(&text);
}

/* The lines that the heads take, at most `most`. */
static int head_rows(const struct matrix *matrix, int columns, int most)
{
    int rows = 1;
    for (size_t i = 0; i < matrix->column_count && rows < most; i++) {
        struct strbuf line[MATRIX_HEAD_ROWS] = {0};
        matrix_head(matrix->columns[i].label, columns, most, false, line);
        for (int k = 0; k < most; k++) {
            if (line[k].length > 0)
                widen(&rows, most - k);
            strbuf_clear(&line[k]);
        }
    }
    return rows;
}

static int widest_label(const struct matrix_line *lines, const struct matrix_side *side, int room)
{
    int width = 0;
    for (size_t i = 0; i < side->count; i++) {
        const struct matrix_line *line = &lines[side->order[i]];
        widen(&width, room * (1 + 2 * line->depth) + text_width(line->label));
    }
    return width;
}

/* --- the whole ------------------------------------------------------------------------------- */

static size_t fitting(const struct matrix_layout *layout, int columns)
{
    int left = columns - CURSOR - layout->head - layout->total - AROUND;
    int fit = left / (layout->cell + AROUND);
    return fit > 1 ? (size_t)fit : 1;
}

/* Numbers lose what they are of where that brings half as many columns again into sight. */
static void choose_form(struct matrix_view *view, int columns)
{
    struct matrix_layout *layout = &view->layout, brief = *layout;
    size_t count = view->columns.count, fits = fitting(layout, columns);
    brief.cell = widest_cell(view->matrix, true);
    brief.brief = true;
    size_t more = fitting(&brief, columns);
    more = more < count ? more : count;
    if (fits < count && 2 * more >= 3 * fits)
        *layout = brief;
}

/* Where all of them fit, heads get what is left. */
static void share_out(struct matrix_view *view, int columns)
{
    struct matrix_layout *layout = &view->layout;
    int wanted = widest_label(view->matrix->columns, &view->columns, 0);
    while (layout->cell < WIDEST_CELL && layout->cell < wanted) {
        layout->cell++;
        if (fitting(layout, columns) < view->columns.count) {
            layout->cell--;
            return;
        }
    }
}

int matrix_rows_above(const struct matrix_view *view)
{
    return 2 + view->layout.head_rows + 1;
}

void matrix_lay_out(struct matrix_view *view)
{
    const struct matrix *matrix = view->matrix;
    struct matrix_layout *layout = &view->layout;
    int columns = view->area.columns, third = columns / 3;
    if (!matrix)
        return;
    int head = widest_label(matrix->rows, &view->rows, 1);
    widen(&head, LEAST_HEAD);
    if (head > WIDEST_HEAD || head > third)
        head = third < WIDEST_HEAD ? third : WIDEST_HEAD;
    *layout = (struct matrix_layout){
        .head = head, .total = widest_total(matrix), .cell = widest_cell(matrix, false)};
    choose_form(view, columns);
    share_out(view, columns);
    layout->head_rows = head_rows(matrix, layout->cell, view->area.rows < TALL ? 2 : 3);
    view->columns.room = fitting(layout, columns);
    int rows = view->area.rows - matrix_rows_above(view) - 2;
    view->rows.room = rows > 1 ? (size_t)rows : 1;
    matrix_side_scroll(&view->rows);
    matrix_side_scroll(&view->columns);
}
