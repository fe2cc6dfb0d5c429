/* The detail as a screen: the page, its place in it, and the way to the next task of the list. */
#include "views/detail.h"

#include <assert.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "frame.h"
#include "model/task_detail.h"

#define MARGIN 1

struct detail_view {
    struct view view;
    const struct view_env *env;
    struct view *list; /* gives next and previous; NULL: none */
    struct rect area;
    struct task_detail *detail;
    struct detail_page *page;
    size_t first; /* line at the top */
    bool gone;    /* the task is no longer there: the page is its last picture */
};

static struct detail_view *self(struct view *view)
{
    assert(view->ops == &detail_view_ops);
    return (struct detail_view *)view;
}

struct view *detail_from(struct view *view)
{
    return view && view->ops == &detail_view_ops ? view : NULL;
}

int64_t detail_task(const struct view *view)
{
    return self((struct view *)view)->detail->row.id;
}

static int page_rows(const struct detail_view *detail)
{
    return detail->area.rows - 3; /* header, trouble or place, footer */
}

static void lay_out(struct detail_view *detail)
{
    detail_page_free(detail->page);
    detail->page =
        detail_page_new(detail->env->model, detail->detail, detail->area.columns - 2 * MARGIN);
}

static size_t last_first(const struct detail_view *detail)
{
    size_t lines = detail_page_lines(detail->page), rows = (size_t)page_rows(detail);
    return lines > rows ? lines - rows : 0;
}

static enum effect scroll_to(struct detail_view *detail, size_t line)
{
    size_t most = last_first(detail), before = detail->first;
    detail->first = line < most ? line : most;
    return detail->first == before ? EFFECT_NONE : EFFECT_DRAW;
}

static bool read_task(struct detail_view *detail, int64_t id, struct error *err)
{
    struct task_detail *read;
    if (!task_detail_read(detail->env->model, id, &read, err))
        return false;
    task_detail_free(detail->detail);
    detail->detail = read;
    detail->gone = false;
    lay_out(detail);
    return true;
}

static bool detail_reload(struct view *view, const struct changes *changes, struct error *err)
{
    struct detail_view *detail = self(view);
    bool mine = !changes || changes->all;
    for (size_t i = 0; !mine && i < changes->count; i++)
        mine = changes->tasks[i] == detail->detail->row.id;
    if (!mine)
        return true;
    if (read_task(detail, detail->detail->row.id, err)) {
        scroll_to(detail, detail->first);
        return true;
    }
    if (err->code != ERROR_NOT_FOUND)
        return false;
    *err = (struct error){0};
    detail->gone = true;
    return true;
}

static void detail_resize(struct view *view, struct rect area)
{
    struct detail_view *detail = self(view);
    detail->area = area;
    lay_out(detail);
    scroll_to(detail, detail->first);
}

static size_t section_at(const struct detail_view *detail)
{
    size_t section = 0;
    while (section + 1 < detail_page_sections(detail->page) &&
           detail_page_section_line(detail->page, section + 1) <= detail->first)
        section++;
    return section;
}

static enum effect to_section(struct detail_view *detail, int by)
{
    size_t now = section_at(detail);
    bool inside = detail->first > detail_page_section_line(detail->page, now);
    if (by < 0)
        return scroll_to(
            detail, detail_page_section_line(detail->page, inside || !now ? now : now - 1));
    return scroll_to(detail, detail_page_section_line(detail->page, now + 1));
}

