/* holidays: each boundary of the shipped calendar, counting and adding, and every way a calendar
 * can be wrong. rules: how long a publicity lasts by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/holidays.h"
#include "base/language.h"
#include "harness/folder.h"
#include "model/rules.h"

static date_t day(const char *iso)
{
    date_t date = DATE_NONE;
    assert_true(date_parse(iso, &date));
    return date;
}

static struct holidays *read_calendar(const char *path)
{
    struct holidays *holidays = NULL;
    struct error err = {0};
    if (!holidays_read(path, &holidays, &err))
        fail_msg("%s", err.text);
    return holidays;
}

static struct holidays *shipped(void)
{
    char *path = language_data_file("sample-data/holidays.cfg");
    assert_non_null(path);
    struct holidays *holidays = read_calendar(path);
    free(path);
    return holidays;
}

/* --- the shipped calendar --------------------------------------------------------------------- */

static void knows_its_years(void **state)
{
    (void)state;
    struct holidays *holidays = shipped();
    int first = 0, last = 0;
    holidays_span(holidays, &first, &last);
    assert_int_equal(first, 2025);
    assert_true(last >= 2026);
    assert_false(holidays_knows(holidays, 2024));
    assert_true(holidays_knows(holidays, 2025));
    assert_true(holidays_knows(holidays, last));
    assert_false(holidays_knows(holidays, last + 1));
    assert_false(holidays_knows(NULL, 2026));
    assert_non_null(strstr(holidays_file(holidays), "holidays.cfg"));
    holidays_free(holidays);
    holidays_free(NULL);
}

/* The days of each holiday, the working days around it, and how many it has. */
static void each_boundary(void **state)
{
    (void)state;
    static const struct {
        const char *before, *first, *last, *after;
    } spans[] = {
        {"2024-12-31", "2025-01-01", "2025-01-01", "2025-01-02"},
        {"2025-01-27", "2025-01-28", "2025-02-04", "2025-02-05"},
        {"2025-04-03", "2025-04-04", "2025-04-06", "2025-04-07"},
        {"2025-04-30", "2025-05-01", "2025-05-05", "2025-05-06"},
        {"2025-05-30", "2025-05-31", "2025-06-02", "2025-06-03"},
        {"2025-09-30", "2025-10-01", "2025-10-08", "2025-10-09"},
        {"2025-12-31", "2026-01-01", "2026-01-03", "2026-01-04"},
        {"2026-02-14", "2026-02-15", "2026-02-23", "2026-02-24"},
        {"2026-04-03", "2026-04-04", "2026-04-06", "2026-04-07"},
        {"2026-04-30", "2026-05-01", "2026-05-05", "2026-05-06"},
        {"2026-06-18", "2026-06-19", "2026-06-21", "2026-06-22"},
        {"2026-09-24", "2026-09-25", "2026-09-27", "2026-09-28"},
        {"2026-09-30", "2026-10-01", "2026-10-07", "2026-10-08"},
    };
    struct holidays *holidays = shipped();
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        date_t before = day(spans[i].before), after = day(spans[i].after);
        assert_true(holidays_is_working(holidays, before));
        for (date_t at = day(spans[i].first); at <= day(spans[i].last); at++)
            if (holidays_is_working(holidays, at))
                fail_msg("%s: a day of it is worked", spans[i].first);
        assert_true(holidays_is_working(holidays, after));
        assert_int_equal(holidays_add(holidays, before, 1), after);
        assert_int_equal(holidays_add(holidays, after, -1), before);
        assert_int_equal(holidays_count(holidays, before, after), 2);
        assert_int_equal(holidays_count(holidays, before + 1, after - 1), 0);
    }
    holidays_free(holidays);
}

static void weekends_worked_in_return(void **state)
{
    (void)state;
    static const char *const days[] = {"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28",
        "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20",
        "2026-10-10"};
    struct holidays *holidays = shipped();
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        assert_true(date_weekday(day(days[i])) > 5);
        assert_true(holidays_is_working(holidays, day(days[i])));
        assert_false(holidays_is_working(NULL, day(days[i])));
    }
    /* 13 days by law, and for each day moved a weekend day is worked */
    assert_int_equal(holidays_count(holidays, day("2025-01-01"), day("2025-12-31")), 248);
    assert_int_equal(holidays_count(holidays, day("2026-01-01"), day("2026-12-31")), 248);
    holidays_free(holidays);
}

/* --- counting --------------------------------------------------------------------------------- */

