/* Pictures on their way to the terminal, and the reports asked for behind them. */
#include <string.h>

#include "clipboard.h"
#include "term_parts.h"
#include "terminfo.h"

/* The one timer rings for an Esc that was one, or for a picture that waits. */
void term_set_alarm(struct term *term)
{
    long now = term_now(), soonest = term->owes_frame ? link_wait(term->link, now) : 0;
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
    long now = term_now();
    bool report = term->ansi && link_wants_report(term->link, (long)count);
    strbuf_add_n(out, bytes, count);
    strbuf_add(out, report ? TERM_REPORT : "");
    link_sent(term->link, (long)(count + (report ? strlen(TERM_REPORT) : 0)), now);
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
    term->owes_frame = tty_has_unsent(term->tty) || link_wait(term->link, term_now()) > 0;
    if (term->owes_frame) {
        term_set_alarm(term);
        return;
    }
    screen_show(term->screen, canvas, &out);
    send_picture(term, strbuf_text(&out), out.length);
    strbuf_clear(&out);
}

void term_wipe(struct term *term)
{
    struct strbuf out = {0};
    if (tty_discard(term->tty)) /* what it broke off in the middle of is not carried out */
        strbuf_add(&out, term->ansi ? "\030" : "");
    terminfo_add(&out, "sgr0");
    terminfo_add(&out, "clear");
    tty_send(term->tty, strbuf_text(&out), out.length);
    strbuf_clear(&out);
}

void term_repaint(struct term *term)
{
    screen_repaint(term->screen);
}

bool term_copy(struct term *term, const char *text)
{
    struct strbuf sequence = {0};
    bool ok = term->ansi && tty_unsent(term->tty) < TERM_UNSENT_MOST &&
              clipboard_sequence(&sequence, term_name(term), text);
    if (ok)
        send_picture(term, strbuf_text(&sequence), sequence.length);
    strbuf_clear(&sequence);
    return ok;
}
