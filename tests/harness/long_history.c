#include "long_history.h"

#include "base/strbuf.h"
#include "store/db.h"

#define LINE_MS 600000
#define FIRST_DAY "2024-01-01"

moment_t long_history_moment(long line)
{
    return date_moment(date_make(2024, 1, 1), 8, 0) + line * (moment_t)LINE_MS;
}

/* Tasks are older than their lines. 7919 is a prime, so that every task gets its turn. */
static const char begin[] =
    "UPDATE task SET created_at = '" FIRST_DAY "T00:00:00.000Z', version = version + 1;"
    "CREATE TEMP TABLE line AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
    "WHERE i < %ld) SELECT i, (SELECT coalesce(max(seq), 0) FROM event) + i AS seq, "
    "1 + i * 7919 %% (SELECT count(*) FROM task) AS task, i %% 4 > 0 AS report, "
    "strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', '" FIRST_DAY "', '+' || (i * 10) || ' minutes') AS at, "
    "date('2024-01-01', '+' || (i / 1440 * 7) || ' days') AS period, i / (SELECT count(*) FROM "
    "task) "
    "* 7 AS percent FROM n;";

static const char write[] =
    "INSERT INTO event (seq, at, actor, origin, task_id, action, hash) SELECT seq, at, '李娜', "
    "'10.0.0.1 tty3', task, iif(report, 'report', 'edit'), hex(randomblob(32)) FROM line;"
    "INSERT INTO report (id, task_id, period_start, period_end, region_id, text, problems, "
    "percent, "
    "progress, reporter, reported_at, event_seq) SELECT seq, task, period, date(period, '+6 "
    "days'), "
    "1, '本周完成管网敷设三百米，累计完成百分之六十，正在开展第二标段施工。', '征地进度偏慢', "
    "percent, 'on_schedule', '李娜', at, seq FROM line WHERE report;"
    "INSERT INTO event_change (seq, field, before, after) SELECT seq, n || '.' || seq, '', a FROM "
    "(SELECT seq, 'period' AS n, period AS a FROM line WHERE report UNION ALL "
    "SELECT seq, 'period_end', date(period, '+6 days') FROM line WHERE report UNION ALL "
    "SELECT seq, 'report', '本周完成管网敷设三百米，累计完成百分之六十。' FROM line WHERE report "
    "UNION ALL SELECT seq, 'problems', '征地进度偏慢' FROM line WHERE report UNION ALL "
    "SELECT seq, 'reporter', '李娜' FROM line WHERE report UNION ALL "
    "SELECT seq, 'reported_at', at FROM line WHERE report UNION ALL "
    "SELECT seq, 'report_percent', percent FROM line WHERE report) ORDER BY 1, 2;"
    "INSERT INTO event_change (seq, field, before, after) SELECT seq, 'percent', percent, percent "
    "+ "
    "7 FROM line WHERE report UNION ALL "
    "SELECT seq, 'reported_on', date(period, '-7 days'), period FROM line WHERE report UNION ALL "
    "SELECT seq, 'officer', '处长' || i, '副处长' FROM line WHERE NOT report UNION ALL "
    "SELECT seq, 'deadline', '2026-06-30', '2026-12-31' FROM line WHERE i % 12 = 0 UNION ALL "
    "SELECT seq, 'state', 'not_started', 'in_progress' FROM line WHERE i % 20 = 0 UNION ALL "
    "SELECT seq, 'region', 1 + i % 3, '1 2' FROM line WHERE i % 400 = 0;";

bool long_history_make(const char *path, long lines, struct error *err)
{
    struct strbuf sql = {0};
    struct db *db = NULL;
    strbuf_format(&sql, begin, lines);
    strbuf_add(&sql, write);
    bool done = db_open(path, DB_READ_WRITE, &db, err) && db_write_begin(db, err);
    done = done && db_script(db, strbuf_text(&sql), err) && db_write_commit(db, err);
    db_close(db);
    strbuf_clear(&sql);
    return done;
}
