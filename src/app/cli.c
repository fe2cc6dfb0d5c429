/* The command line from its first word to the exit status. */
#include "app/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/environment.h"
#include "app/plain.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/words.h"
#include "cli_commands.h"
#include "cli_parse.h"
#include "cli_remote.h"
#include "model/session.h"
#include "store/db.h"
#include "views/board.h"
#include "visit.h"

#define LEAVE_MS 500 /* to keep what was being typed when a person may not go on */

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

/* --- starting -------------------------------------------------------------------------------- */

static bool read_config(struct cli *cli, const struct cli_given *given, struct error *err)
{
    const char *extra = cli_given_value(given, "--config");
    bool own = cli_given_value(given, "--as") == NULL;
    bool any = cli->wants_help || (cli->command && cli->command->flags & CLI_ANY_CONFIG);
    if (config_read(extra, own, &cli->config, err) &&
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
    struct cli_given given;
    char **words = argc > 0 ? argv + 1 : argv;
    int count = argc > 0 ? argc - 1 : 0;
    if (!language_start(cli_language_asked(words, count), err) ||
        !cli_parse(cli, &given, words, count, err))
        return false;
    cli->wants_help = cli_given_value(&given, "--help") != NULL;
    if (!read_config(cli, &given, err) || !cli_take_given(cli, &given, err))
        return false;
    if (cli->key != NULL && cli->as == NULL)
        return error_set(err, ERROR_USAGE, _("--key goes with --as"));
    const char *variable = getenv("DUBAN_DB");
    if (cli->database == NULL && variable && *variable) {
        cli->database = alloc_string(variable);
        cli->database_given = true;
    }
    if (cli->database == NULL)
        cli->database = config_database(cli->config);
    if (cli->confined)
        config_confine(cli->config);
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

/* A session of lines is recorded as what it is, and gets a moment to keep what was being typed. */
static bool begin_visit(struct cli *cli, struct model *model, struct error *err)
{
    bool lines = cli->session != NULL || (cli->command == NULL && cli->plain && plain_has_lines());
    const char *name = cli->command ? cli->command->name : session_kinds[SESSION_PLAIN].name;
    visit_watch(cli->visit, model, lines ? LEAVE_MS : 0);
    return lines || !session_over_ssh() ||
           visit_record(
               cli->visit, model, name, config_number(cli->config, OPTION_SESSION_MOST), err);
}

bool cli_open_model(struct cli *cli, bool read_only, struct model **out, struct error *err)
{
    struct model_options options;
    if (!cli_model_options(cli, read_only, &options, err))
        return false;
    options.brief = true;
    if (!model_open(&options, out, err) &&
        !(cli_upgrade(cli, err) && model_open(&options, out, err)))
        return false;
    if (begin_visit(cli, *out, err))
        return true;
    model_close(*out);
    *out = NULL;
    return false;
}

static int print_board(struct cli *cli, struct error *err)
{
    struct model *model = NULL;
    struct keymap *keymap = NULL;
    struct view_settings settings;
    struct strbuf out = {0};
    size_t count;
    const struct key_binding *bindings = config_bindings(cli->config, &count);
    config_view_settings(cli->config, false, &settings);
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
    if (cli->plain && plain_has_lines()) {
        bool any;
        int status = plain_run(cli, &any, err);
        if (any || err->code != ERROR_NONE)
            return status;
    }
    if (cli->plain || !isatty(STDOUT_FILENO))
        return print_board(cli, err);
    struct model_options options;
    if (!cli_model_options(cli, false, &options, err))
        return cli_status(err);
    return app_run(cli->config, &options, &(struct app_start){NULL, false, cli->visit}, err);
}

/* Everything is written and what went wrong is said. */
static int finish(struct cli *cli, int status, const struct error *err)
{
    if (cli->output_closed || !cli_flush(cli))
        return cli->output_failed ? EXIT_FAILED : EXIT_DONE;
    if (err->code != ERROR_NONE)
        cli_complain(err->text);
    return status;
}

static bool start_words(
    struct cli *cli, struct cli_given *given, const struct words *words, struct error *err)
{
    const char *language = cli_language_asked(words->word, words->count);
    return (language == NULL || language_start(language, err)) &&
           cli_parse(cli, given, words->word, words->count, err) && cli_allow_given(given, err) &&
           cli_take_given(cli, given, err) && (language == NULL || apply_language(cli, err));
}

int cli_run_words(struct cli *from, const struct words *words)
{
    struct cli cli = *from; /* and borrows what that owns: no option allowed here replaces it */
    struct cli_given given;
    struct error err = {0}, ignored = {0};
    char *language = alloc_string(language_current());
    char *said = alloc_string(config_text(from->config, OPTION_LANGUAGE));
    char *theme = alloc_string(config_text(from->config, OPTION_THEME));
    cli.command = NULL;
    cli.arguments = NULL;
    cli.argument_count = cli.option_end = 0;
    cli.wants_help = cli.wants_version = false;
    int status = start_words(&cli, &given, words, &err) ? run(&cli, &err) : cli_status(&err);
    status = finish(&cli, status, &err);
    from->output_closed = cli.output_closed;
    from->output_failed = cli.output_failed;
    from->charset_told = cli.charset_told;
    config_set(from->config, OPTION_LANGUAGE, said, &ignored);
    config_set(from->config, OPTION_THEME, theme, &ignored);
    if (strcmp(language, language_current()) != 0)
        language_choose(language, &ignored);
    free(cli.arguments);
    free(language);
    free(said);
    free(theme);
    return status;
}

int cli_main(int argc, char **argv)
{
    struct cli cli = {0};
    struct error err = {0};
    int status;
    environment_confine(argc, argv);
    keep_standard_descriptors();
    signal(SIGPIPE, SIG_IGN); /* a write then fails with EPIPE, which ends us quietly */
    signal(SIGXFSZ, SIG_IGN); /* and with EFBIG where a file may not grow, which is told */
    bool started = start(&cli, argc, argv, &err);
    cli.visit = started && cli.confined ? visit_new() : NULL;
    if (!started)
        status = cli_status(&err);
    else if (cli_has_original(&cli))
        status = cli_run_original(&cli, &err);
    else
        status = run(&cli, &err);
    status = finish(&cli, status, &err);
    visit_free(cli.visit);
    config_free(cli.config);
    free(cli.database);
    free(cli.arguments);
    return status;
}
