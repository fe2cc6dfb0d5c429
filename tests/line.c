/* The line cut, and the program told to end, in every state it can be in: it ends within a second,
 * without spinning, with nothing left running, and what was being typed is a draft.
 *
 * Four ways: the terminal is closed; the same for a program that gets no SIGHUP, because the
 * terminal is not its own (a relay between them); SIGHUP; SIGTERM. After the last two the terminal
 * must be as it was. An import, which is no screen, is ended by Ctrl-C. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/desk.h"
#include "harness/figures.h"
#include "harness/folder.h"
#include "harness/other.h"
#include "harness/pty.h"

#define WITHIN_MS 1000
#define CPU_MOST_MS 200
#define ALARM                                                                                      \
    "sqlite3 $DB \"UPDATE task SET deadline = '2026-11-20', version = version + 1 WHERE "          \
    "source_id = 1 AND number = '058'\""
#define FORM "SELECT count(*) FROM draft WHERE instr(body, '半句话') > 0"

enum way { CLOSED, RELAYED, HUP, TERM, WAYS };
static const char *const way_names[] = {"closed", "relayed", "SIGHUP", "SIGTERM"};

enum special { NONE, UNSEEN, FIRST_BYTES, WALL, COUNTING, QUEUED, FULL };
struct state {
    const char *name, *keys, *typed;
    enum special special;
    const char *kept; /* SQL that tells 1 afterwards */
};
static const struct state states[] = {
    {.name = "before the first byte", .special = UNSEEN},
    {.name = "in the first picture", .special = FIRST_BYTES},
    {.name = "list", .keys = "j"},
    {.name = "detail", .keys = "Enter ]"},
    {.name = "filter half typed", .keys = "f", .typed = "湿"},
    {.name = "form half filled", .keys = "e Tab C-e", .typed = "半句话", .kept = FORM},
    {.name = "menu", .keys = "a j"},
    {.name = "matrix counting", .keys = "", .special = COUNTING},
    {.name = "wall with an alarm", .special = WALL},
    {.name = "prompt", .keys = ":", .typed = "set them"},
    {.name = "copy", .keys = "y"},
    {.name = "in the queue of writers",
        .keys = "e Tab C-e",
        .typed = "半句话",
        .special = QUEUED,
        .kept = FORM},
    {.name = "line that takes nothing", .special = FULL},
};

/* --- bringing it there --------------------------------------------------------------------- */

static struct pty *start(const struct desk *desk, const struct state *state, enum way way)
{
    const char *environment[] = {
        "LC_ALL=C.UTF-8", "LANGUAGE=", DESK_NOW, "HOME=/nonexistent", NULL};
    const char *words[8] = {"setsid", "--wait", desk_program(), "--db", desk->database, "--lang",
        "zh", state->special == WALL ? "wall" : NULL};
    const char *command[9] = {0};
    memcpy(command, words + (way == RELAYED ? 0 : 2), (way == RELAYED ? 8 : 6) * sizeof *command);
    return pty_start(&(struct pty_options){.environment = environment}, command);
}

/* As somebody else who writes; the descriptor holds the gate. */
static int hold_gate(const struct desk *desk)
{
    char *path = alloc_format("%s.gate", desk->database);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    free(path);
    return fd;
}

static void fill_line(struct pty *pty)
{
    pty_stop_reading(pty, true);
    for (int i = 0; i < 400; i++)
        pty_send(pty, "\x0c", 1);
}

static bool has_received(const struct pty *pty, void *context)
{
    (void)context;
    return pty_received(pty) > 0;
}

/* The gate's descriptor, where it is held; -1. */
static int bring(struct desk *desk, const struct state *state, struct pty *pty)
{
    int gate = -1;
    if (state->special == UNSEEN)
        return -1;
    if (state->special == FIRST_BYTES) {
        assert_true(pty_wait(pty, has_received, NULL));
        return -1;
    }
    assert_true(pty_settle(pty));
    if (state->keys)
        desk_keys(pty, state->keys);
    if (state->typed)
        desk_type(pty, state->typed);
    if (state->special == WALL)
        desk_sees(pty, "告警");
    if (state->special == COUNTING)
        assert_true(pty_send(pty, "m", 1));
    if (state->special == FULL)
        fill_line(pty);
    if (state->special == QUEUED) {
        desk_await(desk, state->kept, "1"); /* as it is every three seconds */
        gate = hold_gate(desk);
        char *path = alloc_format("%s.gate", desk->database);
        assert_true(pty_send(pty, "\x13", 1));
        assert_true(other_waits_for(path));
        free(path);
    }
    return gate;
}

/* --- cutting ------------------------------------------------------------------------------- */

/* The board itself, which setsid has started. */
static pid_t board_of(const struct pty *pty, enum way way)
{
    char path[80];
    int child = 0;
    pid_t process = pty_process(pty);
    if (way != RELAYED)
        return process;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)process, (int)process);
    FILE *file = fopen(path, "r");
    if (file && fscanf(file, "%d", &child) != 1)
        child = 0;
    if (file)
        fclose(file);
    return child;
}

static void cut(struct pty *pty, enum way way)
{
    if (way == CLOSED || way == RELAYED)
        pty_hang_up(pty);
    else
        kill(pty_process(pty), way == HUP ? SIGHUP : SIGTERM);
}

