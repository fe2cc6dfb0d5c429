/* Tables as they are pasted from pages, mails and chats, to cells: every form, every cell; what is
 * no table; and random tables printed in each form, which must come back as they were. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "exchange/text_table_read.h"

/* --- cells ----------------------------------------------------------------------------------- */

/* "1<编号><任务>" a row, "~" before a cell that is merged with the one above; "!3.2 sentence" a
 * doubt. */
static void add_grid(struct strbuf *out, const struct grid *grid, const struct text_table *table)
{
    for (size_t row = 0; row < grid_rows(grid); row++) {
        strbuf_format(out, "%zu", grid_line(grid, row));
        for (size_t column = 0; column < grid_width(grid, row); column++)
            strbuf_format(out, "%s<%s>", grid_is_filled(grid, row, column) ? "~" : "",
                grid_text(grid, row, column, NULL));
        strbuf_add_char(out, '\n');
    }
    for (size_t i = 0; i < table->doubt_count; i++)
        strbuf_format(out, "%s%zu.%zu %s\n", table->doubt[i].refuses ? "!" : "?",
            table->doubt[i].line, table->doubt[i].column, table->doubt[i].sentence);
    if (table->behind > 0)
        strbuf_format(out, "behind %zu\n", table->behind);
}

static void assert_cells(const char *text, enum text_table_form form, const char *expected)
{
    struct grid *grid = grid_new();
    struct text_table table;
    struct strbuf out = {0};
    text_table_read(text, strlen(text), grid, &table);
    add_grid(&out, grid, &table);
    assert_string_equal(strbuf_text(&out), expected);
    assert_int_equal(table.form, form);
    text_table_clear(&table);
    grid_free(grid);
    strbuf_clear(&out);
}

/* --- bars ------------------------------------------------------------------------------------ */

static void markdown(void **state)
{
    (void)state;
    assert_cells("全县整改进展\n\n"
                 "| 编号 | 整改任务 | 目前进展 | 序时进度 |\n"
                 "|:---|---|:-:|---:|\n"
                 "| 1 | 淘汰燃煤锅炉 | 已淘汰 12 台<br>余 3 台 | 达到序时进度 |\n"
                 "| 2 | a\\|b | | 未达到序时进度 |\n"
                 "| 3 | 丙 |\n"
                 "\n数据截至11月20日\n",
        TEXT_TABLE_BARS,
        "3<编号><整改任务><目前进展><序时进度>\n"
        "5<1><淘汰燃煤锅炉><已淘汰 12 台\n余 3 台><达到序时进度>\n"
        "6<2><a|b><><未达到序时进度>\n"
        "7<3><丙>\n"
        "behind 9\n");
}

/* A row without a number that names what pages have at their ends is a row; a line of it ends the
 * table. */
static void a_row_is_no_end_of_a_page(void **state)
{
    (void)state;
    assert_cells("编号    整改任务            目前进展\n"
                 "1       淘汰锅炉            完成\n"
                 "        版权所有登记核查    开工\n"
                 "2       治理河道            完成\n"
                 "        公布扫一扫二维码    完成\n"
                 "抚顺县生态环境局版权所有\n"
                 "        地址                未知\n",
        TEXT_TABLE_COLUMNS,
        "1<编号><整改任务><目前进展>\n"
        "2<1><淘汰锅炉><完成>\n"
        "3<><版权所有登记核查><开工>\n"
        "4<2><治理河道><完成>\n"
        "5<><公布扫一扫二维码><完成>\n"
        "behind 6\n");
}

static void without_outer_bars(void **state)
{
    (void)state;
    assert_cells("编号 | 整改任务 | 目前进展\n"
                 "-|-|-\n"
                 "1 | 甲 | 完成\n"
                 "2 | | 开工\n"
                 " | 丙 | 停工\n",
        TEXT_TABLE_BARS,
        "1<编号><整改任务><目前进展>\n3<1><甲><完成>\n4<2><><开工>\n5<><丙><停工>\n");
    assert_cells("编号｜整改任务｜目前进展\r\n1｜甲｜完成\r\n", TEXT_TABLE_BARS,
        "1<编号><整改任务><目前进展>\n2<1><甲><完成>\n");
}

