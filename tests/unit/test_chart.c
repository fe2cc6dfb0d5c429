/* chart: pictures of numbers, dot by dot, in each style, at the edges of what numbers can be. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/chart.h"

static void set_style(struct canvas *canvas, enum chart_style style)
{
    canvas_set_ascii(canvas, style != CHART_BLOCKS);
    canvas_set_braille(canvas, style == CHART_BRAILLE);
}

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

static struct rect all_of(const struct canvas *canvas)
{
    return (struct rect){0, 0, canvas_rows(canvas), canvas_columns(canvas)};
}

static void knows_its_style(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(1, 1);
    assert_int_equal(chart_style(canvas), CHART_BLOCKS);
    canvas_set_ascii(canvas, true);
    assert_int_equal(chart_style(canvas), CHART_ASCII);
    canvas_set_braille(canvas, true);
    assert_int_equal(chart_style(canvas), CHART_BRAILLE);
    canvas_free(canvas);
}

static void finds_nice_numbers(void **state)
{
    (void)state;
    static const struct {
        int64_t most, top;
    } tops[] = {{INT64_MIN, 1}, {0, 1}, {1, 1}, {2, 2}, {7, 8}, {9, 10}, {10, 10}, {11, 15},
        {16, 20}, {21, 25}, {26, 30}, {61, 80}, {81, 100}, {1490, 1500}, {1501, 2000},
        {8000000000000000000, 8000000000000000000}, {8000000000000000001, INT64_MAX},
        {INT64_MAX, INT64_MAX}};
    static const struct {
        int64_t most;
        int steps;
        int64_t step;
    } steps[] = {{0, 4, 1}, {3, 4, 1}, {5, 4, 2}, {1490, 4, 500}, {1490, 3, 500}, {1490, 2, 1000},
        {1000, 2, 500}, {1001, 2, 1000}, {INT64_MAX, 4, 5000000000000000000},
        {INT64_MAX, 1, INT64_MAX}};
    for (size_t i = 0; i < sizeof tops / sizeof *tops; i++)
        assert_int_equal(chart_top(tops[i].most), tops[i].top);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        assert_int_equal(chart_step(steps[i].most, steps[i].steps), steps[i].step);
}

static void shares_the_columns_out(void **state)
{
    (void)state;
    for (int columns = 1; columns < 40; columns++)
        for (size_t count = 1; count < 90; count++) {
            assert_int_equal(chart_slot(columns, count, 0), 0);
            assert_int_equal(chart_slot(columns, count, count), columns);
            for (size_t i = 0; i < count; i++) {
                int from = chart_slot(columns, count, i), until = chart_slot(columns, count, i + 1);
                int middle = chart_middle(columns, count, i);
                assert_true(from <= until && middle >= from);
                assert_true(middle < until || (from == until && middle == from));
                assert_true(middle < columns);
            }
        }
}

static void draws_lines(void **state)
{
    (void)state;
    static const int64_t down[] = {8, 6, 4, 2, 0}, flat[] = {4, 4, 4, 4, 4};
    const struct chart_series series[] = {
        {flat, 5, ROLE_DIM, STROKE_DOTTED, '.'},
        {down, 5, ROLE_TITLE, STROKE_SOLID, '*'},
    };
    struct canvas *canvas = canvas_new(3, 10);
    chart_lines(canvas, all_of(canvas), series, 2, 8);
    assert_text(canvas, "⠈⠢⢄\n"
                        "⠐ ⠐⠉⠒⢄⡐ ⠐\n"
                        "      ⠈⠢⢄\n");
    assert_roles(canvas, "TTT\n"
                         "d.dTTTT.d\n"
                         "......TTT\n");
    canvas_clear(canvas);
    set_style(canvas, CHART_ASCII);
    chart_lines(canvas, all_of(canvas), series, 2, 8);
    assert_text(canvas, "***\n"
                        "...****..\n"
                        "       **\n");
    canvas_free(canvas);
}

static void draws_strokes_and_gaps(void **state)
{
    (void)state;
    static const int64_t gap[] = {1, 1, -1, -1, 1, -1, 1, 1};
    struct canvas *canvas = canvas_new(1, 16);
    struct chart_series series = {gap, 8, ROLE_NORMAL, STROKE_SOLID, '*'};
    chart_lines(canvas, all_of(canvas), &series, 1, 1);
    assert_text(canvas, "⠈⠉⠉     ⠈   ⠈⠉⠉\n");
    canvas_clear(canvas);
    static const int64_t line[] = {1, 1};
    series = (struct chart_series){line, 2, ROLE_NORMAL, STROKE_DASHED, '-'};
    chart_lines(canvas, all_of(canvas), &series, 1, 1);
    assert_text(canvas, "   ⠈⠉⠁ ⠈⠉⠁ ⠈\n");
    canvas_free(canvas);
}

/* By their shapes, in the columns that a legend gives them. */
static void tells_strokes_apart(void **state)
{
    (void)state;
    static const char *const expected[] = {"⠒⠒⠒⠒⠒⠂\n", "⠂ ⠂ ⠂\n", "⠒⠒  ⠒⠂\n"};
    static const int64_t flat[CHART_STROKE] = {1, 1, 1, 1, 1, 1};
    struct canvas *canvas = canvas_new(1, CHART_STROKE);
    for (int stroke = STROKE_SOLID; stroke <= STROKE_DASHED; stroke++) {
        struct chart_series series = {
            flat, CHART_STROKE, ROLE_NORMAL, (enum chart_stroke)stroke, '*'};
        canvas_clear(canvas);
        chart_lines(canvas, all_of(canvas), &series, 1, 2);
        assert_text(canvas, expected[stroke]);
    }
    canvas_free(canvas);
}

