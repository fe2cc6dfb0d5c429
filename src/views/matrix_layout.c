/* How wide the parts of the matrix are, and the short heads of its columns. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "matrix_state.h"

enum {
    CURSOR = 1,     /* the mark before the row that is selected */
    AROUND = 2,     /* beside each number: a mark before it, the heat behind it */
    LEAST_CELL = 4, /* two Chinese characters of a head */
    WIDEST_CELL = 14,
    WIDEST_ALIKE = 8,
    LEAST_HEAD = 8,
    WIDEST_HEAD = 30,
    TALL = 24 /* rows of a screen with room for more lines of heads */
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
    static const char *const kinds[] = {"厅", "局", "委", "办", "部"};
    size_t length = strlen(label);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t kind = strlen(kinds[i]);
        if (length > 2 * kind && strcmp(label + length - kind, kinds[i]) == 0)
            return strcmp(label + length - 2 * kind, "分局") == 0 ? length : length - kind;
    }
    return length;
}

/* The bytes of the place that a department's name begins with, as 抚顺县 of 抚顺县水务局; 0: of
 * none. At least two characters of an office follow. */
static size_t place_bytes(const char *label)
{
    static const char *const kinds[] = {"县", "区", "旗"};
    size_t place = 0;
    int characters = 0;
    uint32_t code;
    for (size_t at = 0; label[at]; characters++) {
        size_t end = at + (size_t)text_decode(label + at, &code);
        bool kind = characters >= 2 && place == 0 && strncmp(label + at, "市", end - at) == 0;
        for (size_t i = 0; characters >= 1 && i < sizeof kinds / sizeof *kinds; i++)
            kind |= strncmp(label + at, kinds[i], end - at) == 0;
        if (kind && text_width(label + end) >= 4)
            place = end;
        at = end;
    }
    return place;
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

/* Text in at most `rows` lines; the last of them is cut. Returns how many. */
static int put_lines(const char *text, size_t bytes, int columns, int rows, struct strbuf *line)
{
    char *copy = alloc_string_n(text, bytes);
    const char *rest = copy;
    int count = 0, part = part_width(copy, columns, rows);
    for (; *rest && count < rows; count++) {
        bool words = strchr(rest, ' ') != NULL; /* whose end is cut where it is drawn */
        size_t take = count + 1 < rows ? next_line(rest, part)
                      : words          ? strlen(rest)
                                       : text_fit(rest, columns, NULL);
        strbuf_add_n(&line[count], rest, take);
        rest += take;
        rest += strspn(rest, " ");
        if (take == 0)
            break;
    }
    free(copy);
    return count;
}

/* A place in one line: without its kind, or as much of it as fits. */
static void put_place(const char *label, size_t bytes, int columns, struct strbuf *line)
{
    size_t kind = strlen("县");
    if (text_fit(label, columns, NULL) < bytes && bytes > 2 * kind)
        bytes -= kind;
    size_t fits = text_fit(label, columns, NULL);
    strbuf_add_n(line, label, fits < bytes ? fits : bytes);
}

void matrix_head(const char *label, int columns, int rows, struct strbuf *out)
{
    struct strbuf line[MATRIX_HEAD_ROWS] = {0};
    size_t place = 0, bytes = strlen(label);
    int count = 0;
    if (text_width(label) > columns) {
        bytes = without_kind(label);
        place = rows > 1 ? place_bytes(label) : 0;
    }
    if (place > 0) {
        put_place(label, place, columns, &line[count++]);
        if (text_width(label + place) <= columns)
            bytes = strlen(label);
    }
    count += put_lines(label + place, bytes - place, columns, rows - count, line + count);
    for (int i = 0; i < count; i++)
        out[rows - count + i] = line[i];
}

static int head_compare(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* How many of the columns have the head of another. */
static size_t heads_alike(const struct matrix_view *view, int columns, int rows)
{
    const struct matrix_side *side = &view->columns;
    char **heads = alloc_zero(side->count + 1, sizeof *heads);
    size_t alike = 0;
    for (size_t i = 0; i < side->count; i++) {
        struct strbuf line[MATRIX_HEAD_ROWS] = {0}, all = {0};
        matrix_head(view->matrix->columns[side->order[i]].label, columns, rows, line);
        for (int k = 0; k < rows; k++) {
            strbuf_format(&all, "%s\n", strbuf_text(&line[k]));
            strbuf_clear(&line[k]);
        }
        heads[i] = strbuf_take(&all);
    }
    if (side->count > 0)
        qsort(heads, side->count, sizeof *heads, head_compare);
    for (size_t i = 0; i < side->count; i++) {
        alike += i > 0 && strcmp(heads[i - 1], heads[i]) == 0;
        if (i > 0)
            free(heads[i - 1]);
    }
    if (side->count > 0)
        free(heads[side->count - 1]);
    free(heads);
    return alike;
}

/* The lines that the heads take, at most `most`. */
static int head_rows(const struct matrix *matrix, int columns, int most)
{
    int rows = 1;
    for (size_t i = 0; i < matrix->column_count && rows < most; i++) {
        struct strbuf line[MATRIX_HEAD_ROWS] = {0};
        matrix_head(matrix->columns[i].label, columns, most, line);
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

/* Columns whose heads would be the same get wider, as far as that tells more of them apart. */
static void tell_apart(struct matrix_view *view, int rows)
{
    struct matrix_layout *layout = &view->layout;
    int cell = layout->cell;
    size_t least = heads_alike(view, cell, rows);
    for (int wider = cell + 1; least > 0 && wider <= WIDEST_ALIKE; wider++) {
        size_t alike = heads_alike(view, wider, rows);
        if (alike < least) {
            least = alike;
            layout->cell = wider;
        }
    }
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
    int rows = view->area.rows < TALL ? 2 : MATRIX_HEAD_ROWS;
    choose_form(view, columns);
    tell_apart(view, rows);
    share_out(view, columns);
    layout->head_rows = head_rows(matrix, layout->cell, rows);
    view->columns.room = fitting(layout, columns);
    int room = view->area.rows - matrix_rows_above(view) - 2;
    view->rows.room = room > 1 ? (size_t)room : 1;
    matrix_side_scroll(&view->rows);
    matrix_side_scroll(&view->columns);
}
