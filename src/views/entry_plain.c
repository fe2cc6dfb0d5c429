/* A form asked question by question: what was answered, the draft, saving. */
#include "views/entry_plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "entry_fields.h"
#include "model/draft.h"
#include "model/history.h"
#include "model/units.h"

struct entry_plain {
    struct model *model;
    char *action;
    struct task_detail *task;
    int64_t since; /* newest line of the history when the form was opened */
    int64_t seen;  /* the newest that the draft's author had seen; without one the same */
    struct entry_slots slots;
    char *begun[ENTRY_MOST]; /* what each slot began with, without a draft */
    bool told[ENTRY_MOST];   /* beforehand */
    size_t at;               /* the next to be asked */
    moment_t draft_at;       /* 0: there was none */
    bool has_draft;
};

/* --- opening --------------------------------------------------------------------------------- */

static struct entry_slot *find_slot(struct entry_plain *form, const char *name)
{
    for (size_t i = 0; i < form->slots.count; i++)
        if (strcmp(form->slots.slot[i].name, name) == 0)
            return &form->slots.slot[i];
    return NULL;
}

static void put(struct entry_slot *slot, const char *value)
{
    char *kept = alloc_string(value);
    free(slot->value);
    slot->value = kept;
}

/* A draft of the board holds what was typed there: dates may be "+7". */
static bool read_draft(struct entry_plain *form, struct error *err)
{
    struct draft draft = {0};
    if (!draft_find(form->model, form->action, form->task->row.id, &draft, &form->has_draft, err))
        return false;
    for (size_t i = 0; i < draft.count; i++) {
        struct entry_slot *slot = find_slot(form, draft.item[i].name);
        struct error wrong = {0};
        char *value;
        if (slot == NULL || !entry_value(form->model, slot, draft.item[i].value, &value, &wrong))
            continue;
        put(slot, value);
        free(value);
        if (slot->base != NULL) { /* goes on from what its author saw */
            free(slot->base);
            slot->base = alloc_string(draft.item[i].base);
        }
    }
    form->seen = form->has_draft ? draft.since : form->since;
    form->draft_at = form->has_draft ? draft.at : 0;
    draft_clear(&draft);
    return true;
}

static bool fill(struct entry_plain *form, int64_t task, struct error *err)
{
    const struct transition *transition = workflow_find(form->action);
    if (!model_may_write(form->model, err) ||
        !task_detail_read(form->model, task, &form->task, err) ||
        !work_possible(form->model, form->task, transition, err) ||
        !entry_slots_make(&form->slots, form->model, form->action, form->task, err))
        return false;
    form->since = form->task->events.count > 0 ? form->task->events.event[0].seq : 0;
    for (size_t i = 0; i < form->slots.count; i++)
        form->begun[i] = alloc_string(form->slots.slot[i].value);
    return read_draft(form, err);
}

bool entry_plain_open(struct model *model, const char *action, int64_t task,
    struct entry_plain **out, struct error *err)
{
    struct entry_plain *form = alloc_zero(1, sizeof *form);
    form->model = model;
    form->action = alloc_string(action);
    if (!fill(form, task, err)) {
        entry_plain_close(form);
        return false;
    }
    *out = form;
    return true;
}

void entry_plain_close(struct entry_plain *form)
{
    if (form == NULL)
        return;
    for (size_t i = 0; i < form->slots.count; i++)
        free(form->begun[i]);
    entry_slots_clear(&form->slots);
    task_detail_free(form->task);
    free(form->action);
    free(form);
}

/* --- answers --------------------------------------------------------------------------------- */

static bool is_text(const struct entry_slot *slot)
{
    return slot->field == NULL || slot->field->type == VALUE_IS_TEXT;
}

/* The same as a person wrote it, as the model keeps it. */
static bool read_typed(const struct entry_plain *form, const struct entry_slot *slot,
    const char *typed, char **value, struct error *err)
{
    const struct field *as = slot->field ? slot->field : field_named("notice_reason");
    return field_read(model_units(form->model), as, typed, value, err);
}

bool entry_plain_tell(
    struct entry_plain *form, const char *name, const char *typed, struct error *err)
{
    struct entry_slot *slot = find_slot(form, name);
    char *value;
    if (slot == NULL)
        return error_set(err, ERROR_USAGE,
            _("\"%s\" has no use for \"%s\"; \"duban help %s\" lists what it is told"),
            form->action, name, "do");
    if (!read_typed(form, slot, typed, &value, err))
        return false;
    put(slot, value);
    free(value);
    form->told[slot - form->slots.slot] = true;
    return true;
}

static size_t next_at(const struct entry_plain *form)
{
    size_t at = form->at;
    while (at < form->slots.count && form->told[at])
        at++;
    return at;
}

