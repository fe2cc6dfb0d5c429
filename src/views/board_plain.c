/* The board as plain text: for a pipe, a mail, a screen reader. The same columns, counters and
 * lights. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "board_state.h"
#include "frame.h"

#define PAGE 64
#define WAIT_MS 1000 /* one wait; the list is waited for until it is whole */

static void add_heads(struct strbuf *out, const struct board *board)
{
    strbuf_add(out, "  ");
    for (size_t i = 0; i < board->layout_count; i++)
        table_add_cell(out, &board->layout[i], board->layout[i].head, true);
    table_end_line(out);
}

static void add_row(struct strbuf *out, const struct board *board, const struct column_env *env,
    struct task_row *row)
{
    struct strbuf text = {0};
    strbuf_format(out, "%c ", lights[task_light(row, env->today)].glyph);
    for (size_t i = 0; i < board->layout_count; i++) {
        if (!board->layout[i].width)
            continue;
        strbuf_cut(&text, 0);
        board_all_columns[board->layout_index[i]].text(env, row, &text);
        table_add_cell(out, &board->layout[i], strbuf_text(&text), true);
    }
    table_end_line(out);
    strbuf_clear(&text);
}

static bool add_rows(struct strbuf *out, struct board *board, struct error *err)
{
    struct column_env env = {board->env->model, model_today(board->env->model)};
    size_t count = task_list_count(board->list);
    for (size_t first = 0; first < count; first += PAGE) {
        struct task_row rows[PAGE] = {0};
        int64_t ids[PAGE];
        size_t n = count - first < PAGE ? count - first : PAGE;
        for (size_t i = 0; i < n; i++)
            ids[i] = task_list_id(board->list, first + i);
        if (!task_rows_read(board->env->model, ids, n, rows, err))
            return false;
        for (size_t i = 0; i < n; i++) {
            if (rows[i].id)
                add_row(out, board, &env, &rows[i]);
            task_row_clear(&rows[i]);
        }
    }
    return true;
}

static void add_title(struct strbuf *out, const struct board *board)
{
    strbuf_format(out, "%s ", _("duban"));
    frame_title(board->env, out);
    strbuf_add(out, "  ");
    frame_moment(board->env->model, out);
    if (board->officer && *board->officer)
        strbuf_format(out, _("  On duty %s"), board->officer);
    strbuf_add_char(out, '\n');
}

/* The saved views and how many each has, on as many lines as that takes. */
static void add_counters(struct strbuf *out, const struct board *board, int columns)
{
    struct strbuf counter = {0};
    int used = 0;
    for (size_t i = 0; i < board->env->settings->saved_count; i++) {
        int64_t count;
        strbuf_cut(&counter, 0);
        strbuf_add(&counter, board->env->settings->saved[i].name);
        if (counts_of(&board->counts, board->saved_queries[i], &count))
            strbuf_format(&counter, " %lld", (long long)count);
        int width = text_width(strbuf_text(&counter));
        if (used > 0 && used + width > columns) {
            table_end_line(out);
            used = 0;
        }
        strbuf_format(out, "%s  ", strbuf_text(&counter));
        used += width + 2;
    }
    table_end_line(out);
    strbuf_clear(&counter);
}

bool board_plain(const struct view_env *env, const char *filter, int columns, struct strbuf *out,
    struct error *err)
{
    struct view *view;
    if (!board_open(env, filter, 0, &view, err))
        return false;
    struct board *board = board_self(view);
    view->ops->resize(view, (struct rect){0, 0, PAGE, columns});
    while (!task_list_complete(board->list) && err->code == ERROR_NONE) {
        task_list_wait(board->list, (size_t)-1, WAIT_MS);
        task_list_take(board->list, err);
    }
    bool ok = err->code == ERROR_NONE;
    if (ok) {
        add_title(out, board);
        add_counters(out, board, columns);
        add_heads(out, board);
        ok = add_rows(out, board, err);
        strbuf_format(out, ngettext("%zu task\n", "%zu tasks\n", task_list_count(board->list)),
            task_list_count(board->list));
    }
    view->ops->close(view);
    return ok;
}
