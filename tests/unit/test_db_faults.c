/* The database in trouble: killed writers, full disks, damaged and replaced files, files that may
 * only be read. What was acknowledged is never lost, and each trouble has its own words. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/folder.h"
#include "harness/notes.h"
#include "harness/other.h"

enum { NOBODY = 65534 };

static void shell(const char *command)
{
    if (system(command) != 0)
        fail_msg("%s", command);
}

static void say_nothing(void *context, const char *complaint, bool of_value)
{
    (void)complaint, (void)of_value;
    ++*(int *)context;
}

static void expect_sound(struct db *db)
{
    struct error err = {0};
    int complaints = 0;
    assert_true(db_integrity(db, say_nothing, &complaints, &err));
    assert_int_equal(complaints, 0);
}

/* --- killed ---------------------------------------------------------------------------------- */

/* Commits without end and says one character after each. */
static int commit_without_end(struct other *parent, void *path)
{
    struct db *db = NULL;
    if (!db_open(path, DB_READ_WRITE, &db, NULL))
        return 1;
    for (int i = 0;; i++) {
        char name[24];
        snprintf(name, sizeof name, "%d", i);
        if (!notes_write(db, name, "here"))
            return 2;
        other_say(parent, '.');
    }
}

static void a_killed_writer_loses_nothing_it_acknowledged(void **state)
{
    char path[256], sql[128];
    struct db *db = notes_make(*state, "a.db");
    folder_file(*state, "a.db", path);
    for (int64_t round = 1; round <= 8; round++) {
        struct other other;
        int64_t acknowledged = 0;
        other_start(&other, commit_without_end, path);
        while (acknowledged < round * 7 && other_hear(&other) == '.')
            acknowledged++;
        assert_int_equal(acknowledged, round * 7);
        other_kill(&other);
        snprintf(sql, sizeof sql, "SELECT count(*) >= %lld FROM meta WHERE value = 'here'",
            (long long)acknowledged);
        assert_int_equal(notes_count(db, sql), 1);
        /* what is there is there without gaps */
        assert_int_equal(
            notes_count(db,
                "SELECT max(CAST(name AS INTEGER)) + 1 = count(*) FROM meta WHERE value = 'here'"),
            1);
        assert_true(notes_write(db, "after", "1"));
    }
    expect_sound(db);
    db_close(db);
}

/* --- full ------------------------------------------------------------------------------------ */

/* Runs with a limit on the size of files, which is what a full disk looks like to a program. */
static int write_until_full(struct other *parent, void *path)
{
    struct db *db = NULL;
    struct error err = {0};
    signal(SIGXFSZ, SIG_IGN);
    if (!db_open(path, DB_READ_WRITE, &db, NULL) || !notes_write(db, "before", "1"))
        return 1;
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){600000, RLIM_INFINITY});
    if (!db_write_begin(db, NULL) || !notes_put(db, "small", "1"))
        return 2;
    if (db_script(db, "INSERT INTO meta VALUES ('big', hex(randomblob(5000000)))", &err) &&
        db_write_commit(db, &err))
        return 3;
    if (err.code != ERROR_IO || !strstr(err.text, path))
        return 4;
    /* the transaction is gone; what follows in it does not become one of its own */
    if (notes_put(db, "late", "1") && db_write_commit(db, &err))
        return 5;
    db_write_rollback(db);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY});
    if (!notes_write(db, "after", "1"))
        return 6;
    other_say(parent, '.');
    db_close(db);
    return 0;
}

static void a_full_disk_loses_only_the_change(void **state)
{
    char path[256];
    struct other other;
    db_close(notes_make(*state, "a.db"));
    other_start(&other, write_until_full, folder_file(*state, "a.db", path));
    other_hear(&other);
    assert_int_equal(other_end(&other), 0);
    struct db *db = notes_open(*state, "a.db", DB_READ_WRITE);
    notes_expect(db, "before", "1");
    notes_expect(db, "small", NULL);
    notes_expect(db, "late", NULL);
    notes_expect(db, "after", "1");
    expect_sound(db);
    db_close(db);
}

/* --- damaged --------------------------------------------------------------------------------- */

static void fill(struct db *db)
{
    static const char rows[] =
        "WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 3000) "
        "INSERT INTO handover_note (at, person, since_seq, until_seq, text) SELECT '', '', 0, 0, "
        "hex(randomblob(200)) FROM k";
    struct error err = {0};
    assert_true(db_write_begin(db, &err));
    assert_true(db_script(db, rows, &err));
    assert_true(db_write_commit(db, &err));
}

