#include "model/history.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "history_chain.h"

static const char *text_or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static int compare_changes(const void *a, const void *b)
{
    const struct event_change *x = a, *y = b;
    return strcmp(x->field, y->field);
}

/* The changes in the order they are hashed. The caller frees the array, not what is in it. */
static struct event_change *sorted_changes(const struct event *event)
{
    struct event_change *sorted = alloc_zero(event->change_count + 1, sizeof *sorted);
    for (size_t i = 0; i < event->change_count; i++)
        sorted[i] = event->changes[i];
    qsort(sorted, event->change_count, sizeof *sorted, compare_changes);
    for (size_t i = 1; i < event->change_count; i++)
        assert(strcmp(sorted[i - 1].field, sorted[i].field) != 0);
    return sorted;
}

static bool next_seq(struct db *db, int64_t *seq, struct error *err)
{
    struct db_statement *next;
    if (!db_statement(db, HISTORY_NEXT, &next, err))
        return false;
    enum db_step step = db_step(next, err);
    *seq = step == DB_ROW ? db_int(next, 0) : 0;
    db_reset(next);
    return step == DB_ROW;
}

static bool insert_line(
    struct db *db, const struct chain_line *line, const char *hash, struct error *err)
{
    struct db_statement *add;
    if (!db_statement(db, HISTORY_ADD, &add, err))
        return false;
    db_bind_int(add, 1, line->seq);
    db_bind_text(add, 2, line->at);
    db_bind_text(add, 3, line->actor);
    db_bind_text(add, 4, line->origin);
    if (line->task_id != 0)
        db_bind_int(add, 5, line->task_id);
    else
        db_bind_null(add, 5);
    db_bind_text(add, 6, line->action);
    db_bind_text(add, 7, line->note);
    db_bind_text(add, 8, hash);
    return db_run(add, err);
}

static bool insert_changes(
    struct db *db, int64_t seq, const struct event_change *changes, size_t count, struct error *err)
{
    struct db_statement *add;
    if (count > 0 && !db_statement(db, HISTORY_ADD_CHANGE, &add, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        db_bind_int(add, 1, seq);
        db_bind_text(add, 2, changes[i].field);
        db_bind_text(add, 3, text_or_empty(changes[i].before));
        db_bind_text(add, 4, text_or_empty(changes[i].after));
        if (!db_run(add, err))
            return false;
    }
    return true;
}

bool history_append(struct db *db, const struct event *event, int64_t *seq, struct error *err)
{
    struct chain_head head;
    char at[25];
    struct chain_line line = {
        .task_id = event->task_id,
        .at = date_moment_format(event->at, at),
        .actor = text_or_empty(event->actor),
        .origin = text_or_empty(event->origin),
        .action = event->action,
        .note = text_or_empty(event->note),
    };
    if (!chain_head_read(db, &head, err) || !next_seq(db, &line.seq, err))
        return false;
    struct event_change *changes = sorted_changes(event);
    struct chain chain;
    chain_begin(&chain, head.hash, &line);
    for (size_t i = 0; i < event->change_count; i++) {
        chain_change(&chain, changes[i].field, text_or_empty(changes[i].before),
            text_or_empty(changes[i].after));
    }
    head.seq = line.seq;
    chain_end(&chain, head.hash);
    bool ok = insert_line(db, &line, head.hash, err) &&
              insert_changes(db, line.seq, changes, event->change_count, err) &&
              chain_head_write(db, &head, err);
    free(changes);
    if (ok)
        *seq = line.seq;
    return ok;
}

int64_t history_newest(struct model *model)
{
    int64_t next = 0;
    struct error ignored;
    return next_seq(model_db(model), &next, &ignored) ? next - 1 : 0;
}
