/* What each action of the workflow changes. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/rules.h"
#include "work_parts.h"

const char *job_given(const struct job *job, const char *name)
{
    for (size_t i = 0; i < job->request->count; i++)
        if (strcmp(job->request->argument[i].name, name) == 0)
            return i < 64 && job->passed_over >> i & 1 ? "" : job->request->argument[i].value;
    return "";
}

/* --- writing into the change ----------------------------------------------------------------- */

static const char *or_else(const char *value, const char *otherwise)
{
    return value[0] != '\0' ? value : otherwise;
}

/* A column of the task itself. */
static void set(struct job *job, const char *field, const char *before, const char *after)
{
    change_put(job->change, field, before, after);
}

static void set_day(struct job *job, const char *field, date_t before, const char *after)
{
    char day[11];
    set(job, field, date_format(before, day), after);
}

static void set_flag(struct job *job, const char *field, bool before, bool after)
{
    set(job, field, before ? "1" : "0", after ? "1" : "0");
}

static void set_state(struct job *job, enum task_state to)
{
    set(job, "state", task_states[job->task->row.state].name, task_states[to].name);
}

/* A column of a new row. */
static void add(struct job *job, const char *field, int64_t id, const char *value)
{
    change_put_of(job->change, field, id, "", value);
}

static void add_id(struct job *job, const char *field, int64_t id, int64_t value)
{
    char text[24] = "";
    if (value != 0)
        snprintf(text, sizeof text, "%" PRId64, value);
    add(job, field, id, text);
}

static date_t day_of(const char *value)
{
    date_t day;
    return date_parse(value, &day) ? day : DATE_NONE;
}

/* A day on which something was done is not still to come. */
static bool has_come(const struct job *job, const char *name, struct error *err)
{
    const char *day = job_given(job, name);
    return day[0] == '\0' || day_of(day) <= job->today ||
           error_set(
               err, ERROR_INPUT, _("%s: %s is still to come"), _(field_named(name)->label), day);
}

/* --- to work and back ------------------------------------------------------------------------ */

static bool do_claim(struct job *job, struct error *err)
{
    (void)err;
    if (job_given(job, "officer")[0] != '\0')
        set(job, "officer", job->task->officer, job_given(job, "officer"));
    if (job_given(job, "phone")[0] != '\0')
        set(job, "phone", job->task->phone, job_given(job, "phone"));
    set_day(job, "assigned_on", job->task->assigned_on,
        job->task->assigned_on == DATE_NONE ? job->day
                                            : date_format(job->task->assigned_on, (char[11]){0}));
    return true;
}

static bool do_start(struct job *job, struct error *err)
{
    (void)err;
    set_state(job, STATE_IN_PROGRESS);
    return true;
}

static bool do_submit(struct job *job, struct error *err)
{
    const char *done = job_given(job, "done_on");
    char before[11];
    if (!has_come(job, "done_on", err))
        return false;
    if (done[0] == '\0')
        done = job->task->row.done_on == DATE_NONE ? job->day
                                                   : date_format(job->task->row.done_on, before);
    set_state(job, STATE_SUBMITTED);
    set_flag(job, "returned", job->task->row.returned, false);
    set_day(job, "submitted_on", job->task->row.submitted_on, job->day);
    set_day(job, "done_on", job->task->row.done_on, done);
    return true;
}

static void send_back(struct job *job)
{
    set_state(job, STATE_IN_PROGRESS);
    set_flag(job, "returned", job->task->row.returned, true);
    set_day(job, "done_on", job->task->row.done_on, "");
}

/* --- checks ---------------------------------------------------------------------------------- */

static bool do_accept(struct job *job, struct error *err)
{
    (void)err;
    set_state(job, STATE_IN_REVIEW);
    return true;
}

static bool add_review(
    struct job *job, const char *result, const char *conclusion, struct error *err)
{
    const struct person *person = model_person(job->model);
    const char *day = job_given(job, "reviewed_on");
    int64_t id;
    if (!has_come(job, "reviewed_on", err) || !change_new_id(job->db, TABLE_REVIEW, &id, err))
        return false;
    add(job, "review", id, result);
    add(job, "review_level", id, job_given(job, "level"));
    add(job, "conclusion", id, conclusion);
    add_id(job, "review_department", id, person->department_id);
    add(job, "reviewer", id, or_else(job_given(job, "reviewer"), person->name));
    add(job, "reviewed_on", id, or_else(day, job->day));
    return true;
}

