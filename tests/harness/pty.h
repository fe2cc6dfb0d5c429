/* pty: a program in a terminal of our own: a pseudo terminal whose other end is libvterm. It
 * answers status reports as a terminal does, types keys by the names of ui/keys.h, and tells what
 * is on the screen.
 *
 * Nothing sleeps. The program gets a pipe in DUBAN_SETTLED_FD and writes into it, each time it is
 * about to wait, how many bytes of input it has taken for keys so far. Everything typed is settled
 * when that number is all there was to take: no byte can be lost between looking and waiting.
 *
 * Every wait has a bound of PTY_WAIT_MS. A function that returns bool gives false when the bound
 * passed or the program ended; pty_problem then says what happened. */
#ifndef HARNESS_PTY_H
#define HARNESS_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/strbuf.h"

#define PTY_WAIT_MS 10000

struct pty_options {
    int rows, columns;   /* 0: 24 x 80 */
    const char *term;    /* NULL: xterm-256color */
    const char *charset; /* of the terminal; NULL: UTF-8 */
    const char *const
        *environment; /* "NAME=VALUE", NULL at the end; all there is but PATH and TERM */
    bool mute;        /* a terminal that answers no report */
    long rate;        /* bytes a second that the line carries to the terminal; 0 all at once */
    long delay_ms;    /* after which what is typed or answered arrives; needs a rate */
    bool unplaced;    /* one that does not tell where its cursor is */
    bool wide;        /* what is of ambiguous width takes two columns and is shown as 〓 */
    bool wraps;       /* at once behind the last column, not with the next character */
    bool remote;      /* the program runs elsewhere (ssh) and cannot tell what it has taken: typing
                         does not wait, what is waited for is text and the end of the command */
};

struct pty;
/* Ends the test program with a message when there is no pseudo terminal to be had. */
struct pty *pty_start(const struct pty_options *options, const char *const *command);
void pty_free(struct pty *pty); /* kills what still runs; NULL is fine */
const char *pty_problem(const struct pty *pty);

/* --- typing ---------------------------------------------------------------------------------- */

/* Names with blanks between, sent in one write; "Space" is a blank. Each waits until settled. */
bool pty_keys(struct pty *pty, const char *names);
bool pty_type(struct pty *pty, const char *text);
bool pty_paste(struct pty *pty, const char *text); /* bracketed when the program asked for it */
bool pty_resize(struct pty *pty, int rows, int columns);
/* The same without waiting, as somebody who types ahead. */
bool pty_press(struct pty *pty, const char *names);
void pty_resize_now(struct pty *pty, int rows, int columns); /* does not wait */
/* Bytes as they are; does not wait. */
bool pty_send(struct pty *pty, const char *bytes, size_t count);

/* --- waiting --------------------------------------------------------------------------------- */

/* Until everything that has happened so far (input, signals, files changed) is on the screen. */
bool pty_settle(struct pty *pty);
bool pty_wait_text(struct pty *pty, const char *text);
/* Reads what comes until `done` says so. */
bool pty_wait(struct pty *pty, bool (*done)(const struct pty *pty, void *context), void *context);
/* Waits for the end of the program: its status as waitpid gives it. */
bool pty_wait_exit(struct pty *pty, int *status);
/* The line is cut: the program sees end of file and SIGHUP. */
void pty_hang_up(struct pty *pty);
/* Reads nothing more from the program (a line that stands still), and again. */
void pty_stop_reading(struct pty *pty, bool stop);

/* The bytes themselves, from now on or not; what there is so far is forgotten. */
void pty_keep_bytes(struct pty *pty, bool keep);
const struct strbuf *pty_bytes(const struct pty *pty);

pid_t pty_process(const struct pty *pty);
long pty_received(const struct pty *pty); /* bytes from the program so far */
long pty_bells(const struct pty *pty);    /* how often it rang */
/* Modes of the line and of the terminal (alternate screen, cursor, mouse, paste) as at the start.
 */
bool pty_is_restored(const struct pty *pty);

/* --- measuring (tests/bench.c; a test has no use for time) ----------------------------------- */

int64_t pty_clock(void); /* monotonic, in nanoseconds */
/* When the program was started or typed to last, and when its last bytes were read. */
int64_t pty_sent_at(const struct pty *pty);
int64_t pty_came_at(const struct pty *pty);
/* While held, what comes is counted and timed but not yet put on the screen, so that emulating a
 * terminal is no part of a time. Reports are not answered meanwhile. */
void pty_hold(struct pty *pty, bool hold);
/* Takes what comes for so long, whatever it is. */
void pty_rest(struct pty *pty, long milliseconds);

/* --- the screen ------------------------------------------------------------------------------ */

struct pty_cell {
    uint32_t base;              /* 0: nothing, or the right half of a wide character */
    int width;                  /* 1 or 2; 0 for a right half */
    int foreground, background; /* -1 default, 0-255, or 0x1000000 | 0xrrggbb */
    bool bold, underline, reverse;
};
int pty_rows(const struct pty *pty);
int pty_columns(const struct pty *pty);
struct pty_cell pty_cell(const struct pty *pty, int row, int column);
void pty_row_text(const struct pty *pty, int row, struct strbuf *out); /* without trailing blanks */
void pty_text(const struct pty *pty, struct strbuf *out);   /* all rows, each with "\n" */
bool pty_has_text(const struct pty *pty, const char *text); /* within one row */
void pty_cursor(const struct pty *pty, int *row, int *column, bool *visible);
/* A line or two for each row that has attributes, one letter a cell. "12a": b bold, u underline, r
 * reverse, B bold and underline, R reverse and more, '.' none. "12c": colour of the text (k r g y b
 * m c w, capitals bright, * another) and "12g": of the ground. */
void pty_attributes(const struct pty *pty, struct strbuf *out);

#endif
