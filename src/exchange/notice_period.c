/* The days of a public notice. */
#include "notice_parts.h"

#include <string.h>

#define LONGEST 120    /* days that a notice stands over New Year, or is from its day of issue */
#define ISSUED_MOST 60 /* glyphs of a line with the day of issue */
#define TITLE_MOST 80

enum seen { SEEN_NOTHING, SEEN_DAY, SEEN_DAMAGED, SEEN_NO_DAY };
/* A day as it is written: 0 where a part is not said. */
struct day {
    int year, month, day;
    struct plan_span words;
};

/* --- one day --------------------------------------------------------------------------------- */

/* A number and the word behind it; behind both, 0: none. */
static size_t take_part(
    const struct plan_doc *doc, size_t at, size_t to, const char *word, int *value)
{
    size_t end = notice_number(doc, plan_skip_blanks(doc, at, to), to, value);
    if (end == 0)
        return 0;
    end = plan_skip_blanks(doc, end, to);
    return end < to ? plan_word(doc, end, to, word) : 0;
}

/* 2026年: four digits, blanks between them at most; 二〇二六年. */
static size_t take_year(const struct plan_doc *doc, size_t at, size_t to, int *year)
{
    int digits = 0;
    size_t end = at;
    *year = 0;
    if (!plan_is_digit(plan_code(doc, at))) {
        size_t behind = take_part(doc, at, to, "年", year);
        return behind > 0 && *year >= 1900 && *year < 2200 ? behind : 0;
    }
    for (; end < to && (plan_is_digit(plan_code(doc, end)) || plan_is_blank(plan_code(doc, end)));
         end++)
        if (plan_is_digit(plan_code(doc, end))) {
            *year = *year * 10 + (int)(plan_code(doc, end) - '0');
            if (++digits > 4)
                return 0;
        }
    return digits == 4 && end < to ? plan_word(doc, end, to, "年") : 0;
}

/* 2026-3-2, 2026.3.2, 2026/3/2. */
static size_t take_marked(const struct plan_doc *doc, size_t at, size_t to, struct day *out)
{
    size_t end = notice_number(doc, at, to, &out->year), next;
    if (end != at + 4 || !plan_is_digit(plan_code(doc, at)) || end >= to ||
        !plan_is_one_of(plan_code(doc, end), "-./"))
        return 0;
    uint32_t mark = plan_code(doc, end);
    next = notice_number(doc, end + 1, to, &out->month);
    if (next == 0 || next >= to || plan_code(doc, next) != mark)
        return 0;
    return notice_number(doc, next + 1, to, &out->day);
}

/* 3月2日; `alone`: 6日 too. */
static size_t take_short(
    const struct plan_doc *doc, size_t at, size_t to, bool alone, struct day *out)
{
    size_t end = take_part(doc, at, to, "月", &out->month), behind;
    if (end == 0) {
        out->month = 0;
        if (!alone)
            return 0;
        end = at;
    }
    if ((behind = take_part(doc, end, to, "日", &out->day)) == 0)
        behind = take_part(doc, end, to, "号", &out->day);
    return behind;
}

static size_t take_day(
    const struct plan_doc *doc, size_t at, size_t to, bool second, struct day *out)
{
    size_t end, year;
    *out = (struct day){0};
    if ((end = take_marked(doc, at, to, out)) > 0)
        return end;
    *out = (struct day){0};
    if ((year = take_year(doc, at, to, &out->year)) > 0)
        return take_short(doc, year, to, false, out);
    *out = (struct day){0};
    return take_short(doc, at, to, second, out);
}

/* 3.6 behind 2026.3.2-. */
static size_t take_point(const struct plan_doc *doc, size_t at, size_t to, struct day *out)
{
    *out = (struct day){0};
    size_t end = notice_number(doc, at, to, &out->month);
    if (end == 0 || end >= to || !plan_is_one_of(plan_code(doc, end), "./"))
        return 0;
    return notice_number(doc, end + 1, to, &out->day);
}

