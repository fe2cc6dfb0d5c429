/* The cells of a sheet to a grid: rows without anything in them are none, rows and cells may stand
 * in any order and say where they are or not. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "exchange/column_letters.h"
#include "exchange/import_told.h"
#include "package_xml.h"
#include "xlsx_parts.h"

enum { CELLS_OF_ROW_MOST = 2 * XLSX_COLUMNS, HIDDEN_TOLD = 8 };

/* A cell of the row that is being read: a kept text, or one in `text`. */
struct cell {
    uint32_t column, kept, nth;
    size_t start, count;
    enum grid_kind kind;
};

struct reading {
    const struct xlsx_sheet_reading *with;
    struct grid *grid;
    size_t cells; /* of the grid */
    bool unordered;

    bool in_data, in_row, in_cell, in_value, has_formula, has_value, row_told;
    size_t row, column; /* from 1; 0 none yet */
    bool row_hidden;
    char type; /* of the cell: n, s (shared), t (str), i (inlineStr), b, e, d */
    size_t style;
    struct strbuf value;
    struct xlsx_text inside; /* of <is> */

    struct cell *cell;
    size_t count, room;
    bool cells_unordered;
    struct strbuf text;

    struct xlsx_merged merged;
    bool hidden[GRID_COLUMNS_MOST];
    size_t hidden_rows, first_hidden[HIDDEN_TOLD];
};

static bool refuse_cell(const struct reading *reading, const char *sentence, struct error *err)
{
    char letters[COLUMN_LETTERS];
    column_letters(reading->column - 1, letters);
    return error_set(
        err, ERROR_INPUT, _("line %zu, column %s: %s"), reading->row, letters, sentence);
}

/* --- references ------------------------------------------------------------------------------ */

/* "BC12" and what is behind it; either part may be missing (0). NULL: beyond any sheet. */
static const char *read_reference(const char *text, size_t *row, size_t *column)
{
    *row = *column = 0;
    for (; isalpha((unsigned char)*text) && *column <= XLSX_COLUMNS; text++)
        *column = *column * 26 + (size_t)(toupper((unsigned char)*text) - 'A' + 1);
    for (; isdigit((unsigned char)*text) && *row <= XLSX_ROWS; text++)
        *row = *row * 10 + (size_t)(*text - '0');
    return *row <= XLSX_ROWS && *column <= XLSX_COLUMNS ? text : NULL;
}

static bool refuse_reference(const char *reference, struct error *err)
{
    return error_set(err, ERROR_INPUT,
        _("the sheet has a cell \"%.*s\", which is none of a sheet (A1 to XFD1048576)"),
        (int)text_fit(reference, WRITTEN_COLUMNS, NULL), reference);
}

static bool read_row_number(struct reading *reading, const char *written, struct error *err)
{
    size_t none, row = 0;
    if (written) {
        const char *end = read_reference(written, &row, &none);
        if (end == NULL || *end || none > 0 || row == 0)
            return refuse_reference(written, err);
    }
    reading->row_told = written != NULL;
    reading->row = written ? row : reading->row + 1;
    return reading->row <= XLSX_ROWS || refuse_reference("1048577", err);
}

static bool read_place(struct reading *reading, const char *written, struct error *err)
{
    size_t row, column;
    if (written == NULL) {
        reading->column++;
        return reading->column <= XLSX_COLUMNS || refuse_reference("XFE", err);
    }
    const char *end = read_reference(written, &row, &column);
    if (end == NULL || *end || column == 0 || row == 0)
        return refuse_reference(written, err);
    /* a row that does not say its number is where its first cell is */
    if (!reading->row_told)
        reading->row = row;
    reading->row_told = true;
    reading->column = column;
    return true;
}

/* --- beginnings ------------------------------------------------------------------------------ */

static bool begin_row(struct reading *reading, const char **attributes, struct error *err)
{
    reading->in_row = true;
    reading->row_hidden = package_xml_is_true(package_xml_attribute(attributes, "hidden"));
    reading->column = 0;
    reading->count = 0;
    reading->cells_unordered = false;
    strbuf_cut(&reading->text, 0);
    return read_row_number(reading, package_xml_attribute(attributes, "r"), err);
}

static char read_type(const char *written)
{
    static const struct {
        const char *name;
        char type;
    } types[] = {{"n", 'n'}, {"s", 's'}, {"str", 't'}, {"inlineStr", 'i'}, {"b", 'b'}, {"e", 'e'},
        {"d", 'd'}};
    for (size_t i = 0; written && i < sizeof types / sizeof *types; i++)
        if (strcmp(written, types[i].name) == 0)
            return types[i].type;
    return written ? 't' : 'n';
}

