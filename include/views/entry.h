/* entry: a form that ends in one request of the model: the fields of a task, a new task, or what an
 * action of the workflow must be told; for one task or for many at once. What the form asks is read
 * from the tables of fields and of the workflow.
 *
 * What is typed is kept as a draft every few seconds and when the line is lost; opened again for
 * the same purpose and task it stands there as it was left, with a line of what others changed
 * since. Esc leaves and keeps the draft, C-g leaves and drops it, C-s saves. A save that others'
 * changes clash with asks which shall stand; one for many tasks is shown before it is done. */
#ifndef VIEWS_ENTRY_H
#define VIEWS_ENTRY_H

#include "model/work.h"
#include "views/views.h"

struct entry_ops {
    /* It is saved (or left with a draft): the owner tells `message` when the screen below is back,
     * and shows the task when it is a new one (0: it is not). */
    void (*said)(void *context, enum role role, const char *message, int64_t new_task);
    /* A question to be put on top. */
    void (*ask)(void *context, struct view *view);
};
/* `action` is of the workflow table or "create" (then count is 0). Fails when the one task is not
 * to be seen, or the action is not possible now (the sentence says why). */
bool entry_open(const struct view_env *env, const struct entry_ops *ops, void *context,
    const char *action, const int64_t *ids, size_t count, struct view **out, struct error *err);

#endif
