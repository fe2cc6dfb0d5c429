/* People for a person to read, and as JSON. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "cli_user.h"
#include "exchange/json_write.h"
#include "model/history.h"
#include "model/units.h"
#include "ui/table.h"

/* --- everybody ------------------------------------------------------------------------------- */

enum { COLUMN_LOGIN, COLUMN_NAME, COLUMN_ROLE, COLUMN_PLACE, COLUMN_KEYS, COLUMN_STATE, COLUMNS };

static void add_word(struct strbuf *out, const char *word)
{
    strbuf_format(out, "%s%s", out->length > 0 && *word ? " " : "", word);
}

/* Whether a reach of their own is another than the place they belong to. */
static bool reaches_elsewhere(const struct person_record *record, const struct region *region)
{
    const char *reach = record->own_reach, *head = "region:";
    size_t length = strlen(head);
    bool named =
        region && strncmp(reach, head, length) == 0 &&
        (strcmp(reach + length, region->name) == 0 || strcmp(reach + length, region->shown) == 0);
    return reach[0] != '\0' && !named;
}

/* Such a reach first: it says more of what they see. */
static void add_place(
    struct strbuf *out, const struct units *units, const struct person_record *record)
{
    const struct region *region = units_region(units, record->person.region_id);
    const struct department *department = units_department(units, record->person.department_id);
    if (reaches_elsewhere(record, region))
        strbuf_format(out, "[%s]", record->own_reach);
    add_word(out, region ? region->shown : "");
    add_word(out, department ? department->shown : "");
}

static void add_cell(
    struct strbuf *out, const struct units *units, const struct person_record *record, int column)
{
    switch (column) {
    case COLUMN_LOGIN:
        strbuf_add(out, record->person.login);
        break;
    case COLUMN_NAME:
        strbuf_add(out, record->person.name);
        break;
    case COLUMN_ROLE:
        strbuf_add(out, _(person_roles[record->person.role].brief));
        break;
    case COLUMN_PLACE:
        add_place(out, units, record);
        break;
    case COLUMN_KEYS:
        strbuf_format(out, "%zu", record->key_count);
        break;
    case COLUMN_STATE:
        strbuf_add(out, record->disabled ? _("disabled") : "");
        break;
    }
}

static void lay_out(struct table_column layout[static COLUMNS], int columns)
{
    const struct table_column all[COLUMNS] = {
        [COLUMN_LOGIN] = {.head = _("Login"), .least = 10, .most = 16},
        [COLUMN_NAME] = {.head = _("Name"), .least = 8, .most = 14},
        [COLUMN_ROLE] = {.head = _("Role"), .least = 8, .most = 8},
        [COLUMN_PLACE] = {.head = _("Region, department"), .least = 12, .wanted = 30},
        [COLUMN_KEYS] = {.head = _("SSH keys"), .least = 4, .most = 8, .align = ALIGN_RIGHT},
        [COLUMN_STATE] = {.head = "", .least = 8, .most = 8},
    };
    memcpy(layout, all, sizeof all);
    table_layout(layout, COLUMNS, columns);
}

static bool print_table(struct user_run *run, const struct people *people)
{
    struct table_column layout[COLUMNS];
    struct strbuf out = {0}, text = {0};
    bool bounded;
    int columns = cli_columns(&bounded);
    lay_out(layout, columns);
    for (int k = 0; k < COLUMNS; k++)
        table_add_cell(&out, &layout[k], layout[k].head, true);
    table_end_line(&out);
    for (size_t i = 0; i < people->count; i++) {
        for (int k = 0; k < COLUMNS; k++) {
            strbuf_cut(&text, 0);
            add_cell(&text, model_units(run->model), &people->record[i], k);
            table_add_cell(&out, &layout[k], strbuf_text(&text), bounded);
        }
        table_end_line(&out);
    }
    bool good = cli_print(run->cli, strbuf_text(&out));
    strbuf_clear(&text);
    strbuf_clear(&out);
    return good;
}

bool user_print_all(struct user_run *run, const struct people *people)
{
    if (!run->json)
        return people->count == 0 || print_table(run, people);
    struct json *json = json_new(false, cli_write, run->cli);
    for (size_t i = 0; i < people->count; i++)
        json_person(json, model_units(run->model), &people->record[i]);
    return json_end(json);
}

/* --- one person ------------------------------------------------------------------------------ */

static void add_day(struct strbuf *out, moment_t at)
{
    char day[11];
    strbuf_format(out, "  %s", date_format(date_local(at).date, day));
}

