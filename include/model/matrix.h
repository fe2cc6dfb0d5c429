/* matrix: tasks counted by two properties: places by departments, cities by states, sources by
 * departments .. One measure at a time. Every number is the count of the tasks that matrix_filter
 * names for it: a task of two counties counts in each, and once in the city that both belong to;
 * totals count it once.
 *
 * Places are a tree below the province, whose number is the total. A place counts the tasks of all
 * below it; where it has others below it, tasks that name the place itself have a line of their own
 * among them (市本级), and so have those that name the province.
 *
 * Costs. Places by departments without a filter or reach: from the counts that the database keeps
 * (tally_place, tally_due, tally_owed), as much as is overdue, due or owed. Everything else, and
 * `change`, which asks the history, is a survey (survey.h) of the tasks in the filter. Memory: what
 * has something to tell, never rows times columns. */
#ifndef MODEL_MATRIX_H
#define MODEL_MATRIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "model/survey.h"

enum matrix_axis {
    AXIS_REGION, /* the whole tree */
    AXIS_CITY,   /* its uppermost lines: cities, and what else lies straight below the province */
    AXIS_LEAD,   /* the first of the departments that lead */
    AXIS_SOURCE,
    AXIS_STATE,
    AXIS_CATEGORY,
    AXIS_MONTH, /* it is due in */
    AXIS_COUNT
};
/* `name` for commands and programs (region city lead source state category month); `label` N_(). */
extern const struct matrix_axis_row {
    const char *name, *label;
} matrix_axes[AXIS_COUNT];
/* ERROR_USAGE names all there are. */
bool matrix_axis_find(const char *name, enum matrix_axis *out, struct error *err);

/* What a cell tells: `value` of `of`. */
enum matrix_measure {
    MEASURE_OVERDUE,    /* overdue of open */
    MEASURE_OPEN,       /* open of all */
    MEASURE_DUE_SOON,   /* due within due.soon days, of open */
    MEASURE_UNREPORTED, /* of open */
    MEASURE_BEHIND,     /* open with progress behind, of open */
    MEASURE_CLOSED,     /* closed of all, shown in percent; worst is the least */
    MEASURE_DAYS,       /* days overdue, of all overdue tasks together; of overdue tasks */
    MEASURE_CHANGE, /* overdue now less overdue at the end of the day a week ago; of overdue now */
    MEASURE_COUNT
};
extern const struct matrix_measure_row {
    const char *name, *label, *help; /* overdue open due_soon unreported behind closed days
                                      * change; the others N_() */
} matrix_measures[MEASURE_COUNT];
bool matrix_measure_find(const char *name, enum matrix_measure *out, struct error *err);

struct matrix_cell {
    int64_t value, of;
};
struct matrix_line {
    int64_t key; /* id of the unit; index of the state; year * 12 + month - 1 (before 1900 and after
                  * 2199 as the month next to it); of a category a number of this matrix; 0 none */
    char *label; /* as it is shown; owned */
    char *term;  /* of the filter language: exactly the tasks of this line; owned */
    bool own;    /* those that name the place itself */
    int depth;   /* 0 for all but places: below the province, from 0 */
    int parent;  /* line above it in the tree, -1 */
    int below;   /* lines below it, all of them: they follow it */
    struct matrix_cell total;
};
/* A line without anything to tell (0 of 0) is left out. Lines stand as the units do, states and
 * months in their order, categories by name; what is none of them (key 0) comes last. */
struct matrix {
    enum matrix_axis row_axis, column_axis;
    enum matrix_measure measure;
    struct matrix_line *rows, *columns;
    size_t row_count, column_count;
    struct matrix_cell total;
    char *filter; /* as it was given; "" none */
    /* What has something to tell, row by row; asked with matrix_cell. Those of row r are
     * spots[starts[r]] to spots[starts[r + 1]], by column. */
    struct matrix_spot {
        size_t column;
        struct matrix_cell cell;
    } * spots;
    size_t *starts;
    /* MEASURE_CHANGE: the tasks that came (+1) and went (-1), with the lines they are in: `lines`
     * holds the rows and then the columns. */
    struct matrix_moved {
        int64_t id;
        int sign;
        size_t *lines, row_count, column_count;
    } * moved;
    size_t moved_count;
    struct matrix_making *making; /* while tasks are counted */
};

struct matrix_spec {
    enum matrix_axis rows, columns;
    enum matrix_measure measure;
    const char *filter; /* text; "" or NULL: none */
};
/* The survey's result is a struct matrix. Errors are those of the filter. */
bool matrix_open(struct model *model, const struct matrix_spec *spec, struct survey **out,
    struct query_error *err);
void matrix_free(struct matrix *matrix); /* NULL is fine */

/* Never NULL: 0 of 0 where there is nothing. */
const struct matrix_cell *matrix_cell(const struct matrix *matrix, size_t row, size_t column);
/* What comes first where the worst does: more of it, of `closed` the smaller share; then the larger
 * `of`. As qsort wants it. */
int matrix_worse(
    enum matrix_measure measure, const struct matrix_cell *a, const struct matrix_cell *b);
/* Lines in the order they are shown: worst first, each followed by those below it, worst first, as
 * far as `unfolded` (a flag for each line; NULL: all) lets them be seen. `order` has room for all.
 * Months, states and sources keep their own order. Returns how many. */
size_t matrix_order(const struct matrix *matrix, bool columns, const bool *unfolded, size_t *order);

/* 0: nothing, 1 to 3: how bad a cell is: below 10, below 30, from 30 percent of `of` (of `closed`
 * those that are not); days by the average: a week, 30 days. Open tasks are no fault, and a change
 * is no share: 0. */
int matrix_heat(enum matrix_measure measure, const struct matrix_cell *cell);
/* "3/12", "85%", "+2", "41"; "" where there is nothing to tell. 100% and 0% are all and none. */
void matrix_text(enum matrix_measure measure, const struct matrix_cell *cell, struct strbuf *out);

/* The filter of exactly the tasks behind a number; -1 for the whole row, column, or both: as many
 * as `value` tells, of `closed` and `days` as `of`. Those of MEASURE_CHANGE that came and went are
 * named one by one; where there are none, or too many for a filter, it is the overdue ones. Caller
 * frees. */
char *matrix_filter(const struct matrix *matrix, int row, int column);
/* "沈阳 · 水利厅 · 逾期" for the head of the list they open in. Caller frees. */
char *matrix_title(const struct matrix *matrix, int row, int column);

#endif