static void draws_extreme_lines(void **state)
{
    (void)state;
    static const int64_t values[] = {INT64_MAX, 0, INT64_MAX, INT64_MIN, 5, INT64_MAX - 1};
    static int64_t many[10000];
    struct canvas *canvas = canvas_new(2, 6);
    for (size_t i = 0; i < sizeof many / sizeof *many; i++)
        many[i] = i % 2 ? INT64_MAX : 0;
    struct chart_series series = {values, 6, ROLE_NORMAL, STROKE_SOLID, '*'};
    chart_lines(canvas, all_of(canvas), &series, 1, INT64_MAX);
    assert_text(canvas, "⢣⢠⠃ ⢠⠃\n"
                        "⠘⡜  ⡜\n");
    canvas_clear(canvas);
    series = (struct chart_series){many, 10000, ROLE_NORMAL, STROKE_SOLID, '*'};
    chart_lines(canvas, all_of(canvas), &series, 1, INT64_MAX);
    assert_text(canvas, "⣿⣿⣿⣿⣿⣿\n⣿⣿⣿⣿⣿⣿\n");
    canvas_clear(canvas);
    series.value = values; /* higher than the edge: along it; no edge at all: one */
    series.count = 1;
    chart_lines(canvas, all_of(canvas), &series, 1, 5);
    chart_lines(canvas, (struct rect){0, 0, 2, 1}, &series, 1, 0);
    assert_text(canvas, "⠁ ⠈\n\n");
    canvas_clear(canvas);
    series.count = 0;
    chart_lines(canvas, all_of(canvas), &series, 1, 5);
    chart_lines(canvas, all_of(canvas), &series, 0, 5);
    series.count = 6;
    chart_lines(canvas, (struct rect){0, 0, 0, 6}, &series, 1, 5);
    chart_lines(canvas, (struct rect){0, 0, 2, 0}, &series, 1, 5);
    chart_lines(canvas, (struct rect){0, 0, -1, -1}, &series, 1, 5);
    assert_text(canvas, "\n\n");
    canvas_free(canvas);
}

static void tells_the_row_of_a_value(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(9, 1);
    for (int style = CHART_BLOCKS; style <= CHART_ASCII; style++)
        for (int rows = 1; rows <= 9; rows++)
            for (int64_t value = 0; value <= 12; value++) {
                struct chart_series series = {&value, 1, ROLE_NORMAL, STROKE_SOLID, '*'};
                set_style(canvas, (enum chart_style)style);
                canvas_clear(canvas);
                chart_lines(canvas, (struct rect){0, 0, rows, 1}, &series, 1, 11);
                int row = chart_row(canvas, rows, value, 11);
                assert_int_not_equal(canvas_row(canvas, row)[0].base, ' ');
            }
    canvas_free(canvas);
}

static void stays_inside(void **state)
{
    (void)state;
    static const int64_t values[] = {9, 0, 9, 3};
    for (int style = CHART_BLOCKS; style <= CHART_ASCII; style++) {
        struct canvas *canvas = canvas_new(6, 12);
        set_style(canvas, (enum chart_style)style);
        struct chart_series series = {values, 4, ROLE_NORMAL, STROKE_SOLID, '*'};
        struct rect area = {2, 3, 2, 6};
        canvas_fill(canvas, all_of(canvas), ROLE_DIM, '.');
        chart_lines(canvas, area, &series, 1, 9);
        chart_columns(canvas, area, values, 4, 3, ROLE_NORMAL);
        chart_bar(canvas, area, -100, 1000, ROLE_NORMAL);
        for (int row = 0; row < 6; row++)
            for (int column = 0; column < 12; column++) {
                bool inside = row >= 2 && row < 4 && column >= 3 && column < 9;
                assert_true(inside || canvas_row(canvas, row)[column].base == '.');
            }
        canvas_free(canvas);
    }
}

