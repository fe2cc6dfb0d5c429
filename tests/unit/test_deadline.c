/* The words in which documents say by when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/deadline.h"

static const struct {
    const char *text, *date; /* "": none */
    enum deadline_kind kind;
    bool loose;
} read[] = {
    {"立行立改", "", DEADLINE_IMMEDIATE, false},
    {"立即整改", "", DEADLINE_IMMEDIATE, false},
    {"立行立改并长期坚持", "", DEADLINE_IMMEDIATE, false},
    {"立行立改，长期坚持。", "", DEADLINE_IMMEDIATE, false},
    {"立行立改、持续推进", "", DEADLINE_IMMEDIATE, false},
    {"长期坚持", "", DEADLINE_ONGOING, false},
    {" 持续推进 ", "", DEADLINE_ONGOING, false},
    {"常态化推进", "", DEADLINE_ONGOING, false},
    {"2025年底前", "2025-12-31", DEADLINE_DATE, false},
    {"2025年底", "2025-12-31", DEADLINE_DATE, false},
    {"2025年年底前", "2025-12-31", DEADLINE_DATE, false},
    {"2025 年底前完成整改", "2025-12-31", DEADLINE_DATE, false},
    {"2025年末", "2025-12-31", DEADLINE_DATE, false},
    {"2025年", "2025-12-31", DEADLINE_DATE, false},
    {"２０２５年底前", "2025-12-31", DEADLINE_DATE, false},
    {"二〇二五年底前", "2025-12-31", DEADLINE_DATE, false},
    {"2024年底前并长期坚持", "2024-12-31", DEADLINE_DATE_ONGOING, false},
    {"2024年底前完成整改，并长期坚持", "2024-12-31", DEADLINE_DATE_ONGOING, false},
    {"2024年12月底前完成，持续推进", "2024-12-31", DEADLINE_DATE_ONGOING, false},
    {"2024年12月31日后长期坚持", "2024-12-31", DEADLINE_DATE_ONGOING, false},
    {"2026年6月底前", "2026-06-30", DEADLINE_DATE, false},
    {"2024年2月底前", "2024-02-29", DEADLINE_DATE, false},
    {"2026年2月末", "2026-02-28", DEADLINE_DATE, false},
    {"2026年6月", "2026-06-30", DEADLINE_DATE, false},
    {"2026年6月份", "2026-06-30", DEADLINE_DATE, false},
    {"2026年6月前", "2026-06-30", DEADLINE_DATE, true},
    {"2026年前", "2026-12-31", DEADLINE_DATE, true},
    {"2026年6月上旬", "2026-06-10", DEADLINE_DATE, false},
    {"2026年6月中旬前", "2026-06-20", DEADLINE_DATE, false},
    {"2026年6月下旬", "2026-06-30", DEADLINE_DATE, false},
    {"2026年上半年", "2026-06-30", DEADLINE_DATE, false},
    {"2026年下半年", "2026-12-31", DEADLINE_DATE, false},
    {"2026年一季度", "2026-03-31", DEADLINE_DATE, false},
    {"2026年第三季度末", "2026-09-30", DEADLINE_DATE, false},
    {"2026年2季度前", "2026-06-30", DEADLINE_DATE, false},
    {"2026年11月30日", "2026-11-30", DEADLINE_DATE, false},
    {"2026年11月30日前完成整改", "2026-11-30", DEADLINE_DATE, false},
    {"于2026年11月30日之前完成", "2026-11-30", DEADLINE_DATE, false},
    {"截至2026年11月30日止", "2026-11-30", DEADLINE_DATE, false},
    {"整改时限：2026年11月30日", "2026-11-30", DEADLINE_DATE, false},
    {"2026年11月30号", "2026-11-30", DEADLINE_DATE, false},
    {"二〇二六年十一月三十日", "2026-11-30", DEADLINE_DATE, false},
    {"二○二六年十二月三十一日前", "2026-12-31", DEADLINE_DATE, false},
    {"2026-11-30", "2026-11-30", DEADLINE_DATE, false},
    {"2026/11/3", "2026-11-03", DEADLINE_DATE, false},
    {"2026.11.30", "2026-11-30", DEADLINE_DATE, false},
    {"2026-11-30 00:00:00", "2026-11-30", DEADLINE_DATE, false},
    {"20261130", "2026-11-30", DEADLINE_DATE, false},
    {"2026年内", "2026-12-31", DEADLINE_DATE, false},
    {"2026年年内完成", "2026-12-31", DEADLINE_DATE, false},
    {"2026年6月内", "2026-06-30", DEADLINE_DATE, false},
    {"2026年前", "2026-12-31", DEADLINE_DATE, true},
    {"2026-06", "2026-06-30", DEADLINE_DATE, false},
    {"2026.6", "2026-06-30", DEADLINE_DATE, false},
    {"46356", "2026-11-30", DEADLINE_DATE, false},
    {"“十四五”末", "2025-12-31", DEADLINE_DATE, false},
    {"十四五末", "2025-12-31", DEADLINE_DATE, false},
    {"\"十四五\"期间", "2025-12-31", DEADLINE_DATE, false},
    {"到“十四五”期末前完成", "2025-12-31", DEADLINE_DATE, false},
    {"「十四五」时期", "2025-12-31", DEADLINE_DATE, false},
    {"“十五五”期间并长期坚持", "2030-12-31", DEADLINE_DATE_ONGOING, false},
};

