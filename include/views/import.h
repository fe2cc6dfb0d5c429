/* import: a file of tasks on its way in, as a screen. Page one is how the file is understood: what
 * each column is taken for, and what else can be told; page two what would be done, problem by
 * problem and change by change. Each choice looks again, beside the board; nothing is written until
 * a key says so, nothing at all where anything is refused, and nothing before its warnings were
 * seen. The file is the owner's: views know none. */
#ifndef VIEWS_IMPORT_H
#define VIEWS_IMPORT_H

#include "base/strbuf.h"
#include "model/import.h"
#include "views/picker.h"
#include "views/views.h"

#define IMPORT_COLUMN_FIRST 3
struct import_column {
    const char *letter, *heading;
    const char *field, *label; /* what it is taken for; NULL: it is not taken */
    const char *twice;         /* label of what another column is already; NULL */
    const char *first[IMPORT_COLUMN_FIRST];
};
/* How the file is understood, and what would come of it. */
struct import_state {
    const char *file;
    const char *kind;            /* in the language spoken; NULL: it was not recognised */
    const char *charset, *sheet; /* NULL: none */
    const struct import_column *column;
    size_t column_count;
    bool looked; /* there are the following */
    size_t count[IMPORT_KIND_COUNT];
    bool refused;
    const char *refusal; /* what refuses, and the first of it; NULL: nothing does */
    size_t warnings;
    bool lasting;       /* more would be written than one undo takes back */
    const char *notice; /* "it was read again: ..."; NULL none */
};
/* What a person chose; borrowed during the call. */
struct import_asked {
    const char *kind, *charset, *sheet; /* NULL: as it is found */
    const char *source;                 /* CODE, or CODE=NAME for one that is made; NULL: none */
    const char *region;                 /* the place that the file is of; NULL: as it says */
    const char *const *map;             /* LETTER=FIELD, - for none */
    size_t map_count;
    bool fill, create_units;
};
enum import_choice {
    IMPORT_FIELDS,
    IMPORT_KINDS,
    IMPORT_SOURCES,
    IMPORT_CHARSETS,
    IMPORT_SHEETS,
    IMPORT_REGIONS
};
enum import_end { IMPORT_LOOKED, IMPORT_WRITTEN, IMPORT_FAILED };

struct import_ops {
    /* Begins to read and look, or to write what was looked at last. */
    bool (*begin)(void *context, const struct import_asked *asked, bool write, struct error *err);
    int (*fd)(void *context);                                  /* readable when that is done */
    void (*progress)(void *context, size_t *done, size_t *of); /* of 0: not known */
    void (*stop)(void *context);                               /* it ends soon, and failed */
    /* It is done. IMPORT_LOOKED after writing: something had changed, and nothing is written. */
    enum import_end (*finish)(void *context, struct error *err);
    /* Of what was done last, whole; not asked for meanwhile. */
    const struct import_state *(*state)(void *context);
    /* At which byte the warnings begin; 0: there are none. */
    size_t (*report)(void *context, int columns, struct strbuf *out);
    /* What there is to choose from; in a box that calls `chosen`. */
    void (*choose)(void *context, enum import_choice choice, const char *title, const char *current,
        picker_chosen *chosen, void *chosen_context);
    void (*written)(void *context); /* tells, and shows what came, once the screen has gone */
    void (*close)(void *context);
};
/* `context` is the screen's, which closes it. */
struct view *import_open(const struct view_env *env, const struct import_ops *ops, void *context);
struct view *import_from(struct view *view); /* NULL when it is another view */

enum effect import_view_choose(struct view *view);    /* what the line selected is to be */
enum effect import_view_leave_out(struct view *view); /* the column selected */
enum effect import_view_page(struct view *view);      /* the other page */
enum effect import_view_again(struct view *view);     /* reads the file again */
enum effect import_view_write(struct view *view);

#endif
