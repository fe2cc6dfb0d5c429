/* menu: what can be done now to a task, or to the marked ones, from the table of the workflow; and
 * why the rest cannot. A digit or Enter chooses; the chosen action's form is the owner's to open.
 */
#ifndef VIEWS_MENU_H
#define VIEWS_MENU_H

#include "model/work.h"
#include "views/views.h"

struct menu_ops {
    /* The menu is still there: EFFECT_BACK takes it away, and what was pushed on it before with it.
     */
    enum effect (*chosen)(
        void *context, const struct transition *transition, const int64_t *ids, size_t count);
};
/* Copies the ids. */
bool menu_open(const struct view_env *env, const struct menu_ops *ops, void *context,
    const int64_t *ids, size_t count, struct view **out, struct error *err);

#endif
