/* chart_lines: lines of dots, or of marks where there are none. */
#include <stdlib.h>

#include "base/alloc.h"
#include "chart_parts.h"

/* A picture of the area before it goes to the canvas: dots (or the mark) and the role of each cell.
 */
struct plot {
    struct plot_cell {
        uint8_t dots, role;
        char mark;
    } * cell;
    int columns;       /* cells in a row */
    int across, down;  /* dots in a cell */
    int width, height; /* of all, in dots */
    const struct chart_series *series;
    unsigned steps; /* along the line, for its pattern */
};

enum { BRAILLE_ACROSS = 2, BRAILLE_DOWN = 4 };

/* U+2800 and a bit for each dot, in an order of its own. */
static const uint8_t braille[BRAILLE_DOWN][BRAILLE_ACROSS] = {
    {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

static bool is_drawn(const struct plot *plot)
{
    if (plot->across == 1) /* marks tell lines apart, and gaps would be wide */
        return true;
    switch (plot->series->stroke) {
    case STROKE_DOTTED:
        return plot->steps % 4 == 0;
    case STROKE_DASHED:
        return plot->steps % 8 < 4;
    case STROKE_SOLID:
        break;
    }
    return true;
}

static void set_dot(struct plot *plot, int x, int y)
{
    struct plot_cell *cell =
        &plot->cell[(size_t)(y / plot->down) * (size_t)plot->columns + (size_t)(x / plot->across)];
    if (is_drawn(plot)) {
        cell->dots |= braille[y % plot->down][x % plot->across];
        cell->role = (uint8_t)plot->series->role;
        cell->mark = plot->series->mark;
    }
    plot->steps++;
}

/* Bresenham's, without the dot it begins with. */
static void draw_segment(struct plot *plot, int x, int y, int to_x, int to_y)
{
    int dx = to_x - x, dy = abs(to_y - y), way = to_y > y ? 1 : -1;
    int error = dx - dy;
    while (x != to_x || y != to_y) {
        int twice = 2 * error;
        if (twice >= -dy && x != to_x) {
            error -= dy;
            x++;
        }
        if (twice <= dx && y != to_y) {
            error += dx;
            y += way;
        }
        set_dot(plot, x, y);
    }
}

/* In dots from the upper edge, of `height`. */
static int dots_down(int height, int64_t value, int64_t top)
{
    double up = (double)value / (double)(top > 0 ? top : 1) * (height - 1);
    return up <= 0 ? height - 1 : up >= height - 1 ? 0 : height - 1 - (int)(up + 0.5);
}

int chart_row(const struct canvas *canvas, int rows, int64_t value, int64_t top)
{
    int down = chart_style(canvas) == CHART_ASCII ? 1 : BRAILLE_DOWN;
    return dots_down(rows * down, value, top) / down;
}

/* In the cell that chart_middle tells: columns below the line stand below its points. */
static int dot_of(const struct plot *plot, size_t count, size_t i)
{
    if (plot->across == 1)
        return chart_middle(plot->columns, count, i);
    if (count > (size_t)plot->columns)
        return chart_slot(plot->width, count, i);
    return chart_slot(plot->columns, count, i) + chart_slot(plot->columns, count, i + 1) - 1;
}

static void draw_series(struct plot *plot, const struct chart_series *series, int64_t top)
{
    bool joined = false;
    int x = 0, y = 0;
    plot->series = series;
    plot->steps = 0;
    for (size_t i = 0; i < series->count; i++) {
        bool there = series->value[i] >= 0;
        if (there) {
            int to_x = dot_of(plot, series->count, i);
            int to_y = dots_down(plot->height, series->value[i], top);
            if (joined)
                draw_segment(plot, x, y, to_x, to_y);
            else
                set_dot(plot, to_x, to_y);
            x = to_x;
            y = to_y;
        }
        joined = there;
    }
}

void chart_lines(struct canvas *canvas, struct rect area, const struct chart_series *series,
    size_t count, int64_t top)
{
    bool ascii = chart_style(canvas) == CHART_ASCII;
    if (area.rows <= 0 || area.columns <= 0)
        return;
    struct plot plot = {.columns = area.columns,
        .across = ascii ? 1 : BRAILLE_ACROSS,
        .down = ascii ? 1 : BRAILLE_DOWN};
    plot.width = area.columns * plot.across;
    plot.height = area.rows * plot.down;
    plot.cell = alloc_zero((size_t)area.rows * (size_t)area.columns, sizeof *plot.cell);
    for (size_t i = 0; i < count; i++)
        draw_series(&plot, &series[i], top);
    for (int row = 0; row < area.rows; row++)
        for (int column = 0; column < area.columns; column++) {
            const struct plot_cell *cell =
                &plot.cell[(size_t)row * (size_t)area.columns + (size_t)column];
            if (cell->dots)
                chart_put(canvas, area.row + row, area.column + column, (enum role)cell->role,
                    ascii ? (uint32_t)cell->mark : 0x2800u + cell->dots);
        }
    free(plot.cell);
}
