/* The picture of the board: header, counters, table, ticker, footer, and the pane beside. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "board_state.h"
#include "frame.h"
#include "model/units.h"

#define PREFIX_COLUMNS 3 /* selection, light, mark */

static const enum role light_roles[LIGHT_COUNT] = {
    [LIGHT_OVERDUE] = ROLE_OVERDUE,
    [LIGHT_UNREPORTED] = ROLE_UNREPORTED,
    [LIGHT_DUE_SOON] = ROLE_DUE_SOON,
    [LIGHT_CHANGED] = ROLE_CHANGED,
    [LIGHT_ON_SCHEDULE] = ROLE_NORMAL,
    [LIGHT_CLOSED] = ROLE_CLOSED,
};

/* --- counters ------------------------------------------------------------------------------ */

static void add_counter(struct strbuf *out, const struct board *board, size_t i)
{
    const struct saved_view *saved = &board->env->settings->saved[i];
    int64_t count;
    strbuf_format(out, "%d%s", saved->key, saved->name);
    if (counts_of(&board->counts, board->saved_queries[i], &count))
        strbuf_format(out, "%lld", (long long)count);
    else if (saved->key == board->saved_key && !board->loading)
        strbuf_format(out, "%zu", board->window.count);
}

/* Upon another screen: what these tasks are, how many, and the saved view that narrows them. */
static void draw_title(const struct board *board, struct canvas *canvas, struct rect area)
{
    struct strbuf count = {0};
    int at = area.column + 1, end = area.column + area.columns - 1;
    strbuf_format(&count, board->loading ? _("%zu+ tasks") : _("%zu tasks"), board->window.count);
    int columns = text_width(strbuf_text(&count));
    at += canvas_put(
              canvas, area.row + 1, at, end - at - columns - 1, ROLE_COUNTER_ACTIVE, board->title) +
          1;
    at += canvas_put(canvas, area.row + 1, at, -1, ROLE_COUNTER, strbuf_text(&count)) + 2;
    for (size_t i = 0; i < board->env->settings->saved_count; i++) {
        const struct saved_view *saved = &board->env->settings->saved[i];
        if (saved->key == board->saved_key && at + text_width(saved->name) + 1 < end)
            canvas_format(canvas, area.row + 1, at, end - at, ROLE_COUNTER_ACTIVE, "%d%s",
                saved->key, saved->name);
    }
    strbuf_clear(&count);
}

static void draw_counters(const struct board *board, struct canvas *canvas, struct rect area)
{
    int at = area.column + 1, end = area.column + area.columns - 1;
    for (size_t i = 0; i < board->env->settings->saved_count; i++) {
        struct strbuf text = {0};
        add_counter(&text, board, i);
        bool active = board->env->settings->saved[i].key == board->saved_key;
        int columns = text_width(strbuf_text(&text));
        if (at + columns <= end)
            at += canvas_put(canvas, area.row + 1, at, -1,
                      active ? ROLE_COUNTER_ACTIVE : ROLE_COUNTER, strbuf_text(&text)) +
                  1;
        strbuf_clear(&text);
    }
}

/* --- table --------------------------------------------------------------------------------- */

static void draw_heads(const struct board *board, struct canvas *canvas, struct rect area)
{
    int row = area.row + 2, at = area.column + PREFIX_COLUMNS;
    canvas_fill(canvas, (struct rect){row, area.column, 1, board_list_columns(board)},
        ROLE_COLUMN_HEAD, ' ');
    for (size_t i = 0; i < board->layout_count; i++) {
        const struct table_column *column = &board->layout[i];
        if (!column->width)
            continue;
        if (column->align == ALIGN_RIGHT)
            canvas_put_right(canvas, row, at, column->width, ROLE_COLUMN_HEAD, column->head);
        else
            canvas_put(canvas, row, at, column->width, ROLE_COLUMN_HEAD, column->head);
        at += column->width + 1;
    }
    if (board->column_skip)
        canvas_put(canvas, row, area.column + 1, 1, ROLE_COLUMN_HEAD,
            canvas_glyph(canvas, GLYPH_MORE_LEFT));
}

static bool is_changed(const struct board *board, int64_t id)
{
    for (size_t i = 0; i < board->changed_count; i++)
        if (board->changed[i].id == id)
            return true;
    return false;
}

static enum light light_of(
    const struct board *board, const struct task_row *row, const struct today *today)
{
    enum light light = task_light(row, today);
    return is_changed(board, row->id) && light > LIGHT_CHANGED ? LIGHT_CHANGED : light;
}

/* What is due in some weeks has its glyph; the colour is kept for what is urgent. */
enum role board_light_role(enum light light, const struct task_row *row, const struct today *today)
{
    bool has;
    int days = task_days_left(row, today, &has);
    return light == LIGHT_DUE_SOON && days > today->due_urgent_days ? ROLE_NORMAL
                                                                    : light_roles[light];
}

