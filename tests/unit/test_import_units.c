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

#include "base/alloc.h"
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

/* What is written is of the unit that is there, or of the one that an earlier name made. */
static void a_name_in_other_words_is_the_same_unit(void **state)
{
    static const char *const rows[][9] = {
        {"number", "861", "title", "甲", "region", "抚顺市", "lead", "市应急局", NULL},
        {"number", "862", "title", "乙", "region", "抚顺市", "lead", "市发展和改革委员会", NULL},
        {"number", "863", "title", "丙", "region", "抚顺市", "lead", "市住建局", NULL},
        {"number", "864", "title", "丁", "region", "抚顺市", "lead", "抚顺市住房和城乡建设局",
            NULL},
        {"number", "865", "title", "戊", "region", "清原县", "lead", "清原县政府", NULL},
        {"number", "866", "title", "己", "region", "清原县", "lead", "清原满族自治县人民政府",
            NULL},
        {"number", "867", "title", "庚", "region", "清原县", "lead", "县林业和草原局", NULL},
        {"number", "868", "title", "辛", "region", "清原县", "lead", "县林草局", NULL},
    };
    char path[256];
    struct model *model = made(state, path);
    database_write(path, "INSERT INTO department (id, name, short, region_id, position) VALUES "
                         "(21, '抚顺市应急管理局', '应急管理局', 3, 21), "
                         "(22, '市发展改革委', '发展改革委', 3, 22)");
    model_close(model);
    model = acting_open(path, "李娜", PERSON_OFFICER, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        must_write(model, rows[i], 1);
    expect(path, "SELECT count(*) FROM department WHERE id > 22", 3);
    expect(path,
        "SELECT count(*) FROM task WHERE (number, lead_id) IN (VALUES ('861', 21), ('862', 22))",
        2);
    model_close(model);
}

static void places_before_a_government_are_governments(void **state)
{
    static const char *const told[] = {"number", "891", "title", "甲", "region", "抚顺市",
        "responsible", "市生态环境局、抚顺县、清原满族自治县、沈河区人民政府", NULL},
                             *const none[] = {"number", "892", "title", "乙", "region", "抚顺市",
                                 "responsible", "抚顺县、市生态环境局、清原县政府", NULL};
    char path[256];
    struct model *model = made(state, path);
    database_write(path, "INSERT INTO region (id, code, name, short, level, parent_id, position) "
                         "VALUES "
                         "(22, '210103', '沈河区', '沈河', 'county', 2, 22)");
    model_close(model);
    model = acting_open(path, "李娜", PERSON_OFFICER, NULL);
    must_write(model, told, 1);
    must_write(model, told, 0);
    expect(path,
        "SELECT count(*) FROM department WHERE name IN ('抚顺县人民政府', "
        "'清原满族自治县人民政府', "
        "'沈河区人民政府')",
        3);
    expect(path,
        "SELECT count(*) FROM department WHERE region_id IN (SELECT id FROM region WHERE name IN "
        "('抚顺县', '清原满族自治县', '沈河区'))",
        3);
    must_write(model, none, 1); /* another unit stands between: 抚顺县 is no government there */
    expect(path, "SELECT count(*) FROM department WHERE name = '抚顺县'", 1);
    model_close(model);
}

/* Refused with the name that is there; made where the person says so. */
static void a_slip_makes_no_unit(void **state)
{
    static const struct {
        const char *region, *lead, *known; /* NULL: it is made */
    } rows[] = {{"抚顺市", "市生态坏境局", "市生态环境局"},
        {"抚顺市", "市生态环竟局", "市生态环境局"}, {"抚顺市", "抚顺市生态环局", "市生态环境局"},
        {"抚顺市", "市生态境环局", "市生态环境局"}, {"清原县", "县水物局", "清原满族自治县水务局"},
        {"清原县", "县水利局", NULL}, {"清原县", "县第一中学", NULL}, {"抚顺市", "市审计局", NULL},
        {"沈阳市", "市生态坏境局", NULL}};
    char path[256];
    struct model *model = made(state, path);
    database_write(path, "INSERT INTO department (id, name, short, region_id, position) VALUES "
                         "(21, '清原满族自治县水务局', '清原水务局', 7, 21), "
                         "(22, '抚顺市统计局', '抚顺市统计局', 3, 22), "
                         "(23, '清原满族自治县第二中学', '清原二中', 7, 23)");
    model_close(model);
    model = acting_open(path, "李娜", PERSON_OFFICER, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const told[] = {
            "number", "871", "title", "甲", "region", rows[i].region, "lead", rows[i].lead, NULL};
        struct import *import = import_new(model);
        struct import_plan plan;
        struct error err = {0};
        bool is_slip = rows[i].known != NULL;
        import_file(import, "台账.csv");
        row(import, 2, told);
        assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
        if (plan.unit_count != 1 || plan.unit[0].slip != is_slip ||
            plan.unit[0].create == is_slip ||
            (is_slip && strcmp(plan.unit[0].nearest, rows[i].known) != 0))
            fail_msg("%s: %zu %s", rows[i].lead, plan.unit_count, plan.unit[0].nearest);
        struct import_options again = options;
        again.create_units = false;
        again.new_unit_count = 1;
        char *name = alloc_string(plan.unit[0].name);
        again.new_unit = (const char *const[]){name};
        assert_true(import_look(import, &again, NULL, NULL, &plan, &err));
        assert_true(plan.unit[0].create);
        free(name);
        import_free(import);
    }
    model_close(model);
}

/* Titles in the column of places. */
static void a_sentence_is_no_place(void **state)
{
    static const struct {
        const char *name;
        bool is_place;
    } rows[] = {{"抚顺市清原县英额门镇", true}, {"东部街道", true}, {"沈抚示范区", true},
        {"清理河道沿线堆放的垃圾", false}, {"浑河第2断面镇", false},
        {"大伙房水源地的保护区", false}, {"抚顺市清原县整改河道", false},
        {"很长的名字很长很长很长很长很长镇", false}};
    char path[256];
    struct model *model = made(state, path);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const told[] = {
            "number", "881", "title", "甲", "region", "抚顺市", "region", rows[i].name, NULL};
        struct import *import = import_new(model);
        struct import_plan plan;
        struct error err = {0};
        import_file(import, "台账.csv");
        row(import, 2, told);
        assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
        if (plan.unit_count != 1 || plan.unit[0].create != rows[i].is_place)
            fail_msg("%s: %zu", rows[i].name, plan.unit_count);
        import_free(import);
    }
    model_close(model);
}

/* Columns that are exchanged are told before their names. */
static void very_many_places_are_told(void **state)
{
    char path[256], name[64];
    struct model *model = made(state, path);
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    struct strbuf out = {0};
    import_file(import, "台账.csv");
    for (size_t i = 0; i < 21; i++) {
        static const char *const glyphs[] = {"甘", "乙", "丙", "丁", "戊", "己", "庚"};
        snprintf(name, sizeof name, "整改河%s道%s问题", glyphs[i % 7], glyphs[i / 7]);
        const char *const told[] = {"title", "甲", "region", name, NULL};
        row(import, i + 2, told);
    }
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    import_text_found(&out, &plan, 0, 0);
    const char *hint = strstr(strbuf_text(&out), "exchanged");
    assert_non_null(hint);
    assert_true(hint < strstr(strbuf_text(&out), "整改河"));
    assert_true(plan.refused);
    strbuf_clear(&out);
    import_free(import);
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
            a_name_in_other_words_is_the_same_unit, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            places_before_a_government_are_governments, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(a_slip_makes_no_unit, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(a_sentence_is_no_place, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(very_many_places_are_told, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_county_to_be_made_is_told_with_the_nearest, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
