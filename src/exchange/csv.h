/* csv: a field of CSV (RFC 4180). A text that a spreadsheet would take for a formula has an
 * apostrophe before it. */
#ifndef EXCHANGE_CSV_H
#define EXCHANGE_CSV_H

#include "base/strbuf.h"

void csv_text(struct strbuf *out, const char *text);

#endif
