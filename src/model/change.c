#include "model/change.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "change_rows.h"
#include "model/search.h"

void change_clear(struct change *change)
{
    for (size_t i = 0; i < change->count; i++) {
        free(change->item[i].field);
        free(change->item[i].before);
        free(change->item[i].after);
    }
    free(change->item);
    free(change->note);
    *change = (struct change){0};
}

void change_note(struct change *change, const char *note)
{
    free(change->note);
    change->note = alloc_string(note);
}

static struct event_change *find(const struct change *change, const char *name)
{
    for (size_t i = 0; i < change->count; i++)
        if (strcmp(change->item[i].field, name) == 0)
            return &change->item[i];
    return NULL;
}

const struct event_change *change_get(const struct change *change, const char *name)
{
    return find(change, name);
}

static void drop(struct change *change, struct event_change *item)
{
    free(item->field);
    free(item->before);
    free(item->after);
    *item = change->item[--change->count];
}

void change_put(struct change *change, const char *name, const char *before, const char *after)
{
    struct event_change *item = find(change, name);
    if (item == NULL) {
        change->item =
            alloc_grow(change->item, &change->capacity, change->count + 1, sizeof *change->item);
        item = &change->item[change->count++];
        *item = (struct event_change){.field = alloc_string(name), .before = alloc_string(before)};
    }
    free(item->after);
    item->after = alloc_string(after);
    if (strcmp(item->before, item->after) == 0)
        drop(change, item);
}

void change_add(struct change *change, const char *name, const char *before, const char *after)
{
    change->item =
        alloc_grow(change->item, &change->capacity, change->count + 1, sizeof *change->item);
    change->item[change->count++] = (struct event_change){
        .field = alloc_string(name), .before = alloc_string(before), .after = alloc_string(after)};
}

void change_put_of(
    struct change *change, const char *name, int64_t suffix, const char *before, const char *after)
{
    char full[64];
    snprintf(full, sizeof full, "%s.%" PRId64, name, suffix);
    change_put(change, full, before, after);
}

bool change_set(
    struct db *db, struct change *change, const char *name, const char *after, struct error *err)
{
    char *before = NULL;
    const struct event_change *item = find(change, name);
    if (item != NULL) {
        change_put(change, name, "", after);
        return true;
    }
    if (!change_current(db, change->task_id, name, &before, err))
        return false;
    change_put(change, name, before, after);
    free(before);
    return true;
}

/* Of a row that comes with this change nothing stands there. */
static bool is_of_new_row(
    const struct change *change, const struct field *field, const char *suffix)
{
    for (size_t i = 0; i < change->count; i++) {
        const char *other;
        const struct field *row = field_find(change->item[i].field, &other);
        if (row->table == field->table && row->flags & FIELD_IS_ROW && strcmp(other, suffix) == 0)
            return change->item[i].before[0] == '\0';
    }
    return false;
}

/* Words, flags and numbers are read as they stand. */
static bool is_read_exactly(const struct field *field)
{
    return field->table <= TABLE_TASK_DEPARTMENT && field->type != VALUE_IS_DATE &&
           field->type != VALUE_IS_LINE;
}

bool change_restate(struct db *db, struct change *change, struct error *err)
{
    for (size_t i = change->count; i-- > 0;) {
        struct event_change *item = &change->item[i];
        const char *suffix;
        const struct field *field = field_find(item->field, &suffix);
        char *now = NULL;
        if (is_read_exactly(field) || is_of_new_row(change, field, suffix))
            continue;
        if (!change_current(db, change->task_id, item->field, &now, err))
            return false;
        free(item->before);
        item->before = now;
        if (strcmp(item->before, item->after) == 0)
            drop(change, item);
    }
    return true;
}

bool change_new_id(struct db *db, enum field_table table, int64_t *id, struct error *err)
{
    struct strbuf sql = {0};
    struct db_statement *next;
    strbuf_format(&sql, "SELECT coalesce(max(id), 0) + 1 FROM (SELECT max(id) AS id FROM %s ",
        field_tables[table]);
    /* those that were taken back again count too */
    strbuf_add(&sql, table == TABLE_TASK ? "UNION ALL SELECT max(task_id) FROM event) given"
                                         : "UNION ALL SELECT CAST(value AS INTEGER) FROM meta "
                                           "WHERE name = 'rows.last') given");
    bool prepared = db_prepare(db, strbuf_text(&sql), &next, err);
    strbuf_clear(&sql);
    if (!prepared)
        return false;
    enum db_step step = db_step(next, err);
    *id = step == DB_ROW ? db_int(next, 0) : 0;
    db_finish(next);
    return step == DB_ROW;
}

/* --- writing --------------------------------------------------------------------------------- */

static bool append_line(
    struct model *model, const struct change *change, moment_t now, int64_t *seq, struct error *err)
{
    const struct person *person = model_person(model);
    struct event event = {
        .at = now,
        .actor = person->name,
        .origin = person->origin,
        .action = (char *)change->action,
        .note = change->note,
        .task_id = change->task_id,
        .changes = change->item,
        .change_count = change->count,
    };
    return history_append(model_db(model), &event, seq, err);
}

bool change_apply(struct model *model, struct change *change, int64_t *seq, struct error *err)
{
    struct db *db = model_db(model);
    enum {
        INDEX_MOST = 50
    }; /* what scripts left unindexed is caught up a little with each change */
    const moment_t now = date_now();
    char at[25];
    if (!append_line(model, change, now, seq, err))
        return false;
    if (change->task_id == 0)
        return true;
    const struct writing writing = {.db = db,
        .change = change,
        .seq = *seq,
        .actor = model_person(model)->name,
        .at = date_moment_format(now, at)};
    return change_rows_write(&writing, err) && search_refresh(db, INDEX_MOST, NULL, err);
}
