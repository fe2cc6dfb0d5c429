/* The table of a progress list, and whether a text is one. */
#include "progress_table.h"

#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "exchange/csv_read.h"
#include "exchange/progress_read.h"
#include "ledger_parts.h"
#include "model/import.h"

#define SAMPLE (128 << 10) /* bytes by which the kind is recognised */

/* --- cells of a spreadsheet ------------------------------------------------------------------ */

/* Cells in quotes: a table that was drawn has none. */
static bool has_quoted_cell(const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text[i] == '"' && (i == 0 || strchr("\n\r\t|,;", text[i - 1]) != NULL))
            return true;
    return false;
}

/* The delimiter of a table that no person drew; 0: it may be drawn, or there is none. */
static char saved_with(const char *text, size_t count)
{
    size_t rows, known;
    char delimiter = csv_delimiter(text, count, &rows, &known);
    bool drawn = delimiter == '|' || (delimiter == '\t' && !has_quoted_cell(text, count));
    return known >= 2 && rows >= 2 && !drawn ? delimiter : '\0';
}

/* Where the headings stand, and what stands behind the last row of a task. */
static void find_lines(struct progress_table *table)
{
    struct ledger ledger;
    struct error ignored;
    size_t row = grid_rows(table->grid);
    if (!ledger_open(table->grid, NULL, 0, &ledger, &ignored))
        return;
    table->heading = grid_line(table->grid, ledger.first);
    while (row > ledger.last + 1 && ledger_passed_over(table->grid, &ledger, row - 1) != NULL)
        row--;
    if (row < grid_rows(table->grid))
        table->behind = grid_line(table->grid, row);
    ledger_clear(&ledger);
}

/* --- reading --------------------------------------------------------------------------------- */

static bool read_text(const struct import_document *document, size_t count,
    struct progress_table *out, struct error *err)
{
    const char *text = document->text.bytes;
    *out = (struct progress_table){.grid = grid_new(), .delimiter = saved_with(text, count)};
    grid_ask(out->grid, document->going);
    if (out->delimiter != '\0') {
        bool good = csv_read(text, count, out->delimiter, out->grid, err);
        find_lines(out);
        return good;
    }
    text_table_read(text, count, out->grid, &out->drawn);
    out->heading = out->drawn.heading;
    out->behind = out->drawn.behind;
    return true;
}

bool progress_table_read(
    const struct import_document *document, struct progress_table *out, struct error *err)
{
    return read_text(document, document->text.count, out, err);
}

void progress_table_of(struct grid *grid, struct progress_table *out)
{
    *out = (struct progress_table){.grid = grid, .is_sheet = true};
    find_lines(out);
}

void progress_table_clear(struct progress_table *table)
{
    text_table_clear(&table->drawn);
    if (!table->is_sheet)
        grid_free(table->grid);
    *table = (struct progress_table){0};
}

void progress_table_tell(const struct progress_table *table, struct strbuf *out)
{
    static const char *const forms[] = {[TEXT_TABLE_BARS] = N_("a table drawn with bars"),
        [TEXT_TABLE_TABS] = N_("a table parted by tabs"),
        [TEXT_TABLE_COLUMNS] = N_("a table in aligned columns")};
    if (table->delimiter != '\0')
        ledger_tell_delimiter(table->delimiter, out);
    else
        strbuf_format(out, "%s\n", _(forms[table->drawn.form]));
    if (table->drawn.behind > 0)
        strbuf_format(out, _("passed over: from line %zu on, the text behind the table\n"),
            table->drawn.behind);
}

void progress_table_doubts(const struct progress_table *table, struct import *import)
{
    for (size_t i = 0; i < table->drawn.doubt_count; i++) {
        const struct text_table_doubt *doubt = &table->drawn.doubt[i];
        struct import_place place = {.line = doubt->line, .column = doubt->column, .heading = ""};
        if (doubt->refuses)
            import_problem(import, doubt->sentence, place);
        else
            import_warning(import, doubt->sentence, place);
    }
}

/* --- recognising ----------------------------------------------------------------------------- */

static bool is_taken(const struct ledger *ledger, const char *name)
{
    const struct ledger_field *field = ledger_field_named(name);
    for (size_t i = 0; i < ledger->count; i++)
        if (ledger->column[i].field == field)
            return true;
    return false;
}

/* Headings that tell how far tasks are, and nothing that a ledger is kept for. */
bool progress_table_is(const struct grid *grid)
{
    static const char *const makes_tasks[] = {"deadline", "goal", "measure", "target", "lead",
        "responsible", "cooperating", "supervisor", "sponsor", "officer", "phone", "category",
        "source", "assigned_on", "period", "closed_on", "close_document", "version"};
    struct ledger ledger;
    struct error ignored;
    if (!ledger_open(grid, NULL, 0, &ledger, &ignored))
        return false;
    bool is =
        is_taken(&ledger, "report") &&
        (is_taken(&ledger, "title") || is_taken(&ledger, "problem") || is_taken(&ledger, "number"));
    for (size_t i = 0; is && i < sizeof makes_tasks / sizeof *makes_tasks; i++)
        is = !is_taken(&ledger, makes_tasks[i]);
    ledger_clear(&ledger);
    return is;
}

static bool has_padded_bar(const char *text, size_t count)
{
    for (size_t i = 1; i + 1 < count; i++)
        if (text[i] == '|' && text[i - 1] == ' ' && text[i + 1] == ' ')
            return true;
    return false;
}

static int how_sure(const struct progress_table *table, const char *text, size_t count)
{
    const struct text_table *drawn = &table->drawn;
    size_t refusing = 0;
    for (size_t i = 0; i < drawn->doubt_count; i++)
        refusing += drawn->doubt[i].refuses;
    if (table->delimiter != '\0')
        return progress_table_is(table->grid) ? 95 : 50;
    if (drawn->form == TEXT_TABLE_NONE || drawn->rows == 0)
        return 0;
    if (drawn->known < 2)
        return drawn->drawn && drawn->rows > 1 ? 25 : 0;
    if (drawn->beside > drawn->inside || 2 * refusing > drawn->rows)
        return 35;
    bool is_quoted = drawn->form == TEXT_TABLE_BARS && has_quoted_cell(text, count);
    bool is_plain =
        (drawn->form == TEXT_TABLE_TABS && !drawn->joined) ||
        (drawn->form == TEXT_TABLE_BARS && !drawn->drawn && !has_padded_bar(text, count));
    if (is_plain || is_quoted)
        return refusing == 0 && !is_quoted && progress_table_is(table->grid) ? 95 : 50;
    return drawn->known > 2 ? 95 : 75;
}

int progress_detect(const struct import_document *document)
{
    const char *text = document->text.bytes;
    size_t count = document->text.count;
    struct progress_table table;
    struct error ignored;
    if (count > SAMPLE) {
        const char *end = memrchr(text, '\n', SAMPLE);
        count = end ? (size_t)(end - text) : 0;
    }
    read_text(document, count, &table, &ignored);
    int sure = how_sure(&table, text, count);
    progress_table_clear(&table);
    return sure;
}
