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

extern const struct migration migrations[];
extern const size_t migrations_count;

/* Brings `db` from `version` (0: empty) to the newest. */
bool migrate_run(struct db *db, int version, struct error *err);
int migrate_newest(void);

#endif
