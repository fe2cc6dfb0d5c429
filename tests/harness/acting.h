/* acting: people at work on the tasks of a small database (harness/database.h). Each function fails
 * the test when it does not end as it must. */
#ifndef HARNESS_ACTING_H
#define HARNESS_ACTING_H

#include "model/work.h"

#define TOLD(list) list, sizeof list / sizeof *list

/* Somebody of that role; `reach` NULL: everything. */
struct model *acting_open(
    const char *path, const char *name, enum person_role role, const char *reach);

/* On task `id` (0: a new one, whose id it returns). */
int64_t acting_do(struct model *model, int64_t id, const char *action,
    const struct argument *argument, size_t count);
/* Refused, with `words` in the sentence, and nothing written. */
void acting_refused(struct model *model, int64_t id, const char *action,
    const struct argument *argument, size_t count, enum error_code code, const char *words);

void acting_undo(struct model *model, bool redo);
void acting_undo_refused(struct model *model, bool redo, enum error_code code, const char *words);

/* All that model/check.h looks at is as it should be, and nothing of it came from outside. */
void acting_whole(struct model *model);

#endif
