/* Reports that lists bring: of which period they are, and what is told where there is one already.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

/* Two tasks, which the lists tell of. */
static struct import *tasks_of(struct model *model)
{
    struct import *import = import_new(model);
    import_file(import, "台账.csv");
    for (size_t number = 1; number <= 2; number++) {
        struct import_place place = {.line = number};
        import_task(import, place);
        import_value(import, "number", number == 1 ? "1" : "2", place);
        import_value(import, "title", number == 1 ? "甲" : "乙", place);
        import_value(import, "region", "抚顺", place);
        import_value(import, "deadline", "2026-12-31", place);
    }
    return import;
}

/* `period` may be NULL. */
static struct import *report_of(struct model *model, const char *text, const char *period)
{
    struct import *import = import_new(model);
    struct import_place place = {.line = 2};
    import_file(import, "清单.txt");
    import_task(import, place);
    import_value(import, "number", "1", place);
    import_value(import, "report", text, place);
    if (period != NULL)
        import_value(import, "period", period, place);
    return import;
}

static void must_write(struct model *model, struct import *import, enum import_kind kind)
{
    const struct import_options options = {.source = "2"};
    struct import_plan plan;
    struct error err = {0};
    if (!import_write(import, &options, NULL, NULL, &plan, &err))
        fail_msg("%s %s", err.text, plan.message_count > 0 ? plan.message[0].text : "");
    assert_int_equal(plan.count[kind], plan.result_count);
    import_free(import);
    acting_whole(model);
}

/* Looked at only: the one warning, and what refuses; NULL: there is none. */
static void expect_said(struct import *import, const char *warning, const char *problem)
{
    const struct import_options options = {.source = "2"};
    struct import_plan plan;
    struct error err = {0};
    const char *said[2] = {NULL, NULL};
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    for (size_t i = 0; i < plan.message_count; i++) {
        assert_null(said[plan.message[i].refuses]);
        said[plan.message[i].refuses] = plan.message[i].text;
    }
    assert_int_equal(warning != NULL, said[0] != NULL);
    assert_int_equal(problem != NULL, said[1] != NULL);
    if (warning != NULL)
        assert_string_equal(said[0], warning);
    if (problem != NULL)
        assert_string_equal(said[1], problem);
    import_free(import);
}

static void another_report_of_a_period_is_told(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    must_write(model, tasks_of(model), IMPORT_NEW);
    must_write(model, report_of(model, "已清淤三公里", NULL), IMPORT_CHANGED);
    expect_said(report_of(model, "已清淤三公里", NULL), NULL, NULL);
    expect_said(report_of(model, "已清淤五公里，\n还有两公里要到下周三才能全部做完", NULL),
        "Of 2026-11-09 to 2026-11-15 there is a report already, by 李娜: \"已清淤三公里\"; this "
        "one, "
        "\"已清淤五公里，⏎还有两公里要到下周三才能…\", is added behind it",
        NULL);
    must_write(model, report_of(model, "已清淤五公里", NULL), IMPORT_CHANGED);
    /* either list again changes nothing */
    must_write(model, report_of(model, "已清淤三公里", NULL), IMPORT_SAME);
    must_write(model, report_of(model, "已清淤五公里", NULL), IMPORT_SAME);
    assert_int_equal(database_number(path, "SELECT count(*) FROM report"), 2);
    expect_said(report_of(model, "开工", "2026-11-16"), NULL, NULL);
    model_close(model);
}

/* A row as it is exported, `next` NULL where the column is left out. */
static struct import *exported(struct model *model, const char *text, const char *next)
{
    struct import *import = report_of(model, text, "2026-11-09");
    const struct import_place place = {.line = 2};
    import_value(import, "period_end", "2026-11-15", place);
    import_value(import, "reporter", "李娜", place);
    if (next != NULL)
        import_value(import, "next_step", next, place);
    return import;
}

/* The same with problems, and how far it is (NULL: untold). */
static struct import *far(
    struct model *model, const char *text, const char *problems, const char *percent)
{
    const struct import_place place = {.line = 2};
    struct import *import = exported(model, text, NULL);
    import_value(import, "problems", problems, place);
    if (percent != NULL)
        import_value(import, "report_percent", percent, place);
    return import;
}

