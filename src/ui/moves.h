/* moves: how the cursor gets from one place to the next, in what curses writes, with fewer bytes.
 *
 * curses addresses each place farther than a few columns in full, and sets the rows that scroll and
 * resets them for each row that comes in. This follows where the terminal's cursor is and where it
 * should be, and goes there the shortest way when something is drawn; rows that scroll stay set
 * until others are. Widths are believed where curses believes them too: behind a character that is
 * not ASCII only absolute columns count. For terminals with ANSI sequences only; what it does not
 * know passes unchanged. */
#ifndef UI_MOVES_H
#define UI_MOVES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

/* What the terminal understands beside ESC [ row ; column H. */
struct moves_ways {
    bool line_feed;         /* \n goes one row down and stays in its column */
    bool to_row, to_column; /* ESC [ n d, ESC [ n G */
    bool down, up, right;   /* ESC [ n B, ESC [ n A, ESC [ n C */
    bool regions;           /* ESC [ top ; bottom r */
};
struct moves_place {
    int row, column; /* from 0; -1: not known */
};
struct moves {
    struct moves_ways ways;
    int height, width;
    struct moves_place at, wanted; /* where not all of it is known, both are the same */
    bool sure;                     /* the column does not hang on widths */
    int top, bottom;               /* rows that scroll, as the terminal has them; -1: not known */
    int top_wanted, bottom_wanted;
};

/* Nothing is known of the terminal: at the start, after another program had it and when its size
 * changed. */
void moves_forget(struct moves *moves, int height, int width);
/* Appends `bytes`, whole sequences, to `out`; afterwards the cursor is where `bytes` put it. */
void moves_write(struct moves *moves, const char *bytes, size_t count, struct strbuf *out);
/* The whole screen scrolls again: before another program gets the terminal.
 */
void moves_end(struct moves *moves, struct strbuf *out);

#endif
