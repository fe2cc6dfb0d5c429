/* Marks and ranges, and the copying of what is marked. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "board_state.h"

/* --- marks --------------------------------------------------------------------------------- */

static size_t mark_place(const struct board *board, int64_t id)
{
    size_t low = 0, high = board->mark_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (board->marks[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool mark_has(const struct board *board, int64_t id)
{
    size_t at = mark_place(board, id);
    return at < board->mark_count && board->marks[at] == id;
}

static void mark_set(struct board *board, int64_t id, bool on)
{
    size_t at = mark_place(board, id);
    bool has = at < board->mark_count && board->marks[at] == id;
    if (has == on)
        return;
    if (on) {
        board->marks = alloc_grow(
            board->marks, &board->mark_capacity, board->mark_count + 1, sizeof *board->marks);
        memmove(board->marks + at + 1, board->marks + at,
            (board->mark_count - at) * sizeof *board->marks);
        board->marks[at] = id;
        board->mark_count++;
    } else {
        memmove(board->marks + at, board->marks + at + 1,
            (board->mark_count - at - 1) * sizeof *board->marks);
        board->mark_count--;
    }
}

/* Ends of the open range, as places in the list; false when there is none. */
static bool range_ends(const struct board *board, size_t *first, size_t *last)
{
    size_t anchor;
    if (!board->anchor || !task_list_find(board->list, board->anchor, &anchor))
        return false;
    size_t here = board->window.selected;
    *first = anchor < here ? anchor : here;
    *last = anchor < here ? here : anchor;
    return true;
}

bool board_is_marked(const struct board *board, int64_t id, size_t index)
{
    size_t first, last;
    return mark_has(board, id) ||
           (range_ends(board, &first, &last) && index >= first && index <= last);
}

enum effect board_mark(struct view *view)
{
    struct board *board = board_self(view);
    if (!board->selected)
        return EFFECT_NONE;
    mark_set(board, board->selected, !mark_has(board, board->selected));
    board_motion(view, MOVE_DOWN);
    return EFFECT_DRAW;
}

enum effect board_range(struct view *view)
{
    struct board *board = board_self(view);
    size_t first, last;
    if (!range_ends(board, &first, &last)) {
        board->anchor = board->selected;
        return EFFECT_DRAW;
    }
    for (size_t i = first; i <= last; i++)
        mark_set(board, task_list_id(board->list, i), true);
    board->anchor = 0;
    return EFFECT_DRAW;
}

size_t board_marked(const struct view *view, int64_t **ids)
{
    const struct board *board = board_self_const(view);
    size_t first = 0, last = 0, count = board->mark_count;
    bool range = range_ends(board, &first, &last);
    *ids = alloc_zero(count + (range ? last - first + 1 : 0) + 1, sizeof **ids);
    for (size_t i = 0; i < count; i++)
        (*ids)[i] = board->marks[i];
    for (size_t i = first; range && i <= last; i++)
        if (!mark_has(board, task_list_id(board->list, i)))
            (*ids)[count++] = task_list_id(board->list, i);
    return count;
}

enum effect board_unmark(struct view *view)
{
    struct board *board = board_self(view);
    board->mark_count = 0;
    board->anchor = 0;
    return EFFECT_DRAW;
}

static void add_copy_line(struct strbuf *out, const struct board *board, const struct task_row *row)
{
    struct column_env env = {board->env->model, model_today(board->env->model)};
    static const char *const columns[] = {"number", "title", "region", "lead", "due", "state"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        for (size_t k = 0; k < board_column_count; k++) {
            if (strcmp(board_all_columns[k].name, columns[i]) != 0)
                continue;
            if (i)
                strbuf_add(out, "\t");
            board_all_columns[k].text(&env, row, out);
        }
    strbuf_add(out, "\n");
}

char *board_copy_text(const struct view *view)
{
    const struct board *board = board_self_const(view);
    int64_t one = board->selected;
    const int64_t *ids = board->mark_count ? board->marks : &one;
    size_t count = board->mark_count ? board->mark_count : one != 0;
    struct task_row *rows = alloc_zero(count + 1, sizeof *rows);
    struct strbuf out = {0};
    struct error err = {0};
    if (count && task_rows_read(board->env->model, ids, count, rows, &err))
        for (size_t i = 0; i < count; i++)
            if (rows[i].id)
                add_copy_line(&out, board, &rows[i]);
    for (size_t i = 0; i < count; i++)
        task_row_clear(&rows[i]);
    free(rows);
    return strbuf_take(&out);
}
