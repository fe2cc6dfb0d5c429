/* The terminal of a session of lines: its modes, lines typed, pages printed.
 *
 * The kernel edits the line. Interrupts are held back and looked at between two lines of output;
 * whatever else ends a program may do so at any moment, except while a line is waited for: then
 * what was typed so far is kept first. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/words.h"
#include "plain_parts.h"
#include "visit.h"

#define ROWS_DEFAULT 24
#define ROWS_LEAST 4
#define LOOK_MS 1000        /* while something that was changed cannot be taken in */
#define TEXT_MOST (1 << 20) /* bytes of a text; far more than can be kept */

bool plain_has_lines(void)
{
    struct stat input;
    if (isatty(STDIN_FILENO))
        return isatty(STDOUT_FILENO);
    return fstat(STDIN_FILENO, &input) == 0 && !S_ISCHR(input.st_mode);
}

/* --- modes and signals ----------------------------------------------------------------------- */

static void hold(int how, const int *signals, size_t count)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < count; i++)
        sigaddset(&set, signals[i]);
    sigprocmask(how, &set, NULL);
}

static const int ending[] = {SIGTERM, SIGHUP};
static const int interrupt[] = {SIGINT};

static int open_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

/* The line as a person expects it, whoever used the terminal before. A control character that is
 * typed is echoed as two ordinary ones. */
static void set_modes(struct plain *plain)
{
    struct termios modes;
    if (tcgetattr(STDIN_FILENO, &plain->found) != 0)
        return;
    modes = plain->found;
    modes.c_lflag |= ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ISIG;
    modes.c_iflag |= ICRNL;
    modes.c_oflag |= OPOST | ONLCR;
    if (strcmp(language_charset(), "UTF-8") == 0)
        modes.c_iflag |= IUTF8;
    else
        modes.c_iflag &= ~(tcflag_t)IUTF8;
    if (plain->cli->confined) /* there is no shell to come back from */
        modes.c_cc[VSUSP] = _POSIX_VDISABLE;
    plain->modes_set = tcsetattr(STDIN_FILENO, TCSADRAIN, &modes) == 0;
}

static void measure(struct plain *plain)
{
    struct winsize size;
    bool bounded;
    int columns = cli_columns(&bounded);
    plain->rows = ROWS_DEFAULT;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0)
        plain->rows = size.ws_row < ROWS_LEAST ? ROWS_LEAST : size.ws_row;
    plain->columns = plain->terminal || bounded ? columns : 0;
}

bool plain_input_open(struct plain *plain, struct error *err)
{
    plain->terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (plain->terminal)
        hold(SIG_BLOCK, interrupt, 1);
    plain->signals = open_signals();
    if (plain->signals < 0)
        return error_set(err, ERROR_IO, _("signals cannot be waited for: %s"), strerror(errno));
    if (plain->terminal)
        set_modes(plain);
    measure(plain);
    return true;
}

void plain_input_close(struct plain *plain)
{
    if (plain->modes_set)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &plain->found);
    if (plain->signals >= 0)
        close(plain->signals);
    strbuf_clear(&plain->typed);
}

/* Takes the signals that have come; true: one was an interrupt. */
static bool take_signals(struct plain *plain)
{
    struct signalfd_siginfo info;
    bool interrupted = false;
    while (read(plain->signals, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGINT)
            interrupted = true;
        else
            plain->ended = plain->hung_up = plain->ending = true;
    }
    return interrupted;
}

/* --- printing -------------------------------------------------------------------------------- */

void plain_page_begin(struct plain *plain)
{
    measure(plain);
    plain->row = plain->column = 0;
    plain->stopped = false;
}

size_t plain_page_rows(const struct plain *plain)
{
    return plain->terminal ? (size_t)plain->rows - 2 : SIZE_MAX;
}

static bool ask_more(struct plain *plain)
{
    char *line = NULL;
    enum plain_line read = plain_read(plain, _("--more-- Enter goes on, q stops "), &line);
    bool more = read == PLAIN_LINE && *line == '\0';
    if (read == PLAIN_LINE && *line != '\0' && strcmp(line, "q") != 0) { /* the next command */
        struct strbuf rest = {0};
        strbuf_format(&rest, "%s\n%s", line, strbuf_text(&plain->typed));
        strbuf_clear(&plain->typed);
        plain->typed = rest;
    }
    if (read == PLAIN_LINE)
        free(line);
    return more;
}

/* Columns of bytes that are in the charset already: of the Chinese ones a byte is a column. */
static int width_of(const char *bytes, size_t count)
{
    if (strcmp(language_charset(), "UTF-8") != 0)
        return (int)count;
    char *text = alloc_string_n(bytes, count);
    int width = text_width(text);
    free(text);
    return width;
}

