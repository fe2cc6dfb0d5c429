/* work_parts: what the files that do work on tasks share. */
#ifndef MODEL_WORK_PARTS_H
#define MODEL_WORK_PARTS_H

#include "model/change.h"
#include "model/work.h"

/* One action on one task, within the write transaction. */
struct job {
    struct model *model;
    struct db *db;
    const struct transition *transition;
    const struct request *request;
    const struct task_detail *task;
    struct change *change;
    struct error *
        taken; /* of a new task: its number is not free; told only whom the task would be seen by */
    uint64_t passed_over; /* a bit for each argument whose value its author only saw: it is other by
                             now */
    date_t today;
    char day[11]; /* the same as text */
};

/* The value given for a name of the action; "" when it was not. */
const char *job_given(const struct job *job, const char *name);

/* work_rules.c: who may, and what must hold. `request` NULL: what is still to be told is not asked
 * for. */
bool work_allowed(struct model *model, const struct task_detail *task,
    const struct transition *transition, const struct request *request, struct error *why);
/* Whether the person's role may make these changes by that action, whatever stands in the task: of
 * what is to be taken back. */
bool work_may_change(const struct model *model, const char *action,
    const struct event_change *change, size_t count, struct error *why);
/* Says no to a change after which the person would not see the task any more. */
bool work_refuse_giving_away(struct error *err);
/* Who may make new tasks. */
#define WORK_MAY_CREATE                                                                            \
    (PERSON_BIT(PERSON_OFFICER) | PERSON_BIT(PERSON_ADMIN) | PERSON_BIT(PERSON_DEPARTMENT))
/* What waits, the oldest first; NULL: none. */
const struct objection *work_open_objection(const struct task_detail *task);
const struct extension *work_open_extension(const struct task_detail *task);
const struct notice *work_unanswered_notice(const struct task_detail *task);
const struct notice *work_standing_notice(const struct task_detail *task);
/* The one in force: recorded last, for a second one may begin before the first. NULL: none. */
const struct publicity *work_last_publicity(const struct task_detail *task);

/* work_names.c: the field that an edit or a new task names; that of a row with a position with its
 * number. The error says what there is instead. */
bool work_field(const char *name, const struct field **field, struct error *err);
/* Whether the value is one that the history can keep of the field ("" is): a real day, a word of
 * the field, units that there are, in the one way each is written. Texts are as they are. */
bool work_value_fits(struct model *model, const struct field *field, const char *name,
    const char *value, struct error *err);
/* Whether a new task is told it, besides its source. */
bool work_is_of_new(const struct field *field);

/* work_actions.c: a day of the period that is to be reported next. */
date_t work_report_day(struct model *model, const struct task_row *row);
/* Puts what the action changes into job->change. The state was looked at. */
bool work_fill(struct job *job, struct error *err);
/* work_edit.c: compares what a form began with (`base`) with what stands there now. A value that
 * was left alone is passed over where others made another of it; one that was chosen is a clash. */
bool work_look_again(struct job *job, struct outcome *outcome, struct error *err);
/* What an action other than an edit changes, for an edit; clashes go to `outcome`. */
bool work_fill_edit(struct job *job, struct outcome *outcome, struct error *err);
/* `value` in the place of `now`; targets told as lines become rows. */
bool work_put(
    struct job *job, const char *name, const char *now, const char *value, struct error *err);
/* Rows with positions that come or stay have what is said of them, and those that go take it along;
 * a day that changes leaves the words of the old one behind. */
bool work_fill_counted(struct job *job, struct error *err);
/* work_create.c */
bool work_fill_create(struct job *job, struct error *err);
/* Letters, digits and Chinese characters. Beside the source and a dash they fit into an identity,
 * which is how people name a task. */
#define WORK_NUMBER_MOST 16
bool work_is_number(const char *number);
/* The number after the newest of the source, as wide: 047 after 046. Caller frees. */
char *work_number_after(const char *last);

#endif
