/* What a person does to the list: moving, marking, finding, filtering, ordering. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "board_state.h"
#include "model/units.h"

#define FIND_MOST 200000 /* rows one find looks at */

/* --- moving -------------------------------------------------------------------------------- */

static enum effect select_index(struct board *board, size_t index)
{
    if (!board->window.count)
        return EFFECT_NONE;
    board->window.selected = index;
    board->selected = task_list_id(board->list, index);
    table_scroll(&board->window);
    if (board->window.top != board->row_top || board->row_count == 0)
        board_read_rows(board);
    board_pane_read(board);
    return EFFECT_DRAW;
}

static enum effect move_by(struct board *board, int by)
{
    if (!table_move(&board->window, by))
        return EFFECT_NONE;
    return select_index(board, board->window.selected);
}

/* A page keeps one row of the page before in sight. */
static int page_of(const struct board *board)
{
    return board->window.rows > 1 ? board->window.rows - 1 : 1;
}

static enum effect page_by(struct board *board, int rows)
{
    struct table_window *window = &board->window;
    size_t most = window->count > (size_t)window->rows ? window->count - (size_t)window->rows : 0;
    size_t by = (size_t)abs(rows);
    if (rows > 0)
        window->top = window->top + by < most ? window->top + by : most;
    else
        window->top = window->top > by ? window->top - by : 0;
    enum effect effect = move_by(board, rows);
    return effect;
}

enum effect board_motion(struct view *view, enum motion motion)
{
    struct board *board = board_self(view);
    switch (motion) {
    case MOVE_UP:
        return move_by(board, -1);
    case MOVE_DOWN:
        return move_by(board, 1);
    case MOVE_PAGE_UP:
        return page_by(board, -page_of(board));
    case MOVE_PAGE_DOWN:
        return page_by(board, page_of(board));
    case MOVE_HALF_UP:
        return page_by(board, -(board->window.rows / 2));
    case MOVE_HALF_DOWN:
        return page_by(board, board->window.rows / 2);
    case MOVE_FIRST:
        return select_index(board, 0);
    case MOVE_LAST:
        return board->window.count ? select_index(board, board->window.count - 1) : EFFECT_NONE;
    case MOVE_LEFT:
        return board_scroll_columns(view, -1);
    case MOVE_RIGHT:
        return board_scroll_columns(view, 1);
    default:
        return EFFECT_NONE;
    }
}

enum effect board_scroll_columns(struct view *view, int by)
{
    struct board *board = board_self(view);
    size_t most = board->column_count > 2 ? board->column_count - 2 : 0;
    size_t skip = board->column_skip;
    if (by > 0 && skip < most)
        skip++;
    if (by < 0 && skip > 0)
        skip--;
    if (skip == board->column_skip)
        return EFFECT_NONE;
    board->column_skip = skip;
    board_lay_out(board);
    return EFFECT_DRAW;
}

enum effect board_select(struct view *view, int64_t id)
{
    struct board *board = board_self(view);
    size_t index;
    return task_list_find(board->list, id, &index) ? select_index(board, index) : EFFECT_NONE;
}

void board_follow(struct view *view, int64_t id)
{
    board_self(view)->selected = id;
}

enum effect board_select_row(struct view *view, size_t row)
{
    struct board *board = board_self(view);
    if (!board->window.count)
        return EFFECT_NONE;
    size_t index = row ? row - 1 : 0;
    return select_index(board, index < board->window.count ? index : board->window.count - 1);
}

int64_t board_selected(const struct view *view)
{
    return board_self_const(view)->selected;
}

bool board_next(struct view *view, int by, int64_t *id)
{
    struct board *board = board_self(view);
    if (move_by(board, by) == EFFECT_NONE)
        return false;
    *id = board->selected;
    return true;
}

/* --- mouse --------------------------------------------------------------------------------- */

static enum effect mouse(struct board *board, const struct key *key)
{
    if (key->button == 4 || key->button == 5)
        return move_by(board, key->button == 4 ? -3 : 3);
    int row = key->row - board->area.row - 3;
    if (row < 0 || (size_t)row >= board->row_count || key->column >= board_list_columns(board))
        return EFFECT_NONE;
    return select_index(board, board->window.top + (size_t)row);
}

enum effect board_key(struct view *view, const struct key *key)
{
    struct board *board = board_self(view);
    return key->code == KEY_CODE_MOUSE ? mouse(board, key) : EFFECT_NONE;
}

/* --- filter, order, saved views ------------------------------------------------------------ */

const char *board_filter(const struct view *view)
{
    const struct board *board = board_self_const(view);
    return board->filter ? board->filter : "";
}