/* Stages: the last is the deadline. */
static const struct {
    const char *text, *date;
    enum deadline_kind kind;
} staged[] = {
    {"2025年底前完成一期，2027年底前完成二期", "2027-12-31", DEADLINE_DATE},
    {"2025年6月底前完成拆除、清运；2025年底前全面完成。", "2025-12-31", DEADLINE_DATE},
    {"2025年6月底前完成50%，12月31日前完成整改", "2025-12-31", DEADLINE_DATE},
    {"到2025年，建成一座；到2027年，建成两座", "2027-12-31", DEADLINE_DATE},
    {"2025年底前完成一期，“十五五”末完成二期", "2030-12-31", DEADLINE_DATE},
    {"2024年底前完成一期，2025年底前完成二期，并长期坚持", "2025-12-31", DEADLINE_DATE_ONGOING},
    {"2024年底前，2025年底前，2026年底前", "2026-12-31", DEADLINE_DATE},
};

/* A day of no year is told so. */
static const char *const yearless[] = {"12月31日", "12月31日前", "11月底前", "年底前", "十二月底前",
    "今年年底前", "上半年", "于6月底前完成", "6月底前完成一期，12月底前完成二期"};

static const char *const refused[] = {"", "   ", "无", "待定", "尽快", "30日内", "三个月内",
    "2026年13月底前", "2026年2月30日", "2026-13-01", "十四五", "“十四五”前", "二十五末",
    "2025年底前完成一期，2024年底前完成二期", "2024-01-01，2025-12-31",
    "2025年底前完成一期，2026年完成二期的3月任务", "2025年底前（其中一期2024年底前）", "完成", "前",
    "立行立改2025", "99999999", "2026年底前完成治理任务80%", "1800年底前", "2026-11/30", "120"};

static void each_form_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
        struct deadline got;
        struct error err = {0};
        char day[11];
        if (!deadline_read(read[i].text, &got, &err))
            fail_msg("%s", err.text);
        if (strcmp(date_format(got.date, day), read[i].date) != 0 || got.kind != read[i].kind ||
            got.staged || got.loose != read[i].loose)
            fail_msg("%s: %s, kind %d%s", read[i].text, day, got.kind, got.loose ? ", loose" : "");
    }
}

