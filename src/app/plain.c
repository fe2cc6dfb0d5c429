/* A session of lines from its first to its last. */
#include "app/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/history.h"
#include "plain_parts.h"
#include "views/board.h"

#define FIRST_TASKS 12 /* to begin with; Enter lists more */
#define NEWS_SHOWN 6   /* lines before a prompt */
#define NEWS_MOST 1000 /* counted */

/* --- what is new ----------------------------------------------------------------------------- */

/* What was done in this session has been answered already. */
static bool is_mine(const struct plain *plain, const struct event *event)
{
    const struct person *me = model_person(plain->model);
    return strcmp(event->actor, me->name) == 0 && strcmp(event->origin, me->origin) == 0;
}

static void print_event(struct plain *plain, const struct event *event)
{
    struct strbuf line = {0};
    struct date_time at = date_local(event->at);
    strbuf_format(&line, _("new %02d:%02d %s %s "), at.hour, at.minute,
        *event->actor ? event->actor : _("outside"), event->ident);
    history_headline(event, &line);
    strbuf_add_char(&line, '\n');
    plain_print(plain, strbuf_text(&line));
    strbuf_clear(&line);
}

static void print_events(struct plain *plain, const struct events *events)
{
    size_t count = 0;
    for (size_t i = 0; i < events->count; i++) {
        if (is_mine(plain, &events->event[i]))
            continue;
        if (count++ < NEWS_SHOWN)
            print_event(plain, &events->event[i]);
    }
    if (count <= NEWS_SHOWN)
        return;
    size_t more = count - NEWS_SHOWN;
    char *line =
        alloc_format(ngettext("and %zu more: e tells\n", "and %zu more: e tells\n", more), more);
    plain_print(plain, line);
    free(line);
}

static void tell_news(struct plain *plain)
{
    struct events events = {0};
    struct error err = {0};
    if (!history_since(plain->model, plain->told, NEWS_MOST, &events, &err)) {
        model_report_failure(plain->model, &err);
        return;
    }
    if (plain->terminal)
        print_events(plain, &events);
    if (events.count > 0)
        plain->told = events.event[events.count - 1].seq;
    events_clear(&events);
}

static void tell_freshness(struct plain *plain)
{
    const struct freshness_state *fresh = model_freshness(plain->model);
    bool stale = fresh->state == FRESH_STALE;
    if (stale) {
        struct date_time since = date_local(fresh->since);
        char *line = alloc_format(_("The database cannot be read since %02d:%02d: %s\n"),
            since.hour, since.minute, fresh->reason.text);
        plain_print(plain, line);
        free(line);
    } else if (plain->stale) {
        char *line = alloc_format("%s\n", _("the database can be read again"));
        plain_print(plain, line);
        free(line);
    }
    plain->stale = stale;
}

/* It may be another database by now, or when it can be read again, in which the numbers would be
 * other tasks. */
static void forget_list(struct plain *plain)
{
    plain_list_clear(plain);
    plain->ids = alloc_zero(1, sizeof *plain->ids);
    plain->generation = model_generation(plain->model);
}

bool plain_look(struct plain *plain, int *wait_ms)
{
    struct changes changes = {0};
    model_poll(plain->model, &changes, wait_ms);
    plain->changed |= changes.any;
    return !model_has_ended(plain->model, NULL);
}

/* Asks the database what has changed; false: the session is over, and `err` says why. */
static bool ask_database(struct plain *plain, struct error *err)
{
    int wait_ms;
    plain_look(plain, &wait_ms);
    if (model_generation(plain->model) != plain->generation ||
        model_freshness(plain->model)->state == FRESH_STALE)
        forget_list(plain);
    return !model_has_ended(plain->model, err);
}

/* What there is to say before a prompt. */
static void tell(struct plain *plain)
{
    plain_page_begin(plain);
    /* a line may have set some */
    config_view_settings(plain->cli->config, false, &plain->settings);
    if (plain->changed && model_freshness(plain->model)->state == FRESH_LIVE) {
        int64_t newest = history_newest(plain->model);
        if (newest < plain->told) /* an older copy was put in its place */
            plain->told = newest;
        tell_news(plain);
        plain->changed = false;
    }
    if (plain->terminal)
        tell_freshness(plain);
}

/* --- beginning and end ----------------------------------------------------------------------- */

static void begin_screen(struct plain *plain)
{
    struct strbuf head = {0};
    struct error err = {0};
    plain_page_begin(plain);
    int columns = plain->columns > 0 ? plain->columns : 80;
    bool good = board_plain_head(&plain->env, columns, &head, &err);
    if (good) {
        strbuf_add(&head, _("? help, q ends\n"));
        plain_print(plain, strbuf_text(&head));
        int left = plain->rows - 3 - plain->row; /* the line of the list's place, the prompt */
        good = plain_list_more(plain,
            left < 1             ? 1
            : left < FIRST_TASKS ? (size_t)left
                                 : FIRST_TASKS,
            &err);
    }
    if (!good && err.code != ERROR_NONE)
        plain_complain(plain, &err);
    strbuf_clear(&head);
}

static bool begin_work(struct plain *plain, struct error *err)
{
    const struct session_options options = {
        .kind = SESSION_PLAIN,
        .most = config_number(plain->cli->config, OPTION_SESSION_MOST),
        .idle_minutes = config_number(plain->cli->config, OPTION_SESSION_IDLE),
    };
    return session_begin(plain->model, &options, &plain->work, err);
}

static bool begin(struct plain *plain, struct error *err)
{
    plain->signals = -1;
    if (!plain_input_open(plain, err) ||
        !cli_open_model(plain->cli, plain->cli->read_only, &plain->model, err) ||
        !begin_work(plain, err))
        return false;
    config_view_settings(plain->cli->config, false, &plain->settings);
    plain->env = (struct view_env){.model = plain->model, .settings = &plain->settings};
    plain->told = history_newest(plain->model);
    plain->generation = model_generation(plain->model);
    plain->session = plain_session(plain);
    plain->cli->session = &plain->session;
    if (plain->terminal)
        begin_screen(plain);
    return true;
}

static void end(struct plain *plain)
{
    fflush(stdout);
    plain_list_clear(plain);
    plain->cli->session = NULL;
    session_end(plain->work);
    model_close(plain->model);
    plain_input_close(plain);
}

/* Whoever may not go on is told so instead of being answered. */
static void converse(struct plain *plain, bool *any, struct error *err)
{
    char *line;
    *any = plain->terminal;
    while (!plain->ending && ask_database(plain, err)) {
        tell(plain);
        plain->asks = true;
        enum plain_line read = plain_read(plain, _("duban> "), &line);
        plain->asks = false;
        plain->ending |= read == PLAIN_END;
        if (read != PLAIN_LINE)
            continue;
        *any = true;
        if (ask_database(plain, err))
            plain_obey(plain, line);
        free(line);
    }
}

int plain_run(struct cli *cli, bool *any, struct error *err)
{
    struct plain plain = {.cli = cli};
    *any = false;
    if (begin(&plain, err))
        converse(&plain, any, err);
    int next_ms;
    if (err->code == ERROR_NONE && plain.model)
        model_has_ended(plain.model, err);
    if (err->code == ERROR_NONE && plain.work &&
        session_rest(plain.work, date_now(), &next_ms) == SESSION_OVER)
        session_over(plain.work, err);
    end(&plain);
    return err->code != ERROR_NONE ? cli_status(err) : plain.terminal ? EXIT_DONE : plain.status;
}
