/* Tasks from outside: the units they name, and what the reach of who imports lets through. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/strbuf.h"
#include "harness/acting.h"
#include "harness/folder.h"
#include "harness/importing.h"

/* --- units and reach ------------------------------------------------------------------------- */

/* Places and governments of many at once, in ledgers as in documents. */
/* Of the processor, for lists of units that are one mark over and over. */
static double seconds_of(struct model *model, const char *mark)
{
    const struct import_options options = {.source = "2"};
    struct import_plan plan;
    struct error err = {0};
    struct strbuf text = {0};
    strbuf_add(&text, "number|title|region|responsible");
    for (int row = 0; row < 30; row++) {
        strbuf_format(&text, "\n%d|任务%d|抚顺|%d", 60 + row, row, row);
        for (int i = 0; i < 5000; i++)
            strbuf_add(&text, mark);
    }
    struct import *import = importing_ledger(model, strbuf_text(&text));
    clock_t from = clock();
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    double took = (double)(clock() - from) / CLOCKS_PER_SEC;
    assert_true(plan.refused);
    import_free(import);
    strbuf_clear(&text);
    return took;
}

/* One that is never closed is not looked for to the end of the text each time. */
static void open_brackets_cost_no_more(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    double other = seconds_of(model, "【"), open = seconds_of(model, "（");
    if (open > other * 6 + 0.3)
        fail_msg("%.2f s, and %.2f s with brackets that are not closed", other, open);
    model_close(model);
}

static void names_of_many_places_are_those_places(void **state)
{
    static const struct {
        const char *region, *ids;
    } places[] = {
        {"全省", "1"},
        {"各市", "2 3 4"},
        {"全省各市", "2 3 4"},
        {"各市人民政府", "2 3 4"},
        {"抚顺市各县（市、区）", "5"},
        {"抚顺市|各县（市、区）", "5"},
        {"抚顺市|各区、县人民政府", "5"},
        {"盘锦市|全市", "4"},
        {"各市、县（市、区）", "2 3 4 5 6"},
    };
    static const struct {
        const char *row, *says;
    } open[] = {
        {"甲|各县（市、区）|||", "it is not told of which city"},
        {"甲|全市|||", "it is not told which place this is of"},
        {"甲|抚顺市||全省|", "this is a place and no unit"},
        {"甲|抚顺市|各市||", "only one can be named here"},
        {"甲|抚顺市|||各市政府", "沈阳市人民政府"},
    };
    char path[256], text[256];
    struct model *model = importing_open(state, path);
    struct import_options options = {.source = "2"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        bool two = strchr(places[i].region, '|') != NULL;
        snprintf(text, sizeof text, "number|title|region|region\n8%zu|任务%zu|%s%s", i, i,
            places[i].region, two ? "" : "|");
        importing_write(model, text, &options, 1, 0, 0);
        snprintf(text, sizeof text,
            "SELECT group_concat(region_id, ' ') = '%s' FROM (SELECT task_region.region_id FROM "
            "task_region "
            "JOIN task ON task.id = task_id WHERE number = '8%zu' ORDER BY 1)",
            places[i].ids, i);
        importing_number(path, text, 1);
    }
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        snprintf(
            text, sizeof text, "title|region|supervisor|responsible|responsible\n%s", open[i].row);
        importing_refuse(model, path, text, &options, open[i].says);
    }
    options.create_units = true;
    importing_write(model,
        "number|title|region|responsible\n90|甲|抚顺市|各市、县（市、区）人民政府\n"
        "91|乙||各市人民政府、省水利厅",
        &options, 2, 0, 0);
    importing_number(
        path, "SELECT count(*) FROM department WHERE name = '抚顺县人民政府' AND region_id = 5", 1);
    importing_number(path,
        "SELECT count(*) FROM task_department JOIN task ON task.id = task_id JOIN department d ON "
        "d.id = department_id WHERE number = '91' AND d.name IN ('沈阳市人民政府', "
        "'抚顺市人民政府', '盘锦市人民政府', '省水利厅')",
        4);
    model_close(model);
}

static void unknown_units_are_made_where_asked(void **state)
{
    static const char text[] = "number|title|region|region|lead|responsible\n"
                               "1|甲|抚顺|沈抚示范区|市城管局|省太空厅\n"
                               "2|乙|盘锦||市城管局|省太空厅";
    char path[256];
    struct model *model = importing_open(state, path);
    struct import_options options = {.source = "2"};
    importing_refuse(model, path, text, &options, "市城管局");
    options.create_units = true;
    importing_write(model, text, &options, 2, 0, 0);
    importing_number(path,
        "SELECT count(*) FROM region WHERE name = '沈抚示范区' AND parent_id = 3 AND level = "
        "'county'",
        1);
    importing_number(path,
        "SELECT sum(region_id) FROM department WHERE name IN ('抚顺市城管局', '盘锦市城管局')",
        3 + 4);
    importing_number(path, "SELECT region_id FROM department WHERE name = '省太空厅'", 1);
    importing_write(model, text, &options, 0, 0, 2);
    model_close(model);
}

