/* The board's life: opening, reading, following what changes. */
#include "views/board.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "board_state.h"

#define FIRST_PAINT_WAIT_MS 40 /* a list that is slower than this is painted while it comes */
#define LOWEST_ROWS 1
#define TITLE_WANTED 40 /* columns the title gets before others grow beyond their least */

struct board *board_self(struct view *view)
{
    assert(view->ops == &board_view_ops);
    return (struct board *)view;
}

const struct board *board_self_const(const struct view *view)
{
    assert(view->ops == &board_view_ops);
    return (const struct board *)view;
}

struct view *board_from(struct view *view)
{
    return view && view->ops == &board_view_ops ? view : NULL;
}

/* --- sizes --------------------------------------------------------------------------------- */

int board_list_columns(const struct board *board)
{
    return board->pane_columns ? board->area.columns - board->pane_columns - 1
                               : board->area.columns;
}

int board_table_rows(const struct board *board)
{
    int frame = board->env->settings->ticker ? 5 : 4;
    int rows = board->area.rows - frame;
    return rows < LOWEST_ROWS ? LOWEST_ROWS : rows;
}

void board_lay_out(struct board *board)
{
    int split = board->env->settings->split_columns;
    board->pane_columns = split && board->area.columns >= split ? board->area.columns * 2 / 5 : 0;
    board->layout_count = 0;
    for (size_t i = 0; i < board->column_count; i++) {
        if (i > 0 && i <= board->column_skip)
            continue;
        const struct board_column *column = &board_all_columns[board->columns[i]];
        board->layout_index[board->layout_count] = board->columns[i];
        int least = column->widest ? column->widest() : column->least;
        board->layout[board->layout_count++] = (struct table_column){
            .head = _(column->head),
            .least = least,
            .most = column->most && column->most < least ? least : column->most,
            .wanted = TITLE_WANTED,
            .drop = column->drop,
            .align = column->right ? ALIGN_RIGHT : ALIGN_LEFT,
        };
    }
    /* three columns before the first: selection, light, mark; one after the last */
    table_layout(board->layout, board->layout_count, board_list_columns(board) - 4);
    board->window.rows = board_table_rows(board);
}

/* --- reading ------------------------------------------------------------------------------- */

static void free_rows(struct board *board)
{
    for (size_t i = 0; i < board->row_count; i++)
        task_row_clear(&board->rows[i]);
    board->row_count = 0;
}

static size_t rows_wanted(const struct board *board)
{
    size_t count = board->list ? task_list_count(board->list) : 0;
    size_t left = count > board->window.top ? count - board->window.top : 0;
    size_t rows = (size_t)board->window.rows;
    return left < rows ? left : rows;
}

/* Keeps rows already read that are still in the window, so that a step reads one row. */
bool board_read_rows(struct board *board)
{
    size_t wanted = rows_wanted(board);
    struct task_row *rows = alloc_zero(wanted + 1, sizeof *rows);
    int64_t *missing = alloc_zero(wanted + 1, sizeof *missing);
    size_t *places = alloc_zero(wanted + 1, sizeof *places), missing_count = 0;
    for (size_t i = 0; i < wanted; i++) {
        int64_t id = task_list_id(board->list, board->window.top + i);
        struct task_row *have = NULL;
        for (size_t k = 0; k < board->row_count && !have; k++)
            if (board->rows[k].id == id)
                have = &board->rows[k];
        if (have) {
            rows[i] = *have;
            *have = (struct task_row){0};
        } else {
            places[missing_count] = i;
            missing[missing_count++] = id;
        }
    }
    struct task_row *read = alloc_zero(missing_count + 1, sizeof *read);
    struct error err = {0};
    bool ok =
        !missing_count || task_rows_read(board->env->model, missing, missing_count, read, &err);
    if (ok)
        for (size_t i = 0; i < missing_count; i++)
            rows[places[i]] = read[i];
    else
        model_report_failure(board->env->model, &err);
    free_rows(board);
    free(board->rows);
    board->rows = rows;
    board->row_count = wanted;
    board->row_top = board->window.top;
    free(read);
    free(places);
    free(missing);
    return ok;
}

/* The selection is a task: find where it stands now. When it is gone the one in its place follows.
 */
