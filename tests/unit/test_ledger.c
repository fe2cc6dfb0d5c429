/* Ledgers to proposals: headings found in every form that tables have, columns told by hand, merged
 * cells, rows that are no tasks. What is proposed is recorded here in place of the import itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/exchange/ledger_parts.h"
#include "base/strbuf.h"
#include "exchange/csv_read.h"
#include "exchange/ledger.h"
#include "model/import.h"

/* --- what is proposed ------------------------------------------------------------------------ */

struct import {
    struct strbuf text;
};

void import_task(struct import *import, struct import_place place)
{
    strbuf_format(&import->text, "%zu\n", place.line);
}

void import_value(
    struct import *import, const char *field, const char *typed, struct import_place place)
{
    if (strlen(typed) > 1000)
        strbuf_format(&import->text, " %s=%zu bytes @%zu\n", field, strlen(typed), place.line);
    else
        strbuf_format(&import->text, " %s=%s @%zu.%zu %s\n", field, typed, place.line, place.column,
            place.heading);
}

void import_version(struct import *import, const char *typed, struct import_place place)
{
    import_value(import, "version", typed, place);
}

void import_problem(struct import *import, const char *sentence, struct import_place place)
{
    strbuf_format(&import->text, "! %zu.%zu %s\n", place.line, place.column, sentence);
}

void import_warning(struct import *import, const char *sentence, struct import_place place)
{
    strbuf_format(&import->text, "? %zu.%zu %s\n", place.line, place.column, sentence);
}

struct ledger_case {
    bool fill, brief; /* brief: values without their places */
    const char *map[4];
};

static void strip_places(struct strbuf *text)
{
    struct strbuf out = {0};
    char *rest = text->text;
    for (char *line; rest && (line = strsep(&rest, "\n")) != NULL;) {
        char *at = strrchr(line, '@');
        if (at)
            at[-1] = '\0';
        strbuf_format(&out, "%s%s", line, *line ? "|" : "");
    }
    strbuf_clear(text);
    *text = out;
}

/* Proposals of `text`, `told` beside them; an error alone. */
static char *propose(const char *text, struct ledger_case how, struct import_told *told)
{
    struct import import = {0};
    struct grid *grid = grid_new();
    struct ledger ledger;
    struct error err = {0};
    size_t count = strlen(text), maps = 0;
    while (maps < 4 && how.map[maps])
        maps++;
    assert_true(csv_read(text, count, csv_delimiter(text, count, NULL, NULL), grid, &err));
    if (!ledger_open(grid, how.map, maps, &ledger, &err)) {
        strbuf_add(&import.text, err.text);
    } else {
        struct import_told ignored = {0};
        ledger_tell(grid, &ledger, told ? told : &ignored);
        ledger_propose(grid, &ledger, how.fill, &import, told ? told : &ignored);
        ledger_clear(&ledger);
        import_told_clear(&ignored);
        if (how.brief)
            strip_places(&import.text);
    }
    grid_free(grid);
    strbuf_add(&import.text, "");
    return strbuf_take(&import.text);
}

static void assert_proposed(const char *text, struct ledger_case how, const char *expected)
{
    char *found = propose(text, how, NULL);
    assert_string_equal(found, expected);
    free(found);
}

static void assert_told(const char *text, struct ledger_case how, const char *expected)
{
    struct import_told told = {0};
    free(propose(text, how, &told));
    if (strstr(strbuf_text(&told.lines), expected) == NULL)
        fail_msg("%s", strbuf_text(&told.lines));
    import_told_clear(&told);
}
#define BRIEF                                                                                      \
    (struct ledger_case)                                                                           \
    {                                                                                              \
        .brief = true                                                                              \
    }
#define FILL                                                                                       \
    (struct ledger_case)                                                                           \
    {                                                                                              \
        .brief = true, .fill = true                                                                \
    }

/* --- headings -------------------------------------------------------------------------------- */

