/* sample_write: the rows of sample-data into their tables, when the history has given each the seq
 * of its event. */
#ifndef MODEL_SAMPLE_WRITE_H
#define MODEL_SAMPLE_WRITE_H

#include "sample_history.h"

/* Within the caller's write transaction: tasks before their events, the rest after them. */
bool sample_write_tasks(struct sample_rows *rows, struct db *db, struct error *err);
bool sample_write_rest(struct sample_rows *rows, const struct sample_outcome *outcomes,
    struct db *db, struct error *err);

#endif
