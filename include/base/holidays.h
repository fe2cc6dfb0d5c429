/* holidays: working days by the calendar that the State Council publishes each November for the
 * next year: public holidays, and the weekend days on which the country works in return (调休).
 *
 * A file of them is written by hand, a year at a time, the years in order and without a gap:
 *
 *   years = (
 *     { year = 2026;
 *       holidays = [ "2026-01-01..2026-01-03", "2026-02-15..2026-02-23" ];
 *       working  = [ "2026-01-04", "2026-02-14", "2026-02-28" ]; }
 *   );
 *
 * A day is YYYY-MM-DD, FIRST..LAST a span with both its ends. `holidays` may name weekends too;
 * `working` names Saturdays and Sundays only. A year's list may begin in the December before,
 * because New Year's holiday does. Mistakes are errors with file and line.
 *
 * A year the file does not tell of, and every year where `holidays` is NULL, works from Monday to
 * Friday: holidays_knows tells the two apart. */
#ifndef BASE_HOLIDAYS_H
#define BASE_HOLIDAYS_H

#include <stdbool.h>

#include "base/date.h"
#include "base/error.h"

struct holidays;

bool holidays_read(const char *path, struct holidays **out, struct error *err);
void holidays_free(struct holidays *holidays);

const char *holidays_file(const struct holidays *holidays);
void holidays_span(const struct holidays *holidays, int *first_year, int *last_year);
bool holidays_knows(const struct holidays *holidays, int year);

bool holidays_is_working(const struct holidays *holidays, date_t day);
/* The day that is `working_days` working days after `from` (before it when negative); `from` need
 * not be one and is not counted. 0: `from` itself. */
date_t holidays_add(const struct holidays *holidays, date_t from, int working_days);
/* Working days from `first` to `last`, both counted; 0 when `last` is before `first`. */
int holidays_count(const struct holidays *holidays, date_t first, date_t last);

#endif
