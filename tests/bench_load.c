/* bench_load: very many open boards on one database while others write, each figure beside its
 * budget, as in bench.c.
 *
 *   bench_load BUILD [BOARDS [SECONDS]]
 *
 * BOARDS boards (300), each a process in a pseudo terminal of its own, a third of them with a reach
 * of a county; 20 writers, each a process that commits five times a second, for SECONDS (60). Then
 * one last change. What each board had sent two seconds after it is put on the screen of a terminal
 * emulator and compared, row by row, with what a board opened afterwards shows. */
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vterm.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "harness/figures.h"
#include "harness/files.h"
#include "harness/folder.h"
#include "harness/pty.h"
#include "model/work.h"

enum { BOARDS = 300, SECONDS = 60, WRITERS = 20, EACH_MS = 200, TASKS = 2000 };
enum { ROWS = 24, COLUMNS = 80, SHOWN_MS = 2000, QUIET_MS = 3000, GATE_MS = 30000 };
#define LAST "压轴收尾" /* who makes the last change: nobody else is called so */

/* Who the boards are of, in turn; NULL: the owner. Task 2-047, the last to be changed, is in reach
 * of all. */
static const char *const kinds[] = {NULL, NULL, "wangqiang"};
enum { KINDS = sizeof kinds / sizeof *kinds };

struct board {
    int line;
    pid_t process;
    struct strbuf came; /* all it has sent */
    size_t in_time;     /* of it, two seconds after the last change */
    double last_ms;     /* when something came last, after the last change */
    char tail[4];       /* the last bytes, where a question may have begun */
};

struct bench {
    char *program;
    void *folder;
    char path[256], config[256];
    int boards, seconds, poll;
    struct board *board; /* and one more of each kind, opened at the end */
    double *took;        /* of each change; negative: refused */
    size_t taken;
    double finished; /* of the last change; 0: not yet */
    int failed;
};

static double now_ms(void)
{
    return (double)pty_clock() / 1e6;
}

static double larger(double a, double b)
{
    return b > a ? b : a;
}

static void tell(
    struct bench *bench, const char *name, double value, const char *unit, double budget)
{
    char at[32];
    snprintf(at, sizeof at, "%d", bench->boards);
    if (!figure_print(name, at, value, unit, budget))
        bench->failed++;
}

/* --- boards ---------------------------------------------------------------------------------- */

static bool board_start(struct bench *bench, struct board *board, const char *as)
{
    const struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
    const char *const command[] = {bench->program, "--db", bench->path, "--config", bench->config,
        "--lang", "zh", as ? "--as" : NULL, as, NULL};
    const char *const environment[] = {
        "TERM=xterm-256color", "LANG=C.UTF-8", "PATH=/usr/bin:/bin", NULL};
    board->process = forkpty(&board->line, NULL, NULL, &size);
    if (board->process == 0) {
        execve(bench->program, (char *const *)command, (char *const *)environment);
        _exit(127);
    }
    if (board->process < 0)
        return false;
    fcntl(board->line, F_SETFL, O_RDWR | O_NONBLOCK);
    fcntl(board->line, F_SETFD, FD_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = board};
    return epoll_ctl(bench->poll, EPOLL_CTL_ADD, board->line, &event) == 0;
}

/* Terminals answer whether they are there, and where the cursor is, at once. */
static void board_answer(struct board *board, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        memmove(board->tail, board->tail + 1, sizeof board->tail - 1);
        board->tail[sizeof board->tail - 1] = bytes[i];
        const char *said = memcmp(board->tail, "\033[5n", 4) == 0   ? "\033[0n"
                           : memcmp(board->tail, "\033[6n", 4) == 0 ? "\033[1;2R"
                                                                    : NULL;
        if (said != NULL && write(board->line, said, strlen(said)) < 0)
            return;
    }
}

static void board_read(struct bench *bench, struct board *board)
{
    char bytes[16384];
    ssize_t count = read(board->line, bytes, sizeof bytes);
    if (count <= 0) {
        epoll_ctl(bench->poll, EPOLL_CTL_DEL, board->line, NULL);
        return;
    }
    board_answer(board, bytes, (size_t)count);
    strbuf_add_n(&board->came, bytes, (size_t)count);
    board->last_ms = now_ms() - bench->finished;
}

