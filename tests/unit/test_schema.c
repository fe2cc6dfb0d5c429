/* The schema under other people's scripts: whoever writes, the counts equal a recount and the
 * constraints hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "harness/folder.h"
#include "harness/places.h"
#include "harness/world.h"

#define RECOUNT_TOTAL                                                                              \
    "SELECT state, source_id, returned, iif(is_open, due_on, ''), iif(is_open, reported_on, ''), " \
    "count(*) "                                                                                    \
    "FROM task GROUP BY 1, 2, 3, 4, 5"

static void expect_counts(struct db *db, const char *after)
{
    static const char *const differences[] = {
        "SELECT count(*) FROM (" RECOUNT_TOTAL " EXCEPT SELECT * FROM tally_total)",
        "SELECT count(*) FROM (SELECT * FROM tally_total EXCEPT " RECOUNT_TOTAL ")",
        "SELECT count(*) FROM task t WHERE NOT EXISTS (SELECT 1 FROM task_region r WHERE r.task_id "
        "= t.id AND r.region_id = t.region_id)",
        "SELECT count(*) FROM task_region WHERE task_id NOT IN (SELECT id FROM task)",
    };
    char out[512];
    for (size_t i = 0; i < sizeof differences / sizeof *differences; i++)
        if (strcmp(world_ask(db, differences[i], out), "0") != 0)
            fail_msg("after: %s\n%s gives %s", after, differences[i], out);
    places_expect_counted(db, after);
}

/* --- counts ---------------------------------------------------------------------------------- */

static const char *const changes[] = {
    "UPDATE task SET state = 'closed', closed_on = '2026-11-20' WHERE id = 1",
    "UPDATE task SET state = 'in_progress' WHERE id = 1",
    "UPDATE task SET state = 'submitted', region_id = 4, lead_id = NULL, deadline = NULL WHERE id "
    "= 1",
    "UPDATE task SET region_id = 2 WHERE id = 1",
    "UPDATE task SET region_id = 3, returned = 1 WHERE id = 1",
    "UPDATE task SET deadline_kind = 'immediate', assigned_on = '2026-11-01' WHERE id = 2",
    "UPDATE task SET deadline_kind = 'ongoing' WHERE id = 2",
    "UPDATE task SET source_id = 2, lead_id = 3",
    "UPDATE task SET reported_on = '2026-11-09'",
    "UPDATE task SET title = title",
    "UPDATE OR IGNORE task SET state = 'in_review'",
    "UPDATE OR REPLACE task SET state = 'publicised' WHERE id = 1",
    "UPDATE OR FAIL task SET title = 'another', lead_id = 1 WHERE id = 1",
    "INSERT INTO task_region (region_id, task_id, position) VALUES (2, 1, 1), (4, 1, 2)",
    "INSERT OR REPLACE INTO task_region (region_id, task_id, position) VALUES (2, 1, 5)",
    "INSERT OR IGNORE INTO task_region (region_id, task_id, position) VALUES (2, 1, 1), (4, 2, 1)",
    "INSERT INTO task_region (region_id, task_id) VALUES (2, 1) ON CONFLICT DO UPDATE SET position "
    "= 3",
    "DELETE FROM task_region WHERE region_id = 2 AND task_id = 1",
    "UPDATE task_region SET position = position + 1",
    "INSERT INTO task (source_id, number, title, region_id) VALUES (2, '9', 'new', 4)",
    "INSERT OR IGNORE INTO task (source_id, number, title, region_id) VALUES (2, '9', 'again', 4), "
    "(2, '10', 'ten', 2)",
    "INSERT INTO task (source_id, number, title, region_id) VALUES (2, '9', 'upsert', 4)"
    " ON CONFLICT (source_id, number, part) DO UPDATE SET title = excluded.title, state = 'closed'",
    "INSERT INTO task (source_id, number, title, region_id) VALUES (2, '11', 'after an upsert', 4)",
    "INSERT INTO report (task_id, period_start, period_end) VALUES (1, '2026-11-16', '2026-11-22')",
    "UPDATE report SET period_start = '2026-11-10' WHERE period_start = '2026-11-16'",
    "DELETE FROM report",
    "DELETE FROM task WHERE number = '9'",
    "DELETE FROM task WHERE id = 3; DELETE FROM task WHERE id IN (1, 2)",
    "DELETE FROM task",
};

