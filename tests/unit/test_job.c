/* Jobs: ids stream in order, the first ones at once; whoever stops listening is rid of the query.
 */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "harness/folder.h"
#include "harness/notes.h"

enum { LONG_MS = 20000 };

#define NUMBERS "WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < $1) "

static struct db_job *start(struct db *db, const char *sql, int64_t bind)
{
    struct error err = {0};
    struct db_job *job = NULL;
    const struct db_value binds[] = {{.number = bind}};
    if (!db_job_start(db, sql, binds, 1, &job, &err))
        fail_msg("%s", err.text);
    return job;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_ready(const struct db_job *job, int milliseconds)
{
    struct pollfd ready = {.fd = db_job_fd(job), .events = POLLIN};
    return poll(&ready, 1, milliseconds) == 1;
}

/* Takes all, in pieces of `room`, and holds each against the order 1, 2, 3 .. */
static void expect_numbers(struct db_job *job, int64_t last, size_t room)
{
    struct error err = {0};
    int64_t ids[5000], next = 1;
    bool done = false;
    assert_in_range(room, 1, sizeof ids / sizeof *ids);
    while (!done) {
        size_t count = 0;
        assert_true(is_ready(job, LONG_MS));
        if (!db_job_take(job, ids, room, &count, &done, &err))
            fail_msg("%s", err.text);
        assert_in_range(count, 0, room);
        for (size_t i = 0; i < count; i++)
            assert_true(ids[i] == next++);
    }
    assert_true(next == last + 1);
    assert_false(is_ready(job, 0)); /* nothing more to wake for */
}

static void ids_come_in_order(void **state)
{
    static const int64_t lasts[] = {0, 1, 63, 64, 65, 4096, 40000, 300000};
    struct db *db = notes_make(*state, "a.db");
    for (size_t i = 0; i < sizeof lasts / sizeof *lasts; i++) {
        struct db_job *job = start(db, NUMBERS "SELECT i FROM k WHERE i <= $1", lasts[i]);
        expect_numbers(job, lasts[i], i % 2 ? 5000 : 7);
        db_job_end(job);
    }
    db_close(db);
}

static void the_first_ones_come_at_once(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    /* The whole would take hours. */
    struct db_job *job = start(db, NUMBERS "SELECT i FROM k", INT64_MAX);
    int64_t ids[10];
    size_t count;
    bool done;
    assert_true(is_ready(job, LONG_MS));
    assert_true(db_job_take(job, ids, 10, &count, &done, &err));
    assert_int_equal(count, 10);
    assert_false(done);
    assert_true(is_ready(job, 0)); /* there is more */
    db_job_end(job);
    db_close(db);
}

/* Found, but fewer than fill a piece, and the next one is far away. */
static void what_was_found_does_not_wait(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    struct db_job *job = start(db, NUMBERS "SELECT i FROM k WHERE i <= 3 OR i = $1", INT64_MAX);
    int64_t ids[10];
    size_t count, all = 0;
    bool done = false;
    while (all < 3) {
        assert_true(is_ready(job, LONG_MS));
        assert_true(db_job_take(job, ids, 10, &count, &done, &err));
        all += count;
    }
    assert_int_equal(all, 3);
    assert_false(done);
    db_job_end(job);
    db_close(db);
}

static void ending_interrupts(void **state)
{
    static const char *const endless[] = {
        NUMBERS "SELECT i FROM k",             /* many rows, nobody takes them */
        NUMBERS "SELECT i FROM k WHERE i < 0", /* a scan that finds nothing */
        NUMBERS "SELECT i FROM k ORDER BY -i", /* a sort before the first row */
        NUMBERS "SELECT count(*) FROM k a, k b, k c",
    };
    struct db *db = notes_make(*state, "a.db");
    for (size_t i = 0; i < 40; i++) {
        struct db_job *job = start(db, endless[i % 4], 1000000000);
        if (i >= 4 && i < 8)
            is_ready(job, 100); /* in the midst; the others are ended before they have begun */
        int64_t from = now_ms();
        db_job_end(job);
        assert_in_range(now_ms() - from, 0, 5000);
    }
    db_job_end(NULL);
    db_close(db);
}

static void mistakes_are_told(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    struct db_job *job = start(db, "SELECT id FROM nowhere WHERE $1", 1);
    int64_t ids[10];
    size_t count;
    bool done;
    assert_true(is_ready(job, LONG_MS));
    assert_false(db_job_take(job, ids, 10, &count, &done, &err));
    assert_false(done);
    assert_int_equal(err.code, ERROR_CORRUPT);
    if (!strstr(err.text, "nowhere"))
        fail_msg("%s", err.text);
    db_job_end(job);

    /* After some rows: those are given first. */
    job = start(db, NUMBERS "SELECT iif(i < 4, i, abs(-9223372036854775808)) FROM k", 10);
    size_t all = 0;
    while (db_job_take(job, ids, 2, &count, &done, &err)) {
        all += count;
        db_job_wait(job, LONG_MS);
    }
    assert_int_equal(all, 3);
    db_job_end(job);
    db_close(db);
}

static void values_are_bound_and_copied(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    struct db_job *job = NULL;
    char text[] = "湿地'; --";
    const struct db_value binds[] = {{.text = text}, {.number = -7}};
    assert_true(db_job_start(db, "SELECT length($1) UNION ALL SELECT $2", binds, 2, &job, &err));
    memset(text, 'x', sizeof text - 1);
    text[1] = '\0';
    int64_t ids[4];
    size_t count, all = 0;
    for (bool done = false; !done; all += count) {
        db_job_wait(job, LONG_MS);
        assert_true(db_job_take(job, ids + all, 4 - all, &count, &done, &err));
    }
    assert_int_equal(all, 2);
    assert_int_equal(ids[0], 7);
    assert_true(ids[1] == -7);
    db_job_end(job);
    db_close(db);
}

static void a_job_outlives_its_connection(void **state)
{
    struct db *db = notes_make(*state, "a.db");
    struct db_job *job = start(db, NUMBERS "SELECT i FROM k", 50000);
    db_close(db);
    expect_numbers(job, 50000, 5000);
    db_job_end(job);
}

static void several_run_beside_writes(void **state)
{
    enum { JOBS = 6 };
    struct db *db = notes_make(*state, "a.db");
    struct db_job *jobs[JOBS];
    for (int i = 0; i < JOBS; i++)
        jobs[i] = start(db, NUMBERS "SELECT i FROM k, (SELECT count(*) FROM meta)", 20000 + i);
    for (int i = 0; i < 20; i++)
        assert_true(notes_write(db, "a", i % 2 ? "1" : "2"));
    for (int i = 0; i < JOBS; i++) {
        expect_numbers(jobs[i], 20000 + i, 1000);
        db_job_end(jobs[i]);
    }
    db_close(db);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(ids_come_in_order),
        TEST(the_first_ones_come_at_once),
        TEST(what_was_found_does_not_wait),
        TEST(ending_interrupts),
        TEST(mistakes_are_told),
        TEST(values_are_bound_and_copied),
        TEST(a_job_outlives_its_connection),
        TEST(several_run_beside_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
