/* bench: what things cost, each beside its budget. No test: a slow machine fails nothing, and the
 * status tells only whether everything could be measured.
 *
 *   bench BUILD [--short]     --short: without the large databases, and 10 seconds of idling
 *
 * A time is from the moment before a key is written (or the program is forked) to the last byte
 * read before the program waits again, and the median of many. Bytes are counted at the line. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/folder.h"
#include "harness/pty.h"
#include "store/db.h"

enum {
    SAMPLES = 21,
    SAMPLES_MOST = 64,
    IN_PAGE = 10,   /* rows the selection can go down from the top without scrolling */
    QUIET_MS = 700, /* after which a commit is no part of a burst */
    HEAD_ROWS = 3,  /* above the list */
    FOOT_ROWS = 2,  /* below it */
    IDLE_S = 60,
    IDLE_SHORT_S = 10,
};
#define FILTER "湿地"
#define NO_BUDGET 0.0

struct bench {
    const char *build;
    char *program;
    void *folder; /* of databases and settings that are made anew */
    bool brief;
    int failed;
};

struct size {
    const char *label;
    long tasks; /* 0: the sample */
    double start_ms, key_ms, peak_mb;
};
static const struct size sizes[] = {
    {"sample", 0, 15, 0.5, 14},
    {"100,000", 100000, 25, NO_BUDGET, NO_BUDGET},
    {"1,000,000", 1000000, 60, 1, 18},
};
enum { MEMORY_SHARED_OUT_MB = 7 };

/* --- figures ------------------------------------------------------------------------------- */

struct samples {
    double values[SAMPLES_MOST];
    size_t count;
};

static void add_sample(struct samples *samples, double value)
{
    if (samples->count < SAMPLES_MOST)
        samples->values[samples->count++] = value;
}

