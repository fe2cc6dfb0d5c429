/* Workbooks to tables: every form of cells, texts, numbers, days, merged and hidden cells that
 * programs write, and what is refused. The workbooks are made here, part by part; those of our own
 * export are read as well. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "exchange/xlsx_read.h"
#include "harness/workbook.h"

#define SHEET WORKBOOK_SHEET
#define ROW(cells) "<row>" cells "</row>"
#define TEXT(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"

/* --- reading --------------------------------------------------------------------------------- */

/* "3|text|n:5|d:2026-11-30|^filled|w:sentence" a row. */
static char *picture(const struct grid *grid)
{
    static const char *const marks[] = {"", "n:", "d:", "w:"};
    struct strbuf out = {0};
    for (size_t row = 0; row < grid_rows(grid); row++) {
        strbuf_format(&out, "%zu", grid_line(grid, row));
        for (size_t column = 0; column < grid_width(grid, row); column++) {
            enum grid_kind kind;
            const char *text = grid_text(grid, row, column, &kind);
            strbuf_format(
                &out, "|%s%s%s", grid_is_filled(grid, row, column) ? "^" : "", marks[kind], text);
        }
        strbuf_add(&out, "\n");
    }
    strbuf_add(&out, "");
    return strbuf_take(&out);
}

struct result {
    char *table; /* NULL: refused */
    struct error err;
    struct import_told told;
};

static struct result read_bytes(const struct strbuf *bytes, const char *sheet)
{
    struct result result = {.table = NULL};
    struct grid *grid;
    import_told_init(&result.told, "a.xlsx");
    const struct xlsx_reading with = {
        .bytes = strbuf_text(bytes), .count = bytes->length, .sheet = sheet, .told = &result.told};
    if (xlsx_read(&with, &grid, &result.err))
        result.table = picture(grid);
    grid_free(grid);
    return result;
}

static struct result read_made(const struct workbook *workbook, const char *sheet)
{
    struct strbuf bytes = workbook_make(workbook);
    struct result result = read_bytes(&bytes, sheet);
    strbuf_clear(&bytes);
    return result;
}

static void result_clear(struct result *result)
{
    free(result->table);
    import_told_clear(&result->told);
}

static void assert_table(const struct workbook *workbook, const char *expected)
{
    struct result result = read_made(workbook, NULL);
    if (result.table == NULL)
        fail_msg("%s", result.err.text);
    assert_string_equal(result.table, expected);
    result_clear(&result);
}

static void assert_cells(const char *sheet, const char *expected)
{
    assert_table(&(struct workbook){.sheet = sheet}, expected);
}

static void assert_refused_bytes(const struct strbuf *bytes, const char *sentence)
{
    struct result result = read_bytes(bytes, NULL);
    if (result.table)
        fail_msg("%s", result.table);
    assert_int_not_equal(result.err.code, ERROR_NONE);
    if (strstr(result.err.text, sentence) == NULL)
        fail_msg("%s", result.err.text);
    result_clear(&result);
}

static void assert_refused(const struct workbook *workbook, const char *sentence)
{
    struct strbuf bytes = workbook_make(workbook);
    assert_refused_bytes(&bytes, sentence);
    strbuf_clear(&bytes);
}

/* --- texts ----------------------------------------------------------------------------------- */

static void texts_of_every_form(void **state)
{
    (void)state;
    const struct workbook workbook = {
        .strings = "<sst " WORKBOOK_XMLNS " count=\"9\"><si><t>编号</t></si>"
                   "<si><r><t>责任</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> 单位</t></r>"
                   "<rPh sb=\"0\" eb=\"2\"><t>ze ren</t></rPh><phoneticPr fontId=\"1\"/></si>"
                   "<si><t xml:space=\"preserve\">  甲&amp;乙 &lt;丙&gt;\n丁　</t></si>"
                   "<si><t>a_x000D_\nb_x005F_x000D_c_x4E00_d_x</t></si>"
                   "<si/><si><t/></si><si><t><![CDATA[<数据>]]></t></si>"
                   "<si><r><t>\n  前\n </t></r><r><t> 后 </t></r></si></sst>",
        .sheet = SHEET(ROW("<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>"
                           "<c t=\"s\"><v>3</v></c><c t=\"s\"><v>4</v></c><c t=\"s\"><v>5</v></c>"
                           "<c t=\"s\"><v>6</v></c><c t=\"s\"><v>7</v></c>")
                ROW("<c t=\"s\"><v>0</v></c>" TEXT(
                    "_xD83D__xDE00_") "<c t=\"inlineStr\"><is><r><t>"
                                      "一</t></r><r><t>二</t></r><rPh><t>yi</t></rPh></is></c>"
                                      "<c t=\"str\"><f>A1&amp;\"b\"</f><v>编号_x000A_b</v></c>"
                                      "<c t=\"str\"><f>\"\"</f><v></v></c><c "
                                      "t=\"str\"><v>后</v></c>")),
    };
    assert_table(&workbook, "1|编号|责任 单位|甲&乙 <丙>\n丁|a\nb_x000D_c一d_x|||<数据>|前后\n"
                            "2|编号|\xF0\x9F\x98\x80|一二|编号\nb||后\n");
}

