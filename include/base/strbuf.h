/* strbuf: a string that grows. Embedded: `struct strbuf b = {0};` is empty and valid; `.text` is
 * NULL until something was added, strbuf_text() never is. Bytes, usually UTF-8. */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct strbuf {
    char *text; /* NUL-terminated when not NULL */
    size_t length, capacity;
};

void strbuf_add(struct strbuf *buf, const char *text);
void strbuf_add_n(struct strbuf *buf, const char *bytes, size_t count);
void strbuf_add_char(struct strbuf *buf, char c);
void strbuf_add_times(struct strbuf *buf, char c, size_t count);
void strbuf_add_int(struct strbuf *buf, int64_t number); /* sooner than a format does */
void strbuf_format(struct strbuf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void strbuf_vformat(struct strbuf *buf, const char *format, va_list args);
void strbuf_cut(struct strbuf *buf, size_t length); /* shortens; never grows */
void strbuf_clear(struct strbuf *buf);              /* frees; empty again */
const char *strbuf_text(const struct strbuf *buf);  /* never NULL, borrowed until the next change */
char *strbuf_take(struct strbuf *buf);              /* the caller owns it; buf is empty again */

#endif
