/* clipboard: OSC 52, the terminal's own clipboard, from wherever the terminal is. */
#ifndef UI_CLIPBOARD_H
#define UI_CLIPBOARD_H

#include <stdbool.h>

#include "base/strbuf.h"

/* Appends the sequence that puts `text` on the clipboard of terminal `name`, also wrapped so that
 * tmux or screen hands it on. False when the terminal has none or the text is longer than terminals
 * take. */
bool clipboard_sequence(struct strbuf *out, const char *name, const char *text);

#endif
