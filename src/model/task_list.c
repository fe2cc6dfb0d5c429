#include "model/task_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "base/pinyin.h"
#include "base/text.h"
#include "column.h"
#include "id_list.h"
#include "model/history.h"
#include "model/units.h"
#include "store/db.h"
#include "task_place.h"

/* Ids taken at once from a job, and at most in one turn of the loop. */
enum { TAKE_IDS = 2048, TAKE_TURNS = 32 };

struct task_list {
    struct model *model;
    const struct query *query;
    struct sort sort;
    struct id_list ids;     /* what is in use */
    struct id_list next;    /* the order read again, not yet whole */
    struct db_job *job;     /* NULL: nothing is under way */
    unsigned generation;    /* of the model's connection when the job began */
    bool again_all;         /* read it all once more when the job is done */
    bool has;               /* a whole order is in `ids`; the job fills `next` */
    bool changed;           /* by task_list_wait, to be told by the next task_list_take */
    struct error failed;    /* likewise */
    struct changes waiting; /* to be placed when the job is done, or once more */
};

/* --- jobs ------------------------------------------------------------------------------------ */

/* False with `wrong` where the filter is at fault, and with `err` in any case. */
static bool start_job(struct task_list *list, struct query_error *wrong, struct error *err)
{
    struct sql sql = {0};
    bool ok = query_sql_list(list->model, list->query, &list->sort, &sql, wrong);
    if (!ok) {
        error_set(err, ERROR_INPUT, "%s", wrong->text);
    } else if (!db_job_start(model_db(list->model), strbuf_text(&sql.text), sql.binds, sql.count,
                   &list->job, err)) {
        *wrong = (struct query_error){0};
        ok = false;
    }
    sql_clear(&sql);
    list->generation = model_generation(list->model);
    return ok;
}

static void end_job(struct task_list *list)
{
    db_job_end(list->job);
    list->job = NULL;
    id_list_clear(&list->next);
}

bool task_list_open(struct model *model, const struct query *query, const struct sort *sort,
    struct task_list **out, struct query_error *err)
{
    struct task_list *list = alloc_zero(1, sizeof *list);
    *list = (struct task_list){.model = model, .query = query, .sort = *sort};
    struct error failed;
    if (!start_job(list, err, &failed)) {
        int fits = (int)text_fit(failed.text, (int)sizeof err->text / 3 - 1, NULL);
        snprintf(err->text, sizeof err->text, "%.*s", fits, failed.text);
        task_list_close(list);
        return false;
    }
    *out = list;
    return true;
}

void task_list_close(struct task_list *list)
{
    if (list == NULL)
        return;
    end_job(list);
    id_list_clear(&list->ids);
    free(list);
}

bool task_list_reread(struct task_list *list, struct error *err)
{
    struct query_error wrong;
    if (list->job != NULL && list->generation == model_generation(list->model)) {
        list->again_all = true; /* to the end first, else a busy day would never see one whole */
        return true;
    }
    end_job(list); /* of a connection that is no more */
    list->waiting = (struct changes){0};
    list->again_all = false;
    list->failed = (struct error){0};
    return start_job(list, &wrong, err);
}

/* --- taking ---------------------------------------------------------------------------------- */

/* The job has given its last id. */
static bool finish_job(struct task_list *list, struct error *err)
{
    db_job_end(list->job);
    list->job = NULL;
    if (list->has) {
        id_list_clear(&list->ids);
        list->ids = list->next;
        list->next = (struct id_list){0};
    }
    list->has = true;
    list->changed = true;
    id_list_fit(&list->ids);
    if (list->again_all)
        return task_list_reread(list, err);
    struct changes waiting = list->waiting;
    list->waiting = (struct changes){0};
    return !waiting.any || task_list_update(list, &waiting, err);
}

/* Takes what is there, at most a ring or two of it, so that a turn of the loop stays short. */
static bool take_ids(struct task_list *list, struct error *err)
{
    int64_t ids[TAKE_IDS];
    size_t count = TAKE_IDS;
    bool done = false;
    for (int turn = 0; turn < TAKE_TURNS && count == TAKE_IDS && !done; turn++) {
        if (!db_job_take(list->job, ids, TAKE_IDS, &count, &done, err)) {
            end_job(list);
            return false;
        }
        id_list_add(list->has ? &list->next : &list->ids, ids, count);
        list->changed |= !list->has && count > 0;
    }
    return !done || finish_job(list, err);
}

