/* alloc: memory that is there or the program ends. Running out of memory is not a state this
 * program can explain to anyone, so these abort; no caller checks for NULL. */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stddef.h>

void *alloc_zero(size_t count, size_t size) __attribute__((malloc, alloc_size(1, 2)));
void *alloc_resize(void *block, size_t count, size_t size) __attribute__((alloc_size(2, 3)));
char *alloc_string(const char *text) __attribute__((malloc));               /* NULL gives NULL */
char *alloc_string_n(const char *text, size_t bytes) __attribute__((malloc));
char *alloc_format(const char *format, ...) __attribute__((format(printf, 1, 2), malloc));

/* Grows a vector so that it holds `need` elements: doubles, keeps what is there.
 *   items = alloc_grow(items, &capacity, count + 1, sizeof *items); */
void *alloc_grow(void *block, size_t *capacity, size_t need, size_t size);

#endif