static void a_report_that_stands_is_not_said_again(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    must_write(model, tasks_of(model), IMPORT_NEW);
    must_write(model, exported(model, "已清淤三公里", "清运淤泥"), IMPORT_CHANGED);
    must_write(model, exported(model, "已清淤三公里", "清运淤泥"), IMPORT_SAME);
    must_write(model, exported(model, "已清淤三公里", NULL), IMPORT_SAME);
    expect_said(exported(model, "已清淤三公里", "下周清运淤泥"), NULL,
        "The report of 2026-11-09 to 2026-11-15 by 李娜 stands already with the same text, and "
        "\"next step\" differs: an import changes no report; report it anew with R or `duban "
        "report`, or leave this column out");
    must_write(model, exported(model, "已清淤五公里", "下周清运淤泥"), IMPORT_CHANGED);
    expect_said(exported(model, "已清淤三公里", "下周清运淤泥"), NULL,
        "The report of 2026-11-09 to 2026-11-15 by 李娜 stands already with the same text, and "
        "\"next step\" differs: an import changes no report; report it anew with R or `duban "
        "report`, or leave this column out");
    assert_int_equal(database_number(path, "SELECT count(*) FROM report"), 2);
    /* what it did not say is added to it, and 无 is nothing */
    must_write(model, far(model, "已清淤五公里", "无", NULL), IMPORT_SAME);
    must_write(model, far(model, "已清淤五公里", "淤泥无处堆放", "70%"), IMPORT_CHANGED);
    must_write(model, far(model, "已清淤五公里", "淤泥无处堆放", "70%"), IMPORT_SAME);
    assert_int_equal(database_number(path, "SELECT count(*) FROM report"), 2);
    assert_int_equal(database_number(path, "SELECT percent FROM task WHERE number = '1'"), 70);
    assert_int_equal(database_number(path, "SELECT count(*) FROM report WHERE percent = 70 AND "
                                           "problems = '淤泥无处堆放'"),
        1);
    /* another rhythm since: the period begins on the same day, and ends on another */
    database_write(path, "UPDATE report SET period_end = '2026-11-22'");
    expect_said(report_of(model, "已清淤三公里", "2026-11-09"), NULL, NULL);
    model_close(model);
}

static struct import *list_of(struct model *model, date_t first, date_t last)
{
    struct import *import = import_new(model);
    const struct import_place place = {.line = 1};
    import_file(import, "清单.txt");
    import_days(import, first, last, "本周", place);
    for (size_t number = 1; number <= 2; number++) {
        import_task(import, (struct import_place){.line = number + 1});
        import_value(import, "number", number == 1 ? "1" : "2", place);
        import_value(import, "report", "开工", place);
    }
    return import;
}

static void reports_are_of_the_days_of_their_file(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    const date_t monday = date_make(2026, 11, 16);
    struct import_plan plan;
    struct error err = {0};
    must_write(model, tasks_of(model), IMPORT_NEW);
    expect_said(list_of(model, monday - 3, monday + 3), NULL,
        "2026-11-13 to 2026-11-19 is not within one period of this source, whose reports are every "
        "week; write as of which day it is, such as 截至2026-11-19");
    must_write(model, list_of(model, monday + 1, monday + 4), IMPORT_CHANGED);
    assert_int_equal(database_number(path, "SELECT count(*) FROM report WHERE period_start = "
                                           "'2026-11-16' AND period_end = '2026-11-22'"),
        2);
    struct import *import = list_of(model, monday + 7, monday + 13);
    assert_false(import_write(import, &options, NULL, NULL, &plan, &err));
    assert_string_equal(plan.message[0].text, "This period has not begun yet");
    import_free(import);
    acting_whole(model);
    model_close(model);
}

/* A list of how far the first task is, of a week. */
static struct import *percent_of(struct model *model, date_t monday, const char *percent)
{
    struct import *import = import_new(model);
    const struct import_place place = {.line = 2};
    import_file(import, "清单.txt");
    import_days(import, monday, monday + 6, "本周", place);
    import_task(import, place);
    import_value(import, "number", "1", place);
    import_value(import, "report", percent, place);
    import_value(import, "percent", percent, place);
    return import;
}

static void an_older_list_sets_nothing_back(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const date_t monday = date_make(2026, 11, 16);
    must_write(model, tasks_of(model), IMPORT_NEW);
    must_write(model, percent_of(model, monday, "60%"), IMPORT_CHANGED);
    expect_said(percent_of(model, monday - 7, "40%"),
        "\"percent\" stays as it is, for there is a later report, of the period from 2026-11-16",
        NULL);
    must_write(model, percent_of(model, monday - 7, "40%"), IMPORT_CHANGED);
    assert_int_equal(database_number(path, "SELECT percent FROM task WHERE number = '1'"), 60);
    assert_int_equal(database_number(path, "SELECT count(*) FROM report"), 2);
    must_write(model, percent_of(model, monday, "70%"), IMPORT_CHANGED);
    assert_int_equal(database_number(path, "SELECT percent FROM task WHERE number = '1'"), 70);
    model_close(model);
}

