/* bench_line: the board on a line of 9600 baud, each figure beside its budget: in both looks, UTF-8
 * and GB18030, without and with 300 ms of delay. No test: a slow machine fails nothing, and the
 * status tells only whether everything could be measured, the right screen included.
 *
 *   bench_line BUILD
 *
 * The line carries 1,200 bytes a second and takes all the program writes (harness/pty_line.c). A
 * time is from the moment before a key is pressed to the last byte of the picture it leads to on
 * the screen. Where a budget says "as its bytes", it is what they take on that line. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/figures.h"
#include "harness/files.h"
#include "harness/folder.h"
#include "harness/pty.h"

enum {
    RATE = 1200,
    TASKS = 2000,
    HELD = 30,
    REPEAT_MS = 33,
    SAMPLES = 5,
    STEP_MS = 20, /* what a step may take beside its bytes: the program, and the clock's grain */
    IDLE_S = 60,
};

struct setting {
    const char *look, *charset; /* NULL: UTF-8 */
    long delay_ms;
    double first_ms, step_ms, steps_ms; /* budgets, without the delay */
};
static const struct setting settings[] = {
    {"lean", NULL, 0, 2600, 20, 600},
    {"full", NULL, 0, 2600, 220, 1000},
    {"lean", NULL, 300, 2600, 20, 600},
    {"full", NULL, 300, 2600, 220, 1000},
    {"lean", "GB18030", 0, 1900, 20, 600},
    {"full", "GB18030", 0, 1900, 220, 1000},
    {"lean", "GB18030", 300, 1900, 20, 600},
    {"full", "GB18030", 300, 1900, 220, 1000},
};
#define PAGES_MS 4000
#define ROW_MORE 30 /* bytes that a change of a row may cost beside the row */

struct bench {
    char *program, *sample, *many, *locales;
    void *folder;
    int failed;
};
/* One setting under way: the board on the line, and the same on a fast one, to compare with. */
struct run {
    struct bench *bench;
    const struct setting *setting;
    struct pty *pty, *fast;
    char at[32];
};

static void fail(struct bench *bench, const char *what, const char *why)
{
    bench->failed++;
    fflush(stdout);
    fprintf(stderr, "bench_line: %s: %s\n", what, why);
}

static void tell(struct run *run, const char *name, double value, const char *unit, double budget)
{
    if (!figure_print(name, run->at, value, unit, budget))
        run->bench->failed++;
}

static bool run_command(struct bench *bench, char *command)
{
    struct strbuf said = {0};
    bool done = command_run(command, &said);
    if (!done)
        fail(bench, command, strbuf_text(&said));
    strbuf_clear(&said);
    free(command);
    return done;
}

/* --- the board ----------------------------------------------------------------------------- */

static struct pty *start(
    const struct bench *bench, const struct setting *setting, const char *database, bool slow)
{
    char config[256];
    char *locpath = alloc_format("LOCPATH=%s", bench->locales);
    const char *environment[] = {setting->charset ? "LC_ALL=C.GB18030" : "LC_ALL=C.UTF-8",
        "LANGUAGE=", "HOME=/nonexistent", "DUBAN_NOW=2026-11-21T21:47:00+08:00",
        setting->charset ? locpath : NULL, NULL};
    folder_file(bench->folder, setting->look, config);
    const char *command[] = {
        bench->program, "--db", database, "--lang", "zh", "--config", config, NULL};
    struct pty *pty = pty_start(&(struct pty_options){.environment = environment,
                                    .charset = setting->charset,
                                    .rate = slow ? RATE : 0,
                                    .delay_ms = slow ? setting->delay_ms : 0},
        command);
    free(locpath);
    return pty;
}

static double took_ms(const struct pty *pty)
{
    return (double)(pty_came_at(pty) - pty_sent_at(pty)) / 1e6;
}

/* Until everything typed has led to a picture, and that has come. */
static bool stands_still(struct pty *pty)
{
    return pty_wait_text(pty, "");
}

/* On both lines; the screens are the same afterwards. */
static bool press(struct run *run, const char *key, int times, bool held)
{
    bool done = true;
    for (int i = 0; done && i < times; i++) {
        done = pty_press(run->pty, key) && pty_keys(run->fast, key);
        if (held && i + 1 < times)
            pty_rest(run->pty, REPEAT_MS);
    }
    done = done && stands_still(run->pty);
    struct strbuf shown = {0}, expected = {0};
    pty_text(run->pty, &shown);
    pty_text(run->fast, &expected);
    if (!done)
        fail(run->bench, key, pty_problem(run->pty));
    else if (strcmp(strbuf_text(&shown), strbuf_text(&expected)) != 0)
        fail(run->bench, key, "not the right screen");
    strbuf_clear(&shown);
    strbuf_clear(&expected);
    return done;
}

/* --- figures ------------------------------------------------------------------------------- */

static void measure_first(struct run *run)
{
    const struct setting *setting = run->setting;
    bool done = stands_still(run->pty) && stands_still(run->fast);
    double ms = done ? took_ms(run->pty) : NAN;
    long bytes = pty_received(run->pty);
    tell(run, "first complete board", ms, "ms", setting->first_ms + (double)setting->delay_ms);
    tell(run, "  as its bytes", (double)bytes * 1000 / RATE, "ms", NO_BUDGET);
}