static void draw_match(const struct board *board, struct canvas *canvas, int row, int at,
    int columns, const char *text)
{
    const char *found = board->find ? text_find(text, board->find) : NULL;
    if (!found)
        return;
    char *before = strndup(text, (size_t)(found - text));
    int skip = before ? text_width(before) : 0, width = text_width(board->find);
    free(before);
    if (skip + width <= columns)
        canvas_set_role(canvas, (struct rect){row, at + skip, 1, width}, ROLE_MATCH);
}

static void draw_cells(const struct board *board, const struct column_env *env,
    const struct task_row *task, struct canvas *canvas, int row, int at, bool plain)
{
    struct strbuf text = {0};
    for (size_t i = 0; i < board->layout_count; i++) {
        const struct table_column *column = &board->layout[i];
        if (!column->width)
            continue;
        const struct board_column *what = &board_all_columns[board->layout_index[i]];
        enum role role = what->role && !plain ? what->role(env, task) : ROLE_NORMAL;
        strbuf_cut(&text, 0);
        what->text(env, task, &text);
        if (column->align == ALIGN_RIGHT)
            canvas_put_right(canvas, row, at, column->width, role, strbuf_text(&text));
        else
            canvas_put(canvas, row, at, column->width, role, strbuf_text(&text));
        if (!plain)
            draw_match(board, canvas, row, at, column->width, strbuf_text(&text));
        at += column->width + 1;
    }
    strbuf_clear(&text);
}

static void draw_row(const struct board *board, const struct column_env *env, size_t at,
    struct canvas *canvas, struct rect area)
{
    const struct task_row *task = &board->rows[at];
    size_t index = board->window.top + at;
    int row = area.row + 3 + (int)at;
    bool selected = index == board->window.selected, marked, lean = board->env->settings->lean;
    if (!task->id) { /* could not be read, or is gone this moment */
        canvas_put(canvas, row, area.column + PREFIX_COLUMNS, -1, ROLE_DIM,
            canvas_glyph(canvas, GLYPH_ELLIPSIS));
    } else {
        marked = board_is_marked(board, task->id, index);
        enum light light = light_of(board, task, env->today);
        char glyph[2] = {lights[light].glyph, 0};
        canvas_put(
            canvas, row, area.column + 1, 1, board_light_role(light, task, env->today), glyph);
        draw_cells(board, env, task, canvas, row, area.column + PREFIX_COLUMNS, selected && !lean);
        struct rect whole = {
            row, area.column + PREFIX_COLUMNS, 1, board_list_columns(board) - PREFIX_COLUMNS};
        if (marked) {
            canvas_put(
                canvas, row, area.column + 2, 1, ROLE_MARKED, canvas_glyph(canvas, GLYPH_MARK));
            if (!lean)
                canvas_set_role(canvas, whole, ROLE_MARKED);
        }
        /* a worse light keeps its glyph; the row shows all the same that somebody touched it */
        if (is_changed(board, task->id) && light > LIGHT_OVERDUE && !lean)
            canvas_set_role(canvas, whole, ROLE_CHANGED);
    }
    if (!selected)
        return;
    canvas_put(canvas, row, area.column, 1, lean ? ROLE_NORMAL : ROLE_SELECTED,
        canvas_glyph(canvas, GLYPH_CURSOR));
    if (!lean)
        canvas_set_role(
            canvas, (struct rect){row, area.column, 1, board_list_columns(board)}, ROLE_SELECTED);
    canvas_cursor(canvas, row, area.column, true);
}

/* What stands where rows would be, when there are none: why, and the way on. */
static void draw_nothing(const struct board *board, struct canvas *canvas, struct rect area)
{
    int row = area.row + 4, at = area.column + PREFIX_COLUMNS,
        columns = board_list_columns(board) - 4;
    if (board->loading) {
        canvas_put(canvas, row, at, columns, ROLE_DIM, _("Reading the tasks"));
    } else if (board->counts.all == 0) {
        canvas_put(
            canvas, row, at, columns, ROLE_TITLE, _("There is no task in this database yet."));
        canvas_put(canvas, row + 1, at, columns, ROLE_DIM,
            _("\"duban init --sample\" makes one with the sample of Liaoning."));
    } else if (board->base && !board->saved_key && !*board->filter) {
        canvas_put(canvas, row, at, columns, ROLE_OK, _("No task is behind this number any more."));
        canvas_put(canvas, row + 1, at, columns, ROLE_DIM, _("Esc goes back."));
    } else if (board->base && board->saved_key) {
        canvas_put(
            canvas, row, at, columns, ROLE_OK, _("None of these tasks is in this saved view."));
        canvas_put(canvas, row + 1, at, columns, ROLE_DIM, _("Esc shows all of these again."));
    } else if (board->saved_key) {
        canvas_put(canvas, row, at, columns, ROLE_OK, _("Nothing here: no task is in this state."));
        canvas_put(
            canvas, row + 1, at, columns, ROLE_DIM, _("The digits above open the other views."));
    } else {
        canvas_format(
            canvas, row, at, columns, ROLE_TITLE, _("No task matches: %s"), board->filter);
        canvas_put(
            canvas, row + 1, at, columns, ROLE_DIM, _("f changes the filter, Esc takes it away."));
    }
    canvas_cursor(canvas, row, at, true);
}

