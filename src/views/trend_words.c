/* trend_words: names of numbers and weeks, the filters behind them. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "trend_state.h"

static const struct {
    const char *label, *ahead; /* of weeks to come */
} parts[PART_COUNT] = {
    [PART_OPEN] = {N_("Open"), N_("At this pace")},
    [PART_PLANNED] = {N_("Planned"), N_("Planned")},
    [PART_OVERDUE] = {N_("Overdue"), NULL},
    [PART_BEGUN] = {N_("New"), NULL},
    [PART_CLOSED] = {N_("Closed"), NULL},
    [PART_LATE] = {N_("Slipped"), NULL},
};

const char *trend_part_label(const struct trend *trend, size_t week, enum trend_part part)
{
    return _(week < trend->past ? parts[part].label : parts[part].ahead);
}

void trend_week_words(const struct trend *trend, size_t week, struct strbuf *out)
{
    date_t monday = trend_monday(trend, week);
    int year, month, day, last_month, last_day;
    date_parts(monday, &year, &month, &day);
    date_parts(monday + 6, &(int){0}, &last_month, &last_day);
    strbuf_format(out, "%04d-%02d-%02d~%02d-%02d", year, month, day, last_month, last_day);
}

/* --- the tasks behind a number --------------------------------------------------------------- */

static char *between(const char *field, date_t from, date_t until)
{
    char first[11], last[11];
    return alloc_format("%s:%s..%s", field, date_format(from, first), date_format(until, last));
}

/* What is so now can be told of this week only; when a task was assigned, of none. */
static char *words_of(const struct trend *trend, size_t week, enum trend_part part)
{
    date_t monday = trend_monday(trend, week), sunday = monday + 6;
    bool now = week + 1 == trend->past, some = trend_number(trend, week, part) > 0;
    switch (part) {
    case PART_OPEN:
        return now && some ? alloc_string("open") : NULL;
    case PART_PLANNED:
        return between("due", monday, sunday);
    case PART_OVERDUE:
        return now && some ? alloc_string("overdue") : NULL;
    case PART_CLOSED:
        return some ? between("closed", monday, sunday) : NULL;
    case PART_LATE:
        return some ? between("overdue due", monday - 1, sunday - 1) : NULL;
    case PART_BEGUN:
    case PART_COUNT:
        break;
    }
    return NULL;
}

static const char *title_of(enum trend_part part)
{
    switch (part) {
    case PART_PLANNED:
        return _("Due in the week");
    case PART_LATE:
        return _("Slipped, and still overdue");
    default:
        return _(parts[part].label);
    }
}

enum trend_part trend_part(const struct trend_view *view, size_t week)
{
    int part = view->part;
    for (int i = 0; i < PART_COUNT; i++, part = (part + 1) % PART_COUNT) {
        char *words = words_of(view->trend, week, (enum trend_part)part);
        free(words);
        if (words != NULL)
            break;
    }
    return (enum trend_part)part;
}

char *trend_part_filter(const struct trend_view *view, size_t week, char **title)
{
    enum trend_part part = trend_part(view, week);
    char *words = words_of(view->trend, week, part);
    if (words == NULL)
        return NULL;
    struct strbuf told = {0};
    trend_week_words(view->trend, week, &told);
    *title = alloc_format("%s %s", title_of(part), strbuf_text(&told));
    strbuf_clear(&told);
    if (*view->filter == '\0')
        return words;
    char *filter = alloc_format("(%s) %s", view->filter, words);
    free(words);
    return filter;
}
