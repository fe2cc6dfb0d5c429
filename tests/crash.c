/* Writers killed at any moment, 500 times. Several work on the same tasks at once, and each tells
 * of every change that was acknowledged before it goes on to the next. Whatever was told is there
 * afterwards; of what was not, at most the last step, and that whole; and the database is sound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/undo.h"

enum {
    KILLS = 500,
    WRITERS = 4,
    A_ROUND = 50,
    ROUNDS = KILLS / A_ROUND,
    ROUNDS_MOST = 10 * ROUNDS,
    TASKS = 12,
    MANY = 3,
    MOMENT_MOST_US = 20000
};

struct writer {
    char name[32];
    pid_t process;
    int told;     /* the lines that were acknowledged */
    int64_t *seq; /* of these */
    size_t count, capacity;
};

static unsigned chance(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (unsigned)((uint64_t)(*seed >> 8) * below >> 24);
}

/* --- a writer, in a process of its own ------------------------------------------------------- */

struct work {
    struct model *model;
    struct db_statement *newest;
    int out;
    unsigned seed;
};

static bool is_trouble(const struct error *err)
{
    return err->code >= ERROR_BUSY || err->code == ERROR_INPUT;
}

/* The line that an undo has left: of this name nobody else writes. */
static int64_t newest_line(struct work *work)
{
    db_bind_text(work->newest, 1, model_person(work->model)->name);
    int64_t seq = db_step(work->newest, NULL) == DB_ROW ? db_int(work->newest, 0) : 0;
    db_reset(work->newest);
    return seq;
}

static int64_t change_many(struct work *work, const struct request *request, struct error *err)
{
    int64_t ids[MANY], first = 1 + chance(&work->seed, TASKS - MANY);
    struct work_many many;
    for (int i = 0; i < MANY; i++)
        ids[i] = first + i;
    int64_t seq = work_do_many(work->model, ids, MANY, request, false, &many, err) ? many.seq : 0;
    work_many_clear(&many);
    return seq;
}

/* Something by chance; the line it left, 0 when it was refused. */
static int64_t change_something(struct work *work, struct error *err)
{
    char text[32];
    snprintf(text, sizeof text, "第%u次", chance(&work->seed, 1000000));
    const struct argument report[] = {{"text", text, NULL}, {"percent", "60", NULL}},
                          phone[] = {{"phone", text, NULL}, {"goal", text, NULL}},
                          notice[] = {{"level", "listed", NULL}, {"reason", text, NULL}};
    const struct request requests[] = {{.action = "report", .argument = report, .count = 2},
        {.action = "edit", .argument = phone, .count = 2},
        {.action = "notice", .argument = notice, .count = 2}, {.action = "submit"}};
    const struct request *request = &requests[chance(&work->seed, 4)];
    unsigned what = chance(&work->seed, 10);
    if (what < 2) {
        struct events undone = {0};
        bool done = undo_do(work->model, what == 1, 0, &undone, err);
        events_clear(&undone);
        return done ? newest_line(work) : 0;
    }
    if (what < 4)
        return change_many(work, request, err);
    struct outcome outcome;
    work_do(work->model, 1 + chance(&work->seed, TASKS), request, &outcome, err);
    int64_t seq = outcome.seq;
    outcome_clear(&outcome);
    return seq;
}

