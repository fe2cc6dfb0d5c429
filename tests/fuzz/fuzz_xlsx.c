/* Workbooks: bytes as a whole archive, and, so that the input reaches what is in them, as the
 * sheet, the texts, the styles or the book of an archive that is right but for that. What is read
 * is clean text in a table in order, and the rest is refused by a sentence. The first byte says
 * which. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "exchange/ledger.h"
#include "exchange/xlsx_read.h"
#include "harness/workbook.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define XF(id) "<xf numFmtId=\"" id "\"/>"

static const char cells[] =
    WORKBOOK_SHEET("<row><c s=\"0\"><v>46356.5</v></c><c s=\"1\"><v>0.6</v></c>"
                   "<c s=\"2\"><v>-7</v></c><c s=\"3\"><v>1E-3</v></c></row>"
                   "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>");
static const char texts[] = "<sst><si><t>编号</t></si><si><t>整改任务</t></si></sst>";
static const char styles[] =
    "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"yyyy年m月\"/>"
    "</numFmts><cellXfs>" XF("0") XF("14") XF("9") XF("200") XF("49") "</cellXfs></styleSheet>";

static struct strbuf wrap(char which, const char *text)
{
    struct workbook workbook = {.sheet = cells, .strings = texts, .styles = styles};
    switch (which) {
    case 's':
        workbook.sheet = text;
        break;
    case 't':
        workbook.strings = text;
        break;
    case 'f':
        workbook.styles = text;
        break;
    case 'b':
        workbook.book = text;
        break;
    default:
        workbook.relations = text;
        break;
    }
    return workbook_make(&workbook);
}

/* A number format, and a number to show by it behind a line end. */
static struct strbuf wrap_format(char *text)
{
    char *value = strchr(text, '\n');
    if (value)
        *value++ = '\0';
    struct strbuf code = {0}, sheet = {0};
    strbuf_add(&code, "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"");
    for (const char *at = text; *at; at++)
        if ((unsigned char)*at >= ' ')
            strbuf_format(&code, (unsigned char)*at < 0x7F ? "&#%d;" : "年", *at);
    strbuf_add(&code, "\"/></numFmts><cellXfs>" XF("200") "</cellXfs></styleSheet>");
    strbuf_add(&sheet, "<worksheet><sheetData><row><c s=\"0\"><v>");
    for (const char *at = value ? value : "46356.5"; *at; at++)
        if (strchr("+-.0123456789eE", *at))
            strbuf_add_char(&sheet, *at);
    strbuf_add(&sheet, "</v></c></row></sheetData></worksheet>");
    struct strbuf bytes =
        workbook_make(&(struct workbook){.sheet = sheet.text, .styles = code.text});
    strbuf_clear(&code);
    strbuf_clear(&sheet);
    return bytes;
}

/* A right archive with bytes changed: where in two, and what in one, again and again. */
static struct strbuf damage(const uint8_t *data, size_t size)
{
    struct strbuf bytes =
        workbook_make(&(struct workbook){.sheet = cells, .strings = texts, .styles = styles});
    for (; size >= 3; data += 3, size -= 3)
        bytes.text[(data[0] << 8 | data[1]) % bytes.length] = (char)data[2];
    return bytes;
}

static void look_at(const struct grid *grid)
{
    for (size_t row = 0; row < grid_rows(grid); row++) {
        assert(grid_width(grid, row) > 0 && grid_width(grid, row) <= grid_columns(grid));
        assert(grid_line(grid, row) > (row == 0 ? 0 : grid_line(grid, row - 1)));
        for (size_t column = 0; column < grid_width(grid, row); column++)
            assert(text_is_clean(grid_text(grid, row, column, NULL), TEXT_LINES));
    }
}

static void open_ledger(const struct grid *grid)
{
    static const char *const maps[] = {"A=number", "2=title"};
    struct ledger ledger;
    struct import_told told;
    if (grid_rows(grid) == 0 || !ledger_open(grid, maps, 2, &ledger, NULL))
        return;
    import_told_init(&told, "");
    ledger_tell(grid, &ledger, &told);
    import_told_clear(&told);
    ledger_clear(&ledger);
}

static void read_all(const struct strbuf *bytes, const char *sheet)
{
    struct import_told told;
    struct error err = {0};
    struct grid *grid;
    import_told_init(&told, "");
    const struct xlsx_reading with = {
        .bytes = strbuf_text(bytes), .count = bytes->length, .sheet = sheet, .told = &told};
    if (xlsx_read(&with, &grid, &err)) {
        assert(told.sheet && text_is_clean(strbuf_text(&told.lines), TEXT_LINES));
        look_at(grid);
        open_ledger(grid);
        grid_free(grid);
    } else {
        assert(err.code != ERROR_NONE && err.text[0] && text_is_clean(err.text, TEXT_ONE_LINE));
    }
    import_told_clear(&told);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct strbuf bytes = {0};
    if (size < 2)
        return 0;
    char *text = alloc_string_n((const char *)data + 1, size - 1);
    if (data[0] == 'P') /* PK: the archive itself */
        strbuf_add_n(&bytes, (const char *)data, size);
    else if (data[0] == 'z')
        bytes = damage(data + 1, size - 1);
    else
        bytes = data[0] == 'n' ? wrap_format(text) : wrap((char)data[0], text);
    read_all(&bytes, NULL);
    if (data[0] == 'b')
        read_all(&bytes, "1");
    strbuf_clear(&bytes);
    free(text);
    return 0;
}
