#include "entry_fields.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/pinyin.h"
#include "base/strbuf.h"
#include "model/units.h"

void entry_slots_clear(struct entry_slots *slots)
{
    for (size_t i = 0; i < slots->count; i++) {
        free(slots->slot[i].base);
        free(slots->slot[i].value);
        free(slots->slot[i].last);
    }
    slots->count = 0;
}

static struct entry_slot *add(
    struct entry_slots *slots, const char *name, const struct field *field, bool needed)
{
    struct entry_slot *slot = &slots->slot[slots->count++];
    *slot = (struct entry_slot){.field = field, .needed = needed};
    snprintf(slot->name, sizeof slot->name, "%s", name);
    return slot;
}

/* --- what is asked --------------------------------------------------------------------------- */

/* A form of an action begins some fields with what stands in the task. */
static bool shows_the_task(const struct transition *transition, const char *name)
{
    static const char *const shown[][2] = {
        {"report", "percent"}, {"report", "progress"}, {"claim", "officer"}, {"claim", "phone"}};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (strcmp(shown[i][0], transition->action) == 0 && strcmp(shown[i][1], name) == 0)
            return true;
    return false;
}

static void add_names(struct entry_slots *out, struct model *model,
    const struct transition *transition, const char *names, bool needed,
    const struct task_detail *task)
{
    for (struct workflow_name name; workflow_name_next(&names, &name);) {
        struct entry_slot *slot = add(out, name.name, name.field, needed);
        slot->value =
            task != NULL ? work_default(model, task, transition, name.name) : alloc_string("");
        if (task != NULL && shows_the_task(transition, name.name))
            slot->base = alloc_string(slot->value);
        slot->stays = strcmp(name.name, "period") == 0;
        /* what was said last time is at hand, and not filed again by mistake */
        if (name.field != NULL && name.field->table == TABLE_REPORT &&
            name.field->type == VALUE_IS_TEXT) {
            slot->last = slot->value;
            slot->value = alloc_string("");
        }
    }
}

static void make_action(struct entry_slots *out, struct model *model,
    const struct transition *transition, const struct task_detail *task)
{
    add_names(out, model, transition, transition->needs, true, task);
    add_names(out, model, transition, transition->takes, false, task);
    for (size_t i = 0; i < out->count; i++)
        if (out->slot[i].field == NULL && !out->slot[i].needed)
            out->slot[i].needed = task != NULL && work_needs_reason(model, task, transition);
}

static bool make_edit(
    struct entry_slots *out, struct model *model, const struct task_detail *task, struct error *err)
{
    unsigned role = PERSON_BIT(model_person(model)->role);
    for (size_t i = 0; i < field_count; i++) {
        bool asked = fields[i].flags & FIELD_IS_FORM && fields[i].may & role;
        /* what tells tasks apart is not made the same of many */
        if (!asked || (task == NULL && fields[i].flags & (FIELD_IS_ROW | FIELD_IS_LINES)))
            continue;
        struct entry_slot *slot = add(out, fields[i].name, &fields[i], false);
        if (task == NULL) {
            slot->value = alloc_string("");
            continue;
        }
        if (!work_current(model, task->row.id, slot->name, &slot->base, err))
            return false;
        slot->value = alloc_string(slot->base);
    }
    if (task != NULL)
        return true;
    add(out, "reason", NULL, false)->value = alloc_string("");
    return true;
}

static void make_create(struct entry_slots *out)
{
    static const char *const first[] = {
        "source", "number", "title", "region", "lead", "deadline_kind", "deadline"};
    const size_t count = sizeof first / sizeof *first;
    for (size_t i = 0; i < count; i++)
        add(out, first[i], field_named(first[i]), i != 1 && i < 4)->value =
            alloc_string(i == 5 ? deadline_kinds[DEADLINE_DATE].name : "");
    for (size_t i = 0; i < field_count; i++) {
        bool asked = false;
        for (size_t k = 0; k < count; k++)
            asked |= strcmp(first[k], fields[i].name) == 0;
        if (!asked && fields[i].flags & FIELD_IS_FORM && strcmp(fields[i].name, "done_on") != 0)
            add(out, fields[i].name, &fields[i], false)->value = alloc_string("");
    }
}

bool entry_slots_make(struct entry_slots *out, struct model *model, const char *action,
    const struct task_detail *task, struct error *err)
{
    if (strcmp(action, "create") == 0)
        make_create(out);
    else if (strcmp(action, "edit") == 0)
        return make_edit(out, model, task, err);
    else
        make_action(out, model, workflow_find(action), task);
    return true;
}

/* --- what it is about ------------------------------------------------------------------------- */

/* The measures that somebody is about to submit without. */
static char *unfinished(const struct task_detail *task)
{
    struct strbuf text = {0};
    for (size_t i = 0; i < task->measure_count; i++) {
        const struct measure *measure = &task->measures[i];
        if (!measure_is_settled(measure))
            strbuf_format(&text, "%s%d. %s",
                text.length > 0 ? "; " : _("Not done, say why they need not be: "),
                measure->position, measure->text);
    }
    strbuf_add(&text, "");
    return strbuf_take(&text);
}