static void check_changes(void *folder, const char *pragmas)
{
    struct db *db = world_open(folder);
    expect_counts(db, "the start");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char *said;
        if (!world_run(folder, pragmas, changes[i], &said))
            fail_msg("%s: %s", changes[i], said);
        free(said);
        expect_counts(db, changes[i]);
    }
    world_expect(db, "SELECT count(*) FROM tally_place", "0");
    world_expect(db, "SELECT count(*) FROM tally_total", "0");
    db_close(db);
}

static void counts_follow_scripts(void **state)
{
    check_changes(*state, "PRAGMA foreign_keys = OFF");
}

static void counts_follow_with_foreign_keys(void **state)
{
    check_changes(*state, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF");
}

static void counts_follow_with_recursive_triggers(void **state)
{
    check_changes(*state, "PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF");
}

static void counts_follow_ours(void **state)
{
    struct error err = {0};
    struct db *db = world_open(*state);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        assert_true(db_write_begin(db, &err));
        if (!db_script(db, changes[i], &err))
            fail_msg("%s: %s", changes[i], err.text);
        assert_true(db_write_commit(db, &err));
        expect_counts(db, changes[i]);
    }
    db_close(db);
}

/* Thousands of changes nobody thought of. The seed is fixed, so a failure can be looked at. */
static void counts_follow_a_random_walk(void **state)
{
    static const char *const moves[] = {
        "INSERT OR IGNORE INTO task (source_id, number, title, region_id, lead_id) VALUES (1 + $1 "
        "% 2, $1 % 40, 't', 1 + $2 % 4, nullif($3 % 4, 0))",
        "UPDATE task SET state = CASE $2 % 4 WHEN 0 THEN 'closed' WHEN 1 THEN 'in_progress' WHEN 2 "
        "THEN 'submitted' ELSE state END,"
        " lead_id = nullif($3 % 4, 0) WHERE id % 30 = $1 % 30",
        "UPDATE task SET region_id = 1 + $2 % 4, deadline = date('2026-01-01', ($3 % 5) || ' "
        "days') WHERE id % 30 = $1 % 30",
        "UPDATE task SET reported_on = date('2026-01-05', ($3 % 3 * 7) || ' days'), returned = $2 "
        "% 2 WHERE id % 30 = $1 % 30",
        "INSERT OR IGNORE INTO task_region (region_id, task_id, position) SELECT 1 + $2 % 4, id, 1 "
        "FROM task WHERE id % 30 = $1 % 30 AND $3 IS NOT NULL",
        "DELETE FROM task_region WHERE position > 0 AND task_id % 30 = $1 % 30 AND region_id = 1 + "
        "$2 % 4"
        " AND region_id NOT IN (SELECT region_id FROM task WHERE id = task_id) AND $3 IS NOT NULL",
        "DELETE FROM task WHERE id % 30 = $1 % 30 AND $2 % 3 = 0 AND part = 0 AND id > 3 AND $3 IS "
        "NOT NULL",
        "INSERT INTO report (task_id, period_start, period_end) SELECT id, date('2026-01-05', ($3 "
        "% 3 * 7) || ' days'), '2026-02-01'"
        " FROM task WHERE id % 30 = $1 % 30 AND $2 IS NOT NULL",
    };
    enum { MOVES = sizeof moves / sizeof *moves };
    struct error err = {0};
    struct db *db = world_open(*state);
    uint32_t seed = 20261121;
    for (int step = 0; step < 3000; step++) {
        struct db_statement *move;
        if (step % 100 == 0)
            assert_true(db_write_begin(db, &err));
        seed = seed * 1664525u + 1013904223u;
        const char *sql = moves[(seed >> 24) % MOVES];
        assert_true(db_prepare(db, sql, &move, &err));
        for (int bind = 1; bind <= 3; bind++) {
            seed = seed * 1664525u + 1013904223u;
            db_bind_int(move, bind, seed >> 12);
        }
        if (!db_run(move, &err))
            fail_msg("%s: %s", sql, err.text);
        db_finish(move);
        if (step % 100 == 99) {
            assert_true(db_write_commit(db, &err));
            expect_counts(db, sql);
        }
    }
    world_expect(db, "SELECT count(*) > 5 FROM task", "1");
    db_close(db);
}

