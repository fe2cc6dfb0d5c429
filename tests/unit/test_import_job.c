/* A file taken in beside the board: looked at, looked at again where something has changed since,
 * written whole, or ended without a trace, also where the file does not answer for a while. */
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/import_job.h"
#include "harness/database.h"
#include "harness/folder.h"

enum { MANY = 400 };

#define HEADS "序号,整改任务,责任地区,牵头单位,整改时限\n"
#define ROW ",新任务,盘锦市,省水利厅,2027-03-31\n"

struct fixture {
    char database[256], file[256];
    struct model_options options;
    struct import_job *job;
    struct import_job_told told;
};

static void put_file(const struct fixture *f, const char *heads, int from, int rows)
{
    FILE *file = fopen(f->file, "w");
    assert_non_null(file);
    fputs(heads, file);
    for (int i = 0; i < rows; i++)
        fprintf(file, "%d" ROW, from + i);
    fclose(file);
}

static void set_up(struct fixture *f, void *state)
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(state, "board.db", f->database);
    folder_file(state, "in.csv", f->file);
    database_make(f->database);
    f->options =
        (struct model_options){.path = f->database, .due_soon_days = 30, .due_urgent_days = 7};
    f->told = (struct import_job_told){.source = "2"};
    f->job = import_job_new(&f->options, f->file, "in.csv");
}

static enum import_job_end go(
    struct fixture *f, bool write, enum import_job_why *why, struct error *err)
{
    *err = (struct error){0};
    assert_true(import_job_begin(f->job, &f->told, write, err));
    return import_job_finish(f->job, why, err);
}

static int64_t tasks(const struct fixture *f)
{
    return database_number(f->database, "SELECT count(*) FROM task");
}

static void it_is_looked_at_and_then_written(void **state)
{
    struct fixture f;
    struct error err;
    enum import_job_why why;
    set_up(&f, *state);
    put_file(&f, HEADS, 301, 3);
    assert_int_equal(go(&f, false, &why, &err), IMPORT_JOB_LOOKED);
    assert_int_equal(import_job_plan(f.job)->count[IMPORT_NEW], 3);
    assert_int_equal(import_job_read(f.job)->count, 5);
    assert_int_equal(tasks(&f), 0);
    assert_int_equal(go(&f, true, &why, &err), IMPORT_JOB_WRITTEN);
    assert_int_equal(tasks(&f), 3);
    assert_int_equal(go(&f, false, &why, &err), IMPORT_JOB_LOOKED);
    assert_int_equal(import_job_plan(f.job)->count[IMPORT_SAME], 3);
    import_job_free(f.job);
}

static void the_place_that_was_told_is_that_of_its_tasks(void **state)
{
    struct fixture f;
    struct error err;
    enum import_job_why why;
    set_up(&f, *state);
    FILE *file = fopen(f.file, "w");
    assert_non_null(file);
    fputs("序号,整改任务\n301,清理河道\n302,清理渠道\n", file);
    fclose(file);
    f.told.region = "盘锦市盘山县";
    assert_int_equal(go(&f, false, &why, &err), IMPORT_JOB_LOOKED);
    assert_int_equal(go(&f, true, &why, &err), IMPORT_JOB_WRITTEN);
    assert_int_equal(
        database_number(f.database, "SELECT count(*) FROM task WHERE region_id = 6"), 2);
    import_job_free(f.job);
}