/* All that was written stands in the database itself; the log is gone. */
static void settle(void *folder, const char *name)
{
    char path[256], command[600];
    snprintf(command, sizeof command, "sqlite3 '%s' 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null",
        folder_file(folder, name, path));
    shell(command);
}

static void a_cut_file_is_told(void **state)
{
    char path[256];
    struct db *db = notes_make(*state, "a.db");
    fill(db);
    db_close(db);
    settle(*state, "a.db");
    assert_int_equal(truncate(folder_file(*state, "a.db", path), 600000), 0);
    struct error err = {0};
    bool ok = db_open(path, DB_READ_WRITE, &db, &err);
    if (ok) {
        struct db_statement *all;
        enum db_step step;
        assert_true(db_prepare(db, "SELECT sum(length(text)) FROM handover_note", &all, &err));
        while ((step = db_step(all, &err)) == DB_ROW)
            continue;
        assert_int_equal(step, DB_FAILED);
        db_finish(all);
        db_close(db);
    }
    assert_int_equal(err.code, ERROR_CORRUPT);
    assert_non_null(strstr(err.text, path));
}

static void a_scribbled_file_is_told(void **state)
{
    char path[256];
    char noise[4096];
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    fill(db);
    db_close(db);
    settle(*state, "a.db");
    memset(noise, 0xa5, sizeof noise);
    struct stat file;
    assert_int_equal(stat(folder_file(*state, "a.db", path), &file), 0);
    int fd = open(path, O_WRONLY);
    for (off_t page = 120; page < file.st_size / 4096; page += 3)
        assert_int_equal(pwrite(fd, noise, sizeof noise, page * 4096), sizeof noise);
    close(fd);
    db = notes_open(*state, "a.db", DB_READ_WRITE);
    int complaints = 0;
    bool ok = db_integrity(db, say_nothing, &complaints, &err);
    assert_true(ok ? complaints > 0 : err.code == ERROR_CORRUPT);
    db_close(db);
    fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, noise, 100, 0), 100);
    close(fd);
    notes_refused(*state, "a.db", DB_READ_WRITE, ERROR_CORRUPT, "not a duban database");
}

static void a_script_that_took_a_table_is_told(void **state)
{
    char path[256], command[600];
    struct error err = {0};
    struct db_statement *query;
    db_close(notes_make(*state, "a.db"));
    snprintf(command, sizeof command, "sqlite3 '%s' 'DROP TABLE person'",
        folder_file(*state, "a.db", path));
    shell(command);
    struct db *db = notes_open(*state, "a.db", DB_READ_WRITE);
    assert_false(db_prepare(db, "SELECT login FROM person", &query, &err));
    assert_int_equal(err.code, ERROR_CORRUPT);
    assert_non_null(strstr(err.text, "person"));
    db_close(db);
}

/* --- for reading only ------------------------------------------------------------------------ */

/* What a reader without rights does: opens in `mode`, says what it sees of "a", waits for a word,
 * and looks again. Exit 0 when all went as it must. */
struct reader {
    char path[256];
    const char *first, *second; /* what it must see; second NULL: must be told to open again */
};

static bool sees(struct db *db, const char *value)
{
    struct db_statement *get;
    if (!db_statement(db, META_GET, &get, NULL))
        return false;
    db_bind_text(get, 1, "a");
    bool yes = db_step(get, NULL) == DB_ROW && strcmp(db_text(get, 0), value) == 0;
    db_reset(get);
    return yes;
}

