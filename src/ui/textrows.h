/* textrows: the rows that a text takes when its lines are wrapped, kept up with its changes: only
 * the lines that changed are wrapped again. A row goes from its start to the start of the next, so
 * every byte is in one row; blanks that hang over the edge count, where the caret asks for its
 * column, but are not drawn. */
#ifndef UI_TEXTROWS_H
#define UI_TEXTROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "textcore.h"

struct textrows {
    struct text_lines lines; /* at least one */
    int columns;
};
void textrows_wrap(struct textrows *rows, const char *text, int columns); /* all of it */
/* After a change, at the same width; `text` is the text now. */
void textrows_update(struct textrows *rows, const char *text, const struct textcore_change *change);
void textrows_clear(struct textrows *rows);

size_t textrows_at(const struct textrows *rows, size_t at); /* the row of byte `at` */
/* The column of byte `at` in its row; may be behind the last one. */
int textrows_column(const struct textrows *rows, const char *text, size_t at);
/* The cluster of `row` that is in `column`, or the last place for the caret before it. */
size_t textrows_place(const struct textrows *rows, const char *text, size_t row, int column);

#endif
