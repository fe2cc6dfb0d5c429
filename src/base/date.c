#include "base/date.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/language.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199, DAY_SECONDS = 86400 };

/* --- calendar ----------------------------------------------------------------------------------
 */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days since 1970 by counting years from March, so that the leap day is a year's last. */
date_t date_make(int year, int month, int day)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 ||
        day > month_days(year, month)) {
        return DATE_NONE;
    }
    int from_march = (month + 9) % 12;
    int years = year - (month <= 2);
    int days = years * 365 + years / 4 - years / 100 + years / 400;
    return days + (from_march * 153 + 2) / 5 + day - 1 - 719468;
}

void date_parts(date_t date, int *year, int *month, int *day)
{
    assert(date != DATE_NONE);
    int days = date + 719468; /* since 0000-03-01 */
    int era = (days >= 0 ? days : days - 146096) / 146097;
    int of_era = days - era * 146097;
    int years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * years + years / 4 - years / 100);
    int from_march = (5 * of_year + 2) / 153;
    *day = of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = years + era * 400 + (*month <= 2);
}

/* Exactly `count` digits. */
static bool read_digits(const char *text, int count, int *out)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        value = value * 10 + (text[i] - '0');
    }
    *out = value;
    return true;
}

/* The ten bytes YYYY-MM-DD; stops at the first byte that does not fit, so never past the NUL. */
static bool read_date(const char *text, date_t *out)
{
    int year, month, day;
    if (!read_digits(text, 4, &year) || text[4] != '-' || !read_digits(text + 5, 2, &month) ||
        text[7] != '-' || !read_digits(text + 8, 2, &day)) {
        return false;
    }
    date_t date = date_make(year, month, day);
    if (date == DATE_NONE) {
        return false;
    }
    *out = date;
    return true;
}

bool date_parse(const char *iso, date_t *out)
{
    date_t date;
    if (!read_date(iso, &date) || iso[10] != '\0') {
        return false;
    }
    *out = date;
    return true;
}

static void put_digits(char *end, int value, int count)
{
    for (int i = 0; i < count; i++, value /= 10)
        *--end = (char)('0' + value % 10);
}

/* Without printf: tables have very many. */
const char *date_format(date_t date, char out[static 11])
{
    out[0] = '\0';
    if (date == DATE_NONE) {
        return out;
    }
    int year, month, day;
    date_parts(date, &year, &month, &day);
    if (year >= 0 && year <= 9999) {
        memcpy(out, "0000-00-00", 11);
        put_digits(out + 4, year, 4);
        put_digits(out + 7, month, 2);
        put_digits(out + 10, day, 2);
    }
    return out;
}

int date_weekday(date_t date)
{
    assert(date != DATE_NONE);
    int of_week = (date + 3) % 7; /* 1970-01-01 was a Thursday */
    return (of_week < 0 ? of_week + 7 : of_week) + 1;
}

const char *date_weekday_name(date_t date)
{
    static const char *const names[] = {
        N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun")};
    return _(names[date_weekday(date) - 1]);
}

/* --- zone ----------------------------------------------------------------------------------------
 */

#define ZONE_FOLDER "/usr/share/zoneinfo/"
#define ZONE_DEFAULT "Asia/Shanghai"

/* The zone is libc's own state (TZ, read by localtime_r). This alone is kept here: whether it is
 * ours yet, or still the machine's. */
static bool zone_is_declared;

/* A compiled zone, not one of the tables that lie beside them. */
static bool is_zone_file(const char *path)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return false;
    }
    char magic[4];
    bool is = fread(magic, 1, sizeof magic, file) == sizeof magic &&
              memcmp(magic, "TZif", sizeof magic) == 0;
    fclose(file);
    return is;
}

