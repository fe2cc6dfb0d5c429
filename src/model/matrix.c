/* matrix: what is asked of one that is counted: cells, order, texts, filters. */
#include "model/matrix.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "matrix_parts.h"
#include "model/counts.h"
#include "model/query.h"

const struct matrix_axis_row matrix_axes[AXIS_COUNT] = {
    [AXIS_REGION] = {"region", N_("place")},
    [AXIS_CITY] = {"city", N_("cities")},
    [AXIS_LEAD] = {"lead", N_("department")},
    [AXIS_SOURCE] = {"source", N_("source")},
    [AXIS_STATE] = {"state", N_("state")},
    [AXIS_CATEGORY] = {"category", N_("category")},
    [AXIS_MONTH] = {"month", N_("due month")},
};

const struct matrix_measure_row matrix_measures[MEASURE_COUNT] = {
    [MEASURE_OVERDUE] = {"overdue", N_("overdue"), N_("overdue, of the open tasks")},
    [MEASURE_OPEN] = {"open", N_("open tasks"), N_("not closed yet, of all tasks")},
    [MEASURE_DUE_SOON] = {"due_soon", N_("due soon"), N_("due soon, of the open tasks")},
    [MEASURE_UNREPORTED] = {"unreported", N_("unreported"),
        N_("without the report of the last period, of the open tasks")},
    [MEASURE_BEHIND] = {"behind", N_("behind"),
        N_("reported as behind schedule, of the open tasks")},
    [MEASURE_CLOSED] = {"closed", N_("closed, percent"), N_("closed, in percent of all tasks")},
    [MEASURE_DAYS] = {"days", N_("days overdue"),
        N_("days overdue, of all overdue tasks together")},
    [MEASURE_CHANGE] = {"change", N_("since last week"),
        N_("overdue now, less what was overdue at the end of the day a week ago")},
};

/* Names, and the sentences about one that is not among them: with what is like it, else with all.
 */
struct naming {
    const char *(*name)(int index);
    int count;
    const char *like, *among;
};

/* Its index; -1: none. */
static int name_find(const struct naming *naming, const char *typed, struct error *err)
{
    struct suggest suggest = suggest_for(typed);
    struct strbuf all = {0};
    for (int i = 0; i < naming->count; i++) {
        if (strcmp(naming->name(i), typed) == 0) {
            strbuf_clear(&all);
            return i;
        }
        suggest_offer(&suggest, naming->name(i));
        strbuf_format(&all, "%s%s", i > 0 ? ", " : "", naming->name(i));
    }
    error_set(err, ERROR_USAGE, suggest.best ? _(naming->like) : _(naming->among), typed,
        suggest.best ? suggest.best : strbuf_text(&all));
    strbuf_clear(&all);
    return -1;
}

static const char *axis_name(int index)
{
    return matrix_axes[index].name;
}

static const char *measure_name(int index)
{
    return matrix_measures[index].name;
}

bool matrix_axis_find(const char *name, enum matrix_axis *out, struct error *err)
{
    static const struct naming axes = {axis_name, AXIS_COUNT,
        N_("nothing is counted by \"%s\"; did you mean %s?"),
        N_("nothing is counted by \"%s\"; there are %s")};
    int found = name_find(&axes, name, err);
    if (found >= 0)
        *out = (enum matrix_axis)found;
    return found >= 0;
}

bool matrix_measure_find(const char *name, enum matrix_measure *out, struct error *err)
{
    static const struct naming measures = {measure_name, MEASURE_COUNT,
        N_("there is no measure \"%s\"; did you mean %s?"),
        N_("there is no measure \"%s\"; there are %s")};
    int found = name_find(&measures, name, err);
    if (found >= 0)
        *out = (enum matrix_measure)found;
    return found >= 0;
}

static void lines_free(struct matrix_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(lines[i].label);
        free(lines[i].term);
    }
    free(lines);
}

