/* bench_counts: what places by departments cost, each figure beside its budget, as in bench.c, and
 * from the databases that it has made.
 *
 *   bench_counts BUILD
 *
 * Each measure from the counts, and one from a survey of all tasks; then what the counts themselves
 * cost who changes a task, in the time of a statement before its commit. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/figures.h"
#include "harness/pty.h"
#include "model/matrix.h"
#include "store/db.h"

enum { RUNS = 7, CHANGES = 50 };

struct bench {
    const char *build, *at;
    int failed;
};

static void tell(
    struct bench *bench, const char *name, struct samples *times, const char *unit, double budget)
{
    if (!figure_print(name, bench->at, samples_median(times), unit, budget))
        bench->failed++;
}

static void trouble(struct bench *bench, const char *what, const char *text)
{
    bench->failed++;
    fflush(stdout);
    fprintf(stderr, "bench_counts: %s: %s\n", what, text);
}

static double since_ms(int64_t begun)
{
    return (double)(pty_clock() - begun) / 1e6;
}

/* --- reading --------------------------------------------------------------------------------- */

static struct model *open_model(const char *path, struct error *err)
{
    struct model *model = NULL;
    const struct person person = {.name = (char *)"bench", .role = PERSON_ADMIN};
    const struct model_options options = {
        .path = path, .due_soon_days = 30, .read_only = true, .brief = true, .person = &person};
    return model_open(&options, &model, err) ? model : NULL;
}

static bool read_once(struct model *model, const struct matrix_spec *spec, struct error *err)
{
    struct survey *survey = NULL;
    struct query_error wrong;
    if (!matrix_open(model, spec, &survey, &wrong))
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    bool good = true;
    while (good && !survey_done(survey))
        good = survey_step(survey, 0, err);
    if (good)
        matrix_free(survey_take(survey));
    survey_close(survey);
    return good;
}

static void measure_matrix(
    struct bench *bench, struct model *model, const struct matrix_spec *spec, double budget)
{
    struct samples times = {0};
    struct error err = {0};
    int runs = spec->filter ? 1 : RUNS;
    for (int i = 0; i < runs; i++) {
        int64_t begun = pty_clock();
        if (!read_once(model, spec, &err))
            trouble(bench, matrix_measures[spec->measure].name, err.text);
        samples_add(&times, since_ms(begun));
    }
    char *name = alloc_format("places by departments: %s%s", matrix_measures[spec->measure].name,
        spec->filter ? ", surveyed" : "");
    tell(bench, name, &times, "ms", budget);
    free(name);
}

static void measure_reading(struct bench *bench, const char *path, double budget)
{
    struct error err = {0};
    struct model *model = open_model(path, &err);
    if (!model) {
        trouble(bench, path, err.text);
        return;
    }
    for (int measure = 0; measure < MEASURE_COUNT; measure++) {
        const struct matrix_spec spec = {
            AXIS_REGION, AXIS_LEAD, (enum matrix_measure)measure, NULL};
        if (measure != MEASURE_CHANGE)
            measure_matrix(bench, model, &spec, budget);
    }
    const struct matrix_spec all = {AXIS_REGION, AXIS_LEAD, MEASURE_OVERDUE, "open or closed"};
    measure_matrix(bench, model, &all, NO_BUDGET);
    model_close(model);
}

/* --- changing -------------------------------------------------------------------------------- */

/* $1: the task. Rolled back, so that the database stays as it is. */
static const struct change {
    const char *name, *sql;
} changes[] = {
    {"a phone", "UPDATE task SET phone = $1, version = version + 1 WHERE id = $1"},
    {"a period reported",
        "UPDATE task SET reported_on = '2000-01-01', version = version + 1 WHERE id = $1"},
    {"a deadline", "UPDATE task SET deadline_kind = 'date', deadline = date('2030-01-01', $1 || ' "
                   "days'), version = version + 1 WHERE id = $1"},
    {"a state", "UPDATE task SET state = iif(state = 'closed', 'in_progress', 'closed'), version = "
                "version + 1 WHERE id = $1"},
    {"a lead", "UPDATE task SET lead_id = lead_id % 40 + 1, version = version + 1 WHERE id = $1"},
    {"a region", "UPDATE task SET region_id = region_id % 40 + 1, version = version + 1 WHERE id = "
                 "$1"},
};

static bool change_once(
    struct db *db, const char *sql, int64_t task, struct samples *times, struct error *err)
{
    struct db_statement *change;
    if (!db_prepare(db, sql, &change, err))
        return false;
    int64_t begun = pty_clock();
    db_bind_int(change, 1, task);
    bool good = db_run(change, err);
    if (task > 1) /* the first compiles the triggers */
        samples_add(times, since_ms(begun) * 1000);
    db_finish(change);
    return good;
}

static void measure_changing(struct bench *bench, const char *path)
{
    struct error err = {0};
    struct db *db = NULL;
    bool good = db_open(path, DB_READ_WRITE, &db, &err) && db_write_begin(db, &err);
    for (size_t i = 0; good && i < sizeof changes / sizeof *changes; i++) {
        struct samples times = {0};
        for (int64_t task = 1; good && task <= CHANGES; task++)
            good = change_once(db, changes[i].sql, task, &times, &err);
        char *name = alloc_format("rows of changing %s", changes[i].name);
        tell(bench, name, &times, "us", NO_BUDGET);
        free(name);
    }
    if (!good)
        trouble(bench, path, err.text);
    if (db)
        db_write_rollback(db);
    db_close(db);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *at;
        long tasks;
        double budget;
    } sizes[] = {{"100,000", 100000, 10}, {"1,000,000", 1000000, 40}};
    if (argc != 2)
        return fprintf(stderr, "usage: bench_counts BUILD\n"), 2;
    struct bench bench = {.build = argv[1]};
    figure_print_heading();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *path = alloc_format("%s/bench/%ld/tasks.db", bench.build, sizes[i].tasks);
        bench.at = sizes[i].at;
        measure_reading(&bench, path, sizes[i].budget);
        measure_changing(&bench, path);
        free(path);
    }
    return bench.failed != 0;
}
