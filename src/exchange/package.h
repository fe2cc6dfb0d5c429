/* package: the parts of an Office Open XML file, which is a zip archive of XML, to be read. Names
 * in it are only compared, case and kind of slash aside, never used as files.
 *
 * What is read is bounded: entries, bytes of all parts together, and how far one may be packed; so
 * a small file cannot ask for much time or memory. */
#ifndef EXCHANGE_PACKAGE_H
#define EXCHANGE_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/going.h"

#define PACKAGE_ENTRIES_MOST 10000
#define PACKAGE_BYTES_MOST (512 << 20) /* unpacked, of all that is read */
#define PACKAGE_RATIO_MOST 100         /* unpacked by packed, of a part of more than: */
#define PACKAGE_RATIO_BYTES (10 << 20)

struct package;

/* The bytes are borrowed until package_free. */
bool package_open(const char *bytes, size_t count, struct package **out, struct error *err);
void package_free(struct package *package); /* NULL is fine */
/* Asked at each piece that is read, of whatever part; NULL: it goes on. */
void package_ask(struct package *package, const struct going *going);

/* Whether there is a part; `name` without a slash before it. */
bool package_has(const struct package *package, const char *name);
/* Whether any part's name begins so. */
bool package_has_folder(const struct package *package, const char *prefix);

/* The bytes of a part, piece by piece; `at` returns false, with `err` set, to stop. The error names
 * the part. */
typedef bool package_piece(
    void *context, const char *bytes, size_t count, bool last, struct error *err);
bool package_read(
    struct package *package, const char *name, package_piece *at, void *context, struct error *err);

#endif