/* Takes what comes until `until`, or until nothing came for `quiet` milliseconds. */
static void read_boards(struct bench *bench, double until, double quiet)
{
    double heard = now_ms();
    for (double now = heard; now < until && now < heard + quiet; now = now_ms()) {
        struct epoll_event events[64];
        double left = (until < heard + quiet ? until : heard + quiet) - now;
        int count = epoll_wait(bench->poll, events, 64, (int)left + 1);
        for (int i = 0; i < count; i++)
            board_read(bench, events[i].data.ptr);
        if (count > 0)
            heard = now_ms();
    }
}

static bool start_boards(struct bench *bench)
{
    bool good = true;
    for (int i = 0; good && i < bench->boards; i++) {
        good = board_start(bench, &bench->board[i], kinds[i % KINDS]);
        read_boards(bench, now_ms(), 0);
    }
    read_boards(bench, INFINITY, QUIET_MS);
    return good;
}

/* --- writers --------------------------------------------------------------------------------- */

static struct model *open_model(const char *path, const char *name)
{
    struct model *model = NULL;
    struct error err;
    const struct person person = {.name = (char *)name, .role = PERSON_ADMIN};
    const struct model_options options = {.path = path,
        .due_soon_days = 30,
        .due_urgent_days = 7,
        .gate_ms = GATE_MS,
        .brief = true,
        .person = &person};
    if (!model_open(&options, &model, &err))
        fprintf(stderr, "bench_load: %s\n", err.text);
    return model;
}

static double change(struct model *model, int64_t task, const char *phone)
{
    const struct argument told[] = {{"phone", phone, NULL}};
    const struct request request = {.action = "edit", .argument = told, .count = 1};
    struct outcome outcome;
    struct error err = {0};
    double begun = now_ms();
    bool done = work_do(model, task, &request, &outcome, &err) && outcome.seq != 0;
    double took = done ? now_ms() - begun : -1;
    if (!done)
        fprintf(stderr, "bench_load: task %lld: %s\n", (long long)task, err.text);
    outcome_clear(&outcome);
    return took;
}

/* Each at moments of its own; one that is late does not hurry to make up for it. */
static int write_on(const struct bench *bench, int number, int told)
{
    char name[32], phone[40];
    snprintf(name, sizeof name, "填报%d", number);
    struct model *model = open_model(bench->path, name);
    double begun = now_ms() + number * EACH_MS / WRITERS;
    if (model == NULL)
        return 1;
    for (int i = 0; i < bench->seconds * 1000 / EACH_MS; i++) {
        double wait = begun + i * EACH_MS - now_ms();
        if (wait > 0)
            poll(NULL, 0, (int)wait);
        snprintf(phone, sizeof phone, "024-%d-%d", number, i);
        double took = change(model, 1 + (number * 37 + i * 101) % TASKS, phone);
        if (write(told, &took, sizeof took) != sizeof took)
            return 1;
    }
    model_close(model);
    return 0;
}

static void take_told(struct bench *bench, int told)
{
    double took;
    while (read(told, &took, sizeof took) == sizeof took)
        bench->took[bench->taken++] = took;
}

static void run_writers(struct bench *bench)
{
    int told[2], left = WRITERS;
    if (pipe2(told, O_NONBLOCK | O_CLOEXEC) != 0)
        return;
    fflush(NULL);
    for (int i = 0; i < WRITERS; i++)
        if (fork() == 0)
            _exit(write_on(bench, i, told[1]));
    while (left > 0) {
        read_boards(bench, now_ms() + 100, INFINITY);
        take_told(bench, told[0]);
        for (pid_t ended = 1; ended > 0 && left > 0;) {
            int status;
            ended = waitpid(-1, &status, WNOHANG);
            left -= ended > 0;
            if (ended > 0 && status != 0)
                bench->failed++;
        }
    }
    take_told(bench, told[0]);
    close(told[0]);
    close(told[1]);
}

