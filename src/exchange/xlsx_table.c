/* The table of a sheet put right when all of it is read: rows in order, merged cells filled. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "xlsx_parts.h"

/* --- rows in any order ----------------------------------------------------------------------- */

struct row_order {
    size_t line, row;
};

static int compare_rows(const void *a, const void *b)
{
    const struct row_order *one = a, *other = b;
    if (one->line != other->line)
        return one->line < other->line ? -1 : 1;
    return one->row < other->row ? -1 : one->row > other->row;
}

/* A text of one of the rows that have the same number, the last that has one. */
static void put_joined(const struct grid *from, const struct row_order *rows, size_t count,
    size_t column, struct grid *to)
{
    enum grid_kind kind = GRID_TEXT;
    const char *text = "";
    for (size_t i = count; i > 0 && *text == '\0'; i--)
        text = grid_text(from, rows[i - 1].row, column, &kind);
    grid_cell(to, kind, text, strlen(text));
}

/* The same with its rows in order, and one of each number. */
struct grid *xlsx_table_order(const struct grid *from)
{
    struct grid *to = grid_new();
    size_t count = grid_rows(from), same;
    struct row_order *rows = alloc_zero(count, sizeof *rows);
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct row_order){grid_line(from, i), i};
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i += same) {
        size_t width = 0;
        for (same = 0; i + same < count && rows[i + same].line == rows[i].line; same++)
            if (grid_width(from, rows[i + same].row) > width)
                width = grid_width(from, rows[i + same].row);
        grid_row(to, rows[i].line);
        for (size_t column = 0; column < width; column++)
            put_joined(from, rows + i, same, column, to);
    }
    free(rows);
    return to;
}

/* --- merged cells ---------------------------------------------------------------------------- */

/* The first row of the grid that is not above `line`. */
static size_t row_from(const struct grid *grid, size_t line)
{
    size_t low = 0, high = grid_rows(grid);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (grid_line(grid, middle) < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What filling costs; the grid makes a row anew that is too short. */
static void count_filled(
    const struct grid *grid, size_t first, size_t end, size_t left, size_t right, size_t *cells)
{
    for (size_t row = first; row < end && *cells <= XLSX_CELLS_MOST; row++)
        *cells += right - left + 1 + (grid_width(grid, row) < right ? right : 0);
}

bool xlsx_table_fill(
    struct grid *grid, const struct xlsx_merged *merged, size_t *cells, struct error *err)
{
    for (size_t i = 0; i < merged->count; i++) {
        const struct xlsx_range *range = &merged->range[i];
        size_t first = row_from(grid, range->top), end = row_from(grid, (size_t)range->bottom + 1);
        size_t right = range->right < grid_columns(grid) ? range->right : grid_columns(grid);
        if (first >= end || grid_line(grid, first) != range->top || range->left > right ||
            *grid_text(grid, first, range->left - 1, NULL) == '\0')
            continue;
        count_filled(grid, first, end, range->left, right, cells);
        if (*cells > XLSX_CELLS_MOST)
            return error_set(err, ERROR_INPUT,
                _("the merged cells of the sheet lie over each other, or fill more than %d cells"),
                XLSX_CELLS_MOST);
        grid_fill(grid, first, range->left - 1, end - first, right - range->left + 1);
    }
    return true;
}
