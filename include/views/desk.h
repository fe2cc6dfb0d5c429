/* desk: what I owe now, as a screen and as text: my name, role and reach; the sections of model/desk.h with
 * their counts and tasks; the reports of the period owed (model/owed.h).
 *
 * On the screen the selection moves over tasks only. It follows its task, never its row; when its task
 * no longer owes anything, the next one is selected. */
#ifndef VIEWS_DESK_H
#define VIEWS_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "views/views.h"

bool desk_view_open(const struct view_env *env, struct view **out, struct error *err);
struct view *desk_view_from(struct view *view);      /* NULL when it is another view */
enum effect desk_view_select_row(struct view *view, size_t row); /* from 1; past the end: the last */
/* The selected task as text to copy: number, title, reason. Caller frees. */
char *desk_view_copy_text(const struct view *view);

/* Lines `columns` wide; 0: nothing is cut. `*count` is how many tasks stand there. */
bool desk_plain(struct model *model, int columns, struct strbuf *out, size_t *count, struct error *err);
/* The tasks for a session of lines: numbered from 1, a line each, the most important first in it. The task
 * of number N is (*ids)[N - 1]; the caller frees them. */
bool desk_plain_numbered(struct model *model, struct strbuf *out, int64_t **ids, size_t *count,
    struct error *err);
/* The reports alone, source by source, with both the places and the leads of what is missing; `*count`
 * is how many are missing. */
bool desk_plain_reports(struct model *model, struct strbuf *out, size_t *count, struct error *err);

#endif
