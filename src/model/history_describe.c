/* An event in a person's words: for the detail, the ticker and duban events. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "model/alarm.h"
#include "model/field.h"
#include "model/history.h"
#include "model/target_lines.h"
#include "model/units.h"
#include "model/workflow.h"
#include "people_parts.h"

/* The parts of a line stay short enough for a ticker. */
enum { VALUE_COLUMNS = 32, UNITS_MOST = 5, NOTE_COLUMNS = 60, AROUND_COLUMNS = 8 };

const struct history_action history_actions[] = {
    {"create", N_("new task")},
    {"import", N_("imported")},
    {"delete", N_("deleted")},
    {"undo", N_("undone")},
    {"redo", N_("redone")},
    {"bulk", N_("changed together")},
    {"remind", N_("reminded")},
    {"acknowledge", N_("alarm acknowledged")},
    {"sample", N_("sample data")},
    {"person_add", N_("new person")},
    {"person_edit", N_("person changed")},
    {"person_disable", N_("person disabled")},
    {"person_enable", N_("person allowed again")},
    {"person_key", N_("key recorded")},
    {"person_unkey", N_("key removed")},
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

static void show_value(
    struct strbuf *out, const struct units *units, const struct field *field, const char *text)
{
    struct strbuf shown = {0};
    if (field != NULL)
        field_show(units, field, text, &shown);
    else
        strbuf_add(&shown, text);
    text_scrub(out, strbuf_text(&shown), shown.length, TEXT_ONE_LINE);
    strbuf_clear(&shown);
}

static char *short_part(const char *text, size_t from, size_t to)
{
    struct strbuf part = {0};
    char *whole = alloc_string_n(text + from, to - from);
    add_short(&part, whole, VALUE_COLUMNS);
    free(whole);
    return strbuf_take(&part);
}

/* The last columns of what stands before. */
static void add_left(struct strbuf *out, const char *text, size_t end)
{
    size_t from = end;
    int columns = 0;
    while (from > 0 && columns < AROUND_COLUMNS) {
        struct text_cluster cluster;
        from = text_previous(text, from);
        text_cluster(text + from, &cluster);
        columns += cluster.width;
    }
    strbuf_add(out, from > 0 ? "…" : "");
    strbuf_add_n(out, text + from, end - from);
}

/* The changed part of a long text, and a little of what stands around it. */
static void add_difference(
    struct strbuf *out, const char *before, const char *after, struct text_common common)
{
    size_t end_before = strlen(before) - common.end, end_after = strlen(after) - common.end;
    char *was = short_part(before, common.start, end_before);
    char *is = short_part(after, common.start, end_after);
    const char *right = after + end_after;
    size_t fit = text_fit(right, AROUND_COLUMNS, NULL);
    add_left(out, after, common.start);
    if (*was == '\0')
        strbuf_format(out, _("[+%s]"), is);
    else if (*is == '\0')
        strbuf_format(out, _("[-%s]"), was);
    else
        strbuf_format(out, _("[%s → %s]"), was, is);
    strbuf_add_n(out, right, fit);
    strbuf_add(out, right[fit] != '\0' ? "…" : "");
    free(was);
    free(is);
}

/* The ids of `list` that `other` has not. */
static void only_in(struct strbuf *out, const char *list, const char *other)
{
    int64_t ids[FIELD_LIST_MOST], others[FIELD_LIST_MOST];
    size_t count = field_ids(list, ids), other_count = field_ids(other, others);
    for (size_t i = 0; i < count; i++) {
        bool there = false;
        for (size_t k = 0; k < other_count; k++)
            there |= others[k] == ids[i];
        if (!there)
            strbuf_format(out, "%s%" PRId64, out->length > 0 ? " " : "", ids[i]);
    }
}

/* Of a long list what came and what went; false when it is only in another order. */
static bool add_list_difference(struct strbuf *out, const struct units *units,
    const struct field *field, const struct event_change *change)
{
    const char *lists[] = {change->before, change->after}, *const formats[] = {"[-%s]", "[+%s]"};
    bool told = false;
    for (int i = 0; i < 2; i++) {
        struct strbuf ids = {0}, names = {0}, cut = {0};
        only_in(&ids, lists[i], lists[!i]);
        show_value(&names, units, field, strbuf_text(&ids));
        add_short(&cut, strbuf_text(&names), VALUE_COLUMNS);
        if (ids.length > 0)
            strbuf_format(out, _(formats[i]), strbuf_text(&cut));
        told |= ids.length > 0;
        strbuf_clear(&ids);
        strbuf_clear(&names);
        strbuf_clear(&cut);
    }
    return told;
}

static bool is_list(const struct field *field)
{
    return field != NULL &&
           (field->type == VALUE_IS_REGIONS || field->type == VALUE_IS_DEPARTMENTS);
}

/* Neither of them is empty. Of a text that was mostly written anew both are told. */
static void add_both(struct strbuf *out, const struct units *units, const struct field *field,
    const struct event_change *change, const char *before, const char *after)
{
    bool is_long = text_width(before) > VALUE_COLUMNS || text_width(after) > VALUE_COLUMNS;
    if (is_long && is_list(field) && add_list_difference(out, units, field, change))
        return;
    bool text = field == NULL || field->type == VALUE_IS_TEXT || field->type == VALUE_IS_LINE;
    struct text_common common = text_common(before, after);
    size_t least = strlen(before) < strlen(after) ? strlen(before) : strlen(after);
    if (is_long && text && 4 * (common.start + common.end) >= least) {
        add_difference(out, before, after, common);
        return;
    }
    add_short(out, before, VALUE_COLUMNS);
    strbuf_add(out, " → ");
    add_short(out, after, VALUE_COLUMNS);
}

/* A change of state says itself: its label is left out. Of a row with an id a person
 * knows no number. */
static void add_label(
    struct strbuf *out, const struct field *field, const char *name, const char *suffix)
{
    if (field != NULL && strcmp(field->name, "state") == 0)
        return;
    strbuf_add(out, field != NULL ? _(field->label) : name);
    if (field != NULL && suffix[0] != '\0' && field_key_of(field->table) == KEY_POSITION)
        strbuf_format(out, " %s", suffix);
    strbuf_add(out, " ");
}

static void add_change(
    struct strbuf *out, const struct units *units, const struct event_change *change)
{
    const char *suffix;
    const struct field *field = field_find(change->field, &suffix);
    struct strbuf before = {0}, after = {0};
    show_value(&before, units, field, change->before);
    show_value(&after, units, field, change->after);
    add_label(out, field, change->field, suffix);
    if (field != NULL && field->type == VALUE_IS_GONE)
        add_short(out, strbuf_text(&before), VALUE_COLUMNS);
    else if (before.length > 0 && after.length > 0)
        add_both(out, units, field, change, before.text, after.text);
    else if (after.length > 0)
        add_short(out, after.text, VALUE_COLUMNS);
    else if (before.length > 0) {
        add_short(out, before.text, VALUE_COLUMNS);
        strbuf_format(out, " → %s", _("none"));
    } else
        strbuf_add(out, _("none"));
    strbuf_clear(&before);
    strbuf_clear(&after);
}

/* What the words of the action say already, and what a new row holds besides. */
static bool is_quiet(const struct event_change *change)
{
    const struct field *field = field_find(change->field, NULL);
    return field != NULL && (field->flags & FIELD_IS_QUIET) != 0;
}

static const struct event_change *change_of(
    const struct event *event, const char *name, const char *suffix)
{
    char full[64];
    snprintf(full, sizeof full, "%s.%s", name, suffix);
    for (size_t i = 0; i < event->change_count; i++)
        if (strcmp(event->changes[i].field, full) == 0)
            return &event->changes[i];
    return NULL;
}

/* Of a target that comes or goes its figure and day are told behind its words. */
static bool is_of_target(const struct event *event, const struct event_change *change)
{
    const char *suffix;
    const struct field *field = field_find(change->field, &suffix);
    if (field == NULL || field->table != TABLE_TARGET || field->flags & FIELD_IS_ROW ||
        suffix[0] == '\0')
        return false;
    const struct event_change *row = change_of(event, "target", suffix);
    return row != NULL && (row->before[0] == '\0' || row->after[0] == '\0');
}

static void add_target(
    struct strbuf *out, const struct event *event, const struct event_change *change)
{
    static const char *const names[] = {"value", "unit", "by_raw", "by"};
    const char *suffix, *told[4];
    const struct field *field = field_find(change->field, &suffix);
    if (field == NULL || strcmp(field->name, "target") != 0 || change->before[0] != '\0')
        return;
    for (int i = 0; i < 4; i++) {
        const struct event_change *item = change_of(event, names[i], suffix);
        told[i] = item != NULL ? item->after : "";
    }
    struct strbuf figure = {0}, clean = {0};
    target_figure(told[0], told[1], &figure);
    const char *by = told[2][0] != '\0' ? told[2] : told[3];
    strbuf_format(&figure, "%s%s", figure.length > 0 && by[0] != '\0' ? " " : "", by);
    text_scrub(&clean, strbuf_text(&figure), figure.length, TEXT_ONE_LINE);
    if (clean.length > 0)
        strbuf_format(out, " %s", clean.text);
    strbuf_clear(&figure);
    strbuf_clear(&clean);
}

/* Of the units that an import made, or that went with it, a few are named. */
static bool is_made_unit(const struct event_change *change)
{
    return strncmp(change->field, "new_", strlen("new_")) == 0;
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

/* As short as the day of the line that speaks of it allows. */
static void add_time(struct strbuf *out, moment_t at, moment_t beside)
{
    struct date_time then = date_local(at), now = date_local(beside);
    char day[11], today[11];
    date_format(then.date, day);
    bool same_year = strncmp(day, date_format(now.date, today), 5) == 0;
    if (then.date != now.date)
        strbuf_format(out, "%s ", same_year ? day + 5 : day);
    strbuf_format(out, "%02d:%02d", then.hour, then.minute);
}

static void add_action(struct strbuf *out, const struct event *event)
{
    if (event->target.action == NULL) {
        strbuf_add(out, action_label(event->action));
    } else {
        struct strbuf when = {0};
        add_time(&when, event->target.at, event->at);
        strbuf_format(out,
            strcmp(event->action, "redo") == 0 ? _("redone: \"%s\" of %s")
                                               : _("undone: \"%s\" of %s"),
            action_label(event->target.action), strbuf_text(&when));
        strbuf_clear(&when);
    }
}

/* The kind of an alarm stands in the history by its name. */
static void add_note(struct strbuf *out, const struct event *event)
{
    const char *note = event->note;
    struct strbuf told = {0};
    for (int kind = 0; kind < ALARM_KIND_COUNT && strcmp(event->action, "acknowledge") == 0;
         kind++) {
        size_t length = strlen(alarm_kinds[kind].name);
        if (strncmp(note, alarm_kinds[kind].name, length) != 0 || note[length] != ' ')
            continue;
        strbuf_add(&told, _(alarm_kinds[kind].label));
        note += length;
        break;
    }
    strbuf_add(&told, note);
    add_short(out, strbuf_text(&told), NOTE_COLUMNS);
    strbuf_clear(&told);
}

void history_describe(const struct model *model, const struct event *event, struct strbuf *out)
{
    const struct units *units = model_units(model);
    bool told = people_is_action(event->action);
    size_t made = 0;
    if (told)
        people_describe(units, event, out);
    for (size_t i = 0; !people_is_action(event->action) && i < event->change_count; i++) {
        if (is_quiet(&event->changes[i]) || is_of_target(event, &event->changes[i]))
            continue;
        if (is_made_unit(&event->changes[i]) && made++ >= UNITS_MOST)
            continue;
        strbuf_add(out, told ? _(", ") : "");
        add_change(out, units, &event->changes[i]);
        add_target(out, event, &event->changes[i]);
        told = true;
    }
    if (made > UNITS_MOST)
        strbuf_format(out,
            ngettext(", and %zu unit more", ", and %zu units more", made - UNITS_MOST),
            made - UNITS_MOST);
    strbuf_add(out, told ? " · " : "");
    add_action(out, event);
    if (event->note[0] != '\0') {
        strbuf_add(out, _(": "));
        add_note(out, event);
    }
    if (event->together > 1)
        strbuf_format(out,
            ngettext(" · with %zu other task", " · with %zu other tasks", event->together - 1),
            event->together - 1);
}

/* What a ticker has room for: what was done and how far the task is now. */
void history_headline(const struct event *event, struct strbuf *out)
{
    strbuf_add(out, action_label(event->action));
    if (people_is_action(event->action))
        strbuf_format(out, "%s%s", _(": "), people_whose(event));
    if (event->target.action != NULL)
        strbuf_format(out, "%s%s", _(": "), action_label(event->target.action));
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
