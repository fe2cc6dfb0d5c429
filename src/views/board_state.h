/* board_state: what the board keeps between two pictures. Shared by the board's own files only:
 * board.c (life, reading), board_draw.c (drawing), board_list.c (selection, find, filter, order),
 * board_marks.c (marks and ranges), board_pane.c (the detail beside the list), board_plain.c (no
 * terminal). */
#ifndef VIEWS_BOARD_STATE_H
#define VIEWS_BOARD_STATE_H

#include "model/counts.h"
#include "model/history.h"
#include "model/task_list.h"
#include "ui/table.h"
#include "views/board.h"
#include "views/detail.h"

#define BOARD_COLUMNS_MOST 24
#define BOARD_TICKER_MOST 6
#define BOARD_CHANGED_MOST 128

struct board_changed {
    int64_t id;
    moment_t until;
};

struct board {
    struct view view;
    const struct view_env *env;
    struct rect area;

    /* the list */
    struct query *query; /* of base and filter */
    char *filter;
    char *base, *title; /* of a board upon another screen: what every filter narrows; NULL */
    struct sort sort;
    int saved_key; /* the saved view shown; 0: a filter of its own */
    struct {
        char *filter, *now; /* put aside, and what is shown for it; NULL: nothing is */
        int saved_key;
        int64_t selected;
    } aside;
    struct task_list *list;
    struct table_window window;
    int64_t selected;      /* the task the selection follows; 0: none */
    struct task_row *rows; /* of the window: rows[0] is window.top */
    size_t row_count, row_capacity;
    size_t row_top;

    /* columns */
    int columns[BOARD_COLUMNS_MOST]; /* indexes into board_all_columns */
    size_t column_count;
    size_t column_skip; /* columns after the number that h and l have scrolled off */
    struct table_column layout[BOARD_COLUMNS_MOST];
    size_t layout_count;
    int layout_index[BOARD_COLUMNS_MOST];

    /* marks: ids in ascending order; a range runs from its anchor to the selection */
    int64_t *marks;
    size_t mark_count, mark_capacity;
    int64_t anchor;

    /* what the lines above and below the table show */
    struct counts counts;
    struct query **saved_queries; /* one for each saved view, NULL where it does not parse */
    struct events ticker;
    char *officer;
    struct board_changed changed[BOARD_CHANGED_MOST];
    size_t changed_count;
    char *find;          /* highlighted; NULL: none */
    bool paused, behind; /* behind: something changed while paused */
    bool loading;        /* the list is not whole yet */

    /* the pane beside the list */
    struct detail_page *pane;
    int64_t pane_task;
    int pane_columns;
};

struct board *board_self(struct view *view);
const struct board *board_self_const(const struct view *view);

/* board.c */
bool board_open_list(struct board *board, struct error *err);
bool board_read_rows(struct board *board); /* of the window; false: they stay as they were */
void board_place(struct board *board); /* window and rows after the selection or the list moved */
void board_lay_out(struct board *board);
int board_table_rows(const struct board *board);
int board_list_columns(const struct board *board); /* columns left of the pane */

/* board_list.c */
enum effect board_key(struct view *view, const struct key *key);
enum effect board_motion(struct view *view, enum motion motion);

/* board_marks.c */
bool board_is_marked(const struct board *board, int64_t id, size_t index);

/* board_pane.c */
void board_pane_read(struct board *board);

/* board_draw.c */
void board_draw(const struct view *view, struct canvas *canvas, struct rect area);

#endif
