/* What the calendar did since a point: tasks that became overdue, replies that did not come. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "column.h"
#include "handover_parts.h"
#include "member.h"
#include "model/query.h"
#include "model/task_list.h"

#define IMMEDIATE_DAYS 30 /* as the schema has it */

/* What stood in a task at the point, as far as lines after it have changed it; NULL: as it is. */
struct before {
    int64_t task_id;
    bool absent; /* it was not there */
    const char *state, *deadline, *kind, *assigned;
};
struct late {
    struct handover_reading *reading;
    date_t then, today; /* the day of the point, and the present one */
    struct before *before;
    size_t count, capacity;
};

/* --- how it stood at the point --------------------------------------------------------------- */

static void take_back(struct before *before, const struct event_change *change)
{
    const struct {
        const char *field;
        const char **value;
    } kept[] = {
        {"state", &before->state},
        {"deadline", &before->deadline},
        {"deadline_kind", &before->kind},
        {"assigned_on", &before->assigned},
    };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strcmp(change->field, kept[i].field) == 0)
            *kept[i].value = change->before;
    /* no task has an empty title */
    before->absent |= strcmp(change->field, "title") == 0 && change->before[0] == '\0';
}

static int by_id(const void *left, const void *right)
{
    int64_t a = ((const struct before *)left)->task_id, b = ((const struct before *)right)->task_id;
    return (a > b) - (a < b);
}

/* Of each task the lines touched. */
static void gather_before(struct late *late)
{
    const struct events *events = &late->reading->events;
    late->before = alloc_zero(events->count + 1, sizeof *late->before);
    for (size_t i = 0; i < events->count; i++)
        if (events->event[i].task_id != 0)
            late->before[late->count++] = (struct before){.task_id = events->event[i].task_id};
    qsort(late->before, late->count, sizeof *late->before, by_id);
    size_t kept = 0;
    for (size_t i = 0; i < late->count; i++)
        if (kept == 0 || late->before[kept - 1].task_id != late->before[i].task_id)
            late->before[kept++] = late->before[i];
    late->count = kept;
    for (size_t i = events->count; i-- > 0;) {
        const struct event *event = &events->event[i];
        struct before key = {.task_id = event->task_id};
        struct before *before =
            bsearch(&key, late->before, late->count, sizeof *late->before, by_id);
        for (size_t k = 0; before != NULL && k < event->change_count; k++)
            take_back(before, &event->changes[k]);
    }
}

static date_t day_of(const char *text)
{
    date_t day;
    return date_parse(text, &day) ? day : DATE_NONE;
}

static bool assigned_on(
    struct late *late, const struct before *before, date_t *out, struct error *err)
{
    struct db_statement *row;
    *out = DATE_NONE;
    if (before->assigned != NULL) {
        *out = day_of(before->assigned);
        return true;
    }
    if (!db_statement(model_db(late->reading->model), TASK_ASSIGNED, &row, err))
        return false;
    db_bind_int(row, 1, before->task_id);
    enum db_step step = db_step(row, err);
    if (step == DB_ROW)
        *out = column_date(row, 0);
    db_reset(row);
    return step != DB_FAILED;
}

/* The day it was due at the point; DATE_NONE never. */
static bool due_before(struct late *late, const struct before *before, const struct task_row *row,
    date_t *due, struct error *err)
{
    int kind = row->deadline_kind;
    date_t deadline = before->deadline != NULL ? day_of(before->deadline) : row->deadline;
    if (before->kind != NULL)
        kind = word_find(deadline_kinds, DEADLINE_KIND_COUNT, before->kind);
    *due = kind == DEADLINE_ONGOING ? DATE_NONE : deadline;
    if (kind != DEADLINE_IMMEDIATE)
        return true;
    if (deadline == DATE_NONE && !assigned_on(late, before, &deadline, err))
        return false;
    *due = deadline != DATE_NONE ? deadline + IMMEDIATE_DAYS : DATE_NONE;
    return true;
}

/* The day from which on it was overdue as it stood; DATE_NONE: it was not to be. */
static bool late_from(struct late *late, const struct before *before, const struct task_row *row,
    date_t *from, struct error *err)
{
    date_t due;
    int state = row->state;
    *from = DATE_NONE;
    if (before->absent)
        return true;
    if (before->state != NULL)
        state = word_find(task_states, STATE_COUNT, before->state);
    if (state == STATE_CLOSED)
        return true;
    if (!due_before(late, before, row, &due, err))
        return false;
    *from = due != DATE_NONE ? due + 1 : DATE_NONE;
    return true;
}

static bool was_overdue(struct late *late, const struct before *before, const struct task_row *row,
    bool *was, struct error *err)
{
    date_t from;
    bool ok = late_from(late, before, row, &from, err);
    *was = ok && from != DATE_NONE && from <= late->then;
    return ok;
}

/* Since which day a task is late: its lines are taken back in turn, the newest first, until the one
 * is found that made it late, as model/alarm.c does. */
