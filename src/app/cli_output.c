/* Where the commands write: standard output in the locale's charset, standard error for people. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/cli.h"
#include "base/language.h"
#include "base/text.h"

#define COLUMNS_DEFAULT 80
#define COLUMNS_LEAST 20
#define COLUMNS_MOST 1000
#define LINE_WAIT_MS 300

void cli_complain(const char *sentence)
{
    struct strbuf clean = {0};
    text_scrub(&clean, sentence, strlen(sentence), TEXT_LINES);
    char *shown = language_for_output(strbuf_text(&clean));
    /* a line that takes nothing must not hold up the end of the program */
    struct pollfd line = {.fd = STDERR_FILENO, .events = POLLOUT};
    if (!isatty(STDERR_FILENO) || poll(&line, 1, LINE_WAIT_MS) > 0)
        fprintf(stderr, "duban: %s\n", shown);
    free(shown);
    strbuf_clear(&clean);
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

/* In words every charset has: this is said to somebody who cannot be shown any others. */
static void tell_charset(struct cli *cli)
{
    const char *missing = language_missing();
    if (missing)
        fprintf(stderr,
            "duban: the locale %s is not on this machine, so its charset cannot be written; set "
            "the terminal to UTF-8 and LC_ALL=C.UTF-8, or have that locale made\n",
            missing);
    else
        fprintf(stderr,
            "duban: the charset of this locale (%s) cannot show Chinese; set LC_ALL=C.UTF-8 or "
            "LC_ALL=zh_CN.UTF-8\n",
            language_charset());
    cli->charset_told = true;
}

static bool note_failure(struct cli *cli)
{
    if (cli->output_closed || cli->output_failed)
        return false;
    if (errno == EPIPE) {
        cli->output_closed = true;
        return false;
    }
    struct error err = {0};
    error_set(&err, ERROR_IO, _("standard output cannot be written: %s"), strerror(errno));
    cli_complain(err.text);
    cli->output_failed = true;
    return false;
}

bool cli_write(void *context, const char *bytes, size_t count)
{
    struct cli *cli = context;
    if (cli->output_closed || cli->output_failed)
        return false;
    if (cli->session) {
        cli->output_closed = !cli->session->write(cli->session->context, bytes, count);
        return !cli->output_closed;
    }
    errno = 0;
    return fwrite(bytes, 1, count, stdout) == count || note_failure(cli);
}

bool cli_print(struct cli *cli, const char *utf8)
{
    if (!cli->charset_told && !is_ascii(utf8) && (!language_has_chinese() || language_missing()))
        tell_charset(cli);
    char *shown = language_for_output(utf8);
    bool good = cli_write(cli, shown, strlen(shown));
    free(shown);
    return good;
}

bool cli_flush(struct cli *cli)
{
    if (cli->output_closed || cli->output_failed)
        return false;
    errno = 0;
    return fflush(stdout) == 0 || note_failure(cli);
}

int cli_columns(bool *bounded)
{
    const char *said = getenv("COLUMNS");
    struct winsize size;
    int columns = said ? (int)strtol(said, NULL, 10) : 0;
    if (columns <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        columns = size.ws_col;
    if (bounded)
        *bounded = columns > 0;
    if (columns <= 0)
        return COLUMNS_DEFAULT;
    return columns < COLUMNS_LEAST  ? COLUMNS_LEAST
           : columns > COLUMNS_MOST ? COLUMNS_MOST
                                    : columns;
}
