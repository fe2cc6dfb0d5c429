/* Public notices: every label in every form, days, numbers, damage, several tasks in one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "exchange/notice_read.h"

static const char *const part_names[PUBLIC_PART_COUNT] = {"source", "number", "region", "title",
    "problem", "goal", "measures", "deadline", "done_on", "lead", "responsible", "cooperating",
    "supervisor", "results", "category", "letter", "period", "office", "publisher", "phone",
    "address", "email", "other"};

static void dump(const struct public_notice *notice)
{
    for (size_t i = 0; i < notice->count; i++)
        for (int k = 0; k < PUBLIC_PART_COUNT; k++)
            if (notice->task[i].part[k].text != NULL)
                print_message("%zu %s: %s\n", i, part_names[k], notice->task[i].part[k].text);
    for (size_t i = 0; i < notice->note_count; i++)
        print_message("line %zu, %s: %s\n", notice->note[i].line, notice_why(notice->note[i].why),
            notice->note[i].words);
}

/* NULL: nothing is said of it. */
static void expect(
    const struct public_notice *notice, size_t task, enum public_part part, const char *text)
{
    const char *is = task < notice->count ? notice->task[task].part[part].text : "(no such task)";
    if ((is == NULL) != (text == NULL) || (text != NULL && strcmp(is, text) != 0)) {
        dump(notice);
        fail_msg("%zu %s: \"%s\", not \"%s\"", task, part_names[part], is ? is : "(none)",
            text ? text : "(none)");
    }
}

static void expect_days(const struct public_notice *notice, size_t task, const char *first,
    const char *last, int days, enum public_days kind)
{
    char from[11], to[11];
    assert_true(task < notice->count);
    const struct public_period *period = &notice->task[task].period;
    date_format(period->first, from);
    date_format(period->last, to);
    if (strcmp(from, first) != 0 || strcmp(to, last) != 0 || period->days != days ||
        period->kind != kind) {
        dump(notice);
        fail_msg("%s to %s, %d days (%d), not %s to %s, %d (%d)", from, to, period->days,
            (int)period->kind, first, last, days, (int)kind);
    }
}

static bool notes(const struct public_notice *notice, enum public_why why, size_t line)
{
    for (size_t i = 0; i < notice->note_count; i++)
        if (notice->note[i].why == why && (line == 0 || notice->note[i].line == line))
            return true;
    return false;
}

/* --- one task -------------------------------------------------------------------------------- */

static const char whole[] = "凌河市生态环境局文件\n"
                            "关于第二轮中央生态环境保护督察反馈意见第二十三项整改任务\n"
                            "完成情况的公示\n"
                            "各有关单位：\n"
                            "    现将抚顺县第二十三项整改任务完成情况公示如下。\n"
                            "一、整改任务\n"
                            "    浑水河沿岸养殖粪污直排。\n"
                            "二、反馈问题\n"
                            "    沿岸12处养殖场没有粪污设施，\n"
                            "    雨天下河。\n"
                            "三、整改目标\n"
                            "2026年底前，断面达到Ⅲ类。\n"
                            "四、整改措施\n"
                            "（一）取缔3处，改造9处。\n"
                            "（二）新建管网12公里。\n"
                            "五、整改时限：2026年6月底前\n"
                            "六、责任单位：抚顺县人民政府、抚顺县水务局\n"
                            "七、督导单位：抚顺市生态环境局\n"
                            "八、整改主要工作及成效\n"
                            "（一）取缔3处，改造9处。\n"
                            "（二）管网已通水。整改任务已完成。\n"
                            "以上情况向社会公示，如有异议，请在公示期内反映。\n"
                            "公示时间：2026年3月2日至3月6日（5个工作日）\n"
                            "受理部门：抚顺县生态环境分局\n"
                            "监督电话：０２４－５２３４５６７８  邮箱：fsx@163.com\n"
                            "通讯地址：抚顺县石文镇1号。\n"
                            "邮编：113100\n"
                            "附件：1.整改措施\n"
                            "2.验收意见\n"
                            "抚顺县人民政府\n"
                            "2026年2月28日\n";

