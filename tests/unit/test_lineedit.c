/* lineedit: moves and cuts by what is seen as one character, whatever the bytes. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ui/lineedit.h"

/* Presses keys by name, blanks between: "a b C-w". */
static void press(struct lineedit *edit, const char *names)
{
    char copy[512], *rest = NULL;
    assert_true(strlen(names) < sizeof copy);
    strcpy(copy, names);
    for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
        struct key key;
        assert_true(key_parse(name, &key));
        assert_true(lineedit_key(edit, &key));
    }
}

static void paste(struct lineedit *edit, const char *text)
{
    assert_true(lineedit_key(edit, &(struct key){.code = KEY_CODE_PASTE, .paste = text}));
}

/* The text with | where the caret stands. */
static void assert_line(const struct lineedit *edit, const char *expected)
{
    char line[1024];
    size_t caret = lineedit_caret(edit);
    const char *text = lineedit_text(edit);
    assert_true(caret <= strlen(text) && strlen(text) + 2 < sizeof line);
    memcpy(line, text, caret);
    line[caret] = '|';
    strcpy(line + caret + 1, text + caret);
    assert_string_equal(line, expected);
}

static void types_and_moves(void **state)
{
    (void)state;
    struct lineedit *edit = lineedit_new("", 100);
    press(edit, "辽 河 Space a Left Left b");
    assert_line(edit, "辽河b| a");
    press(edit, "C-a x C-e y C-b C-f Home Right End Left");
    assert_line(edit, "x辽河b a|y");
    lineedit_set(edit, "新");
    assert_line(edit, "新|");
    press(edit, "Right Right Left Left Left");
    assert_line(edit, "|新");
    lineedit_free(edit);
    lineedit_free(NULL);
}

static void never_stands_in_a_character(void **state)
{
    (void)state;
    struct lineedit *edit = lineedit_new("e\xcc\x81河😀", 100);
    press(edit, "Left");
    assert_line(edit, "e\xcc\x81河|😀");
    press(edit, "Left Left");
    assert_line(edit, "|e\xcc\x81河😀");
    press(edit, "Del");
    assert_line(edit, "|河😀");
    press(edit, "End BS");
    assert_line(edit, "河|");
    lineedit_set(edit, "xe");
    press(edit, "Left");
    assert_true(lineedit_key(edit, &(struct key){.code = 0x301})); /* joins x */
    assert_line(edit, "x\xcc\x81|e");
    press(edit, "BS");
    assert_line(edit, "|e");
    press(edit, "BS C-a BS C-d Del BS");
    assert_line(edit, "|");
    lineedit_free(edit);
}

static void knows_words(void **state)
{
    (void)state;
    struct lineedit *edit = lineedit_new("region:盘锦 and 湿地2021 -closed", 100);
    press(edit, "M-b");
    assert_line(edit, "region:盘锦 and 湿地2021 -|closed");
    press(edit, "M-b M-b");
    assert_line(edit, "region:盘锦 and 湿地|2021 -closed");
    press(edit, "C-Left C-Left M-b");
    assert_line(edit, "region:|盘锦 and 湿地2021 -closed");
    press(edit, "C-Right M-f");
    assert_line(edit, "region:盘锦 and| 湿地2021 -closed");
    press(edit, "C-w C-w");
    assert_line(edit, "region:| 湿地2021 -closed");
    press(edit, "M-d");
    assert_line(edit, "region:|2021 -closed");
    press(edit, "C-y");
    assert_line(edit, "region: 湿地|2021 -closed");
    press(edit, "C-a M-b C-w C-e M-f M-d");
    assert_line(edit, "region: 湿地2021 -closed|");
    lineedit_free(edit);
}

static void kills_and_yanks(void **state)
{
    (void)state;
    struct lineedit *edit = lineedit_new("河口湿地", 100);
    press(edit, "Left Left C-u");
    assert_line(edit, "|湿地");
    press(edit, "C-e C-y");
    assert_line(edit, "湿地河口|");
    press(edit, "C-a Right C-k");
    assert_line(edit, "湿|");
    press(edit, "C-k C-y");
    assert_line(edit, "湿地河口|");
    lineedit_free(edit);
    edit = lineedit_new("", 10);
    press(edit, "C-y C-u C-k C-w");
    assert_line(edit, "|");
    lineedit_free(edit);
}

static void undoes(void **state)
{
    (void)state;
    struct lineedit *edit = lineedit_new("辽河", 100);
    press(edit, "a b c");
    press(edit, "C-w"); /* letters */
    assert_line(edit, "辽河|");
    press(edit, "C-_");
    assert_line(edit, "辽河abc|");
    press(edit, "C-_"); /* what was typed in one go is one change */
    assert_line(edit, "辽河|");
    press(edit, "C-_ C-_");
    assert_line(edit, "辽河|");
    press(edit, "x Left y C-_");
    assert_line(edit, "辽河|x");
    lineedit_replace(edit, 0, 6, "浑河");
    assert_line(edit, "浑河|x");
    press(edit, "C-_");
    assert_line(edit, "辽河|x");
    for (int i = 0; i < 300; i++)
        press(edit, "C-e BS z");
    for (int i = 0; i < 300; i++)
        press(edit, "C-_");
    assert_true(strlen(lineedit_text(edit)) >= 6);
    lineedit_free(edit);
}

