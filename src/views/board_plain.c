/* The board as plain text: for a pipe, a mail, a screen reader. The same columns, counters and
 * lights. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "board_state.h"
#include "frame.h"
#include "model/desk.h"

#define PAGE 64
#define TITLE_LEAST 12 /* columns of a title, whatever else the line holds */
#define WAIT_MS 1000   /* one wait; the list is waited for until it is whole */

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

static void add_title(struct strbuf *out, const struct view_env *env, const char *officer)
{
    strbuf_format(out, "%s ", _("duban"));
    frame_title(env, out);
    strbuf_add(out, "  ");
    frame_moment(env->model, out);
    if (officer && *officer)
        strbuf_format(out, _("  On duty %s"), officer);
    strbuf_add_char(out, '\n');
}

/* The saved views and how many each has, on as many lines as that takes. */
static void add_counters(struct strbuf *out, const struct view_settings *settings,
    const struct counts *counts, struct query *const *queries, int columns)
{
    struct strbuf counter = {0};
    int used = 0;
    for (size_t i = 0; i < settings->saved_count; i++) {
        int64_t count;
        strbuf_cut(&counter, 0);
        strbuf_add(&counter, settings->saved[i].name);
        if (counts_of(counts, queries[i], &count))
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

bool board_plain_head(
    const struct view_env *env, int columns, struct strbuf *out, struct error *err)
{
    const struct view_settings *settings = env->settings;
    struct query **queries = alloc_zero(settings->saved_count + 1, sizeof *queries);
    struct query_error wrong;
    struct counts counts;
    bool good = counts_read(env->model, &counts, err);
    for (size_t i = 0; i < settings->saved_count; i++)
        if (!query_parse(settings->saved[i].filter, &queries[i], &wrong))
            queries[i] = NULL;
    if (good) {
        add_title(out, env, model_duty_officer(env->model));
        desk_person(env->model, out);
        if (model_as_of(env->model) == 0 && model_freshness(env->model)->state == FRESH_LIVE)
            strbuf_add(out, _(" live"));
        strbuf_add_char(out, '\n');
        add_counters(out, settings, &counts, queries, columns);
    }
    for (size_t i = 0; i < settings->saved_count; i++)
        query_free(queries[i]);
    free(queries);
    return good;
}

/* --- for the ear ----------------------------------------------------------------------------- */

void board_plain_days(struct strbuf *out, int days)
{
    if (days < 0)
        strbuf_format(out, ngettext("overdue %d day", "overdue %d days", (unsigned)-days), -days);
    else if (days == 0)
        strbuf_add(out, _("due today"));
    else
        strbuf_format(out, ngettext("in %d day", "in %d days", (unsigned)days), days);
}

/* What is most urgent of it. */
static void add_standing(struct strbuf *out, const struct task_row *row, const struct today *today)
{
    bool has;
    int days = task_days_left(row, today, &has);
    if (has)
        board_plain_days(out, days);
    else
        strbuf_add(out, row->state == STATE_CLOSED ? task_state_brief(row)
                                                   : _(deadline_kinds[row->deadline_kind].brief));
    if (task_is_unreported(row, today))
        strbuf_format(out, " %s", _(lights[LIGHT_UNREPORTED].label));
    if (row->state != STATE_CLOSED && (row->state != STATE_IN_PROGRESS || row->returned))
        strbuf_format(out, " %s", task_state_brief(row));
}

/* Cut where the line would not hold it; `columns` 0: never. */
static void add_title_text(struct strbuf *out, const char *title, int columns)
{
    if (columns > 0 && text_width(title) > columns)
        text_pad(
            out, title, columns > TITLE_LEAST ? columns : TITLE_LEAST, !language_has_chinese());
    else
        strbuf_add(out, title);
}

void board_plain_task(
    struct model *model, size_t number, const struct task_row *row, int columns, struct strbuf *out)
{
    static const char *const last[] = {"region", "lead"};
    struct column_env env = {model, model_today(model)};
    struct strbuf before = {0}, after = {0}, cell = {0};
    struct error err = {0};
    strbuf_format(&before, "%zu ", number);
    if (row->id == 0)
        strbuf_add(&before, _("is no longer there"));
    else
        add_standing(&before, row, env.today);
    for (size_t i = 0; row->id != 0 && i < sizeof last / sizeof *last; i++) {
        strbuf_cut(&cell, 0);
        board_column_find(last[i], &err)->text(&env, row, &cell);
        strbuf_format(&after, "%s%s", cell.length > 0 ? " " : "", strbuf_text(&cell));
    }
    strbuf_add(out, strbuf_text(&before));
    if (row->id != 0) {
        int used = text_width(strbuf_text(&before)) + text_width(strbuf_text(&after)) +
                   text_width(row->ident) + 3;
        strbuf_format(out, " %s ", row->ident);
        add_title_text(out, row->title, columns > 0 ? columns - used : 0);
        strbuf_add(out, strbuf_text(&after));
    }
    strbuf_add_char(out, '\n');
    strbuf_clear(&before);
    strbuf_clear(&after);
    strbuf_clear(&cell);
}

/* --- the board ------------------------------------------------------------------------------- */

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
        add_title(out, env, board->officer);
        add_counters(out, env->settings, &board->counts, board->saved_queries, columns);
        add_heads(out, board);
        ok = add_rows(out, board, err);
        strbuf_format(out, ngettext("%zu task\n", "%zu tasks\n", task_list_count(board->list)),
            task_list_count(board->list));
    }
    view->ops->close(view);
    return ok;
}
