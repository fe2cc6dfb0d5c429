/* Units that a ledger names and nobody has yet: where they are made, and what is told where they
 * cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "exchange/import_text.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/import.h"

static const struct import_options options = {.source = "2", .create_units = true};

static struct model *made(void **state, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    database_write(path,
        "INSERT INTO region (id, code, name, short, level, parent_id, position) VALUES "
        "(7, '210423', '清原满族自治县', '清原', 'county', 3, 7), "
        "(8, '210106', '铁西区', '铁西', 'county', 2, 8), "
        "(9, '211103', '铁西区', '铁西', 'county', 4, 9)");
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

/* A row: pairs of a field and what is told of it, to NULL. */
static void row(struct import *import, size_t line, const char *const *told)
{
    import_task(import, (struct import_place){.line = line});
    for (; told[0] != NULL; told += 2)
        import_value(import, told[0], told[1], (struct import_place){line, 1, told[0]});
}

static void must_write(struct model *model, const char *const *told, size_t new)
{
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    import_file(import, "台账.csv");
    row(import, 2, told);
    if (!import_write(import, &options, NULL, NULL, &plan, &err)) {
        for (size_t i = 0; i < plan.message_count; i++)
            print_message("%s\n", plan.message[i].text);
        for (size_t i = 0; i < plan.unit_count; i++)
            print_message("%s %s\n", plan.unit[i].name, plan.unit[i].region);
        fail_msg("%s", err.text);
    }
    assert_int_equal(plan.count[IMPORT_NEW], new);
    assert_int_equal(plan.count[IMPORT_SAME], 1 - new);
    import_free(import);
    acting_whole(model);
}

static void expect(const char *path, const char *sql, int64_t value)
{
    int64_t is = database_number(path, sql);
    if (is != value)
        fail_msg("%s: %lld, not %lld", sql, (long long)is, (long long)value);
}

/* On whichever side of the county its column stands, and also where the county is new. */
static void a_township_is_made_in_the_county_of_its_row(void **state)
{
    static const char *const before[] = {"number", "801", "title", "甲", "region", "红透山镇",
        "region", "抚顺市", "region", "清原县", NULL},
                             *const behind[] = {"number", "802", "title", "乙", "region", "清原县",
                                 "region", "大苏河乡", NULL},
                             *const both[] = {"number", "803", "title", "丙", "region", "上马街道",
                                 "region", "抚顺市", "region", "新城县", NULL},
                             *const together[] = {"number", "804", "title", "丁", "region",
                                 "抚顺市清原县南口前镇", NULL};
    const char *const *rows[] = {before, behind, both, together};
    char path[256];
    struct model *model = made(state, path);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        must_write(model, rows[i], 1);
    expect(path,
        "SELECT count(*) FROM region WHERE name IN ('红透山镇', '大苏河乡', '南口前镇') AND "
        "parent_id = 7 AND level = 'township'",
        3);
    expect(path,
        "SELECT count(*) FROM region t JOIN region c ON c.id = t.parent_id WHERE t.name = "
        "'上马街道' AND c.name = '新城县' AND c.parent_id = 3",
        1);
    expect(path, "SELECT count(*) FROM region", 9 + 5);
    /* the task is of the township alone, and stays what it is */
    expect(path,
        "SELECT count(*) FROM task_region r JOIN task t ON t.id = r.task_id WHERE number = '801'",
        1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        must_write(model, rows[i], 0);
    model_close(model);
}

static void a_department_is_of_the_place_it_names(void **state)
{
    static const char *const told[] = {"number", "811", "title", "甲", "region", "清原县", "region",
        "红透山镇", "lead", "清原县水务局", "responsible", "抚顺市城市管理局、红透山镇政府", NULL},
                             *const district[] = {"number", "812", "title", "乙", "region",
                                 "盘锦市", "lead", "铁西区水务局", "responsible",
                                 "沈阳市铁西区环卫中心", NULL};
    char path[256];
    struct model *model = made(state, path);
    must_write(model, told, 1);
    expect(path, "SELECT region_id FROM department WHERE name = '清原县水务局'", 7);
    expect(path, "SELECT region_id FROM department WHERE name = '抚顺市城市管理局'", 3);
    expect(path,
        "SELECT count(*) FROM department d JOIN region r ON r.id = d.region_id WHERE d.name = "
        "'红透山镇政府' AND r.name = '红透山镇'",
        1);
    must_write(model, district, 1);
    expect(path, "SELECT region_id FROM department WHERE name = '铁西区水务局'", 9);
    expect(path, "SELECT region_id FROM department WHERE name = '沈阳市铁西区环卫中心'", 8);
    must_write(model, told, 0);
    must_write(model, district, 0);
    model_close(model);
}

/* 县水务局 without a county, a township without one, a name that two places may stand in front of.
 */
static void what_has_no_place_is_told(void **state)
{
    static const char *const names[][2] = {
        {"lead", "县水务局"}, {"region", "无名镇"}, {"lead", "铁西区水务局"}};
    char path[256];
    struct model *model = made(state, path);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *const told[] = {"number", "821", "title", "甲", names[i][0], names[i][1], NULL};
        struct import *import = import_new(model);
        struct import_plan plan;
        struct error err = {0};
        import_file(import, "台账.csv");
        row(import, 2, told);
        assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
        assert_true(plan.refused);
        assert_int_equal(plan.unit_count, 1);
        assert_string_equal(plan.unit[0].name, names[i][1]);
        assert_true(plan.unit[0].nowhere);
        assert_false(plan.unit[0].create);
        import_free(import);
    }
    model_close(model);
}

