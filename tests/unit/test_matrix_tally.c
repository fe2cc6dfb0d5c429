/* Places by departments from the counts of the database: at once, and number by number what a
 * survey of all tasks gives, whatever happened to tasks and places before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "harness/database.h"
#include "harness/folder.h"
#include "model/matrix.h"

#define TASKS 300
#define ALL "open or closed" /* every task, but no counts are kept of it */

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

/* --- matrices -------------------------------------------------------------------------------- */

/* `at_once`: whether it was whole before a step was taken. */
static struct matrix *read_matrix(
    struct model *model, const struct matrix_spec *spec, bool *at_once)
{
    struct survey *survey = NULL;
    struct query_error wrong;
    struct error err = {0};
    if (!matrix_open(model, spec, &survey, &wrong))
        fail_msg("%s", wrong.text);
    *at_once = survey_done(survey);
    while (!survey_done(survey))
        if (!survey_step(survey, 0, &err))
            fail_msg("%s", err.text);
    struct matrix *matrix = survey_take(survey);
    survey_close(survey);
    return matrix;
}

static void expect_cell(const struct matrix_cell *counted, const struct matrix_cell *surveyed,
    const struct matrix_spec *spec, const char *row, const char *column)
{
    if (counted->value != surveyed->value || counted->of != surveyed->of)
        fail_msg("%s, %s by %s: counted %lld of %lld, there are %lld of %lld",
            matrix_measures[spec->measure].name, row, column, (long long)counted->value,
            (long long)counted->of, (long long)surveyed->value, (long long)surveyed->of);
}

static void expect_lines(const struct matrix_line *counted, const struct matrix_line *surveyed,
    size_t count, const struct matrix_spec *spec)
{
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(counted[i].label, surveyed[i].label);
        assert_string_equal(counted[i].term, surveyed[i].term);
        assert_int_equal(counted[i].key, surveyed[i].key);
        assert_int_equal(counted[i].own, surveyed[i].own);
        assert_int_equal(counted[i].depth, surveyed[i].depth);
        assert_int_equal(counted[i].parent, surveyed[i].parent);
        assert_int_equal(counted[i].below, surveyed[i].below);
        expect_cell(&counted[i].total, &surveyed[i].total, spec, counted[i].label, "all");
    }
}

/* Returns how much it tells. */
static int64_t expect_as_surveyed(struct model *model, const struct matrix_spec *spec)
{
    struct matrix_spec surveying = *spec;
    bool at_once;
    struct matrix *counted = read_matrix(model, spec, &at_once);
    assert_true(at_once);
    surveying.filter = ALL;
    struct matrix *surveyed = read_matrix(model, &surveying, &at_once);
    assert_false(at_once);
    assert_int_equal(counted->row_count, surveyed->row_count);
    assert_int_equal(counted->column_count, surveyed->column_count);
    expect_lines(counted->rows, surveyed->rows, counted->row_count, spec);
    expect_lines(counted->columns, surveyed->columns, counted->column_count, spec);
    expect_cell(&counted->total, &surveyed->total, spec, "all", "all");
    for (size_t row = 0; row < counted->row_count; row++)
        for (size_t column = 0; column < counted->column_count; column++)
            expect_cell(matrix_cell(counted, row, column), matrix_cell(surveyed, row, column), spec,
                counted->rows[row].label, counted->columns[column].label);
    int64_t told = counted->total.value;
    matrix_free(counted);
    matrix_free(surveyed);
    return told;
}

static void expect_each_as_surveyed(const char *path)
{
    struct model *model = database_open(path);
    for (int measure = 0; measure < MEASURE_COUNT; measure++) {
        if (measure == MEASURE_CHANGE)
            continue;
        struct matrix_spec spec = {AXIS_REGION, AXIS_LEAD, (enum matrix_measure)measure, NULL};
        assert_true(expect_as_surveyed(model, &spec) > 0);
        spec = (struct matrix_spec){AXIS_LEAD, AXIS_REGION, (enum matrix_measure)measure, ""};
        expect_as_surveyed(model, &spec);
        spec = (struct matrix_spec){AXIS_CITY, AXIS_LEAD, (enum matrix_measure)measure, ""};
        expect_as_surveyed(model, &spec);
    }
    model_close(model);
}

/* --- worlds ---------------------------------------------------------------------------------- */

