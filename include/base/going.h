/* going: what long work asks now and then: whether it is to go on. Once told that it is not, it is
 * told so ever after; work that ends by it leaves behind what it has, which whoever asked for the
 * work throws away. */
#ifndef BASE_GOING_H
#define BASE_GOING_H

#include <stdbool.h>
#include <stddef.h>

struct going {
    bool (*ask)(void *context, size_t done, size_t of); /* NULL: it goes on; of 0: not known */
    void *context;
};

/* `going` may be NULL. */
static inline bool going_on(const struct going *going)
{
    return going == NULL || going->ask == NULL || going->ask(going->context, 0, 0);
}

#endif
