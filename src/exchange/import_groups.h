/* import_groups: what an import tells (model/import.h), so that nothing is told twice: the same
 * sentence on the same value is one group, and groups of the same words are of one kind. */
#ifndef EXCHANGE_IMPORT_GROUPS_H
#define EXCHANGE_IMPORT_GROUPS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/import.h"

struct import_group {
    const struct import_message *message; /* the first */
    size_t times, kind;
};
struct import_groups {
    struct import_group *item;
    size_t count;
    size_t *of_kind, *shown; /* by kind: groups, and those that were shown */
};

/* As a person reads the files, for they were found check by check: below, 0 or above. */
int import_message_order(const struct import_message *left, const struct import_message *right);
/* Of those that refuse, or the others, in that order. */
struct import_groups import_groups(const struct import_plan *plan, bool refuses);
void import_groups_clear(struct import_groups *groups);

#endif
