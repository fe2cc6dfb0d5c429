#include "views/menu.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "frame.h"
#include "ui/table.h"

#define ROWS_MOST 32

struct menu_row {
    const struct transition *transition;
    size_t possible;  /* for how many of the tasks */
    struct error why; /* why not for the first it is not possible for */
};
struct menu {
    struct view view;
    const struct view_env *env;
    const struct menu_ops *ops;
    void *context;
    int64_t *ids;
    size_t count;
    char *title;
    struct menu_row row[ROWS_MOST];
    size_t rows;
    struct table_window window;
    int verb_columns;
};

static struct menu *self(struct view *view)
{
    assert(view->ops == &menu_view_ops);
    return (struct menu *)view;
}

/* --- what can be done ------------------------------------------------------------------------ */

static void ask_task(struct menu *menu, const struct task_detail *task)
{
    for (size_t i = 0; i < menu->rows; i++) {
        struct error why = {0};
        if (work_possible(menu->env->model, task, menu->row[i].transition, &why))
            menu->row[i].possible++;
        else if (menu->row[i].why.code == ERROR_NONE)
            menu->row[i].why = why;
    }
}

/* Possible ones first, last those that are not this person's; all in the order of a task's life. */
static int rank(const struct menu_row *row)
{
    return row->possible > 0 ? 0 : row->why.code != ERROR_PERMISSION ? 1 : 2;
}

static void order_rows(struct menu *menu)
{
    struct menu_row sorted[ROWS_MOST];
    size_t count = 0;
    for (int at = 0; at <= 2; at++)
        for (size_t i = 0; i < menu->rows; i++)
            if (rank(&menu->row[i]) == at)
                sorted[count++] = menu->row[i];
    memcpy(menu->row, sorted, count * sizeof *sorted);
}

static bool read_rows(struct menu *menu, struct error *err)
{
    bool good = true;
    assert(workflow_count <= ROWS_MOST);
    menu->rows = workflow_count;
    for (size_t i = 0; i < workflow_count; i++)
        menu->row[i] = (struct menu_row){.transition = &workflow[i]};
    for (size_t i = 0; good && i < menu->count; i++) {
        struct task_detail *task = NULL;
        good = task_facts_read(menu->env->model, menu->ids[i], &task, err);
        if (!good && err->code == ERROR_NOT_FOUND &&
            menu->count > 1) { /* one of the marked is gone */
            *err = (struct error){0};
            good = true;
            continue;
        }
        if (good)
            ask_task(menu, task);
        if (good && menu->count == 1) {
            free(menu->title);
            menu->title = alloc_format(
                "%s  %s  %s", task->row.ident, task_state_brief(&task->row), task->row.title);
        }
        task_detail_free(task);
    }
    order_rows(menu);
    return good;
}

/* The choice stays on its action while others change the task. */
static bool menu_reload(struct view *view, const struct changes *changes, struct error *err)
{
    struct menu *menu = self(view);
    const struct transition *chosen = menu->row[menu->window.selected].transition;
    (void)changes;
    if (!read_rows(menu, err))
        return false;
    for (size_t i = 0; i < menu->rows; i++)
        if (menu->row[i].transition == chosen)
            menu->window.selected = i;
    table_scroll(&menu->window);
    return true;
}

/* --- keys ------------------------------------------------------------------------------------ */

static enum effect choose(struct menu *menu, size_t index)
{
    if (index >= menu->rows)
        return EFFECT_DRAW;
    menu->window.selected = index;
    table_scroll(&menu->window);
    if (menu->row[index].possible == 0)
        return EFFECT_DRAW; /* its sentence stands below */
    return menu->ops->chosen(menu->context, menu->row[index].transition, menu->ids, menu->count);
}

static enum effect menu_key(struct view *view, const struct key *key)
{
    struct menu *menu = self(view);
    char name[16];
    key_name(key, name);
    if (strcmp(name, "Enter") == 0)
        return choose(menu, menu->window.selected);
    if (name[0] >= '1' && name[0] <= '9' && name[1] == '\0')
        return choose(menu, (size_t)(name[0] - '1'));
    return EFFECT_NONE;
}

static enum effect menu_move(struct view *view, enum motion motion)
{
    struct menu *menu = self(view);
    int page = menu->window.rows > 1 ? menu->window.rows - 1 : 1;
    static const int by[] = {
        [MOVE_UP] = -1, [MOVE_DOWN] = 1, [MOVE_FIRST] = -1000, [MOVE_LAST] = 1000};
    if (motion == MOVE_PAGE_UP || motion == MOVE_HALF_UP)
        table_move(&menu->window, -page);
    else if (motion == MOVE_PAGE_DOWN || motion == MOVE_HALF_DOWN)
        table_move(&menu->window, page);
    else if (motion == MOVE_UP || motion == MOVE_DOWN || motion == MOVE_FIRST ||
             motion == MOVE_LAST)
        table_move(&menu->window, by[motion]);
    return EFFECT_DRAW;
}

