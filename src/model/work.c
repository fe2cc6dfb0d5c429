#include "model/work.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "column.h"
#include "member.h"
#include "model/rules.h"
#include "work_parts.h"
#include "writing.h"

void outcome_clear(struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->clash_count; i++) {
        struct clash *clash = &outcome->clash[i];
        free(clash->field);
        free(clash->base);
        free(clash->theirs);
        free(clash->mine);
        free(clash->who);
    }
    free(outcome->clash);
    free(outcome->merged);
    *outcome = (struct outcome){0};
}

void work_many_clear(struct work_many *many)
{
    free(many->why);
    free(many->line);
    *many = (struct work_many){0};
}

/* --- what the action was told ---------------------------------------------------------------- */

static bool is_named(const char *list, const char *name)
{
    struct workflow_name one;
    while (workflow_name_next(&list, &one))
        if (strcmp(one.name, name) == 0)
            return true;
    return false;
}

static const char *name_label(const struct workflow_name *name)
{
    return name->field != NULL ? _(name->field->label) : _("reason");
}

static bool arguments_fit(const struct job *job, struct error *err)
{
    const struct transition *transition = job->transition;
    const char *needs = transition->needs;
    struct workflow_name need;
    for (size_t i = 0; i < job->request->count; i++)
        if (!is_named(transition->needs, job->request->argument[i].name) &&
            !is_named(transition->takes, job->request->argument[i].name) &&
            strcmp(job->request->argument[i].name, "reason") != 0)
            return error_set(err, ERROR_INPUT,
                _("\"%s\" is not told \"%s\"; it needs: %s; it takes: %s"), transition->action,
                job->request->argument[i].name, transition->needs, transition->takes);
    while (workflow_name_next(&needs, &need))
        if (job_given(job, need.name)[0] == '\0')
            return error_set(
                err, ERROR_INPUT, _("%s (%s) is needed here"), name_label(&need), need.name);
    struct work_name name;
    for (size_t i = 0; work_name_at(transition->action, i, &name); i++)
        if (name.is.field != NULL && !work_value_fits(job->model, name.is.field, name.is.name,
                                         job_given(job, name.is.name), err))
            return false;
    return true;
}

/* --- one task -------------------------------------------------------------------------------- */

static bool fill(struct job *job, struct outcome *outcome, struct error *err)
{
    if (!work_allowed(job->model, job->task, job->transition, job->request, err))
        return false;
    if (strcmp(job->transition->action, "edit") == 0)
        return work_fill_edit(job, outcome, err);
    return arguments_fit(job, err) && work_look_again(job, outcome, err) && work_fill(job, err);
}

static bool is_written(const struct job *job)
{
    bool edit = strcmp(job->transition->action, "edit") == 0;
    return !edit || job->change->count > 0; /* an edit that changes nothing leaves no line */
}

static bool is_as_seen(const struct task_row *row, const struct request *request, struct error *err)
{
    struct date_time at = date_local(row->updated_at);
    char day[11];
    if (request->version == 0 || request->version == row->version)
        return true;
    return error_set(err, ERROR_CONFLICT,
        _("The task is at version %lld, not %lld: %s has changed it (%s %02d:%02d)"),
        (long long)row->version, (long long)request->version,
        row->updated_by[0] != '\0' ? row->updated_by : _("a script outside duban"),
        date_format(at.date, day), at.hour, at.minute);
}

/* Nobody gives a task away by an edit: who sees less than all could not take it back. An action of
 * the workflow may end with a task that its author's reach leaves out ("open" and closed). */
static bool is_kept(
    struct model *model, int64_t task_id, const struct change *change, struct error *err)
{
    bool is = true;
    if (strcmp(change->action, "edit") != 0)
        return true;
    if (!member_in_reach(model, task_id, &is, err))
        return false;
    return is || work_refuse_giving_away(err);
}

