/* timeline_state: what the timeline keeps between two pictures. Shared by its own files only:
 * timeline.c (life, reading, moving), timeline_scale.c (days and columns), timeline_draw.c
 * (drawing).
 */
#ifndef VIEWS_TIMELINE_STATE_H
#define VIEWS_TIMELINE_STATE_H

#include "base/strbuf.h"
#include "model/timeline.h"
#include "ui/table.h"
#include "views/timeline.h"

enum {
    TIMELINE_ABOVE = 3,  /* header, title, heads with the scale */
    TIMELINE_BELOW = 2,  /* the next measure, footer */
    TIMELINE_PREFIX = 3, /* selection, light, a blank */
    TIMELINE_COLUMNS = 4,
    TIMELINE_ZOOMS = 4,
    TIMELINE_CHANGED_MOST = 64,
};

struct timeline_view {
    struct view view;
    const struct view_env *env;
    struct rect area;
    char *filter;
    struct timeline *timeline;
    struct table_window window;
    int64_t selected; /* the task the selection follows; 0: none */
    struct timeline_row *rows;
    size_t row_count, row_top; /* which of the list they are */
    int zoom;                  /* 0: the nearest */
    int scroll;                /* days that today's place is moved by */
    struct table_column columns[TIMELINE_COLUMNS];
    struct timeline_changed {
        int64_t id;
        moment_t until;
    } changed[TIMELINE_CHANGED_MOST];
    size_t changed_count;
};

/* --- timeline_scale.c ------------------------------------------------------------------------ */

/* The columns that time has, behind those of the table, and today's place among them. */
struct timeline_scale {
    int column, columns; /* of the screen */
    date_t today;
    int zoom, scroll;
};
void timeline_lay_out(struct timeline_view *view);
struct timeline_scale timeline_scale(const struct timeline_view *view);
int timeline_step(const struct timeline_view *view); /* days that Left and Right move by */
/* Columns from the left edge of time, whatever is beyond it too; and the first day of one. */
int timeline_column(const struct timeline_scale *scale, date_t day);
date_t timeline_day(const struct timeline_scale *scale, int column);
const char *timeline_zoom_name(int zoom); /* translated */
/* The days, in one row. */
void timeline_scale_draw(const struct timeline_scale *scale, struct canvas *canvas, int row);

/* --- timeline.c ------------------------------------------------------------------------------ */

/* The selected row; NULL where it is not in the window or gone. */
const struct timeline_row *timeline_selected_row(const struct timeline_view *view);

/* --- timeline_draw.c ------------------------------------------------------------------------- */

void timeline_draw(const struct view *base, struct canvas *canvas, struct rect area);
/* What is to be done next of a task, in a sentence. */
void timeline_next_words(const struct timeline_row *row, date_t today, struct strbuf *out);

#endif
