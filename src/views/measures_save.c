/* Saving the editor of measures, and taking in what others did meanwhile. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "clash.h"
#include "measures_parts.h"
#include "model/history.h"

void measures_pending_clear(struct measures *measures)
{
    measure_merge_clear(&measures->pending.merge);
    measure_list_clear(&measures->pending.theirs);
}

/* --- who did it ------------------------------------------------------------------------------ */

static bool is_of_measures(const struct event *event)
{
    for (size_t i = 0; i < event->change_count; i++) {
        const struct field *field = field_find(event->changes[i].field, NULL);
        if (field && field->table == TABLE_MEASURE)
            return true;
    }
    return false;
}

/* The newest line of others about measures since the base was read; NULL: the history tells of
 * none. */
static const struct event *others_line(const struct measures *measures)
{
    const struct events *events = &measures->task->events;
    for (size_t i = 0; i < events->count && events->event[i].seq > measures->since; i++)
        if (is_of_measures(&events->event[i]))
            return &events->event[i];
    return NULL;
}

char *measures_who(const struct measures *measures)
{
    const struct event *event = others_line(measures);
    if (!event)
        return alloc_string(_("Somebody has changed the measures"));
    struct date_time at = date_local(event->at);
    const char *who = *event->actor ? event->actor : _("outside duban");
    char day[11] = "";
    if (at.date != model_today(measures->env->model)->date)
        date_format(at.date, day);
    return alloc_format(
        _("%s changed the measures %s%s%02d:%02d"), who, day, *day ? " " : "", at.hour, at.minute);
}

/* --- taking in ------------------------------------------------------------------------------- */

/* Mine upon theirs, to be looked at before it is saved. */
static void adopt(struct measures *measures)
{
    struct measures_pending *pending = &measures->pending;
    size_t dropped = pending->merge.dropped;
    char *who = measures_who(measures);
    struct strbuf text = {0};
    strbuf_format(&text, _("%s; taken in"), who);
    if (dropped)
        strbuf_format(&text,
            ngettext(" (%zu of yours is gone)", " (%zu of yours are gone)", dropped), dropped);
    measures_put(measures, &pending->merge.merged, &pending->theirs);
    if (measures_is_edited(measures))
        strbuf_add(&text, _("; look, then s saves"));
    measures_notice(measures, strbuf_take(&text));
    measures->since = pending->since;
    measures_pending_clear(measures);
    free(who);
}

static enum effect clash_decided(void *context, const struct clash_choice *choices, size_t count)
{
    struct measures *measures = context;
    struct measure_merge *merge = &measures->pending.merge;
    for (size_t i = 0; i < count && i < merge->clash_count; i++) {
        const struct measure_clash *clash = &merge->clash[i];
        if (!choices[i].mine)
            measure_list_set(&merge->merged, clash->row, clash->field, clash->theirs);
    }
    adopt(measures);
    return EFFECT_BACK | EFFECT_DRAW;
}

static enum effect ask_clash(struct measures *measures)
{
    static const struct clash_ops ops = {clash_decided};
    const struct measures_pending *pending = &measures->pending;
    const struct event *event = others_line(measures);
    size_t count = pending->merge.clash_count;
    struct clash *clashes = alloc_zero(count + 1, sizeof *clashes);
    for (size_t i = 0; i < count; i++) {
        const struct measure_clash *clash = &pending->merge.clash[i];
        clashes[i] = (struct clash){
            .field = alloc_format("%s.%d", measure_field_names[clash->field],
                measure_list_position(&pending->theirs, clash->row)),
            .base = clash->base,
            .theirs = clash->theirs,
            .mine = pending->merge.merged.row[clash->row].value[clash->field],
            .who = event ? event->actor : (char *)"",
            .when = event ? event->at : 0,
        };
    }
    measures->ops->ask(measures->context,
        clash_open(measures->env, &ops, measures, measures->task->row.ident, clashes, count));
    for (size_t i = 0; i < count; i++)
        free(clashes[i].field);
    free(clashes);
    return EFFECT_DRAW;
}

enum effect measures_take(struct measures *measures, const char *nobody)
{
    struct task_detail *task;
    struct error err = {0};
    measures_pending_clear(measures);
    if (!measures_read(measures, &task, &measures->pending.theirs, &err)) {
        measures_tell(measures, ROLE_ERROR, "%s", err.text);
        return EFFECT_DRAW;
    }
    task_detail_free(measures->task);
    measures->task = task;
    measures->pending.since = task->events.count ? task->events.event[0].seq : 0;
    if (measure_list_equal(&measures->pending.theirs, &measures->base)) {
        measures_tell(measures, ROLE_WARNING, "%s", nobody);
        return EFFECT_DRAW;
    }
    measure_list_merge(
        &measures->base, &measures->pending.theirs, &measures->mine, &measures->pending.merge);
    if (measures->pending.merge.clash_count > 0)
        return ask_clash(measures);
    adopt(measures);
    return EFFECT_DRAW;
}

/* --- saving ---------------------------------------------------------------------------------- */

/* Moved rows are told in words, the rest as the history tells it. */
static void describe(
    const struct measures *measures, int64_t seq, const char *moved, struct strbuf *out)
{
    struct events events = {0};
    struct error err = {0};
    strbuf_format(out, _("Saved: %s "), measures->task->row.ident);
    if (*moved)
        strbuf_add(out, moved);
    else if (history_since(measures->env->model, seq - 1, 1, &events, &err) && events.count == 1)
        history_describe(measures->env->model, &events.event[0], out);
    events_clear(&events);
}

static enum effect saved(
    struct measures *measures, const struct outcome *outcome, const char *moved)
{
    struct strbuf text = {0};
    measures_draft_drop(measures);
    if (outcome->merged)
        strbuf_add(&text, outcome->merged);
    else if (outcome->seq)
        describe(measures, outcome->seq, moved, &text);
    else
        strbuf_add(&text, _("Nothing was changed"));
    measures_tell(measures, outcome->merged ? ROLE_WARNING : ROLE_OK, "%s", strbuf_text(&text));
    strbuf_clear(&text);
    return EFFECT_BACK | EFFECT_RELOAD | EFFECT_DRAW;
}

enum effect measures_save(struct measures *measures)
{
    struct measure_edit edit;
    struct outcome outcome = {0};
    struct error err = {0};
    enum effect effect = EFFECT_DRAW;
    measure_list_edit(&measures->base, &measures->mine, &edit);
    const struct request request = {
        .action = "edit", .argument = edit.argument, .count = edit.count, .since = measures->since};
    if (work_do(measures->env->model, measures->task_id, &request, &outcome, &err))
        effect = saved(measures, &outcome, edit.moved);
    else if (err.code == ERROR_CONFLICT)
        effect = measures_take(measures, err.text);
    else
        measures_tell(measures, ROLE_ERROR, "%s", err.text);
    outcome_clear(&outcome);
    measure_edit_clear(&edit);
    return effect;
}
