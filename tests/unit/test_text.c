/* text: width, clusters, cutting, the edge, wrapping; with what real ledgers and hostile hands
 * send. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/text.h"

#define BAD "\xEF\xBF\xBD" /* U+FFFD */

static char *repeat(const char *piece, int times)
{
    struct strbuf buf = {0};
    for (int i = 0; i < times; i++) {
        strbuf_add(&buf, piece);
    }
    return strbuf_take(&buf);
}

/* --- code points -------------------------------------------------------------------------------
 */

static void encodes_what_it_decodes(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x110000; code++) {
        struct strbuf buf = {0};
        text_encode(&buf, code);
        uint32_t back = 0;
        int length = text_decode(strbuf_text(&buf), &back);
        bool real = code < 0xD800 || (code > 0xDFFF && code <= 0x10FFFF);
        assert_int_equal(back, real ? code : 0xFFFD);
        assert_int_equal(length, buf.length);
        strbuf_clear(&buf);
    }
}

static void counts_each_bad_byte_once(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        int count;
    } cases[] = {
        {"\x80", 1},
        {"\xFF", 1},
        {"\xC0\x80", 2},
        {"\xC1\xBF", 2},
        {"\xE0\x80\x80", 3},
        {"\xE4\xB8", 2},
        {"\xE4", 1},
        {"\xF0\x80\x80\x80", 4},
        {"\xF4\x90\x80\x80", 4},
        {"\xED\xA0\x80", 3},
        {"\xF5\x80\x80\x80", 4},
        {"\xF0\x9F\x98", 3},
        {"\xE4\xB8z", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(text_width(cases[i].bytes), cases[i].count);
        struct text_cluster cluster;
        assert_true(text_cluster(cases[i].bytes, &cluster));
        assert_int_equal(cluster.base, 0xFFFD);
        assert_int_equal(cluster.bytes, 1);
    }
    uint32_t code = 5;
    assert_int_equal(text_decode("", &code), 0);
    struct text_cluster cluster;
    assert_false(text_cluster("", &cluster));
}

/* --- clusters ----------------------------------------------------------------------------------
 */

static struct text_cluster cluster_of(const char *text)
{
    struct text_cluster cluster;
    assert_true(text_cluster(text, &cluster));
    return cluster;
}

static void marks_belong_to_their_base(void **state)
{
    (void)state;
    struct text_cluster cluster = cluster_of("e\u0301\u0323\u0308x");
    assert_int_equal(cluster.base, 'e');
    assert_int_equal(cluster.marks[0], 0x301);
    assert_int_equal(cluster.marks[1], 0x323);
    assert_int_equal(cluster.bytes, 7);
    assert_int_equal(cluster.width, 1);
    cluster = cluster_of("河\u0301");
    assert_int_equal(cluster.base, 0x6CB3);
    assert_int_equal(cluster.width, 2);
    assert_int_equal(cluster.bytes, 5);
    cluster = cluster_of("\u0301x"); /* nothing to stand on */
    assert_int_equal(cluster.base, ' ');
    assert_int_equal(cluster.marks[0], 0x301);
    assert_int_equal(cluster.bytes, 2);
    cluster = cluster_of("\n\u0301"); /* a newline carries no mark */
    assert_int_equal(cluster.bytes, 1);
    cluster = cluster_of("각"); /* conjoining jamo */
    assert_int_equal(cluster.width, 2);
    assert_int_equal(text_width("\u1100\u1161\u11A8"), 2);
}

/* Joiners, selectors and skin tones never reach the terminal: it then draws the columns counted. */
static void emoji_take_the_columns_counted(void **state)
{
    (void)state;
    assert_int_equal(text_width("😀"), 2);
    struct text_cluster cluster = cluster_of("👍\U0001F3FD!");
    assert_int_equal(cluster.width, 2);
    assert_int_equal(cluster.bytes, 8);
    assert_int_equal(cluster.marks[0], 0);
    cluster = cluster_of("❤\uFE0F");
    assert_int_equal(cluster.base, 0x2764);
    assert_int_equal(cluster.width, 1);
    assert_int_equal(cluster.bytes, 6);
    assert_int_equal(cluster.marks[0], 0);
    assert_int_equal(text_width("👨\u200D👩\u200D👧"), 6);
    assert_int_equal(cluster_of("👨\u200D👩").marks[0], 0);
    assert_int_equal(text_width("🇨🇳"), 2);
}

