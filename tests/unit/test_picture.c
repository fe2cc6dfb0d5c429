/* picture: what the terminal code draws is what the canvas says, at its price in bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/language.h"
#include "harness/folder.h"
#include "harness/stage.h"

static const struct term_options usual = {.escape_ms = 30, .ambiguous = 1};

/* --- pictures and their price -------------------------------------------------------------- */

static long cost(struct stage *stage, struct order order)
{
    long before = stage->reply.bytes;
    stage_ask(stage, order);
    stage_assert_page(stage, order);
    return stage->reply.bytes - before;
}

static void assert_within(const char *what, long bytes, long most)
{
    print_message("           %-22s %4ld of %4ld bytes\n", what, bytes, most);
    if (bytes > most)
        fail_msg("%s: %ld bytes, more than %ld", what, bytes, most);
}

static long visible_bytes(const struct order *order)
{
    struct strbuf text = {0};
    struct canvas *canvas = canvas_new(24, 80);
    stage_draw_page(canvas, order);
    canvas_text(canvas, &text);
    long count = (long)text.length;
    canvas_free(canvas);
    strbuf_clear(&text);
    return count;
}

static void costs_little_to_show(void **state)
{
    (void)state;
    struct stage stage;
    struct order page = {.what = 'p', .clock = "21:47"};
    stage_open(&stage, "xterm-256color", "C.UTF-8", &usual);
    assert_within("first paint", cost(&stage, page), visible_bytes(&page) * 115 / 100);
    page.cursor = 1;
    assert_within("j", cost(&stage, page), 260);
    page.cursor = 2;
    assert_within("j", cost(&stage, page), 260);
    page.cursor = 18;
    cost(&stage, page);
    page.top = 1, page.cursor = 19;
    assert_within("j at the bottom", cost(&stage, page), 290);
    page.cursor = 1;
    cost(&stage, page);
    page.top = 0, page.cursor = 0;
    assert_within("k at the top", cost(&stage, page), 290);
    snprintf(page.clock, sizeof page.clock, "21:48");
    assert_within("a minute", cost(&stage, page), 40);
    assert_within("nothing changed", cost(&stage, page), 0);
    stage_close(&stage);
}

static void costs_less_when_lean(void **state)
{
    (void)state;
    static const char *const names[] = {"xterm-256color", "vt100", "linux"};
    for (size_t i = 0; i < 3; i++) {
        struct stage stage;
        struct order page = {.what = 'p', .lean = true};
        stage_open(&stage, names[i], "C.UTF-8", &usual);
        cost(&stage, page);
        page.cursor = 1;
        assert_within(names[i], cost(&stage, page), 12);
        page.cursor = 2;
        assert_within(names[i], cost(&stage, page), 12);
        page.cursor = 1;
        assert_within(names[i], cost(&stage, page), 16); /* up: curses draws from the top */
        stage_close(&stage);
    }
}

static void looks_as_the_theme_says(void **state)
{
    (void)state;
    struct stage stage;
    struct strbuf looks_text = {0};
    stage_open(&stage, "xterm-256color", "C.UTF-8", &usual);
    stage_ask(&stage, (struct order){.what = 'p', .cursor = 1});
    terminal_looks(&stage.terminal, &looks_text);
    static const char head[] =
        ".bbbbbbbbbbbbbbbbbbbbbbb\n"
        "........uuuuuu\n"
        "\n"
        ".c.........................................................................cccc\n"
        "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr\n";
    assert_memory_equal(looks_text.text, head, sizeof head - 1);
    strbuf_clear(&looks_text);
    stage_close(&stage);
}

/* Any picture after any other, on terminals that differ in what they can do. */
static void shows_any_picture_after_any_other(void **state)
{
    (void)state;
    static const char *const names[] = {
        "xterm-256color", "xterm", "vt100", "linux", "screen-256color", "xterm-direct"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct stage stage;
        struct canvas *canvas = canvas_new(24, 80);
        stage_open(&stage, names[i], "C.UTF-8", &usual);
        for (int round = 0; round < 60; round++) {
            stage_ask(&stage, (struct order){.what = 'r', .top = 977 * (round + 1)});
            stage_draw_random(canvas, 977u * (uint32_t)(round + 1));
            stage_assert_canvas(&stage, canvas);
        }
        canvas_free(canvas);
        stage_close(&stage);
    }
}

static void follows_the_window(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, "xterm-256color", "C.UTF-8", &usual);
    stage_ask(&stage, (struct order){.what = 'p'});
    static const int sizes[][2] = {{16, 60}, {43, 132}, {1, 1}, {24, 80}};
    for (size_t i = 0; i < 4; i++) {
        terminal_resize(&stage.terminal, sizes[i][0], sizes[i][1]);
        stage_ask(&stage, (struct order){.what = 'p'});
        struct order page = {.clock = "21:47"};
        struct canvas *canvas = canvas_new(sizes[i][0], sizes[i][1]);
        stage_draw_page(canvas, &page);
        stage_assert_canvas(&stage, canvas);
        canvas_free(canvas);
    }
    stage_close(&stage);
}

