/* Numbers and days of cells as the texts that a person sees, or would type. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/language.h"
#include "base/text.h"
#include "xlsx_parts.h"

enum {
    DIGITS = 15, /* that spreadsheets keep of a number */
    WRITTEN_MOST = 64,
    SERIAL_MOST = 2958465, /* 9999-12-31 */
    SERIAL_1904 = 1462,
    SERIAL_NO_DAY = 60, /* 1900-02-29, which was none */
    EPOCH = 25569,      /* 1970-01-01 */
};

/* --- numbers --------------------------------------------------------------------------------- */

/* A number as decimal digits: 0.DIGITS times ten to `exponent`. */
struct decimal {
    bool negative;
    char digit[DIGITS + 1];
    int count, exponent;
};

static struct decimal decimal_of(double value)
{
    struct decimal number = {.negative = value < 0};
    char text[40];
    snprintf(text, sizeof text, "%.*e", DIGITS - 1, fabs(value));
    for (const char *at = text; *at && *at != 'e'; at++)
        if (isdigit((unsigned char)*at))
            number.digit[number.count++] = *at;
    number.exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10) + 1;
    while (number.count > 0 && number.digit[number.count - 1] == '0')
        number.count--;
    return number;
}

/* Half up, to so many digits behind the point. */
static void decimal_round(struct decimal *number, int behind)
{
    int keep = number->exponent + behind;
    if (keep >= number->count)
        return;
    bool up = keep >= 0 && number->digit[keep] >= '5';
    number->count = keep > 0 ? keep : 0;
    while (up && number->count > 0 && number->digit[number->count - 1] == '9')
        number->count--;
    if (up && number->count > 0) {
        number->digit[number->count - 1]++;
    } else if (up) { /* 99.6: 100 */
        number->digit[number->count++] = '1';
        number->exponent = keep > 0 ? number->exponent + 1 : 1 - behind;
    }
    while (number->count > 0 && number->digit[number->count - 1] == '0')
        number->count--;
}

static void decimal_write(const struct decimal *number, struct strbuf *out)
{
    if (number->count == 0) {
        strbuf_add(out, "0");
        return;
    }
    strbuf_add(out, number->negative ? "-" : "");
    if (number->exponent <= 0) {
        strbuf_add(out, "0.");
        strbuf_add_times(out, '0', (size_t)-number->exponent);
        strbuf_add_n(out, number->digit, (size_t)number->count);
        return;
    }
    int whole = number->exponent < number->count ? number->exponent : number->count;
    strbuf_add_n(out, number->digit, (size_t)whole);
    strbuf_add_times(out, '0', (size_t)(number->exponent - whole));
    if (whole < number->count) {
        strbuf_add(out, ".");
        strbuf_add_n(out, number->digit + whole, (size_t)(number->count - whole));
    }
}

/* Digits without point or exponent stay as they are, however many: they may be a name. */
static bool is_whole(const char *written)
{
    const char *digits = written + (*written == '-');
    return *digits && strspn(digits, "0123456789") == strlen(digits) && *digits != '0';
}

static void write_number(const char *written, double value, struct strbuf *out)
{
    if (is_whole(written)) {
        strbuf_add(out, written);
        return;
    }
    struct decimal number = decimal_of(value);
    decimal_write(&number, out);
}

static void write_percent(double value, int behind, struct strbuf *out)
{
    struct decimal number = decimal_of(value);
    number.exponent += 2;
    decimal_round(&number, behind);
    decimal_write(&number, out);
    strbuf_add(out, "%");
}

/* 007; a number that is not whole, or less than nothing, is shown otherwise. */
static void write_padded(
    const char *written, double value, const struct xlsx_section *section, struct strbuf *out)
{
    struct strbuf number = {0};
    write_number(written, value, &number);
    const char *text = strbuf_text(&number);
    bool plain = strspn(text, "0123456789") == number.length;
    strbuf_add(out, plain ? section->before : "");
    if (plain && number.length < section->digits)
        strbuf_add_times(out, '0', section->digits - number.length);
    strbuf_add(out, text);
    strbuf_add(out, plain ? section->after : "");
    strbuf_clear(&number);
}

