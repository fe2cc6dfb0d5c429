/* xlsx_cell: a text as a cell of a workbook can hold it. */
#ifndef EXCHANGE_XLSX_CELL_H
#define EXCHANGE_XLSX_CELL_H

#include <stddef.h>

#include "base/strbuf.h"

/* `text` itself, as nearly always, or what stands for it, in `room`. One that is longer than a cell
 * may be is cut, and `cut` counts it. */
const char *xlsx_cell_text(const char *text, struct strbuf *room, size_t *cut);
/* As XML. */
void xlsx_cell_escape(struct strbuf *out, const char *text);

#endif
