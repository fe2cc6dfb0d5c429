/* Fields of CSV: no formula gets out, and every text comes back as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "../../src/exchange/csv.h"
#include "exchange/csv_read.h"

/* Text and field. */
static const char *const fields[][2] = {
    {"", ""},
    {"2-012", "2-012"},
    {"任务, 一", "\"任务, 一\""},
    {"a \"b\" c", "\"a \"\"b\"\" c\""},
    {"一\n二", "\"一\n二\""},
    {"=1+1", "'=1+1"},
    {"+86 24 8390", "'+86 24 8390"},
    {"-2+3", "'-2+3"},
    {"@SUM(A1)", "'@SUM(A1)"},
    {"\tcmd", "'\tcmd"},
    {"\r=1", "\"'\r=1\""},
    {"＝1＋1", "'＝1＋1"},
    {"＋1", "'＋1"},
    {"－1", "'－1"},
    {"＠x", "'＠x"},
    {"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
    {"-5", "-5"},
    {"+3.25", "+3.25"},
    {"-inf", "'-inf"},
    {"-0x1f", "'-0x1f"},
    {"-1e5", "'-1e5"},
    {"-", "'-"},
    {"'", "'"},
    {"'quoted'", "'quoted'"},
    {"'=1", "''=1"},
    {"'-5", "''-5"},
    {"''＝1", "'''＝1"},
    {"（=1）", "（=1）"},
    {"ｘ", "ｘ"},
};
#define COUNT (sizeof fields / sizeof *fields)

static void formulas_get_an_apostrophe(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        struct strbuf out = {0};
        csv_text(&out, fields[i][0]);
        assert_string_equal(strbuf_text(&out), fields[i][1]);
        strbuf_clear(&out);
    }
}

static void which_is_taken_off_again(void **state)
{
    (void)state;
    struct strbuf text = {0};
    struct error err = {0};
    for (size_t i = 0; i < COUNT; i++) {
        strbuf_add(&text, i > 0 ? "," : "");
        csv_text(&text, fields[i][0]);
    }
    strbuf_add(&text, "\r\n");
    struct grid *grid = grid_new();
    if (!csv_read(strbuf_text(&text), text.length, ',', grid, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < COUNT; i++) {
        if (strpbrk(fields[i][0], "\t\r")) /* scrubbed in a grid, as everywhere */
            continue;
        assert_string_equal(grid_text(grid, 0, i, NULL), fields[i][0]);
    }
    grid_free(grid);
    strbuf_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_get_an_apostrophe),
        cmocka_unit_test(which_is_taken_off_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
