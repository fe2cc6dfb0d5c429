/* Tables of a connection that hide those of the database. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "harness/folder.h"
#include "harness/world.h"

static struct db *open_reading(void *folder)
{
    char path[256];
    struct error err = {0};
    struct db *db = NULL;
    db_close(world_open(folder));
    if (!db_open(folder_file(folder, "a.db", path), DB_READ_ONLY, &db, &err))
        fail_msg("%s", err.text);
    return db;
}

static void script(struct db *db, const char *sql)
{
    struct error err = {0};
    if (!db_script(db, sql, &err))
        fail_msg("%s: %s", sql, err.text);
}

static void hides_and_leaves_alone(void **state)
{
    struct error err = {0};
    struct db *db = open_reading(*state);
    world_expect(db, "SELECT count(*) FROM task", "3");
    assert_true(db_shadow(db, "task", &err));
    world_expect(db, "SELECT count(*) FROM task", "0");
    world_expect(db, "SELECT count(*) FROM main.task", "3");
    script(db, "INSERT INTO temp.task SELECT * FROM main.task WHERE id < 3;"
               "UPDATE temp.task SET due_on = 'never', number = 'same', part = 7");
    world_expect(
        db, "SELECT group_concat(number || part || due_on) FROM task", "same7never,same7never");
    world_expect(db,
        "SELECT group_concat(t.title) FROM task t JOIN source s ON s.id = t.source_id "
        "WHERE s.code = '2'",
        "wetland,sewage");
    /* a row of which only the key is told has the defaults of the schema */
    script(db, "INSERT INTO temp.task (id) VALUES (9)");
    world_expect(db,
        "SELECT id || state || percent || coalesce(deadline, '-') FROM task "
        "WHERE id = 9",
        "9not_started0-");
    db_close(db);
    db = NULL;
    char path[256];
    assert_true(db_open(folder_file(*state, "a.db", path), DB_READ_WRITE, &db, &err));
    world_expect(db, "SELECT group_concat(number) FROM task", "001,002,002");
    db_close(db);
}

/* Indexes too, those of keys of several columns and of UNIQUE ones among them. */
static void is_found_as_fast(void **state)
{
    static const struct {
        const char *table, *query, *plan;
    } cases[] = {
        {"measure", "SELECT * FROM measure WHERE task_id = 1 AND position = 2",
            "%USING INDEX measure_unique_0 (task_id=? AND position=?)"},
        {"report", "SELECT * FROM report WHERE task_id = 1 ORDER BY period_start",
            "%USING INDEX report_task (task_id=?)"},
        {"task_region", "SELECT * FROM task_region WHERE region_id = 1 AND task_id = 2",
            "%(region_id=? AND task_id=?)"},
        {"task_region", "SELECT * FROM task_region WHERE task_id = 2", "%task_region_task%"},
        {"task", "SELECT * FROM task WHERE id = 2", "%INTEGER PRIMARY KEY%"},
        {"task", "SELECT id FROM task WHERE listed = 1 ORDER BY due_on", "%task_listed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char sql[512], path[256], plan[512];
        struct error err = {0};
        struct db_statement *explain;
        struct db *db = NULL;
        if (i == 0)
            db_close(world_open(*state));
        assert_true(db_open(folder_file(*state, "a.db", path), DB_READ_ONLY, &db, &err));
        if (!db_shadow(db, cases[i].table, &err) || !db_shadow_index(db, cases[i].table, &err))
            fail_msg("%s", err.text);
        snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", cases[i].query);
        assert_true(db_prepare(db, sql, &explain, &err));
        assert_int_equal(db_step(explain, &err), DB_ROW);
        snprintf(plan, sizeof plan, "SELECT '%s' LIKE '%s'", db_text(explain, 3), cases[i].plan);
        snprintf(sql, sizeof sql, "%s", db_text(explain, 3));
        db_finish(explain);
        char matches[512];
        if (world_ask(db, plan, matches)[0] != '1')
            fail_msg("%s: %s", cases[i].query, sql);
        db_close(db);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(hides_and_leaves_alone),
        TEST(is_found_as_fast),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
