/* What an import takes for granted, and tells: whose code a source has, from which day on days are
 * counted. */
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

static struct model *made(void **state, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

/* A row: pairs of a field and what is told of it, to NULL. */
static void row(struct import *import, size_t line, const char *const *told)
{
    import_task(import, (struct import_place){.line = line});
    for (; told[0] != NULL; told += 2)
        import_value(import, told[0], told[1], (struct import_place){line, 1, told[0]});
}

static struct import *task(struct model *model)
{
    static const char *const told[] = {
        "number", "1", "title", "甲", "region", "抚顺", "deadline", "2026-12-31", NULL};
    struct import *import = import_new(model);
    import_file(import, "台账.csv");
    row(import, 2, told);
    return import;
}

static void the_code_of_another_source_is_refused(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_source source = {"QY", "清单2026", 2026, RHYTHM_NONE, false},
                               others[] = {{"QY", "另一个清单2025", 2025, RHYTHM_NONE, false},
                                   {"QY", "清单2026", 2025, RHYTHM_NONE, false}};
    struct import_plan plan;
    struct error err = {0};
    for (int again = 0; again < 2; again++) {
        struct import *import = task(model);
        assert_true(import_write(
            import, &(struct import_options){.create_source = &source}, NULL, NULL, &plan, &err));
        assert_int_equal(plan.count[again ? IMPORT_SAME : IMPORT_NEW], 1);
        import_free(import);
        acting_whole(model);
    }
    struct import *import = task(model);
    assert_true(
        import_look(import, &(struct import_options){.source = "QY"}, NULL, NULL, &plan, &err));
    assert_int_equal(plan.count[IMPORT_SAME], 1);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const struct import_options options = {.create_source = &others[i]};
        assert_false(import_look(import, &options, NULL, NULL, &plan, &err));
        assert_int_equal(err.code, ERROR_INPUT);
        assert_string_equal(err.text,
            i == 0
                ? "QY is the code of the source \"清单2026\" (2026) already: tell the code alone "
                  "for that one, or take another code for \"另一个清单2025\" (2025)"
                : "QY is the code of the source \"清单2026\" (2026) already: tell the code alone "
                  "for that one, or take another code for \"清单2026\" (2025)");
        err = (struct error){0};
    }
    import_free(import);
    model_close(model);
}

static void what_is_counted_from_today_is_told_once(void **state)
{
    static const char *const rows[][11] = {
        {"number", "1", "title", "甲", "region", "抚顺", "deadline", "立行立改", NULL},
        {"number", "2", "title", "乙", "region", "抚顺", "deadline", "立行立改", NULL},
        {"number", "3", "title", "丙", "region", "抚顺", "deadline", "立行立改", "assigned_on",
            "2026-11-02", NULL},
        {"number", "4", "title", "丁", "region", "抚顺", "deadline", "2026-12-31", NULL}};
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    struct import_plan plan;
    struct error err = {0};
    struct import *import = import_new(model);
    import_file(import, "台账.csv");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row(import, i + 2, rows[i]);
    for (int writes = 0; writes < 2; writes++) {
        assert_true(
            (writes ? import_write : import_look)(import, &options, NULL, NULL, &plan, &err));
        assert_int_equal(plan.count[IMPORT_NEW], 4);
        assert_int_equal(plan.message_count, 1);
        assert_false(plan.message[0].refuses);
        assert_string_equal(plan.message[0].text,
            "2 new tasks are to be put right at once and name no day of assignment: their days are "
            "counted from 2026-11-21, the day of the import");
    }
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    assert_int_equal(plan.count[IMPORT_SAME], 4);
    assert_int_equal(plan.message_count, 0);
    import_free(import);
    model_close(model);
}

/* The state, progress and percent of the one task of that title. */
static void expect_task(const char *path, const char *title, const char *is)
{
    char sql[512];
    snprintf(sql, sizeof sql,
        "SELECT count(*) FROM task WHERE title = '%s' AND state || ' ' || progress || ' ' || "
        "percent "
        "= '%s'",
        title, is);
    if (database_number(path, sql) != 1)
        fail_msg("%s is not %s", title, is);
}

/* Of the plan one warning has these words, or none. */
static void expect_words(const struct import_plan *plan, const char *words, bool there)
{
    size_t times = 0;
    for (size_t i = 0; i < plan->message_count; i++)
        times += strstr(plan->message[i].text, words) != NULL;
    assert_int_equal(times, there);
}

static void how_far_work_is_tells_the_state_of_a_new_task(void **state)
{
    static const struct {
        const char *told[13], *is;
    } rows[] = {
        {{"title", "甲", "state", "已销号"}, "closed done 100"},
        {{"title", "乙", "state", "已销号", "percent", "90%"}, "closed not_started 90"},
        {{"title", "丙", "percent", "70%"}, "in_progress not_started 70"},
        {{"title", "丁", "progress", "达到序时进度"}, "in_progress on_schedule 0"},
        {{"title", "戊", "percent", "100%"}, "in_progress done 100"},
        {{"title", "己", "progress", "已完成"}, "in_progress done 100"},
        {{"title", "庚", "state", "未启动", "percent", "70%"}, "not_started not_started 70"},
        {{"title", "辛", "report", "已完成80%、正在收尾"}, "not_started not_started 0"},
    };
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    struct import_plan plan;
    struct error err = {0};
    struct import *import = import_new(model);
    import_file(import, "台账.csv");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        row(import, i + 2, rows[i].told);
        import_value(import, "region", "抚顺", (struct import_place){i + 2, 2, "region"});
        import_value(import, "deadline", "2026-12-31", (struct import_place){i + 2, 3, "deadline"});
    }
    for (int writes = 0; writes < 2; writes++) {
        assert_true(
            (writes ? import_write : import_look)(import, &options, NULL, NULL, &plan, &err));
        expect_words(&plan, "4 new tasks tell no state", true);
        expect_words(&plan, "1 text of progress names a percentage", true);
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_task(path, rows[i].told[1], rows[i].is);
    import_free(import);
    acting_whole(model);
    model_close(model);
}

static void a_task_that_is_there_is_started_by_its_action(void **state)
{
    static const char *const told[] = {
        "number", "1", "report", "覆土", "report_percent", "70%", NULL};
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    struct import_plan plan;
    struct error err = {0};
    struct import *import = task(model);
    assert_true(import_write(import, &options, NULL, NULL, &plan, &err));
    import_free(import);
    import = import_new(model);
    import_file(import, "清单.txt");
    row(import, 1, told);
    assert_true(import_write(import, &options, NULL, NULL, &plan, &err));
    expect_words(&plan, "until somebody starts the work (start)", true);
    expect_task(path, "甲", "not_started not_started 70");
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    expect_words(&plan, "until somebody starts the work (start)", false);
    import_free(import);
    acting_whole(model);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            the_code_of_another_source_is_refused, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_counted_from_today_is_told_once, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            how_far_work_is_tells_the_state_of_a_new_task, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_task_that_is_there_is_started_by_its_action, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
