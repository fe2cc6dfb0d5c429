/* Actions on the list and the task. */
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "app/app.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "views/board.h"
#include "views/chooser.h"
#include "views/desk.h"
#include "views/detail.h"
#include "views/handover.h"
#include "views/timeline.h"

/* --- moving -------------------------------------------------------------------------------- */

static enum effect move(struct app *app, enum motion motion)
{
    struct view *top = view_stack_top(app->views);
    return top->ops->move ? top->ops->move(top, motion) : EFFECT_NONE;
}

#define MOTION(name, motion)                                                                       \
    enum effect action_##name(struct app *app, const char *argument)                               \
    {                                                                                              \
        (void)argument;                                                                            \
        return move(app, motion);                                                                  \
    }
MOTION(down, MOVE_DOWN)
MOTION(up, MOVE_UP)
MOTION(page_down, MOVE_PAGE_DOWN)
MOTION(page_up, MOVE_PAGE_UP)
MOTION(half_down, MOVE_HALF_DOWN)
MOTION(half_up, MOVE_HALF_UP)
MOTION(first, MOVE_FIRST)
MOTION(last, MOVE_LAST)
MOTION(left, MOVE_LEFT)
MOTION(right, MOVE_RIGHT)
MOTION(section_next, MOVE_NEXT_SECTION)
MOTION(section_previous, MOVE_PREVIOUS_SECTION)
#undef MOTION

static enum effect step(struct app *app, int by)
{
    struct view *detail = detail_from(view_stack_top(app->views));
    struct error err = {0};
    if (!detail)
        return EFFECT_NONE;
    enum effect effect = detail_step(detail, by, &err);
    return err.code == ERROR_NONE ? effect : app_say(app, ROLE_WARNING, err.text);
}

enum effect action_task_next(struct app *app, const char *argument)
{
    (void)argument;
    return step(app, 1);
}

enum effect action_task_previous(struct app *app, const char *argument)
{
    (void)argument;
    return step(app, -1);
}

/* --- finding ------------------------------------------------------------------------------- */

static enum effect find_again(struct app *app, bool backwards)
{
    struct error err = {0};
    if (!app->last_find || !*app->last_find)
        return app_say(app, ROLE_WARNING, _("Nothing has been looked for yet; / finds"));
    struct view *screen = app_screen(app);
    enum effect effect = screen->ops->find
                             ? screen->ops->find(screen, app->last_find, backwards, &err)
                             : board_find(app_board(app), app->last_find, backwards, true, &err);
    return effect | app_say_error(app, &err);
}

enum effect action_find_text(struct app *app, const char *argument)
{
    if (!argument)
        return prompt_find(app, false);
    free(app->last_find);
    app->last_find = alloc_string(argument);
    return find_again(app, false);
}

enum effect action_find_next(struct app *app, const char *argument)
{
    (void)argument;
    return find_again(app, app->find_backwards);
}

enum effect action_find_previous(struct app *app, const char *argument)
{
    (void)argument;
    return find_again(app, !app->find_backwards);
}

enum effect action_filter(struct app *app, const char *argument)
{
    struct error err = {0};
    if (!argument)
        return prompt_filter(app);
    struct view *screen = app_screen(app);
    enum effect effect = screen->ops->set_filter(screen, argument, &err);
    return effect | app_say_error(app, &err);
}

enum effect action_view(struct app *app, const char *argument)
{
    struct error err = {0};
    if (!argument)
        return app_say(app, ROLE_WARNING, _("Say which: view 1 to view 9"));
    enum effect effect = board_show_saved(app_board(app), atoi(argument), &err);
    return effect | app_say_error(app, &err);
}

/* --- task ---------------------------------------------------------------------------------- */

/* The tasks behind a number, as a board upon the screen that tells it. */
static enum effect open_tasks(struct app *app, struct view *screen)
{
    struct error err = {0};
    struct view *board = NULL;
    char *title = NULL, *filter = screen->ops->tasks(screen, &title);
    if (!filter)
        return app_say(app, ROLE_WARNING, _("There is no task here"));
    bool opened = board_open_tasks(&app->env, filter, title, &board, &err);
    free(filter);
    free(title);
    return opened ? app_push(app, board) : app_say_error(app, &err);
}

enum effect action_open(struct app *app, const char *argument)
{
    (void)argument;
    struct view *list = view_stack_top(app->views), *detail;
    if (list->ops->tasks)
        return open_tasks(app, list);
    int64_t id = list->ops->selected(list);
    struct error err = {0};
    if (!id)
        return EFFECT_NONE;
    if (!detail_open(&app->env, list, id, &detail, &err))
        return app_say_error(app, &err);
    return app_push(app, detail);
}

