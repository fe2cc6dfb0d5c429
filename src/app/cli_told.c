#include "cli_told.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"

/* Of standard input: what is longer cannot become a text that may be kept, whatever its charset. */
#define NAMES_MOST 64

void told_clear(struct told *told)
{
    for (size_t i = 0; i < told->count; i++) {
        free((char *)told->argument[i].name);
        free((char *)told->argument[i].value);
    }
    free(told->argument);
    *told = (struct told){0};
}

/* --- names ----------------------------------------------------------------------------------- */

static bool is_of_fields(const char *action)
{
    return strcmp(action, "edit") == 0 || strcmp(action, "create") == 0;
}

static bool refuse_name(
    const char *action, const char *name, const char *nearest, struct error *err)
{
    bool by_field = is_of_fields(action);
    const char *command = !by_field ? "do" : strcmp(action, "edit") == 0 ? "set" : "new";
    if (nearest && by_field)
        return error_set(
            err, ERROR_USAGE, _("there is no field \"%s\"; did you mean \"%s\"?"), name, nearest);
    if (nearest)
        return error_set(err, ERROR_USAGE, _("\"%s\" has no use for \"%s\"; did you mean \"%s\"?"),
            action, name, nearest);
    if (by_field)
        return error_set(err, ERROR_USAGE,
            _("there is no field \"%s\"; \"duban help %s\" lists them"), name, command);
    return error_set(err, ERROR_USAGE,
        _("\"%s\" has no use for \"%s\"; \"duban help %s\" lists what it is told"), action, name,
        command);
}

/* The field behind a name; NULL for the reason. A field that is there but may not be told is let
 * pass: the model says how it changes instead. */
static bool find_name(
    const char *action, const char *name, const struct field **field, struct error *err)
{
    struct work_name known[NAMES_MOST];
    char *stem = alloc_string_n(name, strcspn(name, "."));
    struct suggest suggest = suggest_for(stem);
    bool found = strcmp(name, "reason") == 0 && strcmp(action, "create") != 0;
    *field = NULL;
    for (size_t i = 0; !found && i < NAMES_MOST && work_name_at(action, i, &known[i]); i++) {
        found = strcmp(known[i].is.name, name) == 0;
        *field = known[i].is.field;
        suggest_offer(&suggest, known[i].is.name);
    }
    if (!found && is_of_fields(action)) {
        *field = field_find(name, NULL);
        found = *field != NULL;
    }
    if (!found)
        refuse_name(action, name, suggest.best, err);
    free(stem);
    return found;
}

/* --- values ---------------------------------------------------------------------------------- */

static bool read_input(struct told *told, const char *name, char **text, struct error *err)
{
    if (told->input_read)
        return error_set(err, ERROR_USAGE, _("%s: standard input was read already"), name);
    told->input_read = true;
    return cli_read_input(told->cli, name, FIELD_TEXT_MOST, text, err);
}

static bool read_value(struct told *told, const struct units *units, const struct field *field,
    const char *name, const char *typed, char **value, struct error *err)
{
    /* a reason is the note of the history's line; a field's reason is written the same way */
    const struct field *as = field != NULL ? field : field_named("notice_reason");
    bool text = as->type == VALUE_IS_TEXT || as->type == VALUE_IS_LINE;
    char *written = NULL;
    if (text && strcmp(typed, "-") == 0) {
        if (!read_input(told, name, &written, err))
            return false;
    } else {
        written = cli_decode(typed, strlen(typed), TEXT_LINES);
    }
    bool good = field_read(units, as, written, value, err);
    free(written);
    return good;
}

static void append(struct told *told, const char *name, char *value)
{
    told->argument =
        alloc_grow(told->argument, &told->capacity, told->count + 1, sizeof *told->argument);
    told->argument[told->count++] = (struct argument){.name = alloc_string(name), .value = value};
}

/* Where it is told already: the place of the name, else the count of all. */
static size_t place_of(const struct told *told, const char *name)
{
    size_t at = 0;
    while (at < told->count && strcmp(told->argument[at].name, name) != 0)
        at++;
    return at;
}

/* "by.1=2027年底前" tells the day and its words, which another argument may tell otherwise. */
static void imply_words(struct told *told, const char *name, const char *typed)
{
    char words[32];
    date_t day;
    snprintf(words, sizeof words, "by_raw%s", name + strlen("by"));
    if (typed[0] == '\0' || date_read(typed, date_today(), &day) ||
        place_of(told, words) < told->count || told->count >= 64)
        return;
    told->implied |= (uint64_t)1 << told->count;
    append(told, words, cli_decode(typed, strlen(typed), TEXT_ONE_LINE));
}

bool told_add(struct told *told, const struct units *units, const char *action, const char *name,
    const char *typed, struct error *err)
{
    const struct field *field;
    char *value = NULL;
    if (!find_name(action, name, &field, err))
        return false;
    size_t at = place_of(told, name);
    bool implied = at < told->count && at < 64 && told->implied & (uint64_t)1 << at;
    if (at < told->count && !implied)
        return error_set(err, ERROR_USAGE, _("%s is told twice"), name);
    if (!read_value(told, units, field, name, typed, &value, err))
        return false;
    if (implied) {
        free((char *)(uintptr_t)told->argument[at].value);
        told->argument[at].value = value;
        told->implied &= ~((uint64_t)1 << at);
        return true;
    }
    append(told, name, value);
    if (field != NULL && field_key_of(field->table) == KEY_POSITION && strncmp(name, "by.", 3) == 0)
        imply_words(told, name, typed);
    return true;
}