/* --- what is derived ------------------------------------------------------------------------- */

static void reports_move_their_task(void **state)
{
#define REPORTED "SELECT reported_on || ' ' || percent || ' ' || progress FROM task WHERE id = 1"
    struct db *db = world_open(*state);
    world_expect(db, REPORTED, "2026-11-09 60 on_schedule");
    world_script(*state,
        "INSERT INTO report (task_id, period_start, period_end, percent) VALUES (1, "
        "'2026-10-05', '2026-10-11', 5)");
    world_expect(db, REPORTED, "2026-11-09 60 on_schedule"); /* late for an earlier week */
    world_script(*state, "INSERT INTO report (task_id, period_start, period_end, text) VALUES (1, "
                         "'2026-11-16', '2026-11-22', 'no figure')");
    world_expect(db, REPORTED, "2026-11-16 60 on_schedule");
    world_script(
        *state, "UPDATE report SET period_start = '2026-11-17' WHERE period_start = '2026-11-16'");
    world_expect(db, REPORTED, "2026-11-17 60 on_schedule");
    world_script(*state, "DELETE FROM report WHERE period_start = '2026-11-17'");
    world_expect(db, REPORTED, "2026-11-09 60 on_schedule");
    world_script(*state, "DELETE FROM report");
    world_expect(db, "SELECT reported_on FROM task WHERE id = 1", "");
    expect_counts(db, "reports");
    db_close(db);
}

static void a_deleted_task_leaves_nothing(void **state)
{
    static const char *const tables[] = {"task_region", "task_department", "measure", "target",
        "report", "notice", "review", "publicity", "objection", "extension", "draft", "reminder"};
    struct db *db = world_open(*state);
    world_script(*state,
        "INSERT INTO target (task_id, position, text) VALUES (1, 1, 'trees'), (2, 1, 'trees'); "
        "DELETE FROM task WHERE id = 1");
    world_expect(db, "SELECT group_concat(task_id) FROM target", "2");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[80];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s WHERE task_id = 1", tables[i]);
        world_expect(db, sql, "0");
    }
    world_expect(db, "SELECT count(*) FROM search_stale WHERE task_id = 1", "1");
    world_expect(db, "SELECT count(*) FROM pragma_foreign_key_check", "0");
    db_close(db);
}

static void texts_are_marked_for_the_index(void **state)
{
    struct error err = {0};
    struct db *db = world_open(*state);
    world_expect(db, "SELECT group_concat(task_id) FROM search_stale", "1,2,3");
    assert_true(db_write_begin(db, &err) && db_script(db, "DELETE FROM search_stale", &err) &&
                db_write_commit(db, &err));
    world_script(*state, "UPDATE task SET state = 'in_progress', title = title");
    world_expect(db, "SELECT count(*) FROM search_stale", "0");
    world_script(*state,
        "UPDATE OR ABORT task SET goal = 'clean' WHERE id = 2; UPDATE OR ABORT task SET "
        "goal = 'cleaner' WHERE id = 2");
    world_expect(db, "SELECT group_concat(task_id) FROM search_stale", "2");
    world_script(*state, "UPDATE measure SET text = 'heap' WHERE id = 2");
    world_expect(db, "SELECT group_concat(task_id) FROM search_stale", "1,2");
    world_script(*state, "DELETE FROM search_stale;"
                         "INSERT INTO target (task_id, position, text) VALUES (3, 1, 'trees')");
    world_expect(db, "SELECT group_concat(task_id) FROM search_stale", "3");
    world_script(*state, "DELETE FROM search_stale; UPDATE target SET value = '4'");
    world_expect(db, "SELECT count(*) FROM search_stale", "0");
    world_script(*state, "UPDATE target SET text = 'oaks'");
    world_expect(db, "SELECT group_concat(task_id) FROM search_stale", "3");
    world_script(*state, "DELETE FROM search_stale; DELETE FROM target");
    world_expect(db, "SELECT group_concat(task_id) FROM search_stale", "3");
    db_close(db);
}

