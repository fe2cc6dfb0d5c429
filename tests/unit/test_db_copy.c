/* The file as a whole: copies, and what the engine's own check says of it. */
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

#include "base/strbuf.h"
#include "harness/folder.h"
#include "harness/notes.h"
#include "harness/other.h"

static void note_complaint(void *context, const char *complaint, bool of_value)
{
    strbuf_format(context, "%s%s\n", of_value ? "value: " : "", complaint);
}

static void note_reference(void *context, const char *table, int64_t row, const char *named)
{
    strbuf_format(context, "%s %lld %s\n", table, (long long)row, named);
}

static void expect_complaints(struct db *db, const char *said)
{
    struct error err = {0};
    struct strbuf complaints = {0};
    if (!db_integrity(db, note_complaint, &complaints, &err))
        fail_msg("%s", err.text);
    assert_string_equal(strbuf_text(&complaints), said);
    strbuf_clear(&complaints);
}

static void script(void *folder, const char *sql)
{
    char path[256], command[900];
    snprintf(
        command, sizeof command, "sqlite3 '%s' \"%s\"", folder_file(folder, "a.db", path), sql);
    assert_int_equal(system(command), 0);
}

/* --- copies ---------------------------------------------------------------------------------- */

static void a_copy_has_what_the_log_has(void **state)
{
    char path[256];
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    assert_true(notes_write(db, "a", "湿地"));
    if (!db_backup(db, folder_file(*state, "copy.db", path), &err))
        fail_msg("%s", err.text);
    assert_true(notes_write(db, "a", "later"));
    struct db *copy = notes_open(*state, "copy.db", DB_READ_WRITE);
    notes_expect(copy, "a", "湿地");
    expect_complaints(copy, "");
    assert_true(notes_write(copy, "b", "1"));
    db_close(copy);
    db_close(db);
}

static void a_copy_is_one_whole_file(void **state)
{
    char path[256], command[600];
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    assert_true(notes_write(db, "a", "1"));
    assert_true(db_backup(db, folder_file(*state, "copy.db", path), &err));
    snprintf(command, sizeof command, "test \"$(ls '%s' | grep -c copy)\" = 1", (char *)*state);
    assert_int_equal(system(command), 0);
    db_close(db);
}

static void a_target_that_exists_stays(void **state)
{
    char path[256];
    struct stat before, after;
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    db_close(notes_make(*state, "copy.db"));
    assert_int_equal(stat(folder_file(*state, "copy.db", path), &before), 0);
    assert_false(db_backup(db, path, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_non_null(strstr(err.text, path));
    assert_int_equal(stat(path, &after), 0);
    assert_true(before.st_ino == after.st_ino && before.st_size == after.st_size);
    assert_false(db_backup(db, folder_file(*state, "a.db", path), &err)); /* itself */
    assert_false(db_backup(db, folder_file(*state, "no/copy.db", path), &err));
    assert_int_equal(err.code, ERROR_IO);
    assert_non_null(strstr(err.text, path));
    db_close(db);
}

/* Commits pairs of rows until told to end; a copy must never hold one without the other. */
static int write_pairs(struct other *parent, void *path)
{
    struct db *db = NULL;
    if (!db_open(path, DB_READ_WRITE, &db, NULL))
        return 1;
    fcntl(parent->in, F_SETFL, O_NONBLOCK);
    char stop;
    for (int i = 0; read(parent->in, &stop, 1) != 1; i++) {
        char one[24], two[24];
        snprintf(one, sizeof one, "one %d", i);
        snprintf(two, sizeof two, "two %d", i);
        if (!db_write_begin(db, NULL) || !notes_put(db, one, "pair") ||
            !notes_put(db, two, "pair") || !db_write_commit(db, NULL))
            return 2;
        if (i == 20)
            other_say(parent, '.');
    }
    db_close(db);
    return 0;
}

static void copies_beside_a_writer_are_consistent(void **state)
{
    char path[256], copy_path[256], name[32];
    struct other other;
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    other_start(&other, write_pairs, folder_file(*state, "a.db", path));
    assert_int_equal(other_hear(&other), '.');
    int64_t last = 0;
    for (int i = 0; i < 10; i++) {
        snprintf(name, sizeof name, "copy%d.db", i);
        if (!db_backup(db, folder_file(*state, name, copy_path), &err))
            fail_msg("%s", err.text);
        struct db *copy = notes_open(*state, name, DB_READ_ONLY);
        int64_t rows = notes_count(copy, "SELECT count(*) FROM meta WHERE value = 'pair'");
        assert_true(rows % 2 == 0 && rows >= last && rows >= 42);
        last = rows;
        expect_complaints(copy, "");
        db_close(copy);
    }
    other_say(&other, '.');
    assert_int_equal(other_end(&other), 0);
    db_close(db);
}

static int copy_with_little_room(struct other *parent, void *folder)
{
    char path[256], target[256];
    struct db *db = NULL;
    struct error err = {0};
    signal(SIGXFSZ, SIG_IGN);
    if (!db_open(folder_file(folder, "a.db", path), DB_READ_WRITE, &db, NULL))
        return 1;
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){100000, 100000});
    if (db_backup(db, folder_file(folder, "copy.db", target), &err))
        return 2;
    db_close(db);
    other_say(parent, '.');
    return err.code == ERROR_IO && strstr(err.text, target) && access(target, F_OK) != 0 ? 0 : 3;
}

