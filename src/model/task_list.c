#include "model/task_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "base/text.h"
#include "id_list.h"
#include "member.h"
#include "model/history.h"
#include "store/db.h"
#include "task_place.h"
#include "task_search.h"

/* Ids taken at once from a job, and at most in one turn of the loop. */
enum { TAKE_IDS = 2048, TAKE_TURNS = 32 };

/* Up to so many tasks an order is read at once: some milliseconds at most. */
enum { DIRECT_MOST = 2000 };

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

/* --- starting -------------------------------------------------------------------------------- */

/* So few tasks that any order of them is read faster than a thread and a connection are made. */
static bool are_few(struct task_list *list)
{
    struct db_statement *count;
    struct error ignored;
    if (!db_statement(model_db(list->model), TASKS_FEW, &count, &ignored))
        return false;
    db_bind_int(count, 1, DIRECT_MOST + 1);
    bool few = db_step(count, &ignored) == DB_ROW && db_int(count, 0) <= DIRECT_MOST;
    db_reset(count);
    return few;
}

/* The whole order at once, into `next`. */
static bool read_directly(struct task_list *list, const struct sql *sql, struct error *err)
{
    struct db_statement *rows;
    enum db_step step;
    if (!db_prepare(model_db(list->model), strbuf_text(&sql->text), &rows, err))
        return false;
    sql_bind(rows, sql, 0);
    while ((step = db_step(rows, err)) == DB_ROW) {
        int64_t id = db_int(rows, 0);
        id_list_add(&list->next, &id, 1);
    }
    db_finish(rows);
    return step != DB_FAILED;
}

static void take_next(struct task_list *list)
{
    id_list_clear(&list->ids);
    list->ids = list->next;
    list->next = (struct id_list){0};
    id_list_fit(&list->ids);
    list->has = true;
    list->changed = true;
}

static bool start_reading(struct task_list *list, const struct sql *sql, struct error *err)
{
    if (model_as_of(list->model) == 0 && !are_few(list)) /* jobs see the present only */
        return db_job_start(model_db(list->model), strbuf_text(&sql->text), sql->binds, sql->count,
            &list->job, err);
    if (!read_directly(list, sql, err))
        return false;
    take_next(list);
    return true;
}

/* False with `wrong` where the filter is at fault, and with `err` in any case. */
static bool start(struct task_list *list, struct query_error *wrong, struct error *err)
{
    struct sql sql = {0};
    list->generation = model_generation(list->model);
    bool ok = query_sql_list(list->model, list->query, &list->sort, &sql, wrong);
    if (!ok) {
        error_set(err, ERROR_INPUT, "%s", wrong->text);
    } else if (!start_reading(list, &sql, err)) {
        *wrong = (struct query_error){0};
        ok = false;
    }
    sql_clear(&sql);
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
    if (!start(list, err, &failed)) {
        int fits = (int)text_fit(failed.text, (int)sizeof err->text / 3 - 1, NULL);
        snprintf(err->text, sizeof err->text, "%.*s", fits, failed.text);
        task_list_close(list);
        return false;
    }
    *out = list;
    return true;
}

int64_t task_list_try(
    struct model *model, const struct query *query, const char *text, struct error *err)
{
    struct query_error wrong = {0};
    struct sort sort = {0};
    struct task_list *list;
    if (!task_list_open(model, query, &sort, &list, &wrong)) {
        query_error_show(text, &wrong, err);
        return -1;
    }
    task_list_wait(list, (size_t)-1, TASK_LIST_TRY_MS);
    task_list_take(list, err);
    int64_t count = task_list_complete(list) ? (int64_t)task_list_count(list) : -1;
    task_list_close(list);
    return count;
}

int64_t task_list_try_text(struct model *model, const char *text, struct error *err)
{
    struct query_error wrong = {0};
    struct query *query;
    if (!query_parse(text, &query, &wrong)) {
        query_error_show(text, &wrong, err);
        return -1;
    }
    int64_t count = task_list_try(model, query, text, err);
    query_free(query);
    return count;
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
    return start(list, &wrong, err);
}

/* --- taking ---------------------------------------------------------------------------------- */

/* The job has given its last id. */
static bool finish_job(struct task_list *list, struct error *err)
{
    db_job_end(list->job);
    list->job = NULL;
    if (list->has)
        take_next(list);
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

static bool wait_for(struct task_list *list, size_t rows, struct error *err)
{
    enum { WAIT_MS = 1000 }; /* of one wait */
    task_list_take(list, err);
    while (err->code == ERROR_NONE && !task_list_complete(list) && task_list_count(list) < rows) {
        task_list_wait(list, rows, WAIT_MS);
        task_list_take(list, err);
    }
    return err->code == ERROR_NONE;
}

bool task_list_page(struct task_list *list, size_t first, int64_t *ids, size_t room, size_t *count,
    struct error *err)
{
    *count = 0;
    if (!wait_for(list, first + room, err))
        return false;
    for (; *count < room && first + *count < task_list_count(list); (*count)++)
        ids[*count] = task_list_id(list, first + *count);
    return true;
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

bool task_list_search(struct task_list *list, size_t from, bool backwards, const char *text,
    size_t most, size_t *index, struct error *err)
{
    const struct search_way way = {from, most, backwards};
    bool found;
    return task_search(list->model, &list->ids, &way, text, index, &found, err) && found;
}
