#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "model/query.h"
#include "model/task.h"

/* --- the tree, printed ---------------------------------------------------------------------- */

static const char *const op_signs[] = {":", "!=", "<", "<=", ">", ">="};
static const char *const anchor_names[] = {"", "today", "week", "month", "quarter", "year"};

static void print_day(struct strbuf *out, const struct query *query)
{
    char iso[11];
    if (query->anchor == ANCHOR_NONE) {
        strbuf_add(
            out, query->number == DATE_NONE ? "none" : date_format((date_t)query->number, iso));
        return;
    }
    strbuf_add(out, anchor_names[query->anchor]);
    if (query->months)
        strbuf_format(out, "%+dm", query->months);
    if (query->number)
        strbuf_format(out, "%+dd", (int)query->number);
}

static const char *word_name(enum query_field field, int64_t index)
{
    switch (field) {
    case FIELD_STATE:
        return task_states[index].name;
    case FIELD_PROGRESS:
        return task_progresses[index].name;
    case FIELD_KIND:
        return deadline_kinds[index].name;
    default:
        return notice_levels[index].name;
    }
}

static void print_field(struct strbuf *out, const struct query *query)
{
    strbuf_format(out, "%s%s", query_fields[query->field].name, op_signs[query->op]);
    switch (query_fields[query->field].type) {
    case TYPE_NUMBER:
        strbuf_format(out, "%d", (int)query->number);
        return;
    case TYPE_DATE:
        print_day(out, query);
        return;
    case TYPE_WORD:
        strbuf_add(out, word_name(query->field, query->number));
        return;
    default:
        strbuf_format(out, "'%s'", query->text);
    }
}

static void print(struct strbuf *out, const struct query *query)
{
    switch (query->kind) {
    case QUERY_ALL:
        strbuf_add(out, "all");
        return;
    case QUERY_FLAG:
        strbuf_add(out, query_flags[query->flag].name);
        return;
    case QUERY_TEXT:
        strbuf_format(out, "'%s'", query->text);
        return;
    case QUERY_FIELD:
        print_field(out, query);
        return;
    default:
        strbuf_add(out, query->kind == QUERY_AND  ? "(and "
                        : query->kind == QUERY_OR ? "(or "
                                                  : "(not ");
        print(out, query->left);
        if (query->right) {
            strbuf_add_char(out, ' ');
            print(out, query->right);
        }
        strbuf_add_char(out, ')');
    }
}

/* --- what is understood --------------------------------------------------------------------- */

