/* terminfo: what its entry says of this terminal: the sequences of its keys, and sequences to be
 * sent when curses no longer can. The screen is open (screen.h). */
#ifndef UI_TERMINFO_H
#define UI_TERMINFO_H

#include "base/strbuf.h"
#include "decoder.h"

void terminfo_define_keys(struct decoder *decoder);
/* Appends a capability, without the pauses ($<2>) that terminals no longer need. */
void terminfo_add(struct strbuf *out, const char *name);

#endif
