/* worker: work that takes long, in a thread of its own, while the board goes on taking keys and
 * changes. What it works on (a model of its own, with a connection of its own) belongs to the
 * thread until it is done, and to whoever started it before and after.
 *
 *   start    worker_start
 *   fd       worker_fd: readable once it is done
 *   tick     worker_progress
 *   ready    worker_join: what came of it
 *   Esc      worker_stop, then as ever; the work ends at its next worker_going */
#ifndef APP_WORKER_H
#define APP_WORKER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct worker;
typedef bool worker_run(void *context, struct worker *worker, struct error *err);
/* False: there is no thread to be had. */
bool worker_start(worker_run *run, void *context, struct worker **out, struct error *err);
int worker_fd(const struct worker *worker);
void worker_progress(const struct worker *worker, size_t *done, size_t *of); /* of 0: not known */
void worker_stop(struct worker *worker);
bool worker_is_stopped(const struct worker *worker);
/* Whether it is done within so many milliseconds. Of a thread that is not, nothing may be freed: it
 * ends with the program. */
bool worker_wait(const struct worker *worker, int ms);
/* Waits for its end, frees it and tells what `run` did. */
bool worker_join(struct worker *worker, struct error *err);

/* Within the thread: how far it is; false: it is to end. An import_going (model/import.h). */
bool worker_going(void *worker, size_t done, size_t of);
/* The same question as model_set_patience asks it. */
bool worker_gone(void *worker);

#endif
