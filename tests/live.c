/* The running board while other processes write, lock, damage, replace and take away its database.
 *
 * Every test has a folder with its own copy of the sample (made once), the real program in a pty,
 * and real second processes (sqlite3, mv, kill). What they wait for is on the screen or it fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/folder.h"
#include "harness/pty.h"

#define NOW "DUBAN_NOW=2026-11-21T21:47:00+08:00"

#define LAST_DAY "浑河沿岸排污口整治滞后" /* the title of a task that is due on 30 November */

static char program[300], sample[300];

/* --- a board and a shell ------------------------------------------------------------------- */

struct desk {
    void *folder;
    char database[256];
    struct pty *pty;
};

static void shell(const struct desk *desk, const char *command)
{
    setenv("DB", desk->database, 1);
    int status = system(command);
    if (status != 0)
        fail_msg("%s: status %d", command, status);
}

static void expect_text(struct desk *desk, const char *text)
{
    if (pty_wait_text(desk->pty, text))
        return;
    struct strbuf screen = {0};
    pty_text(desk->pty, &screen);
    fail_msg("\"%s\" did not come: %s\n%s", text, pty_problem(desk->pty), strbuf_text(&screen));
}

static void keys(struct desk *desk, const char *names)
{
    if (!pty_keys(desk->pty, names))
        fail_msg("%s: %s", names, pty_problem(desk->pty));
}

static struct pty *start_board(const struct desk *desk, const char *now)
{
    const char *environment[] = {"LC_ALL=C.UTF-8", "LANGUAGE=", now, "HOME=/nonexistent", NULL};
    const char *command[] = {program, "--db", desk->database, "--lang", "zh", NULL};
    return pty_start(&(struct pty_options){.environment = environment}, command);
}

static int set_up(void **state)
{
    struct desk *desk = alloc_zero(1, sizeof *desk);
    if (folder_set_up(&desk->folder) != 0)
        return -1;
    folder_file(desk->folder, "duban.db", desk->database);
    char *copy = alloc_format("cp '%s' '%s'", sample, desk->database);
    int status = system(copy);
    free(copy);
    desk->pty = start_board(desk, NOW);
    *state = desk;
    return status == 0 && pty_settle(desk->pty) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    pty_free(desk->pty);
    int status = folder_tear_down(&desk->folder);
    free(desk);
    return status;
}

static bool is_gone(const struct pty *pty, void *text)
{
    return !pty_has_text(pty, text);
}

static void expect_gone(struct desk *desk, const char *text)
{
    if (!pty_wait(desk->pty, is_gone, (void *)(uintptr_t)text))
        fail_msg("\"%s\" did not go: %s", text, pty_problem(desk->pty));
}

/* --- changes ------------------------------------------------------------------------------- */

static void a_commit_is_seen_without_a_key(void **state)
{
    struct desk *desk = *state;
    expect_text(desk, "2-012");
    shell(desk, "sqlite3 $DB \"UPDATE task SET title = '刚改的标题' WHERE source_id = 1 AND number "
                "= '033'\"");
    expect_text(desk, "刚改的标题");
    expect_text(desk, "* 2-033"); /* marked as just changed */
}

static void the_selection_follows_its_task(void **state)
{
    struct desk *desk = *state;
    keys(desk, "/");
    pty_type(desk->pty, "2-033");
    keys(desk, "Enter");
    int row, column, row_after;
    bool visible;
    pty_cursor(desk->pty, &row, &column, &visible);
    struct strbuf line = {0};
    pty_row_text(desk->pty, row, &line);
    assert_non_null(strstr(strbuf_text(&line), "2-033"));
    /* it becomes the last of the list: the selection goes with it */
    shell(desk, "sqlite3 $DB \"UPDATE task SET deadline = '2199-12-31' WHERE source_id = 1 AND "
                "number = '033'\"");
    expect_text(desk, "99-12");
    pty_cursor(desk->pty, &row_after, &column, &visible);
    strbuf_cut(&line, 0);
    pty_row_text(desk->pty, row_after, &line);
    assert_non_null(strstr(strbuf_text(&line), "2-033"));
    strbuf_clear(&line);
}