static int compare_values(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(struct samples *samples)
{
    if (samples->count == 0)
        return NAN;
    qsort(samples->values, samples->count, sizeof *samples->values, compare_values);
    return samples->values[samples->count / 2];
}

static void tell(struct bench *bench, const char *name, const char *at, double value,
    const char *unit, double budget)
{
    char limit[32] = "-";
    const char *verdict = "";
    if (budget > NO_BUDGET) {
        snprintf(limit, sizeof limit, "%.*f", budget < 10 ? 1 : 0, budget);
        verdict = value <= budget ? "OK" : "OVER";
    }
    bool whole = strcmp(unit, "bytes") == 0 || strcmp(unit, "times") == 0;
    if (isnan(value)) {
        bench->failed++;
        printf("%-34s %-10s %10s %-6s %8s  not measured\n", name, at, "-", unit, limit);
    } else {
        printf("%-34s %-10s %10.*f %-6s %8s  %s\n", name, at, whole ? 0 : 2, value, unit, limit,
            verdict);
    }
    fflush(stdout);
}

static void fail(struct bench *bench, const char *what, const struct pty *pty)
{
    bench->failed++;
    fflush(stdout);
    fprintf(stderr, "bench: %s: %s\n", what, pty ? pty_problem(pty) : "cannot be made");
}

/* --- the program --------------------------------------------------------------------------- */

static bool run_command(char *command)
{
    int status = system(command);
    free(command);
    return status == 0;
}

/* The sample is made anew; a large database is made once and kept. NULL when it cannot be made. */
static char *make_database(struct bench *bench, const struct size *size)
{
    if (size->tasks == 0) {
        char path[256];
        folder_file(bench->folder, "sample.db", path);
        bool made = access(path, F_OK) == 0 ||
                    run_command(alloc_format(
                        "'%s' --db '%s' init --sample >/dev/null", bench->program, path));
        return made ? alloc_string(path) : NULL;
    }
    char *directory = alloc_format("%s/bench", bench->build);
    mkdir(directory, 0777);
    char *path = alloc_format("%s/tasks-%ld.db", directory, size->tasks);
    free(directory);
    if (access(path, F_OK) == 0)
        return path;
    printf("making %s, once; this takes a while\n", path);
    fflush(stdout);
    /* made aside, so that one that was cut short is not taken for whole */
    if (run_command(alloc_format("rm -f '%s.new'* && '%s' --db '%s.new' init --tasks %ld "
                                 ">/dev/null && rm -f '%s.new.gate' && mv '%s.new' '%s'",
            path, bench->program, path, size->tasks, path, path, path)))
        return path;
    free(path);
    return NULL;
}

static struct pty *start(const struct bench *bench, const char *database, const char *settings)
{
    static const char *const environment[] = {
        "LC_ALL=C.UTF-8", "LANGUAGE=", "HOME=/nonexistent", NULL};
    const char *command[] = {bench->program, "--db", database, "--lang", "zh",
        settings ? "--config" : NULL, settings, NULL};
    return pty_start(&(struct pty_options){.environment = environment}, command);
}

static double sent_to_came_ms(const struct pty *pty)
{
    return (double)(pty_came_at(pty) - pty_sent_at(pty)) / 1e6;
}

/* Types keys that are no part of a figure. */
static bool prepare(struct pty *pty, const char *names)
{
    return pty_keys(pty, names);
}

/* One key: its time and its bytes. */
static bool time_key(
    struct pty *pty, const char *name, struct samples *times, struct samples *bytes)
{
    if (!pty_settle(pty)) /* which is no part of it */
        return false;
    long before = pty_received(pty);
    pty_hold(pty, true);
    bool done = pty_keys(pty, name);
    pty_hold(pty, false);
    if (done && pty_received(pty) > before) {
        add_sample(times, sent_to_came_ms(pty));
        add_sample(bytes, (double)(pty_received(pty) - before));
    }
    return done;
}

static void list_text(const struct pty *pty, struct strbuf *out)
{
    strbuf_cut(out, 0);
    for (int row = HEAD_ROWS; row < pty_rows(pty) - FOOT_ROWS; row++) {
        pty_row_text(pty, row, out);
        strbuf_add(out, "\n");
    }
}

/* Every row of the list has a task, and they are not the `context`'s any more. */
static bool has_new_page(const struct pty *pty, void *context)
{
    struct strbuf text = {0};
    list_text(pty, &text);
    const char *rows = strbuf_text(&text);
    bool full = *rows != '\n' && !strstr(rows, "\n\n") && strcmp(rows, context ? context : "") != 0;
    strbuf_clear(&text);
    return full;
}

/* --- start, keys, memory ------------------------------------------------------------------- */

static void measure_start(struct bench *bench, const struct size *size, const char *database)
{
    struct samples page = {0}, whole = {0};
    bool done = true;
    for (int i = 0; done && i < SAMPLES; i++) {
        struct pty *pty = start(bench, database, NULL);
        int64_t begun = pty_sent_at(pty);
        done = pty_wait(pty, has_new_page, NULL);
        add_sample(&page, (double)(pty_came_at(pty) - begun) / 1e6);
        done = done && pty_wait_text(pty, ""); /* until it waits */
        add_sample(&whole, (double)(pty_came_at(pty) - begun) / 1e6);
        if (!done)
            fail(bench, "start", pty);
        pty_free(pty);
    }
    tell(bench, "start to first page", size->label, median(&page), "ms", size->start_ms);
    tell(bench, "start to settled", size->label, median(&whole), "ms", NO_BUDGET);
}

struct key {
    const char *name, *before; /* what puts the selection where the key has something to do */
    int run;                   /* how often in a row */
};

static void measure_keys(struct bench *bench, const struct size *size, struct pty *pty)
{
    static const struct key keys[] = {
        {"j", "Home", IN_PAGE}, {"PgDn", "Home", 2}, {"End", "Home", 1}};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        struct samples times = {0}, bytes = {0};
        bool done = true;
        for (int i = 0; done && times.count < SAMPLES && i < 2 * SAMPLES; i++) {
            if (i % keys[k].run == 0)
                done = prepare(pty, keys[k].before);
            done = done && time_key(pty, keys[k].name, &times, &bytes);
        }
        if (!done)
            fail(bench, keys[k].name, pty);
        char *name = alloc_format("key to painted: %s", keys[k].name);
        tell(bench, name, size->label, median(&times), "ms", size->key_ms);
        free(name);
    }
}

