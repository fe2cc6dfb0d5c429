/* What a number format shows: 14, yyyy"年"m"月"d"日", [$-804]yyyy/m/d;@, 0.0%, 000. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "xlsx_parts.h"

enum { LETTERS_MOST = 24 };

/* A section as it is looked over. */
struct looking {
    struct xlsx_section *out;
    char letter[LETTERS_MOST]; /* runs of y m d h s, and H for elapsed time */
    size_t letters;
    size_t zeros, others, behind; /* digits: 0; # and ?; behind the point */
    bool point, percent, scientific, general, text, any;
    bool broken; /* its literals do not stand around the digits */
};

/* --- pieces ---------------------------------------------------------------------------------- */

static void add_literal(struct looking *look, const char *text, size_t count)
{
    char *place = look->zeros + look->others > 0 ? look->out->after : look->out->before;
    size_t length = strlen(place);
    if (length + count >= XLSX_LITERAL) {
        look->broken = true;
        return;
    }
    memcpy(place + length, text, count);
    place[length + count] = '\0';
}

static void add_letter(struct looking *look, char letter)
{
    bool same = look->letters > 0 && look->letter[look->letters - 1] == letter;
    if (!same && look->letters < LETTERS_MOST)
        look->letter[look->letters++] = letter;
}

static void read_condition(struct looking *look, const char *text, size_t count)
{
    static const struct {
        const char *sign;
        char compare;
    } signs[] = {{"<=", 'l'}, {">=", 'g'}, {"<>", 'n'}, {"<", '<'}, {">", '>'}, {"=", '='}};
    char number[32] = {0};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i].sign);
        if (strncmp(text, signs[i].sign, length) != 0)
            continue;
        count -= length;
        memcpy(number, text + length, count < sizeof number ? count : sizeof number - 1);
        look->out->compare = signs[i].compare;
        look->out->with = strtod(number, NULL);
        return;
    }
}

/* [Red] [$-804] [>=100] [h] [DBNum1]; returns how long it is. */
static size_t read_bracket(struct looking *look, const char *text)
{
    const char *end = strchr(text, ']');
    if (end == NULL)
        return strlen(text);
    size_t count = (size_t)(end - text) - 1;
    const char *inside = text + 1;
    if (count > 0 && strchr("<>=", *inside)) {
        read_condition(look, inside, count);
    } else if (count > 0 && strspn(inside, "hHmMsS") == count) {
        add_letter(look, 'H');
    } else if (*inside == '$') { /* a currency before its locale */
        size_t sign = strcspn(inside + 1, "-]");
        add_literal(look, inside + 1, sign);
    }
    return count + 2;
}

static size_t read_quoted(struct looking *look, const char *text)
{
    const char *end = strchr(text + 1, '"');
    size_t count = end ? (size_t)(end - text) - 1 : strlen(text + 1);
    add_literal(look, text + 1, count);
    return count + 1 + (end != NULL);
}

static size_t utf8_length(const char *text)
{
    size_t length = 1;
    while (((unsigned char)text[length] & 0xC0) == 0x80)
        length++;
    return length;
}

static size_t read_digit(struct looking *look, char c)
{
    if (c == '0')
        look->zeros++;
    else
        look->others++;
    look->behind += look->point;
    look->broken = look->broken || look->out->after[0];
    return 1;
}

static bool begins(const char *text, const char *word)
{
    return strncasecmp(text, word, strlen(word)) == 0;
}

