#include "base/alloc.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void give_up(void)
{
    fputs("duban: out of memory\n", stderr);
    abort();
}

void *alloc_zero(size_t count, size_t size)
{
    void *block = calloc(count > 0 ? count : 1, size > 0 ? size : 1);
    if (block == NULL) {
        give_up();
    }
    return block;
}

void *alloc_resize(void *block, size_t count, size_t size)
{
    if (count == 0 || size == 0) {
        count = size = 1;
    }
    void *larger = reallocarray(block, count, size);
    if (larger == NULL) {
        give_up();
    }
    return larger;
}

char *alloc_string_n(const char *text, size_t bytes)
{
    if (bytes == SIZE_MAX) {
        give_up();
    }
    char *copy = alloc_resize(NULL, bytes + 1, 1);
    if (bytes > 0) {
        memcpy(copy, text, bytes);
    }
    copy[bytes] = '\0';
    return copy;
}

char *alloc_string(const char *text)
{
    return text == NULL ? NULL : alloc_string_n(text, strlen(text));
}

char *alloc_format(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = NULL;
    if (vasprintf(&text, format, args) < 0) {
        give_up();
    }
    va_end(args);
    return text;
}

void *alloc_grow(void *block, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity) {
        return block;
    }
    size_t next = *capacity < 8 ? 8 : *capacity;
    while (next < need) {
        if (next > SIZE_MAX / 2) {
            give_up();
        }
        next *= 2;
    }
    *capacity = next;
    return alloc_resize(block, next, size);
}
