#include "model/alarm.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "column.h"
#include "member.h"
#include "model/history.h"
#include "store/db.h"
#include "writing.h"

#define IMMEDIATE_DAYS 30 /* as the schema has it in task.due_on */

const struct alarm_kind_row alarm_kinds[ALARM_KIND_COUNT] = {
    [ALARM_OVERDUE] = {"overdue", N_("Overdue")},
    [ALARM_OBJECTION] = {"objection", N_("Objection")},
};

/* --- lists ----------------------------------------------------------------------------------- */

void alarms_clear(struct alarms *alarms)
{
    for (size_t i = 0; i < alarms->count; i++)
        free(alarms->item[i].text);
    free(alarms->item);
    *alarms = (struct alarms){0};
}

bool alarms_hold(const struct alarms *alarms, const struct alarm *alarm)
{
    for (size_t i = 0; i < alarms->count; i++) {
        const struct alarm *item = &alarms->item[i];
        if (item->kind == alarm->kind && item->item_id == alarm->item_id &&
            item->since == alarm->since)
            return true;
    }
    return false;
}

void alarms_add(struct alarms *alarms, const struct alarm *alarm)
{
    alarms->item =
        alloc_grow(alarms->item, &alarms->capacity, alarms->count + 1, sizeof *alarms->item);
    struct alarm *item = &alarms->item[alarms->count++];
    *item = *alarm;
    item->text = alarm->text ? alloc_string(alarm->text) : NULL;
}

static int compare_alarms(const void *a, const void *b)
{
    const struct alarm *x = a, *y = b;
    if (x->since != y->since)
        return x->since > y->since ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->item_id > y->item_id) - (x->item_id < y->item_id);
}

/* --- reading --------------------------------------------------------------------------------- */

struct reading {
    struct model *model;
    struct member member;
    date_t from, today;
    int64_t seq; /* the newest line of the history before `from` */
    int64_t *touched;
    size_t touched_count, touched_capacity; /* tasks whose lateness was changed since, by id */
    struct alarms *out;
};

static void bind(struct db_statement *row, const struct alarm *alarm)
{
    char since[11];
    db_bind_text(row, 1, alarm_kinds[alarm->kind].name);
    db_bind_int(row, 2, alarm->item_id);
    db_bind_text(row, 3, date_format(alarm->since, since));
}

static bool is_acknowledged(
    struct model *model, const struct alarm *alarm, bool *is, struct error *err)
{
    struct db_statement *row;
    if (!db_statement(model_db(model), ALARM_ACKNOWLEDGED, &row, err))
        return false;
    bind(row, alarm);
    enum db_step step = db_step(row, err);
    *is = step == DB_ROW;
    db_reset(row);
    return step != DB_FAILED;
}

static bool take(struct reading *reading, const struct alarm *alarm, struct error *err)
{
    bool within, known;
    if (!member_ask(&reading->member, alarm->task_id, &within, err) ||
        !is_acknowledged(reading->model, alarm, &known, err))
        return false;
    if (within && !known)
        alarms_add(reading->out, alarm);
    return true;
}

static bool take_overdue(struct reading *reading, int64_t task, date_t since, struct error *err)
{
    const struct alarm alarm = {ALARM_OVERDUE, task, task, since, NULL};
    return since < reading->from || take(reading, &alarm, err);
}

static bool find_seq(struct reading *reading, struct error *err)
{
    struct db_statement *row;
    char at[25];
    if (!db_statement(model_db(reading->model), ALARM_SEQ, &row, err))
        return false;
    db_bind_text(row, 1, date_moment_format(date_moment(reading->from, 0, 0), at));
    enum db_step step = db_step(row, err);
    reading->seq = step == DB_ROW ? db_int(row, 0) : 0;
    db_reset(row);
    return step != DB_FAILED;
}

/* --- tasks that a change may have made late -------------------------------------------------- */

/* What decides whether a task is late. */
struct terms {
    bool open;
    enum deadline_kind kind;
    date_t deadline, assigned_on;
};

static date_t due_of(const struct terms *terms)
{
    if (terms->kind == DEADLINE_ONGOING)
        return DATE_NONE;
    if (terms->kind != DEADLINE_IMMEDIATE)
        return terms->deadline;
    date_t begins = terms->deadline != DATE_NONE ? terms->deadline : terms->assigned_on;
    return begins != DATE_NONE ? begins + IMMEDIATE_DAYS : DATE_NONE;
}

