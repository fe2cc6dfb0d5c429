#include "model/survey.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "model/task_list.h"
#include "survey_parts.h"

enum { CLOCK_ROWS = 16 }; /* looked at so often */
enum { WAIT_MS = 1000 };

enum phase { PHASE_PREPARE, PHASE_LIVES, PHASE_TASKS, PHASE_FINISH, PHASE_DONE, PHASE_FAILED };

struct survey {
    struct model *model;
    const struct survey_ops *ops;
    void *result; /* NULL: taken */
    enum phase phase;
    struct error failed;
    int work;               /* always readable; -1 of a finished one */
    struct task_list *list; /* NULL: all tasks, by their ids */
    size_t next;            /* place in the list */
    int64_t last;           /* id taken last */
    size_t taken, total;
    struct survey_rows rows;
    struct survey_lives *lives; /* NULL: the ops do not ask for them */
    struct survey_clock clock;
};

/* --- pieces ---------------------------------------------------------------------------------- */

const struct fact_piece *fact_piece_at(const struct fact *fact, date_t day)
{
    for (size_t i = fact->piece_count; i-- > 0;)
        if (fact->pieces[i].from <= day)
            return &fact->pieces[i];
    return NULL;
}

bool fact_was_overdue(const struct fact *fact, date_t day)
{
    const struct fact_piece *piece = fact_piece_at(fact, day);
    return piece != NULL && piece->open && piece->due_on != DATE_NONE && piece->due_on < day;
}

/* --- life ------------------------------------------------------------------------------------ */

static bool is_all(struct model *model, const struct query *filter)
{
    return model_reach(model) == NULL && (filter == NULL || filter->kind == QUERY_ALL);
}

static bool count_tasks(struct survey *survey, struct error *err)
{
    struct db_statement *count;
    if (!db_statement(model_db(survey->model), TASKS_ALL, &count, err))
        return false;
    enum db_step step = db_step(count, err);
    survey->total = step == DB_ROW ? (size_t)db_int(count, 0) : 0;
    db_reset(count);
    return step != DB_FAILED;
}

/* In the order of the sources, which is nearly that of the ids: the rows are read from pages side
 * by side. The list needs the filter while it is opened only, as nobody asks it to read again. */
static bool start(struct survey *survey, const struct query *filter, struct query_error *err)
{
    static const struct query all = {.kind = QUERY_ALL};
    const struct sort order = {SORT_NUMBER, false};
    struct error failed;
    *err = (struct query_error){0};
    survey->work = eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC);
    if (survey->work < 0)
        error_set(&failed, ERROR_IO, _("The tasks cannot be counted: %s"), strerror(errno));
    else if (!is_all(survey->model, filter))
        return task_list_open(
            survey->model, filter != NULL ? filter : &all, &order, &survey->list, err);
    else if (count_tasks(survey, &failed))
        return true;
    int fits = (int)text_fit(failed.text, (int)sizeof err->text / 3 - 1, NULL);
    snprintf(err->text, sizeof err->text, "%.*s", fits, failed.text);
    return false;
}

bool survey_open(struct model *model, const struct query *filter, const struct survey_ops *ops,
    void *result, struct survey **out, struct query_error *err)
{
    struct survey *survey = alloc_zero(1, sizeof *survey);
    *survey = (struct survey){.model = model, .ops = ops, .result = result, .work = -1};
    if (!start(survey, filter, err)) {
        survey_close(survey);
        return false;
    }
    if (ops->pieces)
        survey->lives = survey_lives_new();
    *out = survey;
    return true;
}

struct survey *survey_finished(const struct survey_ops *ops, void *result)
{
    struct survey *survey = alloc_zero(1, sizeof *survey);
    *survey = (struct survey){.ops = ops, .result = result, .phase = PHASE_DONE, .work = -1};
    return survey;
}

void survey_close(struct survey *survey)
{
    if (survey == NULL)
        return;
    if (survey->result != NULL)
        survey->ops->free(survey->result);
    task_list_close(survey->list);
    survey_rows_clear(&survey->rows);
    survey_lives_free(survey->lives);
    if (survey->work >= 0)
        close(survey->work);
    free(survey);
}

/* --- time ------------------------------------------------------------------------------------ */

static int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

bool survey_clock_over(struct survey_clock *clock)
{
    return clock->until != 0 && ++clock->looks % CLOCK_ROWS == 0 && monotonic_us() >= clock->until;
}

bool survey_clock_is_over(const struct survey_clock *clock)
{
    return clock->until != 0 && monotonic_us() >= clock->until;
}

/* --- phases ---------------------------------------------------------------------------------- */

/* `milliseconds` as in survey_step. */
static bool prepare(struct survey *survey, int milliseconds, struct error *err)
{
    bool done = true;
    if (survey->ops->prepare != NULL &&
        !survey->ops->prepare(survey->result, survey->model, milliseconds, &done, err))
        return false;
    if (done)
        survey->phase = survey->lives != NULL ? PHASE_LIVES : PHASE_TASKS;
    return true;
}

