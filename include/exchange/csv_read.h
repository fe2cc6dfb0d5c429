/* csv_read: text of cells, as spreadsheets save it, to a grid. Cells are parted by , ; | or tab:
 * which one is told by the row of known headings, else by what gives rows of one width. Quoted
 * cells may hold the delimiter, lines and doubled quotes; rows end in CRLF, LF or CR and may be of
 * any width; lines that are empty are no rows. */
#ifndef EXCHANGE_CSV_READ_H
#define EXCHANGE_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "exchange/grid.h"

#define CSV_BYTES_MOST (64 << 20) /* of a file */

/* The delimiter of valid UTF-8 text (from charset_read); ',' where there is none to see. `*rows` of
 * the first rows are at least two cells wide, `*known` headings stand in the best of them (both may
 * be NULL). */
char csv_delimiter(const char *text, size_t count, size_t *rows, size_t *known);

/* Lines are those of the file, over lines within cells. The error names line and column: a quote
 * that is never closed (by the line where it was opened), one within a quoted cell that is not
 * doubled, a cell or table too large. */
bool csv_read(const char *text, size_t count, char delimiter, struct grid *out, struct error *err);

#endif
