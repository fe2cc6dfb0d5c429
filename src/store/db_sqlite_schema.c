/* db_sqlite_schema: the schema of a file beside the one this program makes. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "sqlite.h"
#include "store/migrate.h"

/* The tables of the text index are named by the engine's own release, its internal ones too. */
static const char objects[] = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND "
                              "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                              "AND NOT (type = 'table' AND name LIKE 'search\\_%' ESCAPE '\\' AND "
                              "name <> 'search_stale') ORDER BY rowid";

/* One that the schema has, and what there is of it. */
struct object {
    char *type, *name, *sql;
    bool there, same;
};
struct objects {
    struct object *object;
    size_t count, capacity;
};

static void objects_clear(struct objects *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->object[i].type);
        free(list->object[i].name);
        free(list->object[i].sql);
    }
    free(list->object);
}

static char *column(sqlite3_stmt *row, int index)
{
    const unsigned char *text = sqlite3_column_text(row, index);
    return alloc_string(text ? (const char *)text : "");
}

/* Made anew in memory, by the migrations that the file has been through. */
static int read_wanted(int version, struct objects *list)
{
    sqlite3 *fresh = NULL;
    sqlite3_stmt *rows = NULL;
    int code = sqlite3_open_v2(
        ":memory:", &fresh, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    for (size_t i = 0; code == SQLITE_OK && i < migrations_count; i++)
        if (migrations[i].version <= version)
            code = sqlite3_exec(fresh, migrations[i].sql, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(fresh, objects, -1, &rows, NULL);
    while (code == SQLITE_OK && sqlite3_step(rows) == SQLITE_ROW) {
        list->object =
            alloc_grow(list->object, &list->capacity, list->count + 1, sizeof *list->object);
        list->object[list->count++] = (struct object){
            .type = column(rows, 0), .name = column(rows, 1), .sql = column(rows, 2)};
    }
    sqlite3_finalize(rows);
    sqlite3_close(fresh);
    return code;
}

static void compare(struct objects *list, const char *type, const char *name, const char *sql)
{
    for (size_t i = 0; i < list->count; i++) {
        struct object *object = &list->object[i];
        if (strcmp(object->type, type) != 0 || strcmp(object->name, name) != 0)
            continue;
        object->there = true;
        object->same = strcmp(object->sql, sql) == 0;
    }
}

static bool read_objects(struct db *db, struct objects *list, struct error *err)
{
    struct db_statement *rows;
    int version;
    if (!db_sqlite_version(db, &version, err))
        return false;
    int code = read_wanted(version, list);
    if (code != SQLITE_OK)
        return db_sqlite_fail(db, NULL, code, err);
    if (!db_prepare(db, objects, &rows, err))
        return false;
    enum db_step step;
    while ((step = db_step(rows, err)) == DB_ROW)
        compare(list, db_text(rows, 0), db_text(rows, 1), db_text(rows, 2));
    db_finish(rows);
    return step == DB_DONE;
}

bool db_schema_check(struct db *db,
    void (*say)(void *context, const char *type, const char *name, bool there), void *context,
    struct error *err)
{
    struct objects list = {0};
    bool good = read_objects(db, &list, err);
    for (size_t i = 0; good && i < list.count; i++)
        if (!list.object[i].same)
            say(context, list.object[i].type, list.object[i].name, list.object[i].there);
    objects_clear(&list);
    return good;
}

/* Names are those of our own schema. */
static bool restore(struct db *db, const struct object *object, struct error *err)
{
    struct strbuf drop = {0};
    if (object->there)
        strbuf_format(&drop, "DROP %s %s", object->type, object->name);
    bool good = db_script(db, strbuf_text(&drop), err) && db_script(db, object->sql, err);
    strbuf_clear(&drop);
    return good;
}

bool db_schema_restore(struct db *db, struct error *err)
{
    struct objects list = {0};
    bool good = read_objects(db, &list, err);
    for (size_t i = 0; good && i < list.count; i++)
        if (!list.object[i].same && strcmp(list.object[i].type, "table") != 0)
            good = restore(db, &list.object[i], err);
    objects_clear(&list);
    return good;
}
