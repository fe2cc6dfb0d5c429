/* query: the filter language of the board, saved views, the command line and people's reach.
 *
 *   overdue region:盘锦 lead:水利厅 due<2026-12-31 due.before:+30d state:in_progress,submitted
 *   percent<50 source:2021 sponsor:赵 -closed 湿地 "河口 湿地"    and or not ( )
 *
 * Terms side by side are joined by `and`, which binds tighter than `or`; `-term` and `!term` are `not
 * term`; 且 或 非 standing alone are and, or, not. A term is
 *
 *   a flag           overdue 逾期 is:overdue 是:逾期
 *   FIELD OP VALUE   : and = (the same), != < <= > >= ; .before .after .from .until on numbers and dates
 *   text             bare or in quotes, looked for in title, problem, goal and measures; an identity
 *                    such as 2-047 finds that task
 *
 * Field and flag names are those of the tables below, in English or Chinese. Commas in a value are `or`.
 * Punctuation as a Chinese input method types it (（）：，、“”＜＞＝ and full-width letters) means the same
 * outside quotes; in quotes \ keeps the next character as it is. Numbers and dates may be ranges
 * (30..60). A date is a day, a month or a year (2026-12-31, 2026/12/31, 2026年12月31日, 2026-12, 2026), a
 * step from today (+30d -1w +2m 1y, 30天), one of the words of query_days (today, this_week ..), or none.
 *
 * Values of unit fields are resolved against the units when SQL is made, so that a saved filter outlives
 * a renaming; `none` is a task without one. #12 is the unit, or with id: the task, that has the number 12
 * in the database, whatever it is called; lead:#0 is none. category:=水 is the whole of a category, not a
 * piece. Parsing depends on nothing but the text. */
#ifndef MODEL_QUERY_H
#define MODEL_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"
#include "base/strbuf.h"

enum query_kind { QUERY_ALL, QUERY_AND, QUERY_OR, QUERY_NOT, QUERY_FLAG, QUERY_FIELD, QUERY_TEXT };
enum query_op { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE };
enum query_flag {
    FLAG_OPEN, FLAG_CLOSED, FLAG_OVERDUE, FLAG_DUE_SOON, FLAG_DUE_URGENT, FLAG_UNREPORTED, FLAG_RETURNED,
    FLAG_LISTED, FLAG_BEHIND, FLAG_UNACCEPTED, FLAG_IMMEDIATE, FLAG_ONGOING, FLAG_OBJECTED, FLAG_NOTICED,
    FLAG_CHANGED_TODAY, FLAG_COUNT
};
enum query_field {
    FIELD_ID, FIELD_SOURCE, FIELD_NUMBER, FIELD_TITLE, FIELD_REGION, FIELD_CITY, FIELD_AT, FIELD_LEAD,
    FIELD_MAIN_LEAD, FIELD_RESPONSIBLE,
    FIELD_SUPERVISOR, FIELD_SPONSOR, FIELD_CATEGORY, FIELD_STATE, FIELD_PROGRESS, FIELD_PERCENT, FIELD_DUE,
    FIELD_DEADLINE, FIELD_DAYS, FIELD_KIND, FIELD_REPORTED, FIELD_CLOSED, FIELD_UPDATED, FIELD_BY, FIELD_NOTICE,
    FIELD_COUNT
};
enum query_type { TYPE_TEXT, TYPE_NUMBER, TYPE_DATE, TYPE_WORD, TYPE_UNIT };

/* `alias` holds the Chinese names, blanks between, the one to show first. Help is an N_() text. */
struct query_flag_row { const char *name, *alias, *help; };
struct query_field_row { const char *name, *alias; enum query_type type; const char *help; };
extern const struct query_flag_row query_flags[FLAG_COUNT];
extern const struct query_field_row query_fields[FIELD_COUNT];

/* A day relative to today: the first day of the period that holds today, and then so many months and
 * days on. A month that is shorter ends the count at its last day. A row is a word for such days, from
 * the first to the last. */
enum query_anchor { ANCHOR_NONE, ANCHOR_TODAY, ANCHOR_WEEK, ANCHOR_MONTH, ANCHOR_QUARTER, ANCHOR_YEAR };
struct query_day_row {
    const char *name, *alias, *help; /* today, tomorrow, this_week .. */
    enum query_anchor anchor;
    int first_months, first_days, last_months, last_days;
};
extern const struct query_day_row query_days[];
extern const size_t query_days_count;

struct query {
    enum query_kind kind;
    struct query *left, *right;   /* AND, OR: both; NOT: left. A range is an AND, != a NOT */
    enum query_flag flag;
    enum query_field field;
    enum query_op op;
    char *text;                   /* FIELD: value as typed; TEXT: the words */
    enum query_anchor anchor;     /* TYPE_DATE: ANCHOR_NONE, else `number` and `months` count from it */
    int months;
    int64_t number;               /* TYPE_NUMBER; TYPE_DATE, a date_t or days; TYPE_WORD, an index */
    size_t at, length;            /* where it stands in the source text, bytes */
};

/* The day a TYPE_DATE term means; DATE_NONE for `none`. */
date_t query_date(const struct query *query, date_t today);

struct query_error {
    size_t at, length;            /* bytes of the source that are wrong */
    char text[256];               /* sentence, translated */
    char suggestion[64];          /* what may have been meant; "" when nothing is near */
};

/* Never crashes on any bytes; at most QUERY_BYTES of them, QUERY_TERMS terms and QUERY_DEPTH nested
 * groups. The empty text is QUERY_ALL. */
#define QUERY_BYTES 4000
#define QUERY_TERMS 200
#define QUERY_DEPTH 25
bool query_parse(const char *text, struct query **out, struct query_error *err);
void query_free(struct query *query);
/* The sentence, the filter and a caret under the place, as lines for a terminal; in `err->text`. */
bool query_error_show(const char *text, const struct query_error *wrong, struct error *err);

/* Appends a value so that it is read as it stands, in quotes where it has to be. */
void query_value_add(struct strbuf *out, const char *value);

/* What may stand at byte `at` of `text`, for completion: calls `offer` with whole replacements of the
 * word there (flags, fields with their colon, words of states and days), in the language spoken unless
 * the other was begun, found by their first letters or pinyin initials. Units are offered by the
 * caller. `*start` is the byte where the word begins. `*field` gets the field whose value is being
 * typed, or FIELD_COUNT. In quotes nothing is offered. */
void query_complete(const char *text, size_t at, size_t *start, enum query_field *field,
    void (*offer)(void *context, const char *word, const char *help), void *context);

#endif
