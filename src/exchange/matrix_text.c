/* matrix_text: a matrix as a table of text and as CSV. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "csv.h"
#include "exchange/matrix_write.h"

#define INDENT 2
#define GAP 2
#define LABEL_MOST 30 /* columns of a name where a width is given */
#define HEAD_MOST 16

struct table {
    const struct matrix *matrix;
    size_t *rows, *columns, row_count, column_count; /* as they are shown */
    int *widths, total_width, label_width;           /* widths: of each column shown */
    int width;                                       /* 0: any */
};

static void table_begin(struct table *table, const struct matrix *matrix)
{
    *table = (struct table){.matrix = matrix};
    table->rows = alloc_zero(matrix->row_count + 1, sizeof *table->rows);
    table->columns = alloc_zero(matrix->column_count + 1, sizeof *table->columns);
    table->widths = alloc_zero(matrix->column_count + 1, sizeof *table->widths);
    table->row_count = matrix_order(matrix, false, NULL, table->rows);
    table->column_count = matrix_order(matrix, true, NULL, table->columns);
}

static void table_end(struct table *table)
{
    free(table->rows);
    free(table->columns);
    free(table->widths);
}

/* --- text ------------------------------------------------------------------------------------ */

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int cell_width(const struct matrix *matrix, const struct matrix_cell *cell)
{
    struct strbuf text = {0};
    matrix_text(matrix->measure, cell, &text);
    int width = text_width(strbuf_text(&text));
    strbuf_clear(&text);
    return width;
}

static int bounded(const struct table *table, int width, int most)
{
    return table->width > 0 && width > most ? most : width;
}

static void measure_widths(struct table *table)
{
    const struct matrix *matrix = table->matrix;
    int label = text_width(_("Total"));
    table->total_width = larger(label, cell_width(matrix, &matrix->total));
    label = larger(label, text_width(_(matrix_axes[matrix->row_axis].label)));
    for (size_t i = 0; i < table->row_count; i++) {
        const struct matrix_line *line = &matrix->rows[table->rows[i]];
        label = larger(label, line->depth * INDENT + text_width(line->label));
        table->total_width = larger(table->total_width, cell_width(matrix, &line->total));
    }
    table->label_width = bounded(table, label, LABEL_MOST);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct matrix_line *line = &matrix->columns[table->columns[i]];
        table->widths[i] = larger(bounded(table, text_width(line->label), HEAD_MOST),
            larger(cell_width(matrix, &line->total), 1));
    }
    for (size_t row = 0; row < matrix->row_count; row++)
        for (size_t i = 0; i < table->column_count; i++)
            table->widths[i] = larger(
                table->widths[i], cell_width(matrix, matrix_cell(matrix, row, table->columns[i])));
}

/* Right, as numbers stand. */
static void add_right(struct strbuf *out, const char *text, int width)
{
    int used = text_width(text);
    strbuf_add_times(out, ' ', GAP);
    if (used > width) {
        text_pad(out, text, width, false);
        return;
    }
    strbuf_add_times(out, ' ', (size_t)(width - used));
    strbuf_add(out, text);
}

static void add_cell(
    struct strbuf *out, const struct matrix *matrix, const struct matrix_cell *cell, int width)
{
    struct strbuf text = {0};
    matrix_text(matrix->measure, cell, &text);
    add_right(out, text.length > 0 ? strbuf_text(&text) : "-", width);
    strbuf_clear(&text);
}

static void add_label(struct strbuf *out, const struct table *table, const char *label, int depth)
{
    struct strbuf text = {0};
    strbuf_add_times(&text, ' ', (size_t)(depth * INDENT));
    strbuf_add(&text, label);
    text_pad(out, strbuf_text(&text), table->label_width, false);
    strbuf_clear(&text);
}

/* A line of the table; `row` is NULL for the totals. */
static void add_row(
    struct strbuf *out, const struct table *table, const size_t *row, size_t first, size_t end)
{
    const struct matrix *matrix = table->matrix;
    const struct matrix_line *line = row ? &matrix->rows[*row] : NULL;
    add_label(out, table, line ? line->label : _("Total"), line ? line->depth : 0);
    add_cell(out, matrix, line ? &line->total : &matrix->total, table->total_width);
    for (size_t i = first; i < end; i++) {
        size_t column = table->columns[i];
        add_cell(out, matrix,
            row ? matrix_cell(matrix, *row, column) : &matrix->columns[column].total,
            table->widths[i]);
    }
    strbuf_add_char(out, '\n');
}

