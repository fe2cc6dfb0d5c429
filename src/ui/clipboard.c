#include "clipboard.h"

#include <string.h>

#define TEXT_MOST 74994  /* xterm takes 100,000 bytes of Base64 */
#define SCREEN_PIECE 256 /* screen's strings are short */

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void add_base64(struct strbuf *out, const char *text)
{
    size_t left = strlen(text);
    for (const unsigned char *s = (const unsigned char *)text; left > 0; s += 3) {
        size_t count = left < 3 ? left : 3;
        unsigned long bits = (unsigned long)s[0] << 16;
        bits |= count > 1 ? (unsigned long)s[1] << 8 : 0;
        bits |= count > 2 ? s[2] : 0u;
        strbuf_add_char(out, digits[bits >> 18 & 63]);
        strbuf_add_char(out, digits[bits >> 12 & 63]);
        strbuf_add_char(out, count > 1 ? digits[bits >> 6 & 63] : '=');
        strbuf_add_char(out, count > 2 ? digits[bits & 63] : '=');
        left -= count;
    }
}

static bool is_named(const char *name, const char *family)
{
    return strncmp(name, family, strlen(family)) == 0;
}

/* A paper terminal, a VT and the Linux console would show the sequence as text. */
static bool has_none(const char *name)
{
    static const char *const families[] = {
        "dumb", "vt1", "vt2", "vt3", "vt4", "vt5", "linux", "ansi", "cons25"};
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (is_named(name, families[i]))
            return true;
    return false;
}

static void add_in_pieces(struct strbuf *out, const struct strbuf *sequence)
{
    for (size_t at = 0; at < sequence->length; at += SCREEN_PIECE) {
        size_t left = sequence->length - at;
        strbuf_add(out, "\033P");
        strbuf_add_n(out, sequence->text + at, left < SCREEN_PIECE ? left : SCREEN_PIECE);
        strbuf_add(out, "\033\\");
    }
}

bool clipboard_sequence(struct strbuf *out, const char *name, const char *text)
{
    if (has_none(name) || strlen(text) > TEXT_MOST)
        return false;
    struct strbuf sequence = {0};
    strbuf_add(&sequence, "\033]52;c;");
    add_base64(&sequence, text);
    strbuf_add_char(&sequence, '\a');
    /* Plain first: tmux with set-clipboard takes that one; the terminal around it the other. */
    strbuf_add_n(out, sequence.text, sequence.length);
    if (is_named(name, "tmux"))
        strbuf_format(out, "\033Ptmux;\033%s\033\\", strbuf_text(&sequence));
    else if (is_named(name, "screen"))
        add_in_pieces(out, &sequence);
    strbuf_clear(&sequence);
    return true;
}
