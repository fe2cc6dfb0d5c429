/* A new task: its number, its place, and all it is told. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "work_parts.h"

#define MAY_CREATE                                                                                 \
    (PERSON_BIT(PERSON_OFFICER) | PERSON_BIT(PERSON_ADMIN) | PERSON_BIT(PERSON_DEPARTMENT))

/* The number after the newest of the source, as wide: 047 after 046. */
static char *number_after(const char *last)
{
    size_t length = strlen(last), digits = 0;
    while (digits < length && last[length - digits - 1] >= '0' && last[length - digits - 1] <= '9')
        digits++;
    if (digits == 0 || digits > 9)
        return alloc_format("%s1", last);
    return alloc_format("%.*s%0*ld", (int)(length - digits), last, (int)digits,
        strtol(last + length - digits, NULL, 10) + 1);
}

static bool next_number(struct job *job, int64_t source, char **number, struct error *err)
{
    struct db_statement *row;
    if (!db_statement(job->db, WORK_NUMBERS, &row, err))
        return false;
    db_bind_int(row, 1, source);
    enum db_step step = db_step(row, err);
    *number = step == DB_FAILED ? NULL : number_after(step == DB_ROW ? db_text(row, 0) : "000");
    db_reset(row);
    return step != DB_FAILED;
}

static bool next_position(struct job *job, int64_t source, char text[static 24], struct error *err)
{
    struct db_statement *row;
    if (!db_statement(job->db, LAST_POSITION, &row, err))
        return false;
    db_bind_int(row, 1, source);
    enum db_step step = db_step(row, err);
    snprintf(text, 24, "%" PRId64, step == DB_ROW ? db_int(row, 0) + 1 : 1);
    db_reset(row);
    return step != DB_FAILED;
}

static bool place(struct job *job, struct error *err)
{
    const struct source *source =
        units_source(model_units(job->model), strtoll(job_given(job, "source"), NULL, 10));
    char position[24], *number = NULL;
    if (source == NULL)
        return error_set(err, ERROR_INPUT, _("Say which source the new task belongs to (source)"));
    if (!next_position(job, source->id, position, err) ||
        (job_given(job, "number")[0] == '\0' && !next_number(job, source->id, &number, err)))
        return false;
    change_put(job->change, "source", "", job_given(job, "source"));
    change_put(job->change, "number", "", number != NULL ? number : job_given(job, "number"));
    change_put(job->change, "position", "", position);
    free(number);
    return true;
}

static bool is_free(struct job *job, struct error *err)
{
    const struct event_change *number = change_get(job->change, "number");
    struct db_statement *row;
    if (!db_statement(job->db, FIND_EXACT, &row, err))
        return false;
    db_bind_int(row, 1, strtoll(job_given(job, "source"), NULL, 10));
    db_bind_text(row, 2, number->after);
    db_bind_int(row, 3, 0);
    enum db_step step = db_step(row, err);
    db_reset(row);
    if (step == DB_ROW)
        return error_set(err, ERROR_INPUT,
            _("There is a task %s in this source already; leave the number empty for the next one"),
            number->after);
    return step != DB_FAILED;
}

/* What a new task may be told: what the form has, its measures, and its first deadline. */
static bool take(struct job *job, const struct argument *argument, struct error *err)
{
    const struct field *field;
    if (strcmp(argument->name, "source") == 0 || strcmp(argument->name, "number") == 0)
        return true;
    if (!work_field(argument->name, &field, err))
        return false;
    if (!work_is_of_new(field))
        return error_set(err, ERROR_INPUT,
            _("\"%s\" is not of a new task; it comes with the actions"), argument->name);
    change_put(job->change, argument->name, "", argument->value);
    return true;
}

bool work_fill_create(struct job *job, struct error *err)
{
    const struct person *person = model_person(job->model);
    char day[11];
    if (!(MAY_CREATE & PERSON_BIT(person->role)))
        return error_set(err, ERROR_PERMISSION, _("%s (%s) may not make new tasks"), person->name,
            _(person_roles[person->role].label));
    if (job_given(job, "title")[0] == '\0')
        return error_set(err, ERROR_INPUT, _("A new task needs a title (title)"));
    if (job_given(job, "region")[0] == '\0')
        return error_set(err, ERROR_INPUT, _("A new task needs a region (region)"));
    for (size_t i = 0; i < job->request->count; i++)
        if (!take(job, &job->request->argument[i], err))
            return false;
    const char *kind = job_given(job, "deadline_kind");
    bool dated = kind[0] == '\0' || strcmp(kind, "date") == 0 || strcmp(kind, "date_ongoing") == 0;
    if (dated && job_given(job, "deadline")[0] == '\0')
        return error_set(err, ERROR_INPUT,
            _("A new task needs a deadline (deadline), or a kind of deadline without a date"));
    if (job_given(job, "assigned_on")[0] == '\0')
        change_put(job->change, "assigned_on", "", date_format(job->today, day));
    return work_fill_measures(job, err) && place(job, err) && is_free(job, err) &&
           change_new_id(job->db, TABLE_TASK, &job->change->task_id, err);
}
