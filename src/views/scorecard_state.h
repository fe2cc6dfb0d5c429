/* scorecard_state: what the scorecard keeps between two pictures. Shared by its own files only:
 * scorecard.c (life, reading, units), scorecard_move.c (selection, order), scorecard_draw.c. */
#ifndef VIEWS_SCORECARD_STATE_H
#define VIEWS_SCORECARD_STATE_H

#include "base/date.h"
#include "scorecard_columns.h"
#include "views/reading.h"
#include "views/scorecard.h"

#define ABOVE 3       /* rows above the lines: header, title, heads */
#define BELOW 2       /* and below them: the number in words, footer */
#define LINE_PREFIX 3 /* columns of a line: selection, mark, a blank */

/* Until when the numbers of a line are marked; the last is the score's. */
struct score_marks {
    moment_t until[SCORE_COLUMN_COUNT + 1];
};

struct scorecard_view {
    struct view view;
    const struct view_env *env;
    struct rect area;
    struct reading *reading;
    struct query_error wrong; /* why the last one was not opened */

    /* what is asked for; the picture tells its own */
    enum score_units units;
    char *filter;

    struct scorecard *card;    /* NULL: none is whole yet */
    struct score_marks *marks; /* of its lines */
    size_t *order;             /* its lines as they are seen */
    struct table_window window;
    int64_t unit_id;          /* selected */
    enum score_column column; /* selected; SCORE_COLUMN_COUNT: the score */
    enum score_column sort;   /* SCORE_COLUMN_COUNT: the ranking */
    bool reversed;
    struct score_table table;
};

/* The line selected; NULL: there is none. */
const struct score_line *scorecard_selected(const struct scorecard_view *view);

/* --- scorecard_move.c ------------------------------------------------------------------------ */

/* After another card, order or size: everything in its place, the selection on its unit. */
void scorecard_arrange(struct scorecard_view *view);
size_t scorecard_cell(const struct scorecard_view *view); /* the one selected */
enum effect scorecard_motion(struct view *view, enum motion motion);
enum effect scorecard_key(struct view *view, const struct key *key);

/* --- scorecard_draw.c ------------------------------------------------------------------------ */

void scorecard_draw(const struct view *view, struct canvas *canvas, struct rect area);

#endif
