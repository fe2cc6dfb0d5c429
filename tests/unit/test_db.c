/* The database as the model uses it: opening, statements, snapshots, transactions, the whole file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/folder.h"
#include "store/db.h"
#include "store/migrate.h"

/* --- helpers --------------------------------------------------------------------------------- */

static struct db *make(void *folder, const char *name)
{
    char path[256];
    struct error err = {0};
    struct db *db = NULL;
    if (!db_open(folder_file(folder, name, path), DB_CREATE, &db, &err))
        fail_msg("%s", err.text);
    return db;
}

static struct db *reopen(void *folder, const char *name, enum db_mode mode)
{
    char path[256];
    struct error err = {0};
    struct db *db = NULL;
    if (!db_open(folder_file(folder, name, path), mode, &db, &err))
        fail_msg("%s", err.text);
    return db;
}

static void set_meta(struct db *db, const char *name, const char *value)
{
    struct error err = {0};
    struct db_statement *set;
    assert_true(db_statement(db, META_SET, &set, &err));
    db_bind_text(set, 1, name);
    db_bind_text(set, 2, value);
    if (!db_run(set, &err))
        fail_msg("%s", err.text);
}

static void write_meta(struct db *db, const char *name, const char *value)
{
    struct error err = {0};
    if (!db_write_begin(db, &err))
        fail_msg("%s", err.text);
    set_meta(db, name, value);
    assert_true(db_write_commit(db, &err));
}

static void expect_meta(struct db *db, const char *name, const char *value)
{
    struct error err = {0};
    struct db_statement *get;
    assert_true(db_statement(db, META_GET, &get, &err));
    db_bind_text(get, 1, name);
    enum db_step step = db_step(get, &err);
    if (value) {
        assert_int_equal(step, DB_ROW);
        assert_string_equal(db_text(get, 0), value);
    } else {
        assert_int_equal(step, DB_DONE);
    }
    db_reset(get);
}

static void expect_refusal(void *folder, const char *name, enum db_mode mode, enum error_code code)
{
    char path[256];
    struct error err = {0};
    struct db *db = (struct db *)1;
    assert_false(db_open(folder_file(folder, name, path), mode, &db, &err));
    assert_null(db);
    assert_int_equal(err.code, code);
    assert_non_null(strstr(err.text, path));
}