bool task_list_take(struct task_list *list, struct error *err)
{
    if (list->failed.code != ERROR_NONE) {
        *err = list->failed;
        list->failed = (struct error){0};
    } else if (list->job != NULL) {
        take_ids(list, err);
    }
    bool changed = list->changed;
    list->changed = false;
    return changed;
}

static int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void task_list_wait(struct task_list *list, size_t rows, int milliseconds)
{
    int64_t until = monotonic_ms() + milliseconds, left = milliseconds;
    while (list->job != NULL && left > 0 && (list->has || list->ids.count < rows)) {
        db_job_wait(list->job, (int)left);
        if (!take_ids(list, &list->failed))
            return;
        left = until - monotonic_ms();
    }
}

int task_list_fd(const struct task_list *list)
{
    return list->job != NULL ? db_job_fd(list->job) : -1;
}

bool task_list_complete(const struct task_list *list)
{
    return list->job == NULL;
}

/* --- reading --------------------------------------------------------------------------------- */

size_t task_list_count(const struct task_list *list)
{
    return list->ids.count;
}

int64_t task_list_id(const struct task_list *list, size_t index)
{
    return id_list_at(&list->ids, index);
}

bool task_list_find(const struct task_list *list, int64_t id, size_t *index)
{
    size_t place = id_list_find(&list->ids, id);
    if (place == ID_LIST_NOWHERE)
        return false;
    *index = place;
    return true;
}

/* --- changes --------------------------------------------------------------------------------- */

bool task_list_update(struct task_list *list, const struct changes *changes, struct error *err)
{
    struct changes sum = list->waiting;
    changes_add(&sum, changes);
    list->waiting = (struct changes){0};
    if (sum.all || sum.count > PLACE_MOST || list->generation != model_generation(list->model))
        return task_list_reread(list, err);
    if (list->job != NULL) {
        list->waiting = sum; /* the job may have begun before or after these changes */
        return true;
    }
    if (sum.count == 0)
        return true;
    if (!task_place(list->model, list->query, &list->sort, &list->ids, sum.tasks, sum.count, err)) {
        list->waiting = sum;
        return false;
    }
    /* what was committed after the poll may have moved a task against which these were placed */
    if (history_newest(list->model) != model_known_seq(list->model))
        list->waiting = sum;
    return true;
}

/* --- searching ------------------------------------------------------------------------------- */

/* TASK_BRIEF: title, code, number, part, region, lead */
static bool row_holds(const struct units *units, struct db_statement *row, const char *text)
{
    char ident[IDENT_ROOM];
    column_ident(row, 1, ident);
    const struct region *region = units_region(units, db_int(row, 4));
    const struct department *lead = units_department(units, db_int(row, 5));
    return text_find(db_text(row, 0), text) != NULL || text_find(ident, text) != NULL ||
           (region != NULL && pinyin_matches(region->name, text)) ||
           (lead != NULL && pinyin_matches(lead->name, text));
}

static bool task_holds(struct model *model, struct db_statement *brief, int64_t id,
    const char *text, bool *holds, struct error *err)
{
    db_bind_int(brief, 1, id);
    enum db_step step = db_step(brief, err);
    *holds = step == DB_ROW && row_holds(model_units(model), brief, text);
    db_reset(brief);
    return step != DB_FAILED;
}

static bool search_rows(struct task_list *list, size_t from, bool backwards, const char *text,
    size_t most, size_t *index, struct error *err)
{
    struct db_statement *brief;
    size_t count = list->ids.count, at = from;
    bool ok = db_statement(model_db(list->model), TASK_BRIEF, &brief, err), holds = false;
    /* before the first is past the last: one test ends both ways */
    for (; ok && !holds && most-- > 0 && at < count; at = backwards ? at - 1 : at + 1) {
        *index = at;
        ok = task_holds(list->model, brief, id_list_at(&list->ids, at), text, &holds, err);
    }
    return ok && holds;
}

bool task_list_search(struct task_list *list, size_t from, bool backwards, const char *text,
    size_t most, size_t *index, struct error *err)
{
    size_t found = 0;
    if (!db_read_begin(model_db(list->model), err))
        return false;
    bool holds = search_rows(list, from, backwards, text, most, &found, err);
    db_read_end(model_db(list->model));
    *index = holds ? found : *index;
    return holds;
}
