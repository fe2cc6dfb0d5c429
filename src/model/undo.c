#include "model/undo.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "column.h"
#include "model/change.h"
#include "model/task_detail.h"
#include "model/workflow.h"

/* --- which lines stand ----------------------------------------------------------------------- */

/* Lines that were taken back, found by walking from the newest: a line that undoes or redoes
 * another and stands itself makes the other one void. */
struct standing {
    int64_t *gone;
    size_t count, capacity;
};

static bool is_gone(const struct standing *standing, int64_t seq)
{
    for (size_t i = 0; i < standing->count; i++)
        if (standing->gone[i] == seq)
            return true;
    return false;
}

enum line { LINE_ACTION, LINE_UNDO, LINE_REDO, LINE_OTHER };

static enum line line_kind(const char *action)
{
    static const char *const others[] = {"sample", "outside", "import", "remind"};
    if (strcmp(action, "undo") == 0)
        return LINE_UNDO;
    if (strcmp(action, "redo") == 0)
        return LINE_REDO;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(action, others[i]) == 0)
            return LINE_OTHER;
    return LINE_ACTION;
}

/* Columns of UNDO_MINE and UNDO_OF_TASK. */
enum { AT_SEQ, AT_ACTION, AT_ACTOR, AT_TARGET, AT_SPAN, AT_TIME };

/* The kind of the line, LINE_OTHER when it does not stand any more. */
static enum line take_line(struct standing *standing, struct db_statement *row)
{
    enum line kind = line_kind(db_text(row, AT_ACTION));
    if (is_gone(standing, db_int(row, AT_SEQ)))
        return LINE_OTHER;
    if (kind == LINE_UNDO || kind == LINE_REDO) {
        standing->gone = alloc_grow(
            standing->gone, &standing->capacity, standing->count + 1, sizeof *standing->gone);
        standing->gone[standing->count++] = strtoll(db_text(row, AT_TARGET), NULL, 10);
    }
    return kind;
}

/* The person's newest line that stands and can be taken back: an action for undo, and for redo an
 * undo with no action after it. 0: none. Lines that a spanning one stands for are passed over. */
static bool find_newest(struct model *model, bool redo, int64_t *seq, struct error *err)
{
    struct standing standing = {0};
    struct db_statement *row;
    enum db_step step = DB_DONE;
    int64_t span = INT64_MAX;
    bool over = false;
    *seq = 0;
    if (!db_statement(model_db(model), UNDO_MINE, &row, err))
        return false;
    db_bind_text(row, 1, model_person(model)->name);
    db_bind_int(row, 2, UNDO_LOOK);
    while (*seq == 0 && !over && (step = db_step(row, err)) == DB_ROW) {
        int64_t here = db_int(row, AT_SEQ), first = strtoll(db_text(row, AT_SPAN), NULL, 10);
        if (here >= span && span != INT64_MAX)
            continue;
        span = first != 0 ? first : INT64_MAX;
        enum line kind = take_line(&standing, row);
        if (kind == (redo ? LINE_UNDO : LINE_ACTION))
            *seq = here;
        over = redo && kind == LINE_ACTION;
    }
    db_reset(row);
    free(standing.gone);
    return step != DB_FAILED;
}

static bool read_line(struct model *model, int64_t seq, struct events *out, struct error *err)
{
    if (!history_since(model, seq - 1, 1, out, err))
        return false;
    if (out->count == 1 && out->event[0].seq == seq)
        return true;
    events_clear(out);
    return error_set(
        err, ERROR_NOT_FOUND, _("The task this was done to is not yours to see any more"));
}

bool undo_next(struct model *model, bool redo, struct events *out, struct error *err)
{
    int64_t seq;
    if (!find_newest(model, redo, &seq, err))
        return false;
    if (seq == 0)
        return error_set(err, ERROR_NOT_FOUND, "%s",
            redo ? _("There is nothing of yours to do again")
                 : _("There is nothing of yours to take back"));
    return read_line(model, seq, out, err);
}

