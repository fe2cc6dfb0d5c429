#include "base/strbuf.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* Room for `count` more bytes and the NUL. */
static char *make_room(struct strbuf *buf, size_t count)
{
    assert(count < SIZE_MAX - buf->length);
    buf->text = alloc_grow(buf->text, &buf->capacity, buf->length + count + 1, 1);
    return buf->text + buf->length;
}

void strbuf_add_n(struct strbuf *buf, const char *bytes, size_t count)
{
    char *end = make_room(buf, count);
    if (count > 0) {
        memcpy(end, bytes, count);
    }
    end[count] = '\0';
    buf->length += count;
}

void strbuf_add(struct strbuf *buf, const char *text)
{
    strbuf_add_n(buf, text, strlen(text));
}

void strbuf_add_char(struct strbuf *buf, char c)
{
    strbuf_add_n(buf, &c, 1);
}

void strbuf_add_times(struct strbuf *buf, char c, size_t count)
{
    char *end = make_room(buf, count);
    memset(end, c, count);
    end[count] = '\0';
    buf->length += count;
}

void strbuf_add_int(struct strbuf *buf, int64_t number)
{
    char digits[24], *at = digits + sizeof digits;
    uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do
        *--at = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (number < 0)
        *--at = '-';
    strbuf_add_n(buf, at, (size_t)(digits + sizeof digits - at));
}

void strbuf_vformat(struct strbuf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    size_t room = buf->capacity - buf->length;
    int count = vsnprintf(buf->text == NULL ? NULL : buf->text + buf->length, room, format, args);
    assert(count >= 0); /* UTF-8 passes through %s as bytes; only a bad format fails */
    if ((size_t)count >= room) {
        char *end = make_room(buf, (size_t)count);
        vsnprintf(end, (size_t)count + 1, format, again);
    }
    buf->length += (size_t)count;
    va_end(again);
}

void strbuf_format(struct strbuf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_vformat(buf, format, args);
    va_end(args);
}

void strbuf_cut(struct strbuf *buf, size_t length)
{
    if (length < buf->length) {
        buf->length = length;
        buf->text[length] = '\0';
    }
}

void strbuf_clear(struct strbuf *buf)
{
    free(buf->text);
    *buf = (struct strbuf){0};
}

const char *strbuf_text(const struct strbuf *buf)
{
    return buf->text == NULL ? "" : buf->text;
}

char *strbuf_take(struct strbuf *buf)
{
    char *text = buf->text == NULL ? alloc_string("") : buf->text;
    *buf = (struct strbuf){0};
    return text;
}
