#include "place_within.h"

enum { LEVELS_MOST = 8 }; /* a database that others wrote may lead in a circle */

bool place_lies_in(const struct units *units, int64_t place, int64_t above)
{
    const struct region *at = units_region(units, place);
    for (int level = 0; at != NULL && level < LEVELS_MOST; level++) {
        if (at->id == above)
            return true;
        at = units_region(units, at->parent_id);
    }
    return false;
}
