/* The wall without a terminal: pages by the clock, the bell, what is acknowledged and by whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "views/wall.h"

#define TASK                                                                                       \
    "INSERT INTO task (id, source_id, number, title, state, deadline, region_id, lead_id, "        \
    "version) VALUES "

struct fixture {
    char path[256];
    struct model *model;
    struct keymap *keymap;
    struct view_settings settings;
    struct view_env env;
    struct view *wall;
};

static void set_clock(const char *day_and_time)
{
    char now[64];
    snprintf(now, sizeof now, "%s+08:00", day_and_time);
    setenv("DUBAN_NOW", now, 1);
}

static void open_wall(struct fixture *f, const char *filter)
{
    struct error err = {0};
    if (!wall_open(&f->env, filter, &f->wall, &err))
        fail_msg("%s", err.text);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    void *folder;
    struct error err = {0};
    setlocale(LC_ALL, "C.UTF-8");
    set_clock("2026-11-21T09:00:00");
    if (folder_set_up(&folder) != 0 || !language_start("en", NULL))
        return -1;
    database_make(folder_file(folder, "a.db", f->path));
    free(folder);
    database_write(f->path, TASK "(1, 1, '1', 'one', 'in_progress', '2026-11-21', 3, 1, 1),"
                                 "(2, 1, '2', 'two', 'in_progress', '2026-11-22', 4, 1, 1),"
                                 "(3, 1, '3', 'three', 'in_progress', '2026-10-31', 5, 2, 1)");
    f->model = database_open(f->path);
    f->settings = (struct view_settings){.title = "",
        .wall_pages = "counts overdue events",
        .wall_quiet = "22:00-07:00",
        .wall_seconds = 20,
        .wall_alarm = true};
    if (!keymap_build(actions, action_count, NULL, 0, &f->keymap, &err))
        return -1;
    f->env = (struct view_env){f->model, f->keymap, actions, action_count, &f->settings};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    if (f->wall)
        f->wall->ops->close(f->wall);
    keymap_free(f->keymap);
    model_close(f->model);
    *strrchr(f->path, '/') = '\0';
    folder_remove(f->path);
    free(f);
    unsetenv("DUBAN_NOW");
    return 0;
}

/* What the loop does each time it wakes: changes, then ticks. True: the bell rang. */
static bool wake(const struct fixture *f)
{
    struct changes changes;
    struct error err = {0};
    int retry, next;
    model_poll(f->model, &changes, &retry);
    if (changes.any && !f->wall->ops->reload(f->wall, &changes, &err))
        fail_msg("%s", err.text);
    enum effect effect = f->wall->ops->tick(f->wall, &next);
    assert_true(next > 0 && next <= 30001);
    return (effect & EFFECT_RING) != 0;
}

static bool wake_at(const struct fixture *f, const char *day_and_time)
{
    set_clock(day_and_time);
    return wake(f);
}

static bool shows(const struct fixture *f, const char *text)
{
    struct canvas *canvas = canvas_new(24, 80);
    struct strbuf picture = {0};
    f->wall->ops->draw(f->wall, canvas, (struct rect){0, 0, 24, 80});
    canvas_text(canvas, &picture);
    bool found = strstr(strbuf_text(&picture), text) != NULL;
    strbuf_clear(&picture);
    canvas_free(canvas);
    return found;
}

static void must_show(const struct fixture *f, const char *text)
{
    if (!shows(f, text))
        fail_msg("the wall does not show \"%s\"", text);
}

static void acknowledge(const struct fixture *f, const char *person)
{
    struct error err = {0};
    assert_true(wall_alarm_take(f->wall) > 0);
    if (!wall_acknowledge(f->wall, person, &err))
        fail_msg("%s", err.text);
}

/* --- pages ----------------------------------------------------------------------------------- */

static void pages_turn_with_the_clock(void **state)
{
    struct fixture *f = *state;
    open_wall(f, NULL);
    must_show(f, "All tasks");
    wake_at(f, "2026-11-21T09:00:19");
    must_show(f, "1/3");
    wake_at(f, "2026-11-21T09:00:20");
    must_show(f, "Overdue tasks");
    must_show(f, "2-3  three");
    wake_at(f, "2026-11-21T10:30:00"); /* one page, however long nobody looked */
    must_show(f, "What happened");
    must_show(f, "Nothing has happened yet");
    wake_at(f, "2026-11-21T10:30:20");
    must_show(f, "1/3");
    wake_at(f, "2026-11-21T10:29:00"); /* set back: the page begins again */
    wake_at(f, "2026-11-21T10:29:19");
    must_show(f, "1/3");
    wake_at(f, "2026-11-21T10:29:20");
    must_show(f, "2/3");
}