bool entry_plain_asks(const struct entry_plain *form)
{
    for (size_t i = 0; i < form->slots.count; i++)
        if (form->slots.slot[i].needed && !form->told[i])
            return true;
    return false;
}

bool entry_plain_takes_lines(const struct entry_plain *form)
{
    size_t at = next_at(form);
    return at < form->slots.count && is_text(&form->slots.slot[at]);
}

static bool is_empty(const char *typed)
{
    return strcmp(typed, "\"\"") == 0 || strcmp(typed, "“”") == 0;
}

bool entry_plain_answer(struct entry_plain *form, const char *typed, struct error *err)
{
    size_t at = next_at(form);
    struct entry_slot *slot = &form->slots.slot[at];
    char *value = NULL;
    if (slot->last != NULL && *slot->last != '\0' && strcmp(typed, "=") == 0)
        put(slot, slot->last);
    else if (is_empty(typed))
        put(slot, "");
    else if (*typed != '\0' && !read_typed(form, slot, typed, &value, err))
        return false;
    if (value != NULL)
        put(slot, value);
    free(value);
    if (slot->needed && *slot->value == '\0')
        return error_set(err, ERROR_INPUT, _("This is needed"));
    form->at = at + 1;
    return true;
}

/* --- questions ------------------------------------------------------------------------------- */

static const char *label_of(const struct entry_slot *slot)
{
    return slot->field ? _(slot->field->label) : _("reason");
}

static void add_moment(struct strbuf *out, moment_t moment)
{
    struct date_time at = date_local(moment);
    char day[11];
    strbuf_format(out, "%s %02d:%02d", date_format(at.date, day), at.hour, at.minute);
}

static const char *period_of(const struct entry_plain *form)
{
    for (size_t i = 0; i < form->slots.count; i++)
        if (strcmp(form->slots.slot[i].name, "period") == 0)
            return form->slots.slot[i].value;
    return "";
}

void entry_plain_head(const struct entry_plain *form, struct strbuf *out)
{
    const struct event *last = form->task->events.count > 0 ? &form->task->events.event[0] : NULL;
    char *about = entry_about(form->task, form->action, period_of(form));
    strbuf_format(out, "%s  %s  %s\n", _(workflow_find(form->action)->verb), form->task->row.ident,
        form->task->row.title);
    if (*about)
        strbuf_format(out, "%s\n", about);
    if (form->draft_at != 0) {
        struct strbuf when = {0};
        add_moment(&when, form->draft_at);
        strbuf_format(out, _("Your draft of %s stands in the brackets.\n"), strbuf_text(&when));
        strbuf_clear(&when);
    }
    if (last != NULL && last->seq > form->seen) {
        entry_add_news(last, false, out);
        strbuf_add_char(out, '\n');
    }
    strbuf_add(out, _("Enter keeps what stands in brackets, \"\" empties it, . gives up.\n"));
    free(about);
}

static void add_choices(struct strbuf *out, const struct field *field)
{
    for (size_t i = 0; i < field->word_count; i++)
        strbuf_format(out, "%s%s %s", i > 0 ? _(", ") : _(": "), field->words[i].name,
            _(field->words[i].label));
}

static void add_kind(struct strbuf *out, const struct entry_slot *slot)
{
    const struct field *field = slot->field;
    if (slot->needed)
        strbuf_add(out, _(" (needed)"));
    if (is_text(slot))
        strbuf_add(out, _(", - for several lines"));
    else if (field->type == VALUE_IS_DATE)
        strbuf_add(out, _(", a day such as 11-30 or +7"));
    else if (field->type == VALUE_IS_PERCENT)
        strbuf_add(out, _(", 0 to 100"));
    else if (field->type == VALUE_IS_YES)
        strbuf_add(out, _(", yes or no"));
    else if (field->words != NULL)
        add_choices(out, field);
}

/* As a person reads it, on one line. */
static void add_value(struct strbuf *out, const struct entry_plain *form,
    const struct entry_slot *slot, const char *value)
{
    struct strbuf shown = {0};
    if (slot->field != NULL)
        field_show(model_units(form->model), slot->field, value, &shown);
    else
        strbuf_add(&shown, value);
    text_scrub(out, strbuf_text(&shown), shown.length, TEXT_ONE_LINE);
    strbuf_clear(&shown);
}

bool entry_plain_question(const struct entry_plain *form, struct strbuf *out)
{
    size_t at = next_at(form);
    if (at == form->slots.count)
        return false;
    const struct entry_slot *slot = &form->slots.slot[at];
    if (slot->last != NULL && *slot->last != '\0') {
        strbuf_format(out, _("%s last time, = takes it over: "), label_of(slot));
        text_scrub(out, slot->last, strlen(slot->last), TEXT_ONE_LINE);
        strbuf_add_char(out, '\n');
    }
    strbuf_add(out, label_of(slot));
    add_kind(out, slot);
    if (*slot->value != '\0') {
        strbuf_add(out, " [");
        add_value(out, form, slot, slot->value);
        strbuf_add_char(out, ']');
    }
    strbuf_add(out, _(": "));
    return true;
}

