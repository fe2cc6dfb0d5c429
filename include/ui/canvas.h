/* canvas: a grid of character cells that views draw on and tests read. It knows nothing of a terminal.
 *
 * Text is UTF-8, already scrubbed; width is text.h's. A double-width character takes two cells and is
 * never cut in half: where half of one would be overwritten or clipped, the other half becomes a
 * blank. Coordinates outside the grid are clipped, silently. */
#ifndef UI_CANVAS_H
#define UI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "ui/theme.h"

struct cell {
    uint32_t base;               /* 0: right half of the wide character before it */
    uint32_t marks[TEXT_MARKS];
    uint8_t role;                /* enum role */
    uint8_t width;               /* 1 or 2; 0 for a right half */
};
bool cell_equal(const struct cell *a, const struct cell *b);
struct rect { int row, column, rows, columns; };

struct canvas;
struct canvas *canvas_new(int rows, int columns);
void canvas_free(struct canvas *canvas);
void canvas_resize(struct canvas *canvas, int rows, int columns); /* clears */
void canvas_clear(struct canvas *canvas);                         /* blanks in ROLE_NORMAL, no cursor, glyph set kept */
int canvas_rows(const struct canvas *canvas);
int canvas_columns(const struct canvas *canvas);
const struct cell *canvas_row(const struct canvas *canvas, int row);

/* Glyph set: views ask for a glyph by meaning and get what this terminal can show. */
enum glyph { GLYPH_LIVE, GLYPH_LIVE_BEAT, GLYPH_STALE, GLYPH_PAUSED, GLYPH_CURSOR, GLYPH_MARK, GLYPH_LINE, GLYPH_BAR,
    GLYPH_ARROW, GLYPH_MORE_UP, GLYPH_MORE_DOWN, GLYPH_MORE_LEFT, GLYPH_MORE_RIGHT, GLYPH_ELLIPSIS, GLYPH_DONE, GLYPH_TODO,
    GLYPH_BULLET, GLYPH_ENTER,
    GLYPH_HEAT_LITTLE, GLYPH_HEAT_SOME, GLYPH_HEAT_MUCH, /* how bad a number is */
    GLYPH_COUNT };
void canvas_set_ascii(struct canvas *canvas, bool ascii);
bool canvas_ascii(const struct canvas *canvas);
/* Whether braille is shown all the same: it is narrow where other glyphs are of ambiguous width. */
void canvas_set_braille(struct canvas *canvas, bool braille);
bool canvas_braille(const struct canvas *canvas);
const char *canvas_glyph(const struct canvas *canvas, enum glyph glyph); /* all are one column wide */

/* Puts text at (row, column), at most `columns` wide (cut with an ellipsis when longer; -1: to the
 * edge of the grid, cut plain). Returns the columns used. */
int canvas_put(struct canvas *canvas, int row, int column, int columns, enum role role, const char *text);
int canvas_format(struct canvas *canvas, int row, int column, int columns, enum role role, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* The same, its last column at `column + columns - 1`. Returns where it begins. */
int canvas_put_right(struct canvas *canvas, int row, int column, int columns, enum role role, const char *text);
void canvas_fill(struct canvas *canvas, struct rect area, enum role role, char with);
/* Keeps the characters; a wide one belongs to the area that holds its left half. */
void canvas_set_role(struct canvas *canvas, struct rect area, enum role role);
/* Puts the whole of `from` on `to`, its first cell at (row, column), and its cursor where it is visible:
 * what is drawn on a canvas of its own cannot leave its place. */
void canvas_copy(struct canvas *to, int row, int column, const struct canvas *from);
/* The picture of something no longer live: every cell becomes ROLE_DIM but the selection, errors and
 * warnings, which must stay readable. */
void canvas_dim(struct canvas *canvas, struct rect area);

/* Where the hardware cursor stands: the selected row or the caret, so that input methods and screen
 * readers follow. */
void canvas_cursor(struct canvas *canvas, int row, int column, bool visible);
void canvas_cursor_get(const struct canvas *canvas, int *row, int *column, bool *visible);

/* For tests and plain output: rows as text without trailing blanks, and a layer with one letter a cell
 * naming its role ('.' normal, without the trailing ones). */
void canvas_text(const struct canvas *canvas, struct strbuf *out);
void canvas_roles(const struct canvas *canvas, struct strbuf *out);

#endif
