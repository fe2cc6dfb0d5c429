/* sgr: what curses writes, with fewer bytes for the same picture.
 *
 * Going from red to reverse, curses writes ESC[39m ESC(B ESC[m ESC(B ESC[0;7m: 21 bytes, where
 * ESC[0;7m does. This remembers how the terminal's pen stands and how it should stand, and writes
 * the difference when a character is drawn. For terminals with ANSI attributes only; what it does
 * not know passes unchanged. */
#ifndef UI_SGR_H
#define UI_SGR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

struct sgr_pen {
    unsigned attributes;
    char foreground[24], background[24]; /* parameters: "31", "38;5;203"; "" default */
};
struct sgr {
    struct sgr_pen sent, wanted;
    bool known;      /* `sent` is what the terminal has */
    bool designated; /* its character set has been told once */
};

/* Nothing is known of the terminal: at the start and after another program had it. */
void sgr_forget(struct sgr *sgr);
/* Appends `bytes`, whole sequences, to `out`; afterwards the pen is as `bytes` left it. */
void sgr_write(struct sgr *sgr, const char *bytes, size_t count, struct strbuf *out);

#endif
