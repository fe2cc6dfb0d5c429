#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "harness/folder.h"
#include "model/units.h"
#include "store/db.h"

struct fixture {
    void *folder;
    struct db *db;
    struct units *units;
};

static const char units_sql[] =
    "INSERT INTO region (id, code, name, short, level, parent_id, position) VALUES"
    " (1, '210000', '辽宁省', '辽宁', 'province', NULL, 0),"
    " (9, '210100', '沈阳市', '沈阳', 'city', 1, 1),"
    " (3, '210300', '鞍山市', '鞍山', 'city', 1, 3),"
    " (4, '211100', '盘锦市', '盘锦', 'city', 1, 11),"
    " (5, '210106', '铁西区', '铁西', 'county', 9, 5),"
    " (6, '210303', '铁西区', '铁西', 'county', 3, 2),"
    " (7, '210302', '铁东区', '铁东', 'county', 3, 1),"
    " (8, '211122', '盘山县', '盘山县', 'county', 4, 1),"
    " (10, 'x1', '胡家镇', '胡家镇', 'township', 8, 1),"
    " (11, '211300', '朝阳市', '朝阳', 'city', 1, 13),"
    " (12, '211321', '朝阳县', '朝阳县', 'county', 11, 1),"
    " (13, 'x2', '胡家镇', '胡家镇', 'township', 12, 1);"
    "INSERT INTO department (id, name, short, region_id, position) VALUES"
    " (1, '省生态环境厅', '生态环境厅', 1, 1),"
    " (2, '省水利厅', '水利厅', 1, 2),"
    " (3, '沈阳市生态环境局', '生态环境局', 9, 3),"
    " (4, '盘锦市生态环境局', '盘锦生态环境局', 4, 4),"
    " (5, '鞍山市生态环境局', '生态环境局', 3, 5);"
    "INSERT INTO source (id, code, name, year, rhythm, position) VALUES"
    " (1, '2', '第二轮中央生态环境保护督察', 2021, 'weekly', 2),"
    " (2, 'P', '美丽辽宁建设三十六项措施', 2024, 'monthly', 1);"
    "INSERT INTO sponsor (id, name, post, line, region_id) VALUES"
    " (1, '赵明' || char(27) || '[31m', '副省长', '水', NULL), (2, '钱红', '副市长', '', 4);";

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct error err;
    char path[256];
    folder_set_up(&fixture->folder);
    assert_true(db_open(folder_file(fixture->folder, "a.db", path), DB_CREATE, &fixture->db, &err));
    assert_true(db_write_begin(fixture->db, &err));
    assert_true(db_script(fixture->db, units_sql, &err));
    assert_true(db_write_commit(fixture->db, &err));
    assert_true(units_read(fixture->db, &fixture->units, &err));
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    units_free(fixture->units);
    db_close(fixture->db);
    folder_tear_down(&fixture->folder);
    free(fixture);
    return 0;
}

static void test_by_id(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(units_region(fixture->units, 4)->name, "盘锦市");
    assert_int_equal(units_region(fixture->units, 4)->level, REGION_CITY);
    assert_int_equal(units_region(fixture->units, 8)->parent_id, 4);
    assert_string_equal(units_department(fixture->units, 2)->name, "省水利厅");
    assert_int_equal(units_source(fixture->units, 1)->year, 2021);
    assert_int_equal(units_source(fixture->units, 2)->rhythm, RHYTHM_MONTHLY);
    assert_string_equal(units_sponsor(fixture->units, 2)->post, "副市长");
    assert_null(units_region(fixture->units, 0));
    assert_null(units_region(fixture->units, 99));
    assert_null(units_department(fixture->units, -1));
    assert_null(units_source(fixture->units, INT64_MAX));
    assert_null(units_sponsor(fixture->units, 3));
}

static void test_reading_order(void **state)
{
    struct fixture *fixture = *state;
    static const int64_t regions[] = {1, 9, 5, 3, 7, 6, 4, 8, 10, 11, 12, 13};
    assert_int_equal(units_region_count(fixture->units), 12);
    for (size_t i = 0; i < 12; i++)
        assert_int_equal(units_region_at(fixture->units, i)->id, regions[i]);
    assert_null(units_region_at(fixture->units, 12));
    assert_int_equal(units_source_count(fixture->units), 2);
    assert_string_equal(units_source_at(fixture->units, 0)->code, "P");
    assert_int_equal(units_department_count(fixture->units), 5);
    assert_int_equal(units_sponsor_count(fixture->units), 2);
    assert_null(units_department_at(fixture->units, 5));
}

static void test_shared_names_carry_their_place(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(units_region(fixture->units, 5)->shown, "沈阳铁西");
    assert_string_equal(units_region(fixture->units, 6)->shown, "鞍山铁西");
    assert_string_equal(units_region(fixture->units, 6)->plain, "铁西");
    assert_string_equal(units_region(fixture->units, 7)->shown, "铁东");
    assert_string_equal(units_region(fixture->units, 4)->shown, "盘锦");
    assert_string_equal(units_region(fixture->units, 10)->shown, "盘山县胡家镇");
    assert_string_equal(units_department(fixture->units, 1)->shown, "生态环境厅");
    assert_string_equal(units_department(fixture->units, 3)->shown, "沈阳生态环境局");
    assert_string_equal(units_department(fixture->units, 4)->shown, "盘锦生态环境局");
    assert_string_equal(units_department(fixture->units, 5)->shown, "鞍山生态环境局");
}

