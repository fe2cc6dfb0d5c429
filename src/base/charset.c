#include "base/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/language.h"

#define UTF8 "UTF-8"
#define UTF16LE "UTF-16LE"
#define UTF16BE "UTF-16BE"
#define GB18030 "GB18030"

/* --- UTF-8 ----------------------------------------------------------------------------------- */

/* Length of the character at `at`, 0 where there is none, and -1 where `end` cuts it off. */
static int utf8_length(const unsigned char *at, const unsigned char *end)
{
    unsigned char lead = *at;
    if (lead < 0x80)
        return 1;
    int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    for (int i = 1; i < length; i++) {
        if (at + i >= end)
            return -1;
        unsigned char least = 0x80,
                      most = 0xBF; /* no overlong forms, no surrogates, no more than U+10FFFF */
        if (i == 1) {
            least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        }
        if (at[i] < least || at[i] > most)
            return 0;
    }
    return length;
}

/* Where the first byte stands that is no UTF-8; `count` where all are. A character cut off at the
 * end is told by `*cut`. */
static size_t utf8_valid(const char *bytes, size_t count, bool *cut)
{
    const unsigned char *start = (const unsigned char *)bytes, *at = start, *end = start + count;
    int length = 1;
    *cut = false;
    while (at < end && (length = utf8_length(at, end)) > 0)
        at += length;
    *cut = at < end && length < 0;
    return (size_t)(at - start);
}

/* --- UTF-16 without a mark ------------------------------------------------------------------- */

static bool is_likely(unsigned unit)
{
    return (unit >= 0x20 && unit < 0x7F) || unit == '\t' || unit == '\r' || unit == '\n' ||
           (unit >= 0x4E00 && unit < 0xA000) || (unit >= 0x3000 && unit < 0x3040) ||
           (unit >= 0x2010 && unit < 0x2040) || (unit >= 0x2460 && unit < 0x2500) || unit >= 0xFF00;
}

/* Chinese and ASCII nearly throughout, with something that parts cells or lines, and no U+0000. */
static bool is_utf16(const char *bytes, size_t count, bool big)
{
    size_t units = 0, likely = 0, marks = 0;
    for (size_t at = 0; at + 1 < count; at += 2) {
        unsigned first = (unsigned char)bytes[at], second = (unsigned char)bytes[at + 1];
        unsigned unit = big ? first << 8 | second : second << 8 | first;
        if (unit == 0)
            return false;
        units++;
        likely += is_likely(unit);
        marks += unit == '\n' || unit == '\r' || unit == '\t' || unit == ',' || unit == ';';
    }
    return marks > 0 && likely * 10 >= units * 9;
}

/* --- GB18030 --------------------------------------------------------------------------------- */

/* Damaged or other text seldom decodes at all; where it does, it is of rare characters: the common
 * ones (GB2312) have both bytes above A0. */
static bool is_common_chinese(const char *bytes, size_t count)
{
    const unsigned char *at = (const unsigned char *)bytes, *end = at + count;
    size_t pairs = 0, common = 0;
    while (at < end) {
        if (*at < 0x80) {
            at++;
        } else if (at + 1 < end && at[1] >= 0x30 && at[1] <= 0x39) {
            at += 4;
            pairs++;
        } else {
            pairs++;
            common += at + 1 >= end || (at[0] > 0xA0 && at[0] < 0xF8 && at[1] > 0xA0);
            at += 2;
        }
    }
    return pairs > 0 && common * 10 >= pairs * 9;
}

/* --- conversion ------------------------------------------------------------------------------ */

struct conversion {
    size_t taken; /* bytes that were good */
    bool cut;     /* the rest is the beginning of a character */
    char *text;
    size_t count;
};

/* False where the system knows no such charset. */
static bool convert(const char *bytes, size_t count, const char *charset, struct conversion *out)
{
    iconv_t handle = iconv_open(UTF8, charset);
    *out = (struct conversion){0};
    if (handle == (iconv_t)-1)
        return false;
    size_t room = count + count / 2 + 16, left = room;
    char *in = (char *)bytes, *to = out->text = alloc_zero(room, 1);
    size_t in_left = count;
    while (iconv(handle, &in, &in_left, &to, &left) == (size_t)-1 && errno == E2BIG) {
        size_t used = (size_t)(to - out->text);
        left += room;
        room *= 2;
        out->text = alloc_resize(out->text, room, 1);
        to = out->text + used;
    }
    out->cut = in_left > 0 && errno == EINVAL;
    out->taken = count - in_left;
    out->count = (size_t)(to - out->text);
    iconv_close(handle);
    return true;
}

