/* bench_export: what exports of 100,000 tasks cost, each figure beside its budget, as in bench.c.
 *
 *   bench_export BUILD
 *
 * The time is that of the processor, of the whole program, and the median of a few; with measures:
 * three of each task, which stand in two sheets of a workbook. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/database.h"
#include "harness/figures.h"

enum { RUNS = 3, CSV_MS = 2000, XLSX_MS = 6000, MEMORY_MB = 40 };

static const char measures[] =
    "INSERT INTO measure (task_id, position, text, due_on, event_seq) SELECT t.id, n.i,"
    " n.i || '．完成第' || t.id || '项任务的整改措施，会同有关部门排查并建立台账，限期整改到位',"
    " '2026-12-31', 0 FROM task t, (SELECT 1 i UNION SELECT 2 UNION SELECT 3) n";

struct bench {
    const char *build;
    char *program, *file;
    int failed;
};

static bool run_command(char *command)
{
    int status = system(command);
    free(command);
    return status == 0;
}

/* Made once and kept; NULL when it cannot be made. */
static char *make_database(const struct bench *bench, bool with_measures)
{
    char *path =
        alloc_format("%s/bench/export-%s.db", bench->build, with_measures ? "measures" : "tasks");
    if (access(path, F_OK) == 0)
        return path;
    printf("making %s, once; this takes a while\n", path);
    fflush(stdout);
    char *aside = alloc_format("%s.new", path); /* one that was cut short is not taken for whole */
    bool made =
        run_command(alloc_format("mkdir -p '%s/bench' && rm -f '%s'* && '%s' --db '%s' init "
                                 "--tasks 100000 >/dev/null",
            bench->build, aside, bench->program, aside));
    if (made && with_measures)
        database_write(aside, measures);
    made = made && rename(aside, path) == 0;
    free(aside);
    if (made)
        return path;
    free(path);
    return NULL;
}

/* False where it did not end well. */
static bool export_once(
    const struct bench *bench, const char *database, const char *format, double *cpu_ms, double *mb)
{
    pid_t child = fork();
    if (child == 0) {
        execl(bench->program, bench->program, "--db", database, "export", "--format", format,
            "--output", bench->file, "--force", (char *)NULL);
        _exit(127);
    }
    int status;
    struct rusage used;
    if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0)
        return false;
    *cpu_ms = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
              (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
    *mb = (double)used.ru_maxrss / 1024;
    return true;
}

static void measure(
    struct bench *bench, const char *database, const char *at, const char *format, double budget_ms)
{
    struct samples times = {0}, memory = {0};
    for (int i = 0; i < RUNS; i++) {
        double cpu_ms, mb;
        if (!export_once(bench, database, format, &cpu_ms, &mb))
            break;
        samples_add(&times, cpu_ms);
        samples_add(&memory, mb);
    }
    char *name = alloc_format("export as %s, processor", format);
    bench->failed += !figure_print(name, at, samples_median(&times), "ms", budget_ms);
    free(name);
    name = alloc_format("export as %s, peak resident", format);
    bench->failed += !figure_print(name, at, samples_median(&memory), "MB", MEMORY_MB);
    free(name);
}

static void measure_all(struct bench *bench, bool with_measures)
{
    const char *at = with_measures ? "and measures" : "100,000";
    char *database = make_database(bench, with_measures);
    if (database == NULL) {
        bench->failed++;
        fprintf(stderr, "bench_export: a database cannot be made\n");
        return;
    }
    measure(bench, database, at, "csv", CSV_MS);
    measure(bench, database, at, "json", NO_BUDGET);
    measure(bench, database, at, "xlsx", XLSX_MS);
    free(database);
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: bench_export BUILD\n");
        return 2;
    }
    struct bench bench = {.build = arguments[1],
        .program = alloc_format("%s/duban", arguments[1]),
        .file = alloc_format("%s/bench/export.out", arguments[1])};
    figure_print_heading();
    measure_all(&bench, false);
    measure_all(&bench, true);
    unlink(bench.file);
    free(bench.program);
    free(bench.file);
    return bench.failed > 0;
}
