/* package_put: long parts of a package, packed as they are made: what belongs into the middle of a
 * part (the rows of a sheet) goes through the packer into a temporary file, and so into the package
 * as it is. Nothing is packed twice, and nothing stands anywhere unpacked. */
#ifndef EXCHANGE_PACKAGE_PUT_H
#define EXCHANGE_PACKAGE_PUT_H

#include <stdbool.h>
#include <stddef.h>

struct package_rows;

/* In that folder; NULL: errno tells. */
struct package_rows *package_rows_new(const char *folder);
/* False: errno tells. */
bool package_rows_add(struct package_rows *rows, const char *bytes, size_t count);
/* All that was added is in the file. False: errno tells. */
bool package_rows_end(struct package_rows *rows);
void package_rows_free(struct package_rows *rows); /* NULL is fine */

struct package_part {
    const char *name;          /* of the package */
    const char *before;        /* the mark in it in front of which the rows go */
    struct package_rows *rows; /* ended */
};
/* The package at `path` is written anew, with the rows in its parts. False: `*why` is an errno, or
 * 0 where it is no package with such parts. */
bool package_put(const char *path, const struct package_part *parts, size_t count, int *why);

#endif
