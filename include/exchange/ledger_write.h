/* ledger_write: tasks as a table, written page by page, so that a long one never stands in memory.
 *
 *   csv   UTF-8 with its mark and CRLF, as spreadsheets want it; formulas made harmless
 * (src/exchange/csv.h) json  one array, the objects of json_write.h */
#ifndef EXCHANGE_LEDGER_WRITE_H
#define EXCHANGE_LEDGER_WRITE_H

#include "exchange/ledger_column.h"

enum ledger_format { LEDGER_CSV, LEDGER_JSON, LEDGER_XLSX };

/* Borrowed until the end. */
struct ledger_spec {
    enum ledger_format format;
    const struct ledger_column *const *columns; /* not of JSON */
    size_t column_count;
    bool (*write)(void *context, const char *bytes, size_t count); /* of XLSX not used */
    void *context;
    const char *path;           /* of XLSX: where it is made, over what is there */
    const char *title, *filter; /* what it says of itself */
};
struct ledger_write;
struct ledger_write *ledger_begin(struct model *model, const struct ledger_spec *spec);
/* The next tasks; one that is gone meanwhile, or in reach no more, is left out. False: `err` tells,
 * or nobody takes it any more. */
bool ledger_add(struct ledger_write *ledger, const int64_t *ids, size_t count, struct error *err);
size_t ledger_written(const struct ledger_write *ledger); /* tasks so far */
/* False where something could not be written (of XLSX `err` tells), or it is not to be kept. `cut`
 * counts texts that were longer than a cell of XLSX may be. Frees. */
bool ledger_end(struct ledger_write *ledger, bool keep, size_t *cut, struct error *err);

#endif
