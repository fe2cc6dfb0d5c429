#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "model/history.h"
#include "model/sample.h"
#include "model/search.h"
#include "sample_make.h"
#include "sample_stock.h"
#include "store/db.h"

#define BATCH 20000 /* tasks between two reports of progress */
#define ROWS 16     /* tasks in one statement: a fifth less work than one by one */
#define SOURCE_CODE "G"
#define SOURCE_NAME "生成的任务"

/* The tasks on their way into the database. */
struct writer {
    struct db *db;
    struct world *world;
    struct db_statement *insert; /* of ROWS tasks */
    int64_t source, first, id;   /* number and id before the first new one */
    struct made made[ROWS];
    struct strbuf title, goal; /* their pairs, kept from task to task */
};

/* --- writing ------------------------------------------------------------------------------- */

static const char columns[] =
    "id, source_id, number, position, title, goal, category, state, returned, listed, progress, "
    "percent, "
    "deadline, deadline_kind, deadline_raw, assigned_on, lead_id, supervisor_id, region_id, "
    "reported_on, done_on, submitted_on, closed_on, close_document, updated_at";
#define COLUMNS 25

/* As many rows of binds as asked for; the last two columns are the same for all. */
static bool prepare_insert(struct db *db, int rows, struct db_statement **out, struct error *err)
{
    struct strbuf sql = {0};
    strbuf_format(&sql, "INSERT INTO task (%s, updated_by, version) VALUES ", columns);
    for (int row = 0; row < rows; row++) {
        strbuf_add(&sql, row > 0 ? ", (" : "(");
        for (int column = 0; column < COLUMNS; column++)
            strbuf_format(&sql, "$%d, ", row * COLUMNS + column + 1);
        strbuf_add(&sql, "'duban', 1)");
    }
    bool done = db_prepare(db, strbuf_text(&sql), out, err);
    strbuf_clear(&sql);
    return done;
}

static void bind_day(struct db_statement *statement, int index, date_t day)
{
    char text[11];
    db_bind_text(statement, index, day == DATE_NONE ? NULL : date_format(day, text));
}

/* Binds one task from `at` on, in the order of `columns`. */
static void bind_task(const struct writer *writer, struct db_statement *insert, int at,
    int64_t number, const struct made *made)
{
    char updated[25];
    db_bind_int(insert, at++, writer->id + number - writer->first);
    db_bind_int(insert, at++, writer->source);
    db_bind_text(insert, at++, made->number);
    db_bind_int(insert, at++, number);
    db_bind_text(insert, at++, made->title);
    db_bind_text(insert, at++, made->goal);
    db_bind_text(insert, at++, made->category);
    db_bind_text(insert, at++, task_states[made->state].name);
    db_bind_int(insert, at++, made->returned);
    db_bind_int(insert, at++, made->listed);
    db_bind_text(insert, at++, task_progresses[made->progress].name);
    db_bind_int(insert, at++, made->percent);
    bind_day(insert, at++, made->deadline);
    db_bind_text(insert, at++, deadline_kinds[made->kind].name);
    db_bind_text(insert, at++, made->raw);
    bind_day(insert, at++, made->assigned_on);
    db_bind_int(insert, at++, made->lead);
    db_bind_int(insert, at++, made->supervisor);
    db_bind_int(insert, at++, made->region);
    bind_day(insert, at++, made->reported_on);
    bind_day(insert, at++, made->done_on);
    bind_day(insert, at++, made->submitted_on);
    bind_day(insert, at++, made->closed_on);
    db_bind_text(insert, at++, made->document);
    db_bind_text(insert, at, date_moment_format(made->updated_at, updated));
}

/* --- what a task has beside its row -------------------------------------------------------- */

static bool add_region(
    struct db *db, int64_t task, int64_t region, size_t position, struct error *err)
{
    struct db_statement *add;
    if (!db_statement(db, SAMPLE_ADD_TASK_REGION, &add, err))
        return false;
    db_bind_int(add, 1, region);
    db_bind_int(add, 2, task);
    db_bind_int(add, 3, (int64_t)position);
    return db_run(add, err);
}