static void a_deleted_task_leaves_list_and_detail_standing(void **state)
{
    struct desk *desk = *state;
    keys(desk, "/");
    pty_type(desk->pty, "2-033");
    keys(desk, "Enter Enter");
    expect_text(desk, "浑河沿岸排污口整治滞后");
    shell(desk, "sqlite3 $DB \"PRAGMA foreign_keys=ON; DELETE FROM task WHERE source_id = 1 AND "
                "number = '033'\"");
    expect_text(desk, "已不在数据库");
    expect_text(desk, "浑河沿岸排污口整治滞后"); /* its last picture */
    keys(desk, "Esc Esc Esc");
    expect_gone(desk, "2-033");
}

static void a_burst_of_commits_ends_with_the_last(void **state)
{
    struct desk *desk = *state;
    shell(desk, "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do "
                "sqlite3 $DB \"PRAGMA busy_timeout=5000; UPDATE task SET title = '第${i}次修改' "
                "WHERE source_id = 1 AND number = '033'\" >/dev/null || exit 1; done");
    expect_text(desk, "第20次修改");
}

static void counts_follow_a_script(void **state)
{
    struct desk *desk = *state;
    keys(desk, "9");
    shell(desk, "sqlite3 $DB \"UPDATE task SET state = 'closed' WHERE source_id = 1\"");
    shell(desk, "sqlite3 $DB \"DELETE FROM task WHERE source_id <> 1\"");
    expect_text(desk, "8销号98");
    expect_text(desk, "1在办0");
}

/* --- trouble ------------------------------------------------------------------------------- */

static void a_database_taken_away_and_put_back(void **state)
{
    struct desk *desk = *state;
    shell(desk, "mkdir ${DB}.away && mv $DB* ${DB}.away/ 2>/dev/null; test ! -e $DB");
    expect_text(desk, "起非实时");
    expect_text(desk, "2-012"); /* the picture stays */
    expect_text(desk, "duban.db");
    keys(desk, "j j k"); /* and can be looked over */
    shell(desk, "mv ${DB}.away/* $(dirname $DB)/ && rmdir ${DB}.away");
    expect_text(desk, "实时");
    expect_gone(desk, "起非实时");
    shell(desk, "sqlite3 $DB \"UPDATE task SET title = '回来以后的标题' WHERE source_id = 1 AND "
                "number = '033'\"");
    expect_text(desk, "回来以后的标题");
}

static void a_damaged_database_put_right(void **state)
{
    struct desk *desk = *state;
    shell(desk, "sqlite3 $DB 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null && cp $DB ${DB}.good && "
                "dd if=/dev/urandom of=$DB bs=4096 count=40 conv=notrunc 2>/dev/null");
    expect_text(desk, "起非实时");
    expect_text(desk, "2-012");
    shell(desk, "cat ${DB}.good > $DB");
    expect_gone(desk, "起非实时");
    expect_text(desk, "实时");
}

static void another_database_in_its_place(void **state)
{
    struct desk *desk = *state;
    shell(desk, "cp $DB ${DB}.new && sqlite3 ${DB}.new \"UPDATE task SET title = '另一个数据库' "
                "WHERE source_id = 1 AND number = '012'\" "
                "&& sqlite3 ${DB}.new 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null && rm -f "
                "$DB-wal $DB-shm && mv ${DB}.new $DB");
    expect_text(desk, "另一个数据库");
    expect_gone(desk, "起非实时");
}

static void a_killed_writer_is_no_trouble(void **state)
{
    struct desk *desk = *state;
    /* holds the write lock in the middle of a transaction, and dies */
    shell(desk,
        "mkfifo ${DB}.in ${DB}.out; sqlite3 $DB <${DB}.in >${DB}.out & pid=$!; exec 3>${DB}.in "
        "4<${DB}.out; "
        "echo \"BEGIN IMMEDIATE; UPDATE task SET title = '没有提交' WHERE source_id = 1; SELECT "
        "'in';\" >&3; "
        "read answer <&4; test \"$answer\" = in && kill -9 $pid; wait $pid; rm ${DB}.in ${DB}.out");
    shell(desk, "sqlite3 $DB \"UPDATE task SET title = '后来的标题' WHERE source_id = 1 AND number "
                "= '033'\"");
    expect_text(desk, "后来的标题");
    assert_false(pty_has_text(desk->pty, "没有提交"));
}

