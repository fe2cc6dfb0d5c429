#include "model/timeline.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "column.h"
#include "model/query.h"

struct timeline {
    struct query *query, *never_query;
    struct task_list *list, *never; /* those that are due some day, and never */
};

/* The filter and words of ours, joined as trees: whatever is typed stays within its place. */
static bool within(
    const char *filter, const char *words, struct query **out, struct query_error *err)
{
    struct query *typed, *ours;
    struct query_error wrong;
    if (!query_parse(filter, &typed, err))
        return false;
    if (!query_parse(words, &ours, &wrong)) /* ours are right */
        abort();
    *out = alloc_zero(1, sizeof **out);
    **out = (struct query){.kind = QUERY_AND, .left = ours, .right = typed};
    return true;
}

bool timeline_open(
    struct model *model, const char *filter, struct timeline **out, struct query_error *err)
{
    static const struct sort by_day = {.key = SORT_DUE};
    struct timeline *timeline = alloc_zero(1, sizeof *timeline);
    if (!within(filter, "open -due:none", &timeline->query, err) ||
        !within(filter, "open due:none", &timeline->never_query, err) ||
        !task_list_open(model, timeline->query, &by_day, &timeline->list, err) ||
        !task_list_open(model, timeline->never_query, &by_day, &timeline->never, err)) {
        timeline_close(timeline);
        return false;
    }
    *out = timeline;
    return true;
}

void timeline_close(struct timeline *timeline)
{
    if (timeline == NULL)
        return;
    task_list_close(timeline->list);
    task_list_close(timeline->never);
    query_free(timeline->query);
    query_free(timeline->never_query);
    free(timeline);
}

struct task_list *timeline_list(struct timeline *timeline)
{
    return timeline->list;
}

/* --- what comes ------------------------------------------------------------------------------ */

int timeline_fd(const struct timeline *timeline)
{
    int fd = task_list_fd(timeline->list);
    return fd >= 0 ? fd : task_list_fd(timeline->never);
}

bool timeline_take(struct timeline *timeline, struct error *err)
{
    bool changed = task_list_take(timeline->list, err);
    return task_list_take(timeline->never, err) || changed;
}

void timeline_wait(struct timeline *timeline, size_t rows, int milliseconds)
{
    task_list_wait(timeline->list, rows, milliseconds);
    task_list_wait(timeline->never, rows, milliseconds);
}

bool timeline_complete(const struct timeline *timeline)
{
    return task_list_complete(timeline->list) && task_list_complete(timeline->never);
}

bool timeline_update(struct timeline *timeline, const struct changes *changes, struct error *err)
{
    return task_list_update(timeline->list, changes, err) &&
           task_list_update(timeline->never, changes, err);
}

bool timeline_reread(struct timeline *timeline, struct error *err)
{
    return task_list_reread(timeline->list, err) && task_list_reread(timeline->never, err);
}

int64_t timeline_never_due(const struct timeline *timeline)
{
    return task_list_complete(timeline->never) ? (int64_t)task_list_count(timeline->never) : -1;
}

/* --- rows ------------------------------------------------------------------------------------ */

static bool read_start(struct db *db, struct timeline_row *row, struct error *err)
{
    struct db_statement *from;
    if (!db_statement(db, TASK_ASSIGNED, &from, err))
        return false;
    db_bind_int(from, 1, row->task.id);
    enum db_step step = db_step(from, err);
    row->starts_on = step == DB_ROW ? column_date(from, 0) : DATE_NONE;
    db_reset(from);
    return step != DB_FAILED;
}

static bool read_measures(struct db *db, struct timeline_row *row, struct error *err)
{
    struct db_statement *from;
    enum db_step step;
    size_t capacity = 0;
    if (!db_statement(db, TIMELINE_MEASURES_OF, &from, err))
        return false;
    db_bind_int(from, 1, row->task.id);
    db_bind_int(from, 2, TIMELINE_MEASURES);
    while ((step = db_step(from, err)) == DB_ROW) {
        row->measure = alloc_grow(row->measure, &capacity, row->measures + 1, sizeof *row->measure);
        row->measure[row->measures++] =
            (struct timeline_measure){column_date(from, 0), column_line(from, 1)};
    }
    db_reset(from);
    return step != DB_FAILED;
}

static bool read_rows(struct model *model, const int64_t *ids, size_t count,
    struct timeline_row *rows, struct error *err)
{
    struct db *db = model_db(model);
    struct task_row *tasks = alloc_zero(count + 1, sizeof *tasks);
    bool ok = task_rows_read(model, ids, count, tasks, err);
    for (size_t i = 0; ok && i < count; i++)
        rows[i].task = tasks[i];
    free(tasks);
    for (size_t i = 0; ok && i < count; i++)
        ok = rows[i].task.id == 0 ||
             (read_start(db, &rows[i], err) && read_measures(db, &rows[i], err));
    return ok;
}

bool timeline_rows_read(struct model *model, const int64_t *ids, size_t count,
    struct timeline_row *rows, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct timeline_row){.starts_on = DATE_NONE};
    if (!db_read_begin(model_db(model), err))
        return false;
    bool ok = read_rows(model, ids, count, rows, err);
    db_read_end(model_db(model));
    for (size_t i = 0; !ok && i < count; i++)
        timeline_row_clear(&rows[i]);
    return ok;
}

void timeline_row_clear(struct timeline_row *row)
{
    task_row_clear(&row->task);
    for (size_t i = 0; i < row->measures; i++)
        free(row->measure[i].text);
    free(row->measure);
    *row = (struct timeline_row){.starts_on = DATE_NONE};
}
