/* ledger_column: the columns of a ledger that is written, and what stands in them.
 *
 * Those of the table of ledgers (exchange/ledger_field.h) come first, in its order, with values in
 * the words that an import understands: units by names that are found again, the number as the
 * identity (2-047.1), measures numbered in one cell, the deadline in the words of the document.
 * Behind them stands what is only told and not read again: the day it is due, the days left, the
 * light. Last is the version of the task, by which an import knows what was changed since. */
#ifndef EXCHANGE_LEDGER_COLUMN_H
#define EXCHANGE_LEDGER_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "model/task_ledger.h"
#include "model/unit_names.h"

enum ledger_kind { LEDGER_IS_TEXT, LEDGER_IS_DATE, LEDGER_IS_NUMBER, LEDGER_IS_PERCENT };
struct ledger_cell {
    enum ledger_kind kind;
    bool empty;
    struct strbuf text; /* of texts */
    date_t date;
    int number;
};
void ledger_cell_clear(struct ledger_cell *cell);
/* As text: dates as 2026-11-30, shares as 60%. */
void ledger_cell_text(const struct ledger_cell *cell, struct strbuf *out);

struct ledger_env {
    const struct units *units;
    struct unit_names *names;
    const struct today *today;
};
struct ledger_column {
    const char *name;  /* of the table of ledgers (ledger_field.h), those derived too */
    const char *other; /* the board's name where it is another; NULL */
    enum ledger_kind kind;
    bool asked;     /* only there when it is named */
    unsigned parts; /* of enum ledger_part: what of a task it tells */
    void (*put)(
        const struct ledger_env *env, const struct ledger_task *task, struct ledger_cell *out);
};
extern const struct ledger_column ledger_columns[];
extern const size_t ledger_column_count;

const char *ledger_column_heading(const struct ledger_column *column);
/* Names with blanks or commas between; "" is all but those that must be named. The caller frees
 * `*out`. ERROR_INPUT: there is none such. */
bool ledger_columns_parse(
    const char *names, const struct ledger_column ***out, size_t *count, struct error *err);
/* What of a task is to be read for these. */
unsigned ledger_columns_parts(const struct ledger_column *const *columns, size_t count);
/* Whether it has the colour of the task's light where there are colours. */
bool ledger_column_is_light(const struct ledger_column *column);
/* `cell` is emptied first. */
void ledger_column_put(const struct ledger_column *column, const struct ledger_env *env,
    const struct ledger_task *task, struct ledger_cell *cell);

#endif
