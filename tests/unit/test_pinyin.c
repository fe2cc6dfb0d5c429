/* pinyin: initials of the names this board shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/pinyin.h"

static void assert_initials(const char *text, const char *expected)
{
    struct strbuf buf = {0};
    pinyin_initials(&buf, text);
    assert_string_equal(strbuf_text(&buf), expected);
    strbuf_clear(&buf);
}

static void reads_names_of_liaoning(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"盘锦市", "pjs"},
        {"沈阳市", "sys"},
        {"大连市", "dls"},
        {"鞍山市", "ass"},
        {"抚顺市", "fss"},
        {"本溪市", "bxs"},
        {"丹东市", "dds"},
        {"锦州市", "jzs"},
        {"营口市", "yks"},
        {"阜新市", "fxs"},
        {"辽阳市", "lys"},
        {"铁岭市", "tls"},
        {"朝阳市", "cys"},
        {"葫芦岛市", "hlds"},
        {"长海县", "chx"},
        {"弓长岭区", "gclq"},
        {"调兵山市", "dbss"},
        {"盖州市", "gzs"},
        {"岫岩满族自治县", "xymzzzx"},
        {"喀喇沁左翼蒙古族自治县", "klqzymgzzzx"},
        {"鲅鱼圈区", "byqq"},
        {"双台子区", "stzq"},
        {"法库县", "fkx"},
        {"桓仁满族自治县", "hrmzzzx"},
        {"省生态环境厅", "ssthjt"},
        {"自然资源厅", "zrzyt"},
        {"水利厅", "slt"},
        {"发展和改革委员会", "fzhggwyh"},
        {"工业和信息化厅", "gyhxxht"},
        {"住房和城乡建设厅", "zfhcxjst"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_initials(names[i][0], names[i][1]);
    }
}

static void longest_listed_reading_counts(void **state)
{
    (void)state;
    assert_initials("重庆", "cq");
    assert_initials("重点", "zd");
    assert_initials("长春", "cc");
    assert_initials("局长", "jz");
    assert_initials("秘书长", "msz");
    assert_initials("市长海", "szh"); /* 市长 before 长 */
    assert_initials("银行行长", "yhhz");
}

static void passes_letters_and_drops_the_rest(void **state)
{
    (void)state;
    assert_initials("", "");
    assert_initials("COD超标3倍", "codcb3b");
    assert_initials("（湿地）、①\xFF\xE4\xB8 ＡＢ９", "sdab9");
    assert_initials("😀ㄅあ", "");
    assert_initials("𠀀", ""); /* beyond the table */
}

static void matches_pieces(void **state)
{
    (void)state;
    assert_true(pinyin_matches("盘锦市", "pj"));
    assert_true(pinyin_matches("盘锦市", "PJS"));
    assert_true(pinyin_matches("盘锦市", "js"));
    assert_true(pinyin_matches("盘锦市", "盘"));
    assert_true(pinyin_matches("盘锦市", ""));
    assert_true(pinyin_matches("省生态环境厅", "sthjt"));
    assert_true(pinyin_matches("COD 超标", "cod"));
    assert_true(pinyin_matches("COD 超标", "D 超"));
    assert_false(pinyin_matches("盘锦市", "ps"));
    assert_false(pinyin_matches("盘锦市", "p j"));
    assert_false(pinyin_matches("盘锦市", "盘市"));
    assert_false(pinyin_matches("盘锦市", "pjsx"));
    assert_false(pinyin_matches("", "p"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_names_of_liaoning),
        cmocka_unit_test(longest_listed_reading_counts),
        cmocka_unit_test(passes_letters_and_drops_the_rest),
        cmocka_unit_test(matches_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
