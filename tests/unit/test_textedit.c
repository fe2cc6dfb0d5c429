/* textedit: rows that keep Unicode's rules, a caret that is always to be seen, keys that take and
 * give back whole characters. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ui/textedit.h"

static void press(struct textedit *edit, const char *names)
{
    char copy[512], *rest = NULL;
    assert_true(strlen(names) < sizeof copy);
    strcpy(copy, names);
    for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
        struct key key;
        assert_true(key_parse(name, &key));
        assert_true(textedit_key(edit, &key));
    }
}

static bool takes(struct textedit *edit, const char *name)
{
    struct key key;
    assert_true(key_parse(name, &key));
    return textedit_key(edit, &key);
}

static void paste(struct textedit *edit, const char *text)
{
    assert_true(textedit_key(edit, &(struct key){.code = KEY_CODE_PASTE, .paste = text}));
}

/* The text with | where the caret stands. */
static void assert_text(const struct textedit *edit, const char *expected)
{
    char line[4096];
    size_t caret = textedit_caret(edit);
    const char *text = textedit_text(edit);
    assert_true(caret <= strlen(text) && strlen(text) + 2 < sizeof line);
    memcpy(line, text, caret);
    line[caret] = '|';
    strcpy(line + caret + 1, text + caret);
    assert_string_equal(line, expected);
}

/* Draws at (1, 2) of a grid that is larger; nothing outside of the area may change. */
static void assert_drawn(
    struct textedit *edit, int rows, int columns, const char *expected, int row, int column)
{
    struct strbuf text = {0};
    struct canvas *canvas = canvas_new(rows + 2, columns + 4);
    int at_row, at_column;
    bool visible;
    textedit_resize(edit, rows, columns);
    textedit_draw(edit, canvas, (struct rect){1, 2, rows, columns}, true);
    for (int y = 0; y < rows + 2; y++)
        for (int x = 0; x < columns + 4; x++) {
            bool inside = y >= 1 && y <= rows && x >= 2 && x < columns + 2;
            const struct cell *cell = &canvas_row(canvas, y)[x];
            assert_true(inside ? cell->role != ROLE_NORMAL : cell->base == ' ');
            assert_true(inside || cell->role == ROLE_NORMAL);
        }
    canvas_text(canvas, &text);
    assert_string_equal(strbuf_text(&text), expected);
    canvas_cursor_get(canvas, &at_row, &at_column, &visible);
    assert_true(visible);
    assert_int_equal(at_row - 1, row);
    assert_int_equal(at_column - 2, column);
    strbuf_clear(&text);
    canvas_free(canvas);
}

static void wraps_by_unicode_rules(void **state)
{
    (void)state;
    struct textedit *edit = textedit_new("辽河口湿，地。（退养）", 1000);
    assert_drawn(edit, 4, 9, "\n  辽河口\n  湿，地。\n  （退养）\n\n\n", 2, 8);
    assert_int_equal(textedit_rows(edit), 3);
    assert_drawn(edit, 4, 11, "\n  辽河口湿，\n  地。（退\n  养）\n\n\n", 2, 4);
    assert_string_equal(textedit_text(edit), "辽河口湿，地。（退养）");
    textedit_set(edit, "the board   of duty\n\nends");
    assert_drawn(edit, 5, 10, "\n  the board\n  of duty\n\n  ends\n\n\n", 3, 4);
    textedit_set(edit, "");
    assert_int_equal(textedit_rows(edit), 1);
    assert_drawn(edit, 1, 10, "\n\n\n", 0, 0);
    textedit_free(edit);
    textedit_free(NULL);
}

static void shows_the_caret_where_rows_end(void **state)
{
    (void)state;
    struct textedit *edit = textedit_new("一二三", 1000);
    assert_drawn(
        edit, 2, 7, "\n  一二三\n\n\n", 0, 6); /* full: the caret has a column of its own */
    press(edit, "四");
    assert_drawn(edit, 2, 7, "\n  一二三\n  四\n\n", 1, 2);
    press(edit, "Left");
    assert_drawn(edit, 2, 7, "\n  一二三\n  四\n\n", 1, 0); /* what ends a row begins the next */
    press(edit, "Left");
    assert_drawn(edit, 2, 7, "\n  一二三\n  四\n\n", 0, 4);
    press(edit, "Right BS");
    assert_text(edit, "一二|四");
    textedit_set(edit, "ab cd");
    assert_drawn(edit, 2, 4, "\n  ab\n  cd\n\n", 1, 2);
    press(edit, "Left Left Left");
    assert_drawn(edit, 2, 4, "\n  ab\n  cd\n\n", 0, 2);
    press(edit, "C-e BS Enter a b Space Space"); /* blanks hang over the edge */
    assert_drawn(edit, 3, 4, "\n  ab\n  c\n  ab\n\n", 2, 3);
    textedit_free(edit);
}

