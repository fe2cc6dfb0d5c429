/* sgr: fewer bytes, the same picture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/ui/sgr.h"

/* What is written for `bytes` when the terminal's pen is known to be plain. */
static void assert_written(const char *bytes, const char *expected)
{
    struct sgr sgr = {.known = true, .designated = true};
    struct strbuf out = {0};
    sgr_write(&sgr, bytes, strlen(bytes), &out);
    assert_string_equal(strbuf_text(&out), expected);
    strbuf_clear(&out);
}

static void leaves_out_what_changes_nothing(void **state)
{
    (void)state;
    assert_written("a\033(B\033[mb", "ab");
    assert_written("\033[31m\033[39m\033(B\033[ma", "a");
    assert_written("\033(B\033[0;7mab\033(B\033[m", "\033[7mab\033[m");
    assert_written("\033[39;49m\033[0ma", "a");
    assert_written("\033[0;10;7m\017a\033[0;10mb", "\033[7ma\033[mb"); /* the Linux console's */
    assert_written("", "");
}

static void goes_from_one_look_to_the_next(void **state)
{
    (void)state;
    assert_written(
        "\033[31ma\033[39m\033(B\033[m\033(B\033[0;7mb\033[m", "\033[31ma\033[0;7mb\033[m");
    assert_written("\033[0;1ma\033[0;1;7mb\033[m", "\033[1ma\033[7mb\033[m");
    assert_written("\033[0;1;4ma\033[0;4mb\033[m", "\033[1;4ma\033[0;4mb\033[m");
    assert_written("\033[31ma\033[32mb\033[44mc\033[49md\033[m",
        "\033[31ma\033[32mb\033[44mc\033[0;32md\033[m");
    assert_written(
        "\033[1;2;4;7ma\033[22mb\033[24mc\033[27md", "\033[1;2;4;7ma\033[0;4;7mb\033[0;7mc\033[md");
}

static void knows_every_kind_of_colour(void **state)
{
    (void)state;
    assert_written("\033[38;5;203ma\033[m", "\033[38;5;203ma\033[m");
    assert_written("\033[0;38;5;203;1;48;5;7ma\033[m", "\033[1;38;5;203;48;5;7ma\033[m");
    assert_written("\033[38;2;1;2;3;7ma\033[m", "\033[7;38;2;1;2;3ma\033[m");
    assert_written(
        "\033[38:2::1:2:3ma\033[48:5:9mb\033[m", "\033[38:2::1:2:3ma\033[48:5:9mb\033[m");
    assert_written("\033[91;102ma\033[m", "\033[91;102ma\033[m");
}

static void passes_what_it_does_not_know(void **state)
{
    (void)state;
    assert_written("\033[1m\033[3ma\033[mb", "\033[1m\033[3m\033[0;1ma\033[mb");
}

static void moving_needs_no_pen(void **state)
{
    (void)state;
    assert_written("\033[7ma\033[m\r\033[5d\033[7mb\033[m", "\033[7ma\r\033[5db\033[m");
    assert_written("\033[7ma\033[m\n\b\033[3;4H\033[7mb\033[m", "\033[7ma\n\b\033[3;4Hb\033[m");
}

static void erasing_does(void **state)
{
    (void)state;
    assert_written("\033[7ma\033[m\033[Kb", "\033[7ma\033[m\033[Kb");
    assert_written(
        "\033[44ma\033[49m\nb", "\033[44ma\033[m\nb"); /* may scroll in a line of that colour */
    assert_written("\033[44ma\033[49m\033Mb", "\033[44ma\033[m\033Mb");
    assert_written("\033[44m\033[2J\033[m", "\033[44m\033[2J\033[m");
}

static void passes_the_rest_as_it_is(void **state)
{
    (void)state;
    assert_written("\033[?2004h\033[1;24r\033)0\0337\0338\033[22;0;0t",
        "\033[?2004h\033[1;24r\033)0\0337\0338\033[22;0;0t");
    assert_written("湿地\017\033[1K\033[>4m", "湿地\033[1K\033[>4m");
    assert_written("\033[1", "\033[1");
    assert_written("\033", "\033");
}

