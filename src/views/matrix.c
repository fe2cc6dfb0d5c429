/* The life of the matrix: what is counted, the reading of it, and what follows when it is whole. */
#include "views/matrix.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "matrix_state.h"
#include "model/task_list.h"

/* The pairs of x, one after the other. */
static const struct {
    enum matrix_axis rows, columns;
} pairs[] = {
    {AXIS_REGION, AXIS_LEAD},
    {AXIS_REGION, AXIS_STATE},
    {AXIS_REGION, AXIS_SOURCE},
    {AXIS_LEAD, AXIS_STATE},
    {AXIS_LEAD, AXIS_SOURCE},
    {AXIS_LEAD, AXIS_MONTH},
    {AXIS_CITY, AXIS_CATEGORY},
    {AXIS_CITY, AXIS_MONTH},
};
#define PAIRS (sizeof pairs / sizeof *pairs)

static struct matrix_view *self(struct view *view)
{
    assert(view->ops == &matrix_view_ops);
    return (struct matrix_view *)view;
}

static const struct matrix_view *self_const(const struct view *view)
{
    assert(view->ops == &matrix_view_ops);
    return (const struct matrix_view *)view;
}

struct view *matrix_view_from(struct view *view)
{
    return view && view->ops == &matrix_view_ops ? view : NULL;
}

struct matrix_spec matrix_view_spec(const struct view *base)
{
    const struct matrix_view *view = self_const(base);
    return (struct matrix_spec){view->row_axis, view->column_axis, view->measure, view->filter};
}

/* --- what is shown --------------------------------------------------------------------------- */

void matrix_view_arrange(struct matrix_view *view)
{
    if (!view->matrix)
        return;
    matrix_side_arrange(&view->rows, view->matrix);
    matrix_side_arrange(&view->columns, view->matrix);
    matrix_lay_out(view);
}

/* Rows that were columns keep what was selected and unfolded there. */
static void swap_sides(struct matrix_view *view)
{
    struct matrix_side rows = view->rows;
    view->rows = view->columns;
    view->columns = rows;
    view->rows.columns = false;
    view->columns.columns = true;
}

static void take_axes(struct matrix_view *view, const struct matrix *new)
{
    struct matrix_side *rows = &view->rows, *columns = &view->columns;
    if (rows->axis != new->row_axis && rows->axis == new->column_axis &&
        columns->axis == new->row_axis)
        swap_sides(view);
    if (rows->axis != new->row_axis)
        matrix_side_clear(rows);
    if (columns->axis != new->column_axis)
        matrix_side_clear(columns);
    rows->axis = new->row_axis;
    columns->axis = new->column_axis;
}

/* What nobody chose begins at the worst of what is shown now. */
static void begin_side(struct matrix_side *side, const struct matrix *matrix, bool same)
{
    bool anew = !side->chosen && (side->count == 0 || !same);
    matrix_side_arrange(side, matrix);
    if (anew)
        matrix_side_select(side, matrix, 1);
}

void matrix_view_take(struct matrix_view *view, struct matrix *matrix)
{
    struct matrix *old = view->matrix;
    bool same = old && old->row_axis == matrix->row_axis &&
                old->column_axis == matrix->column_axis && old->measure == matrix->measure &&
                strcmp(old->filter, matrix->filter) == 0;
    take_axes(view, matrix);
    view->matrix = matrix;
    if (same)
        matrix_mark_changed(
            view, old, date_now() + 1000 * (moment_t)view->env->settings->changed_seconds);
    else
        view->changed_count = 0;
    begin_side(&view->rows, matrix, same);
    begin_side(&view->columns, matrix, same);
    if (old && !same) /* of something else the worst is seen, as far as the selection lets it */
        view->rows.first = view->columns.first = 0;
    matrix_lay_out(view);
    matrix_free(old);
}

/* --- reading --------------------------------------------------------------------------------- */

static bool open_survey(void *context, struct survey **out, struct query_error *err)
{
    struct matrix_view *view = context;
    struct matrix_spec spec = {
        .rows = view->row_axis,
        .columns = view->column_axis,
        .measure = view->measure,
        .filter = view->filter,
    };
    bool opened = matrix_open(view->env->model, &spec, out, err);
    view->wrong = opened ? (struct query_error){0} : *err;
    return opened;
}

