#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/text.h"
#include "model/task.h"

static const struct {
    const struct word *rows;
    size_t count;
} tables[] = {
    {task_states, STATE_COUNT},
    {task_progresses, PROGRESS_COUNT},
    {deadline_kinds, DEADLINE_KIND_COUNT},
    {notice_levels, NOTICE_LEVEL_COUNT},
    {review_levels, REVIEW_LEVEL_COUNT},
    {rhythms, RHYTHM_COUNT},
};
#define TABLES (sizeof tables / sizeof tables[0])

/* Every way of writing a row finds that row and no earlier one. */
static void test_words_are_found(void **state)
{
    (void)state;
    for (size_t t = 0; t < TABLES; t++) {
        for (size_t i = 0; i < tables[t].count; i++) {
            const struct word *row = &tables[t].rows[i];
            assert_int_equal(word_find(tables[t].rows, tables[t].count, row->name), i);
            assert_int_equal(word_find(tables[t].rows, tables[t].count, row->brief), i);
            assert_int_equal(word_find(tables[t].rows, tables[t].count, row->label), i);
            char *list = alloc_string(row->chinese);
            for (char *rest = list, *word; (word = strtok_r(rest, " ", &rest));)
                assert_int_equal(word_find(tables[t].rows, tables[t].count, word), i);
            free(list);
        }
    }
}

static void test_words_fit_their_column(void **state)
{
    (void)state;
    for (size_t t = 0; t < TABLES; t++)
        for (size_t i = 0; i < tables[t].count; i++)
            assert_in_range(text_width(tables[t].rows[i].brief), 1, 8);
}

static void test_words_other_spellings(void **state)
{
    (void)state;
    assert_int_equal(word_find(task_states, STATE_COUNT, "In-Progress"), STATE_IN_PROGRESS);
    assert_int_equal(word_find(task_states, STATE_COUNT, "in progress"), STATE_IN_PROGRESS);
    assert_int_equal(word_find(task_progresses, PROGRESS_COUNT, "未达到序时进度"), PROGRESS_BEHIND);
    assert_int_equal(
        word_find(deadline_kinds, DEADLINE_KIND_COUNT, "立行立改"), DEADLINE_IMMEDIATE);
    assert_int_equal(word_find(task_states, STATE_COUNT, ""), -1);
    assert_int_equal(word_find(task_states, STATE_COUNT, NULL), -1);
    assert_int_equal(word_find(task_states, STATE_COUNT, " "), -1);
    assert_int_equal(word_find(task_states, STATE_COUNT, "整改"), -1);
    assert_int_equal(word_find(task_states, STATE_COUNT, "整改中 正在整改"), -1);
    assert_int_equal(word_find(task_states, STATE_COUNT, "in_progressed"), -1);
}

/* The words in which official tables say how far it is. */
static void test_words_of_official_tables(void **state)
{
    static const struct {
        const char *word;
        int progress;
    } told[] = {{"尚未启动", PROGRESS_NOT_STARTED}, {"正在推进整改", PROGRESS_ON_SCHEDULE},
        {"未达到序时进度", PROGRESS_BEHIND}, {"达到序时进度", PROGRESS_ON_SCHEDULE},
        {"按序时进度推进", PROGRESS_ON_SCHEDULE}, {"超过序时进度", PROGRESS_AHEAD},
        {"全面实施", PROGRESS_ON_SCHEDULE}, {"基本完成整改", PROGRESS_BASICALLY_DONE},
        {"已完成整改", PROGRESS_DONE}, {"已完成并长期坚持", PROGRESS_DONE},
        {"已办结", PROGRESS_DONE}, {"阶段性办结", PROGRESS_BASICALLY_DONE}};
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        assert_int_equal(
            word_find(task_progresses, PROGRESS_COUNT, told[i].word), told[i].progress);
    assert_int_equal(word_find(task_states, STATE_COUNT, "已办结验收中"), STATE_IN_REVIEW);
    assert_int_equal(word_find(task_states, STATE_COUNT, "已验收销号"), STATE_CLOSED);
    assert_int_equal(word_find(task_states, STATE_COUNT, "完成交账销号"), STATE_CLOSED);
    assert_int_equal(word_find(task_states, STATE_COUNT, "正在办理"), STATE_IN_PROGRESS);
}

static void test_lights_differ(void **state)
{
    (void)state;
    for (int a = 0; a < LIGHT_COUNT; a++) {
        for (int b = a + 1; b < LIGHT_COUNT; b++) {
            assert_int_not_equal(lights[a].glyph, lights[b].glyph);
            assert_string_not_equal(lights[a].name, lights[b].name);
            assert_string_not_equal(lights[a].label, lights[b].label);
        }
    }
}

