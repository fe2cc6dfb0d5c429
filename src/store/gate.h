/* gate: the queue of writers. An exclusive flock on DATABASE.gate, held over a write transaction
 * and the checkpoint it may run. A script joins the queue by the same name: flock duban.db.gate
 * sqlite3 duban.db "UPDATE ..." The lock goes with the process that held it, however that ended. */
#ifndef STORE_GATE_H
#define STORE_GATE_H

#include <stdbool.h>

#include "base/error.h"

struct gate;

struct gate *gate_new(const char *database); /* opens nothing yet */
void gate_free(struct gate *gate);           /* NULL is fine */
/* Asked ten times a second of waiting: true when nobody waits for it any more. NULL: not asked. */
void gate_unless(struct gate *gate, bool (*gone)(void *context), void *context);

/* Waits in the queue, at most `milliseconds` and unless gone; `*left` is how many of them are left. ERROR_BUSY
 * names the process that holds it, ERROR_IO when the gate's file cannot be made. */
bool gate_enter(struct gate *gate, int milliseconds, int *left, struct error *err);
void gate_leave(struct gate *gate);

/* Tells other processes, until gate_free, that this one is at work on claims: beside others that
 * are, or `alone`. Does not wait: ERROR_BUSY where another is in the way. */
bool gate_attend(struct gate *gate, bool alone, struct error *err);

#endif