static void frames(void **state)
{
    (void)state;
    assert_cells("+------+----------+--------------+\n"
                 "| 编号 | 整改任务 | 目前进展     |\n"
                 "+------+----------+--------------+\n"
                 "| 1    | 淘汰锅炉 | 已淘汰12台， |\n"
                 "|      |          | 余3台        |\n"
                 "| 2    | 治理河道 | 完成         |\n"
                 "+------+----------+--------------+\n",
        TEXT_TABLE_BARS,
        "2<编号><整改任务><目前进展>\n"
        "4<1><淘汰锅炉><已淘汰12台，余3台>\n"
        "6<2><治理河道><完成>\n");
    assert_cells("┌──────┬──────────┬──────────┐\n"
                 "│ 编号 │ 整改     │ 目前进展 │\n"
                 "│      │ 任务     │          │\n"
                 "├──────┼──────────┼──────────┤\n"
                 "│      │ 淘汰燃煤 │ 1.已排查 │\n"
                 "│  1   │ 锅炉20台 │ 2.未拆除 │\n"
                 "├──────┼──────────┼──────────┤\n"
                 "│  2   │ 治理河道 │ 完成     │\n"
                 "└──────┴──────────┴──────────┘\n",
        TEXT_TABLE_BARS,
        "2<编号><整改\n任务><目前进展>\n"
        "5<1><淘汰燃煤锅炉20台><1.已排查2.未拆除>\n"
        "8<2><治理河道><完成>\n");
    assert_cells(
        "║ 编号 ║ 整改任务 ║\n║ 1 ║ 甲 ║\n", TEXT_TABLE_BARS, "1<编号><整改任务>\n2<1><甲>\n");
}

static void merged_cells(void **state)
{
    (void)state;
    assert_cells("┏━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┓\n"
                 "┃ 编号 ┃ 整改任务 ┃ 县       ┃ 目前进展 ┃\n"
                 "┣━━━━━━╋━━━━━━━━━━╋━━━━━━━━━━╋━━━━━━━━━━┫\n"
                 "┃ 1    ┃ 淘汰锅炉 ┃ 抚顺县   ┃ 完成     ┃\n"
                 "┃      ┃          ┣━━━━━━━━━━╋━━━━━━━━━━┫\n"
                 "┃      ┃          ┃ 清原县   ┃ 停工     ┃\n"
                 "┣━━━━━━╋━━━━━━━━━━╋━━━━━━━━━━╋━━━━━━━━━━┫\n"
                 "┃ 2    ┃ 治理河道 ┃ 抚顺县   ┃ 开工     ┃\n"
                 "┗━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┛\n",
        TEXT_TABLE_BARS,
        "2<编号><整改任务><县><目前进展>\n"
        "4<1><淘汰锅炉><抚顺县><完成>\n"
        "6~<1>~<淘汰锅炉><清原县><停工>\n"
        "8<2><治理河道><抚顺县><开工>\n");
    assert_cells("+----+------+--------+\n"
                 "| 编号 | 市 | 目前进展 |\n"
                 "+----+------+--------+\n"
                 "| 1  | 沈阳 | 完成   |\n"
                 "|    +------+--------+\n"
                 "|    | 大连 | 停工   |\n"
                 "+----+------+--------+\n",
        TEXT_TABLE_BARS, "2<编号><市><目前进展>\n4<1><沈阳><完成>\n6~<1><大连><停工>\n");
}

