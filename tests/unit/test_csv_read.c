/* Bytes of files to tables of cells: charsets found out and named, delimiters, quotes, lines and
 * what is refused by place. The charsets are made by iconv here, not by what is tested. */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/charset.h"
#include "base/strbuf.h"
#include "exchange/csv_read.h"

/* --- charsets -------------------------------------------------------------------------------- */

#define LEDGER                                                                                     \
    "编号,整改任务,责任单位\r\n1,燃煤锅炉淘汰,市生态环境局\r\n2,污水管网〇建设,市水利局\r\n"

static struct strbuf encode(const char *text, const char *charset, const char *mark)
{
    struct strbuf out = {0};
    char room[65536], *to = room, *from = (char *)text;
    size_t left = sizeof room, count = strlen(text);
    iconv_t handle = iconv_open(charset, "UTF-8");
    assert_true(handle != (iconv_t)-1);
    assert_int_equal(iconv(handle, &from, &count, &to, &left), 0);
    iconv_close(handle);
    strbuf_add(&out, mark);
    strbuf_add_n(&out, room, (size_t)(to - room));
    return out;
}

static void assert_charset(
    const char *charset, const char *mark, const char *named, const char *found)
{
    struct strbuf bytes = encode(LEDGER, charset, mark);
    struct charset_text text;
    struct error err = {0};
    if (!charset_read(bytes.text, bytes.length, named, &text, &err))
        fail_msg("%s: %s", charset, err.text);
    assert_string_equal(text.charset, found);
    assert_int_equal(text.count, strlen(LEDGER));
    assert_memory_equal(text.bytes, LEDGER, text.count);
    charset_text_clear(&text);
    strbuf_clear(&bytes);
}

static void charsets_are_found_out(void **state)
{
    (void)state;
    assert_charset("UTF-8", "", NULL, "UTF-8");
    assert_charset("UTF-8", "\xEF\xBB\xBF", NULL, "UTF-8");
    assert_charset("UTF-16LE", "\xFF\xFE", NULL, "UTF-16LE");
    assert_charset("UTF-16BE", "\xFE\xFF", NULL, "UTF-16BE");
    assert_charset("UTF-16LE", "", NULL, "UTF-16LE");
    assert_charset("UTF-16BE", "", NULL, "UTF-16BE");
    assert_charset("GB18030", "", NULL, "GB18030");
    assert_charset("GBK", "", NULL, "GB18030");
    assert_charset("GB18030", "\x84\x31\x95\x33", NULL, "GB18030");
    assert_charset("GB18030", "", "GBK", "GBK");
    assert_charset("UTF-8", "\xEF\xBB\xBF", "utf-8", "UTF-8");
    assert_charset("UTF-16LE", "\xFF\xFE", "UTF-16", "UTF-16LE");
}

