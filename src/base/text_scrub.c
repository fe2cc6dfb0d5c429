/* The edge: what a terminal would obey, or a reader could not see, is replaced before it comes in.
 */
#include "base/text.h"

#include <string.h>

#define NEWLINE_SIGN "⏎"
#define PLACEHOLDER "\xEF\xBF\xBD"

static bool is_harmful(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || /* controls, C1 */
           code == 0x2028 || code == 0x2029 ||             /* line and paragraph separators */
           code == 0x061C || (code >= 0x200E && code <= 0x200F) ||
           (code >= 0x202A && code <= 0x202E) || /* bidi marks, embeddings, overrides */
           (code >= 0x2066 && code <= 0x206F) || /* isolates, deprecated formats */
           (code >= 0xFFF9 && code <= 0xFFFB) || /* interlinear annotations */
           (code >= 0xE0000 && code <= 0xE007F); /* tags: text nobody sees */
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

/* Length of what may stay as it is; stops before the first character that may not. */
static size_t count_clean(const char *bytes, size_t count)
{
    size_t at = 0;
    while (at < count) {
        if (bytes[at] >= 0x20 && bytes[at] < 0x7F) {
            at++;
            continue;
        }
        uint32_t code;
        int length = decode_some(bytes + at, count - at, &code);
        if (is_harmful(code) || (code == 0xFFFD && length == 1)) {
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
    for (size_t at = 0; at < count;) {
        size_t clean = count_clean(bytes + at, count - at);
        strbuf_add_n(buf, bytes + at, clean);
        at += clean;
        if (at < count) {
            uint32_t code;
            strbuf_add(buf, replacement(bytes + at, count - at, flags));
            at += (size_t)decode_some(bytes + at, count - at, &code);
        }
    }
}

bool text_is_clean(const char *text, enum text_scrub_flags flags)
{
    uint32_t code;
    for (int length; (length = text_decode(text, &code)) > 0; text += length) {
        bool bad_byte = code == 0xFFFD && length == 1;
        bool allowed = code == '\n' && (flags & TEXT_LINES);
        if (bad_byte || (is_harmful(code) && !allowed)) {
            return false;
        }
    }
    return true;
}
