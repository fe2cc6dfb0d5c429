/* decoder: bytes become keys, however they are cut, and no unknown sequence becomes a command. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/ui/decoder.h"
#include "base/strbuf.h"

static struct decoder *make(void)
{
    struct decoder *decoder = decoder_new();
    decoder_define(decoder, "\033OA", KEY_CODE_UP, 0);
    decoder_define(decoder, "\033[A", KEY_CODE_UP, 0);
    decoder_define(decoder, "\033[[A", KEY_CODE_F1, 0);
    decoder_define(decoder, "\033[25~", KEY_CODE_F12, 0);
    decoder_define(decoder, "\b", KEY_CODE_BACKSPACE, 0);
    decoder_define(decoder, "", KEY_CODE_F12, 0);
    decoder_define(decoder, "0123456789012345678901234567890", KEY_CODE_F12, 0);
    return decoder;
}

/* The names of what comes out, blanks between. `piece` is how many bytes are fed at a time. */
static void decode(const char *bytes, size_t count, size_t piece, bool final, struct strbuf *out)
{
    struct decoder *decoder = make();
    struct key key;
    char name[16];
    for (size_t at = 0; at < count; at += piece) {
        decoder_feed(decoder, bytes + at, count - at < piece ? count - at : piece);
        while (decoder_next(decoder, final && at + piece >= count, &key)) {
            strbuf_add(out, out->length > 0 ? " " : "");
            strbuf_add(out, key_name(&key, name));
            if (key.code == KEY_CODE_PASTE)
                strbuf_format(out, "(%s)", key.paste);
            if (key.code == KEY_CODE_MOUSE)
                strbuf_format(out, "(%d,%d,%d)", key.button, key.row, key.column);
        }
    }
    decoder_free(decoder);
}

static void assert_keys(const char *bytes, const char *names)
{
    for (size_t piece = 1; piece <= 3; piece++) {
        struct strbuf out = {0};
        decode(bytes, strlen(bytes), piece == 3 ? 10000 : piece, true, &out);
        assert_string_equal(strbuf_text(&out), names);
        strbuf_clear(&out);
    }
}

static void reads_characters(void **state)
{
    (void)state;
    assert_keys("jG /", "j G Space /");
    assert_keys("湿地é😀", "湿 地 é 😀");
    assert_keys("\r\n\t\x7f\b", "Enter Enter Tab BS BS");
    assert_keys("\x01\x04\x1a\x1c\x1f", "C-a C-d C-z C-\\ C-_");
    assert_keys("a\xff\xc2\x85z", "a z"); /* not UTF-8, and a C1 control */
    struct strbuf out = {0};
    decode("\0", 1, 1, true, &out);
    assert_string_equal(strbuf_text(&out), "C-Space");
    strbuf_clear(&out);
}

static void reads_defined_and_common_sequences(void **state)
{
    (void)state;
    assert_keys("\033OA\033[A\033[[A\033[25~", "Up Up F1 F12");
    assert_keys("\033[B\033OD\033OC\033[H\033[F", "Down Left Right Home End");
    assert_keys("\033[5~\033[6~\033[2~\033[3~\033[1~\033[8~", "PgUp PgDn Ins Del Home End");
    assert_keys("\033OP\033OS\033[15~\033[17~\033[21~\033[23~\033[24~", "F1 F4 F5 F6 F10 F11 F12");
    assert_keys("\033[1;5D\033[1;2A\033[1;3C\033[5;8~", "C-Left S-Up M-Right C-M-S-PgUp");
    assert_keys("\033[Z\033[1;2R", "S-Tab S-F3");
    assert_keys("\033Oj\033Op\033OX\033OM", "* 0 = Enter");
    assert_keys("\033[106;5u\033[13u\033[65;2u", "C-j Enter A");
}

static void esc_and_meta(void **state)
{
    (void)state;
    assert_keys("\033", "Esc");
    assert_keys("\033x\033\r", "M-x M-Enter");
    assert_keys("\033湿", "M-湿");
    assert_keys("\033\033[A", "M-Up");
    assert_keys("\033[", "M-[");
    assert_keys("\033_\033_\033_", "M-_ M-_ M-_"); /* not the beginning of an answer */
    assert_keys("\033_\033", "M-_ Esc");
    assert_keys("\033_\033\\j", "j");
    assert_keys("\033\033\033", "Esc Esc Esc");
}

