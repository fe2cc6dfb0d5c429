/* db_sqlite_open: from a path to a connection that is ready, and back. */
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "file_check.h"
#include "gate.h"
#include "sqlite.h"
#include "store/migrate.h"
#include "watch.h"

enum { STATEMENT_JOURNAL_BYTES = 120 * 1024 };

/* --- connection ------------------------------------------------------------------------------ */

/* The file as a URI, which has room for the engine's options. */
static char *make_uri(const char *file, const char *options)
{
    struct strbuf uri = {0};
    strbuf_add(&uri, "file:");
    for (const unsigned char *at = (const unsigned char *)file; *at; at++) {
        if (isalnum(*at) || strchr("/._-", *at))
            strbuf_add_char(&uri, (char)*at);
        else
            strbuf_format(&uri, "%%%02X", *at);
    }
    strbuf_add(&uri, options);
    return strbuf_take(&uri);
}

static bool has_bytes(const char *file, const char *suffix)
{
    struct stat there;
    char *path = alloc_format("%s%s", file, suffix);
    bool yes = stat(path, &there) == 0 && there.st_size > 0;
    free(path);
    return yes;
}

/* A database in WAL mode is read through its -wal and -shm files, which a reader makes when they
 * are missing. In a folder that may not be written it cannot; then:
 * - both there: somebody writes or did, and the engine reads them as they are;
 * - no log: everything is in the database itself. The engine is told that the file is immutable,
 *   reads it without locks, and db_still_there looks whether that is still so;
 * - a log without -shm (a copied or crashed database): no process has it open, so the locks may be
 *   left out and the log's index kept in this process (exclusive mode).
 * With "immutable" alone the last case would silently lose what stands only in the log. */
static const char *options_for(const struct db *db)
{
    if (db->access != ACCESS_FROZEN)
        return "";
    return has_bytes(db->file, "-wal") ? "?vfs=unix-none" : "?immutable=1";
}

/* Before the engine's first use, and refused without harm after it. Triggers make every statement
 * keep a journal of its own, which by default goes to a temporary file at 64 KB: some forty writes
 * for one task. It must stay below 128 KB, the most that SQLite 3.40 writes at a time: above that
 * it reports a full disk. Nobody asks for the statistics of memory, and each costs a lock. */
static void set_up_engine(void)
{
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, STATEMENT_JOURNAL_BYTES);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static int set_up(sqlite3 *handle, const struct db *db)
{
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, DB_READ_PATIENCE_MS);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    /* A checkpoint belongs behind the gate, so never as a side effect of closing or of a commit. */
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_wal_autocheckpoint(handle, 0);
    const char *exclusive = db->access == ACCESS_FROZEN ? "PRAGMA locking_mode = EXCLUSIVE;" : "";
    char *sql =
        alloc_format("%sPRAGMA synchronous = FULL; PRAGMA cache_size = -%d; PRAGMA mmap_size = 0;"
                     "PRAGMA journal_size_limit = 16777216",
            exclusive, DB_CACHE_KILOBYTES);
    int code = sqlite3_exec(handle, sql, NULL, NULL, NULL);
    free(sql);
    return code;
}

