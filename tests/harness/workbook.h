/* workbook: workbooks (.xlsx) made of texts, so that every odd form of them is exact. */
#ifndef HARNESS_WORKBOOK_H
#define HARNESS_WORKBOOK_H

#include <stddef.h>

#include "base/strbuf.h"

struct workbook_part {
    const char *name, *bytes;
    size_t count; /* 0: a text */
};
/* An archive of these parts; the caller's. */
struct strbuf workbook_zip(const struct workbook_part *part, size_t count);

/* Parts that are NULL are those of a plain workbook with one sheet, 台账; without `strings` there
 * are no shared texts. */
struct workbook {
    const char *sheet, *strings, *styles, *book, *relations;
    size_t sheet_count; /* bytes of `sheet`; 0: a text */
    const struct workbook_part *other;
    size_t others;
};
struct strbuf workbook_make(const struct workbook *workbook);

/* What a sheet begins and ends with. */
#define WORKBOOK_XMLNS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define WORKBOOK_SHEET(cells)                                                                      \
    "<worksheet " WORKBOOK_XMLNS "><sheetData>" cells "</sheetData></worksheet>"

#endif
