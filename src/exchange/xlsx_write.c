#include "xlsx_write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "exchange/column_letters.h"
#include "package_put.h"
#include "xlsx_cell.h"
#include "xlsx_words.h"

enum {
    ROWS_MOST = LXW_ROW_MAX,
    WIDTH_LEAST = 6,
    WIDTH_MOST = 48,
    WIDTH_EMPTY = 8, /* its heading takes several lines */
    WIDTH_DATE = 11,
    WIDTH_ARROW = 2,  /* of the filter's button, over the end of a heading */
    WIDTH_PAGE = 230, /* of A4 across, as small as it can still be read */
    PAPER_A4 = 9,
    ROWS_MEASURED = 200,
    FLUSH_BYTES = 1 << 16
};
#define MARGIN 0.4 /* inches */

enum { LOOK_HEAD = XLSX_LOOK_COUNT, LOOK_DATE, LOOK_NUMBER, LOOK_PERCENT, FORMATS };

struct xlsx {
    lxw_workbook *book;
    lxw_format *format[FORMATS];
    int index[FORMATS]; /* of the formats, in the file */
    struct xlsx_sheet **sheet;
    size_t sheets, capacity, cut;
    struct strbuf text;
    struct xlsx_words words;
    char *path;
    int failed;                 /* errno, where a temporary file took no more */
    struct package_rows **rows; /* of each sheet, in the order of the file */
    size_t row_sheets, row_capacity;
};
struct column {
    char *heading;
    char letters[COLUMN_LETTERS];
    int width, fresh; /* fresh: of xlsx_words */
    bool filled;      /* it has a cell besides its heading */
};
struct xlsx_sheet {
    struct xlsx *xlsx;
    lxw_worksheet *sheet; /* NULL: it could not be made */
    struct xlsx_layout layout;
    char *name;
    struct column *column;
    size_t columns;
    int number;          /* of the sheets of this name */
    lxw_row_t row, rows; /* rows: so far, in all */
    char row_digits[12]; /* of the row that is being made */
    struct strbuf out;   /* rows as XML, on their way to the packer */
    struct package_rows *packed;
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
    for (int i = 0; i < FORMATS; i++)
        xlsx->index[i] = lxw_format_get_xf_index(xlsx->format[i]);
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
    xlsx->path = alloc_string(path);
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
        free(sheet->column[i].heading);
    free(sheet->column);
    free(sheet->name);
    strbuf_clear(&sheet->out);
    free(sheet);
}

static void xlsx_free(struct xlsx *xlsx)
{
    for (size_t i = 0; i < xlsx->sheets; i++)
        sheet_free(xlsx->sheet[i]);
    free(xlsx->sheet);
    free(xlsx->path);
    for (size_t i = 0; i < xlsx->row_sheets; i++)
        package_rows_free(xlsx->rows[i]);
    free(xlsx->rows);
    strbuf_clear(&xlsx->text);
    xlsx_words_clear(&xlsx->words);
    free(xlsx);
}

/* --- text ------------------------------------------------------------------------------------ */

static const char *cell_text(struct xlsx *xlsx, const char *text)
{
    return xlsx_cell_text(text, &xlsx->text, &xlsx->cut);
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
    if (width > sheet->column[column].width)
        sheet->column[column].width = width;
}

/* --- sheets ---------------------------------------------------------------------------------- */

static const char *temporary_folder(void)
{
    const char *folder = getenv("TMPDIR");
    return folder != NULL ? folder : P_tmpdir;
}

/* The first reason is the one that tells. */
static void fail(struct xlsx *xlsx)
{
    if (xlsx->failed == 0)
        xlsx->failed = errno != 0 ? errno : EIO;
}

static void open_sheet(struct xlsx_sheet *sheet)
{
    struct xlsx *xlsx = sheet->xlsx;
    char *name = sheet->number == 1 ? alloc_string(sheet->name)
                                    : alloc_format("%s %d", sheet->name, sheet->number);
    sheet->sheet = workbook_add_worksheet(xlsx->book, name);
    free(name);
    sheet->row = 0;
    if (sheet->sheet != NULL && sheet->sheet->optimize_tmpfile != NULL)
        sheet->packed = package_rows_new(temporary_folder());
    if (sheet->sheet != NULL && sheet->packed != NULL) {
        xlsx->rows =
            alloc_grow(xlsx->rows, &xlsx->row_capacity, xlsx->row_sheets + 1, sizeof *xlsx->rows);
        xlsx->rows[xlsx->row_sheets++] = sheet->packed;
    } else {
        sheet->sheet = NULL;
        fail(xlsx); /* no temporary file could be made */
        return;
    }
    worksheet_freeze_panes(sheet->sheet, 1, (lxw_col_t)sheet->layout.frozen);
    for (size_t i = 0; i < sheet->columns; i++)
        worksheet_write_string(
            sheet->sheet, 0, (lxw_col_t)i, sheet->column[i].heading, xlsx->format[LOOK_HEAD]);
}

