#include "model/deadline.h"

#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"

#define TEXT_MOST 300 /* bytes: no deadline says more */

/* --- plain text ------------------------------------------------------------------------------ */

static bool is_left_out(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\n' || code == 0x3000 || code == 0xa0 ||
           code == '"' || (code >= 0x2018 && code <= 0x201d) || (code >= 0x300c && code <= 0x300f);
}

/* Blanks and quotes out; digits, letters and marks of full width as those of ASCII. */
static void flatten(struct strbuf *out, const char *text)
{
    uint32_t code;
    for (int length; (length = text_decode(text, &code)) > 0; text += length) {
        if (is_left_out(code))
            continue;
        if (code >= 0xff01 && code <= 0xff5e)
            code -= 0xfee0;
        if (code == 0x3001 || code == 0x3002 || code == 0xff64) /* 、 。 ､ */
            code = ',';
        text_encode(out, code);
    }
    strbuf_add(out, "");
}

static bool take(const char **at, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*at, word, length) != 0)
        return false;
    *at += length;
    return true;
}

/* The longest of the words there; a list ends with NULL. */
static bool take_any(const char **at, const char *const *words)
{
    const char *longest = NULL;
    for (; *words != NULL; words++)
        if (strncmp(*at, *words, strlen(*words)) == 0 &&
            (longest == NULL || strlen(*words) > strlen(longest)))
            longest = *words;
    return longest != NULL && take(at, longest);
}

/* --- numbers --------------------------------------------------------------------------------- */

static int digit_at(const char **at)
{
    static const char *const digits[][3] = {{"〇", "○", "零"}, {"一"}, {"二", "两"}, {"三"}, {"四"},
        {"五"}, {"六"}, {"七"}, {"八"}, {"九"}};
    if (**at >= '0' && **at <= '9')
        return *(*at)++ - '0';
    for (int digit = 0; digit < 10; digit++)
        for (int i = 0; i < 3 && digits[digit][i] != NULL; i++)
            if (take(at, digits[digit][i]))
                return digit;
    return -1;
}

/* 12, 〇六, 十二, 三十一; at most `most` digits; -1: none. */
static int take_number(const char **at, int most)
{
    int value = 0, count = 0;
    for (; count < most; count++) {
        int digit = digit_at(at);
        if (digit < 0)
            break;
        value = value * 10 + digit;
    }
    if (most > 2 || count > 1 || !take(at, "十"))
        return count > 0 ? value : -1;
    int ones = digit_at(at);
    return (count > 0 ? value : 1) * 10 + (ones > 0 ? ones : 0);
}

date_t deadline_serial(int number)
{
    date_t date = date_make(1900, 3, 1) - 61 + number; /* 1900-02-29 is counted there */
    return number > 60 && date <= date_make(2199, 12, 31) ? date : DATE_NONE;
}

/* --- a day ----------------------------------------------------------------------------------- */

static date_t month_end(int year, int month)
{
    return month == 12 ? date_make(year, 12, 31) : date_make(year, month + 1, 1) - 1;
}

static int take_quarter(const char **at)
{
    const char *from = *at;
    take(at, "第");
    int quarter = take_number(at, 1);
    if (quarter >= 1 && quarter <= 4 && (take(at, "季度") || take(at, "季")))
        return quarter;
    *at = from;
    return 0;
}

/* What follows a month: a day, a third of it, its end. */
static date_t take_day(const char **at, int year, int month, bool *bare)
{
    static const struct {
        const char *word;
        int day; /* 0: the last */
    } parts[] = {{"上旬", 10}, {"中旬", 20}, {"下旬", 0}, {"月底", 0}, {"底", 0}, {"末", 0}};
    const char *from = *at;
    int day = take_number(at, 2);
    if (day > 0) {
        (void)(take(at, "日") || take(at, "号"));
        return date_make(year, month, day);
    }
    *at = from;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (take(at, parts[i].word))
            return parts[i].day > 0 ? date_make(year, month, parts[i].day) : month_end(year, month);
    *bare = true;
    return month_end(year, month);
}

/* What follows 年. `*bare`: a month or year and nothing more. */
static date_t take_in_year(const char **at, int year, bool *bare)
{
    const char *from = *at;
    int quarter = take_quarter(at);
    if (quarter > 0) {
        (void)(take(at, "末") || take(at, "底"));
        return month_end(year, quarter * 3);
    }
    if (take(at, "上半年") || take(at, "年中"))
        return date_make(year, 6, 30);
    if (take(at, "下半年") || take(at, "年年底") || take(at, "年底") || take(at, "年末") ||
        take(at, "年内") || take(at, "底") || take(at, "末"))
        return date_make(year, 12, 31);
    int month = take_number(at, 2);
    if (month > 0) {
        if (month > 12 || !take(at, "月"))
            return DATE_NONE;
        (void)take(at, "份");
        return take_day(at, year, month, bare);
    }
    *at = from;
    *bare = true;
    return date_make(year, 12, 31);
}

