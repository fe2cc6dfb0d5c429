/* trend: how many tasks of a filter were open week by week, against the plan and the pace.
 *
 * A task is open from the day it was assigned to the day it was closed, again when it was reopened.
 * The plan would have each task closed on its due day as it stands now; tasks never due stay open
 * in it. Weeks begin on Monday; numbers are those at the end of the week, in the one that holds
 * today those of today. Reads the lives of all tasks of the filter (survey.h): whatever in it
 * speaks of what tasks are now (open, overdue, state:..) picks tasks by that, also for the past. */
#ifndef MODEL_TREND_H
#define MODEL_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "model/survey.h"

struct trend_week {
    date_t starts_on;
    int64_t open, overdue; /* at its end; in weeks to come 0 */
    int64_t planned;       /* open if all were closed on their due day */
    int64_t begun, closed; /* in the week: assigned or reopened; closed */
    int64_t newly_overdue; /* became overdue in the week */
};
#define TREND_WEEKS_MOST 260
#define TREND_PACE_WEEKS 8
struct trend {
    struct trend_week *week;
    size_t count, past; /* the first `past` have been; the last of these holds today */
    date_t today;
    int64_t tasks;           /* of the filter */
    int64_t open, never_due; /* now; open ones that the plan never closes */
    /* Net closings (closed less begun) of the last TREND_PACE_WEEKS whole weeks, a week: in
     * hundredths. */
    int64_t pace_hundredths;
    bool open_only;    /* the filter has no task that is closed: there is no pace to be seen */
    date_t zero_on;    /* when the open ones would be none at that pace; DATE_NONE: never */
    date_t planned_on; /* the last due day of the open ones; DATE_NONE: none of them is ever due */
};
/* `weeks` back from today (at most TREND_WEEKS_MOST; 0: from the first task's on), and on until the
 * plan has come to its end, for TREND_WEEKS_MOST at most, however long the past is. The survey's
 * result is a struct trend. */
bool trend_open(struct model *model, const char *filter, int weeks, struct survey **out,
    struct query_error *err);
void trend_free(struct trend *trend); /* NULL is fine */

/* How it stands, translated: "63 open, 4 more than planned; 0.4 fewer each week of the last 8: none
 * left about 2030-02." */
void trend_sentence(const struct trend *trend, struct strbuf *out);
/* The same for little room, the longest of TREND_SENTENCES that has it: 0 is the whole of it, each
 * later one leaves out more, none its end. */
enum { TREND_SENTENCES = 4 };
void trend_sentence_short(const struct trend *trend, int sentence, struct strbuf *out);

#endif
