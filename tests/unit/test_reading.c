/* A survey that a view has under way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "views/reading.h"

/* --- a view that counts ---------------------------------------------------------------------- */

struct view_of_count {
    struct model *model;
    const char *filter;
    bool slow; /* each task takes a while */
    int opened, taken;
    long shown;
};
struct counting {
    bool slow;
    long count;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void count_one(void *result, const struct fact *fact)
{
    struct counting *counting = result;
    (void)fact;
    counting->count++;
    for (int64_t until = now_ms() + 1; counting->slow && now_ms() < until;)
        ;
}

static const struct survey_ops counting_ops = {.take = count_one, .free = free};

static bool open_count(void *context, struct survey **out, struct query_error *err)
{
    struct view_of_count *view = context;
    struct counting *counting = alloc_zero(1, sizeof *counting);
    struct query *query = NULL;
    view->opened++;
    counting->slow = view->slow;
    if (!query_parse(view->filter, &query, err)) {
        free(counting);
        return false;
    }
    bool opened = survey_open(view->model, query, &counting_ops, counting, out, err);
    query_free(query);
    return opened;
}

static void take_count(void *context, void *result)
{
    struct view_of_count *view = context;
    view->shown = ((struct counting *)result)->count;
    view->taken++;
    free(result);
}

static const struct reading_ops ops = {.open = open_count, .take = take_count};

/* As the loop does: until nothing is under way. */
static void settle(struct reading *reading)
{
    struct error err = {0};
    for (struct pollfd fd; (fd.fd = reading_fd(reading)) >= 0;) {
        fd.events = POLLIN;
        assert_int_equal(poll(&fd, 1, 10000), 1);
        reading_ready(reading, &err);
        assert_int_equal(err.code, ERROR_NONE);
    }
}

static struct reading *begin(struct view_of_count *view)
{
    struct error err = {0};
    struct reading *reading = reading_new(&ops, view);
    if (!reading_begin(reading, &err))
        fail_msg("%s", err.text);
    return reading;
}

/* --- tests ----------------------------------------------------------------------------------- */

static const struct changes some = {.any = true, .tasks = {1}, .count = 1};

static void few_tasks_are_there_soon(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 1, 5);
    struct view_of_count view = {.model = database_open(path), .filter = ""};
    struct reading *reading = begin(&view);
    settle(reading); /* at once, unless the machine is busy */
    assert_int_equal(view.shown, 5);
    assert_int_equal(view.taken, 1);
    assert_string_equal(reading_progress(reading), "");
    reading_free(reading);
    model_close(view.model);
}

/* However long it takes here: no more than three a second. */
static void a_storm_of_changes_is_few_surveys(void **state)
{
    enum { GAP_MS = 300 };
    char path[256];
    struct error err = {0};
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 1, 5);
    struct view_of_count view = {.model = database_open(path), .filter = ""};
    int64_t from = now_ms();
    struct reading *reading = begin(&view);
    database_tasks(path, 2, 1);
    for (int i = 0; i < 1000; i++) {
        assert_true(reading_changed(reading, &some, &err));
        reading_ready(reading, &err); /* woken by something else */
    }
    settle(reading);
    assert_in_range(view.opened, 2, 1 + (now_ms() - from) / GAP_MS);
    assert_int_equal(view.shown, 6);
    /* asked for by a person */
    int opened = view.opened;
    assert_true(reading_changed(reading, NULL, &err));
    assert_int_equal(view.opened, opened + 1);
    /* it is merely live again */
    const struct changes nothing = {.any = true, .freshness = true};
    assert_true(reading_changed(reading, &nothing, &err));
    settle(reading);
    assert_int_equal(view.opened, opened + 1);
    reading_free(reading);
    model_close(view.model);
}

static void a_change_on_the_way_lets_it_come_to_its_end(void **state)
{
    char path[256];
    struct error err = {0};
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 1, 100);
    struct view_of_count view = {.model = database_open(path), .filter = "", .slow = true};
    struct reading *reading = begin(&view);
    assert_int_equal(view.taken, 0);
    database_tasks(path, 2, 7);
    while (view.taken == 0) {
        assert_true(reading_changed(reading, &some, &err));
        reading_ready(reading, &err);
    }
    assert_int_equal(view.opened, 1);
    view.slow = false;
    settle(reading);
    assert_int_equal(view.opened, 2);
    assert_int_equal(view.shown, 107);
    reading_free(reading);
    model_close(view.model);
}

static void how_far_it_is_is_told_when_it_takes_long(void **state)
{
    char path[256];
    struct error err = {0};
    int told = 0;
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 1, 400);
    struct view_of_count view = {.model = database_open(path), .filter = "", .slow = true};
    int64_t from = now_ms();
    struct reading *reading = begin(&view);
    assert_string_equal(reading_progress(reading), "");
    while (view.taken == 0) {
        bool drawn = reading_ready(reading, &err) != 0;
        told += drawn && view.taken == 0;
        assert_int_equal(drawn && view.taken == 0 && now_ms() - from < 200, 0);
        if (drawn && view.taken == 0)
            assert_non_null(strstr(reading_progress(reading), " of 400"));
    }
    assert_in_range(told, 1, (now_ms() - from) / 200);
    assert_string_equal(reading_progress(reading), "");
    reading_free(reading);
    model_close(view.model);
}

static void another_filter_is_another_survey(void **state)
{
    char path[256];
    struct error err = {0};
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 1, 50);
    long closed = (long)database_number(path, "SELECT count(*) FROM task WHERE state = 'closed'");
    struct view_of_count view = {.model = database_open(path), .filter = "", .slow = true};
    struct reading *reading = begin(&view);
    view.slow = false;
    view.filter = "closed";
    assert_true(reading_begin(reading, &err));
    settle(reading);
    assert_int_equal(view.taken, 1);
    assert_int_equal(view.shown, closed);
    /* one that is wrong changes nothing */
    view.filter = "lead:没有这个厅";
    assert_false(reading_begin(reading, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_int_equal(view.shown, closed);
    assert_int_equal(reading_fd(reading), -1);
    reading_free(reading);
    model_close(view.model);
}

/* A database that cannot be read is the caller's to tell of, once. */
static void trouble_ends_it(void **state)
{
    char path[256];
    struct error err = {0};
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 1, 100);
    struct view_of_count view = {.model = database_open(path), .filter = "", .slow = true};
    struct reading *reading = begin(&view);
    assert_true(reading_changed(reading, &some, &err));
    database_write(path, "ALTER TABLE task RENAME TO gone");
    while (err.code == ERROR_NONE)
        reading_ready(reading, &err);
    assert_int_equal(reading_fd(reading), -1);
    assert_int_equal(view.taken, 0);
    reading_free(reading);
    model_close(view.model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(few_tasks_are_there_soon, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_storm_of_changes_is_few_surveys, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_change_on_the_way_lets_it_come_to_its_end, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            how_far_it_is_is_told_when_it_takes_long, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            another_filter_is_another_survey, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(trouble_ends_it, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
