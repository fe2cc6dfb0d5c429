/* change_rows: the rows of a change, read and written with SQL made from the table of fields. Only
 * names of that table go into the SQL; values are bound. */
#ifndef MODEL_CHANGE_ROWS_H
#define MODEL_CHANGE_ROWS_H

#include "model/change.h"
#include "store/db.h"

struct writing {
    struct db *db;
    const struct change *change;
    int64_t seq;
    const char *actor, *at; /* as the line of the history has them */
};
/* First the rows that belong to the task, then the task itself, whose own values have the last word
 * over what triggers derive from those rows. */
bool change_rows_write(const struct writing *writing, struct error *err);
/* Those alone that belong to the task: measures, reports, .. */
bool change_rows_beside(const struct writing *writing, struct error *err);

#endif
