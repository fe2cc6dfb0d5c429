/* The program and the line: starting, typing, waiting. */
#include "harness/pty_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "base/alloc.h"

#define ASK_MS 20 /* between two looks at a program that cannot tell by itself */
#define POKE "\033[?0n" /* input that means nothing: the answer to a question nobody asks */

int64_t pty_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static long now_ms(void)
{
    return (long)(pty_clock() / 1000000);
}

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "harness: %s: %s\n", what, strerror(errno));
    exit(2);
}

/* --- starting ------------------------------------------------------------------------------------
 */

enum { ENVIRONMENT_MOST = 64 };

/* What the program gets of our environment, and what the test says. */
static void make_environment(const struct pty_options *options, int settled, char **out)
{
    static const char *const passed[] = {
        "PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
        const char *value = getenv(passed[i]);
        if (value != NULL) {
            out[count++] = alloc_format("%s=%s", passed[i], value);
        }
    }
    out[count++] = alloc_format("TERM=%s", options->term ? options->term : "xterm-256color");
    out[count++] = alloc_format("DUBAN_SETTLED_FD=%d", settled);
    for (size_t i = 0; options->environment != NULL && options->environment[i] != NULL; i++) {
        if (count + 1 == ENVIRONMENT_MOST) {
            errno = E2BIG;
            give_up("environment");
        }
        out[count++] = alloc_string(options->environment[i]);
    }
    out[count] = NULL;
}

static _Noreturn void run_child(int slave, const char *const *command, char **environment)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (login_tty(slave) == 0) {
        execvpe(command[0], (char *const *)command, environment);
    }
    fprintf(stderr, "%s: %s\n", command[0], strerror(errno));
    _exit(127);
}

static void open_charset(struct pty *pty, const char *charset)
{
    charset = charset ? charset : "UTF-8"; /* from that too: the emulator wants whole characters */
    pty->from = iconv_open("UTF-8", charset);
    pty->to = iconv_open(charset, "UTF-8");
    if (pty->from == (iconv_t)-1 || pty->to == (iconv_t)-1) {
        give_up(charset);
    }
}

struct pty *pty_start(const struct pty_options *options, const char *const *command)
{
    struct pty *pty = alloc_zero(1, sizeof *pty);
    int rows = options->rows > 0 ? options->rows : 24;
    int columns = options->columns > 0 ? options->columns : 80;
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    int settled[2];
    if (openpty(&pty->master, &pty->slave, NULL, NULL, &size) != 0 || pipe(settled) != 0) {
        give_up("no pseudo terminal");
    }
    fcntl(pty->master, F_SETFD, FD_CLOEXEC);
    fcntl(pty->slave, F_SETFD, FD_CLOEXEC);
    fcntl(settled[0], F_SETFD, FD_CLOEXEC);
    fcntl(pty->master, F_SETFL, O_RDWR | O_NONBLOCK);
    fcntl(settled[0], F_SETFL, O_NONBLOCK);
    fcntl(settled[1], F_SETFL, O_WRONLY | O_NONBLOCK);
    tcgetattr(pty->slave, &pty->found);
    pty->settled = settled[0];
    pty->mute = options->mute;
    pty->unplaced = options->unplaced;
    pty->wraps = options->wraps;
    pty->wide = options->wide;
    pty->line = options->rate > 0 ? slow_line_new(options->rate, options->delay_ms) : NULL;
    open_charset(pty, options->charset);
    pty_screen_start(pty, rows, columns);

    char *environment[ENVIRONMENT_MOST];
    make_environment(options, settled[1], environment);
    pty->sent_at = pty_clock();
    pty->process = fork();
    if (pty->process == 0) {
        run_child(pty->slave, command, environment);
    }
    if (pty->process < 0) {
        give_up("fork");
    }
    close(settled[1]);
    if (options->remote) {
        close(pty->settled);
        pty->settled = pidfd_open(pty->process, 0);
        pty->remote = true;
    }
    for (size_t i = 0; environment[i] != NULL; i++) {
        free(environment[i]);
    }
    return pty;
}