static void controls_are_placeholders(void **state)
{
    (void)state;
    static const char *const hostile[] = {"\033[2J", "\a", "\x7F",
        "\xC2\x9B"
        "31m",
        "\r", "\t", "\n"};
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        assert_int_equal(cluster_of(hostile[i]).base, 0xFFFD);
        assert_int_equal(cluster_of(hostile[i]).width, 1);
    }
    assert_int_equal(cluster_of("\u00AD").base, '-');
    assert_int_equal(cluster_of("\U000E0041").base, ' ');
    assert_int_equal(cluster_of("\u0378").base, 0xFFFD); /* unassigned */
    assert_int_equal(cluster_of("\U0010FFFF").base, 0xFFFD);
    assert_int_equal(cluster_of("a\u202Eb").bytes, 4);
    assert_int_equal(cluster_of("a\u202Eb").marks[0], 0);
}

static void widths_are_libc_s(void **state)
{
    (void)state;
    assert_int_equal(text_width(""), 0);
    assert_int_equal(text_width("2-047"), 5);
    assert_int_equal(text_width("辽河口湿地退养还湿未按期完成"), 28);
    assert_int_equal(text_width("（生态环境厅）"), 14);
    assert_int_equal(text_width("※①─…“”"), 6);
    assert_int_equal(text_width("ｱｲｳ"), 3);
    for (uint32_t code = 0x20; code < 0x30000; code++) {
        int libc = wcwidth((wchar_t)code);
        if (libc < 0 || (code >= 0xD800 && code < 0xE000)) {
            continue;
        }
        struct strbuf buf = {0};
        text_encode(&buf, code);
        assert_int_equal(text_width(strbuf_text(&buf)), libc == 0 ? 1 : libc);
        strbuf_clear(&buf);
    }
}

/* --- cutting ------------------------------------------------------------------------------------
 */

static void fits_whole_clusters(void **state)
{
    (void)state;
    const char *text = "a河e\u0301👍\U0001F3FD。";
    static const struct {
        int columns, used;
        size_t bytes;
    } cases[] = {{-1, 0, 0}, {0, 0, 0}, {1, 1, 1}, {2, 1, 1}, {3, 3, 4}, {4, 4, 7}, {5, 4, 7},
        {6, 6, 15}, {7, 6, 15}, {8, 8, 18}, {99, 8, 18}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int used = -1;
        assert_int_equal(text_fit(text, cases[i].columns, &used), cases[i].bytes);
        assert_int_equal(used, cases[i].used);
        assert_int_equal(text_fit(text, cases[i].columns, NULL), cases[i].bytes);
    }
}

/* Walks forward, remembers every start, and comes back over the same ones. */
static void assert_steps_back(const char *text)
{
    size_t length = strlen(text), count = 0;
    size_t *starts = alloc_zero(length + 1, sizeof *starts);
    struct text_cluster cluster;
    for (size_t at = 0; text_cluster(text + at, &cluster); at += (size_t)cluster.bytes) {
        starts[count++] = at;
    }
    for (size_t at = length; count > 0; count--) {
        at = text_previous(text, at);
        assert_int_equal(at, starts[count - 1]);
    }
    assert_int_equal(text_previous(text, 0), 0);
    free(starts);
}

static void steps_back_over_the_same_clusters(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "a", "河", "a河e\u0301👍\U0001F3FD。", "\u0301\u0301x",
        "x\n\u0301y", "\x80\x80河\xE4\xB8", "👨\u200D👩\u200D👧", "\xE4\xB8\u0301", "🇨🇳",
        "\xF0\x9F河\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_steps_back(texts[i]);
    }
    char *zalgo = repeat("\u0301", 4000);
    assert_steps_back(zalgo);
    free(zalgo);
    assert_int_equal(text_previous("a河", 3), 1); /* from inside a character: its own start */
    /* Bytes of every kind in every order. */
    static const char alphabet[] = "a\n\xE4\xB8\xAD\xCC\x81\xF0\x9F\x98\x80\xE2\x80\x8D";
    unsigned seed = 7;
    for (int round = 0; round < 3000; round++) {
        char text[13] = "";
        for (int i = 0; i < 12; i++) {
            seed = seed * 1103515245u + 12345u;
            text[i] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        assert_steps_back(text);
    }
}