bool notice_is_day(const struct plan_doc *doc, struct plan_span span)
{
    struct day day;
    span = plan_trim(doc, span);
    return span.from < span.to && take_day(doc, span.from, span.to, false, &day) == span.to &&
           day.year > 0;
}

/* --- counts ---------------------------------------------------------------------------------- */

/* 5个工作日, 7天, 10日内. */
static bool take_count(const struct plan_doc *doc, struct plan_span span, struct public_period *out)
{
    static const char *const working[] = {"个工作日", "工作日", NULL};
    static const char *const calendar[] = {
        "个自然日", "自然日", "个日历日", "日历日", "天", "个日历天", NULL};
    static const char *const before[] = {
        "起", "期", "期为", "为", "共", "限", "期限", ":", "为期", "公示", "满", "于", NULL};
    for (size_t at = span.from; at < span.to; at++) {
        int days;
        size_t start, end = notice_number(doc, at, span.to, &days);
        if (end == 0 || (at > span.from && plan_is_digit(plan_code(doc, at - 1))))
            continue;
        end = plan_skip_blanks(doc, end, span.to);
        bool is_working = plan_words(doc, end, span.to, working) > 0;
        bool is_calendar = plan_words(doc, end, span.to, calendar) > 0;
        size_t day = plan_word(doc, end, span.to, "日");
        struct plan_span front = plan_trim(doc, (struct plan_span){span.from, at});
        if (day > 0 && (plan_word(doc, day, span.to, "内") > 0 || at == span.from ||
                           plan_ends(doc, front, before, &start)))
            is_calendar = true;
        if ((is_working || is_calendar) && days > 0 && days < 366) {
            out->days = days;
            out->kind = is_working ? PUBLIC_DAYS_WORKING : PUBLIC_DAYS_CALENDAR;
            return true;
        }
        at = end > at ? end - 1 : at;
    }
    return false;
}

/* --- both days ------------------------------------------------------------------------------- */

/* The first day said in the span. */
static bool find_first(const struct plan_doc *doc, struct plan_span span, struct day *out)
{
    for (size_t at = span.from; at < span.to; at++) {
        if (at > span.from && plan_is_digit(plan_code(doc, at - 1)))
            continue;
        size_t end = take_day(doc, at, span.to, false, out);
        if (end > 0) {
            out->words = (struct plan_span){at, end};
            return true;
        }
    }
    return false;
}

/* 至 and what may stand before it; 0: none. */
static size_t behind_first(const struct plan_doc *doc, size_t at, size_t to, bool *linked)
{
    static const char *const links[] = {"至", "到", "-", "—", "–", "―", "─", "~", "〜", "∼", "－",
        "－－", "——", "--", "──", "截至", "截止", "起至", "起到", "开始至", "止", NULL};
    size_t end = plan_skip_blanks(doc, at, to), behind;
    if (plan_code(doc, end) == '(' && end < to) { /* （星期一） */
        while (end < to && plan_code(doc, end) != ')')
            end++;
        end = plan_skip_blanks(doc, end + (end < to), to);
    }
    *linked = (behind = plan_words(doc, end, to, links)) > 0;
    end = *linked ? plan_skip_blanks(doc, behind, to) : end;
    if (*linked && (behind = plan_words(doc, end, to, links)) > 0)
        end = plan_skip_blanks(doc, behind, to);
    return end;
}

/* The year of the last day where it is not said. */
static void take_year_of(const struct day *first, struct day *last)
{
    if (last->year > 0)
        return;
    last->year = first->year;
    if (last->month == 0)
        last->month = first->month;
    else if (last->month < first->month) {
        date_t begins = date_make(first->year, first->month, first->day),
               ends = date_make(first->year + 1, last->month, last->day);
        if (begins != DATE_NONE && ends != DATE_NONE && ends - begins <= LONGEST)
            last->year++;
    }
}

