/* The model as one person sees the database: what others change, and what happens when it is gone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/database.h"
#include "harness/folder.h"
#include "model/history.h"
#include "model/units.h"

/* However slow the machine: longer than this and the test has failed. */
#define BOUND_MS 20000

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Waits as the loop does, on the watch and the time given back, until `wanted` says so. */
static bool poll_until(struct model *model, struct changes *sum,
    bool (*wanted)(struct model *, const struct changes *))
{
    double until = now_ms() + BOUND_MS;
    int retry_ms = 0;
    *sum = (struct changes){0};
    while (now_ms() < until) {
        struct changes found;
        model_poll(model, &found, &retry_ms);
        changes_add(sum, &found);
        if (wanted(model, sum))
            return true;
        struct pollfd watch = {.fd = model_watch_fd(model), .events = POLLIN};
        poll(&watch, 1, retry_ms > 0 ? retry_ms : BOUND_MS);
    }
    return false;
}

static bool found_any(struct model *model, const struct changes *sum)
{
    (void)model;
    return sum->any;
}

static bool found_all(struct model *model, const struct changes *sum)
{
    (void)model;
    return sum->all;
}

static bool is_stale(struct model *model, const struct changes *sum)
{
    return model_freshness(model)->state == FRESH_STALE && sum->freshness;
}

static bool is_live(struct model *model, const struct changes *sum)
{
    return model_freshness(model)->state == FRESH_LIVE && sum->freshness;
}

/* Polls until the model has nothing left to look for, so that a test begins in silence. */
static void settle(struct model *model)
{
    struct changes found;
    int retry_ms = 1;
    double until = now_ms() + BOUND_MS;
    do {
        model_poll(model, &found, &retry_ms);
        struct pollfd watch = {.fd = model_watch_fd(model), .events = POLLIN};
        if (retry_ms > 0)
            poll(&watch, 1, retry_ms);
    } while (retry_ms > 0 && now_ms() < until);
    assert_int_equal(retry_ms, 0);
}

static char *made(void **state, char path[static 256])
{
    database_make(folder_file(*state, "a.db", path));
    database_task(path, 1, "任务一");
    database_task(path, 2, "任务二");
    return path;
}

/* --- opening --------------------------------------------------------------------------------- */

static void opens_what_is_there(void **state)
{
    char path[256];
    struct model *model = database_open(made(state, path));
    assert_int_equal(units_region_count(model_units(model)), 6);
    assert_false(model_is_read_only(model));
    assert_null(model_reach(model));
    assert_true(strlen(model_person(model)->name) > 0);
    assert_int_equal(model_freshness(model)->state, FRESH_LIVE);
    assert_int_equal(model_known_seq(model), history_newest(model));
    model_close(model);
}

static void takes_name_and_mode_from_the_caller(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model;
    const struct person person = {.name = (char *)"王强", .role = PERSON_REPORTER};
    const struct model_options options = {
        .path = made(state, path), .read_only = true, .person = &person};
    assert_true(model_open(&options, &model, &err));
    assert_string_equal(model_person(model)->name, "王强");
    assert_int_equal(model_person(model)->role, PERSON_REPORTER);
    assert_true(model_is_read_only(model));
    model_close(model);
}

static void refuses_what_is_not_there(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model = NULL;
    const struct model_options options = {.path = folder_file(*state, "none.db", path)};
    assert_false(model_open(&options, &model, &err));
    assert_int_equal(err.code, ERROR_MISSING);
    assert_null(model);
}

static void refuses_a_reach_that_is_no_filter(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.name = (char *)"王强", .reach = (char *)"region:("};
    const struct model_options options = {.path = made(state, path), .person = &person};
    assert_false(model_open(&options, &model, &err));
    assert_int_equal(err.code, ERROR_PERMISSION);
    assert_null(model);
}

/* --- changes --------------------------------------------------------------------------------- */

