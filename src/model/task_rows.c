/* Reads the rows of a list that somebody looks at. */
#include "task_rows.h"

#include <assert.h>
#include <string.h>

#include "column.h"
#include "member.h"
#include "model/task_list.h"

/* Columns of TASK_ROW. */
enum {
    AT_ID,
    AT_IDENT,
    AT_TITLE = 4,
    AT_STATE,
    AT_RETURNED,
    AT_LISTED,
    AT_PROGRESS,
    AT_PERCENT,
    AT_KIND,
    AT_DEADLINE,
    AT_DUE,
    AT_REPORTED,
    AT_DONE,
    AT_SUBMITTED,
    AT_CLOSED,
    AT_SOURCE,
    AT_REGION,
    AT_LEAD,
    AT_SUPERVISOR,
    AT_SPONSOR,
    AT_REGIONS,
    AT_RHYTHM,
    AT_VERSION,
    AT_UPDATED,
    AT_BY,
    AT_END
};
static_assert((int)AT_END == (int)TASK_ROW_COLUMN_COUNT, "as many as TASK_ROW has");

void task_row_take(struct db_statement *from, struct task_row *row)
{
    *row = (struct task_row){
        .id = db_int(from, AT_ID),
        .title = column_line(from, AT_TITLE),
        .state = (enum task_state)column_word(
            from, AT_STATE, task_states, STATE_COUNT, STATE_NOT_STARTED),
        .returned = db_int(from, AT_RETURNED) != 0,
        .listed = db_int(from, AT_LISTED) != 0,
        .progress = (enum task_progress)column_word(
            from, AT_PROGRESS, task_progresses, PROGRESS_COUNT, PROGRESS_NOT_STARTED),
        .percent = (int)db_int(from, AT_PERCENT),
        .deadline_kind = (enum deadline_kind)column_word(
            from, AT_KIND, deadline_kinds, DEADLINE_KIND_COUNT, DEADLINE_DATE),
        .deadline = column_date(from, AT_DEADLINE),
        .due_on = column_date(from, AT_DUE), /* 9999-12-31, never, is beyond our calendar: none */
        .reported_on = column_date(from, AT_REPORTED),
        .done_on = column_date(from, AT_DONE),
        .submitted_on = column_date(from, AT_SUBMITTED),
        .closed_on = column_date(from, AT_CLOSED),
        .source_id = db_int(from, AT_SOURCE),
        .region_id = db_int(from, AT_REGION),
        .lead_id = db_int(from, AT_LEAD),
        .supervisor_id = db_int(from, AT_SUPERVISOR),
        .sponsor_id = db_int(from, AT_SPONSOR),
        .regions = (int)db_int(from, AT_REGIONS),
        .rhythm = (enum rhythm)column_word(from, AT_RHYTHM, rhythms, RHYTHM_COUNT, RHYTHM_NONE),
        .version = db_int(from, AT_VERSION),
        .updated_at = column_moment(from, AT_UPDATED),
    };
    column_ident(from, AT_IDENT, row->ident);
    column_copy(from, AT_BY, row->updated_by, sizeof row->updated_by);
}

static bool read_one(struct db_statement *from, int64_t id, struct task_row *row, struct error *err)
{
    db_bind_int(from, 1, id);
    enum db_step step = db_step(from, err);
    if (step == DB_ROW)
        task_row_take(from, row);
    db_reset(from);
    return step != DB_FAILED;
}

static bool read_all(
    struct model *model, const int64_t *ids, size_t count, struct task_row *rows, struct error *err)
{
    struct member reach;
    struct db_statement *from;
    if (!db_statement(model_db(model), TASK_ROW, &from, err) ||
        !member_begin(&reach, model, NULL, err))
        return false;
    bool ok = true, allowed;
    for (size_t i = 0; ok && i < count; i++) {
        ok = member_ask(&reach, ids[i], &allowed, err) &&
             (!allowed || read_one(from, ids[i], &rows[i], err));
    }
    member_end(&reach);
    return ok;
}

bool task_rows_read(
    struct model *model, const int64_t *ids, size_t count, struct task_row *rows, struct error *err)
{
    memset(rows, 0, count * sizeof *rows);
    if (!db_read_begin(model_db(model), err))
        return false;
    bool ok = read_all(model, ids, count, rows, err);
    db_read_end(model_db(model));
    for (size_t i = 0; !ok && i < count; i++)
        task_row_clear(&rows[i]);
    return ok;
}

bool task_ids_read(struct model *model, const struct query *query, const struct sort *sort,
    int64_t *ids, size_t room, size_t *count, struct error *err)
{
    struct sql sql = {0};
    struct query_error wrong;
    struct db_statement *rows;
    enum db_step step = DB_DONE;
    *count = 0;
    if (!query_sql_list(model, query, sort, &sql, &wrong))
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    bool ok = db_prepare(model_db(model), strbuf_text(&sql.text), &rows, err);
    if (ok) {
        sql_bind(rows, &sql, 0);
        while (*count < room && (step = db_step(rows, err)) == DB_ROW)
            ids[(*count)++] = db_int(rows, 0);
        ok = step != DB_FAILED;
        db_finish(rows);
    }
    sql_clear(&sql);
    return ok;
}