/* The number in brackets behind what the task is called. */
static void a_number_in_brackets(void **state)
{
    static const struct {
        const char *title, *number, *kept;
        bool damaged;
    } cases[] = {
        {"红透山尾矿库治理（序号4）", "4", "红透山尾矿库治理", false},
        {"红透山尾矿库治理（编号D3-4）", "D3-4", "红透山尾矿库治理", false},
        {"红透山尾矿库治理（第十四项）。", "14", "红透山尾矿库治理", false},
        {"红透山尾矿库治理(任务编号：１２)", "12", "红透山尾矿库治理", false},
        {"红透山尾矿库治理（序号1□）", NULL, "红透山尾矿库治理", true},
        {"红透山尾矿库治理（第二批）", NULL, "红透山尾矿库治理（第二批）", false},
        {"红透山尾矿库治理（二期）", NULL, "红透山尾矿库治理（二期）", false},
        {"红透山尾矿库治理（4座）", NULL, "红透山尾矿库治理（4座）", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct public_notice notice;
        char *text =
            alloc_format("整改情况公示\n整改任务：%s\n整改目标：完成治理。\n", cases[i].title);
        notice_read(text, NULL, &notice);
        expect(&notice, 0, PUBLIC_NUMBER, cases[i].number);
        expect(&notice, 0, PUBLIC_TITLE, cases[i].kept);
        assert_int_equal(notes(&notice, PUBLIC_DAMAGED, 2), cases[i].damaged);
        notice_clear(&notice);
        free(text);
    }
}

static void a_whole_notice(void **state)
{
    struct public_notice notice;
    (void)state;
    notice_read(whole, NULL, &notice);
    assert_int_equal(notice.count, 1);
    expect(&notice, 0, PUBLIC_SOURCE, "第二轮中央生态环境保护督察");
    expect(&notice, 0, PUBLIC_NUMBER, "23");
    expect(&notice, 0, PUBLIC_TITLE, "浑水河沿岸养殖粪污直排。");
    expect(&notice, 0, PUBLIC_PROBLEM, "沿岸12处养殖场没有粪污设施，\n雨天下河。");
    expect(&notice, 0, PUBLIC_GOAL, "2026年底前，断面达到Ⅲ类。");
    expect(&notice, 0, PUBLIC_MEASURES, "（一）取缔3处，改造9处。\n（二）新建管网12公里。");
    expect(&notice, 0, PUBLIC_DEADLINE, "2026年6月底前");
    expect(&notice, 0, PUBLIC_RESPONSIBLE, "抚顺县人民政府、抚顺县水务局");
    expect(&notice, 0, PUBLIC_SUPERVISOR, "抚顺市生态环境局");
    expect(
        &notice, 0, PUBLIC_RESULTS, "（一）取缔3处，改造9处。\n（二）管网已通水。整改任务已完成。");
    expect(&notice, 0, PUBLIC_OFFICE, "抚顺县生态环境分局");
    expect(&notice, 0, PUBLIC_PHONE, "024-52345678");
    expect(&notice, 0, PUBLIC_EMAIL, "fsx@163.com");
    expect(&notice, 0, PUBLIC_ADDRESS, "抚顺县石文镇1号");
    expect_days(&notice, 0, "2026-03-02", "2026-03-06", 5, PUBLIC_DAYS_WORKING);
    assert_true(notice.task[0].is_done);
    assert_true(notice.is_published && notice.core == 5);
    assert_true(notes(&notice, PUBLIC_PASSED_OVER, 27));
    assert_int_equal(notice.note_count, 1);
    notice_clear(&notice);
}

/* --- any order, any form --------------------------------------------------------------------- */

static const struct {
    enum public_part part;
    const char *label, *traditional, *text;
} said[] = {
    {PUBLIC_NUMBER, "任务编号", "任務編號", "47"},
    {PUBLIC_TITLE, "整改任务", "整改任務", "清河入海口违建未拆"},
    {PUBLIC_PROBLEM, "反馈问题", "反饋問題", "清河入海口有违建，至今未拆。"},
    {PUBLIC_GOAL, "整改目标", "整改目標", "2026年违建全部拆除。"},
    {PUBLIC_MEASURES, "整改措施", "整改措施", "1.拆除违建。2.恢复滩涂。"},
    {PUBLIC_DEADLINE, "整改时限", "整改時限", "2026年10月底前"},
    {PUBLIC_LEAD, "牵头单位", "牽頭單位", "省水利厅"},
    {PUBLIC_RESPONSIBLE, "责任单位", "責任單位", "盘山县人民政府"},
    {PUBLIC_SUPERVISOR, "验收单位", "驗收單位", "盘锦市生态环境局"},
    {PUBLIC_RESULTS, "整改主要工作及成效", "整改主要工作及成效", "违建已拆除，滩涂已恢复。"},
    {PUBLIC_PERIOD, "公示时间", "公示時間", "2026年11月2日至11月6日"},
    {PUBLIC_OFFICE, "受理部门", "受理部門", "盘山县督察办"},
    {PUBLIC_PHONE, "联系电话", "聯系電話", "0427-3551234"},
    {PUBLIC_ADDRESS, "通讯地址", "通訊地址", "盘山县府前大街1号"},
    {PUBLIC_EMAIL, "电子邮箱", "電子郵箱", "psx@ln.gov.cn"},
};
#define SAID (sizeof said / sizeof *said)

static void spaced(struct strbuf *out, const char *label)
{
    for (const char *at = label; *at; at += 3)
        strbuf_format(out, "%.3s ", at);
}

enum {
    FORM_COLON,
    FORM_ASCII,
    FORM_SPACED,
    FORM_BRACKET,
    FORM_BRACKET_BELOW,
    FORM_BELOW,
    FORM_NONE,
    FORM_TRADITIONAL,
    FORM_COUNT
};

static void put(struct strbuf *out, size_t which, int form)
{
    const char *label = said[which].label, *text = said[which].text;
    switch (form) {
    case FORM_COLON:
        strbuf_format(out, "%s：%s\n", label, text);
        break;
    case FORM_ASCII:
        strbuf_format(out, "  %s:  %s\n", label, text);
        break;
    case FORM_SPACED:
        spaced(out, label);
        strbuf_format(out, "：%s\n", text);
        break;
    case FORM_BRACKET:
        strbuf_format(out, "【%s】%s\n", label, text);
        break;
    case FORM_BRACKET_BELOW:
        strbuf_format(out, "［%s］：\n  %s\n", label, text);
        break;
    case FORM_BELOW:
        strbuf_format(out, "%s\n\n　　%s\n", label, text);
        break;
    case FORM_NONE:
        strbuf_format(out, "%s　%s\n", label, text);
        break;
    default:
        strbuf_format(out, "%s︰%s\n", said[which].traditional, text);
    }
}

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void any_order_and_form_says_the_same(void **state)
{
    static const char *const numbers[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九",
        "十", "十一", "十二", "十三", "十四", "十五"};
    uint32_t seed = 7;
    (void)state;
    for (int round = 0; round < 400; round++) {
        size_t order[SAID];
        struct strbuf text = {0};
        struct public_notice notice;
        strbuf_add(&text, "盘山县整改任务完成情况公示\n");
        for (size_t i = 0; i < SAID; i++) {
            size_t at = next(&seed) % (i + 1);
            order[i] = order[at];
            order[at] = i;
        }
        int form = (int)(next(&seed) % (FORM_COUNT + 1));
        bool numbered = next(&seed) % 3 == 0;
        for (size_t i = 0; i < SAID; i++) {
            if (numbered)
                strbuf_format(&text, "%s、", numbers[i + 1]);
            put(&text, order[i], form == FORM_COUNT ? (int)(next(&seed) % FORM_COUNT) : form);
        }
        strbuf_add(&text, "盘山县人民政府\n2026年11月2日\n");
        notice_read(strbuf_text(&text), NULL, &notice);
        if (notice.count != 1)
            print_message("%s", strbuf_text(&text));
        assert_int_equal(notice.count, 1);
        for (size_t i = 0; i < SAID; i++) {
            const char *is = notice.task[0].part[said[i].part].text;
            if (is == NULL || strcmp(is, said[i].text) != 0)
                print_message("%s", strbuf_text(&text));
            expect(&notice, 0, said[i].part, said[i].text);
        }
        expect_days(&notice, 0, "2026-11-02", "2026-11-06", 0, PUBLIC_DAYS_UNTOLD);
        assert_int_equal(notice.note_count, 0);
        notice_clear(&notice);
        strbuf_clear(&text);
    }
}

static void labels_within_a_line(void **state)
{
    struct public_notice notice;
    (void)state;
    notice_read(
        "整改情况公示\n"
        "整改目标：断面达标。整改时限：2026年6月底前。责任单位：盘山县人民政府；验收单位："
        "省水利厅。完成情况：已完成。\n"
        "公示期为2026年3月2日—3月6日，受理部门：盘山县督察办，电话：0427-3551234，地址：府前"
        "大街1号，邮箱：a@b.cn。\n",
        NULL, &notice);
    assert_int_equal(notice.count, 1);
    expect(&notice, 0, PUBLIC_GOAL, "断面达标。");
    expect(&notice, 0, PUBLIC_DEADLINE, "2026年6月底前");
    expect(&notice, 0, PUBLIC_RESPONSIBLE, "盘山县人民政府");
    expect(&notice, 0, PUBLIC_SUPERVISOR, "省水利厅");
    expect(&notice, 0, PUBLIC_RESULTS, "已完成。");
    expect(&notice, 0, PUBLIC_OFFICE, "盘山县督察办");
    expect(&notice, 0, PUBLIC_PHONE, "0427-3551234");
    expect(&notice, 0, PUBLIC_ADDRESS, "府前大街1号");
    expect(&notice, 0, PUBLIC_EMAIL, "a@b.cn");
    expect_days(&notice, 0, "2026-03-02", "2026-03-06", 0, PUBLIC_DAYS_UNTOLD);
    assert_true(notice.task[0].is_done);
    notice_clear(&notice);
}

/* --- days ------------------------------------------------------------------------------------ */

static const struct {
    const char *text, *first, *last;
    int days;
    enum public_days kind;
    enum public_why why; /* PUBLIC_WHY_COUNT: none */
} periods[] = {
    {"公示时间：2026年3月2日至2026年3月6日", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：2026年3月2日-3月6日", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：2026年3月2日—6日", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：2026年3月2日——3月6日", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：2026年3月2日～3月6日止", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：2026年3月2日到3月6日", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：2026.3.2-2026.3.6", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：2026.3.2-3.6", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：2026-03-02至2026-03-06", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：2026/3/2 ~ 2026/3/6", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：２０２６年３月２日至３月６日", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：二〇二六年三月二日至三月六日", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：二○二六年三月二日至三月六日", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：2026 年 3 月 2 日（星期一）至 3 月 6 日（星期五）", "2026-03-02", "2026-03-06", 0,
        0, PUBLIC_WHY_COUNT},
    {"公示时间：2026年3月2日至\n3月6日", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：自2026年3月2日起至2026年3月6日止，共5天", "2026-03-02", "2026-03-06", 5,
        PUBLIC_DAYS_CALENDAR, PUBLIC_WHY_COUNT},
    {"公示期：5个工作日（2026年3月2日至3月6日）", "2026-03-02", "2026-03-06", 5,
        PUBLIC_DAYS_WORKING, PUBLIC_WHY_COUNT},
    {"公示期（5个工作日）：2026年3月2日至3月6日", "2026-03-02", "2026-03-06", 5,
        PUBLIC_DAYS_WORKING, PUBLIC_WHY_COUNT},
    {"公示时间：2026年3月2日起5个工作日", "2026-03-02", "", 5, PUBLIC_DAYS_WORKING,
        PUBLIC_WHY_COUNT},
    {"公示时间：2026年3月2日起十日内", "2026-03-02", "", 10, PUBLIC_DAYS_CALENDAR,
        PUBLIC_WHY_COUNT},
    {"公示时间：自公示之日起10日内", "2026-03-09", "", 10, PUBLIC_DAYS_CALENDAR, PUBLIC_WHY_COUNT},
    {"公示开始时间：2026年3月2日 公示结束时间：2026年3月6日", "2026-03-02", "2026-03-06", 0, 0,
        PUBLIC_WHY_COUNT},
    {"公示开始时间：2026年3月6日 公示结束时间：2026年3月2日", "2026-03-06", "", 0, 0,
        PUBLIC_BACKWARDS},
    {"公示时间：2025年12月29日至1月5日", "2025-12-29", "2026-01-05", 0, 0, PUBLIC_WHY_COUNT},
    {"公示时间：2026年3月6日至3月2日", "2026-03-06", "", 0, 0, PUBLIC_BACKWARDS},
    {"公示时间：2026年3月2日至2月6日", "2026-03-02", "", 0, 0, PUBLIC_BACKWARDS},
    {"公示时间：2026年2月24日至2月30日", "2026-02-24", "", 0, 0, PUBLIC_NO_DAY},
    {"公示时间：2026年2月29日至3月6日", "", "2026-03-06", 0, 0, PUBLIC_NO_DAY},
    {"公示时间：202年3月2日至3月6日", "", "", 0, 0, PUBLIC_DAMAGED},
    {"公示时间：2O26年3月2日至3月6日", "", "", 0, 0, PUBLIC_DAMAGED},
    {"公示时间：2026年3月l日至3月6日", "", "", 0, 0, PUBLIC_DAMAGED},
    {"公示时间：2026年3月2日至3月1□日", "", "", 0, 0, PUBLIC_DAMAGED},
    {"公示时间：2026年3月?日至3月6日", "", "", 0, 0, PUBLIC_DAMAGED},
    {"公示时间：2○26年3月2日至3月6日", "", "", 0, 0, PUBLIC_DAMAGED},
    {"公示时间：3月2日至3月6日", "2026-03-02", "2026-03-06", 0, 0, PUBLIC_YEAR},
    {"公示期：5个工作日", "", "", 5, PUBLIC_DAYS_WORKING, PUBLIC_NO_DATE},
    {"公示时间：见网站", "", "", 0, 0, PUBLIC_NO_PERIOD},
    {"现予公示，公示期为2026年3月2日至3月6日。", "2026-03-02", "2026-03-06", 0, 0,
        PUBLIC_WHY_COUNT},
    {"以上情况于2026年2月27日验收，自2026年3月2日起公示5个工作日。", "2026-03-02", "", 5,
        PUBLIC_DAYS_WORKING, PUBLIC_WHY_COUNT},
    {"以上情况于2026年2月27日验收，现予公示。", "", "", 0, 0, PUBLIC_WHY_COUNT},
    {"以上情况现向社会公示，公示期5个工作日，自公示之日起。", "2026-03-09", "", 5,
        PUBLIC_DAYS_WORKING, PUBLIC_WHY_COUNT},
};

static void days_in_every_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        struct public_notice notice;
        char *text =
            alloc_format("整改公示\n整改目标：断面达标。\n完成情况：已完成整改。\n%s\n某县政府"
                         "\n2026年3月9日\n",
                periods[i].text);
        notice_read(text, NULL, &notice);
        print_message("%s\n", periods[i].text);
        expect_days(
            &notice, 0, periods[i].first, periods[i].last, periods[i].days, periods[i].kind);
        if (periods[i].why == PUBLIC_WHY_COUNT ? notice.note_count > 0
                                               : !notes(&notice, periods[i].why, 4)) {
            dump(&notice);
            fail_msg("the note of %s", periods[i].text);
        }
        notice_clear(&notice);
        free(text);
    }
}

