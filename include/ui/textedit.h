/* textedit: a text of many lines being typed. The caret moves by clusters and never stands in one; lines
 * longer than the area wrap by Unicode's rules (base/text.h) without changing the text. The last column of
 * the area is kept free of text: the caret stands there behind a full row (or behind blanks that hang over it), and
 * the marks. Only where there are two columns or one, text takes them all.
 *
 * Keys are those of lineedit, and Enter for a new line, Up Down by rows of the screen (keeping the column aimed
 * at), PgUp PgDn by what is shown less one row. Home End ^A ^E ^K ^U work on the line of the text; ^K at its end and
 * ^U at its start take the line end. M-< M-> (C-Home C-End) go to the ends of the text. Pasted text keeps its
 * lines and is otherwise scrubbed; a paste is one step to undo. Text beyond `most_bytes` is not taken, in
 * whole clusters. What a key costs grows with the line it changes, not with the text. */
#ifndef UI_TEXTEDIT_H
#define UI_TEXTEDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"
#include "ui/keys.h"

struct textedit;
struct textedit *textedit_new(const char *text, size_t most_bytes);
void textedit_free(struct textedit *edit);
const char *textedit_text(const struct textedit *edit);
void textedit_set(struct textedit *edit, const char *text); /* caret at the end, nothing to undo */
size_t textedit_caret(const struct textedit *edit);         /* byte offset */
size_t textedit_length(const struct textedit *edit);        /* clusters, line ends not counted */
/* The area it is drawn in, at least one row and one column; called before the first key and at each change. Keeps
 * the caret visible. */
void textedit_resize(struct textedit *edit, int rows, int columns);
int textedit_rows(const struct textedit *edit); /* that all of it takes at this width, at least 1 */
/* True when the key was for the text; Up PgUp on the first row and Down PgDn on the last are not. */
bool textedit_key(struct textedit *edit, const struct key *key);
/* Draws the part that is scrolled to, a mark where there is more above or below (one row has room for the one below
 * only), and puts the canvas cursor on the caret where `focus`. `area` is as large as it was told. */
void textedit_draw(const struct textedit *edit, struct canvas *canvas, struct rect area, bool focus);

#endif
