/* What a change has changed: two matrices of the same kind compared, number by number. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "matrix_state.h"

struct named {
    const char *term;
    int line;
};

static int named_compare(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    return strcmp(a->term, b->term);
}

/* For each line of `from` the one of `to` with the same tasks; -1 where there is none. */
static int *map_lines(const struct matrix_line *from, size_t from_count,
    const struct matrix_line *to, size_t to_count)
{
    struct named *names = alloc_zero(to_count + 1, sizeof *names);
    int *map = alloc_zero(from_count + 1, sizeof *map);
    for (size_t i = 0; i < to_count; i++)
        names[i] = (struct named){to[i].term, (int)i};
    qsort(names, to_count, sizeof *names, named_compare);
    for (size_t i = 0; i < from_count; i++) {
        struct named wanted = {from[i].term, 0};
        const struct named *found = bsearch(&wanted, names, to_count, sizeof *names, named_compare);
        map[i] = found ? found->line : -1;
    }
    free(names);
    return map;
}

struct comparing {
    struct matrix_changed *changed; /* one more than are kept: then none is */
    size_t count;
    moment_t until;
};

static void compare(struct comparing *comparing, int row, int column, const struct matrix_cell *a,
    const struct matrix_cell *b)
{
    if ((a->value == b->value && a->of == b->of) || comparing->count > MATRIX_CHANGED_MOST)
        return;
    comparing->changed[comparing->count++] = (struct matrix_changed){row, column, comparing->until};
}

/* What is in `after`, beside what it was. */
static void compare_rows(struct comparing *comparing, const struct matrix *after,
    const struct matrix *before, const int *rows, const int *columns)
{
    static const struct matrix_cell nothing = {0, 0};
    for (size_t row = 0; row < after->row_count; row++) {
        int old = rows[row];
        compare(comparing, (int)row, -1, &after->rows[row].total,
            old >= 0 ? &before->rows[old].total : &nothing);
        for (size_t i = after->starts[row]; i < after->starts[row + 1]; i++) {
            size_t column = after->spots[i].column;
            bool was = old >= 0 && columns[column] >= 0;
            compare(comparing, (int)row, (int)column, &after->spots[i].cell,
                was ? matrix_cell(before, (size_t)old, (size_t)columns[column]) : &nothing);
        }
    }
}

/* What was there and is nothing now. */
static void compare_gone(struct comparing *comparing, const struct matrix *after,
    const struct matrix *before, const int *rows, const int *columns)
{
    for (size_t row = 0; row < before->row_count; row++)
        for (size_t i = before->starts[row]; rows[row] >= 0 && i < before->starts[row + 1]; i++) {
            int column = columns[before->spots[i].column];
            const struct matrix_cell *now =
                column >= 0 ? matrix_cell(after, (size_t)rows[row], (size_t)column) : NULL;
            if (now && now->value == 0 && now->of == 0)
                compare(comparing, rows[row], column, now, &before->spots[i].cell);
        }
}

/* Marks of before go on with their lines. */
static void keep_marks(
    struct matrix_view *view, struct comparing *comparing, const int *rows, const int *columns)
{
    for (size_t i = 0; i < view->changed_count; i++) {
        struct matrix_changed mark = view->changed[i];
        mark.row = mark.row < 0 ? -1 : rows[mark.row];
        mark.column = mark.column < 0 ? -1 : columns[mark.column];
        bool gone = (view->changed[i].row >= 0 && mark.row < 0) ||
                    (view->changed[i].column >= 0 && mark.column < 0);
        if (!gone && comparing->count <= MATRIX_CHANGED_MOST)
            comparing->changed[comparing->count++] = mark;
    }
}

void matrix_mark_changed(struct matrix_view *view, const struct matrix *before, moment_t until)
{
    const struct matrix *after = view->matrix;
    struct comparing comparing = {.until = until};
    comparing.changed = alloc_zero(MATRIX_CHANGED_MOST + 1, sizeof *comparing.changed);
    int *old_rows = map_lines(after->rows, after->row_count, before->rows, before->row_count);
    int *old_columns =
        map_lines(after->columns, after->column_count, before->columns, before->column_count);
    int *new_rows = map_lines(before->rows, before->row_count, after->rows, after->row_count);
    int *new_columns =
        map_lines(before->columns, before->column_count, after->columns, after->column_count);
    compare(&comparing, -1, -1, &after->total, &before->total);
    for (size_t i = 0; i < after->column_count; i++) {
        static const struct matrix_cell nothing = {0, 0};
        int old = old_columns[i];
        compare(&comparing, -1, (int)i, &after->columns[i].total,
            old >= 0 ? &before->columns[old].total : &nothing);
    }
    compare_rows(&comparing, after, before, old_rows, old_columns);
    compare_gone(&comparing, after, before, new_rows, new_columns);
    keep_marks(view, &comparing, new_rows, new_columns);
    free(view->changed);
    view->changed = comparing.changed;
    /* where so much has changed, a mark on everything would tell nothing */
    view->changed_count = comparing.count <= MATRIX_CHANGED_MOST ? comparing.count : 0;
    free(old_rows);
    free(old_columns);
    free(new_rows);
    free(new_columns);
}

bool matrix_is_changed(const struct matrix_view *view, int row, int column)
{
    for (size_t i = 0; i < view->changed_count; i++)
        if (view->changed[i].row == row && view->changed[i].column == column)
            return true;
    return false;
}