static bool begin_cell(struct reading *reading, const char **attributes, struct error *err)
{
    const char *place = NULL, *type = NULL, *style = NULL;
    for (; *attributes; attributes += 2) {
        if (strcmp(attributes[0], "r") == 0)
            place = attributes[1];
        else if (strcmp(attributes[0], "t") == 0)
            type = attributes[1];
        else if (strcmp(attributes[0], "s") == 0)
            style = attributes[1];
    }
    reading->in_cell = true;
    reading->in_value = reading->has_formula = reading->has_value = false;
    reading->type = read_type(type);
    reading->style = style ? strtoul(style, NULL, 10) : 0;
    strbuf_cut(&reading->value, 0);
    xlsx_text_begin(&reading->inside);
    return read_place(reading, place, err);
}

static void hide_columns(struct reading *reading, const char **attributes)
{
    const char *first = package_xml_attribute(attributes, "min");
    const char *last = package_xml_attribute(attributes, "max");
    if (!first || !last || !package_xml_is_true(package_xml_attribute(attributes, "hidden")))
        return;
    unsigned long from = strtoul(first, NULL, 10), to = strtoul(last, NULL, 10);
    for (unsigned long i = from > 0 ? from : 1; i <= to && i <= GRID_COLUMNS_MOST; i++)
        reading->hidden[i - 1] = true;
}

static bool add_merged(struct reading *reading, const char *written, struct error *err)
{
    size_t top, left, bottom, right;
    const char *at = written ? read_reference(written, &top, &left) : NULL;
    at = at && *at == ':' ? read_reference(at + 1, &bottom, &right) : NULL;
    if (at == NULL || *at || top == 0 || left == 0 || bottom < top || right < left)
        return refuse_reference(written ? written : "", err);
    struct xlsx_merged *merged = &reading->merged;
    if (merged->count >= XLSX_MERGED_MOST)
        return error_set(
            err, ERROR_INPUT, _("the sheet has more than %d merged cells"), XLSX_MERGED_MOST);
    merged->range =
        alloc_grow(merged->range, &merged->room, merged->count + 1, sizeof *merged->range);
    merged->range[merged->count++] =
        (struct xlsx_range){(uint32_t)top, (uint32_t)left, (uint32_t)bottom, (uint32_t)right};
    return true;
}

/* --- a cell ---------------------------------------------------------------------------------- */

static bool add_cell(struct reading *reading, struct cell cell, struct error *err)
{
    if (reading->column > GRID_COLUMNS_MOST)
        return refuse_cell(
            reading, _("a table of tasks is read up to column ALL, the 1000th"), err);
    if (reading->count >= CELLS_OF_ROW_MOST)
        return refuse_cell(reading, _("the row has more cells than a sheet has columns"), err);
    cell.column = (uint32_t)reading->column;
    cell.nth = (uint32_t)reading->count;
    if (reading->count > 0 && reading->cell[reading->count - 1].column >= cell.column)
        reading->cells_unordered = true;
    reading->cell =
        alloc_grow(reading->cell, &reading->room, reading->count + 1, sizeof *reading->cell);
    reading->cell[reading->count++] = cell;
    return true;
}

static bool is_blank(const struct strbuf *text)
{
    return strspn(strbuf_text(text), " \t\r\n") == text->length;
}

static bool add_value(
    struct reading *reading, enum grid_kind kind, const struct strbuf *text, struct error *err)
{
    struct cell cell = {.kind = kind, .start = reading->text.length, .count = text->length};
    if (is_blank(text))
        return true;
    strbuf_add_n(&reading->text, text->text, text->length);
    return add_cell(reading, cell, err);
}

static bool add_sentence(struct reading *reading, const char *sentence, struct error *err)
{
    strbuf_cut(&reading->value, 0);
    strbuf_add(&reading->value, sentence);
    return add_value(reading, GRID_WRONG, &reading->value, err);
}

static bool add_error(struct reading *reading, struct error *err)
{
    struct strbuf sentence = {0};
    strbuf_format(&sentence,
        _("the cell shows the error %.*s; mend its formula, or write the value in its place"),
        (int)text_fit(strbuf_text(&reading->value), WRITTEN_COLUMNS, NULL),
        strbuf_text(&reading->value));
    bool good = add_value(reading, GRID_WRONG, &sentence, err);
    strbuf_clear(&sentence);
    return good;
}

