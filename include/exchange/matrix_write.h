/* matrix_write: a matrix for others to read: as a table of text, as CSV and as JSON. All three have
 * the same lines in the same order, worst first, and the same numbers. */
#ifndef EXCHANGE_MATRIX_WRITE_H
#define EXCHANGE_MATRIX_WRITE_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "exchange/json_write.h"
#include "model/matrix.h"

/* A table in columns of the terminal, totals first, what lies in a place indented below it. Of no
 * more than `width` columns (0: any number): columns that do not fit follow in a table below. */
void matrix_write_text(const struct matrix *matrix, int width, struct strbuf *out);
/* RFC 4180, UTF-8 without a mark at its beginning. A row for the totals and one for each line: its
 * name, of places also the place it lies in; the total and what it is a part of; and the same two
 * of each column. A text that a spreadsheet would take for a formula has an apostrophe before it.
 */
void matrix_write_csv(const struct matrix *matrix, struct strbuf *out);
/* rows_by columns_by measure filter value of; rows[] and columns[], each of those {key label filter
 * own depth parent value of}; cells[] {row column value of}: `row`, `column` and `parent` count
 * from 0 in rows and columns, `parent` is null where there is none, cells of 0 of 0 are left out.
 * `key` is the code of a place or source, the full name of a department, the word of a state, the
 * category, or the month YYYY-MM; null where a task has none. `filter` is what finds the tasks of
 * the line. */
bool json_matrix(struct json *json, struct model *model, const struct matrix *matrix);

#endif
