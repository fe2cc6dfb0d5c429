/* export_job: what a screen shows written to a file, beside the board (app/worker.h): on a
 * connection of its own, page by page, aside and then put in its place. What is ended, or fails,
 * leaves nothing behind. */
#ifndef APP_EXPORT_JOB_H
#define APP_EXPORT_JOB_H

#include "app/worker.h"
#include "exchange/ledger_column.h"
#include "exchange/ledger_write.h"
#include "model/matrix.h"
#include "model/query_sql.h"
#include "model/scorecard.h"

enum export_format { EXPORT_XLSX, EXPORT_CSV, EXPORT_JSON, EXPORT_HTML, EXPORT_FORMAT_COUNT };
struct export_format_row {
    const char *name;
    const char *label;         /* N_() */
    enum ledger_format ledger; /* of tables of tasks */
};
extern const struct export_format_row export_formats[EXPORT_FORMAT_COUNT];
int export_format_find(const char *name, size_t length); /* -1: there is none such */

enum export_what { EXPORT_TASKS, EXPORT_MATRIX, EXPORT_SCORECARD };
struct export_job_spec {
    enum export_what what;
    enum export_format format;
    const char *path, *filter; /* path: as the system has it */
    struct sort sort;
    const char *columns;       /* of tables of tasks; "" all */
    struct matrix_spec matrix; /* its filter not */
    enum score_units units;
    const char *title; /* of the board */
    const struct model_options *options;
};
struct export_done {
    size_t tasks; /* written; 0 of numbers */
    size_t cut;   /* texts longer than a cell of a workbook may be */
    long long bytes;
};

struct export_job;
/* Copies what is told but `options`, which must live on. ERROR_INPUT: that format has no such
 * columns, or is nothing for what is to be written. */
bool export_job_start(
    const struct export_job_spec *spec, struct export_job **out, struct error *err);
struct worker *export_job_worker(const struct export_job *job);
/* Waits for its end and frees it. */
bool export_job_end(struct export_job *job, struct export_done *done, struct error *err);

#endif
