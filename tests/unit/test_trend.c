/* The trend of a filter, against a recount of every day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/lives.h"
#include "harness/living.h"
#include "model/trend.h"

#define TODAY date_make(2026, 11, 21) /* a Saturday */

static int use_clock(void **state)
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    return folder_set_up(state);
}

static int end_clock(void **state)
{
    unsetenv("DUBAN_NOW");
    return folder_tear_down(state);
}

static struct trend *read_trend(struct model *model, const char *filter, int weeks, int step_ms)
{
    struct survey *survey = NULL;
    struct query_error wrong;
    struct error err = {0};
    if (!trend_open(model, filter, weeks, &survey, &wrong))
        fail_msg("%s", wrong.text);
    while (!survey_done(survey))
        if (!survey_step(survey, step_ms, &err))
            fail_msg("%s", err.text);
    struct trend *trend = survey_take(survey);
    survey_close(survey);
    return trend;
}

/* --- the recount ----------------------------------------------------------------------------- */

/* `format` with the days from and until, and the tasks that count. */
static int64_t ask(struct db *lives, const char *format, date_t from, date_t until, const char *in)
{
    struct strbuf sql = {0};
    char days[2][11];
    strbuf_format(&sql, format, date_format(from, days[0]), date_format(until, days[1]), in);
    int64_t number = lives_number(lives, strbuf_text(&sql));
    strbuf_clear(&sql);
    return number;
}

static const char open_then[] = "SELECT sum(open) FROM alive WHERE day BETWEEN max('%s', '%s') AND "
                                "max('%1$s', '%2$s') AND task IN (%s)";
static const char overdue_then[] =
    "SELECT sum(open AND due <> '' AND due < day) FROM alive WHERE "
    "day BETWEEN max('%s', '%s') AND max('%1$s', '%2$s') AND task IN (%s)";
static const char planned_then[] =
    "SELECT count(*) FROM task t JOIN life l ON l.task = t.id WHERE l.start <= max('%s', '%s') AND "
    "t.due_on > max('%1$s', '%2$s') AND id IN (%s)";
/* On its first day a task begins, also one that is closed by its evening. */
static const char begun_then[] =
    "SELECT count(*) FROM alive a JOIN life l ON l.task = a.task LEFT JOIN alive y ON y.task = "
    "a.task AND y.day = date(a.day, '-1 day') WHERE a.day BETWEEN '%s' AND '%s' AND a.task IN (%s) "
    "AND (a.day = l.start OR a.open AND NOT y.open)";
static const char closed_then[] =
    "SELECT count(*) FROM alive a LEFT JOIN alive y ON y.task = a.task AND y.day = date(a.day, "
    "'-1 day') WHERE a.day BETWEEN '%s' AND '%s' AND a.task IN (%s) AND NOT a.open AND "
    "coalesce(y.open, 1)";
static const char newly_then[] =
    "SELECT count(*) FROM alive a LEFT JOIN alive y ON y.task = a.task AND y.day = date(a.day, "
    "'-1 day') WHERE a.day BETWEEN '%s' AND '%s' AND a.task IN (%s) AND a.open AND a.due <> '' AND "
    "a.due < a.day AND NOT coalesce(y.open AND y.due <> '' AND y.due < y.day, 0)";

static void expect_week(struct db *lives, const struct trend *trend, size_t index, const char *in)
{
    const struct trend_week *week = &trend->week[index];
    date_t from = week->starts_on, until = from + 6;
    bool past = index < trend->past;
    assert_int_equal(date_weekday(from), 1);
    until = past && until > trend->today ? trend->today : until;
    assert_int_equal(week->open, past ? ask(lives, open_then, until, until, in) : 0);
    assert_int_equal(week->overdue, past ? ask(lives, overdue_then, until, until, in) : 0);
    assert_int_equal(week->planned, ask(lives, planned_then, until, until, in));
    assert_int_equal(week->begun, past ? ask(lives, begun_then, from, until, in) : 0);
    assert_int_equal(week->closed, past ? ask(lives, closed_then, from, until, in) : 0);
    assert_int_equal(week->newly_overdue, past ? ask(lives, newly_then, from, until, in) : 0);
}

