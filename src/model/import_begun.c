/* What follows from how far the work of a task is told to be. A new one that tells no state and is
 * begun is in progress, even where all is done, for only steps lead on from there; one that comes
 * closed is done unless it says otherwise. A task that is there is started by the action only, as
 * with a report of the workflow. Told once, not row by row. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "import_parts.h"
#include "model/task.h"

enum { WORDS_MOST = 18 }; /* bytes, from 完成 to its figure */

static int made_percent(const struct look *look)
{
    const char *told = made_get(look, "percent");
    return told != NULL && told[0] != '\0' ? atoi(told) : -1;
}

static int made_progress(const struct look *look)
{
    const char *told = made_get(look, "progress");
    return told != NULL ? word_find(task_progresses, PROGRESS_COUNT, told) : -1;
}

/* Where one of the two says that all is done, the other says so too. */
static void put_done(struct look *look, int percent, int progress)
{
    if (percent < 0)
        made_put(look, "percent", "", "100");
    if (progress < 0)
        made_put(look, "progress", "", task_progresses[PROGRESS_DONE].name);
}

int look_new_state(struct look *look, size_t proposal, bool told, int state)
{
    int percent = made_percent(look), progress = made_progress(look);
    bool begun = percent > 0 || progress > PROGRESS_NOT_STARTED;
    bool done = percent == 100 || progress == PROGRESS_DONE;
    if (state == STATE_CLOSED && (done || (percent < 0 && progress < 0)))
        put_done(look, percent, progress);
    if (told || !begun || state != STATE_NOT_STARTED)
        return state;
    if (done)
        put_done(look, percent, progress);
    look->begun += !look->target[proposal].refused;
    return STATE_IN_PROGRESS;
}

void look_count_unstarted(struct look *look, size_t proposal)
{
    bool begun = made_percent(look) > 0 || made_progress(look) > PROGRESS_NOT_STARTED;
    look->unstarted += begun && !look->target[proposal].refused;
}

/* 完成80%, 完成率达到80% */
static bool names_percentage(const char *text)
{
    for (const char *at = text; (at = strstr(at, "完成")) != NULL; at += strlen("完成")) {
        const char *figure = at + strcspn(at, "0123456789");
        size_t digits = strspn(figure, "0123456789.");
        if (digits > 0 && figure - at <= WORDS_MOST &&
            (figure[digits] == '%' || strncmp(figure + digits, "％", strlen("％")) == 0))
            return true;
    }
    return false;
}

void look_count_unread(struct look *look, size_t proposal)
{
    const struct import_cell *report = look_told(look, proposal, "report");
    if (report != NULL && look->made.count > 0 && !look->target[proposal].refused &&
        look_told(look, proposal, "percent") == NULL &&
        look_told(look, proposal, "report_percent") == NULL)
        look->unread += names_percentage(look_text(look, report));
}

static void tell(struct look *look, size_t count, char *text)
{
    if (count > 0)
        look_say_of_file(look, "", (struct import_place){.heading = ""}, text);
    free(text);
}

void look_tell_begun(struct look *look)
{
    const char *in_progress = _(task_states[STATE_IN_PROGRESS].label),
               *not_started = _(task_states[STATE_NOT_STARTED].label);
    tell(look, look->begun,
        alloc_format(
            ngettext("%zu new task tells no state, and that its work is under way or done: "
                     "it is taken as \"%s\"",
                "%zu new tasks tell no state, and that their work is under way or done: "
                "they are taken as \"%s\"",
                look->begun),
            look->begun, in_progress));
    tell(look, look->unstarted,
        alloc_format(
            ngettext("%zu task is \"%s\" and how far it is is taken; it stays \"%s\" until "
                     "somebody starts the work (start)",
                "%zu tasks are \"%s\" and how far they are is taken; they stay \"%s\" "
                "until somebody starts the work (start)",
                look->unstarted),
            look->unstarted, not_started, not_started));
    tell(look, look->unread,
        alloc_format(
            ngettext("%zu text of progress names a percentage, which is not taken from there: "
                     "write it in a column of its own (%s)",
                "%zu texts of progress name a percentage, which is not taken from there: "
                "write it in a column of its own (%s)",
                look->unread),
            look->unread, _(field_named("percent")->label)));
}
