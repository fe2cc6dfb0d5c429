#include "app/config.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "base/text.h"
#include "config_parts.h"

#define SYSTEM_FILE "/etc/duban/duban.cfg"
#define SYSTEM_DATABASE "/var/lib/duban/duban.db"

/* --- values ---------------------------------------------------------------------------------- */

static const char *default_word(const struct option_row *row)
{
    return *row->fallback ? row->fallback : "\"\"";
}

static bool parse_number(
    const struct option_row *row, const char *value, int *out, struct error *err)
{
    char *end;
    long number = strtol(value, &end, 10);
    if (end != value && *end == '\0' && number >= row->least && number <= row->most) {
        *out = (int)number;
        return true;
    }
    return error_set(err, ERROR_INPUT,
        _("%s must be a whole number from %d to %d, not \"%s\"; it is %s unless said"), row->name,
        row->least, row->most, value, default_word(row));
}

static bool parse_switch(
    const struct option_row *row, const char *value, int *out, struct error *err)
{
    static const char *const words[][2] = {{"false", "true"}, {"off", "on"}, {"no", "yes"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (int on = 0; on < 2; on++) {
            if (strcmp(value, words[i][on]) == 0) {
                *out = on;
                return true;
            }
        }
    }
    return error_set(err, ERROR_INPUT,
        _("%s must be true or false, not \"%s\"; it is %s unless said"), row->name, value,
        default_word(row));
}

static bool is_choice(const char *choices, const char *value)
{
    size_t length = strlen(value);
    for (const char *at = choices; length > 0 && *at; at += strspn(at, " ")) {
        size_t word = strcspn(at, " ");
        if (word == length && strncmp(at, value, length) == 0)
            return true;
        at += word;
    }
    return false;
}

static bool check_choice(const struct option_row *row, const char *value, struct error *err)
{
    if (is_choice(row->choices, value))
        return true;
    return error_set(err, ERROR_INPUT, _("%s must be one of %s, not \"%s\"; it is %s unless said"),
        row->name, row->choices, value, default_word(row));
}

bool config_set(struct config *config, enum option option, const char *value, struct error *err)
{
    const struct option_row *row = &options_table[option];
    int number = 0;
    if (!text_is_clean(value, TEXT_ONE_LINE))
        return error_set(err, ERROR_INPUT,
            _("%s: the value holds control characters or is not UTF-8; give plain text"),
            row->name);
    if (row->type == OPTION_NUMBER && !parse_number(row, value, &number, err))
        return false;
    if (row->type == OPTION_SWITCH && !parse_switch(row, value, &number, err))
        return false;
    if (row->type == OPTION_CHOICE && !check_choice(row, value, err))
        return false;
    if (row->check && !row->check(value, err))
        return false;
    free(config->value[option]);
    config->value[option] =
        alloc_string(row->type == OPTION_SWITCH ? (number ? "true" : "false") : value);
    config->number[option] = number;
    return true;
}

const char *config_text(const struct config *config, enum option option)
{
    return config->value[option];
}

int config_number(const struct config *config, enum option option)
{
    assert(options_table[option].type == OPTION_NUMBER);
    return config->number[option];
}

bool config_switch(const struct config *config, enum option option)
{
    assert(options_table[option].type == OPTION_SWITCH);
    return config->number[option] != 0;
}

static bool find_option(const char *name, enum option *out, struct error *err)
{
    struct suggest suggest = suggest_for(name);
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (strcmp(options_table[i].name, name) == 0) {
            *out = (enum option)i;
            return true;
        }
        suggest_offer(&suggest, options_table[i].name);
    }
    if (suggest.best)
        return error_set(err, ERROR_INPUT, _("there is no option \"%s\"; did you mean \"%s\"?"),
            name, suggest.best);
    return error_set(
        err, ERROR_INPUT, _("there is no option \"%s\"; `duban help config` lists them all"), name);
}

void config_confine(struct config *config)
{
    config->confined = true;
}