/* A filter within the base. */
static bool parse(
    const struct board *board, const char *filter, struct query **out, struct error *err)
{
    struct query_error wrong = {0};
    struct query *query, *base;
    if (!query_parse(filter, &query, &wrong))
        return query_error_show(filter, &wrong, err);
    *out = query;
    if (!board->base)
        return true;
    if (!query_parse(board->base, &base, &wrong)) {
        query_free(query);
        return query_error_show(board->base, &wrong, err);
    }
    *out = alloc_zero(1, sizeof **out);
    **out = (struct query){.kind = QUERY_AND, .left = base, .right = query};
    return true;
}

static char *within_base(const struct board *board, const char *filter)
{
    if (!board->base)
        return alloc_string(filter);
    return *filter ? alloc_format("(%s) (%s)", board->base, filter) : alloc_string(board->base);
}

char *board_asked_filter(const struct view *view)
{
    const struct board *board = board_self_const(view);
    return within_base(board, board->saved_key ? "" : board->filter);
}

char *board_shown_filter(const struct view *view)
{
    const struct board *board = board_self_const(view);
    return within_base(board, board->filter);
}

struct sort board_sorting(const struct view *view)
{
    return board_self_const(view)->sort;
}

/* Takes the new filter and order only when the list opens with them; else all stays as it was. */
static bool apply(struct board *board, const char *filter, const struct sort *sort, int saved_key,
    struct error *err)
{
    struct query *query;
    if (!parse(board, filter, &query, err))
        return false;
    struct query *old_query = board->query;
    char *old_filter = board->filter;
    struct sort old_sort = board->sort;
    board->query = query;
    board->filter = alloc_string(filter);
    board->sort = *sort;
    if (!board_open_list(board, err)) {
        query_free(board->query);
        free(board->filter);
        board->query = old_query;
        board->filter = old_filter;
        board->sort = old_sort;
        return false;
    }
    query_free(old_query);
    free(old_filter);
    board->saved_key = saved_key;
    board->anchor = 0;
    return true;
}

enum effect board_set_filter(struct view *view, const char *filter, struct error *err)
{
    struct board *board = board_self(view);
    if (!apply(board, filter, &board->sort, 0, err))
        return EFFECT_DRAW;
    board_place(board);
    return EFFECT_DRAW;
}

enum effect board_show_now(struct view *view, const char *filter, struct error *err)
{
    struct board *board = board_self(view);
    char *before = alloc_string(board->filter);
    int saved_key = board->saved_key;
    int64_t selected = board->selected;
    enum effect effect = board_set_filter(view, filter, err);
    bool shown = err->code == ERROR_NONE;
    if (shown) {
        free(board->aside.filter);
        free(board->aside.now);
        board->aside.filter = before;
        board->aside.now = alloc_string(filter);
        board->aside.saved_key = saved_key;
        board->aside.selected = selected;
    } else {
        free(before);
    }
    return effect;
}

enum effect board_show_before(struct view *view, struct error *err)
{
    struct board *board = board_self(view);
    if (board->aside.now == NULL || strcmp(board->filter, board->aside.now) != 0 ||
        !apply(board, board->aside.filter, &board->sort, board->aside.saved_key, err))
        return EFFECT_NONE;
    board->selected = board->aside.selected;
    board_place(board);
    return EFFECT_DRAW;
}

enum effect board_show_again(struct view *view, struct error *err)
{
    const struct board *board = board_self_const(view);
    if (board->aside.now == NULL || strcmp(board->filter, board->aside.filter) != 0)
        return EFFECT_NONE;
    return board_set_filter(view, board->aside.now, err);
}

int64_t board_try_filter(struct view *view, const char *filter, struct error *err)
{
    struct board *board = board_self(view);
    struct query *query;
    if (!parse(board, filter, &query, err))
        return -1;
    int64_t count = task_list_try(board->env->model, query, filter, err);
    query_free(query);
    return count;
}

static const struct saved_view *saved_view(const struct board *board, int key)
{
    const struct view_settings *settings = board->env->settings;
    for (size_t i = 0; i < settings->saved_count; i++)
        if (settings->saved[i].key == key)
            return &settings->saved[i];
    return NULL;
}

enum effect board_show_saved(struct view *view, int key, struct error *err)
{
    struct board *board = board_self(view);
    const struct saved_view *saved = saved_view(board, key);
    struct sort sort;
    if (!saved) {
        error_set(err, ERROR_NOT_FOUND,
            _("no view is saved under %d; add one to views in the configuration"), key);
        return EFFECT_DRAW;
    }
    const char *columns = *saved->columns ? saved->columns : board->env->settings->columns;
    if (!sort_parse(*saved->sort ? saved->sort : sorts[SORT_DUE].name, &sort, err) ||
        !board_set_columns(view, columns, err) || !apply(board, saved->filter, &sort, key, err))
        return EFFECT_DRAW;
    board->selected = 0; /* a view is opened at its worst */
    board->window.selected = board->window.top = 0;
    board_place(board);
    return EFFECT_DRAW;
}