static void draws_columns(void **state)
{
    (void)state;
    static const int64_t values[] = {0, 1, 8, 16, -5, INT64_MAX, 9};
    static const char *const expected[] = {
        [CHART_BLOCKS] = "   █ █▁\n ▁██ ██\n",
        [CHART_BRAILLE] = "   ⣿ ⣿⣀\n ⣀⣿⣿ ⣿⣿\n",
        [CHART_ASCII] = "   # #_\n _## ##\n",
    };
    for (int style = CHART_BLOCKS; style <= CHART_ASCII; style++) {
        struct canvas *canvas = canvas_new(2, 7);
        set_style(canvas, (enum chart_style)style);
        chart_columns(canvas, all_of(canvas), values, 7, 16, ROLE_OK);
        assert_text(canvas, expected[style]);
        canvas_free(canvas);
    }
}

static void widens_and_narrows_columns(void **state)
{
    (void)state;
    static const int64_t values[] = {4, 2, 1, 4, 0, 1, 3, 2};
    struct canvas *canvas = canvas_new(1, 12);
    chart_columns(canvas, all_of(canvas), values, 3, 4, ROLE_OK);
    assert_text(canvas, "███ ▄▄▄ ▂▂▂\n");
    canvas_clear(canvas);
    chart_columns(canvas, (struct rect){0, 0, 1, 6}, values, 3, 4, ROLE_OK);
    assert_text(canvas, "██▄▄▂▂\n");
    canvas_clear(canvas); /* the highest of those that share a column */
    chart_columns(canvas, (struct rect){0, 0, 1, 4}, values, 8, 4, ROLE_OK);
    assert_text(canvas, "██▂▆\n");
    canvas_clear(canvas);
    chart_columns(canvas, (struct rect){0, 0, 1, 4}, values, 0, 4, ROLE_OK);
    chart_columns(canvas, (struct rect){0, 0, 0, 4}, values, 8, 4, ROLE_OK);
    chart_columns(canvas, (struct rect){0, 0, 1, 0}, values, 8, 4, ROLE_OK);
    assert_text(canvas, "\n");
    chart_columns(canvas, (struct rect){0, 0, 1, 1}, values, 1, 0, ROLE_OK);
    assert_text(canvas, "█\n");
    canvas_free(canvas);
}

static void draws_bars(void **state)
{
    (void)state;
    static const struct {
        int from, until;
        const char *expected[3];
    } bars[] = {
        {0, 32, {"████\n", "⣿⣿⣿⣿\n", "####\n"}},
        {0, 11, {"█▍\n", "⣿⡇\n", "#\n"}},
        {0, 1, {"▏\n", "⡇\n", "|\n"}},
        {31, 32, {"   ▐\n", "   ⢸\n", "   |\n"}},
        {12, 28, {" ▐█▌\n", " ⢸⣿⡇\n", " ###\n"}},
        {9, 16, {" █\n", " ⣿\n", " #\n"}},
        {10, 13, {" ▌\n", " ⡇\n", " |\n"}},
        {-9, 8, {"█\n", "⣿\n", "#\n"}},
        {24, 99, {"   █\n", "   ⣿\n", "   #\n"}},
        {8, 8, {"\n", "\n", "\n"}},
        {20, 4, {"\n", "\n", "\n"}},
        {40, 50, {"\n", "\n", "\n"}},
        {-5, 0, {"\n", "\n", "\n"}},
    };
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++)
        for (int style = CHART_BLOCKS; style <= CHART_ASCII; style++) {
            struct canvas *canvas = canvas_new(1, 4);
            set_style(canvas, (enum chart_style)style);
            chart_bar(canvas, all_of(canvas), bars[i].from, bars[i].until, ROLE_OK);
            assert_text(canvas, bars[i].expected[style]);
            canvas_free(canvas);
        }
}

