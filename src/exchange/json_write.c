#include "exchange/json_write.h"

#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_gen.h>

#include "base/alloc.h"
#include "model/model.h"
#include "model/units.h"

struct json {
    yajl_gen gen;
    bool lines, failed;
    bool (*write)(void *context, const char *bytes, size_t count);
    void *context;
};

struct json *json_new(
    bool lines, bool (*write)(void *context, const char *bytes, size_t count), void *context)
{
    struct json *json = alloc_zero(1, sizeof *json);
    *json = (struct json){
        .gen = yajl_gen_alloc(NULL), .lines = lines, .write = write, .context = context};
    if (!json->gen)
        abort();
    if (!lines)
        yajl_gen_array_open(json->gen);
    return json;
}

/* What has been made goes out, so that a long list never stands in memory. */
static bool flush(struct json *json)
{
    const unsigned char *bytes;
    size_t count;
    yajl_gen_get_buf(json->gen, &bytes, &count);
    if (count > 0 && !json->failed)
        json->failed = !json->write(json->context, (const char *)bytes, count);
    yajl_gen_clear(json->gen);
    return !json->failed;
}

bool json_end(struct json *json)
{
    if (!json->lines)
        yajl_gen_array_close(json->gen);
    bool good = flush(json);
    if (good && !json->lines)
        good = json->write(json->context, "\n", 1);
    yajl_gen_free(json->gen);
    free(json);
    return good;
}

/* After an object: a line of its own, or the next element of the array. */
static bool end_object(struct json *json)
{
    yajl_gen_map_close(json->gen);
    if (!json->lines)
        return flush(json);
    yajl_gen_reset(json->gen, NULL); /* the next object starts anew, without a comma */
    if (flush(json))
        json->failed = !json->write(json->context, "\n", 1);
    return !json->failed;
}

/* --- values -------------------------------------------------------------------------------- */

static void put_text(struct json *json, const char *text)
{
    yajl_gen_string(json->gen, (const unsigned char *)text, strlen(text));
}

static void put_text_or_null(struct json *json, const char *text)
{
    if (text)
        put_text(json, text);
    else
        yajl_gen_null(json->gen);
}

static void key_text(struct json *json, const char *key, const char *text)
{
    put_text(json, key);
    put_text(json, text ? text : "");
}

static void key_text_or_null(struct json *json, const char *key, const char *text)
{
    put_text(json, key);
    put_text_or_null(json, text);
}

static void key_number(struct json *json, const char *key, int64_t number)
{
    put_text(json, key);
    yajl_gen_integer(json->gen, number);
}

/* -1 is what is not known. */
static void key_number_or_null(struct json *json, const char *key, int number)
{
    put_text(json, key);
    if (number < 0)
        yajl_gen_null(json->gen);
    else
        yajl_gen_integer(json->gen, number);
}

static void key_yes_or_null(struct json *json, const char *key, int yes)
{
    put_text(json, key);
    if (yes < 0)
        yajl_gen_null(json->gen);
    else
        yajl_gen_bool(json->gen, yes);
}

static void key_date(struct json *json, const char *key, date_t date)
{
    char text[11];
    key_text_or_null(json, key, date == DATE_NONE ? NULL : date_format(date, text));
}

static void key_moment(struct json *json, const char *key, moment_t moment)
{
    char text[25];
    key_text(json, key, date_moment_format(moment, text));
}

static void key_array(struct json *json, const char *key)
{
    put_text(json, key);
    yajl_gen_array_open(json->gen);
}

static const char *department_name(const struct units *units, int64_t id)
{
    const struct department *department = units_department(units, id);
    return department ? department->name : NULL;
}

static void key_departments(
    struct json *json, const char *key, const struct units *units, const int64_t *ids, size_t count)
{
    key_array(json, key);
    for (size_t i = 0; i < count; i++)
        put_text_or_null(json, department_name(units, ids[i]));
    yajl_gen_array_close(json->gen);
}

static void key_regions(struct json *json, const char *key, const struct units *units,
    const struct task_detail *detail, bool codes)
{
    key_array(json, key);
    for (size_t i = 0; i < detail->region_count; i++) {
        const struct region *region = units_region(units, detail->regions[i]);
        put_text_or_null(json, !region ? NULL : codes ? region->code : region->name);
    }
    yajl_gen_array_close(json->gen);
}

