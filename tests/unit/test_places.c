/* The counts of places under other people's scripts: whoever writes tasks, moves them, or moves the
 * regions under them, each tally is what a recount in plain SQL gives. */
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

/* Two counties more in Panjin (3), one in Shenyang (2), and tasks of several. */
static const char rows[] =
    "INSERT INTO region (id, code, name, short, level, parent_id) VALUES (5, '211104', 'Dawa', "
    "'DW', 'county', 3), (6, '210102', 'Heping', 'HP', 'county', 2), (7, '2103', 'Anshan', 'AS', "
    "'city', 1);"
    "INSERT INTO task (id, source_id, number, title, region_id, lead_id, deadline, state, "
    "progress) VALUES (4, 1, '4', 'two counties of a city', 4, 1, '2026-11-30', 'in_progress', "
    "'behind'), (5, 2, '5', 'a county and its city', 5, NULL, '2026-10-30', 'in_progress', "
    "'on_schedule'), (6, 2, '6', 'the province', 1, 2, NULL, 'in_progress', 'behind'), (7, 2, "
    "'7', 'three cities', 2, 2, '2026-12-31', 'closed', 'done'), (8, 2, '8', 'a city without "
    "counties', 7, 3, '2026-12-31', 'in_progress', 'behind');"
    "INSERT INTO task_region (region_id, task_id, position) VALUES (5, 4, 1), (3, 5, 1), (3, 7, "
    "1), (6, 7, 2), (7, 7, 3);";

static struct db *open_places(void *folder)
{
    struct error err = {0};
    struct db *db = world_open(folder);
    if (!db_write_begin(db, &err) || !db_script(db, rows, &err) || !db_write_commit(db, &err))
        fail_msg("%s", err.text);
    places_expect_counted(db, "the start");
    return db;
}

/* --- what counts where ----------------------------------------------------------------------- */

#define OF_PLACE(place, own)                                                                       \
    "SELECT coalesce(sum(n) || ' ' || sum(open) || ' ' || sum(behind), 'none') FROM tally_place "  \
    "WHERE place_id = " #place " AND own = " #own

static void a_task_counts_once_in_each_place(void **state)
{
    struct db *db = open_places(*state);
    world_expect(db, OF_PLACE(4, 0), "2 2 1"); /* tasks 3 and 4 */
    world_expect(db, OF_PLACE(5, 0), "2 2 1"); /* 4 and 5 */
    world_expect(db, OF_PLACE(3, 0), "5 4 1"); /* 1, 3, 4 once, 5 once, 7 */
    world_expect(db, OF_PLACE(1, 0), "8 7 3");
    world_expect(db, OF_PLACE(3, 1), "3 2 0"); /* 1, 5 and 7 name the city itself */
    world_expect(db, OF_PLACE(1, 1), "1 1 1");
    world_expect(db, OF_PLACE(4, 1), "none"); /* nothing lies below */
    world_expect(db, OF_PLACE(7, 1), "none");
    world_expect(db, "SELECT sum(n) FROM tally_due WHERE place_id = 1 AND own = 0", "5");
    world_expect(db, "SELECT sum(n) FROM tally_owed WHERE place_id = 1 AND own = 0", "7");
    db_close(db);
}

static void a_first_region_below_makes_a_place_its_own(void **state)
{
    struct db *db = open_places(*state);
    world_script(*state, "INSERT INTO region (id, code, name, short, level, parent_id) VALUES (8, "
                         "'210381', 'Haicheng', 'HC', 'county', 7)");
    world_expect(db, OF_PLACE(7, 1), "2 1 1");
    places_expect_counted(db, "the first county");
    world_script(*state, "DELETE FROM region WHERE id = 8");
    world_expect(db, OF_PLACE(7, 1), "none");
    places_expect_counted(db, "the last county gone");
    db_close(db);
}

static void a_county_takes_its_tasks_to_another_city(void **state)
{
    struct db *db = open_places(*state);
    world_script(*state, "UPDATE region SET parent_id = 7 WHERE id = 4");
    world_expect(db, OF_PLACE(3, 0), "4 3 1");
    world_expect(db, OF_PLACE(7, 0), "4 3 2");
    world_expect(db, OF_PLACE(1, 0), "8 7 3");
    places_expect_counted(db, "a county moved");
    db_close(db);
}

