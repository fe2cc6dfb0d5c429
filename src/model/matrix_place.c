/* matrix_place: the tree of places as the units had it when counting began. Regions are data that
 * others may write: several may lie in nothing, and some in a ring of their own. */
#include <stdlib.h>

#include "base/alloc.h"
#include "matrix_parts.h"

static void ups_find(struct matrix_places *places, const struct units *units)
{
    for (size_t i = 0; i < places->count; i++) {
        const struct region *region = units_region_at(units, i);
        size_t up = id_map_find(&places->at, (uint64_t)region->parent_id);
        places->place[i].up = up != ID_MAP_NONE && up != i ? (int)up : -1;
        if (places->place[i].up >= 0)
            places->place[up].below = true;
    }
}

/* A tree's places stand each after what it lies in; what hangs on a ring is no part of a tree. */
static void depths_find(struct matrix_places *places)
{
    size_t outermost = 0, loose = 0;
    for (size_t i = 0; i < places->count; i++) {
        struct matrix_place *place = &places->place[i];
        place->hangs = place->up >= 0 && place->up < (int)i &&
                       (places->place[place->up].hangs || places->place[place->up].up < 0);
        place->depth = place->hangs ? places->place[place->up].depth + 1 : 0;
        outermost += place->up < 0;
        loose += place->up >= 0 && !place->hangs;
    }
    places->root = outermost == 1 && loose == 0 ? 0 : -1;
    for (size_t i = 0; places->root == 0 && places->count > 1 && i < places->count; i++)
        places->place[i].depth--;
}

void matrix_places_read(struct matrix_places *places, const struct units *units)
{
    *places = (struct matrix_places){.count = units_region_count(units)};
    places->place = alloc_zero(places->count + 1, sizeof *places->place);
    for (size_t i = 0; i < places->count; i++) {
        bool is_new;
        places->place[i].id = units_region_at(units, i)->id;
        id_map_add(&places->at, (uint64_t)places->place[i].id, &is_new);
    }
    ups_find(places, units);
    depths_find(places);
}

void matrix_places_clear(struct matrix_places *places)
{
    id_map_clear(&places->at);
    free(places->place);
    *places = (struct matrix_places){0};
}