static void assert_padded(const char *text, int columns, bool ascii, const char *expected)
{
    struct strbuf buf = {0};
    text_pad(&buf, text, columns, ascii);
    assert_string_equal(strbuf_text(&buf), expected);
    strbuf_clear(&buf);
}

static void pads_to_exact_columns(void **state)
{
    (void)state;
    assert_padded("盘锦", 6, false, "盘锦  ");
    assert_padded("盘锦", 4, false, "盘锦");
    assert_padded("盘锦市", 5, false, "盘锦…");
    assert_padded("盘锦市", 4, false, "盘… ");
    assert_padded("盘锦市", 4, true, "盘~ ");
    assert_padded("盘锦市", 1, true, "~");
    assert_padded("盘", 1, false, "…");
    assert_padded("", 3, false, "   ");
    assert_padded("e\u0301", 1, false, "e\u0301");
    assert_padded("x", 0, false, "");
    assert_padded("x", -4, false, "");
    const char *mixed = "a河\xFF👍\U0001F3FDe\u0301。\033x";
    for (int columns = 1; columns < 20; columns++) {
        struct strbuf buf = {0};
        text_pad(&buf, mixed, columns, false);
        assert_int_equal(text_width(strbuf_text(&buf)), columns);
        strbuf_clear(&buf);
    }
}

static void finds_in_either_case(void **state)
{
    (void)state;
    const char *text = "辽河口 COD 超标 cod";
    assert_ptr_equal(text_find(text, "cod"), text + 10);
    assert_ptr_equal(text_find(text, "COD"), text + 10);
    assert_ptr_equal(text_find(text, "河口"), text + 3);
    assert_ptr_equal(text_find(text, ""), text);
    assert_null(text_find(text, "湿地"));
    assert_null(text_find(text, "codx"));
    assert_null(text_find("", "a"));
    assert_string_equal(text_find("aab", "ab"), "ab");
}

/* --- the edge -----------------------------------------------------------------------------------
 */

static void assert_scrubbed(
    const char *bytes, size_t count, enum text_scrub_flags flags, const char *expected)
{
    struct strbuf buf = {0};
    /* On the heap and without a NUL, so that a sanitizer sees any step too far. */
    char *exact = alloc_resize(NULL, count, 1);
    memcpy(exact, bytes, count);
    text_scrub(&buf, exact, count, flags);
    assert_string_equal(strbuf_text(&buf), expected);
    assert_true(text_is_clean(strbuf_text(&buf), flags));
    free(exact);
    strbuf_clear(&buf);
}

#define SCRUB(text, flags, expected) assert_scrubbed(text, sizeof(text) - 1, flags, expected)

static void scrubs_what_nobody_sees(void **state)
{
    (void)state;
    static const uint32_t hidden[] = {0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F,
        0x200B, 0x200D, 0x200F, 0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0xFE00, 0xFE0F, 0xFEFF,
        0xFFA0, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF};
    static const uint32_t shown[] = {0xAC, 0xAE, 0x350, 0x2010, 0x2027, 0x202F, 0x2070, 0x3163,
        0x3165, 0x4E00, 0xFDFF, 0xFE10, 0xFF9F, 0x1D172, 0x1F600, 0xF0000};
    struct strbuf text = {0};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        strbuf_cut(&text, 0);
        text_encode(&text, hidden[i]);
        assert_scrubbed(strbuf_text(&text), text.length, TEXT_LINES, BAD);
        assert_false(text_is_clean(strbuf_text(&text), TEXT_LINES));
    }
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        strbuf_cut(&text, 0);
        text_encode(&text, shown[i]);
        assert_scrubbed(strbuf_text(&text), text.length, TEXT_ONE_LINE, strbuf_text(&text));
    }
    strbuf_clear(&text);