static int read_as_nobody(struct other *parent, void *context)
{
    const struct reader *reader = context;
    struct db *db = NULL;
    struct error err = {0};
    if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
        return 9;
    if (!db_open(reader->path, DB_READ_WRITE, &db, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    if (!db_is_read_only(db) || db_write_begin(db, &err) || err.code != ERROR_READ_ONLY)
        return 2;
    if (!sees(db, reader->first))
        return 3;
    other_say(parent, '.');
    other_hear(parent);
    bool there = db_still_there(db, &err);
    if (reader->second ? !there || !sees(db, reader->second) : there || err.code != ERROR_REPLACED)
        return 4;
    db_close(db);
    return 0;
}

static void prepare(void *folder, struct reader *reader)
{
    struct db *db = notes_make(folder, "a.db");
    assert_true(notes_write(db, "a", "old"));
    db_close(db);
    folder_file(folder, "a.db", reader->path);
    assert_int_equal(chmod(reader->path, 0644), 0);
}

/* Nobody may write in the folder any more, but for root and, afterwards, ourselves. */
static void close_folder(void *folder)
{
    assert_int_equal(chmod(folder, 0555), 0);
}

static void expect_reading(struct other *other, struct reader *reader)
{
    other_start(other, read_as_nobody, reader);
    char said = other_hear(other);
    if (said != '.')
        fail_msg("the reader ended with %d", other_end(other));
}

static void finish_reading(struct other *other)
{
    other_say(other, '.');
    assert_int_equal(other_end(other), 0);
}

static void a_closed_folder_without_a_log(void **state)
{
    struct other other;
    struct reader reader = {.first = "old", .second = "old"};
    prepare(*state, &reader);
    settle(*state, "a.db");
    close_folder(*state);
    expect_reading(&other, &reader);
    finish_reading(&other);
}

static void a_closed_folder_with_a_writer(void **state)
{
    struct other other;
    struct reader reader = {.first = "old", .second = "new"};
    prepare(*state, &reader);
    struct db *db = notes_open(*state, "a.db", DB_READ_WRITE);
    assert_true(notes_write(db, "a", "older"));
    assert_true(notes_write(db, "a", "old"));
    close_folder(*state);
    expect_reading(&other, &reader);
    assert_true(notes_write(db, "a", "new"));
    finish_reading(&other);
    chmod(*state, 0755);
    db_close(db);
}

static void a_closed_folder_with_a_log_left_behind(void **state)
{
    char command[600];
    struct other other;
    struct reader reader = {.first = "old", .second = "old"};
    prepare(*state, &reader); /* our log stays; a copy comes without the -shm */
    snprintf(command, sizeof command,
        "cd '%s' && test -s a.db-wal && rm a.db-shm && chmod 644 a.db-wal", (char *)*state);
    shell(command);
    close_folder(*state);
    expect_reading(&other, &reader);
    finish_reading(&other);
}

static void a_first_writer_thaws_the_file(void **state)
{
    struct other other;
    struct reader reader = {.first = "old", .second = NULL};
    prepare(*state, &reader);
    settle(*state, "a.db");
    close_folder(*state);
    expect_reading(&other, &reader);
    chmod(*state, 0755);
    struct db *db = notes_open(*state, "a.db", DB_READ_WRITE);
    assert_true(notes_write(db, "a", "new"));
    finish_reading(&other);
    db_close(db);
}

static void a_file_for_reading_in_an_open_folder(void **state)
{
    struct other other;
    struct reader reader = {.first = "old", .second = "new"};
    prepare(*state, &reader);
    struct db *db = notes_open(*state, "a.db", DB_READ_WRITE);
    char log[270];
    snprintf(log, sizeof log, "%s-wal", reader.path);
    assert_int_equal(chmod(reader.path, 0444), 0);
    assert_int_equal(chmod(*state, 0777), 0);
    expect_reading(&other, &reader);
    assert_true(notes_write(db, "a", "new"));
    finish_reading(&other);
    db_close(db);
}

static int open_without_rights(struct other *parent, void *path)
{
    struct db *db = NULL;
    struct error err = {0};
    (void)parent;
    if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
        return 9;
    if (db_open(path, DB_READ_WRITE, &db, &err))
        return 1;
    return err.code == ERROR_IO && strstr(err.text, path) && strstr(err.text, "ights") ? 0 : 2;
}

static void no_rights_is_told(void **state)
{
    struct other other;
    struct reader reader;
    prepare(*state, &reader);
    assert_int_equal(chmod(*state, 0755), 0);
    assert_int_equal(chmod(reader.path, 0000), 0);
    if (geteuid() != 0)
        assert_int_equal(access(reader.path, R_OK), -1);
    other_start(&other, open_without_rights, reader.path);
    assert_int_equal(other_end(&other), 0);
}

static int open_folder_up(void **state)
{
    chmod(*state, 0755);
    return folder_tear_down(state);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, open_folder_up)
    const struct CMUnitTest tests[] = {
        TEST(a_killed_writer_loses_nothing_it_acknowledged),
        TEST(a_full_disk_loses_only_the_change),
        TEST(a_cut_file_is_told),
        TEST(a_scribbled_file_is_told),
        TEST(a_script_that_took_a_table_is_told),
        TEST(a_closed_folder_without_a_log),
        TEST(a_closed_folder_with_a_writer),
        TEST(a_closed_folder_with_a_log_left_behind),
        TEST(a_first_writer_thaws_the_file),
        TEST(a_file_for_reading_in_an_open_folder),
        TEST(no_rights_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
