/* Moving over the matrix, folding its places, and the mouse. */
#include "matrix_state.h"

static enum effect select_at(struct matrix_view *view, struct matrix_side *side, size_t at)
{
    if (!view->matrix)
        return EFFECT_NONE;
    side->chosen = true;
    return matrix_side_select(side, view->matrix, at) ? EFFECT_DRAW : EFFECT_NONE;
}

static enum effect move_by(struct matrix_view *view, struct matrix_side *side, int by)
{
    size_t far = (size_t)(by < 0 ? -by : by);
    return select_at(view, side, by > 0 ? side->at + far : side->at > far ? side->at - far : 0);
}

/* A page leaves one line of the page before in sight, and the total to single steps. */
static enum effect page_by(struct matrix_view *view, struct matrix_side *side, int by, size_t size)
{
    if (!view->matrix || side->count == 0)
        return EFFECT_NONE;
    side->chosen = true;
    size_t most = side->count > side->room ? side->count - side->room : 0, before = side->first;
    if (by > 0)
        side->first = side->first + size < most ? side->first + size : most;
    else
        side->first = side->first > size ? side->first - size : 0;
    size_t at = by > 0 ? side->at + size : side->at > size ? side->at - size : 1;
    return matrix_side_select(side, view->matrix, at) || side->first != before ? EFFECT_DRAW
                                                                               : EFFECT_NONE;
}

static size_t page_of(const struct matrix_side *side)
{
    return side->room > 1 ? side->room - 1 : 1;
}

static size_t half_of(const struct matrix_side *side)
{
    return side->room > 1 ? side->room / 2 : 1;
}

enum effect matrix_motion(struct view *base, enum motion motion)
{
    struct matrix_view *view = (struct matrix_view *)base;
    struct matrix_side *rows = &view->rows, *columns = &view->columns;
    switch (motion) {
    case MOVE_UP:
        return move_by(view, rows, -1);
    case MOVE_DOWN:
        return move_by(view, rows, 1);
    case MOVE_LEFT:
        return move_by(view, columns, -1);
    case MOVE_RIGHT:
        return move_by(view, columns, 1);
    case MOVE_PAGE_UP:
        return page_by(view, rows, -1, page_of(rows));
    case MOVE_PAGE_DOWN:
        return page_by(view, rows, 1, page_of(rows));
    case MOVE_HALF_UP:
        return page_by(view, rows, -1, half_of(rows));
    case MOVE_HALF_DOWN:
        return page_by(view, rows, 1, half_of(rows));
    case MOVE_FIRST:
        return select_at(view, rows, 1);
    case MOVE_LAST:
        return select_at(view, rows, rows->count);
    case MOVE_NEXT_SECTION:
        return page_by(view, columns, 1, page_of(columns));
    case MOVE_PREVIOUS_SECTION:
        return page_by(view, columns, -1, page_of(columns));
    }
    return EFFECT_NONE;
}

/* --- folding --------------------------------------------------------------------------------- */

static bool is_tree(enum matrix_axis axis)
{
    return axis == AXIS_REGION;
}

/* The side whose lines fold: that of the places. */
static struct matrix_side *folding_side(struct matrix_view *view)
{
    return is_tree(view->matrix->row_axis)      ? &view->rows
           : is_tree(view->matrix->column_axis) ? &view->columns
                                                : NULL;
}

/* Back to the line above, which is folded with the selection on it. */
static void fold_above(struct matrix_view *view, struct matrix_side *side, int parent)
{
    const struct matrix_line *lines = side->columns ? view->matrix->columns : view->matrix->rows;
    for (size_t i = 0; i < side->count; i++)
        if (side->order[i] == (size_t)parent)
            matrix_side_select(side, view->matrix, i + 1);
    matrix_side_unfold(side, lines[parent].term, false);
}

static void fold_all(struct matrix_view *view, struct matrix_side *side)
{
    const struct matrix *matrix = view->matrix;
    const struct matrix_line *lines = side->columns ? matrix->columns : matrix->rows;
    size_t count = side->columns ? matrix->column_count : matrix->row_count;
    bool unfold = side->unfolded_count == 0;
    for (size_t i = 0; i < count; i++)
        if (lines[i].below > 0)
            matrix_side_unfold(side, lines[i].term, unfold);
    if (!unfold) /* of places that are gone, too */
        matrix_side_fold_all(side);
}

static enum effect fold(struct matrix_view *view, enum matrix_verb verb)
{
    struct matrix_side *side = folding_side(view);
    const struct matrix_line *line = side ? matrix_side_line(side, view->matrix, side->at) : NULL;
    if (!side)
        return EFFECT_NONE;
    side->chosen = true;
    if (verb == MATRIX_FOLD_ALL || !line) {
        fold_all(view, side);
    } else {
        bool open = matrix_side_is_unfolded(side, line->term);
        bool wanted = verb == MATRIX_UNFOLD || (verb == MATRIX_FOLD_OR_UNFOLD && !open);
        if (line->below > 0 && open != wanted)
            matrix_side_unfold(side, line->term, wanted);
        else if (!wanted && line->parent >= 0)
            fold_above(view, side, line->parent);
        else
            return EFFECT_NONE;
    }
    matrix_view_arrange(view);
    return EFFECT_DRAW;
}

enum effect matrix_move(struct matrix_view *view, enum matrix_verb verb)
{
    if (verb == MATRIX_COLUMN_FIRST)
        return select_at(view, &view->columns, 1);
    if (verb == MATRIX_COLUMN_LAST)
        return select_at(view, &view->columns, view->columns.count);
    return fold(view, verb);
}

/* --- mouse ----------------------------------------------------------------------------------- */

/* The place of a screen row or column among the lines of a side; `false` beside them. */
static bool hit(const struct matrix_side *side, int offset, size_t *at)
{
    if (offset < 0 || (size_t)offset > side->room || side->first + (size_t)offset > side->count)
        return false;
    *at = offset == 0 ? 0 : side->first + (size_t)offset;
    return true;
}

enum effect matrix_key(struct view *base, const struct key *key)
{
    struct matrix_view *view = (struct matrix_view *)base;
    size_t row, column;
    if (key->code != KEY_CODE_MOUSE || !view->matrix)
        return EFFECT_NONE;
    if (key->button == 4 || key->button == 5)
        return move_by(view, &view->rows, key->button == 4 ? -3 : 3);
    const struct matrix_layout *layout = &view->layout;
    int from = key->column - view->area.column - 1 - layout->head - (layout->total + 2);
    int offset = from < 0 ? 0 : 1 + from / (layout->cell + 2);
    if (!hit(&view->rows, key->row - view->area.row - matrix_rows_above(view) + 1, &row) ||
        !hit(&view->columns, offset, &column))
        return EFFECT_NONE;
    view->rows.chosen = view->columns.chosen = true;
    bool moved = matrix_side_select(&view->rows, view->matrix, row);
    moved |= matrix_side_select(&view->columns, view->matrix, column);
    return moved ? EFFECT_DRAW : EFFECT_NONE;
}
