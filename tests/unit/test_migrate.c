/* Migrations: each once, whole or not at all, by whoever comes first; what is newer or somebody
 * else's is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/folder.h"
#include "harness/found.h"
#include "harness/notes.h"
#include "harness/other.h"
#include "harness/places.h"
#include "store/migrate.h"

/* Above the real ones, so that they can follow on a new database. */
static const struct migration later[] = {
    {1001, "a log", "CREATE TABLE log (line TEXT NOT NULL); INSERT INTO log VALUES ('1001');"},
    {1002, "another line", "INSERT INTO log VALUES ('1002');"},
    {1003, "a third", "-- a comment; and nothing else than\nINSERT INTO log VALUES ('1003')"},
};
enum { LATER = sizeof later / sizeof *later };

static void rows_are_in_order(void **state)
{
    (void)state;
    assert_true(migrations_count > 0);
    for (size_t i = 0; i < migrations_count; i++) {
        assert_int_equal(migrations[i].version, i + 1);
        assert_true(strlen(migrations[i].name) > 0 && strlen(migrations[i].sql) > 0);
    }
    assert_int_equal(migrate_newest(), migrations[migrations_count - 1].version);
}

static void rows_run_once_and_in_order(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    for (int times = 0; times < 2; times++) {
        if (!migrate_apply(db, later, LATER, &err))
            fail_msg("%s", err.text);
        assert_int_equal(db_schema_version(db), 1003);
        assert_int_equal(
            notes_count(
                db, "SELECT count(*) = 3 AND group_concat(line) = '1001,1002,1003' FROM log"),
            1);
    }
    db_close(db);
}

static void the_file_says_what_it_is(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    assert_int_equal(notes_count(db, "PRAGMA application_id"), MIGRATE_APPLICATION_ID);
    assert_int_equal(notes_count(db, "PRAGMA user_version"), migrate_newest());
    assert_true(migrate_apply(db, later, LATER, &err));
    assert_int_equal(notes_count(db, "PRAGMA user_version"), 1003);
    notes_expect(db, "schema", "1003");
    db_close(db);
}

static void a_broken_row_changes_nothing(void **state)
{
    static const struct migration broken[] = {
        {1001, "good", "CREATE TABLE log (line TEXT NOT NULL)"},
        {1002, "bad", "INSERT INTO log VALUES ('half'); INSERT INTO nowhere VALUES (1)"},
    };
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    assert_false(migrate_apply(db, broken, 2, &err));
    assert_non_null(strstr(err.text, "1002"));
    assert_int_equal(db_schema_version(db), 1001);
    assert_int_equal(notes_count(db, "PRAGMA user_version"), 1001);
    assert_int_equal(notes_count(db, "SELECT count(*) FROM log"), 0);
    assert_true(notes_write(db, "after", "1")); /* and the gate is free */
    db_close(db);
}

static int migrate_in_step(struct other *parent, void *path)
{
    struct db *db = NULL;
    if (!db_open(path, DB_READ_WRITE, &db, NULL))
        return 1;
    db_gate_timeout(db, 20000);
    other_say(parent, '.');
    other_hear(parent);
    if (!migrate_apply(db, later, LATER, NULL))
        return 2;
    db_close(db);
    return 0;
}

static void several_at_once_run_each_row_once(void **state)
{
    enum { PROCESSES = 4 };
    char path[256];
    struct other others[PROCESSES];
    struct db *db = notes_make(*state, "a.db");
    folder_file(*state, "a.db", path);
    for (int i = 0; i < PROCESSES; i++)
        other_start(&others[i], migrate_in_step, path);
    for (int i = 0; i < PROCESSES; i++)
        assert_int_equal(other_hear(&others[i]), '.'); /* all have it open */
    for (int i = 0; i < PROCESSES; i++)
        other_say(&others[i], '.');
    for (int i = 0; i < PROCESSES; i++)
        assert_int_equal(other_end(&others[i]), 0);
    assert_int_equal(notes_count(db, "SELECT count(*) FROM log"), LATER);
    db_close(db);
}

