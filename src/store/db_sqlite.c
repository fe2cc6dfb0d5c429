/* db_sqlite: statements, snapshots and write transactions. */
#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "gate.h"
#include "sqlite.h"
#include "watch.h"

/* A log of more pages than the first is copied back into the database when nobody minds, of more
 * than the second even if readers have to wait a moment. */
enum {
    CHECKPOINT_PAGES = 1000,
    CHECKPOINT_MOST = 16000,
    CHECKPOINT_PATIENCE_MS = 200,
    BUSY_LEAST_MS = 50
};

/* Of the engine's machine, between two questions whether to go on: about a millisecond. */
enum { OPERATIONS_BETWEEN = 10000 };

/* Statements made at run time are kept after their use: compiling one that fires the schema's
 * triggers takes several times as long as running it. */
enum { KEPT_MOST = 16, KEPT_BYTES = 4000 };

int db_sqlite_logged(void *context, sqlite3 *handle, const char *name, int pages)
{
    struct db *db = context;
    (void)handle;
    (void)name;
    if (pages < db->wal_pages || db->checkpoint_at == 0)
        db->checkpoint_at = CHECKPOINT_PAGES; /* the log has begun again */
    db->wal_pages = pages;
    return SQLITE_OK;
}

/* --- statements ------------------------------------------------------------------------------ */

static bool binds_are_in_order(sqlite3_stmt *handle)
{
    for (int i = 1; i <= sqlite3_bind_parameter_count(handle); i++) {
        const char *name = sqlite3_bind_parameter_name(handle, i);
        if (!name || atoi(name + 1) != i)
            return false;
    }
    return true;
}

bool db_statement(struct db *db, enum statement id, struct db_statement **out, struct error *err)
{
    struct db_statement *statement = &db->statements[id];
    if (!statement->handle) {
        int code = sqlite3_prepare_v3(
            db->handle, statement_sql(id), -1, SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL);
        if (code != SQLITE_OK) {
            db_sqlite_fail(db, db->handle, code, err);
            return error_prefix(err, "%s", statement_name(id));
        }
        statement->db = db;
        statement->listed = true;
        statement->in_order = binds_are_in_order(statement->handle);
    }
    db_reset(statement);
    *out = statement;
    return true;
}

/* A finished statement of the same text is used again. */
static bool take_kept(struct db *db, const char *sql, struct db_statement **out)
{
    for (struct db_statement **at = &db->kept; *at; at = &(*at)->next) {
        struct db_statement *statement = *at;
        if (strcmp(sqlite3_sql(statement->handle), sql) != 0)
            continue;
        *at = statement->next;
        statement->next = NULL;
        *out = statement;
        return true;
    }
    return false;
}

static void drop(struct db_statement **at)
{
    struct db_statement *statement = *at;
    *at = statement->next;
    sqlite3_finalize(statement->handle);
    free(statement);
}

void db_sqlite_forget(struct db *db, int most)
{
    struct db_statement **at = &db->kept;
    for (int i = 0; *at && i < most; i++)
        at = &(*at)->next;
    while (*at)
        drop(at);
}

bool db_prepare(struct db *db, const char *sql, struct db_statement **out, struct error *err)
{
    sqlite3_stmt *handle = NULL;
    if (take_kept(db, sql, out))
        return true;
    int code = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
    if (code != SQLITE_OK)
        return db_sqlite_fail(db, db->handle, code, err);
    struct db_statement *statement = alloc_zero(1, sizeof *statement);
    statement->db = db;
    statement->handle = handle;
    statement->in_order = binds_are_in_order(handle);
    *out = statement;
    return true;
}

void db_finish(struct db_statement *statement)
{
    if (!statement)
        return;
    db_reset(statement);
    if (statement->listed)
        return;
    struct db *db = statement->db;
    bool keep = strlen(sqlite3_sql(statement->handle)) <= KEPT_BYTES;
    statement->next = db->kept;
    db->kept = statement;
    if (keep)
        db_sqlite_forget(db, KEPT_MOST);
    else
        drop(&db->kept);
}

/* To SQLite "$2" is a name, which gets its place where it first stands in the text; to us, as to
 * PostgreSQL, it is a number. */
int db_sqlite_place_of(sqlite3_stmt *handle, int number)
{
    char name[16];
    snprintf(name, sizeof name, "$%d", number);
    return sqlite3_bind_parameter_index(handle, name);
}

static int place_of(const struct db_statement *statement, int number)
{
    return statement->in_order ? number : db_sqlite_place_of(statement->handle, number);
}

void db_bind_int(struct db_statement *statement, int index, int64_t value)
{
    int code = sqlite3_bind_int64(statement->handle, place_of(statement, index), value);
    assert(code == SQLITE_OK);
    (void)code;
}

void db_bind_text(struct db_statement *statement, int index, const char *text)
{
    int code = sqlite3_bind_text(
        statement->handle, place_of(statement, index), text, -1, SQLITE_TRANSIENT);
    assert(code == SQLITE_OK);
    (void)code;
}

