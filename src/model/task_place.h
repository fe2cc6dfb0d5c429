/* task_place: keeps an order right when a few tasks of it changed. */
#ifndef MODEL_TASK_PLACE_H
#define MODEL_TASK_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "id_list.h"
#include "model/model.h"
#include "model/query_sql.h"

/* Placing one task costs some twenty small queries; for more than this many reading again is
 * better. */
#define PLACE_MOST 64

/* `changed` are tasks that may have come, gone or moved; the rest of `list` stands in the order. */
bool task_place(struct model *model, const struct query *query, const struct sort *sort,
    struct id_list *list, const int64_t *changed, size_t count, struct error *err);

#endif
