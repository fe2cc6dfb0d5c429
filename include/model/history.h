/* history: the append-only events, one line each time somebody changed something.
 *
 * Each line of duban's carries a hash, chained to the one before, so that a line changed or removed
 * afterwards shows in check_history. Lines without a hash were made outside duban, by the triggers
 * of the schema. The hash is BLAKE2b with 32 bytes, as lower-case hex, over these texts, each
 * written as its length in bytes, ":", the text and "," (a netstring):
 *
 *   the hash of the nearest line before that has one ("" for the first),
 *   seq, at, actor, origin, task_id ("" for none), action, note, as the columns of `event` hold
 * them, then field, before, after of each row of `event_change`, in the order of the bytes of
 * `field`.
 *
 * The newest chained line stands in `meta` under history.head as "SEQ HASH", so that lines cut off
 * the end are missed too. A chain without a key shows tampering by hand or by script; against
 * somebody who recomputes all of it, keep that mark elsewhere too. */
#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"
#include "model/model.h"
#include "model/query.h"

struct event_change {
    char *field; /* a name of model/field.h; "measure.3" is one of several */
    char *before, *after; /* as the row held them: identifiers, words of the schema, ISO dates */
};
/* The action that an undo took back or a redo did again. */
struct event_target {
    moment_t at;
    char *action; /* NULL: the line is neither, or what it speaks of is gone */
};
struct event {
    int64_t seq;
    moment_t at;
    char *actor, *origin;
    char *action; /* a workflow action, "edit", "report", "import", "outside" .. */
    char *note;
    int64_t task_id; /* 0: none */
    char ident[24];  /* of the task, "" when none */
    struct event_change *changes;
    size_t change_count;
    bool hashed;
    struct event_target target;
    size_t together; /* lines of one step, of tasks in reach, this one among them; 0: alone. Told for one task's lines */
};
struct events {
    struct event *event;
    size_t count, capacity;
    int64_t looked; /* the newest line looked at, whether it is among these or not; 0: none */
};
void events_clear(struct events *events);

/* Appends within the caller's write transaction and gives the seq. `event->seq`, `ident`,
 * `hashed`, `target` and `together` are not read; NULL texts are "". No field stands twice in one event. */
bool history_append(struct db *db, const struct event *event, int64_t *seq, struct error *err);

/* A task's lines are in reach as the task is, now: one that has come into it brings all its lines,
 * with what others did to it before, and one that has left it takes them along, the person's own
 * too, which only undo still finds. In the past (model/past.h) the task is judged as it was then.
 *
 * The newest `most` (of `task_id`, or of all when 0), newest first; or those after `since`, oldest
 * first. Only what is in the person's reach: with one, events of no task are left out but for their own; those
 * about people (model/people.h) are told to administrators only, whatever their reach. The
 * newest of all are looked for among the last HISTORY_LOOK lines. `out` is empty or cleared. */
#define HISTORY_LOOK 5000
bool history_latest(
    struct model *model, int64_t task_id, size_t most, struct events *out, struct error *err);
/* The newest of all again, for who keeps them on the screen: `kept` is what this or history_latest gave
 * with the same `most`. Looks only at lines written since, and whether those kept are still in reach;
 * lines of a task from before it came into the reach are not missed until history_latest is asked. */
bool history_follow(struct model *model, size_t most, struct events *kept, struct error *err);
/* The newest of all that are of a task in `filter`; without one, as above, but none about people: for a
 * screen that anybody may look at. */
bool history_latest_of(struct model *model, const struct query *filter, size_t most,
    struct events *out, struct error *err);
bool history_since(
    struct model *model, int64_t since, size_t most, struct events *out, struct error *err);
/* After which line the newest `most` of those after `since` stand, and how many there are before them
 * (with a reach, among the last HISTORY_CUT_LOOK lines): what history_since is to leave out. */
#define HISTORY_CUT_LOOK 100000
struct history_cut {
    int64_t after, left_out;
};
bool history_cut(
    struct model *model, int64_t since, int64_t most, struct history_cut *out, struct error *err);
/* The newest line in reach up to `seq`, looked for among HISTORY_LOOK lines; 0: none. */
bool history_line_at(struct model *model, int64_t seq, moment_t *at, struct error *err);
/* One line of the person's own, wherever its task is by now. ERROR_NOT_FOUND: there is none. */
bool history_own(struct model *model, int64_t seq, struct events *out, struct error *err);
int64_t history_newest(struct model *model); /* 0 when there is none */

/* "整改时限 2026-09-30 → 2026-12-31 · 延期": one translated line of what an event did, without who
 * and when. Long texts are cut; of one that was changed only the changed part is told, "…湿地【+退养】
 * 还湿…". */
struct strbuf;
void history_describe(const struct model *model, const struct event *event, struct strbuf *out);
/* The same in a ticker's few words: "周报 60%", "申请验收 → 申验中". */
void history_headline(const struct event *event, struct strbuf *out);

/* Words of actions that are no transition of the workflow. Those of fields stand in model/field.h. */
struct history_action {
    const char *name, *label;
};
extern const struct history_action history_actions[];
extern const size_t history_action_count;

#endif