void db_bind_kept(struct db_statement *statement, int index, const char *text)
{
    int code =
        sqlite3_bind_text(statement->handle, place_of(statement, index), text, -1, SQLITE_STATIC);
    assert(code == SQLITE_OK);
    (void)code;
}

void db_bind_null(struct db_statement *statement, int index)
{
    int code = sqlite3_bind_null(statement->handle, place_of(statement, index));
    assert(code == SQLITE_OK);
    (void)code;
}

/* The engine gives a transaction up by itself when the disk is full or fails; what the caller goes
 * on to write must not become commits of its own. */
static bool lost_transaction(const struct db *db)
{
    return db->writing && sqlite3_get_autocommit(db->handle);
}

static bool fail_lost(const struct db *db, struct error *err)
{
    return error_set(err, ERROR_IO,
        _("The change to %s was given up before its end; nothing was changed"), db->path);
}

enum db_step db_step(struct db_statement *statement, struct error *err)
{
    const struct db *db = statement->db;
    bool writes = !sqlite3_stmt_readonly(statement->handle);
    if (writes && db->rehearsing)
        return DB_DONE;
    assert(!writes || db->writing || db->access != ACCESS_WRITE);
    if (writes && lost_transaction(db)) {
        fail_lost(db, err);
        return DB_FAILED;
    }
    int code = sqlite3_step(statement->handle);
    if (code == SQLITE_ROW)
        return DB_ROW;
    if (code == SQLITE_DONE)
        return DB_DONE;
    db_sqlite_fail(db, db->handle, code, err);
    sqlite3_reset(statement->handle);
    return DB_FAILED;
}

void db_reset(struct db_statement *statement)
{
    sqlite3_reset(statement->handle);
    sqlite3_clear_bindings(statement->handle);
}

int64_t db_int(struct db_statement *statement, int column)
{
    return sqlite3_column_int64(statement->handle, column);
}

const char *db_text(struct db_statement *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement->handle, column);
    return text ? (const char *)text : "";
}

