/* Rows of tasks put back. Each is written once, with all that changed in it, because writing is
 * what costs; tasks in which the same fields changed share a statement. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "past_parts.h"

enum { UPDATES = 512 }; /* statements that are kept */

/* An update of certain fields. */
struct update {
    uint64_t mask;
    struct db_statement *statement; /* NULL: none yet */
};

struct past_tasks {
    const struct past *past;
    int *bit; /* of each field in a mask; -1: of no task */
    struct update updates[UPDATES];
};

struct past_tasks *past_tasks_new(const struct past *past)
{
    struct past_tasks *tasks = alloc_zero(1, sizeof *tasks);
    int bit = 0;
    tasks->past = past;
    tasks->bit = alloc_zero(field_count, sizeof *tasks->bit);
    for (size_t i = 0; i < field_count; i++)
        tasks->bit[i] = fields[i].table == TABLE_TASK ? bit++ : -1;
    assert(bit <= PAST_VALUES); /* and as many bits has a mask */
    return tasks;
}

void past_tasks_free(struct past_tasks *tasks)
{
    for (size_t i = 0; i < UPDATES; i++)
        db_finish(tasks->updates[i].statement);
    free(tasks->bit);
    free(tasks);
}

/* --- the statement --------------------------------------------------------------------------- */

/* Binds are numbered on in the order of the bits: then the engine's own places are the same. */
static int bind_of(uint64_t mask, int bit)
{
    return 3 + __builtin_popcountll(mask & (((uint64_t)1 << bit) - 1));
}

/* What the column holds when the update is done: the bind of a field in the mask, else what is
 * there. */
static const char *operand(
    const struct past_tasks *tasks, uint64_t mask, const char *name, char out[static 24])
{
    const struct field *field = field_named(name);
    int bit = tasks->bit[field - fields];
    if (mask >> bit & 1)
        snprintf(out, 24, "$%d", bind_of(mask, bit));
    else
        snprintf(out, 24, "%s", field->column);
    return out;
}

/* is_open and due_on as in 001-schema.sql. */
static void put_derived(const struct past_tasks *tasks, uint64_t mask, struct strbuf *sql)
{
    char state[24], kind[24], deadline[24], assigned[24];
    operand(tasks, mask, "state", state);
    operand(tasks, mask, "deadline_kind", kind);
    operand(tasks, mask, "deadline", deadline);
    operand(tasks, mask, "assigned_on", assigned);
    strbuf_format(sql,
        ", is_open = %s <> 'closed', due_on = coalesce(CASE %s WHEN 'ongoing' THEN NULL WHEN "
        "'immediate' THEN date(coalesce(%s, %s), '+30 days') ELSE %s END, '9999-12-31')",
        state, kind, deadline, assigned, deadline);
}

/* $1 the task, $2 the last line that counts, $3.. the fields in the mask. */
static bool prepare(
    const struct past_tasks *tasks, uint64_t mask, struct db_statement **out, struct error *err)
{
    struct strbuf sql = {0};
    strbuf_add(&sql,
        "UPDATE temp.task SET (updated_at, updated_by) = (SELECT e.at, e.actor FROM main.event e "
        "WHERE e.task_id = $1 AND e.seq <= $2 ORDER BY e.seq DESC LIMIT 1)");
    for (size_t i = 0; i < field_count; i++)
        if (tasks->bit[i] >= 0 && mask >> tasks->bit[i] & 1)
            strbuf_format(&sql, ", %s = $%d", fields[i].column, bind_of(mask, tasks->bit[i]));
    put_derived(tasks, mask, &sql);
    strbuf_add(&sql, " WHERE id = $1");
    bool done = db_prepare(tasks->past->db, strbuf_text(&sql), out, err);
    strbuf_clear(&sql);
    return done;
}

static struct db_statement *update_for(struct past_tasks *tasks, uint64_t mask, struct error *err)
{
    struct update *update = &tasks->updates[(mask * 0x9e3779b97f4a7c15u >> 32) % UPDATES];
    if (update->statement != NULL && update->mask == mask)
        return update->statement;
    db_finish(update->statement);
    *update = (struct update){.mask = mask};
    return prepare(tasks, mask, &update->statement, err) ? update->statement : NULL;
}

/* --- one task -------------------------------------------------------------------------------- */

static bool update_row(struct past_tasks *tasks, int64_t id, const struct past_value *values,
    size_t count, struct error *err)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < count; i++)
        mask |= (uint64_t)1 << tasks->bit[values[i].field - fields];
    struct db_statement *update = update_for(tasks, mask, err);
    if (update == NULL)
        return false;
    db_bind_int(update, 1, id);
    db_bind_int(update, 2, tasks->past->seq);
    for (size_t i = 0; i < count; i++) {
        const struct past_value *value = &values[i];
        bool null = value->value[0] == '\0' && value->field->flags & FIELD_IS_NULL;
        db_bind_text(
            update, bind_of(mask, tasks->bit[value->field - fields]), null ? NULL : value->value);
    }
    return db_run(update, err);
}

bool past_task_put(struct past_tasks *tasks, int64_t id, const struct past_value *values,
    size_t count, bool *there, struct error *err)
{
    if (!update_row(tasks, id, values, count, err))
        return false;
    *there = db_changes(tasks->past->db) > 0;
    return true;
}