/* --- charsets and widths ------------------------------------------------------------------- */

static void plain_ascii_gets_look_alikes(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, "vt100", "C", &usual);
    stage_ask(&stage, (struct order){.what = 'a'});
    assert_string_equal(stage.reply.text, "ascii");
    stage_ask(&stage, (struct order){.what = 'p'});
    stage_assert_contains(&stage, " | ");            /* │ */
    stage_assert_contains(&stage, "2-047 ???? 60%"); /* characters it has no idea of */
    stage_assert_contains(&stage, "11-21 ???? 21:47");
    for (size_t i = 0; i < stage.terminal.raw.length; i++)
        assert_true((unsigned char)stage.terminal.raw.text[i] < 0x80);
    stage_close(&stage);
}

/* What curses converts: a terminal that takes GB18030 gets it, two bytes a character. */
static void other_charsets_get_their_bytes(void **state)
{
    struct stage stage;
    char command[512];
    snprintf(command, sizeof command,
        "cd %s && localedef -f GB18030 -i zh_CN ./zh_CN.GB18030 2>/dev/null", (const char *)*state);
    assert_int_equal(system(command), 0);
    setenv("LOCPATH", *state, 1);
    stage_open(&stage, "vt100", "zh_CN.GB18030", &usual);
    stage_ask(&stage, (struct order){.what = 'a'});
    assert_string_equal(stage.reply.text, "ascii");
    stage_ask(&stage, (struct order){.what = 'p'});
    assert_non_null(strstr(stage.terminal.raw.text, "\xb6\xbd\xb0\xec")); /* 督办 */
    assert_null(strstr(stage.terminal.raw.text, "\xe7\x9d\xa3"));
    terminal_type(
        &stage.terminal, "\xca\xaa\x81\x30\x84\x36"); /* 湿 and a character of four bytes */
    stage_ask(&stage, (struct order){.what = 'k'});
    assert_string_equal(stage.reply.text, "湿");
    stage_ask(&stage, (struct order){.what = 'k'});
    assert_string_equal(stage.reply.text, "¥");
    stage_close(&stage);
    unsetenv("LOCPATH");
}

static void asks_how_wide_ambiguous_characters_are(void **state)
{
    (void)state;
    const struct term_options asking = {.escape_ms = 30};
    struct stage stage;
    stage_open_silent(&stage, "xterm-256color", "C.UTF-8", &asking);
    assert_non_null(strstr(stage.terminal.raw.text, "\033[6n"));
    stage_ask(&stage, (struct order){.what = 'p'}); /* does not wait for the answer */
    stage_assert_contains(&stage, "● 实时");
    terminal_type(&stage.terminal, "j\033[1;3R"); /* two columns, among the keys */
    stage_ask(&stage, (struct order){.what = 'k'});
    assert_string_equal(stage.reply.text, "j");
    stage_ask(&stage, (struct order){.what = 'k'});
    assert_string_equal(stage.reply.text, "Resize");
    stage_ask(&stage, (struct order){.what = 'a'});
    assert_string_equal(stage.reply.text, "ascii");
    stage_ask(&stage, (struct order){.what = 'p'});
    stage_assert_contains(&stage, "* 实时");
    stage_assert_contains(&stage, "省厅 李娜 > 验收");
    terminal_type(&stage.terminal, "\033[1;3R"); /* nobody asks any more */
    stage_ask(&stage, (struct order){.what = 'k'});
    assert_string_equal(stage.reply.text, "M-F3");
    stage_close(&stage);
}

static void one_column_is_what_was_thought(void **state)
{
    (void)state;
    const struct term_options asking = {.escape_ms = 30};
    struct stage stage;
    stage_open(&stage, "xterm-256color", "C.UTF-8", &asking); /* the emulator answers 1 */
    terminal_type(&stage.terminal, "x");
    stage_ask(&stage, (struct order){.what = 'k'});
    assert_string_equal(stage.reply.text, "x");
    stage_ask(&stage, (struct order){.what = 'a'});
    assert_string_equal(stage.reply.text, "full");
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(costs_little_to_show),
        cmocka_unit_test(costs_less_when_lean),
        cmocka_unit_test(looks_as_the_theme_says),
        cmocka_unit_test(shows_any_picture_after_any_other),
        cmocka_unit_test(follows_the_window),
        cmocka_unit_test(plain_ascii_gets_look_alikes),
        cmocka_unit_test_setup_teardown(
            other_charsets_get_their_bytes, folder_set_up, folder_tear_down),
        cmocka_unit_test(asks_how_wide_ambiguous_characters_are),
        cmocka_unit_test(one_column_is_what_was_thought),
    };
    setenv("LC_ALL", "C.UTF-8", 1);
    language_start("en", NULL);
    return cmocka_run_group_tests_name("picture", tests, NULL, NULL);
}
