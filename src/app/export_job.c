#include "app/export_job.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/file_name.h"
#include "base/alloc.h"
#include "base/language.h"
#include "exchange/file_put.h"
#include "exchange/html_write.h"
#include "exchange/matrix_write.h"
#include "exchange/scorecard_write.h"
#include "model/task_list.h"

enum { PAGE = 256 };

const struct export_format_row export_formats[EXPORT_FORMAT_COUNT] = {
    [EXPORT_XLSX] = {"xlsx", N_("Excel workbook (.xlsx)"), LEDGER_XLSX},
    [EXPORT_CSV] = {"csv", N_("CSV table"), LEDGER_CSV},
    [EXPORT_JSON] = {"json", N_("JSON, for programs"), LEDGER_JSON},
    [EXPORT_HTML] = {"html", N_("HTML, a bulletin to print"), LEDGER_CSV},
};

int export_format_find(const char *name, size_t length)
{
    for (int i = 0; i < EXPORT_FORMAT_COUNT; i++)
        if (strlen(export_formats[i].name) == length &&
            strncmp(export_formats[i].name, name, length) == 0)
            return i;
    return -1;
}

struct export_job {
    struct export_job_spec spec;
    char *path, *filter, *title; /* the spec's */
    const struct ledger_column **columns;
    size_t column_count;
    struct worker *worker;
    struct model *model;
    struct file_new *file;
    struct export_done done;
};

/* --- tasks ----------------------------------------------------------------------------------- */

static bool add_bytes(void *context, const char *bytes, size_t count)
{
    struct export_job *job = context;
    return file_add(job->file, bytes, count) && !worker_is_stopped(job->worker);
}

static bool ended(struct error *err)
{
    return error_set(err, ERROR_REFUSED, _("Ended; no file was left behind"));
}

/* What could not be written has its sentence with the file. */
static bool broke_off(const struct export_job *job, struct error *err)
{
    return worker_is_stopped(job->worker) ? ended(err) : false;
}

static bool write_list(
    struct export_job *job, struct task_list *list, struct ledger_write *ledger, struct error *err)
{
    int64_t ids[PAGE];
    size_t first = 0, count = 0;
    do {
        if (!worker_going(job->worker, first, task_list_count(list)))
            return ended(err);
        if (!task_list_page(list, first, ids, PAGE, &count, err))
            return false;
        first += count;
        if (count > 0 && !ledger_add(ledger, ids, count, err))
            return err->code != ERROR_NONE ? false : broke_off(job, err);
    } while (count > 0);
    return true;
}

static bool write_tasks(struct export_job *job, struct task_list *list, struct error *err)
{
    const struct ledger_spec spec = {
        .format = export_formats[job->spec.format].ledger,
        .columns = job->columns,
        .column_count = job->column_count,
        .write = add_bytes,
        .context = job,
        .path = file_aside(job->file),
        .title = job->title,
        .filter = job->filter,
    };
    struct error failed = {0};
    struct ledger_write *ledger = ledger_begin(job->model, &spec);
    bool good = write_list(job, list, ledger, err);
    job->done.tasks = ledger_written(ledger);
    if (good && job->done.tasks == 0)
        good = error_set(err, ERROR_NOT_FOUND, _("there is no task to be written"));
    if (ledger_end(ledger, good, &job->done.cut, &failed) || !good)
        return good;
    /* a failure without a sentence is told by the file */
    return failed.code == ERROR_NONE || error_set(err, failed.code, "%s", failed.text);
}

static bool write_of_filter(struct export_job *job, struct error *err)
{
    struct query *query;
    struct query_error wrong = {0};
    struct task_list *list;
    if (!query_parse(job->filter, &query, &wrong))
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    bool good = task_list_open(job->model, query, &job->spec.sort, &list, &wrong);
    if (good) {
        good = write_tasks(job, list, err);
        task_list_close(list);
    } else {
        error_set(err, ERROR_INPUT, "%s", wrong.text);
    }
    query_free(query);
    return good;
}

/* --- pages and numbers ----------------------------------------------------------------------- */

static bool put(struct export_job *job, struct strbuf *page)
{
    file_add(job->file, strbuf_text(page), page->length);
    strbuf_clear(page);
    return true;
}

static bool write_bulletin(struct export_job *job, struct error *err)
{
    struct bulletin *bulletin;
    struct query_error wrong = {0};
    struct strbuf page = {0};
    if (!bulletin_read(job->model, job->filter, &bulletin, &wrong, err))
        return *wrong.text != '\0' ? error_set(err, ERROR_INPUT, "%s", wrong.text) : false;
    html_bulletin(bulletin, job->title, &page);
    job->done.tasks = (size_t)bulletin->counts.all;
    bulletin_free(bulletin);
    return put(job, &page);
}

