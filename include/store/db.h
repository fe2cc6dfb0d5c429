/* db: the contract between the model and a database engine. SQLite fulfils it in db_sqlite.c; a
 * second engine would be another file with the same functions.
 *
 * Rules of the house
 * - SQL uses numbered binds ($1, $2 ..), ON CONFLICT, ISO dates as text: what SQLite and PostgreSQL
 *   share. Values are always bound.
 * - Reads never write. A read snapshot (db_read_begin .. db_read_end) lives within one turn of the
 *   loop; statements outside one are snapshots of their own.
 * - Every write happens in db_write_begin .. db_write_commit, behind the writers' gate: an
 * exclusive lock on DATABASE.gate held over the transaction and the checkpoint it may run. The gate
 * is a fair queue between processes, and keeps a commit from overlapping another process's
 * checkpoint, which in SQLite 3.7.0 to 3.51.2 can damage the file
 * (sqlite.org/wal.html#walresetbug).
 * - A write is durable (synchronous=FULL) when db_write_commit returns true.
 *
 * Errors carry one of ERROR_BUSY, MISSING, CORRUPT, REPLACED, NEWER, READ_ONLY, NETWORK, IO with a
 * sentence of its own that names the file. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "store/statements.h"

struct db;
struct db_statement;

enum db_mode {
    DB_READ_WRITE, /* must exist */
    DB_READ_ONLY,  /* must exist; works on read-only files and file systems too */
    DB_CREATE,     /* must not exist; makes it and brings it to the newest schema */
};

/* Opens, checks that it is a duban database of a schema this program knows, migrates an older one
 * (DB_READ_WRITE). A file that may not be written is opened for reading: see db_is_read_only. */
bool db_open(const char *path, enum db_mode mode, struct db **out, struct error *err);
void db_close(struct db *db); /* NULL is fine */
const char *db_path(const struct db *db);
bool db_is_read_only(const struct db *db);

/* How much of the file the connection keeps in memory. A load of many thousand rows goes several
 * times as fast with DB_CACHE_BULK (the indexes are written all over); give it back afterwards. */
enum { DB_CACHE_KILOBYTES = 1000, DB_CACHE_BULK = 200000 };
void db_cache(struct db *db, int kilobytes);

/* Whether the file under the path is still there and still the one that was opened; false with
 * ERROR_MISSING, ERROR_REPLACED, or ERROR_CORRUPT where it was overwritten in place. Costs one stat, and a
 * read of 16 bytes when the file was written since. */
bool db_still_there(struct db *db, struct error *err);

/* --- statements ---------------------------------------------------------------------------- */

/* A statement of the table in store/statements.h; prepared at first use, kept until db_close; comes
 * reset and without binds. Never fails quietly: a broken table is our mistake and asserts. */
bool db_statement(struct db *db, enum statement id, struct db_statement **out, struct error *err);
/* A statement made at run time (filters, changes). The caller ends it with db_finish; the last ones
 * are kept then for another use of the same text. */
bool db_prepare(struct db *db, const char *sql, struct db_statement **out, struct error *err);
void db_finish(struct db_statement *statement); /* NULL is fine */

void db_bind_int(struct db_statement *statement, int index, int64_t value); /* index from 1 */
void db_bind_text(
    struct db_statement *statement, int index, const char *text); /* copied; NULL binds null */
/* Not copied: the text stays as it is until the statement is reset (db_run does). */
void db_bind_kept(struct db_statement *statement, int index, const char *text);
void db_bind_null(struct db_statement *statement, int index);

enum db_step { DB_ROW, DB_DONE, DB_FAILED };
enum db_step db_step(struct db_statement *statement, struct error *err);
void db_reset(struct db_statement *statement); /* ends its snapshot; binds are cleared too */

int64_t db_int(struct db_statement *statement, int column);      /* column from 0; null is 0 */
const char *db_text(struct db_statement *statement, int column); /* null is ""; until the next step;
    clean of control bytes only if scrubbed by the caller */
bool db_is_null(struct db_statement *statement, int column);

/* Runs a statement that gives no rows and resets it. */
bool db_run(struct db_statement *statement, struct error *err);
/* Runs SQL text of several statements without binds (schema, pragmas of the engine). */
bool db_script(struct db *db, const char *sql, struct error *err);
int64_t db_last_id(struct db *db); /* of the last insert */
int64_t db_changes(struct db *db); /* rows of the last insert, update or delete */

/* --- transactions -------------------------------------------------------------------------- */

bool db_read_begin(struct db *db, struct error *err);
void db_read_end(struct db *db);

/* A connection's first write takes several times as long as the next, because its statements are
 * still to be compiled, and all who wait in the queue wait for that too. In between these two
 * functions reads are real, and statements that write are compiled but not run. False where it is
 * of no use: the connection has written before. */
bool db_rehearse_begin(struct db *db);
void db_rehearse_end(struct db *db);

/* Waits in the gate's queue, at most the time set (DB_GATE_MS unless said), then ERROR_BUSY naming the
 * process that holds it. Inside, reads see the newest state. Not nested. */