static void makes_the_source_that_is_asked_for(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_source source = {"Z9", "专项行动", 2026, RHYTHM_NONE, false};
    const struct import_options options = {.create_source = &source};
    importing_write(model, "number|title|region\n1|甲|抚顺", &options, 1, 0, 0);
    importing_number(path,
        "SELECT count(*) FROM task t JOIN source s ON s.id = t.source_id WHERE s.code = 'Z9' AND "
        "s.year = 2026",
        1);
    importing_write(model, "number|title|region\n1|甲|抚顺", &options, 0, 0, 1);
    model_close(model);
}

/* Whatever is told of a number that a task out of reach has, one answer comes: it is taken. */
static void nothing_is_told_of_tasks_out_of_reach(void **state)
{
    static const char *const told[] = {"001|盘锦|整改中|60%|辽河口湿地退养还湿",
        "001|盘锦|已销号|100%|别的", "001|抚顺|整改中|60%|", "001||||辽河口湿地退养还湿",
        "001.1|抚顺|整改中|1%|一部分", "777.1|抚顺|整改中|1%|一部分", "2-001|抚顺|||甲"};
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_write(model, importing_three, &options, 3, 0, 0);
    model_close(model);
    model = acting_open(path, "王强", PERSON_DEPARTMENT, "region:抚顺");
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct strbuf text = {0};
        strbuf_format(&text, "number|region|state|percent|title\n%s", told[i]);
        struct import *import = importing_ledger(model, strbuf_text(&text));
        struct import_plan plan;
        struct error err = {0};
        assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
        importing_expect(&plan, 0, 0, 0, 1);
        assert_int_equal(plan.message_count, 1);
        bool part = strstr(told[i], ".1") != NULL;
        if (strstr(plan.message[0].text, part ? "There is no task" : "is taken") == NULL)
            fail_msg("%s: %s", told[i], plan.message[0].text);
        if (strstr(told[i], "辽河口") == NULL)
            assert_null(strstr(plan.result[0].title, "辽河口"));
        import_free(import);
        strbuf_clear(&text);
    }
    model_close(model);
}

/* Of a number twice both rows are told, whether the task is there or not, and nothing else. */
static void rows_of_one_task_tell_each_other(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_write(
        model, "number|title|region|deadline\n09|甲|抚顺|2026-12-31", &options, 1, 0, 0);
    for (int existing = 0; existing < 2; existing++)
        for (int there = 0; there < 2; there++) {
            struct import *import = import_new(model);
            struct import_plan plan;
            struct error err = {0};
            import_file(import, "清单.txt");
            if (existing)
                import_existing(import);
            for (size_t line = 2; line <= 3; line++) {
                import_task(import, (struct import_place){.line = line});
                import_value(import, "number", there ? "09" : "88",
                    (struct import_place){.line = line, .column = 1});
                import_value(import, "officer", line == 2 ? "老张" : "小王",
                    (struct import_place){.line = line, .column = 2});
            }
            assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
            assert_int_equal(plan.message_count, 2);
            assert_string_equal(plan.message[0].text, "Line 3 speaks of the same task");
            assert_int_equal(plan.message[0].place.line, 2);
            assert_string_equal(plan.message[1].text, "Line 2 speaks of the same task");
            assert_int_equal(plan.message[1].place.line, 3);
            importing_expect(&plan, 0, 0, 0, 2);
            assert_string_equal(plan.result[0].ident, there ? "2-09" : "2-88");
            import_free(import);
        }
    model_close(model);
}

/* 990 and 990.0 are one task, also before anything is written. */
static void part_nought_is_the_task(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_refuse(model, path, "number|title|region\n990|甲|抚顺\n990.0|乙|抚顺", &options,
        "Line 2 speaks of the same task");
    importing_write(model, "number|title|region\n9999999999999999|甲|抚顺\n|乙|抚顺\n|丙|抚顺",
        &options, 3, 0, 0);
    importing_number(path, "SELECT count(*) FROM task WHERE length(number) > 16", 0);
    model_close(model);
}

static void nothing_beyond_the_reach(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_write(model, importing_three, &options, 3, 0, 0);
    model_close(model);
    model = acting_open(path, "王强", PERSON_DEPARTMENT, "region:抚顺");
    importing_refuse(model, path, "number|title|region\n9|甲|盘锦", &options, "would not be yours");
    importing_refuse(model, path, "number|goal\n001|甲", &options, "is taken");
    importing_refuse(model, path, "number|supervisor\n002|水利厅", &options, "may not change");
    importing_refuse(model, path, "number|region\n002|盘锦", &options, "would not be yours");
    struct import *import = importing_ledger(model, "number|title|region\n9|甲|盘锦\n10|乙|抚顺");
    struct import_plan plan;
    struct error err = {0};
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    importing_expect(&plan, 1, 0, 0, 1);
    import_free(import);
    importing_number(path, "SELECT count(*) FROM task", 3);
    model_close(model);
    model = acting_open(path, "张三", PERSON_REPORTER, NULL);
    import = importing_ledger(model, importing_three);
    assert_false(import_look(import, &options, NULL, NULL, &plan, &err));
    assert_int_equal(err.code, ERROR_PERMISSION);
    import_free(import);
    model_close(model);
}
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            open_brackets_cost_no_more, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            names_of_many_places_are_those_places, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            unknown_units_are_made_where_asked, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            makes_the_source_that_is_asked_for, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            nothing_is_told_of_tasks_out_of_reach, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            rows_of_one_task_tell_each_other, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(part_nought_is_the_task, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(nothing_beyond_the_reach, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