static char *already_reported(const struct report *report)
{
    struct strbuf text = {0};
    char day[2][11];
    struct date_time at = date_local(report->reported_at);
    strbuf_format(&text, _("This period is reported already: %s"),
        report->reporter[0] != '\0' ? report->reporter : _("a script outside duban"));
    if (report->reported_at != 0)
        strbuf_format(&text, " %s %02d:%02d", date_format(at.date, day[0]) + 5, at.hour, at.minute);
    strbuf_format(&text, _(", %s to %s: %s"), date_format(report->period_start, day[0]),
        date_format(report->period_end, day[1]), report->text);
    return strbuf_take(&text);
}

/* Who reported for this period already; else what the last report said. */
static char *last_report(const struct task_detail *task, const char *period)
{
    char day[2][11];
    date_t at;
    bool dated = date_parse(period, &at);
    for (size_t i = 0; dated && i < task->report_count; i++) {
        const struct report *report = &task->reports[i];
        if (at < report->period_start || at > report->period_end)
            continue;
        return already_reported(report);
    }
    if (task->report_count == 0)
        return alloc_string("");
    return alloc_format(_("Last report, %s to %s: %s"),
        date_format(task->reports[0].period_start, day[0]),
        date_format(task->reports[0].period_end, day[1]), task->reports[0].text);
}

char *entry_about(const struct task_detail *task, const char *action, const char *period)
{
    char day[2][11];
    if (strcmp(action, "settle") == 0) {
        struct strbuf words = {0};
        work_objection_words(task, 0, &words);
        strbuf_add(&words, "");
        return strbuf_take(&words);
    }
    bool decides = strcmp(action, "approve") == 0 || strcmp(action, "refuse") == 0;
    for (size_t i = task->extension_count; decides && i-- > 0;)
        if (task->extensions[i].decided_on == DATE_NONE)
            return alloc_format(_("%s asks: %s → %s, because %s"), task->extensions[i].asked_by,
                date_format(task->extensions[i].old_deadline, day[0]),
                date_format(task->extensions[i].new_deadline, day[1]), task->extensions[i].reason);
    for (size_t i = 0; i < task->notice_count && strcmp(action, "reply") == 0; i++)
        if (task->notices[i].replied_on == DATE_NONE && task->notices[i].lifted_on == DATE_NONE)
            return alloc_format(_("%s of %s: %s"), _(notice_levels[task->notices[i].level].label),
                date_format(task->notices[i].issued_on, day[0]), task->notices[i].reason);
    if (strcmp(action, "submit") == 0)
        return unfinished(task);
    return strcmp(action, "report") == 0 ? last_report(task, period) : alloc_string("");
}

void entry_add_news(const struct event *event, bool just, struct strbuf *out)
{
    strbuf_format(out,
        just ? _("%s has just changed this task: ") : _("%s has changed this task since: "),
        event->actor[0] != '\0' ? event->actor : _("a script outside duban"));
    history_headline(event, out);
}

/* --- units to pick from ---------------------------------------------------------------------- */

static void offer_regions(const struct units *units, const char *typed, struct form_offers *out)
{
    for (size_t i = 0; i < units_region_count(units); i++) {
        const struct region *region = units_region_at(units, i);
        if (typed[0] == '\0' || pinyin_matches(region->name, typed) ||
            strcmp(region->code, typed) == 0)
            form_offer(out, region->id, region->shown, region->name);
    }
}

static void offer_departments(const struct units *units, const char *typed, struct form_offers *out)
{
    for (size_t i = 0; i < units_department_count(units); i++) {
        const struct department *department = units_department_at(units, i);
        if (typed[0] == '\0' || pinyin_matches(department->name, typed))
            form_offer(out, department->id, department->shown, department->name);
    }
}

static void offer_sponsors(const struct units *units, const char *typed, struct form_offers *out)
{
    for (size_t i = 0; i < units_sponsor_count(units); i++) {
        const struct sponsor *sponsor = units_sponsor_at(units, i);
        if (typed[0] == '\0' || pinyin_matches(sponsor->name, typed))
            form_offer(out, sponsor->id, sponsor->name, sponsor->post);
    }
}

static void offer_sources(const struct units *units, const char *typed, struct form_offers *out)
{
    for (size_t i = 0; i < units_source_count(units); i++) {
        const struct source *source = units_source_at(units, i);
        if (typed[0] == '\0' || pinyin_matches(source->name, typed) ||
            strcmp(source->code, typed) == 0)
            form_offer(out, source->id, source->name, source->code);
    }
}

/* The form knows a slot by its name, which may be the action's own for a field. */
static enum field_type type_of(const char *name)
{
    const struct field *field = field_find(name, NULL);
    return field != NULL ? field->type : VALUE_IS_LINE;
}

