/* table: widths shared out, and the window over the rows. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "ui/table.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static int total(const struct table_column *column, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += column[i].width > 0 ? column[i].width + (sum > 0) : 0;
    return sum;
}

static void shares_the_width_out(void **state)
{
    (void)state;
    struct table_column columns[] = {
        {.least = 5, .most = 9},
        {.least = 10},
        {.least = 4, .most = 4, .drop = 1},
        {.least = 8, .most = 12, .drop = 2},
    };
    table_layout(columns, COUNT(columns), 60);
    assert_int_equal(columns[0].width, 9);
    assert_int_equal(columns[2].width, 4);
    assert_int_equal(columns[3].width, 12);
    assert_int_equal(columns[1].width, 60 - 3 - 9 - 4 - 12);
    table_layout(columns, COUNT(columns), 32);
    assert_int_equal(total(columns, COUNT(columns)), 32);
    assert_int_equal(columns[1].width, 10);
    assert_true(columns[0].width == 6 && columns[3].width == 9);
}

static void drops_the_highest_first(void **state)
{
    (void)state;
    struct table_column columns[] = {
        {.least = 5, .most = 9},
        {.least = 10},
        {.least = 4, .most = 4, .drop = 1},
        {.least = 8, .most = 12, .drop = 2},
    };
    table_layout(columns, COUNT(columns), 29);
    assert_int_equal(columns[3].width, 0);
    assert_int_equal(columns[2].width, 4);
    assert_int_equal(total(columns, COUNT(columns)), 29);
    table_layout(columns, COUNT(columns), 20);
    assert_int_equal(columns[2].width, 0);
    assert_int_equal(total(columns, COUNT(columns)), 20);
}

static void narrows_what_must_stay(void **state)
{
    (void)state;
    struct table_column columns[] = {
        {.least = 5, .most = 5}, {.least = 10}, {.least = 5, .drop = 9}};
    table_layout(columns, COUNT(columns), 12);
    assert_int_equal(columns[0].width, 5);
    assert_int_equal(columns[1].width, 6);
    assert_int_equal(columns[2].width, 0);
    table_layout(columns, COUNT(columns), -3);
    assert_int_equal(columns[0].width, 1);
    assert_int_equal(columns[1].width, 1);
    table_layout(NULL, 0, 80);
}

static void flexible_columns_share_evenly(void **state)
{
    (void)state;
    struct table_column columns[] = {{.least = 2}, {.least = 2}};
    table_layout(columns, COUNT(columns), 21);
    assert_int_equal(columns[0].width, 10);
    assert_int_equal(columns[1].width, 10);
}

static void puts_cells(void **state)
{
    (void)state;
    struct strbuf text = {0};
    struct canvas *canvas = canvas_new(1, 20);
    struct table_column left = {.width = 6}, right = {.width = 5, .align = ALIGN_RIGHT},
                        gone = {.width = 0};
    int at = table_put(canvas, 0, 0, &left, ROLE_NORMAL, "水利厅长");
    assert_int_equal(at, 7);
    at = table_put(canvas, 0, at, &gone, ROLE_NORMAL, "gone");
    assert_int_equal(at, 7);
    at = table_put(canvas, 0, at, &right, ROLE_OVERDUE, "逾6");
    assert_int_equal(at, 13);
    canvas_text(canvas, &text);
    assert_string_equal(strbuf_text(&text), "水利…    逾6\n");
    strbuf_clear(&text);
    canvas_free(canvas);
}

static void scrolls_with_the_smallest_move(void **state)
{
    (void)state;
    struct table_window window = {.count = 100, .rows = 10, .top = 20, .selected = 25};
    table_scroll(&window);
    assert_int_equal(window.top, 20);
    window.selected = 30;
    table_scroll(&window);
    assert_int_equal(window.top, 21);
    window.selected = 3;
    table_scroll(&window);
    assert_int_equal(window.top, 3);
    window.top = 98;
    window.selected = 99;
    table_scroll(&window);
    assert_int_equal(window.top, 90);
    window.count = 4; /* rows went away */
    table_scroll(&window);
    assert_int_equal(window.selected, 3);
    assert_int_equal(window.top, 0);
    window = (struct table_window){.count = 0, .rows = 10, .top = 7, .selected = 9};
    table_scroll(&window);
    assert_int_equal(window.top, 0);
    assert_int_equal(window.selected, 0);
    window = (struct table_window){.count = 5, .rows = 0, .top = 0, .selected = 4};
    table_scroll(&window);
    assert_int_equal(window.top, 4);
}

static void moves_and_says_whether(void **state)
{
    (void)state;
    struct table_window window = {.count = 10, .rows = 4};
    assert_false(table_move(&window, -1));
    assert_true(table_move(&window, 3));
    assert_int_equal(window.top, 0);
    assert_true(table_move(&window, 1));
    assert_int_equal(window.top, 1);
    assert_true(table_move(&window, 2147483647));
    assert_int_equal(window.selected, 9);
    assert_false(table_move(&window, 1));
    assert_true(table_move(&window, -2147483647 - 1));
    assert_int_equal(window.selected, 0);
    window = (struct table_window){.rows = 4};
    assert_false(table_move(&window, 1));
    assert_false(table_move(&window, -1));
}

static void what_is_wanted_comes_before_growing(void **state)
{
    (void)state;
    struct table_column column[] = {{.least = 5, .most = 9}, {.least = 10, .wanted = 20}};
    table_layout(column, 2, 26); /* 5 + 1 + 20 */
    assert_int_equal(column[0].width, 5);
    assert_int_equal(column[1].width, 20);
    table_layout(column, 2, 28);
    assert_int_equal(column[0].width, 7);
    assert_int_equal(column[1].width, 20);
    table_layout(column, 2, 40);
    assert_int_equal(column[0].width, 9);
    assert_int_equal(column[1].width, 30);
}

static void writes_lines_of_text(void **state)
{
    (void)state;
    const struct table_column column[] = {
        {.width = 6}, {.width = 0}, {.width = 5, .align = ALIGN_RIGHT}, {.width = 4}, {.width = 3}};
    struct strbuf line = {0};
    table_add_cell(&line, &column[0], "盘锦", true);
    table_add_cell(&line, &column[1], "dropped", true);
    table_add_cell(&line, &column[2], "逾21", true);
    table_add_cell(&line, &column[3], "大伙房水源", true);
    table_add_cell(&line, &column[4], "", true);
    table_end_line(&line);
    assert_string_equal(strbuf_text(&line), "盘锦    逾21 大…\n");
    strbuf_clear(&line);
    table_add_cell(&line, &column[3], "大伙房水源", false);
    table_add_cell(&line, &column[4], "x", false);
    table_end_line(&line);
    assert_string_equal(strbuf_text(&line), "大伙房水源 x\n");
    strbuf_clear(&line);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wanted_comes_before_growing),
        cmocka_unit_test(shares_the_width_out),
        cmocka_unit_test(drops_the_highest_first),
        cmocka_unit_test(narrows_what_must_stay),
        cmocka_unit_test(flexible_columns_share_evenly),
        cmocka_unit_test(puts_cells),
        cmocka_unit_test(scrolls_with_the_smallest_move),
        cmocka_unit_test(moves_and_says_whether),
        cmocka_unit_test(writes_lines_of_text),
    };
    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