static size_t count_lines(const char *text, size_t count)
{
    size_t lines = 1;
    for (const char *at = text, *end = text + count;
         at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        lines++;
    return lines;
}

/* `line` is that of the byte at `at`. */
static bool refuse_bytes(const char *bytes, size_t count, size_t at, size_t line, bool cut,
    const char *charset, struct error *err)
{
    char shown[4 * 3 + 1] = "";
    for (size_t i = at, length = 0; i < count && i < at + 4; i++)
        length += (size_t)snprintf(shown + length, sizeof shown - length, "%s%02X",
            i > at ? " " : "", (unsigned char)bytes[i]);
    if (cut)
        return error_set(err, ERROR_INPUT,
            _("line %zu: the file ends in the middle of a character (%s); it is cut off: fetch it "
              "again"),
            line, charset);
    return error_set(err, ERROR_INPUT,
        _("line %zu: the bytes %s are no %s; a file can be in UTF-8, UTF-16 or GB18030, others are "
          "named with --charset, on the board in the line \"Charset\""),
        line, shown, charset);
}

static bool take_utf8(const char *bytes, size_t count, struct charset_text *out, struct error *err)
{
    bool cut;
    size_t good = utf8_valid(bytes, count, &cut);
    *out = (struct charset_text){.bytes = bytes, .count = count, .charset = UTF8};
    return good == count ||
           refuse_bytes(bytes, count, good, count_lines(bytes, good), cut, UTF8, err);
}

static bool take_converted(const char *bytes, size_t count, const char *charset,
    struct charset_text *out, struct error *err)
{
    struct conversion made;
    *out = (struct charset_text){.charset = charset};
    if (!convert(bytes, count, charset, &made))
        return error_set(err, ERROR_INPUT,
            _("no charset is called \"%s\" here; try UTF-8, UTF-16LE, GB18030 or BIG5"), charset);
    if (made.taken < count) {
        refuse_bytes(
            bytes, count, made.taken, count_lines(made.text, made.count), made.cut, charset, err);
        free(made.text);
        return false;
    }
    out->bytes = out->owned = made.text;
    out->count = made.count;
    return true;
}

/* --- finding out ----------------------------------------------------------------------------- */

static const struct mark {
    const char *bytes;
    size_t count;
    const char *charset;
} marks[] = {
    {"\xEF\xBB\xBF", 3, UTF8},
    {"\xFF\xFE", 2, UTF16LE},
    {"\xFE\xFF", 2, UTF16BE},
    {"\x84\x31\x95\x33", 4, GB18030},
};

static const struct mark *find_mark(const char *bytes, size_t count)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (count >= marks[i].count && memcmp(bytes, marks[i].bytes, marks[i].count) == 0)
            return &marks[i];
    return NULL;
}

/* Of bytes with zeros among them: NULL where it is no UTF-16. */
static const char *find_utf16(const char *bytes, size_t count, bool is_utf8)
{
    size_t zeros[2] = {0};
    for (size_t at = 0; at < count; at++)
        if (bytes[at] == '\0')
            zeros[at % 2]++;
    /* what is UTF-8 as well is ASCII: then every other byte is zero */
    if ((zeros[0] > 0) == (zeros[1] > 0) || (is_utf8 && (zeros[0] + zeros[1]) * 4 < count))
        return NULL;
    bool big = zeros[0] > 0;
    return !is_utf16(bytes, count, big) ? NULL : big ? UTF16BE : UTF16LE;
}

static bool find_out(const char *bytes, size_t count, struct charset_text *out, struct error *err)
{
    bool cut, has_zeros = memchr(bytes, '\0', count) != NULL;
    size_t good = utf8_valid(bytes, count, &cut);
    const char *utf16 = has_zeros ? find_utf16(bytes, count, good == count) : NULL;
    if (utf16)
        return take_converted(bytes, count, utf16, out, err);
    *out = (struct charset_text){.bytes = bytes, .count = count, .charset = UTF8};
    if (good == count)
        return true;
    struct conversion made;
    *out = (struct charset_text){.charset = GB18030};
    bool known = convert(bytes, count, GB18030, &made);
    if (known && made.taken == count && is_common_chinese(bytes, count)) {
        out->bytes = out->owned = made.text;
        out->count = made.count;
        return true;
    }
    /* what went further before it failed is what was meant */
    if (known && made.taken > good && is_common_chinese(bytes, made.taken))
        refuse_bytes(
            bytes, count, made.taken, count_lines(made.text, made.count), made.cut, GB18030, err);
    else
        refuse_bytes(bytes, count, good, count_lines(bytes, good), cut, UTF8, err);
    free(made.text);
    return false;
}

static bool refuse_zeros(const struct charset_text *text, struct error *err)
{
    const char *zero = text->count ? memchr(text->bytes, '\0', text->count) : NULL;
    return zero == NULL ||
           error_set(err, ERROR_INPUT,
               _("line %zu: there is a zero byte; this is no text, or the file is damaged"),
               count_lines(text->bytes, (size_t)(zero - text->bytes)));
}

bool charset_read(
    const char *bytes, size_t count, const char *name, struct charset_text *out, struct error *err)
{
    const struct mark *mark = find_mark(bytes, count);
    *out = (struct charset_text){.bytes = "", .charset = name ? name : UTF8};
    if (count == 0)
        return true;
    if (name && mark && strncasecmp(mark->charset, name, strlen(name)) != 0)
        mark = NULL;
    const char *charset = mark ? mark->charset : name;
    if (mark) {
        bytes += mark->count;
        count -= mark->count;
    }
    bool good = charset == NULL                  ? find_out(bytes, count, out, err)
                : strcasecmp(charset, UTF8) == 0 ? take_utf8(bytes, count, out, err)
                                                 : take_converted(bytes, count, charset, out, err);
    if (good && !refuse_zeros(out, err))
        good = false;
    if (!good)
        charset_text_clear(out);
    return good;
}

void charset_text_clear(struct charset_text *text)
{
    free(text->owned);
    *text = (struct charset_text){0};
}
