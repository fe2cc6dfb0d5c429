/* xlsx_parts: what the files of the reader of workbooks share: the book with its sheets, the texts
 * and the formats that its cells name, and a value of a cell as text. */
#ifndef EXCHANGE_XLSX_PARTS_H
#define EXCHANGE_XLSX_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "exchange/grid.h"
#include "package.h"

enum {
    XLSX_ROWS = 1048576, /* of a sheet */
    XLSX_COLUMNS = 16384,
    XLSX_SHEETS_MOST = 1024,
    XLSX_RELATIONS_MOST = 8192,
    XLSX_FORMATS_MOST = 65536,
    XLSX_STRINGS_MOST = 8 << 20,
    XLSX_CELLS_MOST = 16 << 20, /* of a table, empty ones between others and merged ones, too */
    XLSX_MERGED_MOST = 1 << 20,
};

/* --- the book (xlsx_book.c) ---- */

struct xlsx_sheet_entry {
    char *name, *part; /* name: clean; part: "" where there is none */
    bool hidden;
};
struct xlsx_book {
    struct xlsx_sheet_entry *sheet; /* as the tabs stand; charts are none */
    size_t count, room;
    char *strings, *styles; /* parts; NULL none */
    bool from_1904;
};
bool xlsx_book_read(struct package *package, struct xlsx_book *out, struct error *err);
void xlsx_book_clear(struct xlsx_book *book);
/* By name, else by number; NULL: the first that is not hidden. */
bool xlsx_book_choose(
    const struct xlsx_book *book, const char *typed, size_t *out, struct error *err);
/* "2 汇总, 3 附表 (hidden)": the sheets but those that are read, one and what stands beside it. */
void xlsx_book_list(
    const struct xlsx_book *book, size_t except, size_t beside, struct strbuf *out);

/* --- texts (xlsx_string.c) ---- */

/* A text made of runs, as in <si> and <is>: fed with what is inside, it keeps what is read of it.
 */
struct xlsx_text {
    struct strbuf text;
    size_t start;    /* of the run */
    size_t phonetic; /* open <rPh> */
    bool is_open, preserve;
};
void xlsx_text_begin(struct xlsx_text *text);
void xlsx_text_start(struct xlsx_text *text, const char *name, const char **attributes);
void xlsx_text_end(struct xlsx_text *text, const char *name);
/* False when it is too long, with an error that names no place. */
bool xlsx_text_add(struct xlsx_text *text, const char *bytes, size_t count, struct error *err);
/* _xHHHH_ as the characters they stand for. */
void xlsx_unescape(struct strbuf *text);

/* Shared texts, kept in the grid. */
struct xlsx_strings {
    uint32_t *id; /* of grid_keep */
    size_t count, room;
};
bool xlsx_strings_read(struct package *package, const char *part, struct grid *grid,
    struct xlsx_strings *out, struct error *err);

/* --- formats (xlsx_format.c, xlsx_style.c) ---- */

enum xlsx_look {
    XLSX_GENERAL, /* and whatever shows the number as it is */
    XLSX_DATE,
    XLSX_MONTH, /* of a year: 2026年12月 */
    XLSX_YEAR,
    XLSX_TIME,
    XLSX_PERCENT,
    XLSX_PADDED, /* 007, T-007 */
    XLSX_NOTHING,
};
#define WRITTEN_COLUMNS 40 /* of what stands in the file, in a sentence */
#define XLSX_LITERAL 24
struct xlsx_section {
    enum xlsx_look look;
    uint8_t digits; /* of XLSX_PADDED: in all; of XLSX_PERCENT: behind the point */
    char before[XLSX_LITERAL], after[XLSX_LITERAL]; /* of XLSX_PADDED */
    char compare; /* of its condition: < > = l (<=) g (>=) n (<>); 0 none */
    double with;
};
struct xlsx_format {
    struct xlsx_section section[3];
    size_t count;
};
void xlsx_format_read(const char *code, struct xlsx_format *out);
const struct xlsx_section *xlsx_format_choose(const struct xlsx_format *format, double value);

struct xlsx_styles {
    struct xlsx_format *format;
    int *format_id; /* of the file */
    size_t formats, format_room;
    uint32_t *cell; /* by style: index of its format */
    size_t cells, cell_room;
};
bool xlsx_styles_read(
    struct package *package, const char *part, struct xlsx_styles *out, struct error *err);
void xlsx_styles_clear(struct xlsx_styles *styles);
const struct xlsx_format *xlsx_style_format(const struct xlsx_styles *styles, size_t style);

/* --- values (xlsx_value.c) ---- */

/* The text that a number is read as, by the look of its cell; a sentence of GRID_WRONG where it has
 * none. */
enum grid_kind xlsx_value_number(
    const char *written, const struct xlsx_format *format, bool from_1904, struct strbuf *out);
/* A day written out (2026-11-30T00:00:00). */
enum grid_kind xlsx_value_day(const char *written, struct strbuf *out);

/* --- a table (xlsx_table.c) ---- */

struct xlsx_range {
    uint32_t top, left, bottom, right; /* from 1; all of it */
};
struct xlsx_merged {
    struct xlsx_range *range;
    size_t count, room;
};
/* The same with its rows in order, and one of each number. */
struct grid *xlsx_table_order(const struct grid *grid);
/* `cells`: how many the grid has, and then has. */
bool xlsx_table_fill(
    struct grid *grid, const struct xlsx_merged *merged, size_t *cells, struct error *err);

/* --- a sheet (xlsx_sheet.c) ---- */

struct xlsx_sheet_reading {
    struct package *package;
    const char *part;
    const struct xlsx_strings *strings;
    const struct xlsx_styles *styles;
    bool from_1904;
};
/* Its cells to `grid`; what is hidden in it is told by lines. */
bool xlsx_sheet_read(const struct xlsx_sheet_reading *with, struct grid **grid, struct strbuf *told,
    struct error *err);

#endif
