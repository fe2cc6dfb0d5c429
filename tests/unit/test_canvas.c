/* canvas: characters are never cut in half, whatever is drawn over them. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ui/canvas.h"

static void assert_text(const struct canvas *canvas, const char *expected)
{
    struct strbuf text = {0};
    canvas_text(canvas, &text);
    assert_string_equal(strbuf_text(&text), expected);
    strbuf_clear(&text);
}

static void assert_roles(const struct canvas *canvas, const char *expected)
{
    struct strbuf roles = {0};
    canvas_roles(canvas, &roles);
    assert_string_equal(strbuf_text(&roles), expected);
    strbuf_clear(&roles);
}

static void puts_text_by_columns(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(2, 12);
    assert_int_equal(canvas_put(canvas, 0, 1, -1, ROLE_TITLE, "辽河 ok"), 7);
    assert_int_equal(canvas_put(canvas, 1, 0, 0, ROLE_TITLE, "none"), 0);
    assert_text(canvas, " 辽河 ok\n\n");
    assert_roles(canvas, ".TTTTTTT\n\n");
    const struct cell *row = canvas_row(canvas, 0);
    assert_int_equal(row[1].base, 0x8fbd);
    assert_int_equal(row[1].width, 2);
    assert_int_equal(row[2].base, 0);
    assert_int_equal(row[2].width, 0);
    canvas_free(canvas);
}

static void cuts_with_an_ellipsis(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(1, 12);
    assert_int_equal(canvas_put(canvas, 0, 0, 6, ROLE_NORMAL, "大伙房水源"), 5);
    assert_text(canvas, "大伙…\n");
    canvas_clear(canvas);
    assert_int_equal(canvas_put(canvas, 0, 0, 6, ROLE_NORMAL, "大伙房"), 6);
    assert_text(canvas, "大伙房\n");
    canvas_clear(canvas);
    canvas_set_ascii(canvas, true);
    assert_int_equal(canvas_put(canvas, 0, 0, 5, ROLE_NORMAL, "abcdefgh"), 5);
    assert_text(canvas, "abcd~\n");
    assert_int_equal(canvas_put(canvas, 0, 0, 1, ROLE_NORMAL, "大"), 1);
    assert_text(canvas, "~bcd~\n");
    canvas_free(canvas);
}

static void clips_at_each_edge(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(2, 5);
    canvas_put(canvas, -1, 0, -1, ROLE_NORMAL, "x");
    canvas_put(canvas, 2, 0, -1, ROLE_NORMAL, "x");
    canvas_put(canvas, 0, 9, -1, ROLE_NORMAL, "x");
    assert_text(canvas, "\n\n");
    assert_int_equal(
        canvas_put(canvas, 0, 0, -1, ROLE_NORMAL, "水利厅长"), 4); /* half of 厅 has no room */
    assert_text(canvas, "水利\n\n");
    canvas_put(canvas, 1, -1, 10, ROLE_HEADER, "水利厅长"); /* halves of 水 and 长 are outside */
    assert_text(canvas, "水利\n 利厅\n");
    assert_roles(canvas, "\nhhhhh\n");
    canvas_fill(canvas, (struct rect){-3, 3, 100, 100}, ROLE_NORMAL, '#');
    assert_text(canvas, "水 ##\n 利##\n");
    canvas_free(canvas);
}

static void never_leaves_half_a_character(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(1, 8);
    canvas_put(canvas, 0, 0, -1, ROLE_NORMAL, "一二三四");
    canvas_put(canvas, 0, 1, -1, ROLE_NORMAL, "x"); /* right half of 一 */
    assert_text(canvas, " x二三四\n");
    canvas_put(canvas, 0, 4, -1, ROLE_NORMAL, "y"); /* left half of 三 */
    assert_text(canvas, " x二y 四\n");
    canvas_put(canvas, 0, 3, -1, ROLE_NORMAL, "五"); /* right half of 二 and y */
    assert_text(canvas, " x 五 四\n");
    canvas_free(canvas);
}

static void keeps_marks_and_hides_controls(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(1, 8);
    canvas_put(canvas, 0, 0, -1, ROLE_NORMAL, "e\xcc\x81q\x1b[");
    assert_text(canvas, "e\xcc\x81q\xef\xbf\xbd[\n");
    assert_int_equal(canvas_row(canvas, 0)[0].marks[0], 0x301);
    canvas_put(canvas, 0, 0, -1, ROLE_NORMAL, "\xff");
    assert_text(canvas, "\xef\xbf\xbdq\xef\xbf\xbd[\n");
    canvas_free(canvas);
}

static void puts_right_aligned(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(1, 10);
    assert_int_equal(canvas_put_right(canvas, 0, 2, 6, ROLE_OVERDUE, "逾 6"), 4);
    assert_text(canvas, "    逾 6\n");
    assert_roles(canvas, "....OOOO\n");
    canvas_clear(canvas);
    assert_int_equal(canvas_put_right(canvas, 0, 2, 4, ROLE_NORMAL, "123456"), 2);
    assert_text(canvas, "  123…\n");
    canvas_free(canvas);
}

