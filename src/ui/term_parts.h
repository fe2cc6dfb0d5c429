/* What the files of the terminal share. */
#ifndef UI_TERM_PARTS_H
#define UI_TERM_PARTS_H

#include "base/strbuf.h"
#include "decoder.h"
#include "link.h"
#include "screen.h"
#include "tty.h"
#include "ui/term.h"

#define TERM_REPORT "\033[5n"  /* asks for a report */
#define TERM_UNSENT_MOST 65536 /* bytes of bells and copies, while the line takes nothing */

struct term {
    struct term_options options;
    struct strbuf asked; /* TERM */
    struct tty *tty;
    struct decoder *decoder;
    struct screen *screen;
    struct link *link;
    int rows, columns;
    bool ansi, utf8, theme_ascii, ambiguous_wide;
    bool owes_frame; /* a picture was left out because the line was busy */
    int unanswered;  /* reports asked for; a lost one stays in it */
    bool resumed;    /* and the signal that tells so is still to come */
    bool told_slow;  /* the line, by the last KEY_CODE_DRAW */
    size_t burst;    /* bytes of input since the last time there was none */
    long escape_at;  /* when what has begun is settled; 0: nothing has */
    struct key click;
    long clicked_at;
};

long term_now(void); /* milliseconds */
/* The one timer rings for an Esc that was one, or for a picture that waits. */
void term_set_alarm(struct term *term);
/* Keys that are the terminal's own affair are taken; false: `key` is the person's. */
bool term_take_own(struct term *term, struct key *key);

#endif
