/* Counts the tasks again and compares. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/language.h"
#include "check_parts.h"
#include "column.h"
#include "model/units.h"

static const char *name_or(const char *name)
{
    return name != NULL ? name : _("none");
}

/* COUNTS_TOTAL_WRONG: state, source, returned, due_on, reported_on, tally, tasks */
static void say_total(
    const struct units *units, struct db_statement *row, struct findings *findings)
{
    const struct source *source = units_source(units, db_int(row, 1));
    int state = column_word(row, 0, task_states, STATE_COUNT, STATE_NOT_STARTED);
    char *due = column_line(row, 3);
    findings_add(findings, FOUND_COUNTS, "", 0,
        _("the totals count %" PRId64 " tasks of source %s, state %s, due %s; there are %" PRId64),
        db_int(row, 5), name_or(source != NULL ? source->name : NULL), _(task_states[state].label),
        due, db_int(row, 6));
    free(due);
}

/* COUNTS_TALLY_WRONG: region, lead, source, state, due_on, reported_on, tally, tasks */
static void say_tally(
    const struct units *units, struct db_statement *row, struct findings *findings)
{
    const struct region *region = units_region(units, db_int(row, 0));
    const struct department *lead = units_department(units, db_int(row, 1));
    int state = column_word(row, 3, task_states, STATE_COUNT, STATE_NOT_STARTED);
    char *due = column_line(row, 4);
    findings_add(findings, FOUND_COUNTS, "", 0,
        _("the tally counts %" PRId64
          " tasks of region %s, lead %s, state %s, due %s; there are %" PRId64),
        db_int(row, 6), name_or(region != NULL ? region->shown : NULL),
        name_or(lead != NULL ? lead->shown : NULL), _(task_states[state].label), due,
        db_int(row, 7));
    free(due);
}

static bool compare(struct model *model, enum statement id, struct findings *findings,
    void (*say)(const struct units *units, struct db_statement *row, struct findings *findings),
    struct error *err)
{
    struct db_statement *rows;
    enum db_step step;
    if (!db_statement(model_db(model), id, &rows, err))
        return false;
    while ((step = db_step(rows, err)) == DB_ROW)
        say(model_units(model), rows, findings);
    db_reset(rows);
    return step != DB_FAILED;
}

bool check_counts(struct model *model, struct findings *findings, struct error *err)
{
    struct db *db = model_db(model);
    if (!db_read_begin(db, err))
        return false;
    bool ok = compare(model, COUNTS_TOTAL_WRONG, findings, say_total, err) &&
              compare(model, COUNTS_TALLY_WRONG, findings, say_tally, err);
    db_read_end(db);
    return ok;
}
