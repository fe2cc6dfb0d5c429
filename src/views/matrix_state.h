/* matrix_state: what the matrix keeps between two pictures. Shared by its own files only: matrix.c
 * (life, reading, what is counted), matrix_move.c (moving, folding), matrix_side.c (the lines of one
 * side), matrix_find.c (places and departments by name), matrix_layout.c (how wide),
 * matrix_changed.c (what a change changed), matrix_draw.c. */
#ifndef VIEWS_MATRIX_STATE_H
#define VIEWS_MATRIX_STATE_H

#include "base/date.h"
#include "base/strbuf.h"
#include "model/matrix.h"
#include "views/matrix.h"
#include "views/reading.h"

/* The lines of one side, as they are seen. */
struct matrix_side {
    bool columns;
    enum matrix_axis axis; /* what its lines are */
    bool chosen;           /* a person went to the one selected: it stays so */
    size_t *order, count; /* lines of the matrix, in their order */
    size_t at;            /* the one selected: 0 the total, else order[at - 1] */
    size_t first;         /* of `order`, the first in the window */
    size_t room;          /* how many the window shows, the total not counted */
    char *selected;       /* the term of the one selected; NULL: the total */
    char **unfolded;      /* terms of lines whose lines below are seen */
    size_t unfolded_count, unfolded_capacity;
};

#define MATRIX_HEAD_ROWS 3 /* the most lines that a column's head takes */
struct matrix_layout {
    int head;      /* columns of the row heads */
    int total;     /* of the numbers in the column of totals */
    int cell;      /* and of the others: a number has one more on its left and on its right */
    int head_rows; /* lines of the columns' heads */
    bool brief;    /* the value without what it is of, but for the column of totals */
};

/* Marked for some seconds. */
#define MATRIX_CHANGED_MOST 1024
struct matrix_changed {
    int row, column; /* lines; -1 the total */
    moment_t until;
};

struct matrix_view {
    struct view view;
    const struct view_env *env;
    struct rect area;
    struct reading *reading;
    struct query_error wrong; /* why the last one was not opened */
    struct matrix_memory *memory; /* borrowed; NULL: nothing is kept */

    /* what is asked for; the picture tells its own */
    enum matrix_axis row_axis, column_axis;
    enum matrix_measure measure;
    char *filter;

    struct matrix *matrix; /* NULL: none is whole yet */
    struct matrix_side rows, columns;
    char *found;       /* what was looked for last; NULL: nothing yet */
    bool found_column; /* the side it was found on, where the same is looked for next */
    struct matrix_layout layout;
    struct matrix_changed *changed;
    size_t changed_count;
};

/* --- matrix.c -------------------------------------------------------------------------------- */

struct matrix_view *matrix_view_new(const struct view_env *env);
/* Shows another matrix, which it owns from now on. */
void matrix_view_take(struct matrix_view *view, struct matrix *matrix);
/* -1, -1: of the total. */
const struct matrix_cell *matrix_view_cell(const struct matrix_view *view, int row, int column);
void matrix_view_arrange(struct matrix_view *view); /* after folding or another size */

/* --- matrix_side.c --------------------------------------------------------------------------- */

/* Lines in their order, the selection on the line it was on; where that is folded away on the one
 * above it; where it is gone on the one in its place. */
void matrix_side_arrange(struct matrix_side *side, const struct matrix *matrix);
void matrix_side_clear(struct matrix_side *side);
/* Keeps the selection in the window. */
void matrix_side_scroll(struct matrix_side *side);
bool matrix_side_select(struct matrix_side *side, const struct matrix *matrix, size_t at);
const struct matrix_line *matrix_side_line(
    const struct matrix_side *side, const struct matrix *matrix, size_t at); /* NULL: the total */
int matrix_side_index(const struct matrix_side *side, size_t at);            /* -1 */
bool matrix_side_is_unfolded(const struct matrix_side *side, const char *term);
void matrix_side_fold_all(struct matrix_side *side);
void matrix_side_unfold(struct matrix_side *side, const char *term, bool unfolded);

/* --- matrix_layout.c ------------------------------------------------------------------------- */

void matrix_lay_out(struct matrix_view *view);
/* What stands in a cell; `whole` in the column of totals. */
void matrix_cell_text(const struct matrix_view *view, const struct matrix_cell *cell, bool whole,
    struct strbuf *out);
/* A label in up to `rows` lines of `columns`, the last of them at the end; the others are "". Each
 * is to be cleared. Names of departments lose the 厅, 局, 委, 办 or 部 they end in where there is no
 * room for it; those of a county have its name in the first line, and the office below. */
void matrix_head(const char *label, int columns, int rows, struct strbuf *out);
int matrix_rows_above(const struct matrix_view *view); /* header, title, heads, totals */

/* --- matrix_changed.c ------------------------------------------------------------------------ */

/* Marks what differs, until that moment; marks that were there go on. */
void matrix_mark_changed(struct matrix_view *view, const struct matrix *before, moment_t until);
bool matrix_is_changed(const struct matrix_view *view, int row, int column);

/* --- matrix_move.c --------------------------------------------------------------------------- */

enum effect matrix_move(struct matrix_view *view, enum matrix_verb verb);
enum effect matrix_motion(struct view *view, enum motion motion);
enum effect matrix_key(struct view *view, const struct key *key);

/* --- matrix_find.c --------------------------------------------------------------------------- */

enum effect matrix_find(struct view *view, const char *text, bool backwards, struct error *err);

/* --- matrix_draw.c --------------------------------------------------------------------------- */

void matrix_draw(const struct view *view, struct canvas *canvas, struct rect area);

#endif