/* --- a task -------------------------------------------------------------------------------- */

static void put_measures(struct json *json, const struct task_detail *detail)
{
    key_array(json, "measures");
    for (size_t i = 0; i < detail->measure_count; i++) {
        const struct measure *measure = &detail->measures[i];
        yajl_gen_map_open(json->gen);
        key_number(json, "position", measure->position);
        key_text(json, "text", measure->text);
        key_date(json, "due", measure->due_on);
        key_date(json, "done", measure->done_on);
        yajl_gen_map_close(json->gen);
    }
    yajl_gen_array_close(json->gen);
}

/* When somebody last reported; null when nobody has. */
static void put_reported_at(struct json *json, const struct task_detail *detail)
{
    moment_t last = 0;
    for (size_t i = 0; i < detail->report_count; i++) {
        if (detail->reports[i].reported_at > last)
            last = detail->reports[i].reported_at;
    }
    char text[25];
    key_text_or_null(
        json, "reported_at", detail->report_count > 0 ? date_moment_format(last, text) : NULL);
}

static void put_deadline(
    struct json *json, const struct task_detail *detail, const struct today *today)
{
    bool has;
    int left = task_days_left(&detail->row, today, &has);
    key_text(json, "light", lights[task_light(&detail->row, today)].name);
    key_date(json, "deadline", detail->row.deadline);
    key_text(json, "deadline_raw", detail->deadline_raw);
    key_text(json, "deadline_kind", deadline_kinds[detail->row.deadline_kind].name);
    put_text(json, "days_left");
    if (has)
        yajl_gen_integer(json->gen, left);
    else
        yajl_gen_null(json->gen);
}

static void put_task(struct json *json, struct model *model, const struct task_detail *detail)
{
    const struct units *units = model_units(model);
    const struct task_row *row = &detail->row;
    const struct source *source = units_source(units, row->source_id);
    const struct sponsor *sponsor = units_sponsor(units, row->sponsor_id);
    key_text(json, "id", row->ident);
    key_text_or_null(json, "source", source ? source->name : NULL);
    key_text(json, "number", detail->number);
    key_text(json, "title", row->title);
    key_text(json, "goal", detail->goal);
    key_text(json, "category", detail->category);
    key_text(json, "state", task_states[row->state].name);
    key_text(json, "progress", task_progresses[row->progress].name);
    key_number(json, "percent", row->percent);
    put_deadline(json, detail, model_today(model));
    key_departments(json, "lead", units, detail->leads, detail->lead_count);
    key_departments(json, "responsible", units, detail->responsible, detail->responsible_count);
    key_text_or_null(json, "supervisor", department_name(units, row->supervisor_id));
    key_regions(json, "regions", units, detail, false);
    key_regions(json, "region_codes", units, detail, true);
    key_text_or_null(json, "sponsor", sponsor ? sponsor->name : NULL);
    put_measures(json, detail);
    put_reported_at(json, detail);
    key_moment(json, "updated_at", row->updated_at);
    key_text(json, "updated_by", row->updated_by);
    key_number(json, "version", row->version);
}

/* --- what belongs to it -------------------------------------------------------------------- */

static void put_report(struct json *json, const struct units *units, const struct report *report)
{
    const struct region *region = units_region(units, report->region_id);
    yajl_gen_map_open(json->gen);
    key_date(json, "period_start", report->period_start);
    key_date(json, "period_end", report->period_end);
    key_text_or_null(
        json, "unit", region ? region->name : department_name(units, report->department_id));
    key_text(json, "reporter", report->reporter);
    key_number_or_null(json, "percent", report->percent);
    key_text_or_null(
        json, "progress", report->progress < 0 ? NULL : task_progresses[report->progress].name);
    key_text(json, "text", report->text);
    key_text(json, "problems", report->problems);
    key_text(json, "next_step", report->next_step);
    key_moment(json, "reported_at", report->reported_at);
    yajl_gen_map_close(json->gen);
}

static void put_notice(struct json *json, const struct notice *notice)
{
    yajl_gen_map_open(json->gen);
    key_text(json, "level", notice_levels[notice->level].name);
    key_text(json, "document", notice->document);
    key_text(json, "issuer", notice->issuer);
    key_text(json, "reason", notice->reason);
    key_date(json, "issued", notice->issued_on);
    key_date(json, "reply_due", notice->reply_due);
    key_date(json, "replied", notice->replied_on);
    key_text(json, "reply", notice->reply);
    key_date(json, "lifted", notice->lifted_on);
    yajl_gen_map_close(json->gen);
}

