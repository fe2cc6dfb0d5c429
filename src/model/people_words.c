/* People in words: what they are told by name, and lines of the history about them. */
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "people_parts.h"

const struct field person_fields[PERSON_FIELD_COUNT] = {
    [PERSON_LOGIN] = {.name = "login", .label = N_("login"), .type = VALUE_IS_LINE},
    [PERSON_NAME] = {.name = "name", .label = N_("name"), .type = VALUE_IS_LINE},
    [PERSON_ROLE] = {.name = "role",
        .label = N_("role"),
        .type = VALUE_IS_WORD,
        .words = person_roles,
        .word_count = PERSON_ROLE_COUNT},
    [PERSON_REGION] = {.name = "region", .label = N_("own region"), .type = VALUE_IS_REGION},
    [PERSON_DEPARTMENT_NAME] = {.name = "department",
        .label = N_("own department"),
        .type = VALUE_IS_DEPARTMENT},
    [PERSON_REACH] = {.name = "reach", .label = N_("reach"), .type = VALUE_IS_LINE},
    [PERSON_PHONE] = {.name = "phone", .label = N_("phone"), .type = VALUE_IS_LINE},
    [PERSON_DISABLED] = {.name = "disabled", .label = N_("disabled"), .type = VALUE_IS_YES},
};

const struct field *person_field(const char *name)
{
    for (size_t i = 0; i < PERSON_FIELD_COUNT; i++)
        if (strcmp(person_fields[i].name, name) == 0)
            return &person_fields[i];
    return NULL;
}

#define OF "person."

bool people_is_action(const char *action)
{
    return strncmp(action, "person_", strlen("person_")) == 0;
}

const char *people_whose(const struct event *event)
{
    for (size_t i = 0; i < event->change_count; i++)
        if (strcmp(event->changes[i].field, "person") == 0)
            return event->changes[i].after;
    return "";
}

static void add_value(
    struct strbuf *out, const struct units *units, const struct field *field, const char *value)
{
    if (value[0] == '\0')
        strbuf_add(out, _("none"));
    else
        field_show(units, field, value, out);
}

/* A key stands by its fingerprint alone; the action says whether it came or went. */
static void add_change(
    struct strbuf *out, const struct units *units, const struct event_change *change)
{
    const char *name = change->field + strlen(OF);
    const struct field *field = person_field(name);
    if (field == NULL) {
        strbuf_add(out, change->after[0] != '\0' ? change->after : change->before);
        return;
    }
    strbuf_format(out, "%s ", _(field->label));
    if (change->before[0] != '\0') {
        add_value(out, units, field, change->before);
        strbuf_add(out, " → ");
    }
    add_value(out, units, field, change->after);
}

/* "wangqiang: role viewer → reporter of a region, region 抚顺县". Whether somebody is disabled the
 * action says. */
void people_describe(const struct units *units, const struct event *event, struct strbuf *out)
{
    const char *before = _(": ");
    strbuf_add(out, people_whose(event));
    for (size_t i = 0; i < event->change_count; i++) {
        const struct event_change *change = &event->changes[i];
        if (strncmp(change->field, OF, strlen(OF)) != 0 || strcmp(change->field, OF "login") == 0 ||
            strcmp(change->field, OF "disabled") == 0)
            continue;
        strbuf_add(out, before);
        add_change(out, units, change);
        before = _(", ");
    }
}
