/* term_type: a terminal type of terminfo in the place of one that is not known on this machine.
 *
 * The name comes from the terminal (TERM, over SSH that of the caller), the descriptions are those
 * of the server, and who sits there can mend neither. So a name that is not known is no reason to
 * refuse: what it begins with often is (screen.xterm-256color is a screen), newer terminals
 * understand what an xterm does, and everything else what a vt100 does. The board says once which
 * type it took. That holds for every session, not only for those over SSH. What names no terminal
 * (TERM not set) or one that cannot place its cursor (dumb) stays refused. */
#ifndef UI_TERM_TYPE_H
#define UI_TERM_TYPE_H

#include <stdbool.h>
#include <stddef.h>

#define TERM_TYPE_MOST 64 /* bytes of a name with its end; longer ones are cut */

/* The types to try in the place of `name`, best first; false: no more. */
bool term_type_instead(const char *name, size_t index, char out[static TERM_TYPE_MOST]);

#endif
