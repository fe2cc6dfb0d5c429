/* date: the calendar against libc's, zones, moments and the periods of reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/date.h"

static date_t day_of(const char *iso)
{
    date_t date = DATE_NONE;
    assert_true(date_parse(iso, &date));
    return date;
}

static moment_t moment_of(const char *iso)
{
    moment_t moment = -1;
    assert_true(date_moment_parse(iso, &moment));
    return moment;
}

static void assert_date(date_t date, const char *iso)
{
    char text[11];
    assert_string_equal(date_format(date, text), iso);
}

static void agrees_with_libc_on_every_day(void **state)
{
    (void)state;
    for (date_t date = day_of("1900-01-01"); date <= day_of("2199-12-31"); date++) {
        time_t seconds = (time_t)date * 86400;
        struct tm tm;
        assert_non_null(gmtime_r(&seconds, &tm));
        int year, month, day;
        date_parts(date, &year, &month, &day);
        assert_int_equal(year, tm.tm_year + 1900);
        assert_int_equal(month, tm.tm_mon + 1);
        assert_int_equal(day, tm.tm_mday);
        assert_int_equal(date_make(year, month, day), date);
        assert_int_equal(date_weekday(date) % 7, tm.tm_wday);
        char name[8];
        strftime(name, sizeof name, "%a", &tm);
        assert_string_equal(date_weekday_name(date), name);
    }
}

static void parses_only_real_days(void **state)
{
    (void)state;
    assert_int_equal(day_of("1970-01-01"), 0);
    assert_date(day_of("2024-02-29"), "2024-02-29");
    static const char *const bad[] = {"", "2026", "2026-11", "2026-11-3", "2026-11-31",
        "2026-02-29", "2100-02-29", "2026-00-10", "2026-13-01", "2026-11-00", "1899-12-31",
        "2200-01-01", "2026/11/30", "2026-11-30 ", " 2026-11-30", "2026-11-30T", "+026-11-30",
        "2026-1a-30", "二〇二六",
        "2026-11-3\0"
        "0"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        date_t untouched = 77;
        assert_false(date_parse(bad[i], &untouched));
        assert_int_equal(untouched, 77);
    }
    assert_date(DATE_NONE, "");
    assert_int_equal(date_make(2026, 2, 29), DATE_NONE);
    assert_int_equal(date_make(2026, -1, 1), DATE_NONE);
}

static void parses_moments(void **state)
{
    (void)state;
    char text[25];
    moment_t moment = moment_of("2026-11-21T21:47:00+08:00");
    assert_string_equal(date_moment_format(moment, text), "2026-11-21T13:47:00.000Z");
    assert_true(moment == moment_of("2026-11-21T13:47Z"));
    assert_true(moment + 123 == moment_of("2026-11-21T13:47:00.123456Z"));
    assert_true(moment + 500 == moment_of("2026-11-21T13:47:00.5Z"));
    assert_true(moment == moment_of("2026-11-21T08:17:00-05:30"));
    assert_true(moment_of("1970-01-01T00:00:00Z") == 0);
    assert_string_equal(date_moment_format(-1, text), "1969-12-31T23:59:59.999Z");
    assert_string_equal(date_moment_format(INT64_MAX, text), "");
    assert_string_equal(date_moment_format(INT64_MIN, text), "");
    static const char *const bad[] = {"", "2026-11-21", "2026-11-21T", "2026-11-21T21:47",
        "2026-11-21 21:47Z", "2026-11-21T24:00Z", "2026-11-21T21:60Z", "2026-11-21T21:47:60Z",
        "2026-11-21T21:47:00.Z", "2026-11-21T21:47:00+8:00", "2026-11-21T21:47:00+08:00 ",
        "2026-11-21T21:47:00+24:00", "2026-11-21T21:47:00ZZ", "2026-11-31T21:47:00Z", "@x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        moment_t untouched = 77;
        assert_false(date_moment_parse(bad[i], &untouched));
        assert_true(untouched == 77);
    }
}

static void assert_local(const char *iso, const char *day, int hour, int minute)
{
    struct date_time local = date_local(moment_of(iso));
    assert_date(local.date, day);
    assert_int_equal(local.hour, hour);
    assert_int_equal(local.minute, minute);
}

/* Runs first: nothing has declared a zone, and the machine's own must not count. */
static void is_in_shanghai_unless_said(void **state)
{
    (void)state;
    setenv("TZ", "America/New_York", 1);
    assert_local("2026-11-21T15:59:00Z", "2026-11-21", 23, 59);
    assert_local("2026-11-21T16:00:00Z", "2026-11-22", 0, 0);
    assert_local("1969-12-31T15:59:59.999Z", "1969-12-31", 23, 59);
}

