#include "sgr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ESC 0x1b
#define SHIFT_IN 0x0f
#define PARAMETERS_MOST 64

enum { BOLD = 1, DIM = 2, UNDERLINE = 4, REVERSE = 8 };

static const struct {
    int code;
    unsigned sets, clears;
} attribute_codes[] = {
    {1, BOLD, 0}, {2, DIM, 0}, {4, UNDERLINE, 0}, {7, REVERSE, 0}, {22, 0, BOLD | DIM},
    {24, 0, UNDERLINE}, {27, 0, REVERSE},
    {10, 0, 0}, /* the usual font, which the Linux console names each time */
};
#define ATTRIBUTE_CODES (sizeof attribute_codes / sizeof attribute_codes[0])

void sgr_forget(struct sgr *sgr)
{
    *sgr = (struct sgr){0};
}

/* --- reading ------------------------------------------------------------------------------- */

static bool set_attribute(struct sgr_pen *pen, int code)
{
    for (size_t i = 0; i < ATTRIBUTE_CODES; i++)
        if (attribute_codes[i].code == code) {
            pen->attributes =
                (pen->attributes & ~attribute_codes[i].clears) | attribute_codes[i].sets;
            return true;
        }
    return false;
}

/* How many bytes a colour's parameters take: 31, 38:2::1:2:3, 38;5;203, 38;2;1;2;3. */
static size_t colour_length(const char *text, int code)
{
    size_t length = strcspn(text, ";");
    if ((code != 38 && code != 48) || memchr(text, ':', length) || text[length] == '\0')
        return length;
    int more = strncmp(text + length, ";5;", 3) == 0   ? 2
               : strncmp(text + length, ";2;", 3) == 0 ? 4
                                                       : 0;
    for (; more > 0 && text[length] == ';'; more--)
        length += 1 + strcspn(text + length + 1, ";");
    return length;
}

static bool is_colour(int code, int base)
{
    return (code >= base && code <= base + 8) || (code >= base + 60 && code <= base + 67);
}

/* Applies the parameters of one SGR; false when there is something in it that is not known. */
static bool apply(struct sgr_pen *pen, const char *text)
{
    for (;;) {
        int code = (int)strtol(text, NULL, 10);
        size_t length = strcspn(text, ";");
        bool front = is_colour(code, 30), back = is_colour(code, 40);
        if (front || back) {
            char *colour = front ? pen->foreground : pen->background;
            length = colour_length(text, code);
            if (length >= sizeof pen->foreground)
                return false;
            memcpy(colour, text, length);
            colour[length] = '\0';
        } else if (code == 39) {
            pen->foreground[0] = '\0';
        } else if (code == 49) {
            pen->background[0] = '\0';
        } else if (code == 0) {
            *pen = (struct sgr_pen){0};
        } else if (!set_attribute(pen, code)) {
            return false;
        }
        if (text[length] == '\0')
            return true;
        text += length + 1;
    }
}

/* --- writing ------------------------------------------------------------------------------- */

static bool pen_equal(const struct sgr_pen *a, const struct sgr_pen *b)
{
    return a->attributes == b->attributes && strcmp(a->foreground, b->foreground) == 0 &&
           strcmp(a->background, b->background) == 0;
}

static void add_parameter(struct strbuf *out, const char *text, bool *first)
{
    if (!*first)
        strbuf_add_char(out, ';');
    strbuf_add(out, text);
    *first = false;
}

/* Whether `to` can be reached from `from` without taking anything away. */
static bool only_adds(const struct sgr_pen *from, const struct sgr_pen *to)
{
    return (from->attributes & ~to->attributes) == 0 &&
           (!from->foreground[0] || to->foreground[0]) &&
           (!from->background[0] || to->background[0]);
}

static void add_colour(struct strbuf *out, const char *from, const char *to, bool *first)
{
    if (to[0] && strcmp(from, to) != 0)
        add_parameter(out, to, first);
}