static void change_last(struct bench *bench, int64_t task)
{
    struct model *model = open_model(bench->path, LAST);
    bench->took[bench->taken++] = model != NULL ? change(model, task, "024-99999999") : -1;
    model_close(model);
    bench->finished = now_ms();
    for (int i = 0; i < bench->boards; i++)
        bench->board[i].last_ms = 0;
    read_boards(bench, bench->finished + SHOWN_MS, INFINITY);
    for (int i = 0; i < bench->boards; i++)
        bench->board[i].in_time = bench->board[i].came.length;
    read_boards(bench, INFINITY, QUIET_MS);
}

/* --- what they show -------------------------------------------------------------------------- */

/* The rows below the first, whose clock goes on. */
static char *picture(const char *bytes, size_t count)
{
    VTerm *terminal = vterm_new(ROWS, COLUMNS);
    vterm_set_utf8(terminal, 1);
    VTermScreen *screen = vterm_obtain_screen(terminal);
    vterm_screen_enable_altscreen(screen, 1);
    vterm_screen_reset(screen, 1);
    vterm_input_write(terminal, bytes, count);
    char *text = alloc_zero(ROWS * COLUMNS * 4 + 1, 1);
    size_t length = 0;
    for (int row = 1; row < ROWS; row++) {
        VTermRect rect = {row, row + 1, 0, COLUMNS};
        length +=
            vterm_screen_get_text(screen, text + length, (size_t)ROWS * COLUMNS * 4 - length, rect);
        text[length++] = '\n';
    }
    vterm_free(terminal);
    return text;
}

static int count_wrong(struct bench *bench, bool in_time)
{
    char *right[KINDS];
    int wrong = 0;
    for (int kind = 0; kind < KINDS; kind++) {
        const struct board *fresh = &bench->board[bench->boards + kind];
        right[kind] = picture(fresh->came.text, fresh->came.length);
        if (strstr(right[kind], LAST) == NULL) {
            fprintf(stderr,
                "bench_load: a board opened afterwards does not show the last change:\n%s",
                right[kind]);
            bench->failed++;
        }
    }
    for (int i = 0; i < bench->boards; i++) {
        const struct board *board = &bench->board[i];
        char *shown =
            picture(strbuf_text(&board->came), in_time ? board->in_time : board->came.length);
        bool same = strcmp(shown, right[i % KINDS]) == 0;
        if (!same && wrong++ == 0 && in_time)
            fprintf(
                stderr, "bench_load: board %d shows\n%sand not\n%s", i, shown, right[i % KINDS]);
        free(shown);
    }
    for (int kind = 0; kind < KINDS; kind++)
        free(right[kind]);
    return wrong;
}

static void tell_boards(struct bench *bench, double cpu_before)
{
    double most = 0, proportional = 0, cpu = 0;
    double *last = alloc_zero((size_t)bench->boards, sizeof *last);
    for (int i = 0; i < bench->boards; i++) {
        const struct board *board = &bench->board[i];
        most = larger(most, process_memory(board->process, "status", "VmHWM: %ld"));
        proportional =
            larger(proportional, process_memory(board->process, "smaps_rollup", "Pss: %ld"));
        cpu += process_cost(board->process).cpu_ms;
        last[i] = board->last_ms;
    }
    tell(bench, "last change to the last byte, p50", values_share(last, (size_t)bench->boards, 0.5),
        "ms", NO_BUDGET);
    tell(bench, "last change to the last byte, most", values_share(last, (size_t)bench->boards, 1),
        "ms", SHOWN_MS);
    free(last);
    tell(bench, "boards wrong two seconds after it", count_wrong(bench, true), "times", 0.5);
    tell(bench, "boards wrong in the end", count_wrong(bench, false), "times", 0.5);
    tell(bench, "memory of a board, most", most, "MB", 16);
    tell(bench, "its part of what is shared, most", proportional, "MB", NO_BUDGET);
    tell(bench, "processor time, all boards", (cpu - cpu_before) / 1e3, "s", NO_BUDGET);
}

