/* Tasks counted by two properties, every number against a recount in plain SQL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/lives.h"
#include "harness/living.h"
#include "harness/matrix_recount.h"

#define TASKS 300

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

static void make_world(void *folder, unsigned seed, char path[static 256])
{
    database_make(folder_file(folder, "a.db", path));
    matrix_units(path);
    matrix_tasks(path, seed, TASKS);
}

/* `every`: each measure; else those that differ from pair to pair. */
static void expect_pairs(
    struct model *model, const char *filter, const char *where, unsigned seed, bool every)
{
    for (int rows = 0; rows < AXIS_COUNT; rows++)
        for (int columns = 0; columns < AXIS_COUNT; columns++)
            for (int measure = 0; measure < MEASURE_COUNT; measure++) {
                const struct matrix_spec spec = {(enum matrix_axis)rows, (enum matrix_axis)columns,
                    (enum matrix_measure)measure, filter};
                if (!every && (rows + 2 * columns + measure) % 6 != 0)
                    continue;
                struct matrix *matrix = matrix_read(model, &spec);
                matrix_recount(model, matrix, where, NULL);
                matrix_expect_tree(matrix->rows, matrix->row_count);
                matrix_expect_tree(matrix->columns, matrix->column_count);
                if ((rows + columns + measure) % 5 == 0)
                    matrix_recount_filters(model, matrix, &seed);
                matrix_free(matrix);
            }
}

static void every_pair_and_measure_is_what_sql_counts(void **state)
{
    char path[256];
    make_world(*state, 11, path);
    struct model *model = database_open(path);
    expect_pairs(model, NULL, "1", 1, true);
    model_close(model);
}

#define BELOW(id)                                                                                  \
    "t.id IN (SELECT task_id FROM task_region WHERE region_id IN (WITH RECURSIVE b(id) AS "        \
    "(SELECT " #id                                                                                 \
    " UNION SELECT r.id FROM region r JOIN b ON r.parent_id = b.id) SELECT id FROM b))"

static void reach_and_filter_leave_the_others_out(void **state)
{
    char path[256];
    make_world(*state, 12, path);
    struct model *model = database_open_reach(path, "region:抚顺县");
    expect_pairs(model, "", BELOW(5), 2, false);
    expect_pairs(model, "region:盘锦 or source:2", BELOW(5) " AND (" BELOW(4) " OR source_id = 1)",
        3, false);
    model_close(model);
    model = database_open(path);
    expect_pairs(model, "-closed percent>=30 due<2026-12-15",
        "state <> 'closed' AND percent >= 30 AND due_on < '2026-12-15'", 4, false);
    model_close(model);
}

/* What is counted from the tallies is what a survey counts. */
static void both_ways_agree(void **state)
{
    char path[256];
    static const enum matrix_axis pairs[][2] = {{AXIS_REGION, AXIS_LEAD}, {AXIS_LEAD, AXIS_REGION},
        {AXIS_CITY, AXIS_LEAD}, {AXIS_LEAD, AXIS_CITY}};
    make_world(*state, 13, path);
    struct model *model = database_open(path);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (int measure = 0; measure < MEASURE_COUNT; measure++) {
            struct matrix_spec spec = {
                pairs[i][0], pairs[i][1], (enum matrix_measure)measure, NULL};
            struct matrix *counted = matrix_read(model, &spec);
            spec.filter = "open or closed";
            struct matrix *surveyed = matrix_read(model, &spec);
            matrix_expect_same(counted, surveyed);
            matrix_free(counted);
            matrix_free(surveyed);
        }
    model_close(model);
}

/* --- with a history -------------------------------------------------------------------------- */

/* What was overdue at the end of a day, as a condition. */
static char *overdue_ids(const char *path, date_t day, date_t today)
{
    struct strbuf out = {0}, sql = {0};
    struct db *lives = lives_recount(path, day, today);
    struct db_statement *rows;
    struct error err = {0};
    char iso[11];
    strbuf_format(&sql,
        "SELECT task FROM alive WHERE open AND due <> '' AND due < '%s' AND day = '%s'",
        date_format(day, iso), iso);
    assert_true(db_prepare(lives, strbuf_text(&sql), &rows, &err));
    strbuf_add(&out, "t.id IN (0");
    while (db_step(rows, &err) == DB_ROW)
        strbuf_format(&out, ", %lld", (long long)db_int(rows, 0));
    strbuf_add(&out, ")");
    db_finish(rows);
    db_close(lives);
    strbuf_clear(&sql);
    return strbuf_take(&out);
}

static struct model *open_past(const char *path, moment_t as_of)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.name = (char *)"李娜", .role = PERSON_ADMIN};
    const struct model_options options = {
        .path = path, .as_of = as_of, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

#define STEPS 8
static void expect_axes(struct model *model, enum matrix_measure measure, const char *before)
{
    static const enum matrix_axis pairs[][2] = {
        {AXIS_REGION, AXIS_LEAD}, {AXIS_STATE, AXIS_MONTH}, {AXIS_SOURCE, AXIS_CATEGORY}};
    unsigned seed = 5;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct matrix_spec spec = {pairs[i][0], pairs[i][1], measure, ""};
        struct matrix *matrix = matrix_read(model, &spec);
        matrix_recount(model, matrix, "1", before);
        matrix_recount_filters(model, matrix, &seed);
        matrix_free(matrix);
    }
}

static void a_change_is_what_was_overdue_a_week_ago(void **state)
{
    char path[256];
    struct living living;
    size_t changes = 0;
    living_begin(&living, folder_file(*state, "a.db", path), 31, date_make(2025, 3, 3));
    living_go(&living, 100);
    for (int i = 0; i < STEPS; i++) {
        living_go(&living, 20);
        char *before = overdue_ids(path, living.today - 7, living.today);
        const struct matrix_spec spec = {AXIS_REGION, AXIS_LEAD, MEASURE_CHANGE, ""};
        struct model *model = database_open(path);
        assert_int_equal(model_today(model)->date, living.today);
        struct matrix *matrix = matrix_read(model, &spec);
        changes += matrix->moved_count;
        matrix_free(matrix);
        expect_axes(model, MEASURE_CHANGE, before);
        model_close(model);
        free(before);
    }
    assert_true(changes > 10);
    living_end(&living);
}

static void the_past_is_counted_as_it_was(void **state)
{
    char path[256], then[256];
    struct living living;
    struct error err = {0};
    living_begin(&living, folder_file(*state, "a.db", path), 32, date_make(2025, 3, 3));
    living_go(&living, 200);
    assert_true(db_backup(model_db(living.model), folder_file(*state, "then.db", then), &err));
    date_t day = living.today++;
    char *before = overdue_ids(then, day - 7, day);
    living_go(&living, 60);
    struct model *past = open_past(path, date_moment(day, 23, 59));
    assert_int_equal(model_today(past)->date, day);
    for (int measure = 0; measure < MEASURE_COUNT; measure++)
        expect_axes(past, (enum matrix_measure)measure, before);
    free(before);
    model_close(past);
    living_end(&living);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, use_clock, end_clock)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_pair_and_measure_is_what_sql_counts),
        TEST(reach_and_filter_leave_the_others_out),
        TEST(both_ways_agree),
        TEST(a_change_is_what_was_overdue_a_week_ago),
        TEST(the_past_is_counted_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