static void close_line(struct pty *pty)
{
    if (pty->master >= 0) {
        close(pty->master);
        close(pty->slave);
    }
    pty->master = pty->slave = -1;
}

void pty_free(struct pty *pty)
{
    if (pty == NULL) {
        return;
    }
    if (!pty->exited) {
        kill(pty->process, SIGKILL);
        waitpid(pty->process, NULL, 0);
    }
    close_line(pty);
    if (pty->settled >= 0) {
        close(pty->settled);
    }
    iconv_close(pty->from);
    iconv_close(pty->to);
    vterm_free(pty->vterm);
    strbuf_clear(&pty->unread);
    strbuf_clear(&pty->partial);
    strbuf_clear(&pty->unseen);
    strbuf_clear(&pty->kept);
    strbuf_clear(&pty->text);
    strbuf_clear(&pty->problem);
    slow_line_free(pty->line);
    free(pty);
}

const char *pty_problem(const struct pty *pty)
{
    return strbuf_text(&pty->problem);
}

static bool fail(struct pty *pty, const char *what)
{
    strbuf_clear(&pty->problem);
    strbuf_format(&pty->problem, "%s; typed %ld bytes, the program took %ld; the screen:\n", what,
        pty->typed, pty->taken);
    pty_text(pty, &pty->problem);
    return false;
}

/* --- reading
 * -------------------------------------------------------------------------------------- */

/* All that is there. The kernel hands over what the program wrote when we poll. */
static void read_line(struct pty *pty)
{
    struct pollfd line = {.fd = pty->master, .events = POLLIN};
    char block[8192];
    while (pty->master >= 0 && !pty->stopped && poll(&line, 1, 0) > 0 && (line.revents & POLLIN)) {
        ssize_t count = read(pty->master, block, sizeof block);
        if (count <= 0) {
            return;
        }
        pty->came_at = pty_clock();
        pty->received += count;
        if (pty->keeps) {
            strbuf_add_n(&pty->kept, block, (size_t)count);
        }
        if (pty->line != NULL) {
            slow_line_take(pty->line, block, (size_t)count);
        } else if (pty->held) {
            strbuf_add_n(&pty->unseen, block, (size_t)count);
        } else {
            pty_screen_feed(pty, block, (size_t)count);
        }
    }
}

/* The last whole number is what the program has taken by now. */
static void read_settled(struct pty *pty)
{
    char block[4096];
    ssize_t count = 0; /* a process can be waited for, not read */
    while (!pty->remote && (count = read(pty->settled, block, sizeof block)) > 0) {
        strbuf_add_n(&pty->unread, block, (size_t)count);
    }
    bool ended = count == 0;
    for (char *end; (end = strchr(strbuf_text(&pty->unread), '\n')) != NULL;) {
        pty->taken = strtol(pty->unread.text, NULL, 10);
        pty->told++;
        char *rest = alloc_string(end + 1);
        strbuf_clear(&pty->unread);
        strbuf_add(&pty->unread, rest);
        free(rest);
    }
    if (ended) {
        close(pty->settled);
        pty->settled = -1;
    }
}

/* Waits for something to come and takes it; false when `wait_ms` passed. */
static bool pump(struct pty *pty, int wait_ms)
{
    struct pollfd fds[] = {
        {.fd = pty->settled, .events = POLLIN},
        {.fd = pty->stopped ? -1 : pty->master, .events = POLLIN},
    };
    int due_ms = pty->line != NULL ? slow_line_wait(pty->line, wait_ms) : wait_ms;
    if (poll(fds, 2, due_ms) <= 0 && due_ms == wait_ms) {
        return false;
    }
    if (fds[0].revents != 0) {
        read_settled(pty);
    }
    read_line(pty);
    if (pty->line != NULL) {
        slow_line_pass(pty);
    }
    return true;
}

