#include "ui/term.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "clipboard.h"
#include "decoder.h"
#include "link.h"
#include "screen.h"
#include "terminfo.h"
#include "tty.h"

#define CLOSE_WAIT_MS 500 /* for the line to take the last bytes */
#define DOUBLE_CLICK_MS 400
#define SEQUENCE_MS 500      /* for the rest of what only a terminal sends */
#define BURST_MOST 262144    /* bytes of input taken before others have their turn */
#define UNSENT_MOST 65536    /* of bells and copies, while the line takes nothing */
#define ESCAPE_MORE_MOST 300 /* milliseconds by which a slow line makes a lone Esc wait longer */
#define REPORT "\033[5n"

struct term {
    struct term_options options;
    struct strbuf asked; /* TERM */
    struct tty *tty;
    struct decoder *decoder;
    struct screen *screen;
    struct link *link;
    int rows, columns;
    bool ansi, utf8, theme_ascii, ambiguous_wide;
    bool owes_frame; /* a picture was left out because the line was busy */
    int unanswered;  /* reports asked for; a lost one stays in it */
    bool resumed;    /* and the signal that tells so is still to come */
    bool told_slow;  /* the line, by the last KEY_CODE_DRAW */
    size_t burst;    /* bytes of input since the last time there was none */
    long escape_at;  /* when what has begun is settled; 0: nothing has */
    struct key click;
    long clicked_at;
};

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

/* --- opening and closing ------------------------------------------------------------------- */

