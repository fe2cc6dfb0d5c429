/* The watch: awake when another process has committed, at rest otherwise. */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/folder.h"
#include "harness/notes.h"
#include "harness/other.h"

enum { LONG_MS = 20000, LOOK_MS = 2 };

static bool is_awake(struct db *db, int milliseconds)
{
    struct pollfd watch = {.fd = db_watch_fd(db), .events = POLLIN};
    return poll(&watch, 1, milliseconds) == 1;
}

static bool take(struct db *db)
{
    struct error err = {0};
    bool changed = false;
    if (!db_watch_take(db, &changed, &err))
        fail_msg("%s", err.text);
    return changed;
}

/* A change is seen at once or soon after the wake-up. */
static void expect_change(struct db *db)
{
    assert_true(is_awake(db, LONG_MS));
    for (int waited = 0; waited < LONG_MS; waited += LOOK_MS) {
        if (take(db))
            return;
        is_awake(db, LOOK_MS);
    }
    fail_msg("a commit was not seen");
}

static void expect_rest(struct db *db)
{
    assert_false(is_awake(db, 0));
    assert_false(take(db));
}

/* Takes orders: 'w' a commit, 'r' a read, 'b' a rollback, 'o' opens and closes once more. */
static int work(struct other *parent, void *path)
{
    struct db *db = NULL, *second = NULL;
    if (!db_open(path, DB_READ_WRITE, &db, NULL))
        return 1;
    int count = 0;
    for (char order; (order = other_hear(parent)) != '\0'; other_say(parent, '.')) {
        char name[16];
        struct db_statement *get;
        snprintf(name, sizeof name, "%d", ++count);
        if (order == 'w' && !notes_write(db, name, "1"))
            return 2;
        if (order == 'r' &&
            (!db_statement(db, META_GET, &get, NULL) || db_step(get, NULL) != DB_DONE))
            return 3;
        if (order == 'b' && (!db_write_begin(db, NULL) || !notes_put(db, name, "1")))
            return 4;
        db_write_rollback(db);
        if (order == 'o' && !db_open(path, DB_READ_WRITE, &second, NULL))
            return 5;
        db_close(second);
        second = NULL;
    }
    db_close(db);
    return 0;
}

static void order(struct other *other, char what)
{
    other_say(other, what);
    assert_int_equal(other_hear(other), '.');
}

static void another_process_wakes_us(void **state)
{
    char path[256];
    struct other other;
    struct db *db = notes_make(*state, "a.db");
    other_start(&other, work, folder_file(*state, "a.db", path));
    assert_true(db_watch_fd(db) >= 0);
    for (int i = 0; i < 20; i++) {
        order(&other, 'w');
        expect_change(db);
        take(db); /* whatever else woke us for the same commit */
        expect_rest(db);
    }
    close(other.out);
    other.out = -1;
    assert_int_equal(other_end(&other), 0);
    db_close(db);
}

static void a_commit_before_the_first_look_is_a_change(void **state)
{
    struct db *db = notes_make(*state, "a.db");
    struct db *second = notes_open(*state, "a.db", DB_READ_WRITE);
    assert_true(notes_write(second, "a", "1"));
    assert_true(take(db));
    assert_false(take(db));
    db_close(second);
    db_close(db);
}

static void reading_wakes_nobody(void **state)
{
    char path[256];
    struct other other;
    struct db *db = notes_make(*state, "a.db");
    assert_true(notes_write(db, "first", "1"));
    assert_true(db_watch_fd(db) >= 0);
    other_start(&other, work, folder_file(*state, "a.db", path));
    order(&other, 'r');
    take(db); /* the other's opening may have made the -shm file */
    for (int i = 0; i < 5; i++) {
        order(&other, 'r');
        order(&other, 'o');
        notes_expect(db, "first", "1");
        expect_rest(db);
    }
    close(other.out);
    other.out = -1;
    assert_int_equal(other_end(&other), 0);
    db_close(db);
}

static void our_own_commits_are_no_change(void **state)
{
    struct db *db = notes_make(*state, "a.db");
    assert_true(db_watch_fd(db) >= 0);
    assert_true(notes_write(db, "a", "1"));
    assert_false(take(db));
    db_close(db);
}

