/* change: one change of one task, in the making and written. It is a list of fields with what stood
 * there and what shall stand; the same list is the history's line, so whatever was written can be
 * undone, replayed and told. Everything duban writes about a task goes through change_apply. */
#ifndef MODEL_CHANGE_H
#define MODEL_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/field.h"
#include "model/history.h"
#include "model/model.h"

struct change {
    int64_t task_id;    /* 0 for a line that stands for several tasks */
    const char *action; /* borrowed: of the workflow table or of history_actions */
    char *note;         /* owned; NULL: none */
    struct event_change *item;
    size_t count, capacity;
};
void change_clear(struct change *change);
void change_note(struct change *change, const char *note);

/* From `before` to `after`, copied. A field set again keeps the first `before`; one that ends where
 * it began goes. `name` with its suffix. */
void change_put(struct change *change, const char *name, const char *before, const char *after);
/* One that is not among them yet, and is told also where it ends where it began. */
void change_add(struct change *change, const char *name, const char *before, const char *after);
void change_put_of(
    struct change *change, const char *name, int64_t suffix, const char *before, const char *after);
const struct event_change *change_get(
    const struct change *change, const char *name); /* NULL: untouched */

/* What stands in the field now; "" where there is no such row. Caller frees. */
bool change_current(
    struct db *db, int64_t task_id, const char *name, char **value, struct error *err);
/* The same, as the `before`. */
bool change_set(
    struct db *db, struct change *change, const char *name, const char *after, struct error *err);

/* Brings each `before` in line with what stands there, byte by byte. Who makes a change of a task
 * in hand has it as screens need it: a day beyond the calendar as none, text scrubbed, and what a
 * script wrote into an answer that is still to be given not at all. */
bool change_restate(struct db *db, struct change *change, struct error *err);

/* An id for a new row, never given before. */
bool change_new_id(struct db *db, enum field_table table, int64_t *id, struct error *err);

/* Within the caller's write transaction: the line of the history, then the rows. `seq` is its
 * number. Where a row that is to be changed is not there the database has been changed from under
 * us: ERROR_CONFLICT. Costs about a tenth of a millisecond; nothing grows with the number of
 * tasks. */
bool change_apply(struct model *model, struct change *change, int64_t *seq, struct error *err);

#endif
