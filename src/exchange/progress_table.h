/* progress_table: the table of a progress list: drawn with characters (exchange/text_table_read.h),
 * saved by a spreadsheet (exchange/csv_read.h: cells parted by , or ;, or quoted), or the sheet of a
 * workbook (exchange/xlsx_read.h). */
#ifndef EXCHANGE_PROGRESS_TABLE_H
#define EXCHANGE_PROGRESS_TABLE_H

#include "exchange/import_kind.h"
#include "exchange/ledger.h"
#include "exchange/text_table_read.h"

struct progress_table {
    struct grid *grid;
    char delimiter;          /* of cells that a spreadsheet saved; 0: the table is drawn */
    bool is_sheet;           /* of a workbook: the grid is another's */
    struct text_table drawn; /* empty where it is not */
    size_t heading, behind; /* lines: the first of the headings; of text behind the table, 0 none */
};

/* Of a text without a table the grid has no rows. */
bool progress_table_read(
    const struct import_document *document, struct progress_table *out, struct error *err);
void progress_table_of(struct grid *grid, struct progress_table *out); /* of a sheet, which stays */
/* Whether its columns are those of a list (exchange/progress_read.h). */
bool progress_table_is(const struct grid *grid);
void progress_table_clear(struct progress_table *table);
/* What was read, for a person. */
void progress_table_tell(const struct progress_table *table, struct strbuf *out);
/* Doubts about the drawing, for the import. */
void progress_table_doubts(const struct progress_table *table, struct import *import);

#endif
