/* Lists: what is in them and in which order, while tasks change under them; and rows by id. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/search.h"
#include "model/task_list.h"
#include "store/db.h"

#define WAIT_MS 20000

static const struct sort by_due = {SORT_DUE, false};

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

static char *made(void **state, int tasks, char path[static 256])
{
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 42, tasks);
    return path;
}

static struct query *parse(const char *filter)
{
    struct query_error wrong;
    struct query *query = NULL;
    if (!query_parse(filter, &query, &wrong))
        fail_msg("%s: %s", filter, wrong.text);
    return query;
}

static struct task_list *open_list(
    struct model *model, const struct query *query, const struct sort *sort)
{
    struct query_error wrong = {0};
    struct task_list *list = NULL;
    if (!task_list_open(model, query, sort, &list, &wrong))
        fail_msg("%s", wrong.text);
    return list;
}

static void complete(struct task_list *list)
{
    struct error err = {0};
    task_list_wait(list, SIZE_MAX, WAIT_MS);
    task_list_take(list, &err);
    if (err.code != ERROR_NONE)
        fail_msg("%s", err.text);
    assert_true(task_list_complete(list));
    assert_int_equal(task_list_fd(list), -1);
}

static struct task_list *open_whole(
    struct model *model, const struct query *query, const struct sort *sort)
{
    struct task_list *list = open_list(model, query, sort);
    complete(list);
    return list;
}

static void expect_equal(const struct task_list *list, const struct task_list *wanted)
{
    size_t count = task_list_count(wanted);
    assert_int_equal(task_list_count(list), count);
    for (size_t i = 0; i < count; i++)
        if (task_list_id(list, i) != task_list_id(wanted, i))
            fail_msg("place %zu of %zu holds %lld, not %lld", i, count,
                (long long)task_list_id(list, i), (long long)task_list_id(wanted, i));
}

/* --- opening --------------------------------------------------------------------------------- */

static void lists_every_task_once(void **state)
{
    char path[256];
    size_t index;
    struct query *all = parse("");
    struct model *model = database_open(made(state, 300, path));
    for (int key = 0; key < SORT_COUNT; key++)
        for (int reverse = 0; reverse < 2; reverse++) {
            const struct sort sort = {(enum sort_key)key, reverse != 0};
            struct task_list *list = open_whole(model, all, &sort);
            assert_int_equal(task_list_count(list), 300);
            for (int64_t id = 1; id <= 300; id++) {
                assert_true(task_list_find(list, id, &index));
                assert_int_equal(task_list_id(list, index), id);
            }
            assert_false(task_list_find(list, 301, &index));
            assert_false(task_list_find(list, -1, &index));
            assert_false(task_list_find(list, (int64_t)1 << 40, &index));
            task_list_close(list);
        }
    query_free(all);
    model_close(model);
}

static void can_be_used_before_it_is_whole(void **state)
{
    char path[256];
    struct error err = {0};
    struct query *all = parse("");
    struct model *model = database_open(made(state, 3000, path));
    struct task_list *list = open_list(model, all, &by_due);
    assert_true(task_list_fd(list) >= 0);
    assert_false(task_list_complete(list));
    task_list_wait(list, 20, WAIT_MS);
    assert_true(task_list_count(list) >= 20);
    assert_true(task_list_take(list, &err)); /* what the wait took is told */
    complete(list);
    assert_int_equal(task_list_count(list), 3000);
    assert_false(task_list_take(list, &err));
    task_list_close(list);
    query_free(all);
    model_close(model);
}

static void reads_a_few_at_once(void **state)
{
    char path[256];
    struct error err = {0};
    struct query *all = parse("");
    struct model *model = database_open(made(state, 98, path));
    struct task_list *list = open_list(model, all, &by_due);
    assert_true(task_list_complete(list));
    assert_int_equal(task_list_fd(list), -1);
    assert_true(task_list_take(list, &err));
    assert_int_equal(task_list_count(list), 98);
    database_write(path, "DELETE FROM task WHERE id > 90");
    assert_true(task_list_reread(list, &err));
    assert_true(task_list_take(list, &err));
    assert_int_equal(task_list_count(list), 90);
    task_list_close(list);
    query_free(all);
    model_close(model);
}

static void closes_in_the_midst(void **state)
{
    char path[256];
    struct query *all = parse("");
    struct model *model = database_open(made(state, 3000, path));
    task_list_close(open_list(model, all, &by_due));
    task_list_close(NULL);
    query_free(all);
    model_close(model);
}