static void due_dates_are_derived(void **state)
{
    static const struct {
        const char *kind, *deadline, *assigned, *due;
    } rows[] = {
        {"date", "'2026-11-30'", "NULL", "2026-11-30"},
        {"date", "NULL", "'2026-01-01'", "9999-12-31"},
        {"immediate", "NULL", "'2026-01-31'", "2026-03-02"},
        {"immediate", "'2026-02-01'", "'2026-01-31'", "2026-03-03"},
        {"immediate", "NULL", "NULL", "9999-12-31"},
        {"ongoing", "'2026-02-01'", "'2026-01-31'", "9999-12-31"},
        {"date_ongoing", "'2026-02-01'", "NULL", "2026-02-01"},
    };
    struct db *db = world_open(*state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char sql[160];
        snprintf(sql, sizeof sql,
            "UPDATE task SET deadline_kind = '%s', deadline = %s, assigned_on = %s WHERE id = 1",
            rows[i].kind, rows[i].deadline, rows[i].assigned);
        world_script(*state, sql);
        world_expect(db, "SELECT due_on FROM task WHERE id = 1", rows[i].due);
    }
    db_close(db);
}

/* --- constraints ----------------------------------------------------------------------------- */

static const struct {
    const char *sql, *why;
} refusals[] = {
    {"INSERT OR REPLACE INTO task (id, source_id, number, title, region_id) VALUES (1, 2, '77', "
     "'x', 2)",
        "REPLACE would lose"},
    {"REPLACE INTO task (source_id, number, title, region_id) VALUES (1, '001', 'x', 2)",
        "REPLACE would lose"},
    {"UPDATE OR REPLACE task SET number = '001', part = 0 WHERE id = 2",
        "no other task may have the number"},
    {"UPDATE task SET id = 99 WHERE id = 2", "the id stays"},
    {"INSERT INTO task (source_id, number, title, region_id) VALUES (1, '001', 'x', 2)", "UNIQUE"},
    {"INSERT INTO task (source_id, number, title, region_id) VALUES (9, '1', 'x', 2)",
        "FOREIGN KEY"},
    {"INSERT INTO task (source_id, number, title, region_id) VALUES (1, '', 'x', 2)", "CHECK"},
    {"INSERT INTO task (source_id, number, title, region_id) VALUES (1, '9', '', 2)", "CHECK"},
    {"INSERT INTO task (source_id, number, part, title, region_id) VALUES (1, '9', 1, 'x', 2)",
        "CHECK"},
    {"UPDATE task SET state = 'done'", "CHECK"},
    {"UPDATE task SET progress = 'closed'", "CHECK"},
    {"UPDATE task SET deadline_kind = ''", "CHECK"},
    {"UPDATE task SET percent = 101", "CHECK"},
    {"UPDATE task SET percent = 'many'", "cannot store TEXT"},
    {"UPDATE task SET deadline = '2026-02-30'", "CHECK"},
    {"UPDATE task SET deadline = '2026-2-3'", "CHECK"},
    {"UPDATE task SET reported_on = 'yesterday'", "CHECK"},
    {"UPDATE task SET returned = 2", "CHECK"},
    {"UPDATE task SET due_on = '2026-01-01'", "generated"},
    {"UPDATE task_region SET region_id = 4 WHERE task_id = 1 AND region_id = 2", "delete the row"},
    {"DELETE FROM region WHERE id = 3", "FOREIGN KEY"},
    {"DELETE FROM department WHERE id = 1", "FOREIGN KEY"},
    {"DELETE FROM source WHERE id = 1", "FOREIGN KEY"},
    {"DELETE FROM task WHERE id = 2", "FOREIGN KEY"}, /* it has a part */
    {"INSERT INTO region (code, name, short, level) VALUES ('1', 'a', 'b', 'city')", "CHECK"},
    {"INSERT INTO source (code, name, year) VALUES ('a-b', 'x', 2026)", "CHECK"},
    {"INSERT INTO measure (task_id, position, text) VALUES (1, 1, 'twice')", "UNIQUE"},
    {"INSERT INTO target (task_id, position, text) VALUES (1, 1, 'a'), (1, 1, 'b')", "UNIQUE"},
    {"INSERT INTO target (task_id, position, text) VALUES (1, 1, '')", "CHECK"},
    {"INSERT INTO target (task_id, position, text, by_on) VALUES (1, 1, 'a', '2027-02-30')",
        "CHECK"},
    {"INSERT INTO target (task_id, position, text, value) VALUES (1, 1, 'a', "
     "'12345678901234567890123456789012345678901')",
        "CHECK"},
    {"INSERT INTO report (task_id, period_start, period_end) VALUES (1, '2026-11-09', "
     "'2026-11-08')",
        "CHECK"},
    {"INSERT INTO publicity (task_id, starts_on, ends_on, days) VALUES (1, '2026-11-09', "
     "'2026-11-10', 0)",
        "CHECK"},
    {"INSERT INTO draft (person, context, body, updated_at) VALUES ('a', 'b', '', ''), ('a', 'b', "
     "'', '')",
        "UNIQUE"},
};

