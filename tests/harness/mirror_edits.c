/* Edits and new tasks, as the mirror does them. */
#include <stdlib.h>
#include <string.h>

#include "mirror_private.h"

/* --- edits ----------------------------------------------------------------------------------- */

#define OFFICE (PERSON_BIT(PERSON_OFFICER) | PERSON_BIT(PERSON_ADMIN))
#define DEPARTMENTS (OFFICE | PERSON_BIT(PERSON_DEPARTMENT))
#define WRITERS (DEPARTMENTS | PERSON_BIT(PERSON_REPORTER))

enum value { VALUE_TEXT, VALUE_DAY, VALUE_LIST };
static const struct editable {
    const char *name;
    int cell; /* of a measure: what of it */
    enum value value;
    unsigned may;
    bool measure, needed;
} editables[] = {
    {"title", CELL_TITLE, VALUE_TEXT, DEPARTMENTS, false, true},
    {"goal", CELL_GOAL, VALUE_TEXT, DEPARTMENTS, false, false},
    {"phone", CELL_PHONE, VALUE_TEXT, WRITERS, false, false},
    {"officer", CELL_OFFICER, VALUE_TEXT, WRITERS, false, false},
    {"done_on", CELL_DONE_ON, VALUE_DAY, WRITERS, false, false},
    {"region", CELL_REGIONS, VALUE_LIST, DEPARTMENTS, false, true},
    {"lead", CELL_LEADS, VALUE_LIST, DEPARTMENTS, false, false},
    {"responsible", CELL_RESPONSIBLE, VALUE_LIST, DEPARTMENTS, false, false},
    {"supervisor", CELL_SUPERVISOR, VALUE_LIST, OFFICE, false, false},
    {"deadline", CELL_DEADLINE, VALUE_DAY, 0, false, false},
    {"measure", MEASURE_TEXT, VALUE_TEXT, DEPARTMENTS, true, false},
    {"due", MEASURE_DUE, VALUE_DAY, DEPARTMENTS, true, false},
    {"done", MEASURE_DONE, VALUE_DAY, WRITERS, true, false},
    {"waived", MEASURE_WAIVED, VALUE_TEXT, WRITERS, true, false},
};

static const struct editable *editable_find(const char *name, int *cell)
{
    size_t length = strcspn(name, ".");
    for (size_t i = 0; i < sizeof editables / sizeof *editables; i++)
        if (strlen(editables[i].name) == length && strncmp(editables[i].name, name, length) == 0) {
            *cell = editables[i].measure
                        ? mirror_measure_cell(atoi(name + length + 1), editables[i].cell)
                        : editables[i].cell;
            return &editables[i];
        }
    return NULL;
}

static int64_t value_of(const struct editable *editable, const char *text)
{
    date_t day;
    if (editable->value == VALUE_TEXT)
        return mirror_word(text);
    if (editable->value == VALUE_LIST)
        return mirror_list(text);
    return date_parse(text, &day) ? day : 0;
}

static enum error_code edit_one(struct deed *deed, const struct argument *argument, size_t *clashes)
{
    int cell = 0;
    const struct editable *editable = editable_find(argument->name, &cell);
    unsigned role = PERSON_BIT(mirror_people[deed->person].role);
    bool relied = argument->base != NULL && strcmp(argument->base, argument->value) == 0;
    int64_t value = value_of(editable, argument->value), now = deed->task->cell[cell];
    if (!relied && editable->may == 0)
        return ERROR_REFUSED;
    if (!relied && !(editable->may & role))
        return ERROR_PERMISSION;
    if (!relied && editable->needed && value == 0)
        return ERROR_INPUT;
    if (argument->base == NULL || value_of(editable, argument->base) == now)
        mirror_put(deed, cell, value);
    else if (now != value)
        ++*clashes;
    return ERROR_NONE;
}

/* What is said of a measure that is not there is wrong; one that goes takes all along. */
static enum error_code fit_measures(struct deed *deed)
{
    for (int i = 1; i <= MIRROR_MEASURES; i++) {
        bool there = deed->task->cell[mirror_measure_cell(i, MEASURE_TEXT)] != 0;
        for (int what = MEASURE_DUE; !there && what <= MEASURE_WAIVED; what++) {
            const struct diff *diff = mirror_diff(deed->part, mirror_measure_cell(i, what));
            if (diff != NULL && diff->after != 0)
                return ERROR_INPUT;
            mirror_put(deed, mirror_measure_cell(i, what), 0);
        }
    }
    return ERROR_NONE;
}

enum error_code mirror_edit(struct deed *deed, size_t *clashes)
{
    enum error_code code = ERROR_NONE;
    for (size_t i = 0; code == ERROR_NONE && i < deed->request->count; i++)
        code = edit_one(deed, &deed->request->argument[i], clashes);
    if (code != ERROR_NONE)
        return code;
    return *clashes > 0 ? ERROR_CONFLICT : fit_measures(deed);
}

enum error_code mirror_create(struct deed *deed)
{
    const struct request *request = deed->request;
    if (!(DEPARTMENTS & PERSON_BIT(mirror_people[deed->person].role)))
        return ERROR_PERMISSION;
    if (mirror_told(request, "title")[0] == '\0' || mirror_told(request, "region")[0] == '\0' ||
        mirror_told(request, "deadline")[0] == '\0' || mirror_told(request, "source")[0] == '\0')
        return ERROR_INPUT;
    mirror_put(deed, CELL_THERE, 1);
    mirror_put(deed, CELL_TITLE, mirror_told_word(request, "title"));
    mirror_put(deed, CELL_REGIONS, mirror_list(mirror_told(request, "region")));
    mirror_put(deed, CELL_LEADS, mirror_list(mirror_told(request, "lead")));
    mirror_put(deed, CELL_DEADLINE, mirror_told_day(request, "deadline"));
    mirror_put(deed, CELL_ASSIGNED_ON, deed->mirror->today);
    mirror_put(deed, mirror_measure_cell(1, MEASURE_TEXT), mirror_told_word(request, "measure.1"));
    deed->task->weekly = strcmp(mirror_told(request, "source"), "1") == 0;
    return mirror_in_reach(deed->mirror, deed->person, deed->task) ? ERROR_NONE : ERROR_PERMISSION;
}
