#include "model/remind.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "column.h"
#include "model/task_list.h"
#include "remind_ladder.h"

enum { PAGE = 256, WAIT_MS = 1000, MONDAY = 1 };

void reminders_clear(struct reminders *reminders)
{
    for (size_t i = 0; i < reminders->count; i++) {
        free(reminders->reminder[i].title);
        free(reminders->reminder[i].officer);
        free(reminders->reminder[i].phone);
    }
    free(reminders->reminder);
    *reminders = (struct reminders){0};
}

struct planning {
    struct model *model;
    struct reminders *out;
    struct error *err;
};

/* --- one task -------------------------------------------------------------------------------- */

static bool read_contact(struct planning *planning, struct reminder *reminder)
{
    struct db_statement *from;
    if (!db_statement(model_db(planning->model), REMIND_CONTACT, &from, planning->err))
        return false;
    db_bind_int(from, 1, reminder->task_id);
    enum db_step step = db_step(from, planning->err);
    if (step == DB_ROW) {
        reminder->officer = column_line(from, 0);
        reminder->phone = column_line(from, 1);
    } else { /* deleted since: the claim will see */
        reminder->officer = alloc_string("");
        reminder->phone = alloc_string("");
    }
    db_reset(from);
    return step != DB_FAILED;
}

static bool add_reminder(
    struct planning *planning, const struct task_row *row, const struct reminder *what)
{
    struct reminders *out = planning->out;
    out->reminder =
        alloc_grow(out->reminder, &out->capacity, out->count + 1, sizeof *out->reminder);
    struct reminder *reminder = &out->reminder[out->count++];
    *reminder = *what;
    reminder->task_id = row->id;
    memcpy(reminder->ident, row->ident, sizeof reminder->ident);
    reminder->title = alloc_string(row->title);
    reminder->lead_id = row->lead_id;
    reminder->region_id = row->region_id;
    reminder->regions = row->regions;
    reminder->days = reminder->due - model_today(planning->model)->date;
    return read_contact(planning, reminder);
}

/* What is recorded of a rung that would be due on `on`. */
enum recorded { RECORDED_NOTHING, RECORDED_CLAIM, RECORDED_DONE };

static bool ask_recorded(struct planning *planning, int64_t task_id, const struct reminder *what,
    date_t on, enum recorded *out)
{
    struct db_statement *from;
    enum db_step step;
    char key[11];
    *out = RECORDED_NOTHING;
    if (!db_statement(model_db(planning->model), REMIND_RECORDED, &from, planning->err))
        return false;
    db_bind_int(from, 1, task_id);
    db_bind_text(from, 2, date_format(what->key, key));
    while ((step = db_step(from, planning->err)) == DB_ROW) {
        const char *name = db_text(from, 0);
        if (strcmp(name, what->rung) == 0)
            *out = *db_text(from, 1) != '\0' ? RECORDED_DONE : RECORDED_CLAIM;
        else if (on != DATE_NONE && rung_parse(name, what->key).on >= on)
            *out = RECORDED_DONE; /* the rules had other rungs then; a later one was told */
        if (*out == RECORDED_DONE)
            break;
    }
    db_reset(from);
    return step != DB_FAILED;
}

static bool consider(
    struct planning *planning, const struct task_row *row, struct reminder *what, date_t on)
{
    enum recorded recorded;
    if (!ask_recorded(planning, row->id, what, on, &recorded))
        return false;
    what->unsure = recorded == RECORDED_CLAIM;
    return recorded == RECORDED_DONE || add_reminder(planning, row, what);
}

static bool consider_ladder(struct planning *planning, const struct task_row *row)
{
    struct rung reached[LADDER_MOST];
    if (row->due_on == DATE_NONE)
        return true;
    size_t count = ladder_reached(
        model_rules(planning->model), row->due_on, model_today(planning->model)->date, reached);
    if (count == 0)
        return true;
    const struct rung *newest = &reached[count - 1];
    struct reminder what = {
        .kind = newest->kind, .rung_days = newest->days, .key = row->due_on, .due = row->due_on};
    rung_name(what.kind, what.rung_days, what.rung);
    return consider(planning, row, &what, newest->on);
}

/* The first Monday after the period that ended on `end`. */
static date_t monday_after(date_t end)
{
    return end + 1 + (7 - (date_weekday(end + 1) - MONDAY)) % 7;
}

static bool consider_report(struct planning *planning, const struct task_row *row)
{
    const struct today *today = model_today(planning->model);
    if (!task_is_unreported(row, today))
        return true;
    date_t owed = today->owed[row->rhythm], end = date_period_end(row->rhythm, owed);
    if (today->date < monday_after(end))
        return true;
    struct reminder what = {.kind = RUNG_UNREPORTED, .key = owed, .due = end};
    rung_name(what.kind, 0, what.rung);
    return consider(planning, row, &what, DATE_NONE);
}

static bool consider_task(struct planning *planning, const struct task_row *row)
{
    if (row->id == 0 || row->state == STATE_CLOSED)
        return true;
    return consider_ladder(planning, row) && consider_report(planning, row);
}

/* --- all of them ----------------------------------------------------------------------------- */

static bool consider_page(struct planning *planning, const int64_t *ids, size_t count)
{
    struct task_row *rows = alloc_zero(PAGE, sizeof *rows);
    bool good = task_rows_read(planning->model, ids, count, rows, planning->err);
    for (size_t i = 0; i < count; i++) {
        good = good && consider_task(planning, &rows[i]);
        task_row_clear(&rows[i]);
    }
    free(rows);
    return good;
}

static bool wait_for_all(struct task_list *list, struct error *err)
{
    struct error failed = {0};
    task_list_take(list, &failed);
    while (failed.code == ERROR_NONE && !task_list_complete(list)) {
        task_list_wait(list, SIZE_MAX, WAIT_MS);
        task_list_take(list, &failed);
    }
    return failed.code == ERROR_NONE || error_set(err, failed.code, "%s", failed.text);
}

static bool consider_list(struct planning *planning, const struct task_list *list)
{
    int64_t ids[PAGE];
    size_t total = task_list_count(list);
    for (size_t first = 0; first < total; first += PAGE) {
        size_t count = total - first < PAGE ? total - first : PAGE;
        for (size_t i = 0; i < count; i++)
            ids[i] = task_list_id(list, first + i);
        if (!consider_page(planning, ids, count))
            return false;
    }
    return true;
}

bool remind_plan(struct model *model, const struct query *query, struct reminders *out,
    struct query_error *wrong, struct error *err)
{
    static const struct sort by_due = {SORT_DUE, false};
    struct planning planning = {model, out, err};
    struct task_list *list;
    *out = (struct reminders){0};
    if (!task_list_open(model, query, &by_due, &list, wrong))
        return error_set(err, ERROR_USAGE, "%s", wrong->text);
    *wrong = (struct query_error){0};
    bool good = wait_for_all(list, err) && consider_list(&planning, list);
    task_list_close(list);
    if (!good)
        reminders_clear(out);
    return good;
}
