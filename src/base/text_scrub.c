/* The edge: what a terminal would obey, or a reader could not see, is replaced before it comes in.
 */
#include "base/text.h"

#include <string.h>
#include <unictype.h>

#define NEWLINE_SIGN "⏎"
#define PLACEHOLDER "\xEF\xBF\xBD"

#define MARKS_MOST 8 /* on one base; no script has so many */

/* Controls, and what takes no room and shows nothing: two texts that look alike would not be one.
 */
static bool is_harmful(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0xAD, 0xAD},     /* soft hyphen */
        {0x34F, 0x34F},   /* grapheme joiner */
        {0x61C, 0x61C},   /* bidi mark */
        {0x115F, 0x1160}, /* fillers of Hangul */
        {0x17B4, 0x17B5}, /* vowels of Khmer that are not drawn */
        {0x180B, 0x180F}, /* selectors of Mongolian */
        {0x200B, 0x200F}, /* blanks without width, joiners, bidi marks */
        {0x2028, 0x202E}, /* line and paragraph separators, embeddings, overrides */
        {0x2060, 0x206F}, /* word joiner, isolates, deprecated formats */
        {0x3164, 0x3164},
        {0xFE00, 0xFE0F}, /* variation selectors, behind emoji, too: they are drawn without */
        {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF9, 0xFFFB}, /* interlinear annotations */
        {0x1D173, 0x1D17A},                                   /* of music */
        {0xE0000, 0xE0FFF}, /* tags and selectors: text nobody sees */
    };
    if (code < 0xA0)
        return code < 0x20 || code >= 0x7F; /* controls, C1 */
    if ((code >= 0x3165 && code < 0xFE00) || (code >= 0x2070 && code < 0x3164))
        return false;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges && code >= ranges[i].first; i++)
        if (code <= ranges[i].last)
            return true;
    return false;
}

static bool is_mark(uint32_t code)
{
    return code >= 0x300 && !(code >= 0x3100 && code < 0xA000) && uc_combining_class(code) != 0;
}

/* text_decode for bytes with an end instead of a NUL: the few bytes near it are copied. */
static int decode_some(const char *bytes, size_t count, uint32_t *code)
{
    if (*bytes == '\0') {
        *code = 0;
        return 1;
    }
    if (count >= 4) {
        return text_decode(bytes, code);
    }
    char tail[5] = "";
    memcpy(tail, bytes, count);
    return text_decode(tail, code);
}

/* What most texts are made of, told without decoding: letters of ASCII, U+4000..U+9FFF, and the
 * marks beside them, U+3000..U+303F without those that go on top of a letter, and U+FF00..U+FF3F.
 */
static size_t count_common(const char *text, size_t count)
{
    const unsigned char *at = (const unsigned char *)text, *end = at + count;
    while (at < end) {
        if (*at >= 0x20 && *at < 0x7F) {
            at++;
            continue;
        }
        if (end - at < 3 || (at[1] & 0xC0) != 0x80 || (at[2] & 0xC0) != 0x80 ||
            !((*at >= 0xE4 && *at <= 0xE9) ||
                (*at == 0xE3 && at[1] == 0x80 && (at[2] < 0xAA || at[2] > 0xAF)) ||
                (*at == 0xEF && at[1] == 0xBC)))
            break;
        at += 3;
    }
    return (size_t)(at - (const unsigned char *)text);
}

/* Length of what may stay as it is; stops before the first character that may not. `marks` are
 * those on the base before. */
static size_t count_clean(const char *bytes, size_t count, int *marks)
{
    size_t at = 0;
    while (at < count) {
        size_t common = count_common(bytes + at, count - at);
        if (common > 0) {
            *marks = 0;
            at += common;
            continue;
        }
        uint32_t code;
        int length = decode_some(bytes + at, count - at, &code);
        if (is_harmful(code) || (code == 0xFFFD && length == 1)) {
            *marks = 0;
            break;
        }
        *marks = is_mark(code) ? *marks + 1 : 0;
        if (*marks > MARKS_MOST) {
            break;
        }
        at += (size_t)length;
    }
    return at;
}

/* What stands for the character at `bytes`, which count_clean stopped at. */
static const char *replacement(const char *bytes, size_t count, enum text_scrub_flags flags)
{
    switch (*bytes) {
    case '\n':
        return flags & TEXT_LINES ? "\n" : NEWLINE_SIGN;
    case '\t':
        return " ";
    case '\r':
        return count > 1 && bytes[1] == '\n' ? "" : PLACEHOLDER;
    default:
        return PLACEHOLDER;
    }
}

void text_scrub(struct strbuf *buf, const char *bytes, size_t count, enum text_scrub_flags flags)
{
    int marks = 0;
    for (size_t at = 0; at < count;) {
        size_t clean = count_clean(bytes + at, count - at, &marks);
        strbuf_add_n(buf, bytes + at, clean);
        at += clean;
        if (at < count) {
            uint32_t code;
            if (marks <= MARKS_MOST)
                strbuf_add(buf, replacement(bytes + at, count - at, flags));
            at += (size_t)decode_some(bytes + at, count - at, &code);
        }
    }
}

bool text_is_clean(const char *text, enum text_scrub_flags flags)
{
    uint32_t code;
    const char *end = text + strlen(text);
    int marks = 0, length = 0;
    for (;; text += length) {
        size_t common = count_common(text, (size_t)(end - text));
        text += common;
        marks = common > 0 ? 0 : marks;
        length = text_decode(text, &code);
        if (length == 0)
            return true;
        marks = is_mark(code) ? marks + 1 : 0;
        bool bad_byte = code == 0xFFFD && length == 1;
        bool allowed = code == '\n' && (flags & TEXT_LINES);
        if (bad_byte || marks > MARKS_MOST || (is_harmful(code) && !allowed))
            return false;
    }
}
