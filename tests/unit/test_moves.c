/* moves: the same screen and the same place of the cursor as without it, in fewer bytes: on a
 * terminal that is fed what was written, and another that is fed what is sent instead. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <vterm.h>

#include "../../src/ui/moves.h"
#include "base/strbuf.h"

enum { ROWS = 12, COLUMNS = 40 };

static const struct moves_ways all_ways = {true, true, true, true, true, true, true};

struct pair {
    struct moves moves;
    VTerm *plain, *fewer;
    uint32_t seed;
};

static VTerm *make_terminal(void)
{
    VTerm *vterm = vterm_new(ROWS, COLUMNS);
    vterm_set_utf8(vterm, 1);
    vterm_screen_reset(vterm_obtain_screen(vterm), 1);
    return vterm;
}

static struct pair make(const struct moves_ways *ways)
{
    struct pair pair = {.plain = make_terminal(), .fewer = make_terminal(), .seed = 5};
    pair.moves.ways = *ways;
    moves_forget(&pair.moves, ROWS, COLUMNS);
    return pair;
}

static void end(struct pair *pair)
{
    vterm_free(pair->plain);
    vterm_free(pair->fewer);
}

static uint32_t dice(struct pair *pair, uint32_t sides)
{
    pair->seed = pair->seed * 1664525u + 1013904223u;
    return (pair->seed >> 8) % sides;
}

static void assert_same(struct pair *pair, const char *in, const char *out)
{
    VTermPos a, b;
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            VTermScreenCell one, other;
            VTermPos at = {row, column};
            vterm_screen_get_cell(vterm_obtain_screen(pair->plain), at, &one);
            vterm_screen_get_cell(vterm_obtain_screen(pair->fewer), at, &other);
            if (one.chars[0] != other.chars[0])
                fail_msg("row %d, column %d: %s became %s", row, column, in, out);
        }
    vterm_state_get_cursorpos(vterm_obtain_state(pair->plain), &a);
    vterm_state_get_cursorpos(vterm_obtain_state(pair->fewer), &b);
    if (a.row != b.row || a.col != b.col)
        fail_msg("%d %d, not %d %d: %s became %s", b.row, b.col, a.row, a.col, in, out);
}

/* What is sent instead of `in`. */
static size_t send(struct pair *pair, const char *in, struct strbuf *out)
{
    strbuf_cut(out, 0);
    moves_write(&pair->moves, in, strlen(in), out);
    vterm_input_write(pair->plain, in, strlen(in));
    vterm_input_write(pair->fewer, strbuf_text(out), out->length);
    assert_same(pair, in, strbuf_text(out));
    return out->length;
}

static void assert_sent(struct pair *pair, const char *in, const char *expected)
{
    struct strbuf out = {0};
    send(pair, in, &out);
    assert_string_equal(strbuf_text(&out), expected);
    strbuf_clear(&out);
}

/* ------------------------------------------------------------------------------------------- */

static void the_shortest_way_is_gone(void **state)
{
    (void)state;
    struct pair pair = make(&all_ways);
    assert_sent(&pair, "\033[H\033[2J", "\033[r\033[2J");
    assert_sent(&pair, "\033[5;1H>\b", "\033[5H>\r");
    assert_sent(&pair, " \033[6d\b>\b", " \n\r>\r");
    assert_sent(&pair, "\033[6;4Hx", "\033[4Gx");
    assert_sent(&pair, "\033[6;1Hy\033[9;2Hz", "\ry\n\n\nz");
    assert_sent(&pair, "\033[3;10H湿地\033[3;20Hx", "\033[3;10H湿地\033[20Gx"); /* widths differ */
    assert_sent(&pair, "\033[4;3H\033[5;6H\033[6;1H", "\033[6H");               /* nothing drawn */
    end(&pair);
}

/* The rows that scroll are set once. */
static void scrolling_costs_a_byte(void **state)
{
    (void)state;
    struct pair pair = make(&all_ways);
    struct strbuf out = {0};
    send(&pair, "\033[H\033[2J\033[10;1H>\b", &out);
    assert_sent(&pair, "\0337\033[3;10r\0338\n\033[1;12r\033[9;1H \033[10;1H>\b",
        "\033[3;10r\033[9B\n\033[A \n\r>\r");
    assert_sent(
        &pair, "\0337\033[3;10r\0338\n\033[1;12r\033[9;1H \033[10;1H>\b", "\n\033[A \n\r>\r");
    assert_sent(&pair, "\033[12;1Hfoot", "\033[12Hfoot"); /* past the edge: nothing scrolls */
    strbuf_cut(&out, 0);
    moves_end(&pair.moves, &out);
    assert_string_equal(strbuf_text(&out), "\033[r");
    strbuf_clear(&out);
    end(&pair);
}