void board_place(struct board *board)
{
    struct table_window *window = &board->window;
    size_t before = window->selected, index;
    window->count = board->list ? task_list_count(board->list) : 0;
    if (board->selected && board->list && task_list_find(board->list, board->selected, &index)) {
        /* the row stays where the eye is: the window moves with it */
        if (index > before)
            window->top += index - before;
        else
            window->top -= before - index < window->top ? before - index : window->top;
        window->selected = index;
    } else if (task_list_complete(board->list) || !board->selected) {
        if (window->selected >= window->count)
            window->selected = window->count ? window->count - 1 : 0;
        board->selected = window->count ? task_list_id(board->list, window->selected) : 0;
    }
    table_scroll(window);
    board_read_rows(board);
    board_pane_read(board);
}

static bool take_ids(struct board *board, struct error *err)
{
    bool changed = task_list_take(board->list, err);
    board->loading = !task_list_complete(board->list);
    return changed;
}

bool board_open_list(struct board *board, struct error *err)
{
    struct query_error wrong = {0};
    struct task_list *list;
    if (!task_list_open(board->env->model, board->query, &board->sort, &list, &wrong))
        return query_error_show(board->filter, &wrong, err);
    task_list_close(board->list);
    board->list = list;
    task_list_wait(list, (size_t)board->window.rows, FIRST_PAINT_WAIT_MS);
    take_ids(board, err);
    return true;
}

static bool read_ticker(struct board *board, const struct changes *changes, struct error *err)
{
    if (!board->env->settings->ticker)
        return true;
    if (changes && !changes->all)
        return history_follow(board->env->model, BOARD_TICKER_MOST, &board->ticker, err);
    struct events events = {0};
    if (!history_latest(board->env->model, 0, BOARD_TICKER_MOST, &events, err))
        return false;
    events_clear(&board->ticker);
    board->ticker = events;
    return true;
}

static void read_officer(struct board *board)
{
    free(board->officer);
    board->officer = alloc_string(model_duty_officer(board->env->model));
}

static void mark_changed(struct board *board, const struct changes *changes)
{
    moment_t until = date_now() + 1000 * (moment_t)board->env->settings->changed_seconds;
    for (size_t i = 0; i < changes->count; i++) {
        size_t at = 0;
        while (at < board->changed_count && board->changed[at].id != changes->tasks[i])
            at++;
        if (at == BOARD_CHANGED_MOST)
            at = 0; /* more than are ever on the screen: the oldest goes */
        if (at == board->changed_count)
            board->changed_count++;
        board->changed[at] = (struct board_changed){changes->tasks[i], until};
    }
}

/* A changed task's row is read again; the others stay. */
static void forget_rows(struct board *board, const struct changes *changes)
{
    for (size_t k = 0; k < board->row_count; k++)
        for (size_t i = 0; !changes || i < changes->count; i++) {
            if (changes && board->rows[k].id != changes->tasks[i])
                continue;
            task_row_clear(&board->rows[k]);
            board->rows[k] = (struct task_row){0};
            break;
        }
}

static bool reload_list(struct board *board, const struct changes *changes, struct error *err)
{
    if (!board->list)
        return board_open_list(board, err);
    if (changes && !changes->all)
        return task_list_update(board->list, changes, err);
    if (!task_list_reread(board->list, err))
        return false;
    task_list_wait(board->list, (size_t)board->window.rows, FIRST_PAINT_WAIT_MS);
    take_ids(board, err);
    return true;
}

static bool board_reload(struct view *view, const struct changes *changes, struct error *err)
{
    struct board *board = board_self(view);
    if (board->paused && changes && !changes->freshness) {
        board->behind = true;
        return true;
    }
    if (!counts_read(board->env->model, &board->counts, err) || !read_ticker(board, changes, err) ||
        !reload_list(board, changes, err))
        return false;
    read_officer(board);
    if (changes && !changes->all)
        mark_changed(board, changes);
    forget_rows(board, changes && !changes->all ? changes : NULL);
    board->loading = !task_list_complete(board->list);
    board->pane_task = 0;
    board->behind = false;
    board_place(board);
    return true;
}

/* --- life ---------------------------------------------------------------------------------- */

static void board_resize(struct view *view, struct rect area)
{
    struct board *board = board_self(view);
    board->area = area;
    board->pane_task = 0;
    board_lay_out(board);
    if (board->list)
        board_place(board);
}

static int board_fd(const struct view *view)
{
    const struct board *board = board_self_const(view);
    return board->list ? task_list_fd(board->list) : -1;
}