const char *board_list_name(const struct view *view)
{
    const struct board *board = board_self_const(view);
    const struct saved_view *saved = board->saved_key ? saved_view(board, board->saved_key) : NULL;
    if (saved)
        return _(saved->name);
    return board->title && !*board->filter ? board->title : board->filter;
}

static enum effect sort_again(struct board *board, struct sort sort, struct error *err)
{
    struct sort old = board->sort;
    board->sort = sort;
    if (!board_open_list(board, err)) {
        board->sort = old;
        return EFFECT_DRAW;
    }
    board_place(board);
    return EFFECT_DRAW;
}

enum effect board_sort(struct view *view, const char *key, struct error *err)
{
    struct board *board = board_self(view);
    struct sort sort = {(board->sort.key + 1) % SORT_COUNT, false};
    if (key && !sort_parse(key, &sort, err))
        return EFFECT_DRAW;
    return sort_again(board, sort, err);
}

enum effect board_reverse(struct view *view, struct error *err)
{
    struct board *board = board_self(view);
    return sort_again(board, (struct sort){board->sort.key, !board->sort.reverse}, err);
}

char *board_order(const struct view *view)
{
    const struct board *board = board_self_const(view);
    return alloc_format(board->sort.reverse ? _("Order: %s, reversed") : _("Order: %s"),
        _(sorts[board->sort.key].label));
}

/* --- columns ------------------------------------------------------------------------------- */

enum effect board_set_columns(struct view *view, const char *columns, struct error *err)
{
    struct board *board = board_self(view);
    int chosen[BOARD_COLUMNS_MOST];
    size_t count = 0;
    char *copy = alloc_string(columns), *rest = copy;
    for (char *word; (word = strsep(&rest, " ,"));) {
        if (!*word)
            continue;
        const struct board_column *column = board_column_find(word, err);
        if (!column) {
            free(copy);
            return EFFECT_NONE;
        }
        if (count < BOARD_COLUMNS_MOST)
            chosen[count++] = (int)(column - board_all_columns);
    }
    free(copy);
    if (!count) {
        error_set(err, ERROR_INPUT, _("a board needs at least one column"));
        return EFFECT_NONE;
    }
    memcpy(board->columns, chosen, count * sizeof *chosen);
    board->column_count = count;
    board->column_skip = 0;
    board_lay_out(board);
    return EFFECT_DRAW;
}

char *board_columns(const struct view *view)
{
    const struct board *board = board_self_const(view);
    struct strbuf names = {0};
    for (size_t i = 0; i < board->column_count; i++)
        strbuf_format(&names, "%s%s", i ? " " : "", board_all_columns[board->columns[i]].name);
    return strbuf_take(&names);
}

/* --- find ---------------------------------------------------------------------------------- */

enum effect board_find(
    struct view *view, const char *text, bool backwards, bool from_next, struct error *err)
{
    struct board *board = board_self(view);
    size_t count = board->window.count, index, from = board->window.selected;
    free(board->find);
    board->find = *text ? alloc_string(text) : NULL;
    if (!*text || !count)
        return EFFECT_DRAW;
    if (from_next)
        from = backwards ? (from ? from - 1 : count - 1) : (from + 1) % count;
    bool found = task_list_search(board->list, from, backwards, text, FIND_MOST, &index, err);
    if (!found && err->code == ERROR_NONE) /* go on from the other end */
        found = task_list_search(
            board->list, backwards ? count - 1 : 0, backwards, text, FIND_MOST, &index, err);
    if (found)
        return select_index(board, index);
    if (err->code == ERROR_NONE)
        error_set(err, ERROR_NOT_FOUND, _("\"%s\" is in no task of this list"), text);
    return EFFECT_DRAW;
}

void board_find_end(struct view *view)
{
    struct board *board = board_self(view);
    free(board->find);
    board->find = NULL;
}

/* --- the rest ------------------------------------------------------------------------------ */

enum effect board_pause(struct view *view)
{
    struct board *board = board_self(view);
    board->paused = !board->paused;
    bool catch_up = !board->paused && board->behind;
    return catch_up ? EFFECT_DRAW | EFFECT_RELOAD : EFFECT_DRAW;
}

/* Esc takes away one thing at a time. */
enum effect board_clear(struct view *view)
{
    struct board *board = board_self(view);
    struct error err = {0};
    if (board->anchor) {
        board->anchor = 0;
    } else if (board->find) {
        board_find_end(view);
    } else if (board->mark_count) {
        board->mark_count = 0;
    } else if (board->base) {
        if (!board->saved_key && !*board->filter)
            return EFFECT_NONE;
        board_set_filter(view, "", &err);
    } else if (!board->saved_key && board->env->settings->saved_count) {
        board_show_saved(view, board->env->settings->saved[0].key, &err);
    } else {
        return EFFECT_NONE;
    }
    return EFFECT_DRAW;
}
