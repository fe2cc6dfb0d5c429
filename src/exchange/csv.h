/* csv: a field of CSV (RFC 4180).
 *
 * A text that a spreadsheet would take for a formula, since it begins with = + - @ (of full width
 * too), a tab or a line end and is no number, has an apostrophe before it; so has one that begins
 * with apostrophes before such a mark. Where CSV is read the first of those apostrophes is taken
 * off again (csv_guard), so that every text comes back as it was. Nothing else is changed: what a
 * spreadsheet makes of 2-012 or of a long number when it opens a CSV is told by no form of it that
 * other programs would read as the same text; XLSX says that a cell is text. */
#ifndef EXCHANGE_CSV_H
#define EXCHANGE_CSV_H

#include "base/strbuf.h"

void csv_text(struct strbuf *out, const char *text);
/* How many bytes of a field that was read were put before its text: 1 or 0. */
size_t csv_guard(const char *field, size_t count);

#endif
