/* An event in a person's words: for the detail, the ticker and duban events. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "model/history.h"
#include "model/units.h"
#include "model/workflow.h"

/* The parts of a line stay short enough for a ticker. */
enum { VALUE_COLUMNS = 32, NOTE_COLUMNS = 60 };

const struct history_field history_fields[] = {
    {"title", N_("title"), HISTORY_TEXT},
    {"number", N_("number"), HISTORY_TEXT},
    {"problem", N_("problem"), HISTORY_TEXT},
    {"goal", N_("goal"), HISTORY_TEXT},
    {"category", N_("category"), HISTORY_TEXT},
    {"state", N_("state"), HISTORY_STATE},
    {"returned", N_("marked as sent back"), HISTORY_YES},
    {"listed", N_("publicly listed"), HISTORY_YES},
    {"progress", N_("progress"), HISTORY_PROGRESS},
    {"percent", N_("percent"), HISTORY_PERCENT},
    {"deadline", N_("deadline"), HISTORY_TEXT},
    {"deadline_kind", N_("kind of deadline"), HISTORY_KIND},
    {"deadline_raw", N_("words of the deadline"), HISTORY_TEXT},
    {"assigned_on", N_("assigned on"), HISTORY_TEXT},
    {"lead", N_("lead department"), HISTORY_DEPARTMENT},
    {"responsible", N_("responsible departments"), HISTORY_DEPARTMENT},
    {"supervisor", N_("supervising department"), HISTORY_DEPARTMENT},
    {"region", N_("region"), HISTORY_REGION},
    {"regions", N_("regions"), HISTORY_REGION},
    {"sponsor", N_("sponsor"), HISTORY_SPONSOR},
    {"officer", N_("officer in charge"), HISTORY_TEXT},
    {"phone", N_("phone"), HISTORY_TEXT},
    {"reported_on", N_("last period reported"), HISTORY_TEXT},
    {"done_on", N_("work done on"), HISTORY_TEXT},
    {"submitted_on", N_("submitted on"), HISTORY_TEXT},
    {"closed_on", N_("closed on"), HISTORY_TEXT},
    {"close_document", N_("closing document"), HISTORY_TEXT},
    {"measure", N_("measure"), HISTORY_TEXT},
    {"done", N_("measure done"), HISTORY_TEXT},
    {"due", N_("measure due"), HISTORY_TEXT},
    {"waived", N_("measure waived"), HISTORY_TEXT},
    {"report", N_("report"), HISTORY_TEXT},
    {"notice", N_("notice"), HISTORY_NOTICE},
    {"reply", N_("reply"), HISTORY_TEXT},
    {"review", N_("result of the review"), HISTORY_RESULT},
    {"publicity", N_("public notice from"), HISTORY_TEXT},
    {"objection", N_("objection"), HISTORY_TEXT},
    {"settlement", N_("objection settled"), HISTORY_TEXT},
    {"extension", N_("extension to"), HISTORY_TEXT},
    {"part", N_("breakdown"), HISTORY_TEXT},
    {"deleted", N_("deleted"), HISTORY_GONE},
};
const size_t history_field_count = sizeof history_fields / sizeof *history_fields;

const struct history_action history_actions[] = {
    {"create", N_("new task")},
    {"edit", N_("edited")},
    {"report", N_("report")},
    {"import", N_("imported")},
    {"delete", N_("deleted")},
    {"undo", N_("undone")},
    {"redo", N_("redone")},
    {"remind", N_("reminded")},
    {"sample", N_("sample data")},
    {"outside", N_("outside duban")},
};
const size_t history_action_count = sizeof history_actions / sizeof *history_actions;

/* "measure.3" is found as "measure"; `*suffix` gets "3". */
static const struct history_field *field_find(const char *name, const char **suffix)
{
    size_t length = strcspn(name, ".");
    *suffix = name[length] == '.' ? name + length + 1 : "";
    for (size_t i = 0; i < history_field_count; i++)
        if (strlen(history_fields[i].name) == length &&
            strncmp(history_fields[i].name, name, length) == 0)
            return &history_fields[i];
    return NULL;
}

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

