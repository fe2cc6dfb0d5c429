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
#include "harness/desk.h"
#include "harness/folder.h"
#include "harness/pty.h"

#define LAST_DAY "浑河沿岸排污口整治滞后" /* the title of a task that is due on 30 November */

/* --- changes ------------------------------------------------------------------------------- */

static void a_commit_is_seen_without_a_key(void **state)
{
    struct desk *desk = *state;
    desk_sees(desk->pty, "2-012");
    desk_shell(desk,
        "sqlite3 $DB \"UPDATE task SET title = '刚改的标题' WHERE source_id = 1 AND number "
        "= '058'\"");
    desk_sees(desk->pty, "刚改的标题");
    desk_sees(desk->pty, "* 2-058"); /* marked as just changed */
}

static void the_selection_follows_its_task(void **state)
{
    struct desk *desk = *state;
    desk_keys(desk->pty, "/");
    pty_type(desk->pty, "2-033");
    desk_keys(desk->pty, "Enter");
    int row, column, row_after;
    bool visible;
    pty_cursor(desk->pty, &row, &column, &visible);
    struct strbuf line = {0};
    pty_row_text(desk->pty, row, &line);
    assert_non_null(strstr(strbuf_text(&line), "2-033"));
    /* it becomes the last of the list: the selection goes with it */
    desk_shell(desk,
        "sqlite3 $DB \"UPDATE task SET deadline = '2199-12-31' WHERE source_id = 1 AND "
        "number = '033'\"");
    desk_sees(desk->pty, "2199");
    pty_cursor(desk->pty, &row_after, &column, &visible);
    strbuf_cut(&line, 0);
    pty_row_text(desk->pty, row_after, &line);
    assert_non_null(strstr(strbuf_text(&line), "2-033"));
    strbuf_clear(&line);
}

static void a_deleted_task_leaves_list_and_detail_standing(void **state)
{
    struct desk *desk = *state;
    desk_keys(desk->pty, "/");
    pty_type(desk->pty, "2-033");
    desk_keys(desk->pty, "Enter Enter");
    desk_sees(desk->pty, "浑河沿岸排污口整治滞后");
    desk_shell(desk,
        "sqlite3 $DB \"PRAGMA foreign_keys=ON; DELETE FROM task WHERE source_id = 1 AND "
        "number = '033'\"");
    desk_sees(desk->pty, "已不在数据库");
    desk_sees(desk->pty, "浑河沿岸排污口整治滞后"); /* its last picture */
    desk_keys(desk->pty, "Esc Esc Esc");
    desk_misses(desk->pty, "2-033");
}

static void a_burst_of_commits_ends_with_the_last(void **state)
{
    struct desk *desk = *state;
    desk_shell(desk,
        "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do "
        "sqlite3 $DB \"PRAGMA busy_timeout=5000; UPDATE task SET title = '第${i}次修改' "
        "WHERE source_id = 1 AND number = '033'\" >/dev/null || exit 1; done");
    desk_sees(desk->pty, "第20次修改");
}

static void counts_follow_a_script(void **state)
{
    struct desk *desk = *state;
    desk_keys(desk->pty, "9");
    desk_shell(desk, "sqlite3 $DB \"UPDATE task SET state = 'closed' WHERE source_id = 1\"");
    desk_shell(desk, "sqlite3 $DB \"DELETE FROM task WHERE source_id <> 1\"");
    desk_sees(desk->pty, "8销号98");
    desk_sees(desk->pty, "1在办0");
}

/* --- trouble ------------------------------------------------------------------------------- */

static void a_database_taken_away_and_put_back(void **state)
{
    struct desk *desk = *state;
    desk_shell(desk, "mkdir ${DB}.away && mv $DB* ${DB}.away/ 2>/dev/null; test ! -e $DB");
    desk_sees(desk->pty, "起非实时");
    desk_sees(desk->pty, "2-012"); /* the picture stays */
    desk_sees(desk->pty, "duban.db");
    desk_keys(desk->pty, "j j k"); /* and can be looked over */
    desk_shell(desk, "mv ${DB}.away/* $(dirname $DB)/ && rmdir ${DB}.away");
    desk_sees(desk->pty, "实时");
    desk_misses(desk->pty, "起非实时");
    desk_shell(desk,
        "sqlite3 $DB \"UPDATE task SET title = '回来以后的标题' WHERE source_id = 1 AND "
        "number = '033'\"");
    desk_sees(desk->pty, "回来以后的标题");
}

