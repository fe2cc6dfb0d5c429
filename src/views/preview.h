/* preview: what one action would do to each of many tasks, before it is done: how many will be
 * changed, which are left out and why. Enter does it, Esc goes back; where nothing can be done
 * Enter only goes back too. What others do meanwhile is seen: the tasks they change are tried
 * again. */
#ifndef VIEWS_PREVIEW_H
#define VIEWS_PREVIEW_H

#include "model/work.h"
#include "views/views.h"

struct preview_ops {
    enum effect (*confirmed)(void *context);
};
/* Tries the request on the tasks (work_do_many with `try`); copies ids and request. `title`: what
 * will be done, in words ("Submit for acceptance"). Those left out stand first, grouped by reason;
 * each row tells ident, state, title. */
bool preview_open(const struct view_env *env, const struct preview_ops *ops, void *context,
    const char *title, const int64_t *ids, size_t count, const struct request *request,
    struct view **out, struct error *err);

#endif
