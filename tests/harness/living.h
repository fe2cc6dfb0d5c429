/* living: a year and a half of work on the tasks of a small database (harness/database.h), in an
 * order that chance gives: made, worked on, closed, reopened, extended, taken back and done again,
 * one or many at once, by people and by scripts, and now and then by a clock that is wrong. */
#ifndef HARNESS_LIVING_H
#define HARNESS_LIVING_H

#include "base/date.h"
#include "model/model.h"

struct living {
    const char *path;
    unsigned chance;
    date_t today;
    bool wrong_clock, scripts; /* whether these are at work too */
    struct model *model;
};
/* Makes the database, with some tasks that have been there before. The clock is the test's. */
void living_begin(struct living *living, const char *path, unsigned seed, date_t first);
/* So many steps, each a few days after the one before. */
void living_go(struct living *living, int steps);
void living_end(struct living *living);

#endif
