/* unit_names: what units are called in a table that is read again (model/import.h), so that each
 * name is found to be the same unit: the full name where no other is called so; else with the place
 * it belongs to in front (鞍山市铁西区), as it is shown, by its code, at last as #ID. */
#ifndef MODEL_UNIT_NAMES_H
#define MODEL_UNIT_NAMES_H

#include "model/units.h"

struct unit_names;
/* Valid as long as the units are. */
struct unit_names *unit_names_new(const struct units *units);
void unit_names_free(struct unit_names *names); /* NULL is fine */
/* "" of id 0. Borrowed. */
const char *unit_names_get(struct unit_names *names, enum unit_kind kind, int64_t id);

#endif