static const struct {
    const char *text, *tree;
} understood[] = {
    {"", "all"},
    {"   \t\n ", "all"},
    {"　", "all"},
    /* flags, bare and by `is` */
    {"overdue", "overdue"},
    {"OverDue", "overdue"},
    {"due-soon", "due_soon"},
    {"逾期", "overdue"},
    {"“逾期”", "'逾期'"},
    {"\"overdue\"", "'overdue'"},
    {"逾期未报", "'逾期未报'"},
    {"is:overdue", "overdue"},
    {"是：逾期", "overdue"},
    {"is:overdue,returned", "(or overdue returned)"},
    {"is!=overdue", "(not overdue)"},
    {"-closed", "(not closed)"},
    {"－销号", "(not closed)"},
    {"!closed", "(not closed)"},
    {"！closed", "(not closed)"},
    {"--closed", "closed"},
    {"not not not closed", "(not closed)"},
    {"not -closed", "closed"},
    {"非 逾期", "(not overdue)"},
    /* text */
    {"湿地", "'湿地'"},
    {"\"河口 湿地\"", "'河口 湿地'"},
    {"“河口 湿地”", "'河口 湿地'"},
    {"「河口 湿地」", "'河口 湿地'"},
    {"\"河口（二期）：and (x)\"", "'河口（二期）：and (x)'"},
    {"\"a\\\"b\\\\c\"", "'a\"b\\c'"},
    {"2-047", "'2-047'"},
    {"PM2.5", "'PM2.5'"},
    {"a,b", "'a,b'"},
    {"and1", "'and1'"},
    {"android", "'android'"},
    {"湿地\"x\"", "(and '湿地' 'x')"},
    {"region", "'region'"},
    {"\xff\xfe湿", "'\xff\xfe湿'"},
    /* and, or, not, groups */
    {"a b", "(and 'a' 'b')"},
    {"a and b", "(and 'a' 'b')"},
    {"a AND b", "(and 'a' 'b')"},
    {"a 且 b 或 c", "(or (and 'a' 'b') 'c')"},
    {"a or b c", "(or 'a' (and 'b' 'c'))"},
    {"a b or c and d or e", "(or (or (and 'a' 'b') (and 'c' 'd')) 'e')"},
    {"(a or b) c", "(and (or 'a' 'b') 'c')"},
    {"（a or b）c", "(and (or 'a' 'b') 'c')"},
    {"-(a b)", "(not (and 'a' 'b'))"},
    {"not (a or -b)", "(not (or 'a' (not 'b')))"},
    {"((a))", "'a'"},
    {"( a )", "'a'"},
    {"a or not b", "(or 'a' (not 'b'))"},
    {"\"and\"", "'and'"},
    /* units */
    {"region:盘锦", "region:'盘锦'"},
    {"地区：盘锦，抚顺", "(or region:'盘锦' region:'抚顺')"},
    {"地区：盘锦、抚顺", "(or region:'盘锦' region:'抚顺')"},
    {"region: 盘锦, 抚顺 overdue", "(and (or region:'盘锦' region:'抚顺') overdue)"},
    {"region = pj", "region:'pj'"},
    {"region!=盘锦", "(not region:'盘锦')"},
    {"region≠盘锦", "(not region:'盘锦')"},
    {"region<>盘锦,抚顺", "(not (or region:'盘锦' region:'抚顺'))"},
    {"lead:\"水利 厅\"", "lead:'水利 厅'"},
    {"lead:“水利厅”,pj", "(or lead:'水利厅' lead:'pj')"},
    {"Lead:水利厅", "lead:'水利厅'"},
    {"source:2021", "source:'2021'"},
    {"sponsor:赵", "sponsor:'赵'"},
    {"lead:none", "lead:'none'"},
    {"lead:#12,#0", "(or lead:'#12' lead:'#0')"},
    {"本级：沈阳", "at:'沈阳'"},
    {"category:=水", "category:'=水'"},
    {"category:\"=水, 土\"", "category:'=水, 土'"},
    {"region:(", NULL},
    /* numbers */
    {"percent<50", "percent<50"},
    {"percent ＜ ５０", "percent<50"},
    {"percent <= 50%", "percent<=50"},
    {"percent≥50", "percent>=50"},
    {"percent!=50", "(not percent:50)"},
    {"percent==50", "percent:50"},
    {"percent:0,100", "(or percent:0 percent:100)"},
    {"percent:30..60", "(and percent>=30 percent<=60)"},
    {"percent:..60", "percent<=60"},
    {"percent:30..", "percent>=30"},
    {"percent!=30..60", "(not (and percent>=30 percent<=60))"},
    {"percent.from:50", "percent>=50"},
    {"days<0", "days<0"},
    {"days<-7", "days<-7"},
    {"days>=+7", "days>=7"},
    {"余期<0", "days<0"},
    /* dates */
    {"due<2026-12-31", "due<2026-12-31"},
    {"due:2026-2-3", "due:2026-02-03"},
    {"due:2026/12/31", "due:2026-12-31"},
    {"due:2026.12.31", "due:2026-12-31"},
    {"due:20261231", "due:2026-12-31"},
    {"到期：2026年12月31日", "due:2026-12-31"},
    {"due:2026年2月", "(and due>=2026-02-01 due<=2026-02-28)"},
    {"due:2028-02", "(and due>=2028-02-01 due<=2028-02-29)"},
    {"due:2026-12", "(and due>=2026-12-01 due<=2026-12-31)"},
    {"due:2026", "(and due>=2026-01-01 due<=2026-12-31)"},
    {"due:2026年", "(and due>=2026-01-01 due<=2026-12-31)"},
    {"due:2199-12", "(and due>=2199-12-01 due<=2199-12-31)"},
    {"due:2199", "(and due>=2199-01-01 due<=2199-12-31)"},
    {"due:2199年12月", "(and due>=2199-12-01 due<=2199-12-31)"},
    {"due<=2199-12", "due<=2199-12-31"},
    {"due>2199-12", "due>2199-12-31"},
    {"due:2199-11..2199-12", "(and due>=2199-11-01 due<=2199-12-31)"},
    {"due:1900-01", "(and due>=1900-01-01 due<=1900-01-31)"},
    {"due:1900-12", "(and due>=1900-12-01 due<=1900-12-31)"},
    {"due<1900-01", "due<1900-01-01"},
    {"due<2026-12", "due<2026-12-01"},
    {"due<=2026-12", "due<=2026-12-31"},
    {"due>2026-12", "due>2026-12-31"},
    {"due>=2026", "due>=2026-01-01"},
    {"due!=2026-12", "(not (and due>=2026-12-01 due<=2026-12-31))"},
    {"due:2026-01..2026-03", "(and due>=2026-01-01 due<=2026-03-31)"},
    {"due:..today", "due<=today"},
    {"due:+7d..", "due>=today+7d"},
    {"due.before:+30d", "due<today+30d"},
    {"due.after:-1w", "due>today-7d"},
    {"DUE.Until:2026-12", "due<=2026-12-31"},
    {"due.from=today", "due>=today"},
    {"due<+2m", "due<today+2m"},
    {"due<1y", "due<today+12m"},
    {"due<30天", "due<today+30d"},
    {"due<3个月", "due<today+3m"},
    {"due:today", "due:today"},
    {"due:今天", "due:today"},
    {"due:tomorrow", "due:today+1d"},
    {"due:本周", "(and due>=week due<=week+6d)"},
    {"due:next-month", "(and due>=month+1m due<=month+2m-1d)"},
    {"due<this_month", "due<month"},
    {"due:今年", "(and due>=year due<=year+12m-1d)"},
    {"deadline:none", "deadline:none"},
    {"due!=无", "(not due:none)"},
    {"reported:never", "reported:none"},
    {"closed:2026-11 closed", "(and (and closed>=2026-11-01 closed<=2026-11-30) closed)"},
    {"updated:today", "updated:today"},
    /* words */
    {"state:in_progress,submitted", "(or state:in_progress state:submitted)"},
    {"state:In-Progress", "state:in_progress"},
    {"state:\"in progress\"", "state:in_progress"},
    {"状态：整改中、申验中", "(or state:in_progress state:submitted)"},
    {"state:退回", "returned"},
    {"state:returned,closed", "(or returned state:closed)"},
    {"state!=closed", "(not state:closed)"},
    {"progress:behind", "progress:behind"},
    {"progress:未达到序时进度", "progress:behind"},
    {"kind:立行立改", "kind:immediate"},
    {"notice:挂牌督办", "notice:listed"},
    /* other text fields */
    {"id:2-047", "id:'2-047'"},
    {"title:湿地", "title:'湿地'"},
    {"number:047", "number:'047'"},
    {"category:水", "category:'水'"},
    {"by:\"王 强\"", "by:'王 强'"},
    {"title:\"http://a:b\"", "title:'http://a:b'"},
    {"title:http://a:b", "title:'http://a:b'"},
    {"overdue region:盘锦 lead:水利厅 due<2026-12-31 -closed 湿地 \"河口 湿地\"",
        "(and (and (and (and (and (and overdue region:'盘锦') lead:'水利厅') due<2026-12-31) "
        "(not closed)) '湿地') '河口 湿地')"},
};

