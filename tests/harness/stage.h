/* stage: a little program around ui/term.h, for tests of the terminal itself. The test runs itself
 * in a harness terminal (pty.h) with "stage" as its first argument, types keys, and compares what
 * is on the screen with what the same functions draw on a canvas here.
 *
 *   j k   the selection, which scrolls the page      r   the next random picture
 *   L     lean look, on or off                       c   the clock moves on
 *   z     suspend      y   copy and ring             Q   leave
 * Any other key is told by name on the last row. */
#ifndef HARNESS_STAGE_H
#define HARNESS_STAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/pty.h"
#include "ui/canvas.h"

struct stage {
    int top, cursor;
    bool lean, later; /* later: a minute has passed */
    uint32_t seed;    /* of the last random picture; 0: the page */
    char told[64];    /* the last key that is none of the above */
};

/* True when the test was run as the program: it has ended with `status`. `mouse` as second
 * argument. */
bool stage_main(int argc, char **argv, int *status);

/* Carries out a key; false: none of its own. */
bool stage_key(struct stage *stage, const char *name, int rows);
/* A random picture is drawn upon what is there. */
void stage_draw(const struct stage *stage, struct canvas *canvas);

struct stage_options {
    const char *term, *locale, *charset, *locpath; /* NULL: xterm-256color, C.UTF-8, UTF-8, none */
    const char *argument;                          /* "stage" unless given */
    bool mute, unplaced;                           /* as in pty.h */
    bool ask;                                      /* the width of ambiguous characters */
};
struct pty *stage_start(const struct stage_options *options);

#endif
