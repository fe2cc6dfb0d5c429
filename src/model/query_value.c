/* query_value: numbers, dates and words of a field made into terms. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "model/search.h"
#include "query_parts.h"

#define NUMBER_MOST 1000000000
#define YEAR_FIRST 1900
#define YEAR_LAST 2199

struct query *query_new(enum query_kind kind, struct query_place place)
{
    struct query *query = alloc_zero(1, sizeof *query);
    query->kind = kind;
    query->at = place.at;
    query->length = place.length;
    return query;
}

struct query *query_join(enum query_kind kind, struct query *left, struct query *right)
{
    struct query_place place = {left->at, left->length};
    if (right)
        place.length = right->at + right->length - left->at;
    struct query *query = query_new(kind, place);
    query->left = left;
    query->right = right;
    return query;
}

/* --- numbers ------------------------------------------------------------------------------- */

/* Digits at `*text`, at most `most` of them; -1 when there is none. */
static int digits_read(const char **text, int most)
{
    int value = 0, count = 0;
    while (count < most && **text >= '0' && **text <= '9') {
        value = value * 10 + (*(*text)++ - '0');
        count++;
    }
    return count > 0 ? value : -1;
}

static bool number_read(const char *text, int64_t *out)
{
    bool minus = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    int value = digits_read(&text, 9);
    if (value < 0)
        return false;
    if (*text == '%')
        text++;
    *out = minus ? -value : value;
    return *text == '\0';
}

/* --- dates --------------------------------------------------------------------------------- */

struct day {
    enum query_anchor anchor;
    int months, days; /* days: a date_t where the anchor is none */
};
struct span {
    struct day first, last;
};

/* Steps over the mark between year, month and day. */
enum mark { MARK_NONE, MARK_ASCII, MARK_CHINESE };
static enum mark mark_take(const char **text, const char *chinese)
{
    size_t length = strlen(chinese);
    if (strncmp(*text, chinese, length) == 0) {
        *text += length;
        return MARK_CHINESE;
    }
    if (!**text || !strchr("-/.", **text))
        return MARK_NONE;
    (*text)++;
    return MARK_ASCII;
}

static bool days_make(int year, int month, int day, struct span *out)
{
    date_t first = date_make(year, month > 0 ? month : 1, day > 0 ? day : 1), last = first;
    if (year < YEAR_FIRST || year > YEAR_LAST || first == DATE_NONE)
        return false;
    if (month <= 0 || (month == 12 && day <= 0)) /* the month after may be none of the calendar */
        last = date_make(year, 12, 31);
    else if (day <= 0)
        last = date_make(year, month + 1, 1) - 1;
    out->first = (struct day){ANCHOR_NONE, 0, first};
    out->last = (struct day){ANCHOR_NONE, 0, last};
    return true;
}

/* 2026, 2026-12, 2026/12/31, 2026.12.31, 2026年12月31日, 20261231. */
static bool calendar_read(const char *text, struct span *out)
{
    if (strlen(text) == 8 && strspn(text, "0123456789") == 8) {
        int value = atoi(text);
        return value % 10000 > 0 && value % 100 > 0 &&
               days_make(value / 10000, value / 100 % 100, value % 100, out);
    }
    int parts[3] = {digits_read(&text, 4), 0, 0};
    enum mark mark = mark_take(&text, "年");
    for (int i = 1; i < 3 && mark != MARK_NONE && (*text || mark == MARK_ASCII); i++) {
        parts[i] = digits_read(&text, 2);
        if (parts[i] <= 0)
            return false;
        mark = i == 1 ? mark_take(&text, "月") : MARK_NONE;
    }
    if (parts[2] > 0 && mark_take(&text, "日") == MARK_ASCII)
        return false;
    return *text == '\0' && days_make(parts[0], parts[1], parts[2], out);
}

static const struct {
    const char *names;
    int months, days;
} steps[] = {
    {"d 天 日", 0, 1},
    {"w 周 星期", 0, 7},
    {"m 月 个月", 1, 0},
    {"y 年", 12, 0},
};

/* +30d, -1w, 2m, +30天 */
static bool step_read(const char *text, struct span *out)
{
    bool minus = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    int count = digits_read(&text, 4);
    for (size_t i = 0; count >= 0 && i < sizeof steps / sizeof steps[0]; i++) {
        if (!*text || !query_name_is("", steps[i].names, text))
            continue;
        count = minus ? -count : count;
        out->first = (struct day){ANCHOR_TODAY, count * steps[i].months, count * steps[i].days};
        out->last = out->first;
        return true;
    }
    return false;
}