static void add_heads(struct strbuf *out, const struct table *table, size_t first, size_t end)
{
    add_label(out, table, _(matrix_axes[table->matrix->row_axis].label), 0);
    add_right(out, _("Total"), table->total_width);
    for (size_t i = first; i < end; i++)
        add_right(out, table->matrix->columns[table->columns[i]].label, table->widths[i]);
    strbuf_add_char(out, '\n');
}

/* The first of the columns that does not fit beside `first`. */
static size_t columns_fit(const struct table *table, size_t first)
{
    int used = table->label_width + GAP + table->total_width;
    size_t end = first;
    while (end < table->column_count) {
        used += GAP + table->widths[end];
        if (table->width > 0 && used > table->width && end > first)
            break;
        end++;
    }
    return end;
}

void matrix_write_text(const struct matrix *matrix, int width, struct strbuf *out)
{
    struct table table;
    table_begin(&table, matrix);
    table.width = width;
    measure_widths(&table);
    strbuf_format(out, "%s\n", _(matrix_measures[matrix->measure].help));
    for (size_t first = 0, end; first == 0 || first < table.column_count; first = end) {
        end = columns_fit(&table, first);
        strbuf_add_char(out, '\n');
        add_heads(out, &table, first, end);
        add_row(out, &table, NULL, first, end);
        for (size_t i = 0; i < table.row_count; i++)
            add_row(out, &table, &table.rows[i], first, end);
        if (end == 0)
            break;
    }
    table_end(&table);
}

/* --- CSV ------------------------------------------------------------------------------------- */

static void csv_cell(struct strbuf *out, const struct matrix_cell *cell)
{
    strbuf_format(out, ",%lld,%lld", (long long)cell->value, (long long)cell->of);
}

/* What `of` counts. */
static const char *part_of(enum matrix_measure measure)
{
    switch (measure) {
    case MEASURE_OPEN:
    case MEASURE_CLOSED:
        return _("all");
    case MEASURE_DAYS:
    case MEASURE_CHANGE:
        return _("overdue");
    default:
        return _("open tasks");
    }
}

static bool is_tree(const struct matrix *matrix)
{
    return matrix->row_axis == AXIS_REGION;
}

static void csv_head(struct strbuf *out, const struct table *table, const char *label)
{
    struct strbuf text = {0};
    strbuf_add_char(out, ',');
    csv_text(out, label);
    strbuf_format(&text, "%s (%s)", label, part_of(table->matrix->measure));
    strbuf_add_char(out, ',');
    csv_text(out, strbuf_text(&text));
    strbuf_clear(&text);
}

static void csv_row(struct strbuf *out, const struct table *table, const size_t *row)
{
    const struct matrix *matrix = table->matrix;
    const struct matrix_line *line = row ? &matrix->rows[*row] : NULL;
    csv_text(out, line ? line->label : _("Total"));
    if (is_tree(matrix))
        strbuf_add_char(out, ',');
    if (line && line->parent >= 0)
        csv_text(out, matrix->rows[line->parent].label);
    csv_cell(out, line ? &line->total : &matrix->total);
    for (size_t i = 0; i < table->column_count; i++) {
        size_t column = table->columns[i];
        csv_cell(out, row ? matrix_cell(matrix, *row, column) : &matrix->columns[column].total);
    }
    strbuf_add(out, "\r\n");
}

void matrix_write_csv(const struct matrix *matrix, struct strbuf *out)
{
    struct table table;
    table_begin(&table, matrix);
    csv_text(out, _(matrix_axes[matrix->row_axis].label));
    if (is_tree(matrix)) {
        strbuf_add_char(out, ',');
        csv_text(out, _("within"));
    }
    csv_head(out, &table, _("Total"));
    for (size_t i = 0; i < table.column_count; i++)
        csv_head(out, &table, matrix->columns[table.columns[i]].label);
    strbuf_add(out, "\r\n");
    csv_row(out, &table, NULL);
    for (size_t i = 0; i < table.row_count; i++)
        csv_row(out, &table, &table.rows[i]);
    table_end(&table);
}
