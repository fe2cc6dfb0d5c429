/* xlsx_write: workbooks, written row by row: the one owner of libxlsxwriter.
 *
 * A sheet has a row of headings that stays, a filter on it, and columns as wide as what stands in
 * their first rows, within bounds. Rows go to temporary files as they are made ($TMPDIR, else
 * /tmp), so that a long sheet never stands in memory; one with more rows than a sheet may have goes
 * on in another. A text is written as a text whatever it begins with: there are no formulas. One
 * that is longer than a cell may be is cut, and counted. */
#ifndef EXCHANGE_XLSX_WRITE_H
#define EXCHANGE_XLSX_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"

struct xlsx_about {
    const char *title, *subject, *author, *comments;
    moment_t at;
};
struct xlsx;
struct xlsx_sheet;
/* What is there under that name is overwritten at the end. */
struct xlsx *xlsx_new(const char *path, const struct xlsx_about *about);
/* False: it could not be written. `cut` counts texts. Frees. */
bool xlsx_end(struct xlsx *xlsx, size_t *cut, struct error *err);
void xlsx_abandon(struct xlsx *xlsx); /* nothing is written; frees */

/* How many of the first columns stay when the rest is looked through, and stand on each page that
 * is printed. */
struct xlsx_layout {
    size_t frozen, repeated;
};
/* `headings` are copied. The sheet goes with the workbook. */
struct xlsx_sheet *xlsx_sheet_new(struct xlsx *xlsx, const char *name, struct xlsx_layout layout,
    const char *const *headings, size_t count);

/* How a text looks. */
enum xlsx_look {
    XLSX_PLAIN,
    XLSX_RED,
    XLSX_ORANGE,
    XLSX_YELLOW,
    XLSX_GREEN,
    XLSX_GREY,
    XLSX_LOOK_COUNT
};
/* Cells of a row, from the left; one that is not told is empty. */
void xlsx_row(struct xlsx_sheet *sheet);
void xlsx_text(struct xlsx_sheet *sheet, size_t column, const char *text, enum xlsx_look look);
void xlsx_date(struct xlsx_sheet *sheet, size_t column, date_t date);
void xlsx_number(struct xlsx_sheet *sheet, size_t column, double number);
/* 60 is shown as 60%, and is 60: what reads the cell reads the number that duban keeps. */
void xlsx_percent(struct xlsx_sheet *sheet, size_t column, int percent);

#endif
