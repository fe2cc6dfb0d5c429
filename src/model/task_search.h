/* task_search: the next task of an order that holds what somebody looks for. */
#ifndef MODEL_TASK_SEARCH_H
#define MODEL_TASK_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "id_list.h"
#include "model/model.h"

/* Where to look: from `from` on, or back, at most `most` rows. */
struct search_way {
    size_t from, most;
    bool backwards;
};
/* Sets `*found`, and `*index` when there is one. */
bool task_search(struct model *model, const struct id_list *ids, const struct search_way *way,
    const char *text, size_t *index, bool *found, struct error *err);

#endif
