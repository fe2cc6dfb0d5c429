/* charset: GBK and GB18030 byte by byte, typed and sent, with second bytes that look like ASCII,
 * and characters of four bytes that GBK lacks. */
#include <iconv.h>
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
#include "harness/desk.h"
#include "harness/wire.h"

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

/* --- a board ------------------------------------------------------------------------------- */

#define TITLE "㐂湿𠀀e\xcc\x81😀※①─●░▒▓地ok"

static const struct {
    const char *charset, *locale;
    const char *sent; /* of TITLE, in UTF-8: what the charset lacks, and look-alikes, in ASCII */
} boards[] = {
    {"GBK", "LC_ALL=C.GBK", "?湿?e??* 1 - * ??# 地ok"},
    {"GB18030", "LC_ALL=C.GB18030", "㐂湿𠀀e\xcc\x81\xef\xbf\xbd* 1 - * ░: # 地ok"},
};

static size_t encode(const char *charset, const char *text, char out[static 200])
{
    char copy[200], *in = strcpy(copy, text), *to = out;
    size_t left = strlen(text), room = 200;
    iconv_t convert = iconv_open(charset, "UTF-8");
    assert_int_equal(iconv(convert, &in, &left, &to, &room), 0);
    iconv_close(convert);
    return (size_t)(to - out);
}

static struct pty *open_board(const struct desk *desk, size_t which)
{
    char locpath[400], *slash;
    snprintf(locpath, sizeof locpath - 16, "LOCPATH=%s", desk_program());
    slash = strrchr(locpath, '/');
    strcpy(slash, "/locale");
    const char *environment[] = {
        boards[which].locale, locpath, "LANGUAGE=", DESK_NOW, "HOME=/nonexistent", NULL};
    const char *command[] = {desk_program(), "--db", desk->database, "--lang", "zh", NULL};
    struct pty *pty = pty_start(
        &(struct pty_options){.environment = environment, .charset = boards[which].charset},
        command);
    pty_keep_bytes(pty, true);
    return pty;
}

static void assert_whole(const struct pty *pty, size_t which)
{
    struct strbuf problem = {0};
    const struct strbuf *bytes = pty_bytes(pty);
    if (!wire_is_known(strbuf_text(bytes), bytes->length, boards[which].charset, &problem))
        fail_msg("%s: %s", boards[which].charset, strbuf_text(&problem));
    strbuf_clear(&problem);
}

/* The bytes of the title as the first picture has it. */
static void a_row_is_sent_as_iconv_writes_it(void **state)
{
    struct desk *desk = *state;
    desk_shell(desk, "sqlite3 $DB \"UPDATE task SET title = '" TITLE "'\"");
    for (size_t i = 0; i < sizeof boards / sizeof *boards; i++) {
        char expected[200];
        size_t length = encode(boards[i].charset, boards[i].sent, expected);
        struct pty *pty = open_board(desk, i);
        assert_true(pty_settle(pty));
        const struct strbuf *bytes = pty_bytes(pty);
        if (!memmem(strbuf_text(bytes), bytes->length, expected, length))
            fail_msg("%s: \"%s\" was not sent", boards[i].charset, boards[i].sent);
        assert_whole(pty, i);
        pty_free(pty);
    }
}

/* Cut at every column, scrolled, and changed beside such a character. */
static void no_half_character_is_sent(void **state)
{
    static const char *const titles[] = {
        "㐂㐂𠀀", "㐂湿𠀀", "湿㐂𠀀", "㐂㐂a", "a𠀀㐂", "😀㐂e\xcc\x81"};
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof boards / sizeof *boards; i++) {
        struct pty *pty = open_board(desk, i);
        for (int columns = 50; columns < 84; columns++)
            assert_true(pty_resize(pty, 24, columns));
        desk_keys(pty, "G");
        desk_keys(pty, "Home");
        for (int k = 0; k < 24; k++)
            desk_keys(pty, "j");
        for (size_t k = 0; k < sizeof titles / sizeof *titles; k++) {
            char command[200];
            snprintf(command, sizeof command,
                "sqlite3 $DB \"UPDATE task SET title = '%s' WHERE id %% 2\"", titles[k]);
            desk_shell(desk, command);
            assert_true(pty_settle(pty));
        }
        assert_whole(pty, i);
        pty_free(pty);
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    if (desk_prepare(argv[0]) != 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_in_gbk),
        cmocka_unit_test(typed_in_gb18030),
        cmocka_unit_test(every_pair_is_sent_whole),
        cmocka_unit_test_setup_teardown(
            a_row_is_sent_as_iconv_writes_it, desk_set_up, desk_tear_down),
        cmocka_unit_test_setup_teardown(no_half_character_is_sent, desk_set_up, desk_tear_down),
    };
    int failed = cmocka_run_group_tests_name("charset", tests, NULL, NULL);
    desk_finish();
    return failed;
}
