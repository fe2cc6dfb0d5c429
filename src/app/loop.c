/* The one loop: terminal, signals, database, lists and time; then one picture.
 *
 * Everything that waits, waits here. Keys that came together are all taken before anything is
 * drawn, and a burst of commits by others becomes a few readings a second, spread by process so
 * that hundreds of open boards do not all read at the same moment. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "app/app.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "visit.h"

#define REFRESH_GAP_MS 250      /* least time between two readings of a burst, */
#define REFRESH_REST 300        /* so many times as long as the last one took, */
#define REFRESH_GAP_MOST 1500   /* and the longest anybody has to wait for what others did */
#define SLOW_POLL_MS 30000      /* behind the watch, which can miss a file that was replaced */
#define MIDNIGHT_SPREAD_MS 5000 /* over which boards read again at midnight */
#define TICK_MOST_MS 60000      /* without anybody asking for it */
#define VIEWS_MOST 8
#define LEAVE_MS 400 /* for the queue of writers, when what was typed is kept at the end */
#define KEEP_MS 3000 /* what is typed is in the database so soon */

struct loop {
    struct app *app;
    int signals;
    int settled; /* tests wait on this instead of sleeping; -1 otherwise */
    moment_t last_refresh, next_poll, next_tick;
    moment_t tick_from, tick_until; /* the clock on the wall between now and the next tick */
    moment_t day_at;                /* when it is time to look again because the day has changed */
    int gap_ms, spread_ms;          /* until the next reading; what tells the boards apart */
    bool watch_waits;               /* something changed, to be read when the gap is over */
    bool quit;
    struct error *why; /* the sentence when the session was ended */
};

