/* What a wall keeps between two pictures. */
#ifndef VIEWS_WALL_STATE_H
#define VIEWS_WALL_STATE_H

#include "model/alarm.h"
#include "model/counts.h"
#include "model/history.h"
#include "model/task.h"
#include "views/reading.h"
#include "views/wall.h"

enum wall_page {
    WALL_COUNTS,
    WALL_MATRIX,
    WALL_OVERDUE,
    WALL_TREND,
    WALL_EVENTS,
    WALL_DUE_SOON,
    WALL_SCORECARD,
    WALL_REPORTS,
    WALL_PAGE_COUNT
};

#define WALL_SURVEY_COUNT 4 /* pages that need one */
#define WALL_LIST_MOST 24   /* tasks or events on a page */
#define WALL_ALARM_MOST 48  /* shown, and acknowledged, at a time */

struct wall_list {
    struct task_row row[WALL_LIST_MOST];
    size_t count;
    int64_t all; /* in the filter */
};

struct wall_survey {
    struct wall_view *wall;
    int kind;
    struct reading *reading; /* NULL: the page was not on yet */
    void *result;            /* NULL: none is whole yet */
    moment_t begun_at;
    bool slow; /* the last one was not done at once */
};

struct wall_alarm {
    struct alarms held;  /* shown, to be acknowledged; the latest first */
    struct alarms own;   /* acknowledged here alone */
    struct alarms taken; /* about to be acknowledged */
    struct task_row row[WALL_ALARM_MOST];
    size_t rows;      /* of the first ones held */
    date_t from;      /* alarms since then count */
    moment_t ring_at; /* next, where something is held */
};

struct wall_view {
    struct view view;
    const struct view_env *env;
    struct rect area;
    char *filter;
    struct query *query; /* NULL: all */
    enum wall_page page[WALL_PAGE_COUNT];
    size_t count, at;              /* pages, and the one that is on */
    bool changed[WALL_PAGE_COUNT]; /* since the page was read */
    bool known[WALL_PAGE_COUNT];   /* it has been read */
    moment_t turned_at;
    bool paused;
    int quiet_from, quiet_until;
    char *said; /* in the line above the footer until then; NULL nothing */
    moment_t said_until;
    enum role said_role;
    moment_t left_at; /* when somebody was asked whether to leave an alarm; 0 nobody was */

    struct counts counts;
    struct wall_list overdue, due_soon;
    struct events events;
    struct wall_survey survey[WALL_SURVEY_COUNT];
    struct wall_alarm alarm;
};

/* --- wall_pages.c: what stands on the pages -------------------------------------------------- */

struct wall_page_row {
    const char *name;  /* of the option */
    const char *title; /* N_() */
    bool (*read)(struct wall_view *wall, struct error *err);
    void (*draw)(const struct wall_view *wall, struct canvas *canvas, struct rect area);
    int64_t (*all)(const struct wall_view *wall); /* tasks it is about; NULL: not told in the title */
};
extern const struct wall_page_row wall_pages[WALL_PAGE_COUNT];
size_t wall_pages_parse(const char *text, enum wall_page out[static WALL_PAGE_COUNT]);
void wall_pages_clear(struct wall_view *wall);

/* --- wall_draw.c ----------------------------------------------------------------------------- */

void wall_draw(const struct view *view, struct canvas *canvas, struct rect area);
/* Between the header, with the filter below it, and the footer: a page with its title, or an alarm. */
struct rect wall_body(const struct wall_view *wall, struct rect area);
void wall_draw_counts(const struct wall_view *wall, struct canvas *canvas, struct rect area);
void wall_draw_overdue(const struct wall_view *wall, struct canvas *canvas, struct rect area);
void wall_draw_due_soon(const struct wall_view *wall, struct canvas *canvas, struct rect area);
void wall_draw_events(const struct wall_view *wall, struct canvas *canvas, struct rect area);
/* "盘锦 · 自然资源厅" */
void wall_add_place(struct strbuf *out, const struct wall_view *wall, const struct task_row *row);
/* A sentence in the middle of the area. */
void wall_draw_sentence(
    struct canvas *canvas, struct rect area, enum role role, const char *sentence);

/* --- wall_survey.c --------------------------------------------------------------------------- */

bool wall_survey_serves(enum wall_page page);
bool wall_survey_read(struct wall_view *wall, enum wall_page page, struct error *err);
/* Whether a page's survey was begun too little time ago to be begun again. */
bool wall_survey_rests(const struct wall_view *wall, enum wall_page page);
const void *wall_survey_result(const struct wall_view *wall, enum wall_page page); /* NULL: none */
const char *wall_survey_progress(const struct wall_view *wall, enum wall_page page);
int wall_survey_fd(const struct view *view);
enum effect wall_survey_ready(struct view *view, struct error *err);
void wall_survey_clear(struct wall_view *wall);

/* --- wall_charts.c --------------------------------------------------------------------------- */

void wall_draw_matrix(const struct wall_view *wall, struct canvas *canvas, struct rect area);
void wall_draw_reports(const struct wall_view *wall, struct canvas *canvas, struct rect area);
void wall_draw_scorecard(const struct wall_view *wall, struct canvas *canvas, struct rect area);
void wall_draw_trend(const struct wall_view *wall, struct canvas *canvas, struct rect area);

/* --- wall_alarm.c ---------------------------------------------------------------------------- */

bool wall_alarm_read(struct wall_view *wall, struct error *err);
bool wall_alarms(const struct wall_view *wall); /* whether there is one */
/* Whether the bell rings now; it then is not due for some minutes. */
bool wall_alarm_rings(struct wall_view *wall, moment_t now);
bool wall_is_quiet(const struct wall_view *wall, moment_t now);
void wall_alarm_clear(struct wall_view *wall);
void wall_draw_alarm(const struct wall_view *wall, struct canvas *canvas, struct rect area);

/* wall.c: a sentence in the line above the footer, for a while. Takes the text. */
void wall_say(struct wall_view *wall, enum role role, char *text);
void wall_unsay(struct wall_view *wall);

#endif
