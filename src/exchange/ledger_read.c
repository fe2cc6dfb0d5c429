/* Ledgers as kinds of files. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "exchange/csv_read.h"
#include "exchange/ledger.h"
#include "ledger_parts.h"

bool ledger_read_grid(const struct grid *grid, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err)
{
    struct ledger ledger;
    if (grid_rows(grid) == 0)
        return error_set(err, ERROR_NOT_FOUND, _("there is nothing in it"));
    if (!ledger_open(grid, reading->map, reading->map_count, &ledger, err))
        return false;
    struct ledger_beside *beside = ledger_beside_new(grid_beside(grid));
    ledger.lettered = told->lettered;
    ledger.beside = beside;
    ledger_tell(grid, &ledger, told);
    ledger_propose(grid, &ledger, reading->fill, import, told);
    ledger_clear(&ledger);
    ledger_beside_free(beside);
    return true;
}

#define LOOKED_AT 40 /* lines */

/* A table within a document is not what the document is: most of its first lines have no bar. */
static bool is_within_text(const struct charset_text *text)
{
    size_t lines = 0, with = 0;
    const char *at = text->bytes, *end = text->bytes + text->count;
    for (const char *stop; at < end && lines < LOOKED_AT; at = stop + 1) {
        stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        lines += stop - at > 1;
        with += memchr(at, '|', (size_t)(stop - at)) != NULL;
    }
    return lines > 2 * with;
}

int ledger_detect_text(const struct import_document *document)
{
    size_t rows, known;
    const struct charset_text *text = &document->text;
    if (csv_delimiter(text->bytes, text->count, &rows, &known) == '|' && is_within_text(text))
        return 0;
    return known >= 3 ? 90 : known == 2 ? 70 : rows >= 3 ? 20 : 0;
}

void ledger_tell_delimiter(char delimiter, struct strbuf *told)
{
    strbuf_format(told, _("cells parted by %s\n"),
        delimiter == '\t' ? _("tabs") : (char[]){'"', delimiter, '"', '\0'});
}

bool ledger_read_text(const struct import_document *document, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err)
{
    const struct charset_text *text = &document->text;
    char delimiter = csv_delimiter(text->bytes, text->count, NULL, NULL);
    struct grid *grid = grid_new();
    grid_ask(grid, document->going);
    bool good = csv_read(text->bytes, text->count, delimiter, grid, err);
    if (good && reading->held)
        strbuf_clear(reading->held);
    if (good) {
        ledger_tell_delimiter(delimiter, &told->lines);
        good = ledger_read_grid(grid, reading, import, told, err);
    }
    grid_free(grid);
    return good;
}