/* A line of /proc/PID/FILE in kilobytes, as megabytes. */
static double read_memory(pid_t process, const char *file, const char *format)
{
    char path[64], line[256];
    long kb;
    double found = NAN;
    snprintf(path, sizeof path, "/proc/%d/%s", (int)process, file);
    FILE *from = fopen(path, "r");
    while (from && fgets(line, sizeof line, from))
        if (sscanf(line, format, &kb) == 1)
            found = (double)kb / 1024;
    if (from)
        fclose(from);
    return found;
}

static void measure_memory(struct bench *bench, const struct size *size, const struct pty *pty)
{
    pid_t process = pty_process(pty);
    tell(bench, "memory, peak resident", size->label, read_memory(process, "status", "VmHWM: %ld"),
        "MB", size->peak_mb);
    tell(bench, "memory, proportional (PSS)", size->label,
        read_memory(process, "smaps_rollup", "Pss: %ld"), "MB", MEMORY_SHARED_OUT_MB);
}

static void measure_filter(struct bench *bench, const struct size *size, struct pty *pty)
{
    struct samples page = {0}, key = {0};
    struct strbuf before = {0};
    bool done = prepare(pty, "Home");
    for (int i = 0; done && i < SAMPLES; i++) {
        int64_t begun;
        done = prepare(pty, "f") && pty_type(pty, FILTER);
        list_text(pty, &before);
        done = done && pty_send(pty, "\r", 1);
        begun = pty_sent_at(pty);
        done = done && pty_wait(pty, has_new_page, (void *)strbuf_text(&before));
        add_sample(&page, (double)(pty_came_at(pty) - begun) / 1e6);
        /* at once, while the rest of the list still comes */
        done = done && pty_send(pty, "j", 1);
        int row, column, row_after;
        bool visible;
        pty_cursor(pty, &row, &column, &visible);
        begun = pty_sent_at(pty);
        do {
            done = done && pty_wait_text(pty, "");
            pty_cursor(pty, &row_after, &column, &visible);
        } while (done && row_after == row);
        add_sample(&key, (double)(pty_came_at(pty) - begun) / 1e6);
        done = done && prepare(pty, "Esc Home");
    }
    if (!done)
        fail(bench, "filter", pty);
    strbuf_clear(&before);
    tell(bench, "filter " FILTER " to first page  ", size->label, median(&page), "ms", 60);
    tell(bench, "key right after the filter: j", size->label, median(&key), "ms", NO_BUDGET);
}

static void measure_size(struct bench *bench, const struct size *size)
{
    char *database = make_database(bench, size);
    if (!database) {
        fail(bench, size->label, NULL);
        return;
    }
    measure_start(bench, size, database);
    if (size->key_ms > NO_BUDGET) {
        struct pty *pty = start(bench, database, NULL);
        if (pty_settle(pty)) {
            measure_keys(bench, size, pty);
            measure_memory(bench, size, pty);
            if (size->tasks > 0)
                measure_filter(bench, size, pty);
        } else {
            fail(bench, size->label, pty);
        }
        pty_free(pty);
    }
    free(database);
}

/* --- bytes --------------------------------------------------------------------------------- */

static void measure_first_paint(struct bench *bench, const char *database)
{
    struct pty *pty = start(bench, database, NULL);
    struct strbuf text = {0};
    bool done = pty_wait(pty, has_new_page, NULL) && pty_wait_text(pty, "");
    long received = pty_received(pty);
    if (!done)
        fail(bench, "first paint", pty);
    pty_text(pty, &text);
    size_t visible = text.length - (size_t)pty_rows(pty); /* the ends of the lines are ours */
    tell(bench, "bytes of the first paint", "80 x 24", done ? (double)received : NAN, "bytes",
        (double)(visible * 115 / 100));
    strbuf_clear(&text);
    pty_free(pty);
}