/* One of the SAMPLE_MAKE statements: the task, a day, and the last day of what has one. */
static bool add_row(
    struct db *db, enum statement id, int64_t task, date_t first, date_t last, struct error *err)
{
    struct db_statement *add;
    if (!db_statement(db, id, &add, err))
        return false;
    db_bind_int(add, 1, task);
    bind_day(add, 2, first);
    if (last != DATE_NONE)
        bind_day(add, 3, last);
    return db_run(add, err);
}

/* What the states of a few tasks do not go without. */
static bool add_rest(struct db *db, int64_t task, const struct made *made, struct error *err)
{
    for (size_t i = 0; i < made->others; i++)
        if (!add_region(db, task, made->other[i], i + 1, err))
            return false;
    if (made->listed_on != DATE_NONE &&
        !add_row(db, SAMPLE_MAKE_NOTICE, task, made->listed_on, DATE_NONE, err))
        return false;
    return made->published_on == DATE_NONE ||
           (add_row(db, SAMPLE_MAKE_REVIEW, task, made->reviewed_on, DATE_NONE, err) &&
               add_row(db, SAMPLE_MAKE_PUBLICITY, task, made->published_on, made->published_on + 6,
                   err));
}

/* --- many of them -------------------------------------------------------------------------- */

/* At most ROWS tasks from `number` on. */
static bool write_rows(struct writer *writer, int64_t number, int rows, struct error *err)
{
    struct db_statement *insert = writer->insert;
    if (rows < ROWS && !prepare_insert(writer->db, rows, &insert, err))
        return false;
    for (int row = 0; row < rows; row++) {
        make_task(writer->world, number + row, &writer->made[row]);
        bind_task(writer, insert, row * COLUMNS + 1, number + row, &writer->made[row]);
    }
    bool done = db_run(insert, err);
    if (insert != writer->insert)
        db_finish(insert);
    for (int row = 0; done && row < rows; row++) {
        int64_t task = writer->id + number + row - writer->first;
        done = add_rest(writer->db, task, &writer->made[row], err);
    }
    return done;
}

/* The pairs of tasks already written. Not one by one with them: each statement that writes more
 * than one row makes the engine flush its text index. */
static bool index_rows(struct writer *writer, int64_t first, int64_t last, struct error *err)
{
    struct made *made = &writer->made[0];
    struct db_statement *add;
    if (!db_statement(writer->db, SEARCH_ADD, &add, err))
        return false;
    for (int64_t number = first; number <= last; number++) {
        make_task(writer->world, number, made);
        strbuf_cut(&writer->title, 0);
        strbuf_cut(&writer->goal, 0);
        search_pairs(&writer->title, made->title);
        search_pairs(&writer->goal, made->goal);
        db_bind_int(add, 1, writer->id + number - writer->first);
        db_bind_text(add, 2, strbuf_text(&writer->title));
        db_bind_text(add, 3, strbuf_text(&writer->goal));
        if (!db_run(add, err))
            return false;
    }
    return true;
}

/* One line of history: a line for each of a million tasks would say nothing more. */
static bool write_event(const struct writer *writer, int64_t first, int64_t last, struct error *err)
{
    char note[96];
    snprintf(note, sizeof note, SOURCE_CODE "-%0*" PRId64 " .. " SOURCE_CODE "-%0*" PRId64,
        writer->world->width, first, writer->world->width, last);
    struct event event = {.at = date_now(),
        .actor = (char *)"duban",
        .origin = (char *)"",
        .action = (char *)"sample",
        .note = note};
    int64_t seq;
    return history_append(writer->db, &event, &seq, err);
}

/* The first column of the only row, or 0. */
static bool find_number(struct db_statement *query, int64_t *number, struct error *err)
{
    enum db_step step = db_step(query, err);
    *number = step == DB_ROW ? db_int(query, 0) : 0;
    db_reset(query);
    return step != DB_FAILED;
}

