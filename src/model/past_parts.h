/* past_parts: what the files that bring the past back share. */
#ifndef MODEL_PAST_PARTS_H
#define MODEL_PAST_PARTS_H

#include "base/date.h"
#include "model/field.h"
#include "store/db.h"

struct past {
    struct db *db;
    int64_t seq;              /* the last line that counts */
    char moment[25], day[11]; /* as the columns hold them */
};

/* past_replay.c: puts back what the lines after `seq` changed. */
bool past_replay(const struct past *past, struct error *err);

/* past_lines.c: the lines after `seq` that are of a task. */
struct past_item {
    const struct field *field;
    int64_t key; /* of the row that belongs to the task; 0: a script's report, or the task itself */
    const char *before;
};
struct past_line {
    int64_t task;
    bool outside; /* a script's */
    const struct past_item *item;
    size_t count;
};
/* What is told lives until the call returns. */
typedef bool past_line_use(void *context, const struct past_line *line, struct error *err);
bool past_lines(const struct past *past, past_line_use *each, void *context, struct error *err);

/* past_tasks.c: rows of tasks. */
#define PAST_VALUES 64 /* fields of a task, at most */
struct past_value {
    const struct field *field; /* of the task's own row */
    const char *value;
};
struct past_tasks *past_tasks_new(const struct past *past);
void past_tasks_free(struct past_tasks *tasks);
/* Puts values back, and who last changed it. `there`: whether there is such a row. */
bool past_task_put(struct past_tasks *tasks, int64_t id, const struct past_value *values,
    size_t count, bool *there, struct error *err);

/* past_lists.c: regions and departments of one task. */
bool past_lists(const struct past *past, int64_t task_id, struct error *err);

#endif
