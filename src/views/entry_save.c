/* Saving an entry form: one task or many, clashes, what is wrong with a field. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "clash.h"
#include "entry_parts.h"
#include "model/history.h"
#include "preview.h"

struct arguments {
    struct argument item[ENTRY_MOST];
    char *value[ENTRY_MOST];
    size_t count;
};

static void arguments_clear(struct arguments *arguments)
{
    for (size_t i = 0; i < arguments->count; i++)
        free(arguments->value[i]);
}

/* An edit is told what was changed; of many tasks nothing is known to begin with. An action is told
 * what is filled in, of what it shows of the task what that was, too. */
static bool is_told(const struct entry *entry, const struct entry_slot *slot, const char *typed)
{
    if (slot->base != NULL && strcmp(entry->action, "edit") == 0)
        return form_field_changed(entry->form, slot->name) && strcmp(slot->base, typed) != 0;
    return typed[0] != '\0';
}

/* False when a field is wrong; the form says which and why. */
static bool gather(struct entry *entry, struct arguments *out)
{
    bool good = true;
    for (size_t i = 0; i < entry->slots.count; i++) {
        const struct entry_slot *slot = &entry->slots.slot[i];
        const char *typed = form_value(entry->form, slot->name);
        struct error err = {0};
        char *value = NULL;
        form_fault(entry->form, slot->name, NULL);
        if (!is_told(entry, slot, typed) && !(slot->needed && typed[0] == '\0'))
            continue;
        if (slot->needed && typed[0] == '\0') {
            form_fault(entry->form, slot->name, _("This is needed"));
            good = false;
        } else if (!entry_value(entry->env->model, slot, typed, &value, &err)) {
            form_fault(entry->form, slot->name, err.text);
            good = false;
        } else {
            out->value[out->count] = value;
            out->item[out->count++] = (struct argument){slot->name, value, slot->base};
        }
    }
    return good;
}

/* --- afterwards ------------------------------------------------------------------------------ */

static enum effect finish(
    struct entry *entry, enum role role, const char *text, int64_t new_task, bool both)
{
    entry_draft_drop(entry);
    entry->ops->said(entry->context, role, text, new_task);
    return (both ? EFFECT_BACK_BOTH : EFFECT_BACK) | EFFECT_DRAW;
}

static enum effect saved(struct entry *entry, const struct outcome *outcome, bool both)
{
    struct events events = {0};
    struct error err = {0};
    struct strbuf text = {0};
    if (outcome->merged != NULL)
        return finish(entry, ROLE_WARNING, outcome->merged, 0, both);
    if (outcome->seq == 0)
        return finish(entry, ROLE_OK, _("Nothing was changed"), 0, both);
    int64_t new_task = entry->count == 0 ? outcome->task_id : 0;
    bool told =
        history_since(entry->env->model, outcome->seq - 1, 1, &events, &err) && events.count == 1;
    strbuf_add(&text, _("Saved: "));
    if (told)
        strbuf_format(&text, "%s ", events.event[0].ident);
    if (new_task != 0)
        strbuf_add(&text, form_value(entry->form, "title"));
    else if (told && strcmp(entry->action, "edit") == 0)
        history_describe(entry->env->model, &events.event[0], &text);
    else if (told)
        history_headline(&events.event[0], &text);
    enum effect effect = finish(entry, ROLE_OK, strbuf_text(&text), new_task, both);
    events_clear(&events);
    strbuf_clear(&text);
    return effect;
}

/* The text stays where it is: what kept it from being saved can pass. */
static enum effect refused(struct entry *entry, const struct error *err)
{
    entry_tell(entry, ROLE_ERROR, err->text);
    return EFFECT_DRAW;
}

/* --- one task -------------------------------------------------------------------------------- */

static enum effect save_one(struct entry *entry, bool both);

/* What is to stand goes on from what is there now. */
static void rebase(struct entry *entry, const struct clash *clash, bool mine)
{
    for (size_t i = 0; i < entry->slots.count; i++) {
        struct entry_slot *slot = &entry->slots.slot[i];
        if (strcmp(slot->name, clash->field) != 0)
            continue;
        if (!mine)
            form_set(entry->form, slot->name, clash->theirs);
        free(slot->base);
        slot->base = alloc_string(clash->theirs);
    }
}