static void assert_refused(const char *bytes, size_t count, const char *named, const char *sentence)
{
    struct charset_text text;
    struct error err = {0};
    assert_false(charset_read(bytes, count, named, &text, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_null(text.owned);
    if (strstr(err.text, sentence) == NULL)
        fail_msg("%s", err.text);
}

static void other_bytes_are_refused_by_place(void **state)
{
    (void)state;
    assert_refused("a,b\ncaf\xE9,1\n", 11, NULL, "line 2: the bytes E9 2C 31 0A are no UTF-8");
    assert_refused("a\n\nb\0c\n", 7, NULL, "line 3: there is a zero byte");
    assert_refused("a,b", 3, "KLINGON", "no charset is called \"KLINGON\"");
    assert_refused("\xED\xA0\x80", 3, NULL, "no UTF-8");        /* half a pair */
    assert_refused("\xC0\xAF\xC0\xAF", 4, "UTF-8", "no UTF-8"); /* an overlong form */
    struct strbuf big5 = encode("編號,整改任務,責任單位\n1,燃煤鍋爐淘汰,環境局\n", "BIG5", "");
    assert_refused(big5.text, big5.length, NULL, "others are named with --charset, on the board in the line");
    struct charset_text text;
    assert_true(charset_read(big5.text, big5.length, "big5", &text, NULL));
    assert_memory_equal(text.bytes, "編號,整改", 13);
    charset_text_clear(&text);
    strbuf_clear(&big5);
    struct strbuf gb = encode(LEDGER, "GB18030", "");
    assert_refused(gb.text, gb.length - 3, NULL,
        "line 3: the file ends in the middle of a character (GB18030)");
    gb.text[gb.length - 8] = '\xFF';
    assert_refused(gb.text, gb.length, NULL, "are no GB18030");
    strbuf_clear(&gb);
    struct strbuf wide = encode(LEDGER, "UTF-16LE", "\xFF\xFE");
    assert_refused(wide.text, wide.length - 1, NULL,
        "line 3: the file ends in the middle of a character (UTF-16LE)");
    strbuf_clear(&wide);
    assert_refused("1,甲乙", 7, NULL, "line 1: the file ends in the middle of a character (UTF-8)");
}

/* A piece of text that is both is told by what it would be: ASCII is no UTF-16 Chinese. */
static void ascii_is_ascii(void **state)
{
    (void)state;
    struct charset_text text;
    struct error err = {0};
    assert_true(charset_read("id,b\n12,34\n", 11, NULL, &text, &err));
    assert_string_equal(text.charset, "UTF-8");
    assert_true(charset_read("", 0, NULL, &text, &err));
    assert_int_equal(text.count, 0);
    assert_true(charset_read("\xEF\xBB\xBF", 3, NULL, &text, &err));
    assert_int_equal(text.count, 0);
    assert_refused("abcdefgh\0\nabcd\n", 15, NULL, "zero byte");
}

/* --- cells ----------------------------------------------------------------------------------- */

/* The cells with their lines: "1:<a><b> 2:<c>". */
static char *read_cells(const char *text, size_t count)
{
    struct grid *grid = grid_new();
    struct error err = {0};
    struct strbuf out = {0};
    if (!csv_read(text, count, csv_delimiter(text, count, NULL, NULL), grid, &err))
        strbuf_add(&out, err.text);
    else
        for (size_t row = 0; row < grid_rows(grid); row++) {
            strbuf_format(&out, "%s%zu:", row ? " " : "", grid_line(grid, row));
            for (size_t column = 0; column < grid_width(grid, row); column++)
                strbuf_format(&out, "<%s>", grid_text(grid, row, column, NULL));
        }
    grid_free(grid);
    return out.text ? strbuf_take(&out) : alloc_string("");
}

static void assert_cells(const char *text, const char *expected)
{
    char *found = read_cells(text, strlen(text));
    assert_string_equal(found, expected);
    free(found);
}

static void assert_wrong(const char *text, const char *sentence)
{
    char *found = read_cells(text, strlen(text));
    if (strstr(found, sentence) == NULL)
        fail_msg("%s", found);
    free(found);
}

static void lines_end_as_they_like(void **state)
{
    (void)state;
    assert_cells("", "");
    assert_cells("\r\n\n \n", "");
    assert_cells("a,b\nc,d\n", "1:<a><b> 2:<c><d>");
    assert_cells("a,b\r\nc,d\r\n", "1:<a><b> 2:<c><d>");
    assert_cells("a,b\rc,d\r", "1:<a><b> 2:<c><d>");
    assert_cells("a,b\nc,d", "1:<a><b> 2:<c><d>");
    assert_cells("\n\na,b\n\n  \nc,d\n", "3:<a><b> 6:<c><d>");
    assert_cells(",\n,,x\n", "1:<><> 2:<><><x>");
    assert_cells("a\nb\n", "1:<a> 2:<b>");
}

static void quotes_keep_what_they_hold(void **state)
{
    (void)state;
    assert_cells("\"a,b\",c\n", "1:<a,b><c>");
    assert_cells("\"说\"\"好\"\"的\",c\n", "1:<说\"好\"的><c>");
    assert_cells("a,\"一\r\n二\r\n三\",c\r\nd,e,f\r\n", "1:<a><一\n二\n三><c> 4:<d><e><f>");
    assert_cells("\"一\n\n二\",b\nc,d\n", "1:<一\n\n二><b> 4:<c><d>");
    assert_cells("a,\"一\n二\"\n\n\"三\n四\",b\n", "1:<a><一\n二> 4:<三\n四><b>");
    assert_cells("管径5\"管,b\nc,d\n", "1:<管径5\"管><b> 2:<c><d>");
    assert_cells("\"\",\" a \"\n", "1:<><a>");
    assert_cells("甲\"乙\"丙,\"丁\"\n", "1:<甲\"乙\"丙><丁>");
}

static void what_is_wrong_is_named_by_place(void **state)
{
    (void)state;
    assert_wrong("a,b\nc,\"d\ne,f\ng,h\n",
        "line 2, column 2: the quote that opens this cell is never closed");
    assert_wrong("a,b\n\"x\ny\",\"d\ne\n", "line 3, column 2: the quote");
    assert_wrong(
        "a,b\n1,\"重点\"项目\n", "line 2, column 2: a quote within a quoted cell is not doubled");
    assert_wrong("a,b\n1,\"一\n二\"项目\n", "line 3, column 2: a quote within");
}

static void delimiters_are_found(void **state)
{
    (void)state;
    assert_cells("a;b;c\n1;2;3\n", "1:<a><b><c> 2:<1><2><3>");
    assert_cells("a\tb\n1\t2\n", "1:<a><b> 2:<1><2>");
    assert_cells("a|b\n1|2\n", "1:<a><b> 2:<1><2>");
    assert_cells("a\t\tc\n1\t\t3\n", "1:<a><><c> 2:<1><><3>");
    /* commas in every text, but the headings are parted by tabs */
    assert_cells("编号\t整改任务\n1\ta,b\n2\tc,d\n", "1:<编号><整改任务> 2:<1><a,b> 3:<2><c,d>");
    assert_cells("某市台账,,\n编号,整改任务,责任单位\n1,a;b,c;d\n",
        "1:<某市台账><><> 2:<编号><整改任务><责任单位> "
        "3:<1><a;b><c;d>");
    assert_cells("sep=;\r\na;b,c\r\n1;2\r\n", "2:<a><b,c> 3:<1><2>");
    size_t rows, known;
    assert_int_equal(csv_delimiter("编号;任务\n1;a\n", 22, &rows, &known), ';');
    assert_int_equal(known, 2);
    assert_int_equal(rows, 2);
}

static void large_cells_are_refused(void **state)
{
    (void)state;
    size_t count = 40 << 20;
    char *text = alloc_zero(count + 16, 1);
    memcpy(text, "a,b\n1,\"", 7);
    memset(text + 7, 'x', count);
    memcpy(text + 7 + count, "\"\n", 3);
    assert_wrong(text, "line 2, column 2: the cell has more than 1048576 bytes");
    for (size_t at = 7; at < count; at += 80)
        text[at] = '\n';
    assert_wrong(text, "line 2, column 2: the cell has more than 1048576 bytes");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(charsets_are_found_out),
        cmocka_unit_test(other_bytes_are_refused_by_place),
        cmocka_unit_test(ascii_is_ascii),
        cmocka_unit_test(lines_end_as_they_like),
        cmocka_unit_test(quotes_keep_what_they_hold),
        cmocka_unit_test(what_is_wrong_is_named_by_place),
        cmocka_unit_test(delimiters_are_found),
        cmocka_unit_test(large_cells_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