/* A script that names no position, or 0 for one that is not the first. */
static void a_region_added_comes_behind_the_first(void **state)
{
    struct db *db = open_places(*state);
    world_script(*state, "INSERT INTO task_region (region_id, task_id) VALUES (6, 4), (7, 4)");
    const char *order = "SELECT group_concat(region_id || '@' || position, ' ') FROM (SELECT * "
                        "FROM task_region WHERE task_id = 4 ORDER BY position)";
    world_expect(db, order, "4@0 5@1 6@2 7@3");
    world_script(*state, "INSERT OR REPLACE INTO task_region (region_id, task_id) VALUES (6, 4)");
    world_expect(db, order, "4@0 5@1 6@2 7@3");
    world_script(*state, "UPDATE task SET region_id = 6 WHERE id = 4");
    world_expect(db, order, "6@0 5@1 7@3");
    db_close(db);
}

/* --- scripts --------------------------------------------------------------------------------- */

static const char *const changes[] = {
    "UPDATE task SET state = 'closed' WHERE id IN (1, 4)",
    "UPDATE task SET state = 'in_progress'",
    "UPDATE task SET progress = 'behind' WHERE id % 2",
    "UPDATE task SET progress = 'behind', state = 'closed', lead_id = 3 WHERE id IN (1, 2)",
    "UPDATE task SET progress = 'ahead', state = 'submitted', lead_id = NULL, deadline = NULL",
    "UPDATE task SET deadline = '2026-09-0' || (id + 1), lead_id = 1 + id % 3",
    "UPDATE task SET deadline_kind = 'ongoing' WHERE id IN (1, 4)",
    "UPDATE task SET deadline_kind = 'immediate', assigned_on = '2026-10-01', deadline = NULL",
    "UPDATE task SET assigned_on = '2026-10-02' WHERE id > 3",
    "UPDATE task SET source_id = 2, reported_on = '2026-11-09' WHERE id IN (1, 5)",
    "UPDATE OR REPLACE task SET region_id = 6, lead_id = 2, state = 'closed' WHERE id IN (4, 5)",
    "UPDATE OR IGNORE task SET region_id = 1, state = 'in_progress'",
    "UPDATE task SET region_id = 3 + id % 4",
    "INSERT OR IGNORE INTO task_region (region_id, task_id) SELECT region.id, task.id FROM region, "
    "task WHERE (region.id + task.id) % 3 = 0",
    "INSERT OR REPLACE INTO task_region (region_id, task_id, position) SELECT region_id, task_id, "
    "9 FROM task_region WHERE position > 0",
    "DELETE FROM task_region WHERE position > 0 AND region_id % 2",
    "INSERT INTO report (task_id, period_start, period_end, progress) SELECT id, '2026-11-16', "
    "'2026-11-22', 'behind' FROM task",
    "UPDATE report SET period_start = '2026-11-10' WHERE period_start = '2026-11-16'",
    "DELETE FROM report",
    "INSERT INTO task (source_id, number, title, region_id) VALUES (1, '4', 'again', 5) ON "
    "CONFLICT (source_id, number, part) DO UPDATE SET lead_id = 3, region_id = 7, progress = "
    "'behind'",
    "UPDATE region SET parent_id = 2 WHERE id = 3",
    "UPDATE region SET parent_id = 1 WHERE id = 3",
    "UPDATE OR IGNORE region SET parent_id = NULL WHERE id = 3",
    "UPDATE region SET name = name || ' ', parent_id = parent_id",
    "INSERT INTO region (id, code, name, short, level, parent_id) VALUES (30, '211104', 'again', "
    "'A', 'county', 7) ON CONFLICT (code) DO UPDATE SET parent_id = excluded.parent_id",
    "INSERT INTO region (id, code, name, short, level, parent_id) VALUES (9, '9', 'town', 'T', "
    "'township', 5)",
    "INSERT OR IGNORE INTO task_region (region_id, task_id) VALUES (9, 1), (9, 2)",
    "UPDATE region SET parent_id = CASE id WHEN 5 THEN 2 WHEN 9 THEN 6 ELSE 3 END WHERE id IN (4, "
    "5, 9)",
    "DELETE FROM task WHERE id IN (1, 3, 5)",
};
/* What only scripts without foreign keys can do. */
static const char *const loose[] = {
    "DELETE FROM region WHERE id = 5",
    "INSERT INTO region (id, code, name, short, level, parent_id) VALUES (5, '5', 'back', 'B', "
    "'county', 3)",
    "DELETE FROM region WHERE id IN (2, 3)",
    "INSERT INTO region (id, code, name, short, level, parent_id) VALUES (3, '3', 'back', 'B', "
    "'city', 1)",
    "INSERT INTO region (id, code, name, short, level, parent_id) VALUES (41, '41', 'first', 'F', "
    "'county', 40)",
    "UPDATE task SET region_id = 41 WHERE id = 4",
    "INSERT INTO region (id, code, name, short, level, parent_id) VALUES (40, '40', 'then', 'T', "
    "'city', 1)",
    "DELETE FROM region",
    "DELETE FROM task",
};

