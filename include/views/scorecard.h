/* scorecard: places or departments ranked by how they did this month (model/scorecard.h), as a
 * screen and as text. + stands before the first three, - before the last three.
 *
 * The selection is a number of a unit and stays with both, whatever order a change brings: the
 * score, or one of the columns of the setting score.columns. Enter opens the tasks behind it. */
#ifndef VIEWS_SCORECARD_H
#define VIEWS_SCORECARD_H

#include <stdbool.h>

#include "model/scorecard.h"
#include "views/views.h"

/* `filter` (NULL: none) says which tasks count. */
bool scorecard_view_open(
    const struct view_env *env, const char *filter, struct view **out, struct error *err);
struct view *scorecard_view_from(struct view *view); /* NULL when it is another view */
enum score_units scorecard_view_units(const struct view *view);

/* Cities, counties, departments: the next, or the one named. */
enum effect scorecard_view_next_units(struct view *view, struct error *err);
enum effect scorecard_view_set_units(struct view *view, const char *name, struct error *err);
/* By the selected column, worst first; again: the other way round. By the score it is the ranking.
 */
enum effect scorecard_view_sort(struct view *view);
/* A box with how the selected unit's scores came about; NULL: none is selected. */
struct view *scorecard_view_explain(const struct view *view);

/* Lines `columns` wide; 0: nothing is cut. */
void scorecard_plain(
    const struct scorecard *card, const char *names, int columns, struct strbuf *out);
/* The scores of this month and of last, line by line, each month under its heading. */
void scorecard_explained(
    const struct model *model, const struct scorecard *card, size_t line, struct strbuf *out);

/* explain: the box. It holds what was true when it was opened. */
struct view *explain_open(const char *title, const char *text);

#endif
