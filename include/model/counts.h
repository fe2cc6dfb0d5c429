/* counts: how many, from the tally: cost grows with distinct states and dates, not with tasks. */
#ifndef MODEL_COUNTS_H
#define MODEL_COUNTS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/model.h"
#include "model/query.h"

struct counts {
    int64_t all, state[STATE_COUNT], open, overdue, due_soon, due_urgent, unreported, returned;
};
bool counts_read(struct model *model, struct counts *out, struct error *err);

/* The count of a filter when the counts alone can tell it (one flag or state list, no reach); false
 * when they cannot. */
bool counts_of(const struct counts *counts, const struct query *query, int64_t *out);

/* Compares tally and tally_total with the tasks; says each difference; `repair` rebuilds them. */
bool counts_check(struct model *model, bool repair, void (*say)(void *context, const char *text), void *context, struct error *err);

#endif
