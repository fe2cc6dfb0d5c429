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
#include "harness/notes.h"
#include "store/db.h"
#include "store/migrate.h"

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
    struct db *db = notes_make(*state, "a b%?#督办.db");
    assert_int_equal(db_schema_version(db), migrate_newest());
    assert_false(db_is_read_only(db));
    assert_true(notes_write(db, "colour", "红"));
    db_close(db);
    db = notes_open(*state, "a b%?#督办.db", DB_READ_WRITE);
    notes_expect(db, "colour", "红");
    db_close(db);
    notes_refused(*state, "a b%?#督办.db", DB_CREATE, ERROR_INPUT, "");
}

static void leaves_nothing_aside(void **state)
{
    db_close(notes_make(*state, "a.db"));
    char path[256];
    assert_int_equal(access(folder_file(*state, "a.db.gate", path), F_OK), -1);
    snprintf(path, sizeof path, "%s/a.db.new-%ld", (char *)*state, (long)getpid());
    assert_int_equal(access(path, F_OK), -1);
}

static void refuses_what_is_no_database(void **state)
{
    char path[256];
    notes_refused(*state, "missing.db", DB_READ_WRITE, ERROR_MISSING, "");
    notes_refused(*state, "missing.db", DB_READ_ONLY, ERROR_MISSING, "");
    notes_refused(*state, "no/folder.db", DB_CREATE, ERROR_MISSING, "");
    write_file(*state, "empty.db", "", 0);
    notes_refused(*state, "empty.db", DB_READ_WRITE, ERROR_CORRUPT, "");
    write_file(*state, "text.db", "to whom it may concern, this is a long enough text\n", 51);
    notes_refused(*state, "text.db", DB_READ_WRITE, ERROR_CORRUPT, "");
    assert_int_equal(mkdir(folder_file(*state, "folder.db", path), 0700), 0);
    notes_refused(*state, "folder.db", DB_READ_WRITE, ERROR_CORRUPT, "");
}

/* --- statements ------------------------------------------------------------------------------ */