#define DAY 20000
static struct today today_make(void)
{
    struct today today = {.date = DAY, .due_soon_days = 30, .due_urgent_days = 7};
    today.owed[RHYTHM_NONE] = DATE_NONE;
    for (int i = RHYTHM_WEEKLY; i < RHYTHM_COUNT; i++)
        today.owed[i] = DAY - 10;
    return today;
}
static struct task_row row_make(enum task_state task_state, date_t due_on, date_t reported_on)
{
    return (struct task_row){.state = task_state,
        .due_on = due_on,
        .reported_on = reported_on,
        .done_on = DATE_NONE,
        .rhythm = RHYTHM_WEEKLY};
}

static void test_light_worst_first(void **state)
{
    (void)state;
    static const struct {
        enum task_state state;
        date_t due_on, reported_on;
        enum light light;
    } cases[] = {
        {STATE_IN_PROGRESS, DAY - 1, DATE_NONE, LIGHT_OVERDUE},
        {STATE_PUBLICISED, DAY - 1, DAY, LIGHT_OVERDUE},
        {STATE_CLOSED, DAY - 1, DATE_NONE, LIGHT_CLOSED},
        {STATE_IN_PROGRESS, DAY, DAY - 11, LIGHT_UNREPORTED},
        {STATE_IN_PROGRESS, DAY, DAY - 10, LIGHT_DUE_SOON},
        {STATE_IN_PROGRESS, DAY + 30, DAY, LIGHT_DUE_SOON},
        {STATE_IN_PROGRESS, DAY + 31, DAY, LIGHT_ON_SCHEDULE},
        {STATE_NOT_STARTED, DATE_NONE, DATE_NONE, LIGHT_UNREPORTED},
        {STATE_IN_PROGRESS, DATE_NONE, DAY, LIGHT_ON_SCHEDULE},
    };
    struct today today = today_make();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct task_row row = row_make(cases[i].state, cases[i].due_on, cases[i].reported_on);
        assert_int_equal(task_light(&row, &today), cases[i].light);
    }
}

static void test_no_rhythm_owes_nothing(void **state)
{
    (void)state;
    struct today today = today_make();
    struct task_row row = row_make(STATE_IN_PROGRESS, DATE_NONE, DATE_NONE);
    assert_true(task_is_unreported(&row, &today));
    row.rhythm = RHYTHM_NONE;
    assert_false(task_is_unreported(&row, &today));
}

static void test_done_and_not_accepted(void **state)
{
    (void)state;
    struct today today = today_make();
    struct task_row row = row_make(STATE_IN_REVIEW, DATE_NONE, DAY);
    assert_false(task_is_unaccepted(&row, &today));
    row.done_on = DAY - 30;
    assert_false(task_is_unaccepted(&row, &today));
    row.done_on = DAY - 31;
    assert_true(task_is_unaccepted(&row, &today));
    row.state = STATE_PUBLICISED;
    assert_false(task_is_unaccepted(&row, &today));
}

static void test_days_left(void **state)
{
    (void)state;
    struct today today = today_make();
    struct task_row row = row_make(STATE_IN_PROGRESS, DAY - 21, DAY);
    bool has = false;
    assert_int_equal(task_days_left(&row, &today, &has), -21);
    assert_true(has);
    row.due_on = DATE_NONE;
    assert_int_equal(task_days_left(&row, &today, &has), 0);
    assert_false(has);
    row = row_make(STATE_CLOSED, DAY + 1, DAY);
    task_days_left(&row, &today, &has);
    assert_false(has);
}

static void test_state_brief(void **state)
{
    (void)state;
    struct task_row row = row_make(STATE_IN_PROGRESS, DAY, DAY);
    assert_string_equal(task_state_brief(&row), "working");
    row.returned = true;
    assert_string_equal(task_state_brief(&row), "returned");
    row.title = alloc_string("x");
    task_row_clear(&row);
    assert_null(row.title);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_are_found),
        cmocka_unit_test(test_words_fit_their_column),
        cmocka_unit_test(test_words_other_spellings),
        cmocka_unit_test(test_words_of_official_tables),
        cmocka_unit_test(test_lights_differ),
        cmocka_unit_test(test_light_worst_first),
        cmocka_unit_test(test_no_rhythm_owes_nothing),
        cmocka_unit_test(test_done_and_not_accepted),
        cmocka_unit_test(test_days_left),
        cmocka_unit_test(test_state_brief),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