static void values_have_their_places(void **state)
{
    (void)state;
    assert_proposed(
        "某县整改台账,,\n\n编号,整改任务,责任 单位（牵头）\n7,淘汰燃煤锅炉,生态环境局\n",
        (struct ledger_case){0},
        "4\n number=7 @4.1 编号\n title=淘汰燃煤锅炉 @4.2 整改任务\n responsible=生态环境局 @4.3 "
        "责任 单位（牵头）\n");
}

static void all_fields_are_taken(void **state)
{
    (void)state;
    assert_proposed("轮次,序号,任务名称,问题描述,整改要求,整改期限,县（市、区）,地市,牵头部门,"
                    "责任部门,配合部门,验收单位,包保领导,责任人,"
                    "联系方式,领域,交办时间,整改状态,进度评价,完成率,整改进展,存在困难,下步打算,"
                    "实际完成时间,销号日期,文号,具体措施\n"
                    "2026,1,甲,乙,丙,2026年底前,于洪区,沈阳市,丁,戊,己,庚,辛,壬,024-1,水,2026-1-2,"
                    "整改中,正常,50%,子,丑,寅,2026.3.4,2026/"
                    "5/6,号,措\n",
        BRIEF,
        "2| source=2026| number=1| title=甲| problem=乙| goal=丙| measure.1=措| "
        "deadline=2026年底前| region=沈阳市|"
        " region=于洪区| lead=丁| responsible=戊| cooperating=己| supervisor=庚| sponsor=辛| "
        "officer=壬| phone=024-1|"
        " category=水| assigned_on=2026-1-2| state=整改中| progress=正常| percent=50%| report=子| "
        "problems=丑|"
        " next_step=寅| done_on=2026.3.4| closed_on=2026/5/6| close_document=号|");
    assert_proposed(
        "Source,Number,Title,Due date,Lead department,Status\n2026,1,Boilers,2026-11-30,X,closed\n",
        BRIEF,
        "2| source=2026| number=1| title=Boilers| deadline=2026-11-30| lead=X| state=closed|");
}

static void two_rows_of_headings_are_joined(void **state)
{
    (void)state;
    assert_proposed("整改任务台账,,,,,\n编号,整改任务,责任单位,,,整改时限\n,,牵头单位,责任单位,"
                    "配合单位,\n1,甲,乙,丙,丁,2026年\n",
        BRIEF, "4| number=1| title=甲| deadline=2026年| lead=乙| responsible=丙| cooperating=丁|");
    assert_proposed("编号,整改任务,责任单位,,时限\n,,市级,县级,\n1,甲,乙,丙,2026年\n", BRIEF,
        "3| number=1| title=甲| deadline=2026年| responsible=乙| responsible=丙|");
    /* a first row of data is not a second row of headings */
    assert_proposed("编号,整改任务,备注\n1,责任单位,类别\n", BRIEF, "2| number=1| title=责任单位|");
}

static void columns_are_told_by_hand(void **state)
{
    (void)state;
    static const char table[] = "编号,事由,整改时限,内容,责任单位\n1,甲,2026年,乙,丙\n";
    assert_proposed(table,
        (struct ledger_case){.brief = true, .map = {"事由=title", "D=整改目标", "5=-"}},
        "2| number=1| title=甲| goal=乙| deadline=2026年|");
    assert_told(table, BRIEF, "headings in line 1: 编号, 整改时限, 责任单位\n");
    assert_told("序号,整改任务\n1,甲\n", BRIEF, "headings in line 1: 序号=Number, 整改任务\n");
    assert_told(table, BRIEF,
        "not taken: 事由 (--map 2=FIELD takes it, or on the board Enter in its line)\n");
    assert_proposed(table, (struct ledger_case){.map = {"无=title"}},
        "--map 无: there is no such column; there are 5: 编号, 事由, 整改时限, 内容, 责任单位");
    assert_proposed(table, (struct ledger_case){.map = {"事由=tilte"}},
        "--map 事由=tilte: no field is called \"tilte\"; \"duban help import\" lists them, and - "
        "leaves a column out");
    assert_proposed(table, (struct ledger_case){.map = {"事由"}},
        "--map 事由 is not written COLUMN=FIELD; a column is its heading, its letter or its "
        "number");
    assert_proposed(table, (struct ledger_case){.map = {"2=title", "4=title"}},
        "two columns are told to be title");
    assert_proposed("1,甲,2026年\n2,乙,2027年\n",
        (struct ledger_case){.brief = true, .map = {"A=number", "B=title", "C=deadline"}},
        "1| number=1| title=甲| deadline=2026年|2| number=2| title=乙| deadline=2027年|");
}

