/* document: Word documents (.docx) made of texts, so that every odd form of them is exact. */
#ifndef HARNESS_DOCUMENT_H
#define HARNESS_DOCUMENT_H

#include "base/strbuf.h"

#define DOCUMENT_XMLNS                                                                             \
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "                    \
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""

/* `body` is what stands in <w:body>; `document`, where told, all of the part instead. Parts that
 * are NULL are not there; `numbering` and `styles` are what stands in the outermost element. */
struct document {
    const char *body, *document, *numbering, *styles;
    const char *other; /* the name of one more part; NULL none */
};
struct strbuf document_make(const struct document *document);

#endif