/* --- whether somebody has built on it -------------------------------------------------------- */

static void refuse_built_on(const struct event *event, const char *field_name, const char *who,
    moment_t when, struct error *err)
{
    const struct field *field = field_find(field_name, NULL);
    struct date_time local = date_local(when);
    char day[11];
    error_set(err, ERROR_REFUSED,
        _("%s: %s has changed \"%s\" since (%s %02d:%02d); it cannot be taken back"), event->ident,
        who[0] != '\0' ? who : _("a script outside duban"),
        field != NULL ? _(field->label) : field_name, date_format(local.date, day), local.hour,
        local.minute);
}

static bool refuse_changed(
    struct model *model, const struct event *event, const char *field, struct error *err)
{
    struct db_statement *row;
    char who[64] = "";
    if (!db_statement(model_db(model), WORK_LAST_CHANGE, &row, err))
        return false;
    db_bind_int(row, 1, event->task_id);
    db_bind_text(row, 2, field);
    moment_t when = 0;
    if (db_step(row, err) == DB_ROW) {
        column_copy(row, 0, who, sizeof who);
        when = column_moment(row, 1);
    }
    db_reset(row);
    refuse_built_on(event, field, who, when, err);
    return false;
}

/* A row that would go must hold nothing that the line did not put there. */
static bool row_is_as_left(struct model *model, const struct event *event,
    const struct event_change *row, struct error *err)
{
    const char *suffix;
    const struct field *principal = field_find(row->field, &suffix);
    bool good = true;
    for (size_t i = 0; good && i < field_count; i++) {
        char name[64], *now = NULL;
        bool told = false;
        if (fields[i].table != principal->table || principal->table == TABLE_TASK)
            continue;
        snprintf(name, sizeof name, "%s.%s", fields[i].name, suffix);
        for (size_t k = 0; k < event->change_count; k++)
            told |= strcmp(event->changes[k].field, name) == 0;
        if (told)
            continue;
        good = change_current(model_db(model), event->task_id, name, &now, err) &&
               (now[0] == '\0' || refuse_changed(model, event, name, err));
        free(now);
    }
    return good;
}

static bool fields_are_as_left(struct model *model, const struct event *event, struct error *err)
{
    bool good = true;
    for (size_t i = 0; good && i < event->change_count; i++) {
        const struct event_change *change = &event->changes[i];
        const struct field *field = field_find(change->field, NULL);
        char *now = NULL;
        if (field == NULL || field->table == TABLE_NONE)
            continue;
        good =
            change_current(model_db(model), event->task_id, change->field, &now, err) &&
            (strcmp(now, change->after) == 0 || refuse_changed(model, event, change->field, err));
        free(now);
        if (good && field->flags & FIELD_IS_ROW && change->before[0] == '\0')
            good = row_is_as_left(model, event, change, err);
    }
    return good;
}

/* Whether somebody acted on the task after the line: others where its state was changed, anybody
 * where the whole task would go. */
static bool nobody_acted_since(
    struct model *model, const struct event *event, bool anybody, struct error *err)
{
    struct standing standing = {0};
    struct db_statement *row;
    enum db_step step;
    bool good = true;
    if (!db_statement(model_db(model), UNDO_OF_TASK, &row, err))
        return false;
    db_bind_int(row, 1, event->task_id);
    db_bind_int(row, 2, event->seq);
    while (good && (step = db_step(row, err)) == DB_ROW) {
        char who[64];
        column_copy(row, AT_ACTOR, who, sizeof who);
        bool acted = take_line(&standing, row) == LINE_ACTION &&
                     workflow_find(db_text(row, AT_ACTION)) != NULL;
        if (!acted || (!anybody && strcmp(who, model_person(model)->name) == 0))
            continue;
        good = false;
        refuse_built_on(event, "state", who, column_moment(row, AT_TIME), err);
    }
    db_reset(row);
    free(standing.gone);
    return good && step != DB_FAILED;
}