static void another_file_or_database_is_looked_at_again(void **state)
{
    struct fixture f;
    struct error err;
    enum import_job_why why;
    size_t count;
    set_up(&f, *state);
    put_file(&f, HEADS, 301, 3);
    assert_int_equal(go(&f, false, &why, &err), IMPORT_JOB_LOOKED);
    put_file(&f, HEADS, 301, 4);
    assert_int_equal(go(&f, true, &why, &err), IMPORT_JOB_LOOKED);
    assert_int_equal(why, IMPORT_JOB_FILE);
    import_job_changed(f.job, &count);
    assert_int_equal(count, 0);
    assert_int_equal(tasks(&f), 0);
    database_task(f.database, 301, "先来的任务");
    assert_int_equal(go(&f, true, &why, &err), IMPORT_JOB_LOOKED);
    assert_int_equal(why, IMPORT_JOB_DATABASE);
    assert_int_equal(import_job_plan(f.job)->count[IMPORT_NEW], 3);
    const size_t *changed = import_job_changed(f.job, &count);
    assert_int_equal(count, 1);
    assert_string_equal(import_job_plan(f.job)->result[changed[0]].ident, "2-301");
    /* what others did elsewhere is no reason */
    database_task(f.database, 900, "别处的任务");
    assert_int_equal(go(&f, true, &why, &err), IMPORT_JOB_WRITTEN);
    assert_int_equal(tasks(&f), 5);
    assert_int_equal(import_job_plan(f.job)->lines, 4);
    import_job_free(f.job);
}

/* A report is made when it is written, and gets the row that is free then: that is nobody's change.
 */
static void a_report_is_written_later_than_it_was_looked_at(void **state)
{
    struct fixture f;
    struct error err;
    enum import_job_why why;
    set_up(&f, *state);
    put_file(&f, HEADS, 301, 2);
    assert_int_equal(go(&f, false, &why, &err), IMPORT_JOB_LOOKED);
    assert_int_equal(go(&f, true, &why, &err), IMPORT_JOB_WRITTEN);
    import_job_free(f.job);
    FILE *file = fopen(f.file, "w");
    assert_non_null(file);
    fputs("| 编号 | 进展情况 |\n|---|---|\n| 2-301 | 清淤完成 |\n", file);
    fclose(file);
    f.job = import_job_new(&f.options, f.file, "in.csv");
    assert_int_equal(go(&f, false, &why, &err), IMPORT_JOB_LOOKED);
    assert_int_equal(import_job_plan(f.job)->count[IMPORT_CHANGED], 1);
    setenv("DUBAN_NOW", "2026-11-21T21:50:00+08:00", 1);
    database_script(f.database,
        "INSERT INTO report (task_id, period_start, period_end, text) SELECT id, '2026-11-09', "
        "'2026-11-15', '别处的进展' FROM task WHERE number = '302'");
    assert_int_equal(go(&f, true, &why, &err), IMPORT_JOB_WRITTEN);
    assert_int_equal(database_number(f.database, "SELECT count(*) FROM report"), 2);
    import_job_free(f.job);
}

static void what_is_ended_leaves_no_trace(void **state)
{
    struct fixture f;
    struct error err = {0};
    enum import_job_why why;
    set_up(&f, *state);
    put_file(&f, HEADS, 1, MANY);
    assert_int_equal(go(&f, false, &why, &err), IMPORT_JOB_LOOKED);
    int64_t events = database_number(f.database, "SELECT count(*) FROM event");
    assert_true(import_job_begin(f.job, &f.told, true, &err));
    worker_stop(import_job_worker(f.job));
    assert_int_equal(import_job_finish(f.job, &why, &err), IMPORT_JOB_FAILED);
    assert_int_equal(tasks(&f), 0);
    assert_int_equal(database_number(f.database, "SELECT count(*) FROM event"), events);
    /* and all of it can be begun again */
    assert_int_equal(go(&f, false, &why, &err), IMPORT_JOB_LOOKED);
    assert_int_equal(go(&f, true, &why, &err), IMPORT_JOB_WRITTEN);
    assert_int_equal(tasks(&f), MANY);
    /* the program may end at any moment */
    put_file(&f, HEADS, MANY + 1, MANY);
    assert_true(import_job_begin(f.job, &f.told, false, &err));
    import_job_free(f.job);
}

