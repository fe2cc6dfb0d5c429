/* The picture of the import screen. */
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "frame.h"
#include "import_state.h"
#include "model/undo.h"

enum {
    COLUMNS = 4,   /* of page one: letter, heading, field, texts */
    STATE_MOST = 3 /* rows */
};

/* --- the title and the line of state --------------------------------------------------------- */

static void draw_title(const struct import_view *view, struct canvas *canvas, int row)
{
    const struct import_state *state = import_state(view);
    struct strbuf text = {0};
    strbuf_add(&text, state->file);
    if (state->kind != NULL)
        strbuf_format(&text, "  %s", state->kind);
    if (state->sheet != NULL)
        strbuf_format(&text, "  %s", state->sheet);
    int column = view->area.column + 1, columns = view->area.columns - 2;
    const char *page = view->second ? _("2/2 what would be done") : _("1/2 how it is understood");
    int room = columns - text_width(page) - 2;
    canvas_put(canvas, row, column, room > 0 ? room : 0, ROLE_TITLE, strbuf_text(&text));
    canvas_put_right(canvas, row, column, columns, ROLE_DIM, page);
    strbuf_clear(&text);
}

static void add_warnings(
    const struct import_view *view, const struct import_state *state, struct strbuf *out)
{
    if (view->asked)
        strbuf_add(out, _("; these are the warnings: a second w writes it"));
    else if (import_has_unseen(view))
        strbuf_format(out,
            view->second ? ngettext("; %zu warning further down, w shows it",
                               "; %zu warnings further down, w shows them", state->warnings)
                         : ngettext("; %zu warning: Tab or w shows it",
                               "; %zu warnings: Tab or w shows them", state->warnings),
            state->warnings);
    else if (!view->second && state->warnings > 0)
        strbuf_format(out,
            ngettext("; %zu warning was shown", "; %zu warnings were shown", state->warnings),
            state->warnings);
}

static void add_counts(
    const struct import_view *view, const struct import_state *state, struct strbuf *out)
{
    strbuf_format(out, _("%zu new, %zu changed, %zu the same, %zu refused"),
        state->count[IMPORT_NEW], state->count[IMPORT_CHANGED], state->count[IMPORT_SAME],
        state->count[IMPORT_REFUSED]);
    if (state->refused) {
        strbuf_add(out, view->second ? _("; nothing is written until nothing is refused")
                                     : _("; not to be written as it is: Tab tells why"));
        return;
    }
    bool nothing = state->count[IMPORT_NEW] + state->count[IMPORT_CHANGED] == 0;
    if (nothing)
        strbuf_add(out, _("; there is nothing to write"));
    add_warnings(view, state, out);
    if (nothing || import_has_unseen(view))
        return;
    if (state->lasting)
        strbuf_format(out,
            _("; w writes it for good: u takes back at most %d at once; copy the database first "
              "(\"duban backup FILE\", on the server)"),
            UNDO_SPAN_MOST);
    else if (!view->asked)
        strbuf_add(out, _("; w writes it"));
}

static enum role add_state(const struct import_view *view, struct strbuf *out)
{
    const struct import_state *state = import_state(view);
    if (view->phase != IMPORT_IDLE) {
        bool writing = view->phase == IMPORT_WRITING;
        strbuf_add(out, view->stopping ? _("Ending ...")
                        : writing      ? _("Writing ...")
                                       : _("Reading and looking ..."));
        if (!view->stopping && view->of > 0)
            strbuf_format(out, " %zu / %zu", view->done, view->of);
        if (!view->stopping)
            strbuf_add(
                out, writing ? _("  Esc ends it, and nothing is written") : _("  Esc ends it"));
        return ROLE_WARNING;
    }
    if (view->wrong != NULL) {
        strbuf_add(out, view->wrong);
        return ROLE_ERROR;
    }
    if (view->refusal > 0 && state->refusal != NULL) {
        strbuf_add(out, state->refusal);
        return ROLE_ERROR;
    }
    if (state->notice != NULL)
        strbuf_format(out, "%s  ", state->notice);
    if (state->looked)
        add_counts(view, state, out);
    bool warns = state->notice != NULL || view->asked || import_has_unseen(view);
    return state->refused ? ROLE_ERROR : warns ? ROLE_WARNING : ROLE_OK;
}