static void one_column_is_one_field(void **state)
{
    (void)state;
    assert_proposed("序号,编号,整改任务\n1,2-047,甲\n", BRIEF, "2| number=2-047| title=甲|");
    assert_told("序号,编号,整改任务\n1,2-047,甲\n", BRIEF,
        "not taken: 序号, for another column is Number already\n");
    assert_proposed("整改任务\n甲\n乙\n", BRIEF, "2| title=甲|3| title=乙|");
    char *found = propose("甲,乙\n丙,丁\n", BRIEF, NULL);
    assert_non_null(strstr(found, "no row of headings is found"));
    free(found);
}

/* --- rows ------------------------------------------------------------------------------------ */

static void other_rows_are_passed_over(void **state)
{
    (void)state;
    static const char table[] =
        "编号,整改任务,责任单位,时限\n1,2,3,4\n一、大气污染防治,,,\n1,甲,乙,2026年\n,,,\n"
        "编号,整改任务,责任单位,时限\n2,丙,丁,2026年\n合计,,2,\n注：以上为全部任务,,,"
        "\n填表人：张某,,审核人：李某,\n";
    assert_proposed(table, BRIEF,
        "4| number=1| title=甲| deadline=2026年| responsible=乙|7| number=2| title=丙| "
        "deadline=2026年| responsible=丁|");
    assert_told(table, BRIEF,
        "passed over: line 2, numbers of columns\npassed over: line 3, the title of a section\n"
        "passed over: line 6, the headings again\npassed over: line 8, a sum\n"
        "passed over: line 9, a signature or remark\npassed over: line 10, a signature or "
        "remark\n");
}

static void blanks_go_on_when_asked(void **state)
{
    (void)state;
    static const char table[] =
        "编号,整改任务,市,县,整改措施,责任单位,时限\n1,甲,沈阳市,于洪区,一,乙,2026年\n"
        ",,,,二,丙,\n,,,沈北新区,三,丁,2027年\n2,戊,,,四,,2026年\n3,己,大连市,,五,庚,2026年\n";
    assert_proposed(table, FILL,
        "2| number=1| title=甲| measure.1=一| deadline=2026年| region=沈阳市| region=于洪区| "
        "responsible=乙|"
        " measure.2=二| responsible=丙|"
        "4| number=1| title=甲| measure.1=三| deadline=2027年| region=沈阳市| region=沈北新区| "
        "responsible=丁|"
        "5| number=2| title=戊| measure.1=四| deadline=2026年| region=沈阳市| region=沈北新区| "
        "responsible=丁|"
        "6| number=3| title=己| measure.1=五| deadline=2026年| region=大连市| responsible=庚|");
    assert_proposed("编号,整改任务,责任单位\n1,甲,乙\n,,丙\n", BRIEF,
        "2| number=1| title=甲| responsible=乙|! 3.0 The row has neither number nor title; where "
        "merged cells were "
        "left blank, --fill (on the board: \"Merged cells go on below\") goes on with the row "
        "above|");
    /* without being asked nothing goes on */
    assert_proposed("编号,整改任务,责任单位\n1,甲,乙\n2,丙,\n", BRIEF,
        "2| number=1| title=甲| responsible=乙|3| number=2| title=丙|");
    assert_proposed("编号,整改任务,时限,目前进展\n1,甲,2026年,子\n,,2027年,丑\n", FILL,
        "! 3.3 This row goes on with the task of line 2, which says otherwise; a task of its own "
        "needs a number or a "
        "title|2| number=1| title=甲| deadline=2026年| report=子|丑|");
}