/* As wide as what stands in them; a sheet too wide for a page goes over several side by side, each
 * with the columns that stay. */
static void set_widths(struct xlsx_sheet *sheet)
{
    int total = 0;
    for (size_t i = 0; i < sheet->columns; i++) {
        int width = sheet->column[i].filled ? sheet->column[i].width + 2 : WIDTH_EMPTY;
        width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
        worksheet_set_column(sheet->sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL);
        total += width;
    }
    int pages = (total + WIDTH_PAGE - 1) / WIDTH_PAGE;
    worksheet_fit_to_pages(sheet->sheet, (uint16_t)pages, 0);
    if (pages > 1 && sheet->layout.repeated > 0)
        worksheet_repeat_columns(sheet->sheet, 0, (lxw_col_t)(sheet->layout.repeated - 1));
}

static void flush(struct xlsx_sheet *sheet)
{
    if (sheet->out.length > 0 &&
        !package_rows_add(sheet->packed, strbuf_text(&sheet->out), sheet->out.length))
        fail(sheet->xlsx);
    strbuf_cut(&sheet->out, 0);
}

static void end_row(struct xlsx_sheet *sheet)
{
    if (sheet->row > 0)
        strbuf_add(&sheet->out, "</row>");
    if (sheet->out.length > FLUSH_BYTES)
        flush(sheet);
}

static void close_sheet(struct xlsx_sheet *sheet)
{
    if (sheet->sheet == NULL)
        return;
    end_row(sheet);
    flush(sheet);
    set_widths(sheet);
    /* which tells the library how many rows there are, too */
    worksheet_autofilter(sheet->sheet, 0, 0, sheet->row, (lxw_col_t)(sheet->columns - 1));
    worksheet_repeat_rows(sheet->sheet, 0, 0);
    worksheet_set_landscape(sheet->sheet);
    worksheet_set_paper(sheet->sheet, PAPER_A4);
    worksheet_set_margins(sheet->sheet, MARGIN, MARGIN, MARGIN, 2 * MARGIN);
    worksheet_set_footer(sheet->sheet, "&C&A  &P / &N");
    if (!package_rows_end(sheet->packed))
        fail(sheet->xlsx);
}

struct xlsx_sheet *xlsx_sheet_new(struct xlsx *xlsx, const char *name, struct xlsx_layout layout,
    const char *const *headings, size_t count)
{
    struct xlsx_sheet *sheet = alloc_zero(1, sizeof *sheet);
    sheet->xlsx = xlsx;
    sheet->name = alloc_string(name);
    sheet->layout = layout;
    sheet->columns = count;
    sheet->column = alloc_zero(count, sizeof *sheet->column);
    sheet->number = 1;
    for (size_t i = 0; i < count; i++) {
        sheet->column[i].heading = alloc_string(cell_text(xlsx, headings[i]));
        column_letters(i, sheet->column[i].letters);
        widen(sheet, i, lines_width(headings[i]) + WIDTH_ARROW);
    }
    xlsx->sheet = alloc_grow(xlsx->sheet, &xlsx->capacity, xlsx->sheets + 1, sizeof *xlsx->sheet);
    xlsx->sheet[xlsx->sheets++] = sheet;
    open_sheet(sheet);
    return sheet;
}

/* --- rows ------------------------------------------------------------------------------------ */

/* The library makes a cell with half a dozen pieces of memory and a printf, and packs with all its
 * might: with very many cells that is most of what a workbook costs. It writes the sheets with
 * their headings only; the rows are written here as it would write them (inline strings, as where
 * it keeps rows in a file), packed, and put into its sheets when it is done. */

void xlsx_row(struct xlsx_sheet *sheet)
{
    if (sheet->sheet == NULL)
        return;
    if (sheet->row + 1 >= ROWS_MOST) {
        close_sheet(sheet);
        sheet->number++;
        open_sheet(sheet);
        if (sheet->sheet == NULL)
            return;
    }
    end_row(sheet);
    sheet->row++;
    sheet->rows++;
    snprintf(sheet->row_digits, sizeof sheet->row_digits, "%u", (unsigned)sheet->row + 1);
    strbuf_add(&sheet->out, "<row r=\"");
    strbuf_add(&sheet->out, sheet->row_digits);
    strbuf_add(&sheet->out, "\">");
}

