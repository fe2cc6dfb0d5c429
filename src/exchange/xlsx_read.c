#include "exchange/xlsx_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "exchange/ledger.h"
#include "exchange/progress_read.h"
#include "ledger_parts.h"
#include "model/import.h"
#include "package.h"
#include "progress_table.h"
#include "xlsx_parts.h"

static const char zip_mark[] = "PK\003\004", compound_mark[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

static bool begins(const char *bytes, size_t count, const char *mark)
{
    return count > strlen(mark) && memcmp(bytes, mark, strlen(mark)) == 0;
}

/* --- what it is ------------------------------------------------------------------------------ */

/* Whether a compound file's directory, 128 bytes an entry, has a stream of this name. */
static bool has_stream(const char *bytes, size_t count, const char *name)
{
    enum { HEADER = 512, ENTRY = 128, NAME = 64 };
    char wide[NAME] = {0};
    size_t length = 2 * (strlen(name) + 1);
    for (size_t i = 0; name[i]; i++)
        wide[2 * i] = name[i];
    for (size_t at = HEADER; at + ENTRY <= count; at += ENTRY)
        if (memcmp(bytes + at, wide, length) == 0)
            return true;
    return false;
}

static bool refuse_compound(const char *bytes, size_t count, struct error *err)
{
    if (has_stream(bytes, count, "EncryptedPackage"))
        return error_set(err, ERROR_INPUT,
            _("the file is protected by a password; open it in Excel, Word or WPS, take the "
              "password off and save it as .xlsx or .docx"));
    if (has_stream(bytes, count, "WordDocument"))
        return error_set(err, ERROR_INPUT,
            _("this is a document of the old kind (.doc or .wps); open it in Word or WPS and save "
              "it as .docx, or copy its table into a sheet and save that as .xlsx"));
    return error_set(err, ERROR_INPUT,
        _("this is a workbook of the old kind (.xls or .et); open it in Excel or WPS and save it "
          "as .xlsx, or its sheet as CSV UTF-8"));
}

static bool refuse_package(const struct package *package, struct error *err)
{
    static const struct {
        const char *prefix, *sentence;
    } others[] = {
        {"xl/workbook.bin",
            N_("this is a binary workbook (.xlsb); open it in Excel or WPS and save it as .xlsx")},
        {"ppt/",
            N_("these are slides (.pptx); copy the table into a sheet and save that as .xlsx")},
        {"OFD.xml", N_("this is an OFD document; its table must be put into a workbook (.xlsx) or "
                       "CSV first")},
        {"content.xml",
            N_("this is an OpenDocument file (.ods or .odt); open it in LibreOffice, Excel or WPS "
               "and save it as .xlsx, or its sheet as CSV UTF-8")},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (package_has_folder(package, others[i].prefix))
            return error_set(err, ERROR_INPUT, "%s", _(others[i].sentence));
    return error_set(err, ERROR_INPUT,
        _("this is an archive (.zip) and no workbook; unpack it and import the files in it"));
}

static bool is_workbook(const struct package *package)
{
    return package_has(package, "xl/workbook.xml") ||
           (package_has_folder(package, "xl/worksheets/") && package_has(package, "_rels/.rels"));
}

/* --- reading --------------------------------------------------------------------------------- */

static void tell_sheet(
    const struct xlsx_book *book, size_t chosen, size_t beside, const struct xlsx_reading *with)
{
    struct strbuf others = {0}, *lines = &with->told->lines;
    with->told->sheet = alloc_string(book->sheet[chosen].name);
    for (size_t i = 0; i < book->count; i++)
        import_told_sheet(with->told, book->sheet[i].name);
    xlsx_book_list(book, chosen, beside, &others);
    strbuf_format(lines, _("sheet \"%s\"%s"), with->told->sheet,
        book->sheet[chosen].hidden ? _(" (hidden)") : "");
    if (beside < book->count)
        strbuf_format(
            lines, _("; with the days of measures from \"%s\""), book->sheet[beside].name);
    if (others.length > 0)
        strbuf_format(lines,
            _("; not read: %s (--sheet reads another; on the board: \"Sheet of the workbook\")"),
            strbuf_text(&others));
    strbuf_add_char(lines, '\n');
    if (with->others)
        strbuf_add(with->others, strbuf_text(&others));
    strbuf_clear(&others);
}

static bool read_chosen(struct package *package, const struct xlsx_book *book, size_t chosen,
    struct grid **grid, struct import_told *told, struct error *err)
{
    struct xlsx_strings strings = {0};
    struct xlsx_styles styles = {0};
    const struct xlsx_sheet_reading with = {.package = package,
        .part = book->sheet[chosen].part,
        .strings = &strings,
        .styles = &styles,
        .from_1904 = book->from_1904};
    if (*with.part == '\0')
        return error_set(err, ERROR_INPUT, _("the sheet \"%s\" is missing in the file"),
            book->sheet[chosen].name);
    bool good =
        (!book->styles || xlsx_styles_read(package, book->styles, &styles, err)) &&
        (!book->strings || xlsx_strings_read(package, book->strings, *grid, &strings, err)) &&
        xlsx_sheet_read(&with, grid, &told->lines, err);
    free(strings.id);
    xlsx_styles_clear(&styles);
    return good;
}

/* The sheet of measures of an export; the number of sheets where there is none that can be read. */
static size_t read_beside(struct package *package, const struct xlsx_book *book, size_t chosen,
    struct grid **out, struct strbuf *lines)
{
    static const char *const names[] = {"Measures", "整改措施"};
    size_t found = book->count;
    for (size_t i = 0; i < book->count; i++)
        for (size_t n = 0; n < sizeof names / sizeof *names; n++)
            if (i != chosen && strcmp(book->sheet[i].name, names[n]) == 0)
                found = i;
    *out = NULL;
    if (found == book->count)
        return found;
    struct import_told told;
    struct error why = {0};
    import_told_init(&told, "");
    *out = grid_new();
    bool read = read_chosen(package, book, found, out, &told, &why);
    if (!read && why.code != ERROR_NOT_FOUND) /* not that it is empty */
        strbuf_format(lines, _("the days of measures in \"%s\" are not read: %s\n"),
            book->sheet[found].name, why.text);
    if (!read || !ledger_beside_is(*out)) {
        grid_free(*out);
        *out = NULL;
        found = book->count;
    }
    import_told_clear(&told);
    return found;
}

static bool read_package(
    struct package *package, const struct xlsx_reading *with, struct grid **grid, struct error *err)
{
    struct xlsx_book book;
    size_t chosen;
    if (!is_workbook(package))
        return refuse_package(package, err);
    if (!xlsx_book_read(package, &book, err))
        return false;
    bool good = xlsx_book_choose(&book, with->sheet, &chosen, err);
    if (good) {
        struct grid *beside;
        tell_sheet(
            &book, chosen, read_beside(package, &book, chosen, &beside, &with->told->lines), with);
        good = read_chosen(package, &book, chosen, grid, with->told, err);
        grid_put_beside(*grid, beside);
    }
    xlsx_book_clear(&book);
    return good;
}

bool xlsx_read(const struct xlsx_reading *with, struct grid **out, struct error *err)
{
    struct package *package = NULL;
    struct grid *grid = grid_new();
    bool good = !begins(with->bytes, with->count, compound_mark) ||
                refuse_compound(with->bytes, with->count, err);
    good = good && package_open(with->bytes, with->count, &package, err);
    if (good) {
        package_ask(package, with->going);
        good = read_package(package, with, &grid, err);
        grid_ask(grid, with->going);
    }
    package_free(package);
    if (!good) {
        grid_free(grid);
        grid = NULL;
    }
    *out = grid;
    return good;
}

/* --- row of import_readers ------------------------------------------------------------------- */

int xlsx_detect(const struct import_document *document)
{
    return begins(document->bytes, document->count, zip_mark) ||
                   begins(document->bytes, document->count, compound_mark)
               ? 100
               : 0;
}

/* What is wrong may be that it is another sheet that is meant. */
static void tell_others(const char *others, struct error *err)
{
    struct error first = *err;
    if (*others)
        error_set(err, first.code,
            _("%s; sheets that were not read: %s (--sheet reads another; on the board: \"Sheet of "
              "the workbook\")"),
            first.text, others);
}

/* Which it is, is told, or seen by its columns, once it is read: unpacking it twice costs too much.
 */
static bool read_grid(struct grid *grid, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err)
{
    bool list =
        reading->kind != NULL ? strcmp(reading->kind, "progress") == 0 : progress_table_is(grid);
    if (!list)
        return ledger_read_grid(grid, reading, import, told, err);
    told->kind = "progress";
    strbuf_format(&told->lines, "%s\n", _("a progress list"));
    return progress_read_grid(grid, reading, import, told, err);
}

bool xlsx_read_tasks(const struct import_document *document, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err)
{
    struct strbuf others = {0};
    const struct xlsx_reading with = {.bytes = document->bytes,
        .count = document->count,
        .sheet = reading->sheet,
        .told = told,
        .others = &others,
        .going = document->going};
    struct error why = {0};
    struct grid *grid;
    import_lettered(import);
    told->lettered = true;
    bool good = xlsx_read(&with, &grid, &why);
    if (good && reading->held)
        strbuf_clear(reading->held);
    if (good && !read_grid(grid, reading, import, told, &why)) {
        good = false;
        error_prefix(&why, _("sheet \"%s\""), told->sheet);
        tell_others(strbuf_text(&others), &why);
    }
    if (!good && err)
        *err = why;
    grid_free(grid);
    strbuf_clear(&others);
    return good;
}