static void what_is_no_text_is_wrong(void **state)
{
    (void)state;
    const struct workbook workbook = {
        .strings = "<sst><si><t>一</t></si></sst>",
        .sheet = SHEET(ROW("<c t=\"s\"><v>1</v></c><c t=\"s\"><v>-1</v></c>"
                           "<c t=\"s\"><v>x</v></c><c t=\"s\"><v>0</v></c>")),
    };
    struct result result = read_made(&workbook, NULL);
    assert_non_null(result.table);
    assert_int_equal(strncmp(result.table, "1|w:the text of this cell is missing", 36), 0);
    assert_non_null(strstr(result.table, "save it|一\n"));
    result_clear(&result);
}

/* --- places ---------------------------------------------------------------------------------- */

static void cells_may_say_where_they_are(void **state)
{
    (void)state;
    assert_cells(SHEET(ROW("<c><v>1</v></c><c><v>2</v></c>") ROW("") ROW("<c><v>3</v></c>")),
        "1|n:1|n:2\n3|n:3\n");
    assert_cells(SHEET("<row r=\"3\"><c r=\"B3\"><v>1</v></c><c><v>2</v></c><c r=\"E3\"><v>3</v>"
                       "</c></row><row><c r=\"A7\"><v>4</v></c></row><row><c><v>5</v></c></row>"),
        "3||n:1|n:2||n:3\n7|n:4\n8|n:5\n");
    /* the row's own number goes before that of its cells */
    assert_cells(SHEET("<row r=\"3\"><c r=\"A9\"><v>1</v></c></row>"), "3|n:1\n");
}

static void order_does_not_matter(void **state)
{
    (void)state;
    assert_cells(SHEET("<row r=\"2\"><c r=\"C2\"><v>3</v></c><c r=\"A2\"><v>1</v></c>"
                       "<c r=\"C2\"><v>4</v></c></row>"
                       "<row r=\"1\"><c r=\"A1\"><v>0</v></c></row>"
                       "<row r=\"2\"><c r=\"B2\"><v>2</v></c><c r=\"A2\"><v>7</v></c></row>"),
        "1|n:0\n2|n:7|n:2|n:4\n");
}

static void empty_cells_are_none(void **state)
{
    (void)state;
    assert_cells(
        SHEET("<row r=\"1\" spans=\"1:16384\"><c r=\"A1\" s=\"0\"/><c r=\"B1\"><v>1</v></c>"
              "<c r=\"XFD1\" s=\"0\"/><c r=\"XFC1\" t=\"inlineStr\"><is><t> \n</t></is>"
              "</c></row><row r=\"1048576\"><c r=\"A1048576\"/></row>"),
        "1||n:1\n");
}

