#include "model/undo.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "column.h"
#include "member.h"
#include "model/change.h"
#include "model/import.h"
#include "model/people.h"
#include "model/task_detail.h"
#include "undo_parts.h"
#include "undo_units.h"
#include "work_parts.h"
#include "writing.h"

/* --- which lines stand ----------------------------------------------------------------------- */

static bool is_gone(const struct standing *standing, int64_t seq)
{
    for (size_t i = 0; i < standing->count; i++)
        if (standing->gone[i] == seq)
            return true;
    return false;
}

static enum line_kind kind_of(const char *action)
{
    static const char *const others[] = {"sample", "outside", "remind", "acknowledge"};
    if (strcmp(action, "undo") == 0)
        return LINE_UNDO;
    if (strcmp(action, "redo") == 0)
        return LINE_REDO;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(action, others[i]) == 0)
            return LINE_OTHER;
    if (people_is_action(action))
        return LINE_OTHER;
    return LINE_ACTION;
}

enum line_kind undo_line(struct standing *standing, struct db_statement *row)
{
    enum line_kind kind = kind_of(db_text(row, AT_ACTION));
    if (is_gone(standing, db_int(row, AT_SEQ)))
        return LINE_GONE;
    if (kind == LINE_UNDO || kind == LINE_REDO) {
        standing->gone = alloc_grow(
            standing->gone, &standing->capacity, standing->count + 1, sizeof *standing->gone);
        standing->gone[standing->count++] = strtoll(db_text(row, AT_TARGET), NULL, 10);
    }
    return kind;
}

/* The person's newest line that stands and can be taken back: an action for undo, and for redo an
 * undo with no action after it. 0: none. Lines that a spanning one stands for are passed over. */
static bool find_newest(struct model *model, bool redo, int64_t *seq, struct error *err)
{
    struct standing standing = {0};
    struct db_statement *row;
    enum db_step step = DB_DONE;
    int64_t span = INT64_MAX;
    bool over = false;
    *seq = 0;
    if (!db_statement(model_db(model), UNDO_MINE, &row, err))
        return false;
    db_bind_text(row, 1, model_person(model)->name);
    db_bind_int(row, 2, UNDO_LOOK);
    db_bind_text(row, 3, model_person(model)->login); /* names are not unique, logins are */
    while (*seq == 0 && !over && (step = db_step(row, err)) == DB_ROW) {
        int64_t here = db_int(row, AT_SEQ), first = strtoll(db_text(row, AT_SPAN), NULL, 10);
        if (here >= span && span != INT64_MAX)
            continue;
        span = first > 0 ? first : INT64_MAX;
        enum line_kind kind = undo_line(&standing, row);
        if (kind == LINE_ACTION && first == 0 && strcmp(db_text(row, AT_ACTION), "import") == 0)
            continue; /* one that tells of no task and no unit */
        if (kind == (redo ? LINE_UNDO : LINE_ACTION))
            *seq = here;
        over = redo && kind == LINE_ACTION;
    }
    db_reset(row);
    free(standing.gone);
    return step != DB_FAILED;
}

/* The line with values as they stand in the rows, not scrubbed for a screen. */
static bool read_values(struct model *model, int64_t seq, struct events *out, struct error *err)
{
    struct db_statement *row;
    enum db_step step = DB_DONE;
    if (!history_own(model, seq, out, err) ||
        !db_statement(model_db(model), HISTORY_CHANGES, &row, err))
        return false;
    db_bind_int(row, 1, seq);
    struct event *event = &out->event[0];
    for (size_t i = 0; i < event->change_count && (step = db_step(row, err)) == DB_ROW; i++) {
        free(event->changes[i].before);
        free(event->changes[i].after);
        event->changes[i].before = alloc_string(db_text(row, 1));
        event->changes[i].after = alloc_string(db_text(row, 2));
    }
    db_reset(row);
    return step != DB_FAILED;
}

bool undo_next(struct model *model, bool redo, struct events *out, struct error *err)
{
    int64_t seq;
    if (!find_newest(model, redo, &seq, err))
        return false;
    if (seq == 0)
        return error_set(err, ERROR_NOT_FOUND, "%s",
            redo ? _("There is nothing of yours to do again")
                 : _("There is nothing of yours to take back"));
    return history_own(model, seq, out, err);
}

/* --- taking back ----------------------------------------------------------------------------- */

/* What the person sees of a task. One that their own action has put out of their reach can be
 * brought back into it. */
enum sight { SIGHT_GONE, SIGHT_OUT, SIGHT_IN };

static bool see(struct model *model, int64_t task_id, enum sight *sight, struct error *err)
{
    char *title = NULL;
    bool is = true;
    if (!change_current(model_db(model), task_id, "title", &title, err))
        return false;
    bool gone = title[0] == '\0';
    free(title);
    if (!gone && !member_in_reach(model, task_id, &is, err))
        return false;
    *sight = gone ? SIGHT_GONE : is ? SIGHT_IN : SIGHT_OUT;
    return true;
}

static bool fail_unseen(struct error *err)
{
    return error_set(
        err, ERROR_NOT_FOUND, _("The task this was done to is not yours to see any more"));
}

static bool brings_task(const struct event *event)
{
    for (size_t i = 0; i < event->change_count; i++)
        if (strcmp(event->changes[i].field, "title") == 0 && event->changes[i].after[0] == '\0')
            return true;
    return false;
}

