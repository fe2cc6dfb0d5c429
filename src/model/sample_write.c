#include "sample_write.h"

#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"

static void bind_day(struct db_statement *statement, int index, date_t day)
{
    char text[11];
    db_bind_text(statement, index, day == DATE_NONE ? NULL : date_format(day, text));
}

static void bind_value(struct db_statement *statement, int index, const struct sample_value *value)
{
    char moment[25];
    switch (value->type) {
    case VALUE_NULL:
        db_bind_null(statement, index);
        break;
    case VALUE_NUMBER:
        db_bind_int(statement, index, value->number);
        break;
    case VALUE_TEXT:
        db_bind_text(statement, index, value->text);
        break;
    case VALUE_DAY:
        bind_day(statement, index, (date_t)value->number);
        break;
    case VALUE_MOMENT:
        db_bind_text(statement, index, date_moment_format(value->number, moment));
        break;
    }
}

/* Binds every value of the row from $1 on; returns the next free index. */
static int bind_values(
    struct db_statement *statement, enum sample_kind kind, const struct sample_row *row)
{
    int count = (int)sample_value_count(kind);
    for (int i = 0; i < count; i++)
        bind_value(statement, i + 1, &row->value[i]);
    return count + 1;
}

/* A refusal of the database is told with the line it came from. */
static bool run_row(struct db_statement *statement, const struct sample_rows *rows,
    enum sample_kind kind, const struct sample_row *row, struct error *err)
{
    return db_run(statement, err) ||
           error_prefix(err, _("%s, line %d"), rows->table[kind].file.name, row->line);
}

/* --- tasks --------------------------------------------------------------------------------- */

/* The words of the document with the shifted date in the place of "{deadline}". */
static void fill_deadline(struct strbuf *out, const struct sample_row *row)
{
    static const char mark[] = "{deadline}";
    const char *raw = sample_row_text(row, TASK_DEADLINE_RAW);
    const char *at = strstr(raw, mark);
    date_t deadline = sample_row_day(row, TASK_DEADLINE);
    if (!at || deadline == DATE_NONE) {
        strbuf_add(out, raw);
        return;
    }
    int year, month, day;
    date_parts(deadline, &year, &month, &day);
    strbuf_add_n(out, raw, (size_t)(at - raw));
    strbuf_format(out, "%d年%d月%d日%s", year, month, day, at + strlen(mark));
}

static bool write_link(struct db *db, enum statement id, int64_t unit, int64_t task,
    const char *role, size_t position, struct error *err)
{
    struct db_statement *insert;
    if (!db_statement(db, id, &insert, err))
        return false;
    int index = 1;
    db_bind_int(insert, index++, unit);
    db_bind_int(insert, index++, task);
    if (role)
        db_bind_text(insert, index++, role);
    db_bind_int(insert, index, (int64_t)position);
    return db_run(insert, err);
}

/* The first region and the first lead stand in the task's own row. */
static bool write_links(
    struct db *db, const struct sample_task *task, int64_t id, struct error *err)
{
    bool done = true;
    for (size_t i = 1; done && i < task->regions; i++)
        done = write_link(db, SAMPLE_ADD_TASK_REGION, task->region[i], id, NULL, i, err);
    for (size_t i = 1; done && i < task->leads; i++)
        done = write_link(db, SAMPLE_ADD_TASK_DEPARTMENT, task->lead[i], id, "lead", i, err);
    for (size_t i = 0; done && i < task->responsibles; i++)
        done = write_link(
            db, SAMPLE_ADD_TASK_DEPARTMENT, task->responsible[i], id, "responsible", i, err);
    return done;
}