static void run_all(
    struct db *db, void *folder, const char *pragmas, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *said;
        if (!world_run(folder, pragmas, list[i], &said))
            fail_msg("%s: %s", list[i], said);
        free(said);
        places_expect_counted(db, list[i]);
    }
}

static void counts_follow_scripts(void **state)
{
    struct db *db = open_places(*state);
    const char *pragmas = "PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF";
    run_all(db, *state, pragmas, changes, sizeof changes / sizeof *changes);
    run_all(db, *state, pragmas, loose, sizeof loose / sizeof *loose);
    world_expect(db,
        "SELECT (SELECT count(*) FROM tally_place) + (SELECT count(*) FROM tally_due) + (SELECT "
        "count(*) FROM tally_owed) + (SELECT count(*) FROM region_above)",
        "0");
    db_close(db);
}

static void counts_follow_with_foreign_keys(void **state)
{
    struct db *db = open_places(*state);
    run_all(db, *state, "PRAGMA foreign_keys = ON", changes, sizeof changes / sizeof *changes);
    db_close(db);
}

static void counts_follow_with_recursive_triggers(void **state)
{
    struct db *db = open_places(*state);
    run_all(
        db, *state, "PRAGMA recursive_triggers = ON", changes, sizeof changes / sizeof *changes);
    run_all(db, *state, "PRAGMA recursive_triggers = ON", loose, sizeof loose / sizeof *loose);
    db_close(db);
}

static void what_would_lose_counts_is_refused(void **state)
{
    static const struct {
        const char *sql, *why;
    } refusals[] = {
        {"REPLACE INTO region (id, code, name, short, level, parent_id) VALUES (3, '2111', 'x', "
         "'x', 'city', 2)",
            "REPLACE would lose"},
        {"INSERT OR REPLACE INTO region (id, code, name, short, level, parent_id) VALUES (77, "
         "'2111', 'x', 'x', 'city', 2)",
            "REPLACE would lose"},
        {"UPDATE OR REPLACE region SET code = '2111' WHERE id = 2", "no other region may have"},
        {"UPDATE region SET id = 77 WHERE id = 7", "the id stays"},
        {"UPDATE region SET parent_id = 4 WHERE id = 3", "none lies in itself"},
        {"UPDATE region SET parent_id = id WHERE id = 3", "none lies in itself"},
        {"INSERT INTO region (id, code, name, short, level, parent_id) VALUES (77, '77', 'x', "
         "'x', 'city', 77)",
            "none lies in itself"},
        {"REPLACE INTO task (id, source_id, number, title, region_id) VALUES (4, 1, '4', 'x', 2)",
            "REPLACE would lose"},
        {"DELETE FROM region WHERE id = 4", "FOREIGN KEY"},
        {"UPDATE region SET parent_id = NULL WHERE id = 4", "CHECK"},
    };
    struct db *db = open_places(*state);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        world_refuses(*state, refusals[i].sql, refusals[i].why);
        places_expect_counted(db, refusals[i].sql);
    }
    db_close(db);
}

/* --- thousands of changes nobody thought of -------------------------------------------------- */

