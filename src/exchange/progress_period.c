/* Which days a progress list is of. */
#include "progress_period.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"

#define YEAR_BACK 183 /* days in which a day without a year is looked for */

/* DATE_NONE: there is no such month, as everywhere here. */
static date_t month_end(int year, int month)
{
    date_t next = month == 12 ? DATE_NONE : date_make(year, month + 1, 1);
    return next == DATE_NONE ? date_make(year, month, 31) : next - 1;
}

/* The Monday of a week of the year, as ISO 8601 counts them. */
static date_t week_of_year(int year, int week)
{
    date_t fourth = date_make(year, 1, 4), monday = fourth - date_weekday(fourth) + 1;
    date_t first = monday + (week - 1) * 7, last = date_make(year, 12, 28);
    return first <= last ? first : DATE_NONE;
}

static date_t week_of_month(int year, int month, int week)
{
    date_t first = date_make(year, month, 1);
    if (first == DATE_NONE)
        return DATE_NONE;
    date_t monday = first + (8 - date_weekday(first)) % 7;
    date_t begin = monday + (week - 1) * 7;
    return begin <= month_end(year, month) ? begin : DATE_NONE;
}

/* The days in the year in which they end; false: there are none such. */
static bool resolve(const struct progress_span *span, int year, date_t *first, date_t *last)
{
    if (span->kind != SPAN_DAYS) {
        *first = span->kind == SPAN_WEEK_OF_YEAR ? week_of_year(year, span->week)
                                                 : week_of_month(year, span->month[0], span->week);
        *last = *first == DATE_NONE ? DATE_NONE : *first + 6;
        return *first != DATE_NONE;
    }
    bool turns =
        span->month[0] > span->month[1] ||
        (span->month[0] == span->month[1] && span->day[1] > 0 && span->day[0] > span->day[1]);
    *first =
        date_make(span->year[0] > 0 ? span->year[0] : year - turns, span->month[0], span->day[0]);
    *last = span->day[1] > 0 ? date_make(year, span->month[1], span->day[1])
                             : month_end(year, span->month[1]);
    if (span->as_of)
        *first = *last;
    return *first != DATE_NONE && *last != DATE_NONE && *first <= *last;
}

static bool says_year(const struct progress_words *words, int year)
{
    for (size_t i = 0; i < words->years; i++)
        if (words->year[i] == year)
            return true;
    return false;
}

static bool doubt(
    struct progress_period *out, const struct progress_span *span, bool refuses, char *sentence)
{
    free(out->doubt);
    out->doubt = sentence;
    out->refuses = refuses;
    out->span = span;
    return !refuses;
}

/* The last time that there were such days, within half a year. */
static bool find_year(const struct progress_words *words, const struct progress_span *span,
    date_t today, int *year, struct progress_period *out)
{
    date_t first = DATE_NONE, last = DATE_NONE;
    int now, month, day;
    bool found = false;
    date_parts(today, &now, &month, &day);
    for (*year = now + 2; *year >= now && !found;)
        found = resolve(span, --*year, &first, &last) && first <= today;
    if (!found || last < today - YEAR_BACK)
        return doubt(out, span, true,
            alloc_format(_("the year of \"%s\" is not told: write it there"), span->words));
    bool other = says_year(words, *year - 1) || says_year(words, *year + 1);
    if (says_year(words, *year))
        return true;
    return doubt(out, span, other,
        other ? alloc_format(_("the year of \"%s\" is not told: write it there"), span->words)
              : alloc_format(_("the year of \"%s\" is not told: taken as %d"), span->words, *year));
}

static bool find_days(const struct progress_words *words, const struct progress_span *span,
    date_t today, date_t days[2], struct progress_period *out)
{
    int year = span->year[1];
    if (year == 0 && !find_year(words, span, today, &year, out))
        return false;
    if (!resolve(span, year, &days[0], &days[1]))
        return doubt(
            out, span, true, alloc_format(_("\"%s\": there are no such days"), span->words));
    if (span->kind == SPAN_WEEK_OF_MONTH && out->doubt == NULL &&
        date_weekday(date_make(year, span->month[0], 1)) != 1)
        doubt(out, span, false,
            alloc_format(_("\"%s\" is taken as %s to %s, by the weeks that begin in that month"),
                span->words, date_format(days[0], (char[11]){0}),
                date_format(days[1], (char[11]){0})));
    return true;
}

void progress_period_find(
    const struct progress_words *words, date_t today, struct progress_period *out)
{
    const struct progress_span *nearest = NULL;
    *out = (struct progress_period){.first = DATE_NONE, .last = DATE_NONE};
    for (size_t i = 0; i < words->count && !out->refuses; i++) {
        const struct progress_span *span = &words->span[i];
        date_t days[2];
        if (!find_days(words, span, today, days, out))
            break;
        if (nearest != NULL && (days[0] > out->last || days[1] < out->first)) {
            doubt(out, span, true,
                alloc_format(_("\"%s\" (line %zu) and \"%s\" are of different days: leave the one "
                               "that is right"),
                    nearest->words, nearest->line, span->words));
            break;
        }
        if (nearest == NULL || days[1] - days[0] < out->last - out->first) {
            out->first = days[0];
            out->last = days[1];
            out->span = nearest = span;
        }
    }
    if (out->refuses)
        out->first = out->last = DATE_NONE;
    else
        out->span = nearest;
}