static moment_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (moment_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static moment_t monotonic(void)
{
    return monotonic_us() / 1000;
}

/* --- effects ------------------------------------------------------------------------------- */

static void reload(struct loop *loop, const struct changes *changes)
{
    struct view_stack *views = loop->app->views;
    for (size_t i = 0; i < view_stack_depth(views); i++) {
        struct view *view = view_stack_at(views, i);
        struct error err = {0};
        if (view->ops->reload && !view->ops->reload(view, changes, &err))
            model_report_failure(loop->app->model, &err);
    }
}

static void lay_out(struct loop *loop)
{
    struct app *app = loop->app;
    int rows, columns;
    term_size(app->term, &rows, &columns);
    canvas_resize(app->canvas, rows, columns);
    app_set_glyphs(app);
    view_stack_resize(app->views, app_area(app));
}

static bool apply(struct loop *loop, enum effect effect)
{
    struct app *app = loop->app;
    if (effect & EFFECT_QUIT)
        loop->quit = true;
    int backs = effect & EFFECT_BACK_BOTH ? 2 : effect & EFFECT_BACK ? 1 : 0;
    for (; backs > 0; backs--) {
        if (view_stack_depth(app->views) > 1)
            view_stack_pop(app->views);
        else
            loop->quit = true;
    }
    if (app->coming) {
        view_stack_push(app->views, app->coming, app_area(app));
        app->coming = NULL;
    }
    if (effect & EFFECT_LAYOUT)
        lay_out(loop);
    if (effect & EFFECT_RELOAD)
        reload(loop, NULL);
    if (effect & EFFECT_REPAINT)
        term_repaint(app->term);
    if (effect & EFFECT_RING)
        term_bell(app->term);
    return effect != EFFECT_NONE;
}

/* --- whether it goes on -------------------------------------------------------------------- */

/* Asked before anything is done for the person: what they may do can have changed since the last
 * look. Trouble of the database is told by the next one. */
static bool may_go_on(struct loop *loop)
{
    struct model *model = loop->app->model;
    const struct freshness_state *fresh = model_freshness(model);
    struct error trouble;
    if (fresh->state == FRESH_LIVE)
        model_person_still(model, &trouble);
    loop->quit |= model_has_ended(model, loop->why);
    return !loop->quit;
}

/* --- keys ---------------------------------------------------------------------------------- */

static enum effect run_key(struct app *app, const struct key *key)
{
    struct view *top = view_stack_top(app->views);
    enum effect effect = top->ops->key ? top->ops->key(top, key) : EFFECT_NONE;
    if (effect != EFFECT_NONE || top->ops->takes_text)
        return effect;
    const struct action *action = keymap_find(app->keymap, top->ops->context, key);
    if (!action)
        return EFFECT_NONE;
    char name[16];
    return action->run(app, action->flags & ACTION_KEY ? key_name(key, name) : NULL);
}

/* A command of the : line acts on the view it was asked from, so its prompt goes first. */
static enum effect run_queued(struct app *app)
{
    const struct action *action = app->queued;
    char *argument = app->queued_argument;
    app->queued = NULL;
    app->queued_argument = NULL;
    struct error err = {0};
    enum effect effect = EFFECT_DRAW;
    if (action->contexts & view_stack_top(app->views)->ops->context) {
        effect |= action->run(app, argument);
    } else {
        struct strbuf where = {0};
        views_where(action->contexts, &where);
        error_set(&err, ERROR_REFUSED, _("\"%s\" does not apply here; it is for: %s"), action->name,
            strbuf_text(&where));
        strbuf_clear(&where);
        app_say_error(app, &err);
    }
    free(argument);
    return effect;
}

static bool take_keys(struct loop *loop)
{
    struct app *app = loop->app;
    bool draw = false;
    struct key key;
    while (!loop->quit && term_key(app->term, &key)) {
        if (key.code == KEY_CODE_RESIZE || key.code == KEY_CODE_DRAW) {
            if (app_follow_line(app) || key.code == KEY_CODE_RESIZE)
                lay_out(loop);
            draw = true;
            continue;
        }
        session_acted(app->session, date_now());
        draw |= app_message_seen(app);
        draw |= apply(loop, run_key(app, &key));
        if (app->queued)
            draw |= apply(loop, run_queued(app));
        loop->quit |= model_has_ended(app->model, loop->why);
    }
    if (term_lost(app->term))
        loop->quit = true;
    /* what is being typed is to be kept soon */
    moment_t soon = monotonic() + KEEP_MS;
    if (view_stack_top(app->views)->ops->keep && loop->next_tick > soon)
        loop->next_tick = soon;
    return draw;
}

/* --- signals ------------------------------------------------------------------------------- */

static bool take_signals(struct loop *loop)
{
    struct signalfd_siginfo info;
    bool draw = false;
    while (read(loop->signals, &info, sizeof info) == sizeof info) {
        switch (info.ssi_signo) {
        case SIGWINCH:
            lay_out(loop);
            draw = true;
            break;
        case SIGCONT:
            term_resume(loop->app->term);
            lay_out(loop); /* only who has the terminal is told that the window changed */
            draw = true;
            break;
        default: /* SIGTERM, SIGHUP, SIGINT */
            loop->quit = true;
        }
    }
    return draw;
}

/* --- what others change -------------------------------------------------------------------- */

/* Midnight makes tasks overdue: the lights follow with the clock, from what is in memory; lists and
 * counts are read again by each board at a moment of its own within the next seconds. */
static moment_t next_day(moment_t clock)
{
    return date_next_midnight(clock) + getpid() % MIDNIGHT_SPREAD_MS;
}

/* Where hundreds of boards read at once each takes longer, for want of processor: they read less
 * often then, so that writers are not held up. */
static void rest(struct loop *loop, moment_t took_us)
{
    moment_t gap = took_us * REFRESH_REST / 1000;
    gap = gap < REFRESH_GAP_MS ? REFRESH_GAP_MS : gap < REFRESH_GAP_MOST ? gap : REFRESH_GAP_MOST;
    loop->gap_ms = (int)(gap + gap * loop->spread_ms / REFRESH_GAP_MS);
}

static bool look(struct loop *loop, moment_t now)
{
    struct changes changes = {0};
    moment_t begun = monotonic_us();
    int retry_ms = 0;
    model_poll(loop->app->model, &changes, &retry_ms);
    loop->quit |= model_has_ended(loop->app->model, loop->why);
    if (retry_ms <= 0 || retry_ms > SLOW_POLL_MS)
        retry_ms = SLOW_POLL_MS;
    moment_t clock = date_now();
    loop->day_at = next_day(clock);
    moment_t day = loop->day_at - clock;
    loop->next_poll = now + (day < retry_ms ? (int)day : retry_ms);
    loop->watch_waits = false;
    if (!changes.any)
        return changes.freshness;
    loop->last_refresh = now;
    loop->next_tick = now; /* who follows what was read may have something to do at once */
    reload(loop, &changes);
    rest(loop, monotonic_us() - begun);
    return true;
}

/* Not before the last reading is long enough ago, whoever asks for it. */
static moment_t next_look(const struct loop *loop)
{
    moment_t rested = loop->last_refresh + loop->gap_ms;
    return loop->watch_waits || loop->next_poll < rested ? rested : loop->next_poll;
}

static bool take_changes(struct loop *loop, bool woken, moment_t now)
{
    loop->watch_waits |= woken;
    if (woken && !may_go_on(loop))
        return false;
    return now >= next_look(loop) || date_now() >= loop->day_at ? look(loop, now) : false;
}

static bool take_lists(struct loop *loop)
{
    struct view_stack *views = loop->app->views;
    enum effect effect = EFFECT_NONE;
    for (size_t i = 0; i < view_stack_depth(views); i++) {
        struct view *view = view_stack_at(views, i);
        struct error err = {0};
        if (!view->ops->fd || view->ops->fd(view) < 0)
            continue;
        effect |= view->ops->ready(view, &err);
        if (err.code != ERROR_NONE) {
            model_report_failure(loop->app->model, &err);
            effect |= EFFECT_DRAW;
        }
    }
    return apply(loop, effect);
}

/* Too long without a key: warned first, for a draft can be kept, but not where one was in a list.
 */
static enum effect take_rest(struct loop *loop, int *next_ms)
{
    struct app *app = loop->app;
    switch (session_rest(app->session, date_now(), next_ms)) {
    case SESSION_OVER:
        session_over(app->session, loop->why);
        loop->quit = true;
        return EFFECT_NONE;
    case SESSION_WARNED:
        return app_say(app, ROLE_WARNING,
            _("Nobody is here? This session ends within a minute; any key keeps it"));
    default:
        return EFFECT_NONE;
    }
}

/* Ticks follow the time that passes, but where the clock was set, or the machine slept while no
 * time passed for us, what is shown of the clock is wrong at once. */
static bool take_time(struct loop *loop, moment_t now)
{
    moment_t clock = date_now();
    if (now < loop->next_tick && clock >= loop->tick_from && clock < loop->tick_until)
        return false;
    struct view_stack *views = loop->app->views;
    int soonest = TICK_MOST_MS, rest_ms;
    enum effect effect = take_rest(loop, &rest_ms);
    if (rest_ms > 0 && rest_ms < soonest)
        soonest = rest_ms;
    for (size_t i = 0; i < view_stack_depth(views); i++) {
        struct view *view = view_stack_at(views, i);
        int next = 0;
        if (view->ops->tick)
            effect |= view->ops->tick(view, &next);
        if (next > 0 && next < soonest)
            soonest = next;
    }
    loop->next_tick = now + soonest;
    loop->tick_from = clock;
    loop->tick_until = clock + soonest;
    return apply(loop, effect);
}

/* --- the picture --------------------------------------------------------------------------- */

/* Above the footer, in as many rows as it needs and may have; the last is cut. */
static void draw_message(struct canvas *canvas, const struct app_message *message, struct rect area)
{
    struct text_lines lines = {0};
    text_wrap(&lines, message->text, area.columns - 2);
    int rows = lines.count < APP_MESSAGE_ROWS ? (int)lines.count : APP_MESSAGE_ROWS;
    struct rect box = {area.rows - 1 - rows, 0, rows, area.columns};
    canvas_fill(canvas, box, message->role, ' ');
    for (int row = 0; row < rows; row++) {
        const char *start = message->text + lines.line[row].start;
        size_t bytes = row == APP_MESSAGE_ROWS - 1 ? strlen(start) : lines.line[row].bytes;
        char *text = alloc_format("%.*s", (int)bytes, start);
        canvas_put(canvas, box.row + row, 1, area.columns - 2, message->role, text);
        free(text);
    }
    text_lines_clear(&lines);
}

static void draw(struct app *app)
{
    struct rect area = app_area(app);
    canvas_clear(app->canvas);
    view_stack_draw(app->views, app->canvas, area);
    if (app->message_count > 0 && area.rows > APP_MESSAGE_ROWS && area.columns > 4)
        draw_message(app->canvas, &app->message[0], area);
    term_show(app->term, app->canvas);
}

/* --- waiting ------------------------------------------------------------------------------- */

struct waiting {
    struct pollfd fds[3 + VIEWS_MOST];
    nfds_t count;
    bool lists; /* a list is still coming */
};

static void add_fd(struct waiting *waiting, int fd)
{
    if (waiting->count < sizeof waiting->fds / sizeof *waiting->fds)
        waiting->fds[waiting->count++] = (struct pollfd){.fd = fd, .events = POLLIN};
}

static void gather(struct loop *loop, struct waiting *waiting)
{
    *waiting = (struct waiting){0};
    add_fd(waiting, term_fd(loop->app->term));
    add_fd(waiting, loop->signals);
    add_fd(waiting, loop->watch_waits ? -1 : model_watch_fd(loop->app->model));
    for (size_t i = 0; i < view_stack_depth(loop->app->views); i++) {
        struct view *view = view_stack_at(loop->app->views, i);
        int fd = view->ops->fd ? view->ops->fd(view) : -1;
        if (fd < 0)
            continue;
        add_fd(waiting, fd);
        waiting->lists = true;
    }
}

static int timeout(const struct loop *loop, moment_t now)
{
    moment_t look = next_look(loop), next = loop->next_tick < look ? loop->next_tick : look;
    return next > now ? (int)(next - now) : 0;
}

static void tell_settled(struct loop *loop, const struct waiting *waiting)
{
    long taken = term_taken(loop->app->term);
    if (loop->settled < 0 || waiting->lists || loop->watch_waits || taken < 0)
        return;
    if (dprintf(loop->settled, "%ld\n", taken) < 0 && errno != EAGAIN)
        loop->settled = -1;
}

static bool start(struct loop *loop, sigset_t *old)
{
    static const int caught[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof caught / sizeof *caught; i++)
        sigaddset(&set, caught[i]);
    sigprocmask(SIG_BLOCK, &set, old);
    loop->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    const char *settled = getenv("DUBAN_SETTLED_FD");
    loop->settled = settled && *settled ? atoi(settled) : -1;
    loop->spread_ms = (int)(getpid() % (REFRESH_GAP_MS / 5));
    rest(loop, 0);
    moment_t now = monotonic();
    loop->last_refresh = now - loop->gap_ms;
    loop->next_poll = now; /* the first look tells when the next is due: without a watch, soon */
    loop->day_at = next_day(date_now());
    return loop->signals >= 0;
}

/* What waits in the queue of writers need not when nobody is there, or we are told to end. */
static bool is_gone(void *context)
{
    struct loop *loop = context;
    sigset_t waiting;
    bool told = sigpending(&waiting) == 0 &&
                (sigismember(&waiting, SIGHUP) == 1 || sigismember(&waiting, SIGTERM) == 1);
    return told || term_hung_up(loop->app->term);
}

/* Told to end, or nobody is there any more: nothing typed is lost. It is the person's own, so that
 * it is kept too where they may do nothing else any more. */
static void keep_all(struct app *app)
{
    for (size_t i = 0; i < view_stack_depth(app->views); i++) {
        struct view *view = view_stack_at(app->views, i);
        struct error err = {0};
        if (view->ops->keep && !view->ops->keep(view, &err))
            app->unkept = err;
    }
}

bool app_loop(struct app *app, struct error *err)
{
    struct loop loop = {.app = app, .why = err};
    struct waiting waiting;
    sigset_t old;
    if (!start(&loop, &old))
        return error_set(err, ERROR_IO, _("This system has no descriptor left for signals"));
    model_set_patience(app->model, 0, is_gone, &loop);
    bool dirty = true;
    while (!loop.quit) {
        dirty |= take_time(&loop, monotonic());
        if (loop.quit)
            break;
        if (dirty)
            draw(app);
        gather(&loop, &waiting);
        tell_settled(&loop, &waiting);
        visit_rest(app->visit, true);
        poll(waiting.fds, waiting.count, timeout(&loop, monotonic()));
        visit_rest(app->visit, false);
        dirty = take_signals(&loop);
        if (waiting.fds[0].revents && may_go_on(&loop))
            dirty |= take_keys(&loop);
        if (loop.quit)
            break;
        dirty |= take_changes(&loop, waiting.fds[2].revents != 0, monotonic());
        if (waiting.lists && !loop.quit)
            dirty |= take_lists(&loop);
    }
    model_set_patience(app->model, LEAVE_MS, NULL, NULL);
    keep_all(app);
    if (err->code != ERROR_NONE) /* the picture may be no longer theirs to see */
        term_wipe(app->term);
    close(loop.signals);
    sigprocmask(SIG_SETMASK, &old, NULL);
    return err->code == ERROR_NONE;
}