static void counted_from_a_day_that_is_not_told(void **state)
{
    struct public_notice notice;
    (void)state;
    notice_read("整改公示\n整改目标：达标。\n公示时间：自公示之日起10日内\n", NULL, &notice);
    assert_true(notes(&notice, PUBLIC_NO_DATE, 3));
    expect_days(&notice, 0, "", "", 10, PUBLIC_DAYS_CALENDAR);
    notice_clear(&notice);
}

/* --- damage ---------------------------------------------------------------------------------- */

/* From the day of issue, else from the title; not from that of an inspection, nor one far away. */
static void the_year_may_stand_elsewhere(void **state)
{
    static const struct {
        const char *above, *foot, *first, *last;
        size_t line; /* of the note; 0: the days are left out */
    } notices[] = {
        {"整改情况公示", "2026年9月12日", "2026-09-14", "2026-09-18", 4},
        {"2026年第三批整改情况公示", "", "2026-09-14", "2026-09-18", 4},
        {"整改情况公示（发布时间：2026-09-12）", "", "", "", 0},
        {"发布时间：2026-09-12  浏览：12", "2025年9月12日", "2026-09-14", "2026-09-18", 4},
        {"2021年中央生态环境保护督察整改公示", "", "", "", 0},
        {"2025年至2026年整改情况公示", "", "", "", 0},
        {"整改情况公示", "2026年2月12日", "", "", 0},
        {"整改情况公示", "", "", "", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++) {
        struct public_notice notice;
        char *text = alloc_format("%s\n整改任务：清理河道\n整改目标：清理完成\n"
                                  "公示时间：9月14日至9月18日\n%s\n",
            notices[i].above, notices[i].foot);
        notice_read(text, NULL, &notice);
        expect_days(&notice, 0, notices[i].first, notices[i].last, 0, PUBLIC_DAYS_UNTOLD);
        assert_int_equal(notes(&notice, PUBLIC_YEAR, notices[i].line), notices[i].line > 0);
        assert_int_equal(notes(&notice, PUBLIC_NO_YEAR, 4), notices[i].line == 0);
        notice_clear(&notice);
        free(text);
    }
}

static void a_rule_is_no_source(void **state)
{
    static const struct {
        const char *words, *source;
    } lines[] = {
        {"根据《辽宁省生态环境保护督察工作实施办法（试行）》，现予公示。", NULL},
        {"按照《中央生态环境保护督察工作规定》要求，现将第二轮中央生态环境保护督察整改情况公示如下"
         "。",
            "第二轮中央生态环境保护督察"},
        {"根据《辽宁省生态环境保护督察整改方案》，现予公示。", "辽宁省生态环境保护督察"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct public_notice notice;
        char *text = alloc_format(
            "整改情况公示\n%s\n整改任务：清理河道\n整改目标：清理完成\n", lines[i].words);
        notice_read(text, NULL, &notice);
        expect(&notice, 0, PUBLIC_SOURCE, lines[i].source);
        notice_clear(&notice);
        free(text);
    }
}

/* Too long to be kept ten thousand times: it is told which. */
static void a_long_text_of_all_is_noted(void **state)
{
    struct strbuf text = {0};
    struct public_notice notice;
    (void)state;
    strbuf_add(&text, "整改情况公示\n通讯地址：");
    for (int i = 0; i < 100; i++)
        strbuf_add(&text, "石文镇养树沟");
    strbuf_add(&text, "\n");
    for (int i = 0; i < 3000; i++)
        strbuf_add(&text, "整改任务：清理河道\n整改目标：清理完成\n");
    notice_read(strbuf_text(&text), NULL, &notice);
    assert_int_equal(notice.count, 3000);
    expect(&notice, 0, PUBLIC_ADDRESS, NULL);
    assert_true(notes(&notice, PUBLIC_SHARED, 2));
    notice_clear(&notice);
    strbuf_clear(&text);
}

static void damaged_digits_are_left_out(void **state)
{
    static const char *const bad[] = {"任务编号：2□", "任务编号：2l", "任务编号：4O", "序号：?3",
        "整改时限：2O26年6月底前", "整改时限：2026年2月30日", "整改时限：202年6月底前",
        "联系电话：024-5234□678", "联系电话：024-52345O78", "电子邮箱：fs□x@163.com",
        "电子邮箱：fsx163.com", "联系电话：见网站", "地址：石文镇1□号"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct public_notice notice;
        char *text = alloc_format("整改公示\n整改目标：达标。\n%s\n完成情况：已完成。\n", bad[i]);
        notice_read(text, NULL, &notice);
        print_message("%s\n", bad[i]);
        assert_int_equal(notice.count, 1);
        expect(&notice, 0, PUBLIC_NUMBER, NULL);
        expect(&notice, 0, PUBLIC_DEADLINE, NULL);
        expect(&notice, 0, PUBLIC_PHONE, NULL);
        expect(&notice, 0, PUBLIC_EMAIL, NULL);
        expect(&notice, 0, PUBLIC_ADDRESS, NULL);
        assert_int_equal(notice.note_count, 1);
        assert_int_equal(notice.note[0].line, 3);
        notice_clear(&notice);
        free(text);
    }
}

static void damaged_digits_within_texts(void **state)
{
    static const struct {
        const char *text;
        bool damaged;
    } texts[] = {{"依据〔20 2〕12号。", true}, {"依据〔2022〕12号。", false}, {"降到2O吨。", true},
        {"2O25年完工。", true}, {"第1□项。", true}, {"2025年l月完工。", true},
        {"PM2.5、SO2、O3和NO2达标。", false}, {"二○二五年完工。", false}, {"是不是？是。", false},
        {"□是 □否", false}, {"资源\xEF\xBF\xBDz2021", true}, {"202年3月完工。", true}};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct public_notice notice;
        char *text = alloc_format("整改公示\n整改目标：达标。\n完成情况：%s\n", texts[i].text);
        notice_read(text, NULL, &notice);
        print_message("%s\n", texts[i].text);
        expect(&notice, 0, PUBLIC_RESULTS, texts[i].text);
        assert_int_equal(notes(&notice, PUBLIC_DAMAGED_TEXT, 3), texts[i].damaged);
        notice_clear(&notice);
        free(text);
    }
}

/* --- done or not ----------------------------------------------------------------------------- */

static void what_is_done(void **state)
{
    static const struct {
        const char *text;
        bool done, noted;
    } texts[] = {{"已完成整改。", true, false}, {"已完成", true, false},
        {"整改任务已完成，并长期坚持。", true, false}, {"已整改到位。", true, false},
        {"基本完成。", false, true}, {"阶段性完成。", false, true}, {"达到序时进度。", false, true},
        {"5项中已完成4项。", false, true}, {"完成5/6。", false, true},
        {"已完成整改，5项措施已完成4项。", false, true},
        {"已完成5/6，整改任务已完成。", false, true}, {"完成率95%，已完成整改。", false, true},
        {"完成率100%，已完成整改。", true, false}, {"6项措施已完成6项。", false, false},
        {"已完成投资300万元。", false, false}, {"正在整改。", false, true},
        {"尚未完成整改。", false, true}, {"计划2026年完成整改。", false, false}};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct public_notice notice;
        char *text = alloc_format("整改公示\n整改目标：达标。\n完成情况：%s\n", texts[i].text);
        notice_read(text, NULL, &notice);
        print_message("%s\n", texts[i].text);
        assert_int_equal(notice.task[0].is_done, texts[i].done);
        assert_int_equal(notes(&notice, PUBLIC_NOT_DONE, 3), texts[i].noted);
        notice_clear(&notice);
        free(text);
    }
}

