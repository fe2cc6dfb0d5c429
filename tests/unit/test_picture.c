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

static const struct stage_options usual = {0};

static void must(const struct pty *pty, bool ok)
{
    if (!ok)
        fail_msg("%s", pty_problem(pty));
}

static void assert_shows(const struct pty *pty, const struct canvas *canvas)
{
    struct strbuf expected = {0}, shown = {0};
    canvas_text(canvas, &expected);
    pty_text(pty, &shown);
    assert_string_equal(strbuf_text(&shown), strbuf_text(&expected));
    strbuf_clear(&expected);
    strbuf_clear(&shown);
}

static void assert_stage(const struct pty *pty, const struct stage *stage)
{
    struct canvas *canvas = canvas_new(pty_rows(pty), pty_columns(pty));
    stage_draw(stage, canvas);
    assert_shows(pty, canvas);
    canvas_free(canvas);
}

static struct pty *start(const struct stage_options *options)
{
    struct pty *pty = stage_start(options);
    must(pty, pty_settle(pty));
    return pty;
}

/* --- the price ----------------------------------------------------------------------------- */

/* Bytes that a key costs; the picture is right afterwards. */
static long cost(struct pty *pty, struct stage *stage, const char *key)
{
    long before = pty_received(pty);
    must(pty, pty_keys(pty, key));
    assert_true(stage_key(stage, key, 24));
    assert_stage(pty, stage);
    return pty_received(pty) - before;
}

static void assert_within(const char *what, long bytes, long most)
{
    print_message("           %-18s %4ld of %4ld bytes\n", what, bytes, most);
    if (bytes > most)
        fail_msg("%s: %ld bytes, more than %ld", what, bytes, most);
}

static long visible_bytes(const struct stage *stage)
{
    struct strbuf text = {0};
    struct canvas *canvas = canvas_new(24, 80);
    stage_draw(stage, canvas);
    canvas_text(canvas, &text);
    long count = (long)text.length;
    canvas_free(canvas);
    strbuf_clear(&text);
    return count;
}

static void costs_little_to_show(void **state)
{
    (void)state;
    struct stage stage = {0};
    struct pty *pty = start(&usual);
    assert_stage(pty, &stage);
    assert_within("first paint", pty_received(pty), visible_bytes(&stage) * 115 / 100);
    assert_within("j", cost(pty, &stage, "j"), 260);
    assert_within("j", cost(pty, &stage, "j"), 260);
    assert_within("k", cost(pty, &stage, "k"), 260);
    while (stage.cursor < 18)
        cost(pty, &stage, "j");
    assert_within("j at the bottom", cost(pty, &stage, "j"), 290);
    assert_within("j at the bottom", cost(pty, &stage, "j"), 290);
    while (stage.cursor > stage.top)
        cost(pty, &stage, "k");
    assert_within("k at the top", cost(pty, &stage, "k"), 290);
    assert_within("a minute", cost(pty, &stage, "c"), 40);
    assert_within("nothing changed", cost(pty, &stage, "c"), 0);
    pty_free(pty);
}

static void costs_less_when_lean(void **state)
{
    (void)state;
    static const char *const names[] = {"xterm-256color", "vt100", "linux"};
    for (size_t i = 0; i < 3; i++) {
        struct stage stage = {0};
        struct pty *pty = start(&(struct stage_options){.term = names[i]});
        cost(pty, &stage, "L");
        assert_within(names[i], cost(pty, &stage, "j"), 12);
        assert_within(names[i], cost(pty, &stage, "j"), 12);
        assert_within(names[i], cost(pty, &stage, "k"), 16); /* curses draws from the top */
        pty_free(pty);
    }
}

/* Keys that came together, as after a busy line: what moved is scrolled, however far. */
static void costs_the_new_rows_only(void **state)
{
    (void)state;
    enum { KEYS = 30, MOST = 33 };
    struct stage stage = {0};
    struct pty *pty = start(&usual);
    for (int times = KEYS; times <= MOST; times++)
        for (int way = 0; way < 2; way++) {
            char keys[MOST];
            int top = stage.top;
            long before = pty_received(pty);
            memset(keys, way == 0 ? 'j' : 'k', sizeof keys);
            must(pty, pty_send(pty, keys, (size_t)times));
            must(pty, pty_settle(pty));
            for (int i = 0; i < times; i++)
                stage_key(&stage, way == 0 ? "j" : "k", 24);
            assert_stage(pty, &stage);
            assert_within(way == 0 ? "far down" : "far up", pty_received(pty) - before,
                (abs(stage.top - top) + 2) * 115 + 120);
        }
    pty_free(pty);
}

/* --- the picture --------------------------------------------------------------------------- */

static void looks_as_the_theme_says(void **state)
{
    (void)state;
    struct pty *pty = start(&usual);
    must(pty, pty_keys(pty, "j"));
    assert_true(pty_cell(pty, 0, 2).bold);
    assert_false(pty_cell(pty, 0, 45).bold);
    struct pty_cell counter = pty_cell(pty, 1, 9);
    assert_true(counter.bold && counter.underline);
    assert_int_equal(pty_cell(pty, 3, 1).foreground, 9);
    assert_int_equal(pty_cell(pty, 3, 3).foreground, -1);
    assert_int_equal(pty_cell(pty, 3, 76).foreground, 9);
    for (int column = 0; column < 80; column++) {
        assert_false(pty_cell(pty, 3, column).reverse);
        assert_true(pty_cell(pty, 4, column).reverse);
        assert_false(pty_cell(pty, 5, column).reverse);
    }
    int row, column;
    bool visible;
    pty_cursor(pty, &row, &column, &visible);
    assert_true(row == 4 && column == 0 && visible);
    pty_free(pty);
}

