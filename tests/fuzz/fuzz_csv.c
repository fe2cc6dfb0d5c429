/* Bytes of any file, through charset, cells and headings, to measures: what comes out is clean text
 * in a table as wide as it says, and proposals are made of it or not without harm. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/charset.h"
#include "base/text.h"
#include "exchange/csv_read.h"
#include "exchange/ledger.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void count_bytes(void *context, const char *text, size_t count)
{
    assert(strnlen(text, count) == count);
    *(size_t *)context += count;
}

static void look_at(const struct grid *grid)
{
    for (size_t row = 0; row < grid_rows(grid); row++) {
        assert(grid_width(grid, row) <= grid_columns(grid));
        assert(grid_line(grid, row) > 0 &&
               (row == 0 || grid_line(grid, row) >= grid_line(grid, row - 1)));
        for (size_t column = 0; column < grid_width(grid, row); column++) {
            const char *text = grid_text(grid, row, column, NULL);
            size_t bytes = 0;
            assert(text_is_clean(text, TEXT_LINES));
            ledger_measures(text, count_bytes, &bytes);
            assert(bytes <= strlen(text));
        }
    }
}

static void open_ledger(const struct grid *grid)
{
    static const char *const maps[] = {"A=number", "2=title"};
    for (size_t count = 0; count <= 2; count++) {
        struct ledger ledger;
        struct import_told told = {0};
        if (!ledger_open(grid, maps, count, &ledger, NULL))
            continue;
        ledger_tell(grid, &ledger, &told);
        assert(ledger.count == grid_columns(grid));
        import_told_clear(&told);
        ledger_clear(&ledger);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct charset_text text;
    if (!charset_read((const char *)data, size, NULL, &text, NULL))
        return 0;
    struct grid *grid = grid_new();
    if (csv_read(text.bytes, text.count, csv_delimiter(text.bytes, text.count, NULL, NULL), grid,
            NULL)) {
        look_at(grid);
        if (grid_rows(grid) > 0) {
            grid_fill(grid, size % grid_rows(grid), 0, size % 7, size % 5);
            open_ledger(grid);
        }
    }
    grid_free(grid);
    charset_text_clear(&text);
    return 0;
}
