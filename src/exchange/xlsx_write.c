#include "xlsx_write.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"

enum {
    ROWS_MOST = LXW_ROW_MAX,
    UNITS_MOST = 32767, /* of UTF-16, in a cell */
    WIDTH_LEAST = 6,
    WIDTH_MOST = 48,
    WIDTH_DATE = 11,
    ROWS_MEASURED = 200
};

enum { LOOK_HEAD = XLSX_LOOK_COUNT, LOOK_DATE, LOOK_NUMBER, LOOK_PERCENT, FORMATS };

struct xlsx {
    lxw_workbook *book;
    lxw_format *format[FORMATS];
    struct xlsx_sheet **sheet;
    size_t sheets, capacity, cut;
    struct strbuf text;
    bool failed; /* a temporary file took no more */
};
struct xlsx_sheet {
    struct xlsx *xlsx;
    lxw_worksheet *sheet;
    char *name, **heading;
    size_t columns;
    int *width, number;  /* number: of the sheets of this name */
    lxw_row_t row, rows; /* rows: so far, in all */
};

/* --- workbook -------------------------------------------------------------------------------- */

static void make_formats(struct xlsx *xlsx)
{
    static const lxw_color_t colours[XLSX_LOOK_COUNT] = {
        [XLSX_RED] = 0xFFC7CE,
        [XLSX_ORANGE] = 0xFCD5B4,
        [XLSX_YELLOW] = 0xFFEB9C,
        [XLSX_GREEN] = 0xC6EFCE,
        [XLSX_GREY] = 0xD9D9D9,
    };
    for (int i = 0; i < FORMATS; i++) {
        xlsx->format[i] = workbook_add_format(xlsx->book);
        format_set_align(xlsx->format[i], LXW_ALIGN_VERTICAL_TOP);
        if (i < XLSX_LOOK_COUNT || i == LOOK_HEAD)
            format_set_text_wrap(xlsx->format[i]);
        if (i < XLSX_LOOK_COUNT && colours[i] != 0)
            format_set_bg_color(xlsx->format[i], colours[i]);
    }
    format_set_bold(xlsx->format[LOOK_HEAD]);
    format_set_bg_color(xlsx->format[LOOK_HEAD], 0xDDEBF7);
    format_set_border(xlsx->format[LOOK_HEAD], LXW_BORDER_THIN);
    format_set_num_format(xlsx->format[LOOK_DATE], "yyyy-mm-dd");
    format_set_num_format(xlsx->format[LOOK_PERCENT], "0\"%\"");
}

struct xlsx *xlsx_new(const char *path, const struct xlsx_about *about)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = getenv("TMPDIR")};
    lxw_doc_properties properties = {
        .title = (char *)about->title,
        .subject = (char *)about->subject,
        .author = (char *)about->author,
        .comments = (char *)about->comments,
        .created = (time_t)(about->at / 1000),
    };
    struct xlsx *xlsx = alloc_zero(1, sizeof *xlsx);
    xlsx->book = workbook_new_opt(path, &options);
    if (xlsx->book == NULL)
        abort(); /* no memory */
    workbook_set_properties(xlsx->book, &properties);
    make_formats(xlsx);
    return xlsx;
}

static void sheet_free(struct xlsx_sheet *sheet)
{
    for (size_t i = 0; i < sheet->columns; i++)
        free(sheet->heading[i]);
    free(sheet->heading);
    free(sheet->width);
    free(sheet->name);
    free(sheet);
}

static void xlsx_free(struct xlsx *xlsx)
{
    for (size_t i = 0; i < xlsx->sheets; i++)
        sheet_free(xlsx->sheet[i]);
    free(xlsx->sheet);
    strbuf_clear(&xlsx->text);
    free(xlsx);
}

/* --- text ------------------------------------------------------------------------------------ */

static bool is_escape(const char *text)
{
    return text[0] == '_' && text[1] == 'x' && isxdigit((unsigned char)text[2]) &&
           isxdigit((unsigned char)text[3]) && isxdigit((unsigned char)text[4]) &&
           isxdigit((unsigned char)text[5]) && text[6] == '_';
}

/* What is no character of XML is replaced, and what would be read as an escape (_x000A_) is
 * escaped, as far as a cell may be filled. False where it is cut. */
static bool put_cell_text(struct strbuf *out, const char *text)
{
    uint32_t code;
    int units = 0;
    for (int length; (length = text_decode(text, &code)) > 0; text += length) {
        units += is_escape(text) ? 7 : code > 0xFFFF ? 2 : 1;
        if (units > UNITS_MOST)
            return false;
        if (is_escape(text))
            strbuf_add(out, "_x005F_");
        else if ((code < ' ' && code != '\n') || (code & 0xFFFE) == 0xFFFE)
            strbuf_add(out, "\xEF\xBF\xBD");
        else
            strbuf_add_n(out, text, (size_t)length);
    }
    return true;
}

static bool is_plain(const char *text)
{
    size_t length = 0;
    for (; text[length] != '\0'; length++) {
        unsigned char byte = (unsigned char)text[length];
        if ((byte < ' ' && byte != '\n') || byte == 0xEF || byte == 0xF0 || byte == '_')
            return false;
    }
    return length <= UNITS_MOST;
}

static const char *cell_text(struct xlsx *xlsx, const char *text)
{
    if (is_plain(text))
        return text;
    strbuf_cut(&xlsx->text, 0);
    xlsx->cut += !put_cell_text(&xlsx->text, text);
    return strbuf_text(&xlsx->text);
}

/* The widest of its lines. */
static int lines_width(const char *text)
{
    int most = 0;
    while (*text != '\0' && most < WIDTH_MOST) {
        size_t length = strcspn(text, "\n");
        char *line = alloc_string_n(text, length);
        int width = text_width(line);
        most = width > most ? width : most;
        free(line);
        text += length + (text[length] == '\n');
    }
    return most;
}