/* One piece of a section; returns how long it is. */
static size_t read_piece(struct looking *look, const char *text)
{
    char c = *text;
    look->any = true;
    if (begins(text, "general"))
        return look->general = true, 7;
    if (begins(text, "g/")) /* G/通用格式: as WPS calls it */
        return look->general = true, 2;
    if (begins(text, "aaa")) /* 星期 */
        return add_letter(look, 'd'), 3;
    if (begins(text, "am/pm"))
        return add_letter(look, 'a'), 5;
    if (begins(text, "a/p"))
        return add_letter(look, 'a'), 3;
    switch (c) {
    case '"':
        return read_quoted(look, text);
    case '[':
        return read_bracket(look, text);
    case '\\':
    case '!':
        if (text[1] == '\0')
            return 1;
        add_literal(look, text + 1, utf8_length(text + 1));
        return 1 + utf8_length(text + 1);
    case '_':
    case '*':
        return text[1] ? 1 + utf8_length(text + 1) : 1;
    case '0':
    case '#':
    case '?':
        return read_digit(look, c);
    case '.':
        return look->point = true, 1;
    case '%':
        return look->percent = true, 1;
    case '@':
        return look->text = true, 1;
    case 'E':
    case 'e':
        if (text[1] == '+' || text[1] == '-')
            return look->scientific = true, 2;
        return add_letter(look, 'y'), 1;
    case 'y':
    case 'Y':
        return add_letter(look, 'y'), 1;
    case 'm':
    case 'M':
        return add_letter(look, 'm'), 1;
    case 'd':
    case 'D':
        return add_letter(look, 'd'), 1;
    case 'h':
    case 's':
    case 'H':
    case 'S':
        return add_letter(look, (char)tolower((unsigned char)c)), 1;
    case ',':
        return look->others++, 1;
    default:
        add_literal(look, text, utf8_length(text));
        return utf8_length(text);
    }
}

/* --- what it shows --------------------------------------------------------------------------- */

static bool has_letter(const struct looking *look, char letter)
{
    for (size_t i = 0; i < look->letters; i++)
        if (look->letter[i] == letter)
            return true;
    return false;
}

/* m beside h or s is of minutes. */
static bool has_month(const struct looking *look)
{
    for (size_t i = 0; i < look->letters; i++) {
        char before = i > 0 ? look->letter[i - 1] : '\0';
        char after = i + 1 < look->letters ? look->letter[i + 1] : '\0';
        if (look->letter[i] == 'm' && before != 'h' && before != 'H' && after != 's')
            return true;
    }
    return false;
}

static enum xlsx_look look_of(const struct looking *look)
{
    bool month = has_month(look), day = has_letter(look, 'd'), year = has_letter(look, 'y');
    bool time = has_letter(look, 'h') || has_letter(look, 's') || has_letter(look, 'H');
    size_t digits = look->zeros + look->others;
    if (!look->any)
        return XLSX_NOTHING;
    if (look->general || look->text)
        return XLSX_GENERAL;
    if (day || ((month || year) && time))
        return XLSX_DATE;
    if (month || year)
        return month ? XLSX_MONTH : XLSX_YEAR;
    if (time)
        return XLSX_TIME;
    if (look->percent && digits > 0)
        return XLSX_PERCENT;
    bool padded = look->zeros >= 2 && look->others == 0 && !look->point && !look->scientific;
    return padded && !look->broken ? XLSX_PADDED : XLSX_GENERAL;
}

static const char *read_section(const char *code, struct xlsx_section *out)
{
    struct looking look = {.out = out};
    *out = (struct xlsx_section){0};
    while (*code && *code != ';')
        code += read_piece(&look, code);
    out->look = look_of(&look);
    size_t digits = out->look == XLSX_PADDED ? look.zeros : look.behind;
    out->digits = (uint8_t)(digits < 32 ? digits : 32);
    return code;
}

void xlsx_format_read(const char *code, struct xlsx_format *out)
{
    *out = (struct xlsx_format){0};
    while (out->count < 3) {
        code = read_section(code, &out->section[out->count++]);
        if (*code != ';')
            break;
        code++;
    }
    /* "0;@": what follows is for texts */
}

static bool fits(const struct xlsx_section *section, double value)
{
    switch (section->compare) {
    case '<':
        return value < section->with;
    case '>':
        return value > section->with;
    case '=':
        return value == section->with;
    case 'l':
        return value <= section->with;
    case 'g':
        return value >= section->with;
    default:
        return value != section->with;
    }
}

/* Without a condition the first is for positive numbers (and zero, with fewer than three), the
 * second for negative ones, the third for zero. */
const struct xlsx_section *xlsx_format_choose(const struct xlsx_format *format, double value)
{
    size_t last = format->count - 1;
    for (size_t i = 0; i < last; i++) {
        const struct xlsx_section *section = &format->section[i];
        bool good = section->compare ? fits(section, value)
                    : i == 0         ? value > 0 || (value == 0 && format->count < 3)
                                     : value < 0;
        if (good)
            return section;
    }
    return &format->section[last];
}
