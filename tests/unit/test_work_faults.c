/* Work when the system says no: a full disk, a folder without rights, writers that stand still, a
 * database that refuses in the middle of many. Nothing is half done, the error names what is in the
 * way, and when that is gone the same request works. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/other.h"
#include "model/history.h"

enum { NOBODY = 65534, GATE_MS = 100 };

static const struct argument told[] = {{"text", "完成六成", NULL}, {"percent", "60", NULL}};
static const struct request request = {.action = "report", .argument = told, .count = 2};

static void make(void **state, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    for (int i = 1; i <= 5; i++)
        database_task(path, i, "辽河口湿地退养还湿");
}

/* May be used in another process. */
static struct model *open_model(const char *path)
{
    struct model *model = NULL;
    const struct person person = {.name = (char *)"李娜", .role = PERSON_ADMIN};
    const struct model_options options = {.path = path,
        .due_soon_days = 30,
        .due_urgent_days = 7,
        .gate_ms = GATE_MS,
        .person = &person};
    return model_open(&options, &model, NULL) ? model : NULL;
}

static bool report(struct model *model, struct error *err)
{
    struct outcome outcome;
    *err = (struct error){0};
    bool done = work_do(model, 1, &request, &outcome, err);
    outcome_clear(&outcome);
    return done;
}

static void must_be_sound(const char *path, int64_t reports)
{
    struct model *model = open_model(path);
    assert_non_null(model);
    acting_whole(model);
    assert_int_equal(history_newest(model), reports);
    assert_int_equal(database_number(path, "SELECT count(*) FROM report"), reports);
    model_close(model);
}

/* --- full ------------------------------------------------------------------------------------ */

static void limit_files(rlim_t bytes)
{
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){bytes, RLIM_INFINITY});
}

/* The disk is full at one place after another of what a report writes, until it has room. */
static int report_until_there_is_room(struct other *parent, void *path)
{
    char log[300];
    struct stat file;
    struct error err;
    struct model *model = open_model(path);
    signal(SIGXFSZ, SIG_IGN);
    snprintf(log, sizeof log, "%s-wal", (const char *)path);
    if (model == NULL || !report(model, &err) || stat(log, &file) != 0)
        return 1;
    int refused = 0;
    for (rlim_t limit = (rlim_t)file.st_size;; limit += 3000, refused++) {
        limit_files(limit);
        bool done = report(model, &err);
        limit_files(RLIM_INFINITY);
        if (done)
            break;
        if (err.code != ERROR_IO || !strstr(err.text, path) || history_newest(model) != 1)
            return 2;
    }
    other_say(parent, '.');
    if (refused < 5 || !report(model, &err))
        return 3;
    model_close(model);
    return 0;
}

static void a_full_disk_takes_nothing_half(void **state)
{
    char path[256];
    struct other other;
    make(state, path);
    other_start(&other, report_until_there_is_room, path);
    other_hear(&other);
    assert_int_equal(other_end(&other), 0);
    must_be_sound(path, 3);
}

/* --- rights ---------------------------------------------------------------------------------- */

static bool become_nobody(void)
{
    return geteuid() != 0 || (setgid(NOBODY) == 0 && setuid(NOBODY) == 0);
}

static int work_in_closed_folder(struct other *parent, void *context)
{
    char *path = context, folder[256], gate[300];
    struct error err;
    (void)parent;
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    snprintf(gate, sizeof gate, "%s.gate", path);
    if (!become_nobody())
        return 9;
    chmod(folder, 0555);
    struct model *model = open_model(path);
    if (model == NULL || report(model, &err) || err.code != ERROR_READ_ONLY ||
        !strstr(err.text, path))
        return 1;
    model_close(model);
    chmod(folder, 0755);
    model = open_model(path);
    if (model == NULL || !report(model, &err))
        return 2;
    /* closed while it is open, and the queue's file gone */
    unlink(gate);
    chmod(folder, 0555);
    if (report(model, &err) || err.code != ERROR_IO || !strstr(err.text, gate) ||
        history_newest(model) != 1)
        return 3;
    chmod(folder, 0755);
    if (!report(model, &err))
        return 4;
    model_close(model);
    return 0;
}

static void a_folder_without_rights_is_told(void **state)
{
    char path[256], command[600];
    struct other other;
    make(state, path);
    snprintf(command, sizeof command, "chown -R %d:%d '%s'", NOBODY, NOBODY, (char *)*state);
    if (geteuid() == 0)
        assert_int_equal(system(command), 0);
    other_start(&other, work_in_closed_folder, path);
    assert_int_equal(other_end(&other), 0);
    must_be_sound(path, 2);
}

static void a_board_for_reading_says_so(void **state)
{
    char path[256];
    struct model *model = NULL;
    struct error err = {0};
    make(state, path);
    const struct model_options options = {.path = path, .read_only = true};
    assert_true(model_open(&options, &model, &err));
    acting_refused(model, 1, "submit", NULL, 0, ERROR_READ_ONLY, path);
    acting_undo_refused(model, false, ERROR_READ_ONLY, path);
    model_close(model);
}

