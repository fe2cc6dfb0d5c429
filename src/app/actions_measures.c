/* Actions on the measures of a task. */
#include "actions.h"
#include "app/app.h"
#include "base/language.h"
#include "views/measures.h"

static void said(void *context, enum role role, const char *message)
{
    app_say(context, role, message);
}

static void ask(void *context, struct view *view)
{
    app_push_later(context, view);
}

enum effect app_open_measures(struct app *app, int64_t task_id)
{
    static const struct measures_ops ops = {said, ask};
    struct error err = {0};
    struct view *measures;
    if (!measures_open(&app->env, &ops, app, task_id, &measures, &err))
        return app_say_error(app, &err);
    app_push_later(app, measures);
    return EFFECT_DRAW;
}

enum effect action_measures(struct app *app, const char *argument)
{
    struct view *top = view_stack_top(app->views);
    int64_t id = top->ops->selected(top);
    (void)argument;
    return id ? app_open_measures(app, id) : app_say(app, ROLE_WARNING, _("There is no task here"));
}

#define MEASURE(name, verb)                                                                        \
    enum effect action_measure_##name(struct app *app, const char *argument)                       \
    {                                                                                              \
        (void)argument;                                                                            \
        return measures_do(view_stack_top(app->views), verb);                                      \
    }
MEASURE(tick, MEASURES_TICK)
MEASURE(words, MEASURES_WORDS)
MEASURE(due, MEASURES_DUE)
MEASURE(done, MEASURES_DONE)
MEASURE(waive, MEASURES_WAIVE)
MEASURE(below, MEASURES_BELOW)
MEASURE(above, MEASURES_ABOVE)
MEASURE(up, MEASURES_UP)
MEASURE(down, MEASURES_DOWN)
MEASURE(remove, MEASURES_REMOVE)
MEASURE(undo, MEASURES_UNDO)
MEASURE(redo, MEASURES_REDO)
MEASURE(save, MEASURES_SAVE)
MEASURE(take, MEASURES_TAKE)
#undef MEASURE
