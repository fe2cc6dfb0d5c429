/* ledger: a table of tasks, one a row, to proposals (model/import.h).
 *
 * The row of headings is found by the headings that are known (exchange/ledger_field.h): titles
 * above it are passed over, a second row of headings under merged ones is joined to it. A table
 * without headings is read from its first row when all columns are told by place. Rows of section
 * titles, sums, column numbers and signatures, and headings again on a further page are passed over
 * and told.
 *
 * A row goes on with the task of the row above where its number and its title are merged cells;
 * where the file does not say so (CSV) a row without number and title is a problem, except with
 * `fill`. Then blank cells of place and units go on as well. A further row with a place of its own
 * is a part of the task; else it adds measures and units to it.
 *
 * Numbered measures in one cell are several where the numbers are whole (ledger_measures). A
 * problem where there is no title gives the title: its first sentence. Nothing else is made up. */
#ifndef EXCHANGE_LEDGER_H
#define EXCHANGE_LEDGER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "exchange/grid.h"
#include "exchange/import_kind.h"
#include "exchange/ledger_field.h"

struct ledger_column {
    char *heading;                    /* as in the file; "" where there is none */
    const struct ledger_field *field; /* NULL: not taken */
    bool is_told;                     /* by a person: also that it is left out */
    const struct ledger_field *twice; /* what it would be, were there not another column of it */
};
struct ledger {
    size_t first, last; /* rows of the headings; the rows of tasks begin behind `last` */
    bool has_headings, lettered; /* lettered: its columns are told by letters */
    struct ledger_column *column;
    size_t count;
    const struct ledger_beside *beside; /* the days of measures; NULL: not told. Not freed with it */
};

/* Finds the headings and what they mean. `map` are texts 列=FIELD: a heading, a letter or a number
 * of a column, and a field's name or heading, or "-" to leave it out. ERROR_USAGE: there is no such
 * column or field; ERROR_INPUT: no row of headings. */
bool ledger_open(const struct grid *grid, const char *const *map, size_t map_count,
    struct ledger *out, struct error *err);
void ledger_clear(struct ledger *ledger);

/* Tells the row of headings, what each column is taken for, and its first texts. */
void ledger_tell(const struct grid *grid, const struct ledger *ledger, struct import_told *told);

/* Proposals of all rows; `fill` as above. Rows passed over are told by lines. */
void ledger_propose(const struct grid *grid, const struct ledger *ledger, bool fill,
    struct import *import, struct import_told *told);

/* The numbered measures of one cell ("1.…2.…", "（一）…", "①…", at the start of a line or behind
 * 。；;): `at` is told each in order, without its number, and how many there are is returned. Where
 * the numbers are not whole from 1 on it is one text. */
size_t ledger_measures(
    const char *text, void (*at)(void *context, const char *text, size_t count), void *context);

/* Rows of import_readers. */
int ledger_detect_text(const struct import_document *document);
bool ledger_read_text(const struct import_document *document, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err);
/* What a reader of tables does with its grid: all of the above. */
bool ledger_read_grid(const struct grid *grid, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err);

#endif
