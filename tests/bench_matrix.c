/* bench_matrix: what the matrix costs on the screen, each figure beside its budget. No test: a slow
 * machine fails nothing, and the status tells only whether everything could be measured.
 *
 *   bench_matrix BUILD
 *
 * A time is from the moment before a key is written to the last byte read before the program waits
 * again, and the median of many. Bytes are counted at the line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/figures.h"
#include "harness/files.h"
#include "harness/folder.h"
#include "harness/pty.h"
#include "store/db.h"

enum { SAMPLES = 21, QUIET_MS = 700, TASKS = 100000 };

struct bench {
    const char *build;
    char *program;
    void *folder;
    int failed;
};

static void tell(struct bench *bench, const char *name, const char *at, struct samples *samples,
    const char *unit, double budget)
{
    if (!figure_print(name, at, samples_median(samples), unit, budget))
        bench->failed++;
}

static void fail(struct bench *bench, const char *what, const struct pty *pty)
{
    bench->failed++;
    fflush(stdout);
    fprintf(stderr, "bench_matrix: %s: %s\n", what, pty ? pty_problem(pty) : "cannot be made");
}

/* --- databases ------------------------------------------------------------------------------- */

static bool run(char *command)
{
    struct strbuf said = {0};
    bool done = command_run(command, &said);
    if (!done)
        fputs(strbuf_text(&said), stderr);
    strbuf_clear(&said);
    free(command);
    return done;
}

/* Made once and kept; the same that bench has. */
static char *large_database(struct bench *bench)
{
    char *folder = alloc_format("%s/bench/%d", bench->build, TASKS);
    char *path = alloc_format("%s/tasks.db", folder);
    if (access(path, F_OK) != 0 &&
        !run(
            alloc_format("rm -rf '%s.new' && mkdir -p '%s.new' && '%s' --db '%s.new/tasks.db' init "
                         "--tasks %d && mv '%s.new' '%s'",
                folder, folder, bench->program, folder, TASKS, folder, folder)))
        fail(bench, path, NULL);
    free(folder);
    return path;
}

static char *sample_database(struct bench *bench)
{
    char path[256];
    folder_file(bench->folder, "sample.db", path);
    if (!run(alloc_format("'%s' --db '%s' init --sample", bench->program, path)))
        fail(bench, path, NULL);
    return alloc_string(path);
}

/* --- keys ------------------------------------------------------------------------------------ */

static struct pty *start(struct bench *bench, const char *database, const char *look)
{
    static const char *const environment[] = {
        "LC_ALL=C.UTF-8", "LANGUAGE=", "HOME=/nonexistent", NULL};
    char settings[256];
    char *text = alloc_format("look = \"%s\";\n", look);
    folder_file(bench->folder, "duban.cfg", settings);
    bool written = file_write(settings, text);
    free(text);
    if (!written)
        fail(bench, settings, NULL);
    const char *command[] = {
        bench->program, "--db", database, "--lang", "zh", "--config", settings, NULL};
    return pty_start(&(struct pty_options){.environment = environment}, command);
}

static bool time_key(
    struct pty *pty, const char *name, struct samples *times, struct samples *bytes)
{
    if (!pty_settle(pty))
        return false;
    long before = pty_received(pty);
    pty_hold(pty, true);
    bool done = pty_keys(pty, name);
    pty_hold(pty, false);
    if (done && pty_received(pty) > before) {
        samples_add(times, (double)(pty_came_at(pty) - pty_sent_at(pty)) / 1e6);
        samples_add(bytes, (double)(pty_received(pty) - before));
    }
    return done;
}

struct figure {
    const char *name, *before, *key, *after; /* before and after: no part of the figure */
    double ms, bytes;
};

static void measure(
    struct bench *bench, struct pty *pty, const struct figure *figure, const char *at)
{
    struct samples times = {0}, bytes = {0};
    bool done = true;
    for (int i = 0; done && i < SAMPLES; i++)
        done = pty_keys(pty, figure->before) && time_key(pty, figure->key, &times, &bytes) &&
               pty_keys(pty, figure->after);
    if (!done)
        fail(bench, figure->name, pty);
    tell(bench, figure->name, at, &times, "ms", figure->ms);
    tell(bench, figure->name, at, &bytes, "bytes", figure->bytes);
}