/* $1 to $3 are numbers by chance. */
#define SOME_REGION(bind) "(SELECT id FROM region ORDER BY (id * 7919 + " bind ") % 31, id LIMIT 1)"
#define SOME_TASKS "id % 30 = $1 % 30"
static const char *const moves[] = {
    "INSERT OR IGNORE INTO task (source_id, number, title, region_id, lead_id) VALUES (1 + $1 % "
    "2, $1 % 60, 't', " SOME_REGION("$2") ", nullif($3 % 4, 0))",
    "INSERT OR IGNORE INTO task (source_id, number, title, region_id, lead_id, state, progress, "
    "deadline) VALUES (1 + $1 % 2, $1 % 60, 't', " SOME_REGION(
        "$2") ", nullif($3 % 4, 0), "
              "'in_progress', 'behind', date('2026-01-01', ($3 % 5) || ' days'))",
    "UPDATE task SET state = CASE $2 % 4 WHEN 0 THEN 'closed' WHEN 1 THEN 'in_progress' WHEN 2 "
    "THEN 'submitted' ELSE state END, lead_id = nullif($3 % 4, 0) WHERE " SOME_TASKS,
    "UPDATE task SET progress = iif($2 % 2, 'behind', 'ahead'), reported_on = date('2026-01-05', "
    "($3 % 3 * 7) || ' days') WHERE " SOME_TASKS,
    "UPDATE task SET region_id = " SOME_REGION(
        "$2") ", deadline = date('2026-01-01', ($3 % 5) || "
              "' days'), deadline_kind = iif($3 % 7, 'date', 'ongoing') WHERE " SOME_TASKS,
    "UPDATE task SET source_id = source_id, state = iif($2 % 2, 'closed', 'in_review'), progress "
    "= 'behind', region_id = " SOME_REGION("$3") " WHERE " SOME_TASKS,
    "INSERT OR IGNORE INTO task_region (region_id, task_id, position) SELECT " SOME_REGION(
        "$2") ", id, 1 FROM task WHERE " SOME_TASKS " AND $3 IS NOT NULL",
    "INSERT OR IGNORE INTO task_region (region_id, task_id, position) SELECT r.id, t.id, 2 FROM "
    "task t JOIN region r ON r.parent_id = t.region_id WHERE t.id % 30 = $1 % 30 AND $2 + $3 > 0",
    "DELETE FROM task_region WHERE position > 0 AND task_id % 5 = $1 % 5 AND region_id % 3 = $2 % "
    "3 AND region_id NOT IN (SELECT region_id FROM task WHERE id = task_id) AND $3 IS NOT NULL",
    "DELETE FROM task WHERE id % 20 = $1 % 20 AND $2 % 3 = 0 AND part = 0 AND id > 8 AND $3 IS NOT "
    "NULL",
    "INSERT INTO region (code, name, short, level, parent_id) SELECT 'c' || max(id), 'n', 's', "
    "'county', " SOME_REGION("$1") " FROM region HAVING count(*) < 14 AND $2 + $3 > 0",
    "UPDATE region SET parent_id = " SOME_REGION("$2") " WHERE id = " SOME_REGION(
        "$1") " AND "
              "parent_id IS NOT NULL AND $3 IS NOT NULL AND NOT EXISTS (WITH RECURSIVE up (id) AS "
              "(SELECT " SOME_REGION(
                  "$2") " UNION SELECT parent_id FROM region JOIN up USING (id)) SELECT 1 FROM up "
                        "WHERE up.id = region.id)",
    "DELETE FROM region WHERE id = " SOME_REGION("$1") " AND id > 7 AND $2 + $3 > 0 AND id NOT IN "
                                                       "(SELECT region_id FROM task_region) AND id "
                                                       "NOT IN (SELECT parent_id FROM region WHERE "
                                                       "parent_id IS NOT NULL)",
};
enum { MOVES = sizeof moves / sizeof *moves, STEPS = 2000, EVERY = 25 };

static void move_once(struct db *db, uint32_t *seed, const char *sql)
{
    struct error err = {0};
    struct db_statement *move;
    if (!db_prepare(db, sql, &move, &err))
        fail_msg("%s: %s", sql, err.text);
    for (int bind = 1; bind <= 3; bind++) {
        *seed = *seed * 1664525u + 1013904223u;
        db_bind_int(move, bind, *seed >> 12);
    }
    if (!db_run(move, &err))
        fail_msg("%s: %s", sql, err.text);
    db_finish(move);
}

static void counts_follow_a_random_walk(void **state)
{
    struct error err = {0};
    struct db *db = open_places(*state);
    uint32_t seed = 20261122;
    int64_t touched[MOVES] = {0};
    for (int step = 0; step < STEPS; step++) {
        if (step % EVERY == 0)
            assert_true(db_write_begin(db, &err));
        seed = seed * 1664525u + 1013904223u;
        size_t move = (seed >> 24) % MOVES;
        move_once(db, &seed, moves[move]);
        touched[move] += db_changes(db);
        if (step % EVERY == EVERY - 1) {
            assert_true(db_write_commit(db, &err));
            places_expect_counted(db, moves[move]);
        }
    }
    for (size_t i = 0; i < MOVES; i++)
        if (touched[i] == 0)
            fail_msg("changed nothing: %s", moves[i]);
    world_expect(db, "SELECT count(*) > 20 FROM task", "1");
    world_expect(db, "SELECT count(*) > 20 FROM task_region WHERE position > 0", "1");
    db_close(db);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_task_counts_once_in_each_place),
        TEST(a_first_region_below_makes_a_place_its_own),
        TEST(a_county_takes_its_tasks_to_another_city),
        TEST(a_region_added_comes_behind_the_first),
        TEST(counts_follow_scripts),
        TEST(counts_follow_with_foreign_keys),
        TEST(counts_follow_with_recursive_triggers),
        TEST(what_would_lose_counts_is_refused),
        TEST(counts_follow_a_random_walk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
