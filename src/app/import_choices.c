#include "import_choices.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/import_source.h"
#include "base/alloc.h"
#include "base/language.h"
#include "exchange/import_kind.h"
#include "model/units.h"
#include "views/prompt.h"

/* --- lists ---------------------------------------------------------------------------------------
 */

struct items {
    struct picker_item *item;
    size_t count, room;
};

/* Names put together for the box, which copies them. */
struct texts_kept {
    char **text;
    size_t count, room;
};

static void add_item(struct items *items, const char *name, const char *label, const char *help)
{
    items->item = alloc_grow(items->item, &items->room, items->count + 1, sizeof *items->item);
    items->item[items->count++] = (struct picker_item){name, label, help};
}

static void add_fields(struct items *items)
{
    add_item(items, "-", _("not taken"), "");
    for (size_t i = 0; i < ledger_field_count; i++)
        add_item(items, ledger_fields[i].name, ledger_field_heading(&ledger_fields[i]),
            ledger_fields[i].name);
}

static void add_kinds(struct items *items)
{
    add_item(items, "", _("as it is found"), "");
    for (const struct import_reader *kind = import_readers; kind->name; kind++) {
        bool twice = false;
        for (size_t i = 0; i < items->count; i++)
            twice |= strcmp(items->item[i].name, kind->name) == 0;
        if (!twice)
            add_item(items, kind->name, _(kind->label), kind->name);
    }
}

static void add_sources(struct items *items, const struct units *units)
{
    add_item(items, "", _("none"), "");
    for (size_t i = 0; i < units_source_count(units); i++) {
        const struct source *source = units_source_at(units, i);
        add_item(items, source->code, source->code, source->name);
    }
    add_item(items, "=", _("a new one"), _("its code and name are asked for"));
}

static void add_sheets(struct items *items, const struct import_told *told)
{
    add_item(items, "", _("as it is found"), "");
    for (size_t i = 0; told != NULL && i < told->sheet_count; i++)
        add_item(items, told->sheets[i], told->sheets[i], "");
}

static void add_charsets(struct items *items)
{
    static const char *const names[] = {"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", "BIG5"};
    add_item(items, "", _("as it is found"), "");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add_item(items, names[i], names[i], "");
}

/* Cities, and the counties with their city in front: 沈阳市铁西区 is not that of 鞍山. */
static void add_regions(struct items *items, const struct units *units, struct texts_kept *kept)
{
    add_item(items, "", _("as it says"), "");
    for (size_t i = 0; i < units_region_count(units); i++) {
        const struct region *region = units_region_at(units, i),
                            *above = units_region(units, region->parent_id);
        if (region->level != REGION_CITY && region->level != REGION_COUNTY)
            continue;
        bool county = region->level == REGION_COUNTY && above != NULL;
        char *name = alloc_format("%s%s", county ? above->name : "", region->name);
        kept->text = alloc_grow(kept->text, &kept->room, kept->count + 1, sizeof *kept->text);
        kept->text[kept->count++] = name;
        add_item(items, name, name, region->plain);
    }
}

/* --- a new source ---------------------------------------------------------------------------- */

static const struct source *source_of_code(const struct units *units, const char *code)
{
    for (size_t i = 0; i < units_source_count(units); i++)
        if (strcmp(units_source_at(units, i)->code, code) == 0)
            return units_source_at(units, i);
    return NULL;
}

static bool check_source(const struct units *units, const char *typed, struct error *err)
{
    struct import_source made;
    char *text = alloc_string(typed);
    const struct source *there = NULL;
    if (!import_source_split(text, &made))
        error_set(
            err, ERROR_INPUT, _("write CODE=NAME, the name with its year: D3=Inspection 2026"));
    else if ((there = source_of_code(units, made.code)) != NULL)
        error_set(err, ERROR_INPUT, _("%s is the code of \"%s\"; take another one"), made.code,
            there->name);
    else
        import_source_check(&made, err);
    free(text);
    return err->code == ERROR_NONE;
}

static enum effect source_changed(
    void *context, const char *text, char note[static 64], struct error *err)
{
    (void)context, (void)text, (void)note, (void)err;
    return EFFECT_DRAW;
}

static enum effect source_accepted(void *context, const char *text, struct error *err)
{
    struct import_choices *choices = context;
    if (*text != '\0' && !check_source(model_units(choices->app->model), text, err))
        return EFFECT_DRAW;
    if (*text != '\0')
        choices->chosen(choices->context, text);
    return EFFECT_BACK | EFFECT_DRAW;
}

static enum effect source_cancelled(void *context)
{
    (void)context;
    return EFFECT_BACK | EFFECT_DRAW;
}

static void source_chosen(void *context, const char *name)
{
    static const struct prompt_ops ops = {source_changed, source_accepted, source_cancelled, NULL};
    struct import_choices *choices = context;
    if (strcmp(name, "=") != 0)
        choices->chosen(choices->context, name);
    else
        app_push_later(choices->app,
            prompt_open(&ops, choices, _("New source, CODE=NAME with the year:"), "", NULL));
}

/* --- the box --------------------------------------------------------------------------------- */

void import_choices_open(struct import_choices *choices, const struct import_told *told,
    enum import_choice choice, const char *title, const char *current)
{
    struct items items = {0};
    struct texts_kept kept = {0};
    bool sources = choice == IMPORT_SOURCES;
    switch (choice) {
    case IMPORT_FIELDS:
        add_fields(&items);
        break;
    case IMPORT_KINDS:
        add_kinds(&items);
        break;
    case IMPORT_SOURCES:
        add_sources(&items, model_units(choices->app->model));
        break;
    case IMPORT_SHEETS:
        add_sheets(&items, told);
        break;
    case IMPORT_CHARSETS:
        add_charsets(&items);
        break;
    case IMPORT_REGIONS:
        add_regions(&items, model_units(choices->app->model), &kept);
        break;
    }
    app_push_later(choices->app,
        picker_open(sources ? source_chosen : choices->chosen, sources ? choices : choices->context,
            title, items.item, items.count, current));
    free(items.item);
    for (size_t i = 0; i < kept.count; i++)
        free(kept.text[i]);
    free(kept.text);
}
