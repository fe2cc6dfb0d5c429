/* sqlite: what the SQLite files of this folder share. Only this header includes sqlite3.h. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include <sqlite3.h>
#include <sys/types.h>

#include "store/db.h"

struct gate;
struct watch;

struct db_statement {
    struct db *db;
    sqlite3_stmt *handle;
    bool listed;               /* a row of store/statements.h: kept until db_close */
    bool in_order;             /* bind $N is the engine's Nth */
    struct db_statement *next; /* of those kept for another use */
};

/* How the file could be opened. */
enum db_access {
    ACCESS_WRITE,  /* for reading and writing */
    ACCESS_READ,   /* for reading, beside others who write */
    ACCESS_FROZEN, /* for reading, where nobody can be writing: no locks, no -shm */
};

struct db {
    sqlite3 *handle;
    char *path; /* as it was given: for messages, and to see whether it was replaced */
    char *file; /* links followed: what -wal, -shm and .gate stand beside */
    dev_t device;
    ino_t inode;
    struct timespec modified; /* when opened; tells whether a frozen file thawed */
    struct timespec looked;   /* the file's time when its head was last found good */
    enum db_access access;
    int reading;       /* depth of db_read_begin */
    bool writing;      /* between db_write_begin and its end */
    bool written;      /* something was committed */
    bool rehearsing;   /* between db_rehearse_begin and its end */
    bool shadowed;     /* has tables of its own, which jobs would not see */
    int wal_pages;     /* in the log after our last commit */
    int checkpoint_at; /* pages at which to checkpoint next */
    int gate_timeout;  /* milliseconds */
    struct gate *gate;
    struct watch *watch;
    int64_t data_version;
    bool (*going)(void *context);
    void *going_context;
    char *bulk; /* between db_bulk_begin and its end: makes the indexes again */
    struct db_statement statements[STATEMENT_COUNT];
    struct db_statement *kept; /* made at run time and finished, the last one first */
};

/* How long a reader waits while another process recovers or closes the file. */
enum { DB_READ_PATIENCE_MS = 250 };

/* Opens the engine's connection to db->file as db->access says and sets it up. Also used for the
 * connections of jobs. */
bool db_sqlite_connect(const struct db *db, sqlite3 **out, struct error *err);
/* The engine's word that a commit of ours has brought the log to `pages`; `context` is the db. */
int db_sqlite_logged(void *context, sqlite3 *handle, const char *name, int pages);
/* Runs SQL that needs no binds; the engine's code. */
int db_sqlite_exec(struct db *db, const char *sql);
/* Lets go of the statements that are kept but for the `most` used last. */
void db_sqlite_forget(struct db *db, int most);
/* Where the engine keeps the bind $NUMBER of a statement; 0 where it has none. */
int db_sqlite_place_of(sqlite3_stmt *handle, int number);
/* One number from SQL without binds. */
bool db_sqlite_number(struct db *db, const char *sql, int64_t *out, struct error *err);

/* Cuts a log that a transaction given up has made long; behind the gate, when nobody reads it. */
void db_sqlite_shorten_log(struct db *db);
/* After the end of a bulk load, or its rollback: memory as before. */
void db_sqlite_bulk_forget(struct db *db);

/* The schema's version; 0 where there is none. */
bool db_sqlite_version(struct db *db, int *out, struct error *err);

/* The engine's result code as an error with a sentence. Returns false. */
bool db_sqlite_fail(const struct db *db, sqlite3 *handle, int code, struct error *err);
/* Gives a finished file its name, which must be free, and makes that durable. */
bool db_sqlite_place(const char *aside, const char *path, struct error *err);

#endif
