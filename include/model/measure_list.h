/* measure_list: the measures of a task while somebody works on them: taken out of the database,
 * changed in memory, put into one edit of the model, and brought together with what others did
 * meanwhile.
 *
 * The database knows measures by position alone, so a row put in before others changes all behind
 * it. An edit made here therefore relies (model/work.h) on the words of each row it touches, and on
 * the whole of each row that has moved: where somebody else was at work on these, it clashes
 * instead of mixing two measures. Then measure_list_merge finds again which row is which, by its
 * words. */
#ifndef MODEL_MEASURE_LIST_H
#define MODEL_MEASURE_LIST_H

#include "model/task_detail.h"
#include "model/work.h"

enum measure_field { MEASURE_TEXT, MEASURE_DUE, MEASURE_DONE, MEASURE_WAIVED, MEASURE_FIELD_COUNT };
extern const char *const measure_field_names[MEASURE_FIELD_COUNT]; /* as model/field.h calls them */

#define MEASURE_LIST_MOST 200 /* rows that a person can add up to */

struct measure_row {
    int position;                     /* of the row of the database it was; 0: a new one */
    char *value[MEASURE_FIELD_COUNT]; /* as the history keeps them, never NULL */
};
struct measure_list {
    struct measure_row *row;
    size_t count, capacity;
};

/* What stands in the database, byte by byte: what is shown of it is to be scrubbed. `detail` says
 * which. */
bool measure_list_read(struct model *model, const struct task_detail *detail,
    struct measure_list *out, struct error *err);
void measure_list_clear(struct measure_list *list);
void measure_list_copy(
    struct measure_list *out, const struct measure_list *from); /* `out` is empty or cleared */
bool measure_list_equal(const struct measure_list *a, const struct measure_list *b);

void measure_list_insert(struct measure_list *list, size_t index); /* an empty new row */
void measure_list_remove(struct measure_list *list, size_t index);
void measure_list_move(struct measure_list *list, size_t from, size_t to);
void measure_list_set(
    struct measure_list *list, size_t index, enum measure_field field, const char *value);

/* The position that row `index` of a list will have when it is saved over `base`. */
int measure_list_position(const struct measure_list *base, size_t index);
/* Whether the row is new or says something else than it did. */
bool measure_list_is_changed(const struct measure_list *base, const struct measure_row *row);

/* The arguments of the edit that makes `mine` of `base`. Values are borrowed from the lists. Where
 * rows come, go or move, its fields tell nothing that a person could follow: then `moved` says it
 * ("1 measure put in, their order changed"), and is the reason of the edit. */
struct measure_edit {
    struct argument *argument;
    size_t count, capacity;
    char *moved; /* "" they do not */
};
void measure_list_edit(
    const struct measure_list *base, const struct measure_list *mine, struct measure_edit *out);
void measure_edit_clear(struct measure_edit *edit);

/* What both changed since `base`: the merged list has mine. */
struct measure_clash {
    size_t row; /* of the merged list */
    enum measure_field field;
    char *base, *theirs;
};
struct measure_merge {
    struct measure_list merged; /* its rows as they stand in `theirs`, and new ones */
    struct measure_clash *clash;
    size_t clash_count;
    size_t dropped; /* rows of mine with dates or a tick that others have taken out; one with new
                       words stays */
};
void measure_list_merge(const struct measure_list *base, const struct measure_list *theirs,
    const struct measure_list *mine, struct measure_merge *out);
void measure_merge_clear(struct measure_merge *merge);

#endif