static enum effect clash_decided(void *context, const struct clash_choice *choices, size_t count)
{
    struct entry *entry = context;
    for (size_t i = 0; i < count && i < entry->clashed.clash_count; i++)
        rebase(entry, &entry->clashed.clash[i], choices[i].mine);
    enum effect effect = save_one(entry, true);
    return effect & EFFECT_BACK_BOTH ? effect : effect | EFFECT_BACK;
}

static enum effect ask_clash(struct entry *entry, struct outcome *outcome)
{
    static const struct clash_ops ops = {clash_decided};
    outcome_clear(&entry->clashed);
    entry->clashed = *outcome;
    *outcome = (struct outcome){0};
    entry->since = history_newest(entry->env->model); /* what was shown is no news any more */
    entry->ops->ask(entry->context, clash_open(entry->env, &ops, entry, entry->task->row.ident,
                                        entry->clashed.clash, entry->clashed.clash_count));
    return EFFECT_DRAW;
}

static enum effect save_one(struct entry *entry, bool both)
{
    struct arguments arguments = {.count = 0};
    struct outcome outcome = {0};
    struct error err = {0};
    enum effect effect = EFFECT_DRAW;
    if (gather(entry, &arguments)) {
        const struct request request = {.action = entry->action,
            .argument = arguments.item,
            .count = arguments.count,
            .since = entry->since};
        int64_t id = entry->count == 1 ? entry->ids[0] : 0;
        if (work_do(entry->env->model, id, &request, &outcome, &err))
            effect = saved(entry, &outcome, both) | EFFECT_RELOAD;
        else if (outcome.clash_count > 0 && !both)
            effect = ask_clash(entry, &outcome);
        else
            effect = refused(entry, &err);
    }
    outcome_clear(&outcome);
    arguments_clear(&arguments);
    return effect;
}

/* --- many tasks ------------------------------------------------------------------------------ */

static enum effect do_many(struct entry *entry)
{
    struct arguments arguments = {.count = 0};
    struct work_many many = {0};
    struct error err = {0};
    enum effect effect = EFFECT_BACK;
    if (gather(entry, &arguments)) {
        const struct request request = {
            .action = entry->action, .argument = arguments.item, .count = arguments.count};
        if (work_do_many(
                entry->env->model, entry->ids, entry->count, &request, false, &many, &err)) {
            char *text =
                alloc_format(ngettext("%s: %zu task done", "%s: %zu tasks done", many.done),
                    _(workflow_find(entry->action)->verb), many.done);
            char *left = many.refused > 0 ? alloc_format(_("%s, %zu left out"), text, many.refused)
                                          : alloc_string(text);
            effect = finish(entry, many.refused > 0 ? ROLE_WARNING : ROLE_OK, left, 0, true) |
                     EFFECT_RELOAD;
            free(text);
            free(left);
        } else {
            effect |= refused(entry, &err);
        }
    }
    work_many_clear(&many);
    arguments_clear(&arguments);
    return effect;
}

static enum effect many_confirmed(void *context)
{
    return do_many(context);
}

/* "Edit (lead department: 水利厅)": what will be the same in all of them. */
static char *many_title(const struct entry *entry, const struct arguments *arguments)
{
    struct strbuf text = {0};
    strbuf_add(&text, _(workflow_find(entry->action)->verb));
    for (size_t i = 0; i < arguments->count; i++) {
        const struct field *field = field_find(arguments->item[i].name, NULL);
        if (strcmp(entry->action, "edit") != 0 || field == NULL)
            continue;
        strbuf_format(&text, "%s%s ", i > 0 ? _(", ") : " ", _(field->label));
        field_show(model_units(entry->env->model), field, arguments->item[i].value, &text);
    }
    return strbuf_take(&text);
}

static enum effect show_many(struct entry *entry)
{
    static const struct preview_ops ops = {many_confirmed};
    struct arguments arguments = {.count = 0};
    struct error err = {0};
    struct view *preview;
    enum effect effect = EFFECT_DRAW;
    if (gather(entry, &arguments)) {
        const struct request request = {
            .action = entry->action, .argument = arguments.item, .count = arguments.count};
        char *title = many_title(entry, &arguments);
        if (preview_open(
                entry->env, &ops, entry, title, entry->ids, entry->count, &request, &preview, &err))
            entry->ops->ask(entry->context, preview);
        else
            effect = refused(entry, &err);
        free(title);
    }
    arguments_clear(&arguments);
    return effect;
}

enum effect entry_save(struct entry *entry)
{
    return entry->count > 1 ? show_many(entry) : save_one(entry, false);
}
