/* query_sql_parts: what the files that turn a filter into SQL share.
 *
 * A term can be asked in two ways. *Directly*: a look at one task, good where few are looked at. As
 * a *set*: `t.id IN (SELECT ...)`, which an index gives whole, good where a long order is walked. A
 * column of `t` stands as `+t.due_on` in conditions, so that no index is chosen for it: what an
 * order is walked by, and from where to where, is said apart (query_sql_walk.c). */
#ifndef MODEL_QUERY_SQL_PARTS_H
#define MODEL_QUERY_SQL_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "model/query_sql.h"
#include "model/units.h"

enum sql_mode {
    SQL_SETS, /* many tasks are looked at */
    SQL_NEAR, /* some thousand; sets only where a direct look costs more */
    SQL_ONE,  /* one */
};

struct sql_maker {
    struct db *db;
    const struct units *units;
    const struct today *today;
    struct sql *sql;
    struct query_error *err;
    enum sql_mode mode;
    bool by_due;   /* the walk says what is open and when it is due: that need not be a set */
    bool stale;    /* some tasks are not in the search index as they are now */
    bool counting; /* only how many: such tasks count without being looked at */
    bool reach;    /* the terms of the reach are being made */
    bool full;     /* more binds than there is room for */
};

/* --- query_sql_text.c: SQL and its binds --------------------------------------------------- */

void sql_put(struct sql_maker *maker, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The number of a bind with that value; the same value has one. */
int sql_int(struct sql_maker *maker, int64_t value);
int sql_text(struct sql_maker *maker, const char *value); /* copied */
int sql_date(struct sql_maker *maker, date_t date);
void sql_ids(struct sql_maker *maker, const int64_t *ids, size_t count); /* "($1, $2)" */

/* --- query_sql_term.c: what is asked of a task --------------------------------------------- */

/* Appends the condition; false with the error where a value names no unit. */
bool sql_condition(struct sql_maker *maker, const struct query *query);
const char *sql_comparison(enum query_op op);
/* The first moment of a day in the declared zone, as the store has it. */
int sql_day_start(struct sql_maker *maker, date_t date);

/* --- query_sql_set.c: terms that an index answers ------------------------------------------ */

/* Whether the term can be asked as a set. An `and` of texts can, too: the index intersects them. */
bool sql_has_set(const struct sql_maker *maker, const struct query *query);
bool sql_is_text(const struct query *query); /* text that may be joined with others so */
/* "SELECT id ..." without parentheses. */
bool sql_set(struct sql_maker *maker, const struct query *query);

/* --- query_sql_unit.c: terms that name units, and identities ------------------------------- */

bool sql_unit_direct(struct sql_maker *maker, const struct query *query);
bool sql_unit_set(struct sql_maker *maker, const struct query *query);
/* Whether the text has the form of an identity. */
bool sql_is_identity(const char *text);
void sql_identity_set(struct sql_maker *maker, const char *text);
void sql_number_set(struct sql_maker *maker, const char *number);

/* --- query_sql_search.c: terms that look for text ------------------------------------------ */

void sql_search_direct(struct sql_maker *maker, const struct query *query);
void sql_search_set(struct sql_maker *maker, const struct query *query);

/* --- query_sql_order.c: orders -------------------------------------------------------------- */

#define SORT_KEYS 4
/* The keys of an order on task `alias`, "t.due_on, t.id", each with DESC where `reverse`. */
void sql_keys(struct sql_maker *maker, enum sort_key key, const char *alias, bool reverse);
/* What must be joined for them, "" or " JOIN ..."; and what must stand before the SELECT. */
void sql_order_joins(struct sql_maker *maker, enum sort_key key, const char *alias);
void sql_order_with(struct sql_maker *maker, enum sort_key key);
/* Whether an index of task has that order. */
bool sql_order_is_indexed(enum sort_key key);

#endif
