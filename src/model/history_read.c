/* The history read: the newest events, those of a task, those since a moment; only what the person
 * may see. */
#include "model/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "column.h"
#include "member.h"
#include "model/people.h"

static void event_clear(struct event *event)
{
    free(event->actor);
    free(event->origin);
    free(event->action);
    free(event->note);
    free(event->target.action);
    for (size_t i = 0; i < event->change_count; i++) {
        free(event->changes[i].field);
        free(event->changes[i].before);
        free(event->changes[i].after);
    }
    free(event->changes);
}

void events_clear(struct events *events)
{
    for (size_t i = 0; i < events->count; i++)
        event_clear(&events->event[i]);
    free(events->event);
    *events = (struct events){0};
}

/* Columns of the HISTORY_LATEST, HISTORY_OF_TASK and HISTORY_SINCE statements. */
enum { AT_SEQ, AT_AT, AT_ACTOR, AT_ORIGIN, AT_ACTION, AT_NOTE, AT_TASK, AT_IDENT, AT_HASHED = 10 };

static void read_event(struct db_statement *from, struct event *event)
{
    *event = (struct event){
        .seq = db_int(from, AT_SEQ),
        .at = column_moment(from, AT_AT),
        .actor = column_line(from, AT_ACTOR),
        .origin = column_line(from, AT_ORIGIN),
        .action = column_line(from, AT_ACTION),
        .note = column_lines(from, AT_NOTE),
        .task_id = db_int(from, AT_TASK),
        .hashed = db_int(from, AT_HASHED) != 0,
    };
    column_ident(from, AT_IDENT, event->ident);
}

static bool read_changes(struct db *db, struct event *event, struct error *err)
{
    struct db_statement *from;
    enum db_step step;
    size_t capacity = 0;
    if (!db_statement(db, HISTORY_CHANGES, &from, err))
        return false;
    db_bind_int(from, 1, event->seq);
    while ((step = db_step(from, err)) == DB_ROW) {
        event->changes =
            alloc_grow(event->changes, &capacity, event->change_count + 1, sizeof *event->changes);
        event->changes[event->change_count++] = (struct event_change){
            .field = column_line(from, 0),
            .before = column_lines(from, 1),
            .after = column_lines(from, 2),
        };
    }
    db_reset(from);
    return step != DB_FAILED;
}

static int64_t number_of(const struct event *event, const char *field)
{
    for (size_t i = 0; i < event->change_count; i++)
        if (strcmp(event->changes[i].field, field) == 0)
            return strtoll(event->changes[i].after, NULL, 10);
    return 0;
}

/* From undo to redo to undo .. to the action itself. Each speaks of an older line. */
static bool read_target(struct db *db, struct event *event, struct error *err)
{
    int64_t seq = number_of(event, "undone"), newer = event->seq;
    struct db_statement *from;
    enum db_step step = DB_ROW;
    if (seq == 0)
        seq = number_of(event, "redone");
    if (seq != 0 && !db_statement(db, HISTORY_TARGET, &from, err))
        return false;
    while (seq > 0 && seq < newer && step == DB_ROW) {
        db_bind_int(from, 1, seq);
        newer = seq;
        seq = 0;
        if ((step = db_step(from, err)) == DB_ROW) {
            free(event->target.action);
            event->target = (struct event_target){column_moment(from, 0), column_line(from, 1)};
            seq = strtoll(db_text(from, 2), NULL, 10);
        }
        db_reset(from);
    }
    return step != DB_FAILED;
}

/* The lines of one step stand one after the other, and behind them, written within the same
 * transaction, the line of no task that spans them: the next one there is. */
static bool read_span(struct db *db, int64_t seq, int64_t *first, int64_t *last, struct error *err)
{
    struct db_statement *from;
    *first = *last = 0;
    if (!db_statement(db, HISTORY_SPAN, &from, err))
        return false;
    db_bind_int(from, 1, seq);
    enum db_step step = db_step(from, err);
    if (step == DB_ROW) {
        *first = strtoll(db_text(from, 0), NULL, 10);
        *last = strtoll(db_text(from, 1), NULL, 10);
    }
    db_reset(from);
    return step != DB_FAILED;
}

/* The tasks of a step, those that the person may see. */
static bool count_in_reach(
    struct model *model, int64_t first, int64_t last, size_t *count, struct error *err)
{
    struct member reach;
    struct db_statement *from;
    enum db_step step = DB_DONE;
    bool ok = member_begin(&reach, model, NULL, err), allowed;
    *count = 0;
    if (!ok)
        return false;
    if ((ok = db_statement(model_db(model), HISTORY_SINCE, &from, err))) {
        db_bind_int(from, 1, first - 1);
        while (ok && (step = db_step(from, err)) == DB_ROW && db_int(from, AT_SEQ) <= last) {
            ok = member_ask(&reach, db_int(from, AT_TASK), &allowed, err);
            *count += ok && allowed;
        }
        db_reset(from);
    }
    member_end(&reach);
    return ok && step != DB_FAILED;
}

