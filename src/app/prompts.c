/* What the three prompts do: find, filter, command. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/pinyin.h"
#include "model/matrix.h"
#include "model/query.h"
#include "model/query_sql.h"
#include "model/units.h"
#include "views/board.h"
#include "views/desk.h"
#include "views/handover.h"

static enum effect cancelled(void *context)
{
    (void)context;
    return EFFECT_BACK | EFFECT_DRAW;
}

/* --- find ---------------------------------------------------------------------------------- */

static enum effect find_changed(
    void *context, const char *text, char note[static 64], struct error *err)
{
    struct app *app = context;
    (void)note;
    board_select(app_board(app), app->find_origin);
    return board_find(app_board(app), text, app->find_backwards, false, err) | EFFECT_DRAW;
}

static enum effect find_accepted(void *context, const char *text, struct error *err)
{
    struct app *app = context;
    (void)err;
    free(app->last_find);
    app->last_find = alloc_string(text);
    return EFFECT_BACK | EFFECT_DRAW;
}

static enum effect find_cancelled(void *context)
{
    struct app *app = context;
    board_find_end(app_board(app));
    board_select(app_board(app), app->find_origin);
    return EFFECT_BACK | EFFECT_DRAW;
}

static enum effect name_changed(
    void *context, const char *text, char note[static 64], struct error *err)
{
    (void)context, (void)text, (void)note, (void)err;
    return EFFECT_DRAW;
}

static enum effect name_accepted(void *context, const char *text, struct error *err)
{
    struct app *app = context;
    struct view *screen = app_screen(app);
    free(app->last_find);
    app->last_find = alloc_string(text);
    if (*text)
        screen->ops->find(screen, text, app->find_backwards, err);
    return err->code == ERROR_NONE ? EFFECT_BACK | EFFECT_DRAW : EFFECT_DRAW;
}

enum effect prompt_find(struct app *app, bool backwards)
{
    static const struct prompt_ops ops = {find_changed, find_accepted, find_cancelled, NULL};
    static const struct prompt_ops names = {name_changed, name_accepted, cancelled, NULL};
    if (app_screen(app)->ops->find) {
        app->find_backwards = backwards;
        return app_push(app, prompt_open(&names, app, "/", "", &app->finds));
    }
    app->find_origin = board_selected(app_board(app));
    app->find_backwards = backwards;
    return app_push(app, prompt_open(&ops, app, "/", "", &app->finds));
}

/* --- filter -------------------------------------------------------------------------------- */

static enum effect filter_changed(
    void *context, const char *text, char note[static 64], struct error *err)
{
    struct app *app = context;
    struct view *screen = app_screen(app);
    if (!screen->ops->try_filter)
        return EFFECT_DRAW;
    int64_t count = screen->ops->try_filter(screen, text, err);
    if (err->code != ERROR_NONE)
        return EFFECT_DRAW;
    if (count < 0)
        snprintf(note, 64, "%s", _("many tasks"));
    else
        snprintf(
            note, 64, ngettext("%lld task", "%lld tasks", (unsigned long)count), (long long)count);
    return EFFECT_DRAW;
}

static enum effect filter_accepted(void *context, const char *text, struct error *err)
{
    struct app *app = context;
    struct view *screen = app_screen(app);
    screen->ops->set_filter(screen, text, err);
    return err->code == ERROR_NONE ? EFFECT_BACK | EFFECT_DRAW : EFFECT_DRAW;
}

static void offer_word(void *context, const char *word, const char *help)
{
    completions_add(context, word, help);
}

static void offer_regions(
    struct completions *out, const struct units *units, bool cities_only, const char *typed)
{
    for (size_t i = 0; i < units_region_count(units); i++) {
        const struct region *region = units_region_at(units, i);
        bool wanted = !cities_only || region->level == REGION_CITY;
        if (wanted && pinyin_matches(region->name, typed))
            completions_add(out, region->shown, region->name);
    }
}

static void offer_departments(struct completions *out, const struct units *units, const char *typed)
{
    for (size_t i = 0; i < units_department_count(units); i++) {
        const struct department *department = units_department_at(units, i);
        if (pinyin_matches(department->name, typed))
            completions_add(out, department->shown, department->name);
    }
}

static void offer_sponsors(struct completions *out, const struct units *units, const char *typed)
{
    for (size_t i = 0; i < units_sponsor_count(units); i++) {
        const struct sponsor *sponsor = units_sponsor_at(units, i);
        if (pinyin_matches(sponsor->name, typed))
            completions_add(out, sponsor->name, sponsor->post);
    }
}

/* Places, departments and people by name or pinyin initials. */
static void offer_units(
    struct completions *out, const struct units *units, enum query_field field, const char *typed)
{
    switch (field) {
    case FIELD_REGION:
    case FIELD_CITY:
    case FIELD_AT:
        offer_regions(out, units, field == FIELD_CITY, typed);
        break;
    case FIELD_LEAD:
    case FIELD_MAIN_LEAD:
    case FIELD_RESPONSIBLE:
    case FIELD_SUPERVISOR:
        offer_departments(out, units, typed);
        break;
    case FIELD_SPONSOR:
        offer_sponsors(out, units, typed);
        break;
    case FIELD_SOURCE:
        for (size_t i = 0; i < units_source_count(units); i++)
            completions_add(out, units_source_at(units, i)->code, units_source_at(units, i)->name);
        break;
    default:
        break;
    }
}