static bool may_take_back(struct model *model, const struct event *event, struct error *err)
{
    const struct person *person = model_person(model);
    if (person->role == PERSON_VIEWER)
        return error_set(err, ERROR_PERMISSION, _("%s (%s) may not change anything"), person->name,
            _(person_roles[person->role].label));
    bool state = false, task = false;
    for (size_t i = 0; i < event->change_count; i++) {
        state |= strcmp(event->changes[i].field, "state") == 0;
        task |=
            strcmp(event->changes[i].field, "title") == 0 && event->changes[i].before[0] == '\0';
    }
    return (!(state || task) || nobody_acted_since(model, event, task, err)) &&
           fields_are_as_left(model, event, err);
}

/* --- taking back ----------------------------------------------------------------------------- */

static bool invert(
    struct model *model, const struct event *event, bool redo, int64_t *seq, struct error *err)
{
    struct change change = {.task_id = event->task_id, .action = redo ? "redo" : "undo"};
    char target[24];
    if (!may_take_back(model, event, err))
        return false;
    for (size_t i = 0; i < event->change_count; i++) {
        const struct field *field = field_find(event->changes[i].field, NULL);
        if (field != NULL && field->table != TABLE_NONE)
            change_put(&change, event->changes[i].field, event->changes[i].after,
                event->changes[i].before);
    }
    snprintf(target, sizeof target, "%" PRId64, event->seq);
    change_put(&change, redo ? "redone" : "undone", "", target);
    bool done = change_apply(model, &change, seq, err);
    change_clear(&change);
    return done;
}

/* The lines a spanning one stands for, newest first, and then a spanning one of its own. */
static bool invert_span(
    struct model *model, const struct event *span, bool redo, int64_t *seq, struct error *err)
{
    int64_t first = 0, last = 0, from = 0;
    char target[24], text[2][24];
    for (size_t i = 0; i < span->change_count; i++)
        if (strcmp(span->changes[i].field, "events") == 0) {
            first = strtoll(span->changes[i].before, NULL, 10);
            last = strtoll(span->changes[i].after, NULL, 10);
        }
    for (int64_t at = last; at >= first; at--) {
        struct events one = {0};
        bool done = read_line(model, at, &one, err) && invert(model, &one.event[0], redo, seq, err);
        events_clear(&one);
        if (!done)
            return false;
        from = from == 0 ? *seq : from;
    }
    struct change change = {.action = redo ? "redo" : "undo"};
    snprintf(target, sizeof target, "%" PRId64, span->seq);
    snprintf(text[0], sizeof text[0], "%" PRId64, from);
    snprintf(text[1], sizeof text[1], "%" PRId64, *seq);
    change_put(&change, redo ? "redone" : "undone", "", target);
    change_put(&change, "events", text[0], text[1]);
    bool done = change_apply(model, &change, seq, err);
    change_clear(&change);
    return done;
}

static bool take_back(
    struct model *model, bool redo, int64_t expected, struct events *undone, struct error *err)
{
    int64_t seq;
    if (!person_still(model_db(model), model_person(model), err) ||
        !undo_next(model, redo, undone, err))
        return false;
    const struct event *event = &undone->event[0];
    if (expected != 0 && event->seq != expected)
        return error_set(err, ERROR_CONFLICT,
            _("Something newer of yours has been recorded meanwhile; look again"));
    return event->task_id != 0 ? invert(model, event, redo, &seq, err)
                               : invert_span(model, event, redo, &seq, err);
}

bool undo_do(struct model *model, bool redo, int64_t seq, struct events *undone, struct error *err)
{
    if (!model_may_write(model, err) || !db_write_begin(model_db(model), err))
        return false;
    if (take_back(model, redo, seq, undone, err))
        return db_write_commit(model_db(model), err);
    db_write_rollback(model_db(model));
    return false;
}
