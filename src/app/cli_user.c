/* `duban user`: who is recorded. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "cli_commands.h"
#include "cli_user.h"
#include "model/history.h"

/* --- what is changed ------------------------------------------------------------------------- */

struct telling {
    struct argument *argument; /* names and values owned */
    size_t count, room;
};

static void tell(struct telling *telling, const char *name, const char *value)
{
    telling->argument = alloc_grow(
        telling->argument, &telling->room, telling->count + 1, sizeof *telling->argument);
    telling->argument[telling->count++] =
        (struct argument){.name = alloc_string(name), .value = alloc_string(value)};
}

static void telling_clear(struct telling *telling)
{
    for (size_t i = 0; i < telling->count; i++) {
        free((char *)telling->argument[i].name);
        free((char *)telling->argument[i].value);
    }
    free(telling->argument);
}

/* NAME=VALUE words from `first` on. */
static bool tell_words(
    struct telling *telling, const struct user_run *run, int first, struct error *err)
{
    for (int i = first; i < run->words; i++) {
        char *word = cli_text(run->word[i]);
        char *equals = strchr(word, '=');
        bool good = equals != NULL && equals != word;
        if (good) {
            *equals = '\0';
            for (size_t k = 0; good && k < telling->count; k++)
                if (strcmp(telling->argument[k].name, word) == 0)
                    good = error_set(err, ERROR_USAGE, _("%s is told twice"), word);
            if (good)
                tell(telling, word, equals + 1);
        } else {
            error_set(err, ERROR_USAGE, _("\"%s\" is not written NAME=VALUE"), word);
        }
        free(word);
        if (!good)
            return false;
    }
    return true;
}

static void tell_reason(struct telling *telling, const struct user_run *run)
{
    if (run->reason == NULL)
        return;
    char *reason = cli_text(run->reason);
    tell(telling, "reason", reason);
    free(reason);
}

/* What was told, and NAME=VALUE words behind it. */
static bool change(
    struct user_run *run, struct telling *telling, int first, bool is_new, struct error *err)
{
    char *login = cli_text(run->word[0]);
    int64_t since = history_newest(run->model);
    bool good = tell_words(telling, run, first, err);
    tell_reason(telling, run);
    good =
        good && (is_new ? people_add(run->model, telling->argument, telling->count, err)
                        : people_change(run->model, login, telling->argument, telling->count, err));
    if (!good && err->code == ERROR_INPUT) /* every value is a word of the command line */
        err->code = ERROR_USAGE;
    good = good && user_print_done(run, login, since, err);
    telling_clear(telling);
    free(login);
    return good;
}

static bool run_add(struct user_run *run, struct error *err)
{
    struct telling telling = {0};
    char *login = cli_text(run->word[0]);
    tell(&telling, "login", login);
    free(login);
    return change(run, &telling, 1, true, err);
}

static bool run_set(struct user_run *run, struct error *err)
{
    struct telling telling = {0};
    return change(run, &telling, 1, false, err);
}

static bool run_role(struct user_run *run, struct error *err)
{
    struct telling telling = {0};
    char *role = cli_text(run->word[1]);
    tell(&telling, "role", role);
    free(role);
    return change(run, &telling, 2, false, err);
}

static bool run_disable(struct user_run *run, struct error *err)
{
    struct telling telling = {0};
    tell(&telling, "disabled", "1");
    return change(run, &telling, 1, false, err);
}

static bool run_enable(struct user_run *run, struct error *err)
{
    struct telling telling = {0};
    tell(&telling, "disabled", "0");
    return change(run, &telling, 1, false, err);
}

/* --- what is told ---------------------------------------------------------------------------- */

static bool run_list(struct user_run *run, struct error *err)
{
    struct people people;
    if (!people_read(run->model, NULL, &people, err))
        return false;
    bool any = people.count > 0;
    user_print_all(run, &people);
    people_clear(&people);
    return any || error_set(err, ERROR_NOT_FOUND,
                      _("nobody is recorded yet; \"duban user add\" records somebody"));
}

