/* term: the terminal. The one owner of curses: start and end, keys, and the blit of a canvas, which
 * sends differences only, scrolls by the terminal's own regions and never clears.
 *
 * Nothing here waits for the line. What it does not take at once is kept and sent when it can. A picture
 * that comes while the line is busy, by what the device takes or by what the terminal has not yet
 * answered for (src/ui/link.h), is left out, and KEY_CODE_DRAW asks for the newest one when there is
 * room. */
#ifndef UI_TERM_H
#define UI_TERM_H

#include <stdbool.h>

#include "base/error.h"
#include "ui/canvas.h"
#include "ui/keys.h"
#include "ui/theme.h"

struct term;

struct term_options {
    int escape_ms;          /* how long a lone Esc waits to be told from an arrow key; more on a slow line */
    bool mouse;
    int ambiguous;          /* columns of ambiguous characters: 1, 2, or 0: ask the terminal */
};
/* A TERM that is not known on this machine is treated as another type (src/ui/term_type.h). Errors: no
 * terminal on standard output, TERM not set or without a cursor to place (says what to try). */
bool term_open(const struct term_options *options, struct term **out, struct error *err);
void term_close(struct term *term);       /* the terminal as it was found; NULL is fine */
int term_fd(const struct term *term);     /* readable when term_key is to be called */
int term_colours(const struct term *term);
const char *term_name(const struct term *term);    /* the type it is treated as */
const char *term_unknown(const struct term *term); /* TERM, where this machine does not know it; NULL */
void term_size(struct term *term, int *rows, int *columns); /* asks the kernel and follows it */
void term_set_theme(struct term *term, const struct theme *theme);
bool term_ascii(const struct term *term); /* charset, terminal or theme wants ASCII glyphs */
bool term_braille(const struct term *term); /* charset and theme let braille pass */

/* False when none waits. KEY_CODE_DRAW: draw again, because the line has room for a picture that was left
 * out, or has turned out to be slow or fast (term_line). KEY_CODE_RESIZE: lay out and draw again, because
 * characters turned out to have other widths (term_ascii may have changed). That the window changed is
 * told by SIGWINCH, not here. */
bool term_key(struct term *term, struct key *out);
bool term_hung_up(const struct term *term);        /* asks the line itself whether anybody is there */
bool term_lost(const struct term *term);           /* end of file or error on the line: nobody is there */
void term_show(struct term *term, const struct canvas *canvas); /* the difference, one flush */
void term_repaint(struct term *term);              /* the next show sends everything */
void term_wipe(struct term *term);                    /* before the end: nothing shown is left, and what the line has not taken yet is not shown any more */
void term_bell(struct term *term);
bool term_copy(struct term *term, const char *text); /* OSC 52; false: too long, no such terminal, or a line that takes nothing */
void term_suspend(struct term *term);              /* ^Z: restores the terminal, stops, comes back */
void term_resume(struct term *term);               /* on SIGCONT: a shell may have had the terminal */
long term_bytes(const struct term *term);          /* sent so far */
/* What the answers of the terminal tell of the line. */
struct term_line {
    long round_trip;        /* milliseconds; -1 unknown */
    long rate;              /* bytes a second; 0 unknown */
    bool silent;            /* the terminal does not answer: pictures go by time */
    bool slow;              /* a lean picture is worth it */
};
struct term_line term_line(const struct term *term);
/* Bytes of input so far, every one of them told as a key and every picture sent; -1 while a sequence or a
 * picture is unfinished. Tests wait for it. */
long term_taken(const struct term *term);

#endif