enum did {
    DID_NOTHING, /* refused, or the database could not be read */
    DID_HALF,    /* writing failed in the middle: nothing but a rollback can follow */
    DID_ALL
};

/* Looks at the task and writes, or with `try` only looks. */
static enum did work_on(struct model *model, int64_t task_id, const struct request *request,
    bool try, struct outcome *outcome, struct error *err)
{
    struct task_detail *task = NULL;
    struct change change = {.task_id = task_id};
    struct job job = {.model = model,
        .db = model_db(model),
        .transition = workflow_find(request->action),
        .request = request,
        .change = &change,
        .today = model_today(model)->date};
    date_format(job.today, job.day);
    if (job.transition == NULL) {
        error_set(err, ERROR_INPUT, _("there is no action \"%s\""), request->action);
        return DID_NOTHING;
    }
    change.action = job.transition->action;
    bool good = task_facts_read(model, task_id, &task, err);
    job.task = task;
    good = good && is_as_seen(&task->row, request, err) && fill(&job, outcome, err);
    enum did did = good ? DID_ALL : DID_NOTHING;
    if (good && !try && is_written(&job) &&
        !(change_apply(model, &change, &outcome->seq, err) &&
            is_kept(model, task_id, &change, err))) {
        error_prefix(err, "%s", task->row.ident);
        did = DID_HALF;
    }
    outcome->task_id = task_id;
    change_clear(&change);
    task_detail_free(task);
    return did;
}

/* Of an edit all that others did is told, of an action what its form had to show. */
static bool is_told_of(const struct request *request, const char *field)
{
    bool is = strcmp(request->action, "edit") == 0;
    for (size_t i = 0; !is && i < request->count; i++)
        is = request->argument[i].base != NULL && strcmp(request->argument[i].name, field) == 0;
    return is;
}

/* What others changed since the author looked, as one line. */
static bool tell_merged(
    struct model *model, const struct request *request, struct outcome *outcome, struct error *err)
{
    struct db_statement *row;
    struct strbuf told = {0};
    char who[64] = "";
    enum db_step step;
    bool asked = false;
    for (size_t i = 0; i < request->count; i++)
        asked |= request->argument[i].base != NULL;
    if (!asked || outcome->seq == 0)
        return true;
    if (!db_statement(model_db(model), WORK_SINCE, &row, err))
        return false;
    db_bind_int(row, 1, outcome->task_id);
    db_bind_int(row, 2, request->since);
    while ((step = db_step(row, err)) == DB_ROW) {
        char name[64], field_name[64];
        column_copy(row, 0, name, sizeof name);
        column_copy(row, 1, field_name, sizeof field_name);
        const struct field *field = field_find(field_name, NULL);
        if (strcmp(name, model_person(model)->name) == 0 || field == NULL ||
            field->flags & FIELD_IS_QUIET || !is_told_of(request, field_name))
            continue;
        bool another = told.length == 0 || strcmp(who, name) != 0;
        if (another)
            strbuf_format(&told, "%s%s%s", told.length > 0 ? "; " : "",
                name[0] != '\0' ? name : _("a script outside duban"), _(": "));
        strbuf_format(&told, "%s%s", another ? "" : _(", "), _(field->label));
        snprintf(who, sizeof who, "%s", name);
    }
    db_reset(row);
    if (told.length > 0)
        outcome->merged = alloc_format(
            _("Saved; others have changed meanwhile, and that stays: %s"), strbuf_text(&told));
    strbuf_clear(&told);
    return step != DB_FAILED;
}

/* Whoever makes a task must see it: to put it right, and to take it back. */
static bool is_in_reach(struct model *model, int64_t task_id, struct error *err)
{
    bool is = false;
    if (member_in_reach(model, task_id, &is, err) && !is)
        error_set(err, ERROR_PERMISSION,
            _("The new task would not be yours to see: its region and departments are none of "
              "yours"));
    return is;
}

