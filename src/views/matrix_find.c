/* Places and departments found by name or pinyin: among the rows, then among the columns, and
 * around; folded ones are unfolded. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/pinyin.h"
#include "matrix_state.h"

static const struct matrix_line *lines_of(
    const struct matrix_view *view, const struct matrix_side *side)
{
    return side->columns ? view->matrix->columns : view->matrix->rows;
}

/* The next of that name after the one selected, or with `all` from the end; -1: there is none. All
 * lines, in the order they have when none is folded. */
static int find_in(const struct matrix_view *view, const struct matrix_side *side, const char *text,
    bool backwards, bool all)
{
    const struct matrix *matrix = view->matrix;
    const struct matrix_line *lines = lines_of(view, side);
    size_t lines_count = side->columns ? matrix->column_count : matrix->row_count;
    size_t *order = alloc_zero(lines_count + 1, sizeof *order);
    int count = (int)matrix_order(matrix, side->columns, NULL, order);
    int selected = matrix_side_index(side, side->at), found = -1;
    int step = backwards ? -1 : 1, at = backwards ? count - 1 : 0;
    for (int i = 0; i < count && !all && selected >= 0; i++)
        if (order[i] == (size_t)selected)
            at = i + step;
    if (!all && selected < 0 && backwards)
        at = -1; /* nothing is before the total */
    for (; at >= 0 && at < count && found < 0; at += step)
        if (pinyin_matches(lines[order[at]].label, text))
            found = (int)order[at];
    free(order);
    return found;
}

static void reveal(struct matrix_view *view, struct matrix_side *side, int line)
{
    const struct matrix_line *lines = lines_of(view, side);
    for (int above = lines[line].parent; above >= 0; above = lines[above].parent)
        matrix_side_unfold(side, lines[above].term, true);
    free(side->selected);
    side->selected = alloc_string(lines[line].term);
    side->chosen = true;
    matrix_view_arrange(view);
}

enum effect matrix_find(struct view *base, const char *text, bool backwards, struct error *err)
{
    struct matrix_view *view = (struct matrix_view *)base;
    struct matrix_side *sides[] = {&view->rows, &view->columns};
    if (!view->matrix)
        return EFFECT_NONE;
    bool again = view->found && strcmp(view->found, text) == 0;
    free(view->found);
    view->found = alloc_string(text);
    view->found_column = again && view->found_column;
    /* the rest of this side, the other, and this one from its end; another name from the first row
     */
    for (int i = again ? 0 : 2; i < (again ? 3 : 4); i++) {
        bool column = view->found_column ^ (i % 2 == 1);
        int line = find_in(view, sides[column], text, backwards, i > 0);
        if (line < 0)
            continue;
        reveal(view, sides[column], line);
        view->found_column = column;
        return EFFECT_DRAW;
    }
    error_set(err, ERROR_NOT_FOUND, _("no place and no department here is named \"%s\""), text);
    return EFFECT_DRAW;
}