static void put_review(struct json *json, const struct units *units, const struct review *review)
{
    yajl_gen_map_open(json->gen);
    key_text(json, "level", review_levels[review->level].name);
    key_text(json, "result", review->passed ? "passed" : "returned");
    key_text(json, "conclusion", review->conclusion);
    key_text_or_null(json, "department", department_name(units, review->department_id));
    key_text(json, "reviewer", review->reviewer);
    key_date(json, "date", review->reviewed_on);
    yajl_gen_map_close(json->gen);
}

static void put_extension(struct json *json, const struct extension *extension)
{
    yajl_gen_map_open(json->gen);
    key_date(json, "old", extension->old_deadline);
    key_date(json, "new", extension->new_deadline);
    key_text(json, "reason", extension->reason);
    key_date(json, "asked", extension->asked_on);
    key_text(json, "asked_by", extension->asked_by);
    key_date(json, "decided", extension->decided_on);
    key_text(json, "decided_by", extension->decided_by);
    key_yes_or_null(json, "approved", extension->approved);
    key_text(json, "comment", extension->comment);
    yajl_gen_map_close(json->gen);
}

static void put_publicity(struct json *json, const struct publicity *publicity)
{
    yajl_gen_map_open(json->gen);
    key_date(json, "starts", publicity->starts_on);
    key_date(json, "ends", publicity->ends_on);
    key_number(json, "days", publicity->days);
    key_text(json, "day_kind", publicity->working_days ? "working" : "calendar");
    key_text(json, "office", publicity->office);
    key_text(json, "phone", publicity->phone);
    key_text(json, "address", publicity->address);
    key_text(json, "email", publicity->email);
    yajl_gen_map_close(json->gen);
}

static void put_objection(struct json *json, const struct objection *objection)
{
    yajl_gen_map_open(json->gen);
    key_date(json, "raised", objection->raised_on);
    key_text(json, "channel", objection->channel);
    key_text(json, "raiser", objection->raiser);
    key_text(json, "text", objection->text);
    key_date(json, "settled", objection->settled_on);
    key_text(json, "settlement", objection->settlement);
    key_yes_or_null(json, "upheld", objection->upheld);
    yajl_gen_map_close(json->gen);
}

static void put_event_keys(struct json *json, const struct event *event)
{
    key_number(json, "seq", event->seq);
    key_moment(json, "at", event->at);
    key_text(json, "actor", event->actor);
    key_text(json, "origin", event->origin);
    key_text(json, "action", event->action);
    key_text_or_null(json, "task", *event->ident ? event->ident : NULL);
    put_text(json, "changes");
    yajl_gen_map_open(json->gen);
    for (size_t i = 0; i < event->change_count; i++) {
        key_array(json, event->changes[i].field);
        put_text(json, event->changes[i].before);
        put_text(json, event->changes[i].after);
        yajl_gen_array_close(json->gen);
    }
    yajl_gen_map_close(json->gen);
    key_text(json, "note", event->note);
}

static void put_whole(
    struct json *json, const struct units *units, const struct task_detail *detail)
{
    key_array(json, "reports");
    for (size_t i = 0; i < detail->report_count; i++)
        put_report(json, units, &detail->reports[i]);
    yajl_gen_array_close(json->gen);
    key_array(json, "notices");
    for (size_t i = 0; i < detail->notice_count; i++)
        put_notice(json, &detail->notices[i]);
    yajl_gen_array_close(json->gen);
    key_array(json, "reviews");
    for (size_t i = 0; i < detail->review_count; i++)
        put_review(json, units, &detail->reviews[i]);
    yajl_gen_array_close(json->gen);
    key_array(json, "extensions");
    for (size_t i = 0; i < detail->extension_count; i++)
        put_extension(json, &detail->extensions[i]);
    yajl_gen_array_close(json->gen);
    key_array(json, "publicity");
    for (size_t i = 0; i < detail->publicity_count; i++)
        put_publicity(json, &detail->publicities[i]);
    yajl_gen_array_close(json->gen);
    key_array(json, "objections");
    for (size_t i = 0; i < detail->objection_count; i++)
        put_objection(json, &detail->objections[i]);
    yajl_gen_array_close(json->gen);
    key_array(json, "events");
    for (size_t i = 0; i < detail->events.count; i++) {
        yajl_gen_map_open(json->gen);
        put_event_keys(json, &detail->events.event[i]);
        yajl_gen_map_close(json->gen);
    }
    yajl_gen_array_close(json->gen);
}

