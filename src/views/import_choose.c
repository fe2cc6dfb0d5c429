/* What a person chooses on the import screen: the meaning of a column, and what else there is to be
 * told. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "import_state.h"

static const char *const labels[IMPORT_OPTION_COUNT] = {
    [IMPORT_OPTION_REGION] = N_("Place that the file is of"),
    [IMPORT_OPTION_SOURCE] = N_("Source of lines that name none"),
    [IMPORT_OPTION_FILL] = N_("Merged cells go on below"),
    [IMPORT_OPTION_UNITS] = N_("Make units that there are not"),
    [IMPORT_OPTION_KIND] = N_("Kind of file"),
    [IMPORT_OPTION_SHEET] = N_("Sheet of the workbook"),
    [IMPORT_OPTION_CHARSET] = N_("Charset"),
};

const char *import_option_label(enum import_option option)
{
    return _(labels[option]);
}

/* "D3 (new: ...)" until it is made. */
static void add_source(const char *source, struct strbuf *out)
{
    const char *equals = strchr(source, '=');
    if (equals == NULL)
        strbuf_add(out, source);
    else
        strbuf_format(out, _("%.*s (new: %s)"), (int)(equals - source), source, equals + 1);
}

static const char *value_of(const struct import_view *view, enum import_option option)
{
    const struct import_state *state = import_state(view);
    switch (option) {
    case IMPORT_OPTION_REGION:
        return view->region != NULL ? view->region : _("as it says");
    case IMPORT_OPTION_FILL:
        return view->fill ? _("yes") : _("no");
    case IMPORT_OPTION_UNITS:
        return view->create_units ? _("yes") : _("no");
    case IMPORT_OPTION_KIND:
        return state->kind != NULL ? state->kind : view->kind != NULL ? view->kind : _("unknown");
    case IMPORT_OPTION_SHEET:
        return state->sheet != NULL ? state->sheet : "-";
    default:
        return state->charset != NULL  ? state->charset
               : view->charset != NULL ? view->charset
               : state->kind == NULL   ? _("unknown")
                                       : "-";
    }
}

void import_option_value(
    const struct import_view *view, enum import_option option, struct strbuf *out)
{
    if (option != IMPORT_OPTION_SOURCE)
        strbuf_add(out, value_of(view, option));
    else if (view->source != NULL)
        add_source(view->source, out);
    else
        strbuf_add(out, _("none"));
}

/* --- what was chosen ------------------------------------------------------------------------- */

static void put(char **where, const char *name)
{
    free(*where);
    *where = *name != '\0' ? alloc_string(name) : NULL;
}

static void tell_column(struct import_view *view, size_t column, const char *field)
{
    if (column < view->told_count)
        put(&view->told[column], field);
    import_look_again(view);
}

/* Another kind or charset: the columns are others. */
bool import_forget_columns(struct import_view *view)
{
    bool any = false;
    for (size_t i = 0; i < view->told_count; i++) {
        any |= view->told[i] != NULL;
        put(&view->told[i], "");
    }
    return any;
}

static void column_chosen(void *context, const char *name)
{
    struct import_view *view = context;
    tell_column(view, view->window.selected, name);
}

static void source_chosen(void *context, const char *name)
{
    struct import_view *view = context;
    put(&view->source, name);
    import_look_again(view);
}

static void region_chosen(void *context, const char *name)
{
    struct import_view *view = context;
    put(&view->region, name);
    import_look_again(view);
}

static void kind_chosen(void *context, const char *name)
{
    struct import_view *view = context;
    put(&view->kind, name);
    import_forget_columns(view);
    import_look_again(view);
}

static void sheet_chosen(void *context, const char *name)
{
    struct import_view *view = context;
    put(&view->sheet, name);
    import_forget_columns(view);
    import_look_again(view);
}

static void charset_chosen(void *context, const char *name)
{
    struct import_view *view = context;
    put(&view->charset, name);
    import_forget_columns(view);
    import_look_again(view);
}

/* --- asking ---------------------------------------------------------------------------------- */

static enum effect choose_column(struct import_view *view, const struct import_column *column)
{
    char *title = alloc_format(_("Column %s: %s"), column->letter, column->heading);
    view->ops->choose(view->context, IMPORT_FIELDS, title, column->field ? column->field : "-",
        column_chosen, view);
    free(title);
    return EFFECT_DRAW;
}

static enum effect choose_option(struct import_view *view, enum import_option option)
{
    static const struct {
        enum import_choice choice;
        picker_chosen *chosen;
    } boxes[IMPORT_OPTION_COUNT] = {
        [IMPORT_OPTION_REGION] = {IMPORT_REGIONS, region_chosen},
        [IMPORT_OPTION_SOURCE] = {IMPORT_SOURCES, source_chosen},
        [IMPORT_OPTION_KIND] = {IMPORT_KINDS, kind_chosen},
        [IMPORT_OPTION_SHEET] = {IMPORT_SHEETS, sheet_chosen},
        [IMPORT_OPTION_CHARSET] = {IMPORT_CHARSETS, charset_chosen},
    };
    const char *current = option == IMPORT_OPTION_REGION   ? view->region
                          : option == IMPORT_OPTION_SOURCE ? view->source
                          : option == IMPORT_OPTION_KIND   ? view->kind
                          : option == IMPORT_OPTION_SHEET  ? view->sheet
                                                           : view->charset;
    if (option == IMPORT_OPTION_FILL || option == IMPORT_OPTION_UNITS) {
        bool *choice = option == IMPORT_OPTION_FILL ? &view->fill : &view->create_units;
        *choice = !*choice;
        return import_look_again(view);
    }
    view->ops->choose(view->context, boxes[option].choice, import_option_label(option),
        current ? current : "", boxes[option].chosen, view);
    return EFFECT_DRAW;
}

enum effect import_choose(struct import_view *view)
{
    const struct import_state *state = import_state(view);
    size_t at = view->window.selected;
    return at < state->column_count
               ? choose_column(view, &state->column[at])
               : choose_option(view, (enum import_option)(at - import_options_at(view)));
}

enum effect import_leave_out(struct import_view *view)
{
    if (view->window.selected < import_state(view)->column_count)
        tell_column(view, view->window.selected, "-");
    return EFFECT_DRAW;
}
