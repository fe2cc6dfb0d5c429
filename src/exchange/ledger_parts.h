/* What the files of the ledger share. */
#ifndef EXCHANGE_LEDGER_PARTS_H
#define EXCHANGE_LEDGER_PARTS_H

#include "exchange/ledger.h"
#include "model/import.h"

/* ledger_beside.c: the sheet of measures beside that of the tasks; the grid outlives it. */
bool ledger_beside_is(const struct grid *grid);
struct ledger_beside *ledger_beside_new(const struct grid *grid); /* of NULL NULL */
void ledger_beside_free(struct ledger_beside *beside);            /* NULL is fine */
/* What the sheet of tasks told of the task's measures, in order. */
struct ledger_told_measures {
    char **text;
    size_t count, room;
};
/* Tells of the task in hand, by its number, the days of its measures; where it told none, those
 * too. A measure that stands otherwise there is warned of, and its days are left out. */
void ledger_beside_tell(const struct ledger_beside *beside, const char *number,
    const struct ledger_told_measures *told, struct import *import);

/* ledger_read.c: what parts the cells, for a person. */
void ledger_tell_delimiter(char delimiter, struct strbuf *told);

/* A column for a person: its heading in one line, or its number. */
void ledger_column_name(struct strbuf *out, const struct ledger *ledger, size_t column);
/* What --map calls it, for a shell too: its letters or number. A heading may have blanks, lines and
 * quotes. */
void ledger_column_word(struct strbuf *out, const struct ledger *ledger, size_t column);
/* Whether any row of a task has something in it. */
bool ledger_column_has_text(const struct grid *grid, const struct ledger *ledger, size_t column);

/* Why a row is no task: a translated word with the place of its text, NULL where it is one. */
const char *ledger_passed_over(const struct grid *grid, const struct ledger *ledger, size_t row);

#endif
