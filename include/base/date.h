/* date: calendar days, and the moment now. A deadline is a calendar day and has no zone; a moment is
 * milliseconds since 1970 UTC. One declared zone turns a moment into a day (`zone`, an option;
 * Asia/Shanghai unless said).
 *
 * The clock can be fixed for tests: DUBAN_NOW=2026-11-21T21:47:00+08:00 freezes it, and
 * DUBAN_NOW=@FILE reads the same form from FILE each time it is asked. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t date_t;         /* days since 1970-01-01 */
typedef int64_t moment_t;       /* milliseconds since 1970-01-01T00:00:00Z */
#define DATE_NONE INT32_MIN     /* no date; formats as "" */

bool date_parse(const char *iso, date_t *out);            /* exactly YYYY-MM-DD, a real day, 1900-2199 */
/* As a person types it: 2026-11-30, 2026/11/30, 2026.11.30, 20261130, 2026年11月30日, 11-30 (the one that is
 * nearest to come, half a year back allowed), +7 and -7 (days from `today`). */
bool date_read(const char *text, date_t today, date_t *out);
const char *date_format(date_t date, char out[static 11]); /* ISO; returns out */
void date_parts(date_t date, int *year, int *month, int *day); /* month and day from 1 */
date_t date_make(int year, int month, int day);           /* DATE_NONE when there is no such day */
int date_weekday(date_t date);                            /* 1 Monday .. 7 Sunday */
const char *date_weekday_name(date_t date);               /* "Mon", in the interface's language */

struct date_time {
    date_t date;
    int hour, minute, second;
};

bool date_zone_set(const char *name);   /* false when the system knows no such zone; the old one stays */
moment_t date_now(void);
date_t date_today(void);                             /* in the declared zone */
struct date_time date_local(moment_t moment);        /* in the declared zone */
moment_t date_moment(date_t date, int hour, int minute); /* that time of day in the declared zone */
moment_t date_next_midnight(moment_t moment);        /* the next change of day in the declared zone */
const char *date_moment_format(moment_t moment, char out[static 25]); /* 2026-11-21T13:47:05.123Z */
bool date_moment_parse(const char *iso, moment_t *out); /* the same, seconds and fraction optional, Z or +hh:mm */

/* The start of the most recent period of `rhythm` whose report is already owed on `today`: the last
 * period that has ended. A task whose last report is for an earlier one is unreported. Weeks begin
 * on Monday, ten-day periods on the 1st, 11th and 21st, halves on the 1st and 16th. DATE_NONE for
 * RHYTHM_NONE. */
enum rhythm { RHYTHM_NONE, RHYTHM_WEEKLY, RHYTHM_TEN_DAY, RHYTHM_HALF_MONTHLY, RHYTHM_MONTHLY, RHYTHM_QUARTERLY, RHYTHM_COUNT };
date_t date_period_start(enum rhythm rhythm, date_t day);   /* of the period that holds `day` */
date_t date_period_end(enum rhythm rhythm, date_t day);     /* last day of it */
date_t date_period_owed(enum rhythm rhythm, date_t today);

#endif