/* --- several tasks --------------------------------------------------------------------------- */

static const char *const several[] = {
    "盘山县整改任务完成情况公示\n任务23：清河违建\n整改目标：拆除。\n责任单位：盘山县人民政府\n完成"
    "情况："
    "已完成。\n任务24：苇塘污水\n整改目标：治理。\n责任单位：盘山县人民政府\n完成情况：正在整改。\n"
    "公示时间："
    "2026年3月2日至3月6日\n电话：0427-3551234\n",
    "公示时间：2026年3月2日至3月6日\n电话：0427-"
    "3551234\n一、清河违建\n任务编号：23\n整改目标：拆除。\n"
    "责任单位：盘山县人民政府\n完成情况：已完成。\n二、苇塘污水\n任务编号：24\n整改目标：治理。\n责"
    "任单位："
    "盘山县人民政府\n完成情况：正在整改。\n",
    "整改公示\n（一）整改任务：清河违建\n任务编号：23\n整改目标：拆除。\n责任单位：盘山县人民政府\n"
    "完成情况：已完成。\n"
    "（二）整改任务：苇塘污水\n任务编号：24\n整改目标：治理。\n责任单位：盘山县人民政府\n完成情况："
    "正在整改。\n"
    "公示时间：2026年3月2日至3月6日\n电话：0427-3551234\n",
    "整改公示\n第二十三项 "
    "清河违建\n一、整改目标\n拆除。\n二、责任单位\n盘山县人民政府\n三、完成情况\n已完成。\n"
    "第二十四项 "
    "苇塘污水\n一、整改目标\n治理。\n二、责任单位\n盘山县人民政府\n三、完成情况\n正在整改。\n"
    "以上情况现予公示，公示期为2026年3月2日至3月6日，电话：0427-3551234。\n",
    "整改公示\n第一项\n整改任务：第23项：清河违建\n整改目标：拆除。\n责任单位：盘山县人民政府\n完成"
    "情况：已完成。\n"
    "第二项\n整改任务：第24项：苇塘污水\n整改目标：治理。\n责任单位：盘山县人民政府\n完成情况：正在"
    "整改。\n"
    "公示时间：2026年3月2日至3月6日\n电话：0427-3551234\n",
};

