#include "check_replay.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "model/history.h"
#include "model/workflow.h"

/* name in the history; what a new task has; what a person calls it */
static const struct {
    const char *name, *first, *label;
} followed[REPLAY_FIELDS] = {
    [REPLAY_STATE] = {"state", "not_started", N_("state")},
    [REPLAY_RETURNED] = {"returned", "0", N_("marked as sent back")},
    [REPLAY_LISTED] = {"listed", "0", N_("publicly listed")},
    [REPLAY_DEADLINE] = {"deadline", "", N_("deadline")},
};

/* Beside the state, which the workflow tells of: the actions that move a field. */
static const struct mover {
    enum replay_field field;
    const char *action;
    bool once; /* only where it was empty */
} movers[] = {
    {REPLAY_RETURNED, "return", false}, {REPLAY_RETURNED, "submit", false},
    {REPLAY_LISTED, "notice", false}, {REPLAY_LISTED, "lift", false},
    {REPLAY_DEADLINE, "approve", false},
    {REPLAY_DEADLINE, "edit", true}, /* the first deadline of a task that came without one */
};

static bool is(const struct replay_line *line, const char *action)
{
    return strcmp(line->action, action) == 0;
}

static bool goes_back(const struct replay_line *line)
{
    return is(line, "undo") || is(line, "redo");
}

static bool sets_anything(const struct replay_line *line)
{
    return is(line, "create") || is(line, "import") || is(line, "sample") || is(line, "outside") ||
           goes_back(line);
}

/* A value in words; what is in no table as it is. */
static const char *shown(int field, const char *text)
{
    for (int i = 0; field == REPLAY_STATE && i < STATE_COUNT; i++)
        if (strcmp(task_states[i].name, text) == 0)
            return _(task_states[i].label);
    if (field != REPLAY_STATE && strcmp(text, "0") == 0)
        return _("no");
    if (field != REPLAY_STATE && strcmp(text, "1") == 0)
        return _("yes");
    return *text != '\0' ? text : _("none");
}

static const char *action_shown(const struct replay_line *line)
{
    const struct transition *transition = workflow_find(line->action);
    if (transition != NULL)
        return _(transition->label);
    for (size_t i = 0; i < history_action_count; i++)
        if (strcmp(history_actions[i].name, line->action) == 0)
            return _(history_actions[i].label);
    return line->action;
}

static int state_of(const char *text)
{
    for (int i = 0; i < STATE_COUNT; i++)
        if (strcmp(task_states[i].name, text) == 0)
            return i;
    return -1;
}

static void copy(char to[static REPLAY_ROOM], const char *text)
{
    size_t length = strnlen(text, REPLAY_ROOM - 1);
    memcpy(to, text, length);
    to[length] = '\0';
}

/* --- one line -------------------------------------------------------------------------------- */

/* A task that comes has what the schema gives; of one that comes from outside only its title is
 * told. */
static void play_coming(struct replay *replay, const struct replay_line *line)
{
    replay->exists = true;
    replay->passed = 0;
    replay->submitted = false;
    for (int i = 0; i < REPLAY_FIELDS; i++) {
        replay->value[i].known = !line->outside;
        replay->value[i].seq = 0;
        copy(replay->value[i].text, followed[i].first);
    }
}

static void expect_before(struct replay *replay, const struct replay_line *line, int field)
{
    const struct replay_value *value = &replay->value[field];
    const struct replay_change *change = &line->change[field];
    if (line->comes || !value->known || strcmp(value->text, change->before) == 0)
        return;
    findings_add(replay->findings, FOUND_STATE, replay->ident, line->seq,
        _("%s, line %" PRId64 " of the history: \"%s\" goes from \"%s\", but was \"%s\" by then"),
        replay->name, line->seq, _(followed[field].label), shown(field, change->before),
        shown(field, value->text));
}

/* Whether some row of the workflow leads from that state, by this action, to where the line went.
 */
static bool leads(const struct replay_line *line, int from, bool *known)
{
    const struct replay_change *change = &line->change[REPLAY_STATE];
    int to = change->there ? state_of(change->after) : WORKFLOW_SAME;
    *known = false;
    for (size_t i = 0; i < workflow_count; i++) {
        if (strcmp(workflow[i].action, line->action) != 0)
            continue;
        *known = true;
        if (from >= 0 && workflow[i].from & STATE_BIT(from) && workflow[i].to == to)
            return true;
    }
    return false;
}

static void expect_transition(struct replay *replay, const struct replay_line *line)
{
    const struct replay_change *change = &line->change[REPLAY_STATE];
    const struct replay_value *state = &replay->value[REPLAY_STATE];
    bool known;
    if (!change->there && !state->known)
        return;
    const char *from = change->there ? change->before : state->text;
    if (leads(line, state_of(from), &known))
        return;
    if (change->there)
        findings_add(replay->findings, FOUND_STATE, replay->ident, line->seq,
            _("%s, line %" PRId64 " of the history: \"%s\" does not lead from \"%s\" to \"%s\""),
            replay->name, line->seq, action_shown(line), shown(REPLAY_STATE, from),
            shown(REPLAY_STATE, change->after));
    else if (known)
        findings_add(replay->findings, FOUND_STATE, replay->ident, line->seq,
            _("%s, line %" PRId64
              " of the history: \"%s\" cannot leave a task that is \"%s\" as it is"),
            replay->name, line->seq, action_shown(line), shown(REPLAY_STATE, from));
}

