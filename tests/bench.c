/* bench: what things cost, each beside its budget. No test: a slow machine fails nothing, and the
 * status tells only whether everything could be measured.
 *
 *   bench BUILD [--short]     --short: without the large databases, and 10 seconds of idling, whose
 *                             budget is a sixth: over it when the clock's minute turns within
 *
 * A time is from the moment before a key is written (or the program is forked) to the last byte
 * read before the program waits again, and the median of many. Bytes are counted at the line. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "exchange/plan_read.h"
#include "harness/figures.h"
#include "harness/folder.h"
#include "harness/long_history.h"
#include "harness/pty.h"
#include "model/past.h"
#include "store/db.h"

enum {
    SAMPLES = 21,
    IN_PAGE = 10,   /* rows the selection can go down from the top without scrolling */
    QUIET_MS = 700, /* after which a commit is no part of a burst */
    HEAD_ROWS = 3,  /* above the list */
    FOOT_ROWS = 2,  /* below it */
    IDLE_S = 60,
    IDLE_SHORT_S = 10,
    LONG_TASKS = 10000,
    LONG_LINES = 100000,
    LONG_SAMPLES = 5,
};
#define FILTER "湿地"

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
    double start_ms, key_ms, peak_mb, desk_ms;
};
static const struct size sizes[] = {
    {"sample", 0, 15, 0.5, 14, 15},
    {"100,000", 100000, 25, NO_BUDGET, NO_BUDGET, 150},
    {"1,000,000", 1000000, 60, 1, 18, NO_BUDGET},
};
enum { MEMORY_SHARED_OUT_MB = 7 };

/* --- reporting ----------------------------------------------------------------------------- */

static void tell(struct bench *bench, const char *name, const char *at, double value,
    const char *unit, double budget)
{
    if (!figure_print(name, at, value, unit, budget))
        bench->failed++;
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
    char *folder = alloc_format("%s/bench/%ld", bench->build, size->tasks);
    char *path = alloc_format("%s/tasks.db", folder);
    bool there = access(path, F_OK) == 0;
    if (!there) {
        printf("making %s, once; this takes a while\n", path);
        fflush(stdout);
        /* aside, so that one that was cut short is not taken for whole */
        there = run_command(alloc_format("rm -rf '%s.new' && mkdir -p '%s.new' && "
                                         "'%s' --db '%s.new/tasks.db' init --tasks %ld >/dev/null "
                                         "&& mv '%s.new' '%s'",
            folder, folder, bench->program, folder, size->tasks, folder, folder));
    }
    free(folder);
    if (there)
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
        samples_add(times, sent_to_came_ms(pty));
        samples_add(bytes, (double)(pty_received(pty) - before));
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
        samples_add(&page, (double)(pty_came_at(pty) - begun) / 1e6);
        done = done && pty_wait_text(pty, ""); /* until it waits */
        samples_add(&whole, (double)(pty_came_at(pty) - begun) / 1e6);
        if (!done)
            fail(bench, "start", pty);
        pty_free(pty);
    }
    tell(bench, "start to first page", size->label, samples_median(&page), "ms", size->start_ms);
    tell(bench, "start to settled", size->label, samples_median(&whole), "ms", NO_BUDGET);
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
        tell(bench, name, size->label, samples_median(&times), "ms", size->key_ms);
        free(name);
    }
}

static void measure_memory(struct bench *bench, const struct size *size, const struct pty *pty)
{
    pid_t process = pty_process(pty);
    tell(bench, "memory, peak resident", size->label,
        process_memory(process, "status", "VmHWM: %ld"), "MB", size->peak_mb);
    tell(bench, "memory, proportional (PSS)", size->label,
        process_memory(process, "smaps_rollup", "Pss: %ld"), "MB", MEMORY_SHARED_OUT_MB);
}

static int cursor_row(const struct pty *pty)
{
    int row, column;
    bool visible;
    pty_cursor(pty, &row, &column, &visible);
    return row;
}

static bool has_moved(const struct pty *pty, void *row)
{
    return cursor_row(pty) != *(int *)row;
}

