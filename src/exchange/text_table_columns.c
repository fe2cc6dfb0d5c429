/* Columns aligned by blanks: where each stands on the screen, and whose a text is. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "text_table_parts.h"

static const struct table_piece *piece_of(const struct table *table, const struct table_line *line)
{
    return &table->lines.piece[line->first];
}

static bool overlaps(const struct table_extent *extent, const struct table_piece *piece)
{
    return piece->left < extent->right && piece->right > extent->left;
}

/* The first column that the piece stands in, and how many. */
static size_t find_columns(
    const struct table *table, const struct table_piece *piece, size_t *count)
{
    size_t first = 0;
    *count = 0;
    for (size_t i = 0; i < table->columns; i++) {
        if (!overlaps(&table->extent[i], piece))
            continue;
        first = *count == 0 ? i : first;
        ++*count;
    }
    return first;
}

/* --- extents --------------------------------------------------------------------------------- */

static void extend(struct table_extent *extent, const struct table_piece *piece)
{
    if (piece->left < extent->left)
        extent->left = piece->left;
    if (piece->right > extent->right)
        extent->right = piece->right;
}

/* A line with a text for each column, none of which stands under the heading of another. */
static bool is_whole(const struct table *table, const struct table_line *line)
{
    if (line->kind != TABLE_ROW && line->kind != TABLE_RULE)
        return false;
    const struct table_piece *piece = piece_of(table, line);
    if (line->count != table->columns)
        return false;
    for (size_t i = 0; i < line->count; i++)
        if ((i > 0 && piece[i].left < table->name[i - 1].right) ||
            (i + 1 < line->count && piece[i].right > table->name[i + 1].left))
            return false;
    return true;
}

static bool is_apart(const struct table *table)
{
    for (size_t i = 0; i + 1 < table->columns; i++)
        if (table->extent[i].right > table->extent[i + 1].left)
            return false;
    return true;
}

/* What stands in one column alone makes it wider. */
static void extend_by_line(struct table *table, const struct table_line *line)
{
    const struct table_piece *piece = piece_of(table, line);
    for (size_t i = 0; i < line->count; i++) {
        size_t count, column = find_columns(table, &piece[i], &count);
        if (count != 1 || (column > 0 && piece[i].left < table->extent[column - 1].right) ||
            (column + 1 < table->columns && piece[i].right > table->extent[column + 1].left))
            continue;
        extend(&table->extent[column], &piece[i]);
    }
}

void table_extents_read(struct table *table, size_t from, size_t to)
{
    size_t whole = 0, others = 0;
    free(table->extent);
    table->extent = alloc_zero(table->columns, sizeof *table->extent);
    for (size_t i = 0; i < table->columns; i++)
        table->extent[i] = (struct table_extent){table->name[i].left, table->name[i].right};
    for (size_t at = from; at < to; at++) {
        const struct table_line *line = &table->lines.line[at];
        bool full = line->kind == TABLE_ROW && line->count == table->columns;
        bool is = is_whole(table, line);
        whole += is && full;
        others += !is && full;
        for (size_t i = 0; is && i < table->columns; i++)
            extend(&table->extent[i], &piece_of(table, line)[i]);
    }
    if (others > whole || !is_apart(table)) {
        free(table->extent);
        table->extent = NULL;
        return;
    }
    for (size_t at = from; at < to; at++)
        if (table->lines.line[at].kind == TABLE_ROW && table->lines.line[at].count > 1)
            extend_by_line(table, &table->lines.line[at]);
}

/* --- whose a text is ------------------------------------------------------------------------- */

static void put(struct table_piece *cell, const struct table_piece *piece)
{
    if (cell->to == 0) {
        *cell = *piece;
        return;
    }
    cell->to = piece->to;
    cell->right = piece->right;
}

/* A text over several columns is the texts of each where one begins, or the one before it ends, at
 * the edge of its column. */
static bool put_words(const struct table *table, const struct table_line *line,
    const struct table_piece *piece, struct table_piece *cell)
{
    size_t count, last = table->columns;
    struct table_piece *word = table_words(&table->lines, line, &count);
    const struct table_piece *before = NULL;
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        size_t columns, column;
        if (word[i].from < piece->from || word[i].to > piece->to)
            continue;
        column = find_columns(table, &word[i], &columns);
        if (columns == 0 && before)
            column = last;
        good = columns == 1 || (columns == 0 && before);
        if (good && before && column != last)
            good = word[i].left == table->extent[column].left ||
                   before->right == table->extent[last].right;
        if (good)
            put(&cell[column], &word[i]);
        last = column;
        before = &word[i];
    }
    free(word);
    return good;
}

static enum table_fit place_in_order(const struct table *table, const struct table_line *line,
    struct table_piece *cell, struct table_piece *wrong)
{
    const struct table_piece *piece = piece_of(table, line);
    memset(cell, 0, table->columns * sizeof *cell);
    if (line->count == table->columns) {
        memcpy(cell, piece, line->count * sizeof *cell);
        return FIT_ROW;
    }
    *wrong = piece[line->count > table->columns ? table->columns : line->count - 1];
    return line->count == 1 ? FIT_TEXT : line->count > table->columns ? FIT_LONG : FIT_DOUBT;
}

enum table_fit table_place_aligned(const struct table *table, const struct table_line *line,
    struct table_piece *cell, struct table_piece *wrong)
{
    const struct table_piece *piece = piece_of(table, line);
    memset(cell, 0, table->columns * sizeof *cell);
    if (table->extent == NULL || line->count > 4 * TEXT_TABLE_COLUMNS_MOST)
        return place_in_order(table, line, cell, wrong);
    for (size_t i = 0; i < line->count; i++) {
        size_t count, column = find_columns(table, &piece[i], &count);
        if (count == 1) {
            put(&cell[column], &piece[i]);
        } else if (count == 0 || !put_words(table, line, &piece[i], cell)) {
            *wrong = piece[i];
            if (line->count == table->columns)
                return place_in_order(table, line, cell, wrong);
            return line->count == 1 ? FIT_TEXT : FIT_DOUBT;
        }
    }
    return FIT_ROW;
}