/* --- the picture ----------------------------------------------------------------------------- */

static void menu_resize(struct view *view, struct rect area)
{
    struct menu *menu = self(view);
    menu->window.rows = area.rows > 6 ? area.rows - 5 : 1;
    menu->window.count = menu->rows;
    menu->verb_columns = 0;
    for (size_t i = 0; i < menu->rows; i++) {
        int width = text_width(_(menu->row[i].transition->verb));
        menu->verb_columns = width > menu->verb_columns ? width : menu->verb_columns;
    }
    table_scroll(&menu->window);
}

static void draw_row(
    const struct menu *menu, size_t index, struct canvas *canvas, int row, struct rect area)
{
    const struct menu_row *item = &menu->row[index];
    bool selected = index == menu->window.selected, possible = item->possible > 0;
    enum role role = selected ? ROLE_SELECTED : possible ? ROLE_NORMAL : ROLE_DIM;
    int at = area.column + 4 + menu->verb_columns + 2, end = area.column + area.columns - 1;
    canvas_fill(canvas, (struct rect){row, area.column, 1, area.columns}, role, ' ');
    if (selected)
        canvas_put(canvas, row, area.column, 1, role, canvas_glyph(canvas, GLYPH_CURSOR));
    if (possible && index < 9)
        canvas_format(
            canvas, row, area.column + 2, 1, selected ? role : ROLE_KEY, "%zu", index + 1);
    canvas_put(canvas, row, area.column + 4, menu->verb_columns, role, _(item->transition->verb));
    if (menu->count > 1 && possible) {
        canvas_format(canvas, row, at, 9, role, "%zu/%zu", item->possible, menu->count);
        at += 9;
    }
    if (at < end)
        canvas_put(canvas, row, at, end - at, selected ? role : ROLE_DIM,
            possible ? _(item->transition->help) : item->why.text);
    if (selected)
        canvas_cursor(canvas, row, area.column, true);
}

static void menu_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct menu *menu = self((struct view *)view);
    if (!frame_fits(canvas, area))
        return;
    struct frame_state state = {.officer = model_duty_officer(menu->env->model)};
    const struct menu_row *selected = &menu->row[menu->window.selected];
    frame_header(menu->env, &state, canvas, area);
    canvas_put(canvas, area.row + 1, area.column + 1, area.columns - 2, ROLE_TITLE, menu->title);
    for (int i = 0; i < menu->window.rows; i++)
        if (menu->window.top + (size_t)i < menu->rows)
            draw_row(menu, menu->window.top + (size_t)i, canvas, area.row + 3 + i, area);
    int line = area.row + area.rows - 2;
    if (!frame_trouble(menu->env, canvas, line, area) && selected->possible == 0)
        canvas_put(
            canvas, line, area.column + 1, area.columns - 2, ROLE_WARNING, selected->why.text);
    frame_footer(menu->env, CONTEXT_MENU, _("1-9 Enter choose"), canvas, area);
}

static void menu_close(struct view *view)
{
    struct menu *menu = self(view);
    free(menu->ids);
    free(menu->title);
    free(menu);
}

const struct view_ops menu_view_ops = {
    .name = "menu",
    .title = N_("Menu"),
    .context = CONTEXT_MENU,
    .reload = menu_reload,
    .resize = menu_resize,
    .draw = menu_draw,
    .key = menu_key,
    .move = menu_move,
    .close = menu_close,
};

bool menu_open(const struct view_env *env, const struct menu_ops *ops, void *context,
    const int64_t *ids, size_t count, struct view **out, struct error *err)
{
    struct menu *menu = alloc_zero(1, sizeof *menu);
    menu->view.ops = &menu_view_ops;
    menu->env = env;
    menu->ops = ops;
    menu->context = context;
    menu->ids = alloc_zero(count + 1, sizeof *menu->ids);
    memcpy(menu->ids, ids, count * sizeof *ids);
    menu->count = count;
    menu->title = alloc_format(ngettext("%zu task", "%zu marked tasks", count), count);
    if (!read_rows(menu, err)) {
        menu_close(&menu->view);
        return false;
    }
    *out = &menu->view;
    return true;
}
