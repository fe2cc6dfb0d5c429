/* An edit of fields: whether this person may, what others changed meanwhile, and what is left to
 * write. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "column.h"
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
    const char *suffix;
    const struct field *field = field_find(argument->name, &suffix);
    const struct person *person = model_person(job->model);
    if (field == NULL || (field->table == TABLE_MEASURE) != (suffix[0] != '\0'))
        return error_set(err, ERROR_INPUT, _("there is no field \"%s\""), argument->name);
    if (field->may == 0 && !is_first_deadline(job, field))
        return refuse_direct(field, err);
    if (field->may != 0 && !(field->may & PERSON_BIT(person->role)))
        return error_set(err, ERROR_PERMISSION, _("%s (%s) may not change \"%s\""), person->name,
            _(person_roles[person->role].label), _(field->label));
    if (argument->value[0] == '\0' &&
        (strcmp(field->name, "title") == 0 || strcmp(field->name, "region") == 0 ||
            strcmp(field->name, "deadline_kind") == 0))
        return error_set(err, ERROR_INPUT, _("\"%s\" cannot be empty"), _(field->label));
    return true;
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

static bool take(
    struct job *job, const struct argument *argument, struct outcome *outcome, struct error *err)
{
    char *now = NULL;
    if (!may_edit(job, argument, err) ||
        !change_current(job->db, job->task->row.id, argument->name, &now, err))
        return false;
    bool good = true;
    if (argument->base == NULL || strcmp(now, argument->base) == 0)
        change_put(job->change, argument->name, now, argument->value);
    else if (strcmp(now, argument->value) != 0 && strcmp(argument->base, argument->value) != 0)
        good = add_clash(job, argument, now, outcome, err);
    free(now);
    return good;
}

/* A measure that is not there has no dates. */
static bool measures_fit(const struct job *job, struct error *err)
{
    for (size_t i = 0; i < job->change->count; i++) {
        const char *suffix;
        const struct field *field = field_find(job->change->item[i].field, &suffix);
        bool there = false;
        char measure[32];
        if (field->table != TABLE_MEASURE || field->flags & FIELD_IS_ROW)
            continue;
        long position = strtol(suffix, NULL, 10);
        for (size_t k = 0; k < job->task->measure_count; k++)
            there |= job->task->measures[k].position == position;
        snprintf(measure, sizeof measure, "measure.%ld", position);
        const struct event_change *row = change_get(job->change, measure);
        if (row != NULL ? row->after[0] == '\0' && job->change->item[i].after[0] != '\0' : !there)
            return error_set(err, ERROR_INPUT, _("There is no measure %s"), suffix);
    }
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
    if (good && outcome->clash_count > 0)
        return error_set(err, ERROR_CONFLICT, "%s",
            _("Somebody else has changed the same meanwhile; nothing is saved yet"));
    return good && measures_fit(job, err);
}