static bool add_shared(struct reading *reading, struct error *err)
{
    const struct xlsx_strings *strings = reading->with->strings;
    const char *written = strbuf_text(&reading->value);
    char *end;
    unsigned long index = strtoul(written, &end, 10);
    if (!isdigit((unsigned char)*written) || *end || index >= strings->count)
        return add_sentence(reading,
            _("the text of this cell is missing in the file; open it in Excel or WPS, look at the "
              "cell, and save it"),
            err);
    if (strings->id[index] == 0)
        return true;
    return add_cell(reading, (struct cell){.kept = strings->id[index]}, err);
}

static bool add_number(struct reading *reading, struct error *err)
{
    struct strbuf text = {0};
    const struct xlsx_format *format = xlsx_style_format(reading->with->styles, reading->style);
    enum grid_kind kind =
        xlsx_value_number(strbuf_text(&reading->value), format, reading->with->from_1904, &text);
    bool good = add_value(reading, kind, &text, err);
    strbuf_clear(&text);
    return good;
}

static bool add_day(struct reading *reading, struct error *err)
{
    struct strbuf text = {0};
    enum grid_kind kind = xlsx_value_day(strbuf_text(&reading->value), &text);
    bool good = add_value(reading, kind, &text, err);
    strbuf_clear(&text);
    return good;
}

static bool add_text(struct reading *reading, struct strbuf *text, struct error *err)
{
    xlsx_unescape(text);
    return add_value(reading, GRID_TEXT, text, err);
}

static bool end_cell(struct reading *reading, struct error *err)
{
    reading->in_cell = false;
    if (reading->type == 'i')
        return add_text(reading, &reading->inside.text, err);
    if (reading->type == 't' && reading->has_value)
        return add_text(reading, &reading->value, err);
    if (is_blank(&reading->value))
        return !reading->has_formula ||
               add_sentence(reading,
                   _("the result of this cell's formula is not in the file; open it in Excel or "
                     "WPS, save it and import that"),
                   err);
    switch (reading->type) {
    case 's':
        return add_shared(reading, err);
    case 'e':
        return add_error(reading, err);
    case 'd':
        return add_day(reading, err);
    case 'b': {
        bool yes = package_xml_is_true(strbuf_text(&reading->value));
        strbuf_cut(&reading->value, 0);
        strbuf_add(&reading->value, yes ? "TRUE" : "FALSE");
        return add_value(reading, GRID_TEXT, &reading->value, err);
    }
    default:
        return add_number(reading, err);
    }
}

/* --- a row ----------------------------------------------------------------------------------- */

static int compare_cells(const void *a, const void *b)
{
    const struct cell *one = a, *other = b;
    if (one->column != other->column)
        return one->column < other->column ? -1 : 1;
    return one->nth < other->nth ? -1 : one->nth > other->nth;
}

/* By column, of several in one place the last. */
static void order_cells(struct reading *reading)
{
    size_t kept = 0;
    qsort(reading->cell, reading->count, sizeof *reading->cell, compare_cells);
    for (size_t i = 0; i < reading->count; i++)
        if (i + 1 == reading->count || reading->cell[i + 1].column != reading->cell[i].column)
            reading->cell[kept++] = reading->cell[i];
    reading->count = kept;
}

static void put_cells(struct reading *reading)
{
    size_t column = 1;
    for (size_t i = 0; i < reading->count; i++, column++) {
        const struct cell *cell = &reading->cell[i];
        for (; column < cell->column; column++)
            grid_cell_kept(reading->grid, 0);
        if (cell->kept)
            grid_cell_kept(reading->grid, cell->kept);
        else
            grid_cell(reading->grid, cell->kind, reading->text.text + cell->start, cell->count);
    }
    reading->cells += column;
}

static bool end_row(struct reading *reading, struct error *err)
{
    size_t rows = grid_rows(reading->grid);
    reading->in_row = false;
    if (reading->count == 0)
        return true;
    if (reading->cells_unordered)
        order_cells(reading);
    if (rows > 0 && grid_line(reading->grid, rows - 1) >= reading->row)
        reading->unordered = true;
    if (reading->row_hidden && reading->hidden_rows++ < HIDDEN_TOLD)
        reading->first_hidden[reading->hidden_rows - 1] = reading->row;
    grid_row(reading->grid, reading->row);
    put_cells(reading);
    if (reading->cells > XLSX_CELLS_MOST)
        return error_set(err, ERROR_INPUT,
            _("line %zu: the sheet has more than %d cells up to here; divide it"), reading->row,
            XLSX_CELLS_MOST);
    return grid_check(reading->grid, err);
}

