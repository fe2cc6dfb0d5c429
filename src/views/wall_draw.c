/* The picture of a wall: header, title and dots of the pages, the page, footer; and the pages of
 * counts, tasks and events. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "frame.h"
#include "model/units.h"
#include "ui/chart.h"
#include "views/board.h"
#include "wall_state.h"

enum { BELOW = 2 };                         /* a sentence and the footer */
enum { FILTER_LARGE = 32, GAP_LEAST = 21 }; /* rows from which there is room for them */

/* --- what pages share ------------------------------------------------------------------------ */

void wall_draw_sentence(
    struct canvas *canvas, struct rect area, enum role role, const char *sentence)
{
    struct text_lines lines = {0};
    int columns = area.columns > 8 ? area.columns - 4 : area.columns;
    text_wrap(&lines, sentence, columns);
    int row = area.row + (area.rows - (int)lines.count) / 2;
    for (size_t i = 0; i < lines.count; i++) {
        char *line = alloc_string_n(sentence + lines.line[i].start, lines.line[i].bytes);
        int at = area.column + (area.columns - text_width(line)) / 2;
        canvas_put(canvas, row + (int)i, at, columns, role, line);
        free(line);
    }
    text_lines_clear(&lines);
}

/* In the last row of an area: what a page has no room for. */
static void draw_more(struct canvas *canvas, struct rect area, int64_t more)
{
    canvas_format(canvas, area.row + area.rows - 1, area.column + 2, area.columns - 4, ROLE_TITLE,
        ngettext("and %lld more", "and %lld more", (unsigned long)more), (long long)more);
}

void wall_add_place(struct strbuf *out, const struct wall_view *wall, const struct task_row *row)
{
    const struct units *units = model_units(wall->env->model);
    const struct region *region = units_region(units, row->region_id);
    const struct department *lead = units_department(units, row->lead_id);
    strbuf_add(out, region ? region->shown : "");
    if (row->regions > 1)
        strbuf_format(out, "+%d", row->regions - 1);
    strbuf_format(out, " · %s", lead ? lead->shown : _("no lead"));
}

/* --- counts ---------------------------------------------------------------------------------- */

enum { FIGURES = 6, ACROSS_MOST = 3, SIZE_MOST = 4 };
struct figure {
    char text[24];
    const char *label;
    enum role role;
};

static void figure_set(struct figure *figure, int64_t value, const char *label, enum role role)
{
    snprintf(figure->text, sizeof figure->text, "%" PRId64, value);
    figure->label = label;
    figure->role = value > 0 ? role : ROLE_NORMAL;
}

static void make_figures(const struct counts *counts, struct figure out[static FIGURES])
{
    int64_t closed = counts->state[STATE_CLOSED];
    figure_set(&out[0], counts->open, _("Open"), ROLE_TITLE);
    figure_set(&out[1], counts->overdue, _("Overdue"), ROLE_OVERDUE);
    figure_set(&out[2], counts->unreported, _("Unreported"), ROLE_UNREPORTED);
    figure_set(&out[3], counts->all, _("All"), ROLE_TITLE);
    figure_set(&out[4], counts->due_soon, _("Due soon"), ROLE_DUE_SOON);
    figure_set(&out[5], share_percent(closed, counts->all), _("Share closed"), ROLE_OK);
    strcat(out[5].text, "%");
}

/* How the figures stand; `size` 0: as text. */
struct grid {
    int across, down, size;
    int width[ACROSS_MOST], used; /* of each column; of all */
};

static struct grid make_grid(const struct figure *figures, int across, int size)
{
    struct grid grid = {.across = across, .down = FIGURES / across, .size = size};
    for (int i = 0; i < FIGURES; i++) {
        int label = text_width(figures[i].label), column = i % across;
        int width =
            size > 0 ? chart_digits_width(size, figures[i].text) : text_width(figures[i].text);
        width = width > label ? width : label;
        grid.width[column] = width > grid.width[column] ? width : grid.width[column];
    }
    for (int i = 0; i < across; i++)
        grid.used += grid.width[i];
    return grid;
}

