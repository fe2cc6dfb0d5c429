/* query_parts: what the files of the filter language share. */
#ifndef MODEL_QUERY_PARTS_H
#define MODEL_QUERY_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/query.h"
#include "model/task.h"

/* A stretch of what was typed, bytes. */
struct query_place {
    size_t at, length;
};

/* --- query_words.c: names ------------------------------------------------------------------ */

/* Whether `name` is `word` or one of the blank-divided `aliases`; case does not count, and - is _.
 */
bool query_name_is(const char *word, const char *aliases, const char *name);
enum query_flag query_flag_find(const char *name);   /* FLAG_COUNT: none */
enum query_field query_field_find(const char *name); /* FIELD_COUNT: none */
bool query_is_none(const char *value);               /* none, never, 无 */
bool query_is_flag_field(const char *name);          /* the `is` of is:overdue */

/* #12: a row of the database by its number. */
bool query_row_read(const char *value, int64_t *id);

/* The words a TYPE_WORD field takes; 0 for other fields. */
size_t query_field_words(enum query_field field, const struct word **words);

/* The sentence, where it is wrong, and what was meant (NULL: nothing near); returns false. Names
 * that were typed are to be put in with query_quote. */
bool query_error_set(struct query_error *err, struct query_place place, const char *suggestion,
    const char *format, ...) __attribute__((format(printf, 4, 5)));
/* What was typed, fit for a message: scrubbed and not too long. */
const char *query_quote(const char *typed, char out[static 100]);

/* --- query_value.c: the value of a field --------------------------------------------------- */

struct query *query_new(enum query_kind kind, struct query_place place);
struct query *query_join(enum query_kind kind, struct query *left, struct query *right);

/* `field op value` as a tree; op is not OP_NE. */
bool query_value_read(enum query_field field, enum query_op op, const char *value,
    struct query_place place, struct query **out, struct query_error *err);

#endif
