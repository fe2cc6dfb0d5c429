/* drafts: what this person began to write and did not save. Enter goes on with it, x drops it. */
#ifndef VIEWS_DRAFTS_H
#define VIEWS_DRAFTS_H

#include "model/draft.h"
#include "views/views.h"

struct drafts_ops {
    enum effect (*chosen)(void *context, const struct draft *draft);
};
bool drafts_open(const struct view_env *env, const struct drafts_ops *ops, void *context,
    struct view **out, struct error *err);

#endif