static void cuts_no_wide_character(void **state)
{
    (void)state;
    struct textedit *edit = textedit_new("a河河河", 1000);
    assert_drawn(edit, 2, 7, "\n  a河河\n  河\n\n", 1, 2); /* one column stays free */
    assert_drawn(edit, 2, 6, "\n  a河河\n  河\n\n", 1, 2);
    assert_drawn(edit, 3, 5, "\n  a河\n  河河\n\n\n", 1, 4);
    textedit_set(edit, "e\xcc\x81👍🏽河");
    assert_drawn(edit, 2, 4, "\n  e\xcc\x81👍\n  河\n\n", 1, 2);
    press(edit, "Left Left");
    assert_text(edit, "e\xcc\x81|👍🏽河");
    press(edit, "Del");
    assert_text(edit, "e\xcc\x81|河");
    press(edit, "BS");
    assert_text(edit, "|河");
    textedit_free(edit);
}

static void draws_in_the_smallest_areas(void **state)
{
    (void)state;
    struct textedit *edit = textedit_new("河b\n口", 1000);
    assert_drawn(edit, 1, 2, "\n  口\n\n", 0, 1);
    press(edit, "Up"); /* three rows: 河, b, 口; the caret stood behind 口 */
    assert_text(edit, "河b|\n口");
    assert_drawn(edit, 1, 2, "\n  b\n\n", 0, 1);
    press(edit, "M-<");
    assert_drawn(edit, 1, 2, "\n  河\n\n", 0, 0);
    assert_drawn(edit, 1, 1, "\n\n\n", 0, 0); /* no room for half a character */
    press(edit, "Right");
    assert_drawn(edit, 1, 1, "\n  b\n\n", 0, 0);
    assert_drawn(edit, 1, 3, "\n  b ↓\n\n", 0, 0);
    struct canvas *canvas = canvas_new(3, 3);
    textedit_resize(edit, 0, -1);
    textedit_draw(edit, canvas, (struct rect){0, 0, 0, 0}, true);
    textedit_draw(edit, canvas, (struct rect){2, 2, 5, 5}, true); /* nearly all off the grid */
    canvas_free(canvas);
    textedit_free(edit);
}

static void moves_by_rows(void **state)
{
    (void)state;
    struct textedit *edit = textedit_new("abcdefg\n河口湿地\nx\n河口湿地", 1000);
    textedit_resize(edit, 10, 40);
    press(edit, "C-Home Right Right Right Down");
    assert_text(edit, "abcdefg\n河|口湿地\nx\n河口湿地"); /* the third column is in 口 */
    press(edit, "Down");
    assert_text(edit, "abcdefg\n河口湿地\nx|\n河口湿地");
    press(edit, "Down");
    assert_text(edit, "abcdefg\n河口湿地\nx\n河|口湿地");
    assert_false(takes(edit, "Down"));
    assert_false(takes(edit, "PgDn"));
    press(edit, "Up Up Up");
    assert_text(edit, "abc|defg\n河口湿地\nx\n河口湿地");
    assert_false(takes(edit, "Up"));
    assert_false(takes(edit, "PgUp"));
    press(edit, "Right Down"); /* another column is aimed at */
    assert_text(edit, "abcdefg\n河口|湿地\nx\n河口湿地");
    press(edit, "End Down Home Down");
    assert_text(edit, "abcdefg\n河口湿地\nx\n|河口湿地");
    textedit_set(edit, "一二三四五六七");
    textedit_resize(edit, 10, 7);
    press(edit,
        "M-< Right Right End Up"); /* the aim is behind the row's last: that stays in the row */
    assert_text(edit, "一二三四|五六七");
    press(edit, "Up");
    assert_text(edit, "一|二三四五六七");
    press(edit, "End");
    assert_text(edit, "一二三四五六七|"); /* of the line, not of the row */
    press(edit, "Home");
    assert_text(edit, "|一二三四五六七");
    textedit_free(edit);
}

