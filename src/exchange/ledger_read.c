/* Ledgers as kinds of files. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "exchange/csv_read.h"
#include "exchange/ledger.h"
#include "ledger_parts.h"

enum {
    HEAD_MOST = 10,  /* rows above the headings */
    TITLE_MOST = 300 /* bytes of one of them */
};

/* 抚顺市整改任务台账, 填报单位：新宾县水务局: what stands above the headings says whose the ledger
 * is. */
static void tell_head(const struct grid *grid, const struct ledger *ledger, struct import *import)
{
    struct strbuf head = {0};
    size_t line = 0;
    for (size_t row = 0; ledger->has_headings && row < ledger->first && row < HEAD_MOST; row++) {
        const char *text = "";
        for (size_t column = 0; *text == '\0' && column < grid_width(grid, row); column++)
            text = grid_text(grid, row, column, NULL);
        if (*text == '\0' || strlen(text) > TITLE_MOST)
            continue;
        line = line == 0 ? grid_line(grid, row) : line;
        strbuf_format(&head, "%s%s", head.length > 0 ? "\n" : "", text);
    }
    if (head.length > 0)
        import_document(
            import, strbuf_text(&head), (struct import_place){.line = line, .heading = ""});
    strbuf_clear(&head);
}

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
    tell_head(grid, &ledger, import);
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
