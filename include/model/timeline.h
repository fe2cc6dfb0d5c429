/* timeline: the open tasks that are due some day, in the order of their days, and what lies on the
 * way: their measures not done yet. What costs is what somebody looks at: the order streams from an
 * index (model/task_list.h), and rows are read by id. */
#ifndef MODEL_TIMELINE_H
#define MODEL_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "model/task.h"
#include "model/task_list.h"

struct timeline;
/* Of the open tasks of a filter ("": all). Tasks within the person's reach. */
bool timeline_open(
    struct model *model, const char *filter, struct timeline **out, struct query_error *err);
void timeline_close(struct timeline *timeline);             /* NULL is fine */
struct task_list *timeline_list(struct timeline *timeline); /* borrowed; for looking only */
/* As those of the list, for the list and the count of what is not in it. */
int timeline_fd(const struct timeline *timeline);
bool timeline_take(struct timeline *timeline, struct error *err);
void timeline_wait(struct timeline *timeline, size_t rows, int milliseconds);
bool timeline_complete(const struct timeline *timeline);
bool timeline_update(struct timeline *timeline, const struct changes *changes, struct error *err);
bool timeline_reread(struct timeline *timeline, struct error *err);
/* How many open tasks of the filter are never due and so are not in the list; -1 while they are
 * being counted. */
int64_t timeline_never_due(const struct timeline *timeline);

/* A measure that is neither done nor waived. */
struct timeline_measure {
    date_t due_on; /* DATE_NONE: it has no day of its own */
    char *text;
};
#define TIMELINE_MEASURES 100 /* of one task; later ones are left out */
struct timeline_row {
    struct task_row task;             /* id 0: it is gone */
    date_t starts_on;                 /* assigned; DATE_NONE */
    struct timeline_measure *measure; /* by their days, those without one last */
    size_t measures;
};
/* Rows of `ids` in that order, all of one moment. The caller clears them. */
bool timeline_rows_read(struct model *model, const int64_t *ids, size_t count,
    struct timeline_row *rows, struct error *err);
void timeline_row_clear(struct timeline_row *row);

#endif
