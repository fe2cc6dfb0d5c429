#include "views/measures.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "measures_parts.h"

#define KEEP_MS 3000     /* a draft is at most so old */
#define NOT_KEPT_MS 1000 /* where it could not be kept: again soon */

static struct measures *self(struct view *view)
{
    assert(view->ops == &measures_view_ops);
    return (struct measures *)view;
}

struct view *measures_from(struct view *view)
{
    return view && view->ops == &measures_view_ops ? view : NULL;
}

void measures_tell(struct measures *measures, enum role role, const char *format, ...)
{
    struct strbuf text = {0};
    va_list args;
    va_start(args, format);
    strbuf_vformat(&text, format, args);
    va_end(args);
    measures->ops->said(measures->context, role, strbuf_text(&text));
    strbuf_clear(&text);
}

void measures_notice(struct measures *measures, char *owned)
{
    free(measures->notice);
    measures->notice = owned;
    measures->unkept = false;
}

bool measures_is_edited(const struct measures *measures)
{
    return !measure_list_equal(&measures->base, &measures->mine);
}

/* --- reading --------------------------------------------------------------------------------- */

bool measures_read(struct measures *measures, struct task_detail **task, struct measure_list *list,
    struct error *err)
{
    if (!task_detail_read(measures->env->model, measures->task_id, task, err))
        return false;
    if (measure_list_read(measures->env->model, *task, list, err))
        return true;
    task_detail_free(*task);
    return false;
}

/* The measure of these words, else whatever stands in its place. */
static size_t find_again(const struct measures *measures, const char *text)
{
    for (size_t i = 0; text && i < measures->mine.count; i++)
        if (strcmp(measures->mine.row[i].value[MEASURE_TEXT], text) == 0)
            return i;
    size_t last = measures->mine.count ? measures->mine.count - 1 : 0;
    return measures->selected < last ? measures->selected : last;
}

void measures_put(struct measures *measures, struct measure_list *mine, struct measure_list *base)
{
    bool any = measures->selected < measures->mine.count;
    char *text =
        any ? alloc_string(measures->mine.row[measures->selected].value[MEASURE_TEXT]) : NULL;
    measure_list_clear(&measures->mine);
    measures->mine = *mine;
    *mine = (struct measure_list){0};
    if (base) { /* steps back lead to a list over another base */
        measure_list_clear(&measures->base);
        measures->base = *base;
        *base = (struct measure_list){0};
        measures_steps_clear(&measures->past);
        measures_steps_clear(&measures->future);
        measure_list_clear(&measures->kept);
    }
    measures->selected = find_again(measures, text);
    free(text);
    measures_place(measures);
}

static void take_task(struct measures *measures, struct task_detail *task)
{
    task_detail_free(measures->task);
    measures->task = task;
    measures->gone = false;
    measures->why = (struct error){0};
    work_possible(measures->env->model, task, workflow_find("edit"), &measures->why);
}

/* Nothing is edited: what there is now is shown. */
static void show(struct measures *measures, const struct measure_list *list)
{
    struct measure_list base, mine;
    measure_list_copy(&base, list);
    measure_list_copy(&mine, list);
    measures_notice(measures, NULL);
    measures_put(measures, &mine, &base);
    measures->since = measures->task->events.count ? measures->task->events.event[0].seq : 0;
}

/* Something is: nothing moves, a line tells. */
static void tell_others(struct measures *measures, const struct measure_list *list)
{
    char *who = measure_list_equal(list, &measures->base) ? NULL : measures_who(measures);
    measures_notice(measures, who ? alloc_format(_("%s; r takes it in, yours stays"), who) : NULL);
    free(who);
}

static bool measures_reload(struct view *view, const struct changes *changes, struct error *err)
{
    struct measures *measures = self(view);
    struct task_detail *task;
    struct measure_list list;
    bool mine = !changes || changes->all;
    for (size_t i = 0; !mine && i < changes->count; i++)
        mine = changes->tasks[i] == measures->task_id;
    if (!mine)
        return true;
    if (!measures_read(measures, &task, &list, err)) {
        if (err->code != ERROR_NOT_FOUND)
            return false;
        *err = (struct error){0};
        measures->gone = true;
        return true;
    }
    take_task(measures, task);
    if (measures_is_edited(measures) || measures->box.form)
        tell_others(measures, &list);
    else
        show(measures, &list);
    measure_list_clear(&list);
    return true;
}

/* --- keys ------------------------------------------------------------------------------------ */

static enum effect select_row(struct measures *measures, size_t row)
{
    size_t before = measures->selected, last = measures->mine.count ? measures->mine.count - 1 : 0;
    measures->selected = row < last ? row : last;
    measures_place(measures);
    return measures->selected == before ? EFFECT_NONE : EFFECT_DRAW;
}

static enum effect select_by(struct measures *measures, size_t by, bool up)
{
    size_t at = measures->selected;
    return select_row(measures, up ? (at > by ? at - by : 0) : at + by);
}

