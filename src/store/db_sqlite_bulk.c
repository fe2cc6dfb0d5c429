/* db_sqlite_bulk: very many rows at once. A million rows put into ten indexes one by one touch
 * every page of each again and again: 240 s of processor time, against 120 s with the indexes
 * sorted together at the end. */
#include <assert.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "sqlite.h"

/* "DROP INDEX .." and "CREATE INDEX .." for each index of `table` that is not a constraint's; the
 * same of its triggers. */
static bool list_of(struct db *db, const char *table, const char *type, struct strbuf *drop,
    struct strbuf *create, struct error *err)
{
    struct db_statement *list;
    if (!db_prepare(db,
            "SELECT 'DROP ' || type || ' \"' || name || '\";', sql || ';' FROM sqlite_schema "
            "WHERE type = $2 AND tbl_name = $1 AND sql IS NOT NULL ORDER BY rowid",
            &list, err))
        return false;
    db_bind_text(list, 1, table);
    db_bind_text(list, 2, type);
    enum db_step step;
    while ((step = db_step(list, err)) == DB_ROW) {
        strbuf_add(drop, db_text(list, 0));
        strbuf_add(create, db_text(list, 1));
    }
    db_finish(list);
    return step == DB_DONE;
}

/* Nothing in the schema is looked up as late as at the commit, so it may change within a
 * transaction. */
static void look_up_references(struct db *db, bool on)
{
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, (int)on, NULL);
}

bool db_bulk_begin(struct db *db, const char *table, struct error *err)
{
    struct strbuf drop = {0}, create = {0};
    bool done = (table == NULL || list_of(db, table, "index", &drop, &create, err)) &&
                db_script(db, strbuf_text(&drop), err);
    strbuf_clear(&drop);
    if (!done) {
        strbuf_clear(&create);
        return false;
    }
    db_sqlite_bulk_forget(db);
    db->bulk = create.text ? strbuf_take(&create) : alloc_string("");
    db_cache(db, DB_CACHE_BULK);
    look_up_references(db, false);
    return true;
}

bool db_bulk_quiet(struct db *db, const char *table, struct error *err)
{
    struct strbuf drop = {0}, create = {0};
    assert(db->bulk != NULL);
    strbuf_add(&create, db->bulk);
    bool done = list_of(db, table, "trigger", &drop, &create, err) &&
                db_script(db, strbuf_text(&drop), err);
    strbuf_clear(&drop);
    if (done) {
        strbuf_add(&create, "");
        free(db->bulk);
        db->bulk = strbuf_take(&create);
    }
    strbuf_clear(&create);
    return done;
}

bool db_bulk_end(struct db *db, struct error *err)
{
    bool done = db_script(db, db->bulk, err);
    db_sqlite_bulk_forget(db);
    return done;
}

void db_sqlite_bulk_forget(struct db *db)
{
    if (!db->bulk)
        return;
    free(db->bulk);
    db->bulk = NULL;
    db_cache(db, DB_CACHE_KILOBYTES);
    look_up_references(db, true);
}

/* What a transaction wrote before it was given up stands in the log as long as nobody writes over
 * it: of a load some hundred megabytes. */
void db_sqlite_shorten_log(struct db *db)
{
    enum { LONG_BYTES = 16 << 20, PATIENCE_MS = 50 };
    struct stat log;
    char *path = alloc_format("%s-wal", db->file);
    if (stat(path, &log) == 0 && log.st_size > LONG_BYTES) {
        sqlite3_busy_timeout(db->handle, PATIENCE_MS);
        sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        sqlite3_busy_timeout(db->handle, DB_READ_PATIENCE_MS);
    }
    free(path);
}
