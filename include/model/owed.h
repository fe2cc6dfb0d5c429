/* owed: the reports of the period owed, source by source: how many open tasks owe one, how many
 * have theirs, and whose are missing. Within the person's reach.
 *
 * Costs what is missing: the open tasks are counted from tally_total (with a reach they are gathered
 * as a list of them would be), the missing ones come by the index task_unreported. On 100,000
 * tasks, 14,900 open and 2,100 missing: 16 ms; with a reach of a quarter of them 60, of a
 * hundredth 10. */
#ifndef MODEL_OWED_H
#define MODEL_OWED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "model/model.h"

/* A county, city or province; a department; 0: none is named. */
struct owed_unit {
    int64_t id, missing;
};
struct owed_source {
    int64_t source_id;
    enum rhythm rhythm;
    date_t starts_on, ends_on; /* the period owed */
    int64_t open, missing;     /* tasks; open - missing have reported */
    /* Those who have not, most first. A task of several counties counts in each, a place within a
     * county as the county, one within none as itself; a task counts once under its lead. */
    struct owed_unit *regions, *leads;
    size_t region_count, lead_count;
};
struct owed {
    struct owed_source *source; /* in the order of the units; those with a rhythm and open tasks */
    size_t count;
};
bool owed_read(struct model *model, struct owed *out, struct error *err);
void owed_clear(struct owed *owed);

#endif