static void a_page_stays_while_it_is_paused(void **state)
{
    struct fixture *f = *state;
    open_wall(f, NULL);
    wall_turn(f->wall, -1);
    must_show(f, "3/3");
    wall_pause(f->wall);
    wake_at(f, "2026-11-21T12:00:00");
    must_show(f, "3/3");
    must_show(f, "paused");
    wall_turn(f->wall, 1);
    must_show(f, "1/3");
    wall_pause(f->wall);
    wake_at(f, "2026-11-21T12:00:19");
    must_show(f, "1/3");
    wake_at(f, "2026-11-21T12:00:20");
    must_show(f, "2/3");
}

static void a_page_that_is_on_follows_changes(void **state)
{
    struct fixture *f = *state;
    f->settings.wall_pages = "matrix reports trend scorecard overdue";
    open_wall(f, NULL);
    must_show(f, "1 / 2"); /* 抚顺 */
    database_write(f->path, "INSERT INTO event (seq, task_id, action) VALUES (1, 3, 'edit');"
                            "UPDATE task SET state = 'closed', version = 2 WHERE id = 3");
    wake(f);
    must_show(f, "0 / 1");
    assert_false(shows(f, "1 / 2"));
    for (int page = 1; page < 4; page++) {
        wall_turn(f->wall, 1);
        assert_int_equal(f->wall->ops->fd(f->wall), -1); /* so few are surveyed at once */
        assert_false(shows(f, "Not read yet"));
    }
    wall_turn(f->wall, 1);
    must_show(f, "No task is overdue");
}

static void large_numbers_stay_large(void **state)
{
    struct fixture *f = *state;
    database_write(f->path,
        "WITH RECURSIVE n (i) AS (VALUES (10) UNION ALL SELECT i + 1 FROM n WHERE i < 12354) "
        "INSERT INTO task (source_id, number, title, state, deadline, region_id, version) "
        "SELECT 1, i, 'task', 'in_progress', '2026-01-31', 3, 1 FROM n");
    open_wall(f, NULL);
    assert_false(shows(f, "12348"));
    must_show(f, "██████ ██████");
    f->wall->ops->close(f->wall);
    f->settings.wall_pages = "overdue";
    open_wall(f, NULL);
    must_show(f, "2-10  task");
    must_show(f, "Overdue tasks: 12346");
    must_show(f, "and 12340 more"); /* than the six that stand there */
}

static void a_page_tells_what_it_has_no_room_for(void **state)
{
    struct fixture *f = *state;
    f->settings.wall_pages = "matrix due_soon reports";
    database_write(f->path,
        "WITH RECURSIVE n (i) AS (VALUES (101) UNION ALL SELECT i + 1 FROM n WHERE i < 120) "
        "INSERT INTO region (id, parent_id, level, code, name, short, position) "
        "SELECT i, 1, 'city', i, 'city' || i, 'city' || i, i FROM n;" TASK
        "(9, 1, '9', 'nine', 'in_progress', '2026-11-23', 3, 1, 1);"
        "INSERT INTO task (source_id, number, title, state, deadline, region_id, version) "
        "SELECT 1, id, 'task', 'in_progress', '2026-11-30', id, 1 FROM region WHERE id > 100");
    open_wall(f, NULL);
    must_show(f, "Where it burns: 1");
    must_show(f, "more places");
    wall_turn(f->wall, 1);
    must_show(f, "Tasks due soon: 23");
    must_show(f, "and 17 more");
}

