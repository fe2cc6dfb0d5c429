#include "member.h"

#include <string.h>

bool member_begin(
    struct member *member, struct model *model, const struct query *query, struct error *err)
{
    static const struct query all = {.kind = QUERY_ALL};
    memset(member, 0, sizeof *member);
    if (query == NULL && model_reach(model) == NULL)
        return true;
    struct query_error wrong;
    if (!query_sql_member(model, query != NULL ? query : &all, &member->sql, &wrong)) {
        member_end(member);
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    }
    if (!db_prepare(model_db(model), strbuf_text(&member->sql.text), &member->statement, err)) {
        member_end(member);
        return false;
    }
    return true;
}

bool member_ask(struct member *member, int64_t task_id, bool *is, struct error *err)
{
    if (member->statement == NULL) {
        *is = true;
        return true;
    }
    db_bind_int(member->statement, 1, task_id);
    sql_bind(member->statement, &member->sql, 1);
    enum db_step step = db_step(member->statement, err);
    *is = step == DB_ROW;
    db_reset(member->statement);
    return step != DB_FAILED;
}

void member_end(struct member *member)
{
    db_finish(member->statement);
    member->statement = NULL;
    sql_clear(&member->sql);
}

bool member_in_reach(struct model *model, int64_t task_id, bool *is, struct error *err)
{
    struct member reach;
    if (!member_begin(&reach, model, NULL, err))
        return false;
    bool asked = member_ask(&reach, task_id, is, err);
    member_end(&reach);
    return asked;
}

void sql_bind(struct db_statement *statement, const struct sql *sql, size_t first)
{
    for (size_t i = first; i < sql->count; i++)
        if (sql->binds[i].text != NULL)
            db_bind_text(statement, (int)i + 1, sql->binds[i].text);
        else
            db_bind_int(statement, (int)i + 1, sql->binds[i].number);
}
