/* Numbers of lists as Word shows them. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "docx_parts.h"

/* --- words of Chinese numbers ---------------------------------------------------------------- */

struct digits {
    const char *digit[10], *unit[4];
    bool one_ten;  /* 一十, not 十 */
    bool one_more; /* 一百, not 百 */
    bool zero;     /* 一百零一 */
};

static const struct digits counting = {{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
    {"", "十", "百", "千"}, false, true, true};
static const struct digits japanese = {{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
    {"", "十", "百", "千"}, false, false, false};
static const struct digits legal = {{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"},
    {"", "拾", "佰", "仟"}, true, true, true};
static const struct digits legal_old = {
    {"零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"}, {"", "拾", "佰", "仟"}, true,
    true, true};

/* Up to 9999. */
static void put_words(const struct digits *with, long number, struct strbuf *out)
{
    static const long place[] = {1, 10, 100, 1000};
    bool begun = false, gap = false;
    for (int i = 3; i >= 0; i--) {
        long digit = number / place[i] % 10;
        if (digit == 0) {
            gap = begun;
            continue;
        }
        if (gap && with->zero)
            strbuf_add(out, with->digit[0]);
        bool plain = digit == 1 && i > 0 &&
                     (i == 1 ? !with->one_ten && (!begun || !with->one_more) : !with->one_more);
        if (!plain)
            strbuf_add(out, with->digit[digit]);
        strbuf_add(out, with->unit[i]);
        begun = true;
        gap = false;
    }
}

static bool count_words(const struct digits *with, long number, struct strbuf *out)
{
    if (number < 1 || number > 9999)
        return false;
    put_words(with, number, out);
    return true;
}

static bool count_chinese(long number, struct strbuf *out)
{
    return count_words(&counting, number, out);
}

static bool count_japanese(long number, struct strbuf *out)
{
    return count_words(&japanese, number, out);
}

static bool count_legal(long number, struct strbuf *out)
{
    return count_words(&legal, number, out);
}

static bool count_legal_old(long number, struct strbuf *out)
{
    return count_words(&legal_old, number, out);
}

/* --- digits, letters ------------------------------------------------------------------------- */

static void put_digits(const char *const digit[10], long number, struct strbuf *out)
{
    char written[24];
    snprintf(written, sizeof written, "%ld", number);
    for (const char *at = written; *at; at++)
        if (*at >= '0' && *at <= '9')
            strbuf_add(out, digit[*at - '0']);
}

static bool count_digits(long number, struct strbuf *out)
{
    static const char *const digit[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    put_digits(digit, number, out);
    return true;
}

static bool count_wide(long number, struct strbuf *out)
{
    static const char *const digit[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
    put_digits(digit, number, out);
    return true;
}

/* 十, but 一〇〇 from a hundred on. */
static bool count_chinese_short(long number, struct strbuf *out)
{
    return number < 100 ? count_chinese(number, out) : count_digits(number, out);
}

static bool count_zero(long number, struct strbuf *out)
{
    strbuf_format(out, "%02ld", number);
    return true;
}

static bool count_dashed(long number, struct strbuf *out)
{
    strbuf_format(out, "- %ld -", number);
    return true;
}

/* a .. z, aa, bb .. */
static bool put_letters(char first, long number, struct strbuf *out)
{
    if (number < 1 || number > 780)
        return false;
    strbuf_add_times(out, (char)(first + (number - 1) % 26), (size_t)((number - 1) / 26 + 1));
    return true;
}

static bool count_lower(long number, struct strbuf *out)
{
    return put_letters('a', number, out);
}

static bool count_upper(long number, struct strbuf *out)
{
    return put_letters('A', number, out);
}

static bool put_roman(const char *const *sign, long number, struct strbuf *out)
{
    static const int value[] = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
    if (number < 1 || number > 3999)
        return false;
    for (size_t i = 0; i < sizeof value / sizeof *value; i++)
        for (; number >= value[i]; number -= value[i])
            strbuf_add(out, sign[i]);
    return true;
}

static bool count_lower_roman(long number, struct strbuf *out)
{
    static const char *const sign[] = {
        "m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"};
    return put_roman(sign, number, out);
}

static bool count_upper_roman(long number, struct strbuf *out)
{
    static const char *const sign[] = {
        "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"};
    return put_roman(sign, number, out);
}

/* --- signs in a row -------------------------------------------------------------------------- */

static bool put_sign(uint32_t first, long most, long number, struct strbuf *out)
{
    if (number < 1 || number > most)
        return false;
    text_encode(out, first + (uint32_t)(number - 1));
    return true;
}

static bool count_circle(long number, struct strbuf *out)
{
    return number <= 20   ? put_sign(0x2460, 20, number, out)
           : number <= 35 ? put_sign(0x3251, 15, number - 20, out)
                          : put_sign(0x32B1, 15, number - 35, out);
}

static bool count_paren(long number, struct strbuf *out)
{
    return put_sign(0x2474, 20, number, out);
}

static bool count_stop(long number, struct strbuf *out)
{
    return put_sign(0x2488, 20, number, out);
}

static bool count_circled_words(long number, struct strbuf *out)
{
    return put_sign(0x3280, 10, number, out);
}

static bool put_one_of(const char *const *words, long most, long number, struct strbuf *out)
{
    if (number < 1 || number > most)
        return false;
    strbuf_add(out, words[number - 1]);
    return true;
}

static bool count_stems(long number, struct strbuf *out)
{
    static const char *const stems[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
    return put_one_of(stems, 10, number, out);
}

static bool count_branches(long number, struct strbuf *out)
{
    static const char *const branches[] = {
        "子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"};
    return put_one_of(branches, 12, number, out);
}

static bool count_nothing(long number, struct strbuf *out)
{
    (void)number, (void)out;
    return true;
}

/* --- formats --------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    bool (*put)(long number, struct strbuf *out); /* false: not so far */
} formats[] = {
    {"chineseCounting", count_chinese_short},
    {"chineseCountingThousand", count_chinese},
    {"taiwaneseCounting", count_chinese_short},
    {"taiwaneseCountingThousand", count_chinese},
    {"japaneseCounting", count_japanese},
    {"japaneseDigitalTenThousand", count_digits},
    {"ideographDigital", count_digits},
    {"taiwaneseDigital", count_digits},
    {"chineseLegalSimplified", count_legal},
    {"ideographLegalTraditional", count_legal_old},
    {"ideographTraditional", count_stems},
    {"ideographZodiac", count_branches},
    {"ideographEnclosedCircle", count_circled_words},
    {"decimalEnclosedCircle", count_circle},
    {"decimalEnclosedCircleChinese", count_circle},
    {"decimalEnclosedParen", count_paren},
    {"decimalEnclosedFullstop", count_stop},
    {"decimalFullWidth", count_wide},
    {"decimalFullWidth2", count_wide},
    {"decimalZero", count_zero},
    {"numberInDash", count_dashed},
    {"lowerLetter", count_lower},
    {"upperLetter", count_upper},
    {"lowerRoman", count_lower_roman},
    {"upperRoman", count_upper_roman},
    {"bullet", count_nothing},
    {"none", count_nothing},
};

void docx_count(const char *format, long number, struct strbuf *out)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, format) == 0 && formats[i].put(number, out))
            return;
    strbuf_format(out, "%ld", number);
}
