#include "model/past.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "past_parts.h"

/* --- as it is written ------------------------------------------------------------------------ */

/* The last moment of its day. */
static bool is_whole_day(moment_t moment)
{
    return date_next_midnight(moment) == moment + 1;
}

static bool is_before_now(const char *text, moment_t moment, struct error *err)
{
    char day[11];
    return moment <= date_now() ||
           error_set(err, ERROR_USAGE, _("%s has not come yet; today is %s"), text,
               date_format(date_today(), day));
}

static bool parse_day(const char *text, date_t date, moment_t *out, struct error *err)
{
    moment_t now = date_now();
    *out = date == date_today() ? now : date_next_midnight(date_moment(date, 12, 0)) - 1;
    return is_before_now(text, *out, err);
}

bool past_parse(const char *text, moment_t *out, struct error *err)
{
    date_t date;
    char day[11] = "", end;
    int hour = 0, minute = 0;
    if (date_parse(text, &date))
        return parse_day(text, date, out, err);
    snprintf(day, sizeof day, "%s", text);
    if (!date_parse(day, &date) || strlen(text) != strlen("2026-09-30T18:00") ||
        (text[10] != 'T' && text[10] != ' ') ||
        sscanf(text + 11, "%2d:%2d%c", &hour, &minute, &end) != 2 || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59)
        return error_set(err, ERROR_USAGE,
            _("\"%s\" is no date; write 2026-09-30 for the end of that day, or 2026-09-30T18:00"),
            text);
    *out = date_moment(date, hour, minute);
    return is_before_now(text, *out, err);
}

const char *past_format(moment_t moment, char out[static PAST_ROOM])
{
    struct date_time at = date_local(moment);
    date_format(at.date, out);
    if (!is_whole_day(moment))
        snprintf(out + 10, PAST_ROOM - 10, " %02u:%02u", (unsigned)at.hour % 24,
            (unsigned)at.minute % 60);
    return out;
}

/* --- the cut --------------------------------------------------------------------------------- */

static bool fail_early(struct db *db, moment_t moment, struct error *err)
{
    struct db_statement *first;
    moment_t begins;
    char when[PAST_ROOM], asked[PAST_ROOM];
    if (!db_statement(db, PAST_FIRST, &first, err))
        return false;
    enum db_step step = db_step(first, err);
    bool any = step == DB_ROW && date_moment_parse(db_text(first, 0), &begins);
    db_reset(first);
    if (step == DB_FAILED)
        return false;
    if (!any)
        return error_set(err, ERROR_INPUT,
            _("%s has no history yet, so there is no past of it to be shown"), db_path(db));
    return error_set(err, ERROR_INPUT,
        _("the history of %s begins on %s; there is nothing to be shown as of %s"), db_path(db),
        past_format(begins, when), past_format(moment, asked));
}

/* Up to which line, among `from` to `to`, those dated before outnumber the others by most. Where
 * that is the same, what stands on the wrong side shall be what is dated farthest off. */
static bool weigh(struct past *past, int64_t from, int64_t to, struct error *err)
{
    struct db_statement *dates;
    enum db_step step;
    int64_t sum = 0, most = 0, off = 0, farthest = 0;
    if (!db_statement(past->db, PAST_DATES, &dates, err))
        return false;
    db_bind_text(dates, 1, past->moment);
    db_bind_int(dates, 2, from);
    db_bind_int(dates, 3, to);
    while ((step = db_step(dates, err)) == DB_ROW) {
        sum += db_int(dates, 1) != 0 ? 1 : -1;
        off += db_int(dates, 2);
        if (sum > most || (sum == most && off >= farthest)) {
            most = sum;
            farthest = off;
            past->seq = db_int(dates, 0);
        }
    }
    db_reset(dates);
    return step == DB_DONE;
}

static bool find_cut(struct past *past, struct error *err)
{
    struct db_statement *edges;
    if (!db_statement(past->db, PAST_EDGES, &edges, err))
        return false;
    db_bind_text(edges, 1, past->moment);
    if (db_step(edges, err) != DB_ROW)
        return false;
    int64_t before = db_int(edges, 0), after = db_int(edges, 1);
    bool ordered = db_is_null(edges, 1) || before < after;
    db_reset(edges);
    past->seq = ordered ? before : after - 1;
    return ordered || weigh(past, after, before, err);
}

/* --- tables ---------------------------------------------------------------------------------- */

#define NOTHING " WHERE 1 = 0"
/* What is copied. `rows` spares what would only be deleted again, and is much. */
static const struct table {
    const char *name, *rows;
} tables[] = {
    {"task", ""},
    {"task_region", ""},
    {"task_department", ""},
    {"measure", ""},
    {"target", ""},
    {"report", " WHERE reported_at <= $1 OR event_seq BETWEEN 1 AND $2"},
    {"notice", ""},
    {"review", ""},
    {"publicity", ""},
    {"objection", ""},
    {"extension", ""},
    {"tally_total", NOTHING},
    /* What is counted by place is not counted again: the tasks themselves are asked. */
    {"tally_place", NOTHING},
    {"tally_due", NOTHING},
    {"tally_owed", NOTHING},
};
enum { TABLES = sizeof tables / sizeof *tables, TASK = 0, TALLY = TABLES - 4 };