static void measure_look(struct bench *bench, const char *database, const char *look,
    double step_budget, double scroll_budget)
{
    char settings[256];
    folder_file(bench->folder, "duban.cfg", settings);
    FILE *file = fopen(settings, "w");
    if (!file || fprintf(file, "look = \"%s\";\n", look) < 0 || fclose(file) != 0) {
        fail(bench, settings, NULL);
        return;
    }
    struct pty *pty = start(bench, database, settings);
    struct samples times = {0}, step = {0}, scroll = {0};
    bool done = pty_settle(pty);
    for (int i = 0; done && i < 2 * SAMPLES; i++) {
        if (i % IN_PAGE == 0)
            done = prepare(pty, "Home");
        done = done && time_key(pty, "j", &times, &step);
    }
    for (int i = 0; done && i < pty_rows(pty); i++) /* to the foot of the page */
        done = prepare(pty, "j");
    for (int i = 0; done && i < SAMPLES; i++)
        done = time_key(pty, "j", &times, &scroll);
    if (!done)
        fail(bench, look, pty);
    tell(bench, "bytes of a j within the page", look, median(&step), "bytes", step_budget);
    tell(bench, "bytes of scrolling a line", look, median(&scroll), "bytes", scroll_budget);
    pty_free(pty);
}

/* --- another process ----------------------------------------------------------------------- */

struct writer {
    pid_t process;
    int order, answer; /* a number goes in; the moment its commit returned comes out */
};

static bool commit_title(struct db *db, int number)
{
    struct error err = {0};
    struct db_statement *update = NULL;
    char title[64];
    snprintf(title, sizeof title, "第%d次修改", number);
    bool done = db_write_begin(db, &err) &&
                db_prepare(db, "UPDATE task SET title = $1 WHERE source_id = 1 AND number = '033'",
                    &update, &err);
    if (done) {
        db_bind_text(update, 1, title);
        done = db_run(update, &err);
    }
    db_finish(update);
    return done && db_write_commit(db, &err);
}

/* Has the database open before it is asked, and carries the orders out. */
static _Noreturn void run_writer(const char *database, int order, int answer)
{
    struct error err = {0};
    struct db *db;
    int number = 0;
    int64_t returned = 0;
    bool good = db_open(database, DB_READ_WRITE, &db, &err);
    while (good && write(answer, &returned, sizeof returned) == sizeof returned &&
           read(order, &number, sizeof number) == sizeof number) {
        good = commit_title(db, number);
        returned = pty_clock();
    }
    _exit(good ? 0 : 1);
}

static bool start_writer(const char *database, struct writer *out)
{
    int order[2], answer[2];
    int64_t ready;
    if (pipe(order) != 0 || pipe(answer) != 0)
        return false;
    out->process = fork();
    if (out->process == 0) {
        close(order[1]);
        close(answer[0]);
        run_writer(database, order[0], answer[1]);
    }
    close(order[0]);
    close(answer[1]);
    out->order = order[1];
    out->answer = answer[0];
    return out->process > 0 && read(out->answer, &ready, sizeof ready) == sizeof ready;
}

static void end_writer(struct writer *writer)
{
    close(writer->order);
    close(writer->answer);
    waitpid(writer->process, NULL, 0);
}

static void measure_commit(struct bench *bench, const char *database)
{
    struct writer writer;
    struct samples times = {0};
    struct pty *pty = start(bench, database, NULL);
    bool done = pty_settle(pty) && start_writer(database, &writer);
    for (int i = 1; done && i <= SAMPLES; i++) {
        int64_t returned;
        char text[64];
        snprintf(text, sizeof text, "第%d次修改", i);
        pty_rest(pty, QUIET_MS);
        done = write(writer.order, &i, sizeof i) == sizeof i &&
               read(writer.answer, &returned, sizeof returned) == sizeof returned &&
               pty_wait_text(pty, text);
        /* it can be on the screen before the commit has returned, but we read it after */
        add_sample(
            &times, pty_came_at(pty) > returned ? (double)(pty_came_at(pty) - returned) / 1e6 : 0);
    }
    if (!done)
        fail(bench, "another process's commit", pty);
    else
        end_writer(&writer);
    tell(bench, "another's commit to painted", "sample", median(&times), "ms", 5);
    pty_free(pty);
}

