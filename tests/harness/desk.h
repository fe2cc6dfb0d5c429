/* desk: a board in a terminal of our own, on its own copy of the sample, and a shell beside it.
 * Each function fails the test when it cannot do what it says. */
#ifndef HARNESS_DESK_H
#define HARNESS_DESK_H

#include <stdbool.h>

#include "harness/pty.h"

#define DESK_NOW "DUBAN_NOW=2026-11-21T21:47:00+08:00"

/* Makes the sample once, beside the program that stands next to the test `self`; 0 when done. */
int desk_prepare(const char *self);
void desk_finish(void);
const char *desk_program(void);

struct desk {
    void *folder;
    char database[256];
    struct pty *pty;
};
/* cmocka fixtures: the state is the desk, its board is open. */
int desk_set_up(void **state);
int desk_tear_down(void **state);

/* One more board on the same database; `now` is DESK_NOW or another line of the environment; `as` a
 * login, NULL. */
struct pty *desk_board(const struct desk *desk, const char *now, const char *as);
/* A wall on it, with one more option of the command line (NULL: none). */
struct pty *desk_wall(const struct desk *desk, const char *now, const char *option);
/* The program in a terminal as somebody starts it: `words` follow its name, with blanks between. */
struct desk_start {
    const char *words;
    const char *now;  /* NULL: DESK_NOW */
    const char *term; /* NULL: as pty.h says */
    const char *ssh;  /* the address it is reached from; NULL: not over SSH */
};
struct pty *desk_start(const struct desk *desk, const struct desk_start *how);
/* A clock that the test moves, and who looks at it must be woken: what `now` is for a board or
 * wall. */
const char *desk_clock(const struct desk *desk, const char *moment, char now[static 300]);
void desk_shell(const struct desk *desk, const char *command); /* $DB is the database */
/* What one SQL query gives, without the end of line. */
const char *desk_ask(const struct desk *desk, const char *sql, char out[static 512]);
void desk_expect(const struct desk *desk, const char *sql, const char *value);
/* The same, waited for as long as a terminal is. */
void desk_await(const struct desk *desk, const char *sql, const char *value);

void desk_keys(struct pty *pty, const char *names);
void desk_type(struct pty *pty, const char *text);
void desk_sees(struct pty *pty, const char *text);
/* The same of a program that does not tell when it has settled: no board, or over SSH. */
void desk_comes(struct pty *pty, const char *text);
void desk_misses(struct pty *pty, const char *text); /* until it has gone */
/* The program ends with that status, leaves the terminal as it was and the text upon it. */
void desk_ends(struct pty *pty, int status, const char *text);

#endif
