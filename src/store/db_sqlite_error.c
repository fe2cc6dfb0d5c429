/* db_sqlite_error: what SQLite answers, as our codes and sentences. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "lock_holder.h"
#include "sqlite.h"

/* The byte of the -shm file that the one writer locks (sqlite.org/walformat.html). */
enum { WAL_WRITE_LOCK = 120 };

static bool fail_busy(const struct db *db, struct error *err)
{
    char holder[160];
    char *shm = alloc_format("%s-shm", db->file);
    lock_holder_describe(shm, WAL_WRITE_LOCK, holder, sizeof holder);
    free(shm);
    return error_set(err, ERROR_BUSY,
        _("%s is locked by %s, which does not use the queue; try again when it has finished"),
        db->path, holder);
}

static bool fail_io(const struct db *db, sqlite3 *handle, int code, struct error *err)
{
    int cause = handle ? sqlite3_system_errno(handle) : 0;
    if ((code & 0xff) == SQLITE_FULL || cause == ENOSPC || cause == EDQUOT)
        return error_set(err, ERROR_IO,
            _("The disk that holds %s is full: nothing was changed; make room and try again"),
            db->path);
    if (cause == EFBIG)
        return error_set(err, ERROR_IO,
            _("%s may not grow: the limit on file sizes is reached; nothing was changed"),
            db->path);
    if (cause == EACCES || cause == EPERM)
        return error_set(err, ERROR_IO,
            _("No rights to the files of %s: ask its owner for them, or for the rights to its "
              "folder"),
            db->path);
    return error_set(err, ERROR_IO, _("The system cannot read or write %s: %s"), db->path,
        cause ? strerror(cause) : sqlite3_errstr(code));
}

bool db_sqlite_fail(const struct db *db, sqlite3 *handle, int code, struct error *err)
{
    const char *said = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    if (code == SQLITE_READONLY_DBMOVED)
        return error_set(err, ERROR_REPLACED,
            _("%s was moved or replaced while it was open; open it again"), db->path);
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail_busy(db, err);
    case SQLITE_READONLY:
        return error_set(err, ERROR_READ_ONLY, _("%s is open for reading only"), db->path);
    case SQLITE_NOTADB:
        return error_set(err, ERROR_CORRUPT, _("%s is not a duban database"), db->path);
    case SQLITE_CORRUPT:
        return error_set(err, ERROR_CORRUPT,
            _("%s is damaged (%s); keep a copy of it and go back to the last backup"), db->path,
            said);
    case SQLITE_ERROR:
    case SQLITE_SCHEMA:
        return error_set(err, ERROR_CORRUPT, _("%s is not as duban made it (%s); run duban check"),
            db->path, said);
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
        return error_set(err, ERROR_INPUT, _("%s refuses the change: %s"), db->path, said);
    case SQLITE_INTERRUPT:
        return error_set(
            err, ERROR_REFUSED, _("The query on %s was ended before it was done"), db->path);
    default:
        return fail_io(db, handle, code, err);
    }
}
