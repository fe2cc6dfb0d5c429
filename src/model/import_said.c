/* Columns of state, progress and percent say each other's words: 已完成 below 状态 is the progress,
 * 80% below 序时进度 the percent. */
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "import_parts.h"
#include "model/percent.h"

static const char *const column_of[] = {
    [SAID_STATE] = "state", [SAID_PROGRESS] = "progress", [SAID_PERCENT] = "percent"};

/* That it is not over: nothing new, but of a task that is. */
static bool says_open(const char *text)
{
    static const char *const words[] = {"未销号", "尚未销号", "未完成销号", "未验收销号", "未办结",
        "尚未办结", "未完成", "尚未完成", "未完成整改", "未整改完成", "未整改到位"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

static bool is_of(enum said said, const char *text)
{
    switch (said) {
    case SAID_STATE:
        return word_find(task_states, STATE_COUNT, text) >= 0;
    case SAID_PROGRESS:
        return word_find(task_progresses, PROGRESS_COUNT, text) >= 0;
    case SAID_PERCENT:
        return percent_read(text, &(int){0}, NULL);
    default:
        return says_open(text);
    }
}

/* In each column its own words come first. */
static enum said find_said(const struct field *field, const char *text)
{
    static const struct {
        const char *field;
        enum said order[4];
    } columns[] = {{"state", {SAID_STATE, SAID_OPEN, SAID_PROGRESS, SAID_PERCENT}},
        {"progress", {SAID_PROGRESS, SAID_OPEN, SAID_PERCENT, SAID_STATE}},
        {"percent", {SAID_PERCENT, SAID_OPEN, SAID_PROGRESS, SAID_STATE}}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        for (size_t k = 0; k < 4 && strcmp(field->name, columns[i].field) == 0; k++)
            if (is_of(columns[i].order[k], text))
                return columns[i].order[k];
    return SAID_NOTHING;
}

enum said look_said(struct look *look, const struct import_cell *cell)
{
    bool is_new;
    size_t at = id_map_add(&look->saids, (uint64_t)cell->text << 16 | cell->field, &is_new);
    look->said_as = alloc_grow(look->said_as, &look->said_room, at + 1, sizeof *look->said_as);
    if (is_new)
        look->said_as[at] = (unsigned char)find_said(&fields[cell->field],
            texts_get(&look->import->texts,
                look_narrow(look, texts_get(&look->import->texts, cell->text))));
    return (enum said)look->said_as[at];
}

/* What is told of the state, in the cells of one column or several: the first that says one, else
 * the first whose word is none. */
static const struct import_cell *own_state(struct look *look, size_t proposal)
{
    const struct proposal *row = &look->import->proposal[proposal];
    const struct import_cell *unknown = NULL;
    for (uint32_t i = 0; i < row->count; i++) {
        const struct import_cell *cell = &look->import->cell[row->first + i];
        if (strcmp(fields[cell->field].name, "state") != 0)
            continue;
        enum said said = look_said(look, cell);
        if (said == SAID_STATE)
            return cell;
        if (said == SAID_NOTHING && unknown == NULL)
            unknown = cell;
    }
    return unknown;
}

bool look_state_cell(struct look *look, size_t proposal, struct import_cell *out)
{
    static const char *const others[] = {"progress", "percent"};
    const struct import_cell *cell = own_state(look, proposal);
    for (size_t i = 0; cell == NULL && i < sizeof others / sizeof *others; i++) {
        cell = look_told(look, proposal, others[i]);
        cell = cell != NULL && look_said(look, cell) == SAID_STATE ? cell : NULL;
    }
    if (cell == NULL)
        return false;
    *out = *cell;
    out->field = (uint16_t)(field_named("state") - fields);
    return true;
}

static int state_in(struct look *look, const struct import_cell *cell)
{
    const struct texts *texts = &look->import->texts;
    return word_find(
        task_states, STATE_COUNT, texts_get(texts, look_narrow(look, look_text(look, cell))));
}

void look_other_states(struct look *look, size_t proposal, const struct import_cell *taken)
{
    const struct proposal *row = &look->import->proposal[proposal];
    int state = taken != NULL ? state_in(look, taken) : -1;
    for (uint32_t i = 0; i < row->count; i++) {
        const struct import_cell *cell = &look->import->cell[row->first + i];
        if (strcmp(fields[cell->field].name, "state") != 0 || look_is_words(cell))
            continue;
        enum said said = look_said(look, cell);
        int other = said == SAID_STATE ? state_in(look, cell) : -1;
        if ((other >= 0 && other != state) || (said == SAID_OPEN && state == STATE_CLOSED))
            look_say(look, proposal, cell, false,
                _("It is not taken over, for \"%s\" of the same row is another"), _("state"));
        else
            look_take_said(look, proposal, cell);
    }
}

/* 未销号 of a task that is closed, 未完成 of one whose work is done. */
static void say_over(struct look *look, size_t proposal, const struct import_cell *cell)
{
    const char *state = look_before(look, "state"), *progress = look_before(look, "progress");
    bool closed = strcmp(state, task_states[STATE_CLOSED].name) == 0,
         done = strcmp(progress, task_progresses[PROGRESS_DONE].name) == 0;
    bool of_state = strcmp(fields[cell->field].name, "state") == 0;
    if (closed || (done && !of_state))
        look_say(look, proposal, cell, false, _("The task is \"%s\" already and stays so"),
            _(closed ? task_states[STATE_CLOSED].label : task_progresses[PROGRESS_DONE].label));
    else if (!of_state)
        look_say(look, proposal, cell, false,
            _("It says only that it is not over yet: \"%s\" takes nothing of it"),
            _(fields[cell->field].label));
}

/* Whether what is below the heading is of another of the three, or says nothing. */
static bool says_other(struct look *look, const struct import_cell *cell)
{
    enum said said = look_said(look, cell);
    return said != SAID_NOTHING &&
           (said == SAID_OPEN || strcmp(column_of[said], fields[cell->field].name) != 0);
}

/* As if it stood in the column of the field; what that column says itself goes before. */
static void put_as(
    struct look *look, size_t proposal, const struct import_cell *cell, const char *name)
{
    const struct import_cell *own = look_told(look, proposal, name);
    struct import_cell as = *cell;
    const char *value, *other = made_get(look, name);
    if (own != NULL && look_said(look, own) != SAID_OPEN && says_other(look, own))
        own = NULL;
    as.field = (uint16_t)(field_named(name) - fields);
    if (!look_read(look, proposal, &as, 0, &value))
        return;
    if (other == NULL && own == NULL) {
        look_put(look, proposal, &as, name, look_before(look, name), value);
        if (made_get(look, name) != NULL)
            look_say(look, proposal, cell, false, _("It is taken for \"%s\", not for \"%s\""),
                _(field_named(name)->label), _(fields[cell->field].label));
        return;
    }
    if (other == NULL)
        other = look_before(look, name);
    if (strcmp(other, value) != 0)
        look_say(look, proposal, cell, false,
            _("It is not taken over, for \"%s\" of the same row is another"),
            _(field_named(name)->label));
}

bool look_take_said(struct look *look, size_t proposal, const struct import_cell *cell)
{
    const char *own = fields[cell->field].name;
    if (look_is_words(cell) ||
        (strcmp(own, "state") != 0 && strcmp(own, "progress") != 0 && strcmp(own, "percent") != 0))
        return false;
    enum said said = look_said(look, cell);
    if (!says_other(look, cell))
        return false;
    if (said == SAID_OPEN)
        say_over(look, proposal, cell);
    else if (said != SAID_STATE) /* that is taken when all else is */
        put_as(look, proposal, cell, column_of[said]);
    return true;
}