#define FOUR "\u0301\u0301\u0301\u0301"
    SCRUB("e" FOUR FOUR FOUR "x\u0301", TEXT_ONE_LINE, "e" FOUR FOUR "x\u0301");
    assert_false(text_is_clean("e" FOUR FOUR "\u0301", TEXT_ONE_LINE));
#undef FOUR
}

static void scrubs_what_a_terminal_would_obey(void **state)
{
    (void)state;
    SCRUB("辽河口 e\u0301 👍\U0001F3FD ①※", TEXT_ONE_LINE, "辽河口 e\u0301 👍\U0001F3FD ①※");
    SCRUB("\033[2J\033]0;x\a", TEXT_ONE_LINE, BAD "[2J" BAD "]0;x" BAD);
    SCRUB("\xC2\x9B"
          "31m",
        TEXT_ONE_LINE, BAD "31m");
    SCRUB("a\x9Bz", TEXT_ONE_LINE, "a" BAD "z"); /* a bare C1 byte */
    SCRUB("\x7F\b", TEXT_LINES, BAD BAD);
    SCRUB("\u202Etxt.exe\u2066\u200F\u061C", TEXT_ONE_LINE, BAD "txt.exe" BAD BAD BAD);
    SCRUB("a\U000E0041b", TEXT_ONE_LINE, "a" BAD "b");
    SCRUB("a\u2028b\u2029c\xC2\x85"
          "d",
        TEXT_LINES, "a" BAD "b" BAD "c" BAD "d");
    SCRUB("a\0b", TEXT_ONE_LINE, "a" BAD "b");
    SCRUB("a\tb", TEXT_ONE_LINE, "a b");
    SCRUB("a\nb\r\nc\rd", TEXT_LINES, "a\nb\nc" BAD "d");
    SCRUB("a\nb\r\nc", TEXT_ONE_LINE, "a⏎b⏎c");
    SCRUB("\xE4\xB8", TEXT_ONE_LINE, BAD BAD);
    SCRUB("河\xE6", TEXT_ONE_LINE, "河" BAD);
    SCRUB("\xE4\xB8\0\xAD", TEXT_ONE_LINE, BAD BAD BAD BAD);
    SCRUB("\r", TEXT_LINES, BAD);
    assert_scrubbed("", 0, TEXT_ONE_LINE, "");
    assert_scrubbed("河口", 4, TEXT_ONE_LINE, "河" BAD);
}

static void tells_clean_from_not(void **state)
{
    (void)state;
    assert_true(text_is_clean("辽河口\nx", TEXT_LINES));
    assert_false(text_is_clean("辽河口\nx", TEXT_ONE_LINE));
    assert_true(text_is_clean(BAD, TEXT_ONE_LINE)); /* a placeholder is itself clean */
    static const char *const bad[] = {
        "\t", "\r", "\033", "\xFF", "\u202E", "\u2028", "\xC2\x85", "\U000E0001", "\xE4\xB8"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(text_is_clean(bad[i], TEXT_LINES));
    }
}

/* --- wrapping -----------------------------------------------------------------------------------
 */

/* The lines joined by "|". */
static void assert_wrapped(const char *text, int columns, const char *expected)
{
    struct text_lines lines = {0};
    struct strbuf joined = {0};
    text_wrap(&lines, text, columns);
    for (size_t i = 0; i < lines.count; i++) {
        strbuf_add(&joined, i > 0 ? "|" : "");
        strbuf_add_n(&joined, text + lines.line[i].start, lines.line[i].bytes);
    }
    assert_string_equal(strbuf_text(&joined), expected);
    strbuf_clear(&joined);
    text_lines_clear(&lines);
}