static void tell_writers(struct bench *bench)
{
    struct rusage used;
    double refused = 0;
    for (size_t i = 0; i < bench->taken; i++)
        refused += bench->took[i] < 0;
    tell(bench, "changes written", (double)bench->taken - refused, "times", NO_BUDGET);
    tell(bench, "changes refused", refused, "times", 0.5);
    tell(bench, "a change, p50", values_share(bench->took, bench->taken, 0.5), "ms", NO_BUDGET);
    tell(bench, "a change, p99", values_share(bench->took, bench->taken, 0.99), "ms", NO_BUDGET);
    tell(bench, "a change, worst", values_share(bench->took, bench->taken, 1), "ms", NO_BUDGET);
    if (getrusage(RUSAGE_CHILDREN, &used) == 0)
        tell(bench, "processor time, all writers",
            (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6,
            "s", NO_BUDGET);
}

/* --- all of it ------------------------------------------------------------------------------- */

static int64_t last_task(const char *path)
{
    char command[400], number[32] = "";
    snprintf(command, sizeof command,
        "sqlite3 '%s' \"SELECT t.id FROM task t JOIN source s ON s.id = t.source_id WHERE s.code = "
        "'2' AND "
        "t.number = '047' AND t.part = 0\"",
        path);
    FILE *from = popen(command, "r");
    if (from != NULL && fgets(number, sizeof number, from) == NULL)
        number[0] = '\0';
    if (from != NULL)
        pclose(from);
    return strtoll(number, NULL, 10);
}

/* A board opened afterwards does not mark what changed before. */
static bool make_database(struct bench *bench)
{
    folder_file(bench->folder, "tasks.db", bench->path);
    folder_file(bench->folder, "no-marks.cfg", bench->config);
    char *command = alloc_format(
        "'%s' --db '%s' init --sample >/dev/null && '%s' --db '%s' init --tasks %d >/dev/null",
        bench->program, bench->path, bench->program, bench->path, TASKS);
    int status = system(command);
    free(command);
    return status == 0 && file_write(bench->config, "changed = { seconds = 0; };\nlook = \"full\";\n");
}

static void measure(struct bench *bench)
{
    int64_t task = make_database(bench) ? last_task(bench->path) : 0;
    if (task == 0 || !start_boards(bench)) {
        fprintf(stderr, "bench_load: the database or the boards cannot be made\n");
        bench->failed++;
        return;
    }
    double cpu = 0;
    for (int i = 0; i < bench->boards; i++)
        cpu += process_cost(bench->board[i].process).cpu_ms;
    figure_print_heading();
    tell(bench, "processor time, boards opened", cpu / 1e3, "s", NO_BUDGET);
    run_writers(bench);
    change_last(bench, task);
    tell_writers(bench);
    for (int kind = 0; kind < KINDS; kind++)
        if (!board_start(bench, &bench->board[bench->boards + kind], kinds[kind]))
            bench->failed++;
    read_boards(bench, INFINITY, QUIET_MS);
    tell_boards(bench, cpu);
}

static void end_boards(struct bench *bench)
{
    for (int i = 0; i < bench->boards + KINDS; i++) {
        if (bench->board[i].process <= 0)
            continue;
        close(bench->board[i].line); /* the line is cut: they end of themselves */
        waitpid(bench->board[i].process, NULL, 0);
        strbuf_clear(&bench->board[i].came);
    }
}

int main(int argc, char **argv)
{
    struct bench bench = {
        .boards = argc > 2 ? atoi(argv[2]) : BOARDS, .seconds = argc > 3 ? atoi(argv[3]) : SECONDS};
    if (argc < 2 || argc > 4 || bench.boards < 1 || bench.seconds < 1)
        return fprintf(stderr, "usage: bench_load BUILD [BOARDS [SECONDS]]\n"), 2;
    bench.program = alloc_format("%s/duban", argv[1]);
    bench.board = alloc_zero((size_t)(bench.boards + KINDS), sizeof *bench.board);
    bench.took =
        alloc_zero((size_t)(WRITERS * bench.seconds * 1000 / EACH_MS + 1), sizeof *bench.took);
    bench.poll = epoll_create1(EPOLL_CLOEXEC);
    if (folder_set_up(&bench.folder) != 0)
        return fprintf(stderr, "bench_load: no folder can be made for the database\n"), 1;
    measure(&bench);
    end_boards(&bench);
    folder_tear_down(&bench.folder);
    free(bench.board);
    free(bench.took);
    free(bench.program);
    return bench.failed > 0;
}
