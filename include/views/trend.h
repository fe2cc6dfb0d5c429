/* trend: open tasks week by week as a line, beside the plan and what comes at today's pace; below
 * it what was closed and what became overdue in each week (model/trend.h).
 *
 * The cursor stands on a week and on one of its numbers: Left and Right change the week, Up and
 * Down the number, whose tasks Enter opens; numbers whose tasks no filter can tell are passed over.
 * The one selected is marked, and what Enter opens said below where there is room. */
#ifndef VIEWS_TREND_H
#define VIEWS_TREND_H

#include "base/strbuf.h"
#include "views/views.h"

bool trend_view_open(
    const struct view_env *env, const char *filter, struct view **out, struct error *err);
struct view *trend_view_from(struct view *view); /* NULL when it is another view */
/* Less time in more detail (1), or more (-1). */
enum effect trend_view_zoom(struct view *view, int by);

/* The trend as text: how it stands and where it leads in one sentence, and a line for each week, of
 * those to come at most `ahead`. */
struct trend;
void trend_plain(const struct trend *trend, size_t ahead, struct strbuf *out);

#endif