bool db_sqlite_connect(const struct db *db, sqlite3 **out, struct error *err)
{
    char *uri = make_uri(db->file, options_for(db));
    int mode = db->access == ACCESS_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    *out = NULL;
    int code = sqlite3_open_v2(uri, out, mode | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    free(uri);
    if (code == SQLITE_OK)
        code = set_up(*out, db);
    if (code == SQLITE_OK)
        return true;
    db_sqlite_fail(db, *out, code, err);
    sqlite3_close_v2(*out);
    *out = NULL;
    return false;
}

/* --- access ---------------------------------------------------------------------------------- */

static bool folder_may_be_written(const char *file)
{
    const char *slash = strrchr(file, '/');
    char *folder = slash ? alloc_string_n(file, (size_t)(slash - file) + 1) : alloc_string(".");
    bool yes = access(folder, W_OK) == 0;
    free(folder);
    return yes;
}

static enum db_access choose_access(const char *file, enum db_mode mode)
{
    bool folder = folder_may_be_written(file);
    if (folder && mode != DB_READ_ONLY && access(file, W_OK) == 0)
        return ACCESS_WRITE;
    if (folder || (has_bytes(file, "-wal") && has_bytes(file, "-shm")))
        return ACCESS_READ;
    return ACCESS_FROZEN;
}

/* --- schema ---------------------------------------------------------------------------------- */

static bool read_version(struct db *db, int *version, struct error *err)
{
    int64_t application = 0;
    if (!db_sqlite_number(db, "PRAGMA application_id", &application, err) ||
        !db_sqlite_version(db, version, err))
        return false;
    /* 0 is what a dump that was read back has. */
    if (*version > 0 && (application == MIGRATE_APPLICATION_ID || application == 0))
        return true;
    return error_set(err, ERROR_CORRUPT, _("%s is not a duban database"), db->path);
}

static bool check_schema(struct db *db, struct error *err)
{
    int version = 0;
    if (!read_version(db, &version, err))
        return false;
    if (version > migrate_newest())
        return error_set(err, ERROR_NEWER,
            _("%s has schema %d, and this duban knows %d; use the newer duban that made it"),
            db->path, version, migrate_newest());
    if (version == migrate_newest())
        return true;
    if (db->access == ACCESS_WRITE)
        return migrate_run(db, err);
    return error_set(err, ERROR_READ_ONLY,
        _("%s has schema %d, older than this duban's %d, and may not be written; open it once with "
          "the rights to"),
        db->path, version, migrate_newest());
}

/* A database that somebody took out of WAL mode goes back to it. */
static bool use_wal(struct db *db, struct error *err)
{
    if (db->access != ACCESS_WRITE)
        return true;
    sqlite3_stmt *mode = NULL;
    int code = sqlite3_prepare_v2(db->handle, "PRAGMA journal_mode", -1, &mode, NULL);
    bool is_wal = code == SQLITE_OK && sqlite3_step(mode) == SQLITE_ROW &&
                  strcmp((const char *)sqlite3_column_text(mode, 0), "wal") == 0;
    code = sqlite3_finalize(mode);
    if (code != SQLITE_OK)
        return db_sqlite_fail(db, db->handle, code, err);
    int left;
    if (is_wal)
        return true;
    if (!gate_enter(db->gate, db->gate_timeout, &left, err))
        return false;
    code = db_sqlite_exec(db, "PRAGMA journal_mode = WAL");
    gate_leave(db->gate);
    return code == SQLITE_OK || db_sqlite_fail(db, db->handle, code, err);
}

/* --- open, close ----------------------------------------------------------------------------- */

static struct db *new_db(const char *path)
{
    struct db *db = alloc_zero(1, sizeof *db);
    db->path = alloc_string(path);
    char *real = realpath(path, NULL);
    db->file = alloc_string(real ? real : path);
    free(real);
    db->gate = gate_new(db->file);
    db->gate_timeout = DB_GATE_MS;
    return db;
}

static bool connect_main(struct db *db, struct error *err)
{
    if (!db_sqlite_connect(db, &db->handle, err))
        return false;
    sqlite3_wal_hook(db->handle, db_sqlite_logged, db);
    return true;
}

static void remember_file(struct db *db, const struct stat *file)
{
    db->device = file->st_dev;
    db->inode = file->st_ino;
    db->modified = file->st_mtim;
}

static bool open_existing(const char *path, enum db_mode mode, struct db **out, struct error *err)
{
    struct stat file;
    if (!file_check(path, &file, err))
        return false;
    struct db *db = new_db(path);
    remember_file(db, &file);
    db->access = choose_access(db->file, mode);
    if (connect_main(db, err) && check_schema(db, err) && use_wal(db, err) &&
        db_sqlite_number(db, "PRAGMA data_version", &db->data_version, err)) {
        *out = db;
        return true;
    }
    db_close(db);
    return false;
}

static void remove_aside(const char *aside)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal", ".gate"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char *path = alloc_format("%s%s", aside, suffixes[i]);
        unlink(path);
        free(path);
    }
}

static bool make_schema(const char *path, const char *aside, struct error *err)
{
    int fd = open(aside, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);
    if (fd < 0)
        return error_set(err, ERROR_IO, _("%s cannot be made: %s"), path, strerror(errno));
    close(fd);
    struct db *db = new_db(aside);
    struct stat file;
    if (stat(aside, &file) == 0)
        remember_file(db, &file);
    bool ok = connect_main(db, err) && migrate_run(db, err) && use_wal(db, err);
    db_close(db);
    return ok;
}

