/* words: a line split into words by the quoting of a POSIX shell, and by nothing else of it.
 *
 * Words are parted by blanks, tabs and line ends. '…' keeps all between; in "…" a backslash keeps
 * the next of " \ $ ` and takes a line end away; outside quotes it keeps whatever follows. Nothing
 * is expanded and nothing begins another command: < > | ; & ( ) * $ ~ # ` are characters like any
 * other. A backslash at the very end is one, as in a shell.
 *
 * The line is in the charset of the locale, and so are the words: whole characters are stepped
 * over, because in GBK and GB18030 the second byte of a character can be a backslash or a |. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>

#include "base/error.h"

#define WORDS_BYTES 65536 /* the longest line, without its NUL */
#define WORDS_MOST 4096

struct words {   /* {0} is empty and valid */
    char **word; /* `count` of them, then NULL: an argv */
    int count;
    char *text; /* where they stand */
};

/* ERROR_USAGE where a quotation mark is not closed, or where there is too much; then `out` is
 * empty. */
bool words_split(const char *line, struct words *out, struct error *err);
void words_clear(struct words *words); /* frees; empty again */

#endif
