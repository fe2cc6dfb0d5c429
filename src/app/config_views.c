/* Saved views and key bindings of the configuration. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "base/text.h"
#include "config_parts.h"
#include "model/query.h"
#include "model/query_sql.h"

/* key, name, filter, sort, columns */
static const struct saved_view built_in[] = {
    {1, N_("Open"), "open", "", ""},
    {2, N_("Late"), "overdue", "", ""},
    {3, N_("Soon"), "due_soon", "", ""},
    {4, N_("Unrep."), "unreported", "", ""},
    {5, N_("Review"), "state:submitted,in_review", "", ""},
    {6, N_("Public"), "state:publicised", "", ""},
    {7, N_("Back"), "returned", "", ""},
    {8, N_("Closed"), "closed", "-updated", ""},
    {9, N_("All"), "", "number", ""},
};

static const char *const view_members[] = {"key", "name", "filter", "sort", "columns"};

const struct saved_view *config_built_in_view(int key)
{
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (built_in[i].key == key)
            return &built_in[i];
    return NULL;
}

static void clear_slot(struct saved_slot *slot)
{
    free(slot->name);
    free(slot->filter);
    free(slot->sort);
    free(slot->columns);
    *slot = (struct saved_slot){0};
}

void config_start_views(struct config *config)
{
    config->shown = alloc_zero(SAVED_KEYS, sizeof *config->shown);
    for (int i = 0; i < SAVED_KEYS; i++) {
        const struct saved_view *view = config_built_in_view(i + 1);
        if (view == NULL)
            continue;
        config->saved[i] = (struct saved_slot){.there = true,
            .built_in = true,
            .name = alloc_string(view->name),
            .filter = alloc_string(view->filter),
            .sort = alloc_string(view->sort),
            .columns = alloc_string(view->columns)};
    }
}

void config_clear_views(struct config *config)
{
    for (int i = 0; i < SAVED_KEYS; i++)
        clear_slot(&config->saved[i]);
    free(config->shown);
    for (size_t i = 0; i < config->binding_count; i++) {
        free((char *)config->bindings[i].action);
        free((char *)config->bindings[i].chords);
        free(config->places[i].file);
    }
    free(config->bindings);
    free(config->places);
}

const struct saved_view *config_saved_views(const struct config *config, size_t *count)
{
    size_t found = 0;
    for (int i = 0; i < SAVED_KEYS; i++) {
        const struct saved_slot *slot = &config->saved[i];
        if (!slot->there)
            continue;
        config->shown[found++] = (struct saved_view){.key = i + 1,
            .name = slot->built_in ? _(slot->name) : slot->name,
            .filter = slot->filter,
            .sort = slot->sort,
            .columns = slot->columns};
    }
    *count = found;
    return config->shown;
}

/* --- views of a file ---------------------------------------------------------------------------
 */

bool config_knows_view_path(const char *path, struct error *err)
{
    const char *dot = strrchr(path, '.');
    const char *bracket = strchr(path, ']');
    if (strncmp(path, "views.[", 7) != 0 || bracket == NULL || bracket + 1 != dot)
        return error_set(err, ERROR_INPUT,
            _("views must be a list of groups: views = ( { key = 1; name = \"..\"; filter = "
              "\"..\"; } )"));
    const char *name = dot + 1;
    struct suggest suggest = suggest_for(name);
    for (size_t i = 0; i < sizeof view_members / sizeof *view_members; i++) {
        if (strcmp(view_members[i], name) == 0)
            return true;
        suggest_offer(&suggest, view_members[i]);
    }
    if (suggest.best)
        return error_set(
            err, ERROR_INPUT, _("a view has no \"%s\"; did you mean \"%s\"?"), name, suggest.best);
    return error_set(err, ERROR_INPUT,
        _("a view has no \"%s\"; it has key, name, filter, sort and columns"), name);
}

static bool check_filter(const char *filter, struct error *err)
{
    struct query *query;
    struct query_error wrong;
    if (!query_parse(filter, &query, &wrong)) {
        query_error_show(filter, &wrong, err);
        if (err)
            err->code = ERROR_INPUT; /* of a file, not of the command line */
        return false;
    }
    query_free(query);
    return true;
}

/* The text of a member, "" when it is not there. */
static bool take_text(const struct settings *settings, size_t index, const char *member,
    const char **out, struct error *err)
{
    char path[64];
    snprintf(path, sizeof path, "views.[%zu].%s", index, member);
    *out = "";
    if (settings_type(settings, path) == SETTINGS_NONE)
        return true;
    if (settings_string(settings, path, out) && text_is_clean(*out, TEXT_ONE_LINE))
        return true;
    return error_set(
        err, ERROR_INPUT, _("%s of a view must be one line of text in quotes"), member);
}