/* A task of the state, with its 100% done, or so far on its way. */
static struct import *task_of(struct model *model, const char *state)
{
    struct import *import = import_new(model);
    const struct import_place place = {.line = 2};
    bool closed = strcmp(state, "已销号") == 0;
    import_file(import, "台账.csv");
    import_task(import, place);
    import_value(import, "number", "1", place);
    import_value(import, "title", "甲", place);
    import_value(import, "region", "抚顺", place);
    import_value(import, "deadline", "2026-12-31", place);
    import_value(import, "state", state, place);
    import_value(import, "percent", closed ? "100%" : "63%", place);
    import_value(import, "progress", closed ? "已完成" : "达到序时进度", place);
    return import;
}

/* A list of progress, of one row with two fields; "": the field is not there. */
static struct import *told_of(struct model *model, const char *const told[2][2])
{
    struct import *import = import_new(model);
    const struct import_place place = {.line = 2};
    import_file(import, "清单.txt");
    import_existing(import);
    import_task(import, place);
    import_value(import, "number", "1", place);
    for (int i = 0; i < 2; i++)
        if (told[i][0][0] != '\0')
            import_value(import, told[i][0], told[i][1], place);
    return import;
}

static void a_closed_task_is_not_set_back(void **state)
{
    static const char *const lower[2][2] = {{"percent", "50%"}, {"", ""}},
                             *const slower[2][2] = {{"progress", "滞后"}, {"", ""}},
                             *const same[2][2] = {{"percent", "100%"}, {"progress", "已完成"}},
                             *const other[2][2] = {{"officer", "老张"}, {"phone", "8"}},
                             *const report[2][2] = {{"report", "复绿"}, {"percent", "100%"}};
    char path[256];
    struct model *model = made(state, path);
    must_write(model, task_of(model, "已销号"), IMPORT_NEW);
    expect_said(told_of(model, lower),
        "The task is \"closed for good\": \"percent\" stays \"100%\" and is not set back to "
        "\"50%\"; "
        "whoever "
        "wants that undoes the closing first",
        NULL);
    expect_said(told_of(model, slower),
        "The task is \"closed for good\": \"progress\" stays \"work done\" and is not set back to "
        "\"behind "
        "schedule\"; whoever wants that undoes the closing first",
        NULL);
    expect_said(told_of(model, same), NULL, NULL);
    must_write(model, told_of(model, lower), IMPORT_SAME);
    must_write(model, told_of(model, slower), IMPORT_SAME);
    assert_int_equal(database_number(path, "SELECT count(*) FROM task WHERE number = '1' AND "
                                           "percent = 100 AND progress = 'done'"),
        1);
    expect_said(
        told_of(model, other), "The task is \"closed for good\", and this row changes it", NULL);
    expect_said(
        told_of(model, report), "The task is \"closed for good\", and this row changes it", NULL);
    must_write(model, told_of(model, other), IMPORT_CHANGED);
    expect_said(told_of(model, other), NULL, NULL);
    model_close(model);
}

static void what_goes_back_is_told(void **state)
{
    static const char *const lower[2][2] = {{"percent", "50%"}, {"", ""}},
                             *const higher[2][2] = {{"percent", "80%"}, {"progress", "滞后"}},
                             *const none[2][2] = {{"progress", "未启动"}, {"", ""}},
                             *const against[2][2] = {{"percent", "80%"}, {"progress", "已完成"}};
    char path[256];
    struct model *model = made(state, path);
    must_write(model, task_of(model, "整改中"), IMPORT_NEW);
    expect_said(told_of(model, lower), "\"percent\" goes back from \"63%\" to \"50%\"", NULL);
    expect_said(told_of(model, higher), NULL, NULL);
    expect_said(told_of(model, none),
        "\"progress\" goes back from \"on schedule\" to \"no work yet\"", NULL);
    expect_said(told_of(model, against), "80% is told, and its progress is \"work done\"", NULL);
    must_write(model, told_of(model, lower), IMPORT_CHANGED);
    assert_int_equal(database_number(path, "SELECT percent FROM task WHERE number = '1'"), 50);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            another_report_of_a_period_is_told, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_report_that_stands_is_not_said_again, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            reports_are_of_the_days_of_their_file, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            an_older_list_sets_nothing_back, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_closed_task_is_not_set_back, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(what_goes_back_is_told, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
