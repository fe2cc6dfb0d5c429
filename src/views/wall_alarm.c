/* The alarm of a wall: what there is to acknowledge, the bell, the picture. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "model/task_list.h"
#include "model/units.h"
#include "ui/chart.h"
#include "views/board.h"
#include "wall_state.h"

#define RING_MS (5 * 60 * 1000)
#define NAME_COLUMNS 40

/* --- quiet hours ----------------------------------------------------------------------------- */

static bool read_time(const char **at, int *minutes)
{
    int hour, minute, length = 0;
    if (sscanf(*at, "%2d:%2d%n", &hour, &minute, &length) != 2 || length == 0 || hour < 0 ||
        hour > 24 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60)
        return false;
    *minutes = hour * 60 + minute;
    *at += length;
    return true;
}

bool wall_quiet_parse(const char *text, int *from, int *until, struct error *err)
{
    const char *at = text;
    *from = *until = 0;
    if (text[strspn(text, " ")] == '\0')
        return true;
    if (read_time(&at, from) && *at++ == '-' && read_time(&at, until) && *at == '\0')
        return true;
    return error_set(err, ERROR_INPUT,
        _("wall.quiet: \"%s\" is no span of hours like 22:00-07:00; empty: never quiet"), text);
}

bool wall_is_quiet(const struct wall_view *wall, moment_t now)
{
    struct date_time at = date_local(now);
    int minute = at.hour * 60 + at.minute, from = wall->quiet_from, until = wall->quiet_until;
    return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

/* --- what there is --------------------------------------------------------------------------- */

bool wall_alarms(const struct wall_view *wall)
{
    return wall->alarm.held.count > 0;
}

static void forget_rows(struct wall_alarm *alarm)
{
    for (size_t i = 0; i < alarm->rows; i++)
        task_row_clear(&alarm->row[i]);
    alarm->rows = 0;
}

void wall_alarm_clear(struct wall_view *wall)
{
    forget_rows(&wall->alarm);
    alarms_clear(&wall->alarm.held);
    alarms_clear(&wall->alarm.own);
    alarms_clear(&wall->alarm.taken);
}

static bool read_rows(struct wall_view *wall, const struct alarms *alarms, struct error *err)
{
    int64_t ids[WALL_ALARM_MOST];
    size_t count = alarms->count < WALL_ALARM_MOST ? alarms->count : WALL_ALARM_MOST;
    for (size_t i = 0; i < count; i++)
        ids[i] = alarms->item[i].task_id;
    forget_rows(&wall->alarm);
    if (!task_rows_read(wall->env->model, ids, count, wall->alarm.row, err))
        return false;
    wall->alarm.rows = count;
    return true;
}

/* Those that were acknowledged here alone are left out; of those that are no alarm any more nothing
 * need be remembered. */
static void leave_out_own(struct wall_alarm *alarm, struct alarms *found)
{
    struct alarms kept = {0}, own = {0};
    for (size_t i = 0; i < found->count; i++)
        alarms_add(alarms_hold(&alarm->own, &found->item[i]) ? &own : &kept, &found->item[i]);
    alarms_clear(found);
    alarms_clear(&alarm->own);
    alarm->own = own;
    *found = kept;
}

bool wall_alarm_read(struct wall_view *wall, struct error *err)
{
    struct wall_alarm *alarm = &wall->alarm;
    struct alarms found = {0};
    bool raised = false;
    if (!wall->env->settings->wall_alarm)
        return true;
    if (!alarm_read(wall->env->model, wall->query, alarm->from, &found, err))
        return false;
    leave_out_own(alarm, &found);
    if (!read_rows(wall, &found, err)) {
        alarms_clear(&found);
        return false;
    }
    for (size_t i = 0; i < found.count; i++)
        raised |= !alarms_hold(&alarm->held, &found.item[i]);
    alarms_clear(&alarm->held);
    alarm->held = found;
    if (raised) {
        alarm->ring_at = date_now();
        wall_unsay(wall); /* it speaks of another */
    }
    if (found.count == 0) /* what is held stays, however long ago it began */
        alarm->from = alarm_first_day(wall->env->model);
    return true;
}

bool wall_alarm_rings(struct wall_view *wall, moment_t now)
{
    struct wall_alarm *alarm = &wall->alarm;
    bool waits = now < alarm->ring_at && alarm->ring_at - now <= RING_MS; /* else it was set back */
    if (!wall_alarms(wall) || wall_is_quiet(wall, now) || waits)
        return false;
    alarm->ring_at = now + RING_MS;
    return true;
}

/* --- what is shown --------------------------------------------------------------------------- */

enum { HEAD_ROWS = 8, HEAD_SMALL = 3, HEAD_LEAST = 18, ITEM_ROWS = 3, OBJECTION_ROWS = 4 };

/* How alarms stand in an area: apart, with all there is to say; a line each where there are more of
 * them than that leaves room for. */
struct layout {
    int head;     /* rows above them */
    bool dense;   /* a line each */
    size_t shown; /* the first ones */
};

static int item_rows(const struct alarm *alarm, bool dense)
{
    return dense ? 1 : alarm->text ? OBJECTION_ROWS : ITEM_ROWS;
}

static size_t count_fitting(const struct alarms *held, int rows, bool dense)
{
    size_t count = 0;
    int used = 0;
    for (; count < held->count && count < WALL_ALARM_MOST; count++) {
        int more = count + 1 < held->count; /* a row to say so */
        int gap = !dense;                   /* below it, none at the end */
        used += item_rows(&held->item[count], dense);
        if (used - gap + more > rows)
            break;
    }
    return count;
}

/* One at least, so that all can be acknowledged, one after the other, however small the window; in
 * one that shows no alarm there is nothing to be acknowledged. */
static struct layout lay_out(const struct wall_view *wall, struct rect area)
{
    const struct alarms *held = &wall->alarm.held;
    bool large = area.rows >= HEAD_LEAST;
    struct layout layout = {.head = large ? HEAD_ROWS + 1 : HEAD_SMALL};
    int rows = area.rows - layout.head;
    layout.shown = count_fitting(held, rows, false);
    if (layout.shown < held->count) {
        layout.dense = true;
        layout.shown = count_fitting(held, rows, true);
    }
    if (layout.shown == 0 && held->count > 0 && rows > 0)
        layout.shown = 1;
    return layout;
}

/* --- acknowledging --------------------------------------------------------------------------- */

size_t wall_alarm_take(struct view *view)
{
    struct wall_view *wall = (struct wall_view *)view;
    struct wall_alarm *alarm = &wall->alarm;
    size_t shown = lay_out(wall, wall_body(wall, wall->area)).shown;
    alarms_clear(&alarm->taken);
    for (size_t i = 0; i < shown; i++)
        alarms_add(&alarm->taken, &alarm->held.item[i]);
    return alarm->taken.count;
}

static void say_done(struct wall_view *wall, const char *name, size_t count)
{
    wall_say(wall, ROLE_OK,
        alloc_format(ngettext("%zu alarm acknowledged by %s", "%zu alarms acknowledged by %s",
                         (unsigned long)count),
            count, name));
}

/* Here alone: the database does not take it. */
static void keep_own(struct wall_view *wall, const struct error *why)
{
    struct wall_alarm *alarm = &wall->alarm;
    struct error ignored = {0};
    for (size_t i = 0; i < alarm->taken.count; i++)
        alarms_add(&alarm->own, &alarm->taken.item[i]);
    leave_out_own(alarm, &alarm->held);
    read_rows(wall, &alarm->held, &ignored);
    wall_say(wall, ROLE_WARNING, alloc_format(_("Acknowledged on this wall alone: %s"), why->text));
}

static char *clean_name(const char *person)
{
    struct strbuf name = {0};
    const char *first = person + strspn(person, " ");
    size_t length = strlen(first);
    while (length > 0 && first[length - 1] == ' ')
        length--;
    text_scrub(&name, first, length, TEXT_ONE_LINE);
    strbuf_add(&name, "");
    return strbuf_take(&name);
}

bool wall_acknowledge(struct view *view, const char *person, struct error *err)
{
    struct wall_view *wall = (struct wall_view *)view;
    struct wall_alarm *alarm = &wall->alarm;
    struct error failed = {0};
    char *name = clean_name(person);
    if (*name == '\0') {
        free(name);
        return error_set(err, ERROR_INPUT, _("An alarm is acknowledged by name: type yours"));
    }
    if (text_width(name) > NAME_COLUMNS) {
        error_set(err, ERROR_INPUT, _("A name takes at most %d columns, this one takes %d"),
            NAME_COLUMNS, text_width(name));
        free(name);
        return false;
    }
    bool live = model_freshness(wall->env->model)->state == FRESH_LIVE;
    if (!live)
        failed = model_freshness(wall->env->model)->reason;
    if (live && alarm_acknowledge(wall->env->model, &alarm->taken, name, &failed)) {
        if (wall_alarm_read(wall, &failed))
            say_done(wall, name, alarm->taken.count);
        else
            keep_own(wall, &failed);
    } else if (failed.code == ERROR_BUSY) {
        free(name);
        return error_set(err, failed.code, "%s", failed.text);
    } else {
        keep_own(wall, &failed);
    }
    free(name);
    alarms_clear(&alarm->taken);
    return true;
}

/* --- the picture ----------------------------------------------------------------------------- */

static void add_kinds(const struct alarms *alarms, struct strbuf *out)
{
    for (int kind = 0; kind < ALARM_KIND_COUNT; kind++) {
        size_t count = 0;
        for (size_t i = 0; i < alarms->count; i++)
            count += (int)alarms->item[i].kind == kind;
        if (count > 0)
            strbuf_format(
                out, "%s%s %zu", out->length > 0 ? "  " : "", _(alarm_kinds[kind].label), count);
    }
}

static const char *bell_words(const struct wall_view *wall)
{
    return wall_is_quiet(wall, date_now()) ? _("Quiet hours. Enter: acknowledge by name")
                                           : _("Enter: acknowledge by name");
}

/* How many of what; large where there is room. */
static void draw_head(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    const struct alarms *held = &wall->alarm.held;
    struct strbuf kinds = {0};
    char number[24];
    bool large = area.rows >= HEAD_LEAST;
    int at = area.column + 2, row = area.row + large;
    snprintf(number, sizeof number, "%zu", held->count);
    add_kinds(held, &kinds);
    if (large)
        at += 3 + chart_digits(canvas, (struct rect){row, at, DIGIT_ROWS, area.columns - 4}, 1,
                      ROLE_ERROR, number);
    int room = area.column + area.columns - at - 1;
    canvas_format(
        canvas, row + large, at, room, ROLE_ERROR, "! %s !  %s", _("Alarm"), strbuf_text(&kinds));
    canvas_put(canvas, row + 1 + 2 * large, at, room, ROLE_TITLE, bell_words(wall));
    int line = area.row + (large ? HEAD_ROWS - 1 : HEAD_SMALL - 1);
    for (int i = 0; i < area.columns; i++)
        canvas_put(canvas, line, area.column + i, 1, ROLE_ERROR, canvas_glyph(canvas, GLYPH_LINE));
    strbuf_clear(&kinds);
}

static void add_since(struct strbuf *out, const struct wall_view *wall, const struct alarm *alarm,
    const struct task_row *row)
{
    date_t today = model_today(wall->env->model)->date;
    struct strbuf since = {0}, due = {0};
    board_add_date(&since, alarm->since, today);
    board_add_date(&due, row->due_on, today);
    if (alarm->kind == ALARM_OBJECTION)
        strbuf_format(out, _("raised %s"), strbuf_text(&since));
    else
        strbuf_format(out, _("late since %s, due %s"), strbuf_text(&since), strbuf_text(&due));
    strbuf_clear(&since);
    strbuf_clear(&due);
}

static void draw_item(const struct wall_view *wall, const struct alarm *alarm,
    const struct task_row *row, struct canvas *canvas, struct rect at)
{
    struct strbuf text = {0};
    const char *kind = _(alarm_kinds[alarm->kind].label);
    int column = at.column;
    column += 2 + canvas_put(canvas, at.row, column, at.columns, ROLE_ERROR, kind);
    int end = at.column + at.columns, room = end - column;
    if (row && row->id)
        strbuf_format(&text, "%s  %s", row->ident, row->title);
    else
        strbuf_add(&text, canvas_glyph(canvas, GLYPH_ELLIPSIS)); /* gone, or cannot be read now */
    column += canvas_put(canvas, at.row, column, room, ROLE_TITLE, strbuf_text(&text));
    strbuf_cut(&text, 0);
    if (row && row->id) {
        wall_add_place(&text, wall, row);
        strbuf_add(&text, " · ");
        add_since(&text, wall, alarm, row);
    }
    if (at.rows > 1) {
        column = end - room;
        canvas_put(canvas, at.row + 1, column, room, ROLE_NORMAL, strbuf_text(&text));
    } else if (column + 2 < end) { /* behind it, what there is room for */
        const char *rest = alarm->text ? alarm->text : strbuf_text(&text);
        canvas_put(canvas, at.row, column + 2, end - column - 2, ROLE_NORMAL, rest);
    }
    if (alarm->text && at.rows > 2)
        canvas_put(canvas, at.row + 2, column, room, ROLE_NORMAL, alarm->text);
    strbuf_clear(&text);
}

void wall_draw_alarm(const struct wall_view *wall, struct canvas *canvas, struct rect area)
{
    const struct wall_alarm *alarm = &wall->alarm;
    struct layout layout = lay_out(wall, area);
    int row = area.row + layout.head, end = area.row + area.rows;
    draw_head(wall, canvas, area);
    for (size_t i = 0; i < layout.shown; i++) {
        const struct alarm *item = &alarm->held.item[i];
        int rows = item_rows(item, layout.dense) - !layout.dense;
        struct rect at = {row, area.column + 2, rows, area.columns - 4};
        draw_item(wall, item, i < alarm->rows ? &alarm->row[i] : NULL, canvas, at);
        row += rows + !layout.dense;
    }
    size_t more = alarm->held.count - layout.shown;
    if (more > 0 && row < end)
        canvas_format(canvas, row, area.column + 2, area.columns - 4, ROLE_ERROR,
            ngettext("and %zu more, to be acknowledged after these",
                "and %zu more, to be acknowledged after these", (unsigned long)more),
            more);
}
