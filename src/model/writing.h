/* writing: how every write of a person begins and ends. Besides what model_may_write asks, who
 * comes in as a person (model_options.as) is bounded, so that nobody who has but a key fills the
 * disk:
 *
 * - reporters, department staff and viewers by rules.changes_most, the lines of the history and the
 *   handover notes of theirs within the last minute, whichever process wrote them. A step of many
 *   tasks is let through whole; who has as many lines has to wait, but not to take back what they
 *   did.
 * - everybody by the room on the file system, so that some is left for the account itself and for
 *   administrators: whoever has to be shut out can be shut out on a disk that somebody filled. */
#ifndef MODEL_WRITING_H
#define MODEL_WRITING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct model;

enum { WRITING_MB_LEAST = 64 }; /* that must be free */

/* With a transaction begun in which the person was found to be the one they were. ERROR_REFUSED:
 * too much within a minute (asked where it `adds` to what is kept), or too little room. */
bool writing_begin(struct model *model, bool adds, struct error *err);
/* Whether a step of so many tasks may be begun: who is held by the pace gets no more than one undo
 * takes back, so that neither a list nor a mistake of theirs keeps others waiting. */
bool writing_takes(const struct model *model, size_t tasks, struct error *err);
/* The room on the file system once more, within a long write. */
bool writing_has_room(struct model *model, struct error *err);
/* Commits what is done. */
bool writing_end(struct model *model, bool done, struct error *err);

#endif
