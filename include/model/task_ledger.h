/* task_ledger: what ledgers tell of tasks, of many at once: the texts, the units, the measures, and
 * of reports and public notices the latest. Some dozen tasks are read with one statement of each
 * kind, where the detail of a task (model/task_detail.h) asks a dozen statements of its own.
 * Strings are scrubbed. */
#ifndef MODEL_TASK_LEDGER_H
#define MODEL_TASK_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "model/task.h"

struct ledger_units {
    int64_t *id; /* in their order */
    size_t count;
};
struct ledger_measure {
    int position;
    char *text, *waived;
    date_t due_on, done_on;
};
struct ledger_task {
    struct task_row row; /* id 0: it is gone, or in reach no more */
    char *number;
    int part;
    char *problem, *goal, *category, *deadline_raw, *officer, *phone, *close_document;
    date_t assigned_on;
    struct ledger_units regions, leads, responsible, cooperating;
    struct ledger_measure *measures;
    size_t measure_count;
    /* The latest report; DATE_NONE and "" where there is none. */
    date_t period_start, period_end;
    char *report, *problems, *next_step, *reporter;
    date_t public_from, public_until; /* of the latest public notice */
};

/* `tasks` has room for `count`, and is filled in the order of `ids`; within reach. One snapshot. On
 * success the caller clears each. */
bool task_ledger_read(struct model *model, const int64_t *ids, size_t count,
    struct ledger_task *tasks, struct error *err);
void ledger_task_clear(struct ledger_task *task);

#endif