/* --- what is hidden -------------------------------------------------------------------------- */

static void tell_hidden(const struct reading *reading, struct strbuf *told)
{
    struct strbuf names = {0};
    size_t shown = reading->hidden_rows < HIDDEN_TOLD ? reading->hidden_rows : HIDDEN_TOLD;
    for (size_t i = 0; i < shown; i++)
        strbuf_format(&names, "%s%zu", i > 0 ? _(", ") : "", reading->first_hidden[i]);
    if (reading->hidden_rows > shown)
        strbuf_format(&names, _(" and %zu more"), reading->hidden_rows - shown);
    if (shown > 0)
        strbuf_format(
            told, _("hidden in the sheet, and read as well: lines %s\n"), strbuf_text(&names));
    strbuf_clear(&names);
    for (size_t column = 0; column < grid_columns(reading->grid); column++) {
        char letters[COLUMN_LETTERS];
        column_letters(column, letters);
        if (reading->hidden[column])
            strbuf_format(&names, "%s%s", names.length ? _(", ") : "", letters);
    }
    if (names.length > 0)
        strbuf_format(
            told, _("hidden in the sheet, and read as well: columns %s\n"), strbuf_text(&names));
    strbuf_clear(&names);
}

/* --- the XML --------------------------------------------------------------------------------- */

static bool on_start(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reading *reading = context;
    if (reading->in_cell) {
        if (strcmp(name, "v") == 0)
            reading->in_value = reading->has_value = true;
        else if (strcmp(name, "f") == 0)
            reading->has_formula = true;
        else
            xlsx_text_start(&reading->inside, name, attributes);
        return true;
    }
    if (reading->in_row)
        return strcmp(name, "c") != 0 || begin_cell(reading, attributes, err);
    if (reading->in_data)
        return strcmp(name, "row") != 0 || begin_row(reading, attributes, err);
    if (strcmp(name, "sheetData") == 0)
        reading->in_data = true;
    else if (strcmp(name, "col") == 0)
        hide_columns(reading, attributes);
    else if (strcmp(name, "mergeCell") == 0)
        return add_merged(reading, package_xml_attribute(attributes, "ref"), err);
    return true;
}

static bool on_end(void *context, const char *name, struct error *err)
{
    struct reading *reading = context;
    if (reading->in_cell) {
        if (strcmp(name, "c") == 0)
            return end_cell(reading, err);
        if (strcmp(name, "v") == 0)
            reading->in_value = false;
        else
            xlsx_text_end(&reading->inside, name);
        return true;
    }
    if (reading->in_row && strcmp(name, "row") == 0)
        return end_row(reading, err);
    if (strcmp(name, "sheetData") == 0)
        reading->in_data = false;
    return true;
}

static bool on_text(void *context, const char *bytes, size_t count, struct error *err)
{
    struct reading *reading = context;
    struct error why = {0};
    if (!reading->in_cell)
        return true;
    if (!reading->in_value)
        return xlsx_text_add(&reading->inside, bytes, count, &why) ||
               refuse_cell(reading, why.text, err);
    if (reading->value.length + count > GRID_CELL_MOST)
        return refuse_cell(reading, _("the cell has more than 1 MB"), err);
    strbuf_add_n(&reading->value, bytes, count);
    return true;
}

bool xlsx_sheet_read(const struct xlsx_sheet_reading *with, struct grid **grid, struct strbuf *told,
    struct error *err)
{
    static const struct package_xml handlers = {.start = on_start, .end = on_end, .text = on_text};
    struct reading *reading = alloc_zero(1, sizeof *reading);
    reading->with = with;
    reading->grid = *grid;
    bool good = package_xml_read(with->package, with->part, &handlers, reading, err);
    if (good && reading->unordered) {
        *grid = xlsx_table_order(reading->grid);
        grid_free(reading->grid);
        reading->grid = *grid;
    }
    good = good && grid_check(reading->grid, err) &&
           xlsx_table_fill(reading->grid, &reading->merged, &reading->cells, err);
    if (good)
        tell_hidden(reading, told);
    strbuf_clear(&reading->value);
    strbuf_clear(&reading->inside.text);
    strbuf_clear(&reading->text);
    free(reading->cell);
    free(reading->merged.range);
    free(reading);
    return good;
}
