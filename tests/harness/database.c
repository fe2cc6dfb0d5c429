#include "database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/strbuf.h"

static const char units[] =
    "INSERT INTO region (id, code, name, short, level, parent_id, position) VALUES"
    " (1, '210000', '辽宁省', '辽宁', 'province', NULL, 0),"
    " (2, '210100', '沈阳市', '沈阳', 'city', 1, 1), (3, '210400', '抚顺市', '抚顺', 'city', 1, 2),"
    " (4, '211100', '盘锦市', '盘锦', 'city', 1, 3), (5, '210421', '抚顺县', '抚顺县', 'county', "
    "3, 1),"
    " (6, '211122', '盘山县', '盘山县', 'county', 4, 1);"
    "INSERT INTO department (id, name, short, region_id, position) VALUES"
    " (1, '省生态环境厅', '生态环境厅', 1, 1), (2, '省水利厅', '水利厅', 1, 2),"
    " (3, '省自然资源厅', '自然资源厅', 1, 3), (4, '市生态环境局', '生态环境局', 3, 1);"
    "INSERT INTO source (id, code, name, year, kind, rhythm, position) VALUES"
    " (1, '2', '第二轮中央生态环境保护督察', 2021, 'inspection', 'weekly', 1),"
    " (2, 'L1', '抚顺县问题清单', 2024, 'problem_list', 'monthly', 2),"
    " (3, 'P', '美丽辽宁行动方案', 2024, 'plan', 'none', 3);"
    "INSERT INTO sponsor (id, name, post, region_id) VALUES (1, '赵明', '副省长', 3);";

static void must(bool ok, const struct error *err)
{
    if (!ok)
        fail_msg("%s", err->text);
}

static struct db *open_db(const char *path)
{
    struct error err = {0};
    struct db *db = NULL;
    must(db_open(path, DB_READ_WRITE, &db, &err), &err);
    return db;
}

static void write_into(struct db *db, const char *sql)
{
    struct error err = {0};
    must(db_write_begin(db, &err), &err);
    must(db_script(db, sql, &err), &err);
    must(db_write_commit(db, &err), &err);
}

void database_make(const char *path)
{
    struct error err = {0};
    struct db *db = NULL;
    must(db_open(path, DB_CREATE, &db, &err), &err);
    write_into(db, units);
    db_close(db);
}

void database_write(const char *path, const char *sql)
{
    struct db *db = open_db(path);
    write_into(db, sql);
    db_close(db);
}

void database_script(const char *path, const char *sql)
{
    pid_t child = fork();
    int status;
    if (child == 0) {
        execlp("sqlite3", "sqlite3", "-bail", path, sql, (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int64_t database_number(const char *path, const char *sql)
{
    struct error err = {0};
    struct db *db = open_db(path);
    struct db_statement *statement;
    must(db_prepare(db, sql, &statement, &err), &err);
    assert_int_equal(db_step(statement, &err), DB_ROW);
    int64_t number = db_int(statement, 0);
    db_finish(statement);
    db_close(db);
    return number;
}

void database_task(const char *path, int number, const char *title)
{
    struct strbuf sql = {0};
    strbuf_format(&sql,
        "INSERT INTO task (source_id, number, position, title, state, deadline, lead_id, "
        "region_id, "
        "version) VALUES (1, '%03d', %d, '%s', 'in_progress', '2026-12-31', 1, 3, 1)",
        number, number, title);
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

/* --- random tasks ---------------------------------------------------------------------------- */

static unsigned next_number(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

/* Days around today, in quotes; sometimes none. */
static void add_day(struct strbuf *sql, unsigned *seed, const char *none)
{
    if (next_number(seed, 6) == 0)
        strbuf_add(sql, none);
    else
        strbuf_format(sql, "date('2026-11-21', '%+d days')", (int)next_number(seed, 90) - 45);
}

static void add_task(struct strbuf *sql, unsigned *seed, int number)
{
    static const char *const states[] = {
        "not_started", "in_progress", "submitted", "in_review", "publicised", "closed"};
    static const char *const kinds[] = {"date", "immediate", "ongoing", "date_ongoing"};
    unsigned state = next_number(seed, 6);
    unsigned lead = next_number(seed, 5);
    strbuf_format(sql,
        "(%u, '%03d', %d, '整改任务 %d', '%s', %u, %u, %u, '%s', nullif(%u, 0), %u, 1, "
        "'2026-11-%02uT08:00:00.000Z', ",
        1 + next_number(seed, 3), number, number, number, states[state],
        state == 1 ? next_number(seed, 2) : 0, next_number(seed, 2), next_number(seed, 101),
        kinds[next_number(seed, 4)], lead, 1 + next_number(seed, 6), 1 + next_number(seed, 21));
    add_day(sql, seed, "NULL");
    strbuf_add(sql, ", ");
    add_day(sql, seed, "NULL");
    strbuf_add(sql, ", ");
    add_day(sql, seed, "''");
    strbuf_add(sql, ")");
}

void database_tasks(const char *path, unsigned seed, int count)
{
    struct strbuf sql = {0};
    int first = (int)database_number(path, "SELECT coalesce(max(position), 0) + 1 FROM task");
    /* one statement: compiling its triggers takes longer than running them */
    strbuf_add(&sql,
        "INSERT INTO task (source_id, number, position, title, state, returned, listed, percent, "
        "deadline_kind, lead_id, region_id, version, updated_at, assigned_on, deadline, "
        "reported_on) "
        "VALUES ");
    for (int i = 0; i < count; i++) {
        strbuf_add(&sql, i > 0 ? ", " : "");
        add_task(&sql, &seed, first + i);
    }
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

/* --- models ---------------------------------------------------------------------------------- */

struct model *database_open_reach(const char *path, const char *reach)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {
        .name = (char *)"李娜", .role = PERSON_ADMIN, .reach = (char *)reach};
    const struct model_options options = {
        .path = path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    must(model_open(&options, &model, &err), &err);
    return model;
}

struct model *database_open(const char *path)
{
    return database_open_reach(path, NULL);
}