bool date_zone_set(const char *name)
{
    char value[256];
    int length = snprintf(value, sizeof value, ":" ZONE_FOLDER "%s", name);
    if (length >= (int)sizeof value || strstr(name, "..") != NULL) {
        return false;
    }
    if (!is_zone_file(value + 1)) {
        /* China has kept one zone since 1991: a machine without zone files can still have it. */
        if (strcmp(name, ZONE_DEFAULT) != 0) {
            return false;
        }
        strcpy(value, "CST-8");
    }
    setenv("TZ", value, 1);
    tzset();
    zone_is_declared = true;
    return true;
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

struct date_time date_local(moment_t moment)
{
    if (!zone_is_declared) {
        date_zone_set(ZONE_DEFAULT);
    }
    time_t seconds = (time_t)floor_divide(moment, 1000);
    struct tm tm;
    if (localtime_r(&seconds, &tm) == NULL) {
        return (struct date_time){.date = DATE_NONE};
    }
    int64_t local = (int64_t)seconds + tm.tm_gmtoff;
    return (struct date_time){
        .date = (date_t)floor_divide(local, DAY_SECONDS),
        .hour = tm.tm_hour,
        .minute = tm.tm_min,
        .second = tm.tm_sec,
    };
}

/* Twice, because the offset is that of the moment looked for; a time the zone skips gives the one
 * an hour beside it. */
moment_t date_moment(date_t date, int hour, int minute)
{
    int64_t wanted = (int64_t)date * DAY_SECONDS + hour * INT64_C(3600) + minute * INT64_C(60);
    int64_t seconds = wanted;
    for (int pass = 0; pass < 2; pass++) {
        struct date_time local = date_local(seconds * 1000);
        int64_t got = (int64_t)local.date * DAY_SECONDS + local.hour * INT64_C(3600) +
                      local.minute * INT64_C(60) + local.second;
        seconds += wanted - got;
    }
    return seconds * 1000;
}

/* By search, because a zone may skip midnight or live it twice. */
moment_t date_next_midnight(moment_t moment)
{
    int64_t low = floor_divide(moment, 1000), high = low + INT64_C(26) * 3600;
    date_t day = date_local(moment).date;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (date_local(middle * 1000).date == day) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high * 1000;
}

/* --- moments ------------------------------------------------------------------------------------
 */

const char *date_moment_format(moment_t moment, char out[static 25])
{
    int64_t days = floor_divide(moment, (int64_t)DAY_SECONDS * 1000);
    unsigned left = (unsigned)(moment - days * DAY_SECONDS * 1000);
    out[0] = '\0';
    if (days < date_make(FIRST_YEAR, 1, 1) || days > date_make(LAST_YEAR, 12, 31)) {
        return out;
    }
    char date[11];
    snprintf(out, 25, "%sT%02u:%02u:%02u.%03uZ", date_format((date_t)days, date),
        left / 3600000 % 24, left / 60000 % 60, left / 1000 % 60, left % 1000);
    return out;
}

/* ":SS" and ".fraction", each optional; moves `at` past what was there. */
static bool read_seconds(const char **at, int64_t *milliseconds)
{
    *milliseconds = 0;
    if (**at != ':') {
        return true;
    }
    int seconds;
    if (!read_digits(*at + 1, 2, &seconds) || seconds > 59) {
        return false;
    }
    *at += 3;
    *milliseconds = (int64_t)seconds * 1000;
    if (**at != '.') {
        return true;
    }
    ++*at;
    if (**at < '0' || **at > '9') {
        return false;
    }
    for (int weight = 100; **at >= '0' && **at <= '9'; weight /= 10, ++*at) {
        *milliseconds += (int64_t)(**at - '0') * weight;
    }
    return true;
}

/* "Z" or "+hh:mm" and then the end. */
static bool read_offset(const char *at, int64_t *seconds)
{
    if (strcmp(at, "Z") == 0) {
        *seconds = 0;
        return true;
    }
    int hours, minutes;
    if ((*at != '+' && *at != '-') || !read_digits(at + 1, 2, &hours) || at[3] != ':' ||
        !read_digits(at + 4, 2, &minutes) || at[6] != '\0' || hours > 23 || minutes > 59) {
        return false;
    }
    *seconds = ((int64_t)hours * 60 + minutes) * 60 * (*at == '-' ? -1 : 1);
    return true;
}

bool date_moment_parse(const char *iso, moment_t *out)
{
    date_t date;
    int hour, minute;
    int64_t milliseconds, offset;
    if (!read_date(iso, &date) || iso[10] != 'T' || !read_digits(iso + 11, 2, &hour) ||
        iso[13] != ':' || !read_digits(iso + 14, 2, &minute) || hour > 23 || minute > 59) {
        return false;
    }
    const char *at = iso + 16;
    if (!read_seconds(&at, &milliseconds) || !read_offset(at, &offset)) {
        return false;
    }
    int64_t seconds =
        (int64_t)date * DAY_SECONDS + hour * INT64_C(3600) + minute * INT64_C(60) - offset;
    *out = seconds * 1000 + milliseconds;
    return true;
}

/* --- now
 * ------------------------------------------------------------------------------------------ */

/* A fixed clock that cannot be read must not become the real one: a test would pass or fail by the
 * hour of the day. */
static _Noreturn void refuse_clock(const char *said)
{
    fprintf(stderr, "duban: DUBAN_NOW=%s is not a moment like 2026-11-21T21:47:00+08:00\n", said);
    exit(2);
}

static moment_t fixed_clock(const char *said)
{
    char line[64] = "";
    const char *iso = said;
    if (said[0] == '@') {
        FILE *file = fopen(said + 1, "re");
        if (file == NULL || fgets(line, sizeof line, file) == NULL) {
            refuse_clock(said);
        }
        fclose(file);
        line[strcspn(line, "\r\n")] = '\0';
        iso = line;
    }
    moment_t moment;
    if (!date_moment_parse(iso, &moment)) {
        refuse_clock(said);
    }
    return moment;
}

moment_t date_now(void)
{
    const char *said = getenv("DUBAN_NOW");
    if (said != NULL && said[0] != '\0') {
        return fixed_clock(said);
    }
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (moment_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

date_t date_today(void)
{
    return date_local(date_now()).date;
}

/* --- periods of reports ----------------------------------------------------------------------- */

date_t date_period_start(enum rhythm rhythm, date_t day)
{
    int year, month, of_month;
    date_parts(day, &year, &month, &of_month);
    switch (rhythm) {
    case RHYTHM_WEEKLY:
        return day - (date_weekday(day) - 1);
    case RHYTHM_TEN_DAY:
        return date_make(year, month, of_month > 20 ? 21 : of_month > 10 ? 11 : 1);
    case RHYTHM_HALF_MONTHLY:
        return date_make(year, month, of_month > 15 ? 16 : 1);
    case RHYTHM_MONTHLY:
        return date_make(year, month, 1);
    case RHYTHM_QUARTERLY:
        return date_make(year, (month - 1) / 3 * 3 + 1, 1);
    case RHYTHM_NONE:
    case RHYTHM_COUNT:
        break;
    }
    return DATE_NONE;
}

date_t date_period_end(enum rhythm rhythm, date_t day)
{
    date_t start = date_period_start(rhythm, day);
    if (start == DATE_NONE) {
        return DATE_NONE;
    }
    int year, month, of_month;
    date_parts(start, &year, &month, &of_month);
    switch (rhythm) {
    case RHYTHM_WEEKLY:
        return start + 6;
    case RHYTHM_TEN_DAY:
        return of_month == 21 ? date_make(year, month, month_days(year, month)) : start + 9;
    case RHYTHM_HALF_MONTHLY:
        return of_month == 16 ? date_make(year, month, month_days(year, month)) : start + 14;
    case RHYTHM_MONTHLY:
        return date_make(year, month, month_days(year, month));
    case RHYTHM_QUARTERLY:
        return date_make(year, month + 2, month_days(year, month + 2));
    case RHYTHM_NONE:
    case RHYTHM_COUNT:
        break;
    }
    return DATE_NONE;
}

date_t date_period_owed(enum rhythm rhythm, date_t today)
{
    date_t current = date_period_start(rhythm, today);
    return current == DATE_NONE ? DATE_NONE : date_period_start(rhythm, current - 1);
}
