/* past_touch: what lines of the history have touched: fields of tasks and of their rows. */
#ifndef MODEL_PAST_TOUCH_H
#define MODEL_PAST_TOUCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct touch {
    int64_t task, key; /* key: of the row that belongs to it; 0 for the task itself */
    unsigned place;    /* of the field; the caller's, as are numbers that are no field's */
    unsigned at;       /* the caller's */
};
struct touched {
    struct touch *slot; /* open addressing; a task is never 0 */
    size_t room, count;
};
/* The slot, made when it was not there; borrowed until the next. */
struct touch *touch(
    struct touched *touched, int64_t task, int64_t key, unsigned place, bool *first);
/* NULL where it was not touched. */
const struct touch *touched_find(
    const struct touched *touched, int64_t task, int64_t key, unsigned place);
bool touch_first(struct touched *touched, int64_t task, int64_t key, unsigned place);
void touched_clear(struct touched *touched);

#endif