static void test_understood(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof understood / sizeof understood[0]; i++) {
        struct query *query = NULL;
        struct query_error wrong = {0};
        struct strbuf out = {0};
        if (query_parse(understood[i].text, &query, &wrong))
            print(&out, query);
        if (understood[i].tree && !query)
            print_message("%s: %s\n", understood[i].text, wrong.text);
        if (understood[i].tree)
            assert_string_equal(strbuf_text(&out), understood[i].tree);
        else
            assert_null(query);
        query_free(query);
        strbuf_clear(&out);
    }
}

/* --- what is refused ------------------------------------------------------------------------ */

static const struct {
    const char *text;
    const char *wrong; /* the piece that is pointed at */
    const char *says;  /* a piece of the sentence */
    const char *suggestion;
} refused[] = {
    {"regoin:盘锦", "regoin", "no field", "region"},
    {"overdue stat:closed", "stat", "no field", "state"},
    {"地曲：盘锦", "地曲", "no field", ""},
    {"时间:2026", "时间", "no field", ""},
    {"http://x", "http", "no field", ""},
    {"<5", "<", "needs a field", ""},
    {"湿地 <5", "<", "needs a field", ""},
    {":x", ":", "needs a field", ""},
    {"region:", "region:", "value is missing after region", ""},
    {"region: ", "region: ", "value is missing", ""},
    {"region:盘锦,", "region:盘锦,", "value is missing", ""},
    {"region:,盘锦", "region:", "value is missing", ""},
    {"region:\"\"", "region:\"\"", "value is missing", ""},
    {"(region:)", "region:", "value is missing", ""},
    {"due<", "due<", "value is missing after due", ""},
    {"due.before:", "due.before:", "value is missing after due.before", ""},
    {"due<2026-13-01", "2026-13-01", "no date", ""},
    {"due<2026-02-30", "2026-02-30", "no date", ""},
    {"due<2026-", "2026-", "no date", ""},
    {"due:20260230", "20260230", "no date", ""},
    {"due:0999-01-01", "0999-01-01", "no date", ""},
    {"due:99999999999", "99999999999", "no date", ""},
    {"due:todya", "todya", "no date", "today"},
    {"due:30", "30", "no date", ""},
    {"due:+d", "+d", "no date", ""},
    {"due:2026-01..x", "2026-01..x", "no date", ""},
    {"due:..", "..", "no date", ""},
    {"due<none", "none", "range", ""},
    {"due<2026-01..2026-02", "2026-01..2026-02", "range", ""},
    {"due<today,tomorrow", "today,tomorrow", "list of values", ""},
    {"percent<abc", "abc", "no number", ""},
    {"percent<5x", "5x", "no number", ""},
    {"percent:1..x", "1..x", "no number", ""},
    {"percent<1..5", "1..5", "range", ""},
    {"percent<99999999999999999999", "99999999999999999999", "no number", ""},
    {"state:progress", "progress", "state is never", "in_progress"},
    {"state:in_progres", "in_progres", "state is never", "in_progress"},
    {"状态：整改种", "整改种", "state is never", "整改中"},
    {"state<closed", "state<", "no order", ""},
    {"region>盘锦", "region>", "no order", ""},
    {"region.before:盘锦", "region.before:", "no order", ""},
    {"is<overdue", "is<", "no order", ""},
    {"due.before<today", "due.before<", "only a colon", ""},
    {"due.befor:today", "due.befor", "no field", ""},
    {"is:overdu", "overdu", "never", "overdue"},
    {"(", "(", "not closed", ")"},
    {"(overdue", "(", "not closed", ")"},
    {"a ((b)", "(", "not closed", ")"},
    {")", ")", "term is missing", ""},
    {"overdue)", ")", "never opened", ""},
    {"a) b", ")", "never opened", ""},
    {"()", "()", "term is missing", ""},
    {"a ( )", "( )", "term is missing", ""},
    {"and a", "and", "term is missing", ""},
    {"a or", "", "term is missing", ""},
    {"a and or b", "or", "term is missing", ""},
    {"a not", "not", "term is missing", ""},
    {"-", "-", "term is missing", ""},
    {"(a or)", ")", "term is missing", ""},
    {"\"河口", "\"河口", "quote is not closed", "\""},
    {"region:“盘锦", "“盘锦", "quote is not closed", "\""},
    {"x \"a\\\"", "\"a\\\"", "quote is not closed", "\""},
    {"\"\"", "\"\"", "nothing to look for", ""},
    {"…", "…", "nothing to look for", ""},
    {"title:\"…\"", "\"…\"", "nothing to look for", ""},
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct query *query = NULL;
        struct query_error wrong = {0};
        bool parsed = query_parse(refused[i].text, &query, &wrong);
        if (parsed)
            print_message("understood: %s\n", refused[i].text);
        assert_false(parsed);
        assert_null(query);
        char piece[256] = "";
        assert_true(wrong.at + wrong.length <= strlen(refused[i].text));
        memcpy(piece, refused[i].text + wrong.at, wrong.length);
        if (strcmp(piece, refused[i].wrong) != 0 || !strstr(wrong.text, refused[i].says) ||
            strcmp(wrong.suggestion, refused[i].suggestion) != 0)
            print_message(
                "%s: [%s] %s (%s)\n", refused[i].text, piece, wrong.text, wrong.suggestion);
        assert_string_equal(piece, refused[i].wrong);
        assert_non_null(strstr(wrong.text, refused[i].says));
        assert_string_equal(wrong.suggestion, refused[i].suggestion);
    }
}

