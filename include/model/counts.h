/* counts: how many, from tally_total: cost grows with distinct states and dates, not with tasks.
 * With a reach, the tasks within it are counted instead. */
#ifndef MODEL_COUNTS_H
#define MODEL_COUNTS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/model.h"
#include "model/query.h"

/* Flags mean what they mean in filters (query.h) and on rows (task.h). */
struct count {
    int64_t all, overdue, due_soon, due_urgent, unreported, returned;
};
struct counts {
    int64_t all, state[STATE_COUNT], open, overdue, due_soon, due_urgent, unreported, returned;
    struct count by_state[STATE_COUNT];
};
bool counts_read(struct model *model, struct counts *out, struct error *err);
/* Of the tasks of a filter alone (NULL: all), which are counted one by one. */
bool counts_read_of(
    struct model *model, const struct query *filter, struct counts *out, struct error *err);

/* The count of a filter when the counts alone can tell it: states and one flag, joined by and, or,
 * not as far as the counts reach ("open", "state:submitted,in_review", "state:in_progress overdue",
 * "-closed -overdue"); false when they cannot. */
bool counts_of(const struct counts *counts, const struct query *query, int64_t *out);

/* A part of a whole as one whole percent, wherever one is shown: rounded to the nearest, but 100
 * only of all and 0 only of none. 0 where there is nothing. */
int share_percent(int64_t part, int64_t whole);

#endif