static void the_week_alone(void **state)
{
    (void)state;
    struct holidays *holidays = shipped();
    const struct holidays *calendars[] = {NULL, holidays};
    for (size_t i = 0; i < 2; i++) { /* of 2031 the file says nothing */
        const struct holidays *calendar = calendars[i];
        for (date_t at = day("2031-01-01"); at <= day("2031-12-31"); at++)
            assert_true(holidays_is_working(calendar, at) == (date_weekday(at) <= 5));
        assert_int_equal(holidays_add(calendar, day("2031-08-01"), 1), day("2031-08-04"));
        assert_int_equal(holidays_add(calendar, day("2031-08-02"), 1), day("2031-08-04"));
        assert_int_equal(holidays_add(calendar, day("2031-08-02"), 0), day("2031-08-02"));
        assert_int_equal(holidays_add(calendar, day("2031-08-02"), -5), day("2031-07-28"));
        assert_int_equal(holidays_add(calendar, day("2031-08-01"), 250), day("2032-07-16"));
        assert_int_equal(holidays_count(calendar, day("2031-08-02"), day("2031-08-03")), 0);
        assert_int_equal(holidays_count(calendar, day("2031-08-01"), day("2031-08-01")), 1);
        assert_int_equal(holidays_count(calendar, day("2031-08-04"), day("2031-08-01")), 0);
    }
    holidays_free(holidays);
}

static void adding_and_counting_agree(void **state)
{
    (void)state;
    struct holidays *holidays = shipped();
    for (date_t from = day("2024-12-20"); from <= day("2027-01-10"); from++)
        for (int days = 1; days < 30; days += 4) {
            date_t to = holidays_add(holidays, from, days);
            assert_true(holidays_is_working(holidays, to));
            assert_int_equal(holidays_count(holidays, from + 1, to), days);
            to = holidays_add(holidays, from, -days);
            assert_true(holidays_is_working(holidays, to));
            assert_int_equal(holidays_count(holidays, to, from - 1), days);
        }
    holidays_free(holidays);
}

/* --- publicity -------------------------------------------------------------------------------- */

static void how_long_a_publicity_lasts(void **state)
{
    (void)state;
    struct holidays *holidays = shipped();
    struct rules week = rules_default, published = rules_default;
    static const struct {
        const char *starts, *week, *published;
    } notices[] = {
        {"2026-11-02", "2026-11-10", "2026-11-10"}, /* a Monday counts itself */
        {"2026-10-31", "2026-11-10", "2026-11-10"}, /* a Saturday does not */
        {"2026-10-10", "2026-10-20", "2026-10-19"}, /* unless it is worked */
        {"2026-09-24", "2026-10-02", "2026-10-10"}, /* over Mid-autumn and the National Day */
        {"2026-09-25", "2026-10-05", "2026-10-12"},
        {"2026-02-13", "2026-02-23", "2026-02-28"}, /* over the Spring Festival */
        {"2026-04-28", "2026-05-06", "2026-05-09"},
        {"2025-12-30", "2026-01-07", "2026-01-08"}, /* into the next year */
    };
    assert_int_equal(week.publicity_days, 7);
    assert_true(week.publicity_working);
    published.holidays = holidays;
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++) {
        date_t starts = day(notices[i].starts);
        date_t end = rules_publicity_end(&week, starts, 7, true);
        assert_int_equal(end, day(notices[i].week));
        assert_int_equal(rules_publicity_days(&week, starts, end, true), 7);
        end = rules_publicity_end(&published, starts, 7, true);
        assert_int_equal(end, day(notices[i].published));
        assert_int_equal(rules_publicity_days(&published, starts, end, true), 7);
        assert_int_equal(rules_publicity_days(&published, starts, end - 1, true), 6);
        end = rules_publicity_end(&published, starts, 7, false);
        assert_int_equal(end, starts + 6);
        assert_int_equal(rules_publicity_days(&published, starts, end, false), 7);
        assert_int_equal(rules_publicity_days(&published, end, starts, false), 0);
        assert_int_equal(rules_publicity_days(&published, DATE_NONE, end, true), 0);
        assert_int_equal(rules_publicity_days(&published, DATE_NONE, end, false), 0);
        assert_int_equal(rules_publicity_days(&published, starts, DATE_NONE, true), 0);
        assert_int_equal(rules_publicity_end(&published, starts, 1, false), starts);
    }
    holidays_free(holidays);
}

/* --- files ------------------------------------------------------------------------------------ */