/* The pipe is closed by its end, or by a program that takes over no descriptors: then only the system
 * tells, and it has to be asked. */
static bool has_ended(struct pty *pty)
{
    if (pty->settled < 0 && !pty->exited)
        pty->exited = waitpid(pty->process, &pty->status, WNOHANG) == pty->process;
    return pty->exited;
}

bool pty_wait(struct pty *pty, bool (*done)(const struct pty *pty, void *context), void *context)
{
    long end = now_ms() + PTY_WAIT_MS;
    while (!done(pty, context)) {
        if (has_ended(pty)) {
            read_line(pty);
            return done(pty, context) || fail(pty, "the program has ended");
        }
        long left = end - now_ms();
        bool asks = pty->settled < 0 && left > ASK_MS;
        if (left <= 0 || (!pump(pty, asks ? ASK_MS : (int)left) && !asks)) {
            return fail(pty, "waited in vain");
        }
    }
    return true;
}

void pty_rest(struct pty *pty, long milliseconds)
{
    long end = now_ms() + milliseconds;
    for (long left; (left = end - now_ms()) > 0 && pty->settled >= 0;) {
        pump(pty, (int)left);
    }
}

void pty_hold(struct pty *pty, bool hold)
{
    pty->held = hold;
    if (!hold && pty->unseen.length > 0) {
        pty_screen_feed(pty, pty->unseen.text, pty->unseen.length);
        strbuf_clear(&pty->unseen);
        strbuf_clear(&pty->kept);
        strbuf_clear(&pty->text);
    }
}

/* --- settling
 * ------------------------------------------------------------------------------------- */

static bool is_settled(const struct pty *pty, void *context)
{
    (void)context;
    return pty->told > 0 && pty->taken == pty->typed &&
           (pty->line == NULL || slow_line_is_idle(pty->line));
}

/* What is read at the end may hold a report to be answered, which is input again. */
static bool wait_settled(struct pty *pty)
{
    if (pty->remote) {
        return true;
    }
    do {
        if (!pty_wait(pty, is_settled, NULL)) {
            return false;
        }
        read_line(pty);
    } while (!is_settled(pty, NULL));
    return true;
}

bool pty_send(struct pty *pty, const char *bytes, size_t count)
{
    long end = now_ms() + PTY_WAIT_MS;
    pty->typed += (long)count;
    pty->sent_at = pty_clock();
    if (pty->line != NULL) {
        slow_line_type(pty->line, bytes, count);
        return true;
    }
    while (count > 0 && pty->master >= 0) {
        ssize_t sent = write(pty->master, bytes, count);
        if (sent > 0) {
            bytes += sent;
            count -= (size_t)sent;
            continue;
        }
        struct pollfd line = {.fd = pty->master, .events = POLLOUT};
        if (errno != EAGAIN || poll(&line, 1, (int)(end - now_ms())) <= 0) {
            break;
        }
    }
    return count == 0 || fail(pty, "the program does not read what is typed");
}

static bool send_settled(struct pty *pty, const char *bytes, size_t count)
{
    return wait_settled(pty) && pty_send(pty, bytes, count) && wait_settled(pty);
}

bool pty_settle(struct pty *pty)
{
    return send_settled(pty, POKE, strlen(POKE));
}

/* --- typing
 * ------------------------------------------------------------------------------------------ */

bool pty_press(struct pty *pty, const char *names)
{
    struct strbuf bytes = {0}, problem = {0};
    bool sent = pty_encode_keys(&pty->modes, names, &bytes, &problem);
    if (sent) {
        sent = pty_send(pty, strbuf_text(&bytes), bytes.length);
    } else {
        fail(pty, strbuf_text(&problem));
    }
    strbuf_clear(&bytes);
    strbuf_clear(&problem);
    return sent;
}