static bool is_late(const struct terms *terms, date_t day)
{
    date_t due = due_of(terms);
    return terms->open && due != DATE_NONE && due < day;
}

/* The lines of one task, the newest first: each is taken back in turn, until the one is found that
 * made it late. */
struct walk {
    int64_t task, seq;
    date_t day;                 /* of the line */
    struct terms after, before; /* the line */
    date_t since;               /* DATE_NONE: not found yet */
};

static void end_line(struct walk *walk)
{
    if (walk->seq == 0 || walk->since != DATE_NONE)
        return;
    if (!is_late(&walk->after, walk->day))
        walk->since = due_of(&walk->after) + 1;
    else if (!is_late(&walk->before, walk->day))
        walk->since = walk->day;
    else
        walk->after = walk->before;
}

static bool end_task(struct reading *reading, struct walk *walk, struct error *err)
{
    if (walk->task == 0)
        return true;
    end_line(walk);
    if (walk->since == DATE_NONE)
        walk->since = due_of(&walk->after) + 1;
    reading->touched = alloc_grow(reading->touched, &reading->touched_capacity,
        reading->touched_count + 1, sizeof *reading->touched);
    reading->touched[reading->touched_count++] = walk->task;
    return take_overdue(reading, walk->task, walk->since, err);
}

/* Columns of ALARM_TOUCHED. */
enum { AT_TASK, AT_SEQ, AT_AT, AT_FIELD, AT_BEFORE, AT_KIND, AT_DEADLINE, AT_ASSIGNED };

static void begin_task(struct walk *walk, struct db_statement *row)
{
    *walk = (struct walk){
        .task = db_int(row, AT_TASK),
        .after = {.open = true,
            .kind = (enum deadline_kind)column_word(
                row, AT_KIND, deadline_kinds, DEADLINE_KIND_COUNT, DEADLINE_DATE),
            .deadline = column_date(row, AT_DEADLINE),
            .assigned_on = column_date(row, AT_ASSIGNED)},
        .since = DATE_NONE,
    };
}

static void take_back(struct terms *terms, struct db_statement *row)
{
    const char *field = db_text(row, AT_FIELD), *before = db_text(row, AT_BEFORE);
    if (strcmp(field, "state") == 0)
        terms->open = *before != '\0' && strcmp(before, task_states[STATE_CLOSED].name) != 0;
    else if (strcmp(field, "deadline") == 0)
        terms->deadline = column_date(row, AT_BEFORE);
    else if (strcmp(field, "assigned_on") == 0)
        terms->assigned_on = column_date(row, AT_BEFORE);
    else if (strcmp(field, "deadline_kind") == 0)
        terms->kind = (enum deadline_kind)column_word(
            row, AT_BEFORE, deadline_kinds, DEADLINE_KIND_COUNT, DEADLINE_DATE);
    else if (*before == '\0') /* its first title: before, there was no such task */
        terms->open = false;
}

static bool walk_row(
    struct reading *reading, struct walk *walk, struct db_statement *row, struct error *err)
{
    if (db_int(row, AT_TASK) != walk->task) {
        if (!end_task(reading, walk, err))
            return false;
        begin_task(walk, row);
    }
    if (db_int(row, AT_SEQ) != walk->seq) {
        end_line(walk);
        walk->seq = db_int(row, AT_SEQ);
        walk->day = date_local(column_moment(row, AT_AT)).date;
        walk->before = walk->after;
    }
    take_back(&walk->before, row);
    return true;
}

static bool read_touched(struct reading *reading, struct error *err)
{
    struct db_statement *row;
    struct walk walk = {0};
    enum db_step step = DB_DONE;
    char today[11];
    bool ok = db_statement(model_db(reading->model), ALARM_TOUCHED, &row, err);
    if (!ok)
        return false;
    db_bind_int(row, 1, reading->seq);
    db_bind_text(row, 2, date_format(reading->today, today));
    while (ok && (step = db_step(row, err)) == DB_ROW)
        ok = walk_row(reading, &walk, row, err);
    db_reset(row);
    return ok && step != DB_FAILED && end_task(reading, &walk, err);
}

/* --- the others ------------------------------------------------------------------------------ */

