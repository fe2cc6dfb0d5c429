/* place_within: whether one place lies in another. */
#ifndef MODEL_PLACE_WITHIN_H
#define MODEL_PLACE_WITHIN_H

#include <stdbool.h>
#include <stdint.h>

#include "model/units.h"

/* Each lies in itself. */
bool place_lies_in(const struct units *units, int64_t place, int64_t above);

#endif
