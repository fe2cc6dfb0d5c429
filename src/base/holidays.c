#include "base/holidays.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/settings.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "base/text.h"

enum { YEARS_MOST = 100, SPAN_MOST = 31, SATURDAY = 6 };

/* What the calendar says of a day that the week alone does not. */
enum mark { MARK_NONE, MARK_HOLIDAY, MARK_WORKING };

struct holidays {
    char *file;
    int first_year, last_year;
    date_t start;         /* the day of marks[0]: 1 December before the first year */
    unsigned char *marks; /* enum mark, a day each */
    size_t count, capacity;
};

/* --- reading ------------------------------------------------------------------------------------
 */

struct reading {
    const struct settings *settings;
    struct holidays *holidays;
    int year; /* whose lists are being read */
    struct error *err;
};

static bool refuse(const struct reading *reading, const char *path)
{
    const struct settings *settings = reading->settings;
    return error_prefix(
        reading->err, _("%s, line %d"), settings_name(settings), settings_line(settings, path));
}

static bool read_span(const char *text, date_t *first, date_t *last)
{
    const char *dots = strstr(text, "..");
    if (dots == NULL) {
        bool day = date_parse(text, first);
        *last = *first;
        return day;
    }
    char *begin = alloc_string_n(text, (size_t)(dots - text));
    bool both = date_parse(begin, first) && date_parse(dots + 2, last);
    free(begin);
    return both;
}

static bool is_weekend(date_t day)
{
    return date_weekday(day) >= SATURDAY;
}

/* Both lists are typed by hand from a document: what cannot be meant is a slip of the pen. */
static bool mark_day(struct reading *reading, date_t day, enum mark mark)
{
    struct holidays *holidays = reading->holidays;
    char name[11];
    date_format(day, name);
    if (day < date_make(reading->year - 1, 12, 1) || day > date_make(reading->year, 12, 31))
        return error_set(reading->err, ERROR_INPUT, _("%s is not of the year %d; look at the year"),
            name, reading->year);
    if (mark == MARK_WORKING && !is_weekend(day))
        return error_set(reading->err, ERROR_INPUT,
            _("%s is no Saturday or Sunday: as a working day it need not be named"), name);
    unsigned char *place = &holidays->marks[day - holidays->start];
    if (*place != MARK_NONE)
        return error_set(
            reading->err, ERROR_INPUT, _("%s is named twice; leave one of the two out"), name);
    *place = (unsigned char)mark;
    return true;
}

static bool mark_span(struct reading *reading, const char *text, enum mark mark)
{
    date_t first = DATE_NONE, last = DATE_NONE;
    if (!read_span(text, &first, &last))
        return error_set(reading->err, ERROR_INPUT,
            _("\"%s\" is no day; write YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD"), text);
    if (last < first || last - first >= SPAN_MOST)
        return error_set(reading->err, ERROR_INPUT,
            _("\"%s\" is no span: the first day comes first, the last at most %d days later"), text,
            SPAN_MOST - 1);
    for (date_t day = first; day <= last; day++)
        if (!mark_day(reading, day, mark))
            return false;
    return true;
}

static bool read_list(struct reading *reading, const char *path, enum mark mark)
{
    enum settings_type type = settings_type(reading->settings, path);
    if (type == SETTINGS_NONE)
        return true;
    size_t count = settings_count(reading->settings, path);
    if (type != SETTINGS_LIST) {
        error_set(reading->err, ERROR_INPUT, _("days stand in a list: [ \"YYYY-MM-DD\", ... ]"));
        return refuse(reading, path);
    }
    for (size_t i = 0; i < count; i++) {
        char item[64];
        const char *text = "";
        snprintf(item, sizeof item, "%s.[%zu]", path, i);
        if (!settings_string(reading->settings, item, &text))
            error_set(reading->err, ERROR_INPUT, _("a day is written in quotes: \"YYYY-MM-DD\""));
        else if (mark_span(reading, text, mark))
            continue;
        return refuse(reading, item);
    }
    return true;
}

/* A misspelt list would leave its days out without a word. */
static bool knows_names(struct reading *reading, const char *path)
{
    static const char *const names[] = {"year", "holidays", "working"};
    size_t count = settings_count(reading->settings, path);
    for (size_t i = 0; i < count; i++) {
        const char *name = settings_member(reading->settings, path, i);
        struct suggest suggest = suggest_for(name);
        bool known = false;
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            known = known || strcmp(name, names[k]) == 0;
            suggest_offer(&suggest, names[k]);
        }
        if (known)
            continue;
        char member[64];
        snprintf(member, sizeof member, "%s.[%zu]", path, i);
        error_set(reading->err, ERROR_INPUT,
            _("a year of the calendar has no \"%s\"; did you mean \"%s\"?"), name,
            suggest.best ? suggest.best : names[1]);
        return refuse(reading, member);
    }
    return true;
}

/* Room for a year's marks and the December before the first. */
static void add_year(struct holidays *holidays, int year)
{
    if (holidays->count == 0) {
        holidays->first_year = year;
        holidays->start = date_make(year - 1, 12, 1);
    }
    date_t days = date_make(year, 12, 31) - holidays->start + 1;
    size_t count = (size_t)days;
    holidays->marks = alloc_grow(holidays->marks, &holidays->capacity, count, 1);
    memset(holidays->marks + holidays->count, MARK_NONE, count - holidays->count);
    holidays->count = count;
    holidays->last_year = year;
}