static void begin_cell(struct xlsx_sheet *sheet, size_t column, int look)
{
    sheet->column[column].filled = true;
    strbuf_add(&sheet->out, "<c r=\"");
    strbuf_add(&sheet->out, sheet->column[column].letters);
    strbuf_add(&sheet->out, sheet->row_digits);
    strbuf_add(&sheet->out, "\" s=\"");
    strbuf_add_int(&sheet->out, sheet->xlsx->index[look]);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

void xlsx_text(struct xlsx_sheet *sheet, size_t column, const char *text, enum xlsx_look look)
{
    if (*text == '\0' || sheet->sheet == NULL)
        return;
    if (sheet->rows <= ROWS_MEASURED)
        widen(sheet, column, lines_width(text));
    size_t number;
    const char *cell = cell_text(sheet->xlsx, text);
    begin_cell(sheet, column, (int)look);
    if (cell == text &&
        xlsx_words_number(&sheet->xlsx->words, text, &sheet->column[column].fresh, &number)) {
        strbuf_add(&sheet->out, "\" t=\"s\"><v>");
        strbuf_add_int(&sheet->out, (int64_t)number);
        strbuf_add(&sheet->out, "</v></c>");
        return;
    }
    bool kept = is_blank(*cell) || is_blank(cell[strlen(cell) - 1]);
    strbuf_add(&sheet->out, "\" t=\"inlineStr\"><is><t");
    strbuf_add(&sheet->out, kept ? " xml:space=\"preserve\">" : ">");
    xlsx_cell_escape(&sheet->out, cell);
    strbuf_add(&sheet->out, "</t></is></c>");
}

static void put_number(struct xlsx_sheet *sheet, size_t column, double number, int look)
{
    if (sheet->sheet == NULL)
        return;
    begin_cell(sheet, column, look);
    strbuf_add(&sheet->out, "\"><v>");
    if (number == (double)(int64_t)number)
        strbuf_add_int(&sheet->out, (int64_t)number);
    else
        strbuf_format(&sheet->out, "%.15g", number);
    strbuf_add(&sheet->out, "</v></c>");
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

static bool refuse_temporary(int wrong, struct error *err)
{
    return error_set(err, ERROR_IO,
        _("the workbook cannot be made: the folder %s, where its rows are kept until it is whole, "
          "takes no more (%s); make room there, or name another folder in TMPDIR"),
        temporary_folder(), strerror(wrong));
}

static bool refuse_place(const char *path, const char *why, struct error *err)
{
    const char *slash = strrchr(path, '/');
    char *folder =
        slash != NULL ? alloc_string_n(path, (size_t)(slash - path) + 1) : alloc_string(".");
    error_set(err, ERROR_IO,
        _("the workbook cannot be written to the folder %s: %s; make room there, or name another "
          "folder"),
        folder, why);
    free(folder);
    return false;
}

/* The library complains on standard error besides, where a board may be drawn. Only the stream it
 * writes to is another meanwhile: what goes to the descriptor, as from who dies or is sent away while
 * this thread is at work (ui/emergency.h, app/visit.h), is not hidden. */
static lxw_error close_quietly(lxw_workbook *book, int *why)
{
    FILE *kept = stderr, *nowhere = fopen("/dev/null", "we");
    if (nowhere != NULL)
        stderr = nowhere;
    errno = 0;
    lxw_error wrong = workbook_close(book);
    *why = errno;
    stderr = kept;
    if (nowhere != NULL)
        fclose(nowhere);
    return wrong;
}

static bool put_rows(const struct xlsx *xlsx, int *why)
{
    struct package_part *parts = alloc_zero(xlsx->row_sheets, sizeof *parts);
    char **names = alloc_zero(xlsx->row_sheets, sizeof *names);
    for (size_t i = 0; i < xlsx->row_sheets; i++) {
        names[i] = alloc_format("xl/worksheets/sheet%zu.xml", i + 1);
        parts[i] = (struct package_part){names[i], "</sheetData>", xlsx->rows[i]};
    }
    bool good = package_put(xlsx->path, parts, xlsx->row_sheets, why);
    for (size_t i = 0; i < xlsx->row_sheets; i++)
        free(names[i]);
    free(names);
    free(parts);
    return good;
}

static bool close_book(const struct xlsx *xlsx, struct error *err)
{
    int why;
    lxw_error wrong = close_quietly(xlsx->book, &why);
    if (wrong == LXW_ERROR_CREATING_TMPFILE)
        return refuse_temporary(why != 0 ? why : EIO, err);
    if (wrong != LXW_NO_ERROR)
        return refuse_place(xlsx->path, why != 0 ? strerror(why) : lxw_strerror(wrong), err);
    if (put_rows(xlsx, &why))
        return true;
    /* the library does not notice where what it wrote was not taken: it is damaged then */
    return why != 0 ? refuse_place(xlsx->path, strerror(why), err) : refuse_temporary(ENOSPC, err);
}

bool xlsx_end(struct xlsx *xlsx, size_t *cut, struct error *err)
{
    for (size_t i = 0; i < xlsx->sheets; i++)
        close_sheet(xlsx->sheet[i]);
    *cut = xlsx->cut;
    for (size_t i = 0; i < xlsx->words.count; i++) /* which the library numbers alike */
        lxw_get_sst_index(xlsx->book->sst, xlsx->words.word[i], LXW_FALSE);
    bool good = xlsx->failed == 0;
    if (!good) {
        lxw_workbook_free(xlsx->book);
        refuse_temporary(xlsx->failed, err);
    } else {
        good = close_book(xlsx, err);
    }
    xlsx_free(xlsx);
    return good;
}

void xlsx_abandon(struct xlsx *xlsx)
{
    lxw_workbook_free(xlsx->book);
    xlsx_free(xlsx);
}