static void far_cells_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *sheet, *sentence;
    } wrong[] = {
        {SHEET("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>"), "\"XFE1\", which is none"},
        {SHEET("<row r=\"1048577\"><c><v>1</v></c></row>"), "1048577"},
        {SHEET("<row r=\"99999999999999999999\"/>"), "99999999999999999999"},
        {SHEET("<row r=\"0\"/>"), "\"0\""},
        {SHEET("<row r=\"x\"/>"), "\"x\""},
        {SHEET("<row><c r=\"1A\"/></row>"), "\"1A\""},
        {SHEET("<row><c r=\"AAAAAAAAAAAA1\"/></row>"), "\"AAAAAAAAAAAA1\""},
        {SHEET("<row><c r=\"\"/></row>"), "\"\""},
        {SHEET("<row r=\"7\"><c r=\"ALM7\"><v>1</v></c></row>"),
            "line 7, column ALM: a table of tasks is read up to column ALL"},
        {SHEET("") "x", "is no XML"},
        {"<worksheet " WORKBOOK_XMLNS "><mergeCells><mergeCell ref=\"A1:B\"/></mergeCells>"
         "</worksheet>",
            "A1:B"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_refused(&(struct workbook){.sheet = wrong[i].sheet}, wrong[i].sentence);
}

/* --- numbers and days ------------------------------------------------------------------------ */

#define XF(id) "<xf numFmtId=\"" id "\" xfId=\"0\"/>"
/* Excel writes such numbers for tables, whatever they mean of a cell. */
#define CONDITIONAL                                                                                \
    "<dxfs count=\"2\"><dxf><numFmt numFmtId=\"30\" formatCode=\"@\"/></dxf>"                      \
    "<dxf><numFmt numFmtId=\"19\" formatCode=\"yyyy/m/d\"/></dxf></dxfs>"

/* One cell with this value and format: a number of a built-in one, or its code. */
static void assert_shown(const char *value, const char *format, const char *expected)
{
    bool built_in = strspn(format, "0123456789") == strlen(format) && format[0] != '0';
    char *code = built_in ? alloc_string("")
                          : alloc_format("<numFmts><numFmt numFmtId=\"200\" formatCode=\"%s\"/>"
                                         "</numFmts>",
                                format);
    char *styles = alloc_format("<styleSheet " WORKBOOK_XMLNS ">%s<cellStyleXfs>" XF("14")
                                    XF("14") "</cellStyleXfs><cellXfs>" XF("0")
                                        XF("%s") "</cellXfs>" CONDITIONAL "</styleSheet>",
        code, built_in ? format : "200");
    char *sheet = alloc_format(SHEET(ROW("<c s=\"1\"><v>%s</v></c>")), value);
    char *table = alloc_format("%s%s%s", *expected ? "1|" : "", expected, *expected ? "\n" : "");
    struct result result = read_made(&(struct workbook){.sheet = sheet, .styles = styles}, NULL);
    if (result.table == NULL || strcmp(result.table, table) != 0)
        fail_msg("%s as %s: %s, not %s", value, format,
            result.table ? result.table : result.err.text, table);
    result_clear(&result);
    free(code);
    free(styles);
    free(sheet);
    free(table);
}

static void numbers_are_written_out(void **state)
{
    (void)state;
    static const struct {
        const char *value, *shown;
    } numbers[] = {{"1", "1"}, {"0", "0"}, {"-0", "0"}, {"-5", "-5"}, {"0.1", "0.1"},
        {"0.28000000000000003", "0.28"}, {"12345678901", "12345678901"},
        {"1.2345678901E10", "12345678901"}, {"1E-3", "0.001"}, {"1e3", "1000"}, {"1.5E+2", "150"},
        {"110101199001011234", "110101199001011234"}, {"2.5E-7", "0.00000025"}, {"007", "7"},
        {"3.0", "3"}, {"-1.25", "-1.25"}, {"123456.789", "123456.789"}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char *expected = alloc_format("n:%s", numbers[i].shown);
        assert_shown(numbers[i].value, "General", expected);
        assert_shown(numbers[i].value, "G/通用格式", expected);
        assert_shown(numbers[i].value, "#,##0.00;[Red]-#,##0.00", expected);
        assert_shown(numbers[i].value, "2", expected);
        free(expected);
    }
    assert_shown("abc", "1", "w:the cell is to be a number, but \"abc\" is none");
    assert_shown("nan", "1", "w:the cell is to be a number, but \"nan\" is none");
    assert_shown("1E999", "1", "w:the cell is to be a number, but \"1E999\" is none");
}

static void numbers_as_they_show(void **state)
{
    (void)state;
    assert_shown("0.6", "9", "60%");
    assert_shown("0.6", "0.0%", "60%");
    assert_shown("0.285", "0%", "29%");
    assert_shown("0.4285714285714286", "9", "43%");
    assert_shown("0.4285714285714286", "10", "42.86%");
    assert_shown("0.999", "0%", "100%");
    assert_shown("0.006", "0%", "1%");
    assert_shown("0.004", "0%", "0%");
    assert_shown("1", "0%", "100%");
    assert_shown("-0.25", "0%", "-25%");
    assert_shown("7", "000", "007");
    assert_shown("12345", "000", "12345");
    assert_shown("7", "&quot;T-&quot;00", "T-07");
    assert_shown("7", "00\\号", "07号");
    assert_shown("7.5", "000", "7.5");
    assert_shown("0", "0;-0;;@", "");
    assert_shown("5", "0;-0;;@", "n:5");
    assert_shown("2345678", "000-0000", "n:2345678");
    assert_shown("5", "0&quot;d&quot;", "n:5");
    assert_shown("5", "[Red][&gt;=100]0;0_ ", "n:5");
    assert_shown("1200", "0.00E+00", "n:1200");
}

static void days_by_their_format(void **state)
{
    (void)state;
    static const char *const whole[] = {"14", "15", "16", "22", "28", "29", "30", "31", "51", "53",
        "54", "58", "yyyy-mm-dd", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@",
        "[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;",
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "yyyy年m月d日", "m&quot;月&quot;d&quot;日&quot;",
        "[Red]yyyy/m/d;@", "[&gt;40000]yyyy/m/d;General", "yyyy/m/d h:mm",
        "yyyy/mm/dd\\ hh:mm:ss.000", "d-mmm-yy", "e/m/d", "[$-411]ggge年m月d日", "aaaa"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        assert_shown("46356.645", whole[i], "d:2026-11-30");
    static const char *const months[] = {"17", "27", "36", "50", "52", "57", "yyyy年m月", "mmm-yy",
        "[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@"};
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        assert_shown("46356", months[i], "2026年11月");
    assert_shown("46356", "yyyy&quot;年&quot;", "2026年");
    static const char *const times[] = {"18", "19", "20", "21", "32", "33", "34", "45", "46", "47",
        "55", "56", "h:mm", "[h]:mm:ss", "上午/下午h&quot;时&quot;mm&quot;分&quot;", "mm:ss.0",
        "h:mm AM/PM"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        assert_shown("0.645833333333333", times[i], "15:30");
    assert_shown("46356", "[&lt;40000]yyyy/m/d;General", "n:46356");
    assert_shown("0", "yyyy/m/d;;", "");
}

static void looks_under_conditions_are_not_those_of_cells(void **state)
{
    (void)state;
    assert_shown("46356", "30", "d:2026-11-30");
    assert_shown("0.5", "19", "12:00");
}

static void days_at_the_edges(void **state)
{
    (void)state;
    assert_shown("1", "14", "d:1900-01-01");
    assert_shown("59", "14", "d:1900-02-28");
    assert_shown("61", "14", "d:1900-03-01");
    assert_shown("2958465", "14", "d:9999-12-31");
    assert_shown("46355.9999999999", "14", "d:2026-11-30");
    assert_shown("60", "14", "w:the cell is to show a day, but there is none for its number 60");
    assert_shown("0", "14", "w:the cell is to show a day, but there is none for its number 0");
    assert_shown("-1", "14", "w:the cell is to show a day, but there is none for its number -1");
    assert_shown("2958466", "14",
        "w:the cell is to show a day, but there is none for its number 2.95847e+06");
    const struct workbook from_1904 = {
        .book = "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"a\" r:id=\"rId1\"/>"
                "</sheets></workbook>",
        .styles = "<styleSheet><cellXfs>" XF("14") "</cellXfs></styleSheet>",
        .sheet = SHEET(ROW("<c><v>44894</v></c><c><v>0</v></c>"))};
    assert_table(&from_1904, "1|d:2026-11-30|d:1904-01-01\n");
    assert_cells(
        SHEET(ROW("<c t=\"d\"><v>2026-11-30T15:30:00</v></c><c t=\"d\"><v>2026-11-30</v></c>"
                  "<c t=\"d\"><v>2026-02-30</v></c>")),
        "1|d:2026-11-30|d:2026-11-30|w:the cell is to show a day, but \"2026-02-30\" is none\n");
}

static void other_values(void **state)
{
    (void)state;
    assert_cells(
        SHEET(ROW("<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#REF!</v></c>"
                  "<c t=\"n\"><f>SUM(A1:A2)</f><v>3</v></c><c><f>A1</f></c><c><f>A1</f><v/></c>"
                  "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c t=\"s\"/>"
                  "<c t=\"x\"><v>别的</v></c>")),
        "1|TRUE|FALSE|w:the cell shows the error #REF!; mend its formula, or write the value in "
        "its "
        "place|n:3"
        "|w:the result of this cell's formula is not in the file; open it in Excel or WPS, save it "
        "and import that"
        "|w:the result of this cell's formula is not in the file; open it in Excel or WPS, save it "
        "and import that"
        "|w:the cell shows the error #DIV/0!; mend its formula, or write the value in its "
        "place||别的"
        "\n");
}

/* --- merged and hidden cells ----------------------------------------------------------------- */

static void merged_cells_are_filled(void **state)
{
    (void)state;
    assert_cells("<worksheet " WORKBOOK_XMLNS "><sheetData>"
                 "<row r=\"1\">" TEXT(
                     "题") "</row>"
                           "<row r=\"3\">" TEXT("1") TEXT("甲")
                               TEXT("a") "</row>"
                                         "<row r=\"4\"><c r=\"C4\"><v>2</v></c></row>"
                                         "<row r=\"6\"><c r=\"A6\"><v>9</v></c><c "
                                         "r=\"C6\"><v>3</v></c></row></sheetData>"
                                         "<mergeCells><mergeCell ref=\"A1:XFD1\"/><mergeCell "
                                         "ref=\"A3:A6\"/><mergeCell ref=\"B3:B4\"/>"
                                         "<mergeCell ref=\"B5:B6\"/><mergeCell "
                                         "ref=\"A100:C1048576\"/></mergeCells></worksheet>",
        "1|题|^题|^题\n3|1|甲|a\n4|^1|^甲|n:2\n6|^1||n:3\n");
}

static void what_is_hidden_is_read_and_told(void **state)
{
    (void)state;
    const struct workbook workbook = {
        .sheet = "<worksheet " WORKBOOK_XMLNS "><cols><col min=\"2\" max=\"3\" hidden=\"true\"/>"
                 "<col min=\"9\" max=\"16384\" hidden=\"1\"/></cols><sheetData>" ROW(
                     TEXT("a")) "<row hidden=\"1\">" TEXT("b") TEXT("c")
                     TEXT("d") "</row>"
                               "<row hidden=\"1\"/></sheetData></worksheet>"};
    struct result result = read_made(&workbook, NULL);
    assert_string_equal(result.table, "1|a\n2|b|c|d\n");
    assert_string_equal(strbuf_text(&result.told.lines),
        "sheet \"台账\"\nhidden in the sheet, and read as well: lines 2\n"
        "hidden in the sheet, and read as well: columns B, C\n");
    result_clear(&result);
}

/* --- sheets ---------------------------------------------------------------------------------- */

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships/"

static const struct workbook_part second = {"xl/other/sheet two.xml",
    "<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><x:sheetData><x:row "
    "r=\"1\"><x:c r=\"A1\"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>",
    0};
static const struct workbook books = {
    .book = "<workbook " WORKBOOK_XMLNS " xmlns:r=\"x\"><sheets>"
            "<sheet name=\"隐藏\" state=\"hidden\" r:id=\"a\"/><sheet name=\"图\" r:id=\"c\"/>"
            "<sheet name=\"台账\" state=\"visible\" r:id=\"b\"/>"
            "<sheet name=\"1\" state=\"veryHidden\" r:id=\"a\"/></sheets></workbook>",
    .relations = "<Relationships><Relationship Id=\"a\" Type=\"" OFFICE
                 "worksheet\" Target=\"/xl/worksheets/sheet1.xml\"/><Relationship Id=\"b\" "
                 "Type=\"" STRICT "worksheet\" Target=\"./x/../other/sheet two.xml\"/>"
                 "<Relationship Id=\"c\" Type=\"" OFFICE "chartsheet\" Target=\"c.xml\"/>"
                 "<Relationship Id=\"d\" Type=\"" OFFICE
                 "worksheet\" Target=\"http://x\" TargetMode=\"External\"/></Relationships>",
    .sheet = SHEET(ROW("<c><v>1</v></c>")),
    .other = &second,
    .others = 1};

static void assert_sheet(const char *typed, const char *table, const char *name, const char *lines)
{
    struct result result = read_made(&books, typed);
    if (result.table == NULL)
        fail_msg("%s", result.err.text);
    assert_string_equal(result.table, table);
    assert_string_equal(result.told.sheet, name);
    assert_string_equal(strbuf_text(&result.told.lines), lines);
    result_clear(&result);
}

static void sheets_are_chosen(void **state)
{
    (void)state;
    static const char first[] = "sheet \"台账\"; not read: 1 隐藏 (hidden), 3 1 (hidden) (--sheet "
                                "reads another; on the board: \"Sheet of the workbook\")\n";
    assert_sheet(NULL, "1|n:2\n", "台账", first);
    assert_sheet("台账", "1|n:2\n", "台账", first);
    assert_sheet("2", "1|n:2\n", "台账", first);
    assert_sheet("隐藏", "1|n:1\n", "隐藏",
        "sheet \"隐藏\" (hidden); not read: 2 台账, 3 1 (hidden) (--sheet reads another; on the "
        "board: \"Sheet of the workbook\")\n");
    /* a name goes before a number */
    assert_sheet("1", "1|n:1\n", "1",
        "sheet \"1\" (hidden); not read: 1 隐藏 (hidden), 2 台账 (--sheet reads another; on the "
        "board: \"Sheet of the workbook\")\n");
    static const char *const wrong[] = {"图", "4", "0", "99999999999", "", "台"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct result result = read_made(&books, wrong[i]);
        assert_null(result.table);
        assert_int_equal(result.err.code, ERROR_USAGE);
        assert_non_null(
            strstr(result.err.text, "\"; there are: 1 隐藏 (hidden), 2 台账, 3 1 (hidden)"));
        result_clear(&result);
    }
}

/* The days of measures stand in a sheet of their own, whose damage is told and refuses nothing. */
static void a_damaged_sheet_beside_is_told(void **state)
{
    (void)state;
    const struct workbook_part broken = {"xl/m.xml", "<worksheet><sheetData>", 0};
    const struct workbook workbook = {
        .book = "<workbook " WORKBOOK_XMLNS " xmlns:r=\"x\"><sheets><sheet name=\"台账\" "
                "r:id=\"a\"/><sheet name=\"整改措施\" r:id=\"b\"/></sheets></workbook>",
        .relations = "<Relationships><Relationship Id=\"a\" Type=\"" OFFICE
                     "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"b\" "
                     "Type=\"" OFFICE "worksheet\" Target=\"m.xml\"/></Relationships>",
        .sheet = SHEET(ROW("<c><v>1</v></c>")),
        .other = &broken,
        .others = 1};
    struct result result = read_made(&workbook, NULL);
    if (result.table == NULL)
        fail_msg("%s", result.err.text);
    assert_string_equal(result.table, "1|n:1\n");
    const char *lines = strbuf_text(&result.told.lines);
    assert_non_null(strstr(lines, "the days of measures in \"整改措施\" are not read: "));
    assert_non_null(strstr(lines, "is no XML from line 1 on"));
    result_clear(&result);
}

/* --- refused files --------------------------------------------------------------------------- */

static void assert_other(const char *name, const char *sentence)
{
    struct workbook_part part = {name, "x", 0};
    struct strbuf bytes = workbook_zip(&part, 1);
    assert_refused_bytes(&bytes, sentence);
    strbuf_clear(&bytes);
}

static struct strbuf compound(const char *stream)
{
    struct strbuf bytes = {0};
    strbuf_add(&bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    strbuf_add_times(&bytes, '\0', 1024 - bytes.length);
    for (const char *at = stream; *at; at++) {
        strbuf_add_char(&bytes, *at);
        strbuf_add_char(&bytes, '\0');
    }
    strbuf_add_times(&bytes, '\0', 2048 - bytes.length);
    return bytes;
}

static void other_files_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *stream, *sentence;
    } streams[] = {{"Workbook", "(.xls or .et)"}, {"Book", "(.xls or .et)"},
        {"EncryptedPackage", "protected by a password"}, {"WordDocument", "(.doc or .wps)"}};
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        struct strbuf bytes = compound(streams[i].stream);
        assert_refused_bytes(&bytes, streams[i].sentence);
        strbuf_clear(&bytes);
    }
    assert_other("ppt/presentation.xml", "(.pptx)");
    assert_other("content.xml", "(.ods or .odt)");
    assert_other("xl/workbook.bin", "(.xlsb)");
    assert_other("OFD.xml", "OFD");
    assert_other("a.csv", "an archive (.zip)");
}

static void damaged_files_are_refused(void **state)
{
    (void)state;
    const struct workbook plain = {.sheet = SHEET(ROW("<c><v>12345</v></c>"))};
    struct strbuf whole = workbook_make(&plain);
    for (size_t length = 5; length < whole.length; length += 7) {
        struct strbuf cut = {0};
        strbuf_add_n(&cut, whole.text, length);
        assert_refused_bytes(&cut, "it begins as a workbook or a Word document but is cut off or damaged");
        strbuf_clear(&cut);
    }
    /* one byte of each part's packed bytes is another */
    size_t changed = 0;
    for (size_t at = 0; at < whole.length; at++) {
        whole.text[at] ^= 0x10;
        struct result result = read_bytes(&whole, NULL);
        changed += result.table == NULL;
        if (result.table)
            assert_string_equal(result.table, "1|n:12345\n");
        result_clear(&result);
        whole.text[at] ^= 0x10;
    }
    assert_true(changed > whole.length / 4);
    strbuf_clear(&whole);
}

static void missing_parts_are_named(void **state)
{
    (void)state;
    assert_refused(&(struct workbook){.sheet = NULL}, "no part xl/worksheets/sheet1.xml");
    struct workbook_part alone = {"xl/workbook.xml",
        "<workbook><sheets><sheet name=\"a\" r:id=\"q\"/></sheets></workbook>", 0};
    struct strbuf bytes = workbook_zip(&alone, 1);
    assert_refused_bytes(&bytes, "the sheet \"a\" is missing in the file");
    strbuf_clear(&bytes);
    assert_refused(&(struct workbook){.book = "<workbook/>"}, "the workbook has no sheet");
    const struct workbook strings = {
        .relations =
            "<Relationships><Relationship Id=\"rId1\" Type=\"" OFFICE
            "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"b\" Type=\"" OFFICE
            "sharedStrings\" Target=\"gone.xml\"/></Relationships>",
        .sheet = SHEET("")};
    assert_refused(&strings, "no part xl/gone.xml");
}

static void hostile_xml_is_refused(void **state)
{
    (void)state;
    assert_refused(&(struct workbook){.sheet = "<!DOCTYPE a [<!ENTITY b \"cccc\"><!ENTITY c "
                                               "\"&b;&b;&b;\">]><worksheet>&c;</worksheet>"},
        "has a document type");
    assert_refused(&(struct workbook){.sheet = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"},
        "has a document type");
    struct strbuf deep = {0};
    for (int i = 0; i < 100; i++)
        strbuf_add(&deep, "<a>");
    assert_refused(&(struct workbook){.sheet = deep.text}, "nested more than 64 deep");
    strbuf_cut(&deep, 0);
    strbuf_add(&deep, "<worksheet a=\"");
    for (int i = 0; i < 1 << 20; i++)
        strbuf_add_char(&deep, (char)('a' + (unsigned)(i * 2654435761U) % 26));
    strbuf_add(&deep, "\"/>");
    assert_refused(&(struct workbook){.sheet = deep.text}, "has a tag of more than 256 KB");
    strbuf_clear(&deep);
    assert_refused(
        &(struct workbook){.sheet = "<worksheet><sheetData>"}, "is no XML from line 1 on");
}

static void two_parts_of_one_name_are_refused(void **state)
{
    (void)state;
    static const char *const again[] = {
        "xl/worksheets/sheet9.xml", "XL/Worksheets/Sheet9.xml", "/xl\\worksheets\\sheet9.xml"};
    for (size_t i = 0; i < sizeof again / sizeof *again; i++) {
        const struct workbook_part part = {again[i], SHEET(ROW(TEXT("别的"))), 0};
        const struct workbook workbook = {
            .sheet = SHEET(ROW(TEXT("一"))), .other = &part, .others = 1};
        struct strbuf bytes = workbook_make(&workbook);
        struct result result = read_bytes(&bytes, NULL);
        assert_non_null(result.table);
        result_clear(&result);
        /* which who makes archives would not do */
        const char *name = strchr(again[i], '9');
        size_t before = (size_t)(name - again[i]);
        for (size_t at = 0; at + before < bytes.length; at++)
            if (memcmp(bytes.text + at, again[i], before + 1) == 0)
                bytes.text[at + before] = '1';
        assert_refused_bytes(&bytes, "it has two parts xl/worksheets/sheet1.xml");
        strbuf_clear(&bytes);
    }
}

/* Each name is kept by who reads XML, until the end of the part. */
static void names_without_end_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *before, *behind;
    } forms[] = {{"<a", "/>"}, {"<a b", "=\"\"/>"}, {"<x:a", "/>"}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct strbuf sheet = {0};
        strbuf_add(&sheet, "<worksheet>");
        for (unsigned n = 0; n < 5000; n++)
            strbuf_format(&sheet, "%s%x%s", forms[i].before, n, forms[i].behind);
        strbuf_add(&sheet, "</worksheet>");
        assert_refused(&(struct workbook){.sheet = sheet.text}, "too many different names");
        strbuf_clear(&sheet);
    }
    struct strbuf few = {0};
    strbuf_add(&few, "<worksheet><sheetData>" ROW("<c><v>1</v></c>") "</sheetData>");
    for (unsigned n = 0; n < 20000; n++)
        strbuf_format(&few, "<a%x b%x=\"\"/>", n % 1000, n % 3000);
    strbuf_add(&few, "</worksheet>");
    assert_cells(few.text, "1|n:1\n");
    strbuf_clear(&few);
}