static bool read_lives(struct survey *survey, struct error *err)
{
    bool done;
    if (!survey_lives_read(survey->lives, survey->model, &survey->clock, &done, err))
        return false;
    if (done)
        survey->phase = PHASE_TASKS;
    return true;
}

static bool take(struct survey *survey, struct survey_row *row, struct error *err)
{
    if (survey->lives != NULL && !survey_lives_tell(survey->lives, survey->model, row, err))
        return false;
    survey->ops->take(survey->result, &row->fact);
    survey->last = row->fact.id;
    survey->taken++;
    return true;
}

static bool take_all(struct survey *survey, struct error *err)
{
    struct survey_row row;
    enum db_step step = DB_ROW;
    bool good = survey_rows_from(&survey->rows, survey->model, survey->last, err), over = false;
    while (good && !over && (step = survey_rows_next(&survey->rows, &row, err)) == DB_ROW) {
        good = take(survey, &row, err);
        over = survey_clock_over(&survey->clock);
    }
    survey_rows_end(&survey->rows);
    if (step == DB_DONE)
        survey->phase = PHASE_FINISH;
    if (survey->taken > survey->total || step == DB_DONE)
        survey->total = survey->taken;
    return good && step != DB_FAILED;
}

static bool take_listed(struct survey *survey, struct error *err)
{
    struct survey_row row;
    enum db_step step = DB_DONE;
    for (bool over = false; !over && survey->next < survey->total;
         over = survey_clock_over(&survey->clock)) {
        step = survey_rows_one(
            &survey->rows, survey->model, task_list_id(survey->list, survey->next), &row, err);
        if (step == DB_FAILED || (step == DB_ROW && !take(survey, &row, err)))
            return false;
        survey->next++;
    }
    if (survey->next == survey->total && task_list_complete(survey->list))
        survey->phase = PHASE_FINISH;
    return true;
}

static bool take_ids(struct survey *survey, int milliseconds, struct error *err)
{
    struct error failed = {0};
    while (milliseconds == 0 && !task_list_complete(survey->list))
        task_list_wait(survey->list, SIZE_MAX, WAIT_MS);
    task_list_take(survey->list, &failed);
    survey->total = task_list_count(survey->list);
    if (failed.code == ERROR_NONE)
        return true;
    *err = failed;
    return false;
}

static bool run(struct survey *survey, int milliseconds, struct error *err)
{
    if (survey->phase == PHASE_PREPARE && !prepare(survey, milliseconds, err))
        return false;
    if (survey->phase == PHASE_LIVES && !survey_clock_is_over(&survey->clock) &&
        !read_lives(survey, err))
        return false;
    if (survey->phase == PHASE_TASKS && !survey_clock_is_over(&survey->clock) &&
        !(survey->list != NULL ? take_listed(survey, err) : take_all(survey, err)))
        return false;
    if (survey->phase != PHASE_FINISH)
        return true;
    if (survey->ops->finish != NULL && !survey->ops->finish(survey->result, survey->model, err))
        return false;
    survey->phase = PHASE_DONE;
    return true;
}

/* The ids first: waiting for them needs no snapshot. */
static bool step(struct survey *survey, int milliseconds, struct error *err)
{
    if (survey->list != NULL && !take_ids(survey, milliseconds, err))
        return false;
    if (!db_read_begin(model_db(survey->model), err))
        return false;
    survey->rows.today = model_today(survey->model)->date;
    bool good = run(survey, milliseconds, err);
    db_read_end(model_db(survey->model));
    return good;
}

bool survey_step(struct survey *survey, int milliseconds, struct error *err)
{
    if (survey->phase == PHASE_DONE)
        return true;
    if (survey->phase != PHASE_FAILED) {
        survey->clock.until = milliseconds > 0 ? monotonic_us() + (int64_t)milliseconds * 1000 : 0;
        survey->failed = (struct error){0};
        if (step(survey, milliseconds, &survey->failed))
            return true;
        survey->phase = PHASE_FAILED;
    }
    if (err != NULL)
        *err = survey->failed;
    return false;
}

/* --- how far --------------------------------------------------------------------------------- */

bool survey_done(const struct survey *survey)
{
    return survey->phase == PHASE_DONE;
}

int survey_fd(const struct survey *survey)
{
    if (survey->phase == PHASE_DONE || survey->phase == PHASE_FAILED)
        return -1;
    bool waits = survey->phase == PHASE_TASKS && survey->list != NULL &&
                 !task_list_complete(survey->list) && survey->next == task_list_count(survey->list);
    return waits ? task_list_fd(survey->list) : survey->work;
}

void survey_progress(const struct survey *survey, size_t *taken, size_t *total)
{
    *taken = survey->taken;
    *total = survey->total;
}

void *survey_take(struct survey *survey)
{
    assert(survey->phase == PHASE_DONE && survey->result != NULL);
    void *result = survey->result;
    survey->result = NULL;
    return result;
}

void *survey_complete(struct survey *survey, struct error *err)
{
    bool good = true;
    while (good && !survey_done(survey))
        good = survey_step(survey, 0, err);
    void *result = good ? survey_take(survey) : NULL;
    survey_close(survey);
    return result;
}
