#include "sample_history.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/history.h"
#include "model/workflow.h"

#define CHANGES_OF_ONE 8

/* A task on its way through its history. */
struct standing {
    enum task_state state;
    bool returned, listed;
    int percent;
    const char *progress;
    date_t reported_on, deadline, submitted_on, done_on;
    size_t reports_left, submits_left;
};

/* One event in the making. */
struct play {
    struct sample_rows *rows;
    const struct sample_units *units;
    const struct sample_step *step;
    struct standing *task;
    const struct sample_row *row; /* of the task */
    const char *action, *actor, *note;
    struct event_change change[CHANGES_OF_ONE];
    size_t changes;
    bool failed;
};

/* --- changes ------------------------------------------------------------------------------- */

static void change_text(struct play *play, const char *field, const char *before, const char *after)
{
    if (strcmp(before, after) == 0)
        return;
    assert(play->changes < CHANGES_OF_ONE);
    play->change[play->changes++] = (struct event_change){
        .field = alloc_string(field), .before = alloc_string(before), .after = alloc_string(after)};
}

static void change_number(struct play *play, const char *field, int before, int after)
{
    char old[16], new[16];
    snprintf(old, sizeof old, "%d", before);
    snprintf(new, sizeof new, "%d", after);
    change_text(play, field, old, new);
}

static void change_flag(struct play *play, const char *field, bool *flag, bool after)
{
    change_number(play, field, *flag, after);
    *flag = after;
}

static void change_day(struct play *play, const char *field, date_t *day, date_t after)
{
    char old[11], new[11];
    change_text(play, field, date_format(*day, old), date_format(after, new));
    *day = after;
}

/* Says it at the line and column of the step's row. */
static void play_fault(struct play *play, enum sample_kind kind, const struct sample_row *row,
    int column, const char *sentence, const char *word)
{
    struct sample_file *file = &play->rows->table[kind].file;
    file->line = row->line;
    sample_fault(file, sample_value_column(kind, column), sentence, word);
    play->failed = true;
}

/* The workflow says which action leads where; a row that asks for a step it does not know at this
 * point is wrong. */
static void change_state(struct play *play, const char *action, enum sample_kind kind, int column)
{
    const struct transition *transition = workflow_find(action);
    const struct sample_row *row = play->step->row ? play->step->row : play->row;
    enum task_state *state = &play->task->state;
    play->action = action;
    if (!transition || !(transition->from & STATE_BIT(*state))) {
        play_fault(play, kind, row, column,
            _("on that day the task is \"%s\" by what its other rows tell"),
            task_states[*state].name);
        return;
    }
    if (transition->to == WORKFLOW_SAME)
        return;
    change_text(play, "state", task_states[*state].name, task_states[transition->to].name);
    *state = (enum task_state)transition->to;
}

/* Percent and judgement reach what the task's row says when no report follows that would say it. */
static void settle_figures(struct play *play)
{
    struct standing *task = play->task;
    int percent = (int)play->row->value[TASK_PERCENT].number;
    const char *progress = sample_row_text(play->row, TASK_PROGRESS);
    if (task->reports_left > 0)
        return;
    change_number(play, "percent", task->percent, percent);
    change_text(play, "progress", task->progress, progress);
    task->percent = percent;
    task->progress = progress;
}

/* --- people -------------------------------------------------------------------------------- */

/* Somebody of that department or region, else of the office that keeps the ledger; always the same
 * one for the same task. */
static const char *somebody(const struct play *play, int64_t department, int64_t region)
{
    const struct sample_units *units = play->units;
    const struct sample_task *task = &play->rows->task[play->step->task];
    size_t fit[100], count = 0, officers = 0;
    for (size_t i = 0; i < units->people && count < 100; i++) {
        const struct sample_person *person = &units->person[i];
        if ((department && person->department_id == department) ||
            (region && person->region_id == region && strcmp(person->role, "reporter") == 0))
            fit[count++] = i;
    }
    for (size_t i = 0; count == 0 && i < units->people && officers < 100; i++) {
        if (strcmp(units->person[i].role, "officer") == 0)
            fit[officers++] = i;
    }
    size_t choice = count > 0 ? count : officers;
    if (choice == 0)
        return task->source->code;
    return units->person[fit[sample_hash(task->ident, 7) % choice]].name;
}

static const char *officer(const struct play *play)
{
    return somebody(play, 0, 0);
}