/* Towns, two counties more, and every third task in several places. */
static const char more[] =
    "INSERT INTO region (id, code, name, short, level, parent_id) VALUES (7, 'c7', '新宾县', "
    "'新宾', 'county', 3), (8, 'c8', '大洼区', '大洼', 'county', 4), (9, 't9', '石文镇', '石文', "
    "'township', 5);"
    "UPDATE task SET region_id = 1 + (id * 7) % 9, progress = iif(id % 4, progress, 'behind'), "
    "version = version + 1;"
    "INSERT INTO task_region (region_id, task_id, position, event_seq) SELECT 1 + (id * 5) % 9, "
    "id, 1, 0 FROM task WHERE id % 3 = 0 ON CONFLICT DO NOTHING;"
    "INSERT INTO task_region (region_id, task_id, position, event_seq) SELECT 1 + (id * 4) % 9, "
    "id, 2, 0 FROM task WHERE id % 9 = 0 ON CONFLICT DO NOTHING;";

static const char *make_world(void *folder, unsigned seed, char path[static 256])
{
    database_make(folder_file(folder, "a.db", path));
    database_tasks(path, seed, TASKS);
    database_write(path, more);
    return path;
}

static void counts_tell_what_a_survey_finds(void **state)
{
    char path[256];
    expect_each_as_surveyed(make_world(*state, 7, path));
    database_script(path, "UPDATE region SET parent_id = 2 WHERE id = 5;"
                          "UPDATE task SET state = 'closed' WHERE id % 7 = 0;"
                          "UPDATE task SET state = 'in_progress', lead_id = NULL, deadline = "
                          "'2026-11-20' WHERE id % 11 = 0;"
                          "DELETE FROM task WHERE id % 13 = 0;"
                          "INSERT INTO region (id, code, name, short, level, parent_id) VALUES "
                          "(10, 't10', '后安镇', '后安', 'township', 7)");
    expect_each_as_surveyed(path);
}

static void days_turn_at_midnight(void **state)
{
    static const char *const moments[] = {"2026-11-21T23:59:59+08:00", "2026-11-22T00:00:00+08:00",
        "2026-12-31T12:00:00+08:00", "2027-01-01T00:00:00+08:00"};
    char path[256];
    make_world(*state, 8, path);
    database_script(path, "UPDATE task SET deadline_kind = 'date', deadline = date('2026-11-21', "
                          "(id % 3 - 1) || ' days') WHERE id % 2");
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        setenv("DUBAN_NOW", moments[i], 1);
        expect_each_as_surveyed(path);
    }
}

static struct model *open_yesterday(const char *path)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.name = (char *)"值班员", .role = PERSON_ADMIN};
    const struct model_options options = {
        .path = path, .person = &person, .as_of = date_now() - 86400000, .read_only = true};
    database_write(
        path, "INSERT INTO event (at, action) VALUES ('2026-11-01T00:00:00.000Z', 'import')");
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

/* Of other pairs, filters, changes, the past, and of a part of the tasks no counts are kept. */
static void all_else_is_surveyed(void **state)
{
    static const struct matrix_spec specs[] = {
        {AXIS_REGION, AXIS_STATE, MEASURE_OPEN, ""},
        {AXIS_SOURCE, AXIS_LEAD, MEASURE_OPEN, ""},
        {AXIS_REGION, AXIS_CITY, MEASURE_OPEN, ""},
        {AXIS_REGION, AXIS_LEAD, MEASURE_CHANGE, ""},
        {AXIS_REGION, AXIS_LEAD, MEASURE_OPEN, "open"},
    };
    char path[256];
    make_world(*state, 9, path);
    struct model *model = database_open(path), *reach = database_open_reach(path, "region:抚顺");
    bool at_once;
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        matrix_free(read_matrix(model, &specs[i], &at_once));
        assert_false(at_once);
    }
    const struct matrix_spec spec = {AXIS_REGION, AXIS_LEAD, MEASURE_OPEN, ""};
    matrix_free(read_matrix(reach, &spec, &at_once));
    assert_false(at_once);
    model_close(reach);
    struct model *past = open_yesterday(path);
    matrix_free(read_matrix(past, &spec, &at_once));
    assert_false(at_once);
    model_close(past);
    model_close(model);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, use_clock, end_clock)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(counts_tell_what_a_survey_finds),
        TEST(days_turn_at_midnight),
        TEST(all_else_is_surveyed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