static void a_filter_holds_for_all_of_it(void **state)
{
    struct fixture *f = *state;
    struct error err = {0};
    struct view *none;
    assert_false(wall_open(&f->env, "region:nowhere", &none, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    err = (struct error){0};
    assert_false(wall_open(&f->env, "due<", &none, &err));
    open_wall(f, "region:盘锦");
    must_show(f, "this filter only: region:盘锦");
    wall_turn(f->wall, 1);
    must_show(f, "No task is overdue");
    must_show(f, "this filter only: region:盘锦");
    assert_false(wake_at(f, "2026-11-22T09:00:00"));
    assert_true(wake_at(f, "2026-11-23T09:00:00")); /* task 2, not task 1 */
    must_show(f, "Overdue 1");
    must_show(f, "2-2  two");
    must_show(f, "this filter only: region:盘锦");
}

static void there_is_no_wall_of_the_past(void **state)
{
    struct fixture *f = *state;
    struct error err = {0};
    struct view *none;
    struct model *past;
    const struct person person = {
        .name = (char *)"wall", .role = PERSON_VIEWER, .reach = (char *)""};
    const struct model_options options = {
        .path = f->path, .person = &person, .read_only = true, .as_of = date_now() - 86400000};
    database_write(f->path, "INSERT INTO event (seq, at, task_id, action) VALUES (1, "
                            "'2026-11-01T01:01:00.000Z', 2, 'edit')");
    if (!model_open(&options, &past, &err))
        fail_msg("%s", err.text);
    struct view_env env = f->env;
    env.model = past;
    assert_false(wall_open(&env, NULL, &none, &err));
    assert_string_equal(err.text, "wall is about the present; leave --as-of out");
    model_close(past);
}

/* --- the bell -------------------------------------------------------------------------------- */

static void the_backlog_rings_nobody(void **state)
{
    struct fixture *f = *state;
    open_wall(f, NULL);
    assert_false(wake(f));
    assert_int_equal(wall_alarm_take(f->wall), 0);
    must_show(f, "All tasks");
}

static void the_bell_rings_until_somebody_comes(void **state)
{
    struct fixture *f = *state;
    open_wall(f, NULL);
    f->settings.wall_quiet = "";
    f->wall->ops->close(f->wall);
    open_wall(f, NULL);
    assert_false(wake_at(f, "2026-11-21T23:59:59"));
    assert_true(wake_at(f, "2026-11-22T00:00:00"));
    must_show(f, "! Alarm !");
    must_show(f, "2-1  one");
    assert_false(wake_at(f, "2026-11-22T00:00:30"));
    assert_false(wake_at(f, "2026-11-22T00:04:59"));
    assert_true(wake_at(f, "2026-11-22T00:05:00"));
    assert_false(wake_at(f, "2026-11-22T00:09:59"));
    assert_false(wake_at(f, "2026-11-21T23:00:00")); /* set back within the day before */
    assert_true(wake_at(f, "2026-11-22T00:20:00"));
    acknowledge(f, "李娜");
    assert_false(wake_at(f, "2026-11-22T00:25:00"));
    must_show(f, "3/3");
    assert_false(wake_at(f, "2026-11-22T23:59:59"));
    assert_true(wake_at(f, "2026-11-23T00:00:00"));
}

static void quiet_hours_are_quiet(void **state)
{
    struct fixture *f = *state;
    open_wall(f, NULL);
    assert_false(wake_at(f, "2026-11-22T00:00:00"));
    must_show(f, "! Alarm !");
    must_show(f, "Quiet hours");
    assert_false(wake_at(f, "2026-11-22T06:59:59"));
    assert_true(wake_at(f, "2026-11-22T07:00:00"));
    assert_false(shows(f, "Quiet hours"));
    assert_true(wake_at(f, "2026-11-22T21:59:59"));
    assert_false(wake_at(f, "2026-11-22T22:05:00"));
}

static void one_more_rings_at_once(void **state)
{
    struct fixture *f = *state;
    set_clock("2026-11-22T09:00:00");
    open_wall(f, NULL);
    assert_true(wake(f));
    assert_false(wake_at(f, "2026-11-22T09:01:00"));
    assert_int_equal(wall_alarm_take(f->wall), 1);
    database_write(f->path,
        "INSERT INTO event (seq, at, task_id, action) VALUES (1, "
        "'2026-11-22T01:01:00.000Z', 2, 'edit');"
        "INSERT INTO event_change VALUES (1, 'deadline', '2026-11-22', '2026-11-19');"
        "UPDATE task SET deadline = '2026-11-19', version = 2 WHERE id = 2");
    assert_true(wake(f));
    must_show(f, "Overdue 2");
    /* what was taken before it came is what the name stands for */
    struct error err = {0};
    assert_true(wall_acknowledge(f->wall, "李娜", &err));
    wake(f);
    must_show(f, "Overdue 1");
    must_show(f, "2-2  two");
    must_show(f, "1 alarm acknowledged by 李娜");
    wake_at(f, "2026-11-22T09:01:09");
    must_show(f, "1 alarm acknowledged by 李娜");
    wake_at(f, "2026-11-22T09:01:10");
    assert_false(shows(f, "acknowledged by 李娜"));
}

static void what_was_acknowledged_is_not_said_of_the_next(void **state)
{
    struct fixture *f = *state;
    set_clock("2026-11-22T09:00:00");
    open_wall(f, NULL);
    must_show(f, "acknowledge");
    assert_false(shows(f, "turn"));
    assert_false(wall_may_leave(f->wall)); /* asked once, and again later */
    must_show(f, "Nobody has acknowledged the alarm");
    assert_true(wall_may_leave(f->wall));
    wake_at(f, "2026-11-22T09:00:10");
    assert_false(shows(f, "Nobody has"));
    assert_false(wall_may_leave(f->wall));
    acknowledge(f, "李娜");
    must_show(f, "1 alarm acknowledged by 李娜");
    assert_false(shows(f, "Enter"));
    must_show(f, "turn");
    assert_true(wall_may_leave(f->wall));
    database_write(f->path,
        "INSERT INTO event (seq, at, task_id, action) VALUES (5, "
        "'2026-11-22T01:01:00.000Z', 2, 'edit');"
        "INSERT INTO event_change VALUES (5, 'deadline', '2026-11-22', '2026-11-19');"
        "UPDATE task SET deadline = '2026-11-19', version = 2 WHERE id = 2");
    assert_true(wake(f));
    must_show(f, "2-2  two");
    assert_false(shows(f, "acknowledged by"));
}

static void no_alarm_where_none_is_wanted(void **state)
{
    struct fixture *f = *state;
    f->settings.wall_alarm = false;
    open_wall(f, NULL);
    assert_false(wake_at(f, "2026-11-22T09:00:00"));
    assert_false(shows(f, "Alarm"));
}

/* --- acknowledging --------------------------------------------------------------------------- */

static void an_alarm_outlives_the_wall_until_it_is_acknowledged(void **state)
{
    struct fixture *f = *state;
    set_clock("2026-11-22T09:00:00");
    open_wall(f, NULL);
    struct fixture other = *f;
    other.model = database_open(f->path);
    other.env.model = other.model;
    open_wall(&other, NULL);
    assert_true(wake(f));
    assert_true(wake(&other));
    f->wall->ops->close(f->wall);
    open_wall(f, NULL);
    assert_true(wake(f));
    acknowledge(f, "  李娜 ");
    assert_int_equal(database_number(f->path, "SELECT count(*) FROM acknowledgement WHERE person = "
                                              "'李娜' AND since = '2026-11-22'"),
        1);
    wake(&other);
    assert_false(shows(&other, "Alarm"));
    other.wall->ops->close(other.wall);
    model_close(other.model);
}

/* Nobody signs for what they have not seen; what is left comes up at once. */
static void only_what_is_shown_is_acknowledged(void **state)
{
    struct fixture *f = *state;
    database_write(f->path,
        "WITH RECURSIVE n (i) AS (VALUES (101) UNION ALL SELECT i + 1 FROM n WHERE i < 260) "
        "INSERT INTO task (source_id, number, title, state, deadline, region_id, version) "
        "SELECT 1, i, 'task ' || i, 'in_progress', '2026-11-20', 3, 1 FROM n");
    open_wall(f, NULL);
    assert_true(wake(f));
    must_show(f, "Overdue 160");
    int64_t before = 0;
    for (int round = 1; shows(f, "! Alarm !"); round++) {
        size_t lines = 0;
        for (int i = 101; i <= 260; i++) {
            char title[16];
            snprintf(title, sizeof title, "task %d", i);
            lines += shows(f, title);
        }
        acknowledge(f, "李娜");
        int64_t now = database_number(f->path, "SELECT count(*) FROM acknowledgement");
        assert_int_equal(now - before, lines);
        assert_true(lines > 5 && round < 30);
        before = now;
    }
    assert_int_equal(before, 160);
}

static void a_wall_holds_what_nobody_acknowledges(void **state)
{
    struct fixture *f = *state;
    open_wall(f, NULL);
    wake_at(f, "2026-11-22T09:00:00");
    for (int day = 23; day < 30; day++) {
        char at[40];
        snprintf(at, sizeof at, "2026-11-%02dT09:00:00", day);
        assert_true(wake_at(f, at));
    }
    must_show(f, "Overdue 2");
    must_show(f, "late since 11-22");
}

static void a_name_is_needed(void **state)
{
    struct fixture *f = *state;
    struct error err = {0};
    set_clock("2026-11-22T09:00:00");
    open_wall(f, NULL);
    assert_int_equal(wall_alarm_take(f->wall), 1);
    assert_false(wall_acknowledge(f->wall, "   ", &err));
    assert_int_equal(err.code, ERROR_INPUT);
    must_show(f, "Alarm");
    err = (struct error){0};
    assert_false(wall_acknowledge(f->wall, "一二三四五六七八九十一二三四五六七八九十一", &err));
    assert_string_equal(err.text, "A name takes at most 40 columns, this one takes 42");
    err = (struct error){0};
    assert_true(wall_acknowledge(f->wall,
        "a\033[31mb\xff"
        "c",
        &err));
    assert_int_equal(database_number(f->path,
                         "SELECT count(*) FROM acknowledgement WHERE person GLOB '*[^ -~]*' "
                         "AND instr(person, char(27)) > 0"),
        0);
}

/* The wall says so, does not ring for them again, and does for the next. */
static void what_cannot_be_written_is_kept_here(void **state)
{
    struct fixture *f = *state;
    struct model *model;
    struct error err = {0};
    const struct person person = {
        .name = (char *)"wall", .role = PERSON_VIEWER, .reach = (char *)""};
    const struct model_options options = {.path = f->path, .read_only = true, .person = &person};
    assert_true(model_open(&options, &model, &err));
    model_close(f->model);
    f->model = f->env.model = model;
    set_clock("2026-11-22T09:00:00");
    open_wall(f, NULL);
    assert_true(wake(f));
    acknowledge(f, "李娜");
    must_show(f, "Acknowledged on this wall alone");
    assert_false(shows(f, "! Alarm !"));
    assert_false(wake_at(f, "2026-11-22T09:05:00"));
    assert_false(shows(f, "Acknowledged on")); /* for a while */
    assert_true(wake_at(f, "2026-11-23T09:00:00"));
    must_show(f, "Overdue 1");
    must_show(f, "2-2  two");
}

/* --- options --------------------------------------------------------------------------------- */

static void options_are_looked_at(void **state)
{
    (void)state;
    static const char *const good[] = {"counts", "events, overdue", WALL_PAGES_DEFAULT,
        "counts matrix overdue trend events due_soon scorecard reports"};
    static const char *const bad[] = {"", " , ", "count", "counts counts", "counts nonsense"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(wall_pages_check(good[i], NULL));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error err = {0};
        assert_false(wall_pages_check(bad[i], &err));
        assert_int_equal(err.code, ERROR_INPUT);
    }
    static const struct {
        const char *text;
        int from, until; /* -1: none */
    } spans[] = {
        {"22:00-07:00", 22 * 60, 7 * 60},
        {"", 0, 0},
        {"00:00-24:00", 0, 24 * 60},
        {"7:30-8:15", 7 * 60 + 30, 8 * 60 + 15},
        {"22:00", -1, 0},
        {"22:00-", -1, 0},
        {"22:00-25:00", -1, 0},
        {"24:01-07:00", -1, 0},
        {"22:60-07:00", -1, 0},
        {"22-07", -1, 0},
        {"22:00-07:00x", -1, 0},
        {"-1:00-07:00", -1, 0},
    };
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        struct error err = {0};
        int from, until;
        bool is = wall_quiet_parse(spans[i].text, &from, &until, &err);
        if (is != (spans[i].from >= 0))
            fail_msg("\"%s\"", spans[i].text);
        if (is) {
            assert_int_equal(from, spans[i].from);
            assert_int_equal(until, spans[i].until);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(pages_turn_with_the_clock),
        TEST(a_page_stays_while_it_is_paused),
        TEST(a_page_that_is_on_follows_changes),
        TEST(large_numbers_stay_large),
        TEST(a_page_tells_what_it_has_no_room_for),
        TEST(a_filter_holds_for_all_of_it),
        TEST(there_is_no_wall_of_the_past),
        TEST(the_backlog_rings_nobody),
        TEST(the_bell_rings_until_somebody_comes),
        TEST(quiet_hours_are_quiet),
        TEST(one_more_rings_at_once),
        TEST(what_was_acknowledged_is_not_said_of_the_next),
        TEST(no_alarm_where_none_is_wanted),
        TEST(an_alarm_outlives_the_wall_until_it_is_acknowledged),
        TEST(only_what_is_shown_is_acknowledged),
        TEST(a_wall_holds_what_nobody_acknowledges),
        TEST(a_name_is_needed),
        TEST(what_cannot_be_written_is_kept_here),
        cmocka_unit_test(options_are_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
