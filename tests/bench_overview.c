/* bench_overview: what numbers over very many tasks cost, each beside its budget, where no screen
 * is involved: of a survey of all tasks the time in all, and its longest step, which is what a key
 * has to wait for. No test: a slow machine fails nothing.
 *
 *   bench_overview BUILD
 *
 * The database is made once and kept: 100,000 tasks with a history since January 2024. Each was
 * made by a line of its own; one in twelve of 150,000 further lines gave another deadline; one task
 * in twenty was closed and reopened; what is open has twelve weeks of reports, notices and returns.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/figures.h"
#include "harness/long_history.h"
#include "model/matrix.h"
#include "model/scorecard.h"
#include "model/survey.h"
#include "model/trend.h"
#include "store/db.h"

enum { TASKS = 100000, LINES = 150000, SAMPLES = 9 };
#define AT "100,000"

struct bench {
    struct model *model;
};

/* --- the database ---------------------------------------------------------------------------- */

static bool run_command(char *command)
{
    int status = system(command);
    free(command);
    return status == 0;
}

static const char lives[] =
    "INSERT INTO event (seq, at, actor, task_id, action) SELECT (SELECT max(seq) FROM event) + id, "
    "'2024-01-01T00:00:00.000Z', '李娜', id, 'create' FROM task;"
    "CREATE TEMP TABLE made AS SELECT seq, task_id FROM event WHERE action = 'create';"
    "INSERT INTO event_change SELECT seq, 'deadline', '', coalesce(deadline, '2026-12-31') FROM "
    "made "
    "JOIN task ON id = task_id;"
    "INSERT INTO event_change SELECT seq, 'title', '', title FROM made JOIN task ON id = task_id;"
    "INSERT INTO event (seq, at, actor, task_id, action) SELECT (SELECT max(seq) FROM event) + id, "
    "'2026-03-01T00:00:00.000Z', '李娜', id, 'reopen' FROM task WHERE id % 20 = 0;"
    "CREATE TEMP TABLE back AS SELECT seq FROM event WHERE action = 'reopen';"
    "INSERT INTO event_change SELECT seq, 'state', 'closed', 'in_progress' FROM back;"
    "INSERT INTO event_change SELECT seq, 'closed_on', '2026-02-01', '' FROM back;";

/* Weekly reports of what is open, most of them in time; notices, returns, public notices. */
static const char months[] =
    "INSERT INTO report (task_id, period_start, period_end, reported_at, event_seq) SELECT t.id, "
    "date('now', 'weekday 1', '-' || (7 * w.n) || ' days'), date('now', 'weekday 0', '-' || (7 * "
    "w.n - 7) || ' days'), strftime('%Y-%m-%dT02:00:00.000Z', 'now', 'weekday 1', '-' || (7 * w.n "
    "- "
    "3 - (t.id + w.n) % 5) || ' days'), 0 FROM task t JOIN (SELECT value AS n FROM "
    "json_each('[1,2,3,4,5,6,7,8,9,10,11,12]')) w WHERE t.is_open = 1 AND (t.id + w.n) % 9 > 0;"
    "INSERT INTO notice (task_id, level, issued_on, event_seq) SELECT id, 'letter', date('now', "
    "'-' || (id % 70) || ' days'), 0 FROM task WHERE is_open = 1 AND id % 5 = 0;"
    "INSERT INTO publicity (task_id, starts_on, ends_on, days, event_seq) SELECT id, "
    "date(closed_on, '-14 days'), closed_on, 7, 0 FROM task WHERE closed_on IS NOT NULL;"
    "INSERT INTO event (at, task_id, action) SELECT strftime('%Y-%m-%dT02:00:00.000Z', 'now', '-' "
    "|| (id % 70) || ' days'), id, 'return' FROM task WHERE is_open = 1 AND id % 7 = 0;";

static bool add_history(const char *path, struct error *err)
{
    struct db *db = NULL;
    bool done = long_history_make(path, LINES, err) && db_open(path, DB_READ_WRITE, &db, err) &&
                db_write_begin(db, err) && db_script(db, lives, err) &&
                db_script(db, months, err) && db_write_commit(db, err);
    db_close(db);
    return done;
}

/* Aside, so that one that was cut short is not taken for whole. The caller's; NULL when it cannot
 * be made. */
static char *make_database(const char *build)
{
    char *folder = alloc_format("%s/bench/overview", build);
    char *path = alloc_format("%s/tasks.db", folder), *aside = alloc_format("%s.new", folder);
    char *new_path = alloc_format("%s/tasks.db", aside);
    struct error err = {0};
    bool there = access(path, F_OK) == 0;
    if (!there) {
        printf("making %s, once; this takes a while\n", path);
        fflush(stdout);
        there =
            run_command(alloc_format("rm -rf '%s' && mkdir -p '%s' && '%s/duban' --db '%s' init "
                                     "--tasks %d >/dev/null",
                aside, aside, build, new_path, TASKS)) &&
            add_history(new_path, &err) && run_command(alloc_format("mv '%s' '%s'", aside, folder));
    }
    if (!there)
        fprintf(stderr, "bench_overview: %s cannot be made: %s\n", path, err.text);
    free(folder);
    free(aside);
    free(new_path);
    if (there)
        return path;
    free(path);
    return NULL;
}

/* --- measuring ------------------------------------------------------------------------------- */

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

