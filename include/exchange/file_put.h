/* file_put: a file that is there whole or not at all: written aside, made durable, then put in
 * its place. */
#ifndef EXCHANGE_FILE_PUT_H
#define EXCHANGE_FILE_PUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* A file that is there already is only replaced where `replace` says so (ERROR_REFUSED otherwise),
 * and keeps its permissions. */
bool file_put(const char *path, const char *bytes, size_t count, bool replace, struct error *err);

/* The same for what is made bit by bit. */
struct file_new;
bool file_begin(const char *path, bool replace, struct file_new **out, struct error *err);
/* False once it could not be written, which file_end tells. */
bool file_add(struct file_new *file, const char *bytes, size_t count);
/* Where it is until it is put in its place, for who writes to a file by its name. */
const char *file_aside(const struct file_new *file);
/* Puts it in its place, or, with `keep` false, takes it away. Frees. */
bool file_end(struct file_new *file, bool keep, struct error *err);

#endif
