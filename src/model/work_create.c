/* A new task: its number, its place, and all it is told. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "work_parts.h"

static char *number_after(const char *last)
{
    size_t length = strlen(last), digits = 0;
    while (digits < length && last[length - digits - 1] >= '0' && last[length - digits - 1] <= '9')
        digits++;
    if (digits == 0 || digits > 15)
        return alloc_format("%s1", last);
    return alloc_format("%.*s%0*lld", (int)(length - digits), last, (int)digits,
        strtoll(last + length - digits, NULL, 10) + 1);
}

/* Behind a number that leaves no room for the next one the first that is free comes. */
char *work_number_after(const char *last)
{
    char *next = number_after(last);
    if (strlen(next) <= WORK_NUMBER_MOST)
        return next;
    free(next);
    return alloc_string("001");
}

static bool is_taken(
    struct job *job, int64_t source, const char *number, bool *taken, struct error *err)
{
    struct db_statement *row;
    if (!db_statement(job->db, FIND_EXACT, &row, err))
        return false;
    db_bind_int(row, 1, source);
    db_bind_text(row, 2, number);
    db_bind_int(row, 3, 0);
    enum db_step step = db_step(row, err);
    db_reset(row);
    *taken = step == DB_ROW;
    return step != DB_FAILED;
}

/* The next that is free: the last of the list need not have the highest number. */
static bool next_number(struct job *job, int64_t source, char **number, struct error *err)
{
    struct db_statement *row;
    bool taken = true;
    if (!db_statement(job->db, WORK_NUMBERS, &row, err))
        return false;
    db_bind_int(row, 1, source);
    enum db_step step = db_step(row, err);
    *number = step == DB_FAILED ? NULL : alloc_string(step == DB_ROW ? db_text(row, 0) : "000");
    db_reset(row);
    bool good = step != DB_FAILED;
    while (good && taken) {
        char *next = work_number_after(*number);
        free(*number);
        *number = next;
        good = is_taken(job, source, next, &taken, err);
    }
    return good;
}

/* What divides or cannot be seen would make another number of it. */
bool work_is_number(const char *number)
{
    uint32_t code;
    int length;
    if (strlen(number) > WORK_NUMBER_MOST)
        return false;
    for (; (length = text_decode(number, &code)) > 0; number += length)
        if (!(code < 128 && isalnum((int)code)) && !(code >= 0x4e00 && code < 0xa000))
            return false;
    return true;
}

static bool check_number(struct job *job, int64_t source, const char *number, struct error *err)
{
    bool taken;
    if (!work_is_number(number))
        return error_set(err, ERROR_INPUT,
            _("the number \"%s\" cannot be used: at most %d digits, letters or a few Chinese "
              "characters, nothing else"),
            number, WORK_NUMBER_MOST);
    if (!is_taken(job, source, number, &taken, err))
        return false;
    if (taken)
        error_set(job->taken, ERROR_INPUT,
            _("There is a task %s in this source already; leave the number empty for the next one"),
            number);
    return true;
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
    const char *given = job_given(job, "number");
    char id[24], position[24], *number = NULL;
    if (source == NULL)
        return error_set(err, ERROR_INPUT, _("Say which source the new task belongs to (source)"));
    bool good = next_position(job, source->id, position, err) &&
                (given[0] == '\0' || check_number(job, source->id, given, err));
    if (good && (given[0] == '\0' || job->taken->code != ERROR_NONE)) /* till its reach is known */
        good = next_number(job, source->id, &number, err);
    if (good) {
        snprintf(id, sizeof id, "%" PRId64, source->id);
        change_put(job->change, "source", "", id);
        change_put(job->change, "number", "", number != NULL ? number : given);
        change_put(job->change, "position", "", position);
    }
    free(number);
    return good;
}

/* What a new task may be told: what the form has, its measures and targets, and its first deadline.
 */
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
    if (!work_value_fits(job->model, field, argument->name, argument->value, err))
        return false;
    return work_put(job, argument->name, "", argument->value, err);
}

bool work_fill_create(struct job *job, struct error *err)
{
    const struct person *person = model_person(job->model);
    char day[11];
    if (!(WORK_MAY_CREATE & PERSON_BIT(person->role)))
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
    return work_fill_counted(job, err) && place(job, err) &&
           change_new_id(job->db, TABLE_TASK, &job->change->task_id, err);
}