static void measure_step(struct run *run)
{
    struct samples ms = {0}, bytes = {0};
    const struct setting *setting = run->setting;
    for (int i = 0; i < SAMPLES; i++) {
        long before = pty_received(run->pty);
        if (!press(run, "j", 1, false))
            return;
        samples_add(&ms, took_ms(run->pty));
        samples_add(&bytes, (double)(pty_received(run->pty) - before));
    }
    bool lean = strcmp(setting->look, "lean") == 0;
    tell(run, "one j", samples_median(&ms), "ms", setting->step_ms + (double)setting->delay_ms);
    tell(run, "  its bytes", samples_median(&bytes), "bytes", lean ? 16 : 264);
}

static void measure_held(struct run *run, const char *name, const char *key, double budget)
{
    if (press(run, key, HELD, true))
        tell(run, name, took_ms(run->pty), "ms", budget + (double)run->setting->delay_ms);
}

/* What has no budget of its own but that of its bytes. */
static void measure_bytes(struct run *run, const char *name, const char *key)
{
    long before = pty_received(run->pty);
    if (!press(run, key, 1, false))
        return;
    double least = (double)(pty_received(run->pty) - before) * 1000 / RATE;
    tell(run, name, took_ms(run->pty), "ms", least + STEP_MS + (double)run->setting->delay_ms);
}

/* A mark on the selected task: its row is drawn in another look. */
static void measure_row(struct run *run)
{
    struct strbuf row = {0};
    int at, column;
    bool visible;
    pty_cursor(run->pty, &at, &column, &visible);
    pty_row_text(run->pty, at, &row);
    size_t wide = 0;
    for (size_t i = 0; i < row.length; i++)
        wide += (unsigned char)row.text[i] >= 0xe0;
    double budget = (double)(row.length - (run->setting->charset ? wide : 0)) + ROW_MORE;
    strbuf_clear(&row);
    long before = pty_received(run->pty);
    if (press(run, "Space", 1, false))
        tell(run, "a row marked", (double)(pty_received(run->pty) - before), "bytes", budget);
    press(run, "U", 1, false);
}

static struct run open_run(struct bench *bench, const struct setting *setting, const char *database)
{
    struct run run = {.bench = bench, .setting = setting};
    snprintf(run.at, sizeof run.at, "%s %ld", setting->look, setting->delay_ms);
    run.pty = start(bench, setting, database, true);
    run.fast = start(bench, setting, database, false);
    return run;
}

static void close_run(struct run *run)
{
    pty_free(run->pty);
    pty_free(run->fast);
}

static void measure(struct bench *bench, const struct setting *setting)
{
    struct run run = open_run(bench, setting, bench->sample);
    measure_first(&run);
    measure_step(&run);
    press(&run, "Home", 1, false);
    measure_held(&run, "30 x j held", "j", setting->steps_ms);
    press(&run, "Home", 1, false);
    measure_row(&run);
    press(&run, "Home", 1, false);
    measure_bytes(&run, "a task opened", "Enter");
    measure_bytes(&run, "a page down in it", "PgDn");
    close_run(&run);
    run = open_run(bench, setting, bench->many); /* of pages enough */
    if (stands_still(run.pty) && stands_still(run.fast))
        measure_held(&run, "30 x PgDn held", "PgDn", PAGES_MS);
    close_run(&run);
}

static void measure_idling(struct bench *bench)
{
    static const char *const environment[] = {
        "LC_ALL=C.UTF-8", "LANGUAGE=", "HOME=/nonexistent", NULL};
    const char *command[] = {bench->program, "--db", bench->sample, "--lang", "zh", NULL};
    struct pty *pty =
        pty_start(&(struct pty_options){.environment = environment, .rate = RATE}, command);
    bool done = stands_still(pty);
    pty_rest(pty, 1000);
    long before = pty_received(pty);
    pty_rest(pty, IDLE_S * 1000L);
    double bytes = done ? (double)(pty_received(pty) - before) : NAN;
    bench->failed += !figure_print("idle minute", "auto 0", bytes, "bytes", 60);
    pty_free(pty);
}

static bool prepare(struct bench *bench)
{
    static const char *const looks[] = {"lean", "full"};
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        char path[256], text[32];
        snprintf(text, sizeof text, "look = \"%s\";\n", looks[i]);
        if (!file_write(folder_file(bench->folder, looks[i], path), text))
            return false;
    }
    return run_command(bench,
               alloc_format("'%s' --db '%s' init --sample", bench->program, bench->sample)) &&
           run_command(bench,
               alloc_format("'%s' --db '%s' init --tasks %d", bench->program, bench->many, TASKS));
}

int main(int argc, char **argv)
{
    struct bench bench = {0};
    char path[256];
    if (argc != 2)
        return fprintf(stderr, "usage: bench_line BUILD\n"), 2;
    if (folder_set_up(&bench.folder) != 0)
        return fprintf(stderr, "bench_line: no folder can be made\n"), 1;
    bench.program = alloc_format("%s/duban", argv[1]);
    bench.sample = alloc_string(folder_file(bench.folder, "sample.db", path));
    bench.many = alloc_string(folder_file(bench.folder, "many.db", path));
    bench.locales = alloc_format("%s/locale", argv[1]);
    bool made = prepare(&bench);
    figure_print_heading();
    for (size_t i = 0; made && i < sizeof settings / sizeof *settings; i++) {
        if (i == 0 || settings[i].charset != settings[i - 1].charset)
            printf("%d B/s, %s\n", RATE, settings[i].charset ? settings[i].charset : "UTF-8");
        measure(&bench, &settings[i]);
    }
    if (made)
        measure_idling(&bench);
    folder_tear_down(&bench.folder);
    free(bench.program);
    free(bench.sample);
    free(bench.many);
    free(bench.locales);
    return bench.failed > 0;
}