static void test_limits(void **state)
{
    (void)state;
    struct strbuf text = {0};
    struct query *query = NULL;
    struct query_error wrong;
    for (int i = 0; i < QUERY_TERMS; i++)
        strbuf_add(&text, "a ");
    assert_true(query_parse(text.text, &query, &wrong));
    query_free(query);
    strbuf_add(&text, "a");
    assert_false(query_parse(text.text, &query, &wrong));
    assert_non_null(strstr(wrong.text, "200"));

    strbuf_cut(&text, 0);
    strbuf_add(&text, "region:a");
    for (int i = 0; i < QUERY_TERMS; i++)
        strbuf_add(&text, ",a");
    assert_false(query_parse(text.text, &query, &wrong));

    strbuf_cut(&text, 0);
    strbuf_add_times(&text, '(', QUERY_DEPTH);
    strbuf_add_char(&text, 'a');
    strbuf_add_times(&text, ')', QUERY_DEPTH);
    assert_true(query_parse(text.text, &query, &wrong));
    query_free(query);
    strbuf_cut(&text, 0);
    strbuf_add_times(&text, '(', QUERY_DEPTH + 1);
    assert_false(query_parse(text.text, &query, &wrong));
    assert_int_equal(wrong.at, QUERY_DEPTH);

    strbuf_cut(&text, 0);
    strbuf_add_times(&text, '-', QUERY_BYTES - 2);
    strbuf_add(&text, "a");
    assert_true(query_parse(text.text, &query, &wrong));
    assert_int_equal(query->kind, QUERY_TEXT);
    query_free(query);
    strbuf_add_times(&text, 'a', 1);
    assert_true(query_parse(text.text, &query, &wrong));
    query_free(query);
    strbuf_add_times(&text, 'a', 1);
    assert_false(query_parse(text.text, &query, &wrong));
    assert_non_null(strstr(wrong.text, "4000 bytes"));
    strbuf_clear(&text);
}

