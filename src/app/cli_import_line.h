/* How far `duban import` is: one line on standard error, where that is a terminal, that goes away
 * again. While it is open Ctrl-C does not end the program: it is told to the work, which takes back
 * what it has begun. */
#ifndef APP_CLI_IMPORT_LINE_H
#define APP_CLI_IMPORT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/cli.h"

struct import_line {
    const struct cli *cli;
    bool writes;      /* what is looked at is written then */
    int signals;      /* tells that it was interrupted; -1: not asked */
    bool ended;       /* it was: told ever after */
    bool shown;       /* stands on the terminal */
    int64_t begun_ms; /* when it was opened */
    int64_t told_ms;  /* when it was last shown */
};

void import_line_init(struct import_line *line, const struct cli *cli);
/* Not while a terminal or pipe is waited for: nothing would end that. */
void import_line_open(struct import_line *line);
/* Takes it off the terminal. An interruption that nobody has asked for yet is kept in `ended`. */
void import_line_close(struct import_line *line);

/* Of struct going: while a file is read. */
bool import_line_reading(void *line, size_t done, size_t of);
/* An import_going. */
bool import_line_looking(void *line, size_t done, size_t of);

#endif
