/* table: rows and columns on a canvas: widths, heads, the selection, what is beyond the edge. It does
 * not know what a row is: the view gives the text and role of each cell. */
#ifndef UI_TABLE_H
#define UI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"

enum table_align { ALIGN_LEFT, ALIGN_RIGHT };
struct table_column {
    const char *head;        /* translated */
    int least, most;         /* width in columns; most 0: takes what is left */
    int wanted;              /* of a column with `most` 0: what it gets before the others grow */
    int drop;                /* when the width is not enough, the highest `drop` goes first; 0 never */
    enum table_align align;
    int width;               /* result of table_layout; 0: dropped */
};
/* Shares `columns` out; one blank between columns. First columns are dropped until the least widths fit
 * (a column that may not be dropped is narrowed when it must), then columns with `most` 0 grow to what
 * they want, those with a `most` up to it, and the former share what is left. */
void table_layout(struct table_column *column, size_t count, int columns);

/* Draws one cell at `at`, aligned and cut to the column's width, and returns where the next column
 * begins. A dropped column draws nothing and returns `at`. */
int table_put(struct canvas *canvas, int row, int at, const struct table_column *column, enum role role,
    const char *text);

/* The same as plain text: appends the cell and the blank after it. A text that is too wide is cut, or
 * pushes the columns after it aside where it must not be. */
struct strbuf;
void table_add_cell(struct strbuf *line, const struct table_column *column, const char *text, bool cut);
/* Takes the blanks at the end away and ends the line. */
void table_end_line(struct strbuf *line);

/* A window over `count` rows: `top` is the first on screen. table_scroll keeps `selected` visible, with
 * the smallest move. */
struct table_window { size_t count, top, selected; int rows; };
void table_scroll(struct table_window *window);
bool table_move(struct table_window *window, int by);         /* false when it could not move */

#endif