static void add_word(struct strbuf *out, const struct word *table, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].name, name) == 0) {
            strbuf_add(out, _(table[i].label));
            return;
        }
    }
    add_short(out, name, VALUE_COLUMNS);
}

/* Units stand in events by id; what is no id of one, or of one that is gone, is shown as it is. */
static void add_unit(
    struct strbuf *out, const struct units *units, enum history_type type, const char *text)
{
    char *end;
    const char *name = NULL;
    int64_t id = strtoll(text, &end, 10);
    if (*end == '\0' && type == HISTORY_REGION) {
        const struct region *region = units_region(units, id);
        name = region != NULL ? region->shown : NULL;
    } else if (*end == '\0' && type == HISTORY_DEPARTMENT) {
        const struct department *department = units_department(units, id);
        name = department != NULL ? department->shown : NULL;
    } else if (*end == '\0' && type == HISTORY_SPONSOR) {
        const struct sponsor *sponsor = units_sponsor(units, id);
        name = sponsor != NULL ? sponsor->name : NULL;
    }
    add_short(out, name != NULL ? name : text, VALUE_COLUMNS);
}

static void add_value(
    struct strbuf *out, const struct units *units, enum history_type type, const char *text)
{
    static const struct word results[] = {
        {.name = "passed", .label = N_("passed")}, {.name = "returned", .label = N_("sent back")}};
    static const struct word yes_no[] = {
        {.name = "0", .label = N_("no")}, {.name = "1", .label = N_("yes")}};
    switch (type) {
    case HISTORY_STATE:
        add_word(out, task_states, STATE_COUNT, text);
        break;
    case HISTORY_PROGRESS:
        add_word(out, task_progresses, PROGRESS_COUNT, text);
        break;
    case HISTORY_KIND:
        add_word(out, deadline_kinds, DEADLINE_KIND_COUNT, text);
        break;
    case HISTORY_NOTICE:
        add_word(out, notice_levels, NOTICE_LEVEL_COUNT, text);
        break;
    case HISTORY_RESULT:
        add_word(out, results, sizeof results / sizeof *results, text);
        break;
    case HISTORY_YES:
        add_word(out, yes_no, sizeof yes_no / sizeof *yes_no, text);
        break;
    case HISTORY_PERCENT:
        add_short(out, text, VALUE_COLUMNS);
        strbuf_add(out, "%");
        break;
    case HISTORY_REGION:
    case HISTORY_DEPARTMENT:
    case HISTORY_SPONSOR:
        add_unit(out, units, type, text);
        break;
    case HISTORY_TEXT:
    case HISTORY_GONE:
        add_short(out, text, VALUE_COLUMNS);
        break;
    }
}

/* A change of state says itself: its label is left out. */
static void add_label(
    struct strbuf *out, const struct history_field *field, const char *name, const char *suffix)
{
    if (field != NULL && field->type == HISTORY_STATE)
        return;
    strbuf_add(out, field != NULL ? _(field->label) : name);
    if (field != NULL && suffix[0] != '\0')
        strbuf_format(out, " %s", suffix);
    strbuf_add(out, " ");
}

static void add_change(
    struct strbuf *out, const struct units *units, const struct event_change *change)
{
    const char *suffix;
    const struct history_field *field = field_find(change->field, &suffix);
    enum history_type type = field != NULL ? field->type : HISTORY_TEXT;
    add_label(out, field, change->field, suffix);
    if (change->before[0] != '\0')
        add_value(out, units, type, change->before);
    if (type == HISTORY_GONE)
        return;
    if (change->before[0] != '\0')
        strbuf_add(out, " → ");
    if (change->after[0] != '\0')
        add_value(out, units, type, change->after);
    else
        strbuf_add(out, _("none"));
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
    for (size_t i = 0; i < event->change_count; i++) {
        strbuf_add(out, i > 0 ? _(", ") : "");
        add_change(out, units, &event->changes[i]);
    }
    strbuf_add(out, event->change_count > 0 ? " · " : "");
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
