/* Which days a progress list is of, by its own words, and what is told where that cannot be known.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "../../src/exchange/progress_period.h"
#include "base/alloc.h"

#define TODAY date_make(2026, 11, 21) /* a Saturday */

/* "2026-11-16 2026-11-22 doubt" of lines above the table; "!doubt" where it refuses, "" for none.
 */
static char *days_of(const char *lines, enum progress_words_place place, date_t today)
{
    struct progress_words words = {0};
    struct progress_period period;
    char first[11], last[11];
    for (size_t line = 1, count; *lines; line++, lines += count + (lines[count] == '\n')) {
        count = strcspn(lines, "\n");
        progress_words_add(&words, lines, count, line, place);
    }
    progress_period_find(&words, today, &period);
    char *out = alloc_format("%s%s%s%s%s%s", date_format(period.first, first),
        period.first != period.last ? " " : "",
        period.first != period.last ? date_format(period.last, last) : "",
        period.doubt && !period.refuses ? " " : "", period.refuses ? "!" : "",
        period.doubt ? period.doubt : "");
    free(period.doubt);
    progress_words_clear(&words);
    return out;
}

static void expect(const char *lines, enum progress_words_place place, const char *expected)
{
    char *is = days_of(lines, place, TODAY);
    if (strcmp(is, expected) != 0)
        fail_msg("%s:\n%s\n%s", lines, is, expected);
    free(is);
}