/* What another program has done to the terminal is not believed to be still so. */
static void nothing_is_believed_of_a_terminal_that_was_away(void **state)
{
    (void)state;
    struct pair pair = make(&all_ways);
    struct strbuf out = {0};
    send(&pair, "\033[H\033[2J\033[5;1Hx", &out);
    moves_forget(&pair.moves, ROWS, COLUMNS);
    assert_sent(&pair, "\033[5;2Hy", "\033[5;2Hy");
    strbuf_clear(&out);
    end(&pair);
}

/* --- at random ----------------------------------------------------------------------------- */

static void add_place(struct pair *pair, struct strbuf *in)
{
    strbuf_format(in, "\033[%u;%uH", 1 + dice(pair, ROWS), 1 + dice(pair, COLUMNS));
}

/* Text never runs over the last column. */
static void add_text(struct pair *pair, struct strbuf *in)
{
    static const char *const words[] = {"a", "x-", "整改", "湿地ok", "   ", "e\xcc\x81", "①"};
    strbuf_format(in, "\033[%uG", 1 + dice(pair, COLUMNS - 12));
    for (uint32_t i = dice(pair, 2); i < 2; i++)
        strbuf_add(in, words[dice(pair, sizeof words / sizeof *words)]);
    if (dice(pair, 5) == 0) { /* up to the last column, and then away from there, as curses does */
        strbuf_format(in, "\033[%dGend", COLUMNS - 2);
        add_place(pair, in);
    }
}

/* As curses scrolls: the region is set, its edge gone to, and reset. */
static void add_scroll(struct pair *pair, struct strbuf *in)
{
    unsigned top = 1 + dice(pair, ROWS - 3), bottom = top + 1 + dice(pair, ROWS - top - 1);
    strbuf_format(in, "\033[%u;%ur", top, bottom);
    switch (dice(pair, 3)) {
    case 0:
        strbuf_format(in, "\033[%u;1H\n", bottom);
        break;
    case 1:
        strbuf_format(in, "\033[%u;1H\033M", top);
        break;
    default:
        strbuf_format(in, "\033[%u;1H\033[%uS", bottom, 1 + dice(pair, 3));
        break;
    }
    strbuf_format(in, "\033[1;%ur", ROWS);
    add_place(pair, in);
}

static void add_anything(struct pair *pair, struct strbuf *in)
{
    static const char *const controls[] = {"\r", "\b", "\033[K", "\033[1K", "\033[3X", "\033[A",
        "\033[2B", "\033[4C", "\033[3D", "\033[7G", "\033[4d", "\033[31m", "\033[m", "\033(B", "\n",
        "\033[?25h", "\0337\033[3;9r\0338", "\033[J", "\033[2L", "\033[M", "\033[?12l", "\033[34h"};
    switch (dice(pair, 5)) {
    case 0:
        add_place(pair, in);
        break;
    case 1:
        add_scroll(pair, in);
        break;
    case 2:
        strbuf_add(in, controls[dice(pair, sizeof controls / sizeof *controls)]);
        break;
    default:
        add_text(pair, in);
        break;
    }
}

static void every_picture_is_the_same(void **state)
{
    (void)state;
    struct strbuf in = {0}, out = {0};
    for (unsigned mask = 0; mask < 128; mask++) {
        struct moves_ways ways = {
            mask & 1, mask & 2, mask & 4, mask & 8, mask & 16, mask & 32, true};
        struct pair pair = make(&ways);
        pair.seed = mask + 1;
        send(&pair, "\033[H\033[2J", &out);
        for (int i = 0; i < 300; i++) {
            strbuf_cut(&in, 0);
            add_place(&pair, &in);
            for (uint32_t k = dice(&pair, 8); k > 0; k--)
                add_anything(&pair, &in);
            send(&pair, strbuf_text(&in), &out);
        }
        end(&pair);
    }
    strbuf_clear(&in);
    strbuf_clear(&out);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shortest_way_is_gone),
        cmocka_unit_test(scrolling_costs_a_byte),
        cmocka_unit_test(nothing_is_believed_of_a_terminal_that_was_away),
        cmocka_unit_test(every_picture_is_the_same),
    };
    return cmocka_run_group_tests_name("moves", tests, NULL, NULL);
}
