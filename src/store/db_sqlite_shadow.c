/* db_sqlite_shadow: temporary tables that hide those of the database. The engine looks for a name
 * among a connection's temporary tables first, so statements need not know of them. */
#include <assert.h>

#include "base/strbuf.h"
#include "sqlite.h"

/* The engine's own 2 MB would be written and read again all the time. */
#define CACHE_KILOBYTES "65536"

/* The columns with their defaults, and the primary key; no other constraint: what fills a shadow
 * goes through states that they would refuse. */
static const char table_text[] =
    "SELECT printf('CREATE TEMP TABLE \"%w\" (', $1) || group_concat(printf('\"%w\" %s%s', name, "
    "iif(type = 'INTEGER', 'INTEGER', 'TEXT'), coalesce(' DEFAULT (' || dflt_value || ')', '')), "
    "', ') || (SELECT coalesce(', PRIMARY KEY (' || group_concat(printf('\"%w\"', name), ', ') || "
    "')', '') FROM (SELECT name FROM pragma_table_xinfo($1, 'main') WHERE pk > 0 ORDER BY pk)) || "
    "')' FROM pragma_table_xinfo($1, 'main')";

/* The indexes, those of UNIQUE columns among them. */
static const char index_text[] =
    "SELECT CASE i.origin WHEN 'c' THEN 'CREATE INDEX temp.' || "
    "substr(s.sql, instr(s.sql, 'INDEX ') + 6) ELSE printf('CREATE INDEX temp.\"%w_unique_%d\" ON "
    "\"%w\" (', $1, i.seq, $1) || (SELECT group_concat(printf('\"%w\"', name), ', ') FROM "
    "(SELECT name FROM pragma_index_info(i.name, 'main') ORDER BY seqno)) || ')' END "
    "FROM pragma_index_list($1, 'main') i "
    "LEFT JOIN main.sqlite_schema s ON s.type = 'index' AND s.name = i.name WHERE i.origin <> 'pk'";

/* Runs the SQL that the rows of `maker` are. */
static bool run_made(struct db *db, const char *maker, const char *table, struct error *err)
{
    struct strbuf made = {0};
    struct db_statement *rows;
    enum db_step step;
    if (!db_prepare(db, maker, &rows, err))
        return false;
    db_bind_text(rows, 1, table);
    while ((step = db_step(rows, err)) == DB_ROW)
        strbuf_format(&made, "%s;", db_text(rows, 0));
    db_finish(rows);
    bool done = step == DB_DONE && db_script(db, strbuf_text(&made), err);
    strbuf_clear(&made);
    return done;
}

bool db_shadow(struct db *db, const char *table, struct error *err)
{
    assert(db->access != ACCESS_WRITE);
    if (!db->shadowed)
        db_sqlite_exec(db, "PRAGMA temp.cache_size = -" CACHE_KILOBYTES);
    db->shadowed = true;
    return run_made(db, table_text, table, err);
}

bool db_shadow_index(struct db *db, const char *table, struct error *err)
{
    return run_made(db, index_text, table, err);
}