static int grid_rows(const struct grid *grid)
{
    return (grid->size > 0 ? DIGIT_ROWS * grid->size : 1) + 1;
}

/* The largest size at which all have their place, clearly more apart than digits are. */
static struct grid choose_grid(const struct figure *figures, struct rect area)
{
    for (int size = SIZE_MOST; size > 0; size--)
        for (int across = ACROSS_MOST; across > 1; across--) {
            struct grid grid = make_grid(figures, across, size);
            if (grid.used + 3 * size * (across - 1) <= area.columns &&
                grid.down * grid_rows(&grid) <= area.rows)
                return grid;
        }
    return make_grid(figures, ACROSS_MOST, 0);
}

void wall_draw_counts(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    struct figure figures[FIGURES];
    make_figures(&wall->counts, figures);
    struct grid grid = choose_grid(figures, area);
    int rows = grid_rows(&grid), at = 0;
    int gap = (area.columns - grid.used) / (grid.across + 1);
    int space = (area.rows - grid.down * rows) / (grid.down + 1);
    for (int i = 0; i < FIGURES; i++) {
        const struct figure *figure = &figures[i];
        if (i % grid.across == 0)
            at = area.column + gap;
        struct rect place = {area.row + space + i / grid.across * (rows + space), at, rows,
            grid.width[i % grid.across]};
        if (grid.size > 0)
            chart_digits(canvas, place, grid.size, figure->role, figure->text);
        else
            canvas_put(canvas, place.row, at, place.columns, figure->role, figure->text);
        canvas_put(canvas, place.row + rows - 1, at, place.columns, ROLE_TITLE, figure->label);
        at += place.columns + gap;
    }
}

/* --- tasks ----------------------------------------------------------------------------------- */

/* With room for it the days stand in large figures beside each task. */
enum { TASK_ROWS = 3, LARGE_ROWS = DIGIT_ROWS + 2, LARGE_LEAST = 4 };

static void add_days(struct strbuf *out, int days)
{
    if (days < 0)
        strbuf_format(out, ngettext("%d day late", "%d days late", (unsigned long)-days), -days);
    else if (days == 0)
        strbuf_add(out, _("due today"));
    else
        strbuf_format(out, ngettext("%d day left", "%d days left", (unsigned long)days), days);
}

static enum role days_role(int days, const struct today *today)
{
    return days < 0 ? ROLE_OVERDUE : days <= today->due_urgent_days ? ROLE_DUE_SOON : ROLE_TITLE;
}

static void draw_words(
    const struct wall_view *wall, const struct task_row *row, struct canvas *canvas, struct rect at)
{
    const struct today *today = model_today(wall->env->model);
    struct strbuf text = {0}, due = {0};
    strbuf_format(&text, "%s  %s", row->ident, row->title);
    canvas_put(canvas, at.row, at.column, at.columns, ROLE_TITLE, strbuf_text(&text));
    strbuf_cut(&text, 0);
    wall_add_place(&text, wall, row);
    strbuf_add(&text, " · ");
    board_add_date(&due, row->due_on, today->date);
    strbuf_format(&text, _("due %s"), strbuf_text(&due));
    canvas_put(canvas, at.row + 1, at.column, at.columns, ROLE_NORMAL, strbuf_text(&text));
    strbuf_clear(&due);
    strbuf_clear(&text);
}

static void draw_task(
    const struct wall_view *wall, const struct task_row *row, struct canvas *canvas, struct rect at)
{
    const struct today *today = model_today(wall->env->model);
    struct strbuf text = {0};
    bool has;
    int days = task_days_left(row, today, &has);
    enum role role = days_role(days, today);
    const char glyph[] = {lights[task_light(row, today)].glyph, '\0'};
    add_days(&text, days);
    int width = text_width(strbuf_text(&text));
    canvas_put(canvas, at.row, at.column, 1, role, glyph);
    struct rect words = {at.row, at.column + 2, 2, at.columns - 2 - width - 2};
    draw_words(wall, row, canvas, words);
    canvas_put_right(
        canvas, at.row, at.column + at.columns - width, width, role, strbuf_text(&text));
    strbuf_clear(&text);
}

