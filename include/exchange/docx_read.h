/* docx_read: the text of a Word document (.docx, as Word, WPS, LibreOffice and programs write it),
 * read here on libzip and expat: lines as those of a text file, for the readers of plans, notices,
 * progress lists and ledgers.
 *
 * A paragraph is a line, and so is what follows a line break in it; a row of a table is one, with
 * tabs between its cells (a cell over several columns is followed by empty ones, one that goes on
 * from the row above is empty, the paragraphs of a cell have a blank between them; a row of one
 * cell alone is a frame around paragraphs). What a message calls line N is the Nth of these, empty
 * ones counted. Numbers that Word counts itself (styles, levels, restarts) stand in front of their
 * line as Word shows them.
 *
 * Left out: what is deleted or moved away while changes are tracked, hidden text, codes of fields,
 * the table of contents, phonetic guides, notes, comments, headers and footers. Text boxes come
 * behind the paragraph that they hang on.
 *
 * Only word/document.xml, word/styles.xml and word/numbering.xml are opened: nothing in the file
 * names another file or is computed. Bytes unpacked, depth, styles, lists and the text are
 * bounded. */
#ifndef EXCHANGE_DOCX_READ_H
#define EXCHANGE_DOCX_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/going.h"
#include "base/strbuf.h"

/* Whether it is an archive of the parts of a Word document; one that is cut off is not seen. */
bool docx_is(const char *bytes, size_t count);
/* Its lines, UTF-8, to `out`; `going` may be NULL. ERROR_NOT_FOUND: there is no text in it. A
 * document with macros (.docm) is refused. */
bool docx_read(const char *bytes, size_t count, const struct going *going, struct strbuf *out,
    struct error *err);

#endif
