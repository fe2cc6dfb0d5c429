/* scorecard: places or departments ranked by how they did this month, beside last month.
 *
 * A unit's tasks are those that touch the place (a task of two counties counts in each, and once in
 * the city both belong to), or that the department leads. Columns:
 *
 *   on_time     of its tasks due within the month (of this month, up to yesterday), how many were
 *               closed by their due day. The due day is the one that stood at the month's end, so
 *               an extension takes a task out of the month. A task that was made after its due day
 *               is not measured.
 *   reports     of the reports that fell due within the month (up to yesterday), how many were
 *               filed by their day. A report falls due rules.report_grace days after its period has
 *               ended (1: by the end of the day after it; of a week, on Monday). It is owed by a
 *               task that was there before the period's last day, and open at its end, to the
 *               rhythm of its source. Filed is what stands in the table of reports.
 *   overdue     overdue at the end of the month (today), of open then
 *   days        their days overdue together
 *   returned    sent back within the month, by a check or by an objection upheld, and not taken
 *               back
 *   notices     received within the month
 *   unaccepted  work done for more than TASK_UNACCEPTED_DAYS and not before the public, at the end
 *               of the month; of last month by the day of done work that stands there now
 *
 * The score. Shares are weighed against each other (on_time, reports, in time = 1 - overdue/open);
 * a share that has nothing to be measured on leaves its weight to the others. Of the hundred they
 * give, points are taken for each return, notice, unaccepted task. Weights and points are rules
 * (model/rules.h). Each share's part is rounded to hundredths, so that what scorecard_explain shows
 * adds up; the score to tenths, never below 0. A unit with nothing to be measured on has none,
 * nor have the tasks without a lead, which stand last.
 *
 * Costs. A survey of the filter's tasks with their lives, and reports, returns, notices and public
 * notices of the two months by their indexes: tests/bench_overview.c. */
#ifndef MODEL_SCORECARD_H
#define MODEL_SCORECARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "model/survey.h"

enum score_column {
    SCORE_ON_TIME,
    SCORE_REPORTS,
    SCORE_OVERDUE,
    SCORE_DAYS,
    SCORE_RETURNED,
    SCORE_NOTICES,
    SCORE_UNACCEPTED,
    SCORE_COLUMN_COUNT
};
extern const struct score_column_row {
    const char *name, *head, *label; /* on_time ..; N_() a short and a full one */
    bool share;                      /* part of whole, shown in percent */
} score_columns[SCORE_COLUMN_COUNT];
/* Columns as the option score.columns names them: `shown` has room for all. False: one is unknown
 * or named twice, or none is named. */
bool score_columns_parse(const char *names, enum score_column shown[static SCORE_COLUMN_COUNT],
    size_t *count, struct error *err);

struct score_value {
    int64_t part, whole; /* whole 0: nothing to be measured on; of counts only part is used */
};
enum { SCORE_THIS, SCORE_LAST, SCORE_MONTHS };
enum { SCORE_WEEKS = 12, SCORE_NONE = -1 };
struct score_month {
    struct score_value value[SCORE_COLUMN_COUNT];
    int score; /* tenths, or SCORE_NONE */
};
struct score_line {
    int64_t unit_id; /* 0: no lead */
    char *label;     /* owned */
    char *term;      /* of the filter language: the unit's tasks; owned */
    struct score_month month[SCORE_MONTHS];
    int64_t
        overdue_weeks[SCORE_WEEKS]; /* at the end of each week, the oldest first; the last: now */
    int64_t open;                   /* now */
    int rank;                       /* from 1; units with the same score share it; 0: no score */
    /* The tasks behind this month's returns and notices, those not closed or with a report not
     * filed in time; and of the last two all that are measured: as far as SCORE_NAMED. */
    struct score_tasks {
        int64_t *id; /* owned */
        size_t count, capacity;
    } tasks[SCORE_COLUMN_COUNT], measured[SCORE_COLUMN_COUNT];
};
#define SCORE_NAMED 60
enum score_units { SCORE_CITIES, SCORE_COUNTIES, SCORE_LEADS, SCORE_UNITS_COUNT };
extern const struct score_units_row {
    const char *name, *label;
} score_units[SCORE_UNITS_COUNT]; /* city county lead; N_() */
bool score_units_find(const char *name, enum score_units *out, struct error *err);

struct score_work;
struct scorecard {
    enum score_units units;
    date_t today, month; /* the first day of this month */
    char *filter;        /* as it was given; "" none */
    /* Units with any task in the filter, best first, neighbours of the same score in their own
     * order; those without a score last. */
    struct score_line *line;
    size_t count, ranked;    /* the first `ranked` have a score */
    struct score_work *work; /* while it is being made */
};
/* The survey's result is a struct scorecard. */
bool scorecard_open(struct model *model, enum score_units units, const char *filter,
    struct survey **out, struct query_error *err);
void scorecard_free(struct scorecard *card); /* NULL is fine */

/* The value in percent, in tenths, of a share; of the score's "in time" for SCORE_OVERDUE. */
int score_percent(enum score_column column, const struct score_value *value);
/* Whether `a` did worse than `b` in the column: as qsort wants it, the worst first. */
int score_worse(enum score_column column, const struct score_value *a, const struct score_value *b);
/* "17/20", "3/41", "112", "2"; "" of a share that has nothing to be measured on. */
void score_text(enum score_column column, const struct score_value *value, struct strbuf *out);
/* "87.5"; "" for SCORE_NONE. */
void score_format(int score, struct strbuf *out);

/* The filter of the tasks behind this month's number of a line (SCORE_COLUMN_COUNT: its open ones),
 * as far as a filter can tell them: of a share those that were not in time, all that are measured
 * where each was; where they are too many to be named, those that are so now. `listed` says in
 * words which of these it is, translated. NULL: there are none. Caller frees. */
char *scorecard_filter(const struct scorecard *card, size_t line, enum score_column column,
    const char **listed);
/* How the score of a month came about, translated, a line each: "On time 17/20 85.0% × 40 = 34.00".
 */
void scorecard_explain(const struct model *model, const struct scorecard *card, size_t line,
    int month, struct strbuf *out);

#endif
