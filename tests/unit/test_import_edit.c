/* What an import changes is what a person would have changed by hand: the same rows, the same lines
 * of the history, whatever is told of whichever task. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/import.h"
#include "model/work.h"

enum { TASKS = 6, ROUNDS = 60 };

static const struct {
    const char *field, *words[4]; /* "": not told */
} told[] = {
    {"goal", {"", "恢复湿地", "水质达标", "清零"}},
    {"problem", {"", "侵占湿地", "污水直排", "侵占湿地\n污水直排"}},
    {"category", {"", "水", "大气", "土壤"}},
    {"lead", {"", "省水利厅", "省水利厅、省自然资源厅", "省生态环境厅"}},
    {"cooperating", {"", "省自然资源厅", "省生态环境厅、省水利厅", ""}},
    {"supervisor", {"", "省生态环境厅", "省水利厅", ""}},
    {"sponsor", {"", "赵明", "", ""}},
    {"officer", {"", "张三", "李四", ""}},
    {"phone", {"", "024-23110001", "13800000000", ""}},
    {"region", {"", "抚顺", "盘锦、抚顺", "盘锦"}}, /* none around another: an import keeps that */
    {"measure.1", {"", "清淤", "截污", ""}},
    {"measure.2", {"", "复绿", "补植", ""}},
};
enum { FIELDS = sizeof told / sizeof *told };

static unsigned rolled(unsigned *dice, unsigned most)
{
    *dice = *dice * 1103515245u + 12345u;
    return (*dice >> 16) % most;
}

static struct model *made(void **state, const char *name, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, name, path);
    database_make(path);
    for (int i = 1; i <= TASKS; i++)
        database_task(path, i, "河段整治");
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

static void import_row(struct model *model, int task, const char *const *words)
{
    static const struct import_options options = {.source = "2"};
    const struct import_place place = {2, 1, "列"};
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    char number[16];
    snprintf(number, sizeof number, "%03d", task);
    import_file(import, "台账.csv");
    import_task(import, place);
    import_value(import, "number", number, place);
    for (size_t i = 0; i < FIELDS; i++)
        import_value(import, told[i].field, words[i], place);
    if (!import_write(import, &options, NULL, NULL, &plan, &err)) {
        for (size_t i = 0; i < plan.message_count; i++)
            print_message("%s: %s\n", plan.message[i].value, plan.message[i].text);
        fail_msg("%s", err.text);
    }
    assert_int_equal(plan.count[IMPORT_NEW], 0);
    import_free(import);
}

static void edit(struct model *model, const struct units *units, int task, const char *const *words)
{
    struct argument argument[FIELDS];
    char *values[FIELDS] = {NULL};
    struct request request = {.action = "edit", .argument = argument};
    struct outcome outcome;
    struct error err = {0};
    for (size_t i = 0; i < FIELDS; i++) {
        if (words[i][0] == '\0')
            continue;
        if (!field_read(units, field_find(told[i].field, NULL), words[i], &values[i], &err))
            fail_msg("%s", err.text);
        argument[request.count++] = (struct argument){told[i].field, values[i], NULL};
    }
    if (!work_do(model, task, &request, &outcome, &err))
        fail_msg("task %d: %s", task, err.text);
    outcome_clear(&outcome);
    for (size_t i = 0; i < FIELDS; i++)
        free(values[i]);
}

/* The rows that a query gives, a line each. */
static char *rows_of(const char *path, const char *sql)
{
    struct strbuf out = {0};
    sqlite3 *db;
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    while (sqlite3_step(row) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(row); i++) {
            const char *text = (const char *)sqlite3_column_text(row, i);
            strbuf_format(&out, "%s|", text ? text : "NULL");
        }
        strbuf_add_char(&out, '\n');
    }
    sqlite3_finalize(row);
    sqlite3_close(db);
    return strbuf_take(&out);
}

static void expect_same(const char *one, const char *other)
{
    static const char *const queries[] = {
        "SELECT id, number, position, title, problem, goal, category, state, percent, deadline, "
        "deadline_kind, deadline_raw, assigned_on, lead_id, supervisor_id, region_id, sponsor_id, "
        "officer, phone, reported_on FROM task ORDER BY id",
        "SELECT task_id, position, region_id FROM task_region ORDER BY 1, 2",
        "SELECT task_id, role, position, department_id FROM task_department ORDER BY 1, 2, 3",
        "SELECT task_id, position, text, due_on, done_on, waived FROM measure ORDER BY 1, 2",
        "SELECT e.task_id, e.at, e.actor, c.field, c.before, c.after FROM event e JOIN "
        "event_change c ON c.seq = e.seq WHERE e.task_id IS NOT NULL ORDER BY e.seq, c.field",
        "SELECT * FROM tally_total ORDER BY 1, 2, 3, 4, 5",
        "SELECT rowid, title, body FROM search ORDER BY 1"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        char *a = rows_of(one, queries[i]), *b = rows_of(other, queries[i]);
        assert_string_equal(a, b);
        free(a);
        free(b);
    }
}

static void an_import_writes_what_an_edit_writes(void **state)
{
    char imported[256], edited[256];
    struct model *one = made(state, "a.db", imported), *other = made(state, "b.db", edited);
    const struct units *units = model_units(other);
    unsigned dice = 20261121;
    for (int round = 0; round < ROUNDS; round++) {
        const char *words[FIELDS];
        int task = 1 + (int)rolled(&dice, TASKS);
        for (size_t i = 0; i < FIELDS; i++)
            words[i] = told[i].words[rolled(&dice, 4)];
        words[0] = words[0][0] != '\0' ? words[0] : "有所改善"; /* an edit tells something */
        import_row(one, task, words);
        edit(other, units, task, words);
    }
    expect_same(imported, edited);
    model_close(one);
    model_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            an_import_writes_what_an_edit_writes, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
