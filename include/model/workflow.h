/* workflow: the life of a task as a table: state, action, next state, who may, what must hold. Forms,
 * menus, help, the command line and the tests read this table; nothing else knows a transition. */
#ifndef MODEL_WORKFLOW_H
#define MODEL_WORKFLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "model/field.h"
#include "model/person.h"
#include "model/task.h"

/* What must hold. Each has one sentence for the person when it does not. */
enum condition {
    HOLDS_ALWAYS,
    HOLDS_MEASURES_DONE, /* or a reason is given */
    HOLDS_PARTS_SUBMITTED,
    HOLDS_REVIEW_PASSED, /* since the task was last submitted */
    HOLDS_PUBLICITY_OVER,
    HOLDS_NO_OPEN_OBJECTION,
    HOLDS_BEFORE_DEADLINE,
    HOLDS_REASON_GIVEN,
    HOLDS_SUPERVISOR, /* a department's staff decide only where their department supervises */
    HOLDS_OBJECTION_OPEN,
    HOLDS_EXTENSION_ASKED,
    HOLDS_NO_EXTENSION_ASKED,
    HOLDS_NOTICE_UNANSWERED,
    HOLDS_NOTICE_STANDING,
    CONDITION_COUNT
};
struct condition_row { const char *name, *sentence; };
extern const struct condition_row conditions[CONDITION_COUNT];

#define STATE_BIT(state) (1u << (state))
#define HOLDS_BIT(condition) (1u << (condition))
#define WORKFLOW_SAME (-1)   /* the state stays */

/* What an action is told stands in `needs` and `takes` as names with blanks between: a field of
 * model/field.h, or NAME=FIELD where the action calls it otherwise ("level=review_level"). `reason` is the note of
 * the history's line. */
struct transition {
    const char *action;      /* claim, start, submit, accept, pass, return, publicise, object, settle, close, reopen .. */
    const char *label;       /* N_() what was done: "submitted" */
    const char *verb;        /* N_() what can be done: "submit for acceptance" */
    unsigned from;           /* STATE_BIT set */
    int to;                  /* enum task_state or WORKFLOW_SAME */
    unsigned may;            /* PERSON_BIT set */
    unsigned holds;          /* HOLDS_BIT set */
    const char *needs;       /* what it must be told, "" nothing */
    const char *takes;       /* what it may be told besides */
    const char *help;        /* N_() one line */
};
extern const struct transition workflow[];
extern const size_t workflow_count;

const struct transition *workflow_find(const char *action);

/* The next of a list of names: false at its end. `field` is the field behind the name; "reason" has none. */
struct workflow_name {
    char name[32];
    const struct field *field; /* NULL: the reason */
};
bool workflow_name_next(const char **list, struct workflow_name *out);

#endif
