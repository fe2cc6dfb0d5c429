/* What a row says against itself: nothing that refuses, for each value may be the true one. Told of
 * what a row makes or changes, so that the same file once more tells nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "import_parts.h"
#include "model/task.h"

/* As it will be; "" where nothing stands. */
static const char *after(const struct look *look, const char *field)
{
    const char *made = made_get(look, field);
    return made != NULL ? made : look_before(look, field);
}

/* The first where nothing is told, as in a new task. */
static int word_after(
    const struct look *look, const char *field, const struct word *words, size_t count)
{
    int found = word_find(words, count, after(look, field));
    return found < 0 ? 0 : found;
}

static void check_closed_on(struct look *look, size_t proposal, int state)
{
    const char *day = made_get(look, "closed_on");
    if (day != NULL && day[0] != '\0' && state != STATE_CLOSED)
        look_say(look, proposal, look_told(look, proposal, "closed_on"), false,
            _("A day of closing is told, and the task is \"%s\": it stays open"),
            _(task_states[state].label));
}

static bool is_against(int percent, int progress)
{
    switch (progress) {
    case PROGRESS_NOT_STARTED:
        return percent > 0;
    case PROGRESS_BEHIND:
        return percent == 100;
    case PROGRESS_DONE:
        return percent < 100;
    case PROGRESS_AHEAD:
    case PROGRESS_BASICALLY_DONE:
        return percent == 0;
    default:
        return false;
    }
}

static void check_percent(struct look *look, size_t proposal, int state)
{
    const struct import_cell *cell = look_told(look, proposal, "percent"),
                             *words = look_told(look, proposal, "progress");
    int percent = atoi(after(look, "percent")),
        progress = word_after(look, "progress", task_progresses, PROGRESS_COUNT);
    bool made = made_get(look, "percent") != NULL || made_get(look, "progress") != NULL ||
                made_get(look, "state") != NULL || look->made.task == 0;
    if (cell == NULL || !made || look_said(look, cell) != SAID_PERCENT)
        return;
    if (words != NULL && is_against(percent, progress))
        look_say(look, proposal, cell, false, _("%d%% is told, and its progress is \"%s\""),
            percent, _(task_progresses[progress].label));
    else if (words == NULL && percent > 0 && progress == PROGRESS_NOT_STARTED &&
             look->made.task == 0 && state != STATE_CLOSED)
        look_say(look, proposal, NULL, false,
            _("A percentage is told and no progress: that stays \"%s\""),
            _(task_progresses[PROGRESS_NOT_STARTED].label));
    if (look_told(look, proposal, "state") != NULL &&
        ((state == STATE_NOT_STARTED && percent > 0) || (state == STATE_CLOSED && percent < 100)))
        look_say(look, proposal, cell, false, _("%d%% is told, and the task is \"%s\""), percent,
            _(task_states[state].label));
}

static bool is_open(const struct look *look, const char *suffix)
{
    char done[32], waived[32];
    snprintf(done, sizeof done, "done%s", suffix);
    snprintf(waived, sizeof waived, "waived%s", suffix);
    return made_get(look, done) == NULL && made_get(look, waived) == NULL;
}

/* Of a new task; one that is there is closed by the workflow, which looks at them. */
static void check_measures(struct look *look, size_t proposal, int state)
{
    static const char prefix[] = "measure.";
    bool open = false;
    if (state != STATE_CLOSED || look->made.task != 0)
        return;
    for (size_t i = 0; i < look->made.count; i++) {
        const char *field = look->made.item[i].field;
        open |= strncmp(field, prefix, strlen(prefix)) == 0 &&
                is_open(look, field + strlen(prefix) - 1);
    }
    if (open)
        look_say(look, proposal, look_told(look, proposal, "state"), false,
            _("The task is closed, and not all of its measures are told to be done"));
}

void look_against_itself(struct look *look, size_t proposal)
{
    int state = word_after(look, "state", task_states, STATE_COUNT);
    if (look->target[proposal].refused)
        return;
    check_percent(look, proposal, state);
    if (look->import->proposal[proposal].existing)
        return;
    check_closed_on(look, proposal, state);
    check_measures(look, proposal, state);
}
