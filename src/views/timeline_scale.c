/* timeline_scale: which column a day has, and the names of days above them. */
#include <stdlib.h>

#include "axis.h"
#include "base/language.h"
#include "base/text.h"
#include "timeline_state.h"
#include "views/board.h"

enum { SPAN = 28, WEEK = 7, TODAY_AT = 4 /* one part of so many of the columns is past */ };

static const struct {
    int columns; /* for SPAN days */
    int step;    /* days that Left and Right move by */
    int months;  /* every so many months are named before those between; 0: Mondays have names */
    const char *name;
} zooms[TIMELINE_ZOOMS] = {
    {28, 7, 0, N_("1 column a day")},
    {12, 28, 1, N_("3 columns a week")},
    {4, 91, 3, N_("1 column a week")},
    {1, 364, 6, N_("1 column for 4 weeks")},
};

const char *timeline_zoom_name(int zoom)
{
    return _(zooms[zoom].name);
}

int timeline_step(const struct timeline_view *view)
{
    return zooms[view->zoom].step;
}

/* --- days and columns ------------------------------------------------------------------------ */

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int timeline_column(const struct timeline_scale *scale, date_t day)
{
    int64_t days = (int64_t)day - scale->today - scale->scroll;
    return scale->columns / TODAY_AT + (int)floor_divide(days * zooms[scale->zoom].columns, SPAN);
}

date_t timeline_day(const struct timeline_scale *scale, int column)
{
    int64_t columns = column - scale->columns / TODAY_AT, of = zooms[scale->zoom].columns;
    return (date_t)(scale->today + scale->scroll + -floor_divide(-columns * SPAN, of));
}

/* The narrower the screen, the less of the table stands before time. */
void timeline_lay_out(struct timeline_view *view)
{
    int columns = view->area.columns - TIMELINE_PREFIX;
    int table = columns / 2 < 64 ? columns / 2 : 64;
    view->columns[0] = (struct table_column){.head = _("No."), .least = 7, .most = 8};
    view->columns[1] = (struct table_column){.head = _("Task"), .least = 12, .wanted = 30};
    view->columns[2] = (struct table_column){.head = _("Region"), .least = 7, .most = 8, .drop = 2};
    view->columns[3] = (struct table_column){.head = _("Due"), .least = 5, .most = 5, .drop = 1};
    table_layout(view->columns, TIMELINE_COLUMNS, table);
    int rows = view->area.rows - TIMELINE_ABOVE - TIMELINE_BELOW;
    view->window.rows = rows > 0 ? rows : 1;
}

struct timeline_scale timeline_scale(const struct timeline_view *view)
{
    int used = TIMELINE_PREFIX;
    for (int i = 0; i < TIMELINE_COLUMNS; i++)
        used += view->columns[i].width > 0 ? view->columns[i].width + 1 : 0;
    int columns = view->area.columns - used - 1;
    return (struct timeline_scale){
        .column = view->area.column + used,
        .columns = columns > 0 ? columns : 0,
        .today = model_today(view->env->model)->date,
        .zoom = view->zoom,
        .scroll = view->scroll,
    };
}

/* --- names of days --------------------------------------------------------------------------- */

static void put_name(const struct timeline_scale *scale, struct canvas *canvas, int row, date_t day,
    const char *text)
{
    int column = timeline_column(scale, day);
    if (column >= 0)
        axis_put(canvas, row, scale->column + column, scale->column + scale->columns,
            ROLE_COLUMN_HEAD, text);
}

static void draw_mondays(
    const struct timeline_scale *scale, struct canvas *canvas, int row, date_t first, date_t last)
{
    for (date_t day = first - date_weekday(first) + 1; day <= last; day += WEEK) {
        struct strbuf text = {0};
        int month, of_month;
        date_parts(day, &(int){0}, &month, &of_month);
        strbuf_format(&text, "%02d-%02d", month, of_month);
        put_name(scale, canvas, row, day, strbuf_text(&text));
        strbuf_clear(&text);
    }
}

/* Years are named first, then the months that halve or quarter them, then all that have room. */
static void draw_months(
    const struct timeline_scale *scale, struct canvas *canvas, int row, date_t first, date_t last)
{
    int year, month, last_year, last_month, every = zooms[scale->zoom].months;
    char text[AXIS_ROOM];
    date_parts(first, &year, &month, &(int){0});
    date_parts(last, &last_year, &last_month, &(int){0});
    const int steps[] = {12, every, 1};
    for (int pass = 0; pass < 3; pass++)
        for (int i = year * 12 + month - 1; i <= last_year * 12 + last_month - 1; i++) {
            date_t day = date_make(i / 12, i % 12 + 1, 1);
            bool before = pass > 0 && i % steps[pass - 1] == 0;
            if (day != DATE_NONE && i % steps[pass] == 0 && !before)
                put_name(scale, canvas, row, day, axis_month(day, text));
        }
}

void timeline_scale_draw(const struct timeline_scale *scale, struct canvas *canvas, int row)
{
    date_t first = timeline_day(scale, 0), last = timeline_day(scale, scale->columns) - 1;
    int today = timeline_column(scale, scale->today), width = text_width(_("Today"));
    if (today >= 0 && today < scale->columns) {
        int at = today + width <= scale->columns ? today : scale->columns - width;
        canvas_put(canvas, row, scale->column + at, width, ROLE_TITLE, _("Today"));
    }
    if (zooms[scale->zoom].months == 0)
        draw_mondays(scale, canvas, row, first, last);
    else
        draw_months(scale, canvas, row, first, last);
}