/* Takes `survey` to its end; false when it failed. */
static bool run_survey(struct survey *survey, int step_ms, double *longest)
{
    struct error err = {0};
    bool good = true;
    *longest = 0;
    while (good && !survey_done(survey)) {
        double from = now_ms();
        good = survey_step(survey, step_ms, &err);
        double took = now_ms() - from;
        *longest = took > *longest ? took : *longest;
    }
    if (!good)
        fprintf(stderr, "bench_overview: %s\n", err.text);
    survey_close(survey);
    return good;
}

typedef bool open_survey(struct model *model, struct survey **out);

static bool open_trend(struct model *model, struct survey **out)
{
    struct query_error wrong;
    return trend_open(model, "", 104, out, &wrong);
}

static bool open_trend_of_some(struct model *model, struct survey **out)
{
    struct query_error wrong;
    return trend_open(model, "-closed", 104, out, &wrong);
}

static bool open_matrix(struct model *model, struct survey **out)
{
    const struct matrix_spec spec = {AXIS_REGION, AXIS_LEAD, MEASURE_OVERDUE, "-closed"};
    struct query_error wrong;
    return matrix_open(model, &spec, out, &wrong);
}

static bool open_change(struct model *model, struct survey **out)
{
    const struct matrix_spec spec = {AXIS_REGION, AXIS_LEAD, MEASURE_CHANGE, NULL};
    struct query_error wrong;
    return matrix_open(model, &spec, out, &wrong);
}

static void take_nothing(void *result, const struct fact *fact)
{
    *(int64_t *)result += fact->id;
}

static bool open_facts(struct model *model, struct survey **out)
{
    static const struct survey_ops ops = {.take = take_nothing, .free = free};
    struct query_error wrong;
    return survey_open(model, NULL, &ops, alloc_zero(1, sizeof(int64_t)), out, &wrong);
}

static bool open_scorecard(struct model *model, struct survey **out)
{
    struct query_error wrong;
    return scorecard_open(model, SCORE_COUNTIES, "", out, &wrong);
}

static double in_all(struct bench *bench, open_survey *open)
{
    struct samples samples = {0};
    double longest;
    for (int i = 0; i < SAMPLES; i++) {
        struct survey *survey = NULL;
        double from = now_ms();
        if (!open(bench->model, &survey) || !run_survey(survey, 0, &longest))
            return NAN;
        samples_add(&samples, now_ms() - from);
    }
    return samples_median(&samples);
}

static double longest_step(struct bench *bench, open_survey *open)
{
    struct samples samples = {0};
    double longest;
    for (int i = 0; i < SAMPLES; i++) {
        struct survey *survey = NULL;
        if (!open(bench->model, &survey) || !run_survey(survey, SURVEY_STEP_MS, &longest))
            return NAN;
        samples_add(&samples, longest);
    }
    return samples_median(&samples);
}

/* --- figures --------------------------------------------------------------------------------- */

static double facts_in_all(struct bench *bench)
{
    return in_all(bench, open_facts);
}

static double facts_step(struct bench *bench)
{
    return longest_step(bench, open_facts);
}

static double trend_in_all(struct bench *bench)
{
    return in_all(bench, open_trend);
}

static double trend_step(struct bench *bench)
{
    return longest_step(bench, open_trend);
}

static double trend_of_some_in_all(struct bench *bench)
{
    return in_all(bench, open_trend_of_some);
}

static double trend_of_some_step(struct bench *bench)
{
    return longest_step(bench, open_trend_of_some);
}

static double matrix_in_all(struct bench *bench)
{
    return in_all(bench, open_matrix);
}

static double matrix_step(struct bench *bench)
{
    return longest_step(bench, open_matrix);
}

static double change_in_all(struct bench *bench)
{
    return in_all(bench, open_change);
}

static double change_step(struct bench *bench)
{
    return longest_step(bench, open_change);
}

static double scorecard_in_all(struct bench *bench)
{
    return in_all(bench, open_scorecard);
}

static double scorecard_step(struct bench *bench)
{
    return longest_step(bench, open_scorecard);
}

static const struct {
    const char *name;
    double budget; /* in milliseconds */
    double (*measure)(struct bench *bench);
} figures[] = {
    {"survey of all tasks", 200, facts_in_all},
    {"its longest step", 50, facts_step},
    {"trend of two years", 300, trend_in_all},
    {"its longest step", 50, trend_step},
    {"trend of a filter (-closed)", 500, trend_of_some_in_all},
    {"its longest step", 50, trend_of_some_step},
    {"matrix of a filter (-closed)", 300, matrix_in_all},
    {"its longest step", 50, matrix_step},
    {"matrix of changes since last week", 500, change_in_all},
    {"its longest step", 50, change_step},
    {"scorecard of the counties", 600, scorecard_in_all},
    {"its longest step", 50, scorecard_step},
};

int main(int argc, char **argv)
{
    struct bench bench = {0};
    struct error err = {0};
    int failed = 0;
    char *path = argc == 2 ? make_database(argv[1]) : NULL;
    if (path == NULL) {
        fprintf(stderr, "usage: bench_overview BUILD\n");
        return 2;
    }
    const struct person person = {.name = (char *)"李娜", .role = PERSON_ADMIN};
    const struct model_options options = {
        .path = path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    if (!model_open(&options, &bench.model, &err)) {
        fprintf(stderr, "bench_overview: %s\n", err.text);
        return 2;
    }
    figure_print_heading();
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        failed +=
            !figure_print(figures[i].name, AT, figures[i].measure(&bench), "ms", figures[i].budget);
    model_close(bench.model);
    free(path);
    return failed > 0;
}