static bool copy_table(const struct past *past, const struct table *table, struct error *err)
{
    struct strbuf sql = {0};
    struct db_statement *copy = NULL;
    strbuf_format(
        &sql, "INSERT INTO temp.%s SELECT * FROM main.%s%s", table->name, table->name, table->rows);
    bool done = db_shadow(past->db, table->name, err) &&
                db_prepare(past->db, strbuf_text(&sql), &copy, err);
    strbuf_clear(&sql);
    if (done && strchr(table->rows, '$')) {
        db_bind_text(copy, 1, past->moment);
        db_bind_int(copy, 2, past->seq);
    }
    done = done && db_run(copy, err);
    db_finish(copy);
    return done && (table == &tables[TASK] || db_shadow_index(past->db, table->name, err));
}

static bool copy_tables(const struct past *past, struct error *err)
{
    for (size_t i = 0; i < TABLES; i++)
        if (!copy_table(past, &tables[i], err))
            return false;
    return true;
}

/* Of the thirteen of a task, those by which a few rows are looked up. The orders are sorted: to
 * make their indexes takes longer than anybody will look at the past. */
static const char task_indexes[] =
    "CREATE INDEX temp.past_number ON task (source_id, number, part);"
    "CREATE INDEX temp.past_parent ON task (parent_id) WHERE parent_id IS NOT NULL;";

/* What is left to do when the lines are undone; `binds`: Seq, Day, Moment as $1, $2. */
static const struct step {
    enum statement id;
    const char *binds;
} steps[] = {
    {PAST_TASKS_NEW, ""},
    {PAST_TASKS_MADE, "MS"},
    {PAST_TASKS_HALF, ""},
    {PAST_MEASURES, "S"},
    {PAST_TARGETS, "S"},
    {PAST_NOTICES, "DS"},
    {PAST_REVIEWS, "DS"},
    {PAST_PUBLICITIES, "DS"},
    {PAST_OBJECTIONS, "DS"},
    {PAST_EXTENSIONS, "DS"},
    {PAST_DONE, "D"},
    {PAST_REPLIES, "D"},
    {PAST_LIFTINGS, "D"},
    {PAST_SETTLEMENTS, "D"},
    {PAST_DECISIONS, "D"},
};

static bool run_step(const struct past *past, const struct step *step, struct error *err)
{
    struct db_statement *statement;
    if (!db_statement(past->db, step->id, &statement, err))
        return false;
    for (int i = 0; step->binds[i] != '\0'; i++)
        if (step->binds[i] == 'S')
            db_bind_int(statement, i + 1, past->seq);
        else
            db_bind_text(statement, i + 1, step->binds[i] == 'D' ? past->day : past->moment);
    return db_run(statement, err);
}

/* Rows of tasks that are gone. */
static bool delete_orphans(const struct past *past, struct error *err)
{
    struct strbuf sql = {0};
    struct db_statement *gone;
    if (!db_statement(past->db, PAST_GONE, &gone, err))
        return false;
    enum db_step step = db_step(gone, err);
    db_reset(gone);
    if (step != DB_ROW)
        return step == DB_DONE;
    for (size_t i = TASK + 1; i < TALLY; i++)
        strbuf_format(&sql, "DELETE FROM temp.%s WHERE task_id NOT IN (SELECT id FROM temp.task);",
            tables[i].name);
    bool done = db_script(past->db, strbuf_text(&sql), err);
    strbuf_clear(&sql);
    return done;
}

static bool finish_tables(const struct past *past, struct error *err)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (!run_step(past, &steps[i], err))
            return false;
    static const struct step counts = {COUNTS_TOTAL_FILL, ""};
    return delete_orphans(past, err) && db_script(past->db, task_indexes, err) &&
           run_step(past, &counts, err);
}

/* Lines up to the cut never change, so they are looked at where they are. The search index is of
 * today: every task counts as not yet indexed and is looked at itself. */
static bool make_views(const struct past *past, struct error *err)
{
    struct strbuf sql = {0};
    strbuf_format(&sql,
        "CREATE TEMP VIEW event AS SELECT * FROM main.event WHERE seq <= %" PRId64 ";"
        "CREATE TEMP VIEW event_change AS SELECT * FROM main.event_change WHERE seq <= %" PRId64 ";"
        "CREATE TEMP VIEW search_stale AS SELECT id AS task_id FROM temp.task;",
        past->seq, past->seq);
    bool done = db_script(past->db, strbuf_text(&sql), err);
    strbuf_clear(&sql);
    return done;
}

/* --- all of it ------------------------------------------------------------------------------- */

bool past_open(struct db *db, moment_t moment, struct error *err)
{
    struct past past = {.db = db};
    date_moment_format(moment, past.moment);
    date_format(date_local(moment).date, past.day);
    if (!db_read_begin(db, err))
        return false;
    bool done = find_cut(&past, err) && (past.seq > 0 || fail_early(db, moment, err)) &&
                copy_tables(&past, err) && past_replay(&past, err) && finish_tables(&past, err) &&
                make_views(&past, err);
    db_read_end(db);
    return done;
}
