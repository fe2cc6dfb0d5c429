/* wire: what a program has sent to its terminal, looked over byte by byte: characters of the
 * charset, a few controls, and sequences of a list. Whatever else is there was not meant for a
 * terminal, or is something no terminal here was ever tried with. */
#ifndef HARNESS_WIRE_H
#define HARNESS_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

/* False: `problem` shows the first thing that does not belong there. `charset`: NULL for UTF-8. */
bool wire_is_known(const char *bytes, size_t count, const char *charset, struct strbuf *problem);

#endif
