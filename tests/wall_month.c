/* A wall for a month: the real program in a terminal of our own, its clock moved by the test, an
 * hour a step. Pages turn, somebody changes a task now and then, tasks become overdue at midnight
 * and are acknowledged in the morning; memory, descriptors and files at the end are those of the
 * first days, and nothing is sent that has not changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/date.h"
#include "base/strbuf.h"
#include "harness/desk.h"
#include "harness/figures.h"
#include "harness/folder.h"

enum {
    DAYS = 31,
    WARM_DAYS = 10, /* until every page, an alarm and the beginning of a week have been */
    STEP_MINUTES = 60,
    RING_STEP_MINUTES = 10, /* while the bell rings */
    DAY_MINUTES = 24 * 60,
    RING_FROM = 7 * 60, /* the end of the quiet hours */
    SOMEBODY_COMES = 8 * 60,
    WRITES_AT = 12 * 60,
    WRITES_EVERY = 4, /* days */
#ifdef __SANITIZE_ADDRESS__
    GROWTH_MOST_KB = 1000000, /* what was freed is kept for a while; leaks are told at the end */
#else
    GROWTH_MOST_KB = 32,
#endif
    FILE_GROWTH_MOST = 64 * 1024,
    LOG_MOST = 5 * 1024 * 1024, /* SQLite takes it up at 1000 pages */
};

/* --- what it costs --------------------------------------------------------------------------- */

static double memory_kb(const struct pty *pty)
{
    return process_memory(pty_process(pty), "smaps_rollup", "Anonymous: %ld") * 1024;
}

static int descriptors(const struct pty *pty)
{
    char path[64];
    int count = 0;
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pty_process(pty));
    DIR *dir = opendir(path);
    assert_non_null(dir);
    while (readdir(dir))
        count++;
    closedir(dir);
    return count;
}

static long size_of(const struct desk *desk, const char *ending)
{
    char path[300];
    struct stat stat_of;
    snprintf(path, sizeof path, "%s%s", desk->database, ending);
    return stat(path, &stat_of) == 0 ? (long)stat_of.st_size : 0;
}

/* Of the database, the index of its log and the queue of writers. */
static long file_bytes(const struct desk *desk)
{
    return size_of(desk, "") + size_of(desk, "-shm") + size_of(desk, ".gate");
}

/* --- the month ------------------------------------------------------------------------------- */

struct month {
    struct desk *desk;
    struct pty *wall;
    int alarms; /* nights after which there was one */
    long bells; /* that there should have been */
    int64_t acknowledged;
};

static void set_clock(const struct month *month, date_t day, int minute, int second)
{
    char iso[11], moment[64], now[300];
    snprintf(moment, sizeof moment, "%sT%02d:%02d:%02d+08:00", date_format(day, iso), minute / 60,
        minute % 60, second);
    desk_clock(month->desk, moment, now);
    if (!pty_settle(month->wall))
        fail_msg("%s: %s", moment, pty_problem(month->wall));
}

static int64_t ask_number(const struct month *month, const char *format, const char *day)
{
    char sql[300], answer[512];
    snprintf(sql, sizeof sql, format, day);
    return atoll(desk_ask(month->desk, sql, answer));
}

static void write_something(const struct month *month, date_t day)
{
    char command[300];
    snprintf(command, sizeof command,
        "sqlite3 -cmd '.timeout 5000' $DB \"UPDATE task SET percent = %d WHERE id = %d\" "
        ">/dev/null",
        day % 101, 1 + day % 100);
    desk_shell(month->desk, command);
}

static void somebody_comes(struct month *month, int64_t late)
{
    desk_sees(month->wall, "! 告警 !");
    desk_keys(month->wall, "Enter Enter");
    desk_misses(month->wall, "! 告警 !");
    month->acknowledged += late;
    assert_int_equal(
        ask_number(month, "SELECT count(*) FROM acknowledgement%s", ""), month->acknowledged);
}

