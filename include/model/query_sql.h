/* query_sql: a filter and an order made into SQL with binds. Values are always bound. */
#ifndef MODEL_QUERY_SQL_H
#define MODEL_QUERY_SQL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "model/query.h"
#include "store/db.h"

struct model;

enum sort_key { SORT_DUE, SORT_NUMBER, SORT_STATE, SORT_REGION, SORT_LEAD, SORT_PERCENT, SORT_UPDATED, SORT_COUNT };
struct sort {
    enum sort_key key;
    bool reverse;
};
struct sort_row { const char *name, *label; };
extern const struct sort_row sorts[SORT_COUNT];
/* "due", or "-due" for the reverse. ERROR_INPUT with a suggestion or the whole list. */
bool sort_parse(const char *text, struct sort *out, struct error *err);

#define SQL_BINDS 512
struct sql {
    struct strbuf text;
    struct db_value binds[SQL_BINDS];
    size_t count;
    char *owned[SQL_BINDS];       /* texts made here */
    size_t owned_count;
};
void sql_clear(struct sql *sql);

/* "SELECT t.id FROM task t WHERE reach AND query ORDER BY sort": streams from an index where one
 * serves the order; a text filter drives from the search index when few match, and follows the order's
 * index when many do. A value that names no unit is an error with a suggestion. */
bool query_sql_list(struct model *model, const struct query *query, const struct sort *sort, struct sql *out, struct query_error *err);
/* The condition alone, on `t`: "t.is_open = 1 AND ..." */
bool query_sql_condition(struct model *model, const struct query *query, struct sql *out, struct query_error *err);
/* "SELECT 1 FROM task t WHERE t.id = $1 AND (reach AND query)". */
bool query_sql_member(struct model *model, const struct query *query, struct sql *out, struct query_error *err);
/* The rows of `candidates`, a SELECT of tasks with `task_id` first among its columns, whose task is in
 * reach; $1 is the caller's. For as many as somebody may have to answer for: one statement for all,
 * where asking for each would read the places of the reach again each time. */
bool query_sql_within(struct model *model, const char *candidates, struct sql *out, struct query_error *err);
/* Whether row order puts task `a` before task `b`, by a query on both (used to place a changed task). */
bool query_sql_before(struct model *model, const struct sort *sort, int64_t a, int64_t b, bool *before, struct error *err);

#endif
