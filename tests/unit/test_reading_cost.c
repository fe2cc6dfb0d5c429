/* Texts that are made to be slow: plans, notices and drawn tables of one thing over and over are
 * read in about as much more time as they are longer, and a reader that is told to end does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/strbuf.h"
#include "exchange/import_kind.h"
#include "exchange/notice_read.h"
#include "exchange/plan_read.h"
#include "exchange/text_table_read.h"
#include "harness/workbook.h"
#include "model/import.h"

#define LONG (128 << 10)
#define SHORT (16 << 10)
#define MOST_S 2.0 /* of processor, for one form of text: what is quadratic takes much longer */

static const char *const forms[] = {"\n", "（", "）", "（）", "【", "[", "《", "一、", "一、\n",
    "（一）", "（一）\n", "1.\n", "1.a\n", "1", "、", "；", "。", "：", "| | |\n", " ", " \n", "\t",
    "　", "\r", "\f", "50%", "2024年", "—1—", "—1—\n", "-----\n", ".", "…", "a@b.c ",
    "024-12345678 ", "第一条", "督察", "第三轮督察\n", "向", "负责", "整改目标：", "整改目标：\n",
    "整改措施：1.a；2.b；\n", "责任单位：省生态环境厅；", "（责任单位：省生态环境厅）",
    "（责任单位：\n", "责任单位：a、\n", "1.推进（省生态环境厅、市水利局负责）\n",
    "联系电话：024-12345678\n", "公示期：2024年1月1日至2024年1月10日\n", "公示期自",
    "关于问题整改情况的公示\n", "2024年6月底前完成。\n", "生态环境厅、",
    "1. 整改任务一\n责任单位：省生态环境厅\n整改时限：2024年底前\n"};
static const char *const heads[] = {"",
    "关于某某问题整改情况的公示\n根据督察要求，现将整改情况公示如下：\n",
    "某市整改方案\n一、总体要求\n（一）加强\n1.推进某工作（责任单位：省生态环境厅）\n"};

static void fill(struct strbuf *out, const char *head, const char *form, size_t count)
{
    strbuf_cut(out, 0);
    strbuf_add(out, head);
    while (out->length < count)
        strbuf_add(out, form);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double read_both(const char *text)
{
    struct plan plan;
    struct public_notice notice;
    double from = now();
    plan_read(text, NULL, &plan);
    plan_clear(&plan);
    notice_read(text, NULL, &notice);
    notice_clear(&notice);
    return now() - from;
}

/* A text eight times as long may take a little more than eight times as long, not sixty-four. */
static void long_texts_take_as_much_longer(void **state)
{
    struct strbuf text = {0};
    (void)state;
    for (size_t form = 0; form < sizeof forms / sizeof *forms; form++) {
        const char *head = heads[form % (sizeof heads / sizeof *heads)];
        fill(&text, head, forms[form], SHORT);
        double few = read_both(strbuf_text(&text));
        fill(&text, head, forms[form], LONG);
        double many = read_both(strbuf_text(&text));
        if (many > MOST_S || (many > 0.2 && many > 24 * few))
            fail_msg("form %zu, %s: %.2f s, an eighth of it %.3f s", form, forms[form], many, few);
    }
    strbuf_clear(&text);
}

/* --- drawn tables ---------------------------------------------------------------------------- */

#define BARS "| 序号 | 目前进展 | 序时进度 |\n|---|---|---|\n"
#define COLUMNS "序号  目前进展      序时进度\n"
#define TABS "序号\t目前进展\t序时进度\n"
#define FRAME "+----+----+\n| 序号 | 目前进展 |\n+----+----+\n| 1 | 甲 |\n"

static double read_table(const char *text)
{
    struct grid *grid = grid_new();
    struct text_table table;
    double from = now();
    text_table_read(text, strlen(text), grid, &table);
    double seconds = now() - from;
    text_table_clear(&table);
    grid_free(grid);
    return seconds;
}

static void expect_linear(const char *name, const char *few, const char *many)
{
    double less = read_table(few), more = read_table(many);
    if (more > MOST_S || (more > 0.2 && more > 24 * less))
        fail_msg("%s: %.2f s, an eighth of it %.3f s", name, more, less);
}

static void long_tables_take_as_much_longer(void **state)
{
    static const char *const tables[][2] = {{BARS, "| 02 | 甲 | 达到 |\n"}, {BARS, "| 1 | 甲\n"},
        {BARS, "|"}, {BARS, "|\n"}, {BARS, "甲乙丙丁\n"}, {BARS, "甲\n| 02 | 甲 | 达到 |\n"},
        {BARS, BARS}, {BARS, "| | 甲乙丙丁戊 | |\n"}, {BARS, "| 1 | a\\|"}, {BARS, "| 1 | <br>"},
        {BARS, "+---+---+---+\n"}, {BARS, "| 1 | 2 | 3 | 4 |\n"}, {FRAME, "|    +----+\n"},
        {FRAME, "|    +----+\n|    | 1 |\n"}, {FRAME, "|   | 甲乙丙丁戊己 |\n"}, {"", "-"},
        {"序号 | 目前进展 | 序时进度\n", "a\n"}, {"序号 | 目前进展 | 序时进度\n", "a | b\n"},
        {COLUMNS, " "}, {COLUMNS, "a  "}, {COLUMNS, "甲 "}, {COLUMNS, "甲　"},
        {COLUMNS, "02    甲乙          达到\n"}, {COLUMNS, COLUMNS}, {COLUMNS, "      甲乙丙丁\n"},
        {COLUMNS, "02    甲乙          达到\n      丙\n\n"},
        {COLUMNS, "甲乙丙丁戊己庚辛壬癸甲乙\n"}, {COLUMNS, "a b c d e f g h i j k l m n\n"},
        {COLUMNS, "1 2 3\n"}, {TABS, "02\t甲\t达到\n"}, {TABS, "\t"}, {TABS, "02\t甲\n"},
        {TABS, "a\n"}, {TABS, "02\t甲\n\n"}, {"", "甲 | 乙\n"}, {"", "甲  乙\n"}, {"", "\n"}};
    struct strbuf few = {0}, many = {0};
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        fill(&few, tables[i][0], tables[i][1], SHORT);
        fill(&many, tables[i][0], tables[i][1], LONG);
        expect_linear(tables[i][1], strbuf_text(&few), strbuf_text(&many));
    }
    /* as many lines above the table as in it */
    fill(&few, "", "某县\n", SHORT);
    strbuf_add(&few, BARS);
    fill(&many, "", "某县\n", 4 * LONG);
    strbuf_add(&many, BARS);
    for (size_t i = 0; i < 4 * LONG / 8; i++)
        strbuf_add(i < SHORT / 8 ? &few : &many, "某市\n");
    strbuf_add(&many, "| 02 | 甲 | 达到 |\n");
    expect_linear("lines above", strbuf_text(&few), strbuf_text(&many));
    strbuf_clear(&few);
    strbuf_clear(&many);
}

