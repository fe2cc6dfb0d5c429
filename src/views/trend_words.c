/* trend_words: how it stands in a sentence, names of numbers and weeks, the filters behind them. */
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

/* --- the sentence ---------------------------------------------------------------------------- */

/* "12.5", and "0.04" of what would be none. */
static void add_pace(struct strbuf *out, int64_t hundredths)
{
    int64_t tenths = (hundredths + 5) / 10;
    if (tenths > 0)
        strbuf_format(out, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
    else
        strbuf_format(out, "0.%02lld", (long long)hundredths);
}

enum { MONTHS = 12, WORTH_YEARS = 24 /* months told in years */ };

static int months_between(date_t from, date_t until)
{
    int year, month, day, last_year, last_month;
    date_parts(from, &year, &month, &day);
    date_parts(until, &last_year, &last_month, &day);
    return (last_year - year) * MONTHS + last_month - month;
}

static void add_comparison(struct strbuf *out, const struct trend *trend)
{
    if (trend->planned_on == DATE_NONE)
        return;
    int months = months_between(trend->planned_on, trend->zero_on);
    bool late = months > 0;
    unsigned long far = (unsigned long)abs(months), years = (far + MONTHS / 2) / MONTHS;
    if (far == 0)
        strbuf_add(out, _(", as planned"));
    else if (far < WORTH_YEARS)
        strbuf_format(out,
            late
                ? ngettext(", %lu month later than planned", ", %lu months later than planned", far)
                : ngettext(
                      ", %lu month sooner than planned", ", %lu months sooner than planned", far),
            far);
    else
        strbuf_format(out,
            late ? _(", about %lu years later than planned")
                 : _(", about %lu years sooner than planned"),
            years);
}

static void add_end(struct strbuf *out, const struct trend *trend)
{
    struct strbuf pace = {0};
    int64_t net = trend->pace_hundredths;
    add_pace(&pace, net < 0 ? -net : net);
    const char *fewer = strbuf_text(&pace);
    if (net > 0 && trend->zero_on != DATE_NONE) {
        int year, month;
        date_parts(trend->zero_on, &year, &month, &(int){0});
        strbuf_format(out,
            _(", %2$s fewer each week of the last %1$d: none left about %3$04d-%4$02d"),
            TREND_PACE_WEEKS, fewer, year, month);
        add_comparison(out, trend);
    } else if (net > 0) {
        strbuf_format(out,
            _(", %2$s fewer each week of the last %1$d: at this pace there is no end in sight"),
            TREND_PACE_WEEKS, fewer);
    } else if (net < 0) {
        strbuf_format(out,
            _(", %2$s more each week of the last %1$d: at this pace there is no end"),
            TREND_PACE_WEEKS, fewer);
    } else {
        strbuf_format(out, _(", no fewer in the last %d weeks: at this pace there is no end"),
            TREND_PACE_WEEKS);
    }
    strbuf_clear(&pace);
}

void trend_sentence(const struct trend *trend, struct strbuf *out)
{
    long long open = trend->open, never = trend->never_due;
    if (open == 0) {
        strbuf_add(out, _("No task is open."));
        return;
    }
    strbuf_format(out, _("%lld open"), open);
    add_end(out, trend);
    if (never > 0)
        strbuf_format(out, _("; %lld of the open ones are never due"), never);
    strbuf_add(out, _("."));
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
        return _("Due");
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