static void test_strings_are_scrubbed(void **state)
{
    struct fixture *fixture = *state;
    assert_null(strchr(units_sponsor(fixture->units, 1)->name, 27));
}

static void test_above(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(units_region_above(fixture->units, 10, REGION_CITY)->id, 4);
    assert_int_equal(units_region_above(fixture->units, 10, REGION_COUNTY)->id, 8);
    assert_int_equal(units_region_above(fixture->units, 4, REGION_CITY)->id, 4);
    assert_null(units_region_above(fixture->units, 1, REGION_CITY));
    assert_null(units_region_above(fixture->units, 99, REGION_CITY));
}

static void test_match(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        enum unit_kind kind;
        const char *typed;
        size_t count;
        int64_t ids[4];
    } cases[] = {
        {UNIT_REGION, "盘锦", 1, {4}},
        {UNIT_REGION, "盘锦市", 1, {4}},
        {UNIT_REGION, "211100", 1, {4}},
        {UNIT_REGION, "盘", 3, {4, 8, 10}}, /* the shown name of a township holds its county's */
        {UNIT_REGION, "铁西", 2, {5, 6}},
        {UNIT_REGION, "鞍山铁西", 1, {6}},
        {UNIT_REGION, "朝阳", 1, {11}},
        {UNIT_REGION, "pj", 1, {4}},
        {UNIT_REGION, "PJ", 1, {4}},
        {UNIT_REGION, "psx", 1, {8}},
        {UNIT_REGION, "asts", 0, {0}},
        {UNIT_REGION, "astx", 1, {6}},
        {UNIT_REGION, "", 0, {0}},
        {UNIT_REGION, "北京", 0, {0}},
        {UNIT_DEPARTMENT, "水利厅", 1, {2}},
        {UNIT_DEPARTMENT, "省水利厅", 1, {2}},
        {UNIT_DEPARTMENT, "水利", 1, {2}},
        {UNIT_DEPARTMENT, "sthjt", 1, {1}},
        {UNIT_DEPARTMENT, "生态环境局", 2, {3, 5}},
        {UNIT_DEPARTMENT, "环境", 4, {1, 3, 4, 5}},
        {UNIT_SOURCE, "2021", 1, {1}},
        {UNIT_SOURCE, "2", 1, {1}},
        {UNIT_SOURCE, "p", 1, {2}},
        {UNIT_SOURCE, "督察", 1, {1}},
        {UNIT_SPONSOR, "钱", 1, {2}},
        {UNIT_SPONSOR, "qh", 1, {2}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t ids[4] = {0};
        size_t count = units_match(fixture->units, cases[i].kind, cases[i].typed, ids, 4);
        if (count != cases[i].count)
            print_message("%s: %zu\n", cases[i].typed, count);
        assert_int_equal(count, cases[i].count);
        for (size_t n = 0; n < count; n++)
            assert_int_equal(ids[n], cases[i].ids[n]);
    }
}

static void test_match_beyond_the_room(void **state)
{
    struct fixture *fixture = *state;
    int64_t ids[2] = {0, -1};
    assert_int_equal(units_match(fixture->units, UNIT_DEPARTMENT, "环境", ids, 1), 4);
    assert_int_equal(ids[0], 1);
    assert_int_equal(ids[1], -1);
}

static void test_nearest(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(units_nearest(fixture->units, UNIT_REGION, "盘金市"), "盘锦市");
    assert_string_equal(units_nearest(fixture->units, UNIT_DEPARTMENT, "水力厅"), "水利厅");
    assert_null(units_nearest(fixture->units, UNIT_REGION, "xyzzy"));
}

/* A ring of places, made by hand with the constraints off, is read and does not hang. */
static void test_ring(void **state)
{
    struct fixture *fixture = *state;
    struct error err;
    struct units *units;
    assert_true(db_write_begin(fixture->db, &err));
    assert_true(db_script(fixture->db,
        "DROP TRIGGER region_moved; UPDATE region SET parent_id = 8 WHERE id = 4; UPDATE region "
        "SET "
        "parent_id = 4 WHERE id = 8;",
        &err));
    assert_true(db_write_commit(fixture->db, &err));
    assert_true(units_read(fixture->db, &units, &err));
    assert_int_equal(units_region_count(units), 12);
    assert_null(units_region_above(units, 4, REGION_PROVINCE));
    units_free(units);
}

/* Very many put beside those that there are: seconds at most, where comparing each with all before
 * it takes minutes. */
static void test_very_many_put(void **state)
{
    struct fixture *fixture = *state;
    char name[64];
    clock_t before = clock();
    for (int i = 0; i < 50000; i++) {
        int64_t id = units_next_id(fixture->units, UNIT_DEPARTMENT);
        assert_int_equal(id, 6 + i);
        snprintf(name, sizeof name, "第%d工作站", i / 2);
        units_put_department(fixture->units,
            &(struct department){.id = id, .name = name, .plain = name, .region_id = 3 + i % 2});
    }
    assert_string_equal(units_department(fixture->units, 6)->shown, "第0工作站");
    units_show(fixture->units);
    assert_string_equal(units_department(fixture->units, 6)->shown, "鞍山第0工作站");
    assert_string_equal(units_department(fixture->units, 7)->shown, "盘锦第0工作站");
    assert_int_equal(units_next_id(fixture->units, UNIT_SPONSOR), 3);
    assert_true((clock() - before) / CLOCKS_PER_SEC < 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_by_id, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reading_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_shared_names_carry_their_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_strings_are_scrubbed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_above, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_match, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_match_beyond_the_room, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nearest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ring, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_very_many_put, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