static void wraps_by_unicode_rules(void **state)
{
    (void)state;
    assert_wrapped("", 10, "");
    assert_wrapped("短", 10, "短");
    assert_wrapped("辽河口湿地退养", 8, "辽河口湿|地退养");
    /* No line begins with closing punctuation or ends with an opening one. */
    assert_wrapped("辽河口湿，地。", 8, "辽河口|湿，地。");
    assert_wrapped("辽河口（湿地）", 8, "辽河口|（湿地）");
    assert_wrapped("the board of duty", 9, "the board|of duty");
    assert_wrapped("the board   of", 9, "the board|of");
    assert_wrapped("COD 超标 12.5 倍", 8, "COD 超标|12.5 倍");
    assert_wrapped("  缩进", 10, "  缩进");
}

static void wraps_what_cannot_break(void **state)
{
    (void)state;
    assert_wrapped("abcdefghij", 4, "abcd|efgh|ij");
    assert_wrapped("见 https://a.example/bcdef", 8, "见|https://|a.exampl|e/bcdef");
    assert_wrapped("用 --plain 看", 8, "用|--plain|看");
    assert_wrapped("见 etc/duban.cfg", 11, "见 etc/|duban.cfg");
    assert_wrapped("写 due.before:+30d", 16, "写|due.before:+30d");
    assert_wrapped("河。。", 2, "河|。|。");
    assert_wrapped("河河", 0, "河|河"); /* fewer than two columns count as two */
    assert_wrapped("e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301");
    assert_wrapped("a       ）b", 4, "a|）b");
}

static void wraps_paragraphs(void **state)
{
    (void)state;
    assert_wrapped("一\n\n二三四\n", 4, "一||二三|四|");
    assert_wrapped("\n", 4, "|");
    assert_wrapped("ab  \ncd", 2, "ab|cd");
    assert_wrapped("\x80\x80\x80\n\xE4\xB8", 2, "\x80\x80|\x80|\xE4\xB8");
}

/* At every width: no line too wide, none begins in a cluster, nothing but blanks and newlines lost.
 */
static void assert_wrap_is_whole(const char *text, int columns)
{
    struct text_lines lines = {0};
    text_wrap(&lines, text, columns);
    assert_true(lines.count > 0);
    size_t at = 0;
    for (size_t i = 0; i < lines.count; i++) {
        const struct text_line *line = &lines.line[i];
        for (; at < line->start; at++) {
            assert_true(text[at] == ' ' || text[at] == '\n');
        }
        char *piece = alloc_string_n(text + line->start, line->bytes);
        assert_true(text_width(piece) <= columns);
        free(piece);
        at += line->bytes;
    }
    assert_int_equal(strspn(text + at, " \n"), strlen(text + at));
    text_lines_clear(&lines);
}

static void wraps_at_every_width(void **state)
{
    (void)state;
    char *text = repeat(
        "辽河口湿地（核心区）退养还湿 1,234.5 亩，e\u0301👍\U0001F3FD https://x.example/a-b\n", 60);
    for (int columns = 2; columns < 90; columns += 3) {
        assert_wrap_is_whole(text, columns);
    }
    free(text);
    char *long_line = repeat("整改", 2000);
    struct text_lines lines = {0};
    text_wrap(&lines, long_line, 80);
    assert_int_equal(lines.count, 100);
    text_wrap(&lines, "again", 80); /* used twice: starts anew */
    assert_int_equal(lines.count, 1);
    text_lines_clear(&lines);
    assert_int_equal(text_width(long_line), 8000);
    free(long_line);
}

/* --- look-alikes --------------------------------------------------------------------------------
 */

static void has_ascii_look_alikes(void **state)
{
    (void)state;
    assert_string_equal(text_ascii(0x2500), "-");
    assert_string_equal(text_ascii(0x203B), "*");
    assert_string_equal(text_ascii(0x2460), "(1)");
    assert_string_equal(text_ascii(0x2473), "(20)");
    assert_string_equal(text_ascii(0xFF08), "(");
    assert_string_equal(text_ascii(0xFF5E), "~");
    assert_string_equal(text_ascii(0x3002), ".");
    assert_string_equal(text_ascii(0x23CE), "/");
    assert_string_equal(text_ascii(0xE9), "e");
    assert_null(text_ascii(0x6CB3));
    assert_null(text_ascii(0xFF00));
    assert_null(text_ascii(0x10FFFF));
    assert_null(text_ascii('a'));
    for (uint32_t code = 0; code < 0x11000; code++) {
        const char *ascii = text_ascii(code);
        for (size_t i = 0; ascii != NULL && ascii[i] != '\0'; i++) {
            assert_true(ascii[i] >= ' ' && ascii[i] < 0x7F);
        }
        assert_true(ascii == NULL || (ascii[0] != '\0' && strlen(ascii) <= 5));
    }
}