static char *write_calendar(void *state, const char *text, char path[static 256])
{
    FILE *file = fopen(folder_file(state, "days.cfg", path), "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void a_calendar_of_ones_own(void **state)
{
    char path[256];
    struct holidays *holidays = read_calendar(write_calendar(*state,
        "years = ( { year = 2023; holidays = ( \"2022-12-31..2023-01-02\" ); },\n"
        "  { working = [ \"2024-02-04\" ]; year = 2024; },\n"
        "  { year = 2025; holidays = []; } );\n",
        path));
    int first, last;
    holidays_span(holidays, &first, &last);
    assert_int_equal(first, 2023);
    assert_int_equal(last, 2025);
    assert_string_equal(holidays_file(holidays), path);
    assert_true(holidays_is_working(holidays, day("2022-12-30")));
    assert_false(holidays_is_working(holidays, day("2023-01-02")));
    assert_true(holidays_is_working(holidays, day("2023-01-03")));
    assert_true(holidays_is_working(holidays, day("2024-02-04")));
    assert_true(holidays_is_working(holidays, day("2025-01-01")));
    assert_true(holidays_is_working(holidays, day("2022-11-30")));
    holidays_free(holidays);
}

/* The file is refused with a sentence that holds both pieces. */
static void refuse(void *state, const char *text, const char *first, const char *second)
{
    struct holidays *holidays = NULL;
    struct error err = {0};
    char path[256];
    assert_false(holidays_read(write_calendar(state, text, path), &holidays, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    if (!strstr(err.text, first) || !strstr(err.text, second) || !strstr(err.text, "days.cfg"))
        fail_msg("said \"%s\", not \"%s\" and \"%s\"", err.text, first, second);
}

#define YEAR(lists) "years = (\n { year = 2026;\n" lists " } );\n"

static void says_what_is_wrong(void **state)
{
    refuse(*state, "", "no calendar", "years");
    refuse(*state, "title = \"x\";", "no calendar", "years");
    refuse(*state, "years = ();", "no calendar", "years");
    refuse(*state, "years = 2026;", "no calendar", "years");
    refuse(*state, "years = ( { year = 2026; } ); days = 1;", "no calendar", "nothing else");
    refuse(*state, "years = ( 2026 );", "line 1", "{ year = 2026;");
    refuse(*state, "years = (\n { holidays = []; } );", "line 2", "{ year = 2026;");
    refuse(*state, "years = ( { year = \"2026\"; } );", "line 1", "{ year = 2026;");
    refuse(*state, "years = ( { year = 26; } );", "line 1", "the year 26");
    refuse(*state, "years = ( { year = 1900; } );", "line 1", "the year 1900");
    refuse(*state, "years = ( { year = 2200; } );", "line 1", "the year 2200");
    refuse(*state, "years = ( { year = 2026; },\n { year = 2028; } );", "line 2", "2028");
    refuse(*state, "years = ( { year = 2026; },\n { year = 2025; } );", "line 2", "follow 2026");
    refuse(*state, "years = ( { year = 2026; },\n { year = 2026; } );", "line 2", "follow 2026");
    refuse(*state, YEAR("holiday = [];"), "line 3", "\"holidays\"");
    refuse(*state, YEAR("free = [];"), "line 3", "\"free\"");
    refuse(*state, YEAR("holidays = \"2026-01-01\";"), "line 3", "list");
    refuse(*state, YEAR("holidays = [ 20260101 ];"), "line 3", "quotes");
    refuse(
        *state, YEAR("holidays = [\n \"2026-01-01\",\n \"2026-02-29\" ];"), "line 5", "2026-02-29");
    refuse(*state, YEAR("holidays = [ \"2026-1-1\" ];"), "line 3", "YYYY-MM-DD");
    refuse(*state, YEAR("holidays = [ \"2026-01-01.2026-01-03\" ];"), "line 3", "YYYY-MM-DD");
    refuse(*state, YEAR("holidays = [ \"2026-01-01..\" ];"), "line 3", "YYYY-MM-DD");
    refuse(*state, YEAR("holidays = [ \"..2026-01-01\" ];"), "line 3", "YYYY-MM-DD");
    refuse(*state, YEAR("holidays = [ \"2026-01-03..2026-01-01\" ];"), "line 3", "no span");
    refuse(*state, YEAR("holidays = [ \"2026-01-01..2026-12-31\" ];"), "line 3", "no span");
    refuse(*state, YEAR("holidays = [ \"2025-11-30\" ];"), "line 3", "not of the year 2026");
    refuse(*state, YEAR("holidays = [ \"2027-01-01\" ];"), "line 3", "not of the year 2026");
    refuse(*state, YEAR("holidays = [ \"2026-12-30..2027-01-02\" ];"), "line 3", "2027-01-01");
    refuse(*state, YEAR("working = [ \"2026-01-05\" ];"), "line 3", "no Saturday");
    refuse(*state, YEAR("holidays = [ \"2026-01-04\", \"2026-01-04\" ];"), "line 3", "twice");
    refuse(*state, YEAR("holidays = [ \"2026-01-04\" ];\nworking = [ \"2026-01-04\" ];"), "line 4",
        "twice");
    refuse(*state, YEAR("holidays = [ \"2026-01-04\" "), "line 3", "bracket");
}

static void a_calendar_that_is_not_there(void **state)
{
    struct holidays *holidays = NULL;
    struct error err = {0};
    char path[256];
    assert_false(holidays_read(folder_file(*state, "none.cfg", path), &holidays, &err));
    assert_int_equal(err.code, ERROR_MISSING);
    assert_non_null(strstr(err.text, "none.cfg"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_its_years),
        cmocka_unit_test(each_boundary),
        cmocka_unit_test(weekends_worked_in_return),
        cmocka_unit_test(the_week_alone),
        cmocka_unit_test(adding_and_counting_agree),
        cmocka_unit_test(how_long_a_publicity_lasts),
        cmocka_unit_test_setup_teardown(a_calendar_of_ones_own, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(says_what_is_wrong, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_calendar_that_is_not_there, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