static int compare_ids(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Late because the day after their due one has come. */
static bool read_due(struct reading *reading, struct error *err)
{
    struct db_statement *row;
    enum db_step step = DB_DONE;
    char first[11], today[11];
    bool ok = db_statement(model_db(reading->model), ALARM_DUE, &row, err);
    if (!ok)
        return false;
    db_bind_text(row, 1, date_format(reading->from - 1, first));
    db_bind_text(row, 2, date_format(reading->today, today));
    while (ok && (step = db_step(row, err)) == DB_ROW) {
        int64_t id = db_int(row, 0);
        bool touched =
            reading->touched_count > 0 &&
            bsearch(&id, reading->touched, reading->touched_count, sizeof id, compare_ids) != NULL;
        ok = touched || take_overdue(reading, id, column_date(row, 1) + 1, err);
    }
    db_reset(row);
    return ok && step != DB_FAILED;
}

static bool read_objections(struct reading *reading, struct error *err)
{
    struct db_statement *row;
    enum db_step step = DB_DONE;
    char first[11];
    bool ok = db_statement(model_db(reading->model), ALARM_OBJECTIONS, &row, err);
    if (!ok)
        return false;
    db_bind_text(row, 1, date_format(reading->from, first));
    db_bind_int(row, 2, reading->seq);
    while (ok && (step = db_step(row, err)) == DB_ROW) {
        const struct alarm alarm = {ALARM_OBJECTION, db_int(row, 0), db_int(row, 1),
            column_date(row, 2), column_line(row, 3)};
        ok = take(reading, &alarm, err);
        free(alarm.text);
    }
    db_reset(row);
    return ok && step != DB_FAILED;
}

date_t alarm_first_day(struct model *model)
{
    return model_today(model)->date - 1;
}

bool alarm_read(struct model *model, const struct query *filter, date_t from, struct alarms *out,
    struct error *err)
{
    struct reading reading = {
        .model = model, .from = from, .today = model_today(model)->date, .out = out};
    alarms_clear(out);
    if (!db_read_begin(model_db(model), err))
        return false;
    bool ok = member_begin(&reading.member, model, filter, err);
    if (ok) {
        ok = find_seq(&reading, err) && read_touched(&reading, err) && read_due(&reading, err) &&
             read_objections(&reading, err);
        member_end(&reading.member);
    }
    db_read_end(model_db(model));
    free(reading.touched);
    if (ok && out->count > 0)
        qsort(out->item, out->count, sizeof *out->item, compare_alarms);
    if (!ok)
        alarms_clear(out);
    return ok;
}

/* --- acknowledging --------------------------------------------------------------------------- */

static bool tell_history(struct model *model, const struct alarm *alarm, const char *person,
    moment_t now, struct error *err)
{
    int64_t seq;
    struct strbuf note = {0};
    strbuf_format(&note, "%s %s", alarm_kinds[alarm->kind].name, person);
    const struct event event = {
        .at = now,
        .actor = model_person(model)->name,
        .origin = model_person(model)->origin,
        .action = (char *)(uintptr_t) "acknowledge",
        .note = strbuf_take(&note),
        .task_id = alarm->task_id,
    };
    bool good = history_append(model_db(model), &event, &seq, err);
    free(event.note);
    return good;
}

static bool write_one(struct model *model, const struct alarm *alarm, const char *person,
    moment_t now, struct error *err)
{
    struct db_statement *row;
    char at[25];
    if (!db_statement(model_db(model), ALARM_ACKNOWLEDGE, &row, err))
        return false;
    bind(row, alarm);
    db_bind_text(row, 4, person);
    db_bind_text(row, 5, date_moment_format(now, at));
    if (!db_run(row, err))
        return false;
    return db_changes(model_db(model)) == 0 || tell_history(model, alarm, person, now, err);
}

bool alarm_acknowledge(
    struct model *model, const struct alarms *alarms, const char *person, struct error *err)
{
    moment_t now = date_now();
    const struct person *by = model_person(model);
    if (!model_may_write(model, err))
        return false;
    if (by->role == PERSON_VIEWER)
        return error_set(err, ERROR_PERMISSION, _("%s (%s) may not change anything"), by->name,
            _(person_roles[by->role].label));
    if (!writing_begin(model, true, err))
        return false;
    bool good = true, is;
    for (size_t i = 0; good && i < alarms->count; i++) {
        good = member_in_reach(model, alarms->item[i].task_id, &is, err) &&
               (!is || write_one(model, &alarms->item[i], person, now, err));
    }
    return writing_end(model, good, err);
}