static void constraints_hold(void **state)
{
    struct db *db = world_open(*state);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        world_refuses(*state, refusals[i].sql, refusals[i].why);
        expect_counts(db, refusals[i].sql);
    }
    world_expect(db, "SELECT count(*) FROM event", "0");
    db_close(db);
}

/* --- views ----------------------------------------------------------------------------------- */

static void views_answer(void **state)
{
    struct db *db = world_open(*state);
    world_expect(db,
        "SELECT id || ' ' || title || ' ' || region || ' ' || lead FROM board_task WHERE task_id = "
        "1",
        "2-001 wetland Panjin Water");
    world_expect(db,
        "SELECT id || coalesce(due_on, ' never') || coalesce(days_left, '') FROM board_task WHERE "
        "task_id = 3",
        "2-002.1 never");
    world_script(*state,
        "UPDATE task SET deadline = date('now', 'localtime', '-1 day') WHERE id = 1;"
        "UPDATE task SET deadline = date('now', 'localtime', '+30 days') WHERE id = 2");
    world_expect(db, "SELECT group_concat(id || ' ' || days_left) FROM board_overdue", "2-001 -1");
    world_expect(db, "SELECT group_concat(id || ' ' || days_left) FROM board_due_soon", "2-002 30");
    world_expect(db, "SELECT sum(n) FROM board_count WHERE region_code = '2101'", "2");
    world_expect(db, "SELECT group_concat(percent) FROM board_report WHERE id = '2-001'", "50,60");
    world_expect(
        db, "SELECT count(*) FROM board_event WHERE id = '2-001' AND field = 'deadline'", "1");
    db_close(db);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(counts_follow_scripts),
        TEST(counts_follow_with_foreign_keys),
        TEST(counts_follow_with_recursive_triggers),
        TEST(counts_follow_ours),
        TEST(counts_follow_a_random_walk),
        TEST(reports_move_their_task),
        TEST(a_deleted_task_leaves_nothing),
        TEST(texts_are_marked_for_the_index),
        TEST(due_dates_are_derived),
        TEST(constraints_hold),
        TEST(views_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