static bool span_read(const char *text, struct span *out)
{
    for (size_t i = 0; i < query_days_count; i++) {
        const struct query_day_row *row = &query_days[i];
        if (!query_name_is(row->name, row->alias, text))
            continue;
        out->first = (struct day){row->anchor, row->first_months, row->first_days};
        out->last = (struct day){row->anchor, row->last_months, row->last_days};
        return true;
    }
    return calendar_read(text, out) || step_read(text, out);
}

static date_t months_add(date_t date, int months)
{
    int year, month, day;
    date_parts(date, &year, &month, &day);
    int count = year * 12 + month - 1 + months;
    date_t next;
    while ((next = date_make(count / 12, count % 12 + 1, day)) == DATE_NONE && day > 28)
        day--;
    return next;
}

date_t query_date(const struct query *query, date_t today)
{
    if (query->anchor == ANCHOR_NONE)
        return (date_t)query->number;
    int year, month, day;
    date_parts(today, &year, &month, &day);
    date_t base = today;
    if (query->anchor == ANCHOR_WEEK)
        base = today - (date_weekday(today) - 1);
    else if (query->anchor == ANCHOR_MONTH)
        base = date_make(year, month, 1);
    else if (query->anchor == ANCHOR_QUARTER)
        base = date_make(year, (month - 1) / 3 * 3 + 1, 1);
    else if (query->anchor == ANCHOR_YEAR)
        base = date_make(year, 1, 1);

    date_t first = date_make(YEAR_FIRST, 1, 1), last = date_make(YEAR_LAST, 12, 31);
    int far = query->months + (int)query->number / 28;
    if (year + far / 12 <= YEAR_FIRST + 1 || year + far / 12 >= YEAR_LAST - 1)
        return far < 0 ? first : last;
    date_t date = months_add(base, query->months) + (date_t)query->number;
    return date < first ? first : date > last ? last : date;
}

/* --- terms --------------------------------------------------------------------------------- */

struct term {
    enum query_field field;
    enum query_op op;
    const char *value;
    struct query_place place;
};

static struct query *term_new(const struct term *term, enum query_op op)
{
    struct query *query = query_new(QUERY_FIELD, term->place);
    query->field = term->field;
    query->op = op;
    query->text = alloc_string(term->value);
    return query;
}

static struct query *term_day(const struct term *term, enum query_op op, struct day day)
{
    struct query *query = term_new(term, op);
    query->anchor = day.anchor;
    query->months = day.months;
    query->number = day.days;
    return query;
}

static struct query *term_number(const struct term *term, enum query_op op, int64_t number)
{
    struct query *query = term_new(term, op);
    query->number = number;
    return query;
}

/* The two sides of `first..last`, either of which may be empty; false when it is no range. */
static bool range_split(const char *value, char **first, char **last)
{
    const char *dots = strstr(value, "..");
    if (!dots || (dots == value && dots[2] == '\0'))
        return false;
    *first = alloc_string_n(value, (size_t)(dots - value));
    *last = alloc_string(dots + 2);
    return true;
}

/* Joins the sides of a range, of which one may be missing. */
static struct query *range_join(struct query *low, struct query *high)
{
    return low && high ? query_join(QUERY_AND, low, high) : low ? low : high;
}

static bool range_refuse(const struct term *term, struct query_error *err)
{
    return query_error_set(err, term->place, NULL, _("a range can be compared only with : or !="));
}

static bool numbers_read(const struct term *term, struct query **out, struct query_error *err)
{
    char *first, *last, quote[100];
    int64_t low = 0, high = 0;
    bool good;
    if (range_split(term->value, &first, &last)) {
        good = (!*first || number_read(first, &low)) && (!*last || number_read(last, &high));
        struct query *lower = good && *first ? term_number(term, OP_GE, low) : NULL;
        struct query *upper = good && *last ? term_number(term, OP_LE, high) : NULL;
        *out = range_join(lower, upper);
        free(first);
        free(last);
        if (good && term->op != OP_EQ) {
            query_free(*out);
            return range_refuse(term, err);
        }
    } else if ((good = number_read(term->value, &low))) {
        *out = term_number(term, term->op, low);
    }
    return good || query_error_set(err, term->place, NULL, _("\"%s\" is no number"),
                       query_quote(term->value, quote));
}

static struct query *span_term(const struct term *term, const struct span *span)
{
    bool one_day = memcmp(&span->first, &span->last, sizeof span->first) == 0;
    switch (term->op) {
    case OP_LT:
    case OP_GE:
        return term_day(term, term->op, span->first);
    case OP_LE:
    case OP_GT:
        return term_day(term, term->op, span->last);
    default:
        if (one_day)
            return term_day(term, OP_EQ, span->first);
        return query_join(
            QUERY_AND, term_day(term, OP_GE, span->first), term_day(term, OP_LE, span->last));
    }
}

