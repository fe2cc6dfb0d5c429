/* task_ledger: what tables and lists tell of tasks, of many at once: the texts, the units, the
 * measures, and of reports and public notices the latest. Tasks whose
 * ids lie together are read with one statement of each kind, where the detail of a task
 * (model/task_detail.h) asks a dozen of its own; what is not asked for is not read. Strings are
 * scrubbed. */
#ifndef MODEL_TASK_LEDGER_H
#define MODEL_TASK_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "model/task.h"
#include "model/task_detail.h"

#define LEDGER_NEVER ((moment_t)-1)
struct ledger_units {
    int64_t *id; /* in their order */
    size_t count;
};
/* What there is besides the task itself. */
enum ledger_part {
    LEDGER_UNITS = 1, /* regions and departments */
    LEDGER_MEASURES = 2,
    LEDGER_REPORT = 4,     /* the latest */
    LEDGER_REPORTED = 8,   /* when somebody last reported */
    LEDGER_PUBLICITY = 16, /* the latest */
    LEDGER_TARGETS = 32,   /* measurable goals */
};
struct ledger_batch {
    const int64_t *ids;
    size_t count;
    unsigned parts; /* of enum ledger_part; the others stay empty */
};
struct ledger_task {
    struct task_row row; /* id 0: it is gone, or in reach no more */
    char *number;
    int part;
    char *problem, *goal, *category, *deadline_raw, *officer, *phone, *close_document;
    date_t assigned_on;
    struct ledger_units regions, leads, responsible, cooperating;
    struct measure *measures;
    size_t measure_count;
    struct task_target *targets;
    size_t target_count;
    moment_t reported_at; /* LEDGER_NEVER: nobody has */
    /* The latest report; DATE_NONE and "" where there is none. */
    date_t period_start, period_end;
    char *report, *problems, *next_step, *reporter;
    date_t public_from, public_until; /* of the latest public notice */
    bool public_working;              /* its days are working days */
    char *office, *office_phone, *address, *email;
};

/* `tasks` has room for as many, and is filled in their order; within reach. One snapshot. On
 * success the caller clears each. */
bool task_ledger_read(struct model *model, const struct ledger_batch *batch,
    struct ledger_task *tasks, struct error *err);
void ledger_task_clear(struct ledger_task *task);

#endif
