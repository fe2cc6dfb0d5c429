/* frame: what every full screen has around it: the header line with freshness and clock, the footer
 * of hints. Drawn the same everywhere, so that the eye finds it without looking. */
#ifndef VIEWS_FRAME_H
#define VIEWS_FRAME_H

#include "base/strbuf.h"
#include "views/views.h"

#define FRAME_LEAST_ROWS 8
#define FRAME_LEAST_COLUMNS 40

/* False when the area is too small for any screen; then it has said so on the canvas. */
bool frame_fits(struct canvas *canvas, struct rect area);

/* What the board calls itself: the title of the settings, else "X: rectification" of its province. */
void frame_title(const struct view_env *env, struct strbuf *out);

/* Who acts, and by what their reach goes: their region or department, else the filter. Nothing of an
 * owner of the file who is recorded nowhere. */
void frame_person(const struct model *model, struct strbuf *out);

/* The moment that is shown: "2026-11-21 21:47", or of the past "as of 2026-09-30". */
void frame_moment(const struct model *model, struct strbuf *out);

struct frame_state {
    const char *officer; /* on duty, "" nobody */
    bool paused, behind; /* stands still; something has changed since */
    bool loading;
};
void frame_header(const struct view_env *env, const struct frame_state *state,
    struct canvas *canvas, struct rect area);

/* The hints of `context` from the action table, as many as fit left of `right`. */
void frame_footer(const struct view_env *env, unsigned context, const char *right,
    struct canvas *canvas, struct rect area);

/* The same of those that the view offers. */
void frame_footer_of(const struct view_env *env, unsigned context,
    bool (*offers)(const void *view, const struct action *action), const void *view,
    const char *right, struct canvas *canvas, struct rect area);

/* What is told of where nothing narrows it: "all tasks", for who sees a part "all of 抚顺县". */
void frame_all_tasks(const struct view_env *env, struct strbuf *out);

/* The same for a screen whose keys stand in no table: a sentence of its own. */
void frame_footer_text(
    const char *hints, const char *right, struct canvas *canvas, struct rect area);

/* How far down a page one is: "all", "40%". */
void frame_place(struct strbuf *out, size_t first, size_t rows, size_t lines);

/* The edges of a box upon a screen, over the outer columns of what stands in it: without colour nothing
 * else tells the box from what is below. */
void frame_box(struct canvas *canvas, struct rect box);

/* One line that says why the picture is not live; false when it is. */
bool frame_trouble(const struct view_env *env, struct canvas *canvas, int row, struct rect area);

#endif