static void several_tasks_in_one_notice(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof several / sizeof *several; i++) {
        struct public_notice notice;
        notice_read(several[i], NULL, &notice);
        print_message("%zu\n", i);
        if (notice.count != 2)
            dump(&notice);
        assert_int_equal(notice.count, 2);
        for (size_t k = 0; k < 2; k++) {
            expect(&notice, k, PUBLIC_NUMBER, k == 0 ? "23" : "24");
            expect(&notice, k, PUBLIC_TITLE, k == 0 ? "清河违建" : "苇塘污水");
            expect(&notice, k, PUBLIC_GOAL, k == 0 ? "拆除。" : "治理。");
            expect(&notice, k, PUBLIC_RESPONSIBLE, "盘山县人民政府");
            expect(&notice, k, PUBLIC_RESULTS, k == 0 ? "已完成。" : "正在整改。");
            expect(&notice, k, PUBLIC_PHONE, "0427-3551234");
            expect_days(&notice, k, "2026-03-02", "2026-03-06", 0, PUBLIC_DAYS_UNTOLD);
            assert_int_equal(notice.task[k].is_done, k == 0);
        }
        notice_clear(&notice);
    }
}

static void each_with_days_of_its_own(void **state)
{
    struct public_notice notice;
    (void)state;
    notice_read("整改公示\n任务23：清河\n整改目标：拆除。\n公示时间：2026年3月2日至3月6日\n任务24："
                "苇塘\n整改目标："
                "治理。\n公示时间：2026年4月2日至4月6日\n",
        NULL, &notice);
    assert_int_equal(notice.count, 2);
    expect_days(&notice, 0, "2026-03-02", "2026-03-06", 0, PUBLIC_DAYS_UNTOLD);
    expect_days(&notice, 1, "2026-04-02", "2026-04-06", 0, PUBLIC_DAYS_UNTOLD);
    notice_clear(&notice);
}