/* One place over all of a long table: what it costs grows with the rows, not with their square. */
static void merged_over_very_many_rows(void **state)
{
    enum { ROWS = 30000 };
    struct strbuf text = {0};
    struct grid *grid = grid_new();
    struct text_table table;
    (void)state;
    strbuf_add(&text, "+----+----+\n| 市 | 任务 |\n+----+----+\n| 沈阳 | 甲 |\n");
    for (int i = 0; i < ROWS; i++)
        strbuf_format(&text, "|    +----+\n|    | %d |\n", i);
    strbuf_add(&text, "+----+----+\n");
    text_table_read(text.text, text.length, grid, &table);
    assert_int_equal(grid_rows(grid), ROWS + 2);
    assert_string_equal(grid_text(grid, ROWS + 1, 0, NULL), "沈阳");
    assert_true(grid_is_filled(grid, ROWS + 1, 0));
    text_table_clear(&table);
    grid_free(grid);
    strbuf_clear(&text);
}

static void rows_that_go_on(void **state)
{
    (void)state;
    assert_cells("| 编号 | 整改任务 | 目前进展 | 序时进度 |\n"
                 "| 1 | 甲 | 已拆除\n"
                 "余下的正在进行 | 达到序时进度 |\n"
                 "| 2 | 乙 | 丙 | 丁 |\n",
        TEXT_TABLE_BARS,
        "1<编号><整改任务><目前进展><序时进度>\n"
        "2<1><甲><已拆除\n余下的正在进行><达到序时进度>\n"
        "4<2><乙><丙><丁>\n");
    assert_cells("编号\t整改任务\t目前进展\t序时进度\n"
                 "1\t甲\t已拆除\n\n余下的\n正在进行\t达到序时进度\n"
                 "2\t乙\n"
                 "3\t丙\t停工\t未达到序时进度\n",
        TEXT_TABLE_TABS,
        "1<编号><整改任务><目前进展><序时进度>\n"
        "2<1><甲><已拆除\n余下的\n正在进行><达到序时进度>\n"
        "6<2><乙>\n"
        "7<3><丙><停工><未达到序时进度>\n");
}

/* --- aligned columns ------------------------------------------------------------------------- */

static void aligned(void **state)
{
    (void)state;
    assert_cells("编号  整改任务        责任单位      目前进展\n"
                 "1     淘汰燃煤锅炉    市 水利局     已完成 12 台\n"
                 "2     治理河道                      开工\n"
                 "                      市公安局      停工\n"
                 "4     丁              市审计局\n",
        TEXT_TABLE_COLUMNS,
        "1<编号><整改任务><责任单位><目前进展>\n"
        "2<1><淘汰燃煤锅炉><市 水利局><已完成 12 台>\n"
        "3<2><治理河道><><开工>\n"
        "4<><><市公安局><停工>\n"
        "5<4><丁><市审计局>\n");
}

static void aligned_otherwise(void **state)
{
    (void)state;
    /* full-width blanks, names with one within */
    assert_cells("编　号　整改任务　　　责任人　　目前进展\n"
                 "１　　　治理河道　　　张　三　　完成\n"
                 "２　　　　　　　　　　李四光　　停工\n",
        TEXT_TABLE_COLUMNS,
        "1<编　号><整改任务><责任人><目前进展>\n"
        "2<１><治理河道><张　三><完成>\n"
        "3<２><><李四光><停工>\n");
    /* to the right, in the middle, a rule, one blank before the next column */
    assert_cells("编号       整改任务       完成率\n"
                 "----  ------------------  ------\n"
                 "   1  淘汰全部燃煤锅炉一    100%\n"
                 "  12      治理河道           5%\n"
                 " 100                        60%\n",
        TEXT_TABLE_COLUMNS,
        "1<编号><整改任务><完成率>\n3<1><淘汰全部燃煤锅炉一><100%>\n4<12><治理河道><5%>\n5<100><><"
        "60%>\n");
    assert_cells("编号 整改任务 目前进展\n"
                 "1    治理河道 完成\n"
                 "2             停工\n",
        TEXT_TABLE_COLUMNS, "1<编号><整改任务><目前进展>\n2<1><治理河道><完成>\n3<2><><停工>\n");
    /* parted, not aligned */
    assert_cells("编号  整改任务  目前进展\n"
                 "1  淘汰全部燃煤锅炉  已经完成\n"
                 "2  治理  停工\n",
        TEXT_TABLE_COLUMNS,
        "1<编号><整改任务><目前进展>\n2<1><淘汰全部燃煤锅炉><已经完成>\n3<2><治理><停工>\n");
    /* by characters, as programs pad that know no width */
    assert_cells("编号  整改任务    目前进展\n"
                 "1   淘汰全部燃煤  完成\n"
                 "2           停工了\n",
        TEXT_TABLE_COLUMNS,
        "1<编号><整改任务><目前进展>\n2<1><淘汰全部燃煤><完成>\n3<2><><停工了>\n");
}

