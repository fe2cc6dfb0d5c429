#include "store/migrate.h"

#include <stdio.h>

const struct migration migrations[] = {
    {
        1,
        "tasks, history and counts",
/* the tables, */
#include "001-schema.sql.h"
/* then their triggers */
#include "001-counts.sql.h"
#include "001-outside.sql.h"
    },
    {
        2,
        "counts of places, and where lives are told",
#include "002-places.sql.h"
#include "002-lives.sql.h"
#include "002-scores.sql.h"
    },
    {
        3,
        "who is on goes out of the database",
#include "003-people.sql.h"
    },
    {
        4,
        "measurable goals, and a lighter index of texts",
#include "004-targets.sql.h"
#include "004-search.sql.h"
    },
    {
        5,
        "an index of texts that is made sooner",
#include "005-search.sql.h"
    },
};
const size_t migrations_count = sizeof migrations / sizeof *migrations;

int migrate_newest(void)
{
    return migrations[migrations_count - 1].version;
}

static bool write_version(struct db *db, int version, struct error *err)
{
    char text[16], pragmas[96];
    snprintf(text, sizeof text, "%d", version);
    snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d",
        MIGRATE_APPLICATION_ID, version);
    struct db_statement *set;
    if (!db_statement(db, META_SET, &set, err))
        return false;
    db_bind_text(set, 1, "schema");
    db_bind_text(set, 2, text);
    return db_run(set, err) && db_script(db, pragmas, err);
}

/* The version is read again behind the gate: two programs may open an old database at once. */
static bool apply_row(struct db *db, const struct migration *row, struct error *err)
{
    if (!db_write_begin(db, err))
        return false;
    if (db_schema_version(db) >= row->version) {
        db_write_rollback(db);
        return true;
    }
    if (db_script(db, row->sql, err) && write_version(db, row->version, err))
        return db_write_commit(db, err);
    db_write_rollback(db);
    return error_prefix(err, "schema %d (%s)", row->version, row->name);
}

bool migrate_apply(struct db *db, const struct migration *rows, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!apply_row(db, &rows[i], err))
            return false;
    return true;
}

bool migrate_run(struct db *db, struct error *err)
{
    return migrate_apply(db, migrations, migrations_count, err);
}
