/* past: the database as it stood at a moment, replayed from the history.
 *
 * past_open puts tables of the past over those of a connection (store/db.h, shadows): everything
 * that is asked on it afterwards, by any module, is answered as of then. The tables are copied and
 * what the later lines of the history changed is put back, so what others commit meanwhile does not
 * show. Names of places, departments, sources and leaders are those of today, and so is a task's
 * version.
 *
 * What is later. The order of the lines is certain (they are numbered under a lock), their times
 * are what clocks said. So the history is cut at one line: where the fewest lines before the cut
 * are dated after the moment and the fewest behind it are dated before. What was written with a
 * wrong clock thus stays among its neighbours, and what is shown is a state that really was. Of
 * cuts that are as good, the one that leaves the farthest dates on the wrong side.
 *
 * What is put back:
 * - each field of a task, lists of regions and departments, and each row that belongs to a task
 *   whose later lines name it (`reply.57`): as the first later line found it;
 * - a task made later goes, one deleted later comes back where the history tells its source, its
 *   number and its regions (what belonged to it only as far as the same lines hold it);
 * - a task without any line, made by a load of many, goes when its row was made later;
 * - what scripts and older lines leave untold: reports, notices, reviews, publicities, objections
 *   and extensions of a later day go, and replies, liftings, decisions and done measures of a later
 *   day are not there yet. Other changes of scripts to such rows stay as they are today. A
 *   department that a script took away comes back as a responsible one, its role is not told.
 *   Figures of a task that a script's report moved are those of the report before it.
 *
 * Costs: 10,000 tasks and 100,000 lines 0.2 to 0.4 s, in proportion to both (tests/bench.c), and 24
 * MB for the copy; what is more than 64 MB lies in a temporary file. Orders are then sorted, not
 * read from an index, and lists are read at once: 10,000 tasks in some 20 ms. */
#ifndef MODEL_PAST_H
#define MODEL_PAST_H

#include <stdbool.h>

#include "base/date.h"
#include "base/error.h"

struct db;

/* "2026-09-30", to the end of that day in the declared zone, or "2026-09-30T18:00", a moment of it;
 * today is up to now. ERROR_USAGE with a sentence when it is no date or has not come yet. */
bool past_parse(const char *text, moment_t *out, struct error *err);
/* The same the other way round, with a blank instead of the T: "2026-09-30", "2026-09-30 18:00". */
#define PAST_ROOM 17
const char *past_format(moment_t moment, char out[static PAST_ROOM]);

/* On a connection opened with DB_READ_ONLY, once. ERROR_INPUT when the history begins later. */
bool past_open(struct db *db, moment_t moment, struct error *err);

#endif
