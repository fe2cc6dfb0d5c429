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
#include "screen.h"
#include "tty.h"

#define CLOSE_WAIT_MS 500 /* for the line to take the last bytes */
#define DOUBLE_CLICK_MS 400
#define SEQUENCE_MS 500   /* for the rest of what only a terminal sends */
#define BURST_MOST 262144 /* bytes of input taken before others have their turn */
#define UNSENT_MOST 65536 /* of bells and copies, while the line takes nothing */

struct term {
    struct term_options options;
    struct strbuf asked; /* TERM */
    struct tty *tty;
    struct decoder *decoder;
    struct screen *screen;
    int rows, columns;
    bool ansi, utf8, theme_ascii, ambiguous_wide;
    bool owes_frame; /* a picture was left out because the line was busy */
    bool resumed;    /* and the signal that tells so is still to come */
    size_t burst;    /* bytes of input since the last time there was none */
    struct key click;
    long clicked_at;
};

/* --- opening and closing ------------------------------------------------------------------- */

static const struct {
    const char *capability;
    uint32_t code;
    unsigned modifiers;
} terminfo_keys[] = {
    {"kcuu1", KEY_CODE_UP, 0},
    {"kcud1", KEY_CODE_DOWN, 0},
    {"kcub1", KEY_CODE_LEFT, 0},
    {"kcuf1", KEY_CODE_RIGHT, 0},
    {"khome", KEY_CODE_HOME, 0},
    {"kend", KEY_CODE_END, 0},
    {"kpp", KEY_CODE_PAGE_UP, 0},
    {"knp", KEY_CODE_PAGE_DOWN, 0},
    {"kich1", KEY_CODE_INSERT, 0},
    {"kdch1", KEY_CODE_DELETE, 0},
    {"kbs", KEY_CODE_BACKSPACE, 0},
    {"kent", KEY_CODE_ENTER, 0},
    {"kcbt", KEY_CODE_BACK_TAB, 0},
    {"kri", KEY_CODE_UP, KEY_SHIFT},
    {"kind", KEY_CODE_DOWN, KEY_SHIFT},
    {"kLFT", KEY_CODE_LEFT, KEY_SHIFT},
    {"kRIT", KEY_CODE_RIGHT, KEY_SHIFT},
};

/* A single byte is a key of its own everywhere but for Backspace, which may be ^H. */
static void define_key(struct term *term, const char *name, uint32_t code, unsigned modifiers)
{
    const char *sequence = screen_capability(name);
    if (sequence && (strlen(sequence) > 1 || code == KEY_CODE_BACKSPACE))
        decoder_define(term->decoder, sequence, code, modifiers);
}

static void define_keys(struct term *term)
{
    for (size_t i = 0; i < sizeof terminfo_keys / sizeof terminfo_keys[0]; i++)
        define_key(
            term, terminfo_keys[i].capability, terminfo_keys[i].code, terminfo_keys[i].modifiers);
    for (unsigned i = 1; i <= 12; i++) {
        char name[8];
        snprintf(name, sizeof name, "kf%u", i);
        define_key(term, name, KEY_CODE_F1 + i - 1, 0);
    }
}

static void send_text(struct term *term, const char *text)
{
    tty_send(term->tty, text, strlen(text));
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

/* Asks how wide ※ is here, in the second row (decoder.h). The answer comes, or not, among the keys.
 * In other charsets it is not asked: the C library has such characters as wide in them, whatever
 * the terminal does, so look-alikes are shown. */
static void probe_width(struct term *term)
{
    if (!term->utf8 || !term->ansi || term->options.ambiguous != 0 || term->rows < 2)
        return;
    send_text(term, "\033[2;1H※\033[6n\r  \r");
    decoder_expect_position(term->decoder, true);
}

static void begin(struct term *term)
{
    struct strbuf out = {0};
    screen_begin(term->screen, &out);
    tty_send(term->tty, strbuf_text(&out), out.length);
    strbuf_clear(&out);
    enter_modes(term);
}

static void leave(struct term *term)
{
    struct strbuf out = {0};
    leave_modes(term);
    screen_leave(term->screen, &out);
    tty_send(term->tty, strbuf_text(&out), out.length);
    strbuf_clear(&out);
}

/* Without the pauses ($<2>) that terminals no longer need. */
static void add_capability(struct strbuf *out, const char *name)
{
    const char *sequence = screen_capability(name);
    while (sequence && *sequence) {
        const char *pause = strstr(sequence, "$<"), *end = pause ? strchr(pause, '>') : NULL;
        strbuf_add_n(out, sequence, end ? (size_t)(pause - sequence) : strlen(sequence));
        sequence = end ? end + 1 : NULL;
    }
}

/* Ready for a moment when nothing can be asked any more. */
static void prepare_ending(struct term *term)
{
    static const char *const capabilities[] = {"sgr0", "rmcup", "cnorm", "rmkx"};
    struct strbuf ending = {0};
    if (term->ansi)
        strbuf_add(
            &ending, term->options.mouse ? "\033[?1006l\033[?1000l\033[?2004l" : "\033[?2004l");
    for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++)
        add_capability(&ending, capabilities[i]);
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
    term->ambiguous_wide = options->ambiguous == 2;
    if (term->ambiguous_wide)
        screen_set_ambiguous_wide(term->screen);
    int rows, columns;
    term_size(term, &rows, &columns);
    define_keys(term);
    prepare_ending(term);
    begin(term);
    probe_width(term);
    *out = term;
    return true;
}

