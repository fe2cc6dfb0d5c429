/* matrix_parts: what the files of the matrix share: matrix.c (one that is counted), matrix_make.c
 * (counting), matrix_place.c (the tree of places), matrix_name.c (labels and terms of lines),
 * matrix_open.c (where the tasks come from) and matrix_tally.c (the counts that the database keeps).
 */
#ifndef MODEL_MATRIX_PARTS_H
#define MODEL_MATRIX_PARTS_H

#include "id_map.h"
#include "model/matrix.h"
#include "model/units.h"

/* --- matrix_tally.c: counts of the database -------------------------------------------------- */

/* Whether a matrix can be read from the counts: places or cities by departments, or the other way
 * round, no filter, no reach, the present, and not MEASURE_CHANGE. */
bool matrix_tally_serves(struct model *model, const struct matrix_spec *spec);

/* Adds to a place and a lead (0: none): each task once in every place that it touches, from what it
 * names up to the province, and once, with `own`, in each place that it names itself and that has
 * others below it. Value and of may come in different calls, and in several. */
typedef void matrix_add(
    void *context, int64_t region_id, bool own, int64_t lead_id, int64_t value, int64_t of);
/* What the measure counts, from the counts of the database. */
bool matrix_tally_read(struct model *model, enum matrix_measure measure, matrix_add *add,
    void *context, struct error *err);

/* --- matrix_place.c: the tree of places ------------------------------------------------------ */

/* As the units had it when counting began: they may be read again before it ends. */
struct matrix_place {
    int64_t id;
    int up;                  /* what it lies in, -1 */
    int depth;               /* of its line; -1: it has none, being what all others lie in */
    bool hangs;              /* in a tree; else it lies in nothing, or in a ring */
    bool below;              /* others lie in it */
    unsigned seen, seen_own; /* the last task that was counted in it */
};
struct matrix_places {
    struct matrix_place *place; /* in the order of the units */
    size_t count;
    struct id_map at; /* by id */
    int root;         /* the one that all others lie in; -1 where there is none such */
    unsigned task;    /* grows with each that is counted */
};
void matrix_places_read(struct matrix_places *places, const struct units *units);
void matrix_places_clear(struct matrix_places *places);

/* --- matrix_make.c: counting ----------------------------------------------------------------- */

/* A line while tasks are counted. */
struct matrix_key {
    int64_t key; /* as in struct matrix_line, but for categories */
    bool own;
    char *text; /* of a category; owned until it is named */
    struct matrix_cell total;
};

struct matrix *matrix_make(struct model *model, const struct matrix_spec *spec);
void matrix_take(struct matrix *matrix, const struct fact *fact);
/* For matrix_tally_read; the context is the matrix. */
void matrix_count(
    void *matrix, int64_t region_id, bool own, int64_t lead_id, int64_t value, int64_t of);
/* Whether there is one place that all others lie in, as matrix_count needs it. */
bool matrix_is_rooted(const struct matrix *matrix);
/* Makes lines, totals and cells of what was counted. */
void matrix_finish(struct matrix *matrix, struct model *model);
void matrix_making_free(struct matrix_making *making); /* NULL is fine */

/* --- matrix_name.c: labels and terms --------------------------------------------------------- */

struct matrix_names {
    const struct units *units;
    enum matrix_axis axis;
    struct unit_words *words; /* NULL where lines are no units */
};
void matrix_names_begin(
    struct matrix_names *names, const struct units *units, enum matrix_axis axis);
void matrix_name_line(
    struct matrix_names *names, const struct matrix_key *key, struct matrix_line *out);
void matrix_names_end(struct matrix_names *names);

#endif