static const char *staff(const struct play *play)
{
    const struct sample_task *task = &play->rows->task[play->step->task];
    return somebody(play, task->leads ? task->lead[0] : 0, task->region[0]);
}

static const char *named(const struct play *play, int column, int64_t department)
{
    const char *name = sample_row_text(play->step->row, column);
    return *name ? name : somebody(play, department, 0);
}

/* --- one step of each kind ----------------------------------------------------------------- */

static void play_claim(struct play *play)
{
    change_state(play, "claim", SAMPLE_TASKS, TASK_ASSIGNED_ON);
    play->actor = staff(play);
}

static void play_start(struct play *play)
{
    change_state(play, "start", SAMPLE_TASKS, TASK_STATE);
    play->actor = staff(play);
    if (play->task->submits_left == 0)
        settle_figures(play);
}

static void play_notice(struct play *play)
{
    const struct sample_row *row = play->step->row;
    play->action = "notice";
    play->actor = officer(play);
    play->note = sample_row_text(row, NOTICE_REASON);
    change_text(play, "notice", "", sample_row_text(row, NOTICE_LEVEL));
    if (row->value[NOTICE_LEVEL].number == NOTICE_LISTED)
        change_flag(play, "listed", &play->task->listed, true);
}

static void play_reply(struct play *play)
{
    play->action = "reply";
    play->actor = staff(play);
    change_text(play, "reply", "", sample_row_text(play->step->row, NOTICE_REPLY));
}

static void play_lift(struct play *play)
{
    play->action = "lift";
    play->actor = officer(play);
    if (play->step->row->value[NOTICE_LEVEL].number == NOTICE_LISTED)
        change_flag(play, "listed", &play->task->listed, false);
}

static void play_extend(struct play *play)
{
    char day[11];
    play->action = "extend";
    play->actor = named(play, EXTENSION_ASKED_BY, play->row->value[TASK_LEAD].number);
    play->note = sample_row_text(play->step->row, EXTENSION_REASON);
    change_text(
        play, "extension", "", date_format(sample_row_day(play->step->row, EXTENSION_NEW), day));
}

static void play_decide(struct play *play)
{
    const struct sample_row *row = play->step->row;
    bool approved = row->value[EXTENSION_APPROVED].number == 1;
    play->action = approved ? "approve" : "refuse";
    play->actor = named(play, EXTENSION_DECIDED_BY, play->row->value[TASK_SUPERVISOR].number);
    play->note = sample_row_text(row, EXTENSION_COMMENT);
    if (!approved)
        return;
    if (sample_row_day(row, EXTENSION_OLD) != play->task->deadline) {
        char day[11];
        play_fault(play, SAMPLE_EXTENSIONS, row, EXTENSION_OLD, _("the deadline was \"%s\" then"),
            date_format(play->task->deadline, day));
    }
    change_day(play, "deadline", &play->task->deadline, sample_row_day(row, EXTENSION_NEW));
}

static void play_measure(struct play *play)
{
    char field[24], day[11];
    const struct sample_row *row = play->step->row;
    play->action = "edit";
    play->actor = staff(play);
    play->note = sample_row_text(row, MEASURE_TEXT);
    snprintf(field, sizeof field, "done.%d", (int)row->value[MEASURE_POSITION].number);
    change_text(play, field, "", date_format(sample_row_day(row, MEASURE_DONE_ON), day));
}

static void play_report(struct play *play)
{
    const struct sample_row *row = play->step->row;
    struct standing *task = play->task;
    date_t start = sample_row_day(row, REPORT_START);
    play->action = "report";
    play->actor = named(play, REPORT_REPORTER, row->value[REPORT_DEPARTMENT].number);
    task->reports_left--;
    play->step->row->value[REPORT_AT] =
        (struct sample_value){.type = VALUE_MOMENT, .number = play->step->at};
    if (task->reported_on != DATE_NONE && start < task->reported_on)
        return;
    change_day(play, "reported_on", &task->reported_on, start);
    if (row->value[REPORT_PERCENT].type == VALUE_NUMBER) {
        change_number(play, "percent", task->percent, (int)row->value[REPORT_PERCENT].number);
        task->percent = (int)row->value[REPORT_PERCENT].number;
    }
    if (row->value[REPORT_PROGRESS].type == VALUE_TEXT) {
        change_text(play, "progress", task->progress, row->value[REPORT_PROGRESS].text);
        task->progress = row->value[REPORT_PROGRESS].text;
    }
}

