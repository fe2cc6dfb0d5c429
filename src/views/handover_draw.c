/* The picture of the handover. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "frame.h"
#include "handover_state.h"
#include "views/board.h"

/* What came while one looks has the mark of what just changed. */
static void draw_light(const struct handover_view *view, const struct handover_item *item,
    struct canvas *canvas, int row)
{
    const struct today *today = model_today(view->env->model);
    if (item->seq <= view->opened_seq && item->row.id == 0)
        return;
    enum light light = item->seq > view->opened_seq ? LIGHT_CHANGED : task_light(&item->row, today);
    char glyph[2] = {lights[light].glyph, 0};
    canvas_put(canvas, row, view->area.column + 1, 1,
        light == LIGHT_CHANGED ? ROLE_CHANGED : board_light_role(light, &item->row, today), glyph);
}

static void draw_item(
    const struct handover_view *view, size_t index, struct canvas *canvas, int row)
{
    struct rect area = view->area;
    bool lean = view->env->settings->lean;
    const struct handover_item *item = &view->handover->item[index];
    struct strbuf text = {0};
    int at = area.column + PREFIX_COLUMNS;
    draw_light(view, item, canvas, row);
    for (int i = 0; i < HANDOVER_COLUMNS; i++) {
        strbuf_cut(&text, 0);
        handover_cell(&text, view->env->model, item, i);
        at = table_put(canvas, row, at, &view->columns[i], ROLE_NORMAL, strbuf_text(&text));
    }
    strbuf_clear(&text);
    if (index != view->index)
        return;
    canvas_put(canvas, row, area.column, 1, lean ? ROLE_NORMAL : ROLE_SELECTED,
        canvas_glyph(canvas, GLYPH_CURSOR));
    if (!lean)
        canvas_set_role(canvas, (struct rect){row, area.column, 1, area.columns}, ROLE_SELECTED);
    canvas_cursor(canvas, row, area.column, true);
}

static void draw_heads(const struct handover_view *view, struct canvas *canvas, int row)
{
    struct rect area = view->area;
    int at = area.column + PREFIX_COLUMNS;
    canvas_fill(canvas, (struct rect){row, area.column, 1, area.columns}, ROLE_COLUMN_HEAD, ' ');
    for (int i = 0; i < HANDOVER_COLUMNS; i++)
        at = table_put(canvas, row, at, &view->columns[i], ROLE_COLUMN_HEAD, view->columns[i].head);
}

static void draw_note_head(
    const struct handover_view *view, struct canvas *canvas, struct rect line)
{
    struct strbuf when = {0}, text = {0};
    handover_add_moment(&when, view->env->model, view->note->at);
    strbuf_format(&text, _("Note of %s, %s"), view->note->person, strbuf_text(&when));
    canvas_put(canvas, line.row, line.column, line.columns, ROLE_TITLE, strbuf_text(&text));
    strbuf_clear(&when);
    strbuf_clear(&text);
}

/* The last line that is shown tells how many are not. */
static void draw_note(
    const struct handover_view *view, size_t index, struct canvas *canvas, struct rect line)
{
    size_t shown = handover_note_rows(view), left = view->note_lines.count - shown;
    const struct text_line *part = &view->note_lines.line[index];
    char *text = alloc_string_n(view->note->text + part->start, part->bytes);
    struct strbuf more = {0};
    if (index + 1 == shown && left > 0)
        strbuf_format(&more, ngettext("%zu more line: v", "%zu more lines: v", left), left);
    int width = text_width(strbuf_text(&more));
    canvas_put(canvas, line.row, line.column + 2, line.columns - 2 - (width > 0 ? width + 2 : 0),
        ROLE_NORMAL, text);
    canvas_put(
        canvas, line.row, line.column + line.columns - width, width, ROLE_HINT, strbuf_text(&more));
    strbuf_clear(&more);
    free(text);
}

