/* Rows whose number is of one task and whose title of another: no task is written to that the row
 * does not call by its name. */
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
#include "harness/importing.h"
#include "model/import.h"

static const struct import_options options = {.source = "2"};

/* Two tasks, one of them closed, in towns of two counties. */
static struct model *open_with_tasks(void **state, char path[static 256])
{
    struct model *model = importing_open(state, path);
    model_close(model);
    database_write(path,
        "INSERT INTO region (id, code, name, short, level, parent_id, position) VALUES"
        " (7, '210422', '新宾县', '新宾', 'county', 3, 2), (8, '210423', '清原县', '清原', "
        "'county', 3, 3),"
        " (9, '210422100', '新宾镇', '新宾镇', 'township', 7, 1),"
        " (10, '210423100', '红透山镇', '红透山镇', 'township', 8, 1)");
    model = acting_open(path, "李娜", PERSON_OFFICER, NULL);
    importing_write(model,
        "number|title|region|lead|deadline|state\n"
        "3|新宾镇渗滤液处置|新宾镇|市生态环境局|2026-09-30|已销号\n"
        "4|红透山尾矿库治理|红透山镇|市生态环境局|2026-12-31|整改中",
        &options, 2, 0, 0);
    return model;
}

/* A row of a progress list; `refused` tells what is expected. */
static void take_row(
    struct model *model, const char *const cells[4], bool refused, const char *words)
{
    static const char *const names[] = {"number", "title", "region", "percent"};
    const struct import_place place = {.line = 2, .heading = ""};
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    bool said = false;
    import_file(import, "周报.csv");
    import_existing(import);
    import_task(import, place);
    for (int i = 0; i < 4; i++)
        import_value(import, names[i], cells[i], place);
    bool done = import_write(import, &options, NULL, NULL, &plan, &err);
    for (size_t i = 0; i < plan.message_count; i++)
        said |= words != NULL && plan.message[i].refuses == refused &&
                strstr(plan.message[i].text, words) != NULL;
    if (done == refused || said != (words != NULL))
        fail_msg("%s: %s", err.text, plan.message_count > 0 ? plan.message[0].text : "nothing");
    import_free(import);
}

static void a_list_goes_by_the_title(void **state)
{
    char path[256];
    struct model *model = open_with_tasks(state, path);
    take_row(model, (const char *const[]){"3", "红透山尾矿库治理", "清原县", "70%"}, false,
        "The number 3 is that of \"新宾镇渗滤液处置\"; by its title the row is taken for the task "
        "2-4 "
        "红透山尾矿库治理");
    importing_number(path, "SELECT percent FROM task WHERE number = '4' AND region_id = 10", 70);
    importing_number(path,
        "SELECT count(*) FROM task WHERE number = '3' AND coalesce(percent, 0) <> 70 AND region_id "
        "= 9",
        1);
    take_row(model, (const char *const[]){"3", "“红透山”尾矿库治理。", "", "75%"}, false, "2-4 ");
    importing_number(path, "SELECT percent FROM task WHERE number = '4'", 75);
    /* its place is that of its number, and not of the task that has its title */
    take_row(model, (const char *const[]){"3", "红透山尾矿库治理", "新宾县", "80%"}, true,
        "this is the title of the task 2-4 红透山尾矿库治理");
    importing_number(path, "SELECT percent FROM task WHERE number = '4'", 75);
    model_close(model);
}

static void a_ledger_is_refused(void **state)
{
    char path[256];
    struct model *model = open_with_tasks(state, path);
    importing_refuse(model, path, "number|title|region|percent\n3|红透山尾矿库治理|新宾镇|70%",
        &options,
        "this is the title of the task 2-4 红透山尾矿库治理: put the number right, or leave out "
        "the "
        "column of numbers and tasks are found by their titles");
    importing_refuse(model, path, "number|title|region|percent\n3|红透山尾矿库治理|清原县|70%",
        &options, "2-4 ");
    model_close(model);
}

/* The county of the town that the task lies in is no other place; another town is. */
static void a_place_around_the_tasks_changes_nothing(void **state)
{
    char path[256];
    struct model *model = open_with_tasks(state, path);
    importing_write(model, "number|title|region\n4|红透山尾矿库治理|清原县", &options, 0, 0, 1);
    importing_write(model, "number|region\n4|抚顺市", &options, 0, 0, 1);
    importing_number(path, "SELECT region_id FROM task WHERE number = '4'", 10);
    importing_write(model, "number|region\n4|新宾县", &options, 0, 1, 0);
    importing_number(path, "SELECT region_id FROM task WHERE number = '4'", 7);
    importing_write(model, "number|region\n4|新宾镇", &options, 0, 1, 0);
    importing_write(model, "number|region\n4|新宾县、清原县", &options, 0, 1, 0);
    importing_number(path, "SELECT count(*) FROM task_region", 3);
    model_close(model);
}

/* Of several of one title the one in the county that is told. */
static void the_county_tells_the_town(void **state)
{
    char path[256];
    struct model *model = open_with_tasks(state, path);
    importing_write(model, "number|title|region\n5|红透山尾矿库治理|新宾镇", &options, 1, 0, 0);
    importing_write(model, "title|region|percent\n红透山尾矿库治理|清原县|30%", &options, 0, 1, 0);
    importing_number(path, "SELECT percent FROM task WHERE number = '4' AND region_id = 10", 30);
    model_close(model);
}

/* A spreadsheet made a day of 3-5. */
static void a_day_is_no_number(void **state)
{
    static const char *const days[] = {
        "3月5日", "2026-03-05", "2026/3/5", "2026/3/5 00:00", "２０２６－３－５"};
    char path[256];
    struct model *model = open_with_tasks(state, path);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        char text[128];
        snprintf(text, sizeof text, "number|title|region\n%s|甲|抚顺", days[i]);
        importing_refuse(model, path, text, &options, "This is a day, not a number");
    }
    importing_write(model, "number|title|region\n35|甲|抚顺\n2-36|乙|抚顺", &options, 2, 0, 0);
    model_close(model);
}

/* Rows of one number in several places become parts; that is told, once. */
static void new_parts_are_told_once(void **state)
{
    char path[256];
    struct model *model = open_with_tasks(state, path);
    struct import *import =
        importing_ledger(model, "number|title|region|deadline\n7|渗滤液处置|抚顺县|2026-12-31\n"
                                "7|渗滤液处置|新宾县|2026-12-31\n8|河道清理|抚顺县|2026-12-31\n8|"
                                "河道清理|清原县|2026-12-31");
    struct import_plan plan;
    struct error err = {0};
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    assert_false(plan.refused);
    assert_int_equal(plan.message_count, 1);
    assert_int_equal(plan.message[0].place.line, 3);
    assert_non_null(strstr(plan.message[0].text, "Line 2 has this number too, with another place"));
    import_free(import);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_list_goes_by_the_title, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(a_day_is_no_number, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(new_parts_are_told_once, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(a_ledger_is_refused, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_place_around_the_tasks_changes_nothing, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(the_county_tells_the_town, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