static bool find_since(
    struct late *late, const struct task_row *row, date_t *since, struct error *err)
{
    const struct events *events = &late->reading->events;
    struct before then = {.task_id = row->id};
    date_t from;
    for (size_t i = events->count; i-- > 0;) {
        const struct event *event = &events->event[i];
        date_t day = date_local(event->at).date;
        if (event->task_id != row->id)
            continue;
        if (!late_from(late, &then, row, &from, err))
            return false;
        *since = from;
        if (from == DATE_NONE || from > day)
            return true;
        for (size_t k = 0; k < event->change_count; k++)
            take_back(&then, &event->changes[k]);
        if (!late_from(late, &then, row, &from, err))
            return false;
        *since = day;
        if (from == DATE_NONE || from > day)
            return true;
    }
    return late_from(late, &then, row, since, err);
}

/* --- newly overdue --------------------------------------------------------------------------- */

/* When it was due its row tells. */
static void add_overdue(struct late *late, int64_t task_id, date_t since)
{
    handover_add(late->reading,
        &(struct handover_entry){
            .group = HANDOVER_OVERDUE, .task_id = task_id, .late = DATE_NONE, .since = since});
}

static const struct before *find_before(const struct late *late, int64_t task_id)
{
    struct before key = {.task_id = task_id};
    return bsearch(&key, late->before, late->count, sizeof *late->before, by_id);
}

/* Of those the lines tell of, whatever their due day is. */
static bool judge_touched(struct late *late, struct error *err)
{
    const struct today *today = model_today(late->reading->model);
    int64_t *ids = alloc_zero(late->count + 1, sizeof *ids);
    struct task_row *rows = alloc_zero(late->count + 1, sizeof *rows);
    for (size_t i = 0; i < late->count; i++)
        ids[i] = late->before[i].task_id;
    bool ok = task_rows_read(late->reading->model, ids, late->count, rows, err), was;
    for (size_t i = 0; ok && i < late->count; i++) {
        if (rows[i].id == 0 || !task_is_overdue(&rows[i], today))
            continue;
        ok = was_overdue(late, &late->before[i], &rows[i], &was, err);
        date_t since = DATE_NONE;
        ok = ok && (was || find_since(late, &rows[i], &since, err));
        if (ok && !was)
            add_overdue(late, rows[i].id, since);
    }
    for (size_t i = 0; i < late->count; i++)
        task_row_clear(&rows[i]);
    free(rows);
    free(ids);
    return ok;
}

static bool take_passed(struct late *late, struct db_statement *ids, struct error *err)
{
    enum db_step step;
    size_t taken = 0;
    while ((step = db_step(ids, err)) == DB_ROW) {
        if (find_before(late, db_int(ids, 0)) != NULL)
            continue;
        if (taken < HANDOVER_OVERDUE_MOST) {
            add_overdue(late, db_int(ids, 0), 0);
            taken++;
        } else {
            late->reading->handover->overdue_untold++;
        }
    }
    return step != DB_FAILED;
}

/* Of the others, those whose day has passed. */
static bool read_passed(struct late *late, struct error *err)
{
    const struct sort by_due = {SORT_DUE, false};
    struct query *query = NULL;
    struct query_error wrong = {0};
    struct sql sql = {0};
    char filter[40], day[11];
    snprintf(filter, sizeof filter, "overdue due>=%s", date_format(late->then, day));
    bool ok = query_parse(filter, &query, &wrong) &&
              query_sql_list(late->reading->model, query, &by_due, &sql, &wrong);
    if (!ok)
        error_set(err, ERROR_INPUT, "%s", wrong.text);
    struct db_statement *ids = NULL;
    ok = ok && db_prepare(model_db(late->reading->model), strbuf_text(&sql.text), &ids, err);
    if (ok) {
        sql_bind(ids, &sql, 0);
        ok = take_passed(late, ids, err);
    }
    db_finish(ids);
    sql_clear(&sql);
    query_free(query);
    return ok;
}

/* --- replies --------------------------------------------------------------------------------- */

static bool take_replies(struct late *late, struct db_statement *rows, struct error *err)
{
    enum db_step step;
    while ((step = db_step(rows, err)) == DB_ROW) {
        date_t due = column_date(rows, 1);
        if (due < late->today)
            handover_add(late->reading,
                &(struct handover_entry){
                    .group = HANDOVER_NOTICE, .task_id = db_int(rows, 0), .late = due});
    }
    return step != DB_FAILED;
}

static bool read_replies(struct late *late, struct error *err)
{
    struct model *model = late->reading->model;
    struct sql sql = {0};
    struct query_error wrong;
    struct db_statement *rows;
    char day[11];
    if (!query_sql_within(model, statement_sql(HANDOVER_REPLIES), &sql, &wrong))
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    bool ok = db_prepare(model_db(model), strbuf_text(&sql.text), &rows, err);
    if (ok) {
        db_bind_text(rows, 1, date_format(late->then, day));
        sql_bind(rows, &sql, 1);
        ok = take_replies(late, rows, err);
        db_finish(rows);
    }
    sql_clear(&sql);
    return ok;
}

bool handover_read_late(struct handover_reading *reading, struct error *err)
{
    struct late late = {.reading = reading,
        .then = date_local(reading->handover->since.at).date,
        .today = model_today(reading->model)->date};
    gather_before(&late);
    bool ok = judge_touched(&late, err) && read_passed(&late, err) && read_replies(&late, err);
    free(late.before);
    return ok;
}