static void wrapped_texts(void **state)
{
    (void)state;
    assert_cells("编号  整改任务      目前进展\n"
                 "1     淘汰城区燃煤  已经拆除十二\n"
                 "      锅炉          台，余下的三\n"
                 "                    台正在进行。\n"
                 "2     治理河道      停工\n",
        TEXT_TABLE_COLUMNS,
        "1<编号><整改任务><目前进展>\n"
        "2<1><淘汰城区燃煤锅炉><已经拆除十二台，余下的三台正在进行。>\n"
        "5<2><治理河道><停工>\n");
    /* the end of a day is no number of a page */
    assert_cells("编号  整改任务      时限\n"
                 "1     治理河道      2026-12\n"
                 "                    -15\n"
                 "2     淘汰城区燃煤  2026-11\n"
                 "                    -30\n",
        TEXT_TABLE_COLUMNS,
        "1<编号><整改任务><时限>\n2<1><治理河道><2026-12-15>\n4<2><淘汰城区燃煤><2026-11-30>\n");
    /* a text that would have fitted is a row of its own */
    assert_cells("编号  整改任务      目前进展\n"
                 "1     治理河道      已经拆除十二\n"
                 "                    停工\n"
                 "2     淘汰城区燃煤  无\n",
        TEXT_TABLE_COLUMNS,
        "1<编号><整改任务><目前进展>\n2<1><治理河道><已经拆除十二停工>\n4<2><淘汰城区燃煤><无>\n");
    assert_cells("编号  整改任务      目前进展\n"
                 "1     治理河道      拆除\n"
                 "                    停工\n"
                 "2     淘汰城区燃煤  已经完成\n",
        TEXT_TABLE_COLUMNS,
        "1<编号><整改任务><目前进展>\n2<1><治理河道><拆除>\n3<><><停工>\n4<2><淘汰城区燃煤><"
        "已经完成>\n");
    /* blank lines between rows: all between two is one */
    assert_cells("编号  整改任务      目前进展\n"
                 "\n"
                 "1     治理河道      1.拆除\n"
                 "                    2.停工\n"
                 "\n"
                 "2     淘汰城区燃煤  已经完成\n",
        TEXT_TABLE_COLUMNS,
        "1<编号><整改任务><目前进展>\n3<1><治理河道><1.拆除\n2.停工>\n6<2><淘汰城区燃煤><已经完成>"
        "\n");
}

static void pages(void **state)
{
    (void)state;
    assert_cells("全市整改进展清单\n"
                 "编号  整改任务      目前进展\n"
                 "1     治理河道      停工\n"
                 "                 - 1 -\n"
                 "全市整改进展清单\n"
                 "  编号  整改任务        目前进展\n"
                 "  2     淘汰城区燃煤    已经完成\n"
                 "  3                     停工\n"
                 "第 2 页 共 2 页\n"
                 "以上情况由各地报送，数据截至十一月二十日，由省办汇总。\n",
        TEXT_TABLE_COLUMNS,
        "2<编号><整改任务><目前进展>\n3<1><治理河道><停工>\n"
        "6<编号><整改任务><目前进展>\n7<2><淘汰城区燃煤><已经完成>\n8<3><><停工>\nbehind 10\n");
}