static void take_result(void *context, void *result)
{
    matrix_view_take(context, result);
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

/* --- what is counted ------------------------------------------------------------------------- */

static enum effect set_axes(
    struct matrix_view *view, enum matrix_axis rows, enum matrix_axis columns, struct error *err)
{
    view->row_axis = rows;
    view->column_axis = columns;
    reading_begin(view->reading, err);
    return EFFECT_DRAW;
}

static enum effect next_pair(struct matrix_view *view, struct error *err)
{
    size_t next = 0;
    for (size_t i = 0; i < PAIRS; i++)
        if (pairs[i].rows == view->row_axis && pairs[i].columns == view->column_axis)
            next = (i + 1) % PAIRS;
    return set_axes(view, pairs[next].rows, pairs[next].columns, err);
}

static enum effect set_measure(
    struct matrix_view *view, enum matrix_measure measure, struct error *err)
{
    view->measure = measure;
    reading_begin(view->reading, err);
    return EFFECT_DRAW;
}

enum effect matrix_view_step_measure(struct view *view, int by, struct error *err)
{
    struct matrix_view *matrix = self(view);
    int next = ((int)matrix->measure + by + MEASURE_COUNT) % MEASURE_COUNT;
    return set_measure(matrix, (enum matrix_measure)next, err);
}

enum effect matrix_view_set_measure(struct view *view, const char *name, struct error *err)
{
    enum matrix_measure measure;
    char *word = alloc_string_n(name, strcspn(name, " ")); /* completion ends it with a blank */
    bool found = matrix_measure_find(word, &measure, err);
    free(word);
    return found ? set_measure(self(view), measure, err) : EFFECT_NONE;
}

enum effect matrix_view_set_axes(struct view *view, const char *names, struct error *err)
{
    enum matrix_axis axis[2];
    char *copy = alloc_string(names), *rest = NULL;
    const char *rows = strtok_r(copy, " ", &rest), *columns = strtok_r(NULL, " ", &rest);
    bool ok = rows && columns && !strtok_r(NULL, " ", &rest);
    if (!ok)
        error_set(err, ERROR_INPUT, _("two things are counted by: matrix region lead"));
    ok = ok && matrix_axis_find(rows, &axis[0], err) && matrix_axis_find(columns, &axis[1], err);
    if (ok && axis[0] == axis[1])
        ok = error_set(err, ERROR_INPUT, _("a matrix of %s by %s tells nothing"),
            _(matrix_axes[axis[0]].label), _(matrix_axes[axis[1]].label));
    free(copy);
    return ok ? set_axes(self(view), axis[0], axis[1], err) : EFFECT_NONE;
}

/* --- the filter ------------------------------------------------------------------------------ */

static const char *view_filter(const struct view *view)
{
    return self_const(view)->filter;
}

static enum effect view_set_filter(struct view *view, const char *filter, struct error *err)
{
    struct matrix_view *matrix = self(view);
    char *before = matrix->filter;
    matrix->filter = alloc_string(filter);
    if (reading_begin(matrix->reading, err)) {
        free(before);
        return EFFECT_DRAW;
    }
    free(matrix->filter);
    matrix->filter = before;
    if (*matrix->wrong.text) {
        *err = (struct error){0};
        query_error_show(filter, &matrix->wrong, err);
    }
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

/* --- the tasks behind a number --------------------------------------------------------------- */

static char *view_tasks(const struct view *base, char **title)
{
    const struct matrix_view *view = self_const(base);
    const struct matrix *matrix = view->matrix;
    if (!matrix)
        return NULL;
    int row = matrix_side_index(&view->rows, view->rows.at);
    int column = matrix_side_index(&view->columns, view->columns.at);
    const struct matrix_cell *cell = matrix_view_cell(view, row, column);
    if (cell->value == 0 && (matrix->measure != MEASURE_CLOSED || cell->of == 0) &&
        (matrix->measure != MEASURE_CHANGE || cell->of == 0))
        return NULL;
    char *named = matrix_title(matrix, row, column);
    *title = *matrix->filter ? alloc_format("%s · %s", named, matrix->filter) : alloc_string(named);
    free(named);
    return matrix_filter(matrix, row, column);
}

const struct matrix_cell *matrix_view_cell(const struct matrix_view *view, int row, int column)
{
    const struct matrix *matrix = view->matrix;
    if (row >= 0 && column >= 0)
        return matrix_cell(matrix, (size_t)row, (size_t)column);
    return row >= 0      ? &matrix->rows[row].total
           : column >= 0 ? &matrix->columns[column].total
                         : &matrix->total;
}

/* --- how it was left ------------------------------------------------------------------------- */

struct matrix_memory {
    bool kept; /* there was one */
    enum matrix_axis row_axis, column_axis;
    enum matrix_measure measure;
    struct matrix_side rows, columns; /* without their order, which the next matrix gives */
    struct rect area;
};

struct matrix_memory *matrix_memory_new(void)
{
    return alloc_zero(1, sizeof(struct matrix_memory));
}

void matrix_memory_free(struct matrix_memory *memory)
{
    if (!memory)
        return;
    matrix_side_clear(&memory->rows);
    matrix_side_clear(&memory->columns);
    free(memory);
}

/* What a side has is handed over, to the memory and back. */
static void hand_over(struct matrix_side *from, struct matrix_side *to)
{
    free(from->order);
    from->order = NULL;
    from->count = 0;
    *to = *from;
    *from = (struct matrix_side){.columns = from->columns};
}

static void remember(struct matrix_view *view, struct matrix_memory *memory)
{
    memory->kept = true;
    memory->row_axis = view->row_axis;
    memory->column_axis = view->column_axis;
    memory->measure = view->measure;
    memory->area = view->area;
    hand_over(&view->rows, &memory->rows);
    hand_over(&view->columns, &memory->columns);
}

static void recall(struct matrix_view *view, struct matrix_memory *memory)
{
    view->memory = memory;
    if (!memory || !memory->kept)
        return;
    view->row_axis = memory->row_axis;
    view->column_axis = memory->column_axis;
    view->measure = memory->measure;
    view->area = memory->area;
    hand_over(&memory->rows, &view->rows);
    hand_over(&memory->columns, &view->columns);
}

/* --- life ------------------------------------------------------------------------------------ */

static void view_resize(struct view *view, struct rect area)
{
    self(view)->area = area;
    matrix_lay_out(self(view));
}

/* Marks of change that have had their time. */
static enum effect view_tick(struct view *view, int *next_ms)
{
    struct matrix_view *matrix = self(view);
    moment_t now = date_now(), next = 0;
    size_t kept = 0, had = matrix->changed_count;
    for (size_t i = 0; i < had; i++) {
        struct matrix_changed mark = matrix->changed[i];
        if (mark.until <= now)
            continue;
        matrix->changed[kept++] = mark;
        if (next == 0 || mark.until < next)
            next = mark.until;
    }
    matrix->changed_count = kept;
    *next_ms = next > 0 ? (int)(next - now) + 1 : 0;
    return kept < had ? EFFECT_DRAW : EFFECT_NONE;
}

static void view_close(struct view *view)
{
    struct matrix_view *matrix = self(view);
    if (matrix->memory)
        remember(matrix, matrix->memory);
    reading_free(matrix->reading);
    matrix_free(matrix->matrix);
    matrix_side_clear(&matrix->rows);
    matrix_side_clear(&matrix->columns);
    free(matrix->changed);
    free(matrix->found);
    free(matrix->filter);
    free(matrix);
}

const struct view_ops matrix_view_ops = {
    .name = "matrix",
    .title = N_("Matrix"),
    .context = CONTEXT_MATRIX,
    .reload = view_reload,
    .resize = view_resize,
    .draw = matrix_draw,
    .key = matrix_key,
    .move = matrix_motion,
    .fd = view_fd,
    .ready = view_ready,
    .tick = view_tick,
    .filter = view_filter,
    .set_filter = view_set_filter,
    .try_filter = view_try_filter,
    .tasks = view_tasks,
    .find = matrix_find,
    .clear = view_clear,
    .close = view_close,
};

struct matrix_view *matrix_view_new(const struct view_env *env)
{
    static const struct reading_ops ops = {open_survey, take_result};
    struct matrix_view *view = alloc_zero(1, sizeof *view);
    view->view.ops = &matrix_view_ops;
    view->env = env;
    view->area = (struct rect){0, 0, 24, 80};
    view->filter = alloc_string("");
    view->row_axis = pairs[0].rows;
    view->column_axis = pairs[0].columns;
    view->columns.columns = true;
    view->rows.axis = view->row_axis;
    view->columns.axis = view->column_axis;
    view->reading = reading_new(&ops, view);
    return view;
}

bool matrix_view_open(const struct view_env *env, const char *filter, struct matrix_memory *memory,
    struct view **out, struct error *err)
{
    struct matrix_view *view = matrix_view_new(env);
    recall(view, memory);
    free(view->filter);
    view->filter = alloc_string(filter ? filter : "");
    if (!reading_begin(view->reading, err)) {
        view_close(&view->view);
        return false;
    }
    *out = &view->view;
    return true;
}

/* --- what a person does ---------------------------------------------------------------------- */

enum effect matrix_view_do(struct view *view, enum matrix_verb verb, struct error *err)
{
    struct matrix_view *matrix = self(view);
    switch (verb) {
    case MATRIX_PAIR_NEXT:
        return next_pair(matrix, err);
    case MATRIX_SWAP:
        return set_axes(matrix, matrix->column_axis, matrix->row_axis, err);
    default:
        return matrix->matrix ? matrix_move(matrix, verb) : EFFECT_NONE;
    }
}