bool db_write_begin(struct db *db, struct error *err);
bool db_write_commit(struct db *db, struct error *err); /* false: rolled back */
void db_write_rollback(struct db *db); /* also right after a failed commit: no effect */
enum { DB_GATE_MS = 5000 };
void db_gate_timeout(struct db *db, int milliseconds);
/* Asked ten times a second of waiting: true ends it with ERROR_BUSY, since nobody waits any more. NULL:
 * not asked. */
void db_gate_unless(struct db *db, bool (*gone)(void *context), void *context);

/* Asked again and again while statements run, within a long one too (thousands of times a second, so
 * it looks at a clock first); false ends the statement with ERROR_REFUSED, and with it the write
 * transaction. It must not use the connection. NULL: not asked. */
void db_going(struct db *db, bool (*going)(void *context), void *context);

/* Rows that claim something for this process outlive it. So that others know whether one who claimed
 * is still at work, it attends as long as the connection is open; who attends `alone` (which does
 * not wait: ERROR_BUSY) knows that every claim it finds was left by a process that has died. */
bool db_attend(struct db *db, bool alone, struct error *err);

/* Very many rows into `table`, within a write transaction: its indexes, but for those of constraints,
 * are set aside and made again at the end (`table` NULL: no indexes), and more memory is taken. What a
 * row names is not looked up meanwhile: the caller names only what is there, and deletes nothing. A
 * rollback brings all of it back too. */
bool db_bulk_begin(struct db *db, const char *table, struct error *err);
/* In between: the triggers of the table are set aside too. What they keep right is then the caller's. */
bool db_bulk_quiet(struct db *db, const char *table, struct error *err);
bool db_bulk_end(struct db *db, struct error *err);

/* --- shadows -------------------------------------------------------------------------------
 *
 * On a connection opened for reading: an empty table of its own under the name of one of the
 * database, with the same columns, that every statement finds instead; "main.NAME" still names the
 * one it hides. Nothing of it reaches the file, and it goes with the connection. What fills it is
 * kept in memory and, beyond 64 MB, in a temporary file without a name. Jobs have a
 * connection of their own, so they cannot be started on one with shadows. */
bool db_shadow(struct db *db, const char *table, struct error *err);
/* The indexes of the hidden table, when the rows are in. */
bool db_shadow_index(struct db *db, const char *table, struct error *err);

/* --- watch --------------------------------------------------------------------------------- */

/* A descriptor that becomes readable when the database's files may have changed (inotify on its
 * folder); -1 where the system has none left: poll slowly instead. */
int db_watch_fd(struct db *db);
/* Empties the descriptor; `*changed` tells whether another connection has committed since the last
 * call (data_version). The wake-up can come a moment before the commit is visible: when a wake-up
 * found nothing, look again some milliseconds later. */
bool db_watch_take(struct db *db, bool *changed, struct error *err);

/* --- jobs ---------------------------------------------------------------------------------- */

/* A query run aside, on a connection of its own, whose first column is a stream of ids: so that a
 * list of a million never holds up the loop. At most one bind list; text is copied. A job may outlive the
 * connection it was started from: it goes on reading the file that had that name then. */
struct db_value {
    const char *text; /* NULL: use number */
    int64_t number;
};
struct db_job;
bool db_job_start(struct db *db, const char *sql, const struct db_value *binds, size_t count,
    struct db_job **out, struct error *err);
int db_job_fd(const struct db_job *job); /* readable when there is something to take */
/* Moves up to `room` ids out and returns how many; `*done` when the last was given. False with the
 * job's error. Never blocks; wait on the descriptor, or with db_job_wait. */
bool db_job_take(
    struct db_job *job, int64_t *ids, size_t room, size_t *count, bool *done, struct error *err);
void db_job_wait(
    struct db_job *job, int milliseconds); /* until something can be taken, or the time is up */
void db_job_end(struct db_job *job);       /* interrupts and joins; NULL is fine */

/* --- whole file ---------------------------------------------------------------------------- */

/* A consistent copy into `target`, which must not exist; written aside and renamed when whole. */
bool db_backup(struct db *db, const char *target, struct error *err);
/* The engine's own check of the file; each complaint is given to `say`. One `of_value` is about what
 * stands in a row, against a rule of the schema; any other means that the file itself is damaged and
 * should not be written to. */
bool db_integrity(struct db *db,
    void (*say)(void *context, const char *complaint, bool of_value), void *context,
    struct error *err);
/* Every row that names a row which is not there: its table, its number (0 in tables whose rows have
 * none) and the table of what it names. */
bool db_references(struct db *db,
    void (*say)(void *context, const char *table, int64_t row, const char *named), void *context,
    struct error *err);
int db_schema_version(struct db *db);
/* What of the schema is not there, or not as this program makes it: `type` is table, index, view or
 * trigger. What others have added is let be. */
bool db_schema_check(struct db *db,
    void (*say)(void *context, const char *type, const char *name, bool there), void *context,
    struct error *err);
/* Makes the indexes, views and triggers among it again, within a write transaction. */
bool db_schema_restore(struct db *db, struct error *err);

#endif