/* A task that is not there yet has no facts to look at. */
static bool work_create(
    struct model *model, const struct request *request, struct outcome *outcome, struct error *err)
{
    struct change change = {.action = request->action};
    struct error taken = {0};
    struct job job = {.model = model,
        .db = model_db(model),
        .request = request,
        .change = &change,
        .taken = &taken,
        .today = model_today(model)->date};
    date_format(job.today, job.day);
    bool done = work_fill_create(&job, err) && change_apply(model, &change, &outcome->seq, err) &&
                is_in_reach(model, change.task_id, err) &&
                (taken.code == ERROR_NONE || error_set(err, taken.code, "%s", taken.text));
    outcome->task_id = change.task_id;
    change_clear(&change);
    return done;
}

static bool do_one(struct model *model, int64_t task_id, const struct request *request,
    struct outcome *outcome, struct error *err)
{
    return strcmp(request->action, "create") == 0
               ? work_create(model, request, outcome, err)
               : work_on(model, task_id, request, false, outcome, err) == DID_ALL &&
                     tell_merged(model, request, outcome, err);
}

/* How it ends is told by what is done in earnest, behind the gate. */
static void rehearse(struct model *model, int64_t task_id, const struct request *request)
{
    struct outcome outcome = {0};
    struct error ignored;
    if (!db_rehearse_begin(model_db(model)))
        return;
    do_one(model, task_id, request, &outcome, &ignored);
    outcome_clear(&outcome);
    db_rehearse_end(model_db(model));
}

bool work_do(struct model *model, int64_t task_id, const struct request *request,
    struct outcome *outcome, struct error *err)
{
    *outcome = (struct outcome){0};
    rehearse(model, task_id, request);
    if (!writing_begin(model, true, err))
        return false;
    if (writing_end(model, do_one(model, task_id, request, outcome, err), err))
        return true;
    outcome->seq = outcome->task_id = 0;
    return false;
}

/* --- many tasks ------------------------------------------------------------------------------ */

/* What is wrong with one task leaves it out; what is wrong with the database ends all, and so does
 * a task that was half written. */
static bool is_refusal(enum did did, const struct error *err)
{
    return did == DID_NOTHING && err->code != ERROR_NONE && err->code < ERROR_BUSY;
}

static bool span_line(struct model *model, const struct request *request, int64_t first,
    int64_t last, struct work_many *out, struct error *err)
{
    char from[24], to[24];
    const struct transition *transition = workflow_find(request->action);
    struct change change = {.action = "bulk"};
    snprintf(from, sizeof from, "%" PRId64, first);
    snprintf(to, sizeof to, "%" PRId64, last);
    change_put(&change, "events", from, to);
    char *note = alloc_format("%s ×%zu", _(transition->verb), out->done);
    change_note(&change, note);
    free(note);
    bool done = change_apply(model, &change, &out->seq, err);
    change_clear(&change);
    return done;
}

static bool each(struct model *model, const int64_t *ids, size_t count,
    const struct request *request, bool try, struct work_many *out, struct error *err)
{
    int64_t first = 0, last = 0;
    for (size_t i = 0; i < count; i++) {
        struct outcome outcome = {0};
        struct error why = {0};
        enum did did = work_on(model, ids[i], request, try, &outcome, &why);
        bool done = did == DID_ALL;
        if (done && outcome.seq != 0) {
            first = first == 0 ? outcome.seq : first;
            last = outcome.seq;
            out->line[i] = outcome.seq;
        }
        outcome_clear(&outcome);
        if (!done && !is_refusal(did, &why))
            return error_set(err, why.code, "%s", why.text);
        out->why[i] = why;
        out->done += done;
        out->refused += !done;
    }
    out->seq = last;
    return last == first || span_line(model, request, first, last, out, err);
}