static enum effect detail_motion(struct view *view, enum motion motion)
{
    struct detail_view *detail = self(view);
    size_t rows = (size_t)page_rows(detail), first = detail->first, step = rows > 1 ? rows - 1 : 1;
    switch (motion) {
    case MOVE_UP:
        return scroll_to(detail, first ? first - 1 : 0);
    case MOVE_DOWN:
        return scroll_to(detail, first + 1);
    case MOVE_PAGE_UP:
        return scroll_to(detail, first > step ? first - step : 0);
    case MOVE_PAGE_DOWN:
        return scroll_to(detail, first + step);
    case MOVE_HALF_UP:
        return scroll_to(detail, first > rows / 2 ? first - rows / 2 : 0);
    case MOVE_HALF_DOWN:
        return scroll_to(detail, first + rows / 2);
    case MOVE_FIRST:
        return scroll_to(detail, 0);
    case MOVE_LAST:
        return scroll_to(detail, detail_page_lines(detail->page));
    case MOVE_LEFT:
    case MOVE_PREVIOUS_SECTION:
        return to_section(detail, -1);
    case MOVE_RIGHT:
    case MOVE_NEXT_SECTION:
        return to_section(detail, 1);
    }
    return EFFECT_NONE;
}

enum effect detail_step(struct view *view, int by, struct error *err)
{
    struct detail_view *detail = self(view);
    int64_t id;
    if (!detail->list || !detail->list->ops->next(detail->list, by, &id)) {
        error_set(err, ERROR_NOT_FOUND,
            by > 0 ? _("this is the last task of the list")
                   : _("this is the first task of the list"));
        return EFFECT_NONE;
    }
    if (read_task(detail, id, err))
        detail->first = 0;
    return EFFECT_DRAW;
}

static enum effect detail_key(struct view *view, const struct key *key)
{
    if (key->code != KEY_CODE_MOUSE || (key->button != 4 && key->button != 5))
        return EFFECT_NONE;
    return detail_motion(view, key->button == 4 ? MOVE_UP : MOVE_DOWN);
}

char *detail_copy_text(const struct view *view)
{
    struct strbuf out = {0};
    detail_page_text(self((struct view *)view)->page, &out);
    return strbuf_take(&out);
}

static void detail_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct detail_view *detail = self((struct view *)view);
    if (!frame_fits(canvas, area))
        return;
    struct strbuf place = {0};
    int rows = page_rows(detail);
    detail_page_draw(detail->page, detail->first, canvas,
        (struct rect){area.row + 1, area.column + MARGIN, rows, area.columns - 2 * MARGIN});
    if (detail->gone || model_freshness(detail->env->model)->state == FRESH_STALE)
        canvas_dim(canvas, (struct rect){area.row + 1, area.column, rows, area.columns});
    struct frame_state state = {.officer = model_duty_officer(detail->env->model)};
    frame_header(detail->env, &state, canvas, area);
    int line = area.row + area.rows - 2;
    if (!frame_trouble(detail->env, canvas, line, area) && detail->gone)
        canvas_put(canvas, line, area.column + 1, area.columns - 2, ROLE_WARNING,
            _("This task is no longer in the database; this is its last picture."));
    frame_place(&place, detail->first, (size_t)rows, detail_page_lines(detail->page));
    frame_footer(detail->env, CONTEXT_DETAIL, strbuf_text(&place), canvas, area);
    canvas_cursor(canvas, area.row + 1, area.column, true);
    strbuf_clear(&place);
}

static void detail_close(struct view *view)
{
    struct detail_view *detail = self(view);
    detail_page_free(detail->page);
    task_detail_free(detail->detail);
    free(detail);
}

const struct view_ops detail_view_ops = {
    .name = "detail",
    .title = N_("Task"),
    .context = CONTEXT_DETAIL,
    .reload = detail_reload,
    .resize = detail_resize,
    .draw = detail_draw,
    .key = detail_key,
    .move = detail_motion,
    .selected = detail_task,
    .close = detail_close,
};

bool detail_open(const struct view_env *env, struct view *list, int64_t task_id, struct view **out,
    struct error *err)
{
    struct detail_view *detail = alloc_zero(1, sizeof *detail);
    detail->view.ops = &detail_view_ops;
    detail->env = env;
    detail->list = list;
    detail->area = (struct rect){0, 0, 24, 80};
    if (!read_task(detail, task_id, err)) {
        free(detail);
        return false;
    }
    *out = &detail->view;
    return true;
}