static void offer(void *context, const char *name, const char *typed, struct form_offers *out)
{
    const struct units *units = model_units(context);
    switch (type_of(name)) {
    case VALUE_IS_REGION:
    case VALUE_IS_REGIONS:
        offer_regions(units, typed, out);
        break;
    case VALUE_IS_SPONSOR:
        offer_sponsors(units, typed, out);
        break;
    case VALUE_IS_SOURCE:
        offer_sources(units, typed, out);
        break;
    default:
        offer_departments(units, typed, out);
    }
}

static const char *label(void *context, const char *name, int64_t id)
{
    const struct units *units = model_units(context);
    const struct region *region;
    const struct department *department;
    switch (type_of(name)) {
    case VALUE_IS_REGION:
    case VALUE_IS_REGIONS:
        region = units_region(units, id);
        return region != NULL ? region->shown : NULL;
    case VALUE_IS_SPONSOR:
        return units_sponsor(units, id) != NULL ? units_sponsor(units, id)->name : NULL;
    case VALUE_IS_SOURCE:
        return units_source(units, id) != NULL ? units_source(units, id)->name : NULL;
    default:
        department = units_department(units, id);
        return department != NULL ? department->shown : NULL;
    }
}

/* --- the form -------------------------------------------------------------------------------- */

static const struct {
    enum form_kind kind;
    bool many;
} kinds[] = {
    [VALUE_IS_LINE] = {FORM_LINE, false},
    [VALUE_IS_TEXT] = {FORM_TEXT, false},
    [VALUE_IS_DATE] = {FORM_DATE, false},
    [VALUE_IS_NUMBER] = {FORM_NUMBER, false},
    [VALUE_IS_PERCENT] = {FORM_NUMBER, false},
    [VALUE_IS_YES] = {FORM_YES, false},
    [VALUE_IS_WORD] = {FORM_CHOICE, false},
    [VALUE_IS_REGION] = {FORM_PICK, false},
    [VALUE_IS_REGIONS] = {FORM_PICK, true},
    [VALUE_IS_DEPARTMENT] = {FORM_PICK, false},
    [VALUE_IS_DEPARTMENTS] = {FORM_PICK, true},
    [VALUE_IS_SPONSOR] = {FORM_PICK, false},
    [VALUE_IS_SOURCE] = {FORM_PICK, false},
    [VALUE_IS_MOMENT] = {FORM_SHOW, false},
    [VALUE_IS_GONE] = {FORM_SHOW, false},
};

#define CHOICES_MOST 8

static void fill_field(
    const struct entry_slot *slot, struct form_field *out, struct form_choice choices[CHOICES_MOST])
{
    const struct field *field = slot->field;
    *out = (struct form_field){
        .name = slot->name,
        .label = field != NULL ? _(field->label) : _("reason"),
        .kind = field != NULL ? kinds[field->type].kind : FORM_TEXT,
        .many = field != NULL && kinds[field->type].many,
        .value = slot->value,
        .needed = slot->needed,
        .rows = field == NULL ? 2 : 4,
        .hint = field != NULL && field->flags & FIELD_IS_LINES
                    ? _("a line each: what | value | unit | by when")
                    : NULL,
        .most_bytes =
            field != NULL && field->type == VALUE_IS_LINE ? FIELD_LINE_MOST : FIELD_TEXT_MOST,
    };
    if (field != NULL && field->type == VALUE_IS_PERCENT)
        out->most = 100;
    if (field == NULL || field->words == NULL)
        return;
    out->choices = choices;
    for (size_t i = 0; i < field->word_count && i < CHOICES_MOST; i++)
        choices[out->choice_count++] =
            (struct form_choice){field->words[i].name, _(field->words[i].label)};
}

struct form *entry_form_new(const struct entry_slots *slots, struct model *model)
{
    static const struct form_ops ops = {offer, label};
    struct form_field field[ENTRY_MOST];
    struct form_choice choices[ENTRY_MOST][CHOICES_MOST];
    for (size_t i = 0; i < slots->count; i++)
        fill_field(&slots->slot[i], &field[i], choices[i]);
    return form_new(field, slots->count, &ops, model);
}

/* Ids as a person would type them. */
static char *as_typed(const char *ids)
{
    struct strbuf out = {0};
    for (const char *at = ids; *at != '\0'; at++)
        strbuf_format(&out, "%s%c", at == ids || at[-1] == ' ' ? "#" : "", *at);
    strbuf_add(&out, "");
    return strbuf_take(&out);
}

/* Picks too: units may have gone meanwhile, and only so many can be kept. */
bool entry_value(struct model *model, const struct entry_slot *slot, const char *typed,
    char **value, struct error *err)
{
    static const struct field reason = {
        .name = "reason", .label = N_("reason"), .type = VALUE_IS_TEXT};
    const struct field *field = slot->field != NULL ? slot->field : &reason;
    char *text = kinds[field->type].kind == FORM_PICK ? as_typed(typed) : alloc_string(typed);
    bool good = field_read(model_units(model), field, text, value, err);
    free(text);
    return good;
}