static void numbers_that_are_none(void **state)
{
    struct public_notice notice;
    (void)state;
    notice_read("整改公示\n第一项\n整改任务：清河\n整改目标：拆除。\n第二项\n整改任务：苇塘\n整改目"
                "标：治理。\n",
        NULL, &notice);
    assert_int_equal(notice.count, 2);
    expect(&notice, 0, PUBLIC_NUMBER, NULL);
    expect(&notice, 1, PUBLIC_NUMBER, NULL);
    assert_true(notes(&notice, PUBLIC_COUNTED, 2));
    notice_clear(&notice);
    notice_read(
        "第23、24项整改任务完成情况公示\n整改任务：清河\n整改目标：拆除。\n", NULL, &notice);
    expect(&notice, 0, PUBLIC_NUMBER, NULL);
    assert_true(notes(&notice, PUBLIC_NUMBERS, 1));
    notice_clear(&notice);
    notice_read(
        "辽宁省第47项整改任务完成情况公示\n整改任务：清河\n整改目标：拆除。\n", NULL, &notice);
    expect(&notice, 0, PUBLIC_NUMBER, "47");
    notice_clear(&notice);
}

static void what_is_no_notice(void **state)
{
    static const char *const texts[] = {"", "公示", "各市人民政府：\n现将方案印发给你们。\n",
        "编号,整改任务,反馈问题,整改目标,公示开始日期\n1,甲,乙,丙,2026-03-02\n"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct public_notice notice;
        notice_read(texts[i], NULL, &notice);
        assert_int_equal(notice.count, 0);
        notice_clear(&notice);
    }
}