bool config_is_confined(const struct config *config)
{
    return config->confined;
}

const char *config_shown(const struct config *config, enum option option)
{
    bool of_server = option == OPTION_DATABASE || option == OPTION_HOLIDAYS ||
                     option == OPTION_REMIND_COMMAND ||
                     (option == OPTION_THEME && strchr(config_text(config, option), '/') != NULL);
    return config->confined && of_server ? _("(not shown)") : config_text(config, option);
}

bool config_allows(
    const struct config *config, enum option option, const char *value, struct error *err)
{
    if (!config->confined || option != OPTION_THEME || strchr(value, '/') == NULL)
        return true;
    return error_set(err, ERROR_PERMISSION,
        _("a theme is chosen by its name here: files of the server are not read for who acts as a "
          "person (--as)"));
}

bool config_find(const char *name, enum option *out)
{
    return find_option(name, out, NULL);
}

/* --- files ----------------------------------------------------------------------------------- */

/* The scalar at `path` as it would be written on the command line. A string is no number, and a
 * number is text only where a choice is one ("ambiguous = 1"). Caller frees; NULL: of a wrong type.
 */
static char *scalar_text(
    const struct settings *settings, const char *path, const struct option_row *row)
{
    enum settings_type type = settings_type(settings, path);
    const char *text;
    int number;
    bool on;
    if (type == SETTINGS_STRING && (row->type == OPTION_TEXT || row->type == OPTION_CHOICE) &&
        settings_string(settings, path, &text))
        return alloc_string(text);
    if (type == SETTINGS_INT && (row->type == OPTION_NUMBER || row->type == OPTION_CHOICE) &&
        settings_int(settings, path, &number))
        return alloc_format("%d", number);
    if (type == SETTINGS_BOOL && row->type == OPTION_SWITCH && settings_bool(settings, path, &on))
        return alloc_string(on ? "true" : "false");
    return NULL;
}

static bool refuse_type(const struct option_row *row, struct error *err)
{
    switch (row->type) {
    case OPTION_NUMBER:
        return error_set(err, ERROR_INPUT,
            _("%s must be a whole number from %d to %d, written without quotes; it is %s unless "
              "said"),
            row->name, row->least, row->most, default_word(row));
    case OPTION_SWITCH:
        return error_set(err, ERROR_INPUT,
            _("%s must be true or false, written without quotes; it is %s unless said"), row->name,
            default_word(row));
    case OPTION_TEXT:
    case OPTION_CHOICE:
        break;
    }
    return error_set(err, ERROR_INPUT, _("%s must be text in quotes; it is %s unless said"),
        row->name, default_word(row));
}

static bool take_option(
    struct config *config, const struct settings *settings, const char *path, struct error *err)
{
    enum option option;
    if (!find_option(path, &option, err))
        return false;
    char *value = scalar_text(settings, path, &options_table[option]);
    if (value == NULL)
        return refuse_type(&options_table[option], err);
    bool good = config_set(config, option, value, err);
    free(value);
    return good;
}

struct reading {
    struct config *config;
    const struct settings *settings;
    struct error *err;
    bool failed;
};

static bool is_under(const char *path, const char *name)
{
    size_t length = strlen(name);
    return strncmp(path, name, length) == 0 && (path[length] == '\0' || path[length] == '.');
}

static bool take_scalar(void *context, const char *path, int line)
{
    struct reading *reading = context;
    bool good;
    if (is_under(path, "views"))
        good = config_knows_view_path(path, reading->err);
    else if (is_under(path, "keys"))
        good = config_take_key(reading->config, reading->settings, path, reading->err);
    else
        good = take_option(reading->config, reading->settings, path, reading->err);
    if (!good) {
        error_prefix(reading->err, _("%s, line %d"), settings_name(reading->settings), line);
        reading->failed = true;
    }
    return good;
}

