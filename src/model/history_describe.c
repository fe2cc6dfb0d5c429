/* An event in a person's words: for the detail, the ticker and duban events. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "model/field.h"
#include "model/history.h"
#include "model/units.h"
#include "model/workflow.h"

/* The parts of a line stay short enough for a ticker. */
enum { VALUE_COLUMNS = 32, NOTE_COLUMNS = 60 };

const struct history_action history_actions[] = {
    {"create", N_("new task")},
    {"import", N_("imported")},
    {"delete", N_("deleted")},
    {"undo", N_("undone")},
    {"redo", N_("redone")},
    {"bulk", N_("changed together")},
    {"remind", N_("reminded")},
    {"sample", N_("sample data")},
    {"outside", N_("outside duban")},
};
const size_t history_action_count = sizeof history_actions / sizeof *history_actions;

/* On one line, cut to `columns`. */
static void add_short(struct strbuf *out, const char *text, int columns)
{
    struct strbuf line = {0};
    text_scrub(&line, text, strlen(text), TEXT_ONE_LINE);
    if (text_width(strbuf_text(&line)) <= columns) {
        strbuf_add(out, strbuf_text(&line));
    } else {
        strbuf_add_n(out, strbuf_text(&line), text_fit(strbuf_text(&line), columns - 1, NULL));
        strbuf_add(out, "…");
    }
    strbuf_clear(&line);
}

static void add_value(
    struct strbuf *out, const struct units *units, const struct field *field, const char *text)
{
    struct strbuf shown = {0};
    if (field != NULL)
        field_show(units, field, text, &shown);
    else
        strbuf_add(&shown, text);
    add_short(out, strbuf_text(&shown), VALUE_COLUMNS);
    strbuf_clear(&shown);
}

/* A change of state says itself: its label is left out. Of the rows of other tables than the
 * measures a person knows no number. */
static void add_label(
    struct strbuf *out, const struct field *field, const char *name, const char *suffix)
{
    if (field != NULL && strcmp(field->name, "state") == 0)
        return;
    strbuf_add(out, field != NULL ? _(field->label) : name);
    if (field != NULL && suffix[0] != '\0' && field->table <= TABLE_MEASURE)
        strbuf_format(out, " %s", suffix);
    strbuf_add(out, " ");
}

static void add_change(
    struct strbuf *out, const struct units *units, const struct event_change *change)
{
    const char *suffix;
    const struct field *field = field_find(change->field, &suffix);
    add_label(out, field, change->field, suffix);
    if (change->before[0] != '\0')
        add_value(out, units, field, change->before);
    if (field != NULL && field->type == VALUE_IS_GONE)
        return;
    if (change->before[0] != '\0')
        strbuf_add(out, " → ");
    if (change->after[0] != '\0')
        add_value(out, units, field, change->after);
    else
        strbuf_add(out, _("none"));
}

/* What the words of the action say already, and what a new row holds besides. */
static bool is_quiet(const struct event_change *change)
{
    const struct field *field = field_find(change->field, NULL);
    return field != NULL && (field->flags & FIELD_IS_QUIET) != 0;
}

static const char *action_label(const char *action)
{
    const struct transition *transition = workflow_find(action);
    if (transition != NULL)
        return _(transition->label);
    for (size_t i = 0; i < history_action_count; i++)
        if (strcmp(history_actions[i].name, action) == 0)
            return _(history_actions[i].label);
    return action;
}

void history_describe(const struct model *model, const struct event *event, struct strbuf *out)
{
    const struct units *units = model_units(model);
    bool told = false;
    for (size_t i = 0; i < event->change_count; i++) {
        if (is_quiet(&event->changes[i]))
            continue;
        strbuf_add(out, told ? _(", ") : "");
        add_change(out, units, &event->changes[i]);
        told = true;
    }
    strbuf_add(out, told ? " · " : "");
    strbuf_add(out, action_label(event->action));
    if (event->note[0] != '\0') {
        strbuf_add(out, _(": "));
        add_short(out, event->note, NOTE_COLUMNS);
    }
}

/* What a ticker has room for: what was done and how far the task is now. */
void history_headline(const struct event *event, struct strbuf *out)
{
    strbuf_add(out, action_label(event->action));
    for (size_t i = 0; i < event->change_count; i++) {
        const struct event_change *change = &event->changes[i];
        if (strcmp(change->field, "percent") == 0) {
            strbuf_format(out, " %s%%", change->after);
        } else if (strcmp(change->field, "state") == 0) {
            int state = word_find(task_states, STATE_COUNT, change->after);
            strbuf_format(out, " → %s", state >= 0 ? _(task_states[state].brief) : change->after);
        }
    }
}