static void a_damaged_database_put_right(void **state)
{
    struct desk *desk = *state;
    desk_shell(desk,
        "sqlite3 $DB 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null && cp $DB ${DB}.good && "
        "dd if=/dev/urandom of=$DB bs=4096 count=40 conv=notrunc 2>/dev/null");
    desk_sees(desk->pty, "起非实时");
    desk_sees(desk->pty, "2-012");
    desk_shell(desk, "cat ${DB}.good > $DB");
    desk_misses(desk->pty, "起非实时");
    desk_sees(desk->pty, "实时");
}

static void another_database_in_its_place(void **state)
{
    struct desk *desk = *state;
    desk_shell(desk,
        "cp $DB ${DB}.new && sqlite3 ${DB}.new \"UPDATE task SET title = '另一个数据库' "
        "WHERE source_id = 1 AND number = '012'\" "
        "&& sqlite3 ${DB}.new 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null && rm -f "
        "$DB-wal $DB-shm && mv ${DB}.new $DB");
    desk_sees(desk->pty, "另一个数据库");
    desk_misses(desk->pty, "起非实时");
}

static void a_killed_writer_is_no_trouble(void **state)
{
    struct desk *desk = *state;
    /* holds the write lock in the middle of a transaction, and dies */
    desk_shell(desk,
        "mkfifo ${DB}.in ${DB}.out; sqlite3 $DB <${DB}.in >${DB}.out & pid=$!; exec 3>${DB}.in "
        "4<${DB}.out; "
        "echo \"BEGIN IMMEDIATE; UPDATE task SET title = '没有提交' WHERE source_id = 1; SELECT "
        "'in';\" >&3; "
        "read answer <&4; test \"$answer\" = in && kill -9 $pid; wait $pid; rm ${DB}.in ${DB}.out");
    desk_shell(desk,
        "sqlite3 $DB \"UPDATE task SET title = '后来的标题' WHERE source_id = 1 AND number "
        "= '033'\"");
    desk_sees(desk->pty, "后来的标题");
    assert_false(pty_has_text(desk->pty, "没有提交"));
}

/* The sqlite3 shell has foreign keys switched off: units go while tasks still name them. */
#define UNITS_GO                                                                                   \
    "sqlite3 $DB \"PRAGMA foreign_keys = OFF; DELETE FROM source WHERE id IN (1, 3); "             \
    "DELETE FROM region WHERE id IN (SELECT region_id FROM task WHERE id % 3 = 0) OR id = 2; "     \
    "DELETE FROM department WHERE id % 3 = 0; DELETE FROM sponsor WHERE id % 3 = 0\""

static void units_that_are_gone_crash_no_screen(void **state)
{
    static const char *const keys[] = {"Enter n n ]", "Enter M", "Enter e", "Enter R", "Enter a",
        "m x Space Enter Enter", "m x x v * l l", "m V X", "b Enter", "b Space", "t Enter", "T n ]",
        "H ] Enter", "H e", "d Enter", "D", "R", "A", "v v Space C-e", "s s", "f"};
    struct desk *desk = *state;
    desk_shell(desk, UNITS_GO);
    desk_sees(desk->pty, "?-0");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        desk_keys(desk->pty, keys[i]);
        desk_keys(desk->pty, "C-g Esc Esc Esc Esc Esc x");
    }
    desk_sees(desk->pty, "?-0");
    struct pty *wall = desk_wall(desk, DESK_NOW, NULL);
    for (int page = 0; page < 12; page++)
        desk_keys(wall, "n");
    pty_free(wall);
}

/* 0 to 3 is an answer; what a signal ended is more. */
static void units_that_are_gone_crash_no_command(void **state)
{
    static const char *const commands[] = {"list", "list overdue", "list region:沈阳", "show ?-01",
        "show 2-001", "list --json", "desk", "desk --json", "matrix", "matrix --json",
        "matrix --csv", "matrix --rows source --by region", "scorecard", "scorecard --json",
        "scorecard --csv", "trend", "trend --json", "handover --since 1",
        "handover --since 1 --json", "export", "events", "events --json", "remind", "check",
        "--plain", "--as-of 2026-11-10 list", "--as-of 2026-11-10 export",
        "--as-of 2026-11-10 handover --since 1", "--as wangqiang list", "--as wangqiang desk"};
    struct desk *desk = *state;
    desk_shell(desk, UNITS_GO);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char *command =
            alloc_format(DESK_NOW " '%s' --db $DB %s >${DB}.out 2>&1 </dev/null; test $? -le 3",
                desk_program(), commands[i]);
        desk_shell(desk, command);
        free(command);
    }
}

