/* handover: what changed since I last looked, as a screen and as text: since when, the last note somebody
 * else left, the groups of model/handover.h with their counts and tasks.
 *
 * The point stays where it was when the screen was opened, so nothing goes away while one looks; what
 * comes meanwhile is added and marked. On the screen the selection moves over items; it follows its
 * item, never its row. */
#ifndef VIEWS_HANDOVER_H
#define VIEWS_HANDOVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "model/handover.h"
#include "views/views.h"

/* `since` as handover_since_find reads it; NULL: my own point. */
bool handover_view_open(
    const struct view_env *env, const char *since, struct view **out, struct error *err);
struct view *handover_view_from(struct view *view); /* NULL when it is another view */
enum effect handover_view_since(struct view *view, const char *since, struct error *err);
enum effect handover_view_select_row(struct view *view, size_t row); /* from 1; past the end: the last */
/* Marks all that is shown as seen, or where that was done just now takes it back; `*seen` tells which. */
bool handover_view_mark(struct view *view, bool *seen, struct error *err);
/* What is shown: for the note about it. Borrowed. */
const struct handover *handover_view_shown(const struct view *view);
/* The selected task as text to copy: number, title, what was done. Caller frees; NULL: nothing. */
char *handover_view_copy_text(const struct view *view);

/* The newest notes, whole. */
struct view *handover_notes_open(const struct view_env *env, struct error *err);

/* "Since 11-20 08:00, when you last looked: 12 items", with what is left out. */
void handover_add_about(struct strbuf *out, struct model *model, const struct handover *handover);

/* Lines `columns` wide; 0: nothing is cut. */
void handover_plain(
    struct model *model, const struct handover *handover, int columns, struct strbuf *out);
/* "赵刚 2026-11-21 07:55" and the note's lines. */
void handover_plain_note(const struct handover_note *note, struct strbuf *out);

#endif