/* Groups that are closed again do not count as nested. */
static void test_groups_side_by_side(void **state)
{
    (void)state;
    struct strbuf text = {0};
    struct query *query = NULL;
    struct query_error wrong;
    for (int i = 0; i < QUERY_DEPTH * 2; i++)
        strbuf_add(&text, "(a)");
    assert_true(query_parse(text.text, &query, &wrong));
    query_free(query);
    strbuf_clear(&text);
}

static void test_places(void **state)
{
    (void)state;
    struct query *query = NULL;
    struct query_error wrong;
    const char *text = "逾期 且 地区：“盘锦” -percent<5";
    assert_true(query_parse(text, &query, &wrong));
    const struct query *last = query->right, *region = query->left->right;
    assert_int_equal(last->kind, QUERY_NOT);
    assert_string_equal(text + last->at, "-percent<5");
    assert_int_equal(last->length, strlen("-percent<5"));
    assert_string_equal(text + last->left->at, "percent<5");
    assert_int_equal(region->at, strlen("逾期 且 "));
    assert_int_equal(region->length, strlen("地区：“盘锦”"));
    query_free(query);
}

/* Every prefix and every text with one byte spoilt ends in a tree or in an error inside the text.
 */
static void test_any_bytes(void **state)
{
    (void)state;
    static const char spoil[] = "\x01\x7f\xff\xc3\xe4\"\\:(,.";
    char text[512];
    for (size_t i = 0; i < sizeof understood / sizeof understood[0]; i++) {
        size_t length = strlen(understood[i].text);
        for (size_t at = 0; at < length; at++) {
            for (size_t s = 0; s < sizeof spoil; s++) {
                struct query *query = NULL;
                struct query_error wrong = {0};
                struct error err = {0};
                memcpy(text, understood[i].text, length + 1);
                text[at] = spoil[s];
                if (query_parse(text, &query, &wrong)) {
                    query_free(query);
                    continue;
                }
                assert_true(wrong.at + wrong.length <= strlen(text));
                assert_true(wrong.text[0] != '\0');
                assert_false(query_error_show(text, &wrong, &err));
            }
        }
    }
}