static void a_copy_without_room_leaves_nothing(void **state)
{
    char command[600];
    struct other other;
    db_close(notes_make(*state, "a.db"));
    other_start(&other, copy_with_little_room, *state);
    assert_int_equal(other_end(&other), 0);
    snprintf(command, sizeof command, "! ls '%s' | grep copy", (char *)*state);
    assert_int_equal(system(command), 0);
}

/* --- the check ------------------------------------------------------------------------------- */

static void a_sound_file_has_no_complaints(void **state)
{
    struct db *db = notes_make(*state, "a.db");
    expect_complaints(db, "");
    db_close(db);
}

static void what_points_nowhere_is_named(void **state)
{
    struct error err = {0};
    struct strbuf complaints = {0};
    struct db *db = notes_make(*state, "a.db");
    script(*state, "INSERT INTO person_key VALUES ('f', 7, 'k', ''); INSERT INTO department VALUES "
                   "(5, 'x', 'x', 99, 0)");
    assert_true(db_references(db, note_reference, &complaints, &err));
    assert_non_null(strstr(strbuf_text(&complaints), "department 5 region\n"));
    assert_non_null(strstr(strbuf_text(&complaints), "person_key 0 person\n"));
    strbuf_clear(&complaints);
    db_close(db);
}

static void a_value_against_the_rules_is_told_from_damage(void **state)
{
    struct db *db = notes_make(*state, "a.db");
    script(*state,
        "PRAGMA ignore_check_constraints = ON; INSERT INTO duty (starts_at, ends_at, name) "
        "VALUES ('2026-11-22', '2026-11-21', 'li')");
    expect_complaints(db, "value: CHECK constraint failed in duty\n");
    db_close(db);
}

static void a_damaged_index_is_named(void **state)
{
    struct error err = {0};
    struct strbuf complaints = {0};
    db_close(notes_make(*state, "a.db"));
    /* as if an index had missed a row */
    script(*state,
        "INSERT INTO duty (starts_at, ends_at, name) VALUES ('2026-11-21', '2026-11-22', 'li');"
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM "
        "sqlite_schema "
        "WHERE name = 'person_key_person') WHERE name = 'duty_time'");
    struct db *db = notes_open(*state, "a.db", DB_READ_ONLY);
    bool ok = db_integrity(db, note_complaint, &complaints, &err);
    assert_true(
        ok ? strstr(strbuf_text(&complaints), "duty_time") != NULL : err.code == ERROR_CORRUPT);
    strbuf_clear(&complaints);
    db_close(db);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_copy_has_what_the_log_has),
        TEST(a_copy_is_one_whole_file),
        TEST(a_target_that_exists_stays),
        TEST(copies_beside_a_writer_are_consistent),
        TEST(a_copy_without_room_leaves_nothing),
        TEST(a_sound_file_has_no_complaints),
        TEST(what_points_nowhere_is_named),
        TEST(a_value_against_the_rules_is_told_from_damage),
        TEST(a_damaged_index_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
