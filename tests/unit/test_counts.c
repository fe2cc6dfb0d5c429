/* Counts against the lists and the rows they stand for, over tasks that differ in everything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/database.h"
#include "harness/folder.h"
#include "harness/found.h"
#include "model/counts.h"
#include "model/task_list.h"

#define TASKS 400
#define WAIT_MS 20000

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

static struct counts read_counts(struct model *model)
{
    struct error err = {0};
    struct counts counts;
    if (!counts_read(model, &counts, &err))
        fail_msg("%s", err.text);
    return counts;
}

static int64_t list_length(struct model *model, const struct query *query)
{
    const struct sort sort = {SORT_DUE, false};
    struct query_error wrong = {0};
    struct error err = {0};
    struct task_list *list;
    if (!task_list_open(model, query, &sort, &list, &wrong))
        fail_msg("%s", wrong.text);
    task_list_wait(list, SIZE_MAX, WAIT_MS);
    task_list_take(list, &err);
    assert_int_equal(err.code, ERROR_NONE);
    assert_true(task_list_complete(list));
    int64_t count = (int64_t)task_list_count(list);
    task_list_close(list);
    return count;
}

static struct query *parse(const char *filter)
{
    struct query_error wrong;
    struct query *query = NULL;
    if (!query_parse(filter, &query, &wrong))
        fail_msg("%s: %s", filter, wrong.text);
    return query;
}

static void expect_same(struct model *model, const struct counts *counts, const char *filter)
{
    struct query *query = parse(filter);
    int64_t count = -1, length = list_length(model, query);
    if (!counts_of(counts, query, &count))
        fail_msg("the counts do not answer \"%s\"", filter);
    if (count != length)
        fail_msg("\"%s\": counted %lld, listed %lld", filter, (long long)count, (long long)length);
    query_free(query);
}

/* Flags that are counted. */
static const enum query_flag flags[] = {FLAG_OPEN, FLAG_CLOSED, FLAG_OVERDUE, FLAG_DUE_SOON,
    FLAG_DUE_URGENT, FLAG_UNREPORTED, FLAG_RETURNED};
enum { FLAGS = sizeof flags / sizeof *flags };

static void expect_each_filter(struct model *model)
{
    struct counts counts = read_counts(model);
    char filter[128];
    expect_same(model, &counts, "");
    for (int i = 0; i < FLAGS; i++) {
        const char *flag = query_flags[flags[i]].name;
        expect_same(model, &counts, flag);
        snprintf(filter, sizeof filter, "-%s", flag);
        expect_same(model, &counts, filter);
        snprintf(filter, sizeof filter, "-closed -%s", flag);
        expect_same(model, &counts, filter);
        for (int state = 0; state < STATE_COUNT; state++) {
            snprintf(filter, sizeof filter, "state:%s %s", task_states[state].name, flag);
            expect_same(model, &counts, filter);
        }
    }
    for (int state = 0; state < STATE_COUNT; state++) {
        snprintf(filter, sizeof filter, "state:%s", task_states[state].name);
        expect_same(model, &counts, filter);
        snprintf(filter, sizeof filter, "-state:%s", task_states[state].name);
        expect_same(model, &counts, filter);
    }
    expect_same(model, &counts, "state:submitted,in_review");
    expect_same(model, &counts, "state:submitted,in_review,in_progress overdue");
    expect_same(model, &counts, "state:submitted or closed");
    expect_same(model, &counts, "(state:submitted overdue) or (state:in_progress overdue)");
}

static void counts_what_lists_list(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    for (unsigned seed = 1; seed <= 3; seed++) {
        database_tasks(path, seed, TASKS);
        struct model *model = database_open(path);
        expect_each_filter(model);
        model_close(model);
    }
}

static void counts_only_what_is_in_reach(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 11, TASKS);
    struct model *model = database_open_reach(path, "region:抚顺");
    struct counts counts = read_counts(model);
    assert_true(counts.all > 0 && counts.all < TASKS);
    expect_each_filter(model);
    model_close(model);
}

/* The same facts by the functions that give each row its light. */
/* What is counted of a filter is what a person whose reach it is counts. */
static void counts_what_is_in_a_filter(void **state)
{
    static const char *const filters[] = {
        "", "region:抚顺", "lead:水利厅 -closed", "整改任务 or 1"};
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 3, TASKS);
    struct model *model = database_open(path), *half = database_open_reach(path, "percent<50");
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        struct error err = {0};
        struct counts found, expected;
        char both[80];
        struct query *query = parse(filters[i]);
        struct model *reach = database_open_reach(path, filters[i]);
        expected = read_counts(reach);
        assert_true(counts_read_of(model, query, &found, &err));
        assert_memory_equal(&found, &expected, sizeof found);
        model_close(reach);
        snprintf(both, sizeof both, "percent<50 (%s)", *filters[i] ? filters[i] : "open or closed");
        reach = database_open_reach(path, both);
        expected = read_counts(reach);
        assert_true(counts_read_of(half, query, &found, &err));
        assert_memory_equal(&found, &expected, sizeof found);
        assert_true(found.all > 0);
        model_close(reach);
        query_free(query);
    }
    struct error err = {0};
    struct counts found, expected = read_counts(model);
    assert_true(counts_read_of(model, NULL, &found, &err));
    assert_memory_equal(&found, &expected, sizeof found);
    struct query *unknown = parse("region:没有");
    assert_false(counts_read_of(model, unknown, &found, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    query_free(unknown);
    model_close(half);
    model_close(model);
}

/* The first few of an order, beside the list of all. */
static void a_few_are_the_first_of_the_list(void **state)
{
    char path[256];
    const struct sort sort = {SORT_DUE, true};
    struct query_error wrong;
    struct error err = {0};
    struct task_list *list;
    int64_t ids[7];
    size_t count;
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 5, TASKS);
    struct model *model = database_open_reach(path, "region:抚顺");
    struct query *query = parse("open");
    assert_true(task_list_open(model, query, &sort, &list, &wrong));
    task_list_wait(list, SIZE_MAX, WAIT_MS);
    task_list_take(list, &err);
    assert_true(task_ids_read(model, query, &sort, ids, 7, &count, &err));
    assert_int_equal(count, 7);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(ids[i], task_list_id(list, i));
    task_list_close(list);
    query_free(query);
    query = parse("open 没有的字");
    assert_true(task_ids_read(model, query, &sort, ids, 7, &count, &err));
    assert_int_equal(count, 0);
    query_free(query);
    model_close(model);
}