static enum effect measures_motion(struct view *view, enum motion motion)
{
    struct measures *measures = self(view);
    size_t page = measures_page(measures), half = page > 1 ? page / 2 : 1;
    switch (motion) {
    case MOVE_UP:
    case MOVE_DOWN:
        return select_by(measures, 1, motion == MOVE_UP);
    case MOVE_PAGE_UP:
    case MOVE_PAGE_DOWN:
        return select_by(measures, page, motion == MOVE_PAGE_UP);
    case MOVE_HALF_UP:
    case MOVE_HALF_DOWN:
        return select_by(measures, half, motion == MOVE_HALF_UP);
    case MOVE_FIRST:
        return select_row(measures, 0);
    case MOVE_LAST:
        return select_row(measures, measures->mine.count);
    default:
        return EFFECT_NONE;
    }
}

/* The answer to the question before leaving; whatever is no answer leaves it standing. */
static enum effect answer(struct measures *measures, const struct key *key)
{
    char name[16];
    key_name(key, name);
    if (strcmp(name, "s") == 0 || strcmp(name, "C-s") == 0) {
        measures->asking = false;
        return measures_save(measures);
    }
    if (strcmp(name, "x") == 0) {
        measures_draft_drop(measures);
        measures_tell(measures, ROLE_WARNING, "%s", _("What you changed is dropped"));
        return EFFECT_BACK | EFFECT_DRAW;
    }
    if (strcmp(name, "Esc") == 0 || strcmp(name, "q") == 0)
        measures->asking = false;
    return EFFECT_DRAW;
}

static enum effect measures_key(struct view *view, const struct key *key)
{
    struct measures *measures = self(view);
    if (measures->box.form)
        return measures_box_key(measures, key);
    if (measures->asking)
        return answer(measures, key);
    if (key->code == KEY_CODE_MOUSE && (key->button == 4 || key->button == 5))
        return select_by(measures, 1, key->button == 4);
    return EFFECT_NONE;
}

enum effect measures_do(struct view *view, enum measures_verb verb)
{
    struct measures *measures = self(view);
    if (verb == MEASURES_TAKE)
        return measures_take(measures, _("Nobody else has changed the measures"));
    if (measures->why.code != ERROR_NONE) {
        measures_tell(measures, ROLE_WARNING, "%s", measures->why.text);
        return EFFECT_DRAW;
    }
    return verb == MEASURES_SAVE ? measures_save(measures) : measures_change(measures, verb);
}

enum effect measures_leave(struct view *view)
{
    struct measures *measures = self(view);
    if (!measures_is_edited(measures)) {
        measures_draft_drop(measures); /* all of it was taken back */
        return EFFECT_BACK | EFFECT_DRAW;
    }
    measures->asking = true;
    return EFFECT_DRAW;
}

/* --- keeping what is not saved --------------------------------------------------------------- */

static enum effect measures_tick(struct view *view, int *next_ms)
{
    struct measures *measures = self(view);
    struct error err = {0};
    bool kept = measures_draft_keep(measures, false, &err);
    *next_ms = kept ? KEEP_MS : NOT_KEPT_MS;
    if (kept != measures->unkept) /* as it was told last */
        return EFFECT_NONE;
    measures_notice(
        measures, kept ? NULL : alloc_format(_("Not kept as a draft yet: %s"), err.text));
    measures->unkept = !kept;
    return EFFECT_DRAW;
}

static bool measures_keep(struct view *view, struct error *err)
{
    return measures_draft_keep(self(view), true, err);
}

/* --- opening and closing --------------------------------------------------------------------- */

static void measures_resize(struct view *view, struct rect area)
{
    struct measures *measures = self(view);
    measures->area = area;
    measures_place(measures);
}

static void measures_close(struct view *view)
{
    struct measures *measures = self(view);
    measures_box_close(measures);
    measures_pending_clear(measures);
    measures_steps_clear(&measures->past);
    measures_steps_clear(&measures->future);
    measure_list_clear(&measures->base);
    measure_list_clear(&measures->mine);
    measure_list_clear(&measures->kept);
    task_detail_free(measures->task);
    free(measures->notice);
    free(measures);
}

const struct view_ops measures_view_ops = {
    .name = "measures",
    .title = N_("Measures"),
    .context = CONTEXT_MEASURES,
    .reload = measures_reload,
    .resize = measures_resize,
    .draw = measures_draw,
    .key = measures_key,
    .move = measures_motion,
    .tick = measures_tick,
    .keep = measures_keep,
    .close = measures_close,
};

bool measures_open(const struct view_env *env, const struct measures_ops *ops, void *context,
    int64_t task_id, struct view **out, struct error *err)
{
    struct measures *measures = alloc_zero(1, sizeof *measures);
    measures->view.ops = &measures_view_ops;
    measures->env = env;
    measures->ops = ops;
    measures->context = context;
    measures->task_id = task_id;
    measures->area = (struct rect){0, 0, 24, 80};
    struct task_detail *task;
    struct measure_list list;
    if (!measures_read(measures, &task, &list, err)) {
        measures_close(&measures->view);
        return false;
    }
    take_task(measures, task);
    show(measures, &list);
    measure_list_clear(&list);
    if (measures->why.code == ERROR_NONE)
        measures_draft_read(measures);
    *out = &measures->view;
    return true;
}