static void a_rollback_is_no_change(void **state)
{
    char path[256];
    struct other other;
    struct db *db = notes_make(*state, "a.db");
    other_start(&other, work, folder_file(*state, "a.db", path));
    assert_true(db_watch_fd(db) >= 0);
    order(&other, 'b');
    assert_false(take(db));
    close(other.out);
    other.out = -1;
    assert_int_equal(other_end(&other), 0);
    db_close(db);
}

static void other_files_wake_nobody(void **state)
{
    char path[256];
    FILE *log = fopen(folder_file(*state, "board.log", path), "w");
    assert_non_null(log);
    struct db *db = notes_make(*state, "a.db");
    assert_true(notes_write(db, "first", "1"));
    assert_true(db_watch_fd(db) >= 0);
    for (int i = 0; i < 100; i++) {
        fprintf(log, "busy %d\n", i);
        fflush(log);
    }
    expect_rest(db);
    fclose(log);
    db_close(db);
}

/* The sqlite3 shell takes the log away when it is the last to close, and makes it again. */
static void a_script_that_makes_the_log_wakes_us(void **state)
{
    char path[256], log[270], command[600];
    db_close(notes_make(*state, "a.db"));
    folder_file(*state, "a.db", path);
    snprintf(log, sizeof log, "%s-wal", path);
    snprintf(command, sizeof command,
        "sqlite3 '%s' \"INSERT INTO meta VALUES ('script', '1') ON CONFLICT DO UPDATE SET value = "
        "value + 1\"",
        path);
    assert_int_equal(system(command), 0);
    assert_int_equal(access(log, F_OK), -1);
    struct db *db = notes_open(*state, "a.db", DB_READ_WRITE);
    assert_true(db_watch_fd(db) >= 0);
    for (int64_t times = 2; times < 5; times++) {
        assert_int_equal(system(command), 0);
        expect_change(db);
        assert_int_equal(notes_count(db, "SELECT value FROM meta WHERE name = 'script'"), times);
        assert_true(notes_write(db, "x", "y"));
    }
    db_close(db);
}

static void the_rollback_journal_is_watched_too(void **state)
{
    char path[256], command[600];
    db_close(notes_make(*state, "a.db"));
    folder_file(*state, "a.db", path);
    snprintf(
        command, sizeof command, "sqlite3 '%s' 'PRAGMA journal_mode = DELETE' >/dev/null", path);
    assert_int_equal(system(command), 0);
    struct db *db =
        notes_open(*state, "a.db", DB_READ_ONLY); /* who may write would go back to WAL */
    assert_true(db_watch_fd(db) >= 0);
    snprintf(
        command, sizeof command, "sqlite3 '%s' \"INSERT INTO meta VALUES ('script', '1')\"", path);
    assert_int_equal(system(command), 0);
    expect_change(db);
    notes_expect(db, "script", "1");
    db_close(db);
}

static void a_replaced_file_wakes_us(void **state)
{
    char path[256], next[256];
    struct error err = {0};
    db_close(notes_make(*state, "next.db"));
    struct db *db = notes_make(*state, "a.db");
    assert_true(db_watch_fd(db) >= 0);
    assert_true(db_still_there(db, &err));
    assert_int_equal(
        rename(folder_file(*state, "next.db", next), folder_file(*state, "a.db", path)), 0);
    assert_true(is_awake(db, LONG_MS));
    assert_false(db_still_there(db, &err));
    assert_int_equal(err.code, ERROR_REPLACED);
    assert_false(db_write_begin(db, &err)); /* nothing is written into a file that has no name */
    assert_int_equal(err.code, ERROR_REPLACED);
    db_close(db);
}

static void a_deleted_file_wakes_us(void **state)
{
    char path[256];
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    assert_true(db_watch_fd(db) >= 0);
    assert_int_equal(unlink(folder_file(*state, "a.db", path)), 0);
    assert_true(is_awake(db, LONG_MS));
    assert_false(db_still_there(db, &err));
    assert_int_equal(err.code, ERROR_MISSING);
    assert_false(db_write_begin(db, &err));
    assert_int_equal(err.code, ERROR_MISSING);
    db_close(db);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(another_process_wakes_us),
        TEST(a_commit_before_the_first_look_is_a_change),
        TEST(reading_wakes_nobody),
        TEST(our_own_commits_are_no_change),
        TEST(a_rollback_is_no_change),
        TEST(other_files_wake_nobody),
        TEST(a_script_that_makes_the_log_wakes_us),
        TEST(the_rollback_journal_is_watched_too),
        TEST(a_replaced_file_wakes_us),
        TEST(a_deleted_file_wakes_us),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
