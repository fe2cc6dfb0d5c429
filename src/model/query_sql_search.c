/* query_sql_search: text, looked for in the search index, and in the tasks themselves where that is
 * cheaper or the index lags behind. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "model/search.h"
#include "query_sql_parts.h"

/* Whether a look at the task's own text finds exactly what the index does: one run of Chinese. */
static bool is_plain(const char *text)
{
    uint32_t code;
    for (int bytes; (bytes = text_decode(text, &code)) > 0; text += bytes)
        if (code < 0x4E00 || code > 0x9FFF)
            return false;
    return true;
}

/* The FTS query of a text, or of an `and` of texts. */
static void add_match(struct strbuf *match, const struct query *query)
{
    if (query->kind == QUERY_AND) {
        add_match(match, query->left);
        strbuf_add(match, " AND ");
        add_match(match, query->right);
        return;
    }
    if (query->kind == QUERY_FIELD)
        strbuf_add(match, "title : ");
    search_query(match, query->text);
}

static int put_match(struct sql_maker *maker, const struct query *query)
{
    struct strbuf match = {0};
    add_match(&match, query);
    int bind = sql_text(maker, strbuf_text(&match));
    strbuf_clear(&match);
    return bind;
}

/* --- in the task's own text ---------------------------------------------------------------- */

struct look {
    struct sql_maker *maker;
    const char *alias;
    bool title_only;
    size_t runs;
};

static void look_run(void *context, const char *run)
{
    struct look *look = context;
    struct sql_maker *maker = look->maker;
    const char *a = look->alias;
    const char *fold = "";
    for (const char *c = run; *c; c++)
        if (isalpha((unsigned char)*c))
            fold = "lower";
    int bind = sql_text(maker, run);
    sql_put(maker, "%s(instr(%s(%s.title), $%d) > 0", look->runs++ ? " AND " : "", fold, a, bind);
    if (!look->title_only)
        sql_put(maker,
            " OR instr(%s(%s.problem), $%d) > 0 OR instr(%s(%s.goal), $%d) > 0 OR EXISTS (SELECT 1 "
            "FROM measure m WHERE m.task_id = %s.id AND instr(%s(m.text), $%d) > 0) OR EXISTS "
            "(SELECT 1 "
            "FROM target g WHERE g.task_id = %s.id AND instr(%s(g.text), $%d) > 0)",
            fold, a, bind, fold, a, bind, a, fold, bind, a, fold, bind);
    sql_put(maker, ")");
}

static void put_look(struct sql_maker *maker, const struct query *query, const char *alias)
{
    if (query->kind == QUERY_AND) {
        put_look(maker, query->left, alias);
        sql_put(maker, " AND ");
        put_look(maker, query->right, alias);
        return;
    }
    struct look look = {maker, alias, query->kind == QUERY_FIELD, 0};
    sql_put(maker, "(");
    search_runs(query->text, look_run, &look);
    sql_put(maker, ")");
}

/* --- in the index -------------------------------------------------------------------------- */

void sql_search_set(struct sql_maker *maker, const struct query *query)
{
    sql_put(maker, "SELECT rowid FROM search WHERE search MATCH $%d", put_match(maker, query));
    if (maker->stale) {
        sql_put(maker, " AND rowid NOT IN (SELECT task_id FROM search_stale) UNION ALL SELECT u.id "
                       "FROM search_stale s JOIN task u ON u.id = s.task_id WHERE ");
        if (maker->counting)
            sql_put(maker, "1 = 1");
        else
            put_look(maker, query, "u");
    }
    if (query->kind == QUERY_TEXT && sql_is_identity(query->text)) {
        sql_put(maker, " UNION ALL ");
        sql_identity_set(maker, query->text);
    }
}

void sql_search_direct(struct sql_maker *maker, const struct query *query)
{
    if (maker->mode == SQL_NEAR && is_plain(query->text)) {
        put_look(maker, query, "t");
        return;
    }
    if (maker->mode != SQL_ONE) {
        sql_put(maker, "+t.id IN (");
        sql_search_set(maker, query);
        sql_put(maker, ")");
        return;
    }
    sql_put(maker, "(");
    if (maker->stale) {
        sql_put(maker, "CASE WHEN t.id IN (SELECT task_id FROM search_stale) THEN ");
        put_look(maker, query, "t");
        sql_put(maker, " ELSE ");
    }
    sql_put(maker, "t.id IN (SELECT rowid FROM search WHERE search MATCH $%d AND rowid = t.id)",
        put_match(maker, query));
    if (maker->stale)
        sql_put(maker, " END");
    if (query->kind == QUERY_TEXT && sql_is_identity(query->text)) {
        sql_put(maker, " OR t.id IN (");
        sql_identity_set(maker, query->text);
        sql_put(maker, ")");
    }
    sql_put(maker, ")");
}
