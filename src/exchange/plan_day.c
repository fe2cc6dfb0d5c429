/* Days that a measure names, and the year of a plan. */
#include "plan_parts.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "model/deadline.h"

#define SENTENCE_MOST 400 /* glyphs */
#define HEADING_MOST 60   /* glyphs of a title */

/* --- days ------------------------------------------------------------------------------------ */

static bool is_year_digit(uint32_t code)
{
    return plan_is_digit(code) || plan_is_one_of(code, "〇一二三四五六七八九");
}

size_t plan_skip_digits(const struct plan_doc *doc, size_t at, size_t to, size_t most)
{
    size_t end = at;
    while (end < to && end < at + most && plan_is_digit(plan_code(doc, end)))
        end++;
    return end;
}

/* Behind the day that begins with a year at `at`; 0: none. */
size_t plan_day_end(const struct plan_doc *doc, size_t at, size_t to)
{
    static const char *const parts[] = {"年底", "年末", "底", "末", "上半年", "下半年", "年中",
        "一季度", "二季度", "三季度", "四季度", "第一季度", "第二季度", "第三季度", "第四季度",
        NULL};
    static const char *const of_month[] = {"底", "末", "上旬", "中旬", "下旬", "月底", NULL};
    size_t end = at, month, behind;
    while (end < to && end < at + 4 && is_year_digit(plan_code(doc, end)))
        end++;
    if (end != at + 4 || (behind = plan_word(doc, end, to, "年")) == 0)
        return 0;
    end = behind;
    if ((behind = plan_words(doc, end, to, parts)) > 0)
        return behind;
    month = plan_skip_digits(doc, end, to, 2);
    if (month == end || (behind = plan_word(doc, month, to, "月")) == 0)
        return end;
    end = behind;
    if ((behind = plan_words(doc, end, to, of_month)) > 0)
        return behind;
    month = plan_skip_digits(doc, end, to, 2);
    return month > end && (behind = plan_word(doc, month, to, "日")) > 0 ? behind : end;
}

/* 十四五末, the quotes out: behind it; 0: none. */
static size_t years_end(const struct plan_doc *doc, size_t at, size_t to)
{
    static const char *const plans[] = {"十三五", "十四五", "十五五", "十六五", NULL};
    static const char *const ends[] = {
        "末", "期末", "末期", "期间", "时期", "规划末", "规划期末", "规划期间", NULL};
    size_t end = plan_words(doc, at, to, plans);
    if (end > 0 && end < to && plan_is_one_of(plan_code(doc, end), "”\""))
        end++;
    return end > 0 ? plan_words(doc, end, to, ends) : 0;
}

/* The day at `at` with the words around it; false: none. */
static bool take_day(const struct plan_doc *doc, struct plan_span span, size_t at,
    struct plan_span *words, bool *until)
{
    static const char *const before[] = {"到", "至", "截至", "截止", "力争", "力争到", "确保",
        "确保到", "争取", "争取到", "力争在", "确保在", "截止到", NULL};
    static const char *const not_before[] = {"自", "从", "比", "较", "自从", "以来", "与", NULL};
    static const char *const behind[] = {"之前", "以前", "前", NULL};
    static const char *const not_behind[] = {
        "起", "以来", "版", "度", "的", "开始", "后", "以后", "之后", "水平", NULL};
    static const char *const finished[] = {
        "完成", "建成", "实现", "达到", "基本", "全面", "投入", NULL};
    size_t end = plan_day_end(doc, at, span.to), lead, next, from;
    if (end == 0 && (end = years_end(doc, at, span.to)) > 0 && at > span.from &&
        plan_is_one_of(plan_code(doc, at - 1), "“\""))
        at--;
    from = at;
    if (end == 0 ||
        (at > span.from && plan_is_one_of(plan_code(doc, at - 1), "-—~～〔(《0123456789")))
        return false;
    *until = false;
    if (plan_ends(doc, (struct plan_span){span.from, at}, not_before, &lead))
        return false;
    if (plan_ends(doc, (struct plan_span){span.from, at}, before, &lead)) {
        from = lead;
        *until = true;
    }
    if ((next = plan_words(doc, end, span.to, behind)) > 0) {
        end = next;
        *until = true;
    } else if (plan_words(doc, end, span.to, not_behind) > 0 ||
               plan_is_one_of(plan_code(doc, end), "-—~～"))
        return false;
    *until = *until || plan_words(doc, end, span.to, finished) > 0;
    *words = (struct plan_span){from, end};
    return true;
}

