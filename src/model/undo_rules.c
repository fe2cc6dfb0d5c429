/* Whether what a line of the history did may be taken back. */
#include "undo_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "column.h"
#include "work_parts.h"

/* --- whether the fields are as they were left
 * -------------------------------------------------------- */

/* `field_name` "": in some way that no field tells. */
static bool refuse_built_on(const struct event *event, const char *field_name, const char *who,
    moment_t when, struct error *err)
{
    const struct field *field = field_find(field_name, NULL);
    struct date_time local = date_local(when);
    char day[11];
    date_format(local.date, day);
    if (who[0] == '\0')
        who = _("a script outside duban");
    if (field == NULL)
        return error_set(err, ERROR_REFUSED,
            _("%s: %s has worked on it since (%s %02d:%02d); it cannot be taken back"),
            event->ident, who, day, local.hour, local.minute);
    return error_set(err, ERROR_REFUSED,
        _("%s: %s has changed \"%s\" since (%s %02d:%02d); it cannot be taken back"), event->ident,
        who, _(field->label), day, local.hour, local.minute);
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
    return refuse_built_on(event, field, who, when, err);
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

/* --- whether somebody has built on it -----------------------------------------------------------
 */

/* What somebody may have built on though no field that the line changed is another now. */
enum concern {
    CONCERNS_TASK = 1,     /* the whole task would go: whatever anybody did to it */
    CONCERNS_STATE = 2,    /* whatever others did since is done in this state */
    CONCERNS_CHECKS = 4,   /* the conditions of the workflow: others have moved the state by them */
    CONCERNS_REPORTS = 8,  /* the task says what its last report says */
    CONCERNS_LISTING = 16, /* a task is listed as long as any such notice stands */
    CONCERNS_EXTENSIONS = 32 /* one is asked for at a time */
};

static bool is_listed_notice(
    struct model *model, const struct event *event, const char *suffix, bool *is, struct error *err)
{
    char name[64], *level = NULL;
    snprintf(name, sizeof name, "notice.%s", suffix);
    if (!change_current(model_db(model), event->task_id, name, &level, err))
        return false;
    *is = strcmp(level, notice_levels[NOTICE_LISTED].name) == 0;
    free(level);
    return true;
}

static unsigned concern_of(const struct field *field, const struct event_change *change)
{
    bool row = change->before[0] == '\0' || change->after[0] == '\0';
    if (strcmp(field->name, "state") == 0)
        return CONCERNS_STATE;
    if (strcmp(field->name, "title") == 0 && change->before[0] == '\0')
        return CONCERNS_TASK;
    if (strcmp(field->name, "listed") == 0)
        return CONCERNS_LISTING;
    if (strcmp(field->name, "done") == 0 || strcmp(field->name, "waived") == 0)
        return CONCERNS_CHECKS;
    switch (field->table) {
    case TABLE_MEASURE:
        return row && field->flags & FIELD_IS_ROW ? CONCERNS_CHECKS : 0;
    case TABLE_REVIEW:
    case TABLE_PUBLICITY:
    case TABLE_OBJECTION:
        return CONCERNS_CHECKS;
    case TABLE_REPORT:
        return CONCERNS_REPORTS;
    case TABLE_EXTENSION:
        return CONCERNS_EXTENSIONS;
    default:
        return 0;
    }
}

static bool find_concerns(
    struct model *model, const struct event *event, unsigned *concerns, struct error *err)
{
    *concerns = 0;
    for (size_t i = 0; i < event->change_count; i++) {
        const char *suffix;
        const struct event_change *change = &event->changes[i];
        const struct field *field = field_find(change->field, &suffix);
        bool notice = field != NULL &&
                      (strcmp(field->name, "notice") == 0 || strcmp(field->name, "lifted_on") == 0);
        bool listed = strcmp(change->before, notice_levels[NOTICE_LISTED].name) == 0;
        if (field == NULL)
            continue;
        if (notice && !listed && !is_listed_notice(model, event, suffix, &listed, err))
            return false;
        *concerns |= notice && listed ? CONCERNS_LISTING : concern_of(field, change);
    }
    return true;
}

/* A line that says what somebody did beside the task, and changes nothing of it. */
static bool only_tells(const char *action)
{
    return strcmp(action, "remind") == 0 || strcmp(action, "acknowledge") == 0;
}

/* What a line after the event's that stands in its way has changed; NULL: it does not. A line that
 * takes back, or does again, what was done after the event leaves all as it was. */
static const char *in_the_way(struct model *model, const struct event *event,
    struct db_statement *row, enum line_kind kind, unsigned concerns)
{
    bool mine = strcmp(db_text(row, AT_ACTOR), model_person(model)->name) == 0;
    bool acts = kind == LINE_ACTION,
         changes = acts || (kind == LINE_OTHER && !only_tells(db_text(row, AT_ACTION)));
    bool moves = changes || ((kind == LINE_UNDO || kind == LINE_REDO) &&
                                strtoll(db_text(row, AT_TARGET), NULL, 10) < event->seq);
    const char *what = db_int(row, AT_STATE) ? "state" : "", *same = db_text(row, AT_SAME);
    if (changes && concerns & CONCERNS_TASK)
        return what;
    if (mine || kind == LINE_GONE)
        return NULL;
    if ((acts && concerns & CONCERNS_STATE) || (changes && concerns & CONCERNS_CHECKS && *what))
        return what;
    if (moves && *same != '\0')
        return same;
    if (moves && concerns & CONCERNS_REPORTS && db_int(row, AT_REPORT))
        return "report";
    if (moves && concerns & CONCERNS_LISTING && db_int(row, AT_LISTED))
        return "listed";
    if (moves && concerns & CONCERNS_EXTENSIONS && db_int(row, AT_EXTENSION))
        return "extension";
    return NULL;
}

static bool nobody_built_on(
    struct model *model, const struct event *event, unsigned concerns, struct error *err)
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
        enum line_kind kind = undo_line(&standing, row);
        const char *field = in_the_way(model, event, row, kind, concerns);
        if (field == NULL)
            continue;
        column_copy(row, AT_ACTOR, who, sizeof who);
        good = refuse_built_on(event, field, who, column_moment(row, AT_TIME), err);
    }
    db_reset(row);
    free(standing.gone);
    return good && step != DB_FAILED;
}