static void tells_an_unknown_terminal_everything_once(void **state)
{
    (void)state;
    struct sgr sgr;
    struct strbuf out = {0};
    sgr_forget(&sgr);
    sgr_write(&sgr, "\033(B\017\033[ma", 8, &out);
    assert_string_equal(strbuf_text(&out), "\033(B\017\033[ma");
    strbuf_cut(&out, 0);
    sgr_write(&sgr, "\033(B\017\033[ma", 8, &out);
    assert_string_equal(strbuf_text(&out), "a");
    strbuf_cut(&out, 0);
    sgr_forget(&sgr);
    sgr_write(&sgr, "\033[7ma", 5, &out);
    assert_string_equal(strbuf_text(&out), "\033[0;7ma");
    strbuf_clear(&out);
}

/* A small terminal: what each character looks like. */
struct looks {
    unsigned look[512];
    size_t count;
};

static void apply(unsigned *pen, const char *parameters)
{
    static const struct {
        int code;
        unsigned sets, clears;
    } codes[] = {{0, 0, ~0u}, {1, 1, 0}, {4, 2, 0}, {7, 4, 0}, {31, 16, 240}, {32, 32, 240},
        {39, 0, 240}, {44, 256, 3840}, {49, 0, 3840}};
    for (;;) {
        int code = 0;
        sscanf(parameters, "%d", &code);
        for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
            if (codes[i].code == code)
                *pen = (*pen & ~codes[i].clears) | codes[i].sets;
        parameters = strchr(parameters, ';');
        if (!parameters)
            return;
        parameters++;
    }
}

static void draw(struct looks *looks, const char *bytes)
{
    unsigned pen = 0;
    while (*bytes) {
        size_t length = strcspn(bytes, "m");
        char parameters[32];
        if (bytes[0] != '\033') {
            looks->look[looks->count++] = pen << 8 | (unsigned char)*bytes++;
            continue;
        }
        snprintf(parameters, sizeof parameters, "%.*s", (int)length - 2, bytes + 2);
        apply(&pen, parameters);
        bytes += length + 1;
    }
}

static void any_sequence_draws_the_same(void **state)
{
    (void)state;
    static const char *const parts[] = {"\033[m", "\033[0;7m", "\033[1m", "\033[4m", "\033[31m",
        "\033[32m", "\033[39m", "\033[44m", "\033[49m", "\033[0;1;31m", "a", "b", "c"};
    uint32_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        struct strbuf in = {0}, out = {0};
        struct sgr sgr = {.known = true, .designated = true};
        struct looks before = {0}, after = {0};
        for (int i = 0; i < 40; i++) {
            seed = seed * 1664525u + 1013904223u;
            strbuf_add(&in, parts[(seed >> 16) % (sizeof parts / sizeof parts[0])]);
        }
        sgr_write(&sgr, in.text, in.length, &out);
        draw(&before, in.text);
        draw(&after, strbuf_text(&out));
        assert_int_equal(before.count, after.count);
        assert_memory_equal(before.look, after.look, before.count * sizeof before.look[0]);
        assert_true(out.length <= in.length + 8);
        strbuf_clear(&in);
        strbuf_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_out_what_changes_nothing),
        cmocka_unit_test(goes_from_one_look_to_the_next),
        cmocka_unit_test(knows_every_kind_of_colour),
        cmocka_unit_test(passes_what_it_does_not_know),
        cmocka_unit_test(moving_needs_no_pen),
        cmocka_unit_test(erasing_does),
        cmocka_unit_test(passes_the_rest_as_it_is),
        cmocka_unit_test(tells_an_unknown_terminal_everything_once),
        cmocka_unit_test(any_sequence_draws_the_same),
    };
    return cmocka_run_group_tests_name("sgr", tests, NULL, NULL);
}