/* --- the draft ------------------------------------------------------------------------------- */

bool entry_plain_keep(struct entry_plain *form, bool leaving, struct error *err)
{
    struct draft draft = {
        .context = alloc_string(form->action), .task_id = form->task->row.id, .since = form->seen};
    for (size_t i = 0; i < form->slots.count; i++) {
        const struct entry_slot *slot = &form->slots.slot[i];
        if (strcmp(slot->value, form->begun[i]) != 0)
            draft_add(
                &draft, slot->name, slot->base != NULL ? slot->base : form->begun[i], slot->value);
    }
    for (size_t i = 0; draft.count > 0 && i < form->slots.count; i++) {
        const struct entry_slot *slot = &form->slots.slot[i];
        if (slot->stays && strcmp(slot->value, form->begun[i]) == 0)
            draft_add(&draft, slot->name, form->begun[i], slot->value);
    }
    bool due = draft.count > 0 || form->has_draft;
    bool kept = !due || draft_keep(form->model, &draft, leaving, err);
    if (due && kept)
        form->has_draft = draft.count > 0;
    draft_clear(&draft);
    return kept;
}

void entry_plain_drop(struct entry_plain *form)
{
    struct error err = {0}; /* a draft that stays is offered again, and no harm */
    if (form->has_draft)
        draft_drop(form->model, form->action, form->task->row.id, &err);
    form->has_draft = false;
}

bool entry_plain_has_draft(const struct entry_plain *form)
{
    return form->has_draft;
}

/* --- saving ---------------------------------------------------------------------------------- */

static void tell_saved(
    const struct entry_plain *form, const struct outcome *outcome, struct strbuf *said)
{
    struct events events = {0};
    struct error err = {0};
    if (outcome->merged != NULL)
        strbuf_format(said, "%s\n", outcome->merged);
    strbuf_format(said, "%s ", form->task->row.ident);
    if (outcome->seq == 0)
        strbuf_add(said, _("Nothing was changed"));
    else if (history_since(form->model, outcome->seq - 1, 1, &events, &err) && events.count == 1)
        history_describe(form->model, &events.event[0], said);
    else
        strbuf_add(said, _(workflow_find(form->action)->label));
    events_clear(&events);
}

/* The question again, with what is there now before the answer that was given: that is in the draft
 * and in the brackets. */
static void ask_again(struct entry_plain *form, const struct outcome *outcome, struct strbuf *said)
{
    form->at = 0;
    for (size_t i = 0; i < form->slots.count; i++)
        form->told[i] = true;
    for (size_t i = 0; i < outcome->clash_count; i++) {
        const struct clash *clash = &outcome->clash[i];
        struct entry_slot *slot = find_slot(form, clash->field);
        if (slot == NULL)
            continue;
        struct strbuf value[3] = {{0}, {0}, {0}};
        add_value(&value[0], form, slot, clash->base);
        add_value(&value[1], form, slot, clash->theirs);
        add_value(&value[2], form, slot, clash->mine);
        strbuf_format(said, _("%s: it was %s, %s made it %s; you say %s\n"), label_of(slot),
            strbuf_text(&value[0]),
            clash->who[0] != '\0' ? clash->who : _("a script outside duban"),
            strbuf_text(&value[1]), strbuf_text(&value[2]));
        for (int k = 0; k < 3; k++)
            strbuf_clear(&value[k]);
        free(slot->base);
        slot->base = alloc_string(clash->theirs);
        form->told[slot - form->slots.slot] = false;
    }
}

bool entry_plain_save(struct entry_plain *form, struct strbuf *said, struct error *err)
{
    struct argument arguments[ENTRY_MOST];
    struct outcome outcome = {0};
    size_t count = 0;
    for (size_t i = 0; i < form->slots.count; i++) {
        const struct entry_slot *slot = &form->slots.slot[i];
        if (*slot->value != '\0')
            arguments[count++] = (struct argument){slot->name, slot->value, slot->base};
    }
    const struct request request = {
        .action = form->action, .argument = arguments, .count = count, .since = form->seen};
    bool done = work_do(form->model, form->task->row.id, &request, &outcome, err);
    if (done) {
        entry_plain_drop(form);
        tell_saved(form, &outcome, said);
    } else if (err->code == ERROR_CONFLICT) {
        ask_again(form, &outcome, said);
    }
    outcome_clear(&outcome);
    return done;
}