static void waits_for_the_rest(void **state)
{
    (void)state;
    struct decoder *decoder = make();
    struct key key;
    decoder_feed(decoder, "\033", 1);
    assert_false(decoder_next(decoder, false, &key));
    assert_true(decoder_is_pending(decoder));
    decoder_feed(decoder, "[1;", 3);
    assert_false(decoder_next(decoder, false, &key));
    decoder_feed(decoder, "5Cx", 3);
    assert_true(decoder_next(decoder, false, &key));
    assert_int_equal(key.code, KEY_CODE_RIGHT);
    assert_int_equal(key.modifiers, KEY_CONTROL);
    assert_true(decoder_next(decoder, false, &key));
    assert_int_equal(key.code, 'x');
    assert_false(decoder_is_pending(decoder));
    decoder_feed(decoder, "\xe6\xb9", 2); /* most of 湿 */
    assert_false(decoder_next(decoder, false, &key));
    assert_true(decoder_is_pending(decoder));
    decoder_feed(decoder, "\xbf", 1);
    assert_true(decoder_next(decoder, false, &key));
    assert_int_equal(key.code, 0x6e7f);
    decoder_free(decoder);
    decoder_free(NULL);
}

static void swallows_what_it_does_not_know(void **state)
{
    (void)state;
    assert_keys("\033[?64;1;2cj", "j");              /* device attributes */
    assert_keys("\033[99~\033[1;9Q\033[Ij", "F2 j"); /* no such key; a modifier too many; focus */
    assert_keys("\033[>0;276;0cq", "q");
    assert_keys("\033]11;rgb:0000/0000/0000\033\\j", "j");
    assert_keys("\033]52;c;cXVpdA==\aj", "j");
    assert_keys("\033P1$r0m\033\\j", "j");
    assert_keys("\033[3nj", "Status j");
    assert_keys("\033[1nj", "j");
    assert_keys("\033[1;2;3;4;5;6;7;8;9zj", "j");
    assert_keys("\033[99999999999999999999~j", "j");
    assert_keys("\033[12;", ""); /* cut off for good */
    assert_keys("\033[200000", "");
    assert_keys("\033Oz\033O", "M-O");
}

/* However long it is, none of it becomes a key; when it has been quiet, keys are keys again. */
static void passes_over_what_has_no_end(void **state)
{
    (void)state;
    static const struct {
        const char *begin, *end;
        char filler;
    } bodies[] = {{"\033]", "\a", 'j'}, {"\033P", "\033\\", 'Q'}, {"\033[", "n", '1'},
        {"\033[?", "\030", ';'}, {"\033\033]", "\032", 'q'}, {"\xc2\x9d", "\a", 'A'}};
    struct key key;
    char filler[1000];
    for (size_t i = 0; i < 2 * sizeof bodies / sizeof bodies[0]; i++) {
        bool ends = i % 2;
        const char *begin = bodies[i / 2].begin, *end = bodies[i / 2].end;
        struct decoder *decoder = make();
        memset(filler, bodies[i / 2].filler, sizeof filler);
        decoder_feed(decoder, begin, strlen(begin));
        for (int sent = 0; sent < 20000; sent += (int)sizeof filler) {
            decoder_feed(decoder, filler, sizeof filler);
            assert_false(decoder_next(decoder, false, &key));
            assert_true(decoder_is_pending(decoder));
            assert_false(decoder_may_be_typed(decoder));
        }
        if (ends)
            decoder_feed(decoder, end, strlen(end));
        assert_false(decoder_next(decoder, !ends, &key));
        assert_false(decoder_is_pending(decoder));
        decoder_feed(decoder, "k", 1);
        assert_true(decoder_next(decoder, false, &key));
        assert_int_equal(key.code, 'k');
        decoder_free(decoder);
    }
}

/* A new sequence cuts off the one before, whose letters are nobody's keys. */
static void what_is_cut_off_is_forgotten(void **state)
{
    (void)state;
    assert_keys("\033[\033[B", "Down");
    assert_keys("\033[12\033[B\033[0;\033[Dj", "Down Left j");
    assert_keys("\033]52;c;QQ\033[Bj", "Down j");
    assert_keys("\033P1$r\030q\033[1\032q", "q q");
    assert_keys("\033[1\xe6\xb9\xbfj", "\xe6\xb9\xbf j");
    assert_keys("\xe6\xb9\033[B\xe6j", "Down j");
}

static void eight_bit_introducers(void **state)
{
    (void)state;
    assert_keys("\xc2\x9b"
                "0nj\x9b"
                "Bj",
        "Status j Down j");
    assert_keys("\xc2\x9d"
                "11;rgb:Q\aj\x9d"
                "52;c;QQ\033\\j",
        "j j");
    assert_keys("\x90qqq\033\\\x9fQ\a\x98Q\aj", "j");
    assert_keys("\x8fP\xc2\x84\xc2\x9cj", "F1 j");
}