static bool take_last(
    const struct plan_doc *doc, struct plan_span span, const struct day *first, struct day *last)
{
    bool linked;
    size_t at = behind_first(doc, first->words.to, span.to, &linked), end;
    if (at >= span.to)
        return false;
    end = take_day(doc, at, span.to, linked, last);
    if (end == 0 && linked)
        end = take_point(doc, at, span.to, last);
    if (end == 0 || (!linked && last->year == 0))
        return false;
    last->words = (struct plan_span){at, end};
    take_year_of(first, last);
    return true;
}

/* Notes what is wrong with a day, unless `quiet`. */
static date_t made(struct notice_doc *n, const struct day *day, bool quiet)
{
    if (day->year == 0) {
        if (!quiet)
            notice_note(n, PUBLIC_NO_YEAR, day->words);
        return DATE_NONE;
    }
    date_t date = date_make(day->year, day->month, day->day);
    if (date == DATE_NONE && !quiet)
        notice_note(n, PUBLIC_NO_DAY, day->words);
    return date;
}

static bool counts_from_itself(const struct plan_doc *doc, struct plan_span span)
{
    static const char *const says[] = {
        "之日起", "即日起", "发布起", "之日", "发布日起", "今日起", NULL};
    for (size_t i = 0; says[i] != NULL; i++)
        if (plan_find(doc, span, says[i]) < span.to)
            return true;
    return false;
}

/* 公示日期：2026年11月18日, where all labels that tell one day alone tell the same; not
 * 公示截止日期. */
static date_t find_labelled(const struct notice_doc *n)
{
    date_t found = DATE_NONE;
    for (size_t i = 0; i < n->label_count; i++) {
        const struct notice_label *label = &n->label[i];
        struct plan_span words = {label->from, label->body}, value;
        struct day day;
        if (label->part != PUBLIC_PERIOD || plan_find(&n->doc, words, "结束") < words.to ||
            plan_find(&n->doc, words, "截止") < words.to)
            continue;
        value = notice_without_stop(&n->doc, notice_value(n, i, label->line + 2));
        if (!notice_is_day(&n->doc, value) || !find_first(&n->doc, value, &day))
            continue;
        date_t date = date_make(day.year, day.month, day.day);
        if (date == DATE_NONE || (found != DATE_NONE && found != date))
            return DATE_NONE;
        found = date;
    }
    return found;
}

/* The same, looked for once. */
static date_t labelled_day(struct notice_doc *n)
{
    if (!n->labelled_read)
        n->labelled = find_labelled(n);
    n->labelled_read = true;
    return n->labelled;
}

/* The day of the notice, which has a label or stands at its foot. */
static date_t day_of_notice(struct notice_doc *n, struct plan_span words, bool quiet)
{
    date_t labelled = labelled_day(n);
    if (labelled != DATE_NONE)
        return labelled;
    struct plan_span damage, foot = n->signed_on;
    struct day day;
    if (foot.from < foot.to && !notice_damage(&n->doc, foot, &damage) &&
        find_first(&n->doc, foot, &day))
        return made(n, &day, quiet);
    if (!quiet && foot.from == foot.to)
        notice_note(n, PUBLIC_NO_DATE, words);
    return DATE_NONE;
}

/* --- the year -------------------------------------------------------------------------------- */

/* 发布日期：2026-09-12 on a line of the page; else the day at the foot. */
static bool find_issued(const struct notice_doc *n, struct day *out)
{
    static const char *const words[] = {
        "发布时间", "发布日期", "发文日期", "成文日期", "发布于", NULL};
    const struct plan_doc *doc = &n->doc;
    struct plan_span damage;
    for (size_t i = 0; i < doc->line_count; i++) {
        struct plan_span line = {doc->line[i].from, doc->line[i].to};
        size_t at = plan_skip_blanks(doc, line.from, line.to);
        if (line.to - line.from <= ISSUED_MOST && plan_words(doc, at, line.to, words) > 0 &&
            find_first(doc, line, out) && out->year > 0)
            return true;
    }
    return n->signed_on.from < n->signed_on.to && !notice_damage(doc, n->signed_on, &damage) &&
           find_first(doc, n->signed_on, out) && out->year > 0;
}

