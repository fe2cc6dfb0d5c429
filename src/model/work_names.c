/* What an action is told, by name: from the workflow table, and of edits and new tasks from the
 * table of fields. */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "work_parts.h"

/* Written as it is counted: "07" and "7" would be two names of one row. */
static bool is_position(const char *suffix)
{
    size_t digits = strspn(suffix, "0123456789");
    return digits > 0 && suffix[digits] == '\0' && suffix[0] != '0' && digits <= 3 &&
           strtol(suffix, NULL, 10) <= FIELD_POSITION_MOST;
}

bool work_field(const char *name, const struct field **field, struct error *err)
{
    const char *suffix;
    *field = field_find(name, &suffix);
    bool counted = *field != NULL && field_key_of((*field)->table) == KEY_POSITION;
    if (counted && !is_position(suffix))
        return error_set(err, ERROR_INPUT,
            _("\"%s\" does not say which one; of the first %s it is %s.1"), name,
            _(field_row_of((*field)->table)->label), (*field)->name);
    if (*field == NULL || (!counted && strchr(name, '.') != NULL))
        return error_set(err, ERROR_INPUT, _("there is no field \"%s\""), name);
    return true;
}

/* --- values ---------------------------------------------------------------------------------- */

static bool is_unit(const struct units *units, enum field_type type, int64_t id)
{
    switch (type) {
    case VALUE_IS_REGION:
    case VALUE_IS_REGIONS:
        return units_region(units, id) != NULL;
    case VALUE_IS_SPONSOR:
        return units_sponsor(units, id) != NULL;
    case VALUE_IS_SOURCE:
        return units_source(units, id) != NULL;
    default:
        return units_department(units, id) != NULL;
    }
}

/* Ids of units, each once, with one blank between: another way to write them would look changed. */
static bool are_units(
    const struct units *units, enum field_type type, const char *value, size_t most)
{
    int64_t ids[FIELD_LIST_MOST];
    struct strbuf again = {0};
    size_t count = field_ids(value, ids);
    bool good = count <= most;
    for (size_t i = 0; i < count && good; i++) {
        strbuf_format(&again, "%s%" PRId64, i > 0 ? " " : "", ids[i]);
        good = is_unit(units, type, ids[i]);
        for (size_t k = 0; k < i; k++)
            good = good && ids[k] != ids[i];
    }
    good = good && strcmp(strbuf_text(&again), value) == 0;
    strbuf_clear(&again);
    return good;
}

static bool is_number(const char *value, long most)
{
    char again[24];
    long number = strtol(value, NULL, 10);
    snprintf(again, sizeof again, "%ld", number);
    return number >= 0 && number <= most && strcmp(again, value) == 0;
}

static bool is_word(const struct field *field, const char *value)
{
    for (size_t i = 0; i < field->word_count; i++)
        if (strcmp(field->words[i].name, value) == 0)
            return true;
    return false;
}

static bool value_fits(const struct units *units, const struct field *field, const char *value)
{
    date_t day;
    switch (field->type) {
    case VALUE_IS_DATE:
        return date_parse(value, &day);
    case VALUE_IS_NUMBER:
        return is_number(value, INT_MAX);
    case VALUE_IS_PERCENT:
        return is_number(value, 100);
    case VALUE_IS_YES:
        return is_number(value, 1);
    case VALUE_IS_WORD:
        return is_word(field, value);
    case VALUE_IS_REGION:
    case VALUE_IS_DEPARTMENT:
    case VALUE_IS_SPONSOR:
    case VALUE_IS_SOURCE:
        return are_units(units, field->type, value, 1);
    case VALUE_IS_REGIONS:
    case VALUE_IS_DEPARTMENTS:
        return are_units(units, field->type, value, FIELD_LIST_MOST);
    default:
        return (strcmp(field->name, "phone") != 0 || field_is_phone(value)) &&
               (!(field->flags & FIELD_IS_SHORT) || field_is_short(value));
    }
}

bool work_value_fits(struct model *model, const struct field *field, const char *name,
    const char *value, struct error *err)
{
    return value[0] == '\0' || value_fits(model_units(model), field, value) ||
           error_set(err, ERROR_INPUT, _("%s (%s) cannot be \"%s\""), _(field->label), name, value);
}

/* --- names ----------------------------------------------------------------------------------- */

bool work_is_of_new(const struct field *field)
{
    return field->flags & FIELD_IS_FORM || field_key_of(field->table) == KEY_POSITION ||
           strcmp(field->name, "number") == 0 || strcmp(field->name, "deadline") == 0;
}

static bool is_named(const struct field *field, bool new_task)
{
    return new_task ? work_is_of_new(field) : field->may != 0;
}

/* What a new task cannot do without; its deadline where it has a date. */
static bool is_needed(const struct field *field, bool new_task)
{
    return new_task && (strcmp(field->name, "title") == 0 || strcmp(field->name, "region") == 0);
}

static bool field_at(size_t index, bool new_task, struct work_name *out)
{
    for (size_t i = 0; i < field_count; i++) {
        if (!is_named(&fields[i], new_task) || index-- > 0)
            continue;
        *out = (struct work_name){
            .is = {.field = &fields[i]}, .needed = is_needed(&fields[i], new_task)};
        strncpy(out->is.name, fields[i].name, sizeof out->is.name - 1);
        return true;
    }
    return false;
}

bool work_name_at(const char *action, size_t index, struct work_name *out)
{
    bool new_task = strcmp(action, "create") == 0;
    const struct transition *transition = workflow_find(action);
    if (new_task || strcmp(action, "edit") == 0)
        return field_at(index, new_task, out);
    if (transition == NULL)
        return false;
    const char *const lists[] = {transition->needs, transition->takes};
    for (int k = 0; k < 2; k++)
        for (const char *list = lists[k]; workflow_name_next(&list, &out->is);)
            if (index-- == 0) {
                out->needed = k == 0;
                return true;
            }
    return false;
}
