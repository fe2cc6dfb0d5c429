/* board: the home screen. One header line with freshness, a line of counters that are the saved views,
 * the task table, a ticker of the last events, the footer of hints.
 *
 * The selection follows its task, never its row number. While paused the list stands still and the
 * header says so. The functions are what the actions call; each returns an effect. */
#ifndef VIEWS_BOARD_H
#define VIEWS_BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "model/query_sql.h"
#include "views/views.h"

/* Opens with saved view `key` (0: the first), or with `filter` when not NULL. */
bool board_open(const struct view_env *env, const char *filter, int key, struct view **out, struct error *err);
/* A board upon another screen: the tasks of `base`, a filter that stays for its life, under a title. What is
 * typed and the saved views narrow it further; q and the last Esc go back to the screen below. */
bool board_open_tasks(const struct view_env *env, const char *base, const char *title, struct view **out,
    struct error *err);
struct view *board_from(struct view *view);          /* the board itself, or NULL when it is another view */

int64_t board_selected(const struct view *board);    /* 0: none */
enum effect board_select(struct view *board, int64_t id);
void board_follow(struct view *board, int64_t id);   /* selected once the next reload has found it */
enum effect board_select_row(struct view *board, size_t row); /* from 1; past the end: the last */
bool board_next(struct view *board, int by, int64_t *id); /* next or previous task; moves the selection */
const char *board_filter(const struct view *board); /* as typed, or of the saved view */
/* What a person asked for, for a screen opened from here: its base and what was typed, not the filter of a
 * saved view. "" nothing; caller frees. */
char *board_asked_filter(const struct view *board);
/* The one that finds just what the list shows, its base and a saved view's included. Caller frees. */
char *board_shown_filter(const struct view *board);
/* What the list is called: its saved view, the title of its base, else the filter; "" all tasks. */
const char *board_list_name(const struct view *board);
struct sort board_sorting(const struct view *board);
enum effect board_set_filter(struct view *board, const char *filter, struct error *err);
/* The same for what came in just now, with what was shown before put aside: board_show_before goes back
 * to it and to its task, board_show_again comes here, each only from where the other led. */
enum effect board_show_now(struct view *board, const char *filter, struct error *err);
enum effect board_show_before(struct view *board, struct error *err);
enum effect board_show_again(struct view *board, struct error *err);
/* Count of a filter being typed: -1 when it cannot be told at once. */
int64_t board_try_filter(struct view *board, const char *filter, struct error *err);
enum effect board_show_saved(struct view *board, int key, struct error *err);
enum effect board_find(struct view *board, const char *text, bool backwards, bool from_next, struct error *err);
void board_find_end(struct view *board);             /* takes the highlight away */
enum effect board_sort(struct view *board, const char *key, struct error *err); /* NULL: the next one */
enum effect board_reverse(struct view *board, struct error *err);
char *board_order(const struct view *board);         /* "Order: due, reversed"; caller frees */
enum effect board_pause(struct view *board);
enum effect board_mark(struct view *board);          /* the selected row */
enum effect board_range(struct view *board);         /* begins, ends a range */
/* The marked tasks and those of the open range, in no order; caller frees. 0: none is marked. */
size_t board_marked(const struct view *board, int64_t **ids);
enum effect board_unmark(struct view *board);
enum effect board_clear(struct view *board);         /* Esc: range, find, marks, filter: one at a time; NONE: nothing left */
enum effect board_set_columns(struct view *board, const char *columns, struct error *err);
char *board_columns(const struct view *board);       /* caller frees */
/* The selected task (or marked ones) as text to copy. Caller frees. */
char *board_copy_text(const struct view *board);
enum effect board_scroll_columns(struct view *board, int by);

/* The same table as plain text, for no terminal and --plain: every row, `columns` wide. */
struct strbuf;
bool board_plain(const struct view_env *env, const char *filter, int columns, struct strbuf *out, struct error *err);
/* What stands above it, for a session of lines: title and moment, who I am, the saved views with their
 * counts. `env` needs no keys. */
bool board_plain_head(const struct view_env *env, int columns, struct strbuf *out, struct error *err);
/* One task as a line for the ear, what matters most first: "1 overdue 21 days 2-012 TITLE REGION LEAD".
 * `columns` 0: the title is never cut. A row without an id is a task that is gone. */
struct task_row;
void board_plain_days(struct strbuf *out, int days); /* "overdue 21 days", "due today", "in 6 days" */
void board_plain_task(struct model *model, size_t number, const struct task_row *row, int columns, struct strbuf *out);

/* How the board writes a day in five columns (11-21 within the year, 27-03 beyond it, 1950 in another
 * century) and the days left until one, which take as many columns as the widest in this language. */
void board_add_date(struct strbuf *out, date_t date, date_t today);
void board_add_days(struct strbuf *out, int days);
int board_days_widest(void);
/* The colour of a row's light. */
struct task_row;
enum role board_light_role(enum light light, const struct task_row *row, const struct today *today);

/* Columns that can be chosen: one table. */
struct column_env { struct model *model; const struct today *today; };
struct board_column {
    const char *name;        /* number state title region lead supervisor due days percent progress reported sponsor updated by closed source */
    const char *head;        /* N_() */
    int least, most, drop;
    int (*widest)(void);     /* of a column of words: what the longest takes; NULL: `least` */
    bool right;
    void (*text)(const struct column_env *env, const struct task_row *row, struct strbuf *out);
    enum role (*role)(const struct column_env *env, const struct task_row *row); /* NULL: normal */
};
extern const struct board_column board_all_columns[];
extern const size_t board_column_count;
/* NULL: ERROR_INPUT with a suggestion or the whole list. */
const struct board_column *board_column_find(const char *name, struct error *err);

#endif
