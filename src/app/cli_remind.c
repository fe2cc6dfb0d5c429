/* `duban remind`: what is due is listed, or handed one by one to the configured command. */
#include <signal.h>
#include <stdlib.h>

#include "base/language.h"
#include "cli_commands.h"
#include "exchange/json_write.h"
#include "model/remind.h"
#include "remind_command.h"
#include "store/db.h"

/* In a row: what the command hands to is down, and each further one would only wait for that. */
enum { FAILURES_MOST = 5 };

struct reminding {
    struct cli *cli;
    struct model *model;
    struct json *json; /* NULL: lines for a person */
    struct reminders due;
    bool send, again;
    sigset_t signals; /* the mask before those that end us were held back */
    int64_t told, failed, failed_in_a_row, unsure;
};

/* --- telling --------------------------------------------------------------------------------- */

/* False: nobody reads on. */
static bool tell(struct reminding *reminding, const struct reminder *reminder, const char *state)
{
    reminding->told++;
    if (reminding->json)
        return json_reminder(reminding->json, reminding->model, reminder, state);
    struct strbuf line = {0};
    strbuf_add(&line, reminder->unsure && !reminding->send ? "? " : "  ");
    remind_text(reminding->model, reminder, &line);
    strbuf_add_char(&line, '\n');
    bool good = cli_print(reminding->cli, strbuf_text(&line));
    strbuf_clear(&line);
    return good;
}

static void tell_unsure(const struct reminding *reminding)
{
    struct strbuf sentence = {0};
    if (reminding->unsure == 0)
        return;
    strbuf_format(&sentence,
        ngettext("of %lld reminder it is not known whether it was handed on: another run is at it, "
                 "or died; when none is running, \"duban remind --send --again\" hands it on again",
            "of %lld reminders it is not known whether they were handed on: another run is at "
            "them, or died; when none is running, \"duban remind --send --again\" hands them on "
            "again",
            (unsigned long)reminding->unsure),
        (long long)reminding->unsure);
    cli_complain(strbuf_text(&sentence));
    strbuf_clear(&sentence);
}

static void list(struct reminding *reminding)
{
    for (size_t i = 0; i < reminding->due.count; i++) {
        const struct reminder *reminder = &reminding->due.reminder[i];
        reminding->unsure += reminder->unsure;
        if (!tell(reminding, reminder, reminder->unsure ? "unsure" : "due"))
            return;
    }
}

/* --- sending --------------------------------------------------------------------------------- */

/* What would end us waits until the reminder at hand is recorded. */
static void hold_signals(struct reminding *reminding)
{
    sigset_t held;
    signal(SIGCHLD, SIG_DFL); /* ignored, as we may have been started, it would tell nothing */
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    sigaddset(&held, SIGCHLD);
    sigprocmask(SIG_BLOCK, &held, &reminding->signals);
}

static bool is_asked_to_end(void)
{
    sigset_t waiting;
    sigpending(&waiting);
    return sigismember(&waiting, SIGINT) || sigismember(&waiting, SIGTERM) ||
           sigismember(&waiting, SIGHUP);
}

/* A failure is said, and the reminder left for the next run; true: go on. */
static bool note_failure(
    struct reminding *reminding, const struct reminder *reminder, struct error *failed)
{
    error_prefix(failed, "%s (%s)", reminder->ident, reminder->rung);
    cli_complain(failed->text);
    reminding->failed++;
    if (reminding->json)
        tell(reminding, reminder, "failed");
    if (++reminding->failed_in_a_row < FAILURES_MOST)
        return true;
    struct error stopped = {0};
    error_set(&stopped, ERROR_REFUSED,
        _("%d failed one after the other: the others are left for the next run"), FAILURES_MOST);
    cli_complain(stopped.text);
    return false;
}

