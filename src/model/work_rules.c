/* Who may do what to a task, and what must hold before. */
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "model/rules.h"
#include "work_parts.h"

/* --- what waits ------------------------------------------------------------------------------ */

const struct objection *work_open_objection(const struct task_detail *task)
{
    for (size_t i = 0; i < task->objection_count; i++)
        if (task->objections[i].settled_on == DATE_NONE)
            return &task->objections[i];
    return NULL;
}

void work_objection_words(const struct task_detail *detail, int64_t id, struct strbuf *out)
{
    const struct objection *said = id == 0 ? work_open_objection(detail) : NULL;
    size_t others = 0;
    char day[11];
    for (size_t i = 0; i < detail->objection_count; i++)
        if (id != 0 && detail->objections[i].id == id)
            said = &detail->objections[i];
    for (size_t i = 0; i < detail->objection_count; i++)
        others += &detail->objections[i] != said && detail->objections[i].settled_on == DATE_NONE;
    if (said == NULL)
        return;
    struct strbuf text = {0};
    text_scrub(&text, said->text, strlen(said->text), TEXT_ONE_LINE);
    strbuf_format(
        out, _("Objection of %s: %s"), date_format(said->raised_on, day), strbuf_text(&text));
    strbuf_clear(&text);
    if (others > 0)
        strbuf_format(out,
            ngettext(" (%zu other is not settled)", " (%zu others are not settled)", others),
            others);
}

const struct extension *work_open_extension(const struct task_detail *task)
{
    for (size_t i = task->extension_count; i-- > 0;)
        if (task->extensions[i].decided_on == DATE_NONE)
            return &task->extensions[i];
    return NULL;
}

const struct notice *work_unanswered_notice(const struct task_detail *task)
{
    for (size_t i = 0; i < task->notice_count; i++)
        if (task->notices[i].replied_on == DATE_NONE && task->notices[i].lifted_on == DATE_NONE)
            return &task->notices[i];
    return NULL;
}

/* The heaviest first: lifting is about the listed supervision before it is about a slip. */
const struct notice *work_standing_notice(const struct task_detail *task)
{
    const struct notice *found = NULL;
    for (size_t i = 0; i < task->notice_count; i++)
        if (task->notices[i].lifted_on == DATE_NONE &&
            (found == NULL || task->notices[i].level >= found->level))
            found = &task->notices[i];
    return found;
}

const struct publicity *work_last_publicity(const struct task_detail *task)
{
    const struct publicity *last = NULL; /* of those from outside the one that begins last */
    for (size_t i = 0; i < task->publicity_count; i++)
        if (last == NULL || task->publicities[i].event_seq > last->event_seq)
            last = &task->publicities[i];
    return last;
}

/* --- what must hold -------------------------------------------------------------------------- */

static bool measures_done(const struct task_detail *task)
{
    for (size_t i = 0; i < task->measure_count; i++)
        if (task->measures[i].done_on == DATE_NONE && task->measures[i].waived[0] == '\0')
            return false;
    return true;
}

/* Since it was last submitted; a review from outside has only its day to tell. */
static bool review_passed(const struct task_detail *task)
{
    for (size_t i = 0; i < task->review_count; i++) {
        const struct review *review = &task->reviews[i];
        bool later = review->event_seq > 0 ? review->event_seq > task->submitted_seq
                                           : review->reviewed_on >= task->row.submitted_on;
        if (review->passed && later)
            return true;
    }
    return false;
}

/* The last one counts: over, and as long as the rule asks. */
static bool publicity_over(struct model *model, const struct task_detail *task)
{
    const struct rules *rules = model_rules(model);
    const struct publicity *last = work_last_publicity(task);
    return last != NULL && last->ends_on < model_today(model)->date &&
           rules_publicity_days(rules, last->starts_on, last->ends_on, last->working_days) >=
               rules->publicity_days;
}

static bool supervises(struct model *model, const struct task_detail *task)
{
    const struct person *person = model_person(model);
    return person->role != PERSON_DEPARTMENT || person->department_id == 0 ||
           task->row.supervisor_id == 0 || person->department_id == task->row.supervisor_id;
}

static const char *argument_of(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->count; i++)
        if (strcmp(request->argument[i].name, name) == 0)
            return request->argument[i].value;
    return "";
}

