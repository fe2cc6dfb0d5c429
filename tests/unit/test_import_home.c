/* Whose a document is: read from its title or from who issued it, or told; its units and tasks are
 * of that place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/import_kind.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/import.h"

static struct model *made(void **state, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    database_write(path,
        "INSERT INTO region (id, code, name, short, level, parent_id, position) VALUES "
        "(7, '210422', '新宾满族自治县', '新宾', 'county', 3, 7), "
        "(8, '210106', '铁西区', '铁西', 'county', 2, 8), "
        "(9, '211103', '铁西区', '铁西', 'county', 4, 9), "
        "(10, '210181', '新民市', '新民', 'county', 2, 10)");
    database_write(path, "INSERT INTO department (id, name, short, region_id, position) VALUES "
                         "(5, '新宾满族自治县水务局', '新宾水务局', 7, 5), "
                         "(6, '沈阳市水务局', '沈阳市水务局', 2, 6)");
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

static const struct import_options making = {.source = "L1", .create_units = true};

static void take(struct model *model, const char *kind, const char *text,
    const struct import_options *options, struct import_plan *plan, struct import **kept)
{
    struct import *import = import_new(model);
    struct import_told told = {0};
    struct error err = {0};
    const struct import_reading reading = {.kind = kind};
    import_file(import, "文件.txt");
    if (!import_kind_read(text, strlen(text), &reading, import, &told, &err) ||
        !import_write(import, options, NULL, NULL, plan, &err)) {
        for (size_t i = 0; i < plan->message_count; i++)
            print_message("%zu %s\n", plan->message[i].place.line, plan->message[i].text);
        fail_msg("%s", err.text);
    }
    import_told_clear(&told);
    *kept = import;
}

static void expect(const char *path, const char *sql, int64_t value)
{
    int64_t is = database_number(path, sql);
    if (is != value)
        fail_msg("%s: %lld, not %lld", sql, (long long)is, (long long)value);
}

static bool is_told(const struct import_plan *plan, size_t line, const char *words)
{
    for (size_t i = 0; i < plan->message_count; i++)
        if (plan->message[i].place.line == line && strstr(plan->message[i].text, words) != NULL)
            return true;
    return false;
}

/* Its title stands on two lines; the offices are those of the county, of the city above it, and
 * those that it has not yet are made there by their whole names. */
static void a_plan_of_a_county_is_of_it(void **state)
{
    static const char text[] = "新宾满族自治县贯彻落实省生态环境保护\n"
                               "督察反馈意见整改方案\n"
                               "各乡镇人民政府，县政府各部门：\n"
                               "（一）清理河道。2026年底前完成。（牵头单位：县水务局；责任单位："
                               "县住建局、市生态环境局、市公安局、财政局、各乡镇人民政府）\n"
                               "（二）巡查河道。2026年底前完成。（牵头单位：住建局；责任单位："
                               "县财政局、新宾县政府、新宾县人民政府；配合单位：县直各部门）\n";
    char path[256];
    struct import_plan plan;
    struct import *import;
    struct model *model = made(state, path);
    take(model, "plan", text, &making, &plan, &import);
    assert_int_equal(plan.count[IMPORT_NEW], 2);
    assert_true(is_told(&plan, 1, "新宾满族自治县"));
    assert_true(is_told(&plan, 4, "各乡镇人民政府"));
    assert_true(is_told(&plan, 5, "县直各部门"));
    for (size_t i = 0; i < plan.message_count; i++)
        assert_non_null(plan.message[i].kind); /* those of one kind are told together */
    expect(path, "SELECT count(*) FROM task WHERE source_id = 2 AND region_id = 7", 2);
    expect(path, "SELECT count(*) FROM task WHERE number = '1' AND lead_id = 5", 1);
    expect(path, "SELECT count(*) FROM department WHERE region_id = 7 AND id > 6", 3);
    expect(path, "SELECT count(*) FROM department WHERE name = '新宾满族自治县住建局'", 1);
    expect(path, "SELECT count(*) FROM department WHERE name = '新宾满族自治县财政局'", 1);
    expect(
        path, "SELECT count(*) FROM department WHERE name = '抚顺市公安局' AND region_id = 3", 1);
    expect(path, "SELECT count(*) FROM department WHERE name LIKE '%政府'", 1);
    import_free(import);
    take(model, "plan", text, &making, &plan, &import);
    assert_int_equal(plan.count[IMPORT_SAME], 2);
    import_free(import);
    acting_whole(model);
    model_close(model);
}

