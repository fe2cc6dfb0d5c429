/* help: what can be done here, from the action table; and the settings with their values. */
#ifndef VIEWS_HELP_H
#define VIEWS_HELP_H

#include "views/views.h"

/* `context` is the bit of the view it was asked from; `heading` its translated title. */
bool help_open(const struct view_env *env, unsigned context, const char *heading, struct view **out);

/* Any table of three columns the same way: the settings. Strings are copied. */
struct help_line { const char *name, *value, *help; };
bool help_open_lines(const struct view_env *env, const char *heading, const char *intro,
    const struct help_line *lines, size_t count, struct view **out);

#endif
