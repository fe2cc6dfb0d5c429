/* matrix_recount: every number of a matrix, counted again in plain SQL on the model's connection
 * (as of another moment the tables hide those of the present), and the tasks behind it listed by
 * its filter. Units are those of harness/database.h, region 1 the one that all others lie in;
 * weekly sources are 1 and 4, monthly ones 2 and 5. Each function fails the test when something
 * differs. */
#ifndef HARNESS_MATRIX_RECOUNT_H
#define HARNESS_MATRIX_RECOUNT_H

#include "model/matrix.h"

unsigned dice(unsigned *seed, unsigned below);

/* Namesakes, departments called as a place or as nothing, a code that is another's year, towns. */
void matrix_units(const char *path);
/* Further tasks, in several places, with odd categories, without a history. */
void matrix_tasks(const char *path, unsigned seed, int count);

struct matrix *matrix_read(struct model *model, const struct matrix_spec *spec);

/* Of the tasks that `where` leaves. `before`: what was overdue a week ago; NULL: the tasks have no
 * history. */
void matrix_recount(
    struct model *model, const struct matrix *matrix, const char *where, const char *before);
/* Each total and some cells: as many tasks as the filter of the number finds. */
void matrix_recount_filters(struct model *model, const struct matrix *matrix, unsigned *seed);
/* How many tasks a list of the filter has. */
int64_t matrix_list_count(struct model *model, const char *filter);
/* Parents stand before what lies below them, and depths say so. */
void matrix_expect_tree(const struct matrix_line *lines, size_t count);
/* The same lines and numbers. */
void matrix_expect_same(const struct matrix *a, const struct matrix *b);

#endif
