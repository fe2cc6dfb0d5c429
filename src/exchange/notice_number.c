/* Numbers in public notices, and digits that were damaged on the way. */
#include "notice_parts.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/text.h"

#define DIGITS_MOST 6

/* As it stands in the text, not folded. */
static uint32_t raw(const struct plan_doc *doc, size_t at)
{
    uint32_t code = 0;
    if (at < doc->count)
        text_decode(doc->text + doc->glyph[at].at, &code);
    return code;
}

/* --- whole numbers --------------------------------------------------------------------------- */

static int han_digit(uint32_t code)
{
    static const char *const digits[] = {
        "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    for (int i = 0; i < 10; i++)
        if (plan_is_one_of(code, digits[i]))
            return i;
    return plan_is_one_of(code, "两") ? 2 : -1;
}

/* 二〇二六, 十二, 三十一, 一百零三. */
static size_t take_han(const struct plan_doc *doc, size_t at, size_t to, int *value)
{
    int total = 0, digit = -1, count = 0, places = 0;
    for (; at < to && count < DIGITS_MOST; at++, count++) {
        uint32_t code = plan_code(doc, at);
        int here = han_digit(code);
        if (here >= 0) {
            digit = digit >= 0 && places == 0 ? digit * 10 + here : here;
        } else if (plan_is_one_of(code, "十")) {
            total += (digit > 0 ? digit : 1) * 10, digit = -1, places++;
        } else if (plan_is_one_of(code, "百") && digit > 0) {
            total += digit * 100, digit = -1, places++;
        } else
            break;
    }
    *value = total + (digit > 0 ? digit : 0);
    return count > 0 ? at : 0;
}

size_t notice_number(const struct plan_doc *doc, size_t at, size_t to, int *value)
{
    size_t end = at;
    if (at >= to || !plan_is_digit(plan_code(doc, at)))
        return take_han(doc, at, to, value);
    *value = 0;
    for (; end < to && plan_is_digit(plan_code(doc, end)) && end < at + DIGITS_MOST; end++)
        *value = *value * 10 + (int)(plan_code(doc, end) - '0');
    return end < to && plan_is_digit(plan_code(doc, end)) ? 0 : end;
}

/* --- damage ---------------------------------------------------------------------------------- */

/* What stands where a digit was lost, or was taken for a letter. */
static bool is_hole(uint32_t code)
{
    return code == 0xfffd || code == 0x25a1 || code == 0x25a0 || code == 0x25af || code == 0x25fb;
}

static bool is_look_alike(uint32_t code)
{
    return code == 'l' || code == 'I' || code == 'O' || code == 'o' || code == '?' ||
           code == 0xff1f || code == 0x25cb || code == '|' || code == 0xff2f || code == 0xff4c;
}

static bool is_numeric(const struct plan_doc *doc, size_t at)
{
    return plan_is_digit(plan_code(doc, at));
}

static bool is_counted(const struct plan_doc *doc, size_t at)
{
    return plan_is_one_of(plan_code(doc, at), "年月日号项");
}

/* The run of digits and what is taken for them around `at`. */
static struct plan_span run_around(const struct plan_doc *doc, struct plan_span within, size_t at)
{
    struct plan_span run = {at, at + 1};
    while (run.from > within.from &&
           (is_numeric(doc, run.from - 1) || is_hole(raw(doc, run.from - 1)) ||
               is_look_alike(raw(doc, run.from - 1))))
        run.from--;
    while (run.to < within.to && (is_numeric(doc, run.to) || is_hole(raw(doc, run.to)) ||
                                     is_look_alike(raw(doc, run.to))))
        run.to++;
    return run;
}

static bool is_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

/* "2O21", "年l月", "第l2项"; CO2 and PM2.5 are none, 二○二六 is whole. */
static bool is_damaged(const struct plan_doc *doc, struct plan_span within, size_t at)
{
    uint32_t code = raw(doc, at);
    if (!is_hole(code) && !is_look_alike(code))
        return false;
    if (code == 0xfffd)
        return true;
    struct plan_span run = run_around(doc, within, at);
    bool digits = false;
    for (size_t i = run.from; i < run.to; i++)
        digits |= is_numeric(doc, i);
    if (is_hole(code))
        return digits || (is_counted(doc, run.to) && run.to < within.to);
    if ((run.from > within.from && is_letter(plan_code(doc, run.from - 1))) ||
        (run.to < within.to && is_letter(plan_code(doc, run.to))))
        return false;
    bool inside = at > run.from && is_numeric(doc, at - 1) &&
                  (at + 1 < run.to || plan_is_one_of(plan_code(doc, at), "Oo"));
    bool counted = run.to < within.to && is_counted(doc, run.to);
    bool alone =
        run.from > within.from && counted && plan_is_one_of(plan_code(doc, run.from - 1), "年月第");
    return (digits && (inside || counted)) || (alone && code != 0x25cb);
}

/* 〔20 2〕12号: the year of a document that has not its four digits. */
static bool is_bad_document(
    const struct plan_doc *doc, struct plan_span within, size_t at, struct plan_span *found)
{
    size_t end = at + 1, digits = 0, blanks = 0;
    if (plan_code(doc, at) != '(')
        return false;
    for (; end < within.to && end < at + 8; end++) {
        uint32_t code = plan_code(doc, end);
        if (plan_is_digit(code))
            digits++;
        else if (plan_is_blank(code))
            blanks++;
        else
            break;
    }
    if (end >= within.to || plan_code(doc, end) != ')' || digits < 2 ||
        (digits == 4 && blanks == 0))
        return false;
    size_t number = end + 1;
    while (number < within.to && plan_is_digit(plan_code(doc, number)))
        number++;
    if (number == end + 1 || !plan_is_one_of(plan_code(doc, number), "号"))
        return false;
    *found = (struct plan_span){at, number + 1};
    return true;
}

static bool begins_number(const struct plan_doc *doc, struct plan_span within, size_t at)
{
    return plan_is_digit(plan_code(doc, at)) &&
           (at == within.from || !plan_is_digit(plan_code(doc, at - 1)));
}

/* 202年3月 */
static bool is_short_year(
    const struct plan_doc *doc, struct plan_span within, size_t at, struct plan_span *found)
{
    int year;
    if (!begins_number(doc, within, at) || notice_number(doc, at, within.to, &year) != at + 3 ||
        at + 4 >= within.to || !plan_is_one_of(plan_code(doc, at + 3), "年") ||
        !plan_is_digit(plan_code(doc, at + 4)))
        return false;
    *found = (struct plan_span){at, at + 4};
    return true;
}

bool notice_no_day(const struct plan_doc *doc, struct plan_span span, struct plan_span *found)
{
    for (size_t at = span.from; at < span.to; at++) {
        int month, day;
        size_t end, behind;
        if (begins_number(doc, span, at) && (end = notice_number(doc, at, span.to, &month)) > 0 &&
            end < span.to && plan_is_one_of(plan_code(doc, end), "月") &&
            (behind = notice_number(doc, end + 1, span.to, &day)) > 0 && behind < span.to &&
            plan_is_one_of(plan_code(doc, behind), "日") &&
            date_make(2024, month, day) == DATE_NONE) {
            *found = (struct plan_span){at, behind + 1};
            return true;
        }
    }
    return false;
}

bool notice_damage(const struct plan_doc *doc, struct plan_span span, struct plan_span *found)
{
    for (size_t at = span.from; at < span.to; at++) {
        if (is_bad_document(doc, span, at, found) || is_short_year(doc, span, at, found))
            return true;
        if (is_damaged(doc, span, at)) {
            *found = run_around(doc, span, at);
            return true;
        }
    }
    return false;
}

bool notice_bad_digit(const struct plan_doc *doc, struct plan_span span, struct plan_span *found)
{
    for (size_t at = span.from; at < span.to; at++) {
        uint32_t code = raw(doc, at);
        *found = run_around(doc, span, at);
        bool beside = (at > span.from && is_numeric(doc, at - 1)) ||
                      (at + 1 < span.to && is_numeric(doc, at + 1));
        if (is_hole(code) || code == '?' || code == 0xff1f || (is_look_alike(code) && beside))
            return true;
    }
    return false;
}

/* --- numbers of tasks ------------------------------------------------------------------------ */

/* The digits of a number, sound or not. */
static size_t digits_end(const struct plan_doc *doc, size_t at, size_t to)
{
    size_t end = at;
    while (end < to && end < at + DIGITS_MOST &&
           (is_numeric(doc, end) || han_digit(plan_code(doc, end)) >= 0 ||
               plan_is_one_of(plan_code(doc, end), "十百") || is_hole(raw(doc, end)) ||
               is_look_alike(raw(doc, end))))
        end++;
    return end;
}

size_t notice_item_number(
    const struct plan_doc *doc, size_t at, size_t to, struct plan_span *number)
{
    static const char *const ordinal[] = {"第", NULL};
    static const char *const named[] = {"整改任务", "任务", "问题", "序号", "反馈问题", NULL};
    static const char *const items[] = {
        "项", "个问题", "号", "条问题", "项任务", "项整改任务", "项问题", "项反馈问题", "个", NULL};
    size_t from = plan_words(doc, at, to, ordinal), behind;
    bool is_ordinal = from > 0;
    if (!is_ordinal)
        from = plan_words(doc, at, to, named);
    if (from == 0)
        return 0;
    from = plan_skip_blanks(doc, from, to);
    size_t end = digits_end(doc, from, to);
    if (end == from)
        return 0;
    *number = (struct plan_span){from, end};
    end = plan_skip_blanks(doc, end, to);
    if (is_ordinal)
        return (behind = plan_words(doc, end, to, items)) > 0 ? behind : 0;
    if (end >= to || plan_is_one_of(plan_code(doc, end), ":、.,。("))
        return end;
    return end > number->to ? end : 0; /* a blank behind it */
}

/* The digits of it: behind 第, before 项. */
static struct plan_span bare_number(const struct plan_doc *doc, struct plan_span span)
{
    static const char *const behind[] = {
        "项", "号", "条", "个", "项任务", "项整改任务", "号任务", "项问题", "个问题", NULL};
    size_t start;
    span = plan_trim(doc, span);
    while (span.to > span.from && plan_is_one_of(plan_code(doc, span.to - 1), "。;,.、"))
        span.to--;
    if (span.from < span.to && plan_is_one_of(plan_code(doc, span.from), "第"))
        span.from++;
    if (plan_ends(doc, span, behind, &start) && start > span.from)
        span.to = start;
    return plan_trim(doc, span);
}

/* Letters, digits, and what digits were damaged to; at least one of those. */
static bool is_number_alone(const struct plan_doc *doc, struct plan_span span)
{
    bool digits = false;
    for (size_t at = span.from; at < span.to; at++) {
        uint32_t code = plan_code(doc, at);
        bool digit = is_numeric(doc, at) || han_digit(code) >= 0 || plan_is_one_of(code, "十百") ||
                     is_hole(raw(doc, at));
        if (!digit && !plan_is_one_of(code, "-.") && !(code >= 'A' && code <= 'Z') &&
            !(code >= 'a' && code <= 'z'))
            return false;
        digits |= digit;
    }
    return digits;
}

size_t notice_bracket_number(
    const struct plan_doc *doc, struct plan_span span, struct plan_span *number)
{
    static const char *const named[] = {"整改任务编号", "任务编号", "问题编号", "任务序号",
        "问题序号", "整改编号", "编号", "序号", "整改任务", "任务", "反馈问题", "问题", NULL};
    size_t open = span.to, from;
    if (span.from == span.to || !plan_is_one_of(plan_code(doc, span.to - 1), ")"))
        return 0;
    while (open > span.from && !plan_is_one_of(plan_code(doc, open - 1), "("))
        open--;
    struct plan_span inner = {open, span.to - 1};
    if (open <= span.from + 1)
        return 0;
    inner = plan_trim(doc, inner);
    bool is_named = (from = plan_words(doc, inner.from, inner.to, named)) > 0;
    if (is_named)
        inner.from = from;
    while (inner.from < inner.to && plan_is_one_of(plan_code(doc, inner.from), ": "))
        inner.from++;
    bool is_ordinal = inner.from < inner.to && plan_is_one_of(plan_code(doc, inner.from), "第");
    *number = bare_number(doc, inner);
    if (!is_named && !(is_ordinal && number->to < inner.to))
        return 0;
    return is_number_alone(doc, *number) ? open - 1 : 0;
}

/* X3JX before the digits of X3JX202405160020: letters that are no damaged digits. */
static size_t behind_letters(const struct plan_doc *doc, struct plan_span span)
{
    size_t at = span.from;
    while (at < span.to && at < span.from + 4 &&
           ((plan_code(doc, at) >= 'A' && plan_code(doc, at) <= 'Z') ||
               (at == span.from + 1 && plan_is_digit(plan_code(doc, at)))))
        at++;
    return at == span.from + 4 ? at : span.from;
}

char *notice_number_take(struct notice_doc *n, struct plan_span span)
{
    const struct plan_doc *doc = &n->doc;
    struct strbuf out = {0};
    struct plan_span damage;
    int value;
    span = bare_number(doc, span);
    struct plan_span digits = {behind_letters(doc, span), span.to};
    if (notice_bad_digit(doc, digits, &damage)) {
        notice_note(n, PUBLIC_DAMAGED, span);
        return NULL;
    }
    if (span.from < span.to && !plan_is_digit(plan_code(doc, span.from)) &&
        notice_number(doc, span.from, span.to, &value) == span.to && value > 0) {
        strbuf_format(&out, "%d", value);
        return strbuf_take(&out);
    }
    for (size_t at = span.from; at < span.to; at++)
        if (!plan_is_blank(plan_code(doc, at)))
            text_encode(&out, plan_code(doc, at));
    return out.length > 0 ? strbuf_take(&out) : NULL;
}
