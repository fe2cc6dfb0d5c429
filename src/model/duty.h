/* duty: who is on duty at a moment, and until when that can be relied on. */
#ifndef MODEL_DUTY_H
#define MODEL_DUTY_H

#include <stdbool.h>

#include "base/date.h"
#include "base/error.h"

struct db;

struct duty {
    char name[64];        /* "" nobody */
    moment_t from, until; /* what is known holds for these moments */
};

/* `until` is the end of the shift, or the next one's start where that comes sooner. */
bool duty_read(struct db *db, moment_t now, struct duty *out, struct error *err);

#endif
