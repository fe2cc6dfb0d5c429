/* file_put: a file that is there whole or not at all: written aside, made durable, then put in
 * its place. */
#ifndef EXCHANGE_FILE_PUT_H
#define EXCHANGE_FILE_PUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* A file that is there already is only replaced where `replace` says so, and keeps its permissions.
 */
bool file_put(const char *path, const char *bytes, size_t count, bool replace, struct error *err);

#endif
