/* desk_state: what the desk keeps between two pictures. Shared by its own files only: desk.c (life,
 * reading, moving), desk_draw.c (drawing). */
#ifndef VIEWS_DESK_STATE_H
#define VIEWS_DESK_STATE_H

#include "desk_columns.h"
#include "views/desk.h"

#define PREFIX_COLUMNS 3 /* selection, light, a blank */
#define ABOVE 3          /* rows above the body: header, who I am, heads */
#define BELOW 2          /* and below it: the reason in full, footer */
#define EMPTY_LINES 2    /* what is said when nothing is owed */

enum desk_line_kind { LINE_SECTION, LINE_TASK, LINE_EMPTY, LINE_BLANK, LINE_HEADS, LINE_REPORT };
struct desk_line {
    enum desk_line_kind kind;
    size_t index; /* of the section, the task, the report, or the line said */
};

struct desk_view {
    struct view view;
    const struct view_env *env;
    struct rect area;
    struct desk *desk;
    struct owed owed;
    char *person;
    int64_t selected; /* the task the selection follows; 0: none */
    size_t index;     /* where it stands among the tasks */
    size_t top;       /* the first line in the window */
    struct desk_item *items;
    size_t first, count; /* which tasks `items` are */
    struct table_column columns[DESK_COLUMNS], reports[REPORT_COLUMNS];
};

/* desk.c */
size_t desk_body_rows(const struct desk_view *view);
size_t desk_line_count(const struct desk_view *view);
struct desk_line desk_line_at(const struct desk_view *view, size_t line);
/* A task of the window; NULL when it could not be read, or is gone. */
const struct desk_item *desk_shown_item(const struct desk_view *view, size_t index);

/* desk_draw.c */
void desk_draw(const struct view *view, struct canvas *canvas, struct rect area);

#endif
