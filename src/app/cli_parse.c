/* Words of the command line: which options of the program were said, the command, what is left to
 * it. */
#include "cli_parse.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "model/past.h"

/* --- options of the program ------------------------------------------------------------------ */

static bool take_database(struct cli *cli, const char *value, struct error *err)
{
    if (*value == '\0')
        return error_set(err, ERROR_USAGE, _("--db needs the name of a file"));
    free(cli->database);
    cli->database = alloc_string(value);
    cli->database_given = true;
    return true;
}

static bool take_config(struct cli *cli, const char *value, struct error *err)
{
    (void)cli, (void)value, (void)err; /* was read before the others */
    return true;
}

static bool take_setting(
    struct cli *cli, const char *name, enum option option, const char *value, struct error *err)
{
    if (config_allows(cli->config, option, value, err) &&
        config_set(cli->config, option, value, err))
        return true;
    if (err->code == ERROR_INPUT)
        err->code = ERROR_USAGE;
    return error_prefix(err, "%s", name);
}

static bool take_theme(struct cli *cli, const char *value, struct error *err)
{
    return take_setting(cli, "--theme", OPTION_THEME, value, err);
}

static bool take_language(struct cli *cli, const char *value, struct error *err)
{
    return take_setting(cli, "--lang", OPTION_LANGUAGE, value, err);
}

static bool take_as(struct cli *cli, const char *value, struct error *err)
{
    if (*value == '\0')
        return error_set(err, ERROR_USAGE, _("--as needs the login of a person"));
    cli->as = value;
    return cli->confined = true;
}

static bool take_key(struct cli *cli, const char *value, struct error *err)
{
    if (*value == '\0')
        return error_set(err, ERROR_USAGE, _("--key needs the fingerprint of a key"));
    cli->key = value;
    return true;
}

static bool take_as_of(struct cli *cli, const char *value, struct error *err)
{
    return past_parse(value, &cli->as_of, err) || error_prefix(err, "--as-of");
}

static bool take_read_only(struct cli *cli, const char *value, struct error *err)
{
    (void)value, (void)err;
    return cli->read_only = true;
}

static bool take_plain(struct cli *cli, const char *value, struct error *err)
{
    (void)value, (void)err;
    return cli->plain = true;
}

static bool take_help(struct cli *cli, const char *value, struct error *err)
{
    (void)value, (void)err;
    return cli->wants_help = true;
}

static bool take_version(struct cli *cli, const char *value, struct error *err)
{
    (void)value, (void)err;
    return cli->wants_version = true;
}

/* name, value, help, letter, take */
const struct cli_option cli_global_options[] = {
    {"--db", "FILE", N_("The database; else DUBAN_DB, else the option database"), 0, take_database},
    {"--config", "FILE", N_("One more configuration file, read after the others"), 0, take_config},
    {"--theme", "NAME", N_("The theme, by name or path"), 0, take_theme},
    {"--lang", "zh|en", N_("The language of screens and messages"), 0, take_language},
    {"--as", "LOGIN", N_("Act as this person; only the owner of the database may"), 0, take_as},
    {"--key", "FINGERPRINT", N_("With --as: the key they came in with, good while it is theirs"), 0,
        take_key},
    {"--as-of", "DATE",
        N_("The database as it stood at the end of that day, or at a moment: 2026-09-30T18:00"), 0,
        take_as_of},
    {"--read-only", NULL, N_("Open for reading: nothing can be changed"), 0, take_read_only},
    {"--plain", NULL,
        N_("A session of lines, for screen readers and slow lines; in a pipe the board once as "
           "text"),
        0, take_plain},
    {"--help", NULL, N_("Help, for the program or the command"), 'h', take_help},
    {"--version", NULL, N_("The version"), 'V', take_version},
    {NULL, NULL, NULL, 0, NULL},
};
_Static_assert(sizeof cli_global_options / sizeof *cli_global_options <= CLI_GLOBALS + 1, "more");

/* --- parsing --------------------------------------------------------------------------------- */

static bool option_is(const struct cli_option *option, const char *argument)
{
    size_t length = strlen(option->name);
    if (option->letter && argument[0] == '-' && argument[1] == option->letter && !argument[2])
        return true;
    return strncmp(argument, option->name, length) == 0 &&
           (argument[length] == '\0' || (argument[length] == '=' && argument[1] == '-'));
}

static const struct cli_option *find_option(const struct cli_option *options, const char *argument)
{
    for (const struct cli_option *option = options; option && option->name; option++)
        if (option_is(option, argument))
            return option;
    return NULL;
}

/* The program's option at the first of the words: how many it filled, 0 when it is wrong. */
static int note_global(const struct cli_option *option, struct cli_given *given, char **words,
    int count, struct error *err)
{
    const char **value = &given->value[option - cli_global_options];
    const char *equals = strchr(words[0], '=');
    *value = "";
    if (option->value == NULL && equals) {
        error_set(err, ERROR_USAGE, _("%s takes no value; write it alone"), option->name);
        return 0;
    }
    if (option->value && equals) {
        *value = equals + 1;
    } else if (option->value && count > 1) {
        *value = words[1];
        return 2;
    } else if (option->value) {
        error_set(err, ERROR_USAGE, _("%s needs a value: %s=%s"), option->name, option->name,
            option->value);
        return 0;
    }
    return 1;
}