static void write_file(void *folder, const char *name, const void *bytes, size_t count)
{
    char path[256];
    FILE *file = fopen(folder_file(folder, name, path), "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    fclose(file);
}

/* --- opening --------------------------------------------------------------------------------- */

static void creates_and_reopens(void **state)
{
    struct db *db = make(*state, "a b%?#督办.db");
    assert_int_equal(db_schema_version(db), migrate_newest());
    assert_false(db_is_read_only(db));
    write_meta(db, "colour", "红");
    db_close(db);
    db = reopen(*state, "a b%?#督办.db", DB_READ_WRITE);
    expect_meta(db, "colour", "红");
    db_close(db);
    expect_refusal(*state, "a b%?#督办.db", DB_CREATE, ERROR_INPUT);
}

static void leaves_nothing_aside(void **state)
{
    db_close(make(*state, "a.db"));
    char path[256];
    assert_int_equal(access(folder_file(*state, "a.db.gate", path), F_OK), -1);
    snprintf(path, sizeof path, "%s/a.db.new-%ld", (char *)*state, (long)getpid());
    assert_int_equal(access(path, F_OK), -1);
}

static void refuses_what_is_no_database(void **state)
{
    char path[256];
    expect_refusal(*state, "missing.db", DB_READ_WRITE, ERROR_MISSING);
    expect_refusal(*state, "missing.db", DB_READ_ONLY, ERROR_MISSING);
    expect_refusal(*state, "no/folder.db", DB_CREATE, ERROR_MISSING);
    write_file(*state, "empty.db", "", 0);
    expect_refusal(*state, "empty.db", DB_READ_WRITE, ERROR_CORRUPT);
    write_file(*state, "text.db", "to whom it may concern, this is a long enough text\n", 51);
    expect_refusal(*state, "text.db", DB_READ_WRITE, ERROR_CORRUPT);
    assert_int_equal(mkdir(folder_file(*state, "folder.db", path), 0700), 0);
    expect_refusal(*state, "folder.db", DB_READ_WRITE, ERROR_CORRUPT);
}

/* --- statements ------------------------------------------------------------------------------ */

static void binds_and_reads_values(void **state)
{
    struct error err = {0};
    struct db *db = make(*state, "a.db");
    struct db_statement *statement;
    assert_true(db_prepare(db, "SELECT $1, $2, $3, $2 || '!'", &statement, &err));
    db_bind_int(statement, 1, INT64_MIN);
    db_bind_text(statement, 2, "O'Brien; DROP TABLE task --");
    db_bind_null(statement, 3);
    assert_int_equal(db_step(statement, &err), DB_ROW);
    assert_true(db_int(statement, 0) == INT64_MIN);
    assert_string_equal(db_text(statement, 3), "O'Brien; DROP TABLE task --!");
    assert_true(db_is_null(statement, 2));
    assert_string_equal(db_text(statement, 2), "");
    assert_int_equal(db_int(statement, 2), 0);
    assert_int_equal(db_step(statement, &err), DB_DONE);
    db_reset(statement);
    assert_int_equal(db_step(statement, &err), DB_ROW);
    assert_true(db_is_null(statement, 1)); /* a reset takes the binds */
    db_finish(statement);
    assert_false(db_prepare(db, "SELECT nothing FROM nowhere", &statement, &err));
    assert_int_equal(err.code, ERROR_CORRUPT);
    db_close(db);
}

static void reports_a_broken_constraint(void **state)
{
    struct error err = {0};
    struct db *db = make(*state, "a.db");
    assert_true(db_write_begin(db, &err));
    assert_false(db_script(db, "INSERT INTO meta VALUES ('a', '1'), ('a', '2')", &err));
    assert_int_equal(err.code, ERROR_INPUT);
    set_meta(db, "b", "after");
    assert_true(db_write_commit(db, &err));
    expect_meta(db, "a", NULL);
    expect_meta(db, "b", "after");
    db_close(db);
}

/* --- transactions ---------------------------------------------------------------------------- */

static void commits_and_rolls_back(void **state)
{
    struct error err = {0};
    struct db *db = make(*state, "a.db");
    struct db *other = reopen(*state, "a.db", DB_READ_WRITE);
    assert_true(db_write_begin(db, &err));
    set_meta(db, "a", "1");
    expect_meta(db, "a", "1");
    expect_meta(other, "a", NULL);
    db_write_rollback(db);
    db_write_rollback(db);
    expect_meta(db, "a", NULL);
    write_meta(db, "a", "2");
    expect_meta(other, "a", "2");
    db_close(other);
    db_close(db);
}

static void reads_one_snapshot(void **state)
{
    struct error err = {0};
    struct db *db = make(*state, "a.db");
    struct db *other = reopen(*state, "a.db", DB_READ_WRITE);
    assert_true(db_read_begin(db, &err));
    expect_meta(db, "a", NULL);
    write_meta(other, "a", "1");
    assert_true(db_read_begin(db, &err)); /* within the first */
    expect_meta(db, "a", NULL);
    db_read_end(db);
    expect_meta(db, "a", NULL);
    db_read_end(db);
    expect_meta(db, "a", "1");
    assert_true(db_write_begin(db, &err));
    assert_true(db_read_begin(db, &err)); /* within a write */
    set_meta(db, "a", "2");
    db_read_end(db);
    assert_true(db_write_commit(db, &err));
    expect_meta(other, "a", "2");
    db_close(other);
    db_close(db);
}

static void refuses_writing_for_readers(void **state)
{
    struct error err = {0};
    db_close(make(*state, "a.db"));
    struct db *db = reopen(*state, "a.db", DB_READ_ONLY);
    assert_true(db_is_read_only(db));
    assert_false(db_write_begin(db, &err));
    assert_int_equal(err.code, ERROR_READ_ONLY);
    assert_false(db_script(db, "UPDATE meta SET value = ''", &err));
    assert_int_equal(err.code, ERROR_READ_ONLY);
    db_close(db);
}

/* The log wakes too early: what was written there cannot be seen before it is synced. */
static void leaving_the_gate_wakes_who_watches(void **state)
{
    struct error err = {0};
    struct db *writer = make(*state, "a.db");
    write_meta(writer, "first", "1"); /* makes the gate */
    struct db *watcher = reopen(*state, "a.db", DB_READ_WRITE);
    struct pollfd watch = {.fd = db_watch_fd(watcher), .events = POLLIN};
    assert_true(watch.fd >= 0);
    assert_true(db_write_begin(writer, &err));
    assert_int_equal(poll(&watch, 1, 0), 0);
    db_write_rollback(writer);
    assert_int_equal(poll(&watch, 1, 10000), 1);
    db_close(watcher);
    db_close(writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
        TEST(creates_and_reopens),
        TEST(leaves_nothing_aside),
        TEST(refuses_what_is_no_database),
        TEST(binds_and_reads_values),
        TEST(reports_a_broken_constraint),
        TEST(commits_and_rolls_back),
        TEST(reads_one_snapshot),
        TEST(refuses_writing_for_readers),
        TEST(leaving_the_gate_wakes_who_watches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
