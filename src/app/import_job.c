#include "app/import_job.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/import_source.h"
#include "base/alloc.h"
#include "base/language.h"
#include "exchange/file_take.h"
#include "model/field.h"

#define END_MS 2000 /* the longest that anybody waits for a thread that was told to end */

/* What a file was read as, and what would come of it. */
struct look {
    struct import *import;
    struct import_told told;
    struct import_plan plan;
    bool read, looked;
    struct stat file;
    uint64_t *sums; /* of each result of the plan, behind them one of what else it tells */
    size_t sum_count;
    size_t *changed; /* results that were others when it was looked before */
    size_t changed_count;
};
struct import_job {
    const struct model_options *options;
    char *path, *said;
    struct model *model; /* NULL: not opened yet */
    struct worker *worker;

    /* the thread's while it runs */
    bool write;
    char *kind, *charset, *source, *sheet, *region;
    char **map;
    size_t map_count;
    bool fill, create_units;
    bool create_source;
    struct import_source made; /* of the texts of `source` */
    struct look next;
    enum import_job_end end;
    enum import_job_why why;

    struct look last; /* what was found */
};

static void clear_look(struct look *look)
{
    import_free(look->import);
    if (look->read)
        import_told_clear(&look->told);
    free(look->sums);
    free(look->changed);
    *look = (struct look){0};
}

/* --- the file -------------------------------------------------------------------------------- */

static bool read_proposals(struct import_job *job, struct error *err)
{
    struct strbuf bytes = {0};
    const struct import_reading reading = {.kind = job->kind,
        .charset = job->charset,
        .sheet = job->sheet,
        .map = (const char *const *)job->map,
        .map_count = job->map_count,
        .fill = job->fill,
        .going = {worker_going, job->worker},
        .held = &bytes};
    import_told_init(&job->next.told, job->said);
    job->next.read = true;
    job->next.import = import_new(job->model);
    import_file(job->next.import, job->said);
    bool good = file_take(job->path, IMPORT_BYTES_MOST, &bytes, &job->next.file, err);
    if (!good)
        error_prefix(err, "%s", job->said);
    good = good && import_kind_read(strbuf_text(&bytes), bytes.length, &reading, job->next.import,
                       &job->next.told, err);
    strbuf_clear(&bytes);
    return good;
}

static bool file_has_changed(const struct import_job *job)
{
    struct stat now;
    const struct stat *then = &job->last.file;
    return stat(job->path, &now) != 0 || now.st_size != then->st_size ||
           now.st_ino != then->st_ino || now.st_mtim.tv_sec != then->st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != then->st_mtim.tv_nsec;
}

/* --- looking --------------------------------------------------------------------------------- */

static struct import_options options_of(const struct import_job *job)
{
    return (struct import_options){.source = job->source,
        .create_source = job->create_source ? &job->made : NULL,
        .create_units = job->create_units,
        .region = job->region};
}

static void add_sum(uint64_t *sum, const char *text)
{
    do
        *sum = (*sum ^ (unsigned char)*text) * 1099511628211U; /* FNV-1a */
    while (*text++ != '\0');
}

/* What a person would see otherwise: not when a report is made, which is each time now, nor the id
 * that its row would have. */
static void add_change(uint64_t *sum, const struct event_change *change)
{
    const char *suffix;
    const struct field *field = field_find(change->field, &suffix);
    if (field->type == VALUE_IS_MOMENT)
        return;
    add_sum(sum, field->name);
    add_sum(sum, field_key_of(field->table) == KEY_ID ? "" : suffix);
    add_sum(sum, change->before);
    add_sum(sum, change->after);
}

static uint64_t sum_of(const struct import_result *result)
{
    uint64_t sum = 14695981039346656037U;
    add_sum(&sum, result->ident);
    sum += (uint64_t)result->kind;
    for (size_t k = 0; k < result->change_count; k++)
        add_change(&sum, &result->change[k]);
    return sum;
}

/* By which two plans are told apart. */
static void sum_up(struct look *look)
{
    const struct import_plan *plan = &look->plan;
    look->sum_count = plan->result_count + 1;
    look->sums = alloc_zero(look->sum_count, sizeof *look->sums);
    for (size_t i = 0; i < plan->result_count; i++)
        look->sums[i] = sum_of(&plan->result[i]);
    look->sums[plan->result_count] = plan->message_count * 2 + plan->refused;
}

static bool sums_differ(const struct look *look, const uint64_t *before, size_t count)
{
    return look->sum_count != count || memcmp(look->sums, before, count * sizeof *before) != 0;
}

static void find_changed(struct look *look, const uint64_t *before, size_t count)
{
    look->changed = alloc_zero(look->sum_count, sizeof *look->changed);
    for (size_t i = 0; i + 1 < look->sum_count; i++)
        if (i + 1 >= count || look->sums[i] != before[i])
            look->changed[look->changed_count++] = i;
}

static bool compare(struct import_job *job, struct error *err)
{
    const struct import_options options = options_of(job);
    struct look *next = &job->next;
    next->looked = import_look(next->import, &options, worker_going, job->worker, &next->plan, err);
    if (next->looked && next->plan.result_count + next->plan.message_count == 0) {
        next->looked = false;
        return error_set(err, ERROR_NOT_FOUND, _("there is no task in what was read"));
    }
    if (next->looked)
        sum_up(next);
    return next->looked;
}

