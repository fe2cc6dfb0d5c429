#include "exchange/json_write.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "json_value.h"
#include "model/model.h"
#include "model/units.h"

static const char *department_name(const struct units *units, int64_t id)
{
    const struct department *department = units_department(units, id);
    return department ? department->name : NULL;
}

static void put_departments(
    struct json *json, const struct units *units, const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        json_put_text_or_null(json, department_name(units, ids[i]));
}

static void key_departments(
    struct json *json, const char *key, const struct units *units, const int64_t *ids, size_t count)
{
    json_key_array(json, key);
    put_departments(json, units, ids, count);
    json_array_close(json);
}

static void key_regions(struct json *json, const char *key, const struct units *units,
    const struct task_detail *detail, bool codes)
{
    json_key_array(json, key);
    for (size_t i = 0; i < detail->region_count; i++) {
        const struct region *region = units_region(units, detail->regions[i]);
        json_put_text_or_null(json, !region ? NULL : codes ? region->code : region->name);
    }
    json_array_close(json);
}

/* --- a task -------------------------------------------------------------------------------- */

static void put_measures(struct json *json, const struct task_detail *detail)
{
    json_key_array(json, "measures");
    for (size_t i = 0; i < detail->measure_count; i++) {
        const struct measure *measure = &detail->measures[i];
        json_open(json);
        json_key_number(json, "position", measure->position);
        json_key_text(json, "text", measure->text);
        json_key_date(json, "due", measure->due_on);
        json_key_date(json, "done", measure->done_on);
        json_close(json);
    }
    json_array_close(json);
}

static void put_targets(struct json *json, const struct task_detail *detail)
{
    json_key_array(json, "targets");
    for (size_t i = 0; i < detail->target_count; i++) {
        const struct task_target *target = &detail->targets[i];
        json_open(json);
        json_key_number(json, "position", target->position);
        json_key_text(json, "text", target->text);
        json_key_text(json, "value", target->value);
        json_key_text(json, "unit", target->unit);
        json_key_date(json, "by", target->by_on);
        json_key_text(json, "by_raw", target->by_raw);
        json_close(json);
    }
    json_array_close(json);
}

/* When somebody last reported. */
static moment_t reported_at(const struct task_detail *detail)
{
    moment_t last = 0;
    for (size_t i = 0; i < detail->report_count; i++) {
        if (detail->reports[i].reported_at > last)
            last = detail->reports[i].reported_at;
    }
    return detail->report_count > 0 ? last : LEDGER_NEVER;
}

static void put_deadline(
    struct json *json, const struct task_detail *detail, const struct today *today)
{
    bool has;
    int left = task_days_left(&detail->row, today, &has);
    json_key_text(json, "light", lights[task_light(&detail->row, today)].name);
    json_key_date(json, "deadline", detail->row.deadline);
    json_key_text(json, "deadline_raw", detail->deadline_raw);
    json_key_text(json, "deadline_kind", deadline_kinds[detail->row.deadline_kind].name);
    json_put_text(json, "days_left");
    if (has)
        json_put_number(json, left);
    else
        json_put_null(json);
}

static void put_task(
    struct json *json, struct model *model, const struct task_detail *detail, moment_t reported)
{
    char moment[25];
    const struct units *units = model_units(model);
    const struct task_row *row = &detail->row;
    const struct source *source = units_source(units, row->source_id);
    const struct sponsor *sponsor = units_sponsor(units, row->sponsor_id);
    json_key_text(json, "id", row->ident);
    json_key_text_or_null(json, "source", source ? source->name : NULL);
    json_key_text(json, "number", detail->number);
    json_key_text(json, "title", row->title);
    json_key_text(json, "goal", detail->goal);
    json_key_text(json, "category", detail->category);
    json_key_text(json, "state", task_states[row->state].name);
    json_key_text(json, "progress", task_progresses[row->progress].name);
    json_key_number(json, "percent", row->percent);
    put_deadline(json, detail, model_today(model));
    key_departments(json, "lead", units, detail->leads, detail->lead_count);
    json_key_array(json, "responsible"); /* with those that cooperate, as it always was */
    put_departments(json, units, detail->responsible, detail->responsible_count);
    put_departments(json, units, detail->cooperating, detail->cooperating_count);
    json_array_close(json);
    key_departments(json, "cooperating", units, detail->cooperating, detail->cooperating_count);
    json_key_text_or_null(json, "supervisor", department_name(units, row->supervisor_id));
    key_regions(json, "regions", units, detail, false);
    key_regions(json, "region_codes", units, detail, true);
    json_key_text_or_null(json, "sponsor", sponsor ? sponsor->name : NULL);
    put_measures(json, detail);
    json_key_text_or_null(json, "reported_at",
        reported != LEDGER_NEVER ? date_moment_format(reported, moment) : NULL);
    json_key_moment(json, "updated_at", row->updated_at);
    json_key_text(json, "updated_by", row->updated_by);
    json_key_number(json, "version", row->version);
}

/* --- what belongs to it -------------------------------------------------------------------- */