static bool write_inverse(
    struct model *model, const struct event *event, bool redo, int64_t *seq, struct error *err)
{
    struct change change = {.task_id = event->task_id, .action = redo ? "redo" : "undo"};
    char target[24];
    for (size_t i = 0; i < event->change_count; i++) {
        const struct field *field = field_find(event->changes[i].field, NULL);
        if (field != NULL && field->table != TABLE_NONE)
            change_put(&change, event->changes[i].field, event->changes[i].after,
                event->changes[i].before);
    }
    snprintf(target, sizeof target, "%" PRId64, event->seq);
    change_put(&change, redo ? "redone" : "undone", "", target);
    bool done = change_apply(model, &change, seq, err);
    change_clear(&change);
    return done;
}

static bool invert_event(
    struct model *model, const struct event *event, bool redo, int64_t *seq, struct error *err)
{
    enum sight before, after;
    if (!see(model, event->task_id, &before, err))
        return false;
    if (before == SIGHT_GONE && !brings_task(event))
        return fail_unseen(err);
    if (!undo_allowed(model, event, redo, err)) /* who changed what of it is not theirs to know */
        return before == SIGHT_OUT && err->code < ERROR_BUSY ? fail_unseen(err) : false;
    if (!write_inverse(model, event, redo, seq, err) || !see(model, event->task_id, &after, err))
        return false;
    if (after != SIGHT_OUT)
        return before != SIGHT_OUT || after == SIGHT_IN || fail_unseen(err);
    return before == SIGHT_IN ? work_refuse_giving_away(err) : fail_unseen(err);
}

static bool invert(struct model *model, int64_t line, bool redo, int64_t *seq, struct error *err)
{
    struct events one = {0};
    bool done =
        read_values(model, line, &one, err) && invert_event(model, &one.event[0], redo, seq, err);
    events_clear(&one);
    return done;
}

/* The lines from `first` to `last`, newest first; tells those it wrote in `line`. */
static bool invert_lines(struct model *model, int64_t first, int64_t last, bool redo,
    struct change *line, struct error *err)
{
    char text[2][24];
    int64_t seq = 0, from = 0;
    for (int64_t at = last; at >= first; at--) {
        if (!invert(model, at, redo, &seq, err))
            return false;
        from = from == 0 ? seq : from;
    }
    snprintf(text[0], sizeof text[0], "%" PRId64, from);
    snprintf(text[1], sizeof text[1], "%" PRId64, seq);
    change_add(line, "events", text[0], text[1]);
    return true;
}

/* A spanning line: what it stands for, and the units it tells of: dropped when their tasks are
 * gone, brought before they come. Then a spanning line of its own. */
static bool invert_span(
    struct model *model, const struct event *span, bool redo, int64_t *seq, struct error *err)
{
    struct change line = {.action = redo ? "redo" : "undo"};
    int64_t first = 0, last = 0;
    char target[24];
    for (size_t i = 0; i < span->change_count; i++)
        if (strcmp(span->changes[i].field, "events") == 0) {
            first = strtoll(span->changes[i].before, NULL, 10);
            last = strtoll(span->changes[i].after, NULL, 10);
        }
    if (last - first >= UNDO_SPAN_MOST)
        return error_set(err, ERROR_REFUSED,
            _("This was done to %" PRId64 " tasks at once; at most %d are taken back in one step. "
              "Put back a copy of the database from before (\"duban backup\"); it lacks what came "
              "since"),
            last - first + 1, UNDO_SPAN_MOST);
    snprintf(target, sizeof target, "%" PRId64, span->seq);
    change_put(&line, redo ? "redone" : "undone", "", target);
    bool done = (!undo_has_units(span) || import_allowed(model, err)) &&
                (!redo || undo_units_bring(model, span, &line, err)) &&
                (first == 0 || invert_lines(model, first, last, redo, &line, err)) &&
                (redo || undo_units_drop(model, span, &line, err)) &&
                change_apply(model, &line, seq, err);
    change_clear(&line);
    return done;
}

/* The line just written, behind what it took back. */
static bool add_line(struct model *model, int64_t seq, struct events *undone, struct error *err)
{
    struct events line = {0};
    if (!history_own(model, seq, &line, err))
        return false;
    undone->event =
        alloc_grow(undone->event, &undone->capacity, undone->count + 1, sizeof *undone->event);
    undone->event[undone->count++] = line.event[0];
    line.count = 0;
    events_clear(&line);
    return true;
}

const char *undo_kept(const struct events *undone)
{
    const struct event *line = undone->count == 2 ? &undone->event[1] : NULL;
    for (size_t i = 0; line != NULL && i < line->change_count; i++)
        if (strcmp(line->changes[i].field, "kept") == 0)
            return line->changes[i].after;
    return NULL;
}

static bool take_back(
    struct model *model, bool redo, int64_t expected, struct events *undone, struct error *err)
{
    int64_t seq;
    if (!undo_next(model, redo, undone, err))
        return false;
    const struct event *event = &undone->event[0];
    if (expected != 0 && event->seq != expected)
        return error_set(err, ERROR_CONFLICT,
            _("Something newer of yours has been recorded meanwhile; look again"));
    if (event->task_id != 0)
        return invert(model, event->seq, redo, &seq, err);
    struct events values = {0};
    bool done = read_values(model, event->seq, &values, err) &&
                invert_span(model, &values.event[0], redo, &seq, err);
    events_clear(&values);
    return done && add_line(model, seq, undone, err);
}

bool undo_do(struct model *model, bool redo, int64_t seq, struct events *undone, struct error *err)
{
    return writing_begin(model, redo, err) &&
           writing_end(model, take_back(model, redo, seq, undone, err), err);
}
