#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* snprintf may have cut inside a UTF-8 sequence: takes the broken tail away. */
static void trim_partial(char *text, size_t length)
{
    size_t lead = length;
    while (lead > 0 && ((unsigned char)text[lead - 1] & 0xC0) == 0x80) {
        lead--;
    }
    if (lead == 0) {
        return;
    }
    unsigned char first = (unsigned char)text[lead - 1];
    size_t need = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    if (length - (lead - 1) < need) {
        text[lead - 1] = '\0';
    }
}

/* What is quoted may have lines, but a sentence has those that were written into it. */
static void join_lines(char *text, const char *format)
{
    if (strcmp(format, "%s") == 0 || strchr(format, '\n') != NULL) {
        return; /* it is a whole sentence itself */
    }
    for (char *at = text; (at = strpbrk(at, "\r\n")) != NULL; at++) {
        *at = ' ';
    }
}

static void format_into(struct error *err, const char *format, va_list args)
{
    int wanted = vsnprintf(err->text, sizeof err->text, format, args);
    if (wanted < 0) {
        err->text[0] = '\0';
    } else if ((size_t)wanted >= sizeof err->text) {
        trim_partial(err->text, sizeof err->text - 1);
    }
    join_lines(err->text, format);
}

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
    if (err == NULL) {
        return false;
    }
    va_list args;
    va_start(args, format);
    /* Callers wrap sentences: error_set(err, code, "%s", err->text) must see the old text. */
    struct error next = {.code = code};
    format_into(&next, format, args);
    va_end(args);
    *err = next;
    return false;
}

bool error_prefix(struct error *err, const char *format, ...)
{
    if (err == NULL) {
        return false;
    }
    va_list args;
    va_start(args, format);
    struct error next = {.code = err->code};
    format_into(&next, format, args);
    va_end(args);

    size_t length = strlen(next.text);
    int wanted = snprintf(next.text + length, sizeof next.text - length, ": %s", err->text);
    if (wanted > 0 && (size_t)wanted >= sizeof next.text - length) {
        trim_partial(next.text, sizeof next.text - 1);
    }
    *err = next;
    return false;
}