/* Else what a blank column costs grows with the square of the rows. */
static void a_task_goes_on_over_so_many_rows(void **state)
{
    static const char says[] =
        "! 1001.0 The task of line 2 goes on over more than 999 rows; a task "
        "of its own needs a number or a title|2| number=1|";
    struct strbuf table = {0};
    (void)state;
    strbuf_add(&table, "编号,整改任务,指标,目标值\n1,甲,子0,0\n");
    for (int i = 1; i < 999; i++)
        strbuf_format(&table, ",,子%d,%d\n", i, i);
    char *found = propose(table.text, FILL, NULL);
    assert_null(strchr(found, '!'));
    assert_non_null(strstr(found, " target.999=子998| value.999=998|"));
    free(found);
    for (int i = 999; i < 20000; i++)
        strbuf_format(&table, ",,子%d,%d\n", i, i);
    found = propose(table.text, FILL, NULL);
    assert_memory_equal(found, says, strlen(says));
    assert_null(strchr(found + 1, '!'));
    assert_null(strstr(found, "target.1000"));
    free(found);
    strbuf_clear(&table);
}

static void sums_are_no_tasks(void **state)
{
    (void)state;
    assert_proposed(
        "编号,整改任务,反馈问题,时限\n1,甲,子,2026年\n合计,20项,,\n小计,,60,\n总计,12,60,\n", BRIEF,
        "2| number=1| title=甲| problem=子| deadline=2026年|");
}

/* A workbook keeps what a cell shows: an error is a problem where the cell is, once, and no value.
 */
static void cells_without_a_value_are_problems(void **state)
{
    (void)state;
    static const char *const table[][4] = {{"编号", "整改任务", "反馈问题", "整改措施"},
        {"1", "甲", "", "一"}, {"", "", "", "!错"}, {"合计", "!错", "", "!错"}};
    struct import import = {0};
    struct import_told told = {0};
    struct grid *grid = grid_new();
    struct ledger ledger;
    for (size_t row = 0; row < 4; row++) {
        grid_row(grid, row + 1);
        for (size_t column = 0; column < 4; column++) {
            const char *text = table[row][column];
            bool wrong = *text == '!';
            grid_cell(grid, wrong ? GRID_WRONG : GRID_TEXT, text + wrong, strlen(text + wrong));
        }
    }
    /* the empty problem of the second row does not make it a task of its own */
    grid_fill(grid, 1, 0, 2, 1);
    grid_fill(grid, 1, 1, 2, 1);
    assert_true(ledger_open(grid, NULL, 0, &ledger, NULL));
    ledger_propose(grid, &ledger, false, &import, &told);
    assert_string_equal(strbuf_text(&import.text),
        "! 3.4 错\n2\n number=1 @2.1 编号\n title=甲 @2.2 整改任务\n measure.1=一 @2.4 "
        "整改措施\n");
    strbuf_clear(&import.text);
    import_told_clear(&told);
    ledger_clear(&ledger);
    grid_free(grid);
}

static void cells_that_a_file_merged_need_no_asking(void **state)
{
    (void)state;
    struct import import = {0};
    struct grid *grid = grid_new();
    static const char *const table[][3] = {
        {"编号", "整改任务", "整改措施"}, {"1", "甲", "一"}, {"", "", "二"}, {"2", "乙", "三"}};
    for (size_t row = 0; row < 4; row++) {
        grid_row(grid, row + 1);
        for (size_t column = 0; column < 3; column++)
            grid_cell(grid, GRID_TEXT, table[row][column], strlen(table[row][column]));
    }
    grid_fill(grid, 1, 0, 2, 1);
    grid_fill(grid, 1, 1, 2, 1);
    struct ledger ledger;
    struct import_told told = {0};
    assert_true(ledger_open(grid, NULL, 0, &ledger, NULL));
    ledger_tell(grid, &ledger, &told);
    assert_int_equal(told.heading_line, 1);
    assert_int_equal(told.count, 3);
    assert_string_equal(told.column[1].field->name, "title");
    assert_string_equal(told.column[1].first[2], "乙");
    assert_string_equal(told.column[2].first[1], "二");
    ledger_propose(grid, &ledger, false, &import, &told);
    strip_places(&import.text);
    assert_string_equal(import.text.text,
        "2| number=1| title=甲| measure.1=一| measure.2=二|4| number=2| title=乙| measure.1=三|");
    strbuf_clear(&import.text);
    import_told_clear(&told);
    ledger_clear(&ledger);
    grid_free(grid);
}