bool told_add_word(struct told *told, const struct units *units, const char *action,
    const char *word, struct error *err)
{
    const char *equals = strchr(word, '=');
    if (equals == NULL || equals == word) {
        char *shown = cli_text(word);
        error_set(err, ERROR_USAGE, _("\"%s\" is not written NAME=VALUE"), shown);
        free(shown);
        return false;
    }
    char *name = cli_decode(word, (size_t)(equals - word), TEXT_ONE_LINE);
    bool good = told_add(told, units, action, name, equals + 1, err);
    free(name);
    return good;
}

/* --- for help and lists ---------------------------------------------------------------------- */

const struct transition *told_action(const char *name, struct error *err)
{
    struct suggest suggest = suggest_for(name);
    char said[CLI_SAID];
    for (size_t i = 0; i < workflow_count; i++) {
        if (strcmp(workflow[i].action, name) == 0)
            return &workflow[i];
        suggest_offer(&suggest, workflow[i].action);
    }
    if (suggest.best)
        error_set(err, ERROR_USAGE, _("there is no action \"%s\"; did you mean \"%s\"?"),
            cli_said(name, said), suggest.best);
    else
        error_set(err, ERROR_USAGE, _("there is no action \"%s\"; \"duban help do\" lists them"),
            cli_said(name, said));
    return NULL;
}

static void add_words(const struct field *field, struct strbuf *out)
{
    for (size_t i = 0; i < field->word_count; i++)
        strbuf_format(out, "%s%s", i > 0 ? "|" : "", field->words[i].name);
}

/* What is written after the equals sign. */
static void add_kind(const struct field *field, struct strbuf *out)
{
    switch (field != NULL ? field->type : VALUE_IS_TEXT) {
    case VALUE_IS_DATE:
        strbuf_add(out, "DATE");
        break;
    case VALUE_IS_NUMBER:
        strbuf_add(out, "N");
        break;
    case VALUE_IS_PERCENT:
        strbuf_add(out, "0..100");
        break;
    case VALUE_IS_YES:
        strbuf_add(out, "yes|no");
        break;
    case VALUE_IS_WORD:
        add_words(field, out);
        break;
    case VALUE_IS_REGIONS:
    case VALUE_IS_DEPARTMENTS:
        strbuf_add(out, "NAME,...");
        break;
    case VALUE_IS_REGION:
    case VALUE_IS_DEPARTMENT:
    case VALUE_IS_SPONSOR:
    case VALUE_IS_SOURCE:
        strbuf_add(out, "NAME");
        break;
    default:
        strbuf_add(out, "TEXT");
    }
}

static void add_name(const struct work_name *name, struct strbuf *out)
{
    const struct field *field = name->is.field;
    bool one_of = field != NULL && field_key_of(field->table) == KEY_POSITION;
    strbuf_format(out, "%s%s%s=", name->needed ? "" : "[", name->is.name, one_of ? ".N" : "");
    add_kind(field, out);
    strbuf_add(out, name->needed ? "" : "]");
}

void told_describe(const char *action, struct strbuf *out)
{
    struct work_name name;
    for (size_t i = 0; work_name_at(action, i, &name); i++) {
        strbuf_add(out, i > 0 ? " " : "");
        add_name(&name, out);
    }
}

/* Those of an edit are many, and are the list of `set`. */
static bool action_row(size_t index, struct strbuf *name, struct strbuf *help)
{
    if (index >= workflow_count)
        return false;
    const struct transition *transition = &workflow[index];
    strbuf_add(name, transition->action);
    strbuf_format(help, "%s%s%s", _(transition->verb), _(": "), _(transition->help));
    if (strcmp(transition->action, "edit") == 0) {
        strbuf_add(help, _("; the same as \"duban set\""));
        return true;
    }
    struct work_name first;
    if (work_name_at(transition->action, 0, &first))
        strbuf_add_char(help, '\n');
    told_describe(transition->action, help);
    return true;
}

static bool field_row(const char *action, size_t index, struct strbuf *name, struct strbuf *help)
{
    struct work_name at;
    if (!work_name_at(action, index, &at))
        return false;
    add_name(&(struct work_name){at.is, true}, name);
    strbuf_add(help, _(at.is.field->label));
    if (at.needed)
        strbuf_add(help, _(" (needed)"));
    return true;
}

static bool set_row(size_t index, struct strbuf *name, struct strbuf *help)
{
    return field_row("edit", index, name, help);
}

static bool new_row(size_t index, struct strbuf *name, struct strbuf *help)
{
    return field_row("create", index, name, help);
}

const struct cli_list told_actions = {N_("Actions, with what they are told"), action_row};
const struct cli_list told_fields = {N_("Fields"), set_row};
const struct cli_list told_new = {N_("Fields"), new_row};
