/* terminal: a pseudo-terminal with a child on it, and an emulator (libvterm) that shows what the
 * child drew, as a person's terminal would. */
#ifndef HARNESS_TERMINAL_H
#define HARNESS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <vterm.h>

#include "base/strbuf.h"

struct terminal {
    int fd;
    pid_t child;
    VTerm *emulator;
    VTermScreen *screen;
    bool answers;      /* reports of the emulator go to the child; set by terminal_start */
    struct strbuf raw; /* all that came, for tests of the bytes themselves */
};

/* Forks: 0 in the child, whose standard input and output are the terminal. */
pid_t terminal_start(struct terminal *terminal, int rows, int columns);
/* Reads until the child has ended (at most 10 s) and returns its wait status. A terminal that the
 * test has closed (fd -1) is gone for the child too. */
int terminal_end(struct terminal *terminal);

void terminal_type(struct terminal *terminal, const char *keys);
/* Reads what has come; waits up to `wait_ms` for the first byte. Returns how much it was. */
size_t terminal_read(struct terminal *terminal, int wait_ms);
void terminal_resize(struct terminal *terminal, int rows, int columns);

/* Rows without trailing blanks, as canvas_text. */
void terminal_text(const struct terminal *terminal, struct strbuf *out);
/* One letter a cell: '.' plain, r reverse, c coloured, u underlined, b bold; the first that holds.
 */
void terminal_looks(const struct terminal *terminal, struct strbuf *out);

#endif
