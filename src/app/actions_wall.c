/* Actions on a wall. */
#include "actions.h"
#include "app/app.h"
#include "base/language.h"
#include "views/wall.h"

enum effect action_wall(struct app *app, const char *argument)
{
    (void)argument;
    struct error err = {0};
    struct view *wall;
    /* of all, whatever the board shows: what is filtered away would ring nobody */
    return wall_open(&app->env, NULL, &wall, &err) ? app_push(app, wall) : app_say_error(app, &err);
}

enum effect action_wall_next(struct app *app, const char *argument)
{
    (void)argument;
    return wall_turn(view_stack_top(app->views), 1);
}

enum effect action_wall_previous(struct app *app, const char *argument)
{
    (void)argument;
    return wall_turn(view_stack_top(app->views), -1);
}

enum effect action_wall_pause(struct app *app, const char *argument)
{
    (void)argument;
    return wall_pause(view_stack_top(app->views));
}

/* From a board the wall may go, which will be there again; where there is nothing but a wall, it
 * was put up to hold its alarms. */
enum effect action_wall_leave(struct app *app, const char *argument)
{
    (void)argument;
    bool ends = view_stack_depth(app->views) == 1;
    return ends && !wall_may_leave(view_stack_top(app->views)) ? EFFECT_DRAW
                                                               : EFFECT_BACK | EFFECT_DRAW;
}

/* --- acknowledging --------------------------------------------------------------------------- */

static enum effect name_changed(
    void *context, const char *text, char note[static 64], struct error *err)
{
    (void)context, (void)text, (void)note, (void)err;
    return EFFECT_DRAW;
}

static enum effect name_accepted(void *context, const char *text, struct error *err)
{
    struct app *app = context;
    bool done = wall_acknowledge(app_screen(app), text, err);
    return done ? EFFECT_BACK | EFFECT_DRAW : EFFECT_DRAW;
}

static enum effect name_cancelled(void *context)
{
    (void)context;
    return EFFECT_BACK | EFFECT_DRAW;
}

/* Who came in as a person acknowledges as that person. */
static enum effect acknowledge_as(struct app *app)
{
    struct error err = {0};
    bool done = wall_acknowledge(view_stack_top(app->views), model_person(app->model)->name, &err);
    return done ? EFFECT_DRAW : app_say_error(app, &err);
}

/* Whoever is on duty, unless another name is typed. */
enum effect action_wall_acknowledge(struct app *app, const char *argument)
{
    static const struct prompt_ops ops = {name_changed, name_accepted, name_cancelled, NULL};
    (void)argument;
    if (wall_alarm_take(view_stack_top(app->views)) == 0)
        return EFFECT_NONE;
    if (config_is_confined(app->config))
        return acknowledge_as(app);
    const char *officer = model_duty_officer(app->model);
    return app_push(
        app, prompt_suggest(prompt_open(&ops, app, _("Acknowledged by:"), officer, NULL)));
}
