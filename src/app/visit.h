/* visit: somebody as whom the program acts (--as), for as long as it runs: over SSH each command is
 * recorded as a session and counts among those a person may have; and when the person may not go
 * on, the program ends within a second, whatever holds it up.
 *
 * A line that takes nothing holds up whoever writes to it, and input that does not come whoever
 * reads it. So a thread of its own looks, on a connection of its own, while the program is busy for
 * longer than a moment; it says the sentence and ends the process. While the program waits for
 * changes by itself (visit_rest) the thread sleeps and costs nothing. */
#ifndef APP_VISIT_H
#define APP_VISIT_H

#include <stdbool.h>

#include "base/error.h"
#include "model/model.h"

struct visit;
struct visit *visit_new(void);
void visit_free(struct visit *visit); /* NULL is fine, in every function */

/* From here on it is watched: `patience_ms` is what the program gets to end by itself. */
void visit_watch(struct visit *visit, struct model *model, int patience_ms);
/* Records a command under its name, once. ERROR_REFUSED: the person has as many sessions as they
 * may have. */
bool visit_record(
    struct visit *visit, struct model *model, const char *command, int most, struct error *err);
bool visit_is_recorded(const struct visit *visit);
/* The program waits and learns by itself when the person may not go on; or does so no more. */
void visit_rest(struct visit *visit, bool rests);

#endif