static void expect_forecast(struct db *lives, const struct trend *trend, const char *in)
{
    date_t monday = trend->week[trend->past - 1].starts_on;
    date_t whole = monday - 1, before = whole - 7 * TREND_PACE_WEEKS;
    int64_t net =
        ask(lives, open_then, before, before, in) - ask(lives, open_then, whole, whole, in);
    assert_int_equal(trend->pace_hundredths, net * 100 / TREND_PACE_WEEKS);
    assert_int_equal(trend->open, trend->week[trend->past - 1].open);
    if (net > 0)
        assert_int_equal(
            trend->zero_on, trend->today + (trend->open * 7 * TREND_PACE_WEEKS + net - 1) / net);
    else
        assert_int_equal(trend->zero_on, trend->open > 0 ? DATE_NONE : trend->today);
    struct strbuf sql = {0};
    strbuf_format(&sql,
        "SELECT count(*) FROM task WHERE state <> 'closed' AND due_on = '9999-12-31' AND id IN "
        "(%s)",
        in);
    assert_int_equal(trend->never_due, lives_number(lives, strbuf_text(&sql)));
    strbuf_cut(&sql, 0);
    strbuf_format(&sql,
        "SELECT julianday(max(due_on)) - 2440587.5 FROM task WHERE state <> 'closed' AND due_on < "
        "'9999' AND id IN (%s)",
        in);
    if (trend->planned_on == DATE_NONE)
        assert_int_equal(trend->open, trend->never_due);
    else
        assert_int_equal(trend->planned_on, lives_number(lives, strbuf_text(&sql)));
    strbuf_clear(&sql);
}

/* `in`: the ids of the filter's tasks, in SQL. */
static void expect_trend(
    struct model *model, struct db *lives, const char *filter, int weeks, const char *in)
{
    for (int step_ms = 0; step_ms < 2; step_ms++) {
        struct trend *trend = read_trend(model, filter, weeks, step_ms);
        assert_int_equal(trend->past, weeks);
        assert_true(trend->count >= trend->past && trend->count <= trend->past + TREND_WEEKS_MOST);
        for (size_t i = 0; i < trend->count; i++)
            expect_week(lives, trend, i, in);
        expect_forecast(lives, trend, in);
        trend_free(trend);
    }
}

/* --- tests ----------------------------------------------------------------------------------- */

static void random_tasks_are_as_a_recount_has_them(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 7, 200);
    database_write(path, "UPDATE task SET version = version + 1, assigned_on = date('2026-11-21', "
                         "(id * 37 % 220 - 210) || "
                         "' days') WHERE assigned_on IS NULL OR id % 2 = 0;"
                         "UPDATE task SET version = version + 1, closed_on = date(assigned_on, (id "
                         "* 7 % 90 - 4) || ' days') "
                         "WHERE state = 'closed' AND id % 5 > 0");
    struct model *model = database_open(path);
    struct db *lives = lives_recount(path, TODAY - 7 * 40, TODAY);
    expect_trend(model, lives, "", 30, "SELECT id FROM task");
    expect_trend(model, lives, "lead:水利厅", 12, "SELECT id FROM task WHERE lead_id = 2");
    expect_trend(model, lives, "open", 3, "SELECT id FROM task WHERE state <> 'closed'");
    expect_trend(model, lives, "closed", 20, "SELECT id FROM task WHERE state = 'closed'");
    expect_trend(model, lives, "category:噪声", 5, "0");
    db_close(lives);
    model_close(model);
}