static void binds_and_reads_values(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
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

static int64_t take_one(struct db_job *job)
{
    struct error err = {0};
    int64_t id = 0;
    size_t count = 0;
    bool done = false;
    while (!done && count == 0) {
        db_job_wait(job, 10000);
        assert_true(db_job_take(job, &id, 1, &count, &done, &err));
    }
    return id;
}

/* Wherever in the text they stand. */
static void binds_by_number(void **state)
{
    static const char sql[] = "SELECT $3 - $1 + length($2) WHERE $3 > $1";
    const struct db_value binds[] = {{NULL, 10}, {"湿地", 0}, {NULL, 100}};
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    struct db_statement *statement;
    struct db_job *job;
    assert_true(db_prepare(db, sql, &statement, &err));
    for (int round = 0; round < 2; round++) {
        db_bind_int(statement, 3, 100);
        db_bind_text(statement, 2, "湿地");
        db_bind_int(statement, 1, 10);
        assert_int_equal(db_step(statement, &err), DB_ROW);
        assert_int_equal(db_int(statement, 0), 92);
        db_reset(statement);
    }
    db_finish(statement);
    assert_true(db_job_start(db, sql, binds, 3, &job, &err));
    assert_int_equal(take_one(job), 92);
    db_job_end(job);
    db_close(db);
}

/* What was finished comes again without its rows and binds, also after the tables have changed; two
 * of the same text at a time are two. */
static void uses_finished_statements_again(void **state)
{
    static const char sql[] = "SELECT count(*), $1 FROM meta WHERE name LIKE 'n%'";
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    struct db_statement *first, *again, *second;
    assert_true(db_prepare(db, sql, &first, &err));
    db_bind_text(first, 1, "x");
    assert_int_equal(db_step(first, &err), DB_ROW);
    assert_string_equal(db_text(first, 1), "x");
    db_finish(first);
    assert_true(notes_write(db, "n1", "1")); /* its snapshot is gone */
    assert_true(db_write_begin(db, &err));
    assert_true(db_script(db, "CREATE TABLE other (a); DROP TABLE other", &err));
    assert_true(db_write_commit(db, &err));
    assert_true(db_prepare(db, sql, &again, &err));
    assert_true(db_prepare(db, sql, &second, &err));
    assert_ptr_not_equal(again, second);
    assert_int_equal(db_step(again, &err), DB_ROW);
    assert_int_equal(db_int(again, 0), 1);
    assert_true(db_is_null(again, 1));
    db_bind_int(second, 1, 7);
    assert_int_equal(db_step(second, &err), DB_ROW);
    assert_int_equal(db_int(second, 1), 7);
    db_finish(second);
    db_finish(again);
    for (int i = 0; i < 100; i++) { /* more than are kept */
        char other[60];
        snprintf(other, sizeof other, "SELECT %d, $2, $1", i);
        assert_true(db_prepare(db, other, &first, &err));
        db_bind_int(first, 1, 1);
        db_bind_int(first, 2, 2);
        assert_int_equal(db_step(first, &err), DB_ROW);
        assert_int_equal(db_int(first, 0), i);
        assert_int_equal(db_int(first, 1), 2);
        db_finish(first);
    }
    db_close(db);
}

static void reports_a_broken_constraint(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    assert_true(db_write_begin(db, &err));
    assert_false(db_script(db, "INSERT INTO meta VALUES ('a', '1'), ('a', '2')", &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_true(notes_put(db, "b", "after"));
    assert_true(db_write_commit(db, &err));
    notes_expect(db, "a", NULL);
    notes_expect(db, "b", "after");
    db_close(db);
}

/* --- transactions ---------------------------------------------------------------------------- */

static void commits_and_rolls_back(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    struct db *other = notes_open(*state, "a.db", DB_READ_WRITE);
    assert_true(db_write_begin(db, &err));
    assert_true(notes_put(db, "a", "1"));
    notes_expect(db, "a", "1");
    notes_expect(other, "a", NULL);
    db_write_rollback(db);
    db_write_rollback(db);
    notes_expect(db, "a", NULL);
    assert_true(notes_write(db, "a", "2"));
    notes_expect(other, "a", "2");
    db_close(other);
    db_close(db);
}

static void reads_one_snapshot(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    struct db *other = notes_open(*state, "a.db", DB_READ_WRITE);
    assert_true(db_read_begin(db, &err));
    notes_expect(db, "a", NULL);
    assert_true(notes_write(other, "a", "1"));
    assert_true(db_read_begin(db, &err)); /* within the first */
    notes_expect(db, "a", NULL);
    db_read_end(db);
    notes_expect(db, "a", NULL);
    db_read_end(db);
    notes_expect(db, "a", "1");
    assert_true(db_write_begin(db, &err));
    assert_true(db_read_begin(db, &err)); /* within a write */
    assert_true(notes_put(db, "a", "2"));
    db_read_end(db);
    assert_true(db_write_commit(db, &err));
    notes_expect(other, "a", "2");
    db_close(other);
    db_close(db);
}

/* Before a first write: reads are real, nothing is written, and afterwards all is as ever. */
static void rehearses_without_writing(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    struct db *other = notes_open(*state, "a.db", DB_READ_WRITE);
    assert_true(notes_write(other, "there", "1"));
    assert_true(db_write_begin(other, &err)); /* another's write does not hold it up */
    assert_true(db_rehearse_begin(db));
    assert_int_equal(notes_count(db, "SELECT count(*) FROM meta WHERE name = 'there'"), 1);
    assert_true(notes_put(db, "rehearsed", "1"));
    assert_int_equal(db_changes(db), 1);
    assert_int_equal(notes_count(db, "SELECT count(*) FROM meta WHERE name = 'rehearsed'"), 0);
    db_rehearse_end(db);
    db_write_rollback(other);
    notes_expect(db, "rehearsed", NULL);
    assert_true(notes_write(db, "written", "1"));
    notes_expect(db, "written", "1");
    assert_false(db_rehearse_begin(db)); /* it has written, and needs none */
    db_close(other);
    db_close(db);
    db = notes_open(*state, "a.db", DB_READ_ONLY);
    assert_false(db_rehearse_begin(db));
    db_close(db);
}

static void refuses_writing_for_readers(void **state)
{
    struct error err = {0};
    db_close(notes_make(*state, "a.db"));
    struct db *db = notes_open(*state, "a.db", DB_READ_ONLY);
    assert_true(db_is_read_only(db));
    assert_false(db_write_begin(db, &err));
    assert_int_equal(err.code, ERROR_READ_ONLY);
    assert_false(db_script(db, "UPDATE meta SET value = ''", &err));
    assert_int_equal(err.code, ERROR_READ_ONLY);
    db_close(db);
}

/* The indexes that are set aside for very many rows are there again at the end, and after a
 * rollback. */
static void makes_indexes_again_after_many_rows(void **state)
{
    static const char *const indexes = "SELECT count(*) FROM sqlite_schema WHERE type = 'index' "
                                       "AND tbl_name = 'duty' AND sql NOT NULL";
    static const char *const row =
        "INSERT INTO duty (starts_at, ends_at, name) VALUES ('1', '2', 'x')";
    static const char *const dangling = "INSERT INTO sponsor (name, region_id) VALUES ('x', 999)";
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    int64_t before = notes_count(db, indexes);
    assert_true(before > 0);
    for (int keep = 0; keep < 2; keep++) {
        assert_true(db_write_begin(db, &err));
        assert_true(db_bulk_begin(db, "duty", &err));
        assert_int_equal(notes_count(db, indexes), 0);
        assert_true(db_script(db, row, &err));
        if (keep) {
            assert_true(db_bulk_end(db, &err));
            assert_true(db_write_commit(db, &err));
        } else {
            db_write_rollback(db);
        }
        assert_int_equal(notes_count(db, indexes), before);
        assert_int_equal(notes_count(db, "SELECT count(*) FROM duty"), keep);
        assert_true(db_write_begin(db, &err));
        assert_false(db_script(db, dangling, &err)); /* references count again */
        db_write_rollback(db);
    }
    assert_true(db_write_begin(db, &err)); /* a table without any */
    assert_true(db_bulk_begin(db, "meta", &err));
    assert_true(db_bulk_end(db, &err));
    assert_true(db_write_commit(db, &err));
    db_close(db);
}

static bool go_twice(void *context)
{
    return ++*(int *)context < 2;
}

static void a_long_statement_asks_whether_to_go_on(void **state)
{
    static const char *const rows = "INSERT INTO duty (starts_at, ends_at, name) "
                                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM "
                                    "n WHERE i < 100000) SELECT '1', '2', 'x' FROM n";
    struct error err = {0};
    int asked = 0;
    struct db *db = notes_make(*state, "a.db");
    db_going(db, go_twice, &asked);
    assert_true(db_write_begin(db, &err));
    assert_false(db_script(db, rows, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_int_equal(asked, 2);
    db_going(db, NULL, NULL);
    db_write_rollback(db);
    assert_int_equal(notes_count(db, "SELECT count(*) FROM duty"), 0);
    assert_true(db_write_begin(db, &err));
    assert_true(db_script(db, rows, &err));
    assert_true(db_write_commit(db, &err));
    assert_int_equal(asked, 2);
    db_close(db);
}

/* What did not fit into memory was written to the log, which is short again. */
static void what_is_given_up_leaves_no_long_log(void **state)
{
    static const char *const rows =
        "INSERT INTO duty (starts_at, ends_at, name) "
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
        "SELECT '1', '2', hex(zeroblob(4000)) FROM n";
    struct error err = {0};
    struct stat log;
    char path[256];
    struct db *db = notes_make(*state, "a.db");
    folder_file(*state, "a.db-wal", path);
    assert_true(db_write_begin(db, &err));
    assert_true(db_script(db, rows, &err));
    assert_int_equal(stat(path, &log), 0);
    assert_true(log.st_size > 16 << 20);
    db_write_rollback(db);
    assert_int_equal(stat(path, &log), 0);
    assert_true(log.st_size < 1 << 20);
    assert_int_equal(notes_count(db, "SELECT count(*) FROM duty"), 0);
    db_close(db);
}

/* The log wakes too early: what was written there cannot be seen before it is synced. */
static void leaving_the_gate_wakes_who_watches(void **state)
{
    struct error err = {0};
    struct db *writer = notes_make(*state, "a.db");
    assert_true(notes_write(writer, "first", "1")); /* makes the gate */
    struct db *watcher = notes_open(*state, "a.db", DB_READ_WRITE);
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
        TEST(binds_by_number),
        TEST(uses_finished_statements_again),
        TEST(reports_a_broken_constraint),
        TEST(commits_and_rolls_back),
        TEST(reads_one_snapshot),
        TEST(rehearses_without_writing),
        TEST(refuses_writing_for_readers),
        TEST(makes_indexes_again_after_many_rows),
        TEST(a_long_statement_asks_whether_to_go_on),
        TEST(what_is_given_up_leaves_no_long_log),
        TEST(leaving_the_gate_wakes_who_watches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
