#include "harness/wire.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

#define ESC '\033'

/* After ESC [: what leads, and the letter at the end. libvterm judges what those do that it knows;
 * those it passes over are told by what they do elsewhere, and none of them moves anything. */
static const struct {
    const char *lead, *finals;
    const char *unknown; /* to libvterm, and why that does no harm */
} controls[] = {
    {"", "ABCDEFGHJKLMPSTXZ@bdfmr", NULL},
    {"", "n", NULL},                              /* 6n and 5n: reports are asked for */
    {"?", "hl", NULL},                            /* modes; which ones: below */
    {"?", "c", "linux: the shape of the cursor"}, /* ESC [ ? 0 c */
    {"", "t", "xterm: keeps the window's title and puts it back"},
    {"", "hl", "screen, tmux: 34, a cursor that is easily seen"},
    {">", "n", "xterm: how it tells modified keys"},
};
static const int modes[] = {
    1, 3, 4, 5, 7, 12, 25, 34, 47, 1000, 1006, 1034, 1047, 1048, 1049, 2004};
/* After ESC: charsets, the keypad, the cursor kept, one line up or down. */
static const char *const escapes[] = {
    "(B", ")0", "(0", "(U", ")B", "=", ">", "7", "8", "M", "D", "E", "c"};

static bool tell(struct strbuf *problem, const char *what, const char *bytes, size_t count)
{
    strbuf_format(problem, "%s:", what);
    for (size_t i = 0; i < count && i < 24; i++)
        strbuf_format(
            problem, bytes[i] > 0x20 && bytes[i] < 0x7f ? " %c" : " %02x", (unsigned char)bytes[i]);
    return false;
}

static bool has_known_modes(const char *numbers, size_t count)
{
    for (size_t at = 0; at < count; at++) {
        int number = atoi(numbers + at);
        bool known = false;
        for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
            known |= modes[i] == number;
        if (!known)
            return false;
        while (at < count && numbers[at] != ';')
            at++;
    }
    return true;
}

/* Length of what stands behind ESC [, its end included; 0: not one of the list. */
static size_t known_control(const char *bytes, size_t count)
{
    size_t at = 0, lead = count > 0 && strchr("<=>?", bytes[0]) ? 1 : 0;
    while (at < count && bytes[at] >= 0x20 && bytes[at] < 0x40)
        at++;
    if (at == count)
        return 0;
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++) {
        if (strlen(controls[i].lead) != lead || strncmp(controls[i].lead, bytes, lead) != 0 ||
            !strchr(controls[i].finals, bytes[at]))
            continue;
        bool mode = bytes[at] == 'h' || bytes[at] == 'l';
        return !mode || has_known_modes(bytes + lead, at - lead) ? at + 1 : 0;
    }
    return 0;
}

static size_t known_escape(const char *bytes, size_t count)
{
    if (count > 0 && bytes[0] == '[') {
        size_t length = known_control(bytes + 1, count - 1);
        return length > 0 ? length + 1 : 0;
    }
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        size_t length = strlen(escapes[i]);
        if (length <= count && memcmp(bytes, escapes[i], length) == 0)
            return length;
    }
    return 0;
}

/* A run without controls: whole characters of the charset, none of them a control. */
static bool is_text(const char *bytes, size_t count, const char *charset, struct strbuf *problem)
{
    iconv_t from = iconv_open("UTF-8", charset ? charset : "UTF-8");
    char *copy = alloc_string_n(bytes, count), *in = copy, *room = alloc_zero(count * 4 + 1, 1);
    char *out = room;
    size_t left = count, free_room = count * 4;
    bool whole = iconv(from, &in, &left, &out, &free_room) != (size_t)-1;
    bool clean = whole && text_is_clean(room, TEXT_ONE_LINE);
    iconv_close(from);
    if (!clean)
        tell(problem, whole ? "a control" : "half a character", in - (in > copy), left + 1);
    free(copy);
    free(room);
    return clean;
}

bool wire_is_known(const char *bytes, size_t count, const char *charset, struct strbuf *problem)
{
    for (size_t at = 0, length; at < count; at += length) {
        length = 0;
        while (at + length < count && !iscntrl((unsigned char)bytes[at + length]))
            length++;
        if (length > 0) {
            if (!is_text(bytes + at, length, charset, problem))
                return false;
        } else if (bytes[at] == ESC) {
            length = known_escape(bytes + at + 1, count - at - 1) + 1;
            if (length == 1)
                return tell(problem, "a sequence", bytes + at, count - at);
        } else {
            length = 1;
            if (!strchr("\r\n\b\a\016\017", bytes[at]) || bytes[at] == '\0')
                return tell(problem, "a control", bytes + at, count - at);
        }
    }
    return true;
}