static void test_error_shown(void **state)
{
    (void)state;
    static const struct {
        const char *text, *shown;
    } cases[] = {
        {"overdue regoin:x",
            "there is no field \"regoin\"; text with a colon in it goes in quotes\n"
            "  overdue regoin:x\n"
            "          ^~~~~~\n"
            "did you mean region?"},
        {"湿地 percent<x", "\"x\" is no number\n"
                           "  湿地 percent<x\n"
                           "               ^"},
        {"\x1b[31m percent<x", "\"x\" is no number\n"
                               "   [31m percent<x\n"
                               "                ^"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct query *query = NULL;
        struct query_error wrong;
        struct error err = {0};
        assert_false(query_parse(cases[i].text, &query, &wrong));
        assert_false(query_error_show(cases[i].text, &wrong, &err));
        assert_int_equal(err.code, ERROR_USAGE);
        if (i == 2)
            assert_null(strchr(err.text, '\x1b'));
        else
            assert_string_equal(err.text, cases[i].shown);
    }
}

static void test_long_filter_is_cut(void **state)
{
    (void)state;
    struct strbuf text = {0};
    struct query *query = NULL;
    struct query_error wrong;
    struct error err;
    for (int i = 0; i < 60; i++)
        strbuf_add(&text, "湿地 ");
    strbuf_add(&text, "percent<x");
    for (int i = 0; i < 60; i++)
        strbuf_add(&text, " 湿地");
    assert_false(query_parse(text.text, &query, &wrong));
    query_error_show(text.text, &wrong, &err);
    const char *line = strchr(err.text, '\n') + 1, *caret = strchr(line, '\n') + 1;
    assert_true(caret - line < 3 * 80);
    assert_non_null(strstr(line, "percent<x"));
    assert_non_null(strchr(caret, '^'));
    strbuf_clear(&text);
}

/* --- days ----------------------------------------------------------------------------------- */

static void test_days(void **state)
{
    (void)state;
    static const struct {
        const char *text, *first, *last;
    } cases[] = {
        {"today", "2026-11-21", "2026-11-21"},
        {"tomorrow", "2026-11-22", "2026-11-22"},
        {"this_week", "2026-11-16", "2026-11-22"},
        {"next_week", "2026-11-23", "2026-11-29"},
        {"last_week", "2026-11-09", "2026-11-15"},
        {"this_month", "2026-11-01", "2026-11-30"},
        {"next_month", "2026-12-01", "2026-12-31"},
        {"last_month", "2026-10-01", "2026-10-31"},
        {"this_quarter", "2026-10-01", "2026-12-31"},
        {"next_quarter", "2027-01-01", "2027-03-31"},
        {"this_year", "2026-01-01", "2026-12-31"},
        {"last_year", "2025-01-01", "2025-12-31"},
        {"+30d", "2026-12-21", "2026-12-21"},
        {"-1w", "2026-11-14", "2026-11-14"},
        {"3m", "2027-02-21", "2027-02-21"},
        {"-9999y", "1900-01-01", "1900-01-01"},
        {"+9999y", "2199-12-31", "2199-12-31"},
        {"+9999w", "2199-12-31", "2199-12-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[64], iso[11];
        struct query *query = NULL;
        struct query_error wrong;
        snprintf(text, sizeof text, "due:%s", cases[i].text);
        assert_true(query_parse(text, &query, &wrong));
        bool range = query->kind == QUERY_AND;
        date_t today = date_make(2026, 11, 21);
        assert_string_equal(
            date_format(query_date(range ? query->left : query, today), iso), cases[i].first);
        assert_string_equal(
            date_format(query_date(range ? query->right : query, today), iso), cases[i].last);
        query_free(query);
    }
}

static void test_short_months(void **state)
{
    (void)state;
    struct query *query = NULL;
    struct query_error wrong;
    char iso[11];
    assert_true(query_parse("due:+1m", &query, &wrong));
    assert_string_equal(date_format(query_date(query, date_make(2027, 1, 31)), iso), "2027-02-28");
    assert_string_equal(date_format(query_date(query, date_make(2027, 3, 31)), iso), "2027-04-30");
    query_free(query);
}

/* --- tables --------------------------------------------------------------------------------- */

static void check_name(const char *name, const char *alias, const char *help)
{
    assert_true(name && *name && alias && *alias && help && *help);
    assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz_"), strlen(name));
}

static void test_tables(void **state)
{
    (void)state;
    for (int i = 0; i < FLAG_COUNT; i++) {
        check_name(query_flags[i].name, query_flags[i].alias, query_flags[i].help);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(query_flags[i].name, query_flags[j].name);
            assert_string_not_equal(query_flags[i].alias, query_flags[j].alias);
        }
    }
    for (int i = 0; i < FIELD_COUNT; i++) {
        check_name(query_fields[i].name, query_fields[i].alias, query_fields[i].help);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(query_fields[i].name, query_fields[j].name);
            assert_string_not_equal(query_fields[i].alias, query_fields[j].alias);
        }
    }
    for (size_t i = 0; i < query_days_count; i++)
        check_name(query_days[i].name, query_days[i].alias, query_days[i].help);
}