static void measure_all(struct bench *bench, const char *database, const char *look, const char *at,
    const struct figure *figures, size_t count)
{
    struct pty *pty = start(bench, database, look);
    if (!pty_settle(pty))
        fail(bench, database, pty);
    for (size_t i = 0; i < count; i++)
        measure(bench, pty, &figures[i], at);
    pty_free(pty);
}

/* --- another process ------------------------------------------------------------------------- */

/* One task late and in time again, by turns. */
static void measure_commit(struct bench *bench, const char *database)
{
    struct error err = {0};
    struct db *db = NULL;
    struct samples times = {0};
    struct pty *pty = start(bench, database, "full");
    bool done = db_open(database, DB_READ_WRITE, &db, &err) && pty_keys(pty, "m");
    for (int i = 0; done && i < SAMPLES; i++) {
        pty_rest(pty, QUIET_MS);
        done = db_write_begin(db, &err) &&
               db_script(db,
                   i % 2 ? "UPDATE task SET deadline = '2026-01-01' WHERE number = '012'"
                         : "UPDATE task SET deadline = '2199-01-01' WHERE number = '012'",
                   &err) &&
               db_write_commit(db, &err);
        int64_t returned = pty_clock();
        pty_rest(pty, QUIET_MS / 2);
        samples_add(
            &times, pty_came_at(pty) > returned ? (double)(pty_came_at(pty) - returned) / 1e6 : 0);
    }
    if (!done)
        fail(bench, "another process's commit", pty);
    tell(bench, "another's commit to painted", "sample", &times, "ms", 10);
    db_close(db);
    pty_free(pty);
}

int main(int count, char **arguments)
{
    static const struct figure opening = {"m, the matrix", "", "m", "q", 10, NO_BUDGET};
    static const struct figure steps[] = {
        {"j within the page", "m g 0", "j", "q", 2, 120},
        {"l within the page", "m g 0", "l", "q", 2, 120},
        {"j that scrolls a line", "m * 9 G", "k", "q", 2, NO_BUDGET},
        {"$, to the last column", "m 0", "$", "q", 5, NO_BUDGET},
        {"v, the next measure", "m", "v", "q", 10, NO_BUDGET},
    };
    static const struct figure tasks = {
        "Enter, the tasks behind a number", "m", "Enter", "q q", 15, NO_BUDGET};
    static const struct figure many_tasks = {
        "Enter, the tasks behind a number", "m", "Enter", "q q", 60, NO_BUDGET};
    static const struct figure unfolding = {"*, all places unfolded", "m", "*", "q", 5, NO_BUDGET};
    static const struct figure counted = {
        "V, since last week, over the history", "m", "V", "q", NO_BUDGET, NO_BUDGET};
    struct bench bench = {.build = count > 1 ? arguments[1] : "build"};
    char *absolute = realpath(bench.build, NULL);
    bench.build = absolute ? absolute : bench.build;
    bench.program = alloc_format("%s/duban", bench.build);
    if (folder_set_up(&bench.folder) != 0)
        return 1;
    char *sample = sample_database(&bench), *large = large_database(&bench);
    figure_print_heading();
    measure_all(&bench, sample, "full", "sample", &opening, 1);
    measure_all(&bench, sample, "full", "full", steps, sizeof steps / sizeof *steps);
    measure_all(&bench, sample, "full", "full", &unfolding, 1);
    measure_all(&bench, sample, "full", "full", &tasks, 1);
    measure_all(&bench, sample, "lean", "lean", steps, 3);
    measure_all(&bench, large, "full", "100,000", &opening, 1);
    measure_all(&bench, large, "full", "100,000", steps, sizeof steps / sizeof *steps);
    measure_all(&bench, large, "full", "100,000", &many_tasks, 1);
    measure_all(&bench, large, "full", "100,000", &counted, 1);
    measure_commit(&bench, sample);
    free(sample);
    free(large);
    free(bench.program);
    free(absolute);
    folder_tear_down(&bench.folder);
    return bench.failed > 0;
}