static void long_names_are_refused(void **state)
{
    (void)state;
    struct strbuf sheet = {0};
    strbuf_add(&sheet, "<worksheet>");
    for (int n = 0; n < 20; n++) {
        strbuf_format(&sheet, "<a%d", n);
        for (int i = 0; i < 100000; i++)
            strbuf_add_char(&sheet, (char)('a' + (unsigned)((i + n) * 2654435761U >> 7) % 26));
        strbuf_add(&sheet, "/>");
    }
    strbuf_add(&sheet, "</worksheet>");
    assert_refused(&(struct workbook){.sheet = sheet.text}, "too many different names");
    strbuf_clear(&sheet);
}

static void bombs_are_refused(void **state)
{
    (void)state;
    struct strbuf blanks = {0}, cell = {0};
    strbuf_add_times(&blanks, ' ', 24 << 20);
    assert_refused(&(struct workbook){.sheet = blanks.text}, "unpacks to more than 100 times");
    strbuf_clear(&blanks);
    strbuf_add(&cell, "<worksheet><sheetData><row r=\"4\"><c r=\"C4\" t=\"inlineStr\"><is><t>");
    strbuf_add_times(&cell, 'x', (1 << 20) + 1);
    strbuf_add(&cell, "</t></is></c></row></sheetData></worksheet>");
    assert_refused(
        &(struct workbook){.sheet = cell.text}, "line 4, column C: a text has more than 1048576");
    strbuf_cut(&cell, 0);
    /* each cell is far to the right: empty ones cost, too */
    strbuf_add(&cell, "<worksheet><sheetData>");
    for (int i = 0; i < 20000; i++)
        strbuf_format(&cell, "<row><c r=\"ALL%d\"><v>%d</v></c></row>", i + 1, i * 7919);
    strbuf_add(&cell, "</sheetData></worksheet>");
    assert_refused(
        &(struct workbook){.sheet = cell.text}, "the sheet has more than 16777216 cells");
    strbuf_cut(&cell, 0);
    strbuf_add(&cell,
        "<worksheet><sheetData><row><c r=\"A1\"><v>1</v></c><c r=\"ALL1\"><v>1</v></c>"
        "</row>");
    for (int i = 0; i < 1000; i++)
        strbuf_add(&cell, "<row><c><v>1</v></c></row>");
    strbuf_add(&cell, "</sheetData><mergeCells>");
    for (int i = 0; i < 100; i++)
        strbuf_format(&cell, "<mergeCell ref=\"A1:ALL%d\"/>", 1000 + i);
    strbuf_add(&cell, "</mergeCells></worksheet>");
    assert_refused(&(struct workbook){.sheet = cell.text}, "merged cells of the sheet lie over");
    strbuf_clear(&cell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_every_form),
        cmocka_unit_test(what_is_no_text_is_wrong),
        cmocka_unit_test(cells_may_say_where_they_are),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(empty_cells_are_none),
        cmocka_unit_test(far_cells_are_refused),
        cmocka_unit_test(numbers_are_written_out),
        cmocka_unit_test(numbers_as_they_show),
        cmocka_unit_test(days_by_their_format),
        cmocka_unit_test(looks_under_conditions_are_not_those_of_cells),
        cmocka_unit_test(days_at_the_edges),
        cmocka_unit_test(other_values),
        cmocka_unit_test(merged_cells_are_filled),
        cmocka_unit_test(what_is_hidden_is_read_and_told),
        cmocka_unit_test(sheets_are_chosen),
        cmocka_unit_test(a_damaged_sheet_beside_is_told),
        cmocka_unit_test(other_files_are_told_apart),
        cmocka_unit_test(damaged_files_are_refused),
        cmocka_unit_test(missing_parts_are_named),
        cmocka_unit_test(hostile_xml_is_refused),
        cmocka_unit_test(two_parts_of_one_name_are_refused),
        cmocka_unit_test(names_without_end_are_refused),
        cmocka_unit_test(long_names_are_refused),
        cmocka_unit_test(bombs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