static void nothing_is_guessed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct deadline got;
        struct error err = {0};
        if (deadline_read(refused[i], &got, &err))
            fail_msg("\"%s\" was read", refused[i]);
        assert_int_equal(err.code, ERROR_INPUT);
        assert_non_null(strstr(err.text, "2026-11-30"));
    }
}

static void stages_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof staged / sizeof *staged; i++) {
        struct deadline got;
        struct error err = {0};
        char day[11];
        if (!deadline_read(staged[i].text, &got, &err))
            fail_msg("%s", err.text);
        if (strcmp(date_format(got.date, day), staged[i].date) != 0 || got.kind != staged[i].kind ||
            !got.staged)
            fail_msg("%s: %s, kind %d", staged[i].text, day, got.kind);
    }
}

static void a_day_of_no_year_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof yearless / sizeof *yearless; i++) {
        struct deadline got;
        struct error err = {0};
        if (deadline_read(yearless[i], &got, &err))
            fail_msg("\"%s\" was read", yearless[i]);
        if (strstr(err.text, "does not say of which year") == NULL)
            fail_msg("%s: %s", yearless[i], err.text);
    }
}

/* Every day in every form that names one. */
static void every_day_comes_back(void **state)
{
    static const char *const forms[] = {"%d年%d月%d日", "%d-%02d-%02d", "%d/%d/%d", "%d.%d.%d",
        "%d年%02d月%02d日前", "%04d%02d%02d", "%d－%d－%d", "%d 年 %d 月 %d 日 之前"};
    (void)state;
    for (date_t day = date_make(2015, 1, 1); day < date_make(2040, 1, 1); day++) {
        int year, month, number;
        date_parts(day, &year, &month, &number);
        for (size_t form = 0; form < sizeof forms / sizeof *forms; form++) {
            char text[64];
            struct deadline got;
            snprintf(text, sizeof text, forms[form], year, month, number);
            if (!deadline_read(text, &got, NULL) || got.date != day || got.kind != DEADLINE_DATE)
                fail_msg("%s", text);
        }
        assert_int_equal(deadline_serial(day - date_make(1900, 3, 1) + 61), day);
    }
    assert_int_equal(deadline_serial(60), DATE_NONE);
    assert_int_equal(deadline_serial(61), date_make(1900, 3, 1));
}

static void add_han(char *out, int number)
{
    static const char *const digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    if (number >= 10)
        strcat(strcat(out, number >= 20 ? digits[number / 10] : ""), "十");
    strcat(out, digits[number % 10]);
}

