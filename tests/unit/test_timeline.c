/* timeline: against plain SQL, on random tasks: which, in which order, and what lies on their way.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/timeline.h"
#include "store/db.h"

enum { WAIT_MS = 20000 };

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

/* Up to five measures a task: with days and without, done, waived, due on one day. */
static void add_measures(const char *path)
{
    database_write(path,
        "INSERT INTO measure (task_id, position, text, due_on, done_on, waived, event_seq) "
        "SELECT t.id, n.n, 'measure ' || n.n || char(10) || 'of ' || t.id, "
        "CASE (t.id * 7 + n.n * 3) % 4 WHEN 0 THEN NULL "
        "ELSE date('2026-11-21', ((t.id * 31 + n.n * 17) % 120 - 60) || ' days') END, "
        "CASE (t.id + n.n) % 5 WHEN 0 THEN '2026-11-01' END, "
        "CASE (t.id + n.n) % 7 WHEN 0 THEN 'not needed' ELSE '' END, 0 "
        "FROM task t JOIN (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 "
        "UNION ALL SELECT 5) n ON n.n <= t.id % 6");
}

static char *made(void **state, unsigned seed, int tasks, char path[static 256])
{
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, seed, tasks);
    add_measures(path);
    return path;
}

static struct timeline *open_timeline(struct model *model, const char *filter)
{
    struct timeline *timeline = NULL;
    struct query_error wrong = {0};
    struct error err = {0};
    if (!timeline_open(model, filter, &timeline, &wrong))
        fail_msg("%s", wrong.text);
    timeline_wait(timeline, (size_t)-1, WAIT_MS);
    timeline_take(timeline, &err);
    assert_true(timeline_complete(timeline));
    assert_int_equal(timeline_fd(timeline), -1);
    return timeline;
}

/* --- as told, and as SQL has it -------------------------------------------------------------- */

static void tell(struct model *model, struct timeline *timeline, struct strbuf *out)
{
    struct task_list *list = timeline_list(timeline);
    size_t count = task_list_count(list);
    struct timeline_row *rows = calloc(count + 1, sizeof *rows);
    int64_t *ids = calloc(count + 1, sizeof *ids);
    struct error err = {0};
    char due[11], starts[11];
    for (size_t i = 0; i < count; i++)
        ids[i] = task_list_id(list, i);
    assert_true(timeline_rows_read(model, ids, count, rows, &err));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rows[i].task.id, ids[i]);
        strbuf_format(out, "%lld %s %s", (long long)ids[i], date_format(rows[i].task.due_on, due),
            date_format(rows[i].starts_on, starts));
        for (size_t k = 0; k < rows[i].measures; k++)
            strbuf_format(out, " %s=%.9s", date_format(rows[i].measure[k].due_on, due),
                rows[i].measure[k].text);
        strbuf_add_char(out, '\n');
        timeline_row_clear(&rows[i]);
    }
    free(ids);
    free(rows);
}

static void recount(const char *path, const char *where, struct strbuf *out)
{
    struct strbuf sql = {0};
    struct error err = {0};
    struct db *db;
    struct db_statement *rows;
    strbuf_format(&sql,
        "SELECT t.id || ' ' || t.due_on || ' ' || coalesce(t.assigned_on, '') || coalesce((SELECT "
        "group_concat(' ' || coalesce(m.due_on, '') || '=' || substr(m.text, 1, 9), '') FROM "
        "(SELECT * FROM measure WHERE task_id = t.id AND done_on IS NULL AND waived = '' "
        "ORDER BY coalesce(due_on, 'z'), position) m), '') "
        "FROM task t WHERE t.state <> 'closed' AND t.due_on < '9999' AND (%s) "
        "ORDER BY t.due_on, t.id",
        where);
    assert_true(db_open(path, DB_READ_ONLY, &db, &err));
    assert_true(db_prepare(db, strbuf_text(&sql), &rows, &err));
    while (db_step(rows, &err) == DB_ROW)
        strbuf_format(out, "%s\n", db_text(rows, 0));
    db_finish(rows);
    db_close(db);
    strbuf_clear(&sql);
}

static void expect_is(
    const char *path, struct model *model, struct timeline *timeline, const char *where)
{
    struct strbuf told = {0}, sql = {0};
    tell(model, timeline, &told);
    recount(path, where, &sql);
    assert_string_equal(strbuf_text(&told), strbuf_text(&sql));
    strbuf_cut(&sql, 0);
    strbuf_format(&sql,
        "SELECT count(*) FROM task t WHERE t.state <> 'closed' AND t.due_on > '9999' AND (%s)",
        where);
    assert_int_equal(timeline_never_due(timeline), database_number(path, strbuf_text(&sql)));
    strbuf_clear(&told);
    strbuf_clear(&sql);
}

static void expect_same(
    const char *path, struct model *model, const char *filter, const char *where)
{
    struct timeline *timeline = open_timeline(model, filter);
    expect_is(path, model, timeline, where);
    timeline_close(timeline);
}