enum effect action_mark(struct app *app, const char *argument)
{
    (void)argument;
    return board_mark(app_board(app));
}

enum effect action_range(struct app *app, const char *argument)
{
    (void)argument;
    return board_range(app_board(app));
}

enum effect action_unmark(struct app *app, const char *argument)
{
    (void)argument;
    return board_unmark(app_board(app));
}

enum effect action_copy(struct app *app, const char *argument)
{
    (void)argument;
    struct view *top = view_stack_top(app->views);
    char *text = detail_from(top)          ? detail_copy_text(top)
                 : desk_view_from(top)     ? desk_view_copy_text(top)
                 : timeline_view_from(top) ? timeline_view_copy_text(top)
                 : handover_view_from(top) ? handover_view_copy_text(top)
                                           : board_copy_text(app_board(app));
    if (!text || !*text) {
        free(text);
        return app_say(app, ROLE_WARNING, _("There is nothing to copy"));
    }
    term_copy(app->term, text);
    free(text);
    return app_say(
        app, ROLE_OK, _("Handed to the terminal's clipboard (where the terminal allows it)"));
}

/* --- table --------------------------------------------------------------------------------- */

enum effect action_sort(struct app *app, const char *argument)
{
    struct error err = {0};
    enum effect effect = board_sort(app_board(app), argument, &err);
    if (err.code != ERROR_NONE)
        return effect | app_say_error(app, &err);
    char *order = board_order(app_board(app));
    effect |= app_say(app, ROLE_OK, order);
    free(order);
    return effect;
}

enum effect action_reverse(struct app *app, const char *argument)
{
    (void)argument;
    struct error err = {0};
    enum effect effect = board_reverse(app_board(app), &err);
    return effect | app_say_error(app, &err);
}

static enum effect columns_accepted(
    void *context, const struct choice *choices, size_t count, struct error *err)
{
    struct app *app = context;
    struct strbuf names = {0};
    for (size_t i = 0; i < count; i++)
        if (choices[i].on)
            strbuf_format(&names, "%s%s", names.length ? " " : "", choices[i].name);
    board_set_columns(app_board(app), strbuf_text(&names), err);
    strbuf_clear(&names);
    return err->code == ERROR_NONE ? EFFECT_BACK | EFFECT_DRAW : EFFECT_DRAW;
}

/* Those shown first, in their order, then the others. */
static size_t column_choices(struct app *app, struct choice *out)
{
    char *shown = board_columns(app_board(app)), *rest = shown;
    size_t count = 0;
    for (char *word; (word = strsep(&rest, " "));)
        for (size_t i = 0; i < board_column_count; i++)
            if (strcmp(board_all_columns[i].name, word) == 0)
                out[count++] =
                    (struct choice){board_all_columns[i].name, _(board_all_columns[i].head), true};
    size_t on = count;
    for (size_t i = 0; i < board_column_count; i++) {
        bool is_on = false;
        for (size_t k = 0; k < on; k++)
            is_on |= strcmp(out[k].name, board_all_columns[i].name) == 0;
        if (!is_on)
            out[count++] =
                (struct choice){board_all_columns[i].name, _(board_all_columns[i].head), false};
    }
    free(shown);
    return count;
}

enum effect action_columns(struct app *app, const char *argument)
{
    static const struct chooser_ops ops = {columns_accepted};
    struct error err = {0};
    if (argument) {
        enum effect effect = board_set_columns(app_board(app), argument, &err);
        return effect | app_say_error(app, &err);
    }
    struct choice *choices = alloc_zero(2 * board_column_count, sizeof *choices);
    size_t count = column_choices(app, choices);
    enum effect effect = app_push(app, chooser_open(&ops, app, _("Columns"), choices, count));
    free(choices);
    return effect;
}

enum effect action_pause(struct app *app, const char *argument)
{
    (void)argument;
    return board_pause(app_board(app));
}

/* --- screens ------------------------------------------------------------------------------- */

/* From a task that was opened there it is the way back, so that the two do not pile up. */
enum effect action_desk(struct app *app, const char *argument)
{
    (void)argument;
    size_t depth = view_stack_depth(app->views);
    struct error err = {0};
    struct view *desk;
    if (depth > 1 && desk_view_from(view_stack_at(app->views, depth - 2)))
        return EFFECT_BACK | EFFECT_DRAW;
    if (!desk_view_open(&app->env, &desk, &err))
        return app_say_error(app, &err);
    return app_push(app, desk);
}
