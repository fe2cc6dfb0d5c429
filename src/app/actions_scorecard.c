/* Actions on the scorecard. */
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "app/app.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "views/chooser.h"
#include "views/scorecard.h"

static bool open_scorecard(struct app *app, struct error *err)
{
    struct view *scorecard;
    char *filter = app_filter(app);
    bool opened = scorecard_view_open(&app->env, filter, &scorecard, err);
    free(filter);
    if (opened)
        app_push(app, scorecard);
    return opened;
}

enum effect action_scorecard(struct app *app, const char *argument)
{
    struct error err = {0};
    if (!argument && scorecard_view_from(view_stack_top(app->views)))
        return EFFECT_BACK | EFFECT_DRAW;
    if ((app_return(app, &scorecard_view_ops) || open_scorecard(app, &err)) && argument)
        scorecard_view_set_units(view_stack_top(app->views), argument, &err);
    return EFFECT_DRAW | app_say_error(app, &err);
}

enum effect action_score_units(struct app *app, const char *argument)
{
    (void)argument;
    struct error err = {0};
    enum effect effect = scorecard_view_next_units(view_stack_top(app->views), &err);
    return effect | app_say_error(app, &err);
}

enum effect action_score_sort(struct app *app, const char *argument)
{
    (void)argument;
    return scorecard_view_sort(view_stack_top(app->views));
}

enum effect action_score_explain(struct app *app, const char *argument)
{
    (void)argument;
    struct view *box = scorecard_view_explain(view_stack_top(app->views));
    return box != NULL ? app_push(app, box) : EFFECT_NONE;
}

/* --- columns ------------------------------------------------------------------------------- */

/* They stay chosen until the program ends: the setting of the running board. */
static bool set_columns(struct app *app, const char *names, struct error *err)
{
    return config_set(app->config, OPTION_SCORE_COLUMNS, names, err) && app_apply_options(app, err);
}

static enum effect columns_accepted(
    void *context, const struct choice *choices, size_t count, struct error *err)
{
    struct strbuf names = {0};
    for (size_t i = 0; i < count; i++)
        if (choices[i].on)
            strbuf_format(&names, "%s%s", names.length > 0 ? " " : "", choices[i].name);
    bool set = set_columns(context, strbuf_text(&names), err);
    strbuf_clear(&names);
    return set ? EFFECT_BACK | EFFECT_LAYOUT | EFFECT_DRAW : EFFECT_DRAW;
}

/* Those shown first, in their order, then the others. */
static void column_choices(struct app *app, struct choice out[static SCORE_COLUMN_COUNT])
{
    enum score_column shown[SCORE_COLUMN_COUNT];
    struct error ignored = {0};
    bool is_on[SCORE_COLUMN_COUNT] = {false};
    size_t on = 0, count;
    score_columns_parse(config_text(app->config, OPTION_SCORE_COLUMNS), shown, &on, &ignored);
    for (count = 0; count < on; count++) {
        const struct score_column_row *row = &score_columns[shown[count]];
        out[count] = (struct choice){row->name, _(row->label), true};
        is_on[shown[count]] = true;
    }
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++)
        if (!is_on[i])
            out[count++] = (struct choice){score_columns[i].name, _(score_columns[i].label), false};
}

enum effect action_score_columns(struct app *app, const char *argument)
{
    static const struct chooser_ops ops = {columns_accepted};
    struct choice choices[SCORE_COLUMN_COUNT];
    struct error err = {0};
    if (argument) {
        set_columns(app, argument, &err);
        return EFFECT_LAYOUT | EFFECT_DRAW | app_say_error(app, &err);
    }
    column_choices(app, choices);
    return app_push(app, chooser_open(&ops, app, _("Columns"), choices, SCORE_COLUMN_COUNT));
}