static void filter_complete(void *context, const char *text, size_t caret, struct completions *out)
{
    struct app *app = context;
    enum query_field field = FIELD_COUNT;
    query_complete(text, caret, &out->start, &field, offer_word, out);
    if (field == FIELD_COUNT)
        return;
    char *typed = alloc_string_n(text + out->start, caret - out->start);
    offer_units(out, model_units(app->model), field, typed);
    free(typed);
}

enum effect prompt_filter(struct app *app)
{
    static const struct prompt_ops ops = {
        filter_changed, filter_accepted, cancelled, filter_complete};
    /* what is shown now, ready to be narrowed */
    struct view *screen = app_screen(app);
    const char *filter = screen->ops->filter(screen);
    char *text = alloc_format("%s%s", filter, *filter ? " " : "");
    enum effect effect = app_push(app, prompt_open(&ops, app, _("Filter:"), text, &app->filters));
    free(text);
    return effect;
}

/* --- command ------------------------------------------------------------------------------- */

static enum effect command_changed(
    void *context, const char *text, char note[static 64], struct error *err)
{
    (void)context, (void)text, (void)note, (void)err;
    return EFFECT_DRAW;
}

/* The action a line begins with: its whole name, or the only one that begins so. */
static const struct action *action_named(const char *name, struct error *err)
{
    const struct action *found = action_find(name);
    size_t count = found != NULL;
    for (size_t i = 0; i < action_count && !action_find(name); i++)
        if (strncmp(actions[i].name, name, strlen(name)) == 0) {
            found = &actions[i];
            count++;
        }
    if (count > 1)
        error_set(err, ERROR_INPUT, _("\"%s\" may be several commands; Tab shows them"), name);
    else if (!found)
        error_set(err, ERROR_NOT_FOUND, _("there is no command \"%s\"; Tab shows them, ? explains"),
            name);
    return err->code == ERROR_NONE ? found : NULL;
}

/* Of the list below the prompt. */
static void select_row(struct app *app, size_t row)
{
    struct view *below = view_stack_at(app->views, view_stack_depth(app->views) - 2);
    if (desk_view_from(below))
        desk_view_select_row(below, row);
    else if (handover_view_from(below))
        handover_view_select_row(below, row);
    else if (!below->ops->tasks) /* whose lines have no numbers */
        board_select_row(app_board(app), row);
}

static enum effect command_accepted(void *context, const char *text, struct error *err)
{
    struct app *app = context;
    size_t length = strcspn(text, " ");
    if (!length)
        return EFFECT_BACK | EFFECT_DRAW;
    if (strspn(text, "0123456789") == strlen(text)) {
        select_row(app, strtoul(text, NULL, 10));
        return EFFECT_BACK | EFFECT_DRAW;
    }
    char *name = alloc_string_n(text, length);
    const struct action *action = action_named(name, err);
    free(name);
    if (!action)
        return EFFECT_DRAW;
    const char *argument = text + length + strspn(text + length, " ");
    if (*argument && !(action->flags & (ACTION_ARGUMENT | ACTION_KEY))) {
        error_set(err, ERROR_INPUT, _("\"%s\" takes nothing after it"), action->name);
        return EFFECT_DRAW;
    }
    app->queued = action;
    free(app->queued_argument);
    app->queued_argument = *argument ? alloc_string(argument) : NULL;
    return EFFECT_BACK | EFFECT_DRAW;
}

/* Of either of the two. */
static void complete_axis(const char *text, size_t caret, struct completions *out)
{
    out->start = caret;
    while (text[out->start - 1] != ' ')
        out->start--;
    for (int i = 0; i < AXIS_COUNT; i++)
        if (strncmp(matrix_axes[i].name, text + out->start, caret - out->start) == 0)
            completions_add(out, matrix_axes[i].name, _(matrix_axes[i].label));
}

static void complete_argument(
    struct app *app, const char *text, size_t start, size_t caret, struct completions *out)
{
    out->start = start;
    if (strncmp(text, "filter ", start) == 0) {
        filter_complete(app, text + start, caret - start, out);
        out->start += start;
    } else if (strncmp(text, "import ", start) == 0) {
        app_complete_file(text + start, caret - start, out);
        out->start += start;
    } else if (strncmp(text, "sort ", start) == 0) {
        for (size_t i = 0; i < SORT_COUNT; i++)
            completions_add(out, sorts[i].name, _(sorts[i].label));
    } else if (strncmp(text, "set ", start) == 0) {
        for (size_t i = 0; i < OPTION_COUNT; i++)
            if (strncmp(options_table[i].name, text + start, caret - start) == 0)
                completions_add(out, options_table[i].name, _(options_table[i].help));
    } else if (strncmp(text, "measure ", start) == 0) {
        for (int i = 0; i < MEASURE_COUNT; i++)
            if (strncmp(matrix_measures[i].name, text + start, caret - start) == 0)
                completions_add(out, matrix_measures[i].name, _(matrix_measures[i].help));
    } else if (strncmp(text, "matrix ", start) == 0) {
        complete_axis(text, caret, out);
    }
}

static void command_complete(void *context, const char *text, size_t caret, struct completions *out)
{
    size_t length = strcspn(text, " ");
    if (caret > length) {
        complete_argument(context, text, length + 1, caret, out);
        return;
    }
    out->start = 0;
    for (size_t i = 0; i < action_count; i++)
        if (strncmp(actions[i].name, text, caret) == 0)
            completions_add(out, actions[i].name, _(actions[i].help));
}

enum effect prompt_command(struct app *app)
{
    static const struct prompt_ops ops = {
        command_changed, command_accepted, cancelled, command_complete};
    return app_push(app, prompt_open(&ops, app, ":", "", &app->commands));
}
