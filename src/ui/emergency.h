/* emergency: the terminal given back when the program dies of itself. A fault (the files of the
 * database cut off under the program give SIGBUS, a defect SIGSEGV, SIGABRT, SIGFPE) leaves no time
 * to close anything: the bytes that end the picture and the modes of the line are kept ready, put
 * out by the handler, and a sentence says what happened. The signal then ends the program as it
 * would have, so that the status tells. */
#ifndef UI_EMERGENCY_H
#define UI_EMERGENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/* For the terminal at `fd`, one at a time: `bytes` end what the program put there, `modes` are
 * those of the line before. A signal that somebody else handles already stays theirs. */
void emergency_arm(int fd, const struct termios *modes, const char *bytes, size_t count);
void emergency_disarm(void); /* also where nothing was armed */

#endif
