/* charset: GBK and GB18030 byte by byte, typed and sent, with second bytes that look like ASCII. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/ui/decoder.h"
#include "../../src/ui/sgr.h"
#include "base/strbuf.h"

static void use(const char *locale)
{
    char path[4096] = "";
    assert_true(readlink("/proc/self/exe", path, sizeof path - 32) > 0);
    strcpy(strrchr(path, '/'), "/../locale");
    setenv("LOCPATH", path, 1);
    assert_non_null(setlocale(LC_CTYPE, locale));
}

/* Fed a byte at a time, the names of what comes out; `final` at the end. */
static void assert_keys(const char *bytes, const char *names)
{
    struct decoder *decoder = decoder_new();
    struct strbuf out = {0};
    struct key key;
    char name[16];
    for (size_t i = 0; bytes[i]; i++) {
        decoder_feed(decoder, bytes + i, 1);
        while (decoder_next(decoder, bytes[i + 1] == '\0', &key))
            strbuf_format(&out, "%s%s", out.length > 0 ? " " : "", key_name(&key, name));
    }
    assert_string_equal(strbuf_text(&out), names);
    strbuf_clear(&out);
    decoder_free(decoder);
}

static void typed_in_gbk(void **state)
{
    (void)state;
    use("C.GBK");
    assert_keys("\xca\xaa\xb5\xd8j", "湿 地 j");
    assert_keys("\x81\x5b\x84\x5c\x81\x7cq", "乕 刓 亅 q"); /* [ \ | as second bytes */
    assert_keys("\xca\033", "Esc");                         /* half a character swallows nothing */
    assert_keys("\xca\033[B\xca", "Down");
    assert_keys("\x9b"
                "0n",
        "Status"); /* no character: CSI in one byte */
}

static void typed_in_gb18030(void **state)
{
    (void)state;
    use("C.GB18030");
    assert_keys("\x81\x39\xee\x39"
                "1\xca\xaa",
        "㐀 1 湿");
    assert_keys("\x81\x39\033", "Esc"); /* the digit of a half is no key */
    assert_keys("\x81\x39\xee\033[A", "Up");
    assert_keys("\x81\x39\xee", "");
    assert_keys("\x81\x39", "");
}

/* sgr looks for sequences byte by byte: every pair of GBK goes through it as it is. */
static void every_pair_is_sent_whole(void **state)
{
    (void)state;
    struct strbuf in = {0}, out = {0};
    struct sgr sgr = {.known = true, .designated = true};
    for (int lead = 0x81; lead <= 0xfe; lead++)
        for (int trail = 0x40; trail <= 0xfe; trail++)
            if (trail != 0x7f) {
                strbuf_add_char(&in, (char)lead);
                strbuf_add_char(&in, (char)trail);
            }
    sgr_write(&sgr, in.text, in.length, &out);
    assert_int_equal(out.length, in.length);
    assert_memory_equal(out.text, in.text, in.length);
    strbuf_clear(&in);
    strbuf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_in_gbk),
        cmocka_unit_test(typed_in_gb18030),
        cmocka_unit_test(every_pair_is_sent_whole),
    };
    return cmocka_run_group_tests_name("charset", tests, NULL, NULL);
}