static void expect_mover(struct replay *replay, const struct replay_line *line, int field)
{
    const struct replay_change *change = &line->change[field];
    for (size_t i = 0; i < sizeof movers / sizeof *movers; i++)
        if ((int)movers[i].field == field && is(line, movers[i].action) &&
            (!movers[i].once || *change->before == '\0'))
            return;
    findings_add(replay->findings, FOUND_STATE, replay->ident, line->seq,
        _("%s, line %" PRId64 " of the history: \"%s\" does not change \"%s\" (\"%s\" to \"%s\")"),
        replay->name, line->seq, action_shown(line), _(followed[field].label),
        shown(field, change->before), shown(field, change->after));
}

static void tell_outside(struct replay *replay, const struct replay_line *line, int field)
{
    findings_add(replay->findings, FOUND_OUTSIDE, replay->ident, line->seq,
        _("%s, line %" PRId64 " of the history: \"%s\" was moved outside duban, \"%s\" to \"%s\""),
        replay->name, line->seq, _(followed[field].label), shown(field, line->change[field].before),
        shown(field, line->change[field].after));
}

static void expect_review(struct replay *replay, const struct replay_line *line)
{
    if (is(line, "publicise") && replay->submitted && replay->passed <= 0)
        findings_add(replay->findings, FOUND_STATE, replay->ident, line->seq,
            _("%s, line %" PRId64
              " of the history: put on public notice without a review passed since it was "
              "submitted"),
            replay->name, line->seq);
}

/* What an undo takes back counts as if it had not been, and a submission undone does not begin
 * anew. */
static void count_reviews(struct replay *replay, const struct replay_line *line)
{
    const struct replay_change *state = &line->change[REPLAY_STATE];
    if (is(line, "submit") || (state->there && !goes_back(line) &&
                                  strcmp(state->after, task_states[STATE_SUBMITTED].name) == 0)) {
        replay->submitted = true;
        replay->passed = 0;
    }
    replay->passed += line->passed;
}

static void play_line(struct replay *replay)
{
    const struct replay_line *line = &replay->line;
    bool free = sets_anything(line);
    if (line->seq == 0)
        return;
    replay->last = line->seq;
    if (line->comes)
        play_coming(replay, line);
    if (!free) {
        expect_transition(replay, line);
        expect_review(replay, line);
    }
    for (int i = 0; i < REPLAY_FIELDS; i++) {
        const struct replay_change *change = &line->change[i];
        if (!change->there)
            continue;
        expect_before(replay, line, i);
        if (!free && i != REPLAY_STATE)
            expect_mover(replay, line, i);
        if (line->outside)
            tell_outside(replay, line, i);
        replay->value[i].known = true;
        replay->value[i].seq = line->seq;
        copy(replay->value[i].text, change->after);
    }
    count_reviews(replay, line);
    if (line->goes)
        replay->exists = false;
}

/* --- a task ---------------------------------------------------------------------------------- */

void replay_begin(
    struct replay *replay, struct findings *findings, int64_t task, const char *ident, bool there)
{
    *replay = (struct replay){.findings = findings, .there = there, .exists = true};
    snprintf(replay->ident, sizeof replay->ident, "%s", ident);
    if (ident[0] != '\0')
        snprintf(replay->name, sizeof replay->name, "%s", ident);
    else
        snprintf(replay->name, sizeof replay->name, _("task number %" PRId64 " of the file"), task);
}

void replay_line_begin(struct replay *replay, int64_t seq, const char *action, bool outside)
{
    play_line(replay);
    replay->line = (struct replay_line){.seq = seq, .outside = outside};
    copy(replay->line.action, action);
}

/* "review.57" and "review" alike are results of a review. */
static bool is_review(const char *field)
{
    return strncmp(field, "review", 6) == 0 && (field[6] == '\0' || field[6] == '.');
}

void replay_change(struct replay *replay, const char *field, const char *before, const char *after)
{
    struct replay_line *line = &replay->line;
    if (strcmp(field, "title") == 0) {
        line->comes |= *before == '\0' && *after != '\0';
        line->goes |= *before != '\0' && *after == '\0';
    } else if (strcmp(field, "deleted") == 0) {
        line->comes |= *after != '\0';
        line->goes |= *after == '\0';
    } else if (is_review(field)) {
        line->passed += (strcmp(after, "passed") == 0) - (strcmp(before, "passed") == 0);
    }
    for (int i = 0; i < REPLAY_FIELDS; i++) {
        struct replay_change *change = &line->change[i];
        if (strcmp(field, followed[i].name) != 0)
            continue;
        change->there = true;
        copy(change->before, before);
        copy(change->after, after);
    }
}

static void compare_row(struct replay *replay, int field, const char *row)
{
    const struct replay_value *value = &replay->value[field];
    char cut[REPLAY_ROOM];
    copy(cut, row);
    if (!value->known || strcmp(value->text, cut) == 0)
        return;
    findings_add(replay->findings, FOUND_STATE, replay->ident, value->seq,
        _("%s: \"%s\" is \"%s\", but its history leads to \"%s\""), replay->name,
        _(followed[field].label), shown(field, row), shown(field, value->text));
}

void replay_end(struct replay *replay, const char *const row[REPLAY_FIELDS])
{
    play_line(replay);
    if (replay->there && !replay->exists) {
        findings_add(replay->findings, FOUND_STATE, replay->ident, replay->last,
            _("%s is there, though its history says that it was deleted"), replay->name);
    } else if (!replay->there && replay->exists) {
        findings_add(replay->findings, FOUND_REFERENCE, "", replay->last,
            _("%s is gone, and no line of the history tells of its deletion"), replay->name);
    }
    for (int i = 0; replay->there && replay->exists && i < REPLAY_FIELDS; i++)
        compare_row(replay, i, row[i]);
}
