/* undo: taking back one's own actions, the newest first, and doing them again. One action is one
 * step, a change of many tasks too. Undoing writes a line of the history of its own, with the
 * changes the other way round.
 *
 * It is refused where somebody has built on it; the sentence says who and when:
 * - a field it changed is not as it left it, or others have changed it and it only looks so again,
 * - it changed the state, and others have acted on the task since; it made the task, and anybody
 * has,
 * - it changed what the workflow asks for (measures done, reviews, public notices, objections), and
 *   others have moved the state since,
 * - it concerns a report, a public listing or an extension, and others have written another since.
 * The person's role must still allow it, and the task be in their reach, or come back into it: what
 * put it out of reach can be taken back, and nothing that would put it there.
 *
 * With an import go the source, regions and departments that it made, where nothing uses them by
 * then: no task, report or review, no unit below, no person and nobody's reach. What stays is told
 * by name
 * (`kept`), here and in the history. Doing the import again brings them again, under the same
 * names. Looks at the history's last UNDO_LOOK lines. */
#ifndef MODEL_UNDO_H
#define MODEL_UNDO_H

#include <stdbool.h>
#include <stdint.h>

#include "model/history.h"
#include "model/model.h"

#define UNDO_LOOK 2000
/* Lines that stand behind one, of a change of many tasks or an import. More would keep all other
 * writers waiting for longer than they wait. */
#define UNDO_SPAN_MOST 2000

/* What `undo_do` would take back, or `redo` do again: for the question before it. ERROR_NOT_FOUND:
 * nothing. */
bool undo_next(struct model *model, bool redo, struct events *out, struct error *err);
/* Takes back the line `seq` that undo_next gave (0: the newest). `undone` gets what was taken back,
 * and of a step of several tasks the line that says so behind it. */
bool undo_do(struct model *model, bool redo, int64_t seq, struct events *undone, struct error *err);
/* The names of the units of an import that stay, for they are in use; NULL: none. */
const char *undo_kept(const struct events *undone);

#endif
