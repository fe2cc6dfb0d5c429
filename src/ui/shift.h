/* shift: rows of a picture that have moved up or down since the one before. curses finds that out
 * itself, but gives up where a list has moved by more than half of its rows, and draws all of them:
 * after keys that were held while the line was busy, that is the rule. */
#ifndef UI_SHIFT_H
#define UI_SHIFT_H

#include "ui/canvas.h"

struct shift {
    int first, count; /* rows of the new picture, 0: none */
    int by;           /* which are those so many rows further down in the old one; < 0: up */
};
/* The longest run of rows that moved, when it is one that curses would draw anew; blank rows and
 * those that stand where they stood do not count. */
struct shift shift_find(const struct cell *before, const struct canvas *after, int rows, int width);
/* Rows to move by at once so that curses scrolls: `kept` rows of the old picture still stand in the
 * region, which is to move by `left` more. */
int shift_step(int kept, int left);

#endif