static void changes_roles_of_whole_characters(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(1, 8);
    canvas_put(canvas, 0, 0, -1, ROLE_NORMAL, "一二三四");
    canvas_set_role(canvas, (struct rect){0, 1, 1, 2}, ROLE_MATCH);
    assert_text(canvas, "一二三四\n");
    assert_roles(canvas, "..MM\n");
    canvas_set_role(canvas, (struct rect){0, 4, 1, 2}, ROLE_SELECTED);
    canvas_dim(canvas, (struct rect){0, 0, 1, 8});
    assert_roles(canvas, "ddddSSdd\n");
    canvas_free(canvas);
}

static void role_letters_differ(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(1, ROLE_COUNT + 1);
    for (int role = 0; role < ROLE_COUNT; role++)
        canvas_put(canvas, 0, role, 1, (enum role)role, "x");
    struct strbuf roles = {0};
    canvas_roles(canvas, &roles);
    assert_int_equal(roles.length, ROLE_COUNT + 1);
    for (int role = 0; role < ROLE_COUNT; role++)
        assert_ptr_equal(strchr(roles.text, roles.text[role]), roles.text + role);
    strbuf_clear(&roles);
    canvas_free(canvas);
}

static void glyphs_are_one_column(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(1, 1);
    for (int glyph = 0; glyph < GLYPH_COUNT; glyph++) {
        canvas_set_ascii(canvas, false);
        assert_int_equal(text_width(canvas_glyph(canvas, (enum glyph)glyph)), 1);
        canvas_set_ascii(canvas, true);
        assert_int_equal(strlen(canvas_glyph(canvas, (enum glyph)glyph)), 1);
        assert_true(canvas_glyph(canvas, (enum glyph)glyph)[0] > ' ');
    }
    canvas_free(canvas);
}

static void keeps_the_cursor_on_the_grid(void **state)
{
    (void)state;
    int row, column;
    bool visible;
    struct canvas *canvas = canvas_new(3, 3);
    canvas_cursor(canvas, 2, 1, true);
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert_int_equal(row, 2);
    assert_int_equal(column, 1);
    assert_true(visible);
    canvas_cursor(canvas, 3, 1, true);
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert_false(visible);
    canvas_cursor(canvas, 1, 1, true);
    canvas_clear(canvas);
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert_false(visible);
    canvas_free(canvas);
}

static void copies_what_is_on_another(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(3, 8), *from = canvas_new(2, 4);
    int row, column;
    bool visible;
    canvas_fill(canvas, (struct rect){0, 0, 3, 8}, ROLE_NORMAL, '#');
    canvas_put(from, 0, 0, -1, ROLE_TITLE, "e\xcc\x81河");
    canvas_put(from, 1, 0, -1, ROLE_ERROR, "辽河");
    canvas_cursor(from, 1, 2, true);
    canvas_copy(canvas, 1, 2, from);
    assert_text(canvas, "########\n##e\xcc\x81河 ##\n##辽河##\n");
    assert_roles(canvas, "\n..TTT\n..EEEE\n");
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert_true(visible && row == 2 && column == 4);
    canvas_cursor(from, 0, 0, false);
    canvas_copy(canvas, -1, 5, from); /* half a character is none */
    assert_text(canvas, "#####辽\n##e\xcc\x81河 ##\n##辽河##\n");
    canvas_copy(canvas, 1, -1, from);
    assert_text(canvas, "#####辽\n河 河 ##\n 河 河##\n");
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert_true(visible && row == 2 && column == 4);
    canvas_free(from);
    canvas_free(canvas);
}

static void resizing_clears(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(0, 0);
    canvas_put(canvas, 0, 0, -1, ROLE_NORMAL, "x");
    assert_text(canvas, "");
    canvas_resize(canvas, -1, 4);
    assert_int_equal(canvas_rows(canvas), 0);
    canvas_resize(canvas, 2, 4);
    canvas_set_ascii(canvas, true);
    canvas_format(canvas, 1, 0, -1, ROLE_TITLE, "%d/%s", 7, "水利");
    assert_text(canvas, "\n7/水\n");
    canvas_resize(canvas, 1, 6);
    assert_text(canvas, "\n");
    assert_roles(canvas, "\n");
    assert_true(canvas_ascii(canvas));
    assert_int_equal(canvas_columns(canvas), 6);
    canvas_free(canvas);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_text_by_columns),
        cmocka_unit_test(cuts_with_an_ellipsis),
        cmocka_unit_test(clips_at_each_edge),
        cmocka_unit_test(never_leaves_half_a_character),
        cmocka_unit_test(keeps_marks_and_hides_controls),
        cmocka_unit_test(puts_right_aligned),
        cmocka_unit_test(changes_roles_of_whole_characters),
        cmocka_unit_test(role_letters_differ),
        cmocka_unit_test(glyphs_are_one_column),
        cmocka_unit_test(keeps_the_cursor_on_the_grid),
        cmocka_unit_test(copies_what_is_on_another),
        cmocka_unit_test(resizing_clears),
    };
    return cmocka_run_group_tests_name("canvas", tests, NULL, NULL);
}