void term_close(struct term *term)
{
    if (!term)
        return;
    leave(term);
    tty_close(term->tty, CLOSE_WAIT_MS);
    screen_close(term->screen);
    decoder_free(term->decoder);
    strbuf_clear(&term->asked);
    free(term);
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

bool term_lost(const struct term *term)
{
    return tty_lost(term->tty);
}

long term_bytes(const struct term *term)
{
    return tty_sent(term->tty);
}

long term_taken(const struct term *term)
{
    bool unfinished = decoder_is_pending(term->decoder) || tty_has_unsent(term->tty);
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

void term_show(struct term *term, const struct canvas *canvas)
{
    struct strbuf out = {0};
    if (tty_has_unsent(term->tty)) {
        term->owes_frame = true;
        return;
    }
    screen_show(term->screen, canvas, &out);
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
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long at = now.tv_sec * 1000L + now.tv_nsec / 1000000L;
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
    if (key->code == KEY_CODE_POSITION && take_position(term, key)) {
        *key = (struct key){.code = KEY_CODE_RESIZE};
        return false;
    }
    if (key->code == KEY_CODE_MOUSE && !term->options.mouse) /* nobody asked for it */
        return true;
    if (key->code == KEY_CODE_MOUSE)
        take_click(term, key);
    return key->code == KEY_CODE_POSITION;
}

static bool take_room(struct term *term, struct key *out)
{
    if (!tty_flush(term->tty, 0) || !term->owes_frame)
        return false;
    term->owes_frame = false;
    *out = (struct key){.code = KEY_CODE_RESIZE};
    return true;
}

static void set_alarm(struct term *term)
{
    int wait = term->options.escape_ms;
    if (!decoder_may_be_typed(term->decoder) && wait < SEQUENCE_MS)
        wait = SEQUENCE_MS;
    tty_set_alarm(term->tty, decoder_is_pending(term->decoder) ? wait : 0);
}

/* Bytes of input; none, though more may wait, when a flood must not keep everything else waiting.
 */
static size_t take_bytes(struct term *term, char *bytes, size_t most)
{
    size_t count = term->burst < BURST_MOST ? tty_read(term->tty, bytes, most) : 0;
    term->burst = count > 0 ? term->burst + count : 0;
    return count;
}

bool term_key(struct term *term, struct key *out)
{
    char bytes[4096];
    bool final = tty_alarm_rang(term->tty) && term->burst < BURST_MOST;
    if (take_room(term, out))
        return true;
    for (;;) {
        while (decoder_next(term->decoder, false, out))
            if (!take_own(term, out))
                return true;
        size_t count = take_bytes(term, bytes, sizeof bytes);
        if (count == 0)
            break;
        decoder_feed(term->decoder, bytes, count);
        final = false;
    }
    while (final && decoder_next(term->decoder, true, out))
        if (!take_own(term, out))
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
        send_text(term, strbuf_text(&sequence));
    strbuf_clear(&sequence);
    return ok;
}

void term_ask_status(struct term *term)
{
    if (term->ansi)
        send_text(term, "\033[5n");
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

static bool is_continued(void)
{
    sigset_t waiting;
    return sigpending(&waiting) == 0 && sigismember(&waiting, SIGCONT) == 1;
}

void term_suspend(struct term *term)
{
    leave(term);
    tty_flush(term->tty, CLOSE_WAIT_MS);
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