/* 2026-11-30, 2026/11/30, 2026.11.30, 2026-11. */
static date_t take_marked(const char **at, int year, bool *bare)
{
    char mark = **at;
    ++*at;
    int month = take_number(at, 2);
    if (month < 1 || month > 12)
        return DATE_NONE;
    if (**at != mark) {
        *bare = true;
        return month_end(year, month);
    }
    ++*at;
    int day = take_number(at, 2);
    return day > 0 ? date_make(year, month, day) : DATE_NONE;
}

static date_t take_digits(const char **at, size_t digits)
{
    char text[9];
    memcpy(text, *at, digits);
    text[digits] = '\0';
    *at += digits;
    int number = atoi(text);
    return digits == 8 ? date_make(number / 10000, number / 100 % 100, number % 100)
                       : deadline_serial(number);
}

static date_t take_date(const char **at, bool *bare)
{
    size_t digits = strspn(*at, "0123456789");
    const char *from = *at;
    *bare = false;
    if (digits == 8 || digits == 5)
        return take_digits(at, digits);
    int year = take_number(at, 4);
    date_t date = DATE_NONE;
    if (year >= 1900 && year <= 2199) {
        if (take(at, "年"))
            date = take_in_year(at, year, bare);
        else if (**at == '-' || **at == '/' || **at == '.')
            date = take_marked(at, year, bare);
        if (date != DATE_NONE && (strncmp(*at, "00:00", 5) == 0 || strncmp(*at, "0:00", 4) == 0))
            *at += strspn(*at, "0:"); /* midnight, as spreadsheets write it behind a day */
    }
    if (date == DATE_NONE)
        *at = from;
    return date;
}

/* 十四五末: the fourteenth plan of five years ends in 2025. */
static date_t take_day_or_plan(const char **at, bool *bare)
{
    static const char *const ends[] = {"末", "底", "期末", "末期", "期间", "时期", "时期末",
        "规划末", "规划期末", "规划期间", "规划期内", "期内", "收官之年", NULL};
    const char *from = *at;
    *bare = false;
    int number = strncmp(from, "十", strlen("十")) == 0 ? take_number(at, 2) : 0;
    if (number > 10 && number < 20 && take(at, "五") && take_any(at, ends))
        return date_make(1955 + 5 * number, 12, 31);
    *at = from;
    return take_date(at, bare);
}

/* --- the words around it --------------------------------------------------------------------- */

static const char *const before[] = {"于", "在", "至", "到", "截至", "截止", "截止到", "力争",
    "确保", "计划", "预计", "限", "限于", "应于", "须于", "时限", "整改时限", "完成时限", ":",
    NULL};
static const char *const until_words[] = {"前", "之前", "以前", "止", "为止", "内", NULL};
static const char *const behind[] = {"完成", "完成整改", "完成整改任务", "整改完成", "整改到位",
    "全面完成", "基本完成", "整改完毕", "完成验收", "完成销号", "达到序时进度", "取得明显成效",
    NULL};
static const char *const at_once[] = {"立行立改", "立行改", "立即整改", "立整立改", "即知即改",
    "立查立改", "边督边改", "立行即改", "立即改正", "立即", NULL};
static const char *const lasting[] = {"长期坚持", "持续推进", "长期推进", "持续坚持", "长期",
    "持续整改", "持续", "常态化", "常态化推进", "常态化开展", "常态化坚持", "长效坚持", "长期开展",
    "持续开展", "长期整改", "持续加强", "长期保持", "持续巩固", NULL};
static const char *const joins[] = {
    "并", "且", "后", "和", "及", ",", ";", "+", "/", "(", ")", "，", "并且", NULL};

static void pass(const char **at, const char *const *words)
{
    while (take_any(at, words))
        continue;
}

/* Behind a day. `*open`: it may mean before all of the month or year; 内 says it is within it. */
static bool take_until(const char **at, bool *open)
{
    *open = strncmp(*at, "内", strlen("内")) != 0;
    return take_any(at, until_words);
}

/* What keeps going on, behind a date or alone. */
static bool take_lasting(const char **at)
{
    const char *from = *at;
    pass(at, joins);
    bool found = take_any(at, lasting);
    if (!found)
        *at = from;
    return found;
}

/* --- stages ---------------------------------------------------------------------------------- */

/* 12月底 behind a day of the same text, of whose year it is. */
static date_t take_stage(const char **at, date_t before_it, bool *bare)
{
    int year, month, day;
    const char *from = *at;
    pass(at, before);
    date_t date = take_day_or_plan(at, bare);
    if (date != DATE_NONE || before_it == DATE_NONE)
        return date;
    date_parts(before_it, &year, &month, &day);
    date = take_in_year(at, year, bare);
    if (date != DATE_NONE && !*bare)
        return date;
    *at = from;
    return DATE_NONE;
}

/* Words of a stage name no other day. */
static bool is_plain(const char *from, const char *to)
{
    for (; from < to; from++)
        if (strncmp(from, "年", strlen("年")) == 0 || strncmp(from, "月", strlen("月")) == 0 ||
            strncmp(from, "日", strlen("日")) == 0)
            return false;
    return true;
}

