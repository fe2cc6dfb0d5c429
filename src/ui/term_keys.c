/* Keys as they come from the terminal, and what it answers among them. */
#include "term_parts.h"

#define DOUBLE_CLICK_MS 400
#define SEQUENCE_MS 500      /* for the rest of what only a terminal sends */
#define BURST_MOST 262144    /* bytes of input taken before others have their turn */
#define ESCAPE_MORE_MOST 300 /* milliseconds by which a slow line makes a lone Esc wait longer */

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
    long at = term_now();
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
bool term_take_own(struct term *term, struct key *key)
{
    if (key->code == KEY_CODE_POSITION || key->code == KEY_CODE_STATUS) {
        link_answered(term->link, term_now());
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
        if (!term_take_own(term, out))
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
    bool final = term->escape_at && term_now() >= term->escape_at && term->burst < BURST_MOST;
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
        term->escape_at = term_now() + escape_wait(term);
    return false;
}

/* The line has room for a picture that was left out, or has turned out to be slow or fast. */
static bool take_room(struct term *term, struct key *out)
{
    bool slow = link_figures(term->link).slow;
    bool room =
        term->owes_frame && tty_flush(term->tty, 0) && link_wait(term->link, term_now()) == 0;
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
    term_set_alarm(term);
    return false;
}