/* As many rows above the footer as it takes, within bounds. */
static int wrap_state(const struct import_view *view, const char *text, struct text_lines *lines)
{
    text_wrap(lines, text, view->area.columns - 2);
    return lines->count < STATE_MOST ? (int)lines->count : STATE_MOST;
}

int import_state_rows(const struct import_view *view)
{
    struct strbuf text = {0};
    struct text_lines lines = {0};
    add_state(view, &text);
    int rows = wrap_state(view, strbuf_text(&text), &lines);
    text_lines_clear(&lines);
    strbuf_clear(&text);
    return rows;
}

static void draw_state(const struct import_view *view, struct canvas *canvas)
{
    struct strbuf text = {0};
    struct text_lines lines = {0};
    enum role role = add_state(view, &text);
    int rows = wrap_state(view, strbuf_text(&text), &lines);
    int row = view->area.row + view->area.rows - 1 - rows;
    for (int i = 0; i < rows; i++) {
        struct strbuf piece = {0};
        size_t bytes = lines.line[i].bytes;
        if (i == STATE_MOST - 1) /* with what is cut, which tells that it is */
            bytes = strlen(strbuf_text(&text) + lines.line[i].start);
        strbuf_add_n(&piece, strbuf_text(&text) + lines.line[i].start, bytes);
        canvas_fill(canvas, (struct rect){row + i, view->area.column, 1, view->area.columns},
            ROLE_NORMAL, ' ');
        canvas_put(canvas, row + i, view->area.column + 1, view->area.columns - 2, role,
            strbuf_text(&piece));
        strbuf_clear(&piece);
    }
    text_lines_clear(&lines);
    strbuf_clear(&text);
}

/* --- page one -------------------------------------------------------------------------------- */

static void lay_out(const struct import_view *view, struct table_column column[static COLUMNS])
{
    column[0] = (struct table_column){.head = _("col"), .least = 3, .most = 4};
    column[1] = (struct table_column){.head = _("heading"), .least = 10, .most = 18};
    column[2] = (struct table_column){.head = _("taken for"), .least = 12, .most = 18};
    column[3] = (struct table_column){
        .head = _("first texts"), .least = 10, .most = 0, .wanted = 20, .drop = 1};
    table_layout(column, COLUMNS, view->area.columns - 3);
}

static void draw_column(const struct import_view *view, const struct table_column *table,
    const struct import_column *column, struct canvas *canvas, int row, bool selected)
{
    int at = view->area.column + 2;
    enum role plain = selected ? ROLE_SELECTED : ROLE_NORMAL;
    enum role dim = selected ? ROLE_SELECTED : ROLE_DIM;
    struct strbuf texts = {0}, field = {0}, heading = {0};
    for (int i = 0; i < IMPORT_COLUMN_FIRST; i++)
        if (*column->first[i] != '\0') {
            strbuf_add(&texts, texts.length > 0 ? " | " : "");
            text_scrub(&texts, column->first[i], strlen(column->first[i]), TEXT_ONE_LINE);
        }
    text_scrub(&heading, column->heading, strlen(column->heading), TEXT_ONE_LINE);
    if (column->label != NULL)
        strbuf_add(&field, column->label);
    else if (column->twice != NULL)
        strbuf_format(&field, _("not taken (%s is)"), column->twice);
    else
        strbuf_add(&field, _("not taken"));
    at = table_put(canvas, row, at, &table[0], dim, column->letter);
    at = table_put(canvas, row, at, &table[1], plain, strbuf_text(&heading));
    at = table_put(canvas, row, at, &table[2],
        column->label != NULL ? plain
        : selected            ? plain
                              : ROLE_WARNING,
        strbuf_text(&field));
    table_put(canvas, row, at, &table[3], dim, strbuf_text(&texts));
    strbuf_clear(&texts);
    strbuf_clear(&field);
    strbuf_clear(&heading);
}