/* Looked at: the one problem, NULL for none; the name nearest to the unit to be made. */
static void expect_said(
    struct model *model, const char *const *told, const char *problem, const char *nearest)
{
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    import_file(import, "台账.csv");
    row(import, 2, told);
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    assert_int_equal(plan.refused, problem != NULL);
    for (size_t i = 0; i < plan.message_count; i++)
        if (plan.message[i].refuses)
            assert_string_equal(plan.message[i].text, problem);
    assert_int_equal(plan.unit_count, nearest != NULL);
    if (nearest != NULL) {
        struct strbuf text = {0};
        assert_string_equal(plan.unit[0].nearest, nearest);
        import_text(&text, &plan, false, 0, 0);
        assert_non_null(strstr(strbuf_text(&text), "; the nearest is"));
        strbuf_clear(&text);
    }
    import_free(import);
}

static void a_township_is_of_the_county_beside_it(void **state)
{
    static const char *const rows[][11] = {
        {"number", "831", "title", "甲", "region", "新宾县", "region", "清原镇", NULL},
        {"number", "831", "title", "甲", "region", "清原镇", "region", "新宾县", NULL},
        {"number", "832", "title", "甲", "region", "清原县", "region", "清原镇", NULL},
        {"number", "832", "title", "甲", "region", "新宾县、清原县", "region", "清原镇", NULL},
        {"number", "832", "title", "甲", "region", "新宾县", "region", "清原县、清原镇", NULL},
        {"number", "832", "title", "甲", "region", "新宾县、清原镇", NULL},
        {"number", "832", "title", "甲", "region", "新宾县", "region", "清原县", NULL},
        {"number", "832", "title", "甲", "region", "抚顺市", "region", "清原镇", NULL}};
    char path[256];
    struct model *model = made(state, path);
    model_close(model);
    database_write(path,
        "INSERT INTO region (id, code, name, short, level, parent_id, position) VALUES "
        "(10, '210422', '新宾满族自治县', '新宾', 'county', 3, 10), "
        "(11, '210423100', '清原镇', '清原镇', 'township', 7, 11)");
    model = acting_open(path, "李娜", PERSON_OFFICER, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_said(model, rows[i],
            i < 2 ? "清原镇 is of 清原满族自治县, not of 新宾满族自治县" : NULL, NULL);
    model_close(model);
}

/* Whether a warning that ends so is told of the cell. */
static bool is_warned(const struct import_plan *plan, const char *value, const char *end)
{
    bool is = false;
    for (size_t i = 0; i < plan->message_count; i++) {
        const struct import_message *message = &plan->message[i];
        size_t length = strlen(message->text), own = strlen(end);
        is |= !message->refuses && strcmp(message->value, value) == 0 && length >= own &&
              strcmp(message->text + length - own, end) == 0;
    }
    return is;
}

/* They name nobody: the others of the cell stay. */
static void collective_words_are_left_out(void **state)
{
    static const char *const names[] = {"各乡镇政府", "各有关部门", "有关部门", "相关单位",
        "各成员单位", "市直有关部门", "清原县各乡镇", "抚顺市直各部门", "清原县有关部门"};
    char path[256];
    struct model *model = made(state, path);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct strbuf cell = {0};
        strbuf_format(&cell, "省水利厅、%s", names[i]);
        const char *const told[] = {"number", "841", "title", "甲", "region", "抚顺市、各相关区",
            "lead", names[i], "responsible", strbuf_text(&cell), NULL};
        struct import *import = import_new(model);
        struct import_plan plan;
        struct error err = {0};
        row(import, 2, told);
        assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
        assert_false(plan.refused);
        assert_int_equal(plan.unit_count, 0);
        assert_true(is_warned(&plan, strbuf_text(&cell), names[i]));
        assert_true(is_warned(&plan, names[i], "the task has no lead department"));
        assert_true(is_warned(&plan, "抚顺市、各相关区", "各相关区"));
        import_free(import);
        strbuf_clear(&cell);
    }
    static const char *const told[] = {"number", "842", "title", "甲", "region", "抚顺市、有关县区",
        "lead", "省水利厅、各有关部门", "responsible", "相关县（市、区）人民政府", NULL};
    must_write(model, told, 1);
    must_write(model, told, 0);
    expect(path,
        "SELECT count(*) FROM task t JOIN department d ON d.id = t.lead_id WHERE t.number = '842' "
        "AND d.name = '省水利厅' AND t.id NOT IN (SELECT task_id FROM task_department)",
        1);
    model_close(model);
}

static void a_county_to_be_made_is_told_with_the_nearest(void **state)
{
    static const char *const alone[] = {"number", "851", "title", "甲", "region", "清源县", NULL},
                             *const below[] = {"number", "851", "title", "甲", "region", "抚顺市",
                                 "region", "清源县", NULL};
    char path[256];
    struct model *model = made(state, path);
    expect_said(model, alone, NULL, "清原满族自治县");
    expect_said(model, below, NULL, "清原满族自治县");
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_township_is_made_in_the_county_of_its_row, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_department_is_of_the_place_it_names, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(what_has_no_place_is_told, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_township_is_of_the_county_beside_it, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            collective_words_are_left_out, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_county_to_be_made_is_told_with_the_nearest, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
