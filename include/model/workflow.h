/* workflow: the life of a task as a table: state, action, next state, who may, what must hold. Forms,
 * menus, help, the command line and the tests read this table; nothing else knows a transition. */
#ifndef MODEL_WORKFLOW_H
#define MODEL_WORKFLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "model/person.h"
#include "model/task.h"

/* What must hold. Each has one sentence for the person when it does not. */
enum condition {
    HOLDS_ALWAYS, HOLDS_MEASURES_DONE, HOLDS_PARTS_SUBMITTED, HOLDS_REVIEW_PASSED, HOLDS_PUBLICITY_OVER,
    HOLDS_NO_OPEN_OBJECTION, HOLDS_BEFORE_DEADLINE, HOLDS_REASON_GIVEN, CONDITION_COUNT
};
struct condition_row { const char *name, *sentence; };
extern const struct condition_row conditions[CONDITION_COUNT];

#define STATE_BIT(state) (1u << (state))
#define HOLDS_BIT(condition) (1u << (condition))
#define WORKFLOW_SAME (-1)   /* the state stays */

struct transition {
    const char *action;      /* claim, start, submit, accept, pass, return, publicise, object, settle, close, reopen .. */
    const char *label;       /* N_() */
    unsigned from;           /* STATE_BIT set */
    int to;                  /* enum task_state or WORKFLOW_SAME */
    unsigned may;            /* PERSON_BIT set */
    unsigned holds;          /* HOLDS_BIT set */
    const char *needs;       /* what it must be told: field names, blank between, "" none */
    const char *help;        /* N_() one line */
};
extern const struct transition workflow[];
extern const size_t workflow_count;

const struct transition *workflow_find(const char *action);

#endif
