/* The desk as text: for a pipe, a mail, a screen reader. */
#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "desk_columns.h"
#include "frame.h"
#include "model/units.h"
#include "views/board.h"
#include "views/desk.h"

#define PAGE 64
#define LIGHT_WIDTH 2 /* the light of a task, and a blank */

static int left_of(int columns)
{
    return columns > 0 ? columns - LIGHT_WIDTH : 0;
}

static void add_heads(
    struct strbuf *out, const struct table_column *layout, int count, const char *light)
{
    strbuf_add(out, light);
    for (int i = 0; i < count; i++)
        table_add_cell(out, &layout[i], layout[i].head, true);
    table_end_line(out);
}

static void add_person(struct strbuf *out, struct model *model)
{
    desk_person(model, out);
    strbuf_add(out, "  ");
    frame_moment(model, out);
    strbuf_add_char(out, '\n');
}

/* --- tasks ----------------------------------------------------------------------------------- */

static void add_item(struct strbuf *out, struct model *model, const struct table_column *layout,
    const struct desk_item *item, bool cut)
{
    struct strbuf text = {0};
    strbuf_format(out, "%c ", lights[task_light(&item->row, model_today(model))].glyph);
    for (int i = 0; i < DESK_COLUMNS; i++) {
        strbuf_cut(&text, 0);
        desk_cell(&text, model, item, i);
        table_add_cell(out, &layout[i], strbuf_text(&text), cut);
    }
    table_end_line(out);
    strbuf_clear(&text);
}

static void add_section(struct strbuf *out, const struct desk *desk, enum desk_section section)
{
    strbuf_add_char(out, '\n');
    desk_heading(out, desk, section);
    strbuf_add_char(out, '\n');
}

static bool add_items(struct strbuf *out, struct model *model, const struct desk *desk, int columns,
    struct error *err)
{
    struct table_column layout[DESK_COLUMNS];
    size_t count = desk_count(desk);
    desk_columns(layout, left_of(columns));
    add_heads(out, layout, DESK_COLUMNS, "  ");
    for (size_t first = 0; first < count; first += PAGE) {
        struct desk_item items[PAGE];
        size_t n = count - first < PAGE ? count - first : PAGE;
        if (!desk_items_read(model, desk, first, n, items, err))
            return false;
        for (size_t i = 0; i < n; i++) {
            size_t at = first + i;
            if (at == 0 || items[i].section != desk_section_of(desk, at - 1))
                add_section(out, desk, items[i].section);
            if (items[i].row.id != 0)
                add_item(out, model, layout, &items[i], columns > 0);
            desk_item_clear(&items[i]);
        }
    }
    return true;
}

/* --- for the ear ----------------------------------------------------------------------------- */

static void add_spoken(
    struct strbuf *out, struct model *model, size_t number, const struct desk_item *item)
{
    int days;
    strbuf_format(out, "%zu ", number);
    if (item->row.id == 0) {
        strbuf_format(out, "%s\n", _("is no longer there"));
        return;
    }
    if (desk_days_left(item, model_today(model), &days)) {
        board_plain_days(out, days);
        strbuf_add_char(out, ' ');
    }
    strbuf_format(out, "%s %s  %s\n", item->row.ident, item->row.title, item->reason);
}

static bool add_all_spoken(
    struct strbuf *out, struct model *model, const struct desk *desk, struct error *err)
{
    size_t count = desk_count(desk);
    for (size_t first = 0; first < count; first += PAGE) {
        struct desk_item items[PAGE];
        size_t n = count - first < PAGE ? count - first : PAGE;
        if (!desk_items_read(model, desk, first, n, items, err))
            return false;
        for (size_t i = 0; i < n; i++) {
            size_t at = first + i;
            if (at == 0 || items[i].section != desk_section_of(desk, at - 1)) {
                desk_heading(out, desk, items[i].section);
                strbuf_add_char(out, '\n');
            }
            add_spoken(out, model, at + 1, &items[i]);
            desk_item_clear(&items[i]);
        }
    }
    return true;
}

bool desk_plain_numbered(
    struct model *model, struct strbuf *out, int64_t **ids, size_t *count, struct error *err)
{
    struct desk *desk;
    *ids = NULL;
    *count = 0;
    if (!desk_read(model, &desk, err))
        return false;
    add_person(out, model);
    bool good = add_all_spoken(out, model, desk, err);
    if (good && desk_count(desk) == 0)
        strbuf_format(out, "%s\n", _("Nothing is owed now."));
    if (good) {
        *count = desk_count(desk);
        *ids = alloc_zero(*count + 1, sizeof **ids);
        for (size_t i = 0; i < *count; i++)
            (*ids)[i] = desk_id(desk, i);
    }
    desk_free(desk);
    return good;
}

/* --- reports --------------------------------------------------------------------------------- */

static void add_reports(
    struct strbuf *out, struct model *model, const struct owed *owed, int columns)
{
    struct table_column layout[REPORT_COLUMNS];
    struct strbuf text = {0};
    report_columns(layout, columns);
    add_heads(out, layout, REPORT_COLUMNS, "");
    for (size_t i = 0; i < owed->count; i++) {
        for (int k = 0; k < REPORT_COLUMNS; k++) {
            strbuf_cut(&text, 0);
            report_cell(&text, model, &owed->source[i], k);
            table_add_cell(out, &layout[k], strbuf_text(&text), columns > 0);
        }
        table_end_line(out);
    }
    strbuf_clear(&text);
}

bool desk_plain(
    struct model *model, int columns, struct strbuf *out, size_t *count, struct error *err)
{
    struct desk *desk = NULL;
    struct owed owed = {0};
    if (!desk_read(model, &desk, err) || !owed_read(model, &owed, err)) {
        desk_free(desk);
        return false;
    }
    *count = desk_count(desk);
    add_person(out, model);
    bool ok = true;
    if (*count > 0)
        ok = add_items(out, model, desk, columns, err);
    else
        strbuf_format(out, "%s\n", _("Nothing is owed now."));
    if (owed.count > 0) {
        strbuf_add_char(out, '\n');
        add_reports(out, model, &owed, columns);
    }
    owed_clear(&owed);
    desk_free(desk);
    return ok;
}

static void add_who(struct strbuf *out, struct model *model, const struct owed_source *source)
{
    struct strbuf who = {0};
    if (source->missing == 0)
        return;
    desk_add_regions(&who, model, source);
    strbuf_format(out, _("Missing by region: %s\n"), strbuf_text(&who));
    strbuf_cut(&who, 0);
    desk_add_leads(&who, model, source);
    strbuf_format(out, _("Missing by lead: %s\n"), strbuf_text(&who));
    strbuf_clear(&who);
}

bool desk_plain_reports(struct model *model, struct strbuf *out, size_t *count, struct error *err)
{
    struct owed owed = {0};
    char from[11], to[11];
    if (!owed_read(model, &owed, err))
        return false;
    *count = 0;
    for (size_t i = 0; i < owed.count; i++) {
        const struct owed_source *source = &owed.source[i];
        const struct source *unit = units_source(model_units(model), source->source_id);
        *count += (size_t)source->missing;
        strbuf_add(out, i > 0 ? "\n" : "");
        strbuf_format(out, _("%s (%s), %s to %s\n"), unit ? unit->name : "",
            _(rhythms[source->rhythm].label), date_format(source->starts_on, from),
            date_format(source->ends_on, to));
        strbuf_format(out, _("Open %lld, filed %lld, missing %lld\n"), (long long)source->open,
            (long long)(source->open - source->missing), (long long)source->missing);
        add_who(out, model, source);
    }
    owed_clear(&owed);
    return true;
}
