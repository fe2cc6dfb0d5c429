/* What a screen shows, written to a file beside the board: the same as `duban export` writes, whole
 * or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "app/export_job.h"
#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"

enum { TASKS = 300 };

struct fixture {
    char database[256], file[256];
    struct model_options options;
    struct export_job_spec spec;
};

static bool is_there(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file != NULL)
        fclose(file);
    return file != NULL;
}

static void set_up(struct fixture *f, void *state, const char *name, enum export_format format)
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(state, "board.db", f->database);
    folder_file(state, name, f->file);
    if (!is_there(f->database)) {
        database_make(f->database);
        database_tasks(f->database, 7, TASKS);
    }
    f->options =
        (struct model_options){.path = f->database, .due_soon_days = 30, .due_urgent_days = 7};
    f->spec = (struct export_job_spec){.what = EXPORT_TASKS,
        .format = format,
        .path = f->file,
        .filter = "",
        .sort = {SORT_NUMBER, false},
        .columns = "number title due",
        .title = "",
        .options = &f->options};
}

/* Nothing of the file, nor of what it was made as. */
static bool has_left(void *state, const char *name)
{
    DIR *folder = opendir(state);
    bool left = false;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        left |= strncmp(entry->d_name, name, strlen(name)) == 0;
    closedir(folder);
    return left;
}

static struct export_done write_whole(struct fixture *f)
{
    struct export_job *job;
    struct export_done done = {0};
    struct error err = {0};
    if (!export_job_start(&f->spec, &job, &err))
        fail_msg("%s", err.text);
    struct pollfd end = {.fd = worker_fd(export_job_worker(job)), .events = POLLIN};
    assert_int_equal(poll(&end, 1, 10000), 1);
    size_t taken, of;
    worker_progress(export_job_worker(job), &taken, &of);
    assert_true(taken <= of);
    if (!export_job_end(job, &done, &err))
        fail_msg("%s", err.text);
    assert_true(is_there(f->file));
    assert_true(done.bytes > 0);
    return done;
}

static void each_format_is_written_whole(void **state)
{
    static const char *const begins[EXPORT_FORMAT_COUNT] = {
        "PK", "\xEF\xBB\xBF", "[", "<!DOCTYPE html>"};
    for (int i = 0; i < EXPORT_FORMAT_COUNT; i++) {
        struct fixture f;
        char head[16] = {0};
        char name[16] = "out.";
        strcat(name, export_formats[i].name);
        set_up(&f, *state, name, (enum export_format)i);
        assert_int_equal(write_whole(&f).tasks, TASKS);
        FILE *file = fopen(f.file, "r");
        assert_true(fread(head, 1, 15, file) > 0);
        fclose(file);
        assert_memory_equal(head, begins[i], strlen(begins[i]));
    }
}

static void what_is_ended_leaves_nothing(void **state)
{
    for (int i = 0; i < EXPORT_FORMAT_COUNT; i++) {
        struct fixture f;
        struct export_job *job;
        struct export_done done;
        struct error err = {0};
        set_up(&f, *state, "out.file", (enum export_format)i);
        assert_true(export_job_start(&f.spec, &job, &err));
        worker_stop(export_job_worker(job));
        assert_false(export_job_end(job, &done, &err));
        assert_int_equal(err.code, ERROR_REFUSED);
        assert_false(has_left(*state, "out.file"));
    }
}

static void what_fails_leaves_the_old_file(void **state)
{
    struct fixture f;
    struct export_job *job;
    struct export_done done;
    struct error err = {0};
    set_up(&f, *state, "out.csv", EXPORT_CSV);
    write_whole(&f);
    f.spec.filter = "title:nothing_like_it";
    assert_true(export_job_start(&f.spec, &job, &err));
    assert_false(export_job_end(job, &done, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    assert_true(is_there(f.file));
    f.spec.path = "/nonexistent/out.csv";
    assert_true(export_job_start(&f.spec, &job, &err));
    assert_false(export_job_end(job, &done, &err));
    assert_int_equal(err.code, ERROR_IO);
}

/* Stands before that of libc: a disk that takes no more. */
static bool disk_full;

ssize_t write(int fd, const void *bytes, size_t count)
{
    struct stat file;
    if (disk_full && fstat(fd, &file) == 0 && S_ISREG(file.st_mode)) {
        errno = ENOSPC;
        return -1;
    }
    return syscall(SYS_write, fd, bytes, count);
}

static void assert_fails(struct fixture *f, const char *why, const char *way_out)
{
    struct export_job *job;
    struct export_done done;
    struct error err = {0};
    char what[512];
    assert_true(export_job_start(&f->spec, &job, &err));
    assert_false(export_job_end(job, &done, &err));
    snprintf(what, sizeof what, "%s cannot be written: %s; %s", f->spec.path, why, way_out);
    assert_string_equal(err.text, what);
}

static void it_says_what_where_and_the_way_out(void **state)
{
    struct fixture f;
    set_up(&f, *state, "full.csv", EXPORT_CSV);
    disk_full = true;
    assert_fails(&f, "No space left on device", "make room there, or name another folder");
    disk_full = false;
    assert_false(has_left(*state, "full.csv"));
    f.spec.path = "/nonexistent/full.csv";
    assert_fails(&f, "No such file or directory", "name a folder that there is");
    f.spec.path = "/dev/null/full.csv";
    assert_fails(&f, "Not a directory", "name a folder that there is");
}

static void numbers_are_no_workbook(void **state)
{
    struct fixture f;
    struct export_job *job;
    struct error err = {0};
    set_up(&f, *state, "out.csv", EXPORT_XLSX);
    f.spec.columns = "";
    f.spec.what = EXPORT_MATRIX;
    f.spec.matrix = (struct matrix_spec){AXIS_CITY, AXIS_LEAD, MEASURE_OVERDUE, NULL};
    assert_false(export_job_start(&f.spec, &job, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    f.spec.format = EXPORT_CSV;
    assert_int_equal(write_whole(&f).tasks, 0);
    f.spec.format = EXPORT_JSON;
    write_whole(&f);
    f.spec.what = EXPORT_SCORECARD;
    write_whole(&f);
    f.spec.format = EXPORT_CSV;
    write_whole(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_format_is_written_whole, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_ended_leaves_nothing, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_fails_leaves_the_old_file, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            it_says_what_where_and_the_way_out, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(numbers_are_no_workbook, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
