/* member: whether one task is in a filter and in the person's reach. For placing changed tasks in a
 * list, and for reads that come by a task some other way than a filter. */
#ifndef MODEL_MEMBER_H
#define MODEL_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "model/model.h"
#include "model/query.h"
#include "model/query_sql.h"
#include "store/db.h"

struct member {
    struct db_statement *statement; /* NULL: every task is */
    struct sql sql;
};

/* `query` NULL: the reach alone. Ends by itself when it fails. */
bool member_begin(
    struct member *member, struct model *model, const struct query *query, struct error *err);
bool member_ask(struct member *member, int64_t task_id, bool *is, struct error *err);
void member_end(struct member *member);
/* The reach alone, asked once. A task that is not there is in no reach but that of everything. */
bool member_in_reach(struct model *model, int64_t task_id, bool *is, struct error *err);

/* Binds the values of `sql` from the `first` (counted from 0) on; $1 is the value 0. */
void sql_bind(struct db_statement *statement, const struct sql *sql, size_t first);

#endif
