/* The words of a progress list that name days. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "progress_period.h"

#define LINE_MOST 200 /* bytes: what is longer is prose */

#define HAS_ANY(text, list) has_any(text, list, sizeof list / sizeof *list)
#define TAKE_ANY(at, list) take_any(at, list, sizeof list / sizeof *list)

/* Digits, letters and marks of full width as those of ASCII; blanks out, but between letters. */
static void flatten(struct strbuf *out, const char *text, size_t count)
{
    bool blank = false;
    uint32_t code;
    for (const char *end = text + count; text < end;) {
        text += text_decode(text, &code);
        code = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
        if (code == ' ' || code == '\t' || code == '\n' || code == 0x3000 || code == 0xa0) {
            blank = out->length > 0 && out->text[out->length - 1] > 0;
            continue;
        }
        if (blank && code < 0x80)
            strbuf_add_char(out, ' ');
        blank = false;
        text_encode(out, code);
    }
    strbuf_add(out, "");
}

static bool has_any(const char *text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(text, list[i]) != NULL)
            return true;
    return false;
}

static bool take(const char **at, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*at, word, length) != 0)
        return false;
    *at += length;
    return true;
}

static bool take_any(const char **at, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (take(at, list[i]))
            return true;
    return false;
}

/* --- numbers --------------------------------------------------------------------------------- */