static void what_cannot_be_read_says_why(void **state)
{
    struct fixture f;
    struct error err;
    enum import_job_why why;
    set_up(&f, *state);
    assert_int_equal(go(&f, false, &why, &err), IMPORT_JOB_FAILED);
    assert_int_equal(err.code, ERROR_MISSING);
    put_file(&f, "", 0, 0);
    assert_int_equal(go(&f, false, &why, &err), IMPORT_JOB_FAILED);
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    put_file(&f, "今天天气不错\n", 0, 0);
    assert_int_equal(go(&f, false, &why, &err), IMPORT_JOB_FAILED);
    assert_int_equal(err.code, ERROR_INPUT);
    assert_null(import_job_plan(f.job));
    put_file(&f, HEADS, 1, 1);
    assert_int_equal(go(&f, false, &why, &err), IMPORT_JOB_LOOKED);
    import_job_free(f.job);
}

/* --- a file that does not answer ------------------------------------------------------------- */

/* Stands before that of libc: a piece of a file, as it is asked for beside the board, comes only
 * when it is let go, as from a disk of another machine that does not answer. */
static struct {
    bool held;
    int reached, let_go; /* descriptors: it was asked for; it may come */
} slow;

static void wait_for(int fd)
{
    struct pollfd one = {.fd = fd, .events = POLLIN};
    assert_int_equal(poll(&one, 1, 60000), 1);
}

ssize_t read(int fd, void *bytes, size_t count)
{
    if (slow.held && count == 65536) {
        uint64_t one = 1;
        struct pollfd let = {.fd = slow.let_go, .events = POLLIN};
        syscall(SYS_write, slow.reached, &one, sizeof one);
        poll(&let, 1, -1);
    }
    return syscall(SYS_read, fd, bytes, count);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void hold_reading(struct fixture *f, void *state)
{
    struct error err = {0};
    set_up(f, state);
    put_file(f, HEADS, 301, 3);
    slow.reached = eventfd(0, EFD_CLOEXEC);
    slow.let_go = eventfd(0, EFD_CLOEXEC);
    slow.held = true;
    assert_true(import_job_begin(f->job, &f->told, false, &err));
    wait_for(slow.reached);
}

static void let_go(void)
{
    uint64_t one = 1;
    assert_int_equal(write(slow.let_go, &one, sizeof one), sizeof one);
}

static void *let_go_when_told_to_end(void *worker)
{
    while (!worker_is_stopped(worker))
        sched_yield();
    let_go();
    return worker;
}

static void its_end_is_waited_for(void **state)
{
    struct fixture f;
    pthread_t thread;
    struct pollfd let;
    hold_reading(&f, *state);
    assert_int_equal(
        pthread_create(&thread, NULL, let_go_when_told_to_end, import_job_worker(f.job)), 0);
    import_job_free(f.job);
    let = (struct pollfd){.fd = slow.let_go, .events = POLLIN};
    assert_int_equal(poll(&let, 1, 0), 1);
    pthread_join(thread, NULL);
    slow.held = false;
    close(slow.reached);
    close(slow.let_go);
}

static void it_is_left_behind_where_it_does_not_end(void **state)
{
    static struct import_job *left;
    struct fixture f;
    hold_reading(&f, *state);
    left = f.job;
    int fd = worker_fd(import_job_worker(left));
    int64_t begun = now_ms();
    import_job_free(left);
    assert_in_range(now_ms() - begun, 1900, 20000);
    /* what it holds is whole, when it comes to its end after all */
    let_go();
    wait_for(fd);
    slow.held = false;
    close(slow.reached);
    close(slow.let_go);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            it_is_looked_at_and_then_written, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            the_place_that_was_told_is_that_of_its_tasks, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            another_file_or_database_is_looked_at_again, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_report_is_written_later_than_it_was_looked_at, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_ended_leaves_no_trace, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_cannot_be_read_says_why, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(its_end_is_waited_for, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            it_is_left_behind_where_it_does_not_end, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
