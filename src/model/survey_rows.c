/* Rows of tasks as facts, with their places. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "column.h"
#include "survey_parts.h"

/* Columns of SURVEY_TASKS and SURVEY_TASK. */
enum {
    AT_ID,
    AT_SOURCE,
    AT_LEAD,
    AT_STATE,
    AT_PROGRESS,
    AT_RETURNED,
    AT_CATEGORY,
    AT_ASSIGNED,
    AT_CREATED,
    AT_DEADLINE,
    AT_KIND,
    AT_DUE,
    AT_CLOSED,
    AT_REPORTED,
    AT_DONE
};

static const char *read_category(struct survey_rows *rows, struct db_statement *from)
{
    const char *text = db_text(from, AT_CATEGORY);
    strbuf_cut(&rows->category, 0);
    if (text_is_clean(text, TEXT_ONE_LINE))
        strbuf_add(&rows->category, text);
    else
        text_scrub(&rows->category, text, strlen(text), TEXT_ONE_LINE);
    return strbuf_text(&rows->category);
}

/* It is there today, whatever day it says it was assigned. */
static date_t read_start(struct survey_rows *rows, struct db_statement *from, date_t assigned)
{
    moment_t made = assigned == DATE_NONE ? column_moment(from, AT_CREATED) : 0;
    date_t start = assigned != DATE_NONE ? assigned : made != 0 ? date_local(made).date : DATE_NONE;
    return start != DATE_NONE && start < rows->today ? start : rows->today;
}

static void read_row(struct survey_rows *rows, struct db_statement *from, struct survey_row *out)
{
    date_t assigned = column_date(from, AT_ASSIGNED);
    *out = (struct survey_row){
        .fact =
            {
                .id = db_int(from, AT_ID),
                .source_id = db_int(from, AT_SOURCE),
                .lead_id = db_int(from, AT_LEAD),
                .state = (enum task_state)column_word(
                    from, AT_STATE, task_states, STATE_COUNT, STATE_NOT_STARTED),
                .progress = (enum task_progress)column_word(
                    from, AT_PROGRESS, task_progresses, PROGRESS_COUNT, PROGRESS_NOT_STARTED),
                .returned = db_int(from, AT_RETURNED) != 0,
                .category = read_category(rows, from),
                .started_on = read_start(rows, from, assigned),
                .due_on = column_date(from, AT_DUE), /* 9999-12-31, never, is none of ours */
                .closed_on = column_date(from, AT_CLOSED),
                .reported_on = column_date(from, AT_REPORTED),
                .done_on = column_date(from, AT_DONE),
            },
        .assigned_on = assigned,
        .deadline = column_date(from, AT_DEADLINE),
        .deadline_kind = (enum deadline_kind)column_word(
            from, AT_KIND, deadline_kinds, DEADLINE_KIND_COUNT, DEADLINE_DATE),
    };
}

static void add_region(struct survey_rows *rows, struct fact *fact, int64_t region)
{
    rows->regions = alloc_grow(
        rows->regions, &rows->region_room, fact->region_count + 1, sizeof *rows->regions);
    rows->regions[fact->region_count++] = region;
    fact->regions = rows->regions;
}

/* --- one after the other --------------------------------------------------------------------- */

static bool next_place(struct survey_rows *rows, struct error *err)
{
    enum db_step step = db_step(rows->places, err);
    rows->place = step == DB_ROW;
    return step != DB_FAILED;
}

bool survey_rows_from(
    struct survey_rows *rows, struct model *model, int64_t last, struct error *err)
{
    if (!db_statement(model_db(model), SURVEY_TASKS, &rows->tasks, err) ||
        !db_statement(model_db(model), SURVEY_PLACES, &rows->places, err))
        return false;
    db_bind_int(rows->tasks, 1, last);
    db_bind_int(rows->places, 1, last);
    return next_place(rows, err);
}

/* Tasks and places are read side by side, both by the id of the task. */
enum db_step survey_rows_next(struct survey_rows *rows, struct survey_row *out, struct error *err)
{
    enum db_step step = db_step(rows->tasks, err);
    if (step != DB_ROW)
        return step;
    read_row(rows, rows->tasks, out);
    for (int64_t of; rows->place && (of = db_int(rows->places, 0)) <= out->fact.id;) {
        if (of == out->fact.id)
            add_region(rows, &out->fact, db_int(rows->places, 1));
        if (!next_place(rows, err))
            return DB_FAILED;
    }
    return DB_ROW;
}

/* --- one by one ------------------------------------------------------------------------------ */

static bool read_regions(
    struct survey_rows *rows, struct model *model, struct fact *fact, struct error *err)
{
    struct db_statement *places;
    enum db_step step;
    if (!db_statement(model_db(model), TASK_REGIONS, &places, err))
        return false;
    db_bind_int(places, 1, fact->id);
    while ((step = db_step(places, err)) == DB_ROW)
        add_region(rows, fact, db_int(places, 0));
    db_reset(places);
    return step != DB_FAILED;
}

enum db_step survey_rows_one(struct survey_rows *rows, struct model *model, int64_t id,
    struct survey_row *out, struct error *err)
{
    struct db_statement *task;
    if (!db_statement(model_db(model), SURVEY_TASK, &task, err))
        return DB_FAILED;
    db_bind_int(task, 1, id);
    enum db_step step = db_step(task, err);
    if (step == DB_ROW)
        read_row(rows, task, out);
    db_reset(task);
    if (step == DB_ROW && !read_regions(rows, model, &out->fact, err))
        return DB_FAILED;
    return step;
}

/* --- ending ---------------------------------------------------------------------------------- */

void survey_rows_end(struct survey_rows *rows)
{
    if (rows->tasks != NULL)
        db_reset(rows->tasks);
    if (rows->places != NULL)
        db_reset(rows->places);
    rows->tasks = rows->places = NULL;
    rows->place = false;
}

void survey_rows_clear(struct survey_rows *rows)
{
    free(rows->regions);
    strbuf_clear(&rows->category);
}
