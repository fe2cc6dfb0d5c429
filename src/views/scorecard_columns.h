/* scorecard_columns: what the scorecard's screen and its text share: its columns. */
#ifndef VIEWS_SCORECARD_COLUMNS_H
#define VIEWS_SCORECARD_COLUMNS_H

#include "model/scorecard.h"
#include "ui/table.h"

enum {
    SCORE_CELL_RANK,
    SCORE_CELL_UNIT,
    SCORE_CELL_SCORE,
    SCORE_CELL_CHANGE,
    SCORE_CELL_LAST,
    SCORE_CELL_CHOSEN, /* the first of the columns chosen */
    SCORE_CELLS = SCORE_CELL_CHOSEN + SCORE_COLUMN_COUNT + 1
};
struct score_table {
    struct table_column layout[SCORE_CELLS];
    enum score_column chosen[SCORE_COLUMN_COUNT];
    size_t chosen_count;
    size_t first; /* of those chosen, the one with which the cells begin */
    size_t count; /* of cells */
    size_t weeks; /* the cell of the overdue of twelve weeks; 0: there is none */
};

/* The columns named, laid out for `columns`; 0: each as wide as it likes. table->first is told. */
void score_table_make(struct score_table *table, const struct scorecard *card, const char *names,
    int columns, bool weeks);
/* How many of the columns chosen, and the weeks, there was no room for on the right. */
size_t score_table_beyond(const struct score_table *table);
/* The column of a cell; SCORE_COLUMN_COUNT: the score, or none. */
enum score_column score_table_column(const struct score_table *table, size_t cell);
/* What stands in a cell but that of the weeks. `up` and `down` stand before what was won or lost
 * since last month. */
void score_table_text(const struct score_table *table, const struct score_line *line, size_t cell,
    const char *up, const char *down, struct strbuf *out);

#endif