static enum effect board_ready(struct view *view, struct error *err)
{
    struct board *board = board_self(view);
    size_t before = task_list_count(board->list);
    if (!take_ids(board, err) && board->loading)
        return EFFECT_NONE;
    board_place(board);
    bool seen = board->row_count < (size_t)board->window.rows || !board->loading;
    return seen || before < (size_t)board->window.rows ? EFFECT_DRAW : EFFECT_NONE;
}

/* The minute on the clock, the beat beside it, and marks of change that have had their time. */
static enum effect board_tick(struct view *view, int *next_ms)
{
    struct board *board = board_self(view);
    moment_t now = date_now(), next = now - now % 30000 + 30000;
    size_t kept = 0, had = board->changed_count;
    for (size_t i = 0; i < board->changed_count; i++) {
        if (board->changed[i].until <= now)
            continue;
        board->changed[kept++] = board->changed[i];
        if (board->changed[i].until < next)
            next = board->changed[i].until;
    }
    board->changed_count = kept;
    *next_ms = (int)(next - now) + 1;
    if (strcmp(board->officer ? board->officer : "", model_duty_officer(board->env->model)) != 0)
        read_officer(board);
    (void)had;
    return EFFECT_DRAW;
}

static void board_close(struct view *view)
{
    struct board *board = board_self(view);
    for (size_t i = 0; board->saved_queries && i < board->env->settings->saved_count; i++)
        query_free(board->saved_queries[i]);
    free(board->saved_queries);
    task_list_close(board->list);
    query_free(board->query);
    free(board->base);
    free(board->title);
    free(board->filter);
    free(board->aside.filter);
    free(board->aside.now);
    free_rows(board);
    free(board->rows);
    free(board->marks);
    events_clear(&board->ticker);
    free(board->officer);
    free(board->find);
    detail_page_free(board->pane);
    free(board);
}

const struct view_ops board_view_ops = {
    .name = "board",
    .title = N_("Board"),
    .context = CONTEXT_BOARD,
    .reload = board_reload,
    .resize = board_resize,
    .draw = board_draw,
    .key = board_key,
    .move = board_motion,
    .fd = board_fd,
    .ready = board_ready,
    .tick = board_tick,
    .selected = board_selected,
    .next = board_next,
    .filter = board_filter,
    .set_filter = board_set_filter,
    .try_filter = board_try_filter,
    .clear = board_clear,
    .close = board_close,
};

static bool parse_saved(struct board *board, struct error *err)
{
    const struct view_settings *settings = board->env->settings;
    board->saved_queries = alloc_zero(settings->saved_count + 1, sizeof *board->saved_queries);
    for (size_t i = 0; i < settings->saved_count; i++) {
        struct query_error wrong = {0};
        if (query_parse(settings->saved[i].filter, &board->saved_queries[i], &wrong))
            continue;
        query_error_show(settings->saved[i].filter, &wrong, err);
        return error_prefix(err, _("saved view %d"), settings->saved[i].key);
    }
    return true;
}

static struct board *board_new(const struct view_env *env)
{
    struct board *board = alloc_zero(1, sizeof *board);
    board->view.ops = &board_view_ops;
    board->env = env;
    board->area = (struct rect){0, 0, 24, 80};
    return board;
}

/* With `filter`, or where that is NULL with a saved view. The board goes when it fails. */
static bool start(
    struct board *board, const char *filter, int key, struct view **out, struct error *err)
{
    struct view *view = &board->view;
    const struct view_settings *settings = board->env->settings;
    bool ok = parse_saved(board, err) && counts_read(board->env->model, &board->counts, err) &&
              read_ticker(board, NULL, err);
    if (ok)
        read_officer(board);
    if (ok && filter) {
        board_set_columns(view, settings->columns, err);
        if (err->code == ERROR_NONE)
            board_set_filter(view, filter, err);
    } else if (ok) {
        int first = settings->saved_count ? settings->saved[0].key : 0;
        board_show_saved(view, key ? key : first, err);
    }
    ok = ok && err->code == ERROR_NONE;
    if (ok)
        *out = view;
    else
        board_close(view);
    return ok;
}

bool board_open(
    const struct view_env *env, const char *filter, int key, struct view **out, struct error *err)
{
    return start(board_new(env), filter, key, out, err);
}

bool board_open_tasks(const struct view_env *env, const char *base, const char *title,
    struct view **out, struct error *err)
{
    struct board *board = board_new(env);
    board->base = alloc_string(base);
    board->title = alloc_string(title);
    return start(board, "", 0, out, err);
}