static bool read_together(struct model *model, struct event *event, struct error *err)
{
    int64_t first, last;
    if (!read_span(model_db(model), event->seq, &first, &last, err))
        return false;
    if (first > event->seq || event->seq > last)
        return true;
    if (model_reach(model) != NULL)
        return count_in_reach(model, first, last, &event->together, err);
    event->together = (size_t)(last - first + 1);
    return true;
}

/* By the login that the origin begins with, for names are not unique; by the name where there is
 * none. */
static bool is_own(const struct model *model, struct db_statement *from)
{
    const struct person *person = model_person(model);
    const char *origin = db_text(from, AT_ORIGIN);
    size_t length = strlen(person->login);
    if (length == 0)
        return strcmp(db_text(from, AT_ACTOR), person->name) == 0;
    return strncmp(origin, person->login, length) == 0 &&
           (origin[length] == '\0' || origin[length] == ' ');
}

/* Takes at most `most` events the person may see out of at most `lines`, none before `after`. */
struct look {
    size_t most, lines;
    int64_t after;
    bool tasks_only, for_all; /* for_all: where anybody looks, nothing about people */
};

static bool event_in_reach(struct model *model, struct member *reach, struct db_statement *from,
    const struct look *look, bool *allowed, struct error *err)
{
    const struct person *person = model_person(model);
    if (db_int(from, AT_TASK) != 0) {
        *allowed = reach->statement == NULL;
        return *allowed || member_ask(reach, db_int(from, AT_TASK), allowed, err);
    }
    if (people_is_action(db_text(from, AT_ACTION)))
        *allowed = !look->tasks_only && !look->for_all && person->role == PERSON_ADMIN;
    else
        *allowed = reach->statement == NULL || (!look->tasks_only && is_own(model, from));
    return true;
}

static bool read_events(struct model *model, struct db_statement *from, const struct query *filter,
    const struct look *look, struct events *out, struct error *err)
{
    struct member reach;
    enum db_step step = DB_DONE;
    bool ok = member_begin(&reach, model, filter, err), allowed;
    for (size_t seen = 0;
         ok && out->count < look->most && seen < look->lines &&
         (step = db_step(from, err)) == DB_ROW && db_int(from, AT_SEQ) > look->after;
         seen++) {
        if (db_int(from, AT_SEQ) > out->looked)
            out->looked = db_int(from, AT_SEQ);
        ok = event_in_reach(model, &reach, from, look, &allowed, err);
        if (!ok || !allowed)
            continue;
        out->event = alloc_grow(out->event, &out->capacity, out->count + 1, sizeof *out->event);
        read_event(from, &out->event[out->count]);
        struct event *event = &out->event[out->count++];
        ok = read_changes(model_db(model), event, err) && read_target(model_db(model), event, err);
    }
    ok = ok && step != DB_FAILED;
    db_reset(from);
    member_end(&reach);
    if (!ok)
        events_clear(out);
    return ok;
}

bool history_latest(
    struct model *model, int64_t task_id, size_t most, struct events *out, struct error *err)
{
    struct db_statement *from;
    enum statement id = task_id != 0 ? HISTORY_OF_TASK : HISTORY_LATEST;
    events_clear(out);
    if (!db_statement(model_db(model), id, &from, err))
        return false;
    if (task_id != 0)
        db_bind_int(from, 1, task_id);
    bool ok = read_events(
        model, from, NULL, &(struct look){.most = most, .lines = HISTORY_LOOK}, out, err);
    for (size_t i = 0; task_id != 0 && ok && i < out->count; i++)
        ok = read_together(model, &out->event[i], err);
    if (!ok)
        events_clear(out);
    return ok;
}

/* What has been kept is shown no longer once its task is out of reach. */
static bool drop_beyond_reach(struct model *model, struct events *kept, struct error *err)
{
    struct member reach;
    size_t left = 0;
    bool ok = member_begin(&reach, model, NULL, err);
    for (size_t i = 0; i < kept->count; i++) {
        bool is = true;
        if (ok && reach.statement != NULL && kept->event[i].task_id != 0)
            ok = member_ask(&reach, kept->event[i].task_id, &is, err);
        if (ok && !is)
            event_clear(&kept->event[i]);
        else
            kept->event[left++] = kept->event[i];
    }
    kept->count = left;
    member_end(&reach);
    return ok;
}