/* --- whether the person may ------------------------------------------------------------------ */

/* The action that the line is about: its own, or that of the line it took back. */
static bool find_action(
    struct model *model, const struct event *event, bool redo, char action[64], struct error *err)
{
    struct db_statement *row;
    int64_t target = 0;
    snprintf(action, 64, "%s", event->action);
    for (size_t i = 0; redo && i < event->change_count; i++)
        if (strcmp(event->changes[i].field, "undone") == 0)
            target = strtoll(event->changes[i].after, NULL, 10);
    if (target == 0)
        return true;
    if (!db_statement(model_db(model), UNDO_ACTION, &row, err))
        return false;
    db_bind_int(row, 1, target);
    enum db_step step = db_step(row, err);
    if (step == DB_ROW)
        column_copy(row, 0, action, 64);
    db_reset(row);
    return step != DB_FAILED;
}

/* A number may have been given again while its task was gone. */
static bool number_is_free(struct model *model, const struct event *event, struct error *err)
{
    const char *source = "", *number = "", *part = "", *title = "";
    struct db_statement *row;
    for (size_t i = 0; i < event->change_count; i++) {
        const struct event_change *change = &event->changes[i];
        const char **wanted = strcmp(change->field, "source") == 0   ? &source
                              : strcmp(change->field, "number") == 0 ? &number
                              : strcmp(change->field, "part") == 0   ? &part
                              : strcmp(change->field, "title") == 0  ? &title
                                                                     : NULL;
        if (wanted != NULL && change->after[0] == '\0')
            *wanted = change->before;
    }
    if (title[0] == '\0')
        return true;
    if (!db_statement(model_db(model), FIND_EXACT, &row, err))
        return false;
    db_bind_int(row, 1, strtoll(source, NULL, 10));
    db_bind_text(row, 2, number);
    db_bind_int(row, 3, strtoll(part, NULL, 10));
    enum db_step step = db_step(row, err);
    db_reset(row);
    if (step == DB_ROW)
        return error_set(err, ERROR_REFUSED,
            _("The number %s was given to another task since; make the task anew"), number);
    return step != DB_FAILED;
}

bool undo_allowed(struct model *model, const struct event *event, bool redo, struct error *why)
{
    char action[64];
    unsigned concerns;
    return find_action(model, event, redo, action, why) &&
           work_may_change(model, action, event->changes, event->change_count, why) &&
           find_concerns(model, event, &concerns, why) &&
           nobody_built_on(model, event, concerns, why) && fields_are_as_left(model, event, why) &&
           number_is_free(model, event, why);
}