static void says_which_unit_is_unknown(void **state)
{
    char path[256];
    struct query_error wrong = {0};
    struct task_list *list = NULL;
    struct query *query = parse("region:没有的地方");
    struct model *model = database_open(made(state, 3, path));
    assert_false(task_list_open(model, query, &by_due, &list, &wrong));
    assert_true(strlen(wrong.text) > 0);
    assert_null(list);
    query_free(query);
    model_close(model);
}

static void holds_ids_of_any_size(void **state)
{
    static const int64_t odd[] = {5000000000, -7, 4294967295, 4294967296};
    char path[256];
    struct changes changes;
    struct error err = {0};
    int retry_ms;
    struct query *all = parse("");
    struct model *model = database_open(made(state, 50, path));
    struct task_list *list = open_whole(model, all, &by_due);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct strbuf sql = {0};
        strbuf_format(&sql,
            "INSERT INTO task (id, source_id, number, title, region_id, deadline) VALUES "
            "(%lld, 1, 'x%zu', '任务', 2, '2026-12-%02zu')",
            (long long)odd[i], i, i + 10);
        database_write(path, strbuf_text(&sql));
        strbuf_clear(&sql);
        model_poll(model, &changes, &retry_ms);
        assert_true(task_list_update(list, &changes, &err));
    }
    struct task_list *wanted = open_whole(model, all, &by_due);
    expect_equal(list, wanted);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        size_t index;
        assert_true(task_list_find(list, odd[i], &index));
        assert_int_equal(task_list_id(list, index), odd[i]);
    }
    task_list_close(wanted);
    task_list_close(list);
    query_free(all);
    model_close(model);
}

/* --- changes --------------------------------------------------------------------------------- */

static const char *const random_changes[] = {
    "UPDATE task SET deadline = date('2026-11-21', '%u days'), deadline_kind = 'date' WHERE id = "
    "%u",
    "UPDATE task SET percent = %u %% 101 WHERE id = %u",
    "UPDATE task SET state = 'closed' WHERE id + 0 * %u = %u",
    "UPDATE task SET state = 'in_progress' WHERE id + 0 * %u = %u",
    "UPDATE task SET region_id = 1 + %u %% 6 WHERE id = %u",
    "UPDATE task SET lead_id = 1 + %u %% 4 WHERE id = %u",
    "UPDATE task SET title = '湿地' || %u WHERE id = %u",
    "DELETE FROM task WHERE id + 0 * %u = %u",
    "INSERT INTO task (source_id, number, position, title, region_id, deadline) VALUES "
    "(2, 'n%u-%u', 7, '湿地恢复', 3, '2026-11-30')",
};
enum { RANDOM_CHANGES = sizeof random_changes / sizeof *random_changes };

