/* Tables in memory: text cleaned once, merged cells, limits, and what a cell costs. */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "exchange/grid.h"

static void add(struct grid *grid, const char *text)
{
    grid_cell(grid, GRID_TEXT, text, strlen(text));
}

static void cells_are_where_they_were_put(void **state)
{
    (void)state;
    struct grid *grid = grid_new();
    enum grid_kind kind;
    assert_int_equal(grid_rows(grid), 0);
    assert_string_equal(grid_text(grid, 0, 0, NULL), "");
    grid_row(grid, 3);
    add(grid, "甲");
    grid_cell(grid, GRID_NUMBER, "46356", 5);
    grid_row(grid, 7);
    add(grid, "甲");
    grid_cell(grid, GRID_DATE, "2026-11-30", 10);
    add(grid, "");
    assert_int_equal(grid_rows(grid), 2);
    assert_int_equal(grid_columns(grid), 3);
    assert_int_equal(grid_width(grid, 0), 2);
    assert_int_equal(grid_line(grid, 0), 3);
    assert_int_equal(grid_line(grid, 1), 7);
    assert_string_equal(grid_text(grid, 0, 0, &kind), "甲");
    assert_int_equal(kind, GRID_TEXT);
    assert_string_equal(grid_text(grid, 0, 1, &kind), "46356");
    assert_int_equal(kind, GRID_NUMBER);
    assert_string_equal(grid_text(grid, 1, 1, &kind), "2026-11-30");
    assert_int_equal(kind, GRID_DATE);
    /* the same text of another kind is not the same cell */
    grid_row(grid, 8);
    add(grid, "");
    add(grid, "2026-11-30");
    assert_string_equal(grid_text(grid, 2, 1, &kind), "2026-11-30");
    assert_int_equal(kind, GRID_TEXT);
    assert_string_equal(grid_text(grid, 2, 2, &kind), "");
    assert_string_equal(grid_text(grid, 9, 9, NULL), "");
    assert_true(grid_check(grid, NULL));
    grid_free(grid);
    grid_free(NULL);
}

static void a_text_may_be_kept_for_several_cells(void **state)
{
    (void)state;
    struct grid *grid = grid_new();
    enum grid_kind kind;
    uint32_t kept = grid_keep(grid, GRID_WRONG, " 甲 ", strlen(" 甲 "));
    assert_int_equal(grid_keep(grid, GRID_TEXT, "  ", 2), 0);
    for (size_t row = 1; row < 4; row += 2) {
        grid_row(grid, row);
        grid_cell_kept(grid, 0);
        grid_cell_kept(grid, kept);
    }
    assert_string_equal(grid_text(grid, 1, 1, &kind), "甲");
    assert_int_equal(kind, GRID_WRONG);
    assert_ptr_equal(grid_text(grid, 0, 1, NULL), grid_text(grid, 1, 1, NULL));
    assert_string_equal(grid_text(grid, 1, 0, NULL), "");
    char *large = alloc_zero(1, GRID_CELL_MOST + 2);
    assert_int_equal(grid_keep(grid, GRID_TEXT, large, GRID_CELL_MOST + 1), 0);
    assert_false(grid_check(grid, NULL));
    free(large);
    grid_free(grid);
}

static void text_is_cleaned(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } tried[] = {
        {"  甲 乙\t", "甲 乙"},
        {"\u3000\u3000甲\u3000", "甲"},
        {"\u00A0甲\uFEFF", "甲"},
        {"一\r\n二\r三\n", "一\n二\n三"},
        {"a\x1B[31mb", "a\uFFFD[31mb"},
        {"甲\u202E乙", "甲\uFFFD乙"},
        {" \n\u3000", ""},
        {"一\t二", "一 二"},
    };
    struct grid *grid = grid_new();
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        grid_row(grid, i + 1);
        add(grid, tried[i].in);
        assert_string_equal(grid_text(grid, i, 0, NULL), tried[i].out);
    }
    grid_free(grid);
}

