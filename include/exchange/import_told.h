/* import_told: how a file was understood, for a person (lines), for programs (--json) and for the
 * screen on which the meaning of columns is looked at and changed. Filled by the readers of
 * import_kind; one for each file. */
#ifndef EXCHANGE_IMPORT_TOLD_H
#define EXCHANGE_IMPORT_TOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "exchange/json_write.h"
#include "exchange/ledger_field.h"

#define IMPORT_TOLD_FIRST 3 /* rows that are shown of a table */

struct import_told_column {
    char *heading;                    /* as in the file; "" where there is none */
    const struct ledger_field *field; /* what it is taken for; NULL: it is not taken */
    const struct ledger_field *twice; /* what it would be, were there not another column of it */
    bool is_told;                     /* by a person */
    char *first[IMPORT_TOLD_FIRST];   /* its texts in the first rows of tasks; "" none */
};

struct import_told {
    char *file;          /* as a person named it */
    const char *kind;    /* of import_readers; NULL: not recognised */
    char *charset;       /* NULL: no text */
    char *sheet;         /* of a workbook; else NULL */
    char **sheets;       /* all of a workbook */
    size_t sheet_count;
    bool lettered;       /* columns are told by letters, as those of a workbook */
    size_t heading_line; /* of a table; 0 none */
    struct import_told_column *column;
    size_t count, capacity;
    struct strbuf lines; /* full lines for a person: all of the above, what was passed over */
};

void import_told_init(struct import_told *told, const char *file);
void import_told_clear(struct import_told *told);
/* One more column, to be filled; its `first` are "". The heading is copied. */
struct import_told_column *import_told_column(struct import_told *told, const char *heading);
/* One more sheet of the workbook; copied. */
void import_told_sheet(struct import_told *told, const char *name);
/* {file kind charset sheet heading_line columns[] {letter heading field first[]}} */
void import_told_json(struct json *json, const struct import_told *told);

#endif
