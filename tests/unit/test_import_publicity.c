/* Another public notice of a task that has one, or is closed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/import.h"

static struct model *made(void **state, char path[static 256], const char *task_state)
{
    char sql[512];
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    database_task(path, 47, "辽河口湿地退养还湿");
    database_write(path,
        "INSERT INTO publicity (task_id, starts_on, ends_on, days, day_kind, event_seq) VALUES "
        "(1, '2026-09-01', '2026-09-07', 5, 'working', 1)");
    snprintf(sql, sizeof sql,
        "UPDATE task SET state = '%s', closed_on = %s, version = version + 1 WHERE id = 1",
        task_state, strcmp(task_state, "closed") == 0 ? "'2026-09-20'" : "NULL");
    database_write(path, sql);
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

/* A notice of these days is taken in; whether `words` (NULL: no warning) are told of it. */
static void take(
    struct model *model, const char *first, const char *last, const char *words, size_t changed)
{
    const struct import_place place = {.line = 3, .heading = ""};
    const struct import_options options = {.source = "2"};
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    bool told = false;
    import_file(import, "公示.txt");
    import_task(import, place);
    import_value(import, "number", "47", place);
    import_value(import, "publicity", first, place);
    import_value(import, "ends_on", last, place);
    import_value(import, "state.1", "publicised", place);
    if (!import_write(import, &options, NULL, NULL, &plan, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < plan.message_count; i++) {
        told |= words != NULL && strstr(plan.message[i].text, words) != NULL;
        assert_null(strstr(plan.message[i].text, "already and stays so"));
    }
    assert_true(told == (words != NULL));
    assert_int_equal(plan.count[IMPORT_CHANGED], changed);
    import_free(import);
}

static void expect(const char *path, const char *sql, int64_t value)
{
    int64_t is = database_number(path, sql);
    if (is != value)
        fail_msg("%s: %lld, not %lld", sql, (long long)is, (long long)value);
}

static void other_days_are_another_notice(void **state)
{
    char path[256];
    struct model *model = made(state, path, "publicised");
    take(model, "2026-09-01", "2026-09-07", NULL, 0);
    take(model, "2026-09-15", "2026-09-21",
        "from 2026-09-01 to 2026-09-07 already; this one, from 2026-09-15 to 2026-09-21", 1);
    expect(path, "SELECT count(*) FROM publicity", 2);
    take(model, "2026-09-15", "2026-09-21", NULL, 0);
    model_close(model);
}

static void a_closed_task_stays_closed(void **state)
{
    char path[256];
    struct model *model = made(state, path, "closed");
    take(model, "2026-11-20", "2026-11-26", "closed since 2026-09-20 and stays so", 0);
    take(model, "2026-09-01", "2026-09-27", "closed since 2026-09-20 and stays so", 0);
    take(model, "2026-09-01", "2026-09-07", NULL, 0);
    expect(path, "SELECT count(*) FROM publicity WHERE ends_on = '2026-09-07'", 1);
    expect(path, "SELECT count(*) FROM publicity", 1);
    expect(path, "SELECT count(*) FROM task WHERE state = 'closed'", 1);
    take(model, "2026-08-03", "2026-08-07", "is added as another notice", 1);
    model_close(model);
}

/* A ledger that was exported with its notice tells the state in a column of its own. */
static void what_a_column_says_of_a_closed_task_is_told(void **state)
{
    const struct import_place place = {.line = 3, .heading = ""};
    const struct import_options options = {.source = "2"};
    char path[256];
    struct import_plan plan;
    struct error err = {0};
    struct model *model = made(state, path, "closed");
    struct import *import = import_new(model);
    import_file(import, "台账.csv");
    import_task(import, place);
    import_value(import, "number", "47", place);
    import_value(import, "state", "整改中", place);
    import_value(import, "publicity", "2026-09-01", place);
    import_value(import, "ends_on", "2026-09-07", place);
    if (!import_look(import, &options, NULL, NULL, &plan, &err))
        fail_msg("%s", err.text);
    assert_int_equal(plan.message_count, 1);
    assert_non_null(strstr(plan.message[0].text, "already and stays so"));
    import_free(import);
    model_close(model);
}

/* A notice of the days that the task has; whether `words` are told of it. */
static void take_value(struct model *model, const char *field, const char *value, const char *words)
{
    const struct import_place place = {.line = 3, .heading = ""};
    const struct import_options options = {.source = "2"};
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    bool told = false;
    import_file(import, "公示.txt");
    import_task(import, place);
    import_value(import, "number", "47", place);
    import_value(import, "title.1", "辽河口湿地退养还湿", place);
    import_value(import, "publicity", "2026-09-01", place);
    import_value(import, "ends_on", "2026-09-07", place);
    import_value(import, field, value, place);
    if (!import_write(import, &options, NULL, NULL, &plan, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < plan.message_count; i++)
        told |= words != NULL && strstr(plan.message[i].text, words) != NULL;
    if (told != (words != NULL) || (words == NULL && plan.message_count > 0))
        fail_msg("%s: %s", value, plan.message_count > 0 ? plan.message[0].text : "nothing");
    import_free(import);
}

static void a_damaged_text_takes_no_place(void **state)
{
    char path[256];
    struct model *model = made(state, path, "publicised");
    take_value(model, "results", "已完成12.6万立方米回填", NULL);
    take_value(model, "results", "已完成1□.6万立方米回填", "Digits of this text are damaged");
    take_value(model, "goal", "回填12.6万立方米", NULL);
    take_value(model, "goal", "回填1�.6万立方米", "\"goal\" stays as it is");
    take_value(model, "goal", "回填1?.6万立方米", "stays as it is");
    expect(path, "SELECT count(*) FROM publicity WHERE results = '已完成12.6万立方米回填'", 1);
    expect(path, "SELECT count(*) FROM task WHERE goal = '回填12.6万立方米'", 1);
    take_value(model, "goal", "回填13.6万立方米？还是14？", NULL);
    model_close(model);
}

static void units_that_a_notice_leaves_out_stay(void **state)
{
    char path[256];
    struct model *model = made(state, path, "publicised");
    take_value(model, "responsible", "省水利厅、省自然资源厅", NULL);
    take_value(model, "responsible", "省水利厅", "has more units, which stay: 省自然资源厅");
    take_value(model, "responsible", "省生态环境厅", "省水利厅, 省自然资源厅");
    expect(path, "SELECT count(*) FROM task_department WHERE role = 'responsible'", 3);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            other_days_are_another_notice, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_closed_task_stays_closed, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_a_column_says_of_a_closed_task_is_told, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_damaged_text_takes_no_place, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            units_that_a_notice_leaves_out_stay, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
