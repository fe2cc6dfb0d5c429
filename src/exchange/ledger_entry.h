/* ledger_entry: the task that rows of a ledger are put together to. Who reads the rows (ledger_propose.c)
 * adds their values; what they say is told to the import at the end of it. Texts are the grid's. */
#ifndef EXCHANGE_LEDGER_ENTRY_H
#define EXCHANGE_LEDGER_ENTRY_H

#include "ledger_parts.h"
#include "model/field.h"
#include "model/import.h"

struct ledger_value {
    size_t column, row; /* row: where it is told of, also when it goes on from above */
    const char *text;
};
struct ledger_entry {
    const struct grid *grid;
    const struct ledger *ledger;
    struct import *import;
    enum field_type *type; /* by column; freed with it */
    bool *is_target;       /* likewise */
    size_t row;            /* its first */
    struct ledger_value *value;
    size_t count, room;
    struct ledger_told_measures measures; /* told so far */
    struct import_place measure_place;
};
void ledger_entry_clear(struct ledger_entry *task);

/* What a column is taken for, NULL: not taken; whether that is the field of the name. */
const struct ledger_field *ledger_entry_field(const struct ledger_entry *task, size_t column);
bool ledger_entry_is(const struct ledger_entry *task, size_t column, const char *name);
/* Goals stand one in a row: the columns of each are its own. */
bool ledger_entry_is_target(const struct ledger_entry *task, size_t column);
struct import_place ledger_entry_place(const struct ledger_entry *task, size_t row, size_t column);
/* Begins a proposal of the import and tells all values, and the days of measures that stand beside. */
void ledger_entry_tell(struct ledger_entry *task);

#endif
