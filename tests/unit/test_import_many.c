/* Tasks from outside: very many, ended, taken back, and at random. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/importing.h"
#include "model/work.h"

/* --- very many ------------------------------------------------------------------------------- */

static void fill(struct import *import, size_t from, size_t count)
{
    static const char *const regions[] = {"沈阳", "抚顺、盘锦", "抚顺县", "盘山县"},
                             *const states[] = {"整改中", "", "验收中", "已销号"},
                             *const leads[] = {
                                 "省水利厅", "省水利厅、省自然资源厅", "", "省生态环境厅"};
    import_file(import, "大台账.csv");
    for (size_t i = from; i < from + count; i++) {
        const struct import_place place = {i + 1, 1, "列"};
        char text[64];
        import_task(import, place);
        snprintf(text, sizeof text, "%04zu", i);
        import_value(import, "number", text, place);
        snprintf(text, sizeof text, "第%zu号河段整治", i);
        import_value(import, "title", text, place);
        import_value(import, "region", regions[i % 4], place);
        import_value(import, "lead", leads[i / 2 % 4], place);
        import_value(import, "cooperating", leads[i / 3 % 4], place);
        import_value(import, "state", states[i / 5 % 4], place);
        snprintf(text, sizeof text, "2026年%zu月底前", i % 12 + 1);
        import_value(import, "deadline", text, place);
        if (i % 5 == 0) /* in another order than that of their names */
            import_value(import, "measure.10", "复绿河岸", place);
        if (i % 5 == 0)
            import_value(import, "measure.9", "封堵排口", place);
        if (i % 11 == 0)
            import_value(import, "target.2", "水质达标率", place);
        if (i % 11 == 0)
            import_value(import, "value.2", "95", place);
        if (i % 3 == 0)
            import_value(import, "measure.1", "清淤", place);
        if (i % 7 == 0)
            import_value(import, "report", "已开工", place);
    }
}

static void write_many(struct model *model, size_t each, size_t count)
{
    const struct import_options options = {.source = "2"};
    for (size_t i = 0; i < count; i += each) {
        struct import *import = import_new(model);
        struct import_plan plan;
        struct error err = {0};
        fill(import, i, each);
        if (!import_write(import, &options, NULL, NULL, &plan, &err))
            fail_msg("%s", err.text);
        importing_expect(&plan, each, 0, 0, 0);
        import_free(import);
    }
}

/* The rows that a query gives of either file, # being its name: none that the other has not. */
static void same_rows(const char *one, const char *other, const char *query)
{
    struct strbuf sides[2] = {{0}, {0}}, sql = {0};
    static const char *const names[] = {"main", "o"};
    for (int i = 0; i < 2; i++)
        for (const char *at = query; *at != '\0'; at++)
            if (*at == '#')
                strbuf_add(&sides[i], names[i]);
            else
                strbuf_add_char(&sides[i], *at);
    sqlite3 *db;
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open(one, &db), SQLITE_OK);
    strbuf_format(&sql, "ATTACH '%s' AS o", other);
    assert_int_equal(sqlite3_exec(db, strbuf_text(&sql), NULL, NULL, NULL), SQLITE_OK);
    for (int i = 0; i < 2; i++) {
        strbuf_cut(&sql, 0);
        strbuf_format(&sql, "SELECT count(*) FROM (%s EXCEPT %s)", strbuf_text(&sides[i]),
            strbuf_text(&sides[1 - i]));
        if (sqlite3_prepare_v2(db, strbuf_text(&sql), -1, &row, NULL) != SQLITE_OK)
            fail_msg("%s: %s", strbuf_text(&sql), sqlite3_errmsg(db));
        assert_int_equal(sqlite3_step(row), SQLITE_ROW);
        if (sqlite3_column_int(row, 0) != 0)
            fail_msg("%d rows more in %s: %s", sqlite3_column_int(row, 0), i == 0 ? "few" : "many",
                query);
        sqlite3_finalize(row);
    }
    sqlite3_close(db);
    strbuf_clear(&sql);
    strbuf_clear(&sides[0]);
    strbuf_clear(&sides[1]);
}

/* As many as go another way are written as few are. */
static void many_are_written_as_few_are(void **state)
{
    static const char *const same[] = {
        "SELECT id, number, position, title, state, percent, deadline, deadline_kind, "
        "deadline_raw, "
        "assigned_on, lead_id, region_id, reported_on, updated_by, version FROM #.task",
        "SELECT region_id, task_id, position, event_seq > 0 FROM #.task_region",
        "SELECT department_id, task_id, role, position FROM #.task_department",
        "SELECT task_id, position, text, due_on, done_on, waived FROM #.measure",
        "SELECT id, task_id, period_start, period_end, text, percent, reporter FROM #.report",
        "SELECT e.task_id, e.at, e.actor, e.action, e.note, c.field, c.before, c.after FROM "
        "#.event e JOIN "
        "#.event_change c ON c.seq = e.seq WHERE e.task_id IS NOT NULL",
        "SELECT * FROM #.tally_total", "SELECT * FROM #.tally_place", "SELECT * FROM #.tally_due",
        "SELECT * FROM #.tally_owed", "SELECT rowid, title, body FROM #.search"};
    char few[256], many[256];
    struct model *model = importing_open(state, few);
    write_many(model, 200, 1200);
    acting_whole(model);
    model_close(model);
    folder_file(*state, "b.db", many);
    database_make(many);
    model = acting_open(many, "李娜", PERSON_OFFICER, NULL);
    write_many(model, 1200, 1200);
    acting_whole(model);
    model_close(model);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        same_rows(few, many, same[i]);
}