void matrix_free(struct matrix *matrix)
{
    if (!matrix)
        return;
    matrix_making_free(matrix->making);
    lines_free(matrix->rows, matrix->row_count);
    lines_free(matrix->columns, matrix->column_count);
    for (size_t i = 0; i < matrix->moved_count; i++)
        free(matrix->moved[i].lines);
    free(matrix->moved);
    free(matrix->spots);
    free(matrix->starts);
    free(matrix->filter);
    free(matrix);
}

const struct matrix_cell *matrix_cell(const struct matrix *matrix, size_t row, size_t column)
{
    static const struct matrix_cell nothing = {0, 0};
    size_t low = matrix->starts[row], high = matrix->starts[row + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (matrix->spots[middle].column == column)
            return &matrix->spots[middle].cell;
        if (matrix->spots[middle].column < column)
            low = middle + 1;
        else
            high = middle;
    }
    return &nothing;
}

/* --- order ----------------------------------------------------------------------------------- */

static int more_first(int64_t a, int64_t b)
{
    return (a < b) - (a > b);
}

int matrix_worse(
    enum matrix_measure measure, const struct matrix_cell *a, const struct matrix_cell *b)
{
    int order = 0;
    if (measure != MEASURE_CLOSED)
        order = more_first(a->value, b->value);
    else if (a->of > 0 && b->of > 0)
        order = more_first(b->value * a->of, a->value * b->of);
    return order != 0 ? order : more_first(a->of, b->of);
}

/* A line among its siblings. */
struct sibling {
    enum matrix_measure measure;
    const struct matrix_cell *total;
    size_t line;
};

