#include "shift.h"

#include <stdbool.h>
#include <stdlib.h>

#define LEAST 3 /* rows: fewer are not moved by curses, and not worth it */

static bool rows_equal(const struct cell *a, const struct cell *b, int columns)
{
    for (int i = 0; i < columns; i++)
        if (!cell_equal(&a[i], &b[i]))
            return false;
    return true;
}

static bool is_blank(const struct cell *row, int columns)
{
    for (int i = 0; i < columns; i++)
        if (row[i].base != ' ')
            return false;
    return true;
}

/* The limit of _nc_hash_map in ncurses: a run moves at most as far as it is long, and a bit. */
static bool moves_by_itself(int count, int by)
{
    int more = count / 8 < 2 ? count / 8 : 2;
    return count >= LEAST && abs(by) <= count + more;
}

struct shift shift_find(const struct cell *before, const struct canvas *after, int rows, int width)
{
    struct shift best = {0};
    for (int by = LEAST + 1 - rows; by < rows - LEAST; by++) {
        int run = 0;
        for (int row = by < 0 ? -by : 0; by != 0 && row < rows && row + by < rows; row++) {
            const struct cell *now = canvas_row(after, row);
            bool moved = rows_equal(now, &before[(size_t)(row + by) * (size_t)width], width) &&
                         !is_blank(now, width) &&
                         !rows_equal(now, &before[(size_t)row * (size_t)width], width);
            run = moved ? run + 1 : 0;
            if (run > best.count)
                best = (struct shift){row - run + 1, run, by};
        }
    }
    if (best.count < LEAST || moves_by_itself(best.count, best.by))
        best.count = 0;
    return best;
}

int shift_step(int kept, int left)
{
    return left < kept / 2 ? left : kept / 2;
}