/* --- writers that stand still ---------------------------------------------------------------- */

/* Stops in the middle of a change, and goes on when it is told to. */
static int stop_in_the_gate(struct other *parent, void *path)
{
    struct db *db = NULL;
    if (!db_open(path, DB_READ_WRITE, &db, NULL) || !db_write_begin(db, NULL) ||
        !db_script(db, "UPDATE task SET title = '没有提交', version = version + 1", NULL))
        return 1;
    other_say(parent, '.');
    raise(SIGSTOP);
    db_write_rollback(db);
    db_close(db);
    return 0;
}

static void wait_stopped(const struct other *other)
{
    int status;
    assert_int_equal(waitpid(other->pid, &status, WUNTRACED), other->pid);
    assert_true(WIFSTOPPED(status));
}

static void must_name(const struct error *err, pid_t pid)
{
    char number[24];
    snprintf(number, sizeof number, "%d", (int)pid);
    assert_int_equal(err->code, ERROR_BUSY);
    if (strstr(err->text, number) == NULL)
        fail_msg("\"%s\" does not name process %s", err->text, number);
}

static void a_writer_that_stands_in_the_gate_is_named(void **state)
{
    char path[256];
    struct error err;
    struct other other;
    make(state, path);
    struct model *model = open_model(path);
    for (int killed = 0; killed < 2; killed++) {
        other_start(&other, stop_in_the_gate, path);
        assert_int_equal(other_hear(&other), '.');
        wait_stopped(&other);
        assert_false(report(model, &err));
        must_name(&err, other.pid);
        assert_non_null(strstr(err.text, path));
        kill(other.pid, killed ? SIGKILL : SIGCONT);
        other_end(&other);
        if (!report(model, &err))
            fail_msg("%s", err.text);
    }
    model_close(model);
    must_be_sound(path, 2);
    assert_int_equal(
        database_number(path, "SELECT count(*) FROM task WHERE title = '没有提交'"), 0);
}

/* A script that writes without the queue. */
static void a_script_that_stands_still_is_named(void **state)
{
    char path[256];
    struct error err;
    struct other other;
    make(state, path);
    struct model *model = open_model(path);
    const char *const arguments[] = {"sqlite3", path, NULL};
    const char begin[] = "BEGIN IMMEDIATE; UPDATE task SET title = '没有提交'; SELECT 1;\n";
    other_start_program(&other, arguments);
    assert_int_equal(write(other.out, begin, sizeof begin - 1), sizeof begin - 1);
    assert_int_equal(other_hear(&other), '1');
    kill(other.pid, SIGSTOP);
    wait_stopped(&other);
    assert_false(report(model, &err));
    must_name(&err, other.pid);
    other_kill(&other);
    assert_true(report(model, &err));
    model_close(model);
    must_be_sound(path, 1);
    assert_int_equal(
        database_number(path, "SELECT count(*) FROM task WHERE title = '没有提交'"), 0);
}

/* --- a database that says no ----------------------------------------------------------------- */

/* In the middle of many, when part of one is written already: none is. */
static void many_are_done_whole_or_not_at_all(void **state)
{
    char path[256];
    struct error err = {0};
    struct work_many many;
    const int64_t ids[] = {1, 2, 3, 4, 5};
    const struct request submit = {.action = "submit"};
    make(state, path);
    database_script(path, "CREATE TRIGGER no BEFORE UPDATE ON task WHEN OLD.id = 3 "
                          "BEGIN SELECT RAISE(ABORT, 'not today'); END");
    struct model *model = open_model(path);
    assert_false(work_do_many(model, ids, 5, &submit, false, &many, &err));
    assert_non_null(strstr(err.text, "2-003"));
    assert_non_null(strstr(err.text, "not today"));
    assert_int_equal(many.done + many.refused + (size_t)many.seq + (size_t)many.line[0], 0);
    work_many_clear(&many);
    acting_refused(model, 3, "submit", NULL, 0, ERROR_INPUT, "not today");
    assert_int_equal(
        database_number(path, "SELECT count(*) FROM task WHERE state = 'submitted'"), 0);
    assert_int_equal(history_newest(model), 0);
    database_script(path, "DROP TRIGGER no");
    assert_true(work_do_many(model, ids, 5, &submit, false, &many, &err));
    assert_int_equal(many.done, 5);
    work_many_clear(&many);
    acting_whole(model);
    model_close(model);
}

static int open_folder_up(void **state)
{
    chmod(*state, 0755);
    return folder_tear_down(state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, open_folder_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_full_disk_takes_nothing_half),
        TEST(a_folder_without_rights_is_told),
        TEST(a_board_for_reading_says_so),
        TEST(a_writer_that_stands_in_the_gate_is_named),
        TEST(a_script_that_stands_still_is_named),
        TEST(many_are_done_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