static void days_in_every_form(void **state)
{
    static const char *const rows[][2] = {
        {"截至2026年11月20日", "2026-11-20"},
        {"某县整改进展（截至 2026 年 11 月 20 日）", "2026-11-20"},
        {"数据截止到2026.11.20", "2026-11-20"},
        {"截至2026年10月底整改情况", "2026-10-31"},
        {"截至二〇二六年十一月二十日", "2026-11-20"},
        {"Progress as of 2026-11-20", "2026-11-20"},
        {"整改进展（2026年11月16日-22日）", "2026-11-16 2026-11-22"},
        {"整改进展（2026年11月16-22日）", "2026-11-16 2026-11-22"},
        {"整改周报 2026年11月16日—11月22日", "2026-11-16 2026-11-22"},
        {"调度（2025年12月29日至2026年1月4日）", "2025-12-29 2026-01-04"},
        {"调度（2025年12月29日至1月4日）", "2025-12-29 2026-01-04"},
        {"报告期：2026-11-16至2026-11-22", "2026-11-16 2026-11-22"},
        {"报告期：2026.11.16-11.22", "2026-11-16 2026-11-22"},
        {"Weekly report 2026-11-16 to 2026-11-22", "2026-11-16 2026-11-22"},
        {"整改周报（２０２６年１１月１６日～２２日）", "2026-11-16 2026-11-22"},
        {"（2026年11月16日-22日）", "2026-11-16 2026-11-22"},
        {"2026年10月份整改任务进展情况", "2026-10-01 2026-10-31"},
        {"2026年10月整改进展", "2026-10-01 2026-10-31"},
        {"2026年1-10月整改进展", "2026-01-01 2026-10-31"},
        {"2026年11月上旬调度", "2026-11-01 2026-11-10"},
        {"2026年10月下半月调度", "2026-10-16 2026-10-31"},
        {"2026年第三季度整改进展", "2026-07-01 2026-09-30"},
        {"2026年第47周整改进展", "2026-11-16 2026-11-22"},
        {"2026年6月第1周整改进展", "2026-06-01 2026-06-07"},
        {"2026年11月第3周进展", "2026-11-16 2026-11-22 \"2026年11月第3周\" is taken as 2026-11-16 "
                                "to 2026-11-22, by the "
                                "weeks that begin in that month"},
        /* the year stands elsewhere; the days of one lie in those of the other */
        {"2026年整改进展\n截至11月20日", "2026-11-20"},
        {"2026年11月整改进展\n截至11月20日", "2026-11-20"},
        {"第二轮督察2021年反馈问题2026年整改进展（11月16日-22日）", "2026-11-16 2026-11-22"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(rows[i][0], WORDS_ABOVE, rows[i][1]);
    expect("本周（2026年11月16日-22日）进展", WORDS_OF_HEADING, "2026-11-16 2026-11-22");
    expect("2026年11月20日情况", WORDS_OF_HEADING, "2026-11-20");
    expect("注：数据截至2026年11月20日", WORDS_BEHIND, "2026-11-20");
    expect("某市生态环境局 2026年11月23日", WORDS_BEHIND, "");
}

static void years_that_are_not_told(void **state)
{
    (void)state;
    expect("本周（11月16日-22日）进展", WORDS_OF_HEADING,
        "2026-11-16 2026-11-22 the year of \"11月16日-22日\" is not told: taken as 2026");
    expect("截至11.20", WORDS_ABOVE,
        "2026-11-20 the year of \"截至11.20\" is not told: taken as 2026");
    expect("10月份整改进展", WORDS_ABOVE,
        "2026-10-01 2026-10-31 the year of \"10月份\" is not told: taken as 2026");
    /* longer ago than half a year; another year is said; another year may be meant */
    expect("截至3月20日", WORDS_ABOVE, "!the year of \"截至3月20日\" is not told: write it there");
    expect("2025年整改进展（截至11月20日）", WORDS_ABOVE,
        "!the year of \"截至11月20日\" is not told: write it there");
    expect("2021年反馈问题整改进展（截至11月20日）", WORDS_ABOVE,
        "2026-11-20 the year of \"截至11月20日\" is not told: taken as 2026");
    /* over New Year */
    char *is = days_of("整改进展（12月28日-1月3日）", WORDS_ABOVE, date_make(2027, 1, 5));
    assert_string_equal(
        is, "2026-12-28 2027-01-03 the year of \"12月28日-1月3日\" is not told: taken as 2027");
    free(is);
}

static void what_cannot_be_known(void **state)
{
    (void)state;
    expect("2026年10月份整改进展\n截至2026年11月5日", WORDS_ABOVE,
        "!\"2026年10月份\" (line 1) and \"截至2026年11月5日\" are of different days: leave the one "
        "that is right");
    expect("截至2026年11月31日", WORDS_ABOVE, "!\"截至2026年11月31日\": there are no such days");
    expect("2026年11月第6周进展", WORDS_ABOVE, "!\"2026年11月第6周\": there are no such days");
    expect("2026年13月第2周进展", WORDS_ABOVE, "!\"2026年13月第2周\": there are no such days");
    expect("截至2026年13月", WORDS_ABOVE, "!\"截至2026年13月\": there are no such days");
    expect("2026年13月整改进展", WORDS_ABOVE, "!\"2026年13月\": there are no such days");
    expect("截至99月底", WORDS_ABOVE, "!the year of \"截至99月底\" is not told: write it there");
    expect("2199年12月进展", WORDS_ABOVE, "2199-12-01 2199-12-31");
    expect("2199年12月至1月进展", WORDS_ABOVE, "!\"2199年12月至1月\": there are no such days");
}

static void days_of_something_else(void **state)
{
    static const char *const rows[] = {"", "全县整改任务进展情况", "2026年整改任务清单",
        "2026年底前完成的整改任务清单", "2026年12月底前完成任务进展", "2026年1月1日以来整改进展",
        "发布时间：2026-11-18 来源：省生态环境厅", "填报时间：2026年11月23日  整改进展",
        "关于印发2026年11月16日方案的通知", "2026年11月18日", "联系电话 024-12345678 整改进展",
        "2026年5月12日督察反馈问题整改进展", "下周（11月23日-29日）工作计划进展",
        "第二轮第三批进展", "PM2.5浓度3.5微克整改进展"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(rows[i], WORDS_ABOVE, "");
}

static void headings_without_their_days(void **state)
{
    static const char *const rows[][2] = {{"截至11月20日进展情况", "进展情况"},
        {"11月16日-22日整改情况", "整改情况"}, {"本周进展", "进展"},
        {"2026年11月第3周完成情况", "完成情况"}, {"10月份整改进展", "整改进展"}};
    struct strbuf bare = {0};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++, strbuf_clear(&bare)) {
        assert_true(progress_heading_bare(rows[i][0], &bare));
        assert_string_equal(strbuf_text(&bare), rows[i][1]);
    }
    assert_false(progress_heading_bare("目前进展", &bare));
    strbuf_clear(&bare);
    assert_true(progress_heading_is_other("上周（11月9日-15日）进展"));
    assert_false(progress_heading_is_other("本周进展"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_in_every_form),
        cmocka_unit_test(years_that_are_not_told),
        cmocka_unit_test(what_cannot_be_known),
        cmocka_unit_test(days_of_something_else),
        cmocka_unit_test(headings_without_their_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