static double cpu_of_children(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

static void reap_all(void)
{
    while (waitpid(-1, NULL, 0) > 0)
        continue;
}

static void try(struct desk *desk, const struct state *state, enum way way)
{
    int status = 0;
    if (state->special == WALL)
        desk_shell(desk, ALARM);
    struct pty *pty = desk->pty = start(desk, state, way);
    int gate = bring(desk, state, pty);
    double before = process_cost(board_of(pty, way)).cpu_ms, earlier = cpu_of_children();
    int64_t cut_at = pty_clock();
    cut(pty, way);
    if (state->special == FULL && way > RELAYED)
        pty_stop_reading(pty, false);
    if (!pty_wait_exit(pty, &status))
        fail_msg("%s, %s: %s", state->name, way_names[way], pty_problem(pty));
    double took = (double)(pty_clock() - cut_at) / 1e6;
    reap_all();
    double cpu = cpu_of_children() - earlier - (isnan(before) ? 0 : before);
    if (took > WITHIN_MS || (state->special != UNSEEN && cpu > CPU_MOST_MS))
        fail_msg("%s, %s: ended after %.0f ms and %.0f ms of work", state->name, way_names[way],
            took, cpu);
    if (way > RELAYED && !pty_is_restored(pty))
        fail_msg("%s, %s: the terminal is not as it was", state->name, way_names[way]);
    if (gate >= 0)
        close(gate);
    if (state->kept)
        desk_expect(desk, state->kept, "1");
    desk_shell(desk, "sqlite3 $DB 'DELETE FROM draft'");
    pty_free(pty);
    desk->pty = NULL;
}

static void ends_in_every_state(void **context)
{
    struct desk *desk = *context;
    pty_free(desk->pty);
    desk->pty = NULL;
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* who has lost its parent is left to us */
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        for (enum way way = CLOSED; way < WAYS; way++)
            try(desk, &states[i], way);
}

/* A reader that has stopped: nobody can be told anything, and it ends all the same. */
static void ends_where_nobody_reads(void **context)
{
    struct desk *desk = *context;
    int status;
    assert_true(pty_settle(desk->pty));
    fill_line(desk->pty);
    int64_t told_at = pty_clock();
    kill(pty_process(desk->pty), SIGTERM);
    assert_int_equal(waitpid(pty_process(desk->pty), &status, 0), pty_process(desk->pty));
    assert_true(pty_clock() - told_at < INT64_C(1000000) * WITHIN_MS);
    pty_stop_reading(desk->pty, false);
    pty_wait_exit(desk->pty, &status);
}

/* --- an import ----------------------------------------------------------------------------- */

static struct pty *import_rows(const struct desk *desk, long rows)
{
    static const char heads[] = "序号,整改任务,责任地区,牵头单位,整改时限,整改目标\n";
    static const char row[] = "%ld,开展第%ld号河段清淤治理,盘锦市,省水利厅,2027-03-31,%080d\n";
    char path[256];
    FILE *file = fopen(folder_file(desk->folder, "in.csv", path), "w");
    assert_non_null(file);
    fputs(heads, file);
    for (long i = 1; i <= rows; i++)
        fprintf(file, row, i + 10000, i, 0);
    assert_int_equal(fclose(file), 0);
    char *words = alloc_format("import --source 2 %s", path);
    struct pty *pty = desk_start(desk, &(struct desk_start){.words = words});
    pty_keep_bytes(pty, true);
    free(words);
    return pty;
}

/* What came, where `text` stands in it behind `after`. */
static const char *came_after(const struct pty *pty, const char *after, const char *text)
{
    const char *at = strstr(after ? after : strbuf_text(pty_bytes(pty)), text);
    if (at == NULL)
        fail_msg("\"%s\" did not come: %s", text, strbuf_text(pty_bytes(pty)));
    return at;
}

static void an_import_tells_how_far_it_is(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = import_rows(desk, 100);
    desk_ends(pty, 0, "已全部写入");
    const char *at = came_after(pty, NULL, "\r正在读取……");
    at = came_after(pty, at, " / 400");
    at = came_after(pty, at, "\r正在写入……");
    came_after(pty, at, "已全部写入");
    desk_misses(pty, "正在"); /* what is left on the terminal */
    pty_free(pty);
}

/* 40 MB: long enough for a key to come while they are read, so that no row is looked at. */
static void an_import_is_ended_while_it_is_read(void **state)
{
    struct desk *desk = *state;
    char before[512];
    desk_ask(desk, "SELECT count(*) || ' ' || (SELECT count(*) FROM event) FROM task", before);
    struct pty *pty = import_rows(desk, 220000);
    desk_comes(pty, "正在读取……");
    assert_true(pty_send(pty, "\x03", 1));
    desk_ends(pty, 1, "未写入任何内容");
    if (strstr(strbuf_text(pty_bytes(pty)), " / ") != NULL)
        fail_msg("rows were looked at: %s", strbuf_text(pty_bytes(pty)));
    desk_expect(desk, "SELECT count(*) || ' ' || (SELECT count(*) FROM event) FROM task", before);
    pty_free(pty);
}

int main(int argc, char **argv)
{
    (void)argc;
    if (desk_prepare(argv[0]) != 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ends_in_every_state, desk_set_up, desk_tear_down),
        cmocka_unit_test_setup_teardown(ends_where_nobody_reads, desk_set_up, desk_tear_down),
        cmocka_unit_test_setup_teardown(an_import_tells_how_far_it_is, desk_set_up, desk_tear_down),
        cmocka_unit_test_setup_teardown(
            an_import_is_ended_while_it_is_read, desk_set_up, desk_tear_down),
    };
    int failed = cmocka_run_group_tests_name("line", tests, NULL, NULL);
    desk_finish();
    return failed;
}