static bool hand(struct reminding *reminding, const struct reminder *reminder, struct error *err)
{
    struct config *config = reminding->cli->config;
    const struct remind_command command = {.command = config_text(config, OPTION_REMIND_COMMAND),
        .seconds = config_number(config, OPTION_REMIND_SECONDS),
        .signals = &reminding->signals};
    struct error failed = {0};
    bool claimed;
    if (!remind_claim(reminding->model, reminder, reminding->again, &claimed, err))
        return false;
    if (!claimed) {
        reminding->unsure += reminder->unsure;
        return true;
    }
    if (!remind_command_run(&command, reminding->model, reminder, &failed))
        return remind_release(reminding->model, reminder, err) &&
               note_failure(reminding, reminder, &failed);
    if (!remind_handed(reminding->model, reminder, err))
        return error_prefix(err, _("%s (%s) was handed on, but this is not recorded"),
            reminder->ident, reminder->rung);
    reminding->failed_in_a_row = 0;
    tell(reminding, reminder, "handed"); /* whether or not anybody reads on */
    return true;
}

static void send_all(struct reminding *reminding, struct error *err)
{
    hold_signals(reminding);
    bool good = true;
    for (size_t i = 0; good && i < reminding->due.count && !is_asked_to_end(); i++)
        good = hand(reminding, &reminding->due.reminder[i], err);
    cli_flush(reminding->cli);
    sigprocmask(SIG_SETMASK, &reminding->signals, NULL); /* here the one that waited ends us */
}

/* --- running --------------------------------------------------------------------------------- */

/* Attends before it looks: what is found claimed then was so when nobody else was at work. */
static bool open_model(struct reminding *reminding, struct error *err)
{
    return cli_open_model(reminding->cli, !reminding->send, &reminding->model, err) &&
           (!reminding->send || db_attend(model_db(reminding->model), reminding->again, err));
}

static bool plan(struct reminding *reminding, const char *filter, struct error *err)
{
    struct query_error wrong = {0};
    struct query *query;
    const char *words = *filter ? filter : "open"; /* closed ones are passed over anyway */
    bool good = query_parse(words, &query, &wrong);
    if (good) {
        good = open_model(reminding, err) &&
               remind_plan(reminding->model, query, &reminding->due, &wrong, err);
        query_free(query);
    }
    if (good || !*wrong.text)
        return good;
    return cli_refuse_filter(words, &wrong, err);
}

static int finish(struct reminding *reminding, struct error *err)
{
    if (reminding->json)
        json_end(reminding->json);
    reminders_clear(&reminding->due);
    model_close(reminding->model);
    if (err->code != ERROR_NONE)
        return cli_status(err);
    tell_unsure(reminding);
    if (reminding->failed > 0)
        return EXIT_FAILED;
    if (reminding->told == 0)
        error_set(err, ERROR_NOT_FOUND, _("nobody is to be reminded now"));
    return cli_status(err);
}

static bool check_options(const struct reminding *reminding, struct error *err)
{
    if (reminding->again && !reminding->send)
        return error_set(err, ERROR_USAGE, _("--again goes with --send"));
    if (reminding->send && reminding->cli->confined)
        return error_set(err, ERROR_PERMISSION,
            _("--send starts a command of the server, which is for its own account, not for who "
              "acts as a person (--as); without it the reminders are listed"));
    if (reminding->send && reminding->cli->read_only)
        return error_set(err, ERROR_USAGE, _("--send writes; leave --read-only out"));
    if (reminding->send && !*config_text(reminding->cli->config, OPTION_REMIND_COMMAND))
        return error_set(err, ERROR_USAGE,
            _("--send needs a command: set the option remind.command in the configuration file"));
    return true;
}

int cli_remind(struct cli *cli, struct error *err)
{
    struct reminding reminding = {.cli = cli};
    bool json = cli_take_option(cli, "--json", NULL, err);
    reminding.send = cli_take_option(cli, "--send", NULL, err);
    reminding.again = cli_take_option(cli, "--again", NULL, err);
    if (!cli_arguments_end(cli, 0, -1, err) || !check_options(&reminding, err))
        return cli_status(err);
    char *filter = cli_join(cli);
    bool good = plan(&reminding, filter, err);
    free(filter);
    if (good && json)
        reminding.json = json_new(false, cli_write, cli);
    if (good && reminding.send)
        send_all(&reminding, err);
    else if (good)
        list(&reminding);
    return finish(&reminding, err);
}
