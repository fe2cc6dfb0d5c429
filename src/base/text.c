#include "base/text.h"

#include <string.h>
#include <unicase.h>
#include <uniwidth.h>
#include <wchar.h>

#define REPLACEMENT 0xFFFD

/* --- code points -------------------------------------------------------------------------------
 */

/* Strict UTF-8 (no overlong forms, no surrogates). `text` ends in a NUL, which no sequence
 * contains, so nothing is read behind it. */
int text_decode(const char *text, uint32_t *code)
{
    const unsigned char *s = (const unsigned char *)text;
    if (s[0] < 0x80) {
        *code = s[0];
        return s[0] != 0;
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    int length = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    uint32_t value = s[0] & (0x7Fu >> length);
    *code = REPLACEMENT;
    if (s[0] < 0xC2 || s[0] > 0xF4) {
        return 1;
    }
    for (int i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 1;
        }
        value = value << 6 | (s[i] & 0x3Fu);
    }
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return 1;
    }
    *code = value;
    return length;
}

uint32_t text_lower(uint32_t code)
{
    if (code >= 0x3000 && code < 0xA000) /* most of what is read, and it has none */
        return code;
    return uc_tolower(code);
}

size_t text_bytes(char bytes[static 4], uint32_t code)
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        code = REPLACEMENT;
    }
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    size_t count = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = count - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    bytes[0] = (char)((0xF00u >> count & 0xF0) | code);
    return count;
}

void text_encode(struct strbuf *buf, uint32_t code)
{
    char bytes[4];
    strbuf_add_n(buf, bytes, text_bytes(bytes, code));
}

/* --- width -------------------------------------------------------------------------------------
 */

/* Characters, punctuation and full-width forms: nearly all of what a board shows, and of two
 * columns in every locale. Asking libc costs ten times as much. */
static inline bool is_plainly_wide(uint32_t code)
{
    return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3000 && code <= 0x3029) ||
           (code >= 0xFF01 && code <= 0xFF60);
}

static inline bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/* libc's answer: -1 for what it does not know. */
static inline int code_width(uint32_t code)
{
    if (code >= 0x20 && code < 0x7F) {
        return 1;
    }
    return is_plainly_wide(code) ? 2 : wcwidth((wchar_t)code);
}

/* Skin tones: counted as two columns by libc, drawn into the emoji before them by most terminals.
 * They are left out, as are joiners and variation selectors: without these every terminal draws the
 * columns that were counted. */
static bool is_skin_tone(uint32_t code)
{
    return code >= 0x1F3FB && code <= 0x1F3FF;
}

static bool is_invisible(uint32_t code)
{
    return (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x206F) || (code >= 0xFE00 && code <= 0xFE0F) ||
           (code >= 0xFFF9 && code <= 0xFFFB) || code == 0xFEFF || code == 0x061C ||
           (code >= 0xE0000 && code <= 0xE0FFF);
}

/* Part of the cluster before it. */
static inline bool is_joined(uint32_t code)
{
    if (code < 0x300 || is_plainly_wide(code)) {
        return false;
    }
    return is_skin_tone(code) || is_invisible(code) || wcwidth((wchar_t)code) == 0;
}

static void add_mark(struct text_cluster *cluster, uint32_t code)
{
    if (is_skin_tone(code) || is_invisible(code)) {
        return;
    }
    for (int i = 0; i < TEXT_MARKS; i++) {
        if (cluster->marks[i] == 0) {
            cluster->marks[i] = code;
            return;
        }
    }
}

/* The base of a cluster as it is drawn: never a control, never without a column. */
static void set_base(struct text_cluster *out, uint32_t code)
{
    int width = code_width(code);
    out->base = code;
    out->width = width == 2 ? 2 : 1;
    if (code == 0xAD) {
        out->base = '-'; /* a soft hyphen: terminals disagree whether it takes a column */
    } else if (is_control(code) || (width < 0 && wcwidth(0x4E00) == 2)) {
        /* Unknown to a libc that knows Chinese. In a plain C locale everything is unknown and the
         * character is kept, so that its look-alike can be found. */
        out->base = REPLACEMENT;
    } else if (width == 0) {
        out->base = ' '; /* a mark with nothing to stand on */
        add_mark(out, code);
    }
}

/* libunistring takes for ambiguous nearly all that GBK's fonts could have; braille, which they have
 * not, is narrow (UAX 11: neutral). */
bool text_is_ambiguous(uint32_t code)
{
    if (is_plainly_wide(code) || (code >= 0x2800 && code <= 0x28FF)) {
        return false;
    }
    return code >= 0x80 && uc_width(code, "UTF-8") == 1 && uc_width(code, "GBK") == 2;
}

bool text_cluster(const char *text, struct text_cluster *out)
{
    uint32_t code;
    int length = text_decode(text, &code);
    if (length == 0) {
        return false;
    }
    *out = (struct text_cluster){.bytes = length};
    set_base(out, code);
    if (is_control(code)) {
        return true;
    }
    for (;;) {
        const char *next = text + out->bytes;
        if ((unsigned char)*next < 0xCC) { /* the first joining character is U+0300 */
            return true;
        }
        length = text_decode(next, &code);
        if (!is_joined(code)) {
            return true;
        }
        add_mark(out, code);
        out->bytes += length;
    }
}

