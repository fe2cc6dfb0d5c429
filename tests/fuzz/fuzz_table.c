/* Any text through every form of drawn table: cells are clean text of lines that there are, doubts
 * name lines that there are, and headings are made of it or not without harm. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/charset.h"
#include "base/text.h"
#include "exchange/ledger.h"
#include "exchange/progress_read.h"
#include "exchange/text_table_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t lines_of(const char *text, size_t count)
{
    size_t lines = 1;
    for (size_t i = 0; i < count; i++)
        lines += text[i] == '\n' || text[i] == '\r';
    return lines;
}

static void look_at(const struct grid *grid, const struct text_table *table, size_t lines)
{
    assert(grid_rows(grid) == 0 || (table->columns > 1 && grid_columns(grid) <= table->columns));
    assert(table->behind <= lines);
    for (size_t row = 0; row < grid_rows(grid); row++) {
        assert(grid_line(grid, row) > 0 && grid_line(grid, row) <= lines);
        assert(row == 0 || grid_line(grid, row) >= grid_line(grid, row - 1));
        for (size_t column = 0; column < grid_width(grid, row); column++)
            assert(text_is_clean(grid_text(grid, row, column, NULL), TEXT_LINES));
    }
    for (size_t i = 0; i < table->doubt_count; i++) {
        assert(table->doubt[i].line > 0 && table->doubt[i].line <= lines);
        assert(text_is_clean(table->doubt[i].sentence, TEXT_ONE_LINE));
    }
}

static void open_ledger(const struct grid *grid)
{
    struct ledger ledger;
    struct import_told told;
    if (grid_rows(grid) == 0 || !ledger_open(grid, NULL, 0, &ledger, NULL))
        return;
    import_told_init(&told, "list.txt");
    ledger_tell(grid, &ledger, &told);
    import_told_clear(&told);
    ledger_clear(&ledger);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct import_document document = {.bytes = (const char *)data, .count = size};
    if (!charset_read(document.bytes, size, "UTF-8", &document.text, NULL))
        return 0;
    const char *text = document.text.bytes;
    struct grid *grid = grid_new();
    struct text_table table;
    text_table_read(text, document.text.count, grid, &table);
    look_at(grid, &table, lines_of(text, document.text.count));
    open_ledger(grid);
    int sure = progress_detect(&document);
    assert(sure >= 0 && sure <= 100);
    text_table_clear(&table);
    grid_free(grid);
    charset_text_clear(&document.text);
    return 0;
}
