/* timeline: open tasks in the order of their days, each with what is left of its time as a bar, its
 * measures on it, and today as a line through all of them. What is overdue hangs on the left of
 * today.
 *
 * Up and down move over tasks, Left and Right in time; the next section begins with what is not overdue.
 * Enter opens the task. */
#ifndef VIEWS_TIMELINE_H
#define VIEWS_TIMELINE_H

#include "views/views.h"

bool timeline_view_open(
    const struct view_env *env, const char *filter, struct view **out, struct error *err);
struct view *timeline_view_from(struct view *view); /* NULL when it is another view */
/* Less time in more detail (1), or more (-1). */
enum effect timeline_view_zoom(struct view *view, int by);
/* The selected task as text to copy: number, title, the measure that is next. Caller frees; NULL:
 * there is none. */
char *timeline_view_copy_text(const struct view *view);

#endif