bool pty_keys(struct pty *pty, const char *names)
{
    return wait_settled(pty) && pty_press(pty, names) && wait_settled(pty);
}

/* `text` in the terminal's charset. */
static void add_typed(const struct pty *pty, const char *text, struct strbuf *out)
{
    size_t left = strlen(text), room = left * 4 + 4;
    char *copy = alloc_string(text), *in = copy;
    char *block = alloc_zero(room, 1), *end = block;
    iconv(pty->to, &in, &left, &end, &room);
    strbuf_add_n(out, block, (size_t)(end - block));
    free(block);
    free(copy);
}

bool pty_type(struct pty *pty, const char *text)
{
    struct strbuf bytes = {0};
    add_typed(pty, text, &bytes);
    bool sent = send_settled(pty, strbuf_text(&bytes), bytes.length);
    strbuf_clear(&bytes);
    return sent;
}

bool pty_paste(struct pty *pty, const char *text)
{
    bool bracketed = mode_scan_is_set(&pty->modes, 2004);
    struct strbuf bytes = {0};
    strbuf_add(&bytes, bracketed ? "\033[200~" : "");
    add_typed(pty, text, &bytes);
    strbuf_add(&bytes, bracketed ? "\033[201~" : "");
    bool sent = send_settled(pty, strbuf_text(&bytes), bytes.length);
    strbuf_clear(&bytes);
    return sent;
}

void pty_resize_now(struct pty *pty, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    vterm_set_size(pty->vterm, rows, columns);
    ioctl(pty->master, TIOCSWINSZ, &size);
}

/* The signal is there before the poke is, and the program takes signals first. */
bool pty_resize(struct pty *pty, int rows, int columns)
{
    if (!wait_settled(pty)) {
        return false;
    }
    pty_resize_now(pty, rows, columns);
    return pty_settle(pty);
}

/* --- waiting for the program
 * --------------------------------------------------------------------------- */

static bool shows(const struct pty *pty, void *text)
{
    return pty_has_text(pty, text);
}

bool pty_wait_text(struct pty *pty, const char *text)
{
    char *copy = alloc_string(text);
    bool shown = pty_wait(pty, shows, copy);
    free(copy);
    return shown && (pty->settled < 0 || wait_settled(pty));
}

static bool has_exited(const struct pty *pty, void *context)
{
    (void)context;
    return pty->exited;
}

bool pty_wait_exit(struct pty *pty, int *status)
{
    if (!pty_wait(pty, has_exited, NULL)) {
        return false;
    }
    read_line(pty);
    *status = pty->status;
    return pty->exited;
}

void pty_hang_up(struct pty *pty)
{
    close_line(pty);
}

void pty_stop_reading(struct pty *pty, bool stop)
{
    pty->stopped = stop;
}

void pty_keep_bytes(struct pty *pty, bool keep)
{
    pty->keeps = keep;
    strbuf_cut(&pty->kept, 0);
}

const struct strbuf *pty_bytes(const struct pty *pty)
{
    return &pty->kept;
}

pid_t pty_process(const struct pty *pty)
{
    return pty->process;
}

long pty_received(const struct pty *pty)
{
    return pty->received;
}

int64_t pty_sent_at(const struct pty *pty)
{
    return pty->sent_at;
}

int64_t pty_came_at(const struct pty *pty)
{
    return pty->came_at;
}

bool pty_is_restored(const struct pty *pty)
{
    struct termios now;
    return tcgetattr(pty->slave, &now) == 0 && now.c_iflag == pty->found.c_iflag &&
           now.c_oflag == pty->found.c_oflag && now.c_cflag == pty->found.c_cflag &&
           now.c_lflag == pty->found.c_lflag &&
           memcmp(now.c_cc, pty->found.c_cc, sizeof now.c_cc) == 0 &&
           mode_scan_is_restored(&pty->modes);
}