static void lives_with_a_history_are_as_a_recount_has_them(void **state)
{
    char path[256];
    struct living living;
    living_begin(&living, folder_file(*state, "a.db", path), 5, date_make(2025, 9, 1));
    living.scripts = true;
    living_go(&living, 400);
    struct db *lives = lives_recount(path, date_make(2025, 2, 1), living.today);
    expect_trend(living.model, lives, "", 40, "SELECT id FROM task");
    expect_trend(living.model, lives, "-closed", 11, "SELECT id FROM task WHERE state <> 'closed'");
    db_close(lives);
    living_end(&living);
}

static void a_trend_of_nothing_is_this_week(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    struct model *model = database_open(path);
    struct trend *trend = read_trend(model, "", 0, 0);
    assert_int_equal(trend->count, 1);
    assert_int_equal(trend->past, 1);
    assert_int_equal(trend->week[0].starts_on, date_make(2026, 11, 16));
    assert_int_equal(trend->week[0].open + trend->open + trend->never_due, 0);
    assert_int_equal(trend->zero_on, TODAY);
    assert_int_equal(trend->planned_on, DATE_NONE);
    trend_free(trend);
    model_close(model);
}

#define TASK                                                                                       \
    "INSERT INTO task (id, source_id, number, title, state, region_id, assigned_on, deadline, "    \
    "closed_on, deadline_kind, version) VALUES "

/* From the first task's week to the last due day's, unless that is too long. */
static void the_weeks_are_those_of_the_plan(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_write(path,
        TASK "(1, 1, '1', '甲', 'in_progress', 3, '2026-10-28', '2026-12-09', NULL, 'date', 1),"
             "(2, 1, '2', '乙', 'closed', 3, '2026-11-02', '2026-11-10', '2026-11-11', 'date', 1)");
    struct model *model = database_open(path);
    struct trend *trend = read_trend(model, "", 0, 0);
    assert_int_equal(trend->past, 4);
    assert_int_equal(trend->count, 7);
    assert_int_equal(trend->week[0].starts_on, date_make(2026, 10, 26));
    static const int expected[][6] = {/* open overdue planned begun closed newly */
        {1, 0, 1, 1, 0, 0}, {2, 0, 2, 1, 0, 0}, {1, 0, 1, 0, 1, 0}, {1, 0, 1, 0, 0, 0},
        {0, 0, 1, 0, 0, 0}, {0, 0, 1, 0, 0, 0}, {0, 0, 0, 0, 0, 0}};
    for (size_t i = 0; i < 7; i++) {
        const struct trend_week *week = &trend->week[i];
        const int64_t found[6] = {week->open, week->overdue, week->planned, week->begun,
            week->closed, week->newly_overdue};
        for (int k = 0; k < 6; k++)
            assert_int_equal(found[k], expected[i][k]);
    }
    trend_free(trend);
    database_write(path,
        TASK "(3, 1, '3', '丙', 'in_progress', 3, '2015-01-01', '2040-12-31', NULL, 'date', 1)");
    trend = read_trend(model, "", 0, 0);
    assert_int_equal(trend->past, TREND_WEEKS_MOST);
    assert_int_equal(trend->count, 2 * TREND_WEEKS_MOST);
    assert_int_equal(trend->week[TREND_WEEKS_MOST].planned, 2);
    assert_int_equal(trend->week[TREND_WEEKS_MOST + 2].planned, 1);
    assert_int_equal(trend->week[trend->count - 1].planned, 1);
    assert_int_equal(trend->week[0].open, 1);
    assert_int_equal(trend->week[0].begun, 0);
    trend_free(trend);
    trend = read_trend(model, "", 100, 0);
    assert_int_equal(trend->past, 100);
    assert_int_equal(trend->count, 100 + TREND_WEEKS_MOST);
    assert_int_equal(trend->planned_on, date_make(2040, 12, 31));
    trend_free(trend);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            random_tasks_are_as_a_recount_has_them, use_clock, end_clock),
        cmocka_unit_test_setup_teardown(
            lives_with_a_history_are_as_a_recount_has_them, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(a_trend_of_nothing_is_this_week, use_clock, end_clock),
        cmocka_unit_test_setup_teardown(the_weeks_are_those_of_the_plan, use_clock, end_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
