/* The command line from its first word to the exit status. */
#include "app/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "cli_commands.h"
#include "model/past.h"
#include "store/db.h"
#include "views/board.h"

int cli_status(const struct error *err)
{
    switch (err->code) {
    case ERROR_NONE:
        return EXIT_DONE;
    case ERROR_USAGE:
        return EXIT_USAGE;
    case ERROR_NOT_FOUND:
        return EXIT_NOTHING;
    default:
        return EXIT_FAILED;
    }
}

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
    if (config_set(cli->config, option, value, err))
        return true;
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
    {"--plain", NULL, N_("Print the board once as plain text, as when written to a pipe"), 0,
        take_plain},
    {"--help", NULL, N_("Help, for the program or the command"), 'h', take_help},
    {"--version", NULL, N_("The version"), 'V', take_version},
    {NULL, NULL, NULL, 0, NULL},
};
enum { GLOBALS = sizeof cli_global_options / sizeof *cli_global_options - 1 };

/* --- parsing --------------------------------------------------------------------------------- */

struct given { /* values of the program's options as they were said, in the table's order */
    bool there[GLOBALS];
    const char *value[GLOBALS];
};

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

/* The program's option at argv[at]: how many words it filled, 0 when it is wrong. */
static int note_global(const struct cli_option *option, struct given *given, int argc, char **argv,
    int at, struct error *err)
{
    size_t index = (size_t)(option - cli_global_options);
    const char *equals = strchr(argv[at], '=');
    int words = 1;
    given->there[index] = true;
    given->value[index] = "";
    if (option->value == NULL && equals) {
        error_set(err, ERROR_USAGE, _("%s takes no value; write it alone"), option->name);
        return 0;
    }
    if (option->value && equals) {
        given->value[index] = equals + 1;
    } else if (option->value && at + 1 < argc) {
        given->value[index] = argv[at + 1];
        words = 2;
    } else if (option->value) {
        error_set(err, ERROR_USAGE, _("%s needs a value: %s=%s"), option->name, option->name,
            option->value);
        return 0;
    }
    return words;
}

/* An option before the command that is none of the program's: most likely the command's own. */
static bool refuse_early(const char *argument, struct error *err)
{
    struct suggest suggest = suggest_for(argument);
    for (const struct cli_option *option = cli_global_options; option->name; option++)
        suggest_offer(&suggest, option->name);
    for (size_t i = 0; i < cli_command_count; i++)
        if (find_option(cli_commands[i].options, argument))
            return error_set(err, ERROR_USAGE,
                _("%s belongs to a command and stands after it: duban %s %s"), argument,
                cli_commands[i].name, argument);
    if (suggest.best)
        return error_set(
            err, ERROR_USAGE, _("there is no option %s; did you mean %s?"), argument, suggest.best);
    return error_set(
        err, ERROR_USAGE, _("there is no option %s; \"duban help\" lists them"), argument);
}

const struct cli_command *cli_find_command(const char *name, struct error *err)
{
    struct suggest suggest = suggest_for(name);
    for (size_t i = 0; i < cli_command_count; i++) {
        if (strcmp(cli_commands[i].name, name) == 0)
            return &cli_commands[i];
        suggest_offer(&suggest, cli_commands[i].name);
    }
    if (suggest.best)
        error_set(err, ERROR_USAGE, _("there is no command \"%s\"; did you mean \"%s\"?"), name,
            suggest.best);
    else
        error_set(
            err, ERROR_USAGE, _("there is no command \"%s\"; \"duban help\" lists them"), name);
    return NULL;
}

/* Words an option of the command fills, so that its value is not taken for one of the program's. */
static int own_option_words(const struct cli *cli, int argc, char **argv, int at)
{
    const struct cli_option *own = find_option(cli->command->options, argv[at]);
    return own && own->value && !strchr(argv[at], '=') && at + 1 < argc ? 2 : 1;
}