/* A piece of a line, or its end. */
static bool put(struct plain *plain, const char *bytes, size_t count, bool ends)
{
    if (plain->terminal && plain->column == 0) {
        if (take_signals(plain) || plain->ending)
            return false;
        if (plain->row >= plain->rows - 2 && !ask_more(plain))
            return false;
    }
    if (fwrite(bytes, 1, count, stdout) != count) {
        plain->ending = plain->ended = true;
        return false;
    }
    plain->column += width_of(bytes, ends ? count - 1 : count);
    if (ends) {
        plain->row +=
            1 +
            (plain->columns > 0 && plain->column > 0 ? (plain->column - 1) / plain->columns : 0);
        plain->column = 0;
    }
    return true;
}

static bool write_bytes(void *context, const char *bytes, size_t count)
{
    struct plain *plain = context;
    while (count > 0 && !plain->stopped) {
        const char *end = memchr(bytes, '\n', count);
        size_t piece = end ? (size_t)(end - bytes) + 1 : count;
        plain->stopped = !put(plain, bytes, piece, end != NULL);
        bytes += piece;
        count -= piece;
    }
    return !plain->stopped;
}

bool plain_print(struct plain *plain, const char *utf8)
{
    char *shown = language_for_output(utf8);
    bool good = write_bytes(plain, shown, strlen(shown));
    free(shown);
    return good;
}

void plain_complain(struct plain *plain, const struct error *err)
{
    fflush(stdout);
    cli_complain(err->text);
    if (plain->status == EXIT_DONE)
        plain->status = cli_status(err);
}

/* --- reading --------------------------------------------------------------------------------- */

/* Whether it is the line that has gone, and not somebody who typed ^D. */
static bool has_hung_up(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&input, 1, 0) > 0 && input.revents & (POLLHUP | POLLERR);
}

/* What was typed before the line dropped has been typed all the same; what never ends was not
 * typed. */
static void take_rest(struct plain *plain)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    char bytes[4096];
    ssize_t got = 1;
    while (got > 0 && plain->typed.length <= WORDS_BYTES && poll(&input, 1, 0) > 0 &&
           input.revents & POLLIN) {
        got = read(STDIN_FILENO, bytes, sizeof bytes);
        if (got > 0)
            strbuf_add_n(&plain->typed, bytes, (size_t)got);
    }
}

/* Nobody who may not go on is waited for: what they typed is kept as where the line has gone. */
static void end_here(struct plain *plain)
{
    plain->ended = plain->hung_up = plain->ending = true;
}

/* How long to wait; -1: for ever. 0: nobody has been here for too long, and the session is over
 * (plain.c tells why). A warning would stand in the middle of what somebody types. */
static int patience(struct plain *plain)
{
    int next_ms = 0;
    if (session_rest(plain->work, date_now(), &next_ms) == SESSION_OVER)
        end_here(plain);
    if (plain->ended)
        return 0;
    if (plain->look_ms > 0 && (next_ms <= 0 || plain->look_ms < next_ms))
        next_ms = plain->look_ms;
    return next_ms > 0 ? next_ms : -1;
}

/* Others have changed something: perhaps what this person may do. Within a form the model stays as
 * it is, so the watch is not emptied, and there is a look now and then instead. */
static void look(struct plain *plain)
{
    struct error trouble;
    plain->look_ms = plain->asks ? 0 : LOOK_MS;
    if (plain->asks
            ? !plain_look(plain, &plain->look_ms)
            : !model_person_still(plain->model, &trouble) && model_has_ended(plain->model, NULL))
        end_here(plain);
}

static int poll_input(struct plain *plain, struct pollfd wait[static 3], int milliseconds)
{
    bool watches = plain->asks || plain->look_ms == 0;
    wait[2].fd = watches ? model_watch_fd(plain->model) : -1;
    visit_rest(plain->cli->visit, true);
    int ready = poll(wait, 3, milliseconds);
    visit_rest(plain->cli->visit, false);
    if (ready >= 0 && (wait[2].revents != 0 || plain->look_ms > 0))
        look(plain);
    return ready;
}

/* Waits for input or a signal; costs nothing until one comes. */
static enum plain_line wait_input(struct plain *plain)
{
    struct pollfd wait[] = {{.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = plain->signals, .events = POLLIN}, {.fd = -1, .events = POLLIN}};
    char bytes[4096];
    int milliseconds = patience(plain);
    if (plain->ended)
        return PLAIN_END;
    if (poll_input(plain, wait, milliseconds) < 0)
        return errno == EINTR ? PLAIN_LINE : PLAIN_END;
    bool interrupted = wait[1].revents && take_signals(plain);
    if (plain->ended) {
        take_rest(plain);
        return PLAIN_LINE;
    }
    if (interrupted)
        return PLAIN_BREAK;
    if (wait[0].revents == 0)
        return PLAIN_LINE;
    ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
    if (got > 0) {
        strbuf_add_n(&plain->typed, bytes, (size_t)got);
        return PLAIN_LINE;
    }
    if (got < 0 && errno == EINTR)
        return PLAIN_LINE;
    if (!plain->terminal || got < 0 || has_hung_up()) {
        plain->ended = true;
        plain->hung_up = plain->terminal;
    }
    return PLAIN_END;
}