static bool holds(struct model *model, const struct task_detail *task,
    const struct request *request, enum condition condition)
{
    bool reason = request == NULL || argument_of(request, "reason")[0] != '\0';
    switch (condition) {
    case HOLDS_MEASURES_DONE:
        return reason || measures_done(task);
    case HOLDS_PARTS_SUBMITTED:
        return task->open_parts == 0;
    case HOLDS_REVIEW_PASSED:
        return review_passed(task);
    case HOLDS_PUBLICITY_OVER:
        return publicity_over(model, task);
    case HOLDS_NO_OPEN_OBJECTION:
        return work_open_objection(task) == NULL;
    case HOLDS_BEFORE_DEADLINE:
        return task->row.deadline != DATE_NONE && model_today(model)->date <= task->row.deadline;
    case HOLDS_REASON_GIVEN:
        return reason;
    case HOLDS_SUPERVISOR:
        return supervises(model, task);
    case HOLDS_OBJECTION_OPEN:
        return work_open_objection(task) != NULL;
    case HOLDS_EXTENSION_ASKED:
        return work_open_extension(task) != NULL;
    case HOLDS_NO_EXTENSION_ASKED:
        return work_open_extension(task) == NULL;
    case HOLDS_NOTICE_UNANSWERED:
        return work_unanswered_notice(task) != NULL;
    case HOLDS_NOTICE_STANDING:
        return work_standing_notice(task) != NULL;
    case HOLDS_ALWAYS:
    case CONDITION_COUNT:
        break;
    }
    return true;
}

/* --- all of it ------------------------------------------------------------------------------- */

static bool refuse_role(
    const struct model *model, const struct transition *transition, struct error *why)
{
    struct strbuf roles = {0};
    for (int role = 0; role < PERSON_ROLE_COUNT; role++)
        if (transition->may & PERSON_BIT(role))
            strbuf_format(
                &roles, "%s%s", roles.length > 0 ? _(", ") : "", _(person_roles[role].label));
    error_set(why, ERROR_PERMISSION, _("%s (%s) may not do this: it is for %s"),
        model_person(model)->name, _(person_roles[model_person(model)->role].label),
        strbuf_text(&roles));
    strbuf_clear(&roles);
    return false;
}

static bool refuse_state(
    const struct task_detail *task, const struct transition *transition, struct error *why)
{
    struct strbuf states = {0};
    for (int state = 0; state < STATE_COUNT; state++)
        if (transition->from & STATE_BIT(state))
            strbuf_format(
                &states, "%s%s", states.length > 0 ? _(", ") : "", _(task_states[state].label));
    error_set(why, ERROR_REFUSED, _("The task is \"%s\"; this is for: %s"),
        _(task_states[task->row.state].label), strbuf_text(&states));
    strbuf_clear(&states);
    return false;
}

bool work_allowed(struct model *model, const struct task_detail *task,
    const struct transition *transition, const struct request *request, struct error *why)
{
    if (!(transition->may & PERSON_BIT(model_person(model)->role)))
        return refuse_role(model, transition, why);
    if (!(transition->from & STATE_BIT(task->row.state)))
        return refuse_state(task, transition, why);
    for (int i = 0; i < CONDITION_COUNT; i++)
        if (transition->holds & HOLDS_BIT(i) && !holds(model, task, request, (enum condition)i))
            return error_set(why, ERROR_REFUSED, "%s", _(conditions[i].sentence));
    return true;
}

/* What nobody edits is set by hand once, by the office. */
static bool may_edit(
    const struct person *person, const struct event_change *change, struct error *why)
{
    const unsigned office = PERSON_BIT(PERSON_OFFICER) | PERSON_BIT(PERSON_ADMIN);
    const struct field *field = field_find(change->field, NULL);
    unsigned may = field == NULL || field->table == TABLE_NONE ? ~0u
                   : field->may == 0                           ? office
                                                               : field->may;
    if (may & PERSON_BIT(person->role))
        return true;
    return error_set(why, ERROR_PERMISSION, _("%s (%s) may not change \"%s\""), person->name,
        _(person_roles[person->role].label), _(field->label));
}

bool work_may_change(const struct model *model, const char *action,
    const struct event_change *change, size_t count, struct error *why)
{
    const struct person *person = model_person(model);
    const struct transition *transition = workflow_find(action);
    bool create = strcmp(action, "create") == 0, edit = strcmp(action, "edit") == 0, good = true;
    if (create && !(WORK_MAY_CREATE & PERSON_BIT(person->role)))
        return error_set(why, ERROR_PERMISSION, _("%s (%s) may not make new tasks"), person->name,
            _(person_roles[person->role].label));
    if (person->role == PERSON_VIEWER)
        return error_set(why, ERROR_PERMISSION, _("%s (%s) may not change anything"), person->name,
            _(person_roles[person->role].label));
    if (transition != NULL && !edit && !(transition->may & PERSON_BIT(person->role)))
        return refuse_role(model, transition, why);
    for (size_t i = 0; edit && good && i < count; i++)
        good = may_edit(person, &change[i], why);
    return good;
}

bool work_refuse_giving_away(struct error *err)
{
    return error_set(err, ERROR_PERMISSION,
        _("The task would not be yours to see any more; somebody who sees all tasks can move it"));
}

bool work_possible(struct model *model, const struct task_detail *detail,
    const struct transition *transition, struct error *why)
{
    return model_may_write(model, why) && work_allowed(model, detail, transition, NULL, why);
}

bool work_needs_reason(
    struct model *model, const struct task_detail *detail, const struct transition *transition)
{
    const struct request none = {.action = transition->action};
    return transition->holds & HOLDS_BIT(HOLDS_MEASURES_DONE) &&
           !holds(model, detail, &none, HOLDS_MEASURES_DONE);
}
