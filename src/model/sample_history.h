/* sample_history: the history that the rows of sample-data tell of. No file lists events: each
 * task's are derived from its dates (claimed, started, reported, submitted, reviewed ..), given a
 * time of day in working hours that is always the same for the same task, and written in the order
 * of time over all tasks. Rows that cannot lead to the state their task is in are a fault, named by
 * line. */
#ifndef MODEL_SAMPLE_HISTORY_H
#define MODEL_SAMPLE_HISTORY_H

#include "sample_rows.h"

enum sample_step_kind { /* on one day they happen in this order */
    STEP_CLAIM,
    STEP_EXTEND,
    STEP_DECIDE,
    STEP_START,
    STEP_NOTICE,
    STEP_REPLY,
    STEP_LIFT,
    STEP_MEASURE,
    STEP_REPORT,
    STEP_DONE,
    STEP_SUBMIT,
    STEP_ACCEPT,
    STEP_REVIEW,
    STEP_PUBLICISE,
    STEP_OBJECT,
    STEP_SETTLE,
    STEP_CLOSE,
    STEP_KINDS
};

struct sample_step {
    size_t task;
    enum sample_step_kind kind;
    date_t date;
    size_t order; /* among equals: as the rows stand in their file */
    moment_t at;
    struct sample_row *row; /* NULL where it follows from the task alone */
};
struct sample_steps {
    struct sample_step *step;
    size_t count, capacity;
};

/* What a task has become when its steps are done, for the columns no file gives. */
struct sample_outcome {
    moment_t first, last;
    char actor[64]; /* of the last */
    date_t submitted_on;
};

/* sample_steps.c: the steps of all tasks, in the order of time. */
void sample_steps_plan(
    struct sample_steps *steps, struct sample_rows *rows, const struct sample_clock *clock);
uint64_t sample_hash(const char *text, uint64_t salt);

/* sample_history.c: appends an event for each step within the caller's transaction and leaves its
 * seq in the step's row. `outcomes` has a place for each task. */
bool sample_history_write(const struct sample_steps *steps, struct sample_rows *rows,
    const struct sample_units *units, struct sample_outcome *outcomes, struct db *db,
    struct error *err);

#endif