static void draw_table(const struct board *board, struct canvas *canvas, struct rect area)
{
    struct column_env env = {board->env->model, model_today(board->env->model)};
    draw_heads(board, canvas, area);
    if (!board->window.count) {
        draw_nothing(board, canvas, area);
        return;
    }
    for (size_t i = 0; i < board->row_count; i++)
        draw_row(board, &env, i, canvas, area);
}

/* --- the lines below ----------------------------------------------------------------------- */

static void add_event(struct strbuf *out, const struct board *board, const struct event *event)
{
    struct date_time at = date_local(event->at);
    if (at.date == model_today(board->env->model)->date)
        strbuf_format(out, "%02d:%02d ", at.hour, at.minute);
    else {
        int year, month, day;
        date_parts(at.date, &year, &month, &day);
        strbuf_format(out, "%02d-%02d ", month, day);
    }
    if (*event->actor)
        strbuf_format(out, "%s ", event->actor);
    if (*event->ident)
        strbuf_format(out, "%s ", event->ident);
    history_headline(event, out);
}

static void draw_ticker(const struct board *board, struct canvas *canvas, int row, struct rect area)
{
    int room = area.columns - 2;
    struct strbuf line = {0}, text = {0};
    for (size_t i = 0; i < board->ticker.count; i++) {
        strbuf_cut(&text, 0);
        strbuf_add(&text, i ? "  " : "");
        add_event(&text, board, &board->ticker.event[i]);
        if (i && text_width(strbuf_text(&line)) + text_width(strbuf_text(&text)) > room)
            break;
        strbuf_add(&line, strbuf_text(&text));
    }
    canvas_put(canvas, row, area.column + 1, room, ROLE_DIM, strbuf_text(&line));
    strbuf_clear(&line);
    strbuf_clear(&text);
}

static void draw_filter(const struct board *board, struct canvas *canvas, int row, struct rect area)
{
    int at = area.column + 1;
    at += canvas_put(canvas, row, at, -1, ROLE_LABEL, _("Filter")) + 1;
    const char *way = _("Esc clears");
    int room = area.columns - (at - area.column) - text_width(way) - 2;
    canvas_put(canvas, row, at, room, ROLE_TITLE, board->filter);
    canvas_put_right(canvas, row, area.column, area.columns - 1, ROLE_HINT, way);
}

/* One line, the most urgent thing first: trouble, what is filtered, the ticker. */
static void draw_line(const struct board *board, struct canvas *canvas, struct rect area)
{
    int row = area.row + area.rows - 2;
    if (frame_trouble(board->env, canvas, row, area))
        return;
    if (!board->saved_key && board->filter && *board->filter)
        draw_filter(board, canvas, row, area);
    else if (board->env->settings->ticker)
        draw_ticker(board, canvas, row, area);
}

static void add_position(struct strbuf *out, const struct board *board)
{
    if (board->mark_count)
        strbuf_format(out, _("%zu marked "), board->mark_count);
    strbuf_format(out, board->loading ? _("%zu+ tasks") : _("%zu tasks"), board->window.count);
    /* the place in the list changes with every step: on a slow line that is not worth its bytes */
    if (board->window.count && !board->env->settings->lean)
        strbuf_format(out, _(" no. %zu"), board->window.selected + 1);
}

static void draw_pane(const struct board *board, struct canvas *canvas, struct rect area)
{
    int column = area.column + board_list_columns(board), rows = area.rows - 4;
    for (int i = 0; i < rows; i++)
        canvas_put(
            canvas, area.row + 2 + i, column, 1, ROLE_BORDER, canvas_glyph(canvas, GLYPH_BAR));
    if (board->pane)
        detail_page_draw(board->pane, 0, canvas,
            (struct rect){area.row + 2, column + 2, rows, board->pane_columns - 1});
}

void board_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct board *board = board_self_const(view);
    if (!frame_fits(canvas, area))
        return;
    struct frame_state state = {
        board->officer ? board->officer : "", board->paused, board->behind, board->loading};
    struct strbuf position = {0};
    if (board->base)
        draw_title(board, canvas, area);
    else
        draw_counters(board, canvas, area);
    draw_table(board, canvas, area);
    if (board->pane_columns)
        draw_pane(board, canvas, area);
    if (model_freshness(board->env->model)->state == FRESH_STALE)
        canvas_dim(canvas, (struct rect){area.row + 1, area.column, area.rows - 3, area.columns});
    frame_header(board->env, &state, canvas, area);
    draw_line(board, canvas, area);
    add_position(&position, board);
    frame_footer(board->env, CONTEXT_BOARD, strbuf_text(&position), canvas, area);
    strbuf_clear(&position);
}
