/* work: what people do to tasks, from the command line and the screens alike: actions of the
 * workflow, edits, reports, new tasks, one task or many at once.
 *
 * Each call is one write transaction: the person's role and reach, the state and what must hold are
 * looked at inside it, so two people at once are two after each other, and the second meets what
 * the first left. It is durable when the call returns true, and one step of undo.
 *
 * An edit is told what its author saw (`base`). What others changed meanwhile in other fields stays
 * as theirs, and `merged` says so; where both changed the same field nothing is written:
 * ERROR_CONFLICT, and `clash` shows base, theirs and mine of each such field. A value that is its
 * base changes nothing but must still stand there: who ticks measure 3 relies on its words, for
 * measures move. Actions, reports and notices add; where their form began with what stands in the
 * task (percent and progress of a report, who claims) they are told that as the base: left alone,
 * such a value goes over nobody else's, and one that was chosen clashes as in an edit.
 *
 * A task outside the person's reach is as if it were not there: ERROR_NOT_FOUND, whatever is asked
 * for, also of one that has left it a moment ago. Nobody gives a task away: an edit (one of those of
 * a bulk, too) and a new task after which its author would not see it are refused, ERROR_PERMISSION,
 * and nothing is written; who sees all tasks moves them. An action of the workflow may end with a
 * task outside, as a reach of "open" does with one that is closed, and can be taken back. What must
 * hold between a task and its parts is asked of the parts in reach. The numbers of a source are one
 * row for all: that one is taken, and which is the next, whoever may make a task learns by making it;
 * by one that they would not see they learn nothing. */
#ifndef MODEL_WORK_H
#define MODEL_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "model/field.h"
#include "model/model.h"
#include "model/task_detail.h"
#include "model/workflow.h"

struct argument {
    const char *name;  /* as the workflow table calls it; of an edit: a field with its suffix */
    const char *value; /* as the history keeps it (field_read makes it of what was typed) */
    const char *base;  /* what stood in the task's field of this name; NULL: whatever is there */
};
struct request {
    const char *action; /* of the workflow table, or "create" */
    const struct argument *argument;
    size_t count;
    int64_t since; /* with a base: the newest line of the history its author has seen */
    int64_t version; /* of the task, as the caller saw it; another one is ERROR_CONFLICT. 0: any */
};

/* What an action is told: the names of the workflow table, those it needs first; of an edit and of
 * a new task ("create", which is told its source besides) the fields. A reason may always be given,
 * except to a new task. */
struct work_name {
    struct workflow_name is; /* of a measure without its number */
    bool needed;
};
/* The name at `index`; false after the last, and of an action that there is not. */
bool work_name_at(const char *action, size_t index, struct work_name *out);

struct clash {
    char *field, *base, *theirs, *mine;
    char *who; /* changed it, as far as the history tells */
    moment_t when;
};
struct outcome {
    int64_t seq;     /* of the line written; 0: nothing was to be changed */
    int64_t task_id; /* of a new task */
    char *merged;    /* one line of notice of what others changed meanwhile; NULL: nothing */
    struct clash *clash;
    size_t clash_count;
};
void outcome_clear(struct outcome *outcome);

/* Whether the action can be done on this task now by this person, apart from what it is still to be
 * told; `why` says why not. `detail` may be a moment old: work_do looks again. */
bool work_possible(struct model *model, const struct task_detail *detail,
    const struct transition *transition, struct error *why);

/* Whether it would be possible with a reason only (a submit whose measures are not all done). */
bool work_needs_reason(struct model *model, const struct task_detail *detail, const struct transition *transition);

/* Errors: ERROR_PERMISSION (role, reach), ERROR_REFUSED (state, a condition: its sentence),
 * ERROR_INPUT (an argument missing, unknown or impossible), ERROR_CONFLICT, and the store's.
 * Nothing is written then. */
bool work_do(struct model *model, int64_t task_id, const struct request *request,
    struct outcome *outcome, struct error *err);

/* The same on many tasks: one transaction, one line of the history more ("bulk") that spans theirs,
 * one step of undo. `refused[i]` (code ERROR_NONE: it was or would be done) says why a task was
 * left out. With `try` nothing is written. False only when nothing at all could be tried or
 * written. A tenth of a millisecond a task. */
struct work_many {
    size_t done, refused;
    struct error *why; /* one for each task, owned */
    int64_t *line;     /* the seq of each task's line, owned; 0: nothing was to be changed */
    int64_t seq;       /* of the line that spans all */
};
void work_many_clear(struct work_many *many);
bool work_do_many(struct model *model, const int64_t *ids, size_t count,
    const struct request *request, bool try, struct work_many *out, struct error *err);

/* What stands in a field now, for a form to begin with. ERROR_NOT_FOUND outside the reach. Caller frees. */
bool work_current(struct model *model, int64_t task_id, const char *name, char **value, struct error *err);

/* Which objection it is, and how many others of the task are not settled: "Objection of 2026-11-18: ..
 * (2 others are not settled)". `id` 0: the one that is settled next, the oldest; "" there is none. */
void work_objection_words(const struct task_detail *detail, int64_t id, struct strbuf *out);

/* What the form of an action begins with: today, the usual end of a public notice, the last
 * report's text. Caller frees; "" nothing. */
char *work_default(struct model *model, const struct task_detail *detail,
    const struct transition *transition, const char *name);

#endif
