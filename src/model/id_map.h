/* id_map: which number was given to an id, or to a pair of small numbers. Numbers count from 0 in
 * the order in which ids are met. */
#ifndef MODEL_ID_MAP_H
#define MODEL_ID_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct id_map { /* {0} is empty */
    struct id_map_slot {
        uint64_t id;
        size_t number; /* from 1; 0: free */
    } * slot;          /* open addressing */
    size_t room, count;
};
#define ID_MAP_NONE SIZE_MAX
/* The number of the id, which gets the next one when it is new. */
size_t id_map_add(struct id_map *map, uint64_t id, bool *is_new);
size_t id_map_find(const struct id_map *map, uint64_t id); /* ID_MAP_NONE: none */
void id_map_clear(struct id_map *map);

#endif
