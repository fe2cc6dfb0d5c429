#include "ui/term.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "term_parts.h"
#include "terminfo.h"

#define CLOSE_WAIT_MS 500 /* for the line to take the last bytes */

long term_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

/* --- opening and closing ------------------------------------------------------------------- */

static void send_bytes(struct term *term, const char *bytes, size_t count)
{
    link_sent(term->link, (long)count, term_now());
    tty_send(term->tty, bytes, count);
}

static void send_text(struct term *term, const char *text)
{
    send_bytes(term, text, strlen(text));
}

static void send_capability(struct term *term, const char *name)
{
    const char *sequence = screen_capability(name);
    if (sequence)
        send_text(term, sequence);
}

/* What is asked of the terminal beside the picture. */
static void enter_modes(struct term *term)
{
    send_capability(term, "smkx");
    if (!term->ansi)
        return;
    send_text(term, "\033[?2004h");
    if (term->options.mouse)
        send_text(term, "\033[?1000h\033[?1006h");
}

static void leave_modes(struct term *term)
{
    if (term->ansi && term->options.mouse)
        send_text(term, "\033[?1006l\033[?1000l");
    if (term->ansi)
        send_text(term, "\033[?2004l");
    send_capability(term, "rmkx");
}

/* Asks how wide ※ is here, in the second row (decoder.h), or only for an answer, whose time tells
 * the round trip. It comes, or not, among the keys. */
static void probe(struct term *term)
{
    char *mark = language_for_output("※");
    bool any = (unsigned char)mark[0] >= 0x80; /* of this charset */
    bool width = any && term->options.ambiguous == 0 && term->rows > 1;
    struct strbuf question = {0};
    strbuf_format(&question, width ? "\033[2;1H%s\033[6n\r  \r" : TERM_REPORT, mark);
    if (term->ansi) {
        tty_send(term->tty, strbuf_text(&question), question.length);
        decoder_expect_position(term->decoder, width);
        link_asked(term->link, term_now());
        term->unanswered++;
    }
    strbuf_clear(&question);
    free(mark);
}

static void begin(struct term *term)
{
    struct strbuf out = {0};
    screen_begin(term->screen, &out);
    send_bytes(term, strbuf_text(&out), out.length);
    strbuf_clear(&out);
    enter_modes(term);
}

static void leave(struct term *term)
{
    struct strbuf out = {0};
    leave_modes(term);
    screen_leave(term->screen, &out);
    send_bytes(term, strbuf_text(&out), out.length);
    strbuf_clear(&out);
}

/* Ready for a moment when nothing can be asked any more. */
static void prepare_ending(struct term *term)
{
    static const char *const capabilities[] = {"sgr0", "rmcup", "cnorm", "rmkx"};
    struct strbuf ending = {0};
    if (term->ansi &&
        screen_capability("csr")) /* all rows scroll again, and the cursor is below them */
        strbuf_format(&ending, "\033[r\033[%dH", SCREEN_ROWS_MOST);
    if (term->ansi)
        strbuf_add(
            &ending, term->options.mouse ? "\033[?1006l\033[?1000l\033[?2004l" : "\033[?2004l");
    for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++)
        terminfo_add(&ending, capabilities[i]);
    strbuf_add(&ending, "\r\n");
    tty_set_ending(term->tty, strbuf_text(&ending), ending.length);
    strbuf_clear(&ending);
}

bool term_open(const struct term_options *options, struct term **out, struct error *err)
{
    const char *name = getenv("TERM");
    struct term *term = alloc_zero(1, sizeof *term);
    if (!tty_open(&term->tty, err) || !screen_open(name, &term->screen, err)) {
        tty_close(term->tty, 0);
        free(term);
        return false;
    }
    text_scrub(&term->asked, name, strlen(name), TEXT_ONE_LINE);
    term->options = *options;
    term->decoder = decoder_new();
    term->ansi = screen_is_ansi(term->screen);
    term->utf8 = strcmp(language_charset(), "UTF-8") == 0;
    term->link = link_new(tty_speed(term->tty), term->ansi);
    term->told_slow = link_figures(term->link).slow;
    term->ambiguous_wide = options->ambiguous == 2;
    if (term->ambiguous_wide)
        screen_set_ambiguous_wide(term->screen);
    int rows, columns;
    term_size(term, &rows, &columns);
    terminfo_define_keys(term->decoder);
    prepare_ending(term);
    begin(term);
    probe(term);
    *out = term;
    return true;
}

/* --- what is asked of it ------------------------------------------------------------------- */

int term_fd(const struct term *term)
{
    return tty_fd(term->tty);
}

