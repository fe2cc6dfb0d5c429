/* charset: in what the bytes of a file are written, and those bytes as UTF-8.
 *
 * Without a name it is found out by what decodes strictly: a byte order mark; UTF-16 where the zero
 * bytes of ASCII characters stand on one side; UTF-8; GB18030 (which GBK and GB2312 are part of)
 * where it decodes and nearly all is common Chinese. Nothing else is guessed: other charsets are
 * named, by any name that iconv knows. */
#ifndef BASE_CHARSET_H
#define BASE_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct charset_text {
    const char *bytes; /* UTF-8, valid, without a byte order mark; not NUL-terminated */
    size_t count;
    const char *charset; /* "UTF-8", "UTF-16LE", "GB18030", or as named */
    char *owned;
};

/* `out` may point into `bytes`, and at `name`. Bytes that are not of the charset are ERROR_INPUT:
 * the sentence names line and bytes, and so are zero bytes and a last character that is cut off. */
bool charset_read(
    const char *bytes, size_t count, const char *name, struct charset_text *out, struct error *err);
void charset_text_clear(struct charset_text *text);

#endif