/* Any picture after any other, on terminals that differ in what they can do. */
static void shows_any_picture_after_any_other(void **state)
{
    (void)state;
    static const char *const names[] = {
        "xterm-256color", "xterm", "vt100", "linux", "screen-256color", "xterm-direct", "putty"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct stage stage = {0};
        struct canvas *canvas = canvas_new(24, 80);
        struct pty *pty = start(&(struct stage_options){.term = names[i]});
        stage_draw(&stage, canvas);
        for (int round = 0; round < 60; round++) {
            must(pty, pty_keys(pty, "r"));
            stage_key(&stage, "r", 24);
            stage_draw(&stage, canvas);
            assert_shows(pty, canvas);
        }
        canvas_free(canvas);
        pty_free(pty);
    }
}

static void follows_the_window(void **state)
{
    (void)state;
    static const int sizes[][2] = {{16, 60}, {43, 132}, {6, 1}, {24, 80}};
    struct stage stage = {0};
    struct pty *pty = start(&usual);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        must(pty, pty_resize(pty, sizes[i][0], sizes[i][1]));
        assert_stage(pty, &stage);
    }
    pty_free(pty);
}

/* --- charsets and widths ------------------------------------------------------------------- */

static void assert_has(const struct pty *pty, const char *text)
{
    struct strbuf screen = {0};
    if (pty_has_text(pty, text))
        return;
    pty_text(pty, &screen);
    fail_msg("\"%s\" is not in:\n%s", text, strbuf_text(&screen));
}

static void plain_ascii_gets_look_alikes(void **state)
{
    (void)state;
    struct strbuf text = {0};
    struct pty *pty = start(&(struct stage_options){.term = "vt100", .locale = "C"});
    assert_has(pty, " | ");            /* │ */
    assert_has(pty, "2-047 ???? 60%"); /* characters it has no idea of */
    assert_has(pty, "11-21 ???? 21:47");
    pty_text(pty, &text);
    for (size_t i = 0; i < text.length; i++)
        assert_true((unsigned char)text.text[i] < 0x80);
    strbuf_clear(&text);
    pty_free(pty);
}

/* What curses converts. GBK stands for GB18030 here, which takes localedef twenty times as long. */
static void other_charsets_get_their_bytes(void **state)
{
    char command[512];
    snprintf(command, sizeof command, "cd %s && localedef -f GBK -i C ./C.GBK 2>/dev/null",
        (const char *)*state);
    assert_int_equal(system(command), 0);
    struct pty *pty = start(&(struct stage_options){
        .term = "vt100", .locale = "C.GBK", .charset = "GBK", .locpath = *state});
    assert_has(pty, " 督办 辽宁省环保督察整改");
    assert_has(pty, "* 实时"); /* glyphs are ASCII */
    must(pty, pty_type(pty, "湿"));
    assert_has(pty, "key 湿");
    must(pty, pty_paste(pty, "河口"));
    assert_has(pty, "key 河口");
    pty_free(pty);
}

/* Each script is what a terminal says, and whether the glyphs are ASCII then. */
static void asks_how_wide_ambiguous_characters_are(void **state)
{
    (void)state;
    static const struct {
        const char *answer, *told;
        bool wide;
    } terminals[] = {
        {"x\033[2;3Rw", "key w", true},         /* two columns, among the keys */
        {"x\033[2;2Rw", "key w", false},        /* one */
        {"\033[2;3R\033[2;2Rx", "key x", true}, /* said twice: the first counts */
        {"\033[2;2R\033[2;3Rx", "key x", false}, {"\033[1;2R", "key S-F3", false}, /* a key */
        {"\033[1;3R", "key M-F3", false},
        {"\033[99;99R\033[2;1R\033[0;0R\033[;Rx", "key x", false}, /* no answer to this */
        {"\033[1;3R\033[5;3R\033[2;3Rx", "key x", true},
        {"\033[2;99999999999R\033[2;3;4Rx", "key x", false}, {"x", "key x", false}, /* never */
    };
    for (size_t i = 0; i < sizeof terminals / sizeof terminals[0]; i++) {
        struct pty *pty = start(&(struct stage_options){.unplaced = true, .ask = true});
        assert_has(pty, "● 实时"); /* does not wait for the answer */
        must(pty, pty_send(pty, terminals[i].answer, strlen(terminals[i].answer)));
        must(pty, pty_settle(pty));
        assert_has(pty, terminals[i].told);
        assert_has(pty, terminals[i].wide ? "* 实时" : "● 实时");
        assert_has(pty, terminals[i].wide ? "省厅 李娜 > 验收" : "省厅 李娜 → 验收");
        pty_free(pty);
    }
}

static void one_column_is_what_was_thought(void **state)
{
    (void)state;
    struct stage stage = {0};
    struct pty *pty = start(&(struct stage_options){.ask = true}); /* the harness answers 1 */
    assert_stage(pty, &stage);
    must(pty, pty_keys(pty, "j"));
    stage_key(&stage, "j", 24);
    assert_stage(pty, &stage);
    pty_free(pty);
}

int main(int argc, char **argv)
{
    int status;
    if (stage_main(argc, argv, &status))
        return status;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(costs_little_to_show),
        cmocka_unit_test(costs_less_when_lean),
        cmocka_unit_test(costs_the_new_rows_only),
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