bool history_follow(struct model *model, size_t most, struct events *kept, struct error *err)
{
    struct events fresh = {.looked = kept->looked};
    struct db_statement *from;
    if (kept->looked == 0 || history_newest(model) < kept->looked) /* an older copy was put back */
        return history_latest(model, 0, most, kept, err);
    if (!drop_beyond_reach(model, kept, err) ||
        !db_statement(model_db(model), HISTORY_LATEST, &from, err) ||
        !read_events(model, from, NULL,
            &(struct look){.most = most, .lines = HISTORY_LOOK, .after = kept->looked}, &fresh,
            err))
        return false;
    for (size_t i = 0; i < kept->count; i++) {
        if (fresh.count == most) {
            event_clear(&kept->event[i]);
            continue;
        }
        fresh.event =
            alloc_grow(fresh.event, &fresh.capacity, fresh.count + 1, sizeof *fresh.event);
        fresh.event[fresh.count++] = kept->event[i];
    }
    free(kept->event);
    *kept = fresh;
    return true;
}

bool history_latest_of(struct model *model, const struct query *filter, size_t most,
    struct events *out, struct error *err)
{
    struct db_statement *from;
    events_clear(out);
    return db_statement(model_db(model), HISTORY_LATEST, &from, err) &&
           read_events(model, from, filter,
               &(struct look){.most = most,
                   .lines = HISTORY_LOOK,
                   .tasks_only = filter != NULL,
                   .for_all = true},
               out, err);
}

bool history_since(
    struct model *model, int64_t since, size_t most, struct events *out, struct error *err)
{
    struct db_statement *from;
    events_clear(out);
    if (!db_statement(model_db(model), HISTORY_SINCE, &from, err))
        return false;
    db_bind_int(from, 1, since);
    return read_events(
        model, from, NULL, &(struct look){.most = most, .lines = SIZE_MAX}, out, err);
}

static bool cut_in_reach(struct model *model, struct member *reach, int64_t since, int64_t most,
    struct history_cut *out, struct error *err)
{
    struct db_statement *from;
    enum db_step step = DB_DONE;
    int64_t newest = history_newest(model), count = 0;
    bool ok = db_statement(model_db(model), HISTORY_BEFORE, &from, err), allowed;
    if (!ok)
        return false;
    db_bind_int(from, 1, since > newest - HISTORY_CUT_LOOK ? since : newest - HISTORY_CUT_LOOK);
    db_bind_int(from, 2, newest);
    while (ok && (step = db_step(from, err)) == DB_ROW) {
        ok = event_in_reach(model, reach, from, &(struct look){0}, &allowed, err);
        if (!ok || !allowed)
            continue;
        if (count++ == most)
            out->after = db_int(from, AT_SEQ);
    }
    db_reset(from);
    out->left_out = count > most ? count - most : 0;
    return ok && step != DB_FAILED;
}

bool history_cut(
    struct model *model, int64_t since, int64_t most, struct history_cut *out, struct error *err)
{
    struct member reach;
    int64_t first = history_newest(model) - most;
    *out = (struct history_cut){.after = since};
    if (model_reach(model) == NULL) {
        if (first > since)
            *out = (struct history_cut){first, first - since};
        return true;
    }
    if (!member_begin(&reach, model, NULL, err))
        return false;
    bool ok = cut_in_reach(model, &reach, since, most, out, err);
    member_end(&reach);
    return ok;
}

static bool find_line_at(
    struct model *model, struct member *reach, int64_t seq, moment_t *at, struct error *err)
{
    struct db_statement *from;
    enum db_step step = DB_DONE;
    bool ok = db_statement(model_db(model), HISTORY_BEFORE, &from, err), allowed = false;
    if (!ok)
        return false;
    db_bind_int(from, 1, 0);
    db_bind_int(from, 2, seq);
    for (int i = 0; ok && !allowed && i < HISTORY_LOOK && (step = db_step(from, err)) == DB_ROW;
         i++) {
        ok = event_in_reach(model, reach, from, &(struct look){0}, &allowed, err);
        if (ok && allowed)
            *at = column_moment(from, AT_AT);
    }
    db_reset(from);
    return ok && step != DB_FAILED;
}

bool history_line_at(struct model *model, int64_t seq, moment_t *at, struct error *err)
{
    struct member reach;
    *at = 0;
    if (!member_begin(&reach, model, NULL, err))
        return false;
    bool ok = find_line_at(model, &reach, seq, at, err);
    member_end(&reach);
    return ok;
}

bool history_own(struct model *model, int64_t seq, struct events *out, struct error *err)
{
    struct db_statement *from;
    events_clear(out);
    if (!db_statement(model_db(model), HISTORY_SINCE, &from, err))
        return false;
    db_bind_int(from, 1, seq - 1);
    enum db_step step = db_step(from, err);
    bool found = step == DB_ROW && db_int(from, AT_SEQ) == seq && is_own(model, from) &&
                 !people_is_action(db_text(from, AT_ACTION));
    if (found) {
        out->event = alloc_grow(out->event, &out->capacity, 1, sizeof *out->event);
        read_event(from, &out->event[out->count++]);
    }
    db_reset(from);
    if (found && read_changes(model_db(model), &out->event[0], err))
        return true;
    events_clear(out);
    return step == DB_FAILED || found
               ? false
               : error_set(err, ERROR_NOT_FOUND, _("the history has no line %lld of yours"),
                     (long long)seq);
}
