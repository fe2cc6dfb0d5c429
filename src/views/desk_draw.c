/* The picture of the desk. */
#include "base/alloc.h"
#include "base/language.h"
#include "desk_state.h"
#include "frame.h"
#include "views/board.h"

static enum role days_role(const struct desk_item *item, const struct today *today)
{
    int days;
    if (!desk_days_left(item, today, &days) || days > today->due_urgent_days)
        return ROLE_NORMAL;
    return days < 0 ? ROLE_OVERDUE : ROLE_DUE_SOON;
}

static void draw_task(const struct desk_view *view, size_t index, struct canvas *canvas, int row)
{
    struct rect area = view->area;
    const struct today *today = model_today(view->env->model);
    bool lean = view->env->settings->lean, selected = view->selected && index == view->index;
    const struct desk_item *item = desk_shown_item(view, index);
    struct strbuf text = {0};
    int at = area.column + PREFIX_COLUMNS;
    if (!item) { /* could not be read, or is gone this moment */
        canvas_put(canvas, row, at, -1, ROLE_DIM, canvas_glyph(canvas, GLYPH_ELLIPSIS));
    } else {
        enum light light = task_light(&item->row, today);
        char glyph[2] = {lights[light].glyph, 0};
        canvas_put(
            canvas, row, area.column + 1, 1, board_light_role(light, &item->row, today), glyph);
        for (int i = 0; i < DESK_COLUMNS; i++) {
            strbuf_cut(&text, 0);
            desk_cell(&text, view->env->model, item, i);
            at = table_put(canvas, row, at, &view->columns[i],
                i == DESK_COLUMN_DAYS ? days_role(item, today) : ROLE_NORMAL, strbuf_text(&text));
        }
    }
    strbuf_clear(&text);
    if (!selected)
        return;
    canvas_put(canvas, row, area.column, 1, lean ? ROLE_NORMAL : ROLE_SELECTED,
        canvas_glyph(canvas, GLYPH_CURSOR));
    if (!lean)
        canvas_set_role(canvas, (struct rect){row, area.column, 1, area.columns}, ROLE_SELECTED);
    canvas_cursor(canvas, row, area.column, true);
}

static void draw_report(const struct desk_view *view, size_t index, struct canvas *canvas, int row)
{
    const struct owed_source *source = &view->owed.source[index];
    struct strbuf text = {0};
    int at = view->area.column + 1;
    for (int i = 0; i < REPORT_COLUMNS; i++) {
        strbuf_cut(&text, 0);
        report_cell(&text, view->env->model, source, i);
        at = table_put(canvas, row, at, &view->reports[i],
            i == REPORT_COLUMN_MISSING && source->missing > 0 ? ROLE_UNREPORTED : ROLE_NORMAL,
            strbuf_text(&text));
    }
    strbuf_clear(&text);
}

static void draw_heads(const struct desk_view *view, const struct table_column *column, int count,
    struct canvas *canvas, struct rect line)
{
    int row = line.row, at = line.column;
    canvas_fill(canvas, (struct rect){row, view->area.column, 1, view->area.columns},
        ROLE_COLUMN_HEAD, ' ');
    for (int i = 0; i < count; i++)
        at = table_put(canvas, row, at, &column[i], ROLE_COLUMN_HEAD, column[i].head);
}

/* Why there is nothing. */
static void draw_empty(const struct desk_view *view, size_t index, struct canvas *canvas, int row)
{
    int at = view->area.column + PREFIX_COLUMNS, columns = view->area.columns - PREFIX_COLUMNS - 1;
    if (index == 0) {
        canvas_put(canvas, row, at, columns, ROLE_OK, _("Nothing is owed now."));
        canvas_cursor(canvas, row, at, true);
    } else {
        canvas_put(canvas, row, at, columns, ROLE_DIM,
            _("No task of yours is sent back, unanswered, undecided, late or unreported."));
    }
}

static void draw_line(const struct desk_view *view, size_t number, struct canvas *canvas, int row)
{
    struct desk_line line = desk_line_at(view, number);
    struct rect area = {row, view->area.column + 1, 1, view->area.columns - 2};
    struct strbuf text = {0};
    switch (line.kind) {
    case LINE_SECTION:
        desk_heading(&text, view->desk, (enum desk_section)line.index);
        canvas_put(canvas, row, area.column, area.columns, ROLE_TITLE, strbuf_text(&text));
        break;
    case LINE_TASK:
        draw_task(view, line.index, canvas, row);
        break;
    case LINE_EMPTY:
        draw_empty(view, line.index, canvas, row);
        break;
    case LINE_BLANK:
        break;
    case LINE_HEADS:
        draw_heads(view, view->reports, REPORT_COLUMNS, canvas, area);
        break;
    case LINE_REPORT:
        draw_report(view, line.index, canvas, row);
        break;
    }
    strbuf_clear(&text);
}

static void draw_footer(const struct desk_view *view, struct canvas *canvas)
{
    size_t count = desk_count(view->desk);
    struct strbuf place = {0};
    strbuf_format(&place, _("%zu tasks"), count);
    if (count > 0 && !view->env->settings->lean)
        strbuf_format(&place, _(" no. %zu"), view->index + 1);
    frame_footer(view->env, CONTEXT_DESK, strbuf_text(&place), canvas, view->area);
    strbuf_clear(&place);
}

void desk_draw(const struct view *base, struct canvas *canvas, struct rect area)
{
    const struct desk_view *view = (const struct desk_view *)base;
    if (!frame_fits(canvas, area))
        return;
    const struct desk_item *item = desk_shown_item(view, view->index);
    int below = area.row + area.rows - BELOW;
    size_t lines = desk_line_count(view);
    canvas_put(canvas, area.row + 1, area.column + 1, area.columns - 2, ROLE_LABEL, view->person);
    draw_heads(view, view->columns, DESK_COLUMNS, canvas,
        (struct rect){area.row + 2, area.column + PREFIX_COLUMNS, 1, area.columns});
    for (size_t i = 0; i < desk_body_rows(view) && view->top + i < lines; i++)
        draw_line(view, view->top + i, canvas, area.row + ABOVE + (int)i);
    if (model_freshness(view->env->model)->state == FRESH_STALE)
        canvas_dim(canvas, (struct rect){area.row + 1, area.column, area.rows - 3, area.columns});
    struct frame_state state = {.officer = model_duty_officer(view->env->model)};
    frame_header(view->env, &state, canvas, area);
    bool cut = item && text_width(item->reason) > view->columns[DESK_COLUMN_REASON].width;
    if (!frame_trouble(view->env, canvas, below, area) && cut)
        canvas_put(canvas, below, area.column + 1, area.columns - 2, ROLE_DIM, item->reason);
    draw_footer(view, canvas);
}
