/* Actions of the screens that show time: the trend and the timeline. */
#include <stdlib.h>

#include "actions.h"
#include "app/app.h"
#include "views/timeline.h"
#include "views/trend.h"

/* On the screen itself its key leads back. */
static enum effect open_screen(struct app *app, const struct view_ops *ops,
    bool (*open)(const struct view_env *, const char *, struct view **, struct error *))
{
    struct error err = {0};
    struct view *view;
    if (view_stack_top(app->views)->ops == ops)
        return EFFECT_BACK | EFFECT_DRAW;
    if (app_return(app, ops))
        return EFFECT_DRAW;
    char *filter = app_filter(app);
    bool opened = open(&app->env, filter, &view, &err);
    free(filter);
    return opened ? app_push(app, view) : app_say_error(app, &err);
}

enum effect action_trend(struct app *app, const char *argument)
{
    (void)argument;
    return open_screen(app, &trend_view_ops, trend_view_open);
}

enum effect action_timeline(struct app *app, const char *argument)
{
    (void)argument;
    return open_screen(app, &timeline_view_ops, timeline_view_open);
}

static enum effect zoom(struct app *app, int by)
{
    struct view *top = view_stack_top(app->views);
    if (trend_view_from(top))
        return trend_view_zoom(top, by);
    return timeline_view_from(top) ? timeline_view_zoom(top, by) : EFFECT_NONE;
}

enum effect action_zoom_in(struct app *app, const char *argument)
{
    (void)argument;
    return zoom(app, 1);
}

enum effect action_zoom_out(struct app *app, const char *argument)
{
    (void)argument;
    return zoom(app, -1);
}
