/* id_map: open addressing, never more than half full. */
#include "id_map.h"

#include <stdlib.h>

#include "base/alloc.h"

#define ROOM_FIRST 64

static size_t slot_of(const struct id_map *map, uint64_t id)
{
    uint64_t hash = id * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash ^ (hash >> 32)) & (map->room - 1);
    while (map->slot[at].number != 0 && map->slot[at].id != id)
        at = (at + 1) & (map->room - 1);
    return at;
}

static void grow(struct id_map *map)
{
    struct id_map more = {.room = map->room > 0 ? map->room * 2 : ROOM_FIRST, .count = map->count};
    more.slot = alloc_zero(more.room, sizeof *more.slot);
    for (size_t i = 0; i < map->room; i++)
        if (map->slot[i].number != 0)
            more.slot[slot_of(&more, map->slot[i].id)] = map->slot[i];
    free(map->slot);
    *map = more;
}

size_t id_map_add(struct id_map *map, uint64_t id, bool *is_new)
{
    if ((map->count + 1) * 2 > map->room)
        grow(map);
    struct id_map_slot *slot = &map->slot[slot_of(map, id)];
    *is_new = slot->number == 0;
    if (*is_new)
        *slot = (struct id_map_slot){id, ++map->count};
    return slot->number - 1;
}

size_t id_map_find(const struct id_map *map, uint64_t id)
{
    if (map->room == 0)
        return ID_MAP_NONE;
    const struct id_map_slot *slot = &map->slot[slot_of(map, id)];
    return slot->number > 0 ? slot->number - 1 : ID_MAP_NONE;
}

void id_map_clear(struct id_map *map)
{
    free(map->slot);
    *map = (struct id_map){0};
}
