/* matrix_tally: what places by departments count, from the counts that the database keeps. */
#include <string.h>

#include "column.h"
#include "matrix_parts.h"
#include "store/db.h"

static bool is_place(enum matrix_axis axis)
{
    return axis == AXIS_REGION || axis == AXIS_CITY;
}

bool matrix_tally_serves(struct model *model, const struct matrix_spec *spec)
{
    bool crossed = (is_place(spec->rows) && spec->columns == AXIS_LEAD) ||
                   (spec->rows == AXIS_LEAD && is_place(spec->columns));
    bool all = (spec->filter == NULL || *spec->filter == '\0') && model_reach(model) == NULL;
    return crossed && all && model_as_of(model) == 0 && spec->measure != MEASURE_CHANGE;
}

struct taking {
    struct model *model;
    matrix_add *add;
    void *context;
    struct error *err;
};

/* What a row counts; its first columns are place, own and lead. */
typedef struct matrix_cell cell_of(struct db_statement *row, date_t today);

static bool take(const struct taking *taking, struct db_statement *rows, cell_of *of)
{
    date_t today = model_today(taking->model)->date;
    enum db_step step;
    while ((step = db_step(rows, taking->err)) == DB_ROW) {
        struct matrix_cell cell = of(rows, today);
        if (cell.value != 0 || cell.of != 0)
            taking->add(taking->context, db_int(rows, 0), db_int(rows, 1) != 0, db_int(rows, 2),
                cell.value, cell.of);
    }
    db_reset(rows);
    return step == DB_DONE;
}

/* --- all tasks of a place: MATRIX_PLACES: .., all, open, behind ---------------------------------
 */

enum { AT_ALL = 3, AT_OPEN, AT_BEHIND };

static struct matrix_cell open_of_all(struct db_statement *row, date_t today)
{
    (void)today;
    return (struct matrix_cell){db_int(row, AT_OPEN), db_int(row, AT_ALL)};
}
static struct matrix_cell closed_of_all(struct db_statement *row, date_t today)
{
    (void)today;
    return (struct matrix_cell){db_int(row, AT_ALL) - db_int(row, AT_OPEN), db_int(row, AT_ALL)};
}
static struct matrix_cell behind_of_open(struct db_statement *row, date_t today)
{
    (void)today;
    return (struct matrix_cell){db_int(row, AT_BEHIND), db_int(row, AT_OPEN)};
}
static struct matrix_cell none_of_open(struct db_statement *row, date_t today)
{
    (void)today;
    return (struct matrix_cell){0, db_int(row, AT_OPEN)};
}

static bool take_places(const struct taking *taking, cell_of *of)
{
    struct db_statement *rows;
    return db_statement(model_db(taking->model), MATRIX_PLACES, &rows, taking->err) &&
           take(taking, rows, of);
}

/* --- what falls due: MATRIX_DUE: .., how many, the day -----------------------------------------
 */

enum { AT_COUNT = 3, AT_DUE };

static struct matrix_cell counted(struct db_statement *row, date_t today)
{
    (void)today;
    return (struct matrix_cell){db_int(row, AT_COUNT), 0};
}
static struct matrix_cell days_of_counted(struct db_statement *row, date_t today)
{
    date_t due = column_date(row, AT_DUE);
    int64_t count = db_int(row, AT_COUNT);
    return (struct matrix_cell){due != DATE_NONE ? count * (today - due) : 0, count};
}

/* The first day and the first after the last; DATE_NONE: from the beginning on. */
static bool take_due(const struct taking *taking, date_t from, date_t to, cell_of *of)
{
    struct db_statement *rows;
    char text[11];
    if (!db_statement(model_db(taking->model), MATRIX_DUE, &rows, taking->err))
        return false;
    db_bind_text(rows, 1, from == DATE_NONE ? "" : date_format(from, text));
    db_bind_text(rows, 2, date_format(to, text));
    return take(taking, rows, of);
}

/* --- what is owed: MATRIX_OWED: .., how many ---------------------------------------------------
 */

static bool take_owed(const struct taking *taking)
{
    const struct units *units = model_units(taking->model);
    const struct today *today = model_today(taking->model);
    struct db_statement *rows;
    char text[11];
    for (size_t i = 0; i < units_source_count(units); i++) {
        const struct source *source = units_source_at(units, i);
        date_t owed = today->owed[source->rhythm];
        if (owed == DATE_NONE)
            continue;
        if (!db_statement(model_db(taking->model), MATRIX_OWED, &rows, taking->err))
            return false;
        db_bind_int(rows, 1, source->id);
        db_bind_text(rows, 2, date_format(owed, text));
        if (!take(taking, rows, counted))
            return false;
    }
    return true;
}

/* --- all of it ------------------------------------------------------------------------------- */

static bool take_measure(const struct taking *taking, enum matrix_measure measure)
{
    const struct today *today = model_today(taking->model);
    switch (measure) {
    case MEASURE_OVERDUE:
        return take_places(taking, none_of_open) &&
               take_due(taking, DATE_NONE, today->date, counted);
    case MEASURE_OPEN:
        return take_places(taking, open_of_all);
    case MEASURE_DUE_SOON:
        return take_places(taking, none_of_open) &&
               take_due(taking, today->date, today->date + today->due_soon_days + 1, counted);
    case MEASURE_UNREPORTED:
        return take_places(taking, none_of_open) && take_owed(taking);
    case MEASURE_BEHIND:
        return take_places(taking, behind_of_open);
    case MEASURE_CLOSED:
        return take_places(taking, closed_of_all);
    case MEASURE_DAYS:
        return take_due(taking, DATE_NONE, today->date, days_of_counted);
    case MEASURE_CHANGE:
    case MEASURE_COUNT:
        break;
    }
    return error_set(taking->err, ERROR_USAGE, "no count tells this measure");
}

bool matrix_tally_read(struct model *model, enum matrix_measure measure, matrix_add *add,
    void *context, struct error *err)
{
    const struct taking taking = {model, add, context, err};
    if (!db_read_begin(model_db(model), err))
        return false;
    bool done = take_measure(&taking, measure);
    db_read_end(model_db(model));
    return done;
}
