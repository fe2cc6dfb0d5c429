/* undo: taking back one's own actions, the newest first, and doing them again. One action is one
 * step, a change of many tasks too. Undoing writes a line of the history of its own, with the
 * changes the other way round.
 *
 * It is refused where somebody has built on it: a field it changed is not as it left it, or, where
 * it changed the state, somebody else has acted on the task since; the sentence says who and when.
 * The person must still be allowed to act on the task. Looks at the person's last UNDO_LOOK lines
 * at most. */
#ifndef MODEL_UNDO_H
#define MODEL_UNDO_H

#include <stdbool.h>
#include <stdint.h>

#include "model/history.h"
#include "model/model.h"

#define UNDO_LOOK 2000

/* What `undo_do` would take back, or `redo` do again: for the question before it. ERROR_NOT_FOUND:
 * nothing. */
bool undo_next(struct model *model, bool redo, struct events *out, struct error *err);
/* Takes back the line `seq` that undo_next gave (0: the newest). `undone` gets what was taken back.
 */
bool undo_do(struct model *model, bool redo, int64_t seq, struct events *undone, struct error *err);

#endif