static void draws_sparklines(void **state)
{
    (void)state;
    static const int64_t rising[] = {0, 1, 2, 3, 4, 5, 6, 7}, extreme[] = {INT64_MAX, 1, 0, -1},
                         none[] = {0, 0, 0}, one[] = {3};
    static const struct {
        const int64_t *value;
        size_t count;
        int64_t top;
        const char *expected[3];
    } lines[] = {
        {rising, 8, 7, {"▁▂▃▄▅▆▇█", "⡀⣀⣀⣤⣤⣶⣶⣿", "_.:-=+*#"}},
        {rising, 8, 49, {"▁▂▂▂▂▂▂▂", "⡀⣀⣀⣀⣀⣀⣀⣀", "_......."}},
        {extreme, 4, INT64_MAX, {"█▂▁ ", "⣿⣀⡀ ", "#._ "}},
        {none, 3, 0, {"▁▁▁", "⡀⡀⡀", "___"}},
        {one, 1, 3, {"█", "⣿", "#"}},
        {one, 0, 0, {"", "", ""}},
    };
    struct canvas *canvas = canvas_new(1, 1);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        for (int style = CHART_BLOCKS; style <= CHART_ASCII; style++) {
            struct strbuf out = {0};
            set_style(canvas, (enum chart_style)style);
            chart_sparkline(canvas, lines[i].value, lines[i].count, lines[i].top, &out);
            assert_string_equal(strbuf_text(&out), lines[i].expected[style]);
            strbuf_clear(&out);
        }
    canvas_free(canvas);
}

static void draws_large_figures(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(5, 32);
    assert_int_equal(chart_digits_width(1, ""), 0);
    assert_int_equal(chart_digits_width(1, "0"), DIGIT_COLUMNS - 1);
    assert_int_equal(chart_digits_width(1, "-17.5%"), 4 + 1 + 7 + 7 + 3 + 7 + 6);
    assert_int_equal(chart_digits_width(1, "a1b"), 6);
    assert_int_equal(chart_digits(canvas, (struct rect){0, 1, 5, 31}, 1, ROLE_OVERDUE, "24.7"), 23);
    assert_text(canvas, " ██████ ██  ██    ██████\n"
                        "     ██ ██  ██        ██\n"
                        " ██████ ██████        ██\n"
                        " ██         ██        ██\n"
                        " ██████     ██ ██     ██\n");
    canvas_clear(canvas);
    assert_int_equal(chart_digits(canvas, (struct rect){0, 0, 5, 22}, 1, ROLE_OVERDUE, "24.7"), 0);
    assert_int_equal(chart_digits(canvas, (struct rect){0, 0, 4, 32}, 1, ROLE_OVERDUE, "24.7"), 0);
    assert_text(canvas, "\n\n\n\n\n");
    set_style(canvas, CHART_ASCII);
    assert_int_equal(chart_digits(canvas, (struct rect){0, 0, 5, 32}, 1, ROLE_OVERDUE, "x9"), 6);
    assert_text(canvas, "######\n##  ##\n######\n    ##\n######\n");
    set_style(canvas, CHART_BRAILLE);
    assert_int_equal(chart_digits(canvas, (struct rect){0, 0, 5, 6}, 1, ROLE_OVERDUE, "9"), 6);
    assert_text(canvas, "⣿⣿⣿⣿⣿⣿\n⣿⣿  ⣿⣿\n⣿⣿⣿⣿⣿⣿\n    ⣿⣿\n⣿⣿⣿⣿⣿⣿\n");
    chart_digits(canvas, (struct rect){-2, 30, 5, 32}, 1, ROLE_OVERDUE, "8"); /* over the edges */
    canvas_resize(canvas, 10, 32);
    set_style(canvas, CHART_ASCII);
    assert_int_equal(chart_digits_width(2, "-7"), 2 * (4 + 1 + 6));
    assert_int_equal(chart_digits(canvas, (struct rect){0, 0, 10, 22}, 2, ROLE_OVERDUE, "-7"), 22);
    assert_text(canvas, "          ############\n          ############\n"
                        "                  ####\n                  ####\n"
                        "########          ####\n########          ####\n"
                        "                  ####\n                  ####\n"
                        "                  ####\n                  ####\n");
    canvas_free(canvas);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_its_style),
        cmocka_unit_test(finds_nice_numbers),
        cmocka_unit_test(shares_the_columns_out),
        cmocka_unit_test(draws_lines),
        cmocka_unit_test(draws_strokes_and_gaps),
        cmocka_unit_test(tells_strokes_apart),
        cmocka_unit_test(draws_extreme_lines),
        cmocka_unit_test(tells_the_row_of_a_value),
        cmocka_unit_test(stays_inside),
        cmocka_unit_test(draws_columns),
        cmocka_unit_test(widens_and_narrows_columns),
        cmocka_unit_test(draws_bars),
        cmocka_unit_test(draws_sparklines),
        cmocka_unit_test(draws_large_figures),
    };
    return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
