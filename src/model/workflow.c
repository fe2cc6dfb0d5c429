#include "model/workflow.h"

#include <stdio.h>
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
    [HOLDS_BEFORE_DEADLINE] = {"before_deadline", N_("The deadline has passed, or there is no date "
                                                     "to extend (at once, ongoing): an extension "
                                                     "is asked for before the date")},
    [HOLDS_REASON_GIVEN] = {"reason_given", N_("A reason is needed here: say why")},
    [HOLDS_SUPERVISOR] = {"supervisor",
        N_("Only the department that supervises this task, or the office, decides this")},
    [HOLDS_OBJECTION_OPEN] = {"objection_open",
        N_("There is no objection that waits to be settled")},
    [HOLDS_EXTENSION_ASKED] = {"extension_asked", N_("No extension has been asked for")},
    [HOLDS_NO_EXTENSION_ASKED] = {"no_extension_asked",
        N_("An extension has been asked for already and is not decided")},
    [HOLDS_NOTICE_UNANSWERED] = {"notice_unanswered",
        N_("There is no notice that waits for an answer")},
    [HOLDS_NOTICE_STANDING] = {"notice_standing", N_("There is no notice that could be lifted")},
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

#define HOLDS(name) HOLDS_BIT(HOLDS_##name)

/* action, done, to do, from, to, may, holds, needs, takes, help; in the order of a task's life */
const struct transition workflow[] = {
    {"report", N_("report"), N_("Write the report"), OPEN, WORKFLOW_SAME, EVERY_WRITER, 0,
        "text=report", "percent=report_percent progress=report_progress problems next_step period",
        N_("the period's progress, in words and percent")},
    {"claim", N_("claimed"), N_("Claim"), NOT_STARTED, WORKFLOW_SAME, EVERY_WRITER, 0, "",
        "officer phone", N_("the department takes the task over")},
    {"start", N_("started"), N_("Start the work"), NOT_STARTED, STATE_IN_PROGRESS, EVERY_WRITER, 0,
        "", "reason", N_("the work begins")},
    {"submit", N_("submitted"), N_("Submit for acceptance"), IN_PROGRESS, STATE_SUBMITTED,
        EVERY_WRITER, HOLDS(MEASURES_DONE) | HOLDS(PARTS_SUBMITTED), "", "done_on reason",
        N_("the work is done; the supervising department is asked to verify it")},
    {"accept", N_("taken for review"), N_("Take for review"), SUBMITTED, STATE_IN_REVIEW,
        DEPARTMENTS, HOLDS(SUPERVISOR), "", "reason",
        N_("the supervising department begins its review")},
    {"pass", N_("review passed"), N_("Pass a review"), IN_REVIEW, WORKFLOW_SAME, DEPARTMENTS,
        HOLDS(SUPERVISOR), "level=review_level conclusion", "reviewed_on reviewer",
        N_("one level of review finds the task fulfilled")},
    {"return", N_("sent back"), N_("Send back"), CHECKED, STATE_IN_PROGRESS, DEPARTMENTS,
        HOLDS(REASON_GIVEN) | HOLDS(SUPERVISOR), "reason", "level=review_level",
        N_("a check failed: back to work")},
    {"publicise", N_("made public"), N_("Put on public notice"), IN_REVIEW, STATE_PUBLICISED,
        OFFICE, HOLDS(REVIEW_PASSED), "office phone=office_phone address",
        "starts_on=publicity ends_on day_kind medium email results",
        N_("the result is put before the public")},
    {"object", N_("objection raised"), N_("Record an objection"), PUBLICISED, WORKFLOW_SAME, OFFICE,
        0, "text=objection", "channel raiser raised_on", N_("the public objects to the result")},
    {"settle", N_("objection settled"), N_("Settle the objection"), PUBLICISED, WORKFLOW_SAME,
        OFFICE, HOLDS(OBJECTION_OPEN), "settlement", "upheld",
        N_("an objection is answered; an upheld one sends the task back")},
    {"close", N_("task closed"), N_("Close for good"), PUBLICISED, STATE_CLOSED, OFFICE,
        HOLDS(PUBLICITY_OVER) | HOLDS(NO_OPEN_OBJECTION), "document=close_document", "closed_on",
        N_("closed for good, with a document number")},
    {"reopen", N_("reopened"), N_("Reopen"), CLOSED, STATE_IN_PROGRESS, OFFICE, HOLDS(REASON_GIVEN),
        "reason", "", N_("a look-back found it not fixed")},
    {"extend", N_("extension asked for"), N_("Ask for an extension"), WORKING, WORKFLOW_SAME,
        EVERY_WRITER, HOLDS(BEFORE_DEADLINE) | HOLDS(NO_EXTENSION_ASKED) | HOLDS(REASON_GIVEN),
        "deadline=extension reason", "", N_("a later deadline is asked for")},
    {"approve", N_("extension approved"), N_("Approve the extension"), OPEN, WORKFLOW_SAME,
        DEPARTMENTS, HOLDS(EXTENSION_ASKED) | HOLDS(SUPERVISOR), "", "comment",
        N_("the supervising department grants the later deadline")},
    {"refuse", N_("extension refused"), N_("Refuse the extension"), OPEN, WORKFLOW_SAME,
        DEPARTMENTS, HOLDS(EXTENSION_ASKED) | HOLDS(REASON_GIVEN) | HOLDS(SUPERVISOR), "reason", "",
        N_("the deadline stays as it is")},
    {"notice", N_("notice issued"), N_("Issue a notice"), OPEN, WORKFLOW_SAME, OFFICE,
        HOLDS(REASON_GIVEN), "level=notice reason", "document=notice_document reply_due issuer",
        N_("the office urges: reminder, letter, criticism, talk or public listing")},
    {"reply", N_("notice answered"), N_("Answer the notice"), OPEN | CLOSED, WORKFLOW_SAME,
        EVERY_WRITER, HOLDS(NOTICE_UNANSWERED), "reply", "", N_("the department answers a notice")},
    {"lift", N_("notice lifted"), N_("Lift the notice"), OPEN | CLOSED, WORKFLOW_SAME, OFFICE,
        HOLDS(NOTICE_STANDING) | HOLDS(REASON_GIVEN), "reason", "",
        N_("what the notice asked for has been done")},
    {"edit", N_("edited"), N_("Edit"), OPEN | CLOSED, WORKFLOW_SAME, EVERY_WRITER, 0, "", "",
        N_("what the task says, and its measures")},
};
const size_t workflow_count = sizeof workflow / sizeof *workflow;

bool workflow_name_next(const char **list, struct workflow_name *out)
{
    *list += strspn(*list, " ");
    size_t length = strcspn(*list, " "), name = strcspn(*list, " =");
    if (length == 0)
        return false;
    char field[32];
    const char *from = name < length ? *list + name + 1 : *list;
    snprintf(out->name, sizeof out->name, "%.*s", (int)name, *list);
    snprintf(field, sizeof field, "%.*s", (int)(*list + length - from), from);
    out->field = strcmp(field, "reason") == 0 ? NULL : field_named(field);
    *list += length;
    return true;
}

const struct transition *workflow_find(const char *action)
{
    for (size_t i = 0; i < workflow_count; i++) {
        if (strcmp(workflow[i].action, action) == 0)
            return &workflow[i];
    }
    return NULL;
}
