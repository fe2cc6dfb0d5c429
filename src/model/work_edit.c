/* An edit of fields: whether this person may, what others changed meanwhile, and what is left to
 * write. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "column.h"
#include "model/target_lines.h"
#include "work_parts.h"

/* What changes some other way says which. */
static bool refuse_direct(const struct field *field, struct error *err)
{
    if (strcmp(field->name, "deadline") == 0)
        return error_set(err, ERROR_REFUSED,
            _("A deadline changes only by an approved extension: ask for one (extend)"));
    if (strcmp(field->name, "percent") == 0 || strcmp(field->name, "progress") == 0)
        return error_set(err, ERROR_REFUSED,
            _("Percent and progress are those of the last report: write a report"));
    if (strcmp(field->name, "state") == 0 || strcmp(field->name, "returned") == 0)
        return error_set(err, ERROR_REFUSED, _("The state changes by the actions of the workflow"));
    return error_set(err, ERROR_REFUSED, _("\"%s\" cannot be edited"), field->name);
}

/* The deadline that was never set is set by hand once. */
static bool is_first_deadline(const struct job *job, const struct field *field)
{
    return strcmp(field->name, "deadline") == 0 && job->task->row.deadline == DATE_NONE &&
           (model_person(job->model)->role == PERSON_OFFICER ||
               model_person(job->model)->role == PERSON_ADMIN);
}

static bool may_edit(const struct job *job, const struct argument *argument, struct error *err)
{
    const struct field *field;
    const struct person *person = model_person(job->model);
    if (!work_field(argument->name, &field, err))
        return false;
    if (argument->base != NULL && strcmp(argument->base, argument->value) == 0)
        return true; /* only relied on */
    if (field->may == 0 && !is_first_deadline(job, field))
        return refuse_direct(field, err);
    if (field->may != 0 && !(field->may & PERSON_BIT(person->role)))
        return error_set(err, ERROR_PERMISSION, _("%s (%s) may not change \"%s\""), person->name,
            _(person_roles[person->role].label), _(field->label));
    if (argument->value[0] == '\0' &&
        (strcmp(field->name, "title") == 0 || strcmp(field->name, "region") == 0 ||
            strcmp(field->name, "deadline_kind") == 0))
        return error_set(err, ERROR_INPUT, _("\"%s\" cannot be empty"), _(field->label));
    return work_value_fits(job->model, field, argument->name, argument->value, err);
}

static bool add_clash(struct job *job, const struct argument *argument, char *theirs,
    struct outcome *outcome, struct error *err)
{
    struct db_statement *row;
    if (!db_statement(job->db, WORK_LAST_CHANGE, &row, err))
        return false;
    db_bind_int(row, 1, job->task->row.id);
    db_bind_text(row, 2, argument->name);
    enum db_step step = db_step(row, err);
    outcome->clash = alloc_resize(outcome->clash, outcome->clash_count + 1, sizeof *outcome->clash);
    outcome->clash[outcome->clash_count++] = (struct clash){
        .field = alloc_string(argument->name),
        .base = alloc_string(argument->base),
        .theirs = alloc_string(theirs),
        .mine = alloc_string(argument->value),
        .who = step == DB_ROW ? column_line(row, 0) : alloc_string(""),
        .when = step == DB_ROW ? column_moment(row, 1) : 0,
    };
    db_reset(row);
    return step != DB_FAILED;
}

/* What was done was done by today. */
static bool has_come(const struct job *job, const struct argument *argument, struct error *err)
{
    const struct field *field = field_find(argument->name, NULL);
    date_t day;
    bool done =
        field != NULL && (strcmp(field->name, "done") == 0 || strcmp(field->name, "done_on") == 0);
    return !done || !date_parse(argument->value, &day) || day <= job->today ||
           (argument->base != NULL && strcmp(argument->base, argument->value) == 0) ||
           error_set(
               err, ERROR_INPUT, _("%s: %s is still to come"), _(field->label), argument->value);
}

bool work_put(
    struct job *job, const char *name, const char *now, const char *value, struct error *err)
{
    if (field_named(name)->flags & FIELD_IS_LINES)
        return strcmp(now, value) == 0 || target_lines_put(job->db, job->change, value, err);
    change_put(job->change, name, now, value);
    return true;
}

static bool take(
    struct job *job, const struct argument *argument, struct outcome *outcome, struct error *err)
{
    char *now = NULL;
    if (!may_edit(job, argument, err) || !has_come(job, argument, err) ||
        !change_current(job->db, job->task->row.id, argument->name, &now, err))
        return false;
    bool good = true;
    if (argument->base == NULL || strcmp(now, argument->base) == 0)
        good = work_put(job, argument->name, now, argument->value, err);
    else if (strcmp(now, argument->value) != 0)
        good = add_clash(job, argument, now, outcome, err);
    free(now);
    return good;
}

