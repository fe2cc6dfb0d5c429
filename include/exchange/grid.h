/* grid: a table as a file holds it: rows of cells, in memory, packed (a cell costs its bytes and
 * six more; the same text below itself is kept once). Made by what reads files, read by `ledger`.
 *
 * Text in it is UTF-8, scrubbed once, here: a cell may have lines, each ending in "\n" whatever
 * ended it in the file; blanks around it are taken off, full-width ones too. Rows and columns count
 * from 0, lines and what is said to people from 1. */
#ifndef EXCHANGE_GRID_H
#define EXCHANGE_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/going.h"

#define GRID_ROWS_MOST 1000000
#define GRID_COLUMNS_MOST 1000
#define GRID_CELL_MOST (1 << 20)    /* bytes of a cell */
#define GRID_BYTES_MOST (256 << 20) /* of all cells */

/* NUMBER: as written with a point, no exponent; DATE: 2026-11-30; WRONG: there is no value, and the
 * text is a sentence that says why. */
enum grid_kind { GRID_TEXT, GRID_NUMBER, GRID_DATE, GRID_WRONG };

struct grid;
struct grid *grid_new(void);
void grid_free(struct grid *grid);

void grid_row(
    struct grid *grid, size_t line); /* begins a row: `line` of the file, row of the sheet */
void grid_cell(struct grid *grid, enum grid_kind kind, const char *bytes, size_t count);
/* A text that several cells will have, kept once: what names it; 0 is the empty one. */
uint32_t grid_keep(struct grid *grid, enum grid_kind kind, const char *bytes, size_t count);
void grid_cell_kept(struct grid *grid, uint32_t kept);
/* Who fills it and who reads its rows asks `going`, now and then, for both; it may be NULL. */
void grid_ask(struct grid *grid, const struct going *going);
bool grid_goes_on(const struct grid *grid);
/* Whether all that was put in is there; what goes over a limit is not kept, and the error says
 * where. A reader asks as often as it likes, and once at the end. */
bool grid_check(const struct grid *grid, struct error *err);

size_t grid_rows(const struct grid *grid);
size_t grid_columns(const struct grid *grid); /* of the widest row */
size_t grid_width(const struct grid *grid, size_t row);
size_t grid_line(const struct grid *grid, size_t row);
/* "" where there is none; `kind` may be NULL. */
const char *grid_text(const struct grid *grid, size_t row, size_t column, enum grid_kind *kind);

/* A merged cell: the text at its corner in all of it, as far as the table goes. */
void grid_fill(struct grid *grid, size_t row, size_t column, size_t down, size_t across);
/* Another sheet of the same file that belongs to it; freed with it. NULL: none. */
void grid_put_beside(struct grid *grid, struct grid *beside);
const struct grid *grid_beside(const struct grid *grid);
/* Whether it got its text by grid_fill. */
bool grid_is_filled(const struct grid *grid, size_t row, size_t column);

#endif
