/* remind_ladder: the rungs of a due date, and the day of each. */
#ifndef MODEL_REMIND_LADDER_H
#define MODEL_REMIND_LADDER_H

#include <stddef.h>

#include "model/remind.h"
#include "model/rules.h"

struct rung {
    enum rung_kind kind;
    int days;
    date_t on;
};
enum { LADDER_MOST = 2 * RULE_DAYS + 1 };

/* The rungs of `due` reached on `today`, oldest first; returns how many. */
size_t ladder_reached(
    const struct rules *rules, date_t due, date_t today, struct rung out[static LADDER_MOST]);
const char *rung_name(enum rung_kind kind, int days, char out[static RUNG_ROOM]);
/* A rung that was recorded once, whatever the rules say now; RUNG_UNKNOWN when it is none. `on` is
 * DATE_NONE but for those of a due date. */
struct rung rung_parse(const char *name, date_t due);

#endif