static bool ends_lasting(const char *text)
{
    size_t length = strlen(text);
    while (length > 0 && strchr(",;", text[length - 1]) != NULL)
        length--;
    for (const char *const *word = lasting; *word != NULL; word++) {
        size_t own = strlen(*word);
        if (length >= own && strncmp(text + length - own, *word, own) == 0)
            return true;
    }
    return false;
}

/* 2025年底前完成一期，2027年底前完成二期: what is to be done by each of several days, one behind
 * the other. */
static bool read_stages(const char *at, struct deadline *out)
{
    const char *const whole = at;
    size_t stages = 0;
    bool said = true; /* of the stage in hand: until then, or what is to be done */
    *out = (struct deadline){DEADLINE_DATE, DATE_NONE, false, true};
    for (; *at != '\0'; at += strspn(at, ",;")) {
        bool bare, open = false;
        date_t date = take_stage(&at, out->date, &bare);
        bool is_new = date != DATE_NONE, until = is_new && take_until(&at, &open);
        const char *end = at + strcspn(at, ",;");
        if (!is_plain(at, end) || (is_new ? !said || date <= out->date : stages == 0))
            return false;
        said = (!is_new && said) || until || end > at;
        if (is_new) {
            stages++;
            out->date = date;
            out->loose = until && bare && open;
        }
        at = end;
    }
    if (ends_lasting(whole))
        out->kind = DEADLINE_DATE_ONGOING;
    return said && stages > 1;
}

/* --- what is none ---------------------------------------------------------------------------- */

enum { WRITTEN_COLUMNS = 60 }; /* of what was written, in a sentence */

/* 12月31日, 年底前: a day of no year. */
static bool lacks_year(const char *at)
{
    static const char *const parts[] = {"年底", "年末", "年中", "年内", "上半年", "下半年", "本年",
        "今年", "当年", "明年", "次年", "一季度", "二季度", "三季度", "四季度", NULL};
    pass(&at, before);
    if (take_any(&at, parts))
        return true;
    int month = take_number(&at, 2);
    return month >= 1 && month <= 12 && take(&at, "月");
}

static bool refuse(const char *text, const char *flat, struct error *err)
{
    int most = (int)text_fit(text, WRITTEN_COLUMNS, NULL);
    if (lacks_year(flat))
        return error_set(err, ERROR_INPUT,
            _("\"%.*s\" does not say of which year; write the year in front, as in "
              "2026年12月31日前"),
            most, text);
    return error_set(err, ERROR_INPUT,
        _("\"%.*s\" is no deadline; write 2026-11-30, 2026年11月30日, 2026年6月底前, 2026年底前, "
          "立行立改, "
          "长期坚持 or a date with 并长期坚持"),
        most, text);
}

static bool read_flat(const char *at, struct deadline *out)
{
    bool bare, open, once, lasts;
    *out = (struct deadline){DEADLINE_DATE, DATE_NONE, false, false};
    pass(&at, before);
    once = take_any(&at, at_once);
    if (!once) {
        out->date = take_day_or_plan(&at, &bare);
        if (out->date != DATE_NONE && take_until(&at, &open))
            out->loose = bare && open;
    }
    pass(&at, behind);
    lasts = take_lasting(&at);
    pass(&at, behind);
    pass(&at, joins);
    if (*at != '\0' || (!once && !lasts && out->date == DATE_NONE))
        return false;
    out->kind = once                     ? DEADLINE_IMMEDIATE
                : out->date == DATE_NONE ? DEADLINE_ONGOING
                : lasts                  ? DEADLINE_DATE_ONGOING
                                         : DEADLINE_DATE;
    return true;
}

bool deadline_read(const char *text, struct deadline *out, struct error *err)
{
    struct strbuf flat = {0};
    if (strlen(text) <= TEXT_MOST)
        flatten(&flat, text);
    const char *plain = strbuf_text(&flat);
    bool good = flat.length > 0 && (read_flat(plain, out) || read_stages(plain, out));
    if (!good)
        refuse(text, plain, err);
    strbuf_clear(&flat);
    return good;
}

bool deadline_read_day(const char *text, date_t *out)
{
    struct strbuf flat = {0};
    bool bare = false;
    if (strlen(text) <= TEXT_MOST)
        flatten(&flat, text);
    const char *at = strbuf_text(&flat);
    date_t date = take_date(&at, &bare);
    bool good = date != DATE_NONE && !bare && *at == '\0';
    strbuf_clear(&flat);
    if (good)
        *out = date;
    return good;
}

void deadline_write(enum deadline_kind kind, date_t date, struct strbuf *out)
{
    char iso[11];
    if (kind == DEADLINE_IMMEDIATE)
        strbuf_add(out, "立行立改");
    else if (kind == DEADLINE_ONGOING)
        strbuf_add(out, "长期坚持");
    else
        strbuf_add(out, date_format(date, iso));
    if (kind == DEADLINE_DATE_ONGOING && date != DATE_NONE)
        strbuf_add(out, "并长期坚持");
}
