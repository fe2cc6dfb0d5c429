/* db_sqlite_file: what concerns the file as a whole. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "file_check.h"
#include "sqlite.h"

/* Nobody else knows the copy, so it is written without locks: it may go to a network share, where
 * locks often do not work. Durability is asked for once, at the end. */
static int open_copy(const char *path, sqlite3 **out)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(path, out, flags, "unix-none");
    if (code == SQLITE_OK)
        code = sqlite3_exec(*out,
            "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -1000", NULL,
            NULL, NULL);
    return code;
}

/* In one step, so within one snapshot: writers go on, and cannot make the copy begin again. */
static int copy_all(struct db *db, sqlite3 *copy)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", db->handle, "main");
    if (!backup)
        return sqlite3_errcode(copy);
    sqlite3_backup_step(backup, -1);
    return sqlite3_backup_finish(backup);
}

static bool sync_file(const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    int cause = errno;
    if (fd >= 0)
        close(fd);
    errno = cause;
    return ok;
}

static bool write_copy(struct db *db, const char *target, const char *aside, struct error *err)
{
    sqlite3 *copy = NULL;
    int code = open_copy(aside, &copy);
    if (code == SQLITE_OK)
        code = copy_all(db, copy);
    int cause = copy ? sqlite3_system_errno(copy) : 0;
    sqlite3_close(copy);
    if (code == SQLITE_OK && sync_file(aside))
        return true;
    if (code == SQLITE_OK)
        cause = errno;
    if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_BUSY)
        return db_sqlite_fail(db, NULL, code, err);
    return error_set(err, ERROR_IO, _("The copy %s cannot be written: %s"), target,
        (code & 0xff) == SQLITE_FULL ? strerror(ENOSPC)
        : cause                      ? strerror(cause)
                                     : sqlite3_errstr(code));
}

bool db_backup(struct db *db, const char *target, struct error *err)
{
    if (access(target, F_OK) == 0)
        return error_set(err, ERROR_INPUT, _("%s exists already; it was left as it is"), target);
    char *aside = alloc_format("%s.new-%ld", target, (long)getpid());
    unlink(aside);
    bool ok = write_copy(db, target, aside, err) && db_sqlite_place(aside, target, err);
    unlink(aside);
    free(aside);
    return ok;
}

/* The engine tells of rows in these words; all else is about its pages and indexes. */
static bool is_of_value(const char *complaint)
{
    static const char *const words[] = {" constraint failed in ", "NULL value in ", " value in "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(complaint, words[i]))
            return true;
    return false;
}

bool db_integrity(struct db *db, void (*say)(void *context, const char *complaint, bool of_value),
    void *context, struct error *err)
{
    struct db_statement *check;
    if (!db_prepare(db, "PRAGMA integrity_check", &check, err))
        return false;
    enum db_step step;
    while ((step = db_step(check, err)) == DB_ROW)
        if (strcmp(db_text(check, 0), "ok") != 0)
            say(context, db_text(check, 0), is_of_value(db_text(check, 0)));
    db_finish(check);
    return step == DB_DONE;
}

bool db_references(struct db *db,
    void (*say)(void *context, const char *table, int64_t row, const char *named), void *context,
    struct error *err)
{
    struct db_statement *check;
    if (!db_prepare(db, "PRAGMA foreign_key_check", &check, err))
        return false;
    enum db_step step;
    while ((step = db_step(check, err)) == DB_ROW)
        say(context, db_text(check, 0), db_int(check, 1), db_text(check, 2));
    db_finish(check);
    return step == DB_DONE;
}