/* A row behind a blank line is one, whatever is wrong with it; a remark there is none. */
static void rows_behind_a_blank_line(void **state)
{
    (void)state;
    assert_cells("┌────┬────────┬────────┐\n"
                 "│编号│目前进展│序时进度│\n"
                 "├────┼────────┼────────┤\n"
                 "│02  │已拆除  │达到    │\n"
                 "├────┼────────┼────────┤\n"
                 "\n"
                 "│05  │已停工  │未达到  │\n"
                 "└────┴────────┴────────┘\n",
        TEXT_TABLE_BARS,
        "2<编号><目前进展><序时进度>\n4<02><已拆除><达到>\n7<05><已停工><未达到>\n");
    assert_cells("+------+----------+----------+\n"
                 "| 编号 | 目前进展 | 序时进度 |\n"
                 "+------+----------+----------+\n"
                 "| 02   | 已拆除   | 达到     |\n"
                 "+------+----------+----------+\n"
                 "\n"
                 "| 05   | 停工     | 未达到   | 多 |\n",
        TEXT_TABLE_BARS,
        "2<编号><目前进展><序时进度>\n4<02><已拆除><达到>\n"
        "!7.4 \"多\": the row has more cells than there are headings; a bar within a text is "
        "written "
        "\\|\n");
    /* too short a one is no reason to take the bars for texts */
    assert_cells("| 编号 | 目前进展 | 序时进度 |\n"
                 "|------|----------|----------|\n"
                 "| 02   | 甲       | 达到     |\n"
                 "\n"
                 "| 05   | 丙 |\n",
        TEXT_TABLE_BARS, "1<编号><目前进展><序时进度>\n3<02><甲><达到>\n5<05><丙>\n");
    assert_cells("编号  目前进展    序时进度\n"
                 "02    甲乙        达到序时进度\n"
                 "\n"
                 "05    丙丁戊己庚辛壬癸 已完成整改\n"
                 "\n"
                 "某市整改办  11月20日\n",
        TEXT_TABLE_COLUMNS,
        "1<编号><目前进展><序时进度>\n2<02><甲乙><达到序时进度>\n"
        "!4.0 \"丙丁戊己庚辛壬癸 已完成整改\": it cannot be told under which heading this stands; "
        "move it below its heading, or part the cells with |\nbehind 6\n");
}

static void what_is_of_no_column_is_told(void **state)
{
    (void)state;
    assert_cells("| 编号 | 整改任务 |\n|---|---|\n| 1 | 甲 | 乙 |\n\n一、水环境\n| 2 | 丙 "
                 "|\n请各地核对后再报一次\n| 3 | 丁 |\n",
        TEXT_TABLE_BARS,
        "1<编号><整改任务>\n5<一、水环境>\n6<2><丙>\n8<3><丁>\n"
        "!3.3 \"乙\": the row has more cells than there are headings; a bar within a text is "
        "written \\|\n"
        "!7.0 \"请各地核对后再报一次\": it cannot be told which column this line between two rows "
        "is of; "
        "put it into its cell, or take it out\n");
    assert_cells("| 编号 | 整改任务 |\n| 1 | 甲 |\n\n| 序号 | 责任单位 |\n| 2 | 乙 |\n",
        TEXT_TABLE_BARS,
        "1<编号><整改任务>\n2<1><甲>\n"
        "?4.0 \"| 序号 | 责任单位 |\": another table begins here, which is not read: put it into a "
        "file of "
        "its own\n");
    assert_cells("编号  整改任务      责任单位    目前进展\n"
                 "1     治理河道      市水利局    停工\n"
                 "2     甲乙丙丁戊己庚辛壬癸  市水利局\n",
        TEXT_TABLE_COLUMNS,
        "1<编号><整改任务><责任单位><目前进展>\n2<1><治理河道><市水利局><停工>\n"
        "!3.0 \"甲乙丙丁戊己庚辛壬癸\": it cannot be told under which heading this stands; move it "
        "below "
        "its heading, or part the cells with |\n");
}

