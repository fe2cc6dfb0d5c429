/* text_table_rows: rows of a drawn table while they are put together, for the files that do. */
#ifndef EXCHANGE_TEXT_TABLE_ROWS_H
#define EXCHANGE_TEXT_TABLE_ROWS_H

#include "base/strbuf.h"
#include "text_table_parts.h"

struct row {
    size_t line;
    struct strbuf *cell;
    bool *merged; /* with the one above */
};
struct rows {
    struct table *table;
    struct grid *out;
    struct text_table *found;
    bool grouped;    /* all between two rules is one row */
    int *room;       /* by column: its widest text */
    struct row *row; /* not yet in the grid: one, or several that share merged cells */
    size_t count, row_room;
    size_t *top;   /* by column: the row of these whose text the cell of the last one is */
    bool in_group; /* the row takes the next line too */
    struct table_piece *cell, *above; /* of this line and of the one before it */
    bool has_above;
    size_t *text; /* lines of no column, since the last row */
    size_t text_count, text_room;
};

/* text_table_put.c */
struct table_line *rows_line(const struct rows *rows, size_t at);
/* A doubt about the bytes of a line; `column` 0: of none. */
void rows_doubt(struct rows *rows, size_t at, size_t column, bool refuses, const char *sentence,
    size_t from, size_t to);
void rows_doubt_line(struct rows *rows, size_t at, bool refuses, const char *sentence);
/* Those that are whole go into the grid. */
void rows_flush(struct rows *rows);
struct row *rows_begin(struct rows *rows, size_t at);
/* The cells of a line (rows->cell) to the row that was begun. */
void rows_add_line(struct rows *rows);
/* The text of a piece; of Markdown with its marks taken off. */
void rows_add_piece(struct rows *rows, struct strbuf *out, const struct table_piece *piece);
/* Whether `next` would not have fitted behind `above` in its column: its line was wrapped. */
bool rows_was_wrapped(const struct rows *rows, size_t column, const struct table_piece *above,
    const struct table_piece *next);

#endif