bool db_sqlite_place(const char *aside, const char *path, struct error *err)
{
    int code = renameat2(AT_FDCWD, aside, AT_FDCWD, path, RENAME_NOREPLACE) == 0 ? 0 : errno;
    /* File systems without it (some sticks and network shares): look first. */
    if ((code == EINVAL || code == ENOSYS) && access(path, F_OK) != 0)
        code = rename(aside, path) == 0 ? 0 : errno;
    if (code == EEXIST || code == EINVAL)
        return error_set(err, ERROR_INPUT, _("%s exists already; it was left as it is"), path);
    if (code)
        return error_set(err, ERROR_IO, _("%s cannot be made: %s"), path, strerror(code));
    const char *slash = strrchr(path, '/');
    char *folder = slash ? alloc_string_n(path, (size_t)(slash - path) + 1) : alloc_string(".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
    return true;
}

/* What root makes in somebody's folder is theirs: they could not open it otherwise. The engine
 * gives what it puts beside it to the owner of the file. */
static bool give_to_folder(const char *path, const char *file, struct error *err)
{
    struct stat folder;
    char *copy = alloc_string(path);
    bool ok = geteuid() != 0 || (stat(dirname(copy), &folder) == 0 &&
                                    lchown(file, folder.st_uid, folder.st_gid) == 0);
    free(copy);
    return ok || error_set(err, ERROR_IO, _("%s cannot be given to the owner of its folder: %s"),
                     path, strerror(errno));
}

/* Made aside and renamed when whole, so that nobody meets half a database. */
static bool create(const char *path, struct error *err)
{
    if (access(path, F_OK) == 0)
        return error_set(err, ERROR_INPUT, _("%s exists already; it was left as it is"), path);
    if (!file_check_folder(path, err))
        return false;
    char *aside = alloc_format("%s.new-%ld", path, (long)getpid());
    remove_aside(aside);
    bool ok = make_schema(path, aside, err) && give_to_folder(path, aside, err) &&
              db_sqlite_place(aside, path, err);
    remove_aside(aside);
    free(aside);
    return ok;
}

bool db_open(const char *path, enum db_mode mode, struct db **out, struct error *err)
{
    *out = NULL;
    set_up_engine();
    if (mode == DB_CREATE && !create(path, err))
        return false;
    return open_existing(path, mode, out, err);
}

void db_cache(struct db *db, int kilobytes)
{
    char sql[48];
    snprintf(sql, sizeof sql, "PRAGMA cache_size = -%d", kilobytes);
    db_sqlite_exec(db, sql);
}

void db_close(struct db *db)
{
    if (!db)
        return;
    db_write_rollback(db);
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(db->statements[i].handle);
    db_sqlite_forget(db, 0);
    int code = sqlite3_close(db->handle);
    assert(code == SQLITE_OK); /* else a statement was not ended with db_finish */
    (void)code;
    watch_free(db->watch);
    gate_free(db->gate);
    free(db->path);
    free(db->file);
    free(db);
}

const char *db_path(const struct db *db)
{
    return db->path;
}

bool db_is_read_only(const struct db *db)
{
    return db->access != ACCESS_WRITE;
}

/* A frozen file is read without locks, so a first writer makes what was read unreliable. */
static bool has_thawed(const struct db *db, const struct stat *now)
{
    return db->access == ACCESS_FROZEN &&
           (has_bytes(db->file, "-shm") || now->st_mtim.tv_sec != db->modified.tv_sec ||
               now->st_mtim.tv_nsec != db->modified.tv_nsec);
}

/* A file that was overwritten in place keeps its inode and, to the engine, its version, while what
 * is cached goes on being shown. So when the file was written its first bytes are looked at,
 * through the engine's own descriptor: closing one of ours would let go of the engine's locks. */
static bool is_still_a_database(struct db *db, const struct stat *now, struct error *err)
{
    if (now->st_mtim.tv_sec == db->looked.tv_sec && now->st_mtim.tv_nsec == db->looked.tv_nsec)
        return true;
    if (now->st_size == 0 && db->looked.tv_sec == 0)
        return true; /* a new one */
    static const char magic[16] = "SQLite format 3";
    char head[sizeof magic] = {0};
    sqlite3_file *file = NULL;
    if (sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK &&
        file && file->pMethods &&
        (file->pMethods->xRead(file, head, sizeof head, 0) != SQLITE_OK ||
            memcmp(head, magic, sizeof magic) != 0))
        return error_set(err, ERROR_CORRUPT,
            _("%s is damaged (%s); keep a copy of it and go back to the last backup"), db->path,
            _("it was overwritten while it was open"));
    db->looked = now->st_mtim;
    return true;
}

bool db_still_there(struct db *db, struct error *err)
{
    struct stat now;
    if (stat(db->path, &now) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return error_set(
                err, ERROR_MISSING, _("%s is no longer there; it was moved or deleted"), db->path);
        return error_set(err, ERROR_IO, _("%s cannot be reached: %s"), db->path, strerror(errno));
    }
    if (now.st_dev != db->device || now.st_ino != db->inode)
        return error_set(err, ERROR_REPLACED, _("%s is another file now; open it again"), db->path);
    if (has_thawed(db, &now))
        return error_set(
            err, ERROR_REPLACED, _("%s is being written again; open it again"), db->path);
    return is_still_a_database(db, &now, err);
}