/* --- time ---------------------------------------------------------------------------------- */

static void midnight_moves_tasks_to_overdue(void **state)
{
    struct desk *desk = *state;
    char now[300];
    struct pty *pty = desk->pty;
    desk->pty = desk_board(desk, desk_clock(desk, "2026-11-30T23:59:00+08:00", now), NULL);
    pty_free(pty);
    desk_sees(desk->pty, "11-30");
    desk_keys(desk->pty, "2");
    assert_false(pty_has_text(desk->pty, LAST_DAY)); /* due that day, so not late yet */
    /* beyond the seconds over which boards read again; nobody commits anything */
    desk_clock(desk, "2026-12-01T00:00:06+08:00", now);
    assert_true(pty_settle(desk->pty));
    desk_sees(desk->pty, "12-01 周二 00:00");
    desk_sees(desk->pty, LAST_DAY);
}

/* --- walls --------------------------------------------------------------------------------- */

#define BECOMES_OVERDUE                                                                            \
    "sqlite3 $DB \"UPDATE task SET deadline = '2026-11-20', version = version + 1 WHERE "          \
    "source_id = 1 AND number = '058'\""

static void what_one_wall_acknowledges_leaves_the_other(void **state)
{
    struct desk *desk = *state;
    desk_shell(desk, BECOMES_OVERDUE);
    struct pty *wall = desk_wall(desk, DESK_NOW, NULL), *other = desk_wall(desk, DESK_NOW, NULL);
    desk_sees(wall, "告警");
    desk_sees(other, "2-058");
    assert_int_equal(pty_bells(wall), 1);
    assert_int_equal(pty_bells(other), 1);
    desk_keys(wall, "Enter End");
    desk_type(wall, "（代）");
    desk_keys(wall, "Enter");
    desk_misses(other, "告警");
    desk_sees(other, "任务总览");
    desk_misses(wall, "2-058");
    desk_expect(
        desk, "SELECT kind, since, person FROM acknowledgement", "overdue|2026-11-21|李娜（代）");
    desk_expect(desk, "SELECT action, note FROM event ORDER BY seq DESC LIMIT 1",
        "acknowledge|overdue 李娜（代）");
    desk_sees(desk->pty, "2-058 确认告警"); /* in the ticker */
    pty_free(other);
    pty_free(wall);
}

/* The first wall is behind an acknowledgement that is being typed on the second. */
static void both_may_acknowledge_at_once(void **state)
{
    struct desk *desk = *state;
    desk_shell(desk, BECOMES_OVERDUE);
    struct pty *wall = desk_wall(desk, DESK_NOW, NULL), *other = desk_wall(desk, DESK_NOW, NULL);
    desk_sees(wall, "告警");
    desk_sees(other, "告警");
    desk_keys(other, "Enter");
    desk_keys(wall, "Enter Enter");
    desk_misses(other, "2-058");
    desk_type(other, "二");
    desk_keys(other, "Enter");
    desk_expect(desk, "SELECT group_concat(person) FROM acknowledgement", "李娜");
    desk_sees(other, "任务总览");
    pty_free(other);
    pty_free(wall);
}

static void a_wall_keeps_its_picture_and_comes_back(void **state)
{
    struct desk *desk = *state;
    struct pty *wall = desk_wall(desk, DESK_NOW, NULL);
    desk_keys(wall, "n n");
    desk_sees(wall, "2-012");
    desk_shell(desk, "mkdir ${DB}.away && mv $DB* ${DB}.away/ 2>/dev/null; test ! -e $DB");
    desk_sees(wall, "起非实时");
    desk_sees(wall, "2-012");
    desk_keys(wall, "n n n");
    desk_sees(wall, "任务总览"); /* and turns its pages */
    desk_shell(desk, "mv ${DB}.away/* $(dirname $DB)/ && rmdir ${DB}.away");
    desk_misses(wall, "起非实时");
    desk_shell(desk, BECOMES_OVERDUE);
    desk_shell(desk, "sqlite3 $DB \"UPDATE task SET phone = phone || '1' WHERE source_id = 1 AND "
                     "number = '058'\"");
    desk_sees(wall, "告警");
    assert_int_equal(pty_bells(wall), 1);
    pty_free(wall);
}