/* --- idling -------------------------------------------------------------------------------- */

struct cost {
    double switches, cpu_ms;
};

static void add_thread_cost(const char *folder, const char *thread, struct cost *cost)
{
    char line[256];
    long long number;
    char *path = alloc_format("%s/%s/status", folder, thread);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "voluntary_ctxt_switches: %lld", &number) == 1 ||
            sscanf(line, "nonvoluntary_ctxt_switches: %lld", &number) == 1)
            cost->switches += (double)number;
    if (file)
        fclose(file);
    free(path);
    path = alloc_format("%s/%s/schedstat", folder, thread);
    file = fopen(path, "r");
    if (file && fscanf(file, "%lld", &number) == 1)
        cost->cpu_ms += (double)number / 1e6;
    else
        cost->cpu_ms = NAN;
    if (file)
        fclose(file);
    free(path);
}

static struct cost read_cost(pid_t process)
{
    struct cost cost = {0};
    char *path = alloc_format("/proc/%d/task", (int)process);
    DIR *threads = opendir(path);
    if (!threads)
        cost = (struct cost){NAN, NAN};
    for (struct dirent *entry; threads && (entry = readdir(threads)) != NULL;)
        if (entry->d_name[0] != '.')
            add_thread_cost(path, entry->d_name, &cost);
    if (threads)
        closedir(threads);
    free(path);
    return cost;
}

static void measure_idling(struct bench *bench, const char *database)
{
    int seconds = bench->brief ? IDLE_SHORT_S : IDLE_S;
    double share = (double)seconds / IDLE_S;
    struct pty *pty = start(bench, database, NULL);
    if (!pty_settle(pty)) {
        fail(bench, "idling", pty);
    } else {
        pty_rest(pty, QUIET_MS); /* what the start has left to do */
        char at[32];
        snprintf(at, sizeof at, "%d s", seconds);
        long received = pty_received(pty);
        struct cost before = read_cost(pty_process(pty));
        pty_rest(pty, seconds * 1000L);
        struct cost after = read_cost(pty_process(pty));
        tell(bench, "idling: bytes", at, (double)(pty_received(pty) - received), "bytes",
            40 * share);
        tell(bench, "idling: context switches", at, after.switches - before.switches, "times",
            8 * share);
        tell(bench, "idling: processor", at, after.cpu_ms - before.cpu_ms, "ms", share);
    }
    pty_free(pty);
}

/* --- all of it ----------------------------------------------------------------------------- */

static void measure_all(struct bench *bench)
{
    size_t count = bench->brief ? 1 : sizeof sizes / sizeof *sizes;
    printf("%-34s %-10s %10s %-6s %8s\n", "figure", "at", "median", "unit", "budget");
    for (size_t i = 0; i < count; i++)
        measure_size(bench, &sizes[i]);
    char *sample = make_database(bench, &sizes[0]);
    if (!sample)
        return;
    measure_first_paint(bench, sample);
    measure_look(bench, sample, "full", 260, 290);
    measure_look(bench, sample, "lean", 12, 150);
    measure_commit(bench, sample);
    measure_idling(bench, sample);
    free(sample);
}

int main(int argc, char **argv)
{
    struct bench bench = {.build = argc > 1 ? argv[1] : NULL};
    bench.brief = argc == 3 && strcmp(argv[2], "--short") == 0;
    if (argc < 2 || argc > 3 || (argc == 3 && !bench.brief))
        return fprintf(stderr, "usage: bench BUILD [--short]\n"), 2;
    bench.program = alloc_format("%s/duban", bench.build);
    if (folder_set_up(&bench.folder) != 0)
        return fprintf(stderr, "bench: no folder can be made for the databases\n"), 1;
    measure_all(&bench);
    folder_tear_down(&bench.folder);
    free(bench.program);
    return bench.failed > 0;
}
