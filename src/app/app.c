/* The running board: puts the parts together and takes them apart again. */
#include "app/app.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli.h"
#include "base/alloc.h"
#include "base/language.h"
#include "visit.h"
#include "views/board.h"
#include "views/matrix.h"
#include "views/wall.h"

#define ENDING_MS 700 /* to end by itself, when the person may not go on */

struct view *app_board(struct app *app)
{
    size_t at = view_stack_depth(app->views) - 1;
    while (at > 0 && !board_from(view_stack_at(app->views, at)))
        at--;
    return view_stack_at(app->views, at);
}

struct view *app_screen(struct app *app)
{
    size_t at = view_stack_depth(app->views) - 1;
    while (at > 0 && view_stack_at(app->views, at)->ops->overlay)
        at--;
    return view_stack_at(app->views, at);
}

char *app_filter(struct app *app)
{
    struct view *screen = app_screen(app);
    if (screen->ops->filter && !board_from(screen))
        return alloc_string(screen->ops->filter(screen));
    return board_asked_filter(app_board(app));
}

bool app_return(struct app *app, const struct view_ops *ops)
{
    size_t depth = view_stack_depth(app->views), at = depth;
    while (at > 0 && view_stack_at(app->views, at - 1)->ops != ops)
        at--;
    for (size_t i = depth; at > 0 && i > at; i--)
        view_stack_pop(app->views);
    return at > 0;
}

struct rect app_area(const struct app *app)
{
    return (struct rect){0, 0, canvas_rows(app->canvas), canvas_columns(app->canvas)};
}

enum effect app_push(struct app *app, struct view *view)
{
    view_stack_push(app->views, view, app_area(app));
    return EFFECT_DRAW;
}

void app_push_later(struct app *app, struct view *view)
{
    if (app->coming != NULL)
        app->coming->ops->close(app->coming);
    app->coming = view;
}

bool app_message_seen(struct app *app)
{
    if (app->message_count == 0)
        return false;
    free(app->message[0].text);
    app->message_count--;
    memmove(app->message, app->message + 1, app->message_count * sizeof *app->message);
    return true;
}

enum effect app_say_besides(struct app *app, enum role role, const char *text)
{
    if (app->message_count < APP_MESSAGES)
        app->message[app->message_count++] = (struct app_message){alloc_string(text), role};
    return EFFECT_DRAW;
}

enum effect app_say(struct app *app, enum role role, const char *text)
{
    while (app_message_seen(app))
        continue;
    return app_say_besides(app, role, text);
}

enum effect app_say_error(struct app *app, const struct error *err)
{
    return err->code == ERROR_NONE ? EFFECT_NONE : app_say(app, ROLE_ERROR, err->text);
}

static const char *theme_for_terminal(const struct app *app)
{
    const char *no_color = getenv("NO_COLOR");
    return theme_choose(term_name(app->term), term_colours(app->term), no_color && *no_color);
}

bool app_set_theme(struct app *app, const char *name, struct error *err)
{
    if (strcmp(name, "auto") == 0)
        name = theme_for_terminal(app);
    char *relative = alloc_format("themes/%s.cfg", name);
    char *file = strchr(name, '/') ? alloc_string(name) : language_data_file(relative);
    bool ok = file ? theme_read(file, &app->theme, err)
                   : error_set(err, ERROR_INPUT,
                         _("there is no theme \"%s\"; \"duban help config\" names them"), name);
    if (ok)
        term_set_theme(app->term, &app->theme);
    free(relative);
    free(file);
    return ok;
}

void app_set_glyphs(struct app *app)
{
    canvas_set_ascii(app->canvas, term_ascii(app->term));
    canvas_set_braille(app->canvas, term_braille(app->term));
    keymap_set_ascii(app->keymap, term_ascii(app->term));
}

bool app_follow_line(struct app *app)
{
    bool before = app->settings.lean;
    config_view_settings(app->config, term_line(app->term).slow, &app->settings);
    return app->settings.lean != before;
}

bool app_apply_options(struct app *app, struct error *err)
{
    app_follow_line(app);
    if (!app_set_theme(app, config_text(app->config, OPTION_THEME), err))
        return false;
    app_set_glyphs(app);
    return true;
}

static bool build_keys(struct app *app, struct error *err)
{
    size_t count;
    const struct key_binding *bindings = config_bindings(app->config, &count);
    return keymap_build(actions, action_count, bindings, count, &app->keymap, err);
}