static int sibling_compare(const void *left, const void *right)
{
    const struct sibling *a = left, *b = right;
    int order = matrix_worse(a->measure, a->total, b->total);
    return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

struct ordering {
    enum matrix_measure measure;
    const struct matrix_line *lines;
    const bool *unfolded;
    bool worst_first;
    size_t *order, count;
};

/* The lines from `first` to before `end` that are not below another of them, each with its own. */
static void order_put(struct ordering *ordering, size_t first, size_t end)
{
    const struct matrix_line *lines = ordering->lines;
    size_t count = 0;
    struct sibling *siblings = alloc_zero(end - first + 1, sizeof *siblings);
    for (size_t i = first; i < end; i += 1 + (size_t)lines[i].below)
        siblings[count++] = (struct sibling){ordering->measure, &lines[i].total, i};
    if (ordering->worst_first)
        qsort(siblings, count, sizeof *siblings, sibling_compare);
    for (size_t i = 0; i < count; i++) {
        size_t line = siblings[i].line;
        ordering->order[ordering->count++] = line;
        if (lines[line].below > 0 && (!ordering->unfolded || ordering->unfolded[line]))
            order_put(ordering, line + 1, line + 1 + (size_t)lines[line].below);
    }
    free(siblings);
}

size_t matrix_order(const struct matrix *matrix, bool columns, const bool *unfolded, size_t *order)
{
    enum matrix_axis axis = columns ? matrix->column_axis : matrix->row_axis;
    struct ordering ordering = {.measure = matrix->measure,
        .lines = columns ? matrix->columns : matrix->rows,
        .unfolded = unfolded,
        .worst_first = axis != AXIS_MONTH && axis != AXIS_STATE && axis != AXIS_SOURCE,
        .order = order};
    order_put(&ordering, 0, columns ? matrix->column_count : matrix->row_count);
    return ordering.count;
}

/* --- texts ----------------------------------------------------------------------------------- */

int matrix_heat(enum matrix_measure measure, const struct matrix_cell *cell)
{
    int64_t bad = measure == MEASURE_CLOSED ? cell->of - cell->value : cell->value;
    int64_t of = cell->of;
    if (measure == MEASURE_OPEN || measure == MEASURE_CHANGE || bad <= 0 || of <= 0)
        return 0;
    if (measure == MEASURE_DAYS)
        return bad <= 7 * of ? 1 : bad <= 30 * of ? 2 : 3;
    return bad * 100 < 10 * of ? 1 : bad * 100 < 30 * of ? 2 : 3;
}

void matrix_text(enum matrix_measure measure, const struct matrix_cell *cell, struct strbuf *out)
{
    if (cell->of == 0 && cell->value == 0)
        return;
    if (measure == MEASURE_CLOSED)
        strbuf_format(out, "%d%%", share_percent(cell->value, cell->of));
    else if (measure == MEASURE_DAYS)
        strbuf_format(out, "%lld", (long long)cell->value);
    else if (measure == MEASURE_CHANGE)
        strbuf_format(out, cell->value == 0 ? "%lld" : "%+lld", (long long)cell->value);
    else
        strbuf_format(out, "%lld/%lld", (long long)cell->value, (long long)cell->of);
}

/* --- filters --------------------------------------------------------------------------------- */

/* What of a line's tasks the value counts; "" all. */
static const char *const measure_terms[MEASURE_COUNT] = {
    [MEASURE_OVERDUE] = "overdue",
    [MEASURE_OPEN] = "open",
    [MEASURE_DUE_SOON] = "due_soon",
    [MEASURE_UNREPORTED] = "unreported",
    [MEASURE_BEHIND] = "behind",
    [MEASURE_CLOSED] = "",
    [MEASURE_DAYS] = "overdue",
    [MEASURE_CHANGE] = "overdue",
};

static void term_add(struct strbuf *out, const char *term)
{
    if (*term)
        strbuf_format(out, "%s%s", out->length > 0 ? " " : "", term);
}

/* The filter that was given, as one term beside others. */
static void filter_add(struct strbuf *out, const char *filter)
{
    struct query *query = NULL;
    struct query_error unused;
    if (!query_parse(filter, &query, &unused))
        return; /* it was read when the matrix was opened */
    if (query->kind == QUERY_OR)
        strbuf_format(out, "(%s)", filter);
    else if (query->kind != QUERY_ALL)
        strbuf_add(out, filter);
    query_free(query);
}

static bool is_in(const size_t *lines, size_t count, int line)
{
    bool in = line < 0;
    for (size_t i = 0; !in && i < count; i++)
        in = lines[i] == (size_t)line;
    return in;
}

/* Names the tasks that moved; false where there are none or too many. */
static bool moved_add(struct strbuf *out, const struct matrix *matrix, int row, int column)
{
    size_t count = 0;
    for (size_t i = 0; i < matrix->moved_count && count <= QUERY_TERMS; i++) {
        const struct matrix_moved *moved = &matrix->moved[i];
        if (!is_in(moved->lines, moved->row_count, row) ||
            !is_in(moved->lines + moved->row_count, moved->column_count, column))
            continue;
        strbuf_format(out, "%s#%lld", count++ > 0 ? "," : "id:", (long long)moved->id);
    }
    if (count > 0 && count <= QUERY_TERMS)
        return true;
    strbuf_clear(out);
    return false;
}

char *matrix_filter(const struct matrix *matrix, int row, int column)
{
    struct strbuf out = {0};
    if (matrix->measure == MEASURE_CHANGE && moved_add(&out, matrix, row, column))
        return strbuf_take(&out);
    filter_add(&out, matrix->filter);
    term_add(&out, row >= 0 ? matrix->rows[row].term : "");
    term_add(&out, column >= 0 ? matrix->columns[column].term : "");
    term_add(&out, measure_terms[matrix->measure]);
    return out.length > 0 ? strbuf_take(&out) : alloc_string("");
}

char *matrix_title(const struct matrix *matrix, int row, int column)
{
    struct strbuf out = {0};
    if (row >= 0)
        strbuf_format(&out, "%s · ", matrix->rows[row].label);
    if (column >= 0)
        strbuf_format(&out, "%s · ", matrix->columns[column].label);
    bool all = matrix->measure == MEASURE_CLOSED; /* the filter says nothing of what is closed */
    strbuf_add(&out, all ? _("all tasks") : _(matrix_measures[matrix->measure].label));
    return strbuf_take(&out);
}