/* Enter to the first page, and at once a j, while the rest of the list may still be coming. */
static bool time_filter(struct pty *pty, struct samples *page, struct samples *key)
{
    struct strbuf before = {0};
    bool done = prepare(pty, "Home") && prepare(pty, "f") && pty_type(pty, FILTER);
    list_text(pty, &before);
    done = done && pty_send(pty, "\r", 1) &&
           pty_wait(pty, has_new_page, (void *)(uintptr_t)strbuf_text(&before));
    strbuf_clear(&before);
    if (!done)
        return false;
    samples_add(page, sent_to_came_ms(pty));
    int row = cursor_row(pty);
    if (!pty_send(pty, "j", 1) || !pty_wait(pty, has_moved, &row))
        return false;
    samples_add(key, sent_to_came_ms(pty));
    return prepare(pty, "Esc");
}

static void measure_filter(struct bench *bench, const struct size *size, struct pty *pty)
{
    struct samples page = {0}, key = {0};
    bool done = true;
    for (int i = 0; done && i < SAMPLES; i++)
        done = time_filter(pty, &page, &key);
    if (!done)
        fail(bench, "filter", pty);
    tell(bench, "filter by a word, to first page", size->label, samples_median(&page), "ms", 60);
    tell(bench, "j right after the filter", size->label, samples_median(&key), "ms", NO_BUDGET);
}

/* What the owner of the file owes is what everybody owes: it grows with the tasks that are late,
 * unreported, soon due or to be decided. */
static void measure_desk(struct bench *bench, const struct size *size, const char *database)
{
    struct samples times = {0}, bytes = {0};
    struct pty *pty = start(bench, database, NULL);
    bool done = pty_settle(pty);
    for (int i = 0; done && i < SAMPLES; i++)
        done = time_key(pty, "d", &times, &bytes) && prepare(pty, "q");
    if (!done)
        fail(bench, "desk", pty);
    tell(bench, "key to painted: d, the desk", size->label, samples_median(&times), "ms",
        size->desk_ms);
    pty_free(pty);
}

static void measure_size(struct bench *bench, const struct size *size)
{
    char *database = make_database(bench, size);
    if (!database) {
        fail(bench, size->label, NULL);
        return;
    }
    measure_start(bench, size, database);
    measure_desk(bench, size, database);
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
    tell(bench, "bytes of a j within the page", look, samples_median(&step), "bytes", step_budget);
    tell(bench, "bytes of scrolling a line", look, samples_median(&scroll), "bytes", scroll_budget);
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
    struct writer writer = {0};
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
        samples_add(
            &times, pty_came_at(pty) > returned ? (double)(pty_came_at(pty) - returned) / 1e6 : 0);
    }
    if (!done)
        fail(bench, "another process's commit", pty);
    if (writer.process > 0)
        end_writer(&writer);
    tell(bench, "another's commit to painted", "sample", samples_median(&times), "ms", 5);
    pty_free(pty);
}

/* --- writing ------------------------------------------------------------------------------- */

/* A form opened, a character typed in it, and saved: the last with its durable commit. */
static void measure_form(struct bench *bench, const char *database)
{
    static const struct {
        const char *key, *name;
        double budget;
    } steps[] = {{"e", "form opened", 5}, {"1", "field edited", 5},
        {"C-s", "saved, with its commit", NO_BUDGET}};
    enum { STEPS = sizeof steps / sizeof *steps };
    struct samples times[STEPS] = {0}, bytes[STEPS] = {0};
    struct pty *pty = start(bench, database, NULL);
    bool done = pty_settle(pty);
    for (int i = 0; done && i < SAMPLES; i++)
        for (size_t k = 0; done && k < STEPS; k++)
            done = time_key(pty, steps[k].key, &times[k], &bytes[k]);
    if (!done)
        fail(bench, "a form", pty);
    for (size_t k = 0; k < STEPS; k++) {
        tell(bench, steps[k].name, "sample", samples_median(&times[k]), "ms", steps[k].budget);
        tell(bench, steps[k].name, "sample", samples_median(&bytes[k]), "bytes", NO_BUDGET);
    }
    pty_free(pty);
}

/* --- the past ------------------------------------------------------------------------------ */