static void a_notice_of_work_completed_says_done(void **state)
{
    static const struct {
        const char *text;
        bool done, open;
    } texts[] = {
        {"清河整改完成情况的公示\n整改任务：甲\n整改完成情况：\n1.编制方案。\n"
         "2.24.3公顷全部完成治理，并通过市级验收。\n",
            true, false},
        {"清河整改任务完成情况公示表\n整改任务：甲\n整改完成情况：已完成退养还湿8.59万亩。\n", true,
            false},
        {"公告\n按照程序，清河县已完成整改工作，具备销号条件，现予公示。\n整改任务：甲\n"
         "整改完成情况：关停6处。\n",
            true, false},
        {"清河整改情况的公示\n整改任务：甲\n整改情况：已完成退养还湿8.59万亩。\n", false, false},
        {"清河整改完成情况的公示\n整改任务：甲\n整改情况：确保明年全部完成。\n", false, false},
        {"清河整改完成情况的公示\n整改任务：甲\n整改情况：已完成3处，剩余2处。\n", false, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct public_notice notice;
        notice_read(texts[i].text, NULL, &notice);
        assert_int_equal(notice.count, 1);
        if (notice.task[0].is_done != texts[i].done || notice.task[0].is_open != texts[i].open)
            fail_msg("%s", texts[i].text);
        notice_clear(&notice);
    }
}

static void complaints_are_read(void **state)
{
    struct public_notice notice;
    (void)state;
    notice_read("凌河市信访件整改情况的公示\n（第三批）\n"
                "公示时间：2026.11.20-2026.11.26（5个工作日）\n"
                "1.受理编号：X3LO202611020015\n举报内容：某镁砂厂夜间生产。\n"
                "行政区域：抚顺市抚顺县\n污染类型：大气\n调查核实情况：除尘器破损。\n"
                "是否属实：部分属实\n处理和整改情况：更换布袋480条。\n是否办结：已办结\n"
                "责任人被处理情况：无\n"
                "2.受理编号：X3LO202611020022\n交办问题基本情况：堆放垃圾。\n"
                "行政区域：抚顺市抚顺县\n污染类型：水\n调查核实情况：属实。\n"
                "处理和整改情况：清运35吨。\n是否办结：阶段性办结\n联系电话：0412-3168888\n"
                "凌河市人民政府\n2026年11月19日\n",
        NULL, &notice);
    assert_int_equal(notice.count, 2);
    expect(&notice, 0, PUBLIC_NUMBER, "X3LO202611020015");
    expect(&notice, 0, PUBLIC_PROBLEM, "某镁砂厂夜间生产。");
    expect(&notice, 0, PUBLIC_CATEGORY, "大气");
    expect(&notice, 0, PUBLIC_RESULTS,
        "除尘器破损。\n是否属实：部分属实\n更换布袋480条。\n是否办结：已办结\n责任人被处理情况："
        "无");
    expect_days(&notice, 0, "2026-11-20", "2026-11-26", 5, PUBLIC_DAYS_WORKING);
    assert_true(notice.task[0].is_done);
    expect(&notice, 1, PUBLIC_NUMBER, "X3LO202611020022");
    expect(&notice, 1, PUBLIC_CATEGORY, "水");
    expect(&notice, 1, PUBLIC_RESULTS, "属实。\n清运35吨。\n是否办结：阶段性办结");
    assert_true(!notice.task[1].is_done && notice.task[1].is_open && notice.is_published);
    notice_clear(&notice);
}

/* --- the day and the office of a notice ------------------------------------------------------ */

static void days_count_from_the_day_that_has_a_label(void **state)
{
    struct public_notice notice;
    (void)state;
    notice_read("整改任务：清河违建\n整改完成情况：完成\n公示期：自公示之日起7日\n"
                "公示日期：2026年11月18日\n",
        NULL, &notice);
    assert_int_equal(notice.note_count, 0);
    expect_days(&notice, 0, "2026-11-18", "", 7, PUBLIC_DAYS_CALENDAR);
    notice_clear(&notice);
    notice_read("整改任务：清河违建\n整改完成情况：完成\n公示期：5个工作日\n"
                "公示截止日期：2026年11月18日\n",
        NULL, &notice);
    assert_true(notes(&notice, PUBLIC_NO_DATE, 3));
    notice_clear(&notice);
}

static void an_office_is_told_in_many_ways(void **state)
{
    struct public_notice notice;
    (void)state;
    notice_read("整改任务：清河违建\n整改完成情况：完成\n"
                "公示部门 凌河市督察整改办　联系人 王芳　电话：0427-6868123\n凌河市人民政府\n"
                "2026年11月18日\n",
        NULL, &notice);
    expect(&notice, 0, PUBLIC_OFFICE, "凌河市督察整改办");
    expect(&notice, 0, PUBLIC_PHONE, "0427-6868123");
    notice_clear(&notice);
    notice_read("整改任务：清河违建\n整改完成情况：完成\n联系人 王芳　电话 0427-6868123\n"
                "凌河市人民政府\n2026年11月18日\n",
        NULL, &notice);
    expect(&notice, 0, PUBLIC_OFFICE, "凌河市人民政府");
    expect(&notice, 0, PUBLIC_PHONE, "0427-6868123");
    notice_clear(&notice);
    notice_read("整改任务：清河违建\n整改完成情况：完成\n公示单位：凌河市人民政府\n"
                "受理部门：凌河市督察整改办\n",
        NULL, &notice);
    expect(&notice, 0, PUBLIC_OFFICE, "凌河市督察整改办");
    notice_clear(&notice);
}

/* What a task costs does not grow with the others of the notice. */
static void very_many_tasks(void **state)
{
    enum { TASKS = 4000 };
    struct strbuf text = {0};
    struct public_notice notice;
    (void)state;
    strbuf_add(&text, "抚顺县第二轮中央生态环境保护督察整改公示\n");
    for (int i = 0; i < TASKS; i++)
        strbuf_format(
            &text, "任务%d：治理\n整改任务：清河\n整改目标：达标\n完成情况：已完成整改\n", i + 100);
    strbuf_add(&text, "公示时间：2026年11月16日至11月20日\n");
    notice_read(text.text, NULL, &notice);
    assert_int_equal(notice.count, TASKS);
    assert_string_equal(notice.task[TASKS - 1].part[PUBLIC_NUMBER].text, "4099");
    assert_string_equal(
        notice.task[TASKS - 1].part[PUBLIC_SOURCE].text, "第二轮中央生态环境保护督察");
    assert_true(notice.task[TASKS - 1].is_done);
    notice_clear(&notice);
    strbuf_clear(&text);
}

/* What stands in official lists beside a task belongs to no other label. */
static void labels_of_official_lists(void **state)
{
    static const char *const others[] = {"目前进展：达到序时进度", "下一步打算：巩固",
        "完成比例：60%", "进度评价：达到序时进度", "县级验收时间：2026年3月2日",
        "市级验收时间：2026年3月2日", "行业验收时间：2026年3月2日", "拟销号时间：2026年3月2日",
        "销号时间与文号：2026年3月2日", "责任人与电话：张三", "异议情况：无", "类别：水",
        "包保领导：李四", "验收情况：合格"};
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct public_notice notice;
        char *text = alloc_format(
            "整改公示\n整改任务：：清河\n整改措施：拆除围堤。\n%s\n整改目标：达标。\n", others[i]);
        notice_read(text, NULL, &notice);
        print_message("%s\n", others[i]);
        assert_int_equal(notice.count, 1);
        assert_string_equal(notice.task[0].part[PUBLIC_TITLE].text, "清河");
        assert_string_equal(notice.task[0].part[PUBLIC_MEASURES].text, "拆除围堤。");
        assert_string_equal(notice.task[0].part[PUBLIC_GOAL].text, "达标。");
        notice_clear(&notice);
        free(text);
    }
}