/* The only year of the lines above the first task that call this a notice, where no inspection is
 * named behind it: 2021年..督察 is the year of that. */
static bool find_title_year(const struct notice_doc *n, struct day *out)
{
    static const char *const others[] = {"督察", "督查", "警示片", "反馈", "信访", NULL};
    const struct plan_doc *doc = &n->doc;
    size_t end = n->item_count > 0 ? n->item[0].first : doc->line_count;
    bool found = false;
    for (size_t i = 0; i < end; i++) {
        struct plan_span line = {doc->line[i].from, doc->line[i].to};
        bool other = plan_find(doc, line, "公示") == line.to || line.to - line.from > TITLE_MOST;
        for (size_t k = 0; others[k] != NULL; k++)
            other |= plan_find(doc, line, others[k]) < line.to;
        for (size_t at = line.from; !other && at < line.to; at++) {
            int year;
            size_t behind = take_year(doc, at, line.to, &year);
            if (behind == 0)
                continue;
            if (found && year != out->year)
                return false;
            *out = (struct day){.year = year, .words = {at, behind}};
            found = true;
            at = behind - 1;
        }
    }
    return found;
}

/* The year of the first day where it is not said. Nothing is guessed beyond that. */
static void need_year(struct notice_doc *n, struct day *first, bool quiet)
{
    struct day from;
    if (first->year > 0)
        return;
    bool issued = find_issued(n, &from);
    if (!issued && !find_title_year(n, &from))
        return;
    date_t day = date_make(from.year, first->month, first->day),
           of = issued ? date_make(from.year, from.month, from.day) : day;
    if (day == DATE_NONE || of == DATE_NONE || day - of > LONGEST || of - day > LONGEST)
        return;
    first->year = from.year;
    if (quiet)
        return;
    notice_note(n, PUBLIC_YEAR, from.words);
    n->out->note[n->out->note_count - 1].line = plan_line_of(&n->doc, first->words.from) + 1;
}

bool notice_period_read(
    struct notice_doc *n, struct plan_span span, bool quiet, struct public_period *out)
{
    const struct plan_doc *doc = &n->doc;
    struct plan_span damage, rest = span;
    struct day first, last;
    *out = (struct public_period){
        DATE_NONE, DATE_NONE, 0, PUBLIC_DAYS_UNTOLD, plan_line_of(doc, span.from) + 1};
    if (notice_damage(doc, span, &damage)) {
        if (!quiet)
            notice_note(n, PUBLIC_DAMAGED, damage);
        return false;
    }
    bool dated = find_first(doc, span, &first), ended = false;
    if (dated) {
        need_year(n, &first, quiet);
        ended = take_last(doc, span, &first, &last);
        out->first = made(n, &first, quiet);
        rest.from = ended ? last.words.to : first.words.to;
    }
    if (ended)
        out->last = made(n, &last, quiet);
    if (!take_count(doc, rest, out) && dated)
        take_count(doc, (struct plan_span){span.from, first.words.from}, out);
    if (!dated && out->days > 0 && counts_from_itself(doc, span))
        out->first = day_of_notice(n, span, quiet);
    else if (!dated && out->days > 0 && !quiet && labelled_day(n) == DATE_NONE)
        notice_note(n, PUBLIC_NO_DATE, span);
    if (out->first != DATE_NONE && out->last != DATE_NONE && out->last < out->first) {
        if (!quiet)
            notice_note(n, PUBLIC_BACKWARDS, (struct plan_span){first.words.from, last.words.to});
        out->last = DATE_NONE;
    }
    return dated || out->days > 0;
}