void user_add_keys(struct strbuf *out, const struct person_record *record)
{
    for (size_t i = 0; i < record->key_count; i++) {
        const struct person_key *key = &record->key[i];
        strbuf_format(out, "%s\n  %s", key->fingerprint, key->type);
        if (key->comment[0] != '\0')
            strbuf_format(out, "  %s", key->comment);
        if (key->added_at != 0)
            add_day(out, key->added_at);
        strbuf_add_char(out, '\n');
    }
}

/* The reach in force, and where it comes from when nobody recorded one: then it tells a place by
 * its code and a department by its number, which nobody knows by heart. */
static void add_reach(
    struct strbuf *out, const struct units *units, const struct person_record *record)
{
    const char *reach = record->person.reach;
    bool reports = record->person.role == PERSON_REPORTER;
    const struct region *region = units_region(units, record->person.region_id);
    const struct department *department = units_department(units, record->person.department_id);
    strbuf_add(out, *reach != '\0' ? reach : _("everything"));
    if (record->own_reach[0] != '\0' || *reach == '\0')
        return;
    add_word(out, reports && region ? region->name : "");
    add_word(out, !reports && department ? department->name : "");
    add_word(out, _("(by the role)"));
}

static void add_row(struct strbuf *out, const char *name, const char *text)
{
    if (text[0] != '\0')
        cli_add_row(out, name, text);
}

static void add_person(
    struct strbuf *out, const struct units *units, const struct person_record *record)
{
    const struct person *person = &record->person;
    const struct region *region = units_region(units, person->region_id);
    const struct department *department = units_department(units, person->department_id);
    struct strbuf reach = {0};
    strbuf_format(out, "%s  %s%s%s\n", person->login, person->name, record->disabled ? "  " : "",
        record->disabled ? _("disabled") : "");
    add_row(out, _(person_fields[PERSON_ROLE].label), _(person_roles[person->role].label));
    add_row(out, _(person_fields[PERSON_REGION].label), region ? region->name : "");
    add_row(
        out, _(person_fields[PERSON_DEPARTMENT_NAME].label), department ? department->name : "");
    add_reach(&reach, units, record);
    add_row(out, _(person_fields[PERSON_REACH].label), strbuf_text(&reach));
    add_row(out, _(person_fields[PERSON_PHONE].label), record->phone);
    cli_add_heading(out, _("SSH keys"));
    if (record->key_count == 0)
        strbuf_format(out, "%s\n", _("none"));
    user_add_keys(out, record);
    strbuf_clear(&reach);
}

bool user_print_one(struct user_run *run, const char *login, struct error *err)
{
    struct people people;
    if (!people_read(run->model, login, &people, err))
        return false;
    if (run->json) {
        struct json *json = json_new(true, cli_write, run->cli);
        json_person(json, model_units(run->model), &people.record[0]);
        json_end(json);
    } else {
        struct strbuf out = {0};
        add_person(&out, model_units(run->model), &people.record[0]);
        cli_print(run->cli, strbuf_text(&out));
        strbuf_clear(&out);
    }
    people_clear(&people);
    return true;
}

/* --- what was done --------------------------------------------------------------------------- */

static bool is_about(const struct event *event, const char *login)
{
    if (!people_is_action(event->action))
        return false;
    for (size_t i = 0; i < event->change_count; i++)
        if (strcmp(event->changes[i].field, "person") == 0)
            return strcmp(event->changes[i].after, login) == 0;
    return false;
}

bool user_print_done(struct user_run *run, const char *login, int64_t since, struct error *err)
{
    enum { LINES_MOST = 100 };
    struct events events = {0};
    bool any = false;
    if (run->json)
        return user_print_one(run, login, err);
    if (!history_since(run->model, since, LINES_MOST, &events, err))
        return error_prefix(err, "%s", _("done, but it cannot be shown"));
    for (size_t i = 0; i < events.count; i++) {
        struct strbuf line = {0};
        if (!is_about(&events.event[i], login))
            continue;
        history_describe(run->model, &events.event[i], &line);
        strbuf_add_char(&line, '\n');
        cli_print(run->cli, strbuf_text(&line));
        strbuf_clear(&line);
        any = true;
    }
    events_clear(&events);
    if (!any) {
        char *line = alloc_format("%s %s\n", login, _("nothing to change"));
        cli_print(run->cli, line);
        free(line);
    }
    return true;
}