static void finds_nothing_when_nothing_changed(void **state)
{
    char path[256];
    struct model *model = database_open(made(state, path));
    settle(model);
    struct changes found;
    int retry_ms = -1;
    model_poll(model, &found, &retry_ms);
    assert_false(found.any || found.all || found.freshness);
    assert_int_equal(found.count, 0);
    assert_int_equal(retry_ms, 0);
    struct pollfd watch = {.fd = model_watch_fd(model), .events = POLLIN};
    assert_int_equal(poll(&watch, 1, 0), 0);
    model_close(model);
}

static void tells_a_task_a_script_changed(void **state)
{
    char path[256];
    struct changes sum;
    struct model *model = database_open(made(state, path));
    settle(model);
    database_script(path, "UPDATE task SET percent = 50 WHERE id = 2");
    assert_true(poll_until(model, &sum, found_any));
    assert_false(sum.all);
    assert_int_equal(sum.count, 1);
    assert_int_equal(sum.tasks[0], 2);
    assert_int_equal(model_known_seq(model), history_newest(model));
    model_close(model);
}

static void tells_a_task_this_process_changed(void **state)
{
    char path[256];
    struct error err = {0};
    struct changes sum;
    struct model *model = database_open(made(state, path));
    settle(model);
    assert_true(db_write_begin(model_db(model), &err));
    const struct event event = {.action = (char *)"edit", .task_id = 1};
    int64_t seq;
    assert_true(history_append(model_db(model), &event, &seq, &err));
    assert_true(db_write_commit(model_db(model), &err));
    assert_true(poll_until(model, &sum, found_any));
    assert_int_equal(sum.count, 1);
    assert_int_equal(sum.tasks[0], 1);
    model_close(model);
}

static void gathers_a_burst_into_one(void **state)
{
    char path[256];
    struct changes found;
    int retry_ms;
    struct model *model = database_open(made(state, path));
    settle(model);
    for (int i = 0; i < 10; i++)
        database_write(path, "UPDATE task SET percent = percent + 1");
    model_poll(model, &found, &retry_ms);
    assert_true(found.any);
    assert_int_equal(found.count, 2);
    model_close(model);
}

static void tells_all_when_too_many_changed(void **state)
{
    char path[256];
    struct changes sum;
    made(state, path);
    database_tasks(path, 7, CHANGES_MOST + 10);
    struct model *model = database_open(path);
    settle(model);
    database_script(path, "UPDATE task SET percent = 0 WHERE percent > 0;"
                          "UPDATE task SET percent = 1");
    assert_true(poll_until(model, &sum, found_any));
    assert_true(sum.all);
    assert_int_equal(sum.count, 0);
    model_close(model);
}

static void reads_units_again_when_they_changed(void **state)
{
    char path[256];
    struct changes sum;
    struct model *model = database_open(made(state, path));
    settle(model);
    database_script(path, "UPDATE region SET short = '浑河' WHERE id = 2");
    assert_true(poll_until(model, &sum, found_all));
    assert_string_equal(units_region(model_units(model), 2)->shown, "浑河");
    model_close(model);
}

/* Every board open in the province would read all of it each time somebody types. */
static void lets_a_draft_pass(void **state)
{
    char path[256];
    struct changes found;
    int retry_ms;
    struct model *model = database_open(made(state, path));
    settle(model);
    database_write(path, "INSERT INTO draft (person, context, body, updated_at) VALUES "
                         "('李娜', 'report', '{}', '2026-11-21T00:00:00Z')");
    model_poll(model, &found, &retry_ms);
    assert_false(found.any);
    model_close(model);
}

struct outside_change {
    const char *prepare, *change;
    bool task; /* told as a task, or as everything; else only as everything */
};