static void does_again_what_was_undone(void **state)
{
    (void)state;
    struct lineedit *edit = lineedit_new("辽河", 100);
    press(edit, "a b C-w M-_");
    assert_line(edit, "辽河|");
    press(edit, "C-_ C-_ C-_");
    assert_line(edit, "辽河|");
    press(edit, "M-_");
    assert_line(edit, "辽河ab|");
    press(edit, "C-M-_ M-_");
    assert_line(edit, "辽河|");
    press(edit, "C-_ x M-_");
    assert_line(edit, "辽河abx|");
    lineedit_free(edit);
}

static void scrubs_a_paste(void **state)
{
    (void)state;
    struct lineedit *edit = lineedit_new("[]", 100);
    press(edit, "Left");
    paste(edit, "河口\n\x1b[31m湿地\t!\n\n");
    assert_line(edit, "[河口⏎\xef\xbf\xbd[31m湿地 !|]");
    press(edit, "C-_");
    assert_line(edit, "[|]");
    paste(edit, "\xff\xe2\x80\xae");
    assert_line(edit, "[\xef\xbf\xbd\xef\xbf\xbd|]");
    lineedit_free(edit);
}

static void has_a_limit(void **state)
{
    (void)state;
    struct lineedit *edit = lineedit_new("0123456", 10);
    press(edit, "Home 河");
    assert_line(edit, "河|0123456");
    press(edit, "x");
    assert_line(edit, "河|0123456");
    press(edit, "BS");
    paste(edit, "a湿地");
    assert_line(edit, "a|0123456");
    lineedit_set(edit, "湿地湿地");
    assert_line(edit, "湿地湿|");
    lineedit_free(edit);
    edit = lineedit_new(NULL, 10);
    assert_line(edit, "|");
    lineedit_free(edit);
}

static void leaves_other_keys_alone(void **state)
{
    (void)state;
    static const char *const names[] = {
        "Enter", "Esc", "Up", "Tab", "S-Tab", "C-c", "C-z", "F1", "M-x", "PgDn"};
    struct lineedit *edit = lineedit_new("a", 10);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct key key;
        assert_true(key_parse(names[i], &key));
        assert_false(lineedit_key(edit, &key));
    }
    assert_line(edit, "a|");
    lineedit_free(edit);
}

static void assert_drawn(const struct lineedit *edit, int columns, const char *expected, int caret)
{
    struct strbuf text = {0};
    struct canvas *canvas = canvas_new(1, 30);
    int row, column;
    bool visible;
    lineedit_draw(edit, canvas, 0, 2, columns);
    canvas_text(canvas, &text);
    assert_string_equal(strbuf_text(&text), expected);
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert_true(visible);
    assert_int_equal(row, 0);
    assert_int_equal(column, caret);
    for (int i = 0; i < 30; i++)
        assert_true(
            i >= 2 && i < 2 + columns ? true : canvas_row(canvas, 0)[i].role == ROLE_NORMAL);
    strbuf_clear(&text);
    canvas_free(canvas);
}

static void keeps_the_caret_in_sight(void **state)
{
    (void)state;
    struct lineedit *edit = lineedit_new("湿地ab", 100);
    assert_drawn(edit, 10, "  湿地ab\n", 8);
    assert_drawn(edit, 7, "  湿地ab\n", 8);
    assert_drawn(edit, 6, "  ←ab\n", 5);
    press(edit, "C-a");
    assert_drawn(edit, 5, "  湿地→\n", 2);
    assert_drawn(edit, 6, "  湿地ab\n", 2);
    lineedit_set(edit, "一二三四五六七八九十");
    assert_drawn(edit, 10, "  ←九十\n", 7);
    press(edit, "Left Left Left Left Left");
    assert_drawn(edit, 10, "  ←四五六七→\n", 7);
    for (int columns = 4; columns <= 28; columns++)
        for (int i = 0; i < 11; i++) {
            int row, column;
            bool visible;
            struct canvas *canvas = canvas_new(1, 40);
            lineedit_draw(edit, canvas, 0, 2, columns);
            canvas_cursor_get(canvas, &row, &column, &visible);
            assert_true(visible && column >= 2 && column < 2 + columns);
            canvas_free(canvas);
            press(edit, i % 2 ? "Left Left" : "Right");
        }
    lineedit_free(edit);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_and_moves),
        cmocka_unit_test(never_stands_in_a_character),
        cmocka_unit_test(knows_words),
        cmocka_unit_test(kills_and_yanks),
        cmocka_unit_test(undoes),
        cmocka_unit_test(does_again_what_was_undone),
        cmocka_unit_test(scrubs_a_paste),
        cmocka_unit_test(has_a_limit),
        cmocka_unit_test(leaves_other_keys_alone),
        cmocka_unit_test(keeps_the_caret_in_sight),
    };
    return cmocka_run_group_tests_name("lineedit", tests, NULL, NULL);
}