static void knows_zones(void **state)
{
    (void)state;
    assert_true(date_zone_set("America/New_York"));
    static const char *const bad[] = {
        "", "Asia/Shangai", "../../etc/passwd", "zone.tab", "Asia", "Asia/Shanghai/x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(date_zone_set(bad[i]));
    }
    assert_local("2026-11-21T04:30:00Z", "2026-11-20", 23, 30); /* still New York */
    assert_true(date_zone_set("UTC"));
    assert_local("2026-11-21T04:30:00Z", "2026-11-21", 4, 30);
    assert_true(date_zone_set("Asia/Shanghai"));
}

static void makes_a_moment_of_a_local_time(void **state)
{
    (void)state;
    date_t day = date_make(2026, 11, 21);
    assert_true(date_zone_set("Asia/Shanghai"));
    assert_true(date_moment(day, 21, 47) == moment_of("2026-11-21T21:47:00+08:00"));
    assert_true(date_moment(day, 0, 0) == moment_of("2026-11-21T00:00:00+08:00"));
    /* on both sides of a change of the clock */
    assert_true(date_zone_set("America/New_York"));
    assert_true(
        date_moment(date_make(2026, 11, 1), 0, 30) == moment_of("2026-11-01T00:30:00-04:00"));
    assert_true(
        date_moment(date_make(2026, 11, 1), 3, 30) == moment_of("2026-11-01T03:30:00-05:00"));
    assert_true(date_zone_set("Asia/Shanghai"));
}

static void finds_the_next_midnight(void **state)
{
    (void)state;
    assert_true(date_zone_set("Asia/Shanghai"));
    moment_t midnight = moment_of("2026-11-22T00:00:00+08:00");
    assert_true(date_next_midnight(moment_of("2026-11-21T21:47:00.250+08:00")) == midnight);
    assert_true(date_next_midnight(midnight - 1) == midnight);
    assert_true(date_next_midnight(midnight) == midnight + 86400000);
    /* A day of 25 hours, and one whose midnight was skipped. */
    assert_true(date_zone_set("America/New_York"));
    assert_true(date_next_midnight(moment_of("2026-11-01T00:00:00-04:00")) ==
                moment_of("2026-11-02T00:00:00-05:00"));
    assert_true(date_zone_set("America/Sao_Paulo"));
    assert_true(date_next_midnight(moment_of("2018-11-03T12:00:00-03:00")) ==
                moment_of("2018-11-04T01:00:00-02:00"));
    assert_true(date_zone_set("Asia/Shanghai"));
}

static void clock_can_be_fixed(void **state)
{
    (void)state;
    setenv("DUBAN_NOW", "2026-11-21T23:59:00+08:00", 1);
    assert_true(date_now() == moment_of("2026-11-21T15:59:00Z"));
    assert_date(date_today(), "2026-11-21");

    char name[] = "/tmp/duban-date-XXXXXX";
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    char variable[64];
    snprintf(variable, sizeof variable, "@%s", name);
    setenv("DUBAN_NOW", variable, 1);
    assert_int_equal(pwrite(fd, "2026-11-21T21:47:00+08:00\n", 26, 0), 26);
    assert_true(date_now() == moment_of("2026-11-21T13:47:00Z"));
    assert_int_equal(pwrite(fd, "2026-11-23T00:00:01+08:00\n", 26, 0), 26);
    assert_date(date_today(), "2026-11-23");
    close(fd);
    unlink(name);

    unsetenv("DUBAN_NOW");
    assert_true(date_now() > moment_of("2024-01-01T00:00:00Z"));
}

static void refuses_a_broken_fixed_clock(void **state)
{
    (void)state;
    static const char *const bad[] = {"tomorrow", "@/nonexistent", "@/dev/null"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            if (freopen("/dev/null", "w", stderr) == NULL) {
                _exit(9);
            }
            setenv("DUBAN_NOW", bad[i], 1);
            date_now();
            _exit(0);
        }
        int status;
        assert_true(waitpid(child, &status, 0) == child);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
    }
}

struct period_case {
    enum rhythm rhythm;
    const char *day, *start, *end, *owed;
};

