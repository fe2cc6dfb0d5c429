/* A date as a person types it. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

/* Digits at `*text`, at most `most`; -1 when there is none. */
static int take_digits(const char **text, int most)
{
    int value = 0, count = 0;
    for (; count < most && **text >= '0' && **text <= '9'; count++)
        value = value * 10 + (*(*text)++ - '0');
    return count > 0 ? value : -1;
}

/* Steps over one of the marks that stand between the parts. */
static void take_mark(const char **text)
{
    static const char *const marks[] = {"-", "/", ".", "年", "月", "日", "－", "／", "．"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(*text, marks[i], strlen(marks[i])) == 0) {
            *text += strlen(marks[i]);
            return;
        }
}

/* +7 and -7: days from today, within the calendar. */
static date_t read_step(const char *text, date_t today)
{
    bool minus = *text++ == '-';
    int days = take_digits(&text, 4);
    date_t date = minus ? today - days : today + days;
    bool within = date >= date_make(1900, 1, 1) && date <= date_make(2199, 12, 31);
    return days >= 0 && *text == '\0' && within ? date : DATE_NONE;
}

/* 20261130 */
static date_t read_digits(const char *text)
{
    int value = atoi(text);
    return date_make(value / 10000, value / 100 % 100, value % 100);
}

/* Two or three numbers; without a year a day of this one, or of the next when that is more than
 * half a year ago. */
static date_t read_parts(const char *text, date_t today)
{
    int parts[3] = {0}, count = 0, year, month, day;
    for (; count < 3 && *text != '\0' && *text != ' '; count++) {
        parts[count] = take_digits(&text, count == 0 ? 4 : 2);
        if (parts[count] <= 0)
            return DATE_NONE;
        take_mark(&text);
    }
    text += strspn(text, " ");
    if (*text != '\0' || count < 2)
        return DATE_NONE;
    if (count == 3)
        return date_make(parts[0], parts[1], parts[2]);
    date_parts(today, &year, &month, &day);
    date_t date = date_make(year, parts[0], parts[1]);
    bool past = date == DATE_NONE || date < today - 183;
    return past ? date_make(year + 1, parts[0], parts[1]) : date;
}

bool date_read(const char *text, date_t today, date_t *out)
{
    text += strspn(text, " ");
    bool step = *text == '+' || *text == '-';
    bool digits = strlen(text) == 8 && strspn(text, "0123456789") == 8;
    date_t date = step     ? read_step(text, today)
                  : digits ? read_digits(text)
                           : read_parts(text, today);
    if (date == DATE_NONE)
        return false;
    *out = date;
    return true;
}
