/* rules: what the province decides and no law fixes, filled by the program from its options and
 * carried by the model, so that actions and commands count alike. */
#ifndef MODEL_RULES_H
#define MODEL_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/error.h"
#include "base/holidays.h"

#define RULE_DAYS 8
#define RULE_DAY_MOST 365
struct rule_days {
    int days[RULE_DAYS]; /* ascending, none twice */
    size_t count;
};

/* How the scorecard (model/scorecard.h) weighs its shares, and the points it takes away. */
#define RULE_SCORE_MOST 100
struct rule_score {
    int on_time, reports, in_time;    /* weights, not all 0 */
    int returned, notice, unaccepted; /* points for each */
};

struct rules {
    int publicity_days;     /* a task may be closed after it stood before the public so long */
    bool publicity_working; /* counted in working days */
    const struct holidays *holidays;              /* borrowed; NULL: the week alone */
    struct rule_days remind_before, remind_after; /* days from the due date (model/remind.h) */
    int changes_most; /* by one person within a minute (src/model/writing.h); 0: any number */
    int report_grace; /* days after its period has ended until a report is late */
    struct rule_score score;
};
extern const struct rules rules_default; /* where nobody said anything */

/* "30 7 1": numbers of days with blanks between, in any order; "" is none. */
bool rule_days_parse(const char *text, struct rule_days *out, struct error *err);
/* Whether there is anything to be measured by. */
bool rule_score_check(const struct rule_score *score, struct error *err);

/* The last day, itself included, of a notice of `days` (1 or more) that begins on `starts`. With
 * `working` only working days count; `starts` does when it is one. */
date_t rules_publicity_end(const struct rules *rules, date_t starts, int days, bool working);
/* How many days a notice from `first` to `last` stands, both counted; 0 where one is DATE_NONE. */
int rules_publicity_days(const struct rules *rules, date_t first, date_t last, bool working);

#endif
