/* The lines of one side of the matrix: their order, what is folded, the selection, the window. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "matrix_state.h"

static const struct matrix_line *lines_of(
    const struct matrix_side *side, const struct matrix *matrix, size_t *count)
{
    *count = side->columns ? matrix->column_count : matrix->row_count;
    return side->columns ? matrix->columns : matrix->rows;
}

/* --- folding --------------------------------------------------------------------------------- */

static size_t unfolded_place(const struct matrix_side *side, const char *term)
{
    size_t low = 0, high = side->unfolded_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(side->unfolded[middle], term) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool matrix_side_is_unfolded(const struct matrix_side *side, const char *term)
{
    size_t at = unfolded_place(side, term);
    return at < side->unfolded_count && strcmp(side->unfolded[at], term) == 0;
}

void matrix_side_unfold(struct matrix_side *side, const char *term, bool unfolded)
{
    size_t at = unfolded_place(side, term);
    if (matrix_side_is_unfolded(side, term) == unfolded)
        return;
    if (!unfolded) {
        free(side->unfolded[at]);
        memmove(side->unfolded + at, side->unfolded + at + 1,
            (--side->unfolded_count - at) * sizeof *side->unfolded);
        return;
    }
    side->unfolded = alloc_grow(
        side->unfolded, &side->unfolded_capacity, side->unfolded_count + 1, sizeof *side->unfolded);
    memmove(side->unfolded + at + 1, side->unfolded + at,
        (side->unfolded_count++ - at) * sizeof *side->unfolded);
    side->unfolded[at] = alloc_string(term);
}

void matrix_side_fold_all(struct matrix_side *side)
{
    for (size_t i = 0; i < side->unfolded_count; i++)
        free(side->unfolded[i]);
    side->unfolded_count = 0;
}

/* --- order ----------------------------------------------------------------------------------- */

static void put_in_order(struct matrix_side *side, const struct matrix *matrix)
{
    size_t count;
    const struct matrix_line *lines = lines_of(side, matrix, &count);
    bool *unfolded = alloc_zero(count + 1, sizeof *unfolded);
    for (size_t i = 0; i < count; i++)
        unfolded[i] = lines[i].below > 0 && matrix_side_is_unfolded(side, lines[i].term);
    free(side->order);
    side->order = alloc_zero(count + 1, sizeof *side->order);
    side->count = matrix_order(matrix, side->columns, unfolded, side->order);
    free(unfolded);
}

/* Where a line stands: 0 where it is not seen. */
static size_t place_of(const struct matrix_side *side, size_t line)
{
    for (size_t i = 0; i < side->count; i++)
        if (side->order[i] == line)
            return i + 1;
    return 0;
}

/* Of the line with the term, or of the nearest above it that is seen; 0 where there is none. */
static size_t find_selected(const struct matrix_side *side, const struct matrix *matrix)
{
    size_t count;
    const struct matrix_line *lines = lines_of(side, matrix, &count);
    int line = -1;
    for (size_t i = 0; i < count && line < 0; i++)
        if (strcmp(lines[i].term, side->selected) == 0)
            line = (int)i;
    size_t at = 0;
    for (; line >= 0 && at == 0; line = lines[line].parent)
        at = place_of(side, (size_t)line);
    return at;
}

void matrix_side_arrange(struct matrix_side *side, const struct matrix *matrix)
{
    size_t before = side->at, found;
    put_in_order(side, matrix);
    if (side->selected) {
        found = find_selected(side, matrix);
        side->at = found > 0 ? found : before < side->count ? before : side->count;
        /* it stays where the eye is */
        size_t seen_at = before > side->first ? before - side->first : 0;
        side->first = side->at > seen_at ? side->at - seen_at : 0;
    }
    matrix_side_select(side, matrix, side->at);
}

/* --- selection ------------------------------------------------------------------------------- */

void matrix_side_scroll(struct matrix_side *side)
{
    size_t room = side->room > 0 ? side->room : 1;
    size_t most = side->count > room ? side->count - room : 0;
    if (side->at > 0 && side->first > side->at - 1)
        side->first = side->at - 1;
    if (side->at > side->first + room)
        side->first = side->at - room;
    if (side->first > most)
        side->first = most;
}

bool matrix_side_select(struct matrix_side *side, const struct matrix *matrix, size_t at)
{
    size_t before = side->at, first = side->first;
    side->at = at < side->count ? at : side->count;
    const struct matrix_line *line = matrix_side_line(side, matrix, side->at);
    free(side->selected);
    side->selected = line ? alloc_string(line->term) : NULL;
    matrix_side_scroll(side);
    return side->at != before || side->first != first;
}

int matrix_side_index(const struct matrix_side *side, size_t at)
{
    return at > 0 && at <= side->count ? (int)side->order[at - 1] : -1;
}

const struct matrix_line *matrix_side_line(
    const struct matrix_side *side, const struct matrix *matrix, size_t at)
{
    int index = matrix_side_index(side, at);
    size_t count;
    return index >= 0 ? &lines_of(side, matrix, &count)[index] : NULL;
}

void matrix_side_clear(struct matrix_side *side)
{
    matrix_side_fold_all(side);
    free(side->unfolded);
    free(side->selected);
    free(side->order);
    *side = (struct matrix_side){.columns = side->columns};
}
