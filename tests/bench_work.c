/* bench_work: what changes cost, each figure beside its budget, as in bench.c.
 *
 *   bench_work BUILD
 *
 * One person alone, many tasks at once, taking back out of a long history, and 50 processes at
 * once; these also by SQLite's own busy handler, without the queue, on the same rows. */
#include <sqlite3.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/figures.h"
#include "harness/folder.h"
#include "model/undo.h"
#include "model/work.h"
#include "store/db.h"

enum {
    PROCESSES = 50,
    CHANGES = 40,
    ALONE = 300,
    MANY = 200,
    RUNS_OF_MANY = 11,
    TASKS = 10000,
    EVENTS = 100000,
    BUSY_MS = 30000
};

struct bench {
    char *program;
    void *folder;
    char path[256];
    int failed;
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void tell(struct bench *bench, const char *name, const char *at, double value,
    const char *unit, double budget)
{
    if (!figure_print(name, at, value, unit, budget))
        bench->failed++;
}

static void trouble(struct bench *bench, const char *what, const struct error *err)
{
    bench->failed++;
    fflush(stdout);
    fprintf(stderr, "bench_work: %s: %s\n", what, err->text);
}

/* As a command does it, or as a board that watches what others do. */
static struct model *open_model(const char *path, const char *name, bool board, struct error *err)
{
    struct model *model = NULL;
    const struct person person = {.name = (char *)name, .role = PERSON_ADMIN};
    const struct model_options options = {.path = path,
        .due_soon_days = 30,
        .due_urgent_days = 7,
        .gate_ms = BUSY_MS,
        .brief = !board,
        .person = &person};
    return model_open(&options, &model, err) ? model : NULL;
}

static bool run_sql(const char *path, const char *sql)
{
    struct db *db = NULL;
    bool done = db_open(path, DB_READ_WRITE, &db, NULL) && db_write_begin(db, NULL) &&
                db_script(db, sql, NULL) && db_write_commit(db, NULL);
    db_close(db);
    return done;
}

static int64_t ask(const char *path, const char *sql)
{
    struct db *db = NULL;
    struct db_statement *row = NULL;
    int64_t value = -1;
    if (db_open(path, DB_READ_ONLY, &db, NULL) && db_prepare(db, sql, &row, NULL) &&
        db_step(row, NULL) == DB_ROW)
        value = db_int(row, 0);
    db_finish(row);
    db_close(db);
    return value;
}

/* --- changes --------------------------------------------------------------------------------- */

struct sort {
    const char *name;
    struct request request;
};

#define TOLD(list) .argument = list, .count = sizeof list / sizeof *list
static const struct argument
    reported[] = {{"text", "本周完成围堰拆除三处，补水两次，剩余一处待汛期后施工", NULL},
        {"percent", "60", NULL}, {"problems", "资金拨付滞后", NULL},
        {"next_step", "下周完成验收准备", NULL}},
    first_phone[] = {{"phone", "024-23111111", NULL}, {"officer", "王处长", NULL}},
    second_phone[] = {{"phone", "024-23222222", NULL}, {"officer", "李处长", NULL}},
    noticed[] = {{"level", "letter", NULL}, {"reason", "逾期未报", NULL}};
static const struct sort report = {"report", {.action = "report", TOLD(reported)}},
                         notice = {"notice", {.action = "notice", TOLD(noticed)}},
                         edits[] = {{"edit", {.action = "edit", TOLD(first_phone)}},
                             {"edit", {.action = "edit", TOLD(second_phone)}}};

static bool change(struct model *model, int64_t task, const struct sort *sort, struct error *err)
{
    struct outcome outcome;
    bool done = work_do(model, task, &sort->request, &outcome, err) && outcome.seq != 0;
    outcome_clear(&outcome);
    return done;
}

static void measure_alone(struct bench *bench, struct model *model)
{
    static const struct sort *const sorts[] = {&report, &notice, &edits[0]};
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        static double took[ALONE];
        struct error err = {0};
        size_t count = 0;
        for (int64_t task = 1; task <= ALONE; task++) {
            double begun = now_ms();
            if (!change(model, task, sorts[i], &err)) {
                trouble(bench, sorts[i]->name, &err);
                break;
            }
            took[count++] = now_ms() - begun;
        }
        char *name = alloc_format("one %s, p50", sorts[i]->name);
        tell(bench, name, "alone", values_share(took, count, 0.5), "ms", NO_BUDGET);
        memcpy(strstr(name, "p50"), "p99", 3);
        tell(bench, name, "alone", values_share(took, count, 0.99), "ms", NO_BUDGET);
        free(name);
    }
}

