/* places: what the counts of places must hold, asked of the tasks in plain SQL that knows nothing
 * of the schema's own views. */
#ifndef HARNESS_PLACES_H
#define HARNESS_PLACES_H

#include "store/db.h"

/* Fails the test where tally_place, tally_due, tally_owed or region_above differ from the tasks and
 * the regions; `after` says what has been done. */
void places_expect_counted(struct db *db, const char *after);

#endif
