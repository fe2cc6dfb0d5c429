/* handover_columns: what the handover's screen and its text share. */
#ifndef VIEWS_HANDOVER_COLUMNS_H
#define VIEWS_HANDOVER_COLUMNS_H

#include "model/handover.h"
#include "ui/table.h"

enum handover_column {
    HANDOVER_COLUMN_TIME,
    HANDOVER_COLUMN_NUMBER,
    HANDOVER_COLUMN_TITLE,
    HANDOVER_COLUMN_WORDS,
    HANDOVER_COLUMN_WHO,
    HANDOVER_COLUMNS
};
/* Lays out `columns`; 0: every column as wide as it likes. */
void handover_columns(struct table_column layout[static HANDOVER_COLUMNS], int columns);
void handover_cell(
    struct strbuf *out, struct model *model, const struct handover_item *item, int column);

/* "Newly overdue 3" */
void handover_heading(
    struct strbuf *out, const struct handover *handover, enum handover_group group);
/* "11-21 07:55", with the year where that is another. */
void handover_add_moment(struct strbuf *out, struct model *model, moment_t moment);

#endif