static void what_is_no_table(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "\n\n", "|", "||\n",
        "一、总体要求\n（一）目标。到2027年完成。\n",
        "整改任务：某县锅炉整改\n整改目标：全部淘汰\n公示时间：2026年3月1日至3月7日  "
        "联系电话：0000-1\n",
        "编号  整改任务  目前进展\n", "1  甲\n2  乙\n", "\t\n\t\n", "a | b"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_cells(texts[i], TEXT_TABLE_NONE, "");
}

/* --- random tables --------------------------------------------------------------------------- */

#define ROWS_MOST 9
#define COLUMNS_MOST 6

struct sample {
    char *cell[ROWS_MOST][COLUMNS_MOST]; /* row 0: headings */
    size_t rows, columns;
    int width[COLUMNS_MOST];
};
static unsigned dice_state;

static unsigned dice(unsigned most)
{
    dice_state = dice_state * 1103515245U + 12345U;
    return (dice_state >> 16) % most;
}

static char *random_text(bool wide)
{
    static const char *const pieces[] = {"淘汰", "锅炉", "20台", "河", "治理", "，", "（二期）",
        "。", "a", "PM2.5", "达到", "12.5%", " ", "“整改”", "①", "㎡"};
    struct strbuf text = {0};
    for (size_t count = 1 + dice(6); count > 0; count--) {
        const char *piece = pieces[wide ? (size_t[]){0, 1, 3, 4, 10}[dice(5)] : dice(16)];
        bool blank = text.length == 0 || count == 1 || text.text[text.length - 1] == ' ';
        strbuf_add(&text, *piece == ' ' && blank ? "河" : piece);
    }
    return strbuf_take(&text);
}

static void sample_make(struct sample *sample, bool wide)
{
    static const char *const headings[COLUMNS_MOST] = {
        "编号", "整改任务", "责任单位", "目前进展", "完成率", "备注"};
    *sample =
        (struct sample){.rows = 2 + dice(ROWS_MOST - 1), .columns = 3 + dice(COLUMNS_MOST - 2)};
    for (size_t row = 0; row < sample->rows; row++)
        for (size_t i = 0; i < sample->columns; i++) {
            sample->cell[row][i] = row == 0  ? alloc_string(headings[i])
                                   : i == 0  ? alloc_format("%zu", row)
                                   : dice(4) ? random_text(wide)
                                             : alloc_string("");
            int width = text_width(sample->cell[row][i]);
            sample->width[i] = width > sample->width[i] ? width : sample->width[i];
        }
}

static void sample_clear(struct sample *sample)
{
    for (size_t row = 0; row < sample->rows; row++)
        for (size_t i = 0; i < sample->columns; i++)
            free(sample->cell[row][i]);
}

enum side { LEFT, RIGHT, MIDDLE };

static void add_padded(struct strbuf *out, const char *text, int width, enum side side)
{
    int free = width - text_width(text), room = free > 0 ? free : 0;
    int before = side == LEFT ? 0 : side == RIGHT ? room : room / 2;
    strbuf_add_times(out, ' ', (size_t)before);
    strbuf_add(out, text);
    strbuf_add_times(out, ' ', (size_t)(room - before));
}

/* How a table is printed: what stands before, between and behind cells, and what rules are made of.
 */
