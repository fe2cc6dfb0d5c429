/* file_take: a file read whole, for who takes it in one piece. Sentences call it "it": who asked
 * puts its name before them. */
#ifndef EXCHANGE_FILE_TAKE_H
#define EXCHANGE_FILE_TAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/strbuf.h"

/* Appends what `from` gives up to its end, or more than `most` bytes of it: there is too much. */
bool file_take_open(int from, size_t most, struct strbuf *out, struct error *err);

/* The same of a file. With `stood`, which gets how it stood, it must be one: a pipe would keep us
 * waiting, a folder holds nothing. ERROR_MISSING: there is none. */
bool file_take(
    const char *path, size_t most, struct strbuf *out, struct stat *stood, struct error *err);

#endif
