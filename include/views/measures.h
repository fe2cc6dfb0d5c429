/* measures: the measures of one task, to tick, date, word, order, add and take out. What is done
 * here is saved all at once, as one edit: one line of the history and one step of undo. It stays
 * with the task it was opened for, wherever the selection of the board goes. What is not saved, and
 * what is typed in an open box, is kept as a draft ("measures") every few seconds and when the line
 * is lost; opened again it stands there.
 *
 * While somebody else changes the same measures nothing moves on the screen: a line says so. Their
 * work is taken in when it is asked for, or when a save meets it; then mine stands on theirs, to be
 * looked at and saved again, and what both changed is asked about. */
#ifndef VIEWS_MEASURES_H
#define VIEWS_MEASURES_H

#include <stdint.h>

#include "views/views.h"

struct measures_ops {
    /* To be told under whatever screen is on top then, until the next key. */
    void (*said)(void *context, enum role role, const char *message);
    /* A question to be put on top. */
    void (*ask)(void *context, struct view *view);
};
bool measures_open(const struct view_env *env, const struct measures_ops *ops, void *context,
    int64_t task_id, struct view **out, struct error *err);
struct view *measures_from(struct view *view); /* NULL when it is another view */

/* What the actions call. Those that this person may not do, or not now, say so and do nothing. */
enum measures_verb {
    MEASURES_TICK, /* done today, or not done */
    MEASURES_WORDS,
    MEASURES_DUE,
    MEASURES_DONE,
    MEASURES_WAIVE,
    MEASURES_BELOW, /* a new one */
    MEASURES_ABOVE,
    MEASURES_UP, /* carries it */
    MEASURES_DOWN,
    MEASURES_REMOVE,
    MEASURES_UNDO,
    MEASURES_REDO,
    MEASURES_SAVE,
    MEASURES_TAKE, /* what others have done meanwhile */
    MEASURES_VERB_COUNT
};
enum effect measures_do(struct view *view, enum measures_verb verb);
/* Back, or the question what shall become of what is not saved. */
enum effect measures_leave(struct view *view);

#endif