static bool do_pass(struct job *job, struct error *err)
{
    return add_review(job, "passed", job_given(job, "conclusion"), err);
}

static bool do_return(struct job *job, struct error *err)
{
    send_back(job);
    return job_given(job, "level")[0] == '\0' ||
           add_review(job, "returned", job_given(job, "reason"), err);
}

/* --- before the public ----------------------------------------------------------------------- */

struct notice_span {
    date_t first, last;
    bool working;
    int days;
};

/* The day of the last review that passed: what it found is what is made public. */
static date_t passed_on(const struct task_detail *task)
{
    date_t day = DATE_NONE;
    for (size_t i = 0; i < task->review_count; i++)
        if (task->reviews[i].passed && task->reviews[i].reviewed_on > day)
            day = task->reviews[i].reviewed_on;
    return day;
}

static bool read_span(const struct job *job, struct notice_span *span, struct error *err)
{
    char day[11];
    const struct rules *rules = model_rules(job->model);
    const char *kind = job_given(job, "day_kind");
    span->working = kind[0] != '\0' ? strcmp(kind, "working") == 0 : rules->publicity_working;
    span->first = day_of(or_else(job_given(job, "starts_on"), job->day));
    span->last = job_given(job, "ends_on")[0] != '\0' ? day_of(job_given(job, "ends_on"))
                                                      : rules_publicity_end(rules, span->first,
                                                            rules->publicity_days, span->working);
    if (span->last < span->first)
        return error_set(err, ERROR_INPUT, _("The public notice ends before it begins"));
    if (span->first < passed_on(job->task))
        return error_set(err, ERROR_INPUT,
            _("The public notice begins before the review passed, on %s"),
            date_format(passed_on(job->task), day));
    if (span->last > date_make(2199, 12, 31))
        return error_set(err, ERROR_INPUT, _("The public notice ends after the year 2199"));
    span->days = rules_publicity_days(rules, span->first, span->last, span->working);
    if (span->days >= rules->publicity_days)
        return true;
    return error_set(err, ERROR_REFUSED,
        span->working ? _("The public notice lasts %d working days; the rule asks for %d")
                      : _("The public notice lasts %d days; the rule asks for %d"),
        span->days, rules->publicity_days);
}

static bool do_publicise(struct job *job, struct error *err)
{
    static const char *const same[] = {"medium", "office", "address", "email", "results"};
    struct notice_span span = {0};
    char day[11];
    int64_t id;
    if (!read_span(job, &span, err) || !change_new_id(job->db, TABLE_PUBLICITY, &id, err))
        return false;
    set_state(job, STATE_PUBLICISED);
    add(job, "publicity", id, date_format(span.first, day));
    add(job, "ends_on", id, date_format(span.last, day));
    add_id(job, "days", id, span.days);
    add(job, "day_kind", id, span.working ? "working" : "calendar");
    add(job, "office_phone", id, job_given(job, "phone"));
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        add(job, same[i], id, job_given(job, same[i]));
    return true;
}

static bool do_object(struct job *job, struct error *err)
{
    int64_t id;
    const struct publicity *notice = work_last_publicity(job->task);
    if (notice == NULL)
        return error_set(err, ERROR_REFUSED, _("This task has no public notice to object to"));
    if (!has_come(job, "raised_on", err))
        return false;
    if (!change_new_id(job->db, TABLE_OBJECTION, &id, err))
        return false;
    add(job, "objection", id, job_given(job, "text"));
    add_id(job, "objection_to", id, notice->id);
    add(job, "channel", id, job_given(job, "channel"));
    add(job, "raiser", id, job_given(job, "raiser"));
    add(job, "raised_on", id, or_else(job_given(job, "raised_on"), job->day));
    return true;
}