static void put_report(struct json *json, const struct units *units, const struct report *report)
{
    const struct region *region = units_region(units, report->region_id);
    json_open(json);
    json_key_date(json, "period_start", report->period_start);
    json_key_date(json, "period_end", report->period_end);
    json_key_text_or_null(
        json, "unit", region ? region->name : department_name(units, report->department_id));
    json_key_text(json, "reporter", report->reporter);
    json_key_number_or_null(json, "percent", report->percent);
    json_key_text_or_null(
        json, "progress", report->progress < 0 ? NULL : task_progresses[report->progress].name);
    json_key_text(json, "text", report->text);
    json_key_text(json, "problems", report->problems);
    json_key_text(json, "next_step", report->next_step);
    json_key_moment(json, "reported_at", report->reported_at);
    json_close(json);
}

static void put_notice(struct json *json, const struct notice *notice)
{
    json_open(json);
    json_key_text(json, "level", notice_levels[notice->level].name);
    json_key_text(json, "document", notice->document);
    json_key_text(json, "issuer", notice->issuer);
    json_key_text(json, "reason", notice->reason);
    json_key_date(json, "issued", notice->issued_on);
    json_key_date(json, "reply_due", notice->reply_due);
    json_key_date(json, "replied", notice->replied_on);
    json_key_text(json, "reply", notice->reply);
    json_key_date(json, "lifted", notice->lifted_on);
    json_close(json);
}

static void put_review(struct json *json, const struct units *units, const struct review *review)
{
    json_open(json);
    json_key_text(json, "level", review_levels[review->level].name);
    json_key_text(json, "result", review->passed ? "passed" : "returned");
    json_key_text(json, "conclusion", review->conclusion);
    json_key_text_or_null(json, "department", department_name(units, review->department_id));
    json_key_text(json, "reviewer", review->reviewer);
    json_key_date(json, "date", review->reviewed_on);
    json_close(json);
}

static void put_extension(struct json *json, const struct extension *extension)
{
    json_open(json);
    json_key_date(json, "old", extension->old_deadline);
    json_key_date(json, "new", extension->new_deadline);
    json_key_text(json, "reason", extension->reason);
    json_key_date(json, "asked", extension->asked_on);
    json_key_text(json, "asked_by", extension->asked_by);
    json_key_date(json, "decided", extension->decided_on);
    json_key_text(json, "decided_by", extension->decided_by);
    json_key_yes_or_null(json, "approved", extension->approved);
    json_key_text(json, "comment", extension->comment);
    json_close(json);
}

static void put_publicity(struct json *json, const struct publicity *publicity)
{
    json_open(json);
    json_key_date(json, "starts", publicity->starts_on);
    json_key_date(json, "ends", publicity->ends_on);
    json_key_number(json, "days", publicity->days);
    json_key_text(json, "day_kind", publicity->working_days ? "working" : "calendar");
    json_key_text(json, "office", publicity->office);
    json_key_text(json, "phone", publicity->phone);
    json_key_text(json, "address", publicity->address);
    json_key_text(json, "email", publicity->email);
    json_close(json);
}

static void put_objection(struct json *json, const struct objection *objection)
{
    json_open(json);
    json_key_date(json, "raised", objection->raised_on);
    json_key_text(json, "channel", objection->channel);
    json_key_text(json, "raiser", objection->raiser);
    json_key_text(json, "text", objection->text);
    json_key_date(json, "settled", objection->settled_on);
    json_key_text(json, "settlement", objection->settlement);
    json_key_yes_or_null(json, "upheld", objection->upheld);
    json_close(json);
}

static void put_event_keys(struct json *json, const struct event *event)
{
    json_key_number(json, "seq", event->seq);
    json_key_moment(json, "at", event->at);
    json_key_text(json, "actor", event->actor);
    json_key_text(json, "origin", event->origin);
    json_key_text(json, "action", event->action);
    json_key_text_or_null(json, "task", *event->ident ? event->ident : NULL);
    json_put_text(json, "changes");
    json_open(json);
    for (size_t i = 0; i < event->change_count; i++) {
        json_key_array(json, event->changes[i].field);
        json_put_text(json, event->changes[i].before);
        json_put_text(json, event->changes[i].after);
        json_array_close(json);
    }
    json_close(json);
    json_key_text(json, "note", event->note);
}

static void put_whole(
    struct json *json, const struct units *units, const struct task_detail *detail)
{
    put_targets(json, detail);
    json_key_array(json, "reports");
    for (size_t i = 0; i < detail->report_count; i++)
        put_report(json, units, &detail->reports[i]);
    json_array_close(json);
    json_key_array(json, "notices");
    for (size_t i = 0; i < detail->notice_count; i++)
        put_notice(json, &detail->notices[i]);
    json_array_close(json);
    json_key_array(json, "reviews");
    for (size_t i = 0; i < detail->review_count; i++)
        put_review(json, units, &detail->reviews[i]);
    json_array_close(json);
    json_key_array(json, "extensions");
    for (size_t i = 0; i < detail->extension_count; i++)
        put_extension(json, &detail->extensions[i]);
    json_array_close(json);
    json_key_array(json, "publicity");
    for (size_t i = 0; i < detail->publicity_count; i++)
        put_publicity(json, &detail->publicities[i]);
    json_array_close(json);
    json_key_array(json, "objections");
    for (size_t i = 0; i < detail->objection_count; i++)
        put_objection(json, &detail->objections[i]);
    json_array_close(json);
    json_key_array(json, "events");
    for (size_t i = 0; i < detail->events.count; i++) {
        json_open(json);
        put_event_keys(json, &detail->events.event[i]);
        json_close(json);
    }
    json_array_close(json);
}

