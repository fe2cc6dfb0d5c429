/* Actions on the matrix. */
#include <stdlib.h>

#include "actions.h"
#include "app/app.h"
#include "base/language.h"
#include "views/matrix.h"

enum effect action_matrix(struct app *app, const char *axes)
{
    struct error err = {0};
    struct view *matrix;
    if (!app_return(app, &matrix_view_ops)) {
        char *filter = app_filter(app);
        if (!app->matrix)
            app->matrix = matrix_memory_new();
        bool opened = matrix_view_open(&app->env, filter, app->matrix, &matrix, &err);
        free(filter);
        if (!opened)
            return app_say_error(app, &err);
        app_push(app, matrix);
    }
    if (axes)
        matrix_view_set_axes(view_stack_top(app->views), axes, &err);
    return EFFECT_DRAW | app_say_error(app, &err);
}

enum effect action_measure(struct app *app, const char *argument)
{
    struct error err = {0};
    struct view *matrix = view_stack_top(app->views);
    enum effect effect = argument ? matrix_view_set_measure(matrix, argument, &err)
                                  : matrix_view_step_measure(matrix, 1, &err);
    return effect | app_say_error(app, &err);
}

enum effect action_measure_before(struct app *app, const char *argument)
{
    struct error err = {0};
    (void)argument;
    enum effect effect = matrix_view_step_measure(view_stack_top(app->views), -1, &err);
    return effect | app_say_error(app, &err);
}

#define MATRIX(name, verb)                                                                         \
    enum effect action_##name(struct app *app, const char *argument)                               \
    {                                                                                              \
        struct error err = {0};                                                                    \
        (void)argument;                                                                            \
        enum effect effect = matrix_view_do(view_stack_top(app->views), verb, &err);               \
        return effect | app_say_error(app, &err);                                                  \
    }
MATRIX(swap, MATRIX_SWAP)
MATRIX(fold, MATRIX_FOLD_OR_UNFOLD)
MATRIX(fold_open, MATRIX_UNFOLD)
MATRIX(fold_close, MATRIX_FOLD)
MATRIX(fold_all, MATRIX_FOLD_ALL)
MATRIX(column_first, MATRIX_COLUMN_FIRST)
MATRIX(column_last, MATRIX_COLUMN_LAST)
#undef MATRIX

enum effect action_axes(struct app *app, const char *argument)
{
    struct error err = {0};
    struct view *matrix = view_stack_top(app->views);
    enum effect effect = argument ? matrix_view_set_axes(matrix, argument, &err)
                                  : matrix_view_do(matrix, MATRIX_PAIR_NEXT, &err);
    return effect | app_say_error(app, &err);
}

enum effect action_matrix_copy(struct app *app, const char *argument)
{
    (void)argument;
    char *text = matrix_view_copy_text(view_stack_top(app->views));
    if (!text)
        return app_say(app, ROLE_WARNING, _("There is nothing to copy"));
    term_copy(app->term, text);
    free(text);
    return app_say(
        app, ROLE_OK, _("Handed to the terminal's clipboard (where the terminal allows it)"));
}

static enum effect move(struct app *app, enum motion motion)
{
    struct view *matrix = view_stack_top(app->views);
    return matrix->ops->move(matrix, motion);
}

enum effect action_columns_next(struct app *app, const char *argument)
{
    (void)argument;
    return move(app, MOVE_NEXT_SECTION);
}

enum effect action_columns_previous(struct app *app, const char *argument)
{
    (void)argument;
    return move(app, MOVE_PREVIOUS_SECTION);
}
