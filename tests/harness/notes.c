#include "harness/notes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "harness/folder.h"

struct db *notes_make(void *folder, const char *name)
{
    return notes_open(folder, name, DB_CREATE);
}

struct db *notes_open(void *folder, const char *name, enum db_mode mode)
{
    char path[256];
    struct error err = {0};
    struct db *db = NULL;
    if (!db_open(folder_file(folder, name, path), mode, &db, &err))
        fail_msg("%s", err.text);
    return db;
}

void notes_refused(
    void *folder, const char *name, enum db_mode mode, enum error_code code, const char *said)
{
    char path[256];
    struct error err = {0};
    struct db *db = (struct db *)1;
    assert_false(db_open(folder_file(folder, name, path), mode, &db, &err));
    assert_null(db);
    if (err.code != code || !strstr(err.text, path) || !strstr(err.text, said))
        fail_msg("%d: %s", err.code, err.text);
}

bool notes_put(struct db *db, const char *name, const char *value)
{
    struct db_statement *set;
    if (!db_statement(db, META_SET, &set, NULL))
        return false;
    db_bind_text(set, 1, name);
    db_bind_text(set, 2, value);
    return db_run(set, NULL);
}

bool notes_write(struct db *db, const char *name, const char *value)
{
    if (!db_write_begin(db, NULL))
        return false;
    if (notes_put(db, name, value))
        return db_write_commit(db, NULL);
    db_write_rollback(db);
    return false;
}

void notes_expect(struct db *db, const char *name, const char *value)
{
    struct error err = {0};
    struct db_statement *get;
    assert_true(db_statement(db, META_GET, &get, &err));
    db_bind_text(get, 1, name);
    enum db_step step = db_step(get, &err);
    if (step == DB_FAILED)
        fail_msg("%s", err.text);
    assert_int_equal(step, value ? DB_ROW : DB_DONE);
    if (value)
        assert_string_equal(db_text(get, 0), value);
    db_reset(get);
}

int64_t notes_count(struct db *db, const char *sql)
{
    struct error err = {0};
    struct db_statement *query;
    if (!db_prepare(db, sql, &query, &err) || db_step(query, &err) != DB_ROW)
        fail_msg("%s", err.text);
    int64_t count = db_int(query, 0);
    db_finish(query);
    return count;
}
