/* html_write: the bulletin as one printable page. One file without a script and without anything
 * from elsewhere, of A4 with margins, page numbers and heads that come again on each page;
 * well-formed XML too, so that other programs can read its numbers: cells of the matrix name their
 * row and column as its lines are counted in JSON (headers="m-r0 m-c2").
 *
 * How bad a number is, is told by a shade that is also one in black and white, and by weight. */
#ifndef EXCHANGE_HTML_WRITE_H
#define EXCHANGE_HTML_WRITE_H

#include "base/strbuf.h"
#include "model/bulletin.h"

enum {
    HTML_COLUMNS = 12,      /* departments in one table; more go on in the next */
    HTML_COLUMNS_MOST = 60, /* the best are left out */
    HTML_UNITS_MOST = 60,   /* in a ranking */
    HTML_WEEKS_AHEAD = 53,  /* at most, of the drawing of the trend */
    HTML_WEEKS_TOLD = 9     /* in numbers, the last that have been */
};

/* In the language chosen, as UTF-8. `title` "": by the province. */
void html_bulletin(const struct bulletin *bulletin, const char *title, struct strbuf *out);

#endif