static void play_done(struct play *play)
{
    play->action = "edit";
    play->actor = staff(play);
    change_day(play, "done_on", &play->task->done_on, sample_row_day(play->row, TASK_DONE_ON));
}

static void play_submit(struct play *play)
{
    change_state(play, "submit", SAMPLE_TASKS, TASK_SUBMITTED_ON);
    play->actor = staff(play);
    change_flag(play, "returned", &play->task->returned, false);
    change_day(play, "submitted_on", &play->task->submitted_on, play->step->date);
    if (--play->task->submits_left == 0)
        settle_figures(play);
}

static void play_accept(struct play *play)
{
    change_state(play, "accept", SAMPLE_TASKS, TASK_STATE);
    play->actor = somebody(play, play->row->value[TASK_SUPERVISOR].number, 0);
}

static void play_review(struct play *play)
{
    const struct sample_row *row = play->step->row;
    bool passed = strcmp(sample_row_text(row, REVIEW_RESULT), "passed") == 0;
    change_state(play, passed ? "pass" : "return", SAMPLE_REVIEWS, REVIEW_REVIEWED_ON);
    play->actor = named(play, REVIEW_REVIEWER, row->value[REVIEW_DEPARTMENT].number);
    play->note = sample_row_text(row, REVIEW_CONCLUSION);
    change_text(play, "review", "", sample_row_text(row, REVIEW_RESULT));
    if (!passed)
        change_flag(play, "returned", &play->task->returned, true);
}

static void play_publicise(struct play *play)
{
    char day[11];
    change_state(play, "publicise", SAMPLE_PUBLICITIES, PUBLICITY_STARTS_ON);
    play->actor = officer(play);
    change_text(play, "publicity", "",
        date_format(sample_row_day(play->step->row, PUBLICITY_STARTS_ON), day));
}

static void play_object(struct play *play)
{
    change_state(play, "object", SAMPLE_OBJECTIONS, OBJECTION_RAISED_ON);
    play->actor = officer(play);
    change_text(play, "objection", "", sample_row_text(play->step->row, OBJECTION_TEXT));
}

/* An upheld objection sends the task back. */
static void play_settle(struct play *play)
{
    const struct sample_row *row = play->step->row;
    bool upheld = row->value[OBJECTION_UPHELD].number == 1;
    change_state(play, upheld ? "return" : "settle", SAMPLE_OBJECTIONS, OBJECTION_SETTLED_ON);
    play->actor = officer(play);
    change_text(play, "settlement", "", sample_row_text(row, OBJECTION_SETTLEMENT));
    if (upheld)
        change_flag(play, "returned", &play->task->returned, true);
}

static void play_close(struct play *play)
{
    date_t none = DATE_NONE;
    change_state(play, "close", SAMPLE_TASKS, TASK_CLOSED_ON);
    play->actor = officer(play);
    change_day(play, "closed_on", &none, sample_row_day(play->row, TASK_CLOSED_ON));
    change_text(play, "close_document", "", sample_row_text(play->row, TASK_CLOSE_DOCUMENT));
    settle_figures(play);
}

static void (*const plays[STEP_KINDS])(struct play *play) = {
    [STEP_CLAIM] = play_claim,
    [STEP_EXTEND] = play_extend,
    [STEP_DECIDE] = play_decide,
    [STEP_START] = play_start,
    [STEP_NOTICE] = play_notice,
    [STEP_REPLY] = play_reply,
    [STEP_LIFT] = play_lift,
    [STEP_MEASURE] = play_measure,
    [STEP_REPORT] = play_report,
    [STEP_DONE] = play_done,
    [STEP_SUBMIT] = play_submit,
    [STEP_ACCEPT] = play_accept,
    [STEP_REVIEW] = play_review,
    [STEP_PUBLICISE] = play_publicise,
    [STEP_OBJECT] = play_object,
    [STEP_SETTLE] = play_settle,
    [STEP_CLOSE] = play_close,
};

/* --- all of it ----------------------------------------------------------------------------- */

