/* field: everything a change of a task may touch, one row each. The history names it so, and the
 * row says where it stands in the database: what duban writes, undoes, merges and shows is read
 * from this table.
 *
 * A name may carry a suffix: "done.3" is of the third measure, "reply.57" of the notice with the
 * id 57. Values are texts as the history keeps them: ISO dates, words of the schema, ids, "0" and
 * "1"; "" is none. A list (regions, departments) is its ids in order with blanks between. */
#ifndef MODEL_FIELD_H
#define MODEL_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/task.h"
#include "model/units.h"

enum field_type {
    VALUE_IS_LINE,
    VALUE_IS_TEXT, /* many lines */
    VALUE_IS_DATE,
    VALUE_IS_NUMBER,
    VALUE_IS_PERCENT,
    VALUE_IS_YES,  /* 0 1 */
    VALUE_IS_WORD, /* one of `words` */
    VALUE_IS_REGION,
    VALUE_IS_REGIONS,
    VALUE_IS_DEPARTMENT,
    VALUE_IS_DEPARTMENTS,
    VALUE_IS_SPONSOR,
    VALUE_IS_SOURCE,
    VALUE_IS_MOMENT,
    VALUE_IS_GONE, /* only what was there is told */
};

/* Where it stands. */
enum field_table {
    TABLE_NONE, /* told by the history, stored nowhere */
    TABLE_TASK,
    TABLE_TASK_REGION,     /* the list; its first is task.region_id */
    TABLE_TASK_DEPARTMENT, /* the list of the role `column`; the first lead is task.lead_id */
    TABLE_MEASURE,
    TABLE_TARGET,
    TABLE_REPORT,
    TABLE_NOTICE,
    TABLE_REVIEW,
    TABLE_PUBLICITY,
    TABLE_OBJECTION,
    TABLE_EXTENSION,
    TABLE_COUNT
};
extern const char *const field_tables[TABLE_COUNT]; /* their names in the database */

/* What tells the rows that a task has in a table apart, and is the suffix of the names of their
 * fields: a position, which a person counts, or an id, which nobody knows. */
enum field_key { KEY_NONE, KEY_POSITION, KEY_ID };
enum field_key field_key_of(enum field_table table);
const char *field_key_column(enum field_table table); /* of a table with a key */
/* The one that says whether a row of the table is there. */
const struct field *field_row_of(enum field_table table);

enum field_flags {
    FIELD_IS_ROW = 1,       /* the row is there when this is not empty, and not otherwise */
    FIELD_IS_NULL = 2,      /* empty is NULL */
    FIELD_IS_QUIET = 4,     /* the line of the history does without it */
    FIELD_IS_FORM = 8,      /* in the form of a task */
    FIELD_IS_DEADLINE = 16, /* a day that may be told in the words of deadlines: 2027年底前 */
    FIELD_IS_LINES = 64,    /* the rows of TABLE_TARGET, a line each (model/target_lines.h) */
    FIELD_IS_SHORT = 32,    /* at most FIELD_SHORT_MOST characters */
};
struct field {
    const char *name, *label; /* label: N_() */
    enum field_type type;
    enum field_table table;
    const char *column;
    unsigned flags;
    unsigned may; /* PERSON_BIT set: who may edit it directly; 0: it changes with an action only */
    const struct word *words;
    size_t word_count;
};
extern const struct field fields[];
extern const size_t field_count;

#define FIELD_LINE_MOST 600     /* bytes of a line */
#define FIELD_TEXT_MOST 16000   /* bytes of a text */
#define FIELD_LIST_MOST 64      /* ids of a list */
#define FIELD_POSITION_MOST 999 /* positions beyond it are mistyped */
#define FIELD_SHORT_MOST 40     /* characters of a figure and its unit, as the schema has it */

/* "done.3" is found as "done"; `*suffix` (may be NULL) points at the "3", or at "". NULL: none
 * such. */
const struct field *field_find(const char *name, const char **suffix);
/* Never NULL, for names in our own tables. */
const struct field *field_named(const char *name);

/* Whether it can be handed to a program: it begins with no dash, which would make an option of it.
 * Ledgers have names and remarks beside the number; those stay. "" is one. */
bool field_is_phone(const char *value);
/* At most FIELD_SHORT_MOST characters. */
bool field_is_short(const char *value);
/* What a person typed (names, initials and ids of units, dates in any usual form, words of a table
 * in either language) as the value; the error names the field and what it can be. Text is scrubbed.
 * Caller frees. */
bool field_read(const struct units *units, const struct field *field, const char *typed,
    char **value, struct error *err);
/* The value as a person reads it: names for ids, labels for words. */
struct strbuf;
void field_show(
    const struct units *units, const struct field *field, const char *value, struct strbuf *out);

/* The ids of a list; returns how many (at most FIELD_LIST_MOST). What is no number is left out. */
size_t field_ids(const char *value, int64_t ids[static FIELD_LIST_MOST]);

#endif