/* --- days ------------------------------------------------------------------------------------ */

static enum grid_kind write_day(date_t date, enum xlsx_look look, struct strbuf *out)
{
    int year, month, day;
    date_parts(date, &year, &month, &day);
    if (look == XLSX_MONTH)
        strbuf_format(out, "%d年%d月", year, month);
    else if (look == XLSX_YEAR)
        strbuf_format(out, "%d年", year);
    else
        strbuf_format(out, "%04d-%02d-%02d", year, month, day);
    return look == XLSX_DATE ? GRID_DATE : GRID_TEXT;
}

static enum grid_kind write_serial(
    double value, enum xlsx_look look, bool from_1904, struct strbuf *out)
{
    double days = floor(value + 1e-9) + (from_1904 ? SERIAL_1904 : 0);
    if (days < 1 || days > SERIAL_MOST || (days == SERIAL_NO_DAY && !from_1904)) {
        strbuf_format(
            out, _("the cell is to show a day, but there is none for its number %g"), value);
        return GRID_WRONG;
    }
    int serial = (int)days;
    /* before the day that was none all are one further */
    return write_day(serial + (serial < SERIAL_NO_DAY) - EPOCH, look, out);
}

static enum grid_kind write_time(double value, struct strbuf *out)
{
    enum { MINUTES = 24 * 60 };
    double minutes = floor((value - floor(value)) * MINUTES + 1e-6);
    int rest = (int)minutes % MINUTES;
    strbuf_format(out, "%02d:%02d", rest / 60, rest % 60);
    return GRID_TEXT;
}

enum grid_kind xlsx_value_day(const char *written, struct strbuf *out)
{
    char day[11] = {0};
    date_t date;
    strncpy(day, written, sizeof day - 1);
    bool alone = strlen(written) < sizeof day || written[sizeof day - 1] == 'T' ||
                 written[sizeof day - 1] == ' ';
    if (alone && date_parse(day, &date))
        return write_day(date, XLSX_DATE, out);
    strbuf_format(out, _("the cell is to show a day, but \"%.*s\" is none"),
        (int)text_fit(written, WRITTEN_COLUMNS, NULL), written);
    return GRID_WRONG;
}

/* --- a cell ---------------------------------------------------------------------------------- */

/* What stands in the XML as a number, so that it is one. */
static bool read_double(const char *written, double *out)
{
    char *end;
    if (*written == '\0' || strlen(written) > WRITTEN_MOST ||
        strspn(written, "+-.0123456789eE") != strlen(written))
        return false;
    *out = strtod(written, &end);
    return *end == '\0' && isfinite(*out);
}

enum grid_kind xlsx_value_number(
    const char *written, const struct xlsx_format *format, bool from_1904, struct strbuf *out)
{
    double value;
    if (!read_double(written, &value)) {
        strbuf_format(out, _("the cell is to be a number, but \"%.*s\" is none"),
            (int)text_fit(written, WRITTEN_COLUMNS, NULL), written);
        return GRID_WRONG;
    }
    const struct xlsx_section *section = xlsx_format_choose(format, value);
    switch (section->look) {
    case XLSX_DATE:
    case XLSX_MONTH:
    case XLSX_YEAR:
        return write_serial(value, section->look, from_1904, out);
    case XLSX_TIME:
        return write_time(value, out);
    case XLSX_PERCENT:
        write_percent(value, section->digits, out);
        return GRID_TEXT;
    case XLSX_PADDED:
        write_padded(written, value, section, out);
        return GRID_TEXT;
    case XLSX_NOTHING:
        if (value == 0)
            return GRID_TEXT;
        break;
    case XLSX_GENERAL:
        break;
    }
    write_number(written, value, out);
    return GRID_NUMBER;
}
