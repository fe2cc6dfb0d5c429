/* term: the terminal. The one owner of curses: start and end, keys, and the blit of a canvas, which
 * sends differences only, scrolls by the terminal's own regions and never clears. */
#ifndef UI_TERM_H
#define UI_TERM_H

#include <stdbool.h>

#include "base/error.h"
#include "ui/canvas.h"
#include "ui/keys.h"
#include "ui/theme.h"

struct term;

struct term_options {
    int escape_ms;          /* how long a lone Esc waits to be told from an arrow key */
    bool mouse;
    int ambiguous;          /* columns of ambiguous characters: 1, 2, or 0: ask the terminal */
};
/* Errors: no terminal on standard output, TERM unknown (says which to try). */
bool term_open(const struct term_options *options, struct term **out, struct error *err);
void term_close(struct term *term);       /* the terminal as it was found; NULL is fine */
int term_fd(const struct term *term);     /* readable when a key waits */
int term_colours(const struct term *term);
const char *term_name(const struct term *term);
void term_size(struct term *term, int *rows, int *columns); /* asks the kernel and follows it */
void term_set_theme(struct term *term, const struct theme *theme);
bool term_ascii(const struct term *term); /* charset, terminal or theme wants ASCII glyphs */

bool term_key(struct term *term, struct key *out); /* false when none waits; KEY_CODE_RESIZE is told by SIGWINCH, not here */
bool term_lost(const struct term *term);           /* end of file or error on the line: nobody is there */
void term_show(struct term *term, const struct canvas *canvas); /* the difference, one flush */
void term_repaint(struct term *term);              /* the next show sends everything */
void term_bell(struct term *term);
void term_copy(struct term *term, const char *text); /* OSC 52 */
void term_suspend(struct term *term);              /* ^Z: restores the terminal, stops, comes back */
long term_bytes(const struct term *term);          /* sent so far, where known; -1 */

#endif
