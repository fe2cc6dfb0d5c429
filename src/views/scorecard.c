/* The life of the scorecard: whose, the reading of it, and what a change changed. */
#include "views/scorecard.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/task_list.h"
#include "scorecard_state.h"

static struct scorecard_view *self(struct view *view)
{
    assert(view->ops == &scorecard_view_ops);
    return (struct scorecard_view *)view;
}

static const struct scorecard_view *self_const(const struct view *view)
{
    assert(view->ops == &scorecard_view_ops);
    return (const struct scorecard_view *)view;
}

struct view *scorecard_view_from(struct view *view)
{
    return view && view->ops == &scorecard_view_ops ? view : NULL;
}

enum score_units scorecard_view_units(const struct view *view)
{
    return self((struct view *)view)->units;
}

/* --- what a change changed ------------------------------------------------------------------- */

static size_t line_of(const struct scorecard *card, int64_t unit_id)
{
    for (size_t i = 0; i < card->count; i++)
        if (card->line[i].unit_id == unit_id)
            return i;
    return card->count;
}

static void mark_line(struct score_marks *marks, const struct score_line *before,
    const struct score_line *after, moment_t until)
{
    const struct score_month *was = &before->month[SCORE_THIS], *is = &after->month[SCORE_THIS];
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++)
        if (was->value[i].part != is->value[i].part || was->value[i].whole != is->value[i].whole)
            marks->until[i] = until;
    if (was->score != is->score)
        marks->until[SCORE_COLUMN_COUNT] = until;
}

/* Another day changes everything, and a mark on all of it would tell nothing. */
static bool is_comparable(const struct scorecard *before, const struct scorecard *after)
{
    return before != NULL && before->units == after->units && before->today == after->today &&
           strcmp(before->filter, after->filter) == 0;
}

static struct score_marks *mark_changed(
    const struct scorecard_view *view, const struct scorecard *after, moment_t until)
{
    struct score_marks *marks = alloc_zero(after->count + 1, sizeof *marks);
    if (!is_comparable(view->card, after))
        return marks;
    for (size_t i = 0; i < after->count; i++) {
        size_t before = line_of(view->card, after->line[i].unit_id);
        if (before == view->card->count)
            continue;
        marks[i] = view->marks[before];
        mark_line(&marks[i], &view->card->line[before], &after->line[i], until);
    }
    return marks;
}

/* --- reading --------------------------------------------------------------------------------- */

static bool open_survey(void *context, struct survey **out, struct query_error *err)
{
    struct scorecard_view *view = context;
    bool opened = scorecard_open(view->env->model, view->units, view->filter, out, err);
    view->wrong = opened ? (struct query_error){0} : *err;
    return opened;
}

static void take_result(void *context, void *result)
{
    struct scorecard_view *view = context;
    struct scorecard *card = result;
    moment_t until = date_now() + 1000 * (moment_t)view->env->settings->changed_seconds;
    struct score_marks *marks = mark_changed(view, card, until);
    bool other = view->card == NULL || view->card->units != card->units;
    scorecard_free(view->card);
    free(view->marks);
    view->card = card;
    view->marks = marks;
    if (other) { /* a new list begins at its top */
        view->window.selected = view->window.top = 0;
        view->unit_id = card->count > 0 ? card->line[0].unit_id : 0;
    }
    scorecard_arrange(view);
    if (other)
        scorecard_motion(&view->view, MOVE_FIRST);
}

static bool view_reload(struct view *view, const struct changes *changes, struct error *err)
{
    return reading_changed(self(view)->reading, changes, err);
}

static int view_fd(const struct view *view)
{
    return reading_fd(self_const(view)->reading);
}

static enum effect view_ready(struct view *view, struct error *err)
{
    return reading_ready(self(view)->reading, err);
}

/* Marks of change that have had their time. */
static enum effect view_tick(struct view *base, int *next_ms)
{
    struct scorecard_view *view = self(base);
    moment_t now = date_now(), next = 0;
    bool ended = false;
    for (size_t i = 0; view->card != NULL && i < view->card->count; i++)
        for (int c = 0; c <= SCORE_COLUMN_COUNT; c++) {
            moment_t *until = &view->marks[i].until[c];
            ended = ended || (*until != 0 && *until <= now);
            if (*until <= now)
                *until = 0;
            else if (next == 0 || *until < next)
                next = *until;
        }
    *next_ms = next > 0 ? (int)(next - now) + 1 : 0;
    return ended ? EFFECT_DRAW : EFFECT_NONE;
}

