/* wall: a screen for a wall, read from three metres: one page after the other, large and few. It
 * shows and changes nothing; what became overdue and what was objected (model/alarm.h) interrupts
 * it, rings, and stays until somebody acknowledges it by name.
 *
 * Each page is read again when it comes on and something has changed, and at once while it is on.
 * A page that needs a survey is surveyed again at most every few minutes. When the database cannot
 * be read the pages stay as they were, dimmed.
 *
 * The bell rings once when an alarm is raised and again every five minutes, not within the quiet
 * hours; what was raised in them rings when they end. An acknowledgement that cannot be written is
 * kept as long as this wall runs, and the wall says so. */
#ifndef VIEWS_WALL_H
#define VIEWS_WALL_H

#include <stdbool.h>
#include <stddef.h>

#include "views/views.h"

/* `filter` NULL or "": all. A wall of a filter says so on every page and every alarm: it rings for
 * nothing else. Errors are those of the filter; of the past there is no wall. */
bool wall_open(
    const struct view_env *env, const char *filter, struct view **out, struct error *err);
struct view *wall_from(struct view *view); /* NULL when it is another view */

enum effect wall_turn(struct view *view, int by); /* pages on or back */
enum effect wall_pause(struct view *view);        /* the page stays, or the pages go on */

/* Whether the program may end from here: of an alarm that nobody has acknowledged only when it is asked
 * twice within seconds. */
bool wall_may_leave(struct view *view);

/* What is shown on the wall is about to be acknowledged: what there was no room for, or is raised
 * later, is not meant. 0: nothing. */
size_t wall_alarm_take(struct view *view);
/* By the name of a person: what was taken. False: the name is none, or somebody else is writing,
 * so that it is to be tried again. */
bool wall_acknowledge(struct view *view, const char *person, struct error *err);

/* Pages by name with blanks between, "counts overdue": ERROR_INPUT names what is wrong. */
#define WALL_PAGES_DEFAULT "counts matrix overdue trend events"
bool wall_pages_check(const char *text, struct error *err);
/* "22:00-07:00" in minutes of the day; "" is never, told as from == until. */
bool wall_quiet_parse(const char *text, int *from, int *until, struct error *err);

#endif