static bool refuse_clash(struct error *err)
{
    return error_set(err, ERROR_CONFLICT, "%s",
        _("Somebody else has changed the same meanwhile; nothing is saved yet"));
}

bool work_look_again(struct job *job, struct outcome *outcome, struct error *err)
{
    bool good = true;
    for (size_t i = 0; good && i < job->request->count && i < 64; i++) {
        const struct argument *argument = &job->request->argument[i];
        const struct field *field = field_find(argument->name, NULL);
        char *now = NULL;
        if (argument->base == NULL || field == NULL || field->table != TABLE_TASK)
            continue;
        good = change_current(job->db, job->task->row.id, argument->name, &now, err);
        bool same = good && strcmp(now, argument->base) == 0;
        if (good && !same && strcmp(argument->value, argument->base) == 0)
            job->passed_over |= (uint64_t)1 << i;
        else if (good && !same && strcmp(now, argument->value) != 0)
            good = add_clash(job, argument, now, outcome, err);
        free(now);
    }
    return good && (outcome->clash_count == 0 || refuse_clash(err));
}

/* A row that is not there has no dates and figures. */
static bool row_is_there(const struct job *job, const struct event_change *item, struct error *err)
{
    const char *suffix;
    char name[32], *now = NULL;
    const struct field *row = field_row_of(field_find(item->field, &suffix)->table);
    snprintf(name, sizeof name, "%s.%s", row->name, suffix);
    const struct event_change *told = change_get(job->change, name);
    if (told == NULL && job->task != NULL &&
        !change_current(job->db, job->task->row.id, name, &now, err))
        return false;
    bool there = told != NULL ? told->after[0] != '\0' || item->after[0] == '\0'
                              : now != NULL && now[0] != '\0';
    free(now);
    return there || error_set(err, ERROR_INPUT, _("There is no %s %s"), _(row->label), suffix);
}

/* What stood in the columns of a row that goes is in the history, so that undo brings it back. */
static bool take_along(
    struct job *job, enum field_table table, const char *suffix, struct error *err)
{
    bool good = true;
    for (size_t i = 0; good && i < field_count; i++) {
        char name[32];
        if (fields[i].table != table || fields[i].flags & FIELD_IS_ROW)
            continue;
        snprintf(name, sizeof name, "%s.%s", fields[i].name, suffix);
        if (change_get(job->change, name) == NULL)
            good = change_set(job->db, job->change, name, "", err);
    }
    return good;
}

/* The words of the day that a target had are not those of another day. */
static bool leave_words(struct job *job, const char *suffix, struct error *err)
{
    char name[32];
    snprintf(name, sizeof name, "by_raw.%s", suffix);
    for (size_t i = 0; i < job->request->count; i++)
        if (strcmp(job->request->argument[i].name, name) == 0 ||
            strcmp(job->request->argument[i].name, "targets") == 0)
            return true; /* told, be it as they are */
    return change_set(job->db, job->change, name, "", err);
}

static bool fill_item(struct job *job, const struct event_change *item, struct error *err)
{
    const char *suffix;
    const struct field *field = field_find(item->field, &suffix);
    char number[8];
    bool there = item->after[0] != '\0';
    snprintf(number, sizeof number, "%s", suffix); /* the items move when one is added */
    if (field_key_of(field->table) != KEY_POSITION)
        return true;
    if (field->flags & FIELD_IS_ROW)
        return there || take_along(job, field->table, number, err);
    return row_is_there(job, item, err) &&
           (strcmp(field->name, "by") != 0 || leave_words(job, number, err));
}

bool work_fill_counted(struct job *job, struct error *err)
{
    for (size_t i = 0; i < job->change->count; i++)
        if (!fill_item(job, &job->change->item[i], err))
            return false;
    return true;
}

bool work_fill_edit(struct job *job, struct outcome *outcome, struct error *err)
{
    bool good = true;
    for (size_t i = 0; good && i < job->request->count; i++)
        if (strcmp(job->request->argument[i].name, "reason") == 0)
            change_note(job->change, job->request->argument[i].value);
        else
            good = take(job, &job->request->argument[i], outcome, err);
    if (!good)
        outcome_clear(outcome); /* refused for another reason: what clashes is no matter */
    if (good && outcome->clash_count > 0)
        return refuse_clash(err);
    return good && work_fill_counted(job, err);
}
