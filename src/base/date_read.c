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

/* +7 and -7: days from today. */
static bool read_step(const char *text, date_t today, date_t *out)
{
    bool minus = *text++ == '-';
    int days = take_digits(&text, 4);
    *out = minus ? today - days : today + days;
    return days >= 0 && *text == '\0';
}

bool date_read(const char *text, date_t today, date_t *out)
{
    int parts[3] = {0}, count = 0, year, month, day;
    text += strspn(text, " ");
    if (*text == '+' || *text == '-')
        return read_step(text, today, out);
    if (strlen(text) == 8 && strspn(text, "0123456789") == 8) {
        int value = atoi(text);
        *out = date_make(value / 10000, value / 100 % 100, value % 100);
        return *out != DATE_NONE && value / 10000 >= 1900 && value / 10000 < 2200;
    }
    for (; count < 3 && *text != '\0' && *text != ' '; count++) {
        parts[count] = take_digits(&text, count == 0 ? 4 : 2);
        if (parts[count] <= 0)
            return false;
        take_mark(&text);
    }
    text += strspn(text, " ");
    date_parts(today, &year, &month, &day);
    if (count == 2) /* a day of this year, or of the next when that is more than half a year ago */
        parts[2] = parts[1], parts[1] = parts[0], parts[0] = year;
    date_t date = count >= 2 ? date_make(parts[0], parts[1], parts[2]) : DATE_NONE;
    if (count == 2 && (date == DATE_NONE || date < today - 183))
        date = date_make(year + 1, parts[1], parts[2]);
    if (*text != '\0' || date == DATE_NONE || parts[0] < 1900 || parts[0] > 2199)
        return false;
    *out = date;
    return true;
}