/* Ends by being killed; any other end is a fault. */
static _Noreturn void write_without_end(const char *path, const char *name, int out, unsigned seed)
{
    struct error err = {0};
    struct work work = {.out = out, .seed = seed};
    const struct person person = {.name = (char *)name, .role = PERSON_ADMIN};
    const struct model_options options = {
        .path = path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    bool good = model_open(&options, &work.model, &err) &&
                db_prepare(model_db(work.model), "SELECT max(seq) FROM event WHERE actor = $1",
                    &work.newest, &err);
    while (good) {
        err.code = ERROR_NONE;
        int64_t seq = change_something(&work, &err);
        good = err.code == ERROR_NONE || !is_trouble(&err);
        good = good && (seq == 0 || write(out, &seq, sizeof seq) == sizeof seq);
    }
    fprintf(stderr, "crash: %s: %s\n", name, err.text);
    _exit(1);
}

static void start(struct writer *writer, const char *path, unsigned number)
{
    int ends[2];
    *writer = (struct writer){0};
    snprintf(writer->name, sizeof writer->name, "第%u人", number);
    assert_int_equal(pipe(ends), 0);
    writer->process = fork();
    if (writer->process == 0) {
        close(ends[0]);
        write_without_end(path, writer->name, ends[1], number);
    }
    close(ends[1]);
    assert_true(writer->process > 0);
    writer->told = ends[0];
}

static void end(struct writer *writer)
{
    int status;
    int64_t seq;
    kill(writer->process, SIGKILL);
    assert_int_equal(waitpid(writer->process, &status, 0), writer->process);
    assert_true(WIFSIGNALED(status)); /* by us, not by an end of its own */
    while (read(writer->told, &seq, sizeof seq) == sizeof seq) {
        writer->seq =
            alloc_grow(writer->seq, &writer->capacity, writer->count + 1, sizeof *writer->seq);
        writer->seq[writer->count++] = seq;
    }
    close(writer->told);
}

/* --- what is there afterwards ---------------------------------------------------------------- */

static int64_t ask(struct db *db, const char *sql, const char *name, int64_t seq)
{
    struct error err = {0};
    struct db_statement *statement;
    if (!db_prepare(db, sql, &statement, &err))
        fail_msg("%s", err.text);
    db_bind_text(statement, 1, name);
    db_bind_int(statement, 2, seq);
    int64_t value = db_step(statement, &err) == DB_ROW ? db_int(statement, 0) : -1;
    db_finish(statement);
    return value;
}

/* All that was acknowledged, and after it one step at most, whole: a line, or lines and the one
 * that spans them. */
static void look_for(struct db *db, const struct writer *writer)
{
    static const char there[] = "SELECT count(*) FROM event WHERE actor = $1 AND seq = $2",
                      after[] = "SELECT count(*) FROM event WHERE actor = $1 AND seq > $2",
                      spanned[] =
                          "SELECT CAST(c.after AS INTEGER) - CAST(c.before AS INTEGER) + 2 "
                          "FROM event_change c WHERE c.field = 'events' AND c.seq = (SELECT "
                          "max(seq) FROM event WHERE actor = $1 AND seq > $2)";
    int64_t last = writer->count > 0 ? writer->seq[writer->count - 1] : 0;
    for (size_t i = 0; i < writer->count; i++)
        if (ask(db, there, writer->name, writer->seq[i]) != 1)
            fail_msg("line %" PRId64 " of %s was acknowledged and is lost", writer->seq[i],
                writer->name);
    int64_t more = ask(db, after, writer->name, last);
    if (more > 1 && ask(db, spanned, writer->name, last) != more)
        fail_msg(
            "%s has left half a step: %" PRId64 " lines after %" PRId64, writer->name, more, last);
}

static void complain(void *context, const char *text)
{
    (void)context;
    fail_msg("%s", text);
}
static void complain_of_file(void *context, const char *text, bool of_value)
{
    (void)of_value;
    complain(context, text);
}

static void look_at_all(const char *path, const struct writer *writers, size_t count)
{
    struct error err = {0};
    struct model *model = acting_open(path, "李娜", PERSON_ADMIN, NULL);
    assert_true(db_integrity(model_db(model), complain_of_file, NULL, &err));
    acting_whole(model);
    for (size_t i = 0; i < count; i++)
        look_for(model_db(model), &writers[i]);
    model_close(model);
}

/* --- the test -------------------------------------------------------------------------------- */

static void let_time_pass(unsigned *seed)
{
    const struct timespec moment = {.tv_nsec = 1000L * chance(seed, MOMENT_MOST_US)};
    nanosleep(&moment, NULL);
}

/* The parent has nothing open while others are born from it. */
static size_t play_round(const char *path, unsigned *seed, unsigned *number)
{
    struct writer writers[A_ROUND + WRITERS];
    size_t started = 0, told = 0;
    size_t working[WRITERS]; /* which of the writers they are */
    for (int i = 0; i < WRITERS; i++)
        start(&writers[working[i] = started++], path, ++*number);
    for (int killed = 0; killed < A_ROUND; killed++) {
        size_t victim = chance(seed, WRITERS);
        let_time_pass(seed);
        end(&writers[working[victim]]);
        start(&writers[working[victim] = started++], path, ++*number);
    }
    for (int i = 0; i < WRITERS; i++)
        end(&writers[working[i]]);
    look_at_all(path, writers, started);
    for (size_t i = 0; i < started; i++) {
        told += writers[i].count;
        free(writers[i].seq);
    }
    return told;
}

static void nothing_acknowledged_is_lost(void **state)
{
    char path[256];
    unsigned seed = 7, number = 0;
    size_t told = 0;
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    for (int i = 1; i <= TASKS; i++)
        database_task(path, i, "辽河口湿地退养还湿");
    /* on a busy machine many are killed before they have begun */
    for (int round = 0; round < ROUNDS || (told <= KILLS && round < ROUNDS_MOST); round++)
        told += play_round(path, &seed, &number);
    assert_true(told > KILLS);
    print_message("%zu changes acknowledged, %u writers killed\n", told, number);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        nothing_acknowledged_is_lost, folder_set_up, folder_tear_down)};
    return cmocka_run_group_tests_name("crash", tests, NULL, NULL);
}