static void live_a_day(struct month *month, date_t day)
{
    char before[11];
    date_format(day - 1, before);
    int64_t late =
        ask_number(month, "SELECT count(*) FROM task WHERE is_open AND due_on = '%s'", before);
    month->alarms += late > 0;
    for (int minute = 0, step; minute < DAY_MINUTES; minute += step) {
        step = minute >= RING_FROM && minute < SOMEBODY_COMES ? RING_STEP_MINUTES : STEP_MINUTES;
        set_clock(month, day, minute, 7); /* boards read again in the first seconds of a day */
        month->bells += late > 0 && minute >= RING_FROM && minute <= SOMEBODY_COMES;
        if (minute == 0 && late > 0)
            desk_sees(month->wall, "静音时段");
        if (late > 0 && minute == SOMEBODY_COMES)
            somebody_comes(month, late);
        if (minute == WRITES_AT && day % WRITES_EVERY == 0)
            write_something(month, day);
    }
    assert_int_equal(pty_bells(month->wall), month->bells);
}

static void at_the_end_of_a_month_it_is_as_on_the_first_days(void **state)
{
    struct month month = {.desk = *state};
    date_t first = date_make(2026, 11, 22);
    char now[300];
    double warm = 0;
    long bytes = 0;
    int open = 0, status;
    /* an alarm every few nights */
    desk_shell(month.desk,
        "sqlite3 $DB \"UPDATE task SET deadline = date('2026-11-21', '+' || (id % "
        "10 * 3) || ' days'), deadline_kind = 'date', version = version + 1 "
        "WHERE is_open AND id % 3 = 0\"");
    month.wall =
        desk_wall(month.desk, desk_clock(month.desk, "2026-11-21T23:50:00+08:00", now), NULL);
    assert_true(pty_settle(month.wall));
    for (int day = 0; day < DAYS; day++) {
        live_a_day(&month, first + day);
        if (day != WARM_DAYS)
            continue;
        warm = memory_kb(month.wall);
        open = descriptors(month.wall);
        bytes = file_bytes(month.desk);
    }
    double grown = memory_kb(month.wall) - warm;
    print_message(
        "wall: %d days, %d alarms, %ld bells; %.0f KB after %d days, %+.0f KB at the end\n", DAYS,
        month.alarms, month.bells, warm, WARM_DAYS, grown);
    assert_true(month.alarms >= 8);
    assert_true(grown <= GROWTH_MOST_KB);
    assert_int_equal(descriptors(month.wall), open);
    assert_true(file_bytes(month.desk) - bytes <= FILE_GROWTH_MOST);
    assert_true(size_of(month.desk, "-wal") <= LOG_MOST);
    assert_true(pty_send(month.wall, "q", 1) && pty_wait_exit(month.wall, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_true(pty_is_restored(month.wall));
    pty_free(month.wall);
}

/* --- bytes ----------------------------------------------------------------------------------- */

static void nothing_is_sent_that_has_not_changed(void **state)
{
    struct month month = {.desk = *state};
    date_t day = date_make(2026, 11, 22);
    char now[300];
    month.wall =
        desk_wall(month.desk, desk_clock(month.desk, "2026-11-22T10:00:00+08:00", now), NULL);
    assert_true(pty_settle(month.wall));
    desk_keys(month.wall, "p");
    set_clock(&month, day, 600, 30);
    long bytes = file_bytes(month.desk) + size_of(month.desk, "-wal");
    long before = pty_received(month.wall);
    for (int second = 31; second < 60; second++)
        set_clock(&month, day, 600, second);
    assert_int_equal(pty_received(month.wall), before); /* the clock shows minutes */
    for (int minute = 601; minute < 661; minute++)
        set_clock(&month, day, minute, 0);
    assert_true(pty_received(month.wall) - before < 60 * 24); /* only the clock */
    assert_int_equal(file_bytes(month.desk) + size_of(month.desk, "-wal"), bytes);
    pty_free(month.wall);
}

int main(int argc, char **argv)
{
    (void)argc;
    if (desk_prepare(argv[0]) != 0) {
        fprintf(stderr, "wall_month: the sample database cannot be made\n");
        return 1;
    }
#define WALL(test) cmocka_unit_test_setup_teardown(test, desk_set_up, desk_tear_down)
    const struct CMUnitTest tests[] = {
        WALL(nothing_is_sent_that_has_not_changed),
        WALL(at_the_end_of_a_month_it_is_as_on_the_first_days),
    };
    int failed = cmocka_run_group_tests_name("wall_month", tests, NULL, NULL);
    desk_finish();
    return failed;
}