static void knows_ambiguous_widths(void **state)
{
    (void)state;
    static const uint32_t ambiguous[] = {0x203b, 0x2460, 0x2500, 0x201c, 0x25cf, 0x2192, 0xd7};
    for (size_t i = 0; i < sizeof ambiguous / sizeof ambiguous[0]; i++) {
        assert_true(text_is_ambiguous(ambiguous[i]));
    }
    assert_false(text_is_ambiguous('a'));
    assert_false(text_is_ambiguous(0x6cb3));
    assert_false(text_is_ambiguous(0xfffe));
    assert_false(text_is_ambiguous(0x0301));
    assert_false(text_is_ambiguous(0x1f600));
    assert_true(text_is_ambiguous(0x2588));  /* a block */
    assert_false(text_is_ambiguous(0x2800)); /* braille */
    assert_false(text_is_ambiguous(0x28ff));
}

static int in_utf8(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") == NULL;
}

/* --- comparing ---------------------------------------------------------------------------------
 */

static void expect_common(const char *a, const char *b, const char *start, const char *end)
{
    struct text_common common = text_common(a, b), other = text_common(b, a);
    assert_int_equal(common.start, strlen(start));
    assert_int_equal(common.end, strlen(end));
    assert_memory_equal(a, start, common.start);
    assert_string_equal(a + strlen(a) - common.end, end);
    assert_memory_equal(&common, &other, sizeof common);
}

static void finds_what_two_texts_share(void **state)
{
    (void)state;
    expect_common("", "", "", "");
    expect_common("", "湿地", "", "");
    expect_common("湿地", "湿地", "湿地", "");
    expect_common("湿地退养还湿", "湿地还湿", "湿地", "还湿");
    expect_common("一一", "一一一", "一一", ""); /* nothing counts for both ends */
    expect_common("恢复 320 亩", "恢复 350 亩", "恢复 ", " 亩");
    expect_common("恢复320亩", "恢复3320亩", "恢复", "亩");
    expect_common("2026-09-30", "2026-12-30", "2026-", "-30");
    expect_common("Mr Wang", "Ms Wang", "", " Wang");
    expect_common("甲\n乙", "甲\n丙", "甲\n", "");
    expect_common("-e\xCC\x81-", "-e-", "-", "-"); /* an accent is part of its letter */
    expect_common("甲\x80丁", "甲\x81丁", "甲", "丁");
    expect_common("\xE4\xB8\x80", "\xE4\xB8\x81", "", ""); /* one byte alike is nothing alike */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodes_what_it_decodes),
        cmocka_unit_test(counts_each_bad_byte_once),
        cmocka_unit_test(marks_belong_to_their_base),
        cmocka_unit_test(emoji_take_the_columns_counted),
        cmocka_unit_test(knows_ambiguous_widths),
        cmocka_unit_test(controls_are_placeholders),
        cmocka_unit_test(widths_are_libc_s),
        cmocka_unit_test(fits_whole_clusters),
        cmocka_unit_test(steps_back_over_the_same_clusters),
        cmocka_unit_test(pads_to_exact_columns),
        cmocka_unit_test(finds_in_either_case),
        cmocka_unit_test(scrubs_what_a_terminal_would_obey),
        cmocka_unit_test(scrubs_what_nobody_sees),
        cmocka_unit_test(tells_clean_from_not),
        cmocka_unit_test(wraps_by_unicode_rules),
        cmocka_unit_test(wraps_what_cannot_break),
        cmocka_unit_test(wraps_paragraphs),
        cmocka_unit_test(wraps_at_every_width),
        cmocka_unit_test(has_ascii_look_alikes),
        cmocka_unit_test(finds_what_two_texts_share),
    };
    return cmocka_run_group_tests(tests, in_utf8, NULL);
}