/* The words of the last day that the sentence names before `at`; empty: none. */
struct plan_span plan_day_before(const struct plan_doc *doc, struct plan_span span, size_t at)
{
    for (size_t from = at; from > span.from && at - from < SENTENCE_MOST &&
                           !plan_is_one_of(plan_code(doc, from - 1), "。!?\n");
         from--) {
        struct plan_span words;
        struct deadline deadline;
        bool until;
        if (from < span.from + 5 || !plan_is_one_of(plan_code(doc, from - 1), "年") ||
            !take_day(doc, span, from - 5, &words, &until))
            continue;
        char *text = plan_take(doc, words);
        bool read = deadline_read(text, &deadline, NULL) && deadline.date != DATE_NONE;
        free(text);
        if (read)
            return words;
    }
    return (struct plan_span){at, at};
}

/* --- 立行立改, 长期坚持 ----------------------------------------------------------------------- */

/* Without the marks, blanks and page numbers at its end. */
static struct plan_span without_end(const struct plan_doc *doc, struct plan_span span)
{
    while (span.to > span.from) {
        const struct plan_line *line = &doc->line[plan_line_of(doc, span.to - 1)];
        uint32_t code = plan_code(doc, span.to - 1);
        if (line->noise && line->from >= span.from && line->from < span.to)
            span.to = line->from;
        else if (plan_is_blank(code) || plan_is_one_of(code, "。;,.!"))
            span.to--;
        else
            break;
    }
    return span;
}

static bool reads_as_kind(const struct plan_doc *doc, struct plan_span words)
{
    struct deadline deadline;
    char *text = plan_take(doc, words);
    bool reads = deadline_read(text, &deadline, NULL) && deadline.kind != DEADLINE_DATE;
    free(text);
    return reads;
}

struct plan_span plan_kind_at_end(const struct plan_doc *doc, struct plan_span span, bool alone)
{
    static const char *const others[] = {
        "持续推进", "长期推进", "常态化推进", "常态化开展", "持续开展", "边督边改", NULL};
    static const char *const kinds[] = {"立行立改", "立行即改", "立查立改", "立整立改", "即知即改",
        "立即整改", "长期坚持", "持续坚持", "长效坚持", NULL};
    struct plan_span all = without_end(doc, span), words = {all.to, all.to};
    size_t kind;
    while (alone && all.from < all.to &&
           (plan_is_blank(plan_code(doc, all.from)) ||
               plan_is_one_of(plan_code(doc, all.from), "。;,.")))
        all.from++;
    if (!plan_ends(doc, all, kinds, &kind) && !(alone && plan_ends(doc, all, others, &kind)))
        return words;
    if (alone && reads_as_kind(doc, all))
        return all;
    for (size_t at = all.to; at > all.from && all.to - at < HEADING_MOST; at--) {
        bool begins = plan_is_one_of(plan_code(doc, at - 1), "。;,.!?:、\n");
        if (begins && at <= kind && reads_as_kind(doc, (struct plan_span){at, all.to}))
            words.from = at;
        if (plan_is_one_of(plan_code(doc, at - 1), "。!?\n"))
            break;
    }
    return words;
}

/* --- days of no year ------------------------------------------------------------------------- */

/* 年内, 年底前 behind a mark, not 三年内. */
static size_t year_end(const struct plan_doc *doc, struct plan_span span, size_t at)
{
    static const char *const words[] = {"年内", "年底前", "年底之前", "年底以前", NULL};
    uint32_t before = at > span.from ? plan_code(doc, at - 1) : ',';
    return plan_is_blank(before) || plan_is_one_of(before, ",。;:、()于确保争")
               ? plan_words(doc, at, span.to, words)
               : 0;
}

/* 12月31日前, 6月底前, 年底前: behind it; 0: none. 每年.. and 次年.. are no days of one year. */
static size_t yearless_end(const struct plan_doc *doc, struct plan_span span, size_t at)
{
    static const char *const of_month[] = {"底", "末", "上旬", "中旬", "下旬", "月底", NULL};
    static const char *const until[] = {"之前", "以前", "前", NULL};
    size_t month = plan_skip_digits(doc, at, span.to, 2), end = year_end(doc, span, at), day;
    uint32_t before = at > span.from ? plan_code(doc, at - 1) : 0;
    if (end > 0)
        return end;
    if (month == at || plan_is_digit(before) || plan_is_one_of(before, "年-—~～至.") ||
        (end = plan_word(doc, month, span.to, "月")) == 0)
        return 0;
    size_t part = plan_words(doc, end, span.to, of_month);
    day = plan_skip_digits(doc, end, span.to, 2);
    if (part == 0 && day > end)
        part = plan_word(doc, day, span.to, "日");
    return plan_words(doc, part > 0 ? part : end, span.to, until);
}