static void a_problem_gives_the_title(void **state)
{
    (void)state;
    assert_proposed("编号,反馈问题\n1,某河断面水质超标。周边有直排口。\n", BRIEF,
        "2| title=某河断面水质超标| number=1| problem=某河断面水质超标。周边有直排口。|");
    assert_proposed("编号,反馈问题,整改任务\n1,问题。甲。,任务\n", BRIEF,
        "2| number=1| title=任务| problem=问题。甲。|");
    struct strbuf text = {0}, sentence = {0};
    for (int i = 0; i < 120; i++)
        strbuf_add(&sentence, i % 12 == 11 ? "，" : "字字");
    strbuf_format(&text, "编号,整改任务\n1,%s。后\n", sentence.text);
    char *found = propose(text.text, BRIEF, NULL);
    char *title = strstr(found, "title="), *end = strchr(title, '|');
    assert_true(end - title < 606 && end - title > 400);
    assert_memory_equal(title + 6, sentence.text, (size_t)(end - title - 6));
    assert_memory_equal(end, "| problem=字字", 16);
    assert_string_equal(end + strlen(end) - 11, "| number=1|");
    free(found);
    strbuf_clear(&text);
    strbuf_clear(&sentence);
}

static void lines_of_a_cell_are_joined_in_a_line(void **state)
{
    (void)state;
    assert_proposed("编号,整改任务,责任人,整改目标\n1,\"淘汰\n锅炉\",\"Wang\n李\",\"一\n二\"\n",
        BRIEF, "2| number=1| title=淘汰锅炉| goal=一|二| officer=Wang 李|");
}

/* A workbook of some KB has one text in as many cells as it likes. */
static void add_cells(struct grid *grid, size_t bytes, size_t rows)
{
    struct strbuf text = {0};
    char number[16];
    strbuf_add_times(&text, 'x', bytes);
    grid_row(grid, 1);
    grid_cell(grid, GRID_TEXT, "编号", strlen("编号"));
    grid_cell(grid, GRID_TEXT, "整改任务", strlen("整改任务"));
    uint32_t kept = grid_keep(grid, GRID_TEXT, text.text, text.length);
    for (size_t row = 0; row < rows; row++) {
        grid_row(grid, row + 2);
        snprintf(number, sizeof number, "%zu", row + 1);
        grid_cell(grid, GRID_NUMBER, number, strlen(number));
        grid_cell_kept(grid, kept);
    }
    strbuf_clear(&text);
}

static char *propose_cells(size_t bytes, size_t rows)
{
    struct import import = {0};
    struct import_told told = {0};
    struct ledger ledger;
    struct error err = {0};
    struct grid *grid = grid_new();
    add_cells(grid, bytes, rows);
    assert_true(ledger_open(grid, NULL, 0, &ledger, &err));
    ledger_propose(grid, &ledger, false, &import, &told);
    ledger_clear(&ledger);
    import_told_clear(&told);
    grid_free(grid);
    return strbuf_take(&import.text);
}

static void long_cells_are_refused_by_their_length(void **state)
{
    (void)state;
    char *found = propose_cells(1000000, 2);
    assert_string_equal(found,
        "! 2.2 This is longer than the 16000 bytes that can be kept of a cell\n"
        "! 3.2 This is longer than the 16000 bytes that can be kept of a cell\n"
        "2\n number=1 @2.1 编号\n"
        "3\n number=2 @3.1 编号\n");
    free(found);
    found = propose_cells(16001, 1);
    assert_non_null(strstr(found, "! 2.2 This is longer"));
    free(found);
    found = propose_cells(16000, 1);
    assert_null(strstr(found, "!"));
    assert_non_null(strstr(found, " problem=16000 bytes @2\n"));
    free(found);
}

