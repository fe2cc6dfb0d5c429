/* The reports of the period owed, source by source. */
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
#include "model/owed.h"
#include "model/task_list.h"

#define TASKS 500

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

static void add_units(
    struct strbuf *out, const char *name, const struct owed_unit *units, size_t count)
{
    strbuf_format(out, " %s", name);
    for (size_t i = 0; i < count; i++)
        strbuf_format(out, "%s%lld*%lld", i > 0 ? "+" : "", (long long)units[i].id,
            (long long)units[i].missing);
}

/* "1 weekly 2026-11-09..2026-11-15 open 3 missing 2 r5*1+4*1 l1*2" for each source */
static void expect_owed(struct model *model, const char *expected)
{
    struct error err = {0};
    struct owed owed = {0};
    struct strbuf found = {0};
    char starts[11], ends[11];
    if (!owed_read(model, &owed, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < owed.count; i++) {
        const struct owed_source *source = &owed.source[i];
        strbuf_format(&found, "%s%lld %s %s..%s open %lld missing %lld", i > 0 ? "; " : "",
            (long long)source->source_id, rhythms[source->rhythm].name,
            date_format(source->starts_on, starts), date_format(source->ends_on, ends),
            (long long)source->open, (long long)source->missing);
        add_units(&found, "r", source->regions, source->region_count);
        add_units(&found, "l", source->leads, source->lead_count);
    }
    assert_string_equal(strbuf_text(&found), expected);
    strbuf_clear(&found);
    owed_clear(&owed);
}

static void expect_in_reach(const char *path, const char *reach, const char *expected)
{
    struct model *model = database_open_reach(path, reach);
    expect_owed(model, expected);
    model_close(model);
}

#define TASK                                                                                       \
    "INSERT INTO task (id, source_id, number, title, state, region_id, lead_id, reported_on, "     \
    "version) VALUES "

static void each_source_tells_who_has_not_reported(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_write(path, TASK "(1, 1, '1', '甲', 'in_progress', 5, 1, '2026-11-09', 1),"
                              "(2, 1, '2', '乙', 'submitted', 5, 1, '2026-11-02', 1),"
                              "(3, 1, '3', '丙', 'not_started', 4, 2, '', 1),"
                              "(4, 1, '4', '丁', 'closed', 4, 2, '', 1),"
                              "(5, 2, '1', '戊', 'in_progress', 5, NULL, '2026-09-01', 1),"
                              "(6, 2, '2', '己', 'in_progress', 6, 4, '2026-11-01', 1),"
                              "(7, 3, '1', '庚', 'in_progress', 6, 4, '', 1)");
    expect_in_reach(path, "",
        "1 weekly 2026-11-09..2026-11-15 open 3 missing 2 r4*1+5*1 l1*1+2*1; "
        "2 monthly 2026-10-01..2026-10-31 open 2 missing 1 r5*1 l0*1");
    expect_in_reach(path, "region:抚顺县",
        "1 weekly 2026-11-09..2026-11-15 open 2 missing 1 r5*1 l1*1; "
        "2 monthly 2026-10-01..2026-10-31 open 1 missing 1 r5*1 l0*1");
    /* a source with nothing open in reach is left out; one whose reports are all there is not */
    expect_in_reach(path, "region:盘山县", "2 monthly 2026-10-01..2026-10-31 open 1 missing 0 r l");
    expect_in_reach(path, "region:沈阳", "");
}

static void places_count_as_their_county(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_write(path,
        "INSERT INTO region (id, code, name, short, level, parent_id) VALUES"
        " (7, 't1', '石文镇', '石文', 'township', 5), (8, 't2', '后安镇', '后安', 'township', 5);"
        "" TASK "(1, 1, '1', '甲', 'in_progress', 7, 1, '', 1),"
        "(2, 1, '2', '乙', 'in_progress', 8, 1, '', 1),"
        "(3, 1, '3', '丙', 'in_progress', 3, 1, '', 1);"
        /* two towns of one county, and another county */
        "INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES (7, 2, 1, 0), "
        "(6, 2, 2, 0)");
    expect_in_reach(path, "", "1 weekly 2026-11-09..2026-11-15 open 3 missing 3 r5*2+3*1+6*1 l1*3");
}

/* The quarter before, the half month before: each rhythm its own period. */
static void each_rhythm_has_its_period(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_write(path, "UPDATE source SET rhythm = 'quarterly' WHERE id = 1;"
                         "UPDATE source SET rhythm = 'half_monthly' WHERE id = 2;"
                         "UPDATE source SET rhythm = 'ten_day' WHERE id = 3;"
                         "" TASK "(1, 1, '1', '甲', 'in_progress', 5, 1, '2026-07-01', 1),"
                         "(2, 2, '1', '乙', 'in_progress', 5, 1, '2026-10-16', 1),"
                         "(3, 3, '1', '丙', 'in_progress', 5, 1, '2026-11-11', 1)");
    expect_in_reach(path, "",
        "1 quarterly 2026-07-01..2026-09-30 open 1 missing 0 r l; "
        "2 half_monthly 2026-11-01..2026-11-15 open 1 missing 1 r5*1 l1*1; "
        "3 ten_day 2026-11-11..2026-11-20 open 1 missing 0 r l");
}

/* With a reach they are gathered, without one tallied: the same numbers. */
static void tally_and_tasks_agree(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 9, TASKS);
    struct model *model = database_open(path), *all = database_open_reach(path, "open or closed");
    struct error err = {0};
    struct owed tallied = {0}, gathered = {0};
    int64_t sum = 0;
    assert_true(owed_read(model, &tallied, &err));
    assert_true(owed_read(all, &gathered, &err));
    assert_int_equal(tallied.count, 2);
    assert_int_equal(gathered.count, 2);
    for (size_t i = 0; i < tallied.count; i++) {
        const struct owed_source *a = &tallied.source[i], *b = &gathered.source[i];
        assert_int_equal(a->source_id, b->source_id);
        assert_int_equal(a->open, b->open);
        assert_int_equal(a->missing, b->missing);
        assert_int_equal(a->lead_count, b->lead_count);
        int64_t leads = 0;
        for (size_t k = 0; k < a->lead_count; k++)
            leads += a->leads[k].missing;
        assert_int_equal(leads, a->missing);
        sum += a->missing;
    }
    char query[] = "SELECT count(*) FROM task WHERE is_open AND ((source_id = 1 AND reported_on < "
                   "'2026-11-09') OR (source_id = 2 AND reported_on < '2026-10-01'))";
    assert_int_equal(sum, database_number(path, query));
    assert_true(sum > 50);
    owed_clear(&tallied);
    owed_clear(&gathered);
    model_close(model);
    model_close(all);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, use_clock, end_clock)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_source_tells_who_has_not_reported),
        TEST(places_count_as_their_county),
        TEST(each_rhythm_has_its_period),
        TEST(tally_and_tasks_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
