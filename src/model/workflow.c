#include "model/workflow.h"

#include <string.h>

#include "base/language.h"

const struct condition_row conditions[CONDITION_COUNT] = {
    [HOLDS_ALWAYS] = {"always", ""},
    [HOLDS_MEASURES_DONE] = {"measures_done",
        N_("A measure is not done yet: mark it done, or give the reason why it need not be")},
    [HOLDS_PARTS_SUBMITTED] = {"parts_submitted",
        N_("A part of the breakdown has not been submitted: submit the parts first")},
    [HOLDS_REVIEW_PASSED] = {"review_passed",
        N_("No review has passed since the task was submitted: record the review first")},
    [HOLDS_PUBLICITY_OVER] = {"publicity_over", N_("The public notice is not over, or was shorter "
                                                   "than the rule asks: wait for its last day")},
    [HOLDS_NO_OPEN_OBJECTION] = {"no_open_objection",
        N_("An objection of the public is not settled: settle it first")},
    [HOLDS_BEFORE_DEADLINE] = {"before_deadline",
        N_("The deadline has passed: an extension is asked for before it, not after")},
    [HOLDS_REASON_GIVEN] = {"reason_given", N_("A reason is needed here: say why")},
};

#define OFFICE (PERSON_BIT(PERSON_OFFICER) | PERSON_BIT(PERSON_ADMIN))
#define DEPARTMENTS (OFFICE | PERSON_BIT(PERSON_DEPARTMENT))
#define EVERY_WRITER (DEPARTMENTS | PERSON_BIT(PERSON_REPORTER))

#define NOT_STARTED STATE_BIT(STATE_NOT_STARTED)
#define IN_PROGRESS STATE_BIT(STATE_IN_PROGRESS)
#define SUBMITTED STATE_BIT(STATE_SUBMITTED)
#define IN_REVIEW STATE_BIT(STATE_IN_REVIEW)
#define PUBLICISED STATE_BIT(STATE_PUBLICISED)
#define CLOSED STATE_BIT(STATE_CLOSED)
#define OPEN (NOT_STARTED | IN_PROGRESS | SUBMITTED | IN_REVIEW | PUBLICISED)
#define WORKING (NOT_STARTED | IN_PROGRESS)
#define CHECKED (SUBMITTED | IN_REVIEW | PUBLICISED)

const struct transition workflow[] = {
    {"claim", N_("claimed"), NOT_STARTED, WORKFLOW_SAME, EVERY_WRITER, 0, "",
        N_("the department takes the task over")},
    {"start", N_("started"), NOT_STARTED, STATE_IN_PROGRESS, EVERY_WRITER, 0, "",
        N_("the work begins")},
    {"submit", N_("submitted"), IN_PROGRESS, STATE_SUBMITTED, EVERY_WRITER,
        HOLDS_BIT(HOLDS_MEASURES_DONE) | HOLDS_BIT(HOLDS_PARTS_SUBMITTED), "",
        N_("the work is done; the supervising department is asked to verify it")},
    {"accept", N_("taken for review"), SUBMITTED, STATE_IN_REVIEW, DEPARTMENTS, 0, "",
        N_("the supervising department begins its review")},
    {"pass", N_("review passed"), IN_REVIEW, WORKFLOW_SAME, DEPARTMENTS, 0, "level conclusion",
        N_("one level of review finds the task fulfilled")},
    {"return", N_("sent back"), CHECKED, STATE_IN_PROGRESS, DEPARTMENTS,
        HOLDS_BIT(HOLDS_REASON_GIVEN), "reason", N_("a check failed: back to work")},
    {"publicise", N_("made public"), IN_REVIEW, STATE_PUBLICISED, OFFICE,
        HOLDS_BIT(HOLDS_REVIEW_PASSED), "starts_on ends_on office phone address",
        N_("the result is put before the public")},
    {"object", N_("objection raised"), PUBLICISED, WORKFLOW_SAME, OFFICE, 0, "text channel raiser",
        N_("the public objects to the result")},
    {"settle", N_("objection settled"), PUBLICISED, WORKFLOW_SAME, OFFICE, 0, "settlement",
        N_("an objection is answered; an upheld one sends the task back")},
    {"close", N_("task closed"), PUBLICISED, STATE_CLOSED, OFFICE,
        HOLDS_BIT(HOLDS_PUBLICITY_OVER) | HOLDS_BIT(HOLDS_NO_OPEN_OBJECTION), "close_document",
        N_("closed for good, with a document number")},
    {"reopen", N_("reopened"), CLOSED, STATE_IN_PROGRESS, OFFICE, HOLDS_BIT(HOLDS_REASON_GIVEN),
        "reason", N_("a look-back found it not fixed")},
    {"extend", N_("extension asked for"), WORKING, WORKFLOW_SAME, EVERY_WRITER,
        HOLDS_BIT(HOLDS_BEFORE_DEADLINE) | HOLDS_BIT(HOLDS_REASON_GIVEN), "new_deadline reason",
        N_("a later deadline is asked for")},
    {"approve", N_("extension approved"), OPEN, WORKFLOW_SAME, DEPARTMENTS, 0, "",
        N_("the supervising department grants the later deadline")},
    {"refuse", N_("extension refused"), OPEN, WORKFLOW_SAME, DEPARTMENTS,
        HOLDS_BIT(HOLDS_REASON_GIVEN), "reason", N_("the deadline stays as it is")},
    {"notice", N_("notice issued"), OPEN, WORKFLOW_SAME, OFFICE, HOLDS_BIT(HOLDS_REASON_GIVEN),
        "level reason",
        N_("the office urges: reminder, letter, criticism, talk or public listing")},
    {"reply", N_("notice answered"), OPEN | CLOSED, WORKFLOW_SAME, EVERY_WRITER, 0, "reply",
        N_("the department answers a notice")},
    {"lift", N_("notice lifted"), OPEN | CLOSED, WORKFLOW_SAME, OFFICE, 0, "",
        N_("what the notice asked for has been done")},
};
const size_t workflow_count = sizeof workflow / sizeof *workflow;

const struct transition *workflow_find(const char *action)
{
    for (size_t i = 0; i < workflow_count; i++) {
        if (strcmp(workflow[i].action, action) == 0)
            return &workflow[i];
    }
    return NULL;
}