static bool take_year(struct reading *reading, const char *path)
{
    struct holidays *holidays = reading->holidays;
    if (date_make(reading->year, 12, 31) == DATE_NONE ||
        date_make(reading->year - 1, 12, 1) == DATE_NONE)
        error_set(reading->err, ERROR_INPUT, _("there is no calendar for the year %d; look at it"),
            reading->year);
    else if (holidays->count > 0 && reading->year != holidays->last_year + 1)
        error_set(reading->err, ERROR_INPUT,
            _("the year %d does not follow %d: put the years in order, none left out"),
            reading->year, holidays->last_year);
    else {
        add_year(holidays, reading->year);
        return true;
    }
    return refuse(reading, path);
}

static bool read_year(struct reading *reading, size_t index)
{
    char path[32], year[48], list[48];
    snprintf(path, sizeof path, "years.[%zu]", index);
    snprintf(year, sizeof year, "%s.year", path);
    if (settings_type(reading->settings, path) != SETTINGS_GROUP ||
        !settings_int(reading->settings, year, &reading->year)) {
        error_set(reading->err, ERROR_INPUT,
            _("a year is written { year = 2026; holidays = [ ... ]; working = [ ... ]; }"));
        return refuse(reading, path);
    }
    if (!knows_names(reading, path) || !take_year(reading, year))
        return false;
    snprintf(list, sizeof list, "%s.holidays", path);
    if (!read_list(reading, list, MARK_HOLIDAY))
        return false;
    snprintf(list, sizeof list, "%s.working", path);
    return read_list(reading, list, MARK_WORKING);
}

static bool read_years(struct reading *reading)
{
    const struct settings *settings = reading->settings;
    size_t count = settings_count(settings, "years");
    if (settings_type(settings, "years") != SETTINGS_LIST || settings_count(settings, "") != 1 ||
        count == 0 || count > YEARS_MOST)
        return error_set(reading->err, ERROR_INPUT,
            _("\"%s\" is no calendar of holidays; it holds \"years = ( { year = 2026; holidays = [ "
              "... ]; working = [ ... ]; } );\" and nothing else"),
            settings_name(settings));
    for (size_t i = 0; i < count; i++)
        if (!read_year(reading, i))
            return false;
    return true;
}

/* The sentence may quote the file, which anybody wrote. */
static bool fail(const struct error *wrong, enum error_code code, struct error *err)
{
    struct strbuf clean = {0};
    text_scrub(&clean, wrong->text, strlen(wrong->text), TEXT_ONE_LINE);
    error_set(err, code, "%s", strbuf_text(&clean));
    strbuf_clear(&clean);
    return false;
}

bool holidays_read(const char *path, struct holidays **out, struct error *err)
{
    struct settings *settings;
    struct error wrong = {0};
    if (!settings_read_file(path, &settings, &wrong)) {
        /* no task is meant, as the exit status would say */
        enum error_code code = wrong.code == ERROR_NOT_FOUND ? ERROR_MISSING : wrong.code;
        return fail(&wrong, code, err);
    }
    struct holidays *holidays = alloc_zero(1, sizeof *holidays);
    holidays->file = alloc_string(path);
    struct reading reading = {.settings = settings, .holidays = holidays, .err = &wrong};
    bool good = read_years(&reading);
    settings_free(settings);
    if (good) {
        *out = holidays;
        return true;
    }
    holidays_free(holidays);
    return fail(&wrong, wrong.code, err);
}

void holidays_free(struct holidays *holidays)
{
    if (holidays == NULL)
        return;
    free(holidays->file);
    free(holidays->marks);
    free(holidays);
}

/* --- asking -------------------------------------------------------------------------------------
 */

const char *holidays_file(const struct holidays *holidays)
{
    return holidays->file;
}

void holidays_span(const struct holidays *holidays, int *first_year, int *last_year)
{
    *first_year = holidays->first_year;
    *last_year = holidays->last_year;
}

bool holidays_knows(const struct holidays *holidays, int year)
{
    return holidays != NULL && year >= holidays->first_year && year <= holidays->last_year;
}

bool holidays_is_working(const struct holidays *holidays, date_t day)
{
    enum mark mark = MARK_NONE;
    if (holidays != NULL && day >= holidays->start &&
        (size_t)(day - holidays->start) < holidays->count)
        mark = holidays->marks[day - holidays->start];
    return mark == MARK_NONE ? !is_weekend(day) : mark == MARK_WORKING;
}

date_t holidays_add(const struct holidays *holidays, date_t from, int working_days)
{
    int step = working_days < 0 ? -1 : 1;
    while (working_days != 0) {
        from += step;
        if (holidays_is_working(holidays, from))
            working_days -= step;
    }
    return from;
}

int holidays_count(const struct holidays *holidays, date_t first, date_t last)
{
    int count = 0;
    for (date_t day = first; day <= last; day++)
        count += holidays_is_working(holidays, day);
    return count;
}