/* Why there is nothing. */
static void draw_empty(
    const struct handover_view *view, size_t index, struct canvas *canvas, int row)
{
    int at = view->area.column + PREFIX_COLUMNS, columns = view->area.columns - PREFIX_COLUMNS - 1;
    if (index == 0) {
        canvas_put(canvas, row, at, columns, ROLE_OK, _("Nothing has changed since then."));
        canvas_cursor(canvas, row, at, true);
    } else {
        char day[11];
        char *text = alloc_format(_("To look further back: :handover %s"),
            date_format(model_today(view->env->model)->date - 7, day));
        canvas_put(canvas, row, at, columns, ROLE_DIM, text);
        free(text);
    }
}

static void draw_line(
    const struct handover_view *view, size_t number, struct canvas *canvas, int row)
{
    struct handover_line line = handover_line_at(view, number);
    struct rect area = {row, view->area.column + 1, 1, view->area.columns - 2};
    struct strbuf text = {0};
    switch (line.kind) {
    case LINE_NOTE_HEAD:
        draw_note_head(view, canvas, area);
        break;
    case LINE_NOTE:
        draw_note(view, line.index, canvas, area);
        break;
    case LINE_BLANK:
        break;
    case LINE_GROUP:
        handover_heading(&text, view->handover, (enum handover_group)line.index);
        canvas_put(canvas, row, area.column, area.columns, ROLE_TITLE, strbuf_text(&text));
        break;
    case LINE_ITEM:
        draw_item(view, line.index, canvas, row);
        break;
    case LINE_EMPTY:
        draw_empty(view, line.index, canvas, row);
        break;
    }
    strbuf_clear(&text);
}

/* What was done, whole, where the column had to cut it. */
static void draw_text(const struct handover_view *view, struct canvas *canvas, int row)
{
    struct rect area = view->area;
    const struct handover_item *item =
        view->handover->count > 0 ? &view->handover->item[view->index] : NULL;
    if (frame_trouble(view->env, canvas, row, area) || !item)
        return;
    struct strbuf cell = {0};
    handover_cell(&cell, view->env->model, item, HANDOVER_COLUMN_WORDS);
    if (text_width(strbuf_text(&cell)) > view->columns[HANDOVER_COLUMN_WORDS].width ||
        text_width(item->text) > text_width(item->words))
        canvas_put(canvas, row, area.column + 1, area.columns - 2, ROLE_DIM, item->text);
    strbuf_clear(&cell);
}

static void draw_footer(const struct handover_view *view, struct canvas *canvas)
{
    size_t count = view->handover->count;
    struct strbuf place = {0};
    strbuf_format(&place, ngettext("%zu item", "%zu items", count), count);
    if (count > 0 && !view->env->settings->lean)
        strbuf_format(&place, _(" no. %zu"), view->index + 1);
    frame_footer(view->env, CONTEXT_HANDOVER, strbuf_text(&place), canvas, view->area);
    strbuf_clear(&place);
}

void handover_draw(const struct view *base, struct canvas *canvas, struct rect area)
{
    const struct handover_view *view = (const struct handover_view *)base;
    if (!frame_fits(canvas, area))
        return;
    size_t lines = handover_line_count(view);
    struct strbuf about = {0};
    handover_add_about(&about, view->env->model, view->handover);
    canvas_put(
        canvas, area.row + 1, area.column + 1, area.columns - 2, ROLE_LABEL, strbuf_text(&about));
    strbuf_clear(&about);
    draw_heads(view, canvas, area.row + 2);
    for (size_t i = 0; i < handover_body_rows(view) && view->top + i < lines; i++)
        draw_line(view, view->top + i, canvas, area.row + ABOVE + (int)i);
    if (model_freshness(view->env->model)->state == FRESH_STALE)
        canvas_dim(canvas, (struct rect){area.row + 1, area.column, area.rows - 3, area.columns});
    struct frame_state state = {.officer = model_duty_officer(view->env->model)};
    frame_header(view->env, &state, canvas, area);
    draw_text(view, canvas, area.row + area.rows - BELOW);
    draw_footer(view, canvas);
}