/* Where each task began, and how many of the steps that carry its figures are to come. */
static struct standing *begin(const struct sample_steps *steps, const struct sample_rows *rows)
{
    const struct sample_table *tasks = &rows->table[SAMPLE_TASKS];
    struct standing *standing = alloc_zero(tasks->count + 1, sizeof *standing);
    for (size_t i = 0; i < tasks->count; i++) {
        standing[i].progress = task_progresses[PROGRESS_NOT_STARTED].name;
        standing[i].reported_on = standing[i].submitted_on = standing[i].done_on = DATE_NONE;
        standing[i].deadline = sample_row_day(&tasks->row[i], TASK_DEADLINE);
    }
    for (size_t i = steps->count; i-- > 0;) { /* backwards: the first extension has the last word */
        const struct sample_step *step = &steps->step[i];
        struct standing *task = &standing[step->task];
        task->reports_left += step->kind == STEP_REPORT;
        task->submits_left += step->kind == STEP_SUBMIT;
        if (step->kind == STEP_DECIDE && step->row->value[EXTENSION_APPROVED].number == 1)
            task->deadline = sample_row_day(step->row, EXTENSION_OLD);
    }
    return standing;
}

static bool write_step(
    struct play *play, struct sample_outcome *outcome, struct db *db, struct error *err)
{
    const struct sample_step *step = play->step;
    plays[step->kind](play);
    struct event event = {
        .at = step->at,
        .actor = (char *)play->actor,
        .origin = (char *)"",
        .action = (char *)play->action,
        .note = (char *)play->note,
        .task_id = play->row->id,
        .changes = play->change,
        .change_count = play->changes,
    };
    int64_t seq = 0;
    bool written = !play->failed && history_append(db, &event, &seq, err);
    for (size_t i = 0; i < play->changes; i++) {
        free(play->change[i].field);
        free(play->change[i].before);
        free(play->change[i].after);
    }
    if (step->row)
        step->row->seq = seq;
    if (play->rows->table[SAMPLE_TASKS].row[step->task].seq == 0)
        outcome->first = step->at;
    play->rows->table[SAMPLE_TASKS].row[step->task].seq = seq;
    outcome->last = step->at;
    outcome->submitted_on = play->task->submitted_on;
    snprintf(outcome->actor, sizeof outcome->actor, "%s", play->actor ? play->actor : "");
    return written;
}

/* What the events lead to must be what the row says. */
static bool check_end(struct play *play)
{
    const struct sample_row *row = play->row;
    const struct standing *task = play->task;
    char text[24];
    const struct {
        int column;
        bool same;
        const char *word;
    } ends[] = {
        {TASK_STATE, row->value[TASK_STATE].number == task->state, task_states[task->state].name},
        {TASK_RETURNED, row->value[TASK_RETURNED].number == task->returned,
            task->returned ? "1" : "0"},
        {TASK_LISTED, row->value[TASK_LISTED].number == task->listed, task->listed ? "1" : "0"},
        {TASK_PERCENT, row->value[TASK_PERCENT].number == task->percent,
            (snprintf(text, sizeof text, "%d", task->percent), text)},
        {TASK_PROGRESS, strcmp(row->value[TASK_PROGRESS].text, task->progress) == 0,
            task->progress},
    };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (!ends[i].same)
            play_fault(play, SAMPLE_TASKS, row, ends[i].column,
                _("the other rows of this task lead to \"%s\""), ends[i].word);
    }
    date_t deadline = sample_row_day(row, TASK_DEADLINE);
    if (deadline != task->deadline)
        play_fault(play, SAMPLE_TASKS, row, TASK_DEADLINE,
            _("the extensions of this task lead to \"%s\""), date_format(task->deadline, text));
    return !play->failed;
}

bool sample_history_write(const struct sample_steps *steps, struct sample_rows *rows,
    const struct sample_units *units, struct sample_outcome *outcomes, struct db *db,
    struct error *err)
{
    struct standing *standing = begin(steps, rows);
    const struct sample_table *tasks = &rows->table[SAMPLE_TASKS];
    bool done = true;
    for (size_t i = 0; done && i < steps->count; i++) {
        const struct sample_step *step = &steps->step[i];
        struct play play = {.rows = rows,
            .units = units,
            .step = step,
            .task = &standing[step->task],
            .row = &tasks->row[step->task],
            .note = ""};
        done = write_step(&play, &outcomes[step->task], db, err);
    }
    for (size_t i = 0; done && i < tasks->count; i++) {
        struct play play = {.rows = rows, .task = &standing[i], .row = &tasks->row[i]};
        done = check_end(&play);
    }
    free(standing);
    return done;
}
