/* What the handover keeps between two pictures. */
#ifndef VIEWS_HANDOVER_STATE_H
#define VIEWS_HANDOVER_STATE_H

#include "base/text.h"
#include "handover_columns.h"
#include "views/handover.h"

#define PREFIX_COLUMNS 3 /* selection, light, a blank */
#define ABOVE 3          /* rows above the body: header, since when, heads */
#define BELOW 2          /* and below it: what was done in full, footer */
#define EMPTY_LINES 2    /* what is said when nothing changed */

enum handover_line_kind {
    LINE_NOTE_HEAD,
    LINE_NOTE,
    LINE_BLANK,
    LINE_GROUP,
    LINE_ITEM,
    LINE_EMPTY
};
struct handover_line {
    enum handover_line_kind kind;
    size_t index; /* of the note's line, the group, the item, or the line said */
};

struct handover_view {
    struct view view;
    const struct view_env *env;
    struct rect area;
    struct handover *handover;
    int64_t opened_seq;         /* what is newer came while one looked */
    struct handover_note *note; /* of the predecessor; NULL */
    struct text_lines note_lines;
    size_t index, top; /* the selection among the items; the first line in the window */
    int64_t next_at;   /* when it may be read again, by the monotonic clock */
    int timer;         /* readable then; -1: there is none to be had */
    bool behind;       /* something has changed since it was read */
    bool marked;       /* seen, and may be taken back */
    struct handover_point before;
    struct table_column columns[HANDOVER_COLUMNS];
};

/* handover.c */
size_t handover_body_rows(const struct handover_view *view);
size_t handover_note_rows(const struct handover_view *view); /* lines of the note that are shown */
size_t handover_line_count(const struct handover_view *view);
struct handover_line handover_line_at(const struct handover_view *view, size_t line);

/* handover_draw.c */
void handover_draw(const struct view *view, struct canvas *canvas, struct rect area);

#endif