/* An upheld objection is a check that failed, and the history tells it as one. */
static bool do_settle(struct job *job, struct error *err)
{
    (void)err;
    int64_t id = work_open_objection(job->task)->id;
    bool upheld = strcmp(job_given(job, "upheld"), "1") == 0;
    add(job, "settled_on", id, job->day);
    add(job, "settlement", id, job_given(job, "settlement"));
    add(job, "upheld", id, upheld ? "1" : "0");
    if (upheld) {
        job->change->action = workflow_find("return")->action;
        send_back(job);
    }
    return true;
}

static bool do_close(struct job *job, struct error *err)
{
    const char *day = or_else(job_given(job, "closed_on"), job->day);
    if (!has_come(job, "closed_on", err))
        return false;
    set_state(job, STATE_CLOSED);
    set_day(job, "closed_on", job->task->row.closed_on, day);
    set(job, "close_document", job->task->close_document, job_given(job, "document"));
    return true;
}

static bool do_reopen(struct job *job, struct error *err)
{
    (void)err;
    set_state(job, STATE_IN_PROGRESS);
    set_day(job, "closed_on", job->task->row.closed_on, "");
    set_day(job, "done_on", job->task->row.done_on, "");
    set(job, "close_document", job->task->close_document, "");
    return true;
}

/* --- the deadline ---------------------------------------------------------------------------- */

static bool do_extend(struct job *job, struct error *err)
{
    const char *to = job_given(job, "deadline");
    char day[11];
    int64_t id;
    if (day_of(to) <= job->task->row.deadline)
        return error_set(err, ERROR_INPUT,
            _("The new deadline %s is not later than the present one, %s"), to,
            date_format(job->task->row.deadline, day));
    if (!change_new_id(job->db, TABLE_EXTENSION, &id, err))
        return false;
    add(job, "extension", id, to);
    add(job, "old_deadline", id, date_format(job->task->row.deadline, day));
    add(job, "extension_reason", id, job_given(job, "reason"));
    add(job, "asked_on", id, job->day);
    add(job, "asked_by", id, model_person(job->model)->name);
    return true;
}

static void decide(struct job *job, int64_t id, bool approved, const char *comment)
{
    add(job, "decided_on", id, job->day);
    add(job, "decided_by", id, model_person(job->model)->name);
    add(job, "approved", id, approved ? "1" : "0");
    add(job, "comment", id, comment);
}

static bool do_approve(struct job *job, struct error *err)
{
    (void)err;
    const struct extension *extension = work_open_extension(job->task);
    char day[11];
    decide(job, extension->id, true, job_given(job, "comment"));
    set_day(job, "deadline", job->task->row.deadline, date_format(extension->new_deadline, day));
    return true;
}

static bool do_refuse(struct job *job, struct error *err)
{
    (void)err;
    decide(job, work_open_extension(job->task)->id, false, job_given(job, "reason"));
    return true;
}

/* --- notices --------------------------------------------------------------------------------- */

static bool do_notice(struct job *job, struct error *err)
{
    const char *due = job_given(job, "reply_due"), *level = job_given(job, "level");
    const struct department *department =
        units_department(model_units(job->model), model_person(job->model)->department_id);
    int64_t id;
    if (due[0] != '\0' && day_of(due) < job->today)
        return error_set(err, ERROR_INPUT, _("%s: %s has passed already"), _("reply due"), due);
    if (!change_new_id(job->db, TABLE_NOTICE, &id, err))
        return false;
    add(job, "notice", id, level);
    add(job, "notice_document", id, job_given(job, "document"));
    add(job, "issuer", id,
        or_else(job_given(job, "issuer"),
            department ? department->name : model_person(job->model)->name));
    add(job, "notice_reason", id, job_given(job, "reason"));
    add(job, "issued_on", id, job->day);
    add(job, "reply_due", id, due);
    if (strcmp(level, notice_levels[NOTICE_LISTED].name) == 0)
        set_flag(job, "listed", job->task->row.listed, true);
    return true;
}

static bool do_reply(struct job *job, struct error *err)
{
    (void)err;
    int64_t id = work_unanswered_notice(job->task)->id;
    add(job, "replied_on", id, job->day);
    add(job, "reply", id, job_given(job, "reply"));
    return true;
}