static void keep_arguments(struct cli *cli, char **argv, int count)
{
    for (int i = 0; i < count; i++)
        cli->arguments[cli->argument_count++] = argv[i];
}

static bool split_arguments(
    struct cli *cli, struct given *given, int argc, char **argv, struct error *err)
{
    bool options = true;
    cli->arguments = alloc_zero((size_t)argc + 1, sizeof *cli->arguments);
    for (int i = 1, words; i < argc; i += words) {
        const struct cli_option *global = options ? find_option(cli_global_options, argv[i]) : NULL;
        words = 1;
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
            cli->option_end = cli->argument_count;
        } else if (global) {
            words = note_global(global, given, argc, argv, i, err);
            if (words == 0)
                return false;
        } else if (cli->command) {
            words = options ? own_option_words(cli, argc, argv, i) : 1;
            keep_arguments(cli, argv + i, words);
        } else if (options && argv[i][0] == '-') {
            return refuse_early(argv[i], err);
        } else {
            cli->command = cli_find_command(argv[i], err);
            if (cli->command == NULL)
                return false;
        }
    }
    if (options)
        cli->option_end = cli->argument_count;
    return true;
}

/* --- starting -------------------------------------------------------------------------------- */

static const char *given_value(const struct given *given, const char *name)
{
    for (size_t i = 0; i < GLOBALS; i++)
        if (given->there[i] && strcmp(cli_global_options[i].name, name) == 0)
            return given->value[i];
    return NULL;
}

/* --lang before anything else, so that what is wrong with the rest is said in that language. */
static const char *language_asked(int argc, char **argv)
{
    for (int i = 1; i < argc && argv[i] && strcmp(argv[i], "--") != 0; i++) {
        const char *value = NULL;
        if (strncmp(argv[i], "--lang=", 7) == 0)
            value = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            value = argv[i + 1];
        if (value && (strcmp(value, "zh") == 0 || strcmp(value, "en") == 0))
            return value;
    }
    return NULL;
}

static bool read_config(struct cli *cli, const struct given *given, struct error *err)
{
    const char *extra = given_value(given, "--config");
    bool any = cli->wants_help || (cli->command && cli->command->flags & CLI_ANY_CONFIG);
    if (config_read(extra, &cli->config, err) &&
        config_check_keys(cli->config, actions, action_count, err))
        return true;
    if (!any)
        return false;
    cli_complain(err->text);
    *err = (struct error){0};
    config_free(cli->config);
    cli->config = config_default();
    return true;
}

/* A language asked for by name also finds a charset for itself where the locale has none. */
static bool apply_language(const struct cli *cli, struct error *err)
{
    const char *language = config_text(cli->config, OPTION_LANGUAGE);
    return strcmp(language, "auto") == 0 || language_start(language, err);
}

static bool start(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct given given = {0};
    if (!language_start(language_asked(argc, argv), err) ||
        !split_arguments(cli, &given, argc, argv, err))
        return false;
    cli->wants_help = given_value(&given, "--help") != NULL;
    if (!read_config(cli, &given, err))
        return false;
    for (size_t i = 0; i < GLOBALS; i++)
        if (given.there[i] && !cli_global_options[i].take(cli, given.value[i], err))
            return false;
    if (cli->key != NULL && cli->as == NULL)
        return error_set(err, ERROR_USAGE, _("--key goes with --as"));
    const char *variable = getenv("DUBAN_DB");
    if (cli->database == NULL && variable && *variable)
        take_database(cli, variable, err);
    if (cli->database == NULL)
        cli->database = config_database(cli->config);
    return apply_language(cli, err);
}

/* A closed standard descriptor would be given to the next file opened: the database, say. Writing
 * to what takes its place fails, as it should. */