static void measure_many(struct bench *bench, struct model *model)
{
    double written[RUNS_OF_MANY], tried[RUNS_OF_MANY];
    int64_t ids[MANY];
    struct error err = {0};
    for (int i = 0; i < MANY; i++)
        ids[i] = 1000 + i;
    for (int run = 0; run < RUNS_OF_MANY; run++)
        for (int try = 1; try >= 0; try--) {
            struct work_many many;
            double begun = now_ms();
            if (!work_do_many(model, ids, MANY, &edits[run % 2].request, try, &many, &err) ||
                many.done != MANY)
                trouble(bench, "many", &err);
            (try ? tried : written)[run] = now_ms() - begun;
            work_many_clear(&many);
        }
    tell(bench, "200 tasks in one change", "tried", values_share(tried, RUNS_OF_MANY, 0.5), "ms", 200);
    tell(bench, "200 tasks in one change", "written", values_share(written, RUNS_OF_MANY, 0.5), "ms", 200);
}

/* --- taking back ----------------------------------------------------------------------------- */

static bool make_long_history(const char *path)
{
    char sql[600];
    snprintf(sql, sizeof sql,
        "WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < %d) "
        "INSERT INTO event (task_id, action, actor) SELECT 1 + i %% %d, 'edit', '第' || (i %% 40) "
        "|| '人' FROM k;"
        "INSERT INTO event_change SELECT seq, 'phone', 'a', 'b' FROM event WHERE action = 'edit' "
        "AND seq NOT IN (SELECT seq FROM event_change);",
        EVENTS, TASKS);
    return run_sql(path, sql);
}

static void measure_undo(struct bench *bench, struct model *model, struct model *idle)
{
    double next[ALONE], nothing[ALONE], back[ALONE];
    struct error err = {0};
    struct events events = {0};
    if (!change(model, 5000, &report, &err))
        trouble(bench, "report", &err);
    for (int i = 0; i < ALONE; i++) {
        double begun = now_ms();
        bool there = undo_next(model, i % 2, &events, &err);
        next[i] = now_ms() - begun;
        begun = now_ms();
        if (!there || !undo_do(model, i % 2, 0, &events, &err))
            trouble(bench, "undo", &err);
        back[i] = now_ms() - begun;
        begun = now_ms();
        if (undo_next(idle, false, &events, &err))
            trouble(bench, "undo", &err);
        nothing[i] = now_ms() - begun;
    }
    events_clear(&events);
    tell(bench, "what would be taken back", "100,000", values_share(next, ALONE, 0.5), "ms", NO_BUDGET);
    tell(bench, "that there is nothing", "100,000", values_share(nothing, ALONE, 0.5), "ms", NO_BUDGET);
    tell(bench, "taking back, doing again, p50", "100,000", values_share(back, ALONE, 0.5), "ms",
        NO_BUDGET);
    tell(bench, "taking back, doing again, p99", "100,000", values_share(back, ALONE, 0.99), "ms",
        NO_BUDGET);
}

/* --- by the engine alone --------------------------------------------------------------------- */

/* The rows of an edit of two fields, as work_do writes them. */
static const char *const rows[] = {
    "INSERT INTO event (seq, at, actor, origin, task_id, action, note, hash) SELECT max(seq) + 1, "
    "'2026-11-21T13:47:05.123Z', ?1, '', ?2, 'edit', '', hex(randomblob(32)) FROM event",
    "INSERT INTO event_change SELECT max(seq), 'phone', 'a', 'b' FROM event",
    "INSERT INTO event_change SELECT max(seq), 'officer', 'a', 'b' FROM event",
    "UPDATE meta SET value = hex(randomblob(32)) WHERE name = 'history.head'",
    "UPDATE task SET phone = ?1, officer = ?1, version = version + 1, updated_by = ?1, updated_at "
    "= "
    "strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?2",
};
enum { ROWS = sizeof rows / sizeof *rows };