int term_colours(const struct term *term)
{
    return screen_colours(term->screen);
}

const char *term_name(const struct term *term)
{
    return screen_type(term->screen);
}

const char *term_unknown(const struct term *term)
{
    const char *asked = strbuf_text(&term->asked);
    return strcmp(asked, term_name(term)) == 0 ? NULL : asked;
}

bool term_ascii(const struct term *term)
{
    return term->theme_ascii || term->ambiguous_wide || !term->utf8;
}

bool term_braille(const struct term *term)
{
    return term->utf8 && !term->theme_ascii;
}

bool term_hung_up(const struct term *term)
{
    return tty_hung_up(term->tty);
}

bool term_lost(const struct term *term)
{
    return tty_lost(term->tty);
}

long term_bytes(const struct term *term)
{
    return tty_sent(term->tty);
}

struct term_line term_line(const struct term *term)
{
    struct link_figures figures = link_figures(term->link);
    return (struct term_line){figures.round_trip, figures.rate, figures.silent, figures.slow};
}

long term_taken(const struct term *term)
{
    bool unfinished =
        decoder_is_pending(term->decoder) || tty_has_unsent(term->tty) || term->owes_frame;
    return unfinished ? -1 : tty_received(term->tty);
}

static int limit(int value, int most)
{
    return value < 1 ? 1 : value > most ? most : value;
}

void term_size(struct term *term, int *rows, int *columns)
{
    *rows = 24;
    *columns = 80;
    tty_size(term->tty, rows, columns);
    *rows = limit(*rows, SCREEN_ROWS_MOST);
    *columns = limit(*columns, SCREEN_COLUMNS_MOST);
    if (*rows != term->rows || *columns != term->columns)
        screen_resize(term->screen, *rows, *columns);
    term->rows = *rows;
    term->columns = *columns;
}

void term_set_theme(struct term *term, const struct theme *theme)
{
    term->theme_ascii = theme->ascii;
    screen_set_theme(term->screen, theme);
}

/* --- the rest ------------------------------------------------------------------------------ */

void term_bell(struct term *term)
{
    if (tty_unsent(term->tty) < TERM_UNSENT_MOST)
        send_text(term, "\a");
}

/* As the kernel would for ^Z: the whole job stops, so that the shell gets the terminal; where there
 * is no shell to continue us, nothing happens. */
static void stop_here(void)
{
    struct sigaction usual = {.sa_handler = SIG_DFL}, before;
    sigset_t set, old;
    sigemptyset(&set);
    sigaddset(&set, SIGTSTP);
    sigaction(SIGTSTP, &usual, &before);
    sigprocmask(SIG_UNBLOCK, &set, &old);
    kill(0, SIGTSTP);
    sigprocmask(SIG_SETMASK, &old, NULL);
    sigaction(SIGTSTP, &before, NULL);
}

/* Sends what is left and takes what the terminal still has to say: whoever has it next would take
 * an answer for keys. Keys pressed meanwhile go with it. */
static void take_answers(struct term *term)
{
    long until = term_now() + CLOSE_WAIT_MS;
    bool sent = tty_flush(term->tty, CLOSE_WAIT_MS);
    if (link_figures(term->link).silent)
        return;
    for (long now; sent && term->unanswered > 0 && (now = term_now()) < until;) {
        char bytes[256];
        struct key key;
        size_t count =
            tty_wait(term->tty, (int)(until - now)) ? tty_read(term->tty, bytes, sizeof bytes) : 0;
        if (count == 0)
            break;
        decoder_feed(term->decoder, bytes, count);
        while (decoder_next(term->decoder, false, &key))
            term_take_own(term, &key);
    }
    term->unanswered = 0;
}

void term_close(struct term *term)
{
    if (!term)
        return;
    leave(term);
    take_answers(term);
    tty_close(term->tty, 0);
    screen_close(term->screen);
    decoder_free(term->decoder);
    link_free(term->link);
    strbuf_clear(&term->asked);
    free(term);
}

static bool is_continued(void)
{
    sigset_t waiting;
    return sigpending(&waiting) == 0 && sigismember(&waiting, SIGCONT) == 1;
}

void term_suspend(struct term *term)
{
    leave(term);
    take_answers(term);
    tty_restore(term->tty);
    stop_here();
    term_resume(term);
    term->resumed = is_continued();
}

void term_resume(struct term *term)
{
    bool done = term->resumed;
    term->resumed = false;
    if (done)
        return;
    tty_raw(term->tty);
    enter_modes(term);
    term_repaint(term);
}