static void counts_what_rows_say(void **state)
{
    char path[256];
    struct error err = {0};
    struct task_row row;
    struct counts wanted = {0};
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 5, TASKS);
    struct model *model = database_open(path);
    const struct today *today = model_today(model);
    for (int64_t id = 1; id <= TASKS; id++) {
        assert_true(task_rows_read(model, &id, 1, &row, &err));
        assert_int_equal(row.id, id);
        wanted.all++;
        wanted.state[row.state]++;
        wanted.open += row.state != STATE_CLOSED;
        wanted.overdue += task_is_overdue(&row, today);
        wanted.due_soon += task_is_due_soon(&row, today);
        wanted.unreported += task_is_unreported(&row, today);
        wanted.returned += row.returned;
        task_row_clear(&row);
    }
    struct counts counts = read_counts(model);
    assert_true(wanted.overdue > 0 && wanted.due_soon > 0 && wanted.unreported > 0);
    assert_int_equal(counts.all, wanted.all);
    assert_int_equal(counts.open, wanted.open);
    assert_int_equal(counts.overdue, wanted.overdue);
    assert_int_equal(counts.due_soon, wanted.due_soon);
    assert_int_equal(counts.unreported, wanted.unreported);
    assert_int_equal(counts.returned, wanted.returned);
    assert_memory_equal(counts.state, wanted.state, sizeof counts.state);
    model_close(model);
}

static void leaves_other_filters_to_a_query(void **state)
{
    static const char *const filters[] = {"overdue or due_soon", "overdue unreported", "listed",
        "region:抚顺", "湿地", "percent<50", "closed or (state:submitted overdue)",
        "-(state:submitted overdue)"};
    const struct counts counts = {0};
    (void)state;
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        struct query *query = parse(filters[i]);
        int64_t count = -1;
        if (counts_of(&counts, query, &count))
            fail_msg("answered \"%s\"", filters[i]);
        assert_int_equal(count, -1);
        query_free(query);
    }
}

/* --- the check ------------------------------------------------------------------------------- */

static void check(const char *path, struct found *found)
{
    struct error err = {0};
    struct model *model = database_open(path);
    struct findings findings = {.say = found_note, .context = found};
    memset(found, 0, sizeof *found);
    if (!check_counts(model, &findings, &err))
        fail_msg("%s", err.text);
    model_close(model);
}

static void finds_nothing_wrong_after_many_changes(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 3, TASKS);
    database_script(path, "UPDATE task SET state = 'closed' WHERE id % 3 = 0;"
                          "UPDATE task SET lead_id = 2, region_id = 4 WHERE id % 5 = 0;"
                          "UPDATE task SET deadline = '2027-01-01' WHERE id % 7 = 0;"
                          "DELETE FROM task WHERE id % 11 = 0");
    struct found found;
    check(path, &found);
    found_expect_nothing(&found);
}

static void finds_and_repairs_wrong_counts(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 3, TASKS);
    database_write(path,
        "UPDATE tally_total SET n = n + 5 WHERE state = 'closed' AND source_id = 1;"
        "DELETE FROM tally_place WHERE place_id = 3");
    struct found found, again;
    check(path, &found);
    assert_true(found.count > 1);
    found_expect(&found, FOUND_COUNTS, "抚顺");
    check(path, &again);
    assert_int_equal(again.count, found.count); /* looking changes nothing */
    found_repairing(path, &again);
    assert_int_equal(again.repaired[FOUND_COUNTS], found.count);
    check(path, &found);
    found_expect_nothing(&found);
    struct model *model = database_open(path);
    expect_each_filter(model);
    model_close(model);
}

static void a_share_is_all_or_nothing_only_where_it_is(void **state)
{
    (void)state;
    static const struct {
        int64_t part, whole;
        int percent;
    } shares[] = {{0, 0, 0}, {0, 7, 0}, {1, 1000, 1}, {93, 156, 60}, {1, 2, 50}, {1, 8, 13},
        {1, 3, 33}, {2, 3, 67}, {999, 1000, 99}, {7, 7, 100}, {99999, 100000, 99}};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        assert_int_equal(share_percent(shares[i].part, shares[i].whole), shares[i].percent);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, use_clock, end_clock)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(counts_what_lists_list),
        TEST(counts_only_what_is_in_reach),
        TEST(counts_what_is_in_a_filter),
        TEST(a_few_are_the_first_of_the_list),
        TEST(counts_what_rows_say),
        TEST(leaves_other_filters_to_a_query),
        cmocka_unit_test(a_share_is_all_or_nothing_only_where_it_is),
        TEST(finds_nothing_wrong_after_many_changes),
        TEST(finds_and_repairs_wrong_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