static bool do_lift(struct job *job, struct error *err)
{
    (void)err;
    const struct notice *notice = work_standing_notice(job->task);
    int listed = 0;
    for (size_t i = 0; i < job->task->notice_count; i++)
        listed += job->task->notices[i].level == NOTICE_LISTED &&
                  job->task->notices[i].lifted_on == DATE_NONE;
    add(job, "lifted_on", notice->id, job->day);
    if (notice->level == NOTICE_LISTED && listed == 1)
        set_flag(job, "listed", job->task->row.listed, false);
    return true;
}

/* --- reports --------------------------------------------------------------------------------- */

date_t work_report_day(struct model *model, const struct task_row *row)
{
    date_t owed = model_today(model)->owed[row->rhythm];
    bool owes =
        row->rhythm != RHYTHM_NONE && (row->reported_on == DATE_NONE || row->reported_on < owed);
    return owes ? owed : model_today(model)->date;
}

/* The period of the day given; else the one still owed, else the present. */
static bool find_period(const struct job *job, date_t *first, date_t *last, struct error *err)
{
    const char *given = job_given(job, "period");
    enum rhythm rhythm =
        job->task->row.rhythm == RHYTHM_NONE ? RHYTHM_WEEKLY : job->task->row.rhythm;
    date_t day = given[0] != '\0' ? day_of(given) : work_report_day(job->model, &job->task->row);
    *first = date_period_start(rhythm, day);
    *last = date_period_end(rhythm, day);
    if (*first > job->today)
        return error_set(err, ERROR_INPUT, _("This period has not begun yet"));
    return true;
}

/* What the newest report says is what the task says. */
static void follow_report(struct job *job, date_t first)
{
    const struct task_row *row = &job->task->row;
    const char *percent = job_given(job, "percent"), *progress = job_given(job, "progress");
    char before[24], day[11];
    if (row->reported_on != DATE_NONE && first < row->reported_on)
        return;
    set_day(job, "reported_on", row->reported_on, date_format(first, day));
    snprintf(before, sizeof before, "%d", row->percent);
    if (percent[0] != '\0')
        set(job, "percent", before, percent);
    if (progress[0] != '\0')
        set(job, "progress", task_progresses[row->progress].name, progress);
}

static bool do_report(struct job *job, struct error *err)
{
    const struct person *person = model_person(job->model);
    date_t first, last;
    char day[11], at[25];
    int64_t id;
    if (!find_period(job, &first, &last, err) || !change_new_id(job->db, TABLE_REPORT, &id, err))
        return false;
    add(job, "period", id, date_format(first, day));
    add(job, "period_end", id, date_format(last, day));
    add(job, "report", id, job_given(job, "text"));
    add(job, "problems", id, job_given(job, "problems"));
    add(job, "next_step", id, job_given(job, "next_step"));
    add(job, "report_percent", id, job_given(job, "percent"));
    add(job, "report_progress", id, job_given(job, "progress"));
    add_id(job, "report_region", id, person->region_id);
    add_id(job, "report_department", id, person->department_id);
    add(job, "reporter", id, person->name);
    add(job, "reported_at", id, date_moment_format(date_now(), at));
    follow_report(job, first);
    return true;
}

/* --- the table ------------------------------------------------------------------------------- */

static const struct {
    const char *action;
    bool (*fill)(struct job *job, struct error *err);
} actions[] = {
    {"report", do_report},
    {"claim", do_claim},
    {"start", do_start},
    {"submit", do_submit},
    {"accept", do_accept},
    {"pass", do_pass},
    {"return", do_return},
    {"publicise", do_publicise},
    {"object", do_object},
    {"settle", do_settle},
    {"close", do_close},
    {"reopen", do_reopen},
    {"extend", do_extend},
    {"approve", do_approve},
    {"refuse", do_refuse},
    {"notice", do_notice},
    {"reply", do_reply},
    {"lift", do_lift},
};

/* Reasons that have a column of their own are told there; all are the line's note. */
bool work_fill(struct job *job, struct error *err)
{
    if (job_given(job, "reason")[0] != '\0')
        change_note(job->change, job_given(job, "reason"));
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].action, job->transition->action) == 0)
            return actions[i].fill(job, err) && change_restate(job->db, job->change, err);
    assert(!"an action of the workflow that does nothing");
    return false;
}