static void keep_standard_descriptors(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

/* --- running --------------------------------------------------------------------------------- */

bool cli_model_options(
    const struct cli *cli, bool read_only, struct model_options *out, struct error *err)
{
    *out = (struct model_options){
        .path = cli->database,
        .read_only = read_only || cli->read_only,
        .as_of = cli->as_of,
        .due_soon_days = config_number(cli->config, OPTION_DUE_SOON),
        .due_urgent_days = config_number(cli->config, OPTION_DUE_URGENT),
        .gate_ms = config_number(cli->config, OPTION_GATE_MS),
        .as = cli->as,
        .key = cli->key,
    };
    return config_rules(cli->config, &out->rules, err);
}

bool cli_upgrade(struct cli *cli, struct error *err)
{
    struct db *db;
    if (err->code != ERROR_READ_ONLY || cli->read_only ||
        !db_open(cli->database, DB_READ_WRITE, &db, err))
        return false;
    db_close(db);
    *err = (struct error){0};
    return true;
}

bool cli_open_model(struct cli *cli, bool read_only, struct model **out, struct error *err)
{
    struct model_options options;
    if (!cli_model_options(cli, read_only, &options, err))
        return false;
    options.brief = true;
    return model_open(&options, out, err) ||
           (cli_upgrade(cli, err) && model_open(&options, out, err));
}

static int print_board(struct cli *cli, struct error *err)
{
    struct model *model = NULL;
    struct keymap *keymap = NULL;
    struct view_settings settings;
    struct strbuf out = {0};
    size_t count;
    const struct key_binding *bindings = config_bindings(cli->config, &count);
    config_view_settings(cli->config, &settings);
    bool good = cli_open_model(cli, true, &model, err) &&
                keymap_build(actions, action_count, bindings, count, &keymap, err);
    if (good) {
        struct view_env env = {model, keymap, actions, action_count, &settings};
        good = board_plain(&env, NULL, cli_columns(NULL), &out, err);
    }
    if (good)
        cli_print(cli, strbuf_text(&out));
    strbuf_clear(&out);
    keymap_free(keymap);
    model_close(model);
    return good ? EXIT_DONE : cli_status(err);
}

static int run(struct cli *cli, struct error *err)
{
    if (cli->wants_version)
        return cli_print(cli, "duban " VERSION "\n") ? EXIT_DONE : EXIT_FAILED;
    if (cli->wants_help)
        return cli_help_command(cli, cli->command);
    if (cli->command && cli->command->flags & CLI_WRITES && cli->read_only)
        error_set(err, ERROR_USAGE, _("%s writes; leave --read-only out"), cli->command->name);
    else if (cli->command && cli->confined && cli->command->flags & CLI_LOCAL)
        error_set(err, ERROR_PERMISSION,
            _("%s is for the account of the server itself, not for who acts as a person (--as)"),
            cli->command->name);
    else if (cli->command && cli->as_of != 0 && !(cli->command->flags & CLI_PAST))
        error_set(
            err, ERROR_USAGE, _("%s is about the present; leave --as-of out"), cli->command->name);
    if (err->code != ERROR_NONE)
        return cli_status(err);
    if (cli->command)
        return cli->command->run(cli, err);
    if (cli->plain || !isatty(STDOUT_FILENO))
        return print_board(cli, err);
    struct model_options options;
    if (!cli_model_options(cli, false, &options, err))
        return cli_status(err);
    return app_run(cli->config, &options, &(struct app_start){NULL, false}, err);
}

int cli_main(int argc, char **argv)
{
    struct cli cli = {0};
    struct error err = {0};
    keep_standard_descriptors();
    signal(SIGPIPE, SIG_IGN); /* a write then fails with EPIPE, which ends us quietly */
    int status = start(&cli, argc, argv, &err) ? run(&cli, &err) : cli_status(&err);
    if (cli.output_closed || !cli_flush(&cli))
        status = cli.output_failed ? EXIT_FAILED : EXIT_DONE;
    else if (err.code != ERROR_NONE)
        cli_complain(err.text);
    config_free(cli.config);
    free(cli.database);
    free(cli.arguments);
    return status;
}