/* --- ending ---------------------------------------------------------------------------------- */

struct asked {
    size_t times, most;
};

static bool ask(void *context, size_t done, size_t of)
{
    struct asked *asked = context;
    (void)done;
    (void)of;
    return ++asked->times <= asked->most;
}

static void every_reader_ends_when_it_is_told(void **state)
{
    static const struct {
        const char *kind, *head, *form;
    } rows[] = {{"plan", "", "1.推进（省生态环境厅、市水利局负责）\n"},
        {"notice", "情况公示\n", "整改目标：达标。\n"},
        {"progress", "编号 | 整改任务 | 目前进展\n", "1 | 清河 | 完成\n"},
        {"ledger", "编号,整改任务,目前进展\n", "1,清河,完成\n"}, {NULL, "", "1.清河\n"}};
    struct strbuf text = {0};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fill(&text, rows[i].head, rows[i].form, SHORT * 4);
        for (size_t most = 0; most < 3;
             most++) { /* told so at the first question, and at later ones */
            struct asked asked = {0, most};
            struct import_reading reading = {.kind = rows[i].kind, .going = {ask, &asked}};
            struct import *import = import_new(NULL);
            struct import_told told;
            struct error err = {0};
            import_told_init(&told, "a");
            import_file(import, "a");
            assert_false(
                import_kind_read(strbuf_text(&text), text.length, &reading, import, &told, &err));
            assert_int_equal(err.code, ERROR_REFUSED);
            import_told_clear(&told);
            import_free(import);
            assert_true(asked.times > most);
        }
    }
    strbuf_clear(&text);
}

/* How often it is asked while a workbook of so many rows is read; it must end where it is told to.
 */
static size_t asked_of_workbook(size_t rows, size_t most, bool ends)
{
    struct asked asked = {0, most};
    struct import_reading reading = {.going = {ask, &asked}};
    struct import *import = import_new(NULL);
    struct import_told told;
    struct error err = {0};
    struct strbuf sheet = {0};
    strbuf_add(&sheet, "<worksheet " WORKBOOK_XMLNS "><sheetData><row><c t=\"str\"><v>编号</v></c>"
                       "<c t=\"str\"><v>整改任务</v></c></row>");
    for (size_t i = 0; i < rows; i++)
        strbuf_format(&sheet, "<row><c><v>%zu</v></c><c t=\"str\"><v>清河第%zu段</v></c></row>",
            i + 1, i + 1);
    strbuf_add(&sheet, "</sheetData></worksheet>");
    struct strbuf bytes = workbook_make(&(struct workbook){.sheet = strbuf_text(&sheet)});
    import_told_init(&told, "a");
    import_file(import, "a");
    bool good = import_kind_read(strbuf_text(&bytes), bytes.length, &reading, import, &told, &err);
    assert_int_equal(good, !ends);
    assert_int_equal(err.code, ends ? ERROR_REFUSED : ERROR_NONE);
    if (ends)
        assert_true(import_count(import) < rows);
    import_told_clear(&told);
    import_free(import);
    strbuf_clear(&bytes);
    strbuf_clear(&sheet);
    return asked.times;
}

static void a_workbook_ends_when_it_is_told(void **state)
{
    enum { ROWS = 10000 };
    (void)state;
    size_t few = asked_of_workbook(1, SIZE_MAX, false);
    size_t many = asked_of_workbook(ROWS, SIZE_MAX, false);
    size_t pieces = 8; /* of 64 KB at the least */
    assert_true(many > few + pieces);
    for (size_t most = few; most < few + pieces; most++)
        asked_of_workbook(ROWS, most, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(long_texts_take_as_much_longer),
        cmocka_unit_test(long_tables_take_as_much_longer),
        cmocka_unit_test(every_reader_ends_when_it_is_told),
        cmocka_unit_test(a_workbook_ends_when_it_is_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
