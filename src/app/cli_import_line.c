#include "cli_import_line.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"

#define LINE_COLUMNS 30 /* of what is shown, at most */
#define TOLD_MS 200     /* reading asks some thousand times a second */

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void import_line_init(struct import_line *line, const struct cli *cli)
{
    *line = (struct import_line){.cli = cli, .signals = -1};
}

/* --- interruptions --------------------------------------------------------------------------- */

static bool is_ended(struct import_line *line)
{
    struct signalfd_siginfo told;
    line->ended |=
        line->signals >= 0 && read(line->signals, &told, sizeof told) == (ssize_t)sizeof told;
    return line->ended;
}

void import_line_open(struct import_line *line)
{
    sigset_t ending;
    line->begun_ms = clock_ms();
    line->told_ms = line->begun_ms - TOLD_MS;
    if (line->cli->session)
        return;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    line->signals = signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
}

void import_line_close(struct import_line *line)
{
    sigset_t ending;
    if (line->shown)
        fprintf(stderr, "\r%*s\r", LINE_COLUMNS, "");
    line->shown = false;
    if (line->cli->session)
        return;
    is_ended(line);
    if (line->signals >= 0)
        close(line->signals);
    line->signals = -1;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_UNBLOCK, &ending, NULL);
}

/* --- the line -------------------------------------------------------------------------------- */

/* What is longer is written over to its end. */
static void show(struct import_line *line, const char *words)
{
    if (line->cli->session || !isatty(STDERR_FILENO))
        return;
    int columns = text_width(words);
    char *shown = language_for_output(words);
    fprintf(stderr, "\r%s%*s", shown, columns < LINE_COLUMNS ? LINE_COLUMNS - columns : 0, "");
    free(shown);
    line->shown = true;
}

bool import_line_reading(void *context, size_t done, size_t of)
{
    struct import_line *line = context;
    int64_t now = clock_ms();
    (void)done; /* of what, differs from kind to kind */
    (void)of;
    if (line->ended || now < line->told_ms + TOLD_MS)
        return !line->ended;
    line->told_ms = now;
    if (is_ended(line))
        return false;
    struct strbuf words = {0};
    strbuf_add(&words, _("Reading ..."));
    if (now >= line->begun_ms + 1000)
        strbuf_format(&words, _(" %d s"), (int)((now - line->begun_ms) / 1000));
    show(line, strbuf_text(&words));
    strbuf_clear(&words);
    return true;
}

bool import_line_looking(void *context, size_t done, size_t of)
{
    struct import_line *line = context;
    char words[64];
    if (is_ended(line))
        return false;
    snprintf(words, sizeof words, "%zu / %zu", done, of);
    show(line, line->writes && done == of ? _("Writing ...") : words);
    return true;
}