bool db_is_null(struct db_statement *statement, int column)
{
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

bool db_run(struct db_statement *statement, struct error *err)
{
    enum db_step step = db_step(statement, err);
    assert(step != DB_ROW);
    db_reset(statement);
    return step == DB_DONE;
}

bool db_script(struct db *db, const char *sql, struct error *err)
{
    for (const char *rest = sql; *rest;) {
        sqlite3_stmt *handle = NULL;
        int code = sqlite3_prepare_v2(db->handle, rest, -1, &handle, &rest);
        if (code == SQLITE_OK && !handle)
            continue; /* only blanks or a comment */
        struct db_statement statement = {.db = db, .handle = handle};
        if (code != SQLITE_OK)
            return db_sqlite_fail(db, db->handle, code, err);
        enum db_step step;
        while ((step = db_step(&statement, err)) == DB_ROW)
            continue;
        sqlite3_finalize(handle);
        if (step == DB_FAILED)
            return false;
    }
    return true;
}

int64_t db_last_id(struct db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

int64_t db_changes(struct db *db)
{
    return db->rehearsing ? 1 : sqlite3_changes64(db->handle);
}

int db_sqlite_exec(struct db *db, const char *sql)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
}

bool db_sqlite_number(struct db *db, const char *sql, int64_t *out, struct error *err)
{
    struct db_statement *statement;
    if (!db_prepare(db, sql, &statement, err))
        return false;
    bool ok = db_step(statement, err) == DB_ROW;
    if (ok)
        *out = db_int(statement, 0);
    db_finish(statement);
    return ok;
}

bool db_sqlite_version(struct db *db, int *out, struct error *err)
{
    int64_t there = 0, version = 0;
    if (!db_sqlite_number(db,
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'meta'", &there,
            err))
        return false;
    if (there &&
        !db_sqlite_number(db,
            "SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM meta WHERE name = 'schema'",
            &version, err))
        return false;
    *out = version > 0 && version <= INT_MAX ? (int)version : 0;
    return true;
}

int db_schema_version(struct db *db)
{
    int version;
    return db_sqlite_version(db, &version, NULL) ? version : 0;
}

/* --- transactions ---------------------------------------------------------------------------- */

/* A statement left in the middle of its rows keeps an old snapshot open. That is our mistake. */
static bool has_open_snapshot(const struct db *db)
{
    for (sqlite3_stmt *at = sqlite3_next_stmt(db->handle, NULL); at;
         at = sqlite3_next_stmt(db->handle, at))
        if (sqlite3_stmt_busy(at))
            return true;
    return false;
}

bool db_read_begin(struct db *db, struct error *err)
{
    if (db->reading++ > 0 || db->writing)
        return true; /* the snapshot is there already */
    int code = db_sqlite_exec(db, "BEGIN");
    if (code == SQLITE_OK)
        return true;
    db->reading--;
    return db_sqlite_fail(db, db->handle, code, err);
}

void db_read_end(struct db *db)
{
    assert(db->reading > 0);
    if (--db->reading == 0 && !db->writing)
        db_sqlite_exec(db, "COMMIT");
}

bool db_rehearse_begin(struct db *db)
{
    if (db->written || db->access != ACCESS_WRITE || !db_read_begin(db, NULL))
        return false;
    db->rehearsing = true;
    return true;
}

void db_rehearse_end(struct db *db)
{
    db->rehearsing = false;
    db_read_end(db);
}

static bool begin_inside(struct db *db, int patience, struct error *err)
{
    /* Renamed or replaced while we waited: a change must not go into a file nobody will open again.
     */
    if (!db_still_there(db, err))
        return false;
    /* Behind the gate only a script that does not queue can be writing. */
    sqlite3_busy_timeout(db->handle, patience > BUSY_LEAST_MS ? patience : BUSY_LEAST_MS);
    int code = db_sqlite_exec(db, "BEGIN IMMEDIATE");
    sqlite3_busy_timeout(db->handle, DB_READ_PATIENCE_MS);
    return code == SQLITE_OK || db_sqlite_fail(db, db->handle, code, err);
}

bool db_write_begin(struct db *db, struct error *err)
{
    assert(!db->writing && !db->reading && !has_open_snapshot(db));
    if (db->access != ACCESS_WRITE)
        return error_set(err, ERROR_READ_ONLY, _("%s is open for reading only"), db->path);
    int left;
    if (!gate_enter(db->gate, db->gate_timeout, &left, err))
        return false;
    db->writing = begin_inside(db, left, err);
    if (!db->writing)
        gate_leave(db->gate);
    return db->writing;
}

/* Runs inside the gate, so no commit of ours overlaps it. What cannot be done now (a reader in the
 * way, no room) is done after a later commit; the change itself is safe in the log. */
static void checkpoint_when_due(struct db *db)
{
    if (db->wal_pages < db->checkpoint_at)
        return;
    int mode = SQLITE_CHECKPOINT_PASSIVE;
    if (db->wal_pages > CHECKPOINT_MOST) {
        mode = SQLITE_CHECKPOINT_TRUNCATE;
        sqlite3_busy_timeout(db->handle, CHECKPOINT_PATIENCE_MS);
    }
    int code = sqlite3_wal_checkpoint_v2(db->handle, NULL, mode, NULL, NULL);
    sqlite3_busy_timeout(db->handle, DB_READ_PATIENCE_MS);
    if (mode == SQLITE_CHECKPOINT_TRUNCATE && code == SQLITE_OK)
        db->wal_pages = 0;
    /* Where readers keep the log from beginning again: not after every single commit. */
    db->checkpoint_at = db->wal_pages + CHECKPOINT_PAGES;
}

bool db_write_commit(struct db *db, struct error *err)
{
    assert(db->writing && !db->reading && !db->bulk);
    int code = SQLITE_OK;
    bool lost = lost_transaction(db);
    if (lost)
        fail_lost(db, err);
    else if ((code = db_sqlite_exec(db, "COMMIT")) != SQLITE_OK)
        db_sqlite_fail(db, db->handle, code, err);
    if (lost || code != SQLITE_OK) {
        db_write_rollback(db);
        return false;
    }
    checkpoint_when_due(db);
    db->writing = false;
    db->written = true;
    gate_leave(db->gate);
    return true;
}

void db_write_rollback(struct db *db)
{
    if (!db->writing)
        return;
    if (!sqlite3_get_autocommit(db->handle))
        db_sqlite_exec(db, "ROLLBACK");
    db_sqlite_bulk_forget(db);
    db_sqlite_shorten_log(db);
    db->writing = false;
    gate_leave(db->gate);
}

static int ask_going(void *context)
{
    const struct db *db = context;
    return !db->going(db->going_context);
}

void db_going(struct db *db, bool (*going)(void *context), void *context)
{
    db->going = going;
    db->going_context = context;
    sqlite3_progress_handler(
        db->handle, going != NULL ? OPERATIONS_BETWEEN : 0, going != NULL ? ask_going : NULL, db);
}

bool db_attend(struct db *db, bool alone, struct error *err)
{
    return gate_attend(db->gate, alone, err);
}

void db_gate_unless(struct db *db, bool (*gone)(void *context), void *context)
{
    gate_unless(db->gate, gone, context);
}

void db_gate_timeout(struct db *db, int milliseconds)
{
    db->gate_timeout = milliseconds;
}

/* --- watch ----------------------------------------------------------------------------------- */

int db_watch_fd(struct db *db)
{
    if (!db->watch)
        db->watch = watch_new(db->file);
    return db->watch ? watch_fd(db->watch) : -1;
}

bool db_watch_take(struct db *db, bool *changed, struct error *err)
{
    assert(!db->reading && !db->writing && !has_open_snapshot(db));
    *changed = false;
    if (db->watch)
        watch_drain(db->watch);
    struct db_statement *statement;
    if (!db_statement(db, DATA_VERSION, &statement, err))
        return false;
    bool ok = db_step(statement, err) == DB_ROW;
    int64_t version = ok ? db_int(statement, 0) : db->data_version;
    db_reset(statement);
    *changed = version != db->data_version;
    db->data_version = version;
    return ok;
}