static bool date_refuse(const struct term *term, struct query_error *err)
{
    char quote[100];
    struct suggest suggest = suggest_for(term->value);
    for (size_t i = 0; i < query_days_count; i++)
        suggest_offer(&suggest, query_days[i].name);
    return query_error_set(err, term->place, suggest.best,
        _("\"%s\" is no date; write 2026-12-31, 2026-12, today, this_week or +30d"),
        query_quote(term->value, quote));
}

static bool dates_read(const struct term *term, struct query **out, struct query_error *err)
{
    struct span span, end;
    char *first, *last;
    if (query_is_none(term->value)) {
        if (term->op != OP_EQ)
            return range_refuse(term, err);
        *out = term_day(term, OP_EQ, (struct day){ANCHOR_NONE, 0, DATE_NONE});
        return true;
    }
    if (!range_split(term->value, &first, &last)) {
        if (!span_read(term->value, &span))
            return date_refuse(term, err);
        *out = span_term(term, &span);
        return true;
    }
    bool good = (!*first || span_read(first, &span)) && (!*last || span_read(last, &end));
    struct query *lower = good && *first ? term_day(term, OP_GE, span.first) : NULL;
    struct query *upper = good && *last ? term_day(term, OP_LE, end.last) : NULL;
    free(first);
    free(last);
    *out = range_join(lower, upper);
    if (!good)
        return date_refuse(term, err);
    if (term->op == OP_EQ)
        return true;
    query_free(*out);
    return range_refuse(term, err);
}

static void words_offer(struct suggest *suggest, const struct word *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        suggest_offer(suggest, words[i].name);
}

/* A state may be called by a flag that says the same: state:returned, 状态:退回. */
static bool state_flag_read(const struct term *term, struct query **out)
{
    enum query_flag flag = query_flag_find(term->value);
    if (flag != FLAG_RETURNED && flag != FLAG_OPEN)
        return false;
    *out = query_new(QUERY_FLAG, term->place);
    (*out)->flag = flag;
    return true;
}

/* The Chinese word most like the value, when the value is Chinese. Borrowed from `room`. */
static const char *chinese_nearest(
    const struct word *words, size_t count, const char *value, char room[static 64])
{
    struct suggest suggest = suggest_for(value);
    room[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        for (const char *at = words[i].chinese; *at;) {
            size_t length = strcspn(at, " ");
            char *piece = alloc_string_n(at, length);
            const char *before = suggest.best;
            suggest_offer(&suggest, piece);
            if (suggest.best != before && length < 64) {
                memcpy(room, piece, length + 1);
                suggest.best = room;
            }
            free(piece);
            at += length;
            at += strspn(at, " ");
        }
    }
    return room[0] ? room : NULL;
}

static bool word_read(const struct term *term, struct query **out, struct query_error *err)
{
    const struct word *words;
    size_t count = query_field_words(term->field, &words);
    int found = word_find(words, count, term->value);
    if (found >= 0) {
        *out = term_number(term, OP_EQ, found);
        return true;
    }
    if (term->field == FIELD_STATE && state_flag_read(term, out))
        return true;
    char quote[100], room[64];
    struct suggest suggest = suggest_for(term->value);
    words_offer(&suggest, words, count);
    const char *best =
        suggest.best ? suggest.best : chinese_nearest(words, count, term->value, room);
    return query_error_set(err, term->place, best, _("%s is never \"%s\""),
        query_fields[term->field].name, query_quote(term->value, quote));
}

static bool text_read(const struct term *term, struct query **out, struct query_error *err)
{
    struct strbuf tokens = {0};
    bool good = term->field != FIELD_TITLE || search_query(&tokens, term->value);
    strbuf_clear(&tokens);
    if (!good)
        return query_error_set(err, term->place, NULL,
            _("there is nothing to look for: letters, digits or characters are needed"));
    *out = term_new(term, OP_EQ);
    return true;
}

bool query_value_read(enum query_field field, enum query_op op, const char *value,
    struct query_place place, struct query **out, struct query_error *err)
{
    struct term term = {field, op, value, place};
    switch (query_fields[field].type) {
    case TYPE_NUMBER:
        return numbers_read(&term, out, err);
    case TYPE_DATE:
        return dates_read(&term, out, err);
    case TYPE_WORD:
        return word_read(&term, out, err);
    case TYPE_TEXT:
        return text_read(&term, out, err);
    case TYPE_UNIT:
        *out = term_new(&term, OP_EQ);
        return true;
    }
    return false;
}