/* The title names none, or one of two; the line below it, or who signs, tells. */
static void who_issued_it_tells(void **state)
{
    static const char head[] =
        "区大气污染防治方案\n沈阳市铁西区人民政府办公室文件\n"
        "1.清理河道。（责任单位：区水务局）\n2.巡查。（责任单位：区水务局）\n",
                      foot[] =
                          "铁西区防治方案\n"
                          "1.清理河道。（责任单位：区城管局）\n2.巡查。（责任单位：区城管局）\n"
                          "\n盘锦市铁西区人民政府\n2026年3月1日\n";
    char path[256];
    struct import_plan plan;
    struct import *import;
    struct model *model = made(state, path);
    take(model, "plan", head, &making, &plan, &import);
    expect(path, "SELECT count(*) FROM task WHERE source_id = 2 AND region_id = 8", 2);
    expect(
        path, "SELECT count(*) FROM department WHERE name = '铁西区水务局' AND region_id = 8", 1);
    import_free(import);
    take(model, "plan", foot, &(struct import_options){.source = "P", .create_units = true}, &plan,
        &import);
    expect(path, "SELECT count(*) FROM task WHERE source_id = 3 AND region_id = 9", 2);
    import_free(import);
    model_close(model);
}

/* In a city below a city 市.. is of that one; a title of the province is of no place. */
static void a_city_and_a_province(void **state)
{
    static const char city[] =
        "新民市整改方案\n"
        "1.清理河道。（责任单位：市水务局）\n2.巡查。（责任单位：市水务局）\n",
                      province[] =
                          "辽宁省整改方案\n沈阳市人民政府办公室\n"
                          "1.清理河道。（责任单位：省水利厅）\n2.巡查。（责任单位：省水利厅）\n";
    char path[256];
    struct import_plan plan;
    struct import *import;
    struct model *model = made(state, path);
    take(model, "plan", city, &making, &plan, &import);
    expect(path, "SELECT count(*) FROM task WHERE source_id = 2 AND region_id = 10", 2);
    expect(
        path, "SELECT count(*) FROM department WHERE name = '新民市水务局' AND region_id = 10", 1);
    import_free(import);
    take(model, "plan", province, &(struct import_options){.source = "P"}, &plan, &import);
    expect(path, "SELECT count(*) FROM task WHERE source_id = 3 AND region_id = 1", 2);
    import_free(import);
    model_close(model);
}