/* --- values as they must be typed ------------------------------------------------------------ */

static void test_values(void **state)
{
    (void)state;
    static const char *const values[] = {"水利厅", "a", "水 利", "a\"b", "a\\", "\\\"", "（一）",
        "“水”", "「x」", "＂", "a,b", "、", "-x", "#x", "(", "none", "a:b", "", "　", "水。",
        "\xF0\x9F\x8C\x8A", "and", "..", "!", "！", "a\\\\\"\""};
    assert_true(sizeof values > 0);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct strbuf text = {0};
        struct query *query = NULL;
        struct query_error wrong = {0};
        strbuf_add(&text, "category:");
        query_value_add(&text, values[i]);
        strbuf_add(&text, " overdue");
        bool good = query_parse(strbuf_text(&text), &query, &wrong);
        assert_int_equal(good, values[i][0] != '\0'); /* a value is never empty */
        if (good) {
            assert_int_equal(query->kind, QUERY_AND);
            assert_int_equal(query->left->kind, QUERY_FIELD);
            assert_string_equal(query->left->text, values[i]);
            assert_int_equal(query->right->flag, FLAG_OVERDUE);
        }
        query_free(query);
        strbuf_clear(&text);
    }
}

/* --- completion ----------------------------------------------------------------------------- */

struct offers {
    struct strbuf words;
};
static void offer_take(void *context, const char *word, const char *help)
{
    struct offers *offers = context;
    assert_true(help && *help);
    if (offers->words.length)
        strbuf_add_char(&offers->words, ' ');
    strbuf_add(&offers->words, word);
}

static void test_completion(void **state)
{
    (void)state;
    static const struct {
        const char *text;  /* completed at its end */
        const char *rest;  /* the word there */
        const char *field; /* whose value it is; "" none */
        const char *words; /* offered; NULL: some */
    } cases[] = {
        {"", "", "", NULL},
        {"overd", "overd", "", "overdue"},
        {"-overd", "overd", "", "overdue"},
        {"(overd", "overd", "", "overdue"},
        {"湿地 reg", "reg", "", "region:"},
        {"逾", "逾", "", "逾期"},
        {"地", "地", "", "地区："},
        {"湿地", "湿地", "", ""},
        {"state:sub", "sub", "state", "submitted"},
        {"state : sub", "sub", "state", "submitted"},
        {"state:closed,sub", "sub", "state", "submitted"},
        {"状态：整", "整", "state", "整改中"},
        {"state:zgz", "zgz", "state", "整改中"},
        {"due<tod", "tod", "due", "today"},
        {"due.before:tom", "tom", "due", "tomorrow"},
        {"is:ret", "ret", "", "returned"},
        {"region:盘", "盘", "region", ""},
        {"region:", "", "region", ""},
        {"\"overd", "\"overd", "", ""},
        {"nofield:x", "x", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct offers offers = {0};
        size_t start = 99;
        enum query_field field = FIELD_ID;
        const char *text = cases[i].text;
        query_complete(text, strlen(text), &start, &field, offer_take, &offers);
        if (cases[i].words && strcmp(strbuf_text(&offers.words), cases[i].words) != 0)
            print_message("%s\n", text);
        assert_true(start <= strlen(text));
        assert_string_equal(text + start, cases[i].rest);
        assert_string_equal(field == FIELD_COUNT ? "" : query_fields[field].name, cases[i].field);
        if (cases[i].words)
            assert_string_equal(strbuf_text(&offers.words), cases[i].words);
        else
            assert_true(offers.words.length > 0);
        strbuf_clear(&offers.words);
    }
}

/* Within the text: what follows does not matter. */
static void test_completion_in_the_middle(void **state)
{
    (void)state;
    struct offers offers = {0};
    size_t start;
    enum query_field field;
    query_complete("a overd region:x", strlen("a overd"), &start, &field, offer_take, &offers);
    assert_int_equal(start, 2);
    assert_string_equal(strbuf_text(&offers.words), "overdue");
    strbuf_clear(&offers.words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_understood),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_groups_side_by_side),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_error_shown),
        cmocka_unit_test(test_long_filter_is_cut),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_short_months),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_completion),
        cmocka_unit_test(test_completion_in_the_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