bool json_task(struct json *json, struct model *model, const struct task_detail *detail, bool whole)
{
    json_open(json);
    put_task(json, model, detail, reported_at(detail));
    if (whole)
        put_whole(json, model_units(model), detail);
    return json_close_element(json);
}

bool json_ledger_task(struct json *json, struct model *model, const struct ledger_task *task)
{
    const struct task_detail detail = {.row = task->row,
        .number = task->number,
        .goal = task->goal,
        .category = task->category,
        .deadline_raw = task->deadline_raw,
        .regions = task->regions.id,
        .region_count = task->regions.count,
        .leads = task->leads.id,
        .lead_count = task->leads.count,
        .responsible = task->responsible.id,
        .responsible_count = task->responsible.count,
        .cooperating = task->cooperating.id,
        .cooperating_count = task->cooperating.count,
        .measures = task->measures,
        .measure_count = task->measure_count};
    json_open(json);
    put_task(json, model, &detail, task->reported_at);
    return json_close_element(json);
}

bool json_desk_item(struct json *json, struct model *model, const struct desk_item *item)
{
    const struct today *today = model_today(model);
    int days;
    bool has = desk_days_left(item, today, &days);
    json_open(json);
    json_key_text(json, "section", desk_sections[item->section].name);
    json_key_text(json, "id", item->row.ident);
    json_key_text(json, "title", item->row.title);
    json_key_text(json, "reason", item->reason);
    json_key_date(json, "due", item->due);
    json_put_text(json, "days_left");
    if (has)
        json_put_number(json, days);
    else
        json_put_null(json);
    json_key_text(json, "light", lights[task_light(&item->row, today)].name);
    return json_close_element(json);
}

static void put_missing(struct json *json, const char *name, int64_t missing)
{
    json_open(json);
    json_key_text_or_null(json, "name", name);
    json_key_number(json, "missing", missing);
    json_close(json);
}

bool json_owed(struct json *json, struct model *model, const struct owed_source *owed)
{
    const struct units *units = model_units(model);
    const struct source *source = units_source(units, owed->source_id);
    json_open(json);
    json_key_text_or_null(json, "source", source ? source->name : NULL);
    json_key_text(json, "rhythm", rhythms[owed->rhythm].name);
    json_key_date(json, "starts", owed->starts_on);
    json_key_date(json, "ends", owed->ends_on);
    json_key_number(json, "open", owed->open);
    json_key_number(json, "reported", owed->open - owed->missing);
    json_key_number(json, "missing", owed->missing);
    json_key_array(json, "regions");
    for (size_t i = 0; i < owed->region_count; i++) {
        const struct region *region = units_region(units, owed->regions[i].id);
        put_missing(json, region ? region->name : NULL, owed->regions[i].missing);
    }
    json_array_close(json);
    json_key_array(json, "leads");
    for (size_t i = 0; i < owed->lead_count; i++)
        put_missing(json, department_name(units, owed->leads[i].id), owed->leads[i].missing);
    json_array_close(json);
    return json_close_element(json);
}

bool json_event(struct json *json, const struct event *event)
{
    json_open(json);
    put_event_keys(json, event);
    return json_close_element(json);
}

bool json_reminder(struct json *json, const struct model *model, const struct reminder *reminder,
    const char *state)
{
    const struct units *units = model_units(model);
    const struct region *region = units_region(units, reminder->region_id);
    struct strbuf text = {0};
    remind_text(model, reminder, &text);
    json_open(json);
    json_key_text(json, "id", reminder->ident);
    json_key_text(json, "rung", reminder->rung);
    json_key_date(json, "due", reminder->due);
    json_key_number(json, "days", reminder->days);
    json_key_text(json, "text", strbuf_text(&text));
    json_key_text_or_null(json, "lead", department_name(units, reminder->lead_id));
    json_key_text_or_null(json, "region", region ? region->name : NULL);
    json_key_text(json, "state", state);
    strbuf_clear(&text);
    return json_close_element(json);
}

bool json_finding(struct json *json, const struct finding *finding)
{
    json_open(json);
    json_key_text(json, "kind", finding_kinds[finding->kind].name);
    json_key_text_or_null(json, "task", *finding->ident ? finding->ident : NULL);
    json_put_text(json, "seq");
    if (finding->seq != 0)
        json_put_number(json, finding->seq);
    else
        json_put_null(json);
    json_key_text(json, "text", finding->text);
    json_put_text(json, "repaired");
    json_put_yes(json, finding->repaired);
    return json_close_element(json);
}
