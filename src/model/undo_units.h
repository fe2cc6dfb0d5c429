/* undo_units: the sources, regions and departments that an import made, taken back with it and
 * brought again.
 *
 * The line of an import that spans its tasks names them ("new_region.57": the name). What takes it
 * back drops those that nothing uses by then: no task, report or review, no place, department,
 * sponsor or person, and nobody's reach by their name; a department before its place, a place
 * before the one it lies in. Its line keeps what stood in their rows ("region_row.57"), and "kept"
 * names those that stay. Doing it again puts the rows back, under their ids: an id once given is
 * never given to another unit, for lines of the history name it (model/units.h). */
#ifndef MODEL_UNDO_UNITS_H
#define MODEL_UNDO_UNITS_H

#include "model/change.h"
#include "model/units.h"

/* Told by the line of the import that makes it. */
void undo_unit_made(struct change *change, enum unit_kind kind, int64_t id, const char *name);
bool undo_has_units(const struct event *event);
/* Within a write transaction: drops what `event` made and tells it in `change`; a row that another
 * taking back of it dropped is passed over. Looks through tasks, reports and reviews once. */
bool undo_units_drop(
    struct model *model, const struct event *event, struct change *change, struct error *err);
/* Puts back what `event` dropped. ERROR_REFUSED where one of the name, or code, is there again, or
 * the place it lay in is not. */
bool undo_units_bring(
    struct model *model, const struct event *event, struct change *change, struct error *err);

#endif