static void widen(struct xlsx_sheet *sheet, size_t column, int width)
{
    if (width > sheet->width[column])
        sheet->width[column] = width;
}

/* --- sheets ---------------------------------------------------------------------------------- */

static void open_sheet(struct xlsx_sheet *sheet)
{
    struct xlsx *xlsx = sheet->xlsx;
    char *name = sheet->number == 1 ? alloc_string(sheet->name)
                                    : alloc_format("%s %d", sheet->name, sheet->number);
    sheet->sheet = workbook_add_worksheet(xlsx->book, name);
    free(name);
    sheet->row = 0;
    if (sheet->sheet == NULL) { /* no temporary file could be made */
        xlsx->failed = true;
        return;
    }
    worksheet_freeze_panes(sheet->sheet, 1, 0);
    for (size_t i = 0; i < sheet->columns; i++)
        worksheet_write_string(
            sheet->sheet, 0, (lxw_col_t)i, sheet->heading[i], xlsx->format[LOOK_HEAD]);
}

static void close_sheet(struct xlsx_sheet *sheet)
{
    if (sheet->sheet == NULL)
        return;
    for (size_t i = 0; i < sheet->columns; i++) {
        int width = sheet->width[i] + 2;
        width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
        worksheet_set_column(sheet->sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL);
    }
    worksheet_autofilter(sheet->sheet, 0, 0, sheet->row, (lxw_col_t)(sheet->columns - 1));
    worksheet_repeat_rows(sheet->sheet, 0, 0);
    worksheet_set_landscape(sheet->sheet);
    FILE *rows = sheet->sheet->optimize_tmpfile;
    if (rows != NULL && (fflush(rows) != 0 || ferror(rows)))
        sheet->xlsx->failed = true;
}

struct xlsx_sheet *xlsx_sheet_new(
    struct xlsx *xlsx, const char *name, const char *const *headings, size_t count)
{
    struct xlsx_sheet *sheet = alloc_zero(1, sizeof *sheet);
    sheet->xlsx = xlsx;
    sheet->name = alloc_string(name);
    sheet->columns = count;
    sheet->heading = alloc_zero(count, sizeof *sheet->heading);
    sheet->width = alloc_zero(count, sizeof *sheet->width);
    sheet->number = 1;
    for (size_t i = 0; i < count; i++) {
        sheet->heading[i] = alloc_string(cell_text(xlsx, headings[i]));
        widen(sheet, i, lines_width(headings[i]));
    }
    xlsx->sheet = alloc_grow(xlsx->sheet, &xlsx->capacity, xlsx->sheets + 1, sizeof *xlsx->sheet);
    xlsx->sheet[xlsx->sheets++] = sheet;
    open_sheet(sheet);
    return sheet;
}

void xlsx_row(struct xlsx_sheet *sheet)
{
    if (sheet->row + 1 >= ROWS_MOST) {
        close_sheet(sheet);
        sheet->number++;
        open_sheet(sheet);
    }
    sheet->row++;
    sheet->rows++;
}

void xlsx_text(struct xlsx_sheet *sheet, size_t column, const char *text, enum xlsx_look look)
{
    if (*text == '\0' || sheet->sheet == NULL)
        return;
    if (sheet->rows <= ROWS_MEASURED)
        widen(sheet, column, lines_width(text));
    worksheet_write_string(sheet->sheet, sheet->row, (lxw_col_t)column,
        cell_text(sheet->xlsx, text), sheet->xlsx->format[look]);
}

static void put_number(struct xlsx_sheet *sheet, size_t column, double number, int look)
{
    if (sheet->sheet != NULL)
        worksheet_write_number(
            sheet->sheet, sheet->row, (lxw_col_t)column, number, sheet->xlsx->format[look]);
}

/* Days are counted from 1899-12-30; before March 1900 spreadsheets count otherwise. */
void xlsx_date(struct xlsx_sheet *sheet, size_t column, date_t date)
{
    date_t first = date_make(1900, 3, 1);
    char iso[11];
    if (date < first) {
        xlsx_text(sheet, column, date_format(date, iso), XLSX_PLAIN);
        return;
    }
    widen(sheet, column, WIDTH_DATE);
    put_number(sheet, column, date - first + 61, LOOK_DATE);
}

void xlsx_number(struct xlsx_sheet *sheet, size_t column, double number)
{
    put_number(sheet, column, number, LOOK_NUMBER);
}

void xlsx_percent(struct xlsx_sheet *sheet, size_t column, int percent)
{
    put_number(sheet, column, percent, LOOK_PERCENT);
}

/* --- the end --------------------------------------------------------------------------------- */

bool xlsx_end(struct xlsx *xlsx, size_t *cut, struct error *err)
{
    for (size_t i = 0; i < xlsx->sheets; i++)
        close_sheet(xlsx->sheet[i]);
    *cut = xlsx->cut;
    bool failed = xlsx->failed;
    lxw_error wrong = failed ? LXW_NO_ERROR : workbook_close(xlsx->book);
    if (failed) {
        lxw_workbook_free(xlsx->book);
        error_set(err, ERROR_IO,
            _("the rows of the workbook cannot be kept while it is made: the folder for temporary "
              "files is full or not there; name another in TMPDIR"));
    } else if (wrong != LXW_NO_ERROR) {
        error_set(err, ERROR_IO, _("the workbook cannot be written: %s"), lxw_strerror(wrong));
    }
    xlsx_free(xlsx);
    return !failed && wrong == LXW_NO_ERROR;
}

void xlsx_abandon(struct xlsx *xlsx)
{
    lxw_workbook_free(xlsx->book);
    xlsx_free(xlsx);
}