static void draw_option(const struct import_view *view, enum import_option option,
    struct canvas *canvas, int row, bool selected)
{
    int widest = 0, at = view->area.column + 2, end = view->area.column + view->area.columns;
    for (int i = 0; i < IMPORT_OPTION_COUNT; i++) {
        int width = text_width(import_option_label((enum import_option)i));
        widest = width > widest ? width : widest;
    }
    canvas_put(canvas, row, at, widest, selected ? ROLE_SELECTED : ROLE_LABEL,
        import_option_label(option));
    at += widest + 2;
    struct strbuf value = {0};
    import_option_value(view, option, &value);
    canvas_put(
        canvas, row, at, end - at - 1, selected ? ROLE_SELECTED : ROLE_NORMAL, strbuf_text(&value));
    strbuf_clear(&value);
}

static void draw_first(const struct import_view *view, struct canvas *canvas, int top)
{
    const struct import_state *state = import_state(view);
    struct table_column table[COLUMNS];
    int head = view->area.column + 2;
    lay_out(view, table);
    canvas_fill(canvas, (struct rect){top - 1, view->area.column, 1, view->area.columns},
        state->column_count > 0 ? ROLE_COLUMN_HEAD : ROLE_NORMAL, ' ');
    for (int i = 0; i < COLUMNS && state->column_count > 0; i++)
        head = table_put(canvas, top - 1, head, &table[i], ROLE_COLUMN_HEAD, table[i].head);
    for (int i = 0; i < view->window.rows; i++) {
        size_t at = view->window.top + (size_t)i;
        bool selected = at == view->window.selected;
        int row = top + i;
        if (at >= import_options_at(view) + IMPORT_OPTION_COUNT)
            break;
        if (selected) {
            canvas_fill(canvas, (struct rect){row, view->area.column, 1, view->area.columns},
                ROLE_SELECTED, ' ');
            canvas_put(canvas, row, view->area.column, 1, ROLE_SELECTED,
                canvas_glyph(canvas, GLYPH_CURSOR));
            canvas_cursor(canvas, row, view->area.column, true);
        }
        if (at < state->column_count)
            draw_column(view, table, &state->column[at], canvas, row, selected);
        else if (at >= import_options_at(view))
            draw_option(
                view, (enum import_option)(at - import_options_at(view)), canvas, row, selected);
    }
}

/* --- page two -------------------------------------------------------------------------------- */

static void draw_second(const struct import_view *view, struct canvas *canvas, int top)
{
    int rows = import_rows(view);
    bool there = view->refusal > view->top && view->refusal < view->top + (size_t)rows;
    for (int i = 0; i < rows && view->top + (size_t)i < view->line_count; i++) {
        const struct import_line *line = &view->line[view->top + (size_t)i];
        struct strbuf text = {0};
        strbuf_add_n(&text, strbuf_text(&view->report) + line->start, line->bytes);
        canvas_put(canvas, top + i, view->area.column + 1, view->area.columns - 2,
            line->heading ? ROLE_TITLE : ROLE_NORMAL, strbuf_text(&text));
        strbuf_clear(&text);
    }
    canvas_cursor(
        canvas, there ? top + (int)(view->refusal - view->top) : top, view->area.column, true);
}

void import_draw(const struct view *base, struct canvas *canvas, struct rect area)
{
    const struct import_view *view = import_self((struct view *)base);
    struct frame_state state = {.officer = model_duty_officer(view->env->model)};
    struct strbuf place = {0};
    if (!frame_fits(canvas, area))
        return;
    frame_header(view->env, &state, canvas, area);
    draw_title(view, canvas, area.row + 1);
    if (view->second)
        draw_second(view, canvas, area.row + 3);
    else
        draw_first(view, canvas, area.row + 3);
    draw_state(view, canvas);
    if (view->second)
        frame_place(&place, view->top, (size_t)import_rows(view), view->line_count);
    frame_footer(view->env, CONTEXT_IMPORT, strbuf_text(&place), canvas, area);
    frame_trouble(view->env, canvas, area.row + 2, area);
    strbuf_clear(&place);
}
