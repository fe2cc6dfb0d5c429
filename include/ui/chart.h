/* chart: numbers as pictures on a canvas, in whatever the terminal can show.
 *
 *   CHART_BLOCKS   lines of braille dots (2 by 4 to a cell), bars of eighths of blocks
 *   CHART_BRAILLE  both of braille: blocks are of ambiguous width (UAX 11) and take two columns
 *                  here, braille is narrow everywhere
 *   CHART_ASCII    both of ASCII: other charsets than UTF-8 (GBK has no braille, its blocks are two
 *                  columns wide), and terminals that have nothing else
 *
 * The style follows from the canvas (canvas_ascii, canvas_braille). Nothing is drawn outside of the
 * area; where a picture has no dot, what stands there stays. Values count from 0, any below is not
 * there: a gap in a line, no column, a blank. `top` is the value at the upper edge; higher ones end
 * there. Each of `count` values has a slot as wide as the others, from left to right, so that lines
 * and columns over the same area stand above each other. */
#ifndef UI_CHART_H
#define UI_CHART_H

#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "ui/canvas.h"

enum chart_style { CHART_BLOCKS, CHART_BRAILLE, CHART_ASCII };
enum chart_style chart_style(const struct canvas *canvas);

/* The column where the slot of a value begins, 0 the first of `columns`; the slot of `index + 1`
 * begins where this one ends. With more values than columns several begin in one. */
int chart_slot(int columns, size_t count, size_t index);
/* The column that a line goes through at a value: the middle of its slot. */
int chart_middle(int columns, size_t count, size_t index);

/* The row, 0 the uppermost of `rows`, in which a line has a value. */
int chart_row(const struct canvas *canvas, int rows, int64_t value, int64_t top);

/* The nicest number not below `most` for an upper edge: 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power
 * of ten, whole, at least 1. */
int64_t chart_top(int64_t most);
/* The nicest distance of marks (1, 2, 5 times a power of ten), so that at most `steps` of them are
 * not below `most`; at least 1. */
int64_t chart_step(int64_t most, int steps);

/* Of dots: all, every fourth, four and four not: told apart without colour in CHART_STROKE columns.
 */
enum chart_stroke { STROKE_SOLID, STROKE_DOTTED, STROKE_DASHED };
enum { CHART_STROKE = 6 };
/* A line through values, at the middle of their slots. In ASCII it is told by its `mark`. */
struct chart_series {
    const int64_t *value;
    size_t count;
    enum role role;
    enum chart_stroke stroke;
    char mark;
};
/* Those later in the row lie above the earlier. */
void chart_lines(struct canvas *canvas, struct rect area, const struct chart_series *series,
    size_t count, int64_t top);
/* Columns standing on the lower edge; anything above 0 is seen. Where a column of the terminal has
 * several values, the highest. */
void chart_columns(struct canvas *canvas, struct rect area, const int64_t *value, size_t count,
    int64_t top, enum role role);
/* A bar in the first row of the area, `from` .. `until` in eighths of a column from its left edge;
 * one that is not empty is seen. */
void chart_bar(struct canvas *canvas, struct rect area, int from, int until, enum role role);

/* Appends one character of one column for each value, from 0 to `top`: ▁▂▃▄▅▆▇█. The lowest is that
 * of 0 alone. Lines that stand under each other have the same top. */
void chart_sparkline(const struct canvas *canvas, const int64_t *value, size_t count, int64_t top,
    struct strbuf *out);

/* Large figures, DIGIT_ROWS high: 0-9, "-", "%", "/", ":", "." and blanks; other characters are
 * left out. A digit takes DIGIT_COLUMNS, with the blank before the next. `size` 2 is twice as high
 * and wide, and so on. */
enum { DIGIT_ROWS = 5, DIGIT_COLUMNS = 7 };
int chart_digits_width(int size, const char *text);
/* From the upper left corner of the area. Returns the columns used; 0, and nothing is drawn, where
 * the area has not the room. */
int chart_digits(
    struct canvas *canvas, struct rect area, int size, enum role role, const char *text);

#endif
