/* What the files of the ledger share. */
#ifndef EXCHANGE_LEDGER_PARTS_H
#define EXCHANGE_LEDGER_PARTS_H

#include "exchange/ledger.h"

/* A column for a person: its heading in one line, or its number. */
void ledger_column_name(struct strbuf *out, const struct ledger *ledger, size_t column);
/* Whether any row of a task has something in it. */
bool ledger_column_has_text(const struct grid *grid, const struct ledger *ledger, size_t column);

/* Why a row is no task: a translated word with the place of its text, NULL where it is one. */
const char *ledger_passed_over(const struct grid *grid, const struct ledger *ledger, size_t row);

#endif