/* In Chinese numbers, and as the number that a spreadsheet keeps. */
static void every_day_comes_back_in_words(void **state)
{
    static const char *const digits[] = {
        "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    (void)state;
    for (date_t day = date_make(2015, 1, 1); day < date_make(2040, 1, 1); day++) {
        int year, month, number;
        char text[100] = "", serial[16], thousand[16];
        date_t found = DATE_NONE, counted = DATE_NONE;
        date_parts(day, &year, &month, &number);
        snprintf(thousand, sizeof thousand, "%04d", year);
        for (const char *at = thousand; *at; at++)
            strcat(text, digits[*at - '0']);
        strcat(text, "年");
        add_han(text, month);
        strcat(text, "月");
        add_han(text, number);
        strcat(text, "日");
        snprintf(serial, sizeof serial, "%d", day - date_make(1900, 3, 1) + 61);
        if (!deadline_read_day(text, &found) || found != day)
            fail_msg("%s", text);
        if (!deadline_read_day(serial, &counted) || counted != day)
            fail_msg("%s: %s", text, serial);
    }
}

/* Words for a part of a year, with every word around them that says no more, are the last day of
 * it; with 长期坚持 behind them it goes on. */
static void words_around_say_no_more(void **state)
{
    static const struct {
        const char *words;
        int month, day;
    } parts[] = {{"年底", 12, 31}, {"年年底", 12, 31}, {"年", 12, 31}, {"年上半年", 6, 30},
        {"年3月底", 3, 31}, {"年６月底", 6, 30}, {"年9月中旬", 9, 20}, {"年第一季度末", 3, 31},
        {"年10月15日", 10, 15}, {"年十一月底", 11, 30}};
    static const char *const before[] = {"", "于", "力争", "确保", "整改时限：", " "},
                             *const behind[] = {"", "前", "前完成", "前完成整改", "之前完成。",
                                 " 完成"},
                             *const after[] = {"", "并长期坚持", "，长期坚持", "，持续推进"};
    (void)state;
    for (int year = 2020; year < 2036; year++)
        for (size_t i = 0; i < 10 * 6 * 6 * 4; i++) {
            size_t part = i % 10;
            char text[200];
            struct deadline got;
            struct error err = {0};
            snprintf(text, sizeof text, "%s%d%s%s%s", before[i / 10 % 6], year, parts[part].words,
                behind[i / 60 % 6], after[i / 360]);
            if (!deadline_read(text, &got, &err))
                fail_msg("%s: %s", text, err.text);
            if (got.date != date_make(year, parts[part].month, parts[part].day) ||
                got.kind != (i / 360 == 0 ? DEADLINE_DATE : DEADLINE_DATE_ONGOING))
                fail_msg("%s", text);
        }
}

static void a_day_needs_its_day(void **state)
{
    date_t day = 0;
    (void)state;
    assert_true(deadline_read_day("2026年2月3日", &day));
    assert_int_equal(day, date_make(2026, 2, 3));
    assert_true(deadline_read_day("46356", &day));
    assert_false(deadline_read_day("2026年2月", &day));
    assert_false(deadline_read_day("2026年2月3日前", &day));
    assert_false(deadline_read_day("2月3日", &day));
    assert_int_equal(day, date_make(2026, 11, 30));
}

/* What was written is cut between characters, at every length. */
static void a_refusal_quotes_whole_characters(void **state)
{
    char text[400] = "2026";
    (void)state;
    for (size_t length = 4; length + 4 < sizeof text; length += length % 3 == 1 ? 1 : 3) {
        struct deadline got;
        struct error err = {0};
        strcpy(text + length, length % 3 == 1 ? "x" : "\u9f58");
        assert_false(deadline_read(text, &got, &err));
        assert_true(text_is_clean(err.text, TEXT_ONE_LINE));
    }
}

/* Pieces of deadlines put together at random, and cut anywhere: it ends, and never with a date that
 * the calendar does not have. */
static void any_text_ends(void **state)
{
    static const char *const pieces[] = {"2026", "年", "6", "月", "底", "前", "日", "十", "二",
        "〇", "立行立改", "长期坚持", "并", "，", "完成", "季度", "上半年", "-", "/", ".", "（",
        "中旬", " ", "于", "\xe5", "\xff"};
    (void)state;
    srand(7);
    for (int i = 0; i < 200000; i++) {
        char text[200] = "";
        for (int k = rand() % 9; k >= 0; k--)
            strcat(text, pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
        struct deadline got;
        if (deadline_read(text, &got, NULL) && got.kind != DEADLINE_IMMEDIATE &&
            got.kind != DEADLINE_ONGOING)
            assert_true(got.date >= date_make(1900, 1, 1) && got.date <= date_make(2199, 12, 31));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form_is_read),
        cmocka_unit_test(nothing_is_guessed),
        cmocka_unit_test(stages_are_read),
        cmocka_unit_test(a_day_of_no_year_is_told),
        cmocka_unit_test(every_day_comes_back),
        cmocka_unit_test(every_day_comes_back_in_words),
        cmocka_unit_test(words_around_say_no_more),
        cmocka_unit_test(a_day_needs_its_day),
        cmocka_unit_test(a_refusal_quotes_whole_characters),
        cmocka_unit_test(any_text_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