static void draw_large_task(const struct wall_view *wall, const struct task_row *row,
    struct canvas *canvas, struct rect at, int figures)
{
    const struct today *today = model_today(wall->env->model);
    char number[16];
    bool has;
    int days = task_days_left(row, today, &has);
    struct strbuf text = {0};
    snprintf(number, sizeof number, "%d", days < 0 ? -days : days);
    int width = chart_digits_width(1, number);
    struct rect large = {at.row, at.column + figures - width, DIGIT_ROWS, width};
    chart_digits(canvas, large, 1, days_role(days, today), number);
    struct rect words = {at.row + 1, at.column + figures + 3, 2, at.columns - figures - 3};
    draw_words(wall, row, canvas, words);
    add_days(&text, days);
    canvas_put(canvas, at.row + 4, words.column, words.columns, days_role(days, today),
        strbuf_text(&text));
    strbuf_clear(&text);
}

static int widest_days(const struct wall_view *wall, const struct wall_list *list, size_t count)
{
    int widest = 0;
    for (size_t i = 0; i < count; i++) {
        char number[16];
        bool has;
        int days = task_days_left(&list->row[i], model_today(wall->env->model), &has);
        snprintf(number, sizeof number, "%d", days < 0 ? -days : days);
        int width = chart_digits_width(1, number);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void draw_list(const struct wall_view *wall, const struct wall_list *list,
    const char *nothing, struct canvas *canvas, struct rect area)
{
    bool large = area.rows / LARGE_ROWS >= LARGE_LEAST;
    int pitch = large ? LARGE_ROWS : TASK_ROWS;
    size_t room = (size_t)((area.rows + 1) / pitch);
    if (list->all > (int64_t)(list->count < room ? list->count : room)) {
        room = (size_t)(area.rows / pitch); /* the last row tells of the others */
        draw_more(canvas, area, list->all - (int64_t)(list->count < room ? list->count : room));
    }
    size_t count = list->count < room ? list->count : room;
    int figures = widest_days(wall, list, count);
    if (count == 0)
        wall_draw_sentence(canvas, area, ROLE_OK, nothing);
    for (size_t i = 0; i < count; i++) {
        struct rect at = {area.row + (int)i * pitch, area.column + 2, pitch - 1, area.columns - 4};
        if (large)
            draw_large_task(wall, &list->row[i], canvas, at, figures);
        else
            draw_task(wall, &list->row[i], canvas, at);
    }
}

void wall_draw_overdue(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    draw_list(wall, &wall->overdue, _("No task is overdue"), canvas, area);
}

void wall_draw_due_soon(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    draw_list(wall, &wall->due_soon, _("No task is due soon"), canvas, area);
}

/* --- events ---------------------------------------------------------------------------------- */

static void draw_event(
    const struct wall_view *wall, const struct event *event, struct canvas *canvas, struct rect at)
{
    struct strbuf text = {0};
    struct date_time when = date_local(event->at);
    int year, month, day;
    date_parts(when.date, &year, &month, &day);
    strbuf_format(&text, "%02d-%02d %02d:%02d", month, day, when.hour, when.minute);
    bool today = when.date == model_today(wall->env->model)->date;
    int column = at.column;
    column += canvas_put(
        canvas, at.row, column, at.columns, today ? ROLE_TITLE : ROLE_LABEL, strbuf_text(&text));
    strbuf_cut(&text, 0);
    strbuf_format(&text, "%s  %s", *event->actor ? event->actor : _("outside duban"), event->ident);
    column +=
        2 + canvas_put(canvas, at.row, column + 2, at.columns - 13, ROLE_TITLE, strbuf_text(&text));
    strbuf_cut(&text, 0);
    history_describe(wall->env->model, event, &text);
    column += 2;
    canvas_put(
        canvas, at.row, column, at.column + at.columns - column, ROLE_NORMAL, strbuf_text(&text));
    strbuf_clear(&text);
}

void wall_draw_events(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    int pitch = area.rows / 3 >= WALL_LIST_MOST / 2 ? 3 : 2;
    if (wall->events.count == 0)
        wall_draw_sentence(canvas, area, ROLE_NORMAL, _("Nothing has happened yet"));
    for (size_t i = 0; i < wall->events.count && (int)i * pitch < area.rows; i++) {
        struct rect at = {area.row + (int)i * pitch, area.column + 2, 1, area.columns - 4};
        draw_event(wall, &wall->events.event[i], canvas, at);
    }
}

/* --- the frame ------------------------------------------------------------------------------- */

static void draw_title(const struct wall_view *wall, struct canvas *canvas, struct rect line)
{
    struct strbuf dots = {0};
    int at = line.column + 1;
    for (size_t i = 0; wall->count > 1 && i < wall->count; i++)
        strbuf_format(
            &dots, "%s ", canvas_glyph(canvas, i == wall->at ? GLYPH_LIVE : GLYPH_BULLET));
    strbuf_format(&dots, "%zu/%zu", wall->at + 1, wall->count);
    int width = text_width(strbuf_text(&dots)), room = line.columns - width - 4;
    canvas_put_right(canvas, line.row, line.column + line.columns - 1 - width, width, ROLE_DIM,
        strbuf_text(&dots));
    const struct wall_page_row *page = &wall_pages[wall->page[wall->at]];
    int64_t all = page->all ? page->all(wall) : 0;
    if (all > 0)
        canvas_format(canvas, line.row, at, room, ROLE_TITLE,
            ngettext("%s: %lld", "%s: %lld", (unsigned long)all), _(page->title), (long long)all);
    else
        canvas_put(canvas, line.row, at, room, ROLE_TITLE, _(page->title));
    strbuf_clear(&dots);
}

static void draw_page(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    enum wall_page page = wall->page[wall->at];
    int gap = area.rows >= GAP_LEAST;
    struct rect body = {area.row + 1 + gap, area.column, area.rows - 1 - gap, area.columns};
    draw_title(wall, canvas, (struct rect){area.row, area.column, 1, area.columns});
    if (wall->known[page])
        wall_pages[page].draw(wall, canvas, body);
    else
        wall_draw_sentence(canvas, body, ROLE_NORMAL, _("Not read yet"));
}

static void draw_footer(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    int row = area.row + area.rows - BELOW;
    if (!frame_trouble(wall->env, canvas, row, area) && wall->said)
        canvas_put(canvas, row, area.column + 1, area.columns - 2, wall->said_role, wall->said);
    frame_footer(
        wall->env, wall_alarms(wall) ? CONTEXT_WALL_ALARM : CONTEXT_WALL_PAGE, "", canvas, area);
}

/* A wall of a filter must not be taken for one of all: as large as the window has room for. */
static int filter_rows(const struct wall_view *wall, struct rect area)
{
    return !wall->query ? 0 : area.rows >= FILTER_LARGE ? 3 : 1;
}

static void draw_filter(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    int rows = filter_rows(wall, area);
    if (rows == 0)
        return;
    canvas_fill(
        canvas, (struct rect){area.row + 1, area.column, rows, area.columns}, ROLE_WARNING, ' ');
    struct strbuf text = {0};
    strbuf_format(&text, _("! Shows and rings for this filter only: %s"), wall->filter);
    canvas_put(canvas, area.row + 1 + rows / 2, area.column + 1, area.columns - 2, ROLE_WARNING,
        strbuf_text(&text));
    strbuf_clear(&text);
}

struct rect wall_body(const struct wall_view *wall, struct rect area)
{
    int above = 1 + filter_rows(wall, area);
    return (struct rect){area.row + above, area.column, area.rows - above - BELOW, area.columns};
}

void wall_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct wall_view *wall = (const struct wall_view *)view;
    if (!frame_fits(canvas, area))
        return;
    struct rect body = wall_body(wall, area);
    if (wall_alarms(wall))
        wall_draw_alarm(wall, canvas, body);
    else
        draw_page(wall, canvas, body);
    if (model_freshness(wall->env->model)->state == FRESH_STALE)
        canvas_dim(canvas, body);
    draw_filter(wall, canvas, area);
    struct frame_state state = {
        .officer = model_duty_officer(wall->env->model), .paused = wall->paused};
    frame_header(wall->env, &state, canvas, area);
    draw_footer(wall, canvas, area);
}