static bool write_task(struct sample_rows *rows, size_t index, struct db *db, struct error *err)
{
    struct sample_row *row = &rows->table[SAMPLE_TASKS].row[index];
    const struct sample_task *task = &rows->task[index];
    struct db_statement *insert;
    if (!db_statement(db, SAMPLE_ADD_TASK, &insert, err))
        return false;
    struct strbuf raw = {0};
    fill_deadline(&raw, row);
    int next = bind_values(insert, SAMPLE_TASKS, row);
    db_bind_text(insert, TASK_DEADLINE_RAW + 1, strbuf_text(&raw));
    strbuf_clear(&raw);
    db_bind_int(insert, next++, row->id);
    db_bind_text(insert, next++, task->number);
    db_bind_int(insert, next++, task->part);
    if (task->part)
        db_bind_int(insert, next, rows->table[SAMPLE_TASKS].row[task->parent].id);
    else
        db_bind_null(insert, next);
    db_bind_int(insert, next + 1, task->position);
    return run_row(insert, rows, SAMPLE_TASKS, row, err) &&
           (write_links(db, task, row->id, err) ||
               error_prefix(err, _("%s, line %d"), rows->table[SAMPLE_TASKS].file.name, row->line));
}

bool sample_write_tasks(struct sample_rows *rows, struct db *db, struct error *err)
{
    for (size_t i = 0; i < rows->table[SAMPLE_TASKS].count; i++) {
        if (!write_task(rows, i, db, err))
            return false;
    }
    return true;
}

/* --- what belongs to them ------------------------------------------------------------------ */

static const struct {
    enum sample_kind kind;
    enum statement insert;
} inserts[] = {
    {SAMPLE_MEASURES, SAMPLE_ADD_MEASURE},
    {SAMPLE_TARGETS, SAMPLE_ADD_TARGET},
    {SAMPLE_REPORTS, SAMPLE_ADD_REPORT},
    {SAMPLE_NOTICES, SAMPLE_ADD_NOTICE},
    {SAMPLE_REVIEWS, SAMPLE_ADD_REVIEW},
    {SAMPLE_PUBLICITIES, SAMPLE_ADD_PUBLICITY},
    {SAMPLE_OBJECTIONS, SAMPLE_ADD_OBJECTION},
    {SAMPLE_EXTENSIONS, SAMPLE_ADD_EXTENSION},
};

static bool write_child(struct sample_rows *rows, enum sample_kind kind, enum statement id,
    const struct sample_row *row, struct db *db, struct error *err)
{
    struct db_statement *insert;
    if (!db_statement(db, id, &insert, err))
        return false;
    int next = bind_values(insert, kind, row);
    /* a measure not yet done, and a goal, came with the task's claim */
    const struct sample_row *task = &rows->table[SAMPLE_TASKS].row[row->task];
    if (kind != SAMPLE_TARGETS) /* their position is all that names them */
        db_bind_int(insert, next++, row->id);
    db_bind_int(insert, next++, task->id);
    db_bind_int(insert, next, row->seq ? row->seq : task->seq);
    return run_row(insert, rows, kind, row, err);
}

/* What no file gives, and the figures, over which the reports have written. */
static bool finish_task(const struct sample_row *row, const struct sample_outcome *outcome,
    struct db *db, struct error *err)
{
    struct db_statement *update;
    char first[25], last[25];
    if (!db_statement(db, SAMPLE_FINISH_TASK, &update, err))
        return false;
    date_t submitted = sample_row_day(row, TASK_SUBMITTED_ON);
    bind_value(update, 1, &row->value[TASK_PERCENT]);
    bind_value(update, 2, &row->value[TASK_PROGRESS]);
    bind_day(update, 3, submitted == DATE_NONE ? outcome->submitted_on : submitted);
    db_bind_text(update, 4, date_moment_format(outcome->first, first));
    db_bind_text(update, 5, date_moment_format(outcome->last, last));
    db_bind_text(update, 6, outcome->actor);
    db_bind_int(update, 7, row->id);
    return db_run(update, err);
}

bool sample_write_rest(struct sample_rows *rows, const struct sample_outcome *outcomes,
    struct db *db, struct error *err)
{
    for (size_t i = 0; i < sizeof inserts / sizeof *inserts; i++) {
        const struct sample_table *table = &rows->table[inserts[i].kind];
        for (size_t at = 0; at < table->count; at++) {
            if (!write_child(rows, inserts[i].kind, inserts[i].insert, &table->row[at], db, err))
                return false;
        }
    }
    for (size_t i = 0; i < rows->table[SAMPLE_TASKS].count; i++) {
        if (!finish_task(&rows->table[SAMPLE_TASKS].row[i], &outcomes[i], db, err))
            return false;
    }
    return true;
}
