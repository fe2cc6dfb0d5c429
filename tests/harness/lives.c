#include "lives.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/strbuf.h"

/* $T today, $F the first day. A line that makes a task tells nothing of how it was before. */
static const char script[] =
    "CREATE TEMP TABLE line AS SELECT c.seq, e.task_id AS task, c.field, c.before, "
    "min(date(e.at, '+8 hours'), '$T') AS day, (SELECT nullif(x.before, '') FROM event_change x "
    "WHERE x.seq = c.seq AND x.field = 'closed_on') AS held FROM event_change c JOIN event e ON "
    "e.seq = c.seq WHERE e.task_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event_change x "
    "WHERE x.seq = c.seq AND x.field = 'title' AND x.before = '') AND (c.field = 'deadline' OR "
    "c.field = 'deadline_kind' OR c.field = 'assigned_on' AND c.before <> '' OR "
    "c.field = 'state' AND c.before = 'closed');"
    "CREATE INDEX temp.line_task ON line (task, field, seq);"
    "CREATE TEMP TABLE life AS SELECT id AS task, min(coalesce(assigned_on, "
    "date(created_at, '+8 hours')), '$T') AS start FROM task;"
    "CREATE TEMP TABLE shut AS SELECT t.id AS task, min(coalesce(t.closed_on, (SELECT "
    "date(e.at, '+8 hours') FROM event e JOIN event_change c ON c.seq = e.seq WHERE e.task_id = "
    "t.id AND c.field = 'state' AND c.after = 'closed' ORDER BY e.seq DESC LIMIT 1), l.start), "
    "'$T') AS since, '9999-12-31' AS until FROM task t JOIN life l ON l.task = t.id "
    "WHERE t.state = 'closed' UNION ALL "
    "SELECT n.task, coalesce(n.held, t.closed_on, n.day), n.day FROM line n JOIN task t ON "
    "t.id = n.task WHERE n.field = 'state';"
    "CREATE INDEX temp.shut_task ON shut (task);"
    "CREATE TEMP TABLE alive AS WITH RECURSIVE d (day) AS (SELECT '$F' UNION ALL "
    "SELECT date(day, '+1 day') FROM d WHERE day < '$T'), "
    "said AS (SELECT t.id AS task, d.day, (SELECT coalesce(max(n.seq), 0) FROM line n WHERE "
    "n.task = t.id AND n.field <> 'state' AND n.day <= d.day) AS seq FROM task t JOIN life l ON "
    "l.task = t.id JOIN d ON d.day >= l.start), "
    "told AS (SELECT s.task, s.day, "
    "coalesce((SELECT before FROM line n WHERE n.task = s.task AND n.field = 'deadline' AND "
    "n.seq > s.seq ORDER BY n.seq LIMIT 1), t.deadline, '') AS deadline, "
    "coalesce((SELECT before FROM line n WHERE n.task = s.task AND n.field = 'deadline_kind' AND "
    "n.seq > s.seq ORDER BY n.seq LIMIT 1), t.deadline_kind) AS kind, "
    "coalesce((SELECT before FROM line n WHERE n.task = s.task AND n.field = 'assigned_on' AND "
    "n.seq > s.seq ORDER BY n.seq LIMIT 1), t.assigned_on, '') AS assigned "
    "FROM said s JOIN task t ON t.id = s.task) "
    "SELECT task, day, NOT EXISTS (SELECT 1 FROM shut h WHERE h.task = o.task AND h.since <= o.day "
    "AND o.day < h.until) AS open, coalesce(CASE kind WHEN 'ongoing' THEN '' WHEN 'immediate' THEN "
    "date(coalesce(nullif(deadline, ''), assigned), '+30 days') ELSE deadline END, '') AS due "
    "FROM told o;"
    "CREATE UNIQUE INDEX temp.alive_task ON alive (task, day);";

static void must(bool done, const struct error *err)
{
    if (!done)
        fail_msg("%s", err->text);
}

struct db *lives_recount(const char *path, date_t first, date_t today)
{
    struct strbuf sql = {0};
    struct db *db = NULL;
    struct error err = {0};
    char day[11];
    for (const char *at = script; *at; at++) {
        if (*at != '$') {
            strbuf_add_char(&sql, *at);
            continue;
        }
        at++;
        strbuf_add(&sql, date_format(*at == 'T' ? today : first, day));
    }
    must(db_open(path, DB_READ_WRITE, &db, &err), &err);
    must(db_write_begin(db, &err) && db_script(db, strbuf_text(&sql), &err) &&
             db_write_commit(db, &err),
        &err);
    strbuf_clear(&sql);
    return db;
}

int64_t lives_number(struct db *db, const char *sql)
{
    struct db_statement *statement;
    struct error err = {0};
    must(db_prepare(db, sql, &statement, &err), &err);
    must(db_step(statement, &err) == DB_ROW, &err);
    int64_t number = db_int(statement, 0);
    db_finish(statement);
    return number;
}
