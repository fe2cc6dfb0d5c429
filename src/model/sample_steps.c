/* The steps of the life of each task of the sample, derived from its rows. */
#include <stdlib.h>

#include "base/alloc.h"
#include "sample_history.h"

#define DAY_BEGINS (8 * 60 + 30) /* minutes after midnight */
#define DAY_ENDS (17 * 60 + 30)

/* FNV-1a: the same on every machine, and good enough to spread things. */
uint64_t sample_hash(const char *text, uint64_t salt)
{
    uint64_t hash = 14695981039346656037u ^ (salt * 0x9e3779b97f4a7c15u);
    for (const char *at = text; *at; at++)
        hash = (hash ^ (unsigned char)*at) * 1099511628211u;
    hash ^= hash >> 32;
    return hash * 0xd6e8feb86659fd93u >> 16;
}

/* --- one task ------------------------------------------------------------------------------ */

struct plan {
    struct sample_steps *steps;
    struct sample_rows *rows;
    const struct sample_clock *clock;
    size_t task, first; /* its steps begin at `first` */
};

static void add_step(
    struct plan *plan, enum sample_step_kind kind, date_t date, struct sample_row *row)
{
    struct sample_steps *steps = plan->steps;
    if (date == DATE_NONE)
        return;
    steps->step = alloc_grow(steps->step, &steps->capacity, steps->count + 1, sizeof *steps->step);
    steps->step[steps->count] = (struct sample_step){
        .task = plan->task, .kind = kind, .date = date, .order = steps->count, .row = row};
    steps->count++;
}

/* Which columns of a row are a step of their own. */
static const struct source {
    enum sample_kind kind;
    int column;
    enum sample_step_kind step;
} sources[] = {
    {SAMPLE_TASKS, TASK_DONE_ON, STEP_DONE},
    {SAMPLE_TASKS, TASK_CLOSED_ON, STEP_CLOSE},
    {SAMPLE_MEASURES, MEASURE_DONE_ON, STEP_MEASURE},
    {SAMPLE_REPORTS, REPORT_AT, STEP_REPORT},
    {SAMPLE_NOTICES, NOTICE_ISSUED_ON, STEP_NOTICE},
    {SAMPLE_NOTICES, NOTICE_REPLIED_ON, STEP_REPLY},
    {SAMPLE_NOTICES, NOTICE_LIFTED_ON, STEP_LIFT},
    {SAMPLE_REVIEWS, REVIEW_REVIEWED_ON, STEP_REVIEW},
    {SAMPLE_PUBLICITIES, PUBLICITY_STARTS_ON, STEP_PUBLICISE},
    {SAMPLE_OBJECTIONS, OBJECTION_RAISED_ON, STEP_OBJECT},
    {SAMPLE_OBJECTIONS, OBJECTION_SETTLED_ON, STEP_SETTLE},
    {SAMPLE_EXTENSIONS, EXTENSION_ASKED_ON, STEP_EXTEND},
    {SAMPLE_EXTENSIONS, EXTENSION_DECIDED_ON, STEP_DECIDE},
};

static void add_row_steps(struct plan *plan)
{
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct sample_table *table = &plan->rows->table[sources[i].kind];
        for (size_t at = 0; at < table->count; at++) {
            struct sample_row *row = &table->row[at];
            if (row->task == plan->task)
                add_step(plan, sources[i].step, sample_row_day(row, sources[i].column), row);
        }
    }
}

static int compare_days(const void *a, const void *b)
{
    const struct sample_step *one = a, *other = b;
    if (one->date != other->date)
        return one->date < other->date ? -1 : 1;
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    return (one->order > other->order) - (one->order < other->order);
}

static void sort_task(struct plan *plan)
{
    struct sample_steps *steps = plan->steps;
    if (steps->count > plan->first)
        qsort(steps->step + plan->first, steps->count - plan->first, sizeof *steps->step,
            compare_days);
}

/* Steps for which a task must have been submitted, and those that send it back. */
static bool is_check(const struct sample_step *step)
{
    return step->kind == STEP_REVIEW || step->kind == STEP_PUBLICISE || step->kind == STEP_CLOSE;
}

static bool sends_back(const struct sample_step *step)
{
    if (step->kind == STEP_REVIEW)
        return *sample_row_text(step->row, REVIEW_RESULT) == 'r';
    return step->kind == STEP_SETTLE && step->row->value[OBJECTION_UPHELD].number == 1;
}

static date_t not_before(date_t date, date_t least)
{
    return date < least ? least : date;
}

/* A submit, and its acceptance where there was one, between the last time it came back and `until`,
 * on the day the task's row tells when that day lies there. */
