/* lineedit: one line of text being typed. The caret moves by clusters and never stands in one; words
 * are runs of letters or of one script; ^A ^E ^B ^F ^W ^U ^K ^Y, M-b M-f M-d, arrows, Home, End, undo ^_ and
 * redo M-_ (C-M-_): the table in src/ui/textcore.h.
 * Pasted text is scrubbed to one line. Scrolls sideways so that the caret is visible. Text longer than
 * `most_bytes` is not taken, in whole clusters. */
#ifndef UI_LINEEDIT_H
#define UI_LINEEDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"
#include "ui/keys.h"

struct lineedit;
struct lineedit *lineedit_new(const char *text, size_t most_bytes);
void lineedit_free(struct lineedit *edit);
const char *lineedit_text(const struct lineedit *edit);
void lineedit_set(struct lineedit *edit, const char *text);     /* caret at the end, nothing to undo */
size_t lineedit_caret(const struct lineedit *edit);            /* byte offset */
void lineedit_replace(struct lineedit *edit, size_t start, size_t end, const char *with); /* completion */
bool lineedit_key(struct lineedit *edit, const struct key *key); /* true when it was for the line */
/* Draws within `columns` and puts the canvas cursor on the caret. */
void lineedit_draw(const struct lineedit *edit, struct canvas *canvas, int row, int column, int columns);

#endif
