/* stage: the terminal code of ui/term.h in a child on a harness terminal. The test sends orders,
 * the child carries them out one by one and replies; so nothing has to be guessed from time. */
#ifndef HARNESS_STAGE_H
#define HARNESS_STAGE_H

#include "harness/terminal.h"
#include "ui/canvas.h"
#include "ui/term.h"

#define STAGE_BOUND_MS 10000 /* for anything that must happen */

struct order {
    char what; /* p page, r random page, k next key, f send what is left, l lost?, b bytes, c close,
                * z suspend, a ascii?
                */
    int top, cursor; /* p: first row and selected row; r: top is the seed */
    int rows, columns;
    bool lean;
    char clock[8];
};
struct reply {
    long bytes;
    char text[512];
};

struct stage {
    struct terminal terminal;
    int control;
    struct reply reply;
};

/* Starts with TERM and LC_ALL as given; fails the test when the terminal cannot be opened. */
void stage_open(
    struct stage *stage, const char *term, const char *locale, const struct term_options *options);
/* The same, the emulator's reports kept from the child. */
void stage_open_silent(
    struct stage *stage, const char *term, const char *locale, const struct term_options *options);
/* For tests that fork by themselves: what the child runs, and how the parent goes on. */
_Noreturn void stage_serve(int control, const struct term_options *options);
void stage_pair(int pair[2]);
void stage_reply(struct stage *stage);
void stage_close(struct stage *stage); /* the child must have ended well */

void stage_tell(struct stage *stage, struct order order); /* `clock` is 21:47 unless given */
void stage_ask(struct stage *stage, struct order order);  /* and takes the reply */
bool stage_wait(int fd, int most_ms);

/* What the child draws for p and r. */
void stage_draw_page(struct canvas *canvas, const struct order *order);
void stage_draw_random(struct canvas *canvas, uint32_t seed);
/* The emulator shows exactly the canvas, or the page of `order`. */
void stage_assert_canvas(const struct stage *stage, const struct canvas *canvas);
void stage_assert_page(const struct stage *stage, struct order order);
void stage_assert_contains(const struct stage *stage, const char *text);

#endif
