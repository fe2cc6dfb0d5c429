/* import_state: what the import screen keeps between two pictures. Shared by its own files only:
 * import.c (life, keys, what is under way), import_choose.c (choices), import_draw.c. */
#ifndef VIEWS_IMPORT_STATE_H
#define VIEWS_IMPORT_STATE_H

#include "ui/table.h"
#include "views/import.h"

/* The lines below the columns. */
enum import_option {
    IMPORT_OPTION_REGION,
    IMPORT_OPTION_SOURCE,
    IMPORT_OPTION_FILL,
    IMPORT_OPTION_UNITS,
    IMPORT_OPTION_KIND,
    IMPORT_OPTION_SHEET,
    IMPORT_OPTION_CHARSET,
    IMPORT_OPTION_COUNT
};
enum import_phase { IMPORT_IDLE, IMPORT_LOOKING, IMPORT_WRITING };

struct import_line {
    size_t start, bytes; /* of the report */
    bool heading;
};
struct import_view {
    struct view view;
    const struct view_env *env;
    const struct import_ops *ops;
    void *context;
    struct rect area;

    /* what was chosen; NULL: as it is found */
    char **told; /* for each column of the file, a field or "-" */
    size_t told_count;
    char *kind, *charset, *source, *sheet, *region;
    bool fill, create_units;

    enum import_phase phase;
    bool stopping, again; /* again: something else was chosen meanwhile */
    size_t done, of;
    char *wrong; /* why there is nothing to show; NULL */

    bool second;                /* the page */
    struct table_window window; /* of page one: columns, then options */
    struct strbuf report;       /* page two */
    struct import_line *line;
    size_t line_count, line_capacity, top;
    size_t refusal;     /* the line of the first; 0: nobody was taken to it */
    size_t warning;     /* the line with which they begin; 0: there are none */
    size_t warned;      /* how many were seen; of as many others nobody asks again */
    bool asked;         /* to write it, when they were not seen yet */
    int report_columns; /* it was made for */
};

struct import_view *import_self(struct view *view);
/* What the file was read as; its columns may be fewer than those told. */
const struct import_state *import_state(const struct import_view *view);
/* Reads and looks with what is chosen now, when nothing is under way any more. */
enum effect import_look_again(struct import_view *view);
int import_rows(const struct import_view *view);        /* of either page */
bool import_has_unseen(const struct import_view *view); /* warnings, of what could be written */
/* The line of page one with the first option: behind the columns and an empty line. */
size_t import_options_at(const struct import_view *view);

/* import_choose.c */
enum effect import_choose(struct import_view *view);
enum effect import_leave_out(struct import_view *view);
bool import_forget_columns(struct import_view *view); /* what was told of them; false: nothing */
const char *import_option_label(enum import_option option);
void import_option_value(
    const struct import_view *view, enum import_option option, struct strbuf *out);

/* import_draw.c */
int import_state_rows(const struct import_view *view); /* of the sentence above the footer */
void import_draw(const struct view *view, struct canvas *canvas, struct rect area);

#endif
