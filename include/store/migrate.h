/* migrate: the schema as rows of {version, name, sql}. A database carries its version in
 * `meta.schema`; opening it runs the rows above that, each in one transaction. A version above the
 * newest row is refused (ERROR_NEWER). To change the schema add a row and a .sql file; never edit
 * one that has been released. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include <stddef.h>

#include "store/db.h"

struct migration {
    int version;
    const char *name;
    const char *sql;
};

/* In the header of the file, so that file(1) and other programs know it: "DUBN". */
#define MIGRATE_APPLICATION_ID 0x4455424e

extern const struct migration migrations[];
extern const size_t migrations_count;

/* Brings `db` to the newest. */
bool migrate_run(struct db *db, struct error *err);
int migrate_newest(void);

/* The same with other rows: what the two above are made of. Rows stand in ascending order. */
bool migrate_apply(struct db *db, const struct migration *rows, size_t count, struct error *err);

#endif