static bool take_view(
    struct config *config, const struct settings *settings, size_t index, struct error *err)
{
    char path[64];
    int key;
    const char *name, *filter, *order, *columns;
    struct sort sort;
    snprintf(path, sizeof path, "views.[%zu].key", index);
    if (!settings_int(settings, path, &key) || key < 1 || key > SAVED_KEYS)
        return error_set(
            err, ERROR_INPUT, _("a view needs key = 1 to %d, the digit that calls it"), SAVED_KEYS);
    if (!take_text(settings, index, "name", &name, err) ||
        !take_text(settings, index, "filter", &filter, err) || !check_filter(filter, err) ||
        !take_text(settings, index, "sort", &order, err) ||
        (*order && !sort_parse(order, &sort, err)) ||
        !take_text(settings, index, "columns", &columns, err) ||
        !config_check_columns(columns, err))
        return false;
    snprintf(path, sizeof path, "views.[%zu].name", index);
    if (*name == '\0' && settings_type(settings, path) == SETTINGS_NONE)
        return error_set(err, ERROR_INPUT,
            _("the view under %d needs a name; name = \"\" takes the digit away"), key);
    struct saved_slot *slot = &config->saved[key - 1];
    clear_slot(slot);
    *slot = (struct saved_slot){.there = *name != '\0',
        .name = alloc_string(name),
        .filter = alloc_string(filter),
        .sort = alloc_string(order),
        .columns = alloc_string(columns)};
    return true;
}

bool config_take_views(struct config *config, const struct settings *settings, struct error *err)
{
    enum settings_type type = settings_type(settings, "views");
    if (type == SETTINGS_NONE)
        return true;
    size_t count = settings_count(settings, "views");
    for (size_t i = 0; i < count; i++) {
        char path[64];
        if (take_view(config, settings, i, err))
            continue;
        snprintf(path, sizeof path, "views.[%zu]", i);
        return error_prefix(
            err, _("%s, line %d"), settings_name(settings), settings_line(settings, path));
    }
    return true;
}

/* --- keys of a file ----------------------------------------------------------------------------
 */

bool config_take_key(
    struct config *config, const struct settings *settings, const char *path, struct error *err)
{
    const char *chords;
    if (strncmp(path, "keys.", 5) != 0 || strchr(path, '[') != NULL ||
        !settings_string(settings, path, &chords) || !text_is_clean(chords, TEXT_ONE_LINE))
        return error_set(err, ERROR_INPUT,
            _("keys are given as text in quotes with blanks between: keys = { row-down = \"j "
              "Down\"; }"));
    char *action = alloc_string(path + strlen("keys."));
    for (char *at = action; *at; at++)
        if (*at == '-')
            *at = '.';
    size_t index = 0;
    while (index < config->binding_count && strcmp(config->bindings[index].action, action) != 0)
        index++;
    if (index == config->binding_count) {
        config->binding_count++;
        config->bindings = alloc_grow(config->bindings, &config->binding_capacity,
            config->binding_count, sizeof *config->bindings);
        config->places = alloc_grow(
            config->places, &config->place_capacity, config->binding_count, sizeof *config->places);
        config->bindings[index] = (struct key_binding){0};
        config->places[index] = (struct binding_place){0};
    }
    free((char *)config->bindings[index].action);
    free((char *)config->bindings[index].chords);
    free(config->places[index].file);
    config->bindings[index] = (struct key_binding){action, alloc_string(chords)};
    config->places[index] = (struct binding_place){
        alloc_string(settings_name(settings)), settings_line(settings, path)};
    return true;
}

const struct key_binding *config_bindings(const struct config *config, size_t *count)
{
    *count = config->binding_count;
    return config->bindings;
}

/* One binding upon a table that holds only its action: what is wrong then is wrong with itself. */
static bool check_alone(const struct key_binding *binding, const struct action *actions,
    size_t count, struct error *err)
{
    struct keymap *keymap;
    size_t at = 0;
    while (at < count && strcmp(actions[at].name, binding->action) != 0)
        at++;
    const struct action *only = at < count ? &actions[at] : actions;
    if (!keymap_build(only, at < count ? 1 : count, binding, 1, &keymap, err))
        return false;
    keymap_free(keymap);
    return true;
}

bool config_check_keys(
    const struct config *config, const struct action *actions, size_t count, struct error *err)
{
    struct keymap *keymap;
    for (size_t i = 0; i < config->binding_count; i++)
        if (!check_alone(&config->bindings[i], actions, count, err))
            return error_prefix(
                err, _("%s, line %d"), config->places[i].file, config->places[i].line);
    if (keymap_build(actions, count, config->bindings, config->binding_count, &keymap, err)) {
        keymap_free(keymap);
        return true;
    }
    /* Two actions claim a key; the sentence names both, and one of them was bound in a file. */
    if (config->binding_count > 0)
        error_prefix(err, "%s", config->places[config->binding_count - 1].file);
    return false;
}