static bool run_show(struct user_run *run, struct error *err)
{
    char *login = cli_text(run->word[0]);
    bool good = user_print_one(run, login, err);
    free(login);
    return good;
}

/* --- the command ----------------------------------------------------------------------------- */

const struct user_command user_commands[] = {
    {"list", "", N_("Everybody who is recorded"), 0, 0, false, run_list},
    {"show", "LOGIN", N_("One person whole, with their keys"), 1, 1, false, run_show},
    {"add", "LOGIN name=TEXT role=ROLE [NAME=VALUE...]", N_("Record a person"), 1, -1, true,
        run_add},
    {"set", "LOGIN NAME=VALUE...", N_("Change what is recorded"), 2, -1, true, run_set},
    {"role", "LOGIN ROLE [NAME=VALUE...]", N_("Give another role, with what it needs"), 2, -1, true,
        run_role},
    {"disable", "LOGIN", N_("Let them in no more; open sessions end"), 1, 1, true, run_disable},
    {"enable", "LOGIN", N_("Let them in again"), 1, 1, true, run_enable},
    {"key", "LOGIN [add KEY|FILE|- | remove FINGERPRINT|COMMENT]",
        N_("The keys with which they come in: list, record or remove"), 1, -1, false, user_key_run},
    {NULL, NULL, NULL, 0, 0, false, NULL},
};

static bool user_row(size_t index, struct strbuf *name, struct strbuf *help)
{
    const struct user_command *command = &user_commands[index];
    if (command->name == NULL)
        return false;
    strbuf_format(name, "%s%s%s", command->name, *command->usage ? " " : "", command->usage);
    strbuf_add(help, _(command->help));
    return true;
}
const struct cli_list user_list = {N_("What can be done"), user_row};

static const struct user_command *find_command(const struct cli *cli, struct error *err)
{
    if (cli->argument_count == 0)
        return &user_commands[0];
    const char *name = cli->arguments[0];
    struct suggest suggest = suggest_for(name);
    for (const struct user_command *command = user_commands; command->name; command++) {
        if (strcmp(command->name, name) == 0)
            return command;
        suggest_offer(&suggest, command->name);
    }
    if (suggest.best)
        error_set(err, ERROR_USAGE, _("\"duban user\" knows no \"%s\"; did you mean \"%s\"?"), name,
            suggest.best);
    else
        error_set(err, ERROR_USAGE,
            _("\"duban user\" knows no \"%s\"; \"duban help user\" lists what it does"), name);
    return NULL;
}

static bool check_words(
    const struct user_run *run, const struct user_command *command, struct error *err)
{
    if (run->words < command->least || (command->most >= 0 && run->words > command->most))
        return error_set(
            err, ERROR_USAGE, _("it is written: duban user %s %s"), command->name, command->usage);
    bool writes = command->writes || run->words > 1;
    return !writes || !run->cli->read_only ||
           error_set(err, ERROR_USAGE, _("%s writes; leave --read-only out"), command->name);
}

int cli_user(struct cli *cli, struct error *err)
{
    struct user_run run = {.cli = cli};
    const struct user_command *command;
    run.json = cli_take_option(cli, "--json", NULL, err);
    cli_take_option(cli, "--reason", &run.reason, err);
    if (!cli_arguments_end(cli, 0, -1, err) || (command = find_command(cli, err)) == NULL)
        return EXIT_USAGE;
    run.word = cli->arguments + 1;
    run.words = cli->argument_count > 0 ? cli->argument_count - 1 : 0;
    if (!check_words(&run, command, err))
        return EXIT_USAGE;
    bool reads = !command->writes && run.words < 2;
    if (cli_open_model(cli, reads, &run.model, err)) {
        command->run(&run, err);
        model_close(run.model);
    }
    return cli_status(err);
}
