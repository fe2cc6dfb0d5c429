/* xlsx_read: a sheet of a workbook (.xlsx, as Excel, WPS, LibreOffice and programs write it) to a
 * grid, read here on libzip and expat: Debian 12 has no reader for C (freexl there knows only
 * .xls).
 *
 * A cell is read as what it shows: shared, own and formatted texts without their phonetic guides; a
 * number with all its digits and no exponent; a day by the format of the cell (the time of day is
 * cut off; a format that shows month or year alone gives "2026年12月", not its first day); a
 * percentage as shown; zeros before a number where the format is nothing but zeros; results of
 * formulas as they were kept. A merged cell has its text in all of it. What has no value (an error
 * such as #REF!, a formula without result, a day that there is not) is GRID_WRONG. Empty rows are
 * none; hidden rows, columns and sheets are read like others, and told.
 *
 * Nothing in the file names another file, calls for anything outside, or is computed. Bytes
 * unpacked, cells, texts, sheets and depth are bounded. */
#ifndef EXCHANGE_XLSX_READ_H
#define EXCHANGE_XLSX_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "exchange/grid.h"
#include "exchange/import_kind.h"

/* The sheet of measures that an export writes is read too, beside another one (grid_beside): it has the
 * days of measures. Its sheet of goals tells what the column of goals tells, and is not read.
 * `sheet`: its name or its number among the tabs from 1; NULL: the first that is not hidden.
 * `told` gets the sheet's name, and lines; `others`, unless NULL, the list of the sheets that were
 * not read. The error names line and column of the sheet. A file that is no .xlsx but the like
 * (.xls, .doc, one under a password, .ods, .zip) is refused by what it is, with the way out. */
struct xlsx_reading {
    const char *bytes, *sheet;
    size_t count;
    struct import_told *told;
    struct strbuf *others;
    const struct going *going; /* may be NULL */
};
bool xlsx_read(const struct xlsx_reading *with, struct grid **out, struct error *err);

/* Rows of import_readers: of all that is packed as workbooks are. A sheet whose columns are those of a
 * progress list is read as one (exchange/progress_read.h), unless it is told what it is. */
int xlsx_detect(const struct import_document *document);
bool xlsx_read_tasks(const struct import_document *document, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err);

#endif
