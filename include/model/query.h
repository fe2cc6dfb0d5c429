/* query: the filter language of the board, saved views, the command line and people's reach.
 *
 *   overdue region:盘锦 lead:水利厅 due<2026-12-31 due.before:+30d state:in_progress,submitted
 *   percent<50 source:2021 sponsor:赵 -closed 湿地 "河口 湿地"    and or not ( )
 *
 * Terms side by side are joined by `and`, which binds tighter than `or`; `-term` is `not term`;
 * commas in a value are `or`. A term is a flag, FIELD:VALUE, FIELD OP VALUE (= != < <= > >=) or
 * text, bare or in quotes, looked for in title, problem, goal and measures (an identity such as
 * 2-047 finds that task). Field and flag names are those of the tables below, in English or by
 * their Chinese alias before a colon. Values of unit fields are resolved against the units when SQL
 * is made, so that a saved filter outlives a renaming. Parsing depends on nothing but the text. */
#ifndef MODEL_QUERY_H
#define MODEL_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum query_kind { QUERY_ALL, QUERY_AND, QUERY_OR, QUERY_NOT, QUERY_FLAG, QUERY_FIELD, QUERY_TEXT };
enum query_op { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE };
enum query_flag {
    FLAG_OPEN, FLAG_CLOSED, FLAG_OVERDUE, FLAG_DUE_SOON, FLAG_DUE_URGENT, FLAG_UNREPORTED, FLAG_RETURNED,
    FLAG_LISTED, FLAG_BEHIND, FLAG_UNACCEPTED, FLAG_IMMEDIATE, FLAG_ONGOING, FLAG_OBJECTED, FLAG_NOTICED,
    FLAG_CHANGED_TODAY, FLAG_COUNT
};
enum query_field {
    FIELD_ID, FIELD_SOURCE, FIELD_NUMBER, FIELD_TITLE, FIELD_REGION, FIELD_CITY, FIELD_LEAD, FIELD_RESPONSIBLE,
    FIELD_SUPERVISOR, FIELD_SPONSOR, FIELD_CATEGORY, FIELD_STATE, FIELD_PROGRESS, FIELD_PERCENT, FIELD_DUE,
    FIELD_DEADLINE, FIELD_DAYS, FIELD_KIND, FIELD_REPORTED, FIELD_CLOSED, FIELD_UPDATED, FIELD_BY, FIELD_NOTICE,
    FIELD_COUNT
};
enum query_type { TYPE_TEXT, TYPE_NUMBER, TYPE_DATE, TYPE_WORD, TYPE_UNIT };

struct query_flag_row { const char *name, *alias, *help; };
struct query_field_row { const char *name, *alias; enum query_type type; const char *help; };
extern const struct query_flag_row query_flags[FLAG_COUNT];
extern const struct query_field_row query_fields[FIELD_COUNT];

struct query {
    enum query_kind kind;
    struct query *left, *right;   /* AND, OR: both; NOT: left */
    enum query_flag flag;
    enum query_field field;
    enum query_op op;
    char *text;                   /* FIELD: value as typed; TEXT: the words */
    bool relative;                /* TYPE_DATE: `number` is days from today (+30d, -1w, today) */
    int64_t number;               /* TYPE_NUMBER, TYPE_DATE (a date_t) and TYPE_WORD (index) values */
    size_t at, length;            /* where it stands in the source text, bytes */
};

struct query_error {
    size_t at, length;            /* bytes of the source that are wrong */
    char text[256];               /* sentence, translated */
    char suggestion[64];          /* what may have been meant; "" when nothing is near */
};

/* Never crashes on any bytes; at most QUERY_TERMS terms and QUERY_DEPTH nested groups. The empty
 * text is QUERY_ALL. */
#define QUERY_TERMS 200
#define QUERY_DEPTH 50
bool query_parse(const char *text, struct query **out, struct query_error *err);
void query_free(struct query *query);
/* The sentence, the filter and a caret under the place, as lines for a terminal; in `err->text`. */
bool query_error_show(const char *text, const struct query_error *wrong, struct error *err);

/* What may stand at byte `at` of `text`, for completion: calls `offer` with whole replacements of the
 * word there (flags, fields, state words); units are offered by the caller. `*start` is where the word
 * begins. `field` gets the field whose value is being typed, or FIELD_COUNT. */
void query_complete(const char *text, size_t at, size_t *start, enum query_field *field,
    void (*offer)(void *context, const char *word, const char *help), void *context);

#endif