static bool put_json(struct export_job *job, const struct matrix *matrix,
    const struct scorecard *card, struct error *err)
{
    struct json *json = json_new(true, add_bytes, job);
    if (matrix != NULL)
        json_matrix(json, job->model, matrix);
    else
        json_scorecard(json, job->model, card);
    return json_end(json) || broke_off(job, err);
}

static bool write_matrix(struct export_job *job, struct error *err)
{
    struct matrix_spec spec = job->spec.matrix;
    struct survey *survey;
    struct query_error wrong = {0};
    struct strbuf page = {0};
    spec.filter = job->filter;
    if (!matrix_open(job->model, &spec, &survey, &wrong))
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    struct matrix *matrix = survey_complete(survey, err);
    if (matrix == NULL)
        return false;
    bool good = true;
    if (job->spec.format == EXPORT_JSON) {
        good = put_json(job, matrix, NULL, err);
    } else {
        matrix_write_csv(matrix, &page);
        good = put(job, &page);
    }
    matrix_free(matrix);
    return good;
}

static bool write_scorecard(struct export_job *job, struct error *err)
{
    struct survey *survey;
    struct query_error wrong = {0};
    struct strbuf page = {0};
    if (!scorecard_open(job->model, job->spec.units, job->filter, &survey, &wrong))
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    struct scorecard *card = survey_complete(survey, err);
    if (card == NULL)
        return false;
    bool good = true;
    if (job->spec.format == EXPORT_JSON) {
        good = put_json(job, NULL, card, err);
    } else {
        scorecard_write_csv(card, &page);
        good = put(job, &page);
    }
    scorecard_free(card);
    return good;
}

/* --- the thread ------------------------------------------------------------------------------ */

static bool write_what(struct export_job *job, struct error *err)
{
    switch (job->spec.what) {
    case EXPORT_MATRIX:
        return write_matrix(job, err);
    case EXPORT_SCORECARD:
        return write_scorecard(job, err);
    default:
        return job->spec.format == EXPORT_HTML ? write_bulletin(job, err)
                                               : write_of_filter(job, err);
    }
}

static bool run(void *context, struct worker *worker, struct error *err)
{
    struct export_job *job = context;
    struct model_options options = *job->spec.options;
    struct stat made;
    job->worker = worker;
    options.brief = options.read_only = true;
    if (!file_begin(job->path, true, &job->file, err))
        return false;
    bool good = model_open(&options, &job->model, err);
    if (good) {
        good = write_what(job, err);
        model_close(job->model);
    }
    if (good && worker_is_stopped(worker))
        good = ended(err);
    if (good || err->code == ERROR_NONE)
        return file_end(job->file, true, err) &&
               (job->done.bytes = stat(job->path, &made) == 0 ? made.st_size : 0, true);
    file_end(job->file, false, &(struct error){0});
    return false;
}

/* --- starting and ending --------------------------------------------------------------------- */

static bool check(const struct export_job_spec *spec, struct error *err)
{
    bool numbers = spec->what == EXPORT_MATRIX || spec->what == EXPORT_SCORECARD;
    bool fits = !numbers || spec->format == EXPORT_CSV || spec->format == EXPORT_JSON;
    return fits || error_set(err, ERROR_INPUT, _("The numbers can be written as CSV or JSON"));
}

static void free_job(struct export_job *job)
{
    free(job->path);
    free(job->filter);
    free(job->title);
    free((void *)job->columns);
    free(job);
}

bool export_job_start(
    const struct export_job_spec *spec, struct export_job **out, struct error *err)
{
    const struct ledger_column **columns = NULL;
    size_t count = 0;
    if (!check(spec, err) || !ledger_columns_parse(spec->columns, &columns, &count, err))
        return false;
    struct export_job *job = alloc_zero(1, sizeof *job);
    job->spec = *spec;
    job->path = alloc_string(spec->path);
    job->filter = alloc_string(spec->filter);
    job->title = alloc_string(spec->title);
    job->columns = columns;
    job->column_count = count;
    if (worker_start(run, job, &job->worker, err)) {
        *out = job;
        return true;
    }
    free_job(job);
    return false;
}

struct worker *export_job_worker(const struct export_job *job)
{
    return job->worker;
}

/* The name of the file as people read it. */
static void tell_name(const struct export_job *job, struct error *err)
{
    const char *at = strstr(err->text, job->path);
    if (at == NULL)
        return;
    char *name = file_name_text(job->path);
    char *text =
        alloc_format("%.*s%s%s", (int)(at - err->text), err->text, name, at + strlen(job->path));
    error_set(err, err->code, "%s", text);
    free(text);
    free(name);
}

bool export_job_end(struct export_job *job, struct export_done *done, struct error *err)
{
    bool good = worker_join(job->worker, err);
    if (!good)
        tell_name(job, err);
    *done = job->done;
    free_job(job);
    return good;
}
