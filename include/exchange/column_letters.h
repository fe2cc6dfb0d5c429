/* column_letters: the columns of a sheet as spreadsheets name them: A, Z, AA. */
#ifndef EXCHANGE_COLUMN_LETTERS_H
#define EXCHANGE_COLUMN_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

#define COLUMN_LETTERS 8
/* `column` from 0. More than seven letters there are not. */
void column_letters(size_t column, char out[static COLUMN_LETTERS]);
/* For a person: "column 5", or "column E" where `lettered`. */
void column_name(struct strbuf *out, size_t column, bool lettered);

#endif