static void status_and_position(void **state)
{
    (void)state;
    struct decoder *decoder = make();
    struct key key;
    decoder_feed(decoder, "\033[0n\033[1;3R", 10);
    assert_true(decoder_next(decoder, false, &key));
    assert_int_equal(key.code, KEY_CODE_STATUS);
    assert_true(decoder_next(decoder, false, &key)); /* nobody asked for a position: Alt F3 */
    assert_int_equal(key.code, KEY_CODE_F1 + 2);
    assert_int_equal(key.modifiers, KEY_META);
    decoder_feed(decoder, "\033[2;3R", 6); /* nor is it any key below the first row */
    assert_false(decoder_next(decoder, false, &key));
    decoder_expect_position(decoder, true);
    decoder_feed(decoder, "\033[1;2R", 6); /* an F3 it is, even now */
    assert_true(decoder_next(decoder, false, &key));
    assert_int_equal(key.code, KEY_CODE_F1 + 2);
    decoder_feed(decoder, "\033[24;3R", 7);
    assert_true(decoder_next(decoder, false, &key));
    assert_int_equal(key.code, KEY_CODE_POSITION);
    assert_int_equal(key.row, 23);
    assert_int_equal(key.column, 2);
    decoder_feed(decoder, "\033[R", 3);
    assert_true(decoder_next(decoder, false, &key));
    assert_int_equal(key.code, KEY_CODE_F1 + 2);
    decoder_free(decoder);
}

static void mouse(void **state)
{
    (void)state;
    assert_keys("\033[<0;10;5M\033[<0;10;5m\033[<64;1;1M\033[<65;1;1M\033[<2;1;1M",
        "Mouse(1,4,9) Mouse(4,0,0) Mouse(5,0,0)");
    assert_keys("\033[M *%j", "Mouse(1,4,9) j");
}

static void pastes(void **state)
{
    (void)state;
    assert_keys("a\033[200~河口 jq\033[201~b", "a Paste(河口 jq) b");
    assert_keys("\033[200~one\r\ntwo\rthree\nfour\033[201~", "Paste(one\ntwo\nthree\nfour)");
    assert_keys("\033[200~\033[A\033[2\033[201~j", "Paste(\033[A\033[2) j");
    assert_keys("\033[200~\xff\xe6\033[201~j", "Paste(\xef\xbf\xbd\xef\xbf\xbd) j");
    assert_keys("\033[200~\033[201~", "Paste()");
    assert_keys("\033[200~lost end\003j", "Paste(lost end) j");
    assert_keys("\033[201~j", "j");
    assert_keys("\033[200~not yet", "");
}

static void a_paste_is_bounded(void **state)
{
    (void)state;
    struct decoder *decoder = make();
    struct key key;
    char chunk[4096];
    memset(chunk, 'x', sizeof chunk);
    decoder_feed(decoder, "\033[200~", 6);
    assert_false(decoder_next(decoder, false, &key));
    for (size_t sent = 0; sent < PASTE_MOST + 3 * sizeof chunk; sent += sizeof chunk) {
        decoder_feed(decoder, chunk, sizeof chunk);
        assert_false(decoder_next(decoder, true, &key));
        assert_false(decoder_is_pending(decoder));
    }
    decoder_feed(decoder, "\033[201~q", 7);
    assert_true(decoder_next(decoder, false, &key));
    assert_int_equal(key.code, KEY_CODE_PASTE);
    assert_int_equal(strlen(key.paste), PASTE_MOST);
    assert_true(decoder_next(decoder, false, &key));
    assert_int_equal(key.code, 'q');
    decoder_free(decoder);
}

/* Whatever comes, every byte is used up and nothing but keys comes out. */
static void takes_anything(void **state)
{
    (void)state;
    static const char alphabet[] = "\033\033\033[[O];~<M01259RnuAjq\a\\ \r\x03\xe6\xb9\xbf\xff\xc2";
    uint32_t seed = 20251121;
    struct decoder *decoder = make();
    struct key key;
    for (int round = 0; round < 20000; round++) {
        char bytes[8];
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        decoder_expect_position(decoder, round % 3 == 0);
        decoder_feed(decoder, bytes, sizeof bytes);
        bool final = round % 5 == 0;
        while (decoder_next(decoder, final, &key))
            assert_true(key.code > 0 && key.code <= KEY_CODE_POSITION);
        if (final)
            assert_false(decoder_is_pending(decoder));
    }
    decoder_free(decoder);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_characters),
        cmocka_unit_test(reads_defined_and_common_sequences),
        cmocka_unit_test(esc_and_meta),
        cmocka_unit_test(waits_for_the_rest),
        cmocka_unit_test(swallows_what_it_does_not_know),
        cmocka_unit_test(passes_over_what_has_no_end),
        cmocka_unit_test(what_is_cut_off_is_forgotten),
        cmocka_unit_test(eight_bit_introducers),
        cmocka_unit_test(status_and_position),
        cmocka_unit_test(mouse),
        cmocka_unit_test(pastes),
        cmocka_unit_test(a_paste_is_bounded),
        cmocka_unit_test(takes_anything),
    };
    return cmocka_run_group_tests_name("decoder", tests, NULL, NULL);
}
