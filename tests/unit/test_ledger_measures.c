/* Numbered measures within one cell: several where the numbers are whole, one text where they are
 * not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "exchange/ledger.h"

static void add_measure(void *context, const char *text, size_t count)
{
    strbuf_format(context, "<%.*s>", (int)count, text);
}

static void assert_measures(const char *text, const char *expected)
{
    struct strbuf found = {0};
    ledger_measures(text, add_measure, &found);
    assert_string_equal(strbuf_text(&found), expected);
    strbuf_clear(&found);
}

static void numbered_measures_are_several(void **state)
{
    (void)state;
    assert_measures("", "");
    assert_measures("加强巡查", "<加强巡查>");
    assert_measures("1.巡查\n2.整治\n3.验收", "<巡查><整治><验收>");
    assert_measures("1. 巡查；2. 整治；3. 验收。", "<巡查><整治><验收。>");
    assert_measures("1、巡查。2、整治。", "<巡查。><整治。>");
    assert_measures("（1）巡查；（2）整治", "<巡查><整治>");
    assert_measures("(1)巡查\n(2)整治", "<巡查><整治>");
    assert_measures("（一）巡查。（二）整治。", "<巡查。><整治。>");
    assert_measures("一是巡查；二是整治。", "<巡查><整治。>");
    assert_measures("①巡查；②整治", "<巡查><整治>");
    assert_measures("1．巡查2.5公里；2．整治", "<巡查2.5公里><整治>");
    assert_measures("1.巡查\n（1）甲\n（2）乙\n2.整治", "<巡查\n（1）甲\n（2）乙><整治>");
    assert_measures("1.a\n2.b\n3.c\n4.d\n5.e\n6.f\n7.g\n8.h\n9.i\n10.j\n11.k",
        "<a><b><c><d><e><f><g><h><i><j><k>");
    /* numbers that are not whole make one text */
    assert_measures("1.巡查\n3.验收", "<1.巡查\n3.验收>");
    assert_measures("1.巡查\n2.整治\n4.验收", "<1.巡查\n2.整治\n4.验收>");
    assert_measures("1.巡查\n2.\n3.验收", "<1.巡查\n2.\n3.验收>");
    assert_measures("1.巡查", "<1.巡查>");
    assert_measures("措施：1.巡查；2.整治", "<措施：1.巡查；2.整治>");
    assert_measures("1.甲\n2.乙\n1.丙\n2.丁", "<1.甲\n2.乙\n1.丙\n2.丁>");
    assert_measures("巡查\n整治", "<巡查\n整治>");
    assert_measures("2.5公里管网", "<2.5公里管网>");
    /* the mark that parts them is not theirs */
    assert_measures("1.巡查； 2.整治;\n3.验收；；", "<巡查><整治><验收>");
    assert_measures("甲；乙；", "<甲；乙>");
    assert_measures("；", "<；>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbered_measures_are_several),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