bool json_task(struct json *json, struct model *model, const struct task_detail *detail, bool whole)
{
    yajl_gen_map_open(json->gen);
    put_task(json, model, detail);
    if (whole)
        put_whole(json, model_units(model), detail);
    return end_object(json);
}

bool json_desk_item(struct json *json, struct model *model, const struct desk_item *item)
{
    const struct today *today = model_today(model);
    int days;
    bool has = desk_days_left(item, today, &days);
    yajl_gen_map_open(json->gen);
    key_text(json, "section", desk_sections[item->section].name);
    key_text(json, "id", item->row.ident);
    key_text(json, "title", item->row.title);
    key_text(json, "reason", item->reason);
    key_date(json, "due", item->due);
    put_text(json, "days_left");
    if (has)
        yajl_gen_integer(json->gen, days);
    else
        yajl_gen_null(json->gen);
    key_text(json, "light", lights[task_light(&item->row, today)].name);
    return end_object(json);
}

static void put_missing(struct json *json, const char *name, int64_t missing)
{
    yajl_gen_map_open(json->gen);
    key_text_or_null(json, "name", name);
    key_number(json, "missing", missing);
    yajl_gen_map_close(json->gen);
}

bool json_owed(struct json *json, struct model *model, const struct owed_source *owed)
{
    const struct units *units = model_units(model);
    const struct source *source = units_source(units, owed->source_id);
    yajl_gen_map_open(json->gen);
    key_text_or_null(json, "source", source ? source->name : NULL);
    key_text(json, "rhythm", rhythms[owed->rhythm].name);
    key_date(json, "starts", owed->starts_on);
    key_date(json, "ends", owed->ends_on);
    key_number(json, "open", owed->open);
    key_number(json, "reported", owed->open - owed->missing);
    key_number(json, "missing", owed->missing);
    key_array(json, "regions");
    for (size_t i = 0; i < owed->region_count; i++) {
        const struct region *region = units_region(units, owed->regions[i].id);
        put_missing(json, region ? region->name : NULL, owed->regions[i].missing);
    }
    yajl_gen_array_close(json->gen);
    key_array(json, "leads");
    for (size_t i = 0; i < owed->lead_count; i++)
        put_missing(json, department_name(units, owed->leads[i].id), owed->leads[i].missing);
    yajl_gen_array_close(json->gen);
    return end_object(json);
}

bool json_event(struct json *json, const struct event *event)
{
    yajl_gen_map_open(json->gen);
    put_event_keys(json, event);
    return end_object(json);
}

bool json_reminder(struct json *json, const struct model *model, const struct reminder *reminder,
    const char *state)
{
    const struct units *units = model_units(model);
    const struct region *region = units_region(units, reminder->region_id);
    struct strbuf text = {0};
    remind_text(model, reminder, &text);
    yajl_gen_map_open(json->gen);
    key_text(json, "id", reminder->ident);
    key_text(json, "rung", reminder->rung);
    key_date(json, "due", reminder->due);
    key_number(json, "days", reminder->days);
    key_text(json, "text", strbuf_text(&text));
    key_text_or_null(json, "lead", department_name(units, reminder->lead_id));
    key_text_or_null(json, "region", region ? region->name : NULL);
    key_text(json, "state", state);
    strbuf_clear(&text);
    return end_object(json);
}

bool json_finding(struct json *json, const struct finding *finding)
{
    yajl_gen_map_open(json->gen);
    key_text(json, "kind", finding_kinds[finding->kind].name);
    key_text_or_null(json, "task", *finding->ident ? finding->ident : NULL);
    put_text(json, "seq");
    if (finding->seq != 0)
        yajl_gen_integer(json->gen, finding->seq);
    else
        yajl_gen_null(json->gen);
    key_text(json, "text", finding->text);
    put_text(json, "repaired");
    yajl_gen_bool(json->gen, finding->repaired);
    return end_object(json);
}