static bool look(struct import_job *job, struct error *err)
{
    return read_proposals(job, err) && compare(job, err);
}

/* --- writing --------------------------------------------------------------------------------- */

/* The sums are the caller's now. */
static void forget_sums(struct look *look)
{
    free(look->changed);
    look->sums = NULL;
    look->changed = NULL;
    look->sum_count = look->changed_count = 0;
}

/* As it was looked at, where still the same would come of it. */
static bool write_looked(struct import_job *job, struct error *err)
{
    if (file_has_changed(job)) {
        job->why = IMPORT_JOB_FILE;
        return look(job, err);
    }
    const struct import_options options = options_of(job);
    struct look *next = &job->next;
    *next = job->last;
    job->last = (struct look){0};
    uint64_t *before = next->sums;
    size_t count = next->sum_count;
    forget_sums(next);
    bool good = compare(job, err), differs = good && sums_differ(next, before, count);
    if (differs) {
        find_changed(next, before, count);
        job->why = IMPORT_JOB_DATABASE;
    }
    free(before);
    if (!good || differs)
        return good;
    job->next.looked =
        import_write(job->next.import, &options, worker_going, job->worker, &job->next.plan, err);
    job->end = IMPORT_JOB_WRITTEN;
    return job->next.looked;
}

/* --- the thread ------------------------------------------------------------------------------ */

static bool run(void *context, struct worker *worker, struct error *err)
{
    struct import_job *job = context;
    struct model_options options = *job->options;
    struct changes changes = {0};
    int retry_ms;
    options.brief = true;
    job->worker = worker;
    if (job->model == NULL && !model_open(&options, &job->model, err))
        return false;
    model_set_patience(job->model, 0, worker_gone, worker);
    model_poll(job->model, &changes, &retry_ms);
    const struct freshness_state *fresh = model_freshness(job->model);
    bool good = fresh->state == FRESH_LIVE;
    if (!good)
        *err = fresh->reason;
    good = good && (job->write ? write_looked(job, err) : look(job, err));
    model_set_patience(job->model, 0, NULL, NULL);
    return good;
}

/* --- beginning and ending -------------------------------------------------------------------- */

struct import_job *import_job_new(
    const struct model_options *options, const char *path, const char *said)
{
    struct import_job *job = alloc_zero(1, sizeof *job);
    job->options = options;
    job->path = alloc_string(path);
    job->said = alloc_string(said);
    return job;
}

static void forget_told(struct import_job *job)
{
    for (size_t i = 0; i < job->map_count; i++)
        free(job->map[i]);
    free(job->map);
    free(job->kind);
    free(job->charset);
    free(job->source);
    free(job->sheet);
    free(job->region);
}

void import_job_free(struct import_job *job)
{
    if (job->worker != NULL) {
        worker_stop(job->worker);
        if (!worker_wait(job->worker, END_MS))
            return;
        worker_join(job->worker, &(struct error){0});
    }
    clear_look(&job->next);
    clear_look(&job->last);
    if (job->model != NULL)
        model_close(job->model);
    forget_told(job);
    free(job->path);
    free(job->said);
    free(job);
}

bool import_job_begin(
    struct import_job *job, const struct import_job_told *told, bool write, struct error *err)
{
    forget_told(job);
    job->kind = alloc_string(told->kind);
    job->charset = alloc_string(told->charset);
    job->source = alloc_string(told->source);
    job->create_source = import_source_split(job->source, &job->made);
    job->sheet = alloc_string(told->sheet);
    job->region = alloc_string(told->region);
    job->map = alloc_zero(told->map_count + 1, sizeof *job->map);
    for (size_t i = 0; i < told->map_count; i++)
        job->map[i] = alloc_string(told->map[i]);
    job->map_count = told->map_count;
    job->fill = told->fill;
    job->create_units = told->create_units;
    job->write = write && job->last.looked;
    job->end = IMPORT_JOB_LOOKED;
    job->why = IMPORT_JOB_NOTHING;
    return worker_start(run, job, &job->worker, err);
}

struct worker *import_job_worker(const struct import_job *job)
{
    return job->worker;
}

enum import_job_end import_job_finish(
    struct import_job *job, enum import_job_why *why, struct error *err)
{
    bool good = worker_join(job->worker, err);
    job->worker = NULL;
    *why = job->why;
    if (job->next.read) { /* else it did not come so far, and what there was stays */
        clear_look(&job->last);
        job->last = job->next;
        job->next = (struct look){0};
    }
    return good ? job->end : IMPORT_JOB_FAILED;
}

const struct import_told *import_job_read(const struct import_job *job)
{
    return job->last.read ? &job->last.told : NULL;
}

const struct import_plan *import_job_plan(const struct import_job *job)
{
    return job->last.looked ? &job->last.plan : NULL;
}

const size_t *import_job_changed(const struct import_job *job, size_t *count)
{
    *count = job->last.changed_count;
    return job->last.changed;
}