/* --- whose ----------------------------------------------------------------------------------- */

static enum effect set_units(struct scorecard_view *view, enum score_units units, struct error *err)
{
    view->units = units;
    reading_begin(view->reading, err);
    return EFFECT_DRAW;
}

enum effect scorecard_view_next_units(struct view *view, struct error *err)
{
    return set_units(
        self(view), (enum score_units)((self(view)->units + 1) % SCORE_UNITS_COUNT), err);
}

enum effect scorecard_view_set_units(struct view *view, const char *name, struct error *err)
{
    enum score_units units;
    return score_units_find(name, &units, err) ? set_units(self(view), units, err) : EFFECT_NONE;
}

/* --- the filter ------------------------------------------------------------------------------ */

static const char *view_filter(const struct view *view)
{
    return self_const(view)->filter;
}

static enum effect view_set_filter(struct view *base, const char *filter, struct error *err)
{
    struct scorecard_view *view = self(base);
    char *before = view->filter;
    view->filter = alloc_string(filter);
    if (reading_begin(view->reading, err) || !*view->wrong.text) {
        free(before);
        return EFFECT_DRAW;
    }
    free(view->filter);
    view->filter = before;
    *err = (struct error){0};
    query_error_show(filter, &view->wrong, err);
    return EFFECT_DRAW;
}

static int64_t view_try_filter(struct view *view, const char *filter, struct error *err)
{
    return task_list_try_text(self(view)->env->model, filter, err);
}

static enum effect view_clear(struct view *view)
{
    struct error err = {0};
    return *self(view)->filter ? view_set_filter(view, "", &err) : EFFECT_NONE;
}

/* --- what is behind a number ----------------------------------------------------------------- */

static char *view_tasks(const struct view *base, char **title)
{
    const struct scorecard_view *view = self_const(base);
    const struct score_line *line = scorecard_selected(view);
    if (line == NULL)
        return NULL;
    enum score_column column = score_table_column(&view->table, scorecard_cell(view));
    const char *of = "";
    char *filter = scorecard_filter(view->card, (size_t)(line - view->card->line), column, &of);
    if (filter != NULL)
        *title = *view->card->filter
                     ? alloc_format("%s · %s · %s", line->label, of, view->card->filter)
                     : alloc_format("%s · %s", line->label, of);
    return filter;
}

struct view *scorecard_view_explain(const struct view *base)
{
    const struct scorecard_view *view = self_const(base);
    const struct score_line *line = scorecard_selected(view);
    struct strbuf text = {0};
    if (line == NULL)
        return NULL;
    scorecard_explained(view->env->model, view->card, (size_t)(line - view->card->line), &text);
    struct view *box = explain_open(line->label, strbuf_text(&text));
    strbuf_clear(&text);
    return box;
}

/* --- life ------------------------------------------------------------------------------------ */

static void view_resize(struct view *view, struct rect area)
{
    self(view)->area = area;
    scorecard_arrange(self(view));
}

static void view_close(struct view *base)
{
    struct scorecard_view *view = self(base);
    reading_free(view->reading);
    scorecard_free(view->card);
    free(view->marks);
    free(view->order);
    free(view->filter);
    free(view);
}

const struct view_ops scorecard_view_ops = {
    .name = "scorecard",
    .title = N_("Scorecard"),
    .context = CONTEXT_SCORECARD,
    .reload = view_reload,
    .resize = view_resize,
    .draw = scorecard_draw,
    .key = scorecard_key,
    .move = scorecard_motion,
    .fd = view_fd,
    .ready = view_ready,
    .tick = view_tick,
    .filter = view_filter,
    .set_filter = view_set_filter,
    .try_filter = view_try_filter,
    .tasks = view_tasks,
    .clear = view_clear,
    .close = view_close,
};

bool scorecard_view_open(
    const struct view_env *env, const char *filter, struct view **out, struct error *err)
{
    static const struct reading_ops ops = {open_survey, take_result};
    struct scorecard_view *view = alloc_zero(1, sizeof *view);
    view->view.ops = &scorecard_view_ops;
    view->env = env;
    view->area = (struct rect){0, 0, 24, 80};
    view->filter = alloc_string(filter ? filter : "");
    view->column = view->sort = SCORE_COLUMN_COUNT;
    view->reading = reading_new(&ops, view);
    if (!reading_begin(view->reading, err)) {
        view_close(&view->view);
        return false;
    }
    *out = &view->view;
    return true;
}
