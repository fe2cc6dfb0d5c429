/* import_job: a file read and compared, and written, beside the board (app/worker.h): on a model of
 * its own, which stays until the job is freed. What was found last is not to be looked at while
 * something is under way, but for the texts of how the file was read. */
#ifndef APP_IMPORT_JOB_H
#define APP_IMPORT_JOB_H

#include "app/worker.h"
#include "exchange/import_kind.h"
#include "model/import.h"

/* What a person told; borrowed during the call. */
struct import_job_told {
    const char *kind, *charset, *source, *sheet; /* NULL: not; source: CODE=NAME makes it */
    const char *region; /* the place that the file is of; NULL: as it says */
    const char *const *map;
    size_t map_count;
    bool fill, create_units;
};
enum import_job_end {
    IMPORT_JOB_LOOKED,
    IMPORT_JOB_WRITTEN,
    IMPORT_JOB_FAILED,
};
/* Why it was looked again, and not written. */
enum import_job_why { IMPORT_JOB_NOTHING, IMPORT_JOB_FILE, IMPORT_JOB_DATABASE };

struct import_job;
/* `path` as bytes, `said` as it is told. `options` must live on. */
struct import_job *import_job_new(
    const struct model_options *options, const char *path, const char *said);
/* Waits for the end of what is under way, but not long: what does not end is left to the end of the
 * program. */
void import_job_free(struct import_job *job);

/* Reads and looks; with `write`, writes what was looked at last: where file or database have
 * changed since so that something else would come of it, it looks again instead. */
bool import_job_begin(
    struct import_job *job, const struct import_job_told *told, bool write, struct error *err);
struct worker *import_job_worker(const struct import_job *job);
enum import_job_end import_job_finish(
    struct import_job *job, enum import_job_why *why, struct error *err);

/* Of what was done last; NULL: nothing was. */
const struct import_told *import_job_read(const struct import_job *job);
const struct import_plan *import_job_plan(const struct import_job *job);
/* After IMPORT_JOB_DATABASE: results of the plan, by their index, that are other than they were. */
const size_t *import_job_changed(const struct import_job *job, size_t *count);

#endif