static void change_some(const char *path, unsigned *seed, int count)
{
    struct strbuf sql = {0};
    for (int i = 0; i < count; i++) {
        *seed = *seed * 1103515245u + 12345u;
        unsigned a = *seed >> 12;
        strbuf_format(&sql, random_changes[a % RANDOM_CHANGES], a % 997, 1 + (a >> 4) % 300);
        strbuf_add(&sql, ";\n");
    }
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

/* A list kept by changes must be the list read anew, whatever was changed, filtered and sorted. */
static void follows_changes(void **state, const char *filter, const struct sort *sort)
{
    char path[256], name[64];
    struct error err = {0};
    unsigned seed = 99;
    snprintf(name, sizeof name, "%d-%d-%zu.db", (int)sort->key, sort->reverse, strlen(filter));
    database_make(folder_file(*state, name, path));
    database_tasks(path, 42, 300);
    struct query *query = parse(filter);
    struct model *model = database_open(path);
    struct task_list *list = open_whole(model, query, sort);
    for (int round = 0; round < 12; round++) {
        struct changes changes;
        int retry_ms;
        change_some(path, &seed, 1 + round % 6);
        model_poll(model, &changes, &retry_ms);
        if (!task_list_update(list, &changes, &err))
            fail_msg("%s", err.text);
        struct task_list *wanted = open_whole(model, query, sort);
        complete(list);
        expect_equal(list, wanted);
        task_list_close(wanted);
    }
    task_list_close(list);
    query_free(query);
    model_close(model);
}

static void follows_changes_in_every_order(void **state)
{
    for (int key = 0; key < SORT_COUNT; key++)
        for (int reverse = 0; reverse < 2; reverse++) {
            const struct sort sort = {(enum sort_key)key, reverse != 0};
            follows_changes(state, "", &sort);
        }
}

static void follows_changes_in_a_filter(void **state)
{
    static const char *const filters[] = {
        "open", "overdue or due_soon", "region:抚顺 percent<70", "湿地", "lead:水利厅,生态环境厅"};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        follows_changes(state, filters[i], &by_due);
}

static void keeps_changes_that_come_while_loading(void **state)
{
    char path[256];
    struct changes changes;
    struct error err = {0};
    int retry_ms;
    struct query *all = parse("open");
    struct model *model = database_open(made(state, 3000, path));
    struct task_list *list = open_list(model, all, &by_due);
    task_list_wait(list, 10, WAIT_MS);
    database_write(path, "UPDATE task SET state = 'closed' WHERE id IN (5, 6, 7);"
                         "UPDATE task SET deadline = '2026-01-01' WHERE id = 8");
    model_poll(model, &changes, &retry_ms);
    assert_true(task_list_update(list, &changes, &err));
    complete(list);
    struct task_list *wanted = open_whole(model, all, &by_due);
    expect_equal(list, wanted);
    task_list_close(wanted);
    task_list_close(list);
    query_free(all);
    model_close(model);
}

static void keeps_the_old_order_until_the_new_is_whole(void **state)
{
    char path[256];
    struct error err = {0};
    struct query *all = parse("");
    struct model *model = database_open(made(state, 3000, path));
    struct task_list *list = open_whole(model, all, &by_due);
    database_write(path, "DELETE FROM task WHERE id > 2900");
    const struct changes changes = {.any = true, .all = true};
    assert_true(task_list_update(list, &changes, &err));
    assert_int_equal(task_list_count(list), 3000);
    assert_false(task_list_complete(list));
    assert_true(task_list_reread(list, &err)); /* asked once more: it goes on, then again */
    complete(list);
    assert_int_equal(task_list_count(list), 2900);
    task_list_close(list);
    query_free(all);
    model_close(model);
}

static void reads_again_when_very_many_changed(void **state)
{
    char path[256];
    struct changes changes;
    struct error err = {0};
    int retry_ms;
    struct query *all = parse("");
    struct model *model = database_open(made(state, 3000, path));
    struct task_list *list = open_whole(model, all, &by_due);
    database_write(path, "UPDATE task SET deadline = '2020-01-01' WHERE id % 30 = 0");
    model_poll(model, &changes, &retry_ms);
    assert_int_equal(changes.count, 100);
    assert_true(task_list_update(list, &changes, &err));
    assert_false(task_list_complete(list));
    complete(list);
    struct task_list *wanted = open_whole(model, all, &by_due);
    expect_equal(list, wanted);
    task_list_close(wanted);
    task_list_close(list);
    query_free(all);
    model_close(model);
}

/* The job of the old file is ended, not waited for. */
static void moves_to_the_file_put_in_its_place(void **state)
{
    char path[256], other[256], copy[256];
    struct changes changes;
    struct error err = {0};
    int retry_ms;
    struct query *all = parse("");
    database_make(folder_file(*state, "b.db", other));
    database_tasks(other, 1, 20);
    struct model *source = database_open(other);
    assert_true(db_backup(model_db(source), folder_file(*state, "c.db", copy), &err));
    model_close(source);

    struct model *model = database_open(made(state, 3000, path));
    struct task_list *list = open_list(model, all, &by_due);
    char log[300];
    snprintf(log, sizeof log, "%s-wal", path);
    unlink(log);
    snprintf(log, sizeof log, "%s-shm", path);
    unlink(log);
    assert_int_equal(rename(copy, path), 0);
    model_poll(model, &changes, &retry_ms);
    assert_true(changes.all);
    if (!task_list_update(list, &changes, &err))
        fail_msg("%s", err.text);
    complete(list);
    assert_int_equal(task_list_count(list), 20);
    task_list_close(list);
    query_free(all);
    model_close(model);
}

/* --- rows ------------------------------------------------------------------------------------ */

static void reads_rows_in_the_order_asked(void **state)
{
    char path[256];
    struct error err = {0};
    struct task_row rows[3];
    made(state, 10, path);
    database_write(path,
        "INSERT INTO task (id, source_id, number, part, parent_id, title, state, returned, listed, "
        "progress, percent, deadline, deadline_kind, assigned_on, lead_id, supervisor_id, "
        "region_id, "
        "sponsor_id, reported_on, done_on, submitted_on, version, updated_at, updated_by) VALUES "
        "(77, 2, '047', 3, 1, 'a' || char(27) || 'b', 'in_progress', 1, 1, 'behind', 40, "
        "'2026-10-01', "
        "'immediate', '2026-09-01', 2, 1, 5, 1, '2026-11-09', '2026-11-02', '2026-11-03', 1, "
        "'2026-11-20T01:02:03.004Z', '李娜');"
        "INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES (4, 77, 1, 0)");
    struct model *model = database_open(path);
    const int64_t ids[] = {77, 4711, 2};
    assert_true(task_rows_read(model, ids, 3, rows, &err));
    const struct task_row *row = &rows[0];
    assert_int_equal(row->id, 77);
    assert_string_equal(row->ident, "L1-047.3");
    assert_string_equal(row->title, "a\xEF\xBF\xBD"
                                    "b");
    assert_int_equal(row->state, STATE_IN_PROGRESS);
    assert_true(row->returned && row->listed);
    assert_int_equal(row->progress, PROGRESS_BEHIND);
    assert_int_equal(row->percent, 40);
    assert_int_equal(row->deadline_kind, DEADLINE_IMMEDIATE);
    assert_int_equal(row->deadline, date_make(2026, 10, 1));
    assert_int_equal(row->due_on, date_make(2026, 10, 31));
    assert_int_equal(row->reported_on, date_make(2026, 11, 9));
    assert_int_equal(row->done_on, date_make(2026, 11, 2));
    assert_int_equal(row->submitted_on, date_make(2026, 11, 3));
    assert_int_equal(row->closed_on, DATE_NONE);
    assert_int_equal(row->source_id, 2);
    assert_int_equal(row->region_id, 5);
    assert_int_equal(row->lead_id, 2);
    assert_int_equal(row->supervisor_id, 1);
    assert_int_equal(row->sponsor_id, 1);
    assert_int_equal(row->regions, 2);
    assert_int_equal(row->rhythm, RHYTHM_MONTHLY);
    assert_int_equal(row->version, 1);
    assert_string_equal(row->updated_by, "李娜");
    assert_int_equal(rows[1].id, 0); /* it is gone */
    assert_null(rows[1].title);
    assert_int_equal(rows[2].id, 2);
    for (int i = 0; i < 3; i++)
        task_row_clear(&rows[i]);
    model_close(model);
}

/* Cut, it must not read as another task's. */
static void marks_an_identity_that_is_too_long(void **state)
{
    char path[256];
    struct error err = {0};
    struct task_row row;
    const int64_t id = 1;
    database_make(folder_file(*state, "a.db", path));
    database_write(path, "INSERT INTO task (source_id, number, title, region_id) VALUES "
                         "(1, '整改整改整改整改整改整改', '任务', 2)");
    struct model *model = database_open(path);
    assert_true(task_rows_read(model, &id, 1, &row, &err));
    assert_string_equal(row.ident, "2-整改整改整改~");
    task_row_clear(&row);
    model_close(model);
}

static void reads_only_rows_in_reach(void **state)
{
    char path[256];
    struct error err = {0};
    struct task_row rows[2];
    database_make(folder_file(*state, "a.db", path));
    database_task(path, 1, "抚顺的任务");
    database_write(path, "INSERT INTO task (source_id, number, title, region_id, version) VALUES "
                         "(1, '002', '盘锦的任务', 4, 1)");
    struct model *model = database_open_reach(path, "region:抚顺");
    const int64_t ids[] = {1, 2};
    assert_true(task_rows_read(model, ids, 2, rows, &err));
    assert_int_equal(rows[0].id, 1);
    assert_int_equal(rows[1].id, 0);
    task_row_clear(&rows[0]);
    struct query *all = parse("");
    struct task_list *list = open_whole(model, all, &by_due);
    assert_int_equal(task_list_count(list), 1);
    task_list_close(list);
    query_free(all);
    model_close(model);
}

/* --- searching ------------------------------------------------------------------------------- */

static void expect_found(
    struct task_list *list, size_t from, bool backwards, const char *text, int64_t id)
{
    struct error err = {0};
    size_t index = 0;
    if (!task_list_search(list, from, backwards, text, 100, &index, &err))
        fail_msg("\"%s\" was not found", text);
    assert_int_equal(task_list_id(list, index), id);
}

/* From the first row; id 0: nothing. */
static void expect_far(struct task_list *list, const char *text, int64_t id)
{
    struct error err = {0};
    size_t index;
    bool found = task_list_search(list, 0, false, text, 9999, &index, &err);
    assert_int_equal(err.code, ERROR_NONE);
    if (found != (id != 0))
        fail_msg("\"%s\" was %sfound", text, found ? "" : "not ");
    if (found)
        assert_int_equal(task_list_id(list, index), id);
}

static void finds_by_title_identity_and_unit(void **state)
{
    const struct sort by_number = {SORT_NUMBER, false};
    char path[256];
    struct error err = {0};
    size_t index = 17;
    database_make(folder_file(*state, "a.db", path));
    for (int number = 1; number <= 9; number++)
        database_task(path, number, number % 3 ? "排污口整治" : "辽河口湿地 Wetland");
    database_write(path, "UPDATE task SET region_id = 4, lead_id = 2 WHERE number = '005'");
    struct query *all = parse("");
    struct model *model = database_open(path);
    struct task_list *list = open_whole(model, all, &by_number);
    expect_found(list, 0, false, "湿地", 3);
    expect_found(list, 2, false, "湿地", 3); /* from where it stands */
    expect_found(list, 3, false, "湿地", 6);
    expect_found(list, 8, true, "湿地", 9);
    expect_found(list, 7, true, "湿地", 6);
    expect_found(list, 0, false, "wetland", 3);
    expect_found(list, 0, false, "2-008", 8);
    expect_found(list, 0, false, "盘锦", 5);
    expect_found(list, 0, false, "pj", 5);
    expect_found(list, 0, false, "slt", 5);
    assert_false(task_list_search(list, 9, false, "湿地", 100, &index, &err));
    assert_false(task_list_search(list, 0, false, "湿地", 2, &index, &err)); /* looks no further */
    assert_false(task_list_search(list, 1, true, "湿地", 100, &index, &err));
    assert_false(task_list_search(list, 0, false, "没有", 100, &index, &err));
    assert_int_equal(err.code, ERROR_NONE);
    assert_int_equal(index, 17);
    task_list_close(list);
    query_free(all);
    model_close(model);
}

/* 1,500 rows, what is looked for near their end; with the index up to date, and not. */
static void finds_what_is_far_away(void **state)
{
    const struct sort by_number = {SORT_NUMBER, false};
    char path[256];
    struct error err = {0};
    size_t index;
    int done;
    database_make(folder_file(*state, "a.db", path));
    database_write(path,
        "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 1500) "
        "INSERT INTO task (id, source_id, number, position, title, region_id, lead_id, version) "
        "SELECT i, 1, printf('%04d', i), i, "
        "CASE i WHEN 1400 THEN '辽河口湿地' WHEN 1450 THEN 'Wetland (二期)' ELSE '排污口' END, "
        "iif(i = 1430, 4, 3), iif(i = 1420, 2, 1), 1 FROM c");
    struct query *all = parse("");
    struct model *model = database_open(path);
    struct task_list *list = open_whole(model, all, &by_number);
    for (int indexed = 0; indexed < 2; indexed++) {
        expect_far(list, "湿地", 1400);
        expect_far(list, "河", 1400);
        expect_far(list, "wet", 1450);
        expect_far(list, "（二期", 0); /* another bracket */
        expect_far(list, "2-1444", 1444);
        expect_far(list, "盘锦", 1430);
        expect_far(list, "slt", 1420);
        assert_true(task_list_search(list, 1499, true, "湿地", 9999, &index, &err));
        assert_int_equal(index, 1399);
        assert_false(task_list_search(list, 0, false, "湿地", 1399, &index, &err));
        assert_true(db_write_begin(model_db(model), &err));
        assert_true(search_refresh(model_db(model), 5000, &done, &err));
        assert_true(db_write_commit(model_db(model), &err));
    }
    task_list_close(list);
    query_free(all);
    model_close(model);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, use_clock, end_clock)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lists_every_task_once),
        TEST(can_be_used_before_it_is_whole),
        TEST(reads_a_few_at_once),
        TEST(closes_in_the_midst),
        TEST(says_which_unit_is_unknown),
        TEST(holds_ids_of_any_size),
        TEST(follows_changes_in_every_order),
        TEST(follows_changes_in_a_filter),
        TEST(keeps_changes_that_come_while_loading),
        TEST(keeps_the_old_order_until_the_new_is_whole),
        TEST(reads_again_when_very_many_changed),
        TEST(moves_to_the_file_put_in_its_place),
        TEST(reads_rows_in_the_order_asked),
        TEST(marks_an_identity_that_is_too_long),
        TEST(reads_only_rows_in_reach),
        TEST(finds_by_title_identity_and_unit),
        TEST(finds_what_is_far_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
