/* history: the append-only events. Each line of duban's carries a hash (BLAKE2b-256, hex) over its
 * own fields, its changes and the hash of the line before that has one, so a changed or removed line
 * shows in history_check. Lines without a hash were made outside duban. */
#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"
#include "model/model.h"

struct event_change { char *field, *before, *after; };
struct event {
    int64_t seq;
    moment_t at;
    char *actor, *origin, *action, *note; /* action: a workflow action, "edit", "report", "import", "outside" .. */
    int64_t task_id;                      /* 0: none */
    char ident[24];                       /* of the task, "" when none */
    struct event_change *changes;
    size_t change_count;
    bool hashed;
};
struct events { struct event *event; size_t count, capacity; };
void events_clear(struct events *events);

/* Appends within the caller's write transaction and gives the seq. `event->seq` and `hashed` are ours. */
bool history_append(struct db *db, const struct event *event, int64_t *seq, struct error *err);

/* The newest `most` (of `task_id`, or of all when 0), newest first; or those after `since`, oldest first. */
bool history_latest(struct model *model, int64_t task_id, size_t most, struct events *out, struct error *err);
bool history_since(struct model *model, int64_t since, size_t most, struct events *out, struct error *err);
int64_t history_newest(struct model *model);

/* "整改时限 2026-09-30 → 2026-12-31": one translated line of what an event did, without who and when. */
struct strbuf;
void history_describe(const struct model *model, const struct event *event, struct strbuf *out);

/* Walks the chain; says each broken or outside line. `*broken` counts the broken ones. */
bool history_check(struct model *model, int64_t *broken, int64_t *outside,
    void (*say)(void *context, const char *text), void *context, struct error *err);

#endif
