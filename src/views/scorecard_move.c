/* The selection and the order of the scorecard. */
#include <stdlib.h>

#include "base/alloc.h"
#include "scorecard_state.h"

static struct scorecard_view *self(struct view *view)
{
    return (struct scorecard_view *)view;
}

/* --- order ----------------------------------------------------------------------------------- */

struct placed {
    const struct scorecard_view *view;
    size_t line;
};

/* Whether there is nothing of the line to be put in order by. */
static bool is_unmeasured(const struct scorecard_view *view, const struct score_line *line)
{
    const struct score_month *month = &line->month[SCORE_THIS];
    if (view->sort == SCORE_COLUMN_COUNT)
        return month->score == SCORE_NONE;
    bool measured = score_columns[view->sort].share || view->sort == SCORE_OVERDUE;
    return measured && month->value[view->sort].whole == 0;
}

/* Units stand as they are ranked; by a column the worst first. Those without a value are last,
 * whichever way round. */
static int by_order(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    const struct scorecard_view *view = a->view;
    const struct score_line *one = &view->card->line[a->line], *other = &view->card->line[b->line];
    int order = (a->line > b->line) - (a->line < b->line), worse = 0;
    int last = is_unmeasured(view, one) - is_unmeasured(view, other);
    if (last != 0)
        return last;
    if (view->sort != SCORE_COLUMN_COUNT)
        worse = score_worse(view->sort, &one->month[SCORE_THIS].value[view->sort],
            &other->month[SCORE_THIS].value[view->sort]);
    else if (view->reversed)
        worse = order;
    if (worse == 0)
        return order;
    return view->reversed ? -worse : worse;
}

static void put_in_order(struct scorecard_view *view)
{
    size_t count = view->card->count;
    struct placed *placed = alloc_zero(count + 1, sizeof *placed);
    for (size_t i = 0; i < count; i++)
        placed[i] = (struct placed){view, i};
    qsort(placed, count, sizeof *placed, by_order);
    free(view->order);
    view->order = alloc_zero(count + 1, sizeof *view->order);
    for (size_t i = 0; i < count; i++)
        view->order[i] = placed[i].line;
    free(placed);
}

/* --- selection ------------------------------------------------------------------------------- */

const struct score_line *scorecard_selected(const struct scorecard_view *view)
{
    return view->card != NULL && view->window.selected < view->card->count
               ? &view->card->line[view->order[view->window.selected]]
               : NULL;
}

static void follow(struct scorecard_view *view)
{
    const struct score_line *line = scorecard_selected(view);
    if (line != NULL)
        view->unit_id = line->unit_id;
}

static bool is_seen(const struct scorecard_view *view, size_t cell)
{
    return view->table.layout[cell].width > 0;
}

size_t scorecard_cell(const struct scorecard_view *view)
{
    for (size_t i = SCORE_CELL_CHOSEN; i < view->table.count; i++)
        if (view->column != SCORE_COLUMN_COUNT && is_seen(view, i) &&
            score_table_column(&view->table, i) == view->column)
            return i;
    return SCORE_CELL_SCORE;
}

/* --- columns beyond the edge ----------------------------------------------------------------- */

static void lay_out(struct scorecard_view *view, size_t first)
{
    view->table.first = first;
    score_table_make(&view->table, view->card, view->env->settings->score_columns,
        view->area.columns - LINE_PREFIX - 1, true);
}

/* Where the selected column stands among those chosen; their number: it is the score. */
static size_t chosen_at(const struct scorecard_view *view)
{
    size_t at = 0;
    while (at < view->table.chosen_count && view->table.chosen[at] != view->column)
        at++;
    return at;
}

/* The fewest columns to the left are left out that let the selected one be seen, and no more than
 * before; none where there is room for all. */
static void scroll_columns(struct scorecard_view *view)
{
    size_t before = view->table.first, at;
    lay_out(view, 0);
    at = chosen_at(view);
    if (score_table_beyond(&view->table) == 0 || at == view->table.chosen_count)
        return;
    lay_out(view, before < at ? before : at);
    while (scorecard_cell(view) == SCORE_CELL_SCORE && view->table.first < at)
        lay_out(view, view->table.first + 1);
}

/* The unit stays selected, and where the eye is; one that is gone is followed by the next. */
static void find_selected(struct scorecard_view *view)
{
    struct table_window *window = &view->window;
    size_t row = window->selected - window->top;
    window->count = view->card->count;
    for (size_t i = 0; i < window->count; i++)
        if (view->card->line[view->order[i]].unit_id == view->unit_id) {
            window->selected = i;
            window->top = i > row ? i - row : 0;
        }
    if (window->selected >= window->count)
        window->selected = window->count > 0 ? window->count - 1 : 0;
}