static bool open_terminal(struct app *app, bool mouse, struct error *err)
{
    const char *ambiguous = config_text(app->config, OPTION_AMBIGUOUS);
    struct term_options options = {
        .escape_ms = config_number(app->config, OPTION_ESCAPE_MS),
        .mouse = mouse,
        .ambiguous = strcmp(ambiguous, "auto") == 0 ? 0 : atoi(ambiguous),
    };
    int rows, columns;
    if (!term_open(&options, &app->term, err))
        return false;
    term_size(app->term, &rows, &columns);
    app->canvas = canvas_new(rows, columns);
    return app_apply_options(app, err);
}

static bool open_first(struct app *app, const struct app_start *start, struct error *err)
{
    app->env = (struct view_env){app->model, app->keymap, actions, action_count, &app->settings};
    app->views = view_stack_new();
    struct view *first;
    if (start->wall ? !wall_open(&app->env, start->filter, &first, err)
                    : !board_open(&app->env, start->filter, 0, &first, err))
        return false;
    app_push(app, first);
    return true;
}

static bool begin_session(struct app *app, bool wall, struct error *err)
{
    struct session_options options = {
        .kind = wall ? SESSION_WALL : SESSION_BOARD,
        .most = config_number(app->config, OPTION_SESSION_MOST),
        .idle_minutes = config_number(app->config, OPTION_SESSION_IDLE),
    };
    return session_begin(app->model, &options, &app->session, err);
}

static void app_clear(struct app *app)
{
    if (app->coming)
        app->coming->ops->close(app->coming);
    if (app->views)
        view_stack_free(app->views);
    matrix_memory_free(app->matrix);
    canvas_free(app->canvas);
    term_close(app->term);
    keymap_free(app->keymap);
    session_end(app->session);
    model_close(app->model);
    prompt_history_clear(&app->finds);
    prompt_history_clear(&app->filters);
    prompt_history_clear(&app->commands);
    prompt_history_clear(&app->imports);
    free(app->last_find);
    free(app->queued_argument);
    while (app_message_seen(app))
        continue;
}

static void tell_terminal(struct app *app)
{
    const char *unknown = term_unknown(app->term);
    if (unknown == NULL)
        return;
    char *text = alloc_format(
        _("The terminal \"%s\" is not known here: treated as %s"), unknown, term_name(app->term));
    app_say_besides(app, ROLE_WARNING, text);
    free(text);
}

static void say_charset(struct app *app)
{
    const char *missing = language_missing();
    if (!missing && language_has_chinese())
        return;
    if (!missing) {
        app_say(app, ROLE_WARNING,
            _("This charset cannot show Chinese (\"?\"); start with LANG=C.UTF-8"));
        return;
    }
    /* in words every charset has */
    char *text = alloc_format("The server has no locale %s: set the terminal and LANG to UTF-8", missing);
    app_say(app, ROLE_WARNING, text);
    free(text);
}

/* From before the terminal is taken until it is given back: the loop takes them, and nothing ends
 * us in between. */
static void hold_signals(sigset_t *before)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGHUP);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, before);
}

int app_run(struct config *config, const struct model_options *options,
    const struct app_start *start, struct error *err)
{
    struct app app = {.config = config,
        .visit = start->visit,
        .opening = options,
        .opened_at = date_now()};
    /* the terminal after the database: what is wrong with that is said on the ordinary screen */
    bool mouse = config_switch(config, OPTION_MOUSE) && !start->wall;
    bool ok = build_keys(&app, err) && model_open(options, &app.model, err) &&
              begin_session(&app, start->wall, err);
    if (ok)
        visit_watch(start->visit, app.model, ENDING_MS);
    sigset_t before;
    hold_signals(&before);
    ok = ok && open_terminal(&app, mouse, err) && open_first(&app, start, err);
    if (ok)
        say_charset(&app);
    if (ok && !start->wall)
        app_tell_drafts(&app);
    if (ok)
        tell_terminal(&app);
    ok = ok && app_loop(&app, err);
    app_clear(&app);
    if (app.unkept.code != ERROR_NONE) { /* said where the terminal is the ordinary one again */
        error_prefix(&app.unkept, "%s", _("What you typed is not kept"));
        cli_complain(app.unkept.text);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ok ? EXIT_DONE : cli_status(err);
}
