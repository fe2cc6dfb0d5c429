/* Filters as SQL: whatever is understood can be asked of a database, or is refused with a sentence.
 * The first byte chooses the order. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/model.h"
#include "model/query.h"
#include "model/query_sql.h"
#include "store/db.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char units[] =
    "INSERT INTO region (id, code, name, short, level, parent_id) VALUES"
    " (1, '210000', '辽宁省', '辽宁', 'province', NULL), (2, '211100', '盘锦市', '盘锦', 'city', "
    "1);"
    "INSERT INTO department (id, name, short, region_id) VALUES (1, '省水利厅', '水利厅', 1);"
    "INSERT INTO source (id, code, name, year) VALUES (1, '2', '第二轮', 2021);"
    "INSERT INTO sponsor (id, name) VALUES (1, '赵明');"
    "INSERT INTO task (source_id, number, title, region_id, version) VALUES (1, '047', '湿地', 2, "
    "1);";

static struct model *model_make(void)
{
    char folder[] = "/tmp/duban-fuzz-XXXXXX", path[64], command[96];
    struct error err = {0};
    struct db *db;
    struct model *model = NULL;
    struct model_options options = {.path = path, .due_soon_days = 30, .due_urgent_days = 7};
    if (!mkdtemp(folder))
        abort();
    snprintf(path, sizeof path, "%s/a.db", folder);
    if (!db_open(path, DB_CREATE, &db, &err) || !db_write_begin(db, &err) ||
        !db_script(db, units, &err) || !db_write_commit(db, &err))
        abort();
    db_close(db);
    if (!model_open(&options, &model, &err))
        abort();
    /* what is open stays readable */
    snprintf(command, sizeof command, "rm -r %s", folder);
    if (system(command) != 0)
        abort();
    return model;
}

static void ask(struct model *model, const char *before, struct sql *sql)
{
    char *text = malloc(strlen(before) + sql->text.length + 1);
    struct error err = {0};
    struct db_statement *statement;
    assert(text);
    strcpy(text, before);
    strcat(text, strbuf_text(&sql->text));
    if (!db_prepare(model_db(model), text, &statement, &err)) {
        fprintf(stderr, "%s\n%s\n", err.text, text);
        abort();
    }
    for (size_t i = 0; i < sql->count; i++) {
        if (sql->binds[i].text)
            db_bind_text(statement, (int)i + 1, sql->binds[i].text);
        else
            db_bind_int(statement, (int)i + 1, sql->binds[i].number);
    }
    enum db_step step;
    while ((step = db_step(statement, &err)) == DB_ROW)
        ;
    if (step == DB_FAILED) {
        fprintf(stderr, "%s\n%s\n", err.text, text);
        abort();
    }
    db_finish(statement);
    sql_clear(sql);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct model *model;
    struct query *query = NULL;
    struct query_error wrong = {0};
    struct sql sql = {0};
    if (!model)
        model = model_make();
    if (size == 0)
        return 0;
    struct sort sort = {data[0] % SORT_COUNT, data[0] & 64};
    char *text = malloc(size);
    assert(text);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    if (query_parse(text, &query, &wrong)) {
        bool good = query_sql_list(model, query, &sort, &sql, &wrong);
        if (good)
            ask(model, "", &sql);
        else
            assert(wrong.text[0] && wrong.at + wrong.length <= strlen(text));
        if (good && query_sql_condition(model, query, &sql, &wrong))
            ask(model, "SELECT 1 FROM task t WHERE ", &sql);
        if (good && query_sql_member(model, query, &sql, &wrong))
            ask(model, "", &sql);
        query_free(query);
    }
    free(text);
    return 0;
}
