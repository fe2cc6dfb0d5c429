#include "harness/acting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "model/check.h"
#include "model/history.h"
#include "model/undo.h"

struct model *acting_open(
    const char *path, const char *name, enum person_role role, const char *reach)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.name = (char *)name, .role = role, .reach = (char *)reach};
    const struct model_options options = {
        .path = path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

int64_t acting_do(struct model *model, int64_t id, const char *action,
    const struct argument *argument, size_t count)
{
    struct error err = {0};
    struct outcome outcome;
    const struct request request = {.action = action, .argument = argument, .count = count};
    if (!work_do(model, id, &request, &outcome, &err))
        fail_msg("%s: %s", action, err.text);
    assert_int_equal(outcome.seq, history_newest(model));
    int64_t task = outcome.task_id;
    outcome_clear(&outcome);
    return task;
}

static void must_say(
    const char *what, const struct error *err, enum error_code code, const char *words)
{
    if (err->code != code || strstr(err->text, words) == NULL)
        fail_msg("%s: \"%s\" (%d), not \"%s\" (%d)", what, err->text, err->code, words, code);
}

void acting_refused(struct model *model, int64_t id, const char *action,
    const struct argument *argument, size_t count, enum error_code code, const char *words)
{
    struct error err = {0};
    struct outcome outcome;
    const struct request request = {.action = action, .argument = argument, .count = count};
    int64_t before = history_newest(model);
    assert_false(work_do(model, id, &request, &outcome, &err));
    must_say(action, &err, code, words);
    assert_int_equal(outcome.seq, 0);
    assert_int_equal(history_newest(model), before);
    outcome_clear(&outcome);
}

void acting_undo(struct model *model, bool redo)
{
    struct error err = {0};
    struct events undone = {0};
    if (!undo_do(model, redo, 0, &undone, &err))
        fail_msg("%s", err.text);
    assert_true(undone.count >= 1);
    events_clear(&undone);
}

void acting_undo_refused(struct model *model, bool redo, enum error_code code, const char *words)
{
    struct error err = {0};
    struct events undone = {0};
    int64_t before = history_newest(model);
    assert_false(undo_do(model, redo, 0, &undone, &err));
    must_say(redo ? "redo" : "undo", &err, code, words);
    assert_int_equal(history_newest(model), before);
    events_clear(&undone);
}

static void complain(void *context, const struct finding *finding)
{
    (void)context;
    if (strstr(finding->text, "has no line of the history") == NULL) /* as the harness made it */
        fail_msg("%s", finding->text);
}

void acting_whole(struct model *model)
{
    struct error err = {0};
    struct findings findings = {.say = complain};
    int64_t outside;
    assert_true(check_references(model, &findings, &err));
    assert_true(check_counts(model, &findings, &err));
    assert_true(check_history(model, &findings, &outside, &err));
    assert_true(check_states(model, &findings, &err));
    assert_true(check_facts(model, &findings, &err));
    assert_true(check_search(model, &findings, &err));
}