/* An option before the command that is none of the program's: most likely the command's own. */
static bool refuse_early(const char *argument, struct error *err)
{
    struct suggest suggest = suggest_for(argument);
    char said[CLI_SAID];
    cli_said(argument, said);
    for (const struct cli_option *option = cli_global_options; option->name; option++)
        suggest_offer(&suggest, option->name);
    for (size_t i = 0; i < cli_command_count; i++)
        if (find_option(cli_commands[i].options, argument))
            return error_set(err, ERROR_USAGE,
                _("%s belongs to a command and stands after it: duban %s %s"), said,
                cli_commands[i].name, said);
    if (suggest.best)
        return error_set(
            err, ERROR_USAGE, _("there is no option %s; did you mean %s?"), said, suggest.best);
    return error_set(err, ERROR_USAGE, _("there is no option %s; \"duban help\" lists them"), said);
}

const struct cli_command *cli_find_command(const char *name, struct error *err)
{
    struct suggest suggest = suggest_for(name);
    char said[CLI_SAID];
    for (size_t i = 0; i < cli_command_count; i++) {
        if (strcmp(cli_commands[i].name, name) == 0)
            return &cli_commands[i];
        suggest_offer(&suggest, cli_commands[i].name);
    }
    if (suggest.best)
        error_set(err, ERROR_USAGE, _("there is no command \"%s\"; did you mean \"%s\"?"),
            cli_said(name, said), suggest.best);
    else
        error_set(err, ERROR_USAGE, _("there is no command \"%s\"; \"duban help\" lists them"),
            cli_said(name, said));
    return NULL;
}

/* Words an option of the command fills, so that its value is not taken for one of the program's. */
static int own_option_words(const struct cli *cli, char **words, int count)
{
    const struct cli_option *own = find_option(cli->command->options, words[0]);
    return own && own->value && !strchr(words[0], '=') && count > 1 ? 2 : 1;
}

static void keep_arguments(struct cli *cli, char **words, int count)
{
    for (int i = 0; i < count; i++)
        cli->arguments[cli->argument_count++] = words[i];
}

bool cli_parse(struct cli *cli, struct cli_given *given, char **words, int count, struct error *err)
{
    bool options = true;
    *given = (struct cli_given){0};
    cli->arguments = alloc_zero((size_t)count + 1, sizeof *cli->arguments);
    for (int i = 0, filled; i < count; i += filled) {
        const struct cli_option *global =
            options ? find_option(cli_global_options, words[i]) : NULL;
        filled = 1;
        if (options && strcmp(words[i], "--") == 0) {
            options = false;
            cli->option_end = cli->argument_count;
        } else if (global) {
            filled = note_global(global, given, words + i, count - i, err);
            if (filled == 0)
                return false;
        } else if (cli->command) {
            filled = options ? own_option_words(cli, words + i, count - i) : 1;
            keep_arguments(cli, words + i, filled);
        } else if (options && words[i][0] == '-') {
            return refuse_early(words[i], err);
        } else {
            cli->command = cli_find_command(words[i], err);
            if (cli->command == NULL)
                return false;
        }
    }
    if (options)
        cli->option_end = cli->argument_count;
    return true;
}

/* --- what was said --------------------------------------------------------------------------- */

const char *cli_given_value(const struct cli_given *given, const char *name)
{
    for (size_t i = 0; cli_global_options[i].name; i++)
        if (strcmp(cli_global_options[i].name, name) == 0)
            return given->value[i];
    assert(false);
    return NULL;
}

/* What may be said by somebody who did not start the program: nothing that names a file of this
 * machine or who they are. */
static const char *const line_options[] = {
    "--theme", "--lang", "--as-of", "--read-only", "--plain", "--help", "--version"};

static bool is_line_option(const char *name)
{
    for (size_t i = 0; i < sizeof line_options / sizeof *line_options; i++)
        if (strcmp(line_options[i], name) == 0)
            return true;
    return false;
}

bool cli_allow_given(const struct cli_given *given, struct error *err)
{
    for (size_t i = 0; cli_global_options[i].name; i++)
        if (given->value[i] && !is_line_option(cli_global_options[i].name))
            return error_set(err, ERROR_USAGE,
                _("%s is said where duban is started, not in a command that is sent or typed; "
                  "leave it out"),
                cli_global_options[i].name);
    return true;
}

bool cli_take_given(struct cli *cli, const struct cli_given *given, struct error *err)
{
    for (size_t i = 0; cli_global_options[i].name; i++)
        if (given->value[i] && !cli_global_options[i].take(cli, given->value[i], err))
            return false;
    return true;
}

const char *cli_language_asked(char **words, int count)
{
    for (int i = 0; i < count && strcmp(words[i], "--") != 0; i++) {
        const char *value = NULL;
        if (strncmp(words[i], "--lang=", 7) == 0)
            value = words[i] + 7;
        else if (strcmp(words[i], "--lang") == 0 && i + 1 < count)
            value = words[i + 1];
        if (value && (strcmp(value, "zh") == 0 || strcmp(value, "en") == 0))
            return value;
    }
    return NULL;
}
