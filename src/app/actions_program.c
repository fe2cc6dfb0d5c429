/* Actions on the program: help, settings, screen, leaving. */
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "app/app.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "views/board.h"
#include "views/help.h"
#include "views/measures.h"

enum effect action_help(struct app *app, const char *argument)
{
    (void)argument;
    const struct view_ops *ops = view_stack_top(app->views)->ops;
    if (ops->context == CONTEXT_HELP)
        return EFFECT_BACK | EFFECT_DRAW;
    char *heading = alloc_format(_("What can be done here: %s"), _(ops->title));
    struct view *help = help_open(&app->env, ops->context, heading);
    free(heading);
    return app_push(app, help);
}

enum effect action_command(struct app *app, const char *argument)
{
    (void)argument;
    return prompt_command(app);
}

/* --- settings ------------------------------------------------------------------------------ */

/* What the line measures, as one more row: "320 ms". */
static struct help_line line_row(
    const struct app *app, struct strbuf *round_trip, struct strbuf *sentence)
{
    struct term_line line = term_line(app->term);
    if (line.silent)
        strbuf_add(round_trip, _("no answer"));
    else if (line.round_trip < 0)
        strbuf_add(round_trip, "?");
    else
        strbuf_format(round_trip, "%ld ms", line.round_trip);
    if (line.rate > 0)
        strbuf_format(sentence, _("Round trip to the terminal; the line carries %.1f KB a second."),
            (double)line.rate / 1000);
    else
        strbuf_add(sentence, _("Round trip to the terminal; what the line carries is not known."));
    strbuf_add(sentence, _(" :set look auto goes by it, lean and full do not."));
    return (struct help_line){_("the line"), strbuf_text(round_trip), strbuf_text(sentence)};
}

enum effect action_settings(struct app *app, const char *argument)
{
    (void)argument;
    if (view_stack_top(app->views)->ops->context == CONTEXT_HELP)
        return EFFECT_BACK | EFFECT_DRAW;
    struct help_line *lines = alloc_zero(OPTION_COUNT + 1, sizeof *lines);
    struct strbuf round_trip = {0}, sentence = {0};
    for (size_t i = 0; i < OPTION_COUNT; i++)
        lines[i] = (struct help_line){options_table[i].name,
            config_shown(app->config, (enum option)i), _(options_table[i].help)};
    lines[OPTION_COUNT] = line_row(app, &round_trip, &sentence);
    struct view *view = help_open_lines(_("Settings"),
        _("Change one with :set NAME VALUE; for good, in the configuration file."), lines,
        OPTION_COUNT + 1);
    strbuf_clear(&round_trip);
    strbuf_clear(&sentence);
    free(lines);
    return app_push(app, view);
}

/* What a running board follows; the others are read when it starts. */
static bool is_followed(enum option option)
{
    static const enum option followed[] = {OPTION_LANGUAGE, OPTION_THEME, OPTION_TITLE,
        OPTION_COLUMNS, OPTION_SPLIT, OPTION_TICKER, OPTION_CHANGED_SECONDS, OPTION_LOOK,
        OPTION_SCORE_COLUMNS};
    for (size_t i = 0; i < sizeof followed / sizeof *followed; i++)
        if (followed[i] == option)
            return true;
    return false;
}

static bool follow_option(struct app *app, enum option option, const char *value, struct error *err)
{
    if (!config_set(app->config, option, value, err))
        return false;
    if (option == OPTION_LANGUAGE &&
        !language_choose(strcmp(value, "auto") == 0 ? NULL : value, err))
        return false;
    if (!app_apply_options(app, err))
        return false;
    for (size_t i = 0; option == OPTION_COLUMNS && i < view_stack_depth(app->views); i++)
        if (board_from(view_stack_at(app->views, i)))
            board_set_columns(view_stack_at(app->views, i), value, err);
    return err->code == ERROR_NONE;
}

