/* Columns by letters: a number of base 26 whose digits are A to Z, without nought. */
#include "exchange/column_letters.h"

#include <string.h>

#include "base/language.h"

void column_letters(size_t column, char out[static COLUMN_LETTERS])
{
    char backwards[COLUMN_LETTERS] = "", *at = backwards + COLUMN_LETTERS - 1;
    for (size_t rest = column + 1; rest > 0 && at > backwards; rest = (rest - 1) / 26)
        *--at = (char)('A' + (rest - 1) % 26);
    memmove(out, at, strlen(at) + 1);
}

void column_name(struct strbuf *out, size_t column, bool lettered)
{
    char letters[COLUMN_LETTERS];
    column_letters(column, letters);
    if (lettered)
        strbuf_format(out, _("column %s"), letters);
    else
        strbuf_format(out, _("column %zu"), column + 1);
}