struct print {
    const char *name, *before, *between, *behind;
    const char
        *rule[3]; /* top, middle, bottom: joint, dash, joint, joint, blanks between; NULL: none */
    enum side side;
    bool padded, every; /* every: a rule between all rows, texts wrapped */
    bool trimmed;       /* no blanks at the end */
    enum text_table_form form;
    bool apart; /* a blank line before the last row */
};
static const struct print prints[] = {
    {"markdown", "| ", " | ", " |", {NULL, "| - | |", NULL}, LEFT, true, false, false,
        TEXT_TABLE_BARS, false},
    {"bare bars", "", " | ", "", {NULL}, LEFT, false, false, false, TEXT_TABLE_BARS, false},
    {"tight bars", "|", "|", "|", {NULL}, LEFT, false, false, false, TEXT_TABLE_BARS, false},
    {"wide bars", "", "｜", "", {NULL}, LEFT, false, false, false, TEXT_TABLE_BARS, false},
    {"tabs", "", "\t", "", {NULL}, LEFT, false, false, false, TEXT_TABLE_TABS, false},
    {"frame", "| ", " | ", " |", {"+ - + +", "+ - + +", "+ - + +"}, LEFT, true, false, false,
        TEXT_TABLE_BARS, false},
    {"grid", "| ", " | ", " |", {"+ - + +", "+ = + +", "+ - + +"}, LEFT, true, true, false,
        TEXT_TABLE_BARS, false},
    {"boxes", "│ ", " │ ", " │", {"┌ ─ ┬ ┐", "├ ─ ┼ ┤", "└ ─ ┴ ┘"}, MIDDLE, true, true, false,
        TEXT_TABLE_BARS, false},
    {"thick boxes", "┃ ", " ┃ ", " ┃", {"┏ ━ ┳ ┓", "┣ ━ ╋ ┫", "┗ ━ ┻ ┛"}, RIGHT, true, false, false,
        TEXT_TABLE_BARS, false},
    {"left", "", "  ", "", {NULL}, LEFT, true, false, true, TEXT_TABLE_COLUMNS, false},
    {"right", "", "  ", "", {NULL}, RIGHT, true, false, true, TEXT_TABLE_COLUMNS, false},
    {"middle", "  ", "    ", "", {NULL}, MIDDLE, true, false, true, TEXT_TABLE_COLUMNS, false},
    {"one blank", "", " ", "", {NULL}, LEFT, true, false, true, TEXT_TABLE_COLUMNS, false},
    {"underlined", "", "  ", "", {NULL, "_ - _ _", NULL}, LEFT, true, false, true,
        TEXT_TABLE_COLUMNS, false},
    {"full-width blanks", "", "　", "", {NULL}, LEFT, true, false, true, TEXT_TABLE_COLUMNS, false},
    {"markdown, last apart", "| ", " | ", " |", {NULL, "| - | |", NULL}, LEFT, true, false, false,
        TEXT_TABLE_BARS, true},
    {"frame, last apart", "| ", " | ", " |", {"+ - + +", "+ - + +", "+ - + +"}, LEFT, true, false,
        false, TEXT_TABLE_BARS, true},
    {"boxes, last apart", "│ ", " │ ", " │", {"┌ ─ ┬ ┐", "├ ─ ┼ ┤", "└ ─ ┴ ┘"}, MIDDLE, true, true,
        false, TEXT_TABLE_BARS, true},
    {"tabs, last apart", "", "\t", "", {NULL}, LEFT, false, false, false, TEXT_TABLE_TABS, true},
    {"left, last apart", "", "  ", "", {NULL}, LEFT, true, false, true, TEXT_TABLE_COLUMNS, true},
};

static void end_line(struct strbuf *out, const struct print *print)
{
    while (print->trimmed && out->length > 0 && out->text[out->length - 1] == ' ')
        strbuf_cut(out, out->length - 1);
    strbuf_add_char(out, '\n');
}

static void print_rule(
    struct strbuf *out, const struct sample *sample, const struct print *print, int which)
{
    char mark[4][4] = {""};
    if (print->rule[which] == NULL)
        return;
    assert_int_equal(
        sscanf(print->rule[which], "%3s %3s %3s %3s", mark[0], mark[1], mark[2], mark[3]) >= 3, 1);
    bool bare = mark[0][0] == '_';
    strbuf_add(out, bare ? "" : mark[0]);
    for (size_t i = 0; i < sample->columns; i++) {
        strbuf_add(out, i == 0 ? "" : bare ? "  " : mark[2]);
        for (int k = 0; k < sample->width[i] + (bare ? 0 : 2); k++)
            strbuf_add(out, mark[1]);
    }
    strbuf_add(out, bare ? "" : mark[3][0] ? mark[3] : mark[2]);
    strbuf_add_char(out, '\n');
}