static int take_digit(const char **at)
{
    static const char *const digits[] = {
        "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    if (**at >= '0' && **at <= '9')
        return *(*at)++ - '0';
    for (int digit = 0; digit < 10; digit++)
        if (take(at, digits[digit]))
            return digit;
    return -1;
}

/* 20, 〇六, 十一, 二十, 三十一; -1: none, or more than `most` digits. */
static int take_number(const char **at, int most)
{
    int value = 0, count = 0, digit;
    const char *from = *at;
    while (count <= most && (digit = take_digit(at)) >= 0) {
        value = value * 10 + digit;
        count++;
    }
    if (count < 2 && take(at, "十")) {
        digit = take_digit(at);
        return (count > 0 ? value : 1) * 10 + (digit > 0 ? digit : 0);
    }
    if (count > 0 && count <= most)
        return value;
    *at = from;
    return -1;
}

/* --- points in time -------------------------------------------------------------------------- */

enum precision { POINT_NONE, POINT_YEAR, POINT_MONTH, POINT_DAY, POINT_OPEN_DAY };
struct point {
    int year, month, day;
};

static bool take_to(const char **at)
{
    static const char *const words[] = {"-", "–", "—", "―", "~", "至", "到", "to "};
    const char *from = *at;
    (void)take(at, " ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (take(at, words[i])) {
            (void)(take(at, words[i]) || take(at, " ")); /* —— */
            return true;
        }
    *at = from;
    return false;
}

static bool is_year(int number)
{
    return number >= 1900 && number <= 2199;
}

/* 2026-11-20, 2026.11.20, 2026/11/20. */
static bool take_marked(const char **at, struct point *out)
{
    const char *from = *at;
    out->year = take_number(at, 4);
    char mark = **at;
    if (*at == from + 4 && is_year(out->year) && mark != '\0' && strchr("-./", mark) != NULL) {
        ++*at;
        out->month = take_number(at, 2);
        if (out->month > 0 && **at == mark) {
            ++*at;
            out->day = take_number(at, 2);
            if (out->day > 0)
                return true;
        }
    }
    *at = from;
    *out = (struct point){0};
    return false;
}

/* 11.20, 11-20, 11/20: a day only where something says so. */
static bool take_bare(const char **at, struct point *out)
{
    const char *from = *at;
    *out = (struct point){.month = take_number(at, 2)};
    if (out->month > 0 && **at != '\0' && strchr("-./", **at) != NULL) {
        ++*at;
        out->day = take_number(at, 2);
        if (out->day > 0)
            return true;
    }
    *at = from;
    *out = (struct point){0};
    return false;
}

static enum precision take_day(const char **at, struct point *out)
{
    const char *from = *at;
    out->day = take_number(at, 2);
    if (out->day > 0 && (take(at, "日") || take(at, "号")))
        return POINT_DAY;
    const char *behind = *at;
    if (out->day > 0 && take_to(&behind))
        return POINT_OPEN_DAY;
    *at = from;
    out->day = 0;
    return POINT_NONE;
}

static enum precision take_point(const char **at, struct point *out)
{
    const char *from = *at;
    *out = (struct point){0};
    if (take_marked(at, out))
        return POINT_DAY;
    out->year = take_number(at, 4);
    if (!is_year(out->year) || !take(at, "年")) {
        *at = from;
        out->year = 0;
    }
    const char *behind = *at;
    out->month = take_number(at, 2);
    if (out->month < 1 || !take(at, "月")) {
        *at = behind;
        out->month = 0;
        return out->year > 0 ? POINT_YEAR : POINT_NONE;
    }
    enum precision day = take_day(at, out);
    return day == POINT_NONE ? POINT_MONTH : day;
}

/* --- spans ----------------------------------------------------------------------------------- */

static void put(struct progress_span *span, struct point from, struct point to)
{
    *span = (struct progress_span){.year = {from.year, to.year},
        .month = {from.month, to.month},
        .day = {from.day > 0 ? from.day : 1, to.day}};
    if (to.year == 0 && from.year > 0)
        span->year[1] = from.year + (from.month > to.month);
    if (from.year == 0)
        span->year[0] = to.year > 0 ? to.year - (from.month > to.month) : 0;
}

/* The second of two days: 22日, 11月22日, 2026年11月22日; `bare`: 11.22, 22. */
static bool take_second(const char **at, struct point first, bool bare, struct point *out)
{
    const char *from = *at;
    if (!take_to(at))
        return false;
    enum precision precision = take_point(at, out);
    if (precision == POINT_DAY || (bare && take_bare(at, out)))
        return true;
    *out = (struct point){.month = first.month};
    if (precision == POINT_NONE && take_day(at, out) == POINT_DAY)
        return true;
    out->day = precision == POINT_NONE && bare ? take_number(at, 2) : -1;
    if (out->day > 0)
        return true;
    *at = from;
    return false;
}

static bool take_days(
    const char **at, struct point first, bool open, bool bare, struct progress_span *span)
{
    struct point last;
    bool second = take_second(at, first, bare, &last);
    if (open && !second)
        return false;
    put(span, first, second ? last : first);
    return true;
}

static int take_week(const char **at)
{
    const char *from = *at;
    int week = take(at, "第") ? take_number(at, 2) : -1;
    if (week > 0 && (take(at, "周") || take(at, "个周") || take(at, "星期")))
        return week;
    *at = from;
    return 0;
}

/* What stands behind a month: a third or a half of it, a week, another month; else all of it. */
static void take_month(const char **at, struct point first, struct progress_span *span)
{
    static const struct {
        const char *word;
        int from, to;
    } parts[] = {
        {"上旬", 1, 10}, {"中旬", 11, 20}, {"下旬", 21, 0}, {"上半月", 1, 15}, {"下半月", 16, 0}};
    struct point last = first;
    const char *from = *at;
    int week;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (take(at, parts[i].word)) {
            first.day = parts[i].from;
            last.day = parts[i].to;
            put(span, first, last);
            return;
        }
    if ((week = take_week(at)) > 0) {
        put(span, first, first);
        span->kind = SPAN_WEEK_OF_MONTH;
        span->week = week;
        return;
    }
    if (!take_to(at) || take_point(at, &last) != POINT_MONTH) {
        *at = from;
        last = first;
    }
    (void)(take(at, "份") || take(at, "底") || take(at, "末"));
    put(span, first, last);
}

/* 第47周, 三季度, 上半年, with a year before it or without. */
static bool take_part(const char **at, int year, struct progress_span *span)
{
    const char *from = *at;
    struct point first = {.year = year, .month = 1}, last = {.year = year, .month = 6};
    int week = take_week(at);
    if (week > 0) {
        *span =
            (struct progress_span){.kind = SPAN_WEEK_OF_YEAR, .year = {year, year}, .week = week};
        return true;
    }
    if (take(at, "上半年")) {
        put(span, first, last);
        return true;
    }
    take(at, "第");
    int quarter = take_number(at, 1);
    if (quarter >= 1 && quarter <= 4 && take(at, "季度")) {
        first.month = 3 * quarter - 2;
        last.month = 3 * quarter;
        put(span, first, last);
        return true;
    }
    *at = from;
    return false;
}

/* 1-10月. */
static bool take_months(const char **at, int year, struct progress_span *span)
{
    const char *from = *at;
    struct point first = {.year = year, .month = take_number(at, 2)}, last = {.year = year};
    if (first.month > 0 && take_to(at) && (last.month = take_number(at, 2)) > 0 && take(at, "月") &&
        take_digit(&(const char *){*at}) < 0) {
        take(at, "份");
        put(span, first, last);
        return true;
    }
    *at = from;
    return false;
}

/* `bare`: 11.20 is a day; two of them are in any case. */
static bool take_span(const char **at, bool bare, struct progress_span *span, int *year)
{
    const char *from = *at;
    struct point first;
    enum precision precision = take_point(at, &first);
    *year = first.year;
    if ((precision == POINT_DAY || precision == POINT_OPEN_DAY) &&
        take_days(at, first, precision == POINT_OPEN_DAY, true, span))
        return true;
    if (precision == POINT_MONTH) {
        take_month(at, first, span);
        return true;
    }
    if ((precision == POINT_NONE || precision == POINT_YEAR) &&
        (take_part(at, first.year, span) || take_months(at, first.year, span)))
        return true;
    if (precision == POINT_NONE && take_bare(at, &first)) {
        struct point last;
        bool second = take_second(at, first, true, &last);
        put(span, first, second ? last : first);
        if (second || bare)
            return true;
    }
    *at = from;
    return false;
}

/* --- what is meant --------------------------------------------------------------------------- */

/* The bytes of 截至 before the place; 0: it is not there. */
static size_t as_of_before(const char *text, const char *at)
{
    static const char *const words[] = {"截至", "截止", "截止到", "截至到", "截止至",
        "截止时间:", "截至时间:", "截止日期:", "as of ", "As of "};
    size_t longest = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if (length > longest && (size_t)(at - text) >= length &&
            memcmp(at - length, words[i], length) == 0)
            longest = length;
    }
    return longest;
}

