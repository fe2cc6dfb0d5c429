/* A matrix that is counted: its order, texts, filters; and worlds that are unlike a province. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/matrix_recount.h"

static int use_clock(void **state)
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    return folder_set_up(state);
}

static int end_clock(void **state)
{
    unsetenv("DUBAN_NOW");
    return folder_tear_down(state);
}

/* --- numbers --------------------------------------------------------------------------------- */

static void a_number_reads_as_its_measure(void **state)
{
    (void)state;
    static const struct {
        enum matrix_measure measure;
        struct matrix_cell cell;
        const char *text;
        int heat;
    } cases[] = {
        {MEASURE_OVERDUE, {3, 12}, "3/12", 2},
        {MEASURE_OVERDUE, {0, 12}, "0/12", 0},
        {MEASURE_OVERDUE, {0, 0}, "", 0},
        {MEASURE_OVERDUE, {9, 100}, "9/100", 1},
        {MEASURE_OVERDUE, {10, 100}, "10/100", 2},
        {MEASURE_OVERDUE, {29, 100}, "29/100", 2},
        {MEASURE_UNREPORTED, {30, 100}, "30/100", 3},
        {MEASURE_OPEN, {5, 5}, "5/5", 0},
        {MEASURE_CLOSED, {85, 100}, "85%", 2},
        {MEASURE_CLOSED, {999, 1000}, "99%", 1},
        {MEASURE_CLOSED, {596, 1000}, "60%", 3},
        {MEASURE_CLOSED, {594, 1000}, "59%", 3},
        {MEASURE_CLOSED, {1000, 1000}, "100%", 0},
        {MEASURE_CLOSED, {1, 1000}, "1%", 3},
        {MEASURE_CLOSED, {0, 1000}, "0%", 3},
        {MEASURE_CLOSED, {0, 0}, "", 0},
        {MEASURE_DAYS, {41, 2}, "41", 2},
        {MEASURE_DAYS, {14, 2}, "14", 1},
        {MEASURE_DAYS, {61, 2}, "61", 3},
        {MEASURE_DAYS, {0, 0}, "", 0},
        {MEASURE_CHANGE, {2, 3}, "+2", 0},
        {MEASURE_CHANGE, {-2, 3}, "-2", 0},
        {MEASURE_CHANGE, {-2, 0}, "-2", 0},
        {MEASURE_CHANGE, {0, 3}, "0", 0},
        {MEASURE_CHANGE, {0, 0}, "", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct strbuf text = {0};
        matrix_text(cases[i].measure, &cases[i].cell, &text);
        assert_string_equal(strbuf_text(&text), cases[i].text);
        assert_int_equal(matrix_heat(cases[i].measure, &cases[i].cell), cases[i].heat);
        strbuf_clear(&text);
    }
}

static int sign(int number)
{
    return (number > 0) - (number < 0);
}

static void the_worse_comes_first(void **state)
{
    (void)state;
    static const struct {
        enum matrix_measure measure;
        struct matrix_cell a, b;
        int order;
    } cases[] = {
        {MEASURE_OVERDUE, {3, 5}, {2, 9}, -1},
        {MEASURE_OVERDUE, {3, 5}, {3, 9}, 1},
        {MEASURE_OVERDUE, {3, 5}, {3, 5}, 0},
        {MEASURE_CLOSED, {1, 2}, {2, 3}, -1},
        {MEASURE_CLOSED, {1, 2}, {2, 4}, 1},
        {MEASURE_CLOSED, {0, 0}, {9, 9}, 1},
        {MEASURE_CHANGE, {1, 1}, {-3, 9}, -1},
        {MEASURE_CHANGE, {-1, 0}, {0, 1}, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(
            sign(matrix_worse(cases[i].measure, &cases[i].a, &cases[i].b)), cases[i].order);
        assert_int_equal(
            sign(matrix_worse(cases[i].measure, &cases[i].b, &cases[i].a)), -cases[i].order);
    }
}

static void names_are_found_and_suggested(void **state)
{
    (void)state;
    struct error err = {0};
    enum matrix_axis axis;
    enum matrix_measure measure;
    for (int i = 0; i < AXIS_COUNT; i++) {
        assert_true(matrix_axis_find(matrix_axes[i].name, &axis, &err));
        assert_int_equal(axis, i);
    }
    for (int i = 0; i < MEASURE_COUNT; i++) {
        assert_true(matrix_measure_find(matrix_measures[i].name, &measure, &err));
        assert_int_equal(measure, i);
        assert_true(*matrix_measures[i].help && *matrix_measures[i].label);
    }
    assert_false(matrix_axis_find("regoin", &axis, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_non_null(strstr(err.text, "did you mean region?"));
    assert_false(matrix_measure_find("", &measure, &err));
    assert_non_null(strstr(err.text, "due_soon"));
}

/* --- order ----------------------------------------------------------------------------------- */

#define TASK                                                                                       \
    "INSERT INTO task (id, source_id, number, title, state, region_id, lead_id, deadline, "        \
    "version) "                                                                                    \
    "VALUES "

static struct matrix *read_at(const char *path, enum matrix_axis rows, enum matrix_axis columns,
    enum matrix_measure measure, const char *filter)
{
    struct model *model = database_open(path);
    const struct matrix_spec spec = {rows, columns, measure, filter};
    struct matrix *matrix = matrix_read(model, &spec);
    model_close(model);
    return matrix;
}

/* "抚顺 .抚顺县 ..石文": depths as dots */
static void expect_order(
    const struct matrix *matrix, bool columns, const bool *unfolded, const char *expected)
{
    size_t count = columns ? matrix->column_count : matrix->row_count;
    size_t *order = alloc_zero(count + 1, sizeof *order);
    struct strbuf found = {0};
    count = matrix_order(matrix, columns, unfolded, order);
    for (size_t i = 0; i < count; i++) {
        const struct matrix_line *line =
            columns ? &matrix->columns[order[i]] : &matrix->rows[order[i]];
        strbuf_add(&found, i > 0 ? " " : "");
        strbuf_add_times(&found, '.', (size_t)line->depth);
        strbuf_format(&found, "%s%s", strchr(line->label, ' ') ? line->term : line->label,
            line->own ? "!" : "");
    }
    assert_string_equal(strbuf_text(&found), expected);
    strbuf_clear(&found);
    free(order);
}

static void worst_places_come_first_with_what_lies_in_them(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_write(path, TASK "(1, 1, '1', '甲', 'in_progress', 5, 1, '2026-11-01', 1),"
                              "(2, 1, '2', '乙', 'in_progress', 3, 1, '2026-11-01', 1),"
                              "(3, 1, '3', '丙', 'in_progress', 3, 2, '2026-11-01', 1),"
                              "(4, 1, '4', '丁', 'in_progress', 6, 2, '2026-12-01', 1),"
                              "(5, 1, '5', '戊', 'in_progress', 6, 2, '2026-11-02', 1),"
                              "(6, 1, '6', '己', 'submitted', 1, NULL, NULL, 1),"
                              "(7, 1, '7', '庚', 'closed', 2, 3, '2026-10-01', 1)");
    struct matrix *matrix = read_at(path, AXIS_REGION, AXIS_LEAD, MEASURE_OVERDUE, NULL);
    expect_order(matrix, false, NULL, "抚顺 .at:抚顺! .抚顺县 盘锦 .盘山县 at:辽宁!");
    expect_order(matrix, true, NULL, "水利厅 生态环境厅 main_lead:#0");
    bool none[8] = {false}, second[8] = {false};
    expect_order(matrix, false, none, "抚顺 盘锦 at:辽宁!");
    for (size_t i = 0; i < matrix->row_count; i++)
        second[i] = strcmp(matrix->rows[i].label, "盘锦") == 0;
    expect_order(matrix, false, second, "抚顺 盘锦 .盘山县 at:辽宁!");
    matrix_free(matrix);
    matrix = read_at(path, AXIS_CITY, AXIS_STATE, MEASURE_OPEN, NULL);
    expect_order(matrix, false, NULL, "抚顺 盘锦 at:辽宁! 沈阳");
    expect_order(matrix, true, NULL, "working applied closed");
    matrix_free(matrix);
    matrix = read_at(path, AXIS_MONTH, AXIS_SOURCE, MEASURE_CLOSED, NULL);
    expect_order(matrix, false, NULL, "2026-10 2026-11 2026-12 due:none");
    matrix_free(matrix);
}

/* --- filters --------------------------------------------------------------------------------- */

static void expect_text(char *found, const char *expected)
{
    assert_string_equal(found, expected);
    free(found);
}

static void filters_and_titles_say_what_is_behind(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_write(path, TASK "(1, 1, '1', '甲', 'in_progress', 5, 2, '2026-11-01', 1),"
                              "(2, 1, '2', '乙', 'in_progress', 3, 2, '2026-11-01', 1)");
    struct matrix *matrix =
        read_at(path, AXIS_REGION, AXIS_LEAD, MEASURE_OVERDUE, "甲 or source:2");
    expect_text(matrix_filter(matrix, -1, -1), "(甲 or source:2) overdue");
    expect_text(
        matrix_filter(matrix, 0, 0), "(甲 or source:2) region:抚顺 main_lead:水利厅 overdue");
    expect_text(matrix_title(matrix, 0, 0), "抚顺 · 水利厅 · overdue");
    expect_text(matrix_title(matrix, -1, 0), "水利厅 · overdue");
    expect_text(matrix_title(matrix, -1, -1), "overdue");
    matrix->measure = MEASURE_CLOSED; /* opens those that are not, too */
    expect_text(matrix_title(matrix, 0, 0), "抚顺 · 水利厅 · all tasks");
    matrix->measure = MEASURE_OVERDUE;
    matrix_free(matrix);
    matrix = read_at(path, AXIS_STATE, AXIS_MONTH, MEASURE_CLOSED, "  ");
    expect_text(matrix_filter(matrix, -1, -1), "");
    expect_text(matrix_filter(matrix, 0, 0), "state:in_progress due:2026-11");
    matrix_free(matrix);
    matrix = read_at(path, AXIS_STATE, AXIS_MONTH, MEASURE_DAYS, "甲");
    expect_text(matrix_filter(matrix, -1, 0), "甲 due:2026-11 overdue");
    matrix_free(matrix);
    matrix = read_at(path, AXIS_STATE, AXIS_MONTH, MEASURE_CHANGE, "甲");
    expect_text(matrix_filter(matrix, -1, 0), "id:#1");
    matrix_free(matrix);
    database_write(path, "UPDATE task SET assigned_on = '2026-01-01', version = version + 1");
    matrix = read_at(path, AXIS_STATE, AXIS_MONTH, MEASURE_CHANGE, "甲");
    expect_text(matrix_filter(matrix, -1, 0), "甲 due:2026-11 overdue");
    matrix_free(matrix);
}

/* Overdue since this week: as many as a filter can name are named, more are not. */
static void what_moved_is_named_as_far_as_a_filter_goes(void **state)
{
    char path[256];
    for (int count = 199; count <= 201; count++) {
        struct strbuf sql = {0};
        char name[16];
        unsigned seed = 1;
        snprintf(name, sizeof name, "%d.db", count);
        database_make(folder_file(*state, name, path));
        strbuf_add(&sql, "INSERT INTO task (id, source_id, number, title, state, region_id, "
                         "assigned_on, deadline, version) VALUES ");
        for (int i = 1; i <= count; i++)
            strbuf_format(&sql, "%s(%d, 1, '%d', '甲', 'in_progress', 5, '2026-01-01', '%s', 1)",
                i > 1 ? "," : "", i, i, "2026-11-18");
        database_write(path, strbuf_text(&sql));
        strbuf_clear(&sql);
        struct matrix *matrix = read_at(path, AXIS_REGION, AXIS_LEAD, MEASURE_CHANGE, "");
        assert_int_equal(matrix->moved_count, count);
        assert_int_equal(matrix->total.value, count);
        char *filter = matrix_filter(matrix, -1, -1);
        assert_int_equal(strncmp(filter, "id:", 3) == 0, count <= 200);
        free(filter);
        struct model *model = database_open(path);
        matrix_recount_filters(model, matrix, &seed);
        model_close(model);
        matrix_free(matrix);
    }
}

/* --- other worlds ---------------------------------------------------------------------------- */

static void expect_world(const char *path, const char *filter, size_t least)
{
    struct model *model = database_open(path);
    unsigned seed = 3;
    for (int rows = 0; rows < AXIS_COUNT; rows++)
        for (int measure = 0; measure < MEASURE_COUNT; measure++) {
            const struct matrix_spec spec = {
                (enum matrix_axis)rows, AXIS_LEAD, (enum matrix_measure)measure, filter};
            struct matrix *matrix = matrix_read(model, &spec);
            matrix_expect_tree(matrix->rows, matrix->row_count);
            matrix_recount_filters(model, matrix, &seed);
            if (measure == MEASURE_OPEN && rows == AXIS_REGION)
                assert_true(matrix->row_count >= least);
            matrix_free(matrix);
        }
    model_close(model);
}

static void a_world_without_anything_is_empty(void **state)
{
    char path[256];
    struct error err = {0};
    struct db *db = NULL;
    assert_true(db_open(folder_file(*state, "a.db", path), DB_CREATE, &db, &err));
    db_close(db);
    expect_world(path, "", 0);
    expect_world(path, "open", 0);
    struct matrix *matrix = read_at(path, AXIS_REGION, AXIS_LEAD, MEASURE_OPEN, NULL);
    assert_int_equal(matrix->row_count + matrix->column_count, 0);
    expect_order(matrix, false, NULL, "");
    expect_text(matrix_filter(matrix, -1, -1), "open");
    matrix_free(matrix);
}

#define ONE_SOURCE                                                                                 \
    "INSERT INTO source (id, code, name, year) VALUES (1, '2', '督察', 2021);"                   \
    "INSERT INTO region (id, code, name, short, level, parent_id) VALUES "

static void make_bare(void *folder, const char *units, char path[static 256])
{
    struct error err = {0};
    struct db *db = NULL;
    assert_true(db_open(folder_file(folder, "a.db", path), DB_CREATE, &db, &err));
    db_close(db);
    struct strbuf sql = {0};
    strbuf_format(&sql, "%s%s", ONE_SOURCE, units);
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

static void one_place_is_a_line(void **state)
{
    char path[256];
    make_bare(*state,
        "(1, 'a', '市', '市', 'province', NULL);" TASK
        "(1, 1, '1', '甲', 'in_progress', 1, NULL, '2026-11-01', 1)",
        path);
    expect_world(path, "", 1);
    expect_world(path, "open", 1);
    struct matrix *matrix = read_at(path, AXIS_REGION, AXIS_LEAD, MEASURE_OPEN, NULL);
    expect_order(matrix, false, NULL, "市");
    matrix_free(matrix);
}

/* Two that lie in nothing, and three in a ring by hand: every number is that of its filter. */
static void several_provinces_and_rings_are_counted(void **state)
{
    char path[256];
    make_bare(*state,
        "(1, 'a', '甲省', '甲', 'province', NULL), (2, 'b', '乙省', '乙', 'province', NULL),"
        "(3, 'c', '丙市', '丙', 'city', 1), (4, 'd', '丁市', '丁', 'city', 2),"
        "(5, 'e', '戊', '戊', 'city', 1), (6, 'f', '己', '己', 'county', 5),"
        "(7, 'g', '庚', '庚', 'county', 6);"
        "DROP TRIGGER region_moved; UPDATE region SET parent_id = 7 WHERE id = 5;" TASK
        "(1, 1, '1', '甲', 'in_progress', 1, NULL, '2026-11-01', 1),"
        "(2, 1, '2', '甲', 'in_progress', 3, NULL, '2026-11-01', 1),"
        "(3, 1, '3', '甲', 'in_progress', 4, NULL, '2026-11-01', 1),"
        "(4, 1, '4', '甲', 'in_progress', 5, NULL, '2026-11-01', 1),"
        "(5, 1, '5', '甲', 'in_progress', 6, NULL, '2026-11-01', 1);"
        "INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES (4, 2, 1, 0), "
        "(7, 3, 1, 0)",
        path);
    expect_world(path, "", 5);
    struct matrix *matrix = read_at(path, AXIS_REGION, AXIS_LEAD, MEASURE_OPEN, NULL);
    assert_int_equal(matrix->total.value, 5);
    matrix_free(matrix);
}

/* A place straight below the province that is no city, and years that no filter can name. */
static void what_fits_nowhere_has_its_line(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_write(path,
        "INSERT INTO region (id, code, name, short, level, parent_id, position) VALUES"
        " (7, 'z', '直管县', '直管县', 'county', 1, 9);" TASK
        "(1, 1, '1', '甲', 'in_progress', 7, 1, '2026-11-01', 1),"
        "(2, 1, '2', '甲', 'in_progress', 5, 1, '2026-11-30', 1),"
        "(3, 1, '3', '甲', 'in_progress', 5, 1, '2026-12-01', 1),"
        "(4, 1, '4', '甲', 'in_progress', 5, 1, NULL, 1)");
    struct matrix *matrix = read_at(path, AXIS_CITY, AXIS_MONTH, MEASURE_OPEN, NULL);
    expect_order(matrix, false, NULL, "抚顺 直管县");
    expect_order(matrix, true, NULL, "2026-11 2026-12 due:none");
    matrix_free(matrix);
}

/* --- size ------------------------------------------------------------------------------------ */

#define TOWNS 3000
#define LEADS 200
#define BIG_TASKS 4000

static double milliseconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) * 1e3 +
           (double)(now.tv_nsec - start->tv_nsec) / 1e6;
}

static void three_thousand_towns_by_two_hundred_departments(void **state)
{
    char path[256];
    struct strbuf sql = {0};
    unsigned seed = 9;
    static const char tail[] = "一二三四五六七八九十一二三四五六七八九十一二三四五六";
    database_make(folder_file(*state, "a.db", path));
    for (int i = 0; i < TOWNS; i++)
        strbuf_format(&sql, "%s(%d, 't%d', '镇%04d%s', '镇%04d%s', 'township', %d, %d)",
            i > 0 ? ","
                  : "INSERT INTO region (id, code, name, short, level, parent_id, position) "
                    "VALUES ",
            100 + i, i, i, tail, i, tail, 5 + i % 2, i);
    strbuf_add(&sql, ";");
    for (int i = 0; i < LEADS; i++)
        strbuf_format(&sql, "%s(%d, '厅%03d%s', '厅%03d%s', 1, %d)",
            i > 0 ? "," : "INSERT INTO department (id, name, short, region_id, position) VALUES ",
            100 + i, i, tail, i, tail, i);
    strbuf_add(&sql, ";");
    for (int i = 0; i < BIG_TASKS; i++)
        strbuf_format(&sql, "%s(%d, 1, '%d', '甲', 'in_progress', %u, %u, '2026-11-%02u', 1)",
            i > 0 ? "," : TASK, i + 1, i + 1, 100 + (i < TOWNS ? (unsigned)i : dice(&seed, TOWNS)),
            100 + dice(&seed, LEADS), 1 + dice(&seed, 28));
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
    struct model *model = database_open(path);
    struct matrix_spec spec = {AXIS_REGION, AXIS_LEAD, MEASURE_OVERDUE, NULL};
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    struct matrix *counted = matrix_read(model, &spec);
    double took = milliseconds_since(&start);
    spec.filter = "open";
    struct matrix *surveyed = matrix_read(model, &spec);
    assert_int_equal(counted->row_count, TOWNS + 4);
    assert_int_equal(counted->column_count, LEADS);
    assert_true(counted->starts[counted->row_count] < (size_t)BIG_TASKS * 4);
    matrix_expect_same(counted, surveyed);
    for (int i = 0; i < 20; i++) {
        int row = (int)dice(&seed, TOWNS);
        char *filter = matrix_filter(counted, row, -1);
        assert_int_equal(matrix_list_count(model, filter), counted->rows[row].total.value);
        free(filter);
    }
    print_message("3,000 x 200: %.1f ms\n", took);
    matrix_free(counted);
    matrix_free(surveyed);
    model_close(model);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, use_clock, end_clock)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_number_reads_as_its_measure),
        TEST(the_worse_comes_first),
        TEST(names_are_found_and_suggested),
        TEST(worst_places_come_first_with_what_lies_in_them),
        TEST(filters_and_titles_say_what_is_behind),
        TEST(what_moved_is_named_as_far_as_a_filter_goes),
        TEST(a_world_without_anything_is_empty),
        TEST(one_place_is_a_line),
        TEST(several_provinces_and_rings_are_counted),
        TEST(what_fits_nowhere_has_its_line),
        TEST(three_thousand_towns_by_two_hundred_departments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