/* Brings the terminal's pen to where it is wanted. */
static void settle(struct sgr *sgr, struct strbuf *out)
{
    static const struct sgr_pen plain;
    if (sgr->known && pen_equal(&sgr->sent, &sgr->wanted))
        return;
    bool adds = sgr->known && only_adds(&sgr->sent, &sgr->wanted);
    const struct sgr_pen *from = adds ? &sgr->sent : &plain, *to = &sgr->wanted;
    bool first = true;
    strbuf_add(out, "\033[");
    if (!adds && !pen_equal(to, &plain))
        add_parameter(out, "0", &first);
    for (size_t i = 0; i < ATTRIBUTE_CODES; i++) {
        char code[8];
        snprintf(code, sizeof code, "%d", attribute_codes[i].code);
        if (attribute_codes[i].sets & to->attributes & ~from->attributes)
            add_parameter(out, code, &first);
    }
    add_colour(out, from->foreground, to->foreground, &first);
    add_colour(out, from->background, to->background, &first);
    strbuf_add_char(out, 'm');
    sgr->sent = sgr->wanted;
    sgr->known = true;
}

/* Before what may show the background in cells it empties. */
static void settle_background(struct sgr *sgr, struct strbuf *out)
{
    if (!sgr->known || strcmp(sgr->sent.background, sgr->wanted.background) != 0)
        settle(sgr, out);
}

/* --- the stream ---------------------------------------------------------------------------- */

/* Length of the sequence at `bytes`, which begins with ESC. */
static size_t sequence_length(const char *bytes, size_t count)
{
    size_t at = 1;
    if (at < count && bytes[at] == '[')
        at++;
    while (at < count &&
           ((bytes[1] == '[' && bytes[at] < 0x40) || (bytes[at] >= 0x20 && bytes[at] < 0x30)))
        at++;
    return at < count ? at + 1 : count;
}

static void write_sgr(struct sgr *sgr, const char *bytes, size_t length, struct strbuf *out)
{
    char parameters[PARAMETERS_MOST] = "";
    struct sgr_pen pen = sgr->wanted;
    if (length - 3 < sizeof parameters)
        memcpy(parameters, bytes + 2, length - 3);
    if (length - 3 < sizeof parameters && apply(&pen, parameters)) {
        sgr->wanted = pen;
        return;
    }
    settle(sgr, out);
    strbuf_add_n(out, bytes, length);
    sgr->known = false;
}

static void write_sequence(struct sgr *sgr, const char *bytes, size_t length, struct strbuf *out)
{
    char final = bytes[length - 1];
    bool control = length > 2 && bytes[1] == '[';
    if (control && final == 'm' && (bytes[2] < '<' || bytes[2] == 'm')) {
        write_sgr(sgr, bytes, length, out);
        return;
    }
    if (length == 3 && memcmp(bytes, "\033(B", 3) == 0) {
        if (!sgr->designated)
            strbuf_add_n(out, bytes, length);
        sgr->designated = true;
        return;
    }
    if (control && strchr("JKXLMP@STb", final))
        settle(sgr, out);
    else if (!control)
        settle_background(sgr, out);
    strbuf_add_n(out, bytes, length);
}

/* Length of what is drawn as it stands: up to the next control. */
static size_t text_length(const char *bytes, size_t count)
{
    size_t at = 0;
    while (at < count && (unsigned char)bytes[at] >= 0x20 && bytes[at] != 0x7f)
        at++;
    return at;
}

void sgr_write(struct sgr *sgr, const char *bytes, size_t count, struct strbuf *out)
{
    size_t length;
    for (size_t at = 0; at < count; at += length) {
        length = text_length(bytes + at, count - at);
        if (length > 0) {
            settle(sgr, out);
            strbuf_add_n(out, bytes + at, length);
        } else if (bytes[at] == ESC) {
            length = sequence_length(bytes + at, count - at);
            write_sequence(sgr, bytes + at, length, out);
        } else {
            length = 1;
            if (bytes[at] == '\n')
                settle_background(sgr, out);
            if (bytes[at] != SHIFT_IN ||
                !sgr->known) /* another character set is never shifted to */
                strbuf_add_char(out, bytes[at]);
        }
    }
    settle(sgr, out);
}
