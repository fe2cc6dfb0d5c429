/* Actions of the screens that show time: the trend. */
#include <stdlib.h>

#include "actions.h"
#include "app/app.h"
#include "views/board.h"
#include "views/trend.h"

enum effect action_trend(struct app *app, const char *argument)
{
    (void)argument;
    struct error err = {0};
    struct view *trend;
    if (app_return(app, &trend_view_ops))
        return EFFECT_DRAW;
    char *filter = board_asked_filter(app_board(app));
    bool opened = trend_view_open(&app->env, filter, &trend, &err);
    free(filter);
    return opened ? app_push(app, trend) : app_say_error(app, &err);
}

static enum effect zoom(struct app *app, int by)
{
    struct view *top = view_stack_top(app->views);
    return trend_view_from(top) ? trend_view_zoom(top, by) : EFFECT_NONE;
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