/* One cluster's length and width, without its parts. */
static inline int step(const char *text, int *width)
{
    const unsigned char *s = (const unsigned char *)text;
    if (s[0] >= 0x20 && s[0] < 0x7F && s[1] < 0xCC) {
        *width = 1;
        return 1;
    }
    /* U+5000..U+8FFF, followed by anything that cannot be a mark. */
    if (s[0] >= 0xE5 && s[0] <= 0xE8 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80 &&
        (s[3] < 0xCC || (s[3] >= 0xE4 && s[3] <= 0xE9))) {
        *width = 2;
        return 3;
    }
    struct text_cluster cluster;
    if (!text_cluster(text, &cluster)) {
        return 0;
    }
    *width = cluster.width;
    return cluster.bytes;
}

bool text_begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

bool text_ends(const char *text, const char *with)
{
    size_t length = strlen(text), own = strlen(with);
    return length >= own && strcmp(text + length - own, with) == 0;
}

int text_width(const char *text)
{
    int total = 0, width = 0, length;
    while ((length = step(text, &width)) > 0) {
        total += width;
        text += length;
    }
    return total;
}

size_t text_fit(const char *text, int columns, int *used)
{
    int total = 0, width = 0, length;
    const char *at = text;
    while ((length = step(at, &width)) > 0 && total + width <= columns) {
        total += width;
        at += length;
    }
    if (used != NULL) {
        *used = total;
    }
    return (size_t)(at - text);
}

/* Goes back to a character that surely begins a cluster and comes forward again. */
size_t text_previous(const char *text, size_t at)
{
    if (at == 0) {
        return 0;
    }
    size_t start = at - 1;
    while (start > 0) {
        uint32_t code;
        bool inside = ((unsigned char)text[start] & 0xC0) == 0x80;
        if (!inside && text_decode(text + start, &code) > 0 && !is_joined(code)) {
            break;
        }
        start--;
    }
    for (;;) {
        int width = 0;
        int length = step(text + start, &width);
        if (length == 0 || start + (size_t)length >= at) {
            return start;
        }
        start += (size_t)length;
    }
}

/* --- cutting and finding ------------------------------------------------------------------------
 */

void text_pad(struct strbuf *buf, const char *text, int columns, bool ascii)
{
    if (columns <= 0) {
        return;
    }
    int used;
    size_t bytes = text_fit(text, columns, &used);
    if (text[bytes] == '\0') {
        strbuf_add_n(buf, text, bytes);
        strbuf_add_times(buf, ' ', (size_t)(columns - used));
        return;
    }
    bytes = text_fit(text, columns - 1, &used);
    strbuf_add_n(buf, text, bytes);
    /* GB18030 locales give the ellipsis two columns. */
    strbuf_add(buf, ascii || wcwidth(0x2026) != 1 ? "~" : "…");
    strbuf_add_times(buf, ' ', (size_t)(columns - 1 - used));
}

static inline char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

const char *text_find(const char *text, const char *needle)
{
    char first = lower(needle[0]);
    if (first == '\0') {
        return text;
    }
    for (; *text != '\0'; text++) {
        if (lower(*text) != first) {
            continue;
        }
        size_t i = 1;
        while (needle[i] != '\0' && lower(text[i]) == lower(needle[i])) {
            i++;
        }
        if (needle[i] == '\0') {
            return text;
        }
    }
    return NULL;
}

/* --- comparing ----------------------------------------------------------------------------------
 */

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

static size_t common_start(const char *a, const char *b)
{
    size_t at = 0;
    for (;;) {
        int width, length = step(a + at, &width);
        if (length == 0 || step(b + at, &width) != length ||
            memcmp(a + at, b + at, (size_t)length) != 0) {
            break;
        }
        at += (size_t)length;
    }
    while (at > 0 && is_word(a[at - 1]) && (is_word(a[at]) || is_word(b[at]))) {
        at--;
    }
    return at;
}

static size_t common_end(const char *a, const char *b, size_t start)
{
    size_t length = strlen(a), at_a = length, at_b = strlen(b);
    while (at_a > start && at_b > start) {
        size_t before_a = text_previous(a, at_a), before_b = text_previous(b, at_b);
        if (before_a < start || before_b < start || at_a - before_a != at_b - before_b ||
            memcmp(a + before_a, b + before_b, at_a - before_a) != 0) {
            break;
        }
        at_a = before_a;
        at_b = before_b;
    }
    while (is_word(a[at_a]) &&
           ((at_a > 0 && is_word(a[at_a - 1])) || (at_b > 0 && is_word(b[at_b - 1])))) {
        at_a++;
        at_b++;
    }
    return length - at_a;
}

struct text_common text_common(const char *a, const char *b)
{
    size_t start = common_start(a, b);
    return (struct text_common){start, common_end(a, b, start)};
}