/* The source, and where its tasks and all tasks end: further ones are numbered on. */
static bool need_source(struct writer *writer, struct error *err)
{
    struct db_statement *statement;
    int year, month, day;
    if (!db_statement(writer->db, SAMPLE_FIND_SOURCE, &statement, err))
        return false;
    db_bind_text(statement, 1, SOURCE_CODE);
    if (!find_number(statement, &writer->source, err))
        return false;
    if (!writer->source) {
        date_parts(writer->world->today, &year, &month, &day);
        if (!db_statement(writer->db, SAMPLE_NEED_SOURCE, &statement, err))
            return false;
        db_bind_text(statement, 1, SOURCE_CODE);
        db_bind_text(statement, 2, SOURCE_NAME);
        db_bind_int(statement, 3, year);
        if (!db_run(statement, err))
            return false;
        writer->source = db_last_id(writer->db);
    }
    if (!db_statement(writer->db, SAMPLE_LAST_TASK, &statement, err) ||
        !find_number(statement, &writer->id, err) ||
        !db_statement(writer->db, LAST_POSITION, &statement, err))
        return false;
    db_bind_int(statement, 1, writer->source);
    return find_number(statement, &writer->first, err);
}

static bool write_batch(struct writer *writer, int64_t first, int64_t last, struct error *err)
{
    for (int64_t number = first; number <= last; number += ROWS) {
        int rows = last - number + 1 < ROWS ? (int)(last - number + 1) : ROWS;
        if (!write_rows(writer, number, rows, err))
            return false;
    }
    struct db_statement *forget;
    if (!index_rows(writer, first, last, err) ||
        !db_statement(writer->db, SAMPLE_INDEXED, &forget, err))
        return false;
    db_bind_int(forget, 1, writer->id);
    return db_run(forget, err);
}

static bool write_tasks(struct writer *writer, int64_t count,
    void (*progress)(void *context, int64_t done, int64_t count), void *context, struct error *err)
{
    for (int64_t made = 0; made < count;) {
        int64_t next = made + BATCH < count ? made + BATCH : count;
        if (!write_batch(writer, writer->first + made + 1, writer->first + next, err))
            return false;
        made = next;
        if (progress)
            progress(context, made, count);
    }
    return true;
}

static bool write_all(struct writer *writer, int64_t count,
    void (*progress)(void *context, int64_t done, int64_t count), void *context, struct error *err)
{
    bool bulk = count > BATCH; /* fewer are sooner in than the indexes are made again */
    if (!world_need(writer->world, writer->db, err) || !need_source(writer, err))
        return false;
    int width = snprintf(NULL, 0, "%" PRId64, writer->first + count);
    writer->world->width = width < 4 ? 4 : width;
    if (bulk && !db_bulk_begin(writer->db, "task", err))
        return false;
    bool done = prepare_insert(writer->db, ROWS, &writer->insert, err) &&
                write_tasks(writer, count, progress, context, err);
    db_finish(writer->insert);
    strbuf_clear(&writer->title);
    strbuf_clear(&writer->goal);
    return done && write_event(writer, writer->first + 1, writer->first + count, err) &&
           (!bulk || db_bulk_end(writer->db, err));
}

bool sample_generate(struct model *model, int64_t count, unsigned seed,
    void (*progress)(void *context, int64_t done, int64_t count), void *context, struct error *err)
{
    struct world world = {.seed = seed, .today = date_today()};
    struct writer writer = {.db = model_db(model), .world = &world};
    world.period = date_period_owed(RHYTHM_WEEKLY, world.today);
    if (!db_write_begin(writer.db, err))
        return false;
    bool done = write_all(&writer, count, progress, context, err);
    if (done)
        done = db_write_commit(writer.db, err);
    else
        db_write_rollback(writer.db);
    world_clear(&world);
    return done;
}