static bool stop(void *context, size_t done, size_t of)
{
    (void)done;
    (void)of;
    ++*(int *)context;
    return false;
}

static void what_is_ended_leaves_no_trace(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    int asked = 0;
    fill(import, 0, 4000);
    assert_false(import_write(import, &options, stop, &asked, &plan, &err));
    assert_int_equal(asked, 1);
    importing_number(path, "SELECT (SELECT count(*) FROM event) + (SELECT count(*) FROM task)", 0);
    acting_whole(model);
    import_free(import);
    model_close(model);
}

/* --- taken back ------------------------------------------------------------------------------ */

static void an_import_is_taken_back_whole(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_write(model, importing_three, &options, 3, 0, 0);
    importing_write(model, "number|title|region|percent|deadline\n1|||70|\n4|丁|抚顺||长期坚持",
        &options, 1, 1, 0);
    acting_undo(model, false);
    importing_number(path, "SELECT count(*) * 100 + sum(percent) FROM task", 460);
    acting_undo(model, false);
    importing_number(path, "SELECT count(*) FROM task", 0);
    acting_undo(model, true);
    importing_number(path, "SELECT count(*) * 100 + sum(percent) FROM task", 460);
    acting_whole(model);
    importing_write(model, importing_three, &options, 0, 0, 3);
    model_close(model);
}

static void what_was_built_on_is_not_taken_back(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_write(model, importing_three, &options, 3, 0, 0);
    struct model *other = acting_open(path, "王强", PERSON_ADMIN, NULL);
    const struct argument goal[] = {{"goal", "清零", NULL}};
    acting_do(other, 2, "edit", TOLD(goal));
    model_close(other);
    acting_undo_refused(model, false, ERROR_REFUSED, "王强");
    importing_number(path, "SELECT count(*) FROM task", 3);
    model_close(model);
}

/* --- at random ------------------------------------------------------------------------------- */

static unsigned rolled(unsigned *dice, unsigned most)
{
    *dice = *dice * 1103515245u + 12345u;
    return (*dice >> 16) % most;
}

/* Rows of some tasks, each field told or not, in words that say the same as `value`. */
static void random_rows(struct import *import, unsigned *dice, const size_t *numbers, size_t count)
{
    static const struct {
        const char *field, *words[4];
    } told[] = {
        {"goal", {"", "恢复湿地", "水质达标", "清零"}},
        {"category", {"", "水", "大气", "土壤"}},
        {"lead", {"", "省水利厅", "水利厅，省自然资源厅", "市生态环境局"}},
        {"cooperating", {"", "省自然资源厅", "省生态环境厅 省水利厅", ""}},
        {"supervisor", {"", "省生态环境厅", "ssthjt", ""}},
        {"officer", {"", "张三", "李四", ""}},
        {"deadline", {"", "2026年6月底前", "2027-01-05", "立行立改"}},
        {"percent", {"", "５０％", "60%", "7"}},
        {"progress", {"", "滞后", "达到序时进度", "超序时"}},
        {"measure.1", {"", "清淤", "截污", "清淤"}},
        {"measure.2", {"", "复绿", "复绿", "补植"}},
        {"assigned_on", {"", "2026/1/5", "2026年1月6日", ""}},
    };
    import_file(import, "随机.csv");
    for (size_t i = 0; i < count; i++) {
        const struct import_place place = {i + 2, 0, NULL};
        char text[64];
        import_task(import, place);
        snprintf(text, sizeof text, "%03zu", numbers[i]);
        import_value(import, "number", text, place);
        snprintf(text, sizeof text, "任务%zu", numbers[i]);
        import_value(import, "title", text, place);
        import_value(import, "region", rolled(dice, 2) ? "抚顺" : "抚顺、盘锦", place);
        for (size_t k = 0; k < sizeof told / sizeof *told; k++)
            import_value(import, told[k].field, told[k].words[rolled(dice, 4)], place);
    }
}

static void twice_is_once(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    unsigned dice = 7;
    for (int round = 0; round < 30; round++) {
        struct import *import = import_new(model);
        struct import_plan plan, again;
        struct error err = {0};
        size_t numbers[8], count = 1 + rolled(&dice, 8), first = rolled(&dice, 12);
        for (size_t i = 0; i < count; i++)
            numbers[i] = first + i + 1;
        random_rows(import, &dice, numbers, count);
        int64_t lines = database_number(path, "SELECT count(*) FROM event");
        assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
        importing_number(path, "SELECT count(*) FROM event", lines);
        size_t new = plan.count[IMPORT_NEW], changed = plan.count[IMPORT_CHANGED];
        if (!import_write(import, &options, NULL, NULL, &plan, &err))
            importing_expect(&plan, new, changed, count - new - changed, 0);
        importing_expect(&plan, new, changed, count - new - changed, 0);
        assert_true(import_look(import, &options, NULL, NULL, &again, &err));
        importing_expect(&again, 0, 0, count, 0);
        import_free(import);
    }
    acting_whole(model);
    model_close(model);
}
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            many_are_written_as_few_are, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_ended_leaves_no_trace, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            an_import_is_taken_back_whole, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_was_built_on_is_not_taken_back, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(twice_is_once, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
