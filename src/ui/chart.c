/* chart: which style, the scale, columns, bars and sparklines. */
#include "ui/chart.h"

#include <assert.h>

#include "base/text.h"
#include "chart_parts.h"

#define NARROWEST_WITH_GAP 3 /* a column this wide leaves its last one free */

enum chart_style chart_style(const struct canvas *canvas)
{
    if (!canvas_ascii(canvas))
        return text_width("█") == 1 ? CHART_BLOCKS : CHART_BRAILLE;
    return canvas_braille(canvas) ? CHART_BRAILLE : CHART_ASCII;
}

void chart_put(struct canvas *canvas, int row, int column, enum role role, uint32_t code)
{
    char text[4] = {(char)code, 0, 0, 0};
    if (code >= 0x80) { /* blocks and braille are of three bytes */
        text[0] = (char)(0xe0 | code >> 12);
        text[1] = (char)(0x80 | (code >> 6 & 0x3f));
        text[2] = (char)(0x80 | (code & 0x3f));
    }
    canvas_put(canvas, row, column, -1, role, text);
}

/* --- scale ----------------------------------------------------------------------------------- */

int chart_slot(int columns, size_t count, size_t index)
{
    assert(columns >= 0 && index <= count);
    return count ? (int)((size_t)columns * index / count) : 0;
}

int chart_middle(int columns, size_t count, size_t index)
{
    assert(columns > 0 && index < count);
    int from = chart_slot(columns, count, index), until = chart_slot(columns, count, index + 1);
    return from < until ? (from + until - 1) / 2 : from;
}

int chart_height(int64_t value, int64_t top, int levels)
{
    double height = (double)value / (double)(top > 0 ? top : 1) * levels;
    return value <= 0 ? 0 : height >= levels ? levels : height < 1 ? 1 : (int)(height + 0.5);
}

/* The least of `tenths` (ascending, up to 100) times a power of ten that is not below `most`. */
static int64_t nicest(int64_t most, const int *tenths, size_t count)
{
    for (int64_t power = 1;; power *= 10) {
        for (size_t i = 0; i < count; i++) {
            bool whole = power >= 10 || tenths[i] % 10 == 0;
            int64_t units = power >= 10 ? power / 10 : 1,
                    of = power >= 10 ? tenths[i] : tenths[i] / 10;
            if (whole && of > INT64_MAX / units)
                return INT64_MAX;
            if (whole && of * units >= most)
                return of * units;
        }
        if (power > INT64_MAX / 10)
            return INT64_MAX;
    }
}

int64_t chart_top(int64_t most)
{
    static const int tenths[] = {10, 15, 20, 25, 30, 40, 50, 60, 80};
    return nicest(most, tenths, sizeof tenths / sizeof *tenths);
}

int64_t chart_step(int64_t most, int steps)
{
    static const int tenths[] = {10, 20, 50};
    assert(steps > 0);
    int64_t each = most / steps + (most % steps > 0);
    return nicest(each, tenths, sizeof tenths / sizeof *tenths);
}

/* --- columns --------------------------------------------------------------------------------- */

/* How high a cell is filled, of the levels its style has. */
static const struct {
    int levels;
    uint32_t glyph[9];
} fills[] = {
    [CHART_BLOCKS] = {8, {' ', 0x2581, 0x2582, 0x2583, 0x2584, 0x2585, 0x2586, 0x2587, 0x2588}},
    [CHART_BRAILLE] = {4, {' ', 0x28c0, 0x28e4, 0x28f6, 0x28ff}},
    [CHART_ASCII] = {4, {' ', '_', '.', '=', '#'}},
};

static void draw_column(
    struct canvas *canvas, struct rect area, enum chart_style style, int height, enum role role)
{
    int levels = fills[style].levels;
    for (int row = area.rows - 1; row >= 0 && height > 0; row--, height -= levels)
        for (int column = 0; column < area.columns; column++)
            chart_put(canvas, area.row + row, area.column + column, role,
                fills[style].glyph[height < levels ? height : levels]);
}

static int64_t highest(const int64_t *value, size_t from, size_t until)
{
    int64_t most = value[from];
    for (size_t i = from + 1; i < until; i++)
        most = value[i] > most ? value[i] : most;
    return most;
}

void chart_columns(struct canvas *canvas, struct rect area, const int64_t *value, size_t count,
    int64_t top, enum role role)
{
    enum chart_style style = chart_style(canvas);
    if (area.rows <= 0 || area.columns <= 0)
        return;
    for (size_t i = 0, next; i < count; i = next) {
        int from = chart_slot(area.columns, count, i);
        for (next = i + 1; next < count && chart_slot(area.columns, count, next) == from; next++)
            ;
        int width = chart_slot(area.columns, count, next) - from;
        struct rect slot = {area.row, area.column + from, area.rows,
            width >= NARROWEST_WITH_GAP ? width - 1 : width};
        int levels = area.rows * fills[style].levels;
        draw_column(canvas, slot, style, chart_height(highest(value, i, next), top, levels), role);
    }
}

/* --- bars ------------------------------------------------------------------------------------ */

/* A cell filled from eighth `from` to `until`. Blocks are cut finely at their right end only. */
static uint32_t bar_cell(enum chart_style style, int from, int until)
{
    int middle = from + until;
    if (style == CHART_ASCII)
        return until - from >= 4 ? '#' : ' ';
    if (style == CHART_BLOCKS && from == 0)
        return 0x2590 - (uint32_t)until; /* ▏ .. █ */
    bool left = from < 2 || middle<8, right = until> 6 || middle >= 8;
    if (left && right && until - from >= 6)
        return style == CHART_BLOCKS ? 0x2588 : 0x28ff;
    if (right && middle >= 8)
        return style == CHART_BLOCKS ? 0x2590 : 0x28b8;
    return style == CHART_BLOCKS ? 0x258c : 0x2847;
}

void chart_bar(struct canvas *canvas, struct rect area, int from, int until, enum role role)
{
    enum chart_style style = chart_style(canvas);
    from = from > 0 ? from : 0;
    until = until < area.columns * 8 ? until : area.columns * 8;
    if (area.rows <= 0 || from >= until)
        return;
    bool seen = false;
    for (int column = from / 8; column * 8 < until; column++) {
        int first = from > column * 8 ? from - column * 8 : 0;
        int last = until < column * 8 + 8 ? until - column * 8 : 8;
        uint32_t code = bar_cell(style, first, last);
        seen = seen || code != ' ';
        if (code != ' ')
            chart_put(canvas, area.row, area.column + column, role, code);
    }
    if (!seen)
        chart_put(canvas, area.row, area.column + from / 8, role, '|');
}

/* --- sparklines ------------------------------------------------------------------------------ */

static const struct {
    int most;
    uint32_t glyph[8];
} sparks[] = {
    [CHART_BLOCKS] = {7, {0x2581, 0x2582, 0x2583, 0x2584, 0x2585, 0x2586, 0x2587, 0x2588}},
    [CHART_BRAILLE] = {4, {0x2840, 0x28c0, 0x28e4, 0x28f6, 0x28ff}},
    [CHART_ASCII] = {7, {'_', '.', ':', '-', '=', '+', '*', '#'}},
};

void chart_sparkline(const struct canvas *canvas, const int64_t *value, size_t count, int64_t top,
    struct strbuf *out)
{
    enum chart_style style = chart_style(canvas);
    for (size_t i = 0; i < count; i++) {
        int level = chart_height(value[i], top, sparks[style].most);
        text_encode(out, value[i] < 0 ? ' ' : sparks[style].glyph[level]);
    }
}