/* Whatever a script touches, a board hears of it. */
static const struct outside_change outside_changes[] = {
    {"", "DELETE FROM task WHERE id = 2", true},
    {"", "INSERT INTO task (source_id, number, title, region_id) VALUES (1, '9', '新', 2)", true},
    {"", "UPDATE task SET region_id = 4 WHERE id = 2", true},
    {"", "INSERT INTO task_region (region_id, task_id) VALUES (4, 2)", true},
    {"INSERT INTO task_region (region_id, task_id, position) VALUES (4, 2, 1)",
        "DELETE FROM task_region WHERE region_id = 4", true},
    {"", "INSERT INTO task_department (department_id, task_id, role) VALUES (2, 2, 'lead')", true},
    {"", "INSERT INTO measure (task_id, position, text) VALUES (2, 1, '拆除')", true},
    {"INSERT INTO measure (task_id, position, text, event_seq) VALUES (2, 1, '拆除', 1)",
        "UPDATE measure SET done_on = '2026-11-01'", true},
    {"INSERT INTO measure (task_id, position, text, event_seq) VALUES (2, 1, '拆除', 1);"
     "INSERT INTO event (action) VALUES ('import')",
        "DELETE FROM measure", true},
    {"INSERT INTO notice (task_id, level, issued_on, event_seq) VALUES (2, 'letter', '2026-11-01', "
     "1)",
        "UPDATE notice SET reply = '已整改', replied_on = '2026-11-09'", true},
    {"INSERT INTO review (task_id, level, result, reviewed_on, event_seq) VALUES "
     "(2, 'city', 'passed', '2026-11-01', 1)",
        "UPDATE review SET result = 'returned'", true},
    {"INSERT INTO report (task_id, period_start, period_end, event_seq) VALUES "
     "(2, '2026-11-02', '2026-11-08', 1)",
        "UPDATE report SET text = '进展'", true},
    {"INSERT INTO publicity (id, task_id, starts_on, ends_on, days, event_seq) VALUES "
     "(1, 2, '2026-11-02', '2026-11-08', 5, 1)",
        "UPDATE publicity SET starts_on = '2026-11-03'", true},
    {"INSERT INTO publicity (id, task_id, starts_on, ends_on, days, event_seq) VALUES "
     "(1, 2, '2026-11-02', '2026-11-08', 5, 1);"
     "INSERT INTO objection (publicity_id, task_id, raised_on, text, event_seq) VALUES "
     "(1, 2, '2026-11-03', '异议', 1)",
        "UPDATE objection SET settled_on = '2026-11-05', settlement = '已答复', upheld = 0", true},
    {"INSERT INTO extension (task_id, new_deadline, reason, asked_on, event_seq) VALUES "
     "(2, '2027-01-31', '汛期', '2026-11-01', 1)",
        "UPDATE extension SET approved = 1", true},
    {"",
        "INSERT INTO duty (starts_at, ends_at, name) VALUES "
        "('2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z', '李娜')",
        false},
    {"", "UPDATE department SET short = '水务厅' WHERE id = 2", false},
    {"", "DELETE FROM sponsor", false},
    {"", "INSERT INTO source (code, name, year) VALUES ('Z', '自查', 2026)", false},
};

static void hears_of_every_change_outside(void **state)
{
    for (size_t i = 0; i < sizeof outside_changes / sizeof *outside_changes; i++) {
        const struct outside_change *row = &outside_changes[i];
        char name[32], path[256];
        struct changes sum;
        snprintf(name, sizeof name, "%zu.db", i);
        database_make(folder_file(*state, name, path));
        database_task(path, 1, "任务一");
        database_task(path, 2, "任务二");
        database_write(path, row->prepare);
        struct model *model = database_open(path);
        settle(model);
        database_script(path, row->change);
        if (!poll_until(model, &sum, found_any))
            fail_msg("not heard: %s", row->change);
        if (!sum.all && (!row->task || sum.count != 1 || sum.tasks[0] < 2))
            fail_msg("told %zu tasks after: %s", sum.count, row->change);
        model_close(model);
    }
}

/* --- another process ------------------------------------------------------------------------- */

/* Commits each time it is asked for through `asked`, and answers with the moment of the commit. */
static void be_writer(const char *path, int asked, int answers)
{
    struct error err = {0};
    struct db *db;
    char ask;
    if (!db_open(path, DB_READ_WRITE, &db, &err))
        _exit(1);
    while (read(asked, &ask, 1) == 1) {
        const struct event event = {.action = (char *)"edit", .task_id = 1};
        int64_t seq;
        if (!db_write_begin(db, &err) || !history_append(db, &event, &seq, &err) ||
            !db_write_commit(db, &err))
            _exit(2);
        double at = now_ms();
        if (write(answers, &at, sizeof at) != sizeof at)
            _exit(3);
    }
    _exit(0);
}

