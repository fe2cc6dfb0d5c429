/* desk_columns: what the desk's screen and its text share: the columns of its tasks and reports. */
#ifndef VIEWS_DESK_COLUMNS_H
#define VIEWS_DESK_COLUMNS_H

#include "model/desk.h"
#include "model/owed.h"
#include "ui/table.h"

enum desk_column {
    DESK_COLUMN_NUMBER,
    DESK_COLUMN_DUE,
    DESK_COLUMN_DAYS,
    DESK_COLUMN_TITLE,
    DESK_COLUMN_REASON,
    DESK_COLUMNS
};
enum report_column {
    REPORT_COLUMN_SOURCE,
    REPORT_COLUMN_PERIOD,
    REPORT_COLUMN_OPEN,
    REPORT_COLUMN_REPORTED,
    REPORT_COLUMN_MISSING,
    REPORT_COLUMN_WHO,
    REPORT_COLUMNS
};

/* Lays out `columns`; 0: every column as wide as it likes. */
void desk_columns(struct table_column layout[static DESK_COLUMNS], int columns);
void report_columns(struct table_column layout[static REPORT_COLUMNS], int columns);

void desk_cell(struct strbuf *out, struct model *model, const struct desk_item *item, int column);
void report_cell(
    struct strbuf *out, struct model *model, const struct owed_source *source, int column);

/* "Sent back 1" */
void desk_heading(struct strbuf *out, const struct desk *desk, enum desk_section section);
/* "抚顺县 3 新宾 1": who has not reported. */
void desk_add_regions(struct strbuf *out, struct model *model, const struct owed_source *source);
void desk_add_leads(struct strbuf *out, struct model *model, const struct owed_source *source);

#endif
