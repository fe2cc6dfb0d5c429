/* Dates as people type them. */
#include <stdlib.h>
#include <string.h>

#include "form_parts.h"

#define TYPED_MOST 16        /* bytes of the longest notation, and some */
#define LONG_PAST 183        /* days after which a day without a year is next year's */
#define OFFSET_DIGITS_MOST 5 /* of +7 */

/* What an input method gives for the signs of a date. 年 and 月 stand between numbers, 日 at the
 * end. */
static const struct {
    const char *typed, *plain;
} signs[] = {{" ", ""}, {"　", ""}, {"/", "."}, {"．", "."}, {"／", "."}, {"。", "."}, {"年", "."},
    {"月", "."}, {"日", ""}, {"号", ""}, {"＋", "+"}, {"－", "-"}, {"—", "-"}};

static const char *sign_of(const char *at, size_t *bytes)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        *bytes = strlen(signs[i].typed);
        if (strncmp(at, signs[i].typed, *bytes) == 0)
            return signs[i].plain;
    }
    return NULL;
}

/* The digits and signs of `typed` in ASCII; false for anything else in it. */
static bool simplify(const char *typed, char out[static TYPED_MOST + 1])
{
    size_t length = 0, bytes;
    for (const char *at = typed; *at; at += bytes) {
        uint32_t code = 0;
        char c = '\0';
        const char *sign = sign_of(at, &bytes);
        if (sign) {
            c = *sign;
        } else {
            bytes = (size_t)text_decode(at, &code);
            c = code >= 0xff10 && code <= 0xff19 ? (char)('0' + code - 0xff10)
                : code < 0x80                    ? *at
                                                 : 'x';
            if (!strchr("0123456789+-.", c))
                return false;
        }
        if (c == '\0')
            continue;
        if (length == TYPED_MOST)
            return false;
        out[length++] = c;
    }
    out[length] = '\0';
    return true;
}

static bool is_number(const char *text, size_t most)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits <= most && text[digits] == '\0';
}

/* Within what date_make knows. */
static bool is_within(date_t date)
{
    return date >= date_make(1900, 1, 1) && date <= date_make(2199, 12, 31);
}

static date_t day_of_year(int month, int day)
{
    int year, now_month, now_day;
    date_t today = date_today();
    date_parts(today, &year, &now_month, &now_day);
    date_t date = date_make(year, month, day);
    return date == DATE_NONE || today - date > LONG_PAST ? date_make(year + 1, month, day) : date;
}

/* Two or three numbers with - or . between, and perhaps a . behind. */
static date_t read_groups(const char *at)
{
    int number[3] = {0}, count = 0;
    size_t digits[3] = {0};
    while (*at && count < 3) {
        digits[count] = strspn(at, "0123456789");
        number[count] = digits[count] <= 4 ? atoi(at) : 0;
        at += digits[count];
        if (digits[count++] == 0 || !strchr("-.", *at) || strcmp(at, "-") == 0)
            return DATE_NONE;
        at += *at != '\0';
    }
    if (*at)
        return DATE_NONE;
    if (count == 3 && digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2)
        return date_make(number[0], number[1], number[2]);
    bool is_day = count == 2 && digits[0] <= 2 && digits[1] <= 2;
    return is_day ? day_of_year(number[0], number[1]) : DATE_NONE;
}

bool form_date_read(const char *typed, date_t *out)
{
    char text[TYPED_MOST + 1];
    date_t date = DATE_NONE;
    if (!simplify(typed, text))
        return false;
    if ((text[0] == '+' || text[0] == '-') && is_number(text + 1, OFFSET_DIGITS_MOST)) {
        date = date_today() + atoi(text);
        date = is_within(date) ? date : DATE_NONE;
    } else if (strlen(text) == 8 && is_number(text, 8)) {
        int number = atoi(text);
        date = date_make(number / 10000, number / 100 % 100, number % 100);
    } else {
        date = read_groups(text);
    }
    *out = date;
    return date != DATE_NONE;
}

void form_date_tell(struct strbuf *out, const char *typed, const char *arrow)
{
    date_t date;
    char iso[11];
    if (!form_date_read(typed, &date))
        return;
    if (strcmp(date_format(date, iso), typed) != 0)
        strbuf_format(out, "%s %s ", arrow, iso);
    strbuf_add(out, date_weekday_name(date));
}