static void add_submit(struct plan *plan, date_t since, date_t until, bool accepted)
{
    const struct sample_row *task = &plan->rows->table[SAMPLE_TASKS].row[plan->task];
    date_t told = sample_row_day(task, TASK_SUBMITTED_ON);
    uint64_t hash = sample_hash(plan->rows->task[plan->task].ident, (uint64_t)until);
    bool fits = told != DATE_NONE && told >= since && told <= until;
    date_t date = fits ? told : not_before(until - 4 - (date_t)(hash % 6), since);
    add_step(plan, STEP_SUBMIT, date, NULL);
    if (accepted)
        add_step(plan, STEP_ACCEPT, date + (until - date + 1) / 2, NULL);
}

static void add_submits(struct plan *plan, date_t since)
{
    const struct sample_row *task = &plan->rows->table[SAMPLE_TASKS].row[plan->task];
    size_t end = plan->steps->count;
    bool open = false;
    for (size_t i = plan->first; i < end; i++) {
        struct sample_step step = plan->steps->step[i]; /* adding may move the array */
        if (is_check(&step) && !open)
            add_submit(plan, since, step.date, true);
        open = open || is_check(&step);
        if (sends_back(&step)) {
            open = false;
            since = step.date;
        }
    }
    int64_t state = task->value[TASK_STATE].number;
    if (!open && (state == STATE_SUBMITTED || state == STATE_IN_REVIEW)) {
        date_t told = sample_row_day(task, TASK_SUBMITTED_ON);
        date_t until = told != DATE_NONE && told >= since ? told : plan->clock->today;
        bool accepted = state == STATE_IN_REVIEW;
        add_submit(
            plan, since, accepted && until < plan->clock->today ? until + 1 : until, accepted);
    }
}

/* The claim, the start and the submits stand in no file of their own. */
static void plan_task(struct plan *plan)
{
    const struct sample_row *task = &plan->rows->table[SAMPLE_TASKS].row[plan->task];
    uint64_t hash = sample_hash(plan->rows->task[plan->task].ident, 1);
    add_row_steps(plan);
    sort_task(plan);
    bool any = plan->steps->count > plan->first;
    date_t submitted = sample_row_day(task, TASK_SUBMITTED_ON);
    date_t first = any ? plan->steps->step[plan->first].date : plan->clock->today;
    if (submitted != DATE_NONE && submitted < first)
        first = submitted;
    date_t claimed = sample_row_day(task, TASK_ASSIGNED_ON);
    if (claimed == DATE_NONE || claimed > first)
        claimed = first - 15 - (date_t)(hash % 20);
    date_t started = claimed + 3 + (date_t)(hash / 32 % 10);
    if (started > first)
        started = first;
    add_submits(plan, started);
    if (task->value[TASK_STATE].number != STATE_NOT_STARTED)
        add_step(plan, STEP_START, started, NULL);
    add_step(plan, STEP_CLAIM, claimed, NULL);
    sort_task(plan);
}

/* --- times of day -------------------------------------------------------------------------- */

static moment_t minute_of(date_t date, int minute)
{
    return date_moment(date, minute / 60, minute % 60);
}

/* The steps of one day share the working hours out, each somewhere in its part. What happened today
 * happened before now; in the small hours that means yesterday. */
static void set_times(struct plan *plan)
{
    struct sample_step *step = plan->steps->step;
    size_t end = plan->steps->count;
    moment_t opening = minute_of(plan->clock->today, DAY_BEGINS + 30);
    date_t last_day = plan->clock->today - (plan->clock->now < opening);
    for (size_t i = plan->first; i < end; i++) {
        if (step[i].date > last_day)
            step[i].date = last_day;
    }
    for (size_t i = plan->first, next; i < end; i = next) {
        for (next = i; next < end && step[next].date == step[i].date;)
            next++;
        moment_t begins = minute_of(step[i].date, DAY_BEGINS),
                 ends = minute_of(step[i].date, DAY_ENDS);
        if (ends > plan->clock->now)
            ends = plan->clock->now;
        moment_t share = (ends - begins) / (moment_t)(next - i);
        for (size_t at = i; at < next; at++) {
            uint64_t hash = sample_hash(
                plan->rows->task[plan->task].ident, ((uint64_t)step[at].date << 8) + at - i);
            step[at].at = begins + share * (moment_t)(at - i) + (moment_t)(hash % (uint64_t)share);
            step[at].order = at;
        }
    }
}

static int compare_times(const void *a, const void *b)
{
    const struct sample_step *one = a, *other = b;
    if (one->at != other->at)
        return one->at < other->at ? -1 : 1;
    return (one->order > other->order) - (one->order < other->order);
}

void sample_steps_plan(
    struct sample_steps *steps, struct sample_rows *rows, const struct sample_clock *clock)
{
    for (size_t task = 0; task < rows->table[SAMPLE_TASKS].count; task++) {
        struct plan plan = {
            .steps = steps, .rows = rows, .clock = clock, .task = task, .first = steps->count};
        plan_task(&plan);
        set_times(&plan);
    }
    if (steps->count > 0)
        qsort(steps->step, steps->count, sizeof *steps->step, compare_times);
}