/* --- time, and the line -------------------------------------------------------------------- */

static void midnight_moves_tasks_to_overdue(void **state)
{
    struct desk *desk = *state;
    char clock[256], now[300];
    folder_file(desk->folder, "clock", clock);
    shell(desk, "echo 2026-11-30T23:59:00+08:00 > $(dirname $DB)/clock");
    snprintf(now, sizeof now, "DUBAN_NOW=@%s", clock);
    struct pty *pty = desk->pty;
    desk->pty = start_board(desk, now);
    pty_free(pty);
    expect_text(desk, "11-30");
    keys(desk, "2");
    assert_false(pty_has_text(desk->pty, LAST_DAY)); /* due that day, so not late yet */
    shell(desk, "echo 2026-12-01T00:00:01+08:00 > $(dirname $DB)/clock");
    shell(desk, "sqlite3 $DB \"UPDATE task SET phone = phone || '1' WHERE source_id = 1 AND number "
                "= '096'\"");
    expect_text(desk, "12-01");
    expect_text(desk, LAST_DAY);
}

static void it_ends_when_the_line_is_cut(void **state)
{
    struct desk *desk = *state;
    int status;
    pty_hang_up(desk->pty);
    assert_true(pty_wait_exit(desk->pty, &status));
    assert_true(WIFEXITED(status) || WIFSIGNALED(status));
}

static void a_signal_leaves_the_terminal_as_it_was(void **state)
{
    struct desk *desk = *state;
    int status;
    kill(pty_process(desk->pty), SIGTERM);
    assert_true(pty_wait_exit(desk->pty, &status));
    assert_true(WIFEXITED(status));
    assert_true(pty_is_restored(desk->pty));
}

static void a_line_that_stands_still_holds_nothing_up(void **state)
{
    struct desk *desk = *state;
    pty_stop_reading(desk->pty, true);
    for (int i = 0; i < 400; i++) /* far more than the line holds */
        pty_send(desk->pty, "\x0c", 1);
    pty_stop_reading(desk->pty, false);
    assert_true(pty_settle(desk->pty));
    expect_text(desk, "2-012");
}

/* --- the program and the sample ------------------------------------------------------------ */

static int prepare(const char *self)
{
    char folder[256] = "/tmp/duban-live-XXXXXX";
    char *directory = alloc_string(self), *slash = strrchr(directory, '/');
    if (slash)
        *slash = '\0';
    snprintf(program, sizeof program, "%s/../duban", slash ? directory : ".");
    free(directory);
    if (!mkdtemp(folder))
        return -1;
    snprintf(sample, sizeof sample, "%s/sample.db", folder);
    char *command = alloc_format(NOW " '%s' --db '%s' init --sample >/dev/null && "
                                     "sqlite3 '%s' 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null",
        program, sample, sample);
    int status = system(command);
    free(command);
    return status;
}

int main(int argc, char **argv)
{
    (void)argc;
    if (prepare(argv[0]) != 0) {
        fprintf(stderr, "live: the sample database cannot be made\n");
        return 1;
    }
#define LIVE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        LIVE(a_commit_is_seen_without_a_key),
        LIVE(the_selection_follows_its_task),
        LIVE(a_deleted_task_leaves_list_and_detail_standing),
        LIVE(a_burst_of_commits_ends_with_the_last),
        LIVE(counts_follow_a_script),
        LIVE(a_database_taken_away_and_put_back),
        LIVE(a_damaged_database_put_right),
        LIVE(another_database_in_its_place),
        LIVE(a_killed_writer_is_no_trouble),
        LIVE(midnight_moves_tasks_to_overdue),
        LIVE(it_ends_when_the_line_is_cut),
        LIVE(a_signal_leaves_the_terminal_as_it_was),
        LIVE(a_line_that_stands_still_holds_nothing_up),
    };
    int failed = cmocka_run_group_tests_name("live", tests, NULL, NULL);
    *strrchr(sample, '/') = '\0';
    folder_remove(sample);
    return failed;
}