static char *take_line(struct plain *plain, size_t length)
{
    struct strbuf *typed = &plain->typed;
    struct strbuf rest = {0};
    size_t end = length < typed->length ? length + 1 : length;
    char *line = alloc_zero(length + 1, 1);
    size_t kept = 0;
    for (size_t i = 0; i < length; i++)
        if (typed->text[i] != '\0' && typed->text[i] != '\r')
            line[kept++] = typed->text[i];
    strbuf_add_n(&rest, typed->text + end, typed->length - end);
    strbuf_clear(typed);
    *typed = rest;
    return line;
}

static enum plain_line read_line(struct plain *plain, char **line)
{
    enum plain_line read = PLAIN_LINE;
    while (read == PLAIN_LINE) {
        const char *end =
            plain->typed.length > 0 ? memchr(plain->typed.text, '\n', plain->typed.length) : NULL;
        size_t length = end ? (size_t)(end - plain->typed.text) : plain->typed.length;
        /* one that is longer than any is cut, and words_split says that it is too long */
        if (end || length > WORDS_BYTES || (plain->ended && !plain->hung_up && length > 0)) {
            bool rest = plain->too_long;
            plain->too_long = end == NULL && !plain->ended;
            *line = take_line(plain, length);
            if (!rest)
                return PLAIN_LINE;
            free(*line); /* of a line that was refused */
            continue;
        }
        read = plain->ended ? PLAIN_END : wait_input(plain);
        if (read == PLAIN_END && plain->ended && !plain->hung_up)
            read = plain->typed.length > 0 ? PLAIN_LINE : PLAIN_END;
    }
    if (read == PLAIN_BREAK)
        strbuf_cut(&plain->typed, 0);
    return read;
}

enum plain_line plain_read(struct plain *plain, const char *prompt, char **line)
{
    if (plain->terminal) {
        char *shown = language_for_output(prompt);
        fputs(shown, stdout);
        free(shown);
    }
    if (fflush(stdout) != 0)
        plain->ended = plain->hung_up = true;
    hold(SIG_BLOCK, ending, 2);
    enum plain_line read = read_line(plain, line);
    if (!plain->hung_up && !plain->in_text) /* else what was typed is kept first */
        hold(SIG_UNBLOCK, ending, 2);
    if (plain->terminal && read != PLAIN_LINE && !plain->hung_up)
        fputc('\n', stdout); /* what was echoed has no end of line */
    plain->ending |= plain->ended && plain->hung_up;
    plain->row = plain->column = 0; /* somebody is with us */
    if (read == PLAIN_LINE)
        session_acted(plain->work, date_now());
    return read;
}

enum plain_line plain_read_text(struct plain *plain, struct strbuf *text)
{
    char *line = NULL;
    enum plain_line read;
    struct strbuf raw = {0};
    bool whole = false;
    plain->in_text = true;
    while (!whole && (read = plain_read(plain, "", &line)) == PLAIN_LINE) {
        whole = strcmp(line, ".") == 0;
        if (!whole && raw.length < TEXT_MOST)
            strbuf_format(&raw, "%s%s", raw.length > 0 ? "\n" : "", line);
        free(line);
    }
    plain->in_text = false;
    if (!plain->hung_up)
        hold(SIG_UNBLOCK, ending, 2);
    if (!whole && read == PLAIN_END && !plain->ended)
        whole = true;
    char *clean = cli_decode(strbuf_text(&raw), raw.length, TEXT_LINES);
    strbuf_add(text, clean);
    free(clean);
    strbuf_clear(&raw);
    return whole ? PLAIN_LINE : read;
}

/* --- for commands ---------------------------------------------------------------------------- */

static bool read_for_command(
    void *context, const char *name, struct strbuf *text, struct error *err)
{
    struct plain *plain = context;
    if (plain->terminal)
        plain_print(plain, _("The text, line by line; a line with only . ends it:\n"));
    enum plain_line read = plain_read_text(plain, text);
    if (read == PLAIN_LINE)
        return true;
    return error_set(err, ERROR_REFUSED,
        read == PLAIN_BREAK ? _("%s: given up; nothing is recorded")
                            : _("%s: the text has no end; a line with only . ends it"),
        name);
}

struct cli_session plain_session(struct plain *plain)
{
    return (struct cli_session){plain, write_bytes, read_for_command};
}