static bool take_file(struct config *config, const char *path, struct error *err)
{
    struct settings *settings;
    if (!settings_read_file(path, &settings, err))
        return false;
    struct reading reading = {config, settings, err, false};
    settings_visit(settings, take_scalar, &reading);
    bool good = !reading.failed && config_take_views(config, settings, err);
    settings_free(settings);
    return good;
}

/* $NAME/rest, or ~/fallback/rest where it is not set. Caller frees; NULL without a home. */
static char *home_path(const char *name, const char *fallback, const char *rest)
{
    const char *folder = getenv(name), *home = getenv("HOME");
    if (folder && *folder == '/') /* a relative one counts as unset, as the XDG rules say */
        return alloc_format("%s/%s", folder, rest);
    if (home && *home)
        return alloc_format("%s/%s/%s", home, fallback, rest);
    return NULL;
}

static bool take_files(struct config *config, const char *extra, bool own, struct error *err)
{
    if (access(SYSTEM_FILE, F_OK) == 0 && !take_file(config, SYSTEM_FILE, err))
        return false;
    char *file = own ? home_path("XDG_CONFIG_HOME", ".config", "duban/duban.cfg") : NULL;
    bool good = file == NULL || access(file, F_OK) != 0 || take_file(config, file, err);
    free(file);
    if (!good || extra == NULL || take_file(config, extra, err))
        return good;
    if (err && err->code == ERROR_NOT_FOUND)
        err->code = ERROR_MISSING; /* no task is meant, as the exit status would say */
    return false;
}

struct config *config_default(void)
{
    struct config *config = alloc_zero(1, sizeof *config);
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &options_table[i];
        config->value[i] = alloc_string(row->fallback);
        if (row->type == OPTION_NUMBER)
            config->number[i] = (int)strtol(row->fallback, NULL, 10);
        else if (row->type == OPTION_SWITCH)
            config->number[i] = strcmp(row->fallback, "true") == 0;
    }
    config_start_views(config);
    return config;
}

bool config_read(const char *extra, bool own, struct config **out, struct error *err)
{
    struct config *config = config_default();
    if (!take_files(config, extra, own, err)) {
        config_free(config);
        return false;
    }
    *out = config;
    return true;
}

void config_free(struct config *config)
{
    if (config == NULL)
        return;
    for (int i = 0; i < OPTION_COUNT; i++)
        free(config->value[i]);
    config_clear_views(config);
    config_clear_rules(config);
    free(config);
}

char *config_database(const struct config *config)
{
    const char *said = config_text(config, OPTION_DATABASE), *home = getenv("HOME");
    if (strncmp(said, "~/", 2) == 0 && home)
        return alloc_format("%s/%s", home, said + 2);
    if (*said)
        return alloc_string(said);
    if (access(SYSTEM_DATABASE, F_OK) == 0)
        return alloc_string(SYSTEM_DATABASE);
    char *own = home_path("XDG_DATA_HOME", ".local/share", "duban/duban.db");
    return own ? own : alloc_string("duban.db");
}

void config_view_settings(const struct config *config, bool slow, struct view_settings *out)
{
    const char *look = config_text(config, OPTION_LOOK);
    *out = (struct view_settings){
        .title = config_text(config, OPTION_TITLE),
        .columns = config_text(config, OPTION_COLUMNS),
        .score_columns = config_text(config, OPTION_SCORE_COLUMNS),
        .changed_seconds = config_number(config, OPTION_CHANGED_SECONDS),
        .lean = strcmp(look, "lean") == 0 || (slow && strcmp(look, "auto") == 0),
        .ticker = config_switch(config, OPTION_TICKER),
        .wall_pages = config_text(config, OPTION_WALL_PAGES),
        .wall_quiet = config_text(config, OPTION_WALL_QUIET),
        .wall_seconds = config_number(config, OPTION_WALL_SECONDS),
        .wall_alarm = config_switch(config, OPTION_WALL_ALARM),
    };
    /* beside the list the task selected would be drawn anew with each step */
    out->split_columns = out->lean ? 0 : config_number(config, OPTION_SPLIT);
    out->saved = config_saved_views(config, &out->saved_count);
}
