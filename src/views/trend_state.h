/* trend_state: what the trend keeps between two pictures. Shared by its own files only: trend.c
 * (life, moving), trend_words.c (sentences, filters), trend_weeks.c (which weeks are shown, and
 * their numbers), trend_draw.c and trend_chart.c (drawing). */
#ifndef VIEWS_TREND_STATE_H
#define VIEWS_TREND_STATE_H

#include "base/strbuf.h"
#include "model/trend.h"
#include "ui/chart.h"
#include "views/reading.h"
#include "views/trend.h"

/* The numbers of a week. */
enum trend_part {
    PART_OPEN, /* of weeks to come: at the pace of the last ones */
    PART_PLANNED,
    PART_OVERDUE,
    PART_BEGUN,
    PART_CLOSED,
    PART_LATE, /* became overdue */
    PART_COUNT
};
enum { TREND_ZOOMS = 5, TREND_ZOOM_FIRST = 1 };

struct trend_view {
    struct view view;
    const struct view_env *env;
    struct rect area;
    char *filter;
    struct reading *reading;
    struct trend *trend; /* NULL: none was whole yet */
    int zoom;            /* 0: the nearest */
    date_t cursor;       /* the Monday of the week; DATE_NONE: this week */
    enum trend_part part;
    unsigned changed; /* bits of the parts of this week that have changed */
    moment_t changed_until;
};

/* --- trend_weeks.c --------------------------------------------------------------------------- */

/* Weeks are counted from the first of the trend; they go on behind its last one. */
struct trend_window {
    size_t first, count;
    int columns; /* how many of those given are used, so that all weeks are as wide */
};
struct trend_window trend_window(const struct trend_view *view, int columns);
size_t trend_cursor(const struct trend_view *view);
size_t trend_end(const struct trend *trend); /* the week after the last there is to see */
date_t trend_monday(const struct trend *trend, size_t week);
/* -1: there is no such number in that week. */
int64_t trend_number(const struct trend *trend, size_t week, enum trend_part part);
int64_t trend_forecast(const struct trend *trend, size_t week); /* from this week on to zero */

/* --- trend_words.c --------------------------------------------------------------------------- */

const char *trend_part_label(const struct trend *trend, size_t week, enum trend_part part);
void trend_week_words(const struct trend *trend, size_t week, struct strbuf *out);
/* The one selected: of the numbers of this week that have tasks behind them that a filter can tell,
 * the first from `part` on. */
enum trend_part trend_part(const struct trend_view *view, size_t week);
/* As view_ops.tasks. */
char *trend_part_filter(const struct trend_view *view, size_t week, char **title);

/* --- trend_chart.c --------------------------------------------------------------------------- */

/* Lines, scale, months, columns of closings and of what became overdue, as the area has room. */
void trend_chart_draw(const struct trend_view *view, struct canvas *canvas, struct rect area);
int trend_chart_columns(const struct trend_view *view, struct rect area); /* for the weeks */
/* The week drawn in a column of the area; false: none. */
bool trend_chart_week(const struct trend_view *view, struct rect area, int column, size_t *week);
/* What the lines mean, in one row. */
void trend_legend_draw(const struct trend_view *view, struct canvas *canvas, struct rect line);

/* --- trend_draw.c ---------------------------------------------------------------------------- */

void trend_draw(const struct view *base, struct canvas *canvas, struct rect area);
struct rect trend_chart_area(const struct trend_view *view, struct rect area);

#endif