/* --- tests ----------------------------------------------------------------------------------- */

static void tells_what_plain_sql_finds(void **state)
{
    char path[256];
    made(state, 77, 400, path);
    struct model *model = database_open(path);
    expect_same(path, model, "", "1");
    expect_same(path, model, "region:抚顺", "t.region_id IN (3, 5)");
    expect_same(path, model, "lead:水利厅 or overdue", "t.lead_id = 2 OR t.due_on < '2026-11-21'");
    expect_same(path, model, "closed", "0");
    model_close(model);
}

static void stays_within_the_reach(void **state)
{
    char path[256];
    made(state, 78, 300, path);
    struct model *model = database_open_reach(path, "region:盘锦");
    expect_same(path, model, "", "t.region_id IN (4, 6)");
    /* rows of tasks beyond it are not told, whoever asks */
    struct timeline_row row;
    struct error err = {0};
    int64_t id = database_number(path, "SELECT min(id) FROM task WHERE region_id = 3");
    assert_true(timeline_rows_read(model, &id, 1, &row, &err));
    assert_int_equal(row.task.id, 0);
    assert_int_equal(row.measures, 0);
    timeline_row_clear(&row);
    model_close(model);
}

/* A long order comes as a stream. */
static void streams_what_is_much(void **state)
{
    char path[256];
    made(state, 79, 6000, path);
    struct model *model = database_open(path);
    expect_same(path, model, "", "1");
    model_close(model);
}

/* Tasks come, go, and change their days while the list is open. */
static void follows_changes(void **state)
{
    char path[256];
    struct error err = {0};
    struct changes changes = {.any = true};
    made(state, 81, 60, path);
    struct model *model = database_open(path);
    struct timeline *timeline = open_timeline(model, "");
    database_write(
        path, "UPDATE task SET deadline_kind = 'ongoing', version = version + 1 WHERE id < 10");
    database_write(path,
        "UPDATE task SET deadline_kind = 'date', deadline = '2026-11-25', state = 'in_progress', "
        "version = version + 1 WHERE id BETWEEN 10 AND 20");
    database_write(
        path, "UPDATE task SET state = 'closed', version = version + 1 WHERE id BETWEEN 21 AND 30");
    for (int64_t id = 1; id <= 30; id++)
        changes.tasks[changes.count++] = id;
    assert_true(timeline_update(timeline, &changes, &err));
    expect_is(path, model, timeline, "1");
    database_write(path, "UPDATE task SET state = 'in_progress', version = version + 1");
    assert_true(timeline_reread(timeline, &err));
    timeline_wait(timeline, (size_t)-1, WAIT_MS);
    timeline_take(timeline, &err);
    expect_is(path, model, timeline, "1");
    timeline_close(timeline);
    model_close(model);
}

static void refuses_a_filter_that_is_wrong(void **state)
{
    char path[256];
    struct timeline *timeline = NULL;
    made(state, 80, 3, path);
    struct model *model = database_open(path);
    static const char *const wrong[] = {"(", "region:", "open) or (closed", "region:nowhere"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct query_error err = {0};
        assert_false(timeline_open(model, wrong[i], &timeline, &err));
        assert_true(err.text[0] != '\0');
    }
    assert_null(timeline);
    timeline_close(NULL);
    model_close(model);
}

/* Costs are bounded whatever stands in the database, and its text is scrubbed. */
static void takes_few_of_many_measures(void **state)
{
    char path[256];
    struct timeline_row row;
    struct error err = {0};
    database_make(folder_file(*state, "a.db", path));
    database_task(path, 1, "one");
    database_script(path,
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 150) "
        "INSERT INTO measure (task_id, position, text, due_on) "
        "SELECT 1, n, 'a' || char(27) || '[2J' || n, date('2027-01-01', '-' || n || ' days') "
        "FROM n;");
    struct model *model = database_open(path);
    int64_t ids[] = {1, 999};
    struct timeline_row rows[2];
    assert_true(timeline_rows_read(model, ids, 2, rows, &err));
    row = rows[0];
    assert_int_equal(row.measures, TIMELINE_MEASURES);
    assert_string_equal(row.measure[0].text, "a\xef\xbf\xbd[2J150");
    assert_int_equal(row.measure[0].due_on, date_make(2026, 8, 4));
    assert_int_equal(rows[1].task.id, 0);
    timeline_row_clear(&rows[0]);
    timeline_row_clear(&rows[1]);
    model_close(model);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, use_clock, end_clock)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tells_what_plain_sql_finds),
        TEST(stays_within_the_reach),
        TEST(streams_what_is_much),
        TEST(follows_changes),
        TEST(refuses_a_filter_that_is_wrong),
        TEST(takes_few_of_many_measures),
    };
    return cmocka_run_group_tests_name("timeline", tests, NULL, NULL);
}