/* Made once and kept; aside, so that one that was cut short is not taken for whole. */
static bool make_history(const struct bench *bench, const char *folder, const char *path)
{
    struct error err = {0};
    if (access(path, F_OK) == 0)
        return true;
    char *aside = alloc_format("%s.new/tasks.db", folder);
    bool made = run_command(alloc_format("rm -rf '%s.new' && mkdir -p '%s.new' && '%s' --db '%s' "
                                         "init --tasks %d >/dev/null",
                    folder, folder, bench->program, aside, LONG_TASKS)) &&
                long_history_make(aside, LONG_LINES, &err) &&
                run_command(alloc_format("mv '%s.new' '%s'", folder, folder));
    if (err.code != ERROR_NONE)
        fprintf(stderr, "bench: %s\n", err.text);
    free(aside);
    return made;
}

/* As of the moment of a line: from opening the database until it can be asked. */
static void measure_moment(struct bench *bench, const char *path, long line)
{
    struct samples times = {0};
    struct error err = {0};
    char at[32];
    for (int i = 0; i < LONG_SAMPLES && err.code == ERROR_NONE; i++) {
        struct db *db = NULL;
        int64_t begun = pty_clock();
        if (db_open(path, DB_READ_ONLY, &db, &err) &&
            past_open(db, long_history_moment(line), &err))
            samples_add(&times, (double)(pty_clock() - begun) / 1e6);
        db_close(db);
    }
    if (err.code != ERROR_NONE)
        fail(bench, err.text, NULL);
    snprintf(at, sizeof at, "%ld lines back", LONG_LINES - line);
    tell(bench, "as of a moment: 10,000 tasks", at, samples_median(&times), "ms", 500);
}

static void measure_past(struct bench *bench)
{
    char *folder = alloc_format("%s/bench/past", bench->build);
    char *path = alloc_format("%s/tasks.db", folder);
    if (make_history(bench, folder, path))
        for (long line = LONG_LINES; line > 0; line -= LONG_LINES * 2 / 5)
            measure_moment(bench, path, line);
    else
        fail(bench, "the past", NULL);
    free(path);
    free(folder);
}

/* --- idling -------------------------------------------------------------------------------- */

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
        struct process_cost before = process_cost(pty_process(pty));
        pty_rest(pty, seconds * 1000L);
        struct process_cost after = process_cost(pty_process(pty));
        tell(bench, "idling: bytes", at, (double)(pty_received(pty) - received), "bytes",
            40 * share);
        tell(bench, "idling: context switches", at, after.switches - before.switches, "times",
            8 * share);
        tell(bench, "idling: processor", at, after.cpu_ms - before.cpu_ms, "ms", share);
    }
    pty_free(pty);
}

/* --- all of it ----------------------------------------------------------------------------- */

/* A plan of 50 pages of 1,400 characters. */
static void measure_plan(struct bench *bench)
{
    struct strbuf text = {0};
    struct plan plan;
    for (int i = 1; i <= 180; i++) {
        strbuf_format(&text, "%d.清理第%d段河道。", i, i);
        for (int sentence = 0; sentence < 10; sentence++)
            strbuf_add(&text, "到2027年，沿线（含支流）排查入河口，污水收集率达到88.3%，分级分类建立台账，");
        strbuf_add(&text, "逐一整治。（牵头单位：省生态环境厅；责任单位：省水利厅、财政厅，各市人民政府等）\n");
    }
    int64_t begun = pty_clock();
    plan_read(strbuf_text(&text), NULL, &plan);
    tell(bench, "read a plan", "50 pages", (double)(pty_clock() - begun) / 1e6, "ms", 200);
    plan_clear(&plan);
    strbuf_clear(&text);
}

static void measure_all(struct bench *bench)
{
    size_t count = bench->brief ? 1 : sizeof sizes / sizeof *sizes;
    figure_print_heading();
    for (size_t i = 0; i < count; i++)
        measure_size(bench, &sizes[i]);
    char *sample = make_database(bench, &sizes[0]);
    if (!sample)
        return;
    measure_first_paint(bench, sample);
    measure_look(bench, sample, "full", 260, 290);
    measure_look(bench, sample, "lean", 12, 150);
    measure_commit(bench, sample);
    measure_form(bench, sample);
    measure_plan(bench);
    if (!bench->brief)
        measure_past(bench);
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