void scorecard_arrange(struct scorecard_view *view)
{
    int rows = view->area.rows - ABOVE - BELOW;
    view->window.rows = rows > 0 ? rows : 1;
    scroll_columns(view);
    if (view->card == NULL)
        return;
    put_in_order(view);
    find_selected(view);
    table_scroll(&view->window);
    follow(view);
}

enum effect scorecard_view_sort(struct view *base)
{
    struct scorecard_view *view = self(base);
    enum score_column column = score_table_column(&view->table, scorecard_cell(view));
    view->reversed = column == view->sort && !view->reversed;
    view->sort = column;
    view->window.selected = view->window.top = 0;
    if (view->card != NULL) {
        put_in_order(view);
        follow(view);
    }
    return EFFECT_DRAW;
}

/* --- moving ---------------------------------------------------------------------------------- */

static enum effect move_rows(struct scorecard_view *view, int by)
{
    if (view->card == NULL || !table_move(&view->window, by))
        return EFFECT_NONE;
    follow(view);
    return EFFECT_DRAW;
}

/* Past the last column: what stands beyond it. */
static enum effect scroll_on(struct scorecard_view *view)
{
    size_t beyond = score_table_beyond(&view->table);
    if (beyond == 0 || view->table.first + 1 >= view->table.chosen_count)
        return EFFECT_NONE;
    lay_out(view, view->table.first + 1);
    return EFFECT_DRAW;
}

/* Among the score and the columns chosen; those beyond the edge come into sight. */
static enum effect move_columns(struct scorecard_view *view, int by)
{
    size_t at = chosen_at(view), count = view->table.chosen_count;
    bool score = at == count;
    if (by < 0 ? score : !score && at + 1 == count)
        return by < 0 ? EFFECT_NONE : scroll_on(view);
    if (by < 0 && at == 0)
        view->column = SCORE_COLUMN_COUNT;
    else
        view->column = view->table.chosen[score ? 0 : by < 0 ? at - 1 : at + 1];
    scroll_columns(view);
    return EFFECT_DRAW;
}

enum effect scorecard_motion(struct view *base, enum motion motion)
{
    struct scorecard_view *view = self(base);
    int page = view->window.rows, all = (int)view->window.count;
    switch (motion) {
    case MOVE_UP:
        return move_rows(view, -1);
    case MOVE_DOWN:
        return move_rows(view, 1);
    case MOVE_PAGE_UP:
        return move_rows(view, 1 - page);
    case MOVE_PAGE_DOWN:
        return move_rows(view, page - 1);
    case MOVE_HALF_UP:
        return move_rows(view, -(page / 2));
    case MOVE_HALF_DOWN:
        return move_rows(view, page / 2);
    case MOVE_FIRST:
        return move_rows(view, -all);
    case MOVE_LAST:
        return move_rows(view, all);
    case MOVE_LEFT:
    case MOVE_PREVIOUS_SECTION:
        return move_columns(view, -1);
    case MOVE_RIGHT:
    case MOVE_NEXT_SECTION:
        return move_columns(view, 1);
    }
    return EFFECT_NONE;
}

/* --- mouse ----------------------------------------------------------------------------------- */

static void select_column_at(struct scorecard_view *view, int column)
{
    int at = view->area.column + LINE_PREFIX;
    for (size_t i = 0; i < view->table.count; i++) {
        int width = view->table.layout[i].width;
        bool can =
            i == SCORE_CELL_SCORE || score_table_column(&view->table, i) < SCORE_COLUMN_COUNT;
        if (can && width > 0 && column >= at && column < at + width)
            view->column = score_table_column(&view->table, i);
        at += width > 0 ? width + 1 : 0;
    }
}

enum effect scorecard_key(struct view *base, const struct key *key)
{
    struct scorecard_view *view = self(base);
    if (key->code != KEY_CODE_MOUSE)
        return EFFECT_NONE;
    if (key->button == 4 || key->button == 5)
        return move_rows(view, key->button == 4 ? -3 : 3);
    int row = key->row - view->area.row - ABOVE;
    if (view->card == NULL || row < 0 || row >= view->window.rows ||
        view->window.top + (size_t)row >= view->window.count)
        return EFFECT_NONE;
    view->window.selected = view->window.top + (size_t)row;
    select_column_at(view, key->column);
    follow(view);
    return EFFECT_DRAW;
}