static int compare_times(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* From another process's commit to the poll that tells it. */
static void hears_of_a_commit_at_once(void **state)
{
    enum { COMMITS = 100 };
    char path[256];
    int asks[2], answers[2], status;
    double times[COMMITS];
    made(state, path);
    assert_int_equal(pipe(asks), 0);
    assert_int_equal(pipe(answers), 0);
    pid_t child = fork();
    if (child == 0) {
        close(asks[1]);
        be_writer(path, asks[0], answers[1]);
    }
    struct model *model = database_open(path);
    for (int i = 0; i < COMMITS; i++) {
        struct changes sum;
        double committed;
        settle(model);
        assert_int_equal(write(asks[1], "x", 1), 1);
        assert_true(poll_until(model, &sum, found_any));
        double heard = now_ms();
        assert_int_equal(sum.tasks[0], 1);
        assert_int_equal(read(answers[0], &committed, sizeof committed), sizeof committed);
        times[i] = heard - committed;
    }
    close(asks[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    close(asks[0]);
    close(answers[0]);
    close(answers[1]);
    model_close(model);
    qsort(times, COMMITS, sizeof *times, compare_times);
    print_message("commit to poll: median %.2f ms, p95 %.2f ms, worst %.2f ms\n",
        times[COMMITS / 2], times[COMMITS * 95 / 100], times[COMMITS - 1]);
    assert_true(times[COMMITS / 2] < 1000);
}

/* --- the day and the duty -------------------------------------------------------------------- */

static void set_clock(const char *file, const char *now)
{
    FILE *clock = fopen(file, "w");
    assert_non_null(clock);
    assert_true(fputs(now, clock) >= 0);
    assert_int_equal(fclose(clock), 0);
}

static void use_clock(void **state, char file[static 256], const char *now)
{
    char value[300];
    set_clock(folder_file(*state, "clock", file), now);
    snprintf(value, sizeof value, "@%s", file);
    setenv("DUBAN_NOW", value, 1);
}

static void a_new_day_changes_all(void **state)
{
    char path[256], clock[256];
    struct changes found;
    int retry_ms;
    use_clock(state, clock, "2026-11-21T23:59:59+08:00");
    struct model *model = database_open(made(state, path));
    settle(model);
    date_t day = model_today(model)->date;
    assert_int_equal(day, date_make(2026, 11, 21));
    assert_int_equal(model_today(model)->due_soon_days, 30);
    assert_int_equal(model_today(model)->owed[RHYTHM_WEEKLY], date_period_owed(RHYTHM_WEEKLY, day));
    set_clock(clock, "2026-11-22T00:00:00+08:00");
    assert_int_equal(
        model_today(model)->date, day + 1); /* asked before the poll, it is told all the same */
    model_poll(model, &found, &retry_ms);
    assert_true(found.all);
    model_poll(model, &found, &retry_ms);
    assert_false(found.any);
    set_clock(clock, "2026-11-20T12:00:00+08:00"); /* somebody set the clock back */
    model_poll(model, &found, &retry_ms);
    assert_true(found.all);
    assert_int_equal(model_today(model)->date, day - 1);
    model_close(model);
    unsetenv("DUBAN_NOW");
}

static void knows_who_is_on_duty(void **state)
{
    char path[256], clock[256];
    use_clock(state, clock, "2026-11-21T07:59:59+08:00");
    made(state, path);
    database_write(path,
        "INSERT INTO duty (starts_at, ends_at, name) VALUES "
        "('2026-11-21T00:00:00Z', '2026-11-21T12:00:00Z', '李娜'),"
        "('2026-11-21T12:00:00Z', '2026-11-22T00:00:00.000Z', '王' || char(7) || '强')");
    struct model *model = database_open(path);
    assert_string_equal(model_duty_officer(model), "");
    set_clock(clock, "2026-11-21T08:00:01+08:00");
    assert_string_equal(model_duty_officer(model), "李娜");
    set_clock(clock, "2026-11-21T19:59:59+08:00");
    assert_string_equal(model_duty_officer(model), "李娜");
    set_clock(clock, "2026-11-21T20:00:01+08:00");
    assert_string_equal(model_duty_officer(model), "王\xEF\xBF\xBD强");
    struct changes sum;
    settle(model);
    database_script(path, "UPDATE duty SET name = '张伟' WHERE id = 2");
    assert_true(poll_until(model, &sum, found_all));
    assert_string_equal(model_duty_officer(model), "张伟");
    set_clock(clock, "2026-11-22T08:00:01+08:00");
    assert_string_equal(model_duty_officer(model), "");
    model_close(model);
    unsetenv("DUBAN_NOW");
}

/* --- trouble --------------------------------------------------------------------------------- */

static void keeps_its_picture_while_the_database_is_gone(void **state)
{
    char path[256], aside[256];
    struct changes sum;
    struct model *model = database_open(made(state, path));
    settle(model);
    unsigned generation = model_generation(model);
    moment_t before = date_now();
    assert_int_equal(rename(path, folder_file(*state, "aside", aside)), 0);
    assert_true(poll_until(model, &sum, is_stale));
    assert_int_equal(model_freshness(model)->reason.code, ERROR_MISSING);
    assert_true(model_freshness(model)->since <= date_now());
    assert_true(model_freshness(model)->since >= before - 60000);
    assert_int_equal(model_watch_fd(model), -1);
    assert_string_equal(units_region(model_units(model), 3)->shown, "抚顺");
    assert_int_equal(history_newest(model), 0); /* the connection that was is still there to ask */
    assert_int_equal(rename(aside, path), 0);
    assert_true(poll_until(model, &sum, is_live));
    assert_true(sum.all);
    assert_int_equal(model_generation(model), generation + 1);
    assert_int_equal(model_freshness(model)->reason.code, ERROR_NONE);
    model_close(model);
}

static void waits_longer_each_time(void **state)
{
    char path[256];
    struct changes found;
    int retry_ms, longest;
    struct model *model = database_open(made(state, path));
    settle(model);
    assert_int_equal(unlink(path), 0);
    model_poll(model, &found, &longest);
    assert_int_equal(model_freshness(model)->state, FRESH_STALE);
    assert_in_range(longest, 1, 500);
    double until = now_ms() + BOUND_MS;
    while (longest < 900 && now_ms() < until) {
        poll(NULL, 0, longest);
        model_poll(model, &found, &retry_ms);
        assert_in_range(retry_ms, 1, 5000);
        assert_false(found.freshness);
        longest = retry_ms > longest ? retry_ms : longest;
    }
    assert_true(longest >= 900);
    model_close(model);
}

/* As it is done right: what is in the log of the one before is no part of the new one. */
static void put_in_place(const char *path, const char *other)
{
    char log[300];
    snprintf(log, sizeof log, "%s-wal", path);
    unlink(log);
    snprintf(log, sizeof log, "%s-shm", path);
    unlink(log);
    assert_int_equal(rename(other, path), 0);
}

/* Another database, in one file. */
static void make_other(void **state, const char *sql, char out[static 256])
{
    char path[256];
    struct error err = {0};
    struct db *db;
    database_make(folder_file(*state, "b.db", path));
    assert_true(db_open(path, DB_READ_WRITE, &db, &err));
    assert_true(db_write_begin(db, &err));
    assert_true(db_script(db, sql, &err));
    assert_true(db_write_commit(db, &err));
    assert_true(db_backup(db, folder_file(*state, "c.db", out), &err));
    db_close(db);
}

static void takes_up_a_database_put_in_its_place(void **state)
{
    char path[256], other[256];
    struct changes sum;
    struct model *model = database_open(made(state, path));
    settle(model);
    make_other(state, "UPDATE region SET short = '别处' WHERE id = 2", other);
    put_in_place(path, other);
    assert_true(poll_until(model, &sum, found_all));
    assert_int_equal(model_freshness(model)->state, FRESH_LIVE);
    assert_string_equal(units_region(model_units(model), 2)->shown, "别处");
    settle(model);
    database_script(
        path, "INSERT INTO task (source_id, number, title, region_id) VALUES (1, '1', '新', 2)");
    assert_true(poll_until(model, &sum, found_any)); /* the watch is on the new file */
    assert_int_equal(sum.count, 1);
    model_close(model);
}

static void replace_with(void **state, const char *path, const char *text)
{
    char other[256];
    FILE *file = fopen(folder_file(*state, "other", other), "w");
    assert_non_null(file);
    for (int i = 0; i < 1000; i++)
        fputs(text, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(rename(other, path), 0);
}

static void says_what_came_in_its_place_is_damaged(void **state)
{
    char path[256], copy[256];
    struct changes sum;
    struct error err = {0};
    struct model *model = database_open(made(state, path));
    settle(model);
    assert_true(db_backup(model_db(model), folder_file(*state, "copy.db", copy), &err));
    replace_with(state, path, "这不是数据库\n");
    assert_true(poll_until(model, &sum, is_stale));
    assert_int_equal(model_freshness(model)->reason.code, ERROR_CORRUPT);
    put_in_place(path, copy);
    assert_true(poll_until(model, &sum, is_live));
    assert_true(sum.all);
    model_close(model);
}

static void says_a_newer_schema(void **state)
{
    char path[256], other[256];
    struct changes sum;
    struct model *model = database_open(made(state, path));
    settle(model);
    make_other(state, "UPDATE meta SET value = '999' WHERE name = 'schema'", other);
    put_in_place(path, other);
    assert_true(poll_until(model, &sum, is_stale));
    assert_int_equal(model_freshness(model)->reason.code, ERROR_NEWER);
    model_close(model);
}

static void a_failed_view_makes_it_stale(void **state)
{
    char path[256];
    struct changes sum;
    struct error failed = {0};
    struct model *model = database_open(made(state, path));
    settle(model);
    error_set(&failed, ERROR_NOT_FOUND, "no such task");
    model_report_failure(model, &failed);
    assert_int_equal(model_freshness(model)->state, FRESH_LIVE);
    error_set(&failed, ERROR_BUSY, "locked by somebody");
    model_report_failure(model, &failed);
    assert_int_equal(model_freshness(model)->state, FRESH_STALE);
    assert_string_equal(model_freshness(model)->reason.text, "locked by somebody");
    assert_true(poll_until(model, &sum, is_live));
    assert_true(sum.all);
    model_close(model);
}

/* --- sums ------------------------------------------------------------------------------------ */

static void adds_changes_up(void **state)
{
    (void)state;
    struct changes sum = {0}, more = {.any = true, .tasks = {5, 6}, .count = 2};
    changes_add(&sum, &more);
    changes_add(&sum, &more);
    assert_true(sum.any);
    assert_false(sum.all);
    assert_int_equal(sum.count, 2);
    struct changes many = {.any = true, .count = CHANGES_MOST};
    for (int i = 0; i < CHANGES_MOST; i++)
        many.tasks[i] = 100 + i;
    changes_add(&sum, &many);
    assert_true(sum.all);
    assert_int_equal(sum.count, 0);
    changes_add(&sum, &more);
    assert_true(sum.all);
    assert_int_equal(sum.count, 0);
    more.freshness = true;
    changes_add(&sum, &more);
    assert_true(sum.freshness);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(opens_what_is_there),
        TEST(takes_name_and_mode_from_the_caller),
        TEST(refuses_what_is_not_there),
        TEST(refuses_a_reach_that_is_no_filter),
        TEST(finds_nothing_when_nothing_changed),
        TEST(tells_a_task_a_script_changed),
        TEST(tells_a_task_this_process_changed),
        TEST(gathers_a_burst_into_one),
        TEST(tells_all_when_too_many_changed),
        TEST(reads_units_again_when_they_changed),
        TEST(lets_a_draft_pass),
        TEST(hears_of_every_change_outside),
        TEST(hears_of_a_commit_at_once),
        TEST(a_new_day_changes_all),
        TEST(knows_who_is_on_duty),
        TEST(keeps_its_picture_while_the_database_is_gone),
        TEST(waits_longer_each_time),
        TEST(takes_up_a_database_put_in_its_place),
        TEST(says_what_came_in_its_place_is_damaged),
        TEST(says_a_newer_schema),
        TEST(a_failed_view_makes_it_stale),
        cmocka_unit_test(adds_changes_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