bool work_do_many(struct model *model, const int64_t *ids, size_t count,
    const struct request *request, bool try, struct work_many *out, struct error *err)
{
    *out = (struct work_many){.why = alloc_zero(count + 1, sizeof *out->why),
        .line = alloc_zero(count + 1, sizeof *out->line)};
    if (try) {
        if (!db_read_begin(model_db(model), err))
            return false;
        bool looked = each(model, ids, count, request, true, out, err);
        db_read_end(model_db(model));
        return looked;
    }
    if (count > 0)
        rehearse(model, ids[0], request);
    if (writing_begin(model, true, err) &&
        writing_end(model, each(model, ids, count, request, false, out, err), err))
        return true;
    out->done = out->refused = 0;
    out->seq = 0;
    memset(out->line, 0, count * sizeof *out->line);
    return false;
}

bool work_current(
    struct model *model, int64_t task_id, const char *name, char **value, struct error *err)
{
    bool is;
    if (!member_in_reach(model, task_id, &is, err))
        return false;
    if (!is)
        return error_set(
            err, ERROR_NOT_FOUND, _("there is no such task, or it is not yours to see"));
    return change_current(model_db(model), task_id, name, value, err);
}

/* --- what a form begins with ----------------------------------------------------------------- */

static char *day_text(date_t day)
{
    char text[11];
    return alloc_string(date_format(day, text));
}

static char *report_default(struct model *model, const struct task_detail *detail, const char *name)
{
    enum rhythm rhythm = detail->row.rhythm == RHYTHM_NONE ? RHYTHM_WEEKLY : detail->row.rhythm;
    const struct report *last = detail->report_count > 0 ? &detail->reports[0] : NULL;
    if (strcmp(name, "period") == 0)
        return day_text(date_period_start(rhythm, work_report_day(model, &detail->row)));
    if (strcmp(name, "percent") == 0)
        return alloc_format("%d", detail->row.percent);
    if (strcmp(name, "progress") == 0)
        return alloc_string(task_progresses[detail->row.progress].name);
    if (last != NULL && strcmp(name, "text") == 0)
        return alloc_string(last->text);
    if (last != NULL && strcmp(name, "problems") == 0)
        return alloc_string(last->problems);
    if (last != NULL && strcmp(name, "next_step") == 0)
        return alloc_string(last->next_step);
    return alloc_string("");
}

static char *publicity_default(
    struct model *model, const struct task_detail *detail, const char *name)
{
    const struct rules *rules = model_rules(model);
    const struct publicity *last = work_last_publicity(detail);
    date_t today = model_today(model)->date;
    if (strcmp(name, "starts_on") == 0)
        return day_text(today);
    if (strcmp(name, "ends_on") == 0)
        return day_text(
            rules_publicity_end(rules, today, rules->publicity_days, rules->publicity_working));
    if (strcmp(name, "day_kind") == 0)
        return alloc_string(rules->publicity_working ? "working" : "calendar");
    if (last != NULL && strcmp(name, "office") == 0)
        return alloc_string(last->office);
    if (last != NULL && strcmp(name, "phone") == 0)
        return alloc_string(last->phone);
    if (last != NULL && strcmp(name, "address") == 0)
        return alloc_string(last->address);
    return alloc_string("");
}

char *work_default(struct model *model, const struct task_detail *detail,
    const struct transition *transition, const char *name)
{
    date_t today = model_today(model)->date;
    if (strcmp(transition->action, "report") == 0)
        return report_default(model, detail, name);
    if (strcmp(transition->action, "publicise") == 0)
        return publicity_default(model, detail, name);
    if (strcmp(name, "done_on") == 0)
        return day_text(detail->row.done_on != DATE_NONE ? detail->row.done_on : today);
    if (strcmp(name, "reviewed_on") == 0 || strcmp(name, "raised_on") == 0 ||
        strcmp(name, "closed_on") == 0)
        return day_text(today);
    if (strcmp(name, "officer") == 0)
        return alloc_string(detail->officer);
    if (strcmp(name, "phone") == 0)
        return alloc_string(detail->phone);
    return alloc_string("");
}
