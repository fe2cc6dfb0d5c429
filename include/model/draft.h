/* draft: what a person was writing, kept in the database every few seconds and when the line is
 * lost, and offered when they come back. It is no event and moves no count; other boards take no
 * notice of it. It is its author's own text: it is kept even where they were disabled meanwhile, or
 * the task lies beyond their reach now.
 *
 * What was written of a task that has left the person's reach stays in the database, and is not told
 * of until the task is back; nothing more is kept for it then. Whoever may do less than before keeps
 * what they wrote: keeping a draft asks for no role.
 *
 * One draft for each person, purpose and task. The body of the row is name, base and value of each
 * field, each as its length in bytes, ":", the text and ",". What is read of it is clean, whoever
 * wrote it. */
#ifndef MODEL_DRAFT_H
#define MODEL_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"
#include "model/model.h"

struct draft_item {
    char *name, *value;
    char *base; /* what stood there when the writing began */
};
#define DRAFT_ITEMS_MOST 5000 /* further ones are not read: five for each of 999 measures */
struct draft {
    char *context;   /* what was being done: "edit", an action, "measures" */
    int64_t task_id; /* 0: of no task */
    int64_t since;   /* newest line of the history its author had seen */
    moment_t at;     /* last kept */
    char ident[24];  /* of the task, "" none */
    struct draft_item *item;
    size_t count;
};
void draft_clear(struct draft *draft);
void draft_add(
    struct draft *draft, const char *name, const char *base, const char *value); /* copied */

/* Keeps it in the place of an earlier one; without items it only takes that away. Waits at most
 * DRAFT_WAIT_MS in the queue of writers, for it is asked while somebody types; with `leaving` as
 * long as any change. `at` and `ident` are not read. */
#define DRAFT_WAIT_MS 150
bool draft_keep(struct model *model, const struct draft *draft, bool leaving, struct error *err);
/* `*found` false: there is none. */
bool draft_find(struct model *model, const char *context, int64_t task_id, struct draft *out,
    bool *found, struct error *err);
bool draft_drop(struct model *model, const char *context, int64_t task_id, struct error *err);
/* All of the person, newest first; without their items. The caller clears each and frees the array.
 */
bool draft_list(struct model *model, struct draft **out, size_t *count, struct error *err);

#endif
