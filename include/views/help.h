/* help: what can be done here, from the action table; and the settings with their values. A screen of
 * its own that scrolls with the keys of every list. */
#ifndef VIEWS_HELP_H
#define VIEWS_HELP_H

#include "views/views.h"

/* `context` is the bit of the view it was asked from; `heading` its translated title. */
struct view *help_open(const struct view_env *env, unsigned context, const char *heading);

/* Any table of three columns the same way: the settings. Strings are copied. */
struct help_line { const char *name, *value, *help; };
struct view *help_open_lines(
    const char *heading, const char *intro, const struct help_line *lines, size_t count);

#endif