static void send_bytes(struct term *term, const char *bytes, size_t count)
{
    link_sent(term->link, (long)count, now_ms());
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
    strbuf_format(&question, width ? "\033[2;1H%s\033[6n\r  \r" : REPORT, mark);
    if (term->ansi) {
        tty_send(term->tty, strbuf_text(&question), question.length);
        decoder_expect_position(term->decoder, width);
        link_asked(term->link, now_ms());
        term->unanswered++;
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

/* --- pictures ------------------------------------------------------------------------------ */

/* The one timer rings for an Esc that was one, or for a picture that waits. */
static void set_alarm(struct term *term)
{
    long now = now_ms(), soonest = term->owes_frame ? link_wait(term->link, now) : 0;
    long escape = term->escape_at > now ? term->escape_at - now : 1;
    if (term->escape_at && (soonest == 0 || escape < soonest))
        soonest = escape;
    tty_set_alarm(term->tty, (int)soonest);
}

/* Where a report may stand in a picture: before a sequence (ESC is in no charset's character) that
 * does not repeat the character before it. */
static size_t place_for_report(const char *bytes, size_t count, size_t from)
{
    for (size_t at = from; at < count; at++) {
        size_t end = at + 2;
        if (bytes[at] != '\033' || end >= count || bytes[at + 1] != '[')
            continue;
        while (end < count && bytes[end] >= 0x20 && bytes[end] < 0x40)
            end++;
        if (end < count && bytes[end] != 'b')
            return at;
    }
    return count;
}

/* Appends a piece of a picture and, where it is worth it, asks for a report behind it. */
static void add_piece(struct term *term, struct strbuf *out, const char *bytes, size_t count)
{
    long now = now_ms();
    bool report = term->ansi && link_wants_report(term->link, (long)count);
    strbuf_add_n(out, bytes, count);
    strbuf_add(out, report ? REPORT : "");
    link_sent(term->link, (long)(count + (report ? strlen(REPORT) : 0)), now);
    if (report)
        link_asked(term->link, now);
    term->unanswered += report;
}

static void send_picture(struct term *term, const char *bytes, size_t count)
{
    struct strbuf out = {0};
    size_t piece = (size_t)link_piece(term->link);
    for (size_t from = 0; from < count;) {
        size_t left = count - from;
        size_t take =
            left * 2 > piece * 3 ? place_for_report(bytes, count, from + piece) - from : left;
        add_piece(term, &out, bytes + from, take);
        from += take;
    }
    tty_send(term->tty, strbuf_text(&out), out.length);
    strbuf_clear(&out);
}

void term_show(struct term *term, const struct canvas *canvas)
{
    struct strbuf out = {0};
    term->owes_frame = tty_has_unsent(term->tty) || link_wait(term->link, now_ms()) > 0;
    if (term->owes_frame) {
        set_alarm(term);
        return;
    }
    screen_show(term->screen, canvas, &out);
    send_picture(term, strbuf_text(&out), out.length);
    strbuf_clear(&out);
}

void term_wipe(struct term *term)
{
    struct strbuf out = {0};
    terminfo_add(&out, "sgr0");
    terminfo_add(&out, "clear");
    tty_send(term->tty, strbuf_text(&out), out.length);
    strbuf_clear(&out);
}

void term_repaint(struct term *term)
{
    screen_repaint(term->screen);
}

/* --- keys ---------------------------------------------------------------------------------- */

/* The width of ※ is where the cursor stood behind it. An answer that cannot be one counts for
 * nothing. */
static bool take_position(struct term *term, const struct key *key)
{
    if (key->row != 1 || key->column < 1 || key->column > 2)
        return false;
    decoder_expect_position(term->decoder, false);
    if (key->column != 2)
        return false;
    term->ambiguous_wide = true;
    screen_set_ambiguous_wide(term->screen);
    return true;
}

/* A second press at the same place soon after the first is a double one. */
static void take_click(struct term *term, struct key *key)
{
    long at = now_ms();
    bool again = term->click.row == key->row && term->click.column == key->column;
    if (key->button == 1 && again && at - term->clicked_at < DOUBLE_CLICK_MS) {
        key->button = 2;
        at = 0;
    }
    if (key->button < 4) {
        term->click = *key;
        term->clicked_at = at;
    }
}

/* Keys that are the terminal's own affair are taken here; false: `key` is the person's. */
static bool take_own(struct term *term, struct key *key)
{
    if (key->code == KEY_CODE_POSITION || key->code == KEY_CODE_STATUS) {
        link_answered(term->link, now_ms());
        term->unanswered -= term->unanswered > 0;
    }
    if (key->code == KEY_CODE_POSITION && take_position(term, key)) {
        *key = (struct key){.code = KEY_CODE_RESIZE};
        return false;
    }
    if (key->code == KEY_CODE_MOUSE && !term->options.mouse) /* nobody asked for it */
        return true;
    if (key->code == KEY_CODE_MOUSE)
        take_click(term, key);
    return key->code == KEY_CODE_POSITION || key->code == KEY_CODE_STATUS;
}

static bool take_decoded(struct term *term, bool final, struct key *out)
{
    while (decoder_next(term->decoder, final, out))
        if (!take_own(term, out))
            return true;
    return false;
}

/* How long what has begun waits for its end: on a slow line the bytes of an arrow key come further
 * apart. */
static long escape_wait(const struct term *term)
{
    struct link_figures line = link_figures(term->link);
    long more = 2 * line.jitter + (line.rate > 0 ? 3000 / line.rate : 0);
    long wait = term->options.escape_ms + (more < ESCAPE_MORE_MOST ? more : ESCAPE_MORE_MOST);
    bool typed = decoder_may_be_typed(term->decoder);
    return typed || wait > SEQUENCE_MS ? wait : SEQUENCE_MS;
}

/* Bytes of input; none, though more may wait, when a flood must not keep everything else waiting.
 */
static size_t take_bytes(struct term *term, char *bytes, size_t most)
{
    size_t count = term->burst < BURST_MOST ? tty_read(term->tty, bytes, most) : 0;
    term->burst = count > 0 ? term->burst + count : 0;
    return count;
}

static bool take_input(struct term *term, struct key *out)
{
    char bytes[4096];
    bool final = term->escape_at && now_ms() >= term->escape_at && term->burst < BURST_MOST;
    for (;;) {
        if (take_decoded(term, false, out))
            return true;
        size_t count = take_bytes(term, bytes, sizeof bytes);
        if (count == 0)
            break;
        decoder_feed(term->decoder, bytes, count);
        term->escape_at = 0;
        final = false;
    }
    if (final && take_decoded(term, true, out))
        return true;
    if (!decoder_is_pending(term->decoder) || final)
        term->escape_at = 0;
    else if (term->escape_at == 0)
        term->escape_at = now_ms() + escape_wait(term);
    return false;
}

/* The line has room for a picture that was left out, or has turned out to be slow or fast. */
static bool take_room(struct term *term, struct key *out)
{
    bool slow = link_figures(term->link).slow;
    bool room = term->owes_frame && tty_flush(term->tty, 0) && link_wait(term->link, now_ms()) == 0;
    if (!room && slow == term->told_slow)
        return false;
    term->owes_frame &= !room;
    term->told_slow = slow;
    *out = (struct key){.code = KEY_CODE_DRAW};
    return true;
}

bool term_key(struct term *term, struct key *out)
{
    tty_alarm_rang(term->tty);
    tty_flush(term->tty, 0);
    if (take_input(term, out) || take_room(term, out))
        return true;
    set_alarm(term);
    return false;
}

/* --- the rest ------------------------------------------------------------------------------ */

void term_bell(struct term *term)
{
    if (tty_unsent(term->tty) < UNSENT_MOST)
        send_text(term, "\a");
}

bool term_copy(struct term *term, const char *text)
{
    struct strbuf sequence = {0};
    bool ok = term->ansi && tty_unsent(term->tty) < UNSENT_MOST &&
              clipboard_sequence(&sequence, term_name(term), text);
    if (ok)
        send_picture(term, strbuf_text(&sequence), sequence.length);
    strbuf_clear(&sequence);
    return ok;
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
    long until = now_ms() + CLOSE_WAIT_MS;
    bool sent = tty_flush(term->tty, CLOSE_WAIT_MS);
    if (link_figures(term->link).silent)
        return;
    for (long now; sent && term->unanswered > 0 && (now = now_ms()) < until;) {
        char bytes[256];
        struct key key;
        size_t count =
            tty_wait(term->tty, (int)(until - now)) ? tty_read(term->tty, bytes, sizeof bytes) : 0;
        if (count == 0)
            break;
        decoder_feed(term->decoder, bytes, count);
        while (decoder_next(term->decoder, false, &key))
            take_own(term, &key);
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
