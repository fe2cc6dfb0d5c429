/* matrix_parts: what the files of the matrix share: matrix.c (lines, order, filters, survey) and
 * matrix_tally.c (the counts that the database keeps). */
#ifndef MODEL_MATRIX_PARTS_H
#define MODEL_MATRIX_PARTS_H

#include "model/matrix.h"

/* Whether a matrix can be read from the counts: places by departments, or the other way round, no
 * filter, no reach, the present, and not MEASURE_CHANGE. */
bool matrix_tally_serves(struct model *model, const struct matrix_spec *spec);

/* Adds to a place and a lead (0: none): each task once in every place that it touches, from what it
 * names up to the province, and once, with `own`, in each place that it names itself and that has
 * others below it. Value and of may come in different calls, and in several. */
typedef void matrix_add(
    void *context, int64_t region_id, bool own, int64_t lead_id, int64_t value, int64_t of);
/* What the measure counts, from the counts of the database. */
bool matrix_tally_read(struct model *model, enum matrix_measure measure, matrix_add *add,
    void *context, struct error *err);

#endif
