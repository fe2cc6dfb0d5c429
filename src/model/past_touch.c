#include "past_touch.h"

#include <stdlib.h>

#include "base/alloc.h"

enum { ROOM_FIRST = 4096 }; /* a power of two, as are all that follow */

static size_t start_of(const struct touch *touch, size_t room)
{
    uint64_t hash = (uint64_t)touch->task * 0x9e3779b97f4a7c15u ^
                    (uint64_t)touch->key * 0xc2b2ae3d27d4eb4fu ^
                    (uint64_t)touch->place * 0x165667b19e3779f9u;
    return (size_t)((hash ^ hash >> 29) * 0xbf58476d1ce4e5b9u >> 20) & (room - 1);
}

/* Where it is, or the free slot where it belongs. */
static struct touch *find_slot(const struct touched *touched, const struct touch *touch)
{
    for (size_t at = start_of(touch, touched->room);; at = (at + 1) & (touched->room - 1)) {
        struct touch *slot = &touched->slot[at];
        if (slot->task == 0 ||
            (slot->task == touch->task && slot->key == touch->key && slot->place == touch->place))
            return slot;
    }
}

static void grow(struct touched *touched)
{
    struct touched bigger = {
        .room = touched->room ? touched->room * 2 : ROOM_FIRST, .count = touched->count};
    bigger.slot = alloc_zero(bigger.room, sizeof *bigger.slot);
    for (size_t i = 0; i < touched->room; i++)
        if (touched->slot[i].task != 0)
            *find_slot(&bigger, &touched->slot[i]) = touched->slot[i];
    free(touched->slot);
    *touched = bigger;
}

struct touch *touch(struct touched *touched, int64_t task, int64_t key, unsigned place, bool *first)
{
    const struct touch wanted = {.task = task, .key = key, .place = place};
    if (touched->count * 3 >= touched->room * 2)
        grow(touched);
    struct touch *slot = find_slot(touched, &wanted);
    *first = slot->task == 0;
    if (*first) {
        *slot = wanted;
        touched->count++;
    }
    return slot;
}

const struct touch *touched_find(
    const struct touched *touched, int64_t task, int64_t key, unsigned place)
{
    const struct touch wanted = {.task = task, .key = key, .place = place};
    if (touched->room == 0)
        return NULL;
    const struct touch *slot = find_slot(touched, &wanted);
    return slot->task != 0 ? slot : NULL;
}

bool touch_first(struct touched *touched, int64_t task, int64_t key, unsigned place)
{
    bool first;
    touch(touched, task, key, place, &first);
    return first;
}

void touched_clear(struct touched *touched)
{
    free(touched->slot);
    *touched = (struct touched){0};
}
