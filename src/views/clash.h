/* clash: somebody else changed what I was about to save. For each field that both changed it shows
 * what it was (base), what it is now (theirs, by whom and when) and mine, with what differs from
 * before in bold, and asks which shall stand. Nothing is chosen to begin with: either side is
 * somebody's work, and no habit of pressing Enter may throw it away. */
#ifndef VIEWS_CLASH_H
#define VIEWS_CLASH_H

#include "model/work.h"
#include "views/views.h"

struct clash_choice {
    const char *field; /* with its suffix; borrowed from the view */
    bool mine;
};
struct clash_ops {
    /* One choice for each clash, in their order. EFFECT_BACK closes this view; what the owner does
     * then is its own. */
    enum effect (*decided)(void *context, const struct clash_choice *choices, size_t count);
};
/* Copies the clashes. Up Down (j k) choose a field, m and t (also Left Right) whose stands, M and T
 * for all of them; Enter decides when every field has its choice, else goes to the next without
 * one; Esc goes back to the form with nothing decided. `ident` names the task in the heading. */
struct view *clash_open(const struct view_env *env, const struct clash_ops *ops, void *context,
    const char *ident, const struct clash *clashes, size_t count);

#endif
