/* query_sql_order: the orders of a list. */
#include <string.h>

#include "base/language.h"
#include "model/task.h"
#include "query_sql_parts.h"

const struct sort_row sorts[SORT_COUNT] = {
    [SORT_DUE] = {"due", N_("due day")},
    [SORT_NUMBER] = {"number", N_("number")},
    [SORT_STATE] = {"state", N_("state")},
    [SORT_REGION] = {"region", N_("region")},
    [SORT_LEAD] = {"lead", N_("lead")},
    [SORT_PERCENT] = {"percent", N_("percent")},
    [SORT_UPDATED] = {"updated", N_("last change")},
};

/* Keys, the row id last so that no two tasks are equal; @ is the task. `indexed`: an index of task
 * has that order. */
static const struct {
    const char *keys[SORT_KEYS];
    bool indexed;
} orders[SORT_COUNT] = {
    [SORT_DUE] = {{"@.due_on", "@.id"}, true},
    [SORT_NUMBER] = {{"@.source_id", "@.position", "@.part", "@.id"}, true},
    [SORT_STATE] = {{NULL, "@.due_on", "@.id"}, false}, /* the first by the table of states */
    [SORT_REGION] = {{"coalesce(@p.rank, 0)", "@.due_on", "@.id"}, false},
    [SORT_LEAD] = {{"coalesce(@d.position, 2147483647)", "coalesce(@.lead_id, 0)", "@.due_on",
                       "@.id"},
        false},
    [SORT_PERCENT] = {{"@.percent", "@.id"}, true},
    [SORT_UPDATED] = {{"@.updated_at", "@.id"}, true},
};

static void put_states(struct sql_maker *maker, const char *alias)
{
    sql_put(maker, "CASE %s.state", alias);
    for (int i = 0; i < STATE_COUNT; i++)
        sql_put(maker, " WHEN '%s' THEN %d", task_states[i].name, i);
    sql_put(maker, " END");
}

static void put_key(struct sql_maker *maker, const char *key, const char *alias)
{
    for (; *key; key++) {
        if (*key == '@')
            strbuf_add(&maker->sql->text, alias);
        else
            strbuf_add_char(&maker->sql->text, *key);
    }
}

void sql_keys(struct sql_maker *maker, enum sort_key key, const char *alias, bool reverse)
{
    for (int i = 0; i < SORT_KEYS; i++) {
        const char *text = orders[key].keys[i];
        if (!text && !(key == SORT_STATE && i == 0))
            break;
        sql_put(maker, i > 0 ? ", " : "");
        if (text)
            put_key(maker, text, alias);
        else
            put_states(maker, alias);
        sql_put(maker, reverse ? " DESC" : "");
    }
}

void sql_order_with(struct sql_maker *maker, enum sort_key key)
{
    if (key == SORT_REGION)
        sql_put(maker,
            "WITH RECURSIVE path(id, path) AS (SELECT id, printf('%%010d.%%d', position, id) FROM "
            "region WHERE parent_id IS NULL UNION ALL SELECT r.id, p.path || printf('/%%010d.%%d', "
            "r.position, r.id) FROM region r JOIN path p ON r.parent_id = p.id), place(id, rank) "
            "AS "
            "MATERIALIZED (SELECT id, row_number() OVER (ORDER BY path) FROM path) ");
}

void sql_order_joins(struct sql_maker *maker, enum sort_key key, const char *alias)
{
    if (key == SORT_REGION)
        sql_put(maker, " LEFT JOIN place %sp ON %sp.id = %s.region_id", alias, alias, alias);
    else if (key == SORT_LEAD)
        sql_put(maker, " LEFT JOIN department %sd ON %sd.id = %s.lead_id", alias, alias, alias);
}

bool sql_order_is_indexed(enum sort_key key)
{
    return orders[key].indexed;
}

bool query_sql_before(struct model *model, const struct sort *sort, int64_t a, int64_t b,
    bool *before, struct error *err)
{
    struct sql sql = {0};
    struct sql_maker maker = {.sql = &sql};
    struct db_statement *statement;
    sql_order_with(&maker, sort->key);
    sql_put(&maker, "SELECT (");
    sql_keys(&maker, sort->key, "a", false);
    sql_put(&maker, ") %s (", sort->reverse ? ">" : "<");
    sql_keys(&maker, sort->key, "b", false);
    sql_put(&maker, ") FROM task a CROSS JOIN task b");
    sql_order_joins(&maker, sort->key, "a");
    sql_order_joins(&maker, sort->key, "b");
    sql_put(&maker, " WHERE a.id = $1 AND b.id = $2");
    bool good = db_prepare(model_db(model), strbuf_text(&sql.text), &statement, err);
    sql_clear(&sql);
    if (!good)
        return false;
    db_bind_int(statement, 1, a);
    db_bind_int(statement, 2, b);
    enum db_step step = db_step(statement, err);
    *before = step == DB_ROW && db_int(statement, 0) != 0;
    db_finish(statement);
    return step != DB_FAILED;
}