static void merged_cells_are_filled(void **state)
{
    (void)state;
    struct grid *grid = grid_new();
    grid_row(grid, 1);
    add(grid, "题");
    for (size_t row = 2; row <= 4; row++) {
        grid_row(grid, row);
        for (size_t column = 0; column < 3; column++)
            add(grid, column == 1 && row == 2 ? "乙" : "x");
    }
    grid_fill(grid, 0, 0, 1, 5000000); /* wider than the row, and than the table */
    grid_fill(grid, 1, 1, 99, 1);
    assert_string_equal(grid_text(grid, 0, 2, NULL), "题");
    assert_string_equal(grid_text(grid, 0, 3, NULL), "");
    assert_true(grid_is_filled(grid, 0, 2));
    assert_false(grid_is_filled(grid, 0, 0));
    assert_string_equal(grid_text(grid, 3, 1, NULL), "乙");
    assert_string_equal(grid_text(grid, 3, 2, NULL), "x");
    assert_true(grid_is_filled(grid, 2, 1));
    assert_int_equal(grid_columns(grid), 3);
    grid_fill(grid, 50, 0, 1, 1);
    grid_fill(grid, 0, 50, 1, 1);
    grid_free(grid);
}

static void assert_limit(struct grid *grid, const char *sentence)
{
    struct error err = {0};
    assert_false(grid_check(grid, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    if (strstr(err.text, sentence) == NULL)
        fail_msg("%s", err.text);
    grid_free(grid);
}

static void limits_are_said_by_place(void **state)
{
    (void)state;
    char *large = alloc_zero(GRID_CELL_MOST + 2, 1);
    memset(large, 'a', GRID_CELL_MOST + 1);
    struct grid *grid = grid_new();
    grid_row(grid, 12);
    add(grid, "");
    add(grid, large);
    assert_string_equal(grid_text(grid, 0, 1, NULL), "");
    assert_limit(grid, "line 12, column 2: the cell has 1048577 bytes; at most 1048576 are read");

    grid = grid_new();
    grid_row(grid, 5);
    for (int i = 0; i <= GRID_COLUMNS_MOST; i++)
        add(grid, "a");
    assert_limit(grid, "line 5: a table has at most 1000 columns");

    grid = grid_new();
    for (size_t i = 0; i <= GRID_ROWS_MOST; i++)
        grid_row(grid, i + 1);
    assert_int_equal(grid_rows(grid), GRID_ROWS_MOST);
    assert_limit(grid, "line 1000001: a table has at most 1000000 rows");

    grid = grid_new();
    large[GRID_CELL_MOST] = '\0';
    grid_row(grid, 1);
    for (int i = 0; i < 257; i++)
        add(grid, large);
    assert_limit(grid, "at most 256 MB");
    free(large);
}

static void very_many_cells_are_cheap(void **state)
{
    (void)state;
    struct mallinfo2 before = mallinfo2();
    struct grid *grid = grid_new();
    char text[40];
    for (size_t row = 0; row < 100000; row++) {
        grid_row(grid, row + 1);
        for (size_t column = 0; column < 20; column++) {
            int length = snprintf(text, sizeof text, "%zu-%zu", row / (column + 1), column);
            grid_cell(grid, GRID_TEXT, text, (size_t)length);
        }
    }
    struct mallinfo2 after = mallinfo2();
    size_t cost = after.uordblks + after.hblkhd - before.uordblks - before.hblkhd;
    if (cost > 50000000)
        fail_msg("%zu bytes", cost);
    assert_string_equal(grid_text(grid, 99999, 19, NULL), "4999-19");
    assert_string_equal(grid_text(grid, 50000, 0, NULL), "50000-0");
    grid_free(grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_where_they_were_put),
        cmocka_unit_test(a_text_may_be_kept_for_several_cells),
        cmocka_unit_test(text_is_cleaned),
        cmocka_unit_test(merged_cells_are_filled),
        cmocka_unit_test(limits_are_said_by_place),
        cmocka_unit_test(very_many_cells_are_cheap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
