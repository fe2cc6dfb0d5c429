/* The columns of the desk: tasks, and the reports of the period. */
#include "desk_columns.h"

#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "model/units.h"
#include "views/board.h"

#define OPEN_WIDTH 40 /* of a title, or of the last column where nothing bounds the line */

/* --- widths ---------------------------------------------------------------------------------- */

static void lay_out(struct table_column *layout, size_t count, int columns)
{
    if (columns > 0) {
        table_layout(layout, count, columns);
        return;
    }
    for (size_t i = 0; i < count; i++)
        layout[i].width = layout[i].most > 0 ? layout[i].most : OPEN_WIDTH;
}

void desk_columns(struct table_column layout[static DESK_COLUMNS], int columns)
{
    int days = board_days_widest();
    const struct table_column all[DESK_COLUMNS] = {
        [DESK_COLUMN_NUMBER] = {_("No."), 7, 9, 0, 0, ALIGN_LEFT, 0},
        [DESK_COLUMN_DUE] = {_("Due"), 5, 5, 0, 1, ALIGN_LEFT, 0},
        [DESK_COLUMN_DAYS] = {_("Left"), days, days, 0, 0, ALIGN_RIGHT, 0},
        [DESK_COLUMN_TITLE] = {_("Task"), 16, OPEN_WIDTH, 0, 0, ALIGN_LEFT, 0},
        [DESK_COLUMN_REASON] = {_("Why"), 14, 0, 26, 0, ALIGN_LEFT, 0},
    };
    memcpy(layout, all, sizeof all);
    lay_out(layout, DESK_COLUMNS, columns);
}

static struct table_column number_column(const char *head)
{
    int width = text_width(head) > 4 ? text_width(head) : 4;
    return (struct table_column){head, width, width, 0, 0, ALIGN_RIGHT, 0};
}

void report_columns(struct table_column layout[static REPORT_COLUMNS], int columns)
{
    const struct table_column all[REPORT_COLUMNS] = {
        [REPORT_COLUMN_SOURCE] = {_("Reports of the period"), 16, 30, 0, 0, ALIGN_LEFT, 0},
        [REPORT_COLUMN_PERIOD] = {_("Period"), 11, 11, 0, 1, ALIGN_LEFT, 0},
        [REPORT_COLUMN_OPEN] = number_column(_("Open")),
        [REPORT_COLUMN_REPORTED] = number_column(_("Filed")),
        [REPORT_COLUMN_MISSING] = number_column(_("Missing")),
        [REPORT_COLUMN_WHO] = {_("From"), 8, 0, 10, 0, ALIGN_LEFT, 0},
    };
    memcpy(layout, all, sizeof all);
    lay_out(layout, REPORT_COLUMNS, columns);
}

/* --- cells ----------------------------------------------------------------------------------- */

void desk_cell(struct strbuf *out, struct model *model, const struct desk_item *item, int column)
{
    const struct today *today = model_today(model);
    int days;
    switch (column) {
    case DESK_COLUMN_NUMBER:
        strbuf_add(out, item->row.ident);
        break;
    case DESK_COLUMN_DUE:
        board_add_date(out, item->due, today->date);
        break;
    case DESK_COLUMN_DAYS:
        if (desk_days_left(item, today, &days))
            board_add_days(out, days);
        break;
    case DESK_COLUMN_TITLE:
        strbuf_add(out, item->row.title);
        break;
    default:
        strbuf_add(out, item->reason);
        break;
    }
}

static void add_count(struct strbuf *out, const char *name, int64_t count)
{
    strbuf_format(out, "%s%s %lld", out->length > 0 ? " " : "", name, (long long)count);
}

void desk_add_regions(struct strbuf *out, struct model *model, const struct owed_source *source)
{
    for (size_t i = 0; i < source->region_count; i++) {
        const struct region *region = units_region(model_units(model), source->regions[i].id);
        add_count(out, region ? region->shown : _("unknown"), source->regions[i].missing);
    }
}

void desk_add_leads(struct strbuf *out, struct model *model, const struct owed_source *source)
{
    for (size_t i = 0; i < source->lead_count; i++) {
        const struct department *lead = units_department(model_units(model), source->leads[i].id);
        add_count(out, lead ? lead->shown : _("no lead"), source->leads[i].missing);
    }
}

/* Where the province as a whole is named, who leads says more. */
static bool is_provincial(struct model *model, const struct owed_source *source)
{
    for (size_t i = 0; i < source->region_count; i++) {
        const struct region *region = units_region(model_units(model), source->regions[i].id);
        if (region && region->level != REGION_PROVINCE)
            return false;
    }
    return true;
}

void report_cell(
    struct strbuf *out, struct model *model, const struct owed_source *source, int column)
{
    const struct source *unit = units_source(model_units(model), source->source_id);
    date_t today = model_today(model)->date;
    switch (column) {
    case REPORT_COLUMN_SOURCE:
        strbuf_add(out, unit ? unit->name : "");
        break;
    case REPORT_COLUMN_PERIOD:
        board_add_date(out, source->starts_on, today);
        strbuf_add_char(out, '~');
        board_add_date(out, source->ends_on, today);
        break;
    case REPORT_COLUMN_OPEN:
        strbuf_format(out, "%lld", (long long)source->open);
        break;
    case REPORT_COLUMN_REPORTED:
        strbuf_format(out, "%lld", (long long)(source->open - source->missing));
        break;
    case REPORT_COLUMN_MISSING:
        strbuf_format(out, "%lld", (long long)source->missing);
        break;
    default:
        if (is_provincial(model, source))
            desk_add_leads(out, model, source);
        else
            desk_add_regions(out, model, source);
        break;
    }
}

void desk_heading(struct strbuf *out, const struct desk *desk, enum desk_section section)
{
    strbuf_format(out, "%s %zu", _(desk_sections[section].label), desk_section_size(desk, section));
}