static void knows_periods(void **state)
{
    (void)state;
    static const struct period_case cases[] = {
        {RHYTHM_WEEKLY, "2026-11-21", "2026-11-16", "2026-11-22", "2026-11-09"},
        {RHYTHM_WEEKLY, "2026-11-22", "2026-11-16", "2026-11-22", "2026-11-09"},
        {RHYTHM_WEEKLY, "2026-11-23", "2026-11-23", "2026-11-29", "2026-11-16"},
        {RHYTHM_WEEKLY, "2026-01-01", "2025-12-29", "2026-01-04", "2025-12-22"},
        {RHYTHM_TEN_DAY, "2026-11-10", "2026-11-01", "2026-11-10", "2026-10-21"},
        {RHYTHM_TEN_DAY, "2026-11-11", "2026-11-11", "2026-11-20", "2026-11-01"},
        {RHYTHM_TEN_DAY, "2024-02-29", "2024-02-21", "2024-02-29", "2024-02-11"},
        {RHYTHM_TEN_DAY, "2026-10-31", "2026-10-21", "2026-10-31", "2026-10-11"},
        {RHYTHM_HALF_MONTHLY, "2026-11-15", "2026-11-01", "2026-11-15", "2026-10-16"},
        {RHYTHM_HALF_MONTHLY, "2026-11-16", "2026-11-16", "2026-11-30", "2026-11-01"},
        {RHYTHM_MONTHLY, "2026-01-31", "2026-01-01", "2026-01-31", "2025-12-01"},
        {RHYTHM_MONTHLY, "2026-02-01", "2026-02-01", "2026-02-28", "2026-01-01"},
        {RHYTHM_QUARTERLY, "2026-02-14", "2026-01-01", "2026-03-31", "2025-10-01"},
        {RHYTHM_QUARTERLY, "2026-12-31", "2026-10-01", "2026-12-31", "2026-07-01"},
        {RHYTHM_NONE, "2026-11-21", "", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        date_t day = day_of(cases[i].day);
        assert_date(date_period_start(cases[i].rhythm, day), cases[i].start);
        assert_date(date_period_end(cases[i].rhythm, day), cases[i].end);
        assert_date(date_period_owed(cases[i].rhythm, day), cases[i].owed);
    }
}

/* Periods cover every day once, in order, for four years. */
static void periods_leave_no_gap(void **state)
{
    (void)state;
    for (int rhythm = RHYTHM_NONE + 1; rhythm < RHYTHM_COUNT; rhythm++) {
        date_t expected = date_period_start(rhythm, day_of("2024-01-01"));
        for (date_t day = day_of("2024-01-01"); day < day_of("2028-01-01"); day++) {
            if (day > date_period_end(rhythm, day - 1)) {
                expected = day;
            }
            assert_int_equal(date_period_start(rhythm, day), expected);
            assert_true(date_period_end(rhythm, day) >= day);
            assert_int_equal(date_period_end(rhythm, date_period_owed(rhythm, day)), expected - 1);
        }
    }
}

static void reads_what_is_typed(void **state)
{
    static const struct {
        const char *typed, *today, *date;
    } good[] = {
        {"2026-11-30", "2026-11-21", "2026-11-30"},
        {" 2026/1/3 ", "2026-11-21", "2026-01-03"},
        {"2026．11．30", "2026-11-21", "2026-11-30"},
        {"2026年11月30日", "2026-11-21", "2026-11-30"},
        {"20261130", "2026-11-21", "2026-11-30"},
        {"11-30", "2026-11-21", "2026-11-30"},
        {"6月1日", "2026-11-21", "2026-06-01"},
        {"5月1日", "2026-11-21", "2027-05-01"},
        {"2-29", "2027-12-01", "2028-02-29"},
        {"+7", "2026-12-28", "2027-01-04"},
        {"-7", "2026-11-21", "2026-11-14"},
        {"+0", "2199-12-31", "2199-12-31"},
    };
    static const struct {
        const char *typed, *today;
    } bad[] = {
        {"", "2026-11-21"},
        {"2026-02-30", "2026-11-21"},
        {"20260230", "2026-11-21"},
        {"1899-12-31", "2026-11-21"},
        {"2200-01-01", "2026-11-21"},
        {"1130", "2026-11-21"},
        {"11-30 x", "2026-11-21"},
        {"2026-11-30-1", "2026-11-21"},
        {"+", "2026-11-21"},
        {"+7x", "2026-11-21"},
        {"+1", "2199-12-31"}, /* beyond the calendar */
        {"-9999", "1910-01-01"},
        {"1-1", "2199-12-31"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        date_t date = DATE_NONE;
        if (!date_read(good[i].typed, day_of(good[i].today), &date))
            fail_msg("%s is not read", good[i].typed);
        assert_date(date, good[i].date);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        date_t date = 17;
        if (date_read(bad[i].typed, day_of(bad[i].today), &date))
            fail_msg("%s is read", bad[i].typed);
        assert_int_equal(date, 17);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_in_shanghai_unless_said),
        cmocka_unit_test(agrees_with_libc_on_every_day),
        cmocka_unit_test(parses_only_real_days),
        cmocka_unit_test(reads_what_is_typed),
        cmocka_unit_test(parses_moments),
        cmocka_unit_test(knows_zones),
        cmocka_unit_test(makes_a_moment_of_a_local_time),
        cmocka_unit_test(finds_the_next_midnight),
        cmocka_unit_test(clock_can_be_fixed),
        cmocka_unit_test(refuses_a_broken_fixed_clock),
        cmocka_unit_test(knows_periods),
        cmocka_unit_test(periods_leave_no_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
