/* matrix: where it burns, as a screen: tasks counted by two properties (model/matrix.h), worst first.
 *
 * The lines are units: the cell selected stays with its place and its department, whatever order a change
 * brings. The first row and the first column are the totals; they and the heads stay while the rest is
 * scrolled. Places are folded to cities until they are unfolded. */
#ifndef VIEWS_MATRIX_H
#define VIEWS_MATRIX_H

#include <stdbool.h>

#include "model/matrix.h"
#include "views/views.h"

/* How the last one was left: measure, axes, what is unfolded and selected. The next begins with it. */
struct matrix_memory;
struct matrix_memory *matrix_memory_new(void);
void matrix_memory_free(struct matrix_memory *memory);       /* after the view; NULL is fine */

/* `filter` (NULL: none) is what it counts; `memory` is borrowed for the view's life. */
bool matrix_view_open(const struct view_env *env, const char *filter, struct matrix_memory *memory, struct view **out,
    struct error *err);
struct view *matrix_view_from(struct view *view);    /* NULL when it is another view */
/* What it counts; the filter is borrowed until another is set. */
struct matrix_spec matrix_view_spec(const struct view *view);

enum matrix_verb { MATRIX_PAIR_NEXT, MATRIX_SWAP, MATRIX_FOLD_OR_UNFOLD, MATRIX_UNFOLD, MATRIX_FOLD, MATRIX_FOLD_ALL,
    MATRIX_COLUMN_FIRST, MATRIX_COLUMN_LAST };
enum effect matrix_view_do(struct view *view, enum matrix_verb verb, struct error *err);
/* The next measure or, by -1, the one before. */
enum effect matrix_view_step_measure(struct view *view, int by, struct error *err);
enum effect matrix_view_set_measure(struct view *view, const char *name, struct error *err);
/* "ROWS COLUMNS", by the names of matrix_axes. */
enum effect matrix_view_set_axes(struct view *view, const char *names, struct error *err);
/* What is unfolded, as lines for a spreadsheet: the values, separated by tabs. Caller frees; NULL: nothing. */
char *matrix_view_copy_text(const struct view *view);

#endif