static date_t read_in_year(const struct plan_doc *doc, struct plan_span words, int year)
{
    struct deadline deadline;
    char *text = plan_take(doc, words), *whole = alloc_format("%d年%s", year, text);
    date_t date = deadline_read(whole, &deadline, NULL) ? deadline.date : DATE_NONE;
    free(text);
    free(whole);
    return date;
}

static int year_before(const struct plan_doc *doc, struct plan_span span, size_t at)
{
    struct deadline deadline;
    int year = 0, month, day;
    struct plan_span words = plan_day_before(doc, span, at);
    char *text = plan_take(doc, words);
    if (words.from < words.to && deadline_read(text, &deadline, NULL))
        date_parts(deadline.date, &year, &month, &day);
    free(text);
    return year;
}

/* 2026年度工作计划: the only year of a title, which is no range. */
void plan_year_read(struct plan_doc *doc, size_t line)
{
    static const char *const kinds[] = {
        "计划", "方案", "要点", "清单", "安排", "任务分解", "责任分工", NULL};
    int found = 0;
    for (size_t i = 0; i < line && i < doc->line_count; i++) {
        const struct plan_line *at = &doc->line[i];
        struct plan_span words = {at->from, at->to};
        bool title = false;
        if (at->noise || at->kind != KIND_NONE || words.to > words.from + HEADING_MOST)
            continue;
        for (size_t k = 0; kinds[k] != NULL; k++)
            title |= plan_find(doc, words, kinds[k]) < words.to;
        for (size_t k = words.from; title && k + 4 < words.to; k++) {
            if (plan_skip_digits(doc, k, words.to, 5) != k + 4 ||
                plan_word(doc, k + 4, words.to, "年") == 0 ||
                (k > words.from && (plan_is_digit(plan_code(doc, k - 1)) ||
                                       plan_is_one_of(plan_code(doc, k - 1), "-—~～至"))))
                continue;
            int year = 0;
            for (size_t d = k; d < k + 4; d++)
                year = year * 10 + (int)(plan_code(doc, d) - '0');
            if (found != 0 && found != year)
                return;
            found = year;
        }
    }
    doc->year = found;
}

/* --- all days -------------------------------------------------------------------------------- */

static void put_date(struct plan_measure *measure, struct plan_date date)
{
    measure->date = alloc_grow(
        measure->date, &measure->date_capacity, measure->date_count + 1, sizeof *measure->date);
    measure->date[measure->date_count++] = date;
}

static void put_yearless(struct plan *plan, const struct plan_doc *doc, struct plan_span span,
    struct plan_span words, struct plan_measure *measure)
{
    int year = year_before(doc, span, words.from);
    bool of_title = year == 0 && doc->year > 0;
    date_t date = DATE_NONE;
    if (year > 0 || of_title)
        date = read_in_year(doc, words, of_title ? doc->year : year);
    if (plan != NULL && (date == DATE_NONE || of_title))
        plan_note_add(plan, doc, date == DATE_NONE ? PLAN_NO_YEAR : PLAN_YEAR, words);
    if (date != DATE_NONE)
        put_date(measure, (struct plan_date){plan_take(doc, words), date, true, true});
}

void plan_dates_read(struct plan *plan, const struct plan_doc *doc, struct plan_span span,
    struct plan_measure *measure)
{
    for (size_t at = span.from; at < span.to; at++) {
        struct plan_span words;
        struct deadline deadline;
        bool until;
        size_t end = yearless_end(doc, span, at);
        if (end > 0) {
            put_yearless(plan, doc, span, (struct plan_span){at, end}, measure);
            at = end - 1;
            continue;
        }
        if ((!is_year_digit(plan_code(doc, at)) && !plan_is_one_of(plan_code(doc, at), "十")) ||
            !take_day(doc, span, at, &words, &until))
            continue;
        char *text = plan_take(doc, words);
        if (!deadline_read(text, &deadline, NULL) || deadline.date == DATE_NONE) {
            free(text);
            continue;
        }
        put_date(measure, (struct plan_date){text, deadline.date, until, false});
        at = words.to - 1;
    }
}
