#include "csv.h"

#include <stdbool.h>
#include <string.h>

static bool is_number(const char *text)
{
    const char *at = text + (*text == '+' || *text == '-');
    size_t whole = strspn(at, "0123456789");
    at += whole;
    size_t point = *at == '.' ? strspn(at + 1, "0123456789") : 0;
    at += point > 0 ? point + 1 : 0;
    return whole > 0 && *at == '\0';
}

/* What makes a formula of a text that begins with it; most texts begin otherwise. */
static bool is_mark(const char *text, size_t count)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"};
    if (count == 0 || strchr("=+-@\t\r\n\xef", *text) == NULL)
        return false;
    for (size_t i = 0; *text == '\xef' && i < sizeof wide / sizeof *wide; i++)
        if (count >= 3 && memcmp(text, wide[i], 3) == 0)
            return true;
    return *text != '\xef';
}

static size_t apostrophes(const char *text, size_t count)
{
    size_t some = 0;
    while (some < count && text[some] == '\'')
        some++;
    return some;
}

size_t csv_guard(const char *field, size_t count)
{
    size_t some = apostrophes(field, count);
    return some > 0 && is_mark(field + some, count - some);
}

void csv_text(struct strbuf *out, const char *text)
{
    if (*text == '\0')
        return;
    size_t length = strlen(text), some = apostrophes(text, length);
    bool formula = is_mark(text + some, length - some) && (some > 0 || !is_number(text));
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;
    if (quoted)
        strbuf_add_char(out, '"');
    if (formula)
        strbuf_add_char(out, '\'');
    while (quoted) { /* piece by piece, with the mark that ends it, which is there twice */
        size_t piece = strcspn(text, "\"");
        if (text[piece] == '\0')
            break;
        strbuf_add_n(out, text, piece + 1);
        strbuf_add_char(out, '"');
        text += piece + 1;
        length -= piece + 1;
    }
    strbuf_add_n(out, text, length);
    if (quoted)
        strbuf_add_char(out, '"');
}
