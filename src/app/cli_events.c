/* `duban events`: what happened, and with --follow what goes on happening. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/language.h"
#include "base/text.h"
#include "cli_commands.h"
#include "exchange/json_write.h"
#include "model/history.h"
#include "model/session.h"
#include "visit.h"

#define LATEST 20
#define PAGE 200
#define SLOW_POLL_MS 5000 /* a look without a wake-up, should one have been lost */
#define IDENT_COLUMNS 8
#define ACTOR_COLUMNS 10

struct telling {
    struct cli *cli;
    struct model *model;
    struct json *json; /* NULL: lines for a person */
    int64_t last;      /* seq of the newest event told, or asked to be passed over */
    int64_t limit, told;
    struct session *session; /* NULL: only what is there is told */
    bool follow, stale;
};

/* --- one event ------------------------------------------------------------------------------- */

static bool print_event(struct telling *telling, const struct event *event)
{
    struct date_time at = date_local(event->at);
    struct strbuf line = {0};
    char day[11];
    bool ascii = !language_has_chinese();
    strbuf_format(&line, "%6lld  %s %02d:%02d  ", (long long)event->seq, date_format(at.date, day),
        at.hour, at.minute);
    text_pad(&line, event->ident, IDENT_COLUMNS, ascii);
    strbuf_add(&line, "  ");
    text_pad(&line, *event->actor ? event->actor : _("outside"), ACTOR_COLUMNS, ascii);
    strbuf_add(&line, "  ");
    history_describe(telling->model, event, &line);
    strbuf_add_char(&line, '\n');
    bool good = cli_print(telling->cli, strbuf_text(&line));
    strbuf_clear(&line);
    return good;
}

static bool tell(struct telling *telling, const struct event *event)
{
    telling->last = event->seq;
    telling->told++;
    if (telling->json)
        return json_event(telling->json, event);
    return print_event(telling, event);
}

/* --- what there is --------------------------------------------------------------------------- */

static bool tell_latest(struct telling *telling, struct error *err)
{
    struct events events = {0};
    if (!history_latest(telling->model, 0, (size_t)telling->limit, &events, err))
        return false;
    bool good = true;
    for (size_t i = events.count; good && i > 0; i--)
        good = tell(telling, &events.event[i - 1]);
    events_clear(&events);
    return good;
}

/* In pages: the history of years is not held in memory. False: nobody reads on, or `err` tells. */
static bool tell_since(struct telling *telling, struct error *err)
{
    size_t count = PAGE;
    bool good = true;
    while (good && count == PAGE && telling->told < telling->limit) {
        struct events events = {0};
        int64_t left = telling->limit - telling->told;
        if (telling->told > 0 && !model_person_still(telling->model, err))
            return false;
        if (!history_since(
                telling->model, telling->last, left < PAGE ? (size_t)left : PAGE, &events, err))
            return false;
        count = events.count;
        for (size_t i = 0; good && i < count; i++)
            good = tell(telling, &events.event[i]);
        events_clear(&events);
    }
    return good;
}

/* --- following ------------------------------------------------------------------------------- */

static int open_signals(void)
{
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    return signalfd(-1, &ending, SFD_CLOEXEC);
}

/* Trouble with the database is said once and waited out, and so is its end. */
static void tell_freshness(struct telling *telling)
{
    const struct freshness_state *fresh = model_freshness(telling->model);
    bool stale = fresh->state == FRESH_STALE;
    if (stale == telling->stale)
        return;
    telling->stale = stale;
    cli_complain(stale ? fresh->reason.text : _("the database can be read again"));
}

static bool look(struct telling *telling, int *wait_ms, struct error *err)
{
    struct changes changes = {0};
    struct error failed = {0};
    int64_t before = telling->told;
    model_poll(telling->model, &changes, wait_ms);
    if (model_has_ended(telling->model, err))
        return false;
    tell_freshness(telling);
    if (telling->stale || (!changes.any && !changes.all))
        return true;
    int64_t newest = history_newest(telling->model);
    if (newest < telling->last) /* an older copy was put in its place */
        telling->last = newest;
    bool good = tell_since(telling, &failed);
    if (failed.code != ERROR_NONE) { /* waited out like the rest: the next poll tells */
        model_report_failure(telling->model, &failed);
        return true;
    }
    if (telling->told > before)
        good = cli_flush(telling->cli) && good;
    return good;
}

static void follow(struct telling *telling, struct error *err)
{
    struct pollfd wait[] = {
        {.fd = open_signals(), .events = POLLIN},
        {.fd = STDOUT_FILENO, .events = 0}, /* tells when the reader has gone */
        {.fd = -1, .events = POLLIN},
    };
    int wait_ms = 0;
    while (telling->told < telling->limit && look(telling, &wait_ms, err)) {
        wait[2].fd = model_watch_fd(telling->model);
        int patience = wait_ms > 0 && wait_ms < SLOW_POLL_MS ? wait_ms : SLOW_POLL_MS;
        visit_rest(telling->cli->visit, true);
        poll(wait, sizeof wait / sizeof *wait, patience);
        visit_rest(telling->cli->visit, false);
        if (wait[0].revents || wait[1].revents & (POLLERR | POLLHUP))
            break;
    }
    close(wait[0].fd);
}

/* Who follows is somebody at work, on record already when over SSH. */
static bool begin_session(struct telling *telling, struct error *err)
{
    struct session_options options = {
        .kind = SESSION_EVENTS, .most = config_number(telling->cli->config, OPTION_SESSION_MOST)};
    return !telling->follow || visit_is_recorded(telling->cli->visit) ||
           session_begin(telling->model, &options, &telling->session, err);
}

static void tell_all(struct telling *telling, bool since, struct error *err)
{
    bool good = since ? tell_since(telling, err) : tell_latest(telling, err);
    if (!good || !telling->follow)
        return;
    if (!since) {
        telling->last = telling->told > 0 ? telling->last : history_newest(telling->model);
        telling->limit = INT64_MAX; /* the limit was for what was there */
    }
    if (cli_flush(telling->cli))
        follow(telling, err);
}

int cli_events(struct cli *cli, struct error *err)
{
    struct telling telling = {.cli = cli};
    telling.follow = cli_take_option(cli, "--follow", NULL, err);
    bool json = cli_take_option(cli, "--json", NULL, err);
    bool since = cli_take_number(cli, "--since", 0, INT64_MAX, &telling.last, err);
    telling.limit = since ? INT64_MAX : LATEST;
    cli_take_number(cli, "--limit", 1, INT64_MAX, &telling.limit, err);
    if (!cli_arguments_end(cli, 0, 0, err))
        return EXIT_USAGE;
    if (telling.follow && cli->as_of != 0) {
        error_set(err, ERROR_USAGE, _("--follow tells what comes; leave --as-of out"));
        return EXIT_USAGE;
    }
    if (!cli_open_model(cli, true, &telling.model, err))
        return cli_status(err);
    if (!begin_session(&telling, err)) {
        model_close(telling.model);
        return cli_status(err);
    }
    if (json)
        telling.json = json_new(telling.follow, cli_write, cli);
    tell_all(&telling, since, err);
    if (json)
        json_end(telling.json);
    session_end(telling.session);
    model_close(telling.model);
    if (err->code == ERROR_NONE && telling.told == 0 && !telling.follow)
        error_set(err, ERROR_NOT_FOUND,
            since ? _("there is no event after that number") : _("the history is empty"));
    return cli_status(err);
}