/* One line of a row whose texts are wrapped; false where there is none left. */
static bool print_line(struct strbuf *out, const struct sample *sample, size_t row, size_t line,
    const struct print *print)
{
    struct strbuf text = {0};
    bool any = false;
    strbuf_add(&text, print->before);
    for (size_t i = 0; i < sample->columns; i++) {
        struct text_lines lines = {0};
        text_wrap(&lines, sample->cell[row][i], sample->width[i]);
        char *piece = line < lines.count
                          ? alloc_string_n(sample->cell[row][i] + lines.line[line].start,
                                lines.line[line].bytes)
                          : alloc_string("");
        any |= line < lines.count;
        strbuf_add(&text, i > 0 ? print->between : "");
        add_padded(&text, piece, print->padded ? sample->width[i] : 0, print->side);
        text_lines_clear(&lines);
        free(piece);
    }
    strbuf_add(&text, print->behind);
    end_line(&text, print);
    if (any)
        strbuf_add(out, text.text);
    strbuf_clear(&text);
    return any;
}

static void print_sample(struct strbuf *out, const struct sample *sample, const struct print *print)
{
    print_rule(out, sample, print, 0);
    for (size_t row = 0; row < sample->rows; row++) {
        if (row > 1 && row + 1 == sample->rows && print->apart)
            strbuf_add_char(out, '\n');
        for (size_t line = 0; print_line(out, sample, row, line, print); line++)
            continue;
        if (row == 0 || (print->every && row + 1 < sample->rows))
            print_rule(out, sample, print, 1);
    }
    print_rule(out, sample, print, 2);
}

static bool is_sample(const struct grid *grid, const struct sample *sample)
{
    if (grid_rows(grid) != sample->rows)
        return false;
    for (size_t row = 0; row < sample->rows; row++)
        for (size_t i = 0; i < sample->columns; i++)
            if (strcmp(grid_text(grid, row, i, NULL), sample->cell[row][i]) != 0)
                return false;
    return true;
}

static void assert_read_back(const struct sample *sample, const struct print *print, unsigned seed)
{
    struct strbuf text = {0};
    struct grid *grid = grid_new();
    struct text_table table;
    print_sample(&text, sample, print);
    text_table_read(text.text, text.length, grid, &table);
    if (table.form != print->form || table.doubt_count > 0 || !is_sample(grid, sample)) {
        struct strbuf cells = {0};
        add_grid(&cells, grid, &table);
        fail_msg("%s, seed %u:\n%s---\n%s", print->name, seed, text.text, strbuf_text(&cells));
    }
    text_table_clear(&table);
    grid_free(grid);
    strbuf_clear(&text);
}

static void random_tables_are_read_back(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 100; seed++)
        for (size_t i = 0; i < sizeof prints / sizeof *prints; i++) {
            struct sample sample;
            dice_state = seed * 7919;
            sample_make(&sample, prints[i].every);
            for (size_t k = 1; k < sample.columns && prints[i].every; k++)
                sample.width[k] = 8 + (int)dice(4);
            assert_read_back(&sample, &prints[i], seed);
            sample_clear(&sample);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown),
        cmocka_unit_test(a_row_is_no_end_of_a_page),
        cmocka_unit_test(without_outer_bars),
        cmocka_unit_test(frames),
        cmocka_unit_test(merged_cells),
        cmocka_unit_test(merged_over_very_many_rows),
        cmocka_unit_test(rows_that_go_on),
        cmocka_unit_test(aligned),
        cmocka_unit_test(aligned_otherwise),
        cmocka_unit_test(wrapped_texts),
        cmocka_unit_test(pages),
        cmocka_unit_test(rows_behind_a_blank_line),
        cmocka_unit_test(what_is_of_no_column_is_told),
        cmocka_unit_test(what_is_no_table),
        cmocka_unit_test(random_tables_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