static void knows_lines_and_words(void **state)
{
    (void)state;
    struct textedit *edit = textedit_new("一 two\nthree 四\nend", 1000);
    textedit_resize(edit, 10, 40);
    press(edit, "Up C-k");
    assert_text(edit, "一 two\nthr|\nend");
    press(edit, "C-k");
    assert_text(edit, "一 two\nthr|end");
    press(edit, "C-y"); /* both */
    assert_text(edit, "一 two\nthree 四\n|end");
    press(edit, "C-u C-u");
    assert_text(edit, "一 two\n|end");
    press(edit, "C-y");
    assert_text(edit, "一 two\nthree 四\n|end");
    press(edit, "M-b");
    assert_text(edit, "一 two\nthree |四\nend");
    press(edit, "M-f M-f C-Left C-w");
    assert_text(edit, "一 two\nthree |end");
    press(edit, "M-< M-d");
    assert_text(edit, "| two\nthree end");
    press(edit, "C-End C-u M-> BS C-Home");
    assert_text(edit, "| two");
    textedit_free(edit);
}

static void scrubs_a_paste(void **state)
{
    (void)state;
    struct textedit *edit = textedit_new("[]", 1000);
    textedit_resize(edit, 10, 40);
    press(edit, "Left");
    paste(edit, "河口\r\n\x1b[31m湿地\t!\n\xe2\x80\xae\xff");
    assert_text(edit, "[河口\n\xef\xbf\xbd[31m湿地 !\n\xef\xbf\xbd\xef\xbf\xbd|]");
    press(edit, "C-_");
    assert_text(edit, "[|]");
    assert_int_equal(textedit_rows(edit), 1);
    press(edit, "M-_");
    assert_int_equal(textedit_rows(edit), 3);
    assert_true(text_is_clean(textedit_text(edit), TEXT_LINES));
    assert_true(textedit_key(
        edit, &(struct key){.code = 0x202e})); /* typed, as likely as not by a program */
    assert_true(text_is_clean(textedit_text(edit), TEXT_LINES));
    textedit_free(edit);
}

static void undoes_and_does_again(void **state)
{
    (void)state;
    struct textedit *edit = textedit_new("河", 1000);
    textedit_resize(edit, 10, 10);
    press(edit, "a b Enter c d");
    press(edit, "C-_");
    assert_text(edit, "河ab\n|"); /* a run ends with its line */
    press(edit, "C-_ C-_");
    assert_text(edit, "河|");
    press(edit, "C-_ M-_ C-M-_ M-_ M-_");
    assert_text(edit, "河ab\ncd|");
    press(edit, "BS BS BS Home Del Del");
    assert_text(edit, "|b");
    press(edit, "C-_");
    assert_text(edit, "|河ab");
    press(edit, "C-_");
    assert_text(edit, "河ab\ncd|");
    press(edit, "M-_ x"); /* what was undone is gone once something else is written */
    assert_text(edit, "河abx|");
    press(edit, "M-_ C-_");
    assert_text(edit, "河ab|");
    for (int i = 0; i < 300; i++)
        press(edit, "z Left Right");
    for (int i = 0; i < 300; i++)
        press(edit, "C-_");
    assert_true(strlen(textedit_text(edit)) > 5 && strlen(textedit_text(edit)) < 305);
    for (int i = 0; i < 300; i++)
        press(edit, "M-_");
    assert_int_equal(textedit_length(edit), 303);
    textedit_free(edit);
}

static void undoes_long_typing_in_parts(void **state)
{
    (void)state;
    struct textedit *edit = textedit_new("", 1000);
    for (int i = 0; i < 100; i++)
        press(edit, "河");
    press(edit, "C-_");
    assert_in_range(textedit_length(edit), 50, 99);
    press(edit, "C-_ C-_");
    assert_text(edit, "|");
    textedit_free(edit);
}

