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
