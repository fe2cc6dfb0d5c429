#include "views/drafts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "frame.h"
#include "model/workflow.h"
#include "ui/table.h"
#include "views/note.h"

struct drafts {
    struct view view;
    const struct view_env *env;
    const struct drafts_ops *ops;
    void *context;
    struct draft *draft;
    size_t count;
    struct table_window window;
    struct error wrong;
};

static struct drafts *self(struct view *view)
{
    assert(view->ops == &drafts_view_ops);
    return (struct drafts *)view;
}

static void clear(struct drafts *drafts)
{
    for (size_t i = 0; i < drafts->count; i++)
        draft_clear(&drafts->draft[i]);
    free(drafts->draft);
    drafts->draft = NULL;
    drafts->count = 0;
}

static bool drafts_reload(struct view *view, const struct changes *changes, struct error *err)
{
    struct drafts *drafts = self(view);
    struct draft *draft = NULL;
    size_t count = 0;
    (void)changes;
    if (!draft_list(drafts->env->model, &draft, &count, err))
        return false;
    clear(drafts);
    drafts->draft = draft;
    drafts->count = drafts->window.count = count;
    if (drafts->window.selected >= count)
        drafts->window.selected = count > 0 ? count - 1 : 0;
    table_scroll(&drafts->window);
    return true;
}

static enum effect drop(struct drafts *drafts)
{
    const struct draft *draft = &drafts->draft[drafts->window.selected];
    drafts->wrong = (struct error){0};
    if (draft_drop(drafts->env->model, draft->context, draft->task_id, &drafts->wrong))
        drafts_reload(&drafts->view, NULL, &drafts->wrong);
    return EFFECT_DRAW;
}

static enum effect drafts_key(struct view *view, const struct key *key)
{
    struct drafts *drafts = self(view);
    char name[16];
    key_name(key, name);
    if (drafts->count == 0)
        return EFFECT_NONE;
    if (strcmp(name, "Enter") == 0)
        return drafts->ops->chosen(drafts->context, &drafts->draft[drafts->window.selected]);
    return strcmp(name, "x") == 0 ? drop(drafts) : EFFECT_NONE;
}

static enum effect drafts_move(struct view *view, enum motion motion)
{
    struct drafts *drafts = self(view);
    if (motion == MOVE_UP || motion == MOVE_DOWN)
        table_move(&drafts->window, motion == MOVE_UP ? -1 : 1);
    else if (motion == MOVE_FIRST || motion == MOVE_LAST)
        table_move(&drafts->window, motion == MOVE_FIRST ? -10000 : 10000);
    return EFFECT_DRAW;
}

static void drafts_resize(struct view *view, struct rect area)
{
    struct drafts *drafts = self(view);
    drafts->window.rows = area.rows > 6 ? area.rows - 5 : 1;
    table_scroll(&drafts->window);
}

static void draw_row(
    const struct drafts *drafts, size_t index, struct canvas *canvas, int row, struct rect area)
{
    const struct draft *draft = &drafts->draft[index];
    const struct transition *transition = workflow_find(draft->context);
    bool selected = index == drafts->window.selected;
    enum role role = selected ? ROLE_SELECTED : ROLE_NORMAL;
    struct date_time at = date_local(draft->at);
    int year, month, day;
    date_parts(at.date, &year, &month, &day);
    canvas_fill(canvas, (struct rect){row, area.column, 1, area.columns}, role, ' ');
    canvas_format(canvas, row, area.column + 1, 12, role, "%02d-%02d %02d:%02d", month, day,
        at.hour, at.minute);
    canvas_put(canvas, row, area.column + 14, 9, role, draft->ident);
    canvas_put(canvas, row, area.column + 24, area.columns - 25, role,
        transition != NULL                        ? _(transition->verb)
        : strcmp(draft->context, "measures") == 0 ? _("Measures")
        : strcmp(draft->context, NOTE_DRAFT) == 0 ? _("Handover note")
                                                  : _("New task"));
    if (selected)
        canvas_cursor(canvas, row, area.column, true);
}

static void drafts_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct drafts *drafts = self((struct view *)view);
    if (!frame_fits(canvas, area))
        return;
    struct frame_state state = {.officer = model_duty_officer(drafts->env->model)};
    int line = area.row + area.rows - 2;
    frame_header(drafts->env, &state, canvas, area);
    canvas_put(canvas, area.row + 1, area.column + 1, area.columns - 2, ROLE_TITLE,
        _("Drafts: begun and not saved"));
    if (drafts->count == 0)
        canvas_put(canvas, area.row + 3, area.column + 1, area.columns - 2, ROLE_DIM,
            _("There is none: all that you typed is saved or dropped."));
    for (int i = 0; i < drafts->window.rows; i++)
        if (drafts->window.top + (size_t)i < drafts->count)
            draw_row(drafts, drafts->window.top + (size_t)i, canvas, area.row + 3 + i, area);
    if (!frame_trouble(drafts->env, canvas, line, area) && drafts->wrong.code != ERROR_NONE)
        canvas_put(canvas, line, area.column + 1, area.columns - 2, ROLE_ERROR, drafts->wrong.text);
    frame_footer(drafts->env, CONTEXT_DRAFTS, _("Enter go on  x drop"), canvas, area);
}

static void drafts_close(struct view *view)
{
    struct drafts *drafts = self(view);
    clear(drafts);
    free(drafts);
}

const struct view_ops drafts_view_ops = {
    .name = "drafts",
    .title = N_("Drafts"),
    .context = CONTEXT_DRAFTS,
    .reload = drafts_reload,
    .resize = drafts_resize,
    .draw = drafts_draw,
    .key = drafts_key,
    .move = drafts_move,
    .close = drafts_close,
};

bool drafts_open(const struct view_env *env, const struct drafts_ops *ops, void *context,
    struct view **out, struct error *err)
{
    struct drafts *drafts = alloc_zero(1, sizeof *drafts);
    drafts->view.ops = &drafts_view_ops;
    drafts->env = env;
    drafts->ops = ops;
    drafts->context = context;
    if (!drafts_reload(&drafts->view, NULL, err)) {
        drafts_close(&drafts->view);
        return false;
    }
    *out = &drafts->view;
    return true;
}