static void has_a_limit(void **state)
{
    (void)state;
    struct textedit *edit = textedit_new("012345", 10);
    textedit_resize(edit, 3, 10);
    press(edit, "Home 河");
    assert_text(edit, "河|012345");
    press(edit, "湿 C-_"); /* no room, and nothing to undo for it */
    assert_text(edit, "|012345");
    paste(edit, "a\n湿地");
    assert_text(edit, "a\n|012345");
    press(edit, "Enter Enter Enter");
    assert_text(edit, "a\n\n\n|012345");
    textedit_set(edit, "湿地湿e\xcc\x81");
    assert_text(edit, "湿地湿|");
    assert_int_equal(textedit_length(edit), 3);
    textedit_set(edit, "e\xcc\x81\n\n河");
    assert_int_equal(textedit_length(edit), 2);
    textedit_free(edit);
}

static void scrolls_with_marks(void **state)
{
    (void)state;
    struct textedit *edit = textedit_new("1\n2\n3\n4\n5\n6\n7", 1000);
    assert_drawn(edit, 3, 4, "\n  5  ↑\n  6\n  7\n\n", 2, 1);
    press(edit, "Up Up");
    assert_drawn(edit, 3, 4, "\n  5  ↑\n  6\n  7\n\n", 0, 1); /* only as far as it must */
    press(edit, "Up");
    assert_drawn(edit, 3, 4, "\n  4  ↑\n  5\n  6  ↓\n\n", 0, 1);
    press(edit, "PgUp");
    assert_drawn(edit, 3, 4, "\n  2  ↑\n  3\n  4  ↓\n\n", 0, 1);
    press(edit, "C-Home");
    assert_drawn(edit, 3, 4, "\n  1\n  2\n  3  ↓\n\n", 0, 0);
    press(edit, "PgDn PgDn");
    assert_drawn(edit, 3, 4, "\n  3  ↑\n  4\n  5  ↓\n\n", 2, 0);
    press(edit, "PgDn PgUp PgUp PgUp");
    assert_drawn(edit, 1, 4, "\n  1  ↓\n\n", 0, 0);
    press(edit, "C-End");
    assert_drawn(edit, 2, 4, "\n  6  ↑\n  7\n\n", 1, 1);
    assert_drawn(edit, 7, 4, "\n  1\n  2\n  3\n  4\n  5\n  6\n  7\n\n", 6, 1); /* no room wasted */
    assert_drawn(edit, 3, 4, "\n  5  ↑\n  6\n  7\n\n", 2, 1);
    press(edit, "BS BS BS BS");
    assert_drawn(edit, 3, 4, "\n  3  ↑\n  4\n  5\n\n", 2, 1);
    textedit_free(edit);
}

static void shows_no_cursor_without_focus(void **state)
{
    (void)state;
    struct textedit *edit = textedit_new("河", 1000);
    struct canvas *canvas = canvas_new(2, 10);
    int row, column;
    bool visible;
    textedit_resize(edit, 2, 10);
    textedit_draw(edit, canvas, (struct rect){0, 0, 2, 10}, false);
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert_false(visible);
    assert_int_equal(canvas_row(canvas, 0)[0].base, 0x6cb3);
    canvas_free(canvas);
    textedit_free(edit);
}

static void leaves_other_keys_alone(void **state)
{
    (void)state;
    static const char *const names[] = {"M-Enter", "Esc", "Tab", "S-Tab", "C-c", "C-s", "C-z", "F1",
        "M-x", "C-Up", "S-Down", "Up", "Down"};
    struct textedit *edit = textedit_new("a", 10);
    textedit_resize(edit, 3, 10);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_false(takes(edit, names[i]));
    assert_text(edit, "a|");
    textedit_free(edit);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wraps_by_unicode_rules),
        cmocka_unit_test(shows_the_caret_where_rows_end),
        cmocka_unit_test(cuts_no_wide_character),
        cmocka_unit_test(draws_in_the_smallest_areas),
        cmocka_unit_test(moves_by_rows),
        cmocka_unit_test(knows_lines_and_words),
        cmocka_unit_test(scrubs_a_paste),
        cmocka_unit_test(undoes_and_does_again),
        cmocka_unit_test(undoes_long_typing_in_parts),
        cmocka_unit_test(has_a_limit),
        cmocka_unit_test(scrolls_with_marks),
        cmocka_unit_test(shows_no_cursor_without_focus),
        cmocka_unit_test(leaves_other_keys_alone),
    };
    return cmocka_run_group_tests_name("textedit", tests, NULL, NULL);
}
