/* terminfo: terminals of our own making, each short of something, compiled with tic into a folder
 * that TERMINFO names. */
#ifndef HARNESS_TERMINFO_H
#define HARNESS_TERMINFO_H

#include <stdbool.h>

bool terminfo_make(const char *folder); /* false: tic cannot */

struct terminfo_kind {
    const char *name;
    bool wraps; /* at once behind the last column (pty.h) */
};
/* The terminals; the last has no name. */
extern const struct terminfo_kind terminfo_kinds[];

#endif