/* What cannot be written is kept on this wall, which says so. */
static void a_wall_that_may_not_write_keeps_it_to_itself(void **state)
{
    struct desk *desk = *state;
    int status;
    desk_shell(desk, BECOMES_OVERDUE);
    struct pty *wall = desk_wall(desk, DESK_NOW, "--read-only");
    desk_sees(wall, "告警");
    desk_keys(wall, "Enter Enter");
    desk_sees(wall, "仅在本屏确认");
    desk_sees(wall, "任务总览");
    desk_expect(desk, "SELECT count(*) FROM acknowledgement", "0");
    /* keys of the board mean nothing here; q ends it */
    desk_keys(wall, "a e R d : / f F2 ? 1 u C-z");
    desk_sees(wall, "任务总览");
    assert_true(pty_send(wall, "q", 1));
    assert_true(pty_wait_exit(wall, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_true(pty_is_restored(wall));
    pty_free(wall);
}

static void an_alarm_waits_while_the_database_is_gone(void **state)
{
    struct desk *desk = *state;
    desk_shell(desk, BECOMES_OVERDUE);
    struct pty *wall = desk_wall(desk, DESK_NOW, NULL);
    desk_sees(wall, "告警");
    desk_shell(desk, "mkdir ${DB}.away && mv $DB* ${DB}.away/ 2>/dev/null; test ! -e $DB");
    desk_sees(wall, "起非实时");
    desk_sees(wall, "2-058");
    desk_keys(wall, "Enter Enter");
    desk_misses(wall, "告警");
    desk_shell(desk, "mv ${DB}.away/* $(dirname $DB)/ && rmdir ${DB}.away");
    desk_misses(wall, "起非实时");
    assert_false(pty_has_text(wall, "告警"));
    assert_int_equal(pty_bells(wall), 1);
    pty_free(wall);
}

/* --- the line ------------------------------------------------------------------------------ */

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

/* What the program cannot survive ends it, but not the terminal. */
static void a_fault_gives_the_terminal_back(void **state)
{
    static const int faults[] = {SIGBUS, SIGSEGV, SIGABRT, SIGFPE};
    struct desk *desk = *state;
    int status;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct pty *wall = desk_wall(desk, DESK_NOW, NULL);
        assert_true(pty_settle(wall));
        kill(pty_process(wall), faults[i]);
        assert_true(pty_wait_exit(wall, &status));
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == faults[i]);
        assert_true(pty_is_restored(wall));
        assert_true(pty_has_text(wall, "duban"));
        pty_free(wall);
    }
}

/* SQLite maps the -shm file; what is mapped and no longer there faults. */
static void files_cut_off_give_the_terminal_back(void **state)
{
    struct desk *desk = *state;
    int status;
    desk_shell(desk, "test -s $DB-shm && : >$DB-shm");
    pty_send(desk->pty, "r", 1);
    pty_send(desk->pty, "H", 1);
    assert_true(pty_wait_exit(desk->pty, &status));
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGBUS);
    assert_true(pty_is_restored(desk->pty));
    assert_true(pty_has_text(desk->pty, "SIGBUS"));
}

static void a_line_that_stands_still_holds_nothing_up(void **state)
{
    struct desk *desk = *state;
    pty_stop_reading(desk->pty, true);
    for (int i = 0; i < 400; i++) /* far more than the line holds */
        pty_send(desk->pty, "\x0c", 1);
    pty_stop_reading(desk->pty, false);
    assert_true(pty_settle(desk->pty));
    desk_sees(desk->pty, "2-012");
}

int main(int argc, char **argv)
{
    (void)argc;
    if (desk_prepare(argv[0]) != 0) {
        fprintf(stderr, "live: the sample database cannot be made\n");
        return 1;
    }
#define LIVE(test) cmocka_unit_test_setup_teardown(test, desk_set_up, desk_tear_down)
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
        LIVE(units_that_are_gone_crash_no_screen),
        LIVE(units_that_are_gone_crash_no_command),
        LIVE(midnight_moves_tasks_to_overdue),
        LIVE(what_one_wall_acknowledges_leaves_the_other),
        LIVE(both_may_acknowledge_at_once),
        LIVE(a_wall_keeps_its_picture_and_comes_back),
        LIVE(a_wall_that_may_not_write_keeps_it_to_itself),
        LIVE(an_alarm_waits_while_the_database_is_gone),
        LIVE(it_ends_when_the_line_is_cut),
        LIVE(a_signal_leaves_the_terminal_as_it_was),
        LIVE(a_fault_gives_the_terminal_back),
        LIVE(files_cut_off_give_the_terminal_back),
        LIVE(a_line_that_stands_still_holds_nothing_up),
    };
    int failed = cmocka_run_group_tests_name("live", tests, NULL, NULL);
    desk_finish();
    return failed;
}