/* Text that is made to be slow: what grows with the square of it takes minutes. */
static void time_grows_with_the_text(void **state)
{
    static const char *const units[] = {"整改任务：清河\n", "整改任务：清河l0日\n整改目标：达标\n",
        "现将第%zu项公示，异议反映向县局反映。整改任务：清河\n",
        "以上公示，第二轮中央督察%zu第%zu项。\n整改任务：x\n", "整改任务：甲\n现将异议向向向。",
        "以上公示异议向", "（整改任务）\n", "地址：很长很长很长很长很长\n第%zu项\n整改任务：甲\n"};
    enum { BYTES = 256 << 10 };
    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct strbuf text = {0};
        struct public_notice notice;
        for (size_t k = 1; text.length < BYTES; k++)
            strbuf_format(&text, units[i], k, k);
        clock_t begun = clock();
        notice_read(text.text, NULL, &notice);
        double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
        notice_clear(&notice);
        strbuf_clear(&text);
        if (seconds > 4)
            fail_msg("%s: %.1f s", units[i], seconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(very_many_tasks),
        cmocka_unit_test(time_grows_with_the_text),
        cmocka_unit_test(labels_of_official_lists),
        cmocka_unit_test(a_number_in_brackets),
        cmocka_unit_test(a_whole_notice),
        cmocka_unit_test(any_order_and_form_says_the_same),
        cmocka_unit_test(labels_within_a_line),
        cmocka_unit_test(days_in_every_form),
        cmocka_unit_test(counted_from_a_day_that_is_not_told),
        cmocka_unit_test(the_year_may_stand_elsewhere),
        cmocka_unit_test(a_rule_is_no_source),
        cmocka_unit_test(a_long_text_of_all_is_noted),
        cmocka_unit_test(damaged_digits_are_left_out),
        cmocka_unit_test(damaged_digits_within_texts),
        cmocka_unit_test(what_is_done),
        cmocka_unit_test(several_tasks_in_one_notice),
        cmocka_unit_test(each_with_days_of_its_own),
        cmocka_unit_test(numbers_that_are_none),
        cmocka_unit_test(a_notice_of_work_completed_says_done),
        cmocka_unit_test(complaints_are_read),
        cmocka_unit_test(days_count_from_the_day_that_has_a_label),
        cmocka_unit_test(an_office_is_told_in_many_ways),
        cmocka_unit_test(what_is_no_notice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