struct raw {
    sqlite3 *handle;
    sqlite3_stmt *row[ROWS];
};

static bool raw_open(struct raw *raw, const char *path)
{
    bool good = sqlite3_open(path, &raw->handle) == SQLITE_OK;
    sqlite3_busy_timeout(raw->handle, BUSY_MS);
    sqlite3_exec(raw->handle, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
    for (int i = 0; good && i < ROWS; i++)
        good = sqlite3_prepare_v2(raw->handle, rows[i], -1, &raw->row[i], NULL) == SQLITE_OK;
    return good;
}

static bool raw_change(struct raw *raw, const char *name, int64_t task)
{
    bool good = sqlite3_exec(raw->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
    for (int i = 0; good && i < ROWS; i++) {
        sqlite3_bind_text(raw->row[i], 1, name, -1, SQLITE_TRANSIENT);
        sqlite3_bind_int64(raw->row[i], 2, task);
        good = sqlite3_step(raw->row[i]) == SQLITE_DONE;
        sqlite3_reset(raw->row[i]);
    }
    good = good && sqlite3_exec(raw->handle, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
    if (!good)
        sqlite3_exec(raw->handle, "ROLLBACK", NULL, NULL, NULL);
    return good;
}

/* --- many processes -------------------------------------------------------------------------- */

/* How they write: as commands do, as boards that also watch each other, by the engine alone. */
enum kind { BY_COMMANDS, BY_BOARDS, BY_ENGINE, KINDS };
static const struct {
    const char *at, *name; /* name: of the people, with a number behind */
    double budget;
} kinds[KINDS] = {
    [BY_COMMANDS] = {"queue", "command ", 100},
    [BY_BOARDS] = {"+ watching", "board ", 100},
    [BY_ENGINE] = {"no queue", "engine ", NO_BUDGET},
};

struct crowd {
    const char *path;
    enum kind kind;
    int ready, go, took; /* pipes: each is ready, all go at once, what each change took */
};

struct part {
    struct model *model;
    struct raw raw;
    char name[32];
    struct error err;
};

static bool part_open(const struct crowd *crowd, int number, struct part *part)
{
    snprintf(part->name, sizeof part->name, "%s%d", kinds[crowd->kind].name, number);
    if (crowd->kind == BY_ENGINE)
        return raw_open(&part->raw, crowd->path);
    part->model = open_model(crowd->path, part->name, crowd->kind == BY_BOARDS, &part->err);
    return part->model != NULL;
}

static bool part_change(const struct crowd *crowd, struct part *part, int64_t task, int number)
{
    char phone[40];
    snprintf(phone, sizeof phone, "%s-%d", part->name, number);
    const struct argument told[] = {{"phone", phone, NULL}, {"officer", phone, NULL}};
    const struct sort sort = {"edit", {.action = "edit", TOLD(told)}};
    if (crowd->kind != BY_ENGINE)
        return change(part->model, task, &sort, &part->err);
    if (raw_change(&part->raw, part->name, task))
        return true;
    snprintf(part->err.text, sizeof part->err.text, "%s", sqlite3_errmsg(part->raw.handle));
    return false;
}

static int take_part(const struct crowd *crowd, int number)
{
    struct part part = {0};
    char go = '.';
    bool good = part_open(crowd, number, &part);
    if (write(crowd->ready, &go, 1) != 1 || read(crowd->go, &go, 1) != 0)
        return 2;
    for (int i = 0; good && i < CHANGES; i++) {
        double begun = now_ms();
        bool done = part_change(crowd, &part, 1 + (number * 37 + i * 101) % TASKS, i);
        double took = done ? now_ms() - begun : -1;
        good = write(crowd->took, &took, sizeof took) == sizeof took;
        if (!done)
            fprintf(stderr, "bench_work: %s: %s\n", part.name, part.err.text);
    }
    model_close(part.model);
    sqlite3_close_v2(part.raw.handle);
    return good ? 0 : 1;
}

static void tell_crowd(
    struct bench *bench, enum kind kind, double *took, size_t count, double lasted)
{
    const char *at = kinds[kind].at;
    char sql[100];
    double refused = 0;
    snprintf(
        sql, sizeof sql, "SELECT count(*) FROM event WHERE actor LIKE '%s%%'", kinds[kind].name);
    for (size_t i = 0; i < count; i++)
        refused += took[i] < 0;
    tell(bench, "50 x 40 changes, p50", at, values_share(took, count, 0.5), "ms", NO_BUDGET);
    tell(bench, "50 x 40 changes, p99", at, values_share(took, count, 0.99), "ms", kinds[kind].budget);
    tell(bench, "50 x 40 changes, worst", at, values_share(took, count, 1), "ms", NO_BUDGET);
    tell(bench, "50 x 40 changes, each second", at, (double)count / lasted * 1e3, "times",
        NO_BUDGET);
    tell(bench, "50 x 40 changes, refused", at, refused, "times", NO_BUDGET);
    tell(bench, "50 x 40 changes, lost", at,
        PROCESSES * CHANGES - refused - (double)ask(bench->path, sql), "times", NO_BUDGET);
}

static void start_crowd(const struct crowd *crowd, int go)
{
    fflush(NULL);
    for (int i = 0; i < PROCESSES; i++)
        if (fork() == 0) {
            close(go);
            _exit(take_part(crowd, i));
        }
}

static void measure_crowd(struct bench *bench, enum kind kind)
{
    static double took[PROCESSES * CHANGES];
    int ready[2], go[2], back[2];
    size_t count = 0;
    char one;
    if (pipe(ready) != 0 || pipe(go) != 0 || pipe(back) != 0)
        return;
    struct crowd crowd = {
        .path = bench->path, .kind = kind, .ready = ready[1], .go = go[0], .took = back[1]};
    start_crowd(&crowd, go[1]);
    close(back[1]);
    for (int i = 0; i < PROCESSES; i++)
        if (read(ready[0], &one, 1) != 1)
            bench->failed++;
    double begun = now_ms();
    close(go[1]);
    while (count < PROCESSES * CHANGES && read(back[0], &took[count], sizeof *took) == sizeof *took)
        count++;
    double lasted = now_ms() - begun;
    for (int i = 0; i < PROCESSES; i++)
        wait(NULL);
    close(go[0]);
    close(ready[0]);
    close(ready[1]);
    close(back[0]);
    tell_crowd(bench, kind, took, count, lasted);
}

/* --- all of it ------------------------------------------------------------------------------- */

static bool make_database(struct bench *bench)
{
    folder_file(bench->folder, "tasks.db", bench->path);
    char *command = alloc_format(
        "'%s' --db '%s' init --tasks %d >/dev/null", bench->program, bench->path, TASKS);
    int status = system(command);
    free(command);
    return status == 0 && run_sql(bench->path,
                              "UPDATE task SET state = 'in_progress', version = version + 1 WHERE "
                              "state <> 'in_progress' AND id < 5001");
}

static void measure_all(struct bench *bench)
{
    struct error err = {0};
    if (!make_database(bench)) {
        trouble(bench, bench->path, &(struct error){.text = "cannot be made"});
        return;
    }
    figure_print_heading();
    for (int kind = 0; kind < KINDS; kind++)
        measure_crowd(bench, (enum kind)kind);
    struct model *model = open_model(bench->path, "李娜", true, &err),
                 *idle = open_model(bench->path, "赵", true, &err);
    if (model != NULL && idle != NULL) {
        measure_alone(bench, model);
        measure_many(bench, model);
        if (make_long_history(bench->path))
            measure_undo(bench, model, idle);
    } else {
        trouble(bench, bench->path, &err);
    }
    model_close(model);
    model_close(idle);
}

int main(int argc, char **argv)
{
    struct bench bench = {0};
    if (argc != 2)
        return fprintf(stderr, "usage: bench_work BUILD\n"), 2;
    bench.program = alloc_format("%s/duban", argv[1]);
    if (folder_set_up(&bench.folder) != 0)
        return fprintf(stderr, "bench_work: no folder can be made for the database\n"), 1;
    measure_all(&bench);
    folder_tear_down(&bench.folder);
    free(bench.program);
    return bench.failed > 0;
}