static void newer_ones_are_refused(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    assert_true(migrate_apply(db, later, LATER, &err));
    db_close(db);
    notes_refused(*state, "a.db", DB_READ_WRITE, ERROR_NEWER, "1003");
    notes_refused(*state, "a.db", DB_READ_ONLY, ERROR_NEWER, "1003");
}

static void script(void *folder, const char *sql)
{
    char path[256], command[700];
    snprintf(
        command, sizeof command, "sqlite3 '%s' \"%s\"", folder_file(folder, "a.db", path), sql);
    assert_int_equal(system(command), 0);
}

static void what_is_not_ours_is_refused(void **state)
{
    db_close(notes_make(*state, "a.db"));
    script(*state, "PRAGMA application_id = 1196444487");
    notes_refused(*state, "a.db", DB_READ_WRITE, ERROR_CORRUPT, "not a duban database");
    script(*state, "PRAGMA application_id = 0"); /* as in a dump read back */
    db_close(notes_open(*state, "a.db", DB_READ_WRITE));
    script(*state, "UPDATE meta SET value = 'one' WHERE name = 'schema'");
    notes_refused(*state, "a.db", DB_READ_WRITE, ERROR_CORRUPT, "not a duban database");
    script(*state, "DROP TABLE meta");
    notes_refused(*state, "a.db", DB_READ_WRITE, ERROR_CORRUPT, "not a duban database");
}

/* --- databases of earlier releases ----------------------------------------------------------- */

/* Reads tests/data/schema-N.sql, which an earlier program wrote, into a.db. */
static void read_old(void *folder, int version)
{
    char path[256], command[700];
    snprintf(command, sizeof command, "sqlite3 '%s' <tests/data/schema-%d.sql >/dev/null",
        folder_file(folder, "a.db", path), version);
    assert_int_equal(system(command), 0);
}

static void expect_in_order(const char *path)
{
    struct found found;
    found_in(path, &found);
    if (found.faults != 0)
        fail_msg("%s", found.all);
}

static void old_databases_become_new(void **state)
{
    char path[256];
    folder_file(*state, "a.db", path);
    for (int version = 1; version < migrate_newest(); version++) {
        read_old(*state, version);
        notes_refused(*state, "a.db", DB_READ_ONLY, ERROR_READ_ONLY, "older than");
        struct db *db = notes_open(*state, "a.db", DB_READ_WRITE);
        assert_int_equal(db_schema_version(db), migrate_newest());
        assert_true(notes_count(db, "SELECT count(*) FROM task") > 20);
        places_expect_counted(db, "the migration");
        assert_true(
            notes_count(db, "SELECT count(*) FROM search WHERE search MATCH '\"整治\"'") > 0);
        db_close(db);
        expect_in_order(path);
        assert_int_equal(unlink(path), 0);
    }
}

static void a_dump_reads_back(void **state)
{
    char path[256], copy[256], command[700];
    struct db *db = notes_make(*state, "a.db");
    assert_true(notes_write(db, "kept", "yes"));
    db_close(db);
    snprintf(command, sizeof command, "sqlite3 '%s' .dump | sqlite3 '%s'",
        folder_file(*state, "a.db", path), folder_file(*state, "copy.db", copy));
    assert_int_equal(system(command), 0);
    db = notes_open(*state, "copy.db", DB_READ_WRITE);
    notes_expect(db, "kept", "yes");
    db_close(db);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_in_order),
        TEST(rows_run_once_and_in_order),
        TEST(the_file_says_what_it_is),
        TEST(a_broken_row_changes_nothing),
        TEST(several_at_once_run_each_row_once),
        TEST(newer_ones_are_refused),
        TEST(what_is_not_ours_is_refused),
        TEST(old_databases_become_new),
        TEST(a_dump_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
