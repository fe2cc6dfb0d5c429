/* suggest: what may have been meant by a mistyped name. Offer every name there is; the nearest one
 * is kept when it is near enough to be worth saying: few letters wrong, missing, doubled or
 * swapped, or the beginning of exactly that name. Of two that are as near, one that sounds alike is
 * nearer.
 *
 *   struct suggest suggest = suggest_for("lsit");
 *   for each command: suggest_offer(&suggest, command->name);
 *   if (suggest.best != NULL) ... "did you mean %s?" */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include <stddef.h>

struct suggest {
    const char *typed; /* borrowed */
    const char *best;  /* borrowed from the caller of suggest_offer; NULL: nothing is near */
    int distance;      /* of the best */
};
struct suggest suggest_for(const char *typed);
void suggest_offer(struct suggest *suggest, const char *name);

#endif
