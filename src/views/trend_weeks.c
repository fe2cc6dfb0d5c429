/* trend_weeks: which weeks are shown, and their numbers, those to come included. */
#include <assert.h>

#include "trend_state.h"

enum { WEEK = 7, BEHIND_THE_END = 4 };

/* Weeks back, and as many ahead where there is something to see; 0: all. */
static const size_t zooms[TREND_ZOOMS] = {12, 26, 52, 104, 0};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

date_t trend_monday(const struct trend *trend, size_t week)
{
    return trend->week[0].starts_on + (date_t)(week * WEEK);
}

static size_t week_of(const struct trend *trend, date_t day)
{
    date_t first = trend->week[0].starts_on;
    return day > first ? (size_t)(day - first) / WEEK : 0;
}

size_t trend_end(const struct trend *trend)
{
    size_t end = trend->count, zero = 0;
    if (trend->zero_on != DATE_NONE)
        zero = week_of(trend, trend->zero_on) + BEHIND_THE_END;
    return least(zero > end ? zero : end, trend->past + TREND_WEEKS_MOST);
}

size_t trend_cursor(const struct trend_view *view)
{
    const struct trend *trend = view->trend;
    size_t week = view->cursor == DATE_NONE ? trend->past - 1 : week_of(trend, view->cursor);
    return least(week, trend_end(trend) - 1);
}

struct trend_window trend_window(const struct trend_view *view, int columns)
{
    const struct trend *trend = view->trend;
    size_t end = trend_end(trend), zoom = zooms[view->zoom], cursor = trend_cursor(view);
    size_t back = zoom ? least(zoom, trend->past) : trend->past;
    size_t ahead = zoom ? least(zoom, end - trend->past) : end - trend->past;
    assert(columns > 0);
    /* columns that would be left over show more of the past, then of what comes */
    size_t wide = (size_t)columns / (back + ahead);
    if (wide > 0) {
        size_t room = (size_t)columns / wide;
        back = least(room - ahead, trend->past);
        ahead = least(room - back, end - trend->past);
    }
    struct trend_window window = {trend->past - back, back + ahead, columns};
    wide = (size_t)columns / window.count;
    if (wide > 0)
        window.columns = (int)(wide * window.count);
    if (cursor < window.first)
        window.first = cursor;
    else if (cursor >= window.first + window.count)
        window.first = cursor + 1 - window.count;
    return window;
}

int64_t trend_forecast(const struct trend *trend, size_t week)
{
    if (week + 1 < trend->past)
        return -1;
    int64_t ahead = (int64_t)(week + 1 - trend->past);
    int64_t left = trend->open * 100 - ahead * trend->pace_hundredths;
    if (left > 0)
        return left / 100;
    bool first = ahead == 0 || left + trend->pace_hundredths > 0;
    return first ? 0 : -1;
}

int64_t trend_number(const struct trend *trend, size_t week, enum trend_part part)
{
    bool past = week < trend->past;
    const struct trend_week *told = &trend->week[week < trend->count ? week : trend->count - 1];
    switch (part) {
    case PART_OPEN:
        return past ? told->open : trend_forecast(trend, week);
    case PART_PLANNED:
        return told->planned;
    case PART_OVERDUE:
        return past ? told->overdue : -1;
    case PART_BEGUN:
        return past ? told->begun : -1;
    case PART_CLOSED:
        return past ? told->closed : -1;
    case PART_LATE:
        return past ? told->newly_overdue : -1;
    case PART_COUNT:
        break;
    }
    return -1;
}
