/* views: the registry of screens and what they share. A new screen is one file and one line here. */
#ifndef VIEWS_VIEWS_H
#define VIEWS_VIEWS_H

#include <stdbool.h>

#include "base/error.h"
#include "model/model.h"
#include "ui/view.h"

/* Context bits of actions: where an action applies. */
enum view_context {
    CONTEXT_BOARD = 1 << 0,
    CONTEXT_DETAIL = 1 << 1,
    CONTEXT_HELP = 1 << 2,
    CONTEXT_PROMPT = 1 << 3,
    CONTEXT_COLUMNS = 1 << 4,
    CONTEXT_EVENTS = 1 << 5,
    CONTEXT_CLASH = 1 << 9,
    CONTEXT_PREVIEW = 1 << 10,
    CONTEXT_ENTRY = 1 << 6,
    CONTEXT_MENU = 1 << 7,
    CONTEXT_DRAFTS = 1 << 8,
    CONTEXT_MEASURES = 1 << 11,
    CONTEXT_DESK = 1 << 12,
    CONTEXT_MATRIX = 1 << 13,
    CONTEXT_SCORECARD = 1 << 14,
    CONTEXT_TREND = 1 << 15,
    CONTEXT_TIMELINE = 1 << 16,
    CONTEXT_WALL = 1 << 17,
    CONTEXT_HANDOVER = 1 << 18,
    CONTEXT_NOTE = 1 << 19,
    CONTEXT_EXPLAIN = 1 << 20,
    CONTEXT_WALL_PAGE = 1 << 21,  /* hints of a wall: while a page is on, */
    CONTEXT_WALL_ALARM = 1 << 22, /* while an alarm is */
    CONTEXT_EXPORT = 1 << 23,
    CONTEXT_IMPORT = 1 << 24,
    CONTEXT_PICKER = 1 << 25,
    CONTEXT_ANY = ~0u & ~(1 << 3), /* everywhere but where text is typed */
};

/* What every view gets from the application: borrowed for the view's life. */
struct view_env {
    struct model *model;
    const struct keymap *keymap;
    const struct action *actions;
    size_t action_count;
    const struct view_settings *settings;
};

/* A saved view: filter, order and columns under a digit. */
struct saved_view {
    int key;                 /* 1..9 */
    const char *name;        /* as the counters show it; translated where built in */
    const char *filter, *sort, *columns; /* "" default */
};
struct view_settings {
    const char *title;       /* of the board */
    const struct saved_view *saved;
    size_t saved_count;
    const char *columns;     /* default columns of the board, names with blanks between */
    const char *score_columns; /* the same of the scorecard */
    int split_columns;       /* width from which the detail stands beside the list; 0 never */
    int changed_seconds;     /* how long a changed row is marked */
    bool lean;               /* marker selection, no animation: for slow lines */
    bool ticker;
    const char *wall_pages, *wall_quiet; /* as views/wall.h reads them */
    int wall_seconds;        /* for which a page is on */
    bool wall_alarm;
};

/* Every kind of view, one row each: the registry. A new screen adds its row in views.c. */
extern const struct view_ops board_view_ops, detail_view_ops, help_view_ops, chooser_view_ops,
    prompt_view_ops, clash_view_ops, preview_view_ops, entry_view_ops, menu_view_ops, drafts_view_ops,
    measures_view_ops, desk_view_ops, trend_view_ops, timeline_view_ops, matrix_view_ops, handover_view_ops, note_view_ops,
    wall_view_ops,
    scorecard_view_ops, explain_view_ops, export_view_ops, import_view_ops, picker_view_ops;
extern const struct view_ops *const views_all[];
extern const size_t views_count;

/* The titles of the views a set of context bits speaks of: "Board, Task". */
struct strbuf;
void views_where(unsigned contexts, struct strbuf *out);

#endif
