/* What a proposal would set back: how far the work of a task is, and what it changes of a task that
 * is closed. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "import_parts.h"
#include "model/task.h"

static bool is_closed(const struct look *look)
{
    return look->made.task != 0 &&
           strcmp(look_before(look, "state"), task_states[STATE_CLOSED].name) == 0;
}

/* -1 where it says nothing of how far the work is. */
static int how_far(const char *name, const char *value)
{
    if (strcmp(name, "percent") == 0)
        return value[0] != '\0' ? atoi(value) : -1;
    if (strcmp(name, "progress") == 0)
        return word_find(task_progresses, PROGRESS_COUNT, value);
    return -1;
}

/* As a person reads it. */
static const char *shown(struct look *look, const char *name, const char *value)
{
    if (strcmp(name, "progress") == 0)
        return _(task_progresses[word_find(task_progresses, PROGRESS_COUNT, value)].label);
    char *text = alloc_format("%s%%", value);
    const char *kept = texts_keep(&look->import->texts, text);
    free(text);
    return kept;
}

/* A list of days that a later report has overtaken does not set back how far the work is. */
static bool is_overtaken(
    struct look *look, size_t proposal, const struct import_cell *cell, const char *name)
{
    const struct import_span *span = import_span(look->import, &look->import->proposal[proposal]);
    date_t later;
    if (span == NULL || (strcmp(name, "percent") != 0 && strcmp(name, "progress") != 0))
        return false;
    const char *reported = look_before(look, "reported_on");
    if (!date_parse(reported, &later) || span->last >= later)
        return false;
    look_say(look, proposal, cell, false,
        _("\"%s\" stays as it is, for there is a later report, of the period from %s"),
        _(field_named(name)->label), reported);
    return true;
}

static bool is_digit(const char *at)
{
    uint32_t code;
    return text_decode(at, &code) > 0 &&
           ((code >= '0' && code <= '9') || (code >= 0xff10 && code <= 0xff19));
}

/* A hole where a digit was: a mark for what cannot be shown, or a box or ? within digits. */
static bool is_damaged(const char *text)
{
    bool digit = false;
    uint32_t code;
    for (int length; (length = text_decode(text, &code)) > 0; text += length) {
        const char *next = text + length;
        bool box = code == 0x25a1 || code == 0x25a0 || code == 0x25af || code == 0x25fb;
        bool asks = code == '?' || code == 0xff1f;
        if (code == 0xfffd || (box && (digit || is_digit(next))) ||
            (asks && digit && (is_digit(next) || next[0] == '.')))
            return true;
        digit = is_digit(text);
    }
    return false;
}

bool look_is_damaged(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *before, const char *after)
{
    if (before[0] == '\0' || !is_damaged(after) || is_damaged(before))
        return false;
    look_say(look, proposal, cell, false,
        _("Digits of this text are damaged: \"%s\" stays as it is; put the file right where it "
          "tells something new"),
        _(fields[cell->field].label));
    return true;
}

bool look_stays(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *name, const char *before, const char *after)
{
    if (is_overtaken(look, proposal, cell, name) ||
        look_is_damaged(look, proposal, cell, before, after))
        return true;
    if (how_far(name, after) < 0 || !is_closed(look) ||
        how_far(name, after) >= how_far(name, before))
        return false;
    look_say(look, proposal, cell, false,
        _("The task is \"%s\": \"%s\" stays \"%s\" and is not set back to \"%s\"; whoever wants "
          "that undoes the closing first"),
        _(task_states[STATE_CLOSED].label), _(field_named(name)->label), shown(look, name, before),
        shown(look, name, after));
    return true;
}

/* Work that was begun is not begun, or that was done is not: the other words tell how it keeps to
 * its time, which goes up and down. */
static bool is_back(const char *name, const char *before, const char *after)
{
    int from = how_far(name, before), to = how_far(name, after);
    if (to < 0 || to >= from)
        return false;
    return strcmp(name, "percent") == 0 || to == PROGRESS_NOT_STARTED || from == PROGRESS_DONE;
}

/* 1 below a heading of percentages may be one percent, or all. */
static bool is_one(struct look *look, const struct import_cell *cell)
{
    const struct texts *texts = &look->import->texts;
    if (fields[cell->field].type != VALUE_IS_PERCENT)
        return false;
    return strcmp(texts_get(texts, look_narrow(look, texts_get(texts, cell->text))), "1") == 0;
}

void look_tell_back(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *name, const char *before, const char *after)
{
    if (look->made.task != 0 && is_back(name, before, after))
        look_say(look, proposal, cell, false, _("\"%s\" goes back from \"%s\" to \"%s\""),
            _(field_named(name)->label), shown(look, name, before), shown(look, name, after));
    if (is_one(look, cell))
        look_say(look, proposal, cell, false, _("It is taken as 1%%; 100%% is written 100%%"));
}

void look_tell_closed(struct look *look, size_t proposal)
{
    if (is_closed(look) && look->made.count > 0 && !look->target[proposal].refused)
        look_say(look, proposal, NULL, false, _("The task is \"%s\", and this row changes it"),
            _(task_states[STATE_CLOSED].label));
}