/* Of something else than the progress, by what stands behind. */
static bool is_of_other(const char *behind)
{
    static const char *const words[] = {"前", "之前", "以前", "以来", "起", "底", "末", "年底",
        "印发", "发布", "下发", "反馈", "召开", "交办", "转办", "督察", "通报", "会议", "完成",
        "出生"};
    return TAKE_ANY(&behind, words);
}

static bool speaks_of_progress(const char *text)
{
    static const char *const words[] = {"进展", "进度", "调度", "周报", "旬报", "月报", "季报",
        "整改情况", "完成情况", "落实情况", "台账", "清单", "一览", "报告期", "统计", "progress",
        "Progress", "report", "Report"};
    static const char *const others[] = {"印发", "发布", "填报", "填表", "制表", "报送", "打印",
        "公布", "来源:", "更新时间", "日期:", "下周", "下月", "计划"};
    return HAS_ANY(text, words) && !HAS_ANY(text, others);
}

static void keep_year(struct progress_words *words, int year)
{
    for (size_t i = 0; i < words->years; i++)
        if (words->year[i] == year)
            return;
    if (year > 0 && words->years < PROGRESS_YEARS_MOST)
        words->year[words->years++] = year;
}

/* A number begins here, not within another. */
static bool may_begin(const char *text, const char *at)
{
    bool digit = *at >= '0' && *at <= '9';
    return !digit || at == text || strchr("0123456789.-/", at[-1]) == NULL;
}

/* （2026年11月16日-22日） or 本周（11月16日-22日） on a line of its own. */
static bool is_alone(const char *all, const char *from, const char *end)
{
    static const char *const marks[] = {"(", ")", "[", "]", "【", "】", "|", ":", "本周", "本旬",
        "本月", "本期", "本季度", "报告期", "周报"};
    const char *at = all;
    while (at < from && TAKE_ANY(&at, marks))
        continue;
    while (TAKE_ANY(&end, marks))
        continue;
    return at == from && *end == '\0';
}

void progress_words_add(struct progress_words *words, const char *text, size_t count, size_t line,
    enum progress_words_place place)
{
    struct strbuf flat = {0};
    if (count <= LINE_MOST)
        flatten(&flat, text, count);
    const char *all = strbuf_text(&flat);
    bool speaks = place == WORDS_OF_HEADING || (place == WORDS_ABOVE && speaks_of_progress(all));
    for (const char *at = all, *from = all; *at != '\0'; from = at) {
        struct progress_span span;
        int year = 0;
        size_t as_of = as_of_before(all, at);
        if (!may_begin(all, at) || !take_span(&at, as_of > 0, &span, &year)) {
            keep_year(words, place == WORDS_BEHIND ? 0 : year);
            at = from + 1;
            continue;
        }
        keep_year(words, place == WORDS_BEHIND ? 0 : span.year[1]);
        bool days = span.kind != SPAN_DAYS || span.day[1] == 0 || span.month[0] != span.month[1] ||
                    span.day[0] != span.day[1];
        bool alone = place == WORDS_ABOVE && days && is_alone(all, from, at);
        if ((as_of == 0 && !alone && (!speaks || is_of_other(at))) ||
            words->count == PROGRESS_SPANS_MOST)
            continue;
        span.as_of = as_of > 0;
        span.line = line;
        span.words = alloc_string_n(from - as_of, (size_t)(at - from) + as_of);
        words->span[words->count++] = span;
    }
    strbuf_clear(&flat);
}

void progress_words_clear(struct progress_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->span[i].words);
    *words = (struct progress_words){0};
}

/* --- headings -------------------------------------------------------------------------------- */

bool progress_heading_is_other(const char *heading)
{
    static const char *const words[] = {"上周", "上月", "上旬进", "上期", "上次", "上季", "上年",
        "去年", "下周", "下月", "下期", "下季", "下一", "下步"};
    return HAS_ANY(heading, words);
}

bool progress_heading_bare(const char *heading, struct strbuf *out)
{
    static const char *const words[] = {"本周", "本月", "本旬", "本期", "本季度", "当月", "当期",
        "数据截止到", "数据截至", "截止到", "截止至", "截至到", "截至", "截止", "as of ", "As of "};
    struct strbuf flat = {0};
    bool any = false;
    if (strlen(heading) <= LINE_MOST)
        flatten(&flat, heading, strlen(heading));
    for (const char *at = strbuf_text(&flat), *all = at; *at != '\0';) {
        struct progress_span span;
        int year;
        if (TAKE_ANY(&at, words) ||
            (may_begin(all, at) && take_span(&at, as_of_before(all, at) > 0, &span, &year)))
            any = true;
        else
            strbuf_add_char(out, *at++);
    }
    strbuf_clear(&flat);
    return any;
}