/* A ledger says it nowhere. What a row names itself is of more weight. */
static void it_may_be_told(void **state)
{
    static const char text[] = "编号,任务,责任地区,牵头单位,责任单位\n"
                               "1,清理河道,,县水务局,\n"
                               "2,清理渠道,盘山县,,县水务局\n";
    const struct import_options options = {.source = "P", .create_units = true, .region = "新宾县"};
    char path[256];
    struct import_plan plan;
    struct import *import;
    struct error err = {0};
    struct model *model = made(state, path);
    take(model, "ledger", text, &options, &plan, &import);
    expect(
        path, "SELECT count(*) FROM task WHERE number = '1' AND region_id = 7 AND lead_id = 5", 1);
    expect(path, "SELECT count(*) FROM task WHERE number = '2' AND region_id = 6", 1);
    expect(
        path, "SELECT count(*) FROM department WHERE name = '盘山县水务局' AND region_id = 6", 1);
    assert_false(import_look(import, &(struct import_options){.source = "P", .region = "无此县"},
        NULL, NULL, &plan, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    import_free(import);
    model_close(model);
}

/* 各市 and 全省 in a notice are those places; a task that is there in one of them stays that task.
 */
static void a_notice_may_be_of_many_places(void **state)
{
    static const char text[] =
        "整改情况公示\n"
        "整改任务：第801项 清理河道\n责任地区：各市\n整改目标：清理完成\n"
        "整改任务：第802项 清理渠道\n责任地区：全省\n整改目标：清理完成\n"
        "整改任务：第47项 辽河口湿地退养还湿\n责任地区：各市\n整改目标：完成\n";
    const struct import_options options = {.source = "2"};
    char path[256];
    struct import_plan plan;
    struct import *import;
    struct model *model = made(state, path);
    database_task(path, 47, "辽河口湿地退养还湿");
    take(model, "notice", text, &options, &plan, &import);
    expect(path, "SELECT region_id FROM task WHERE number = '801'", 2);
    expect(path,
        "SELECT count(*) FROM task_region r JOIN task t ON t.id = r.task_id WHERE number = '801'",
        3);
    expect(path, "SELECT region_id FROM task WHERE number = '802'", 1);
    expect(path, "SELECT count(*) FROM task WHERE part > 0", 0);
    import_free(import);
    model_close(model);
}

static void add_document(struct import *import, const char *head, const char *number)
{
    static const struct import_place place = {1, 1, ""};
    import_file(import, head);
    import_document(import, head, place);
    import_task(import, place);
    import_value(import, "number", number, place);
    import_value(import, "title", head, place);
    import_value(import, "region", "辽宁省", place);
    import_value(import, "lead", "水务局", place);
}

/* Two documents at once say the same of the same region: each means its own office. */
static void each_document_is_of_its_own_place(void **state)
{
    char path[256];
    struct import_plan plan;
    struct error err = {0};
    struct model *model = made(state, path);
    struct import *import = import_new(model);
    add_document(import, "新宾满族自治县方案", "1");
    add_document(import, "沈阳市方案", "2");
    if (!import_write(import, &making, NULL, NULL, &plan, &err))
        fail_msg("%s", err.text);
    expect(path, "SELECT lead_id FROM task WHERE number = '1'", 5);
    expect(path, "SELECT lead_id FROM task WHERE number = '2'", 6);
    import_free(import);
    model_close(model);
}

/* What stands above its headings says whose it is; a row that names another place is of that. */
static void a_ledger_is_of_the_place_above_its_headings(void **state)
{
    static const char text[] = "抚顺市生态环境问题整改任务台账,,,,\n"
                               "序号,整改任务,责任地区,责任单位,整改时限\n"
                               "1,甲,全市,市生态环境局,2026-12-31\n"
                               "2,乙,各县区,各县（区）政府,2026-12-31\n"
                               "3,丙,,市生态环境局,2026-12-31\n"
                               "4,丁,沈阳市,市水务局,2026-12-31\n";
    char path[256];
    struct import_plan plan;
    struct import *import;
    struct model *model = made(state, path);
    take(model, "ledger", text, &making, &plan, &import);
    assert_int_equal(plan.count[IMPORT_NEW], 4);
    assert_true(is_told(&plan, 1, "抚顺市"));
    expect(path, "SELECT count(*) FROM task WHERE number IN ('1', '3') AND region_id = 3", 2);
    expect(path,
        "SELECT count(*) FROM task_department d JOIN task t ON t.id = d.task_id WHERE number IN "
        "('1', '3') AND d.department_id = 4",
        2);
    expect(path,
        "SELECT count(*) FROM task_department d JOIN task t ON t.id = d.task_id WHERE number = '4' "
        "AND d.department_id = 6",
        1);
    expect(path, "SELECT count(*) FROM department WHERE name LIKE '%人民政府'", 2);
    import_free(import);
    acting_whole(model);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_ledger_is_of_the_place_above_its_headings, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            each_document_is_of_its_own_place, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_plan_of_a_county_is_of_it, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(who_issued_it_tells, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(a_city_and_a_province, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_notice_may_be_of_many_places, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(it_may_be_told, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