/* Takes a value only when everything can be shown with it. */
static enum effect set_option(struct app *app, enum option option, const char *value)
{
    struct error err = {0}, ignored = {0};
    if (!is_followed(option)) {
        error_set(&err, ERROR_REFUSED,
            _("%s is read at the start: set it in the configuration file"),
            options_table[option].name);
        return app_say_error(app, &err);
    }
    if (!config_allows(app->config, option, value, &err))
        return app_say_error(app, &err);
    char *old = alloc_string(config_text(app->config, option));
    if (!follow_option(app, option, value, &err))
        follow_option(app, option, old, &ignored);
    free(old);
    return EFFECT_LAYOUT | EFFECT_RELOAD | EFFECT_DRAW | app_say_error(app, &err);
}

enum effect action_set(struct app *app, const char *argument)
{
    struct error err = {0};
    size_t length = argument ? strcspn(argument, " ") : 0;
    char *name = alloc_string_n(argument ? argument : "", length);
    enum option option;
    bool found = length && config_find(name, &option);
    if (!found)
        error_set(&err, ERROR_INPUT, _("there is no setting \"%s\"; F2 shows them"), name);
    free(name);
    if (!found)
        return app_say_error(app, &err);
    const char *value = argument + length + strspn(argument + length, " ");
    return set_option(app, option, value);
}

enum effect action_theme(struct app *app, const char *argument)
{
    return set_option(app, OPTION_THEME, argument ? argument : "auto");
}

/* --- who is at work ------------------------------------------------------------------------ */

enum effect action_who(struct app *app, const char *argument)
{
    (void)argument;
    struct session_list list;
    moment_t now = date_now();
    session_list_read(app->model, &list);
    struct help_line *lines = alloc_zero(list.count + 1, sizeof *lines);
    char **texts = alloc_zero(list.count + 1, sizeof *texts);
    for (size_t i = 0; i < list.count; i++) {
        struct strbuf text = {0};
        session_describe(&list.slot[i], now, &text);
        texts[i] = strbuf_take(&text);
        lines[i] =
            (struct help_line){list.slot[i].name, session_kind_label(list.slot[i].what), texts[i]};
    }
    struct view *view = help_open_lines(_("Who is at work"),
        list.count > 0 ? _("Longest at work first.") : _("Nobody has a session on record."), lines,
        list.count);
    for (size_t i = 0; i < list.count; i++)
        free(texts[i]);
    free(texts);
    free(lines);
    session_list_clear(&list);
    return app_push(app, view);
}

/* --- screen -------------------------------------------------------------------------------- */

enum effect action_refresh(struct app *app, const char *argument)
{
    (void)app, (void)argument;
    return EFFECT_RELOAD | EFFECT_DRAW;
}

enum effect action_repaint(struct app *app, const char *argument)
{
    (void)app, (void)argument;
    return EFFECT_REPAINT | EFFECT_DRAW;
}

enum effect action_suspend(struct app *app, const char *argument)
{
    (void)argument;
    if (config_is_confined(app->config))
        return app_say(app, ROLE_WARNING, _("There is no shell here to go back to; q leaves"));
    term_suspend(app->term);
    return EFFECT_LAYOUT | EFFECT_REPAINT | EFFECT_DRAW;
}

/* --- leaving ------------------------------------------------------------------------------- */

/* What is not saved is asked about. */
static enum effect leave(struct app *app)
{
    struct view *measures = measures_from(view_stack_top(app->views));
    return measures ? measures_leave(measures) : EFFECT_BACK | EFFECT_DRAW;
}

enum effect action_clear(struct app *app, const char *argument)
{
    (void)argument;
    struct view *top = view_stack_top(app->views);
    enum effect effect = top->ops->clear ? top->ops->clear(top) : EFFECT_NONE;
    if (effect != EFFECT_NONE || view_stack_depth(app->views) == 1)
        return effect;
    return leave(app);
}

enum effect action_back(struct app *app, const char *argument)
{
    (void)argument;
    return leave(app);
}

enum effect action_quit(struct app *app, const char *argument)
{
    (void)app, (void)argument;
    return EFFECT_QUIT;
}