static void all_measures_of_a_task_may_stand_in_a_cell(void **state)
{
    (void)state;
    struct strbuf text = {0};
    strbuf_add(&text, "编号,整改任务,整改措施\n1,甲,\"一、");
    strbuf_add_times(&text, 'x', 9000);
    strbuf_add(&text, "\n二、");
    strbuf_add_times(&text, 'x', 9000);
    strbuf_add(&text, "\"\n");
    assert_proposed(
        text.text, BRIEF, "2| number=1| title=甲| measure.1=9000 bytes| measure.2=9000 bytes|");
    strbuf_clear(&text);
}

static void so_much_text_is_taken_of_a_file(void **state)
{
    (void)state;
    char *found = propose_cells(16000, 30000);
    const char *end = strstr(found, "!");
    assert_non_null(end);
    assert_string_equal(end, "! 16774.0 The rows up to this one have more than 256 MB of text; "
                             "those behind it were not read: divide the file\n");
    free(found);
}

static void put_row(struct grid *grid, size_t line, const char *const *cells, size_t count)
{
    grid_row(grid, line);
    for (size_t i = 0; i < count; i++)
        grid_cell(grid, GRID_TEXT, cells[i], strlen(cells[i]));
}

/* As those of the sheet of tasks are, before they are compared or told. */
static void long_cells_of_the_sheet_of_measures_are_refused(void **state)
{
    char text[FIELD_TEXT_MOST + 2], why[FIELD_TEXT_MOST + 2];
    const char *const heads[] = {"编号", "措施序号", "整改措施", "措施完成时限", "措施完成日期",
        "免于落实的理由"},
                      *const first[] = {"2-1", "1", text, "2026-12-31"},
                      *const second[] = {"2-1", "2", "清淤", "2026-12-31", "", why};
    struct import import = {{0}};
    struct grid *grid = grid_new();
    (void)state;
    memset(text, 'a', sizeof text - 1);
    memset(why, 'b', sizeof why - 1);
    text[sizeof text - 1] = why[sizeof why - 1] = '\0';
    put_row(grid, 1, heads, 6);
    put_row(grid, 2, first, 4);
    put_row(grid, 3, second, 6);
    struct ledger_beside *beside = ledger_beside_new(grid);
    ledger_beside_tell(beside, "2-1", &(struct ledger_told_measures){0}, &import);
    assert_string_equal(strbuf_text(&import.text),
        "! 2.3 This is longer than the 16000 bytes that can be kept of a cell\n"
        " measure.2=清淤 @3.3 sheet of measures, 整改措施\n"
        " due.2=2026-12-31 @3.4 sheet of measures, 措施完成时限\n"
        "! 3.6 This is longer than the 16000 bytes that can be kept of a cell\n");
    strbuf_clear(&import.text);
    ledger_beside_free(beside);
    grid_free(grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_have_their_places),
        cmocka_unit_test(all_fields_are_taken),
        cmocka_unit_test(two_rows_of_headings_are_joined),
        cmocka_unit_test(columns_are_told_by_hand),
        cmocka_unit_test(one_column_is_one_field),
        cmocka_unit_test(other_rows_are_passed_over),
        cmocka_unit_test(sums_are_no_tasks),
        cmocka_unit_test(blanks_go_on_when_asked),
        cmocka_unit_test(cells_that_a_file_merged_need_no_asking),
        cmocka_unit_test(a_task_goes_on_over_so_many_rows),
        cmocka_unit_test(cells_without_a_value_are_problems),
        cmocka_unit_test(a_problem_gives_the_title),
        cmocka_unit_test(lines_of_a_cell_are_joined_in_a_line),
        cmocka_unit_test(long_cells_are_refused_by_their_length),
        cmocka_unit_test(long_cells_of_the_sheet_of_measures_are_refused),
        cmocka_unit_test(all_measures_of_a_task_may_stand_in_a_cell),
        cmocka_unit_test(so_much_text_is_taken_of_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
