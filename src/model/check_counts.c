/* Counts the tasks again and compares. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
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

/* "抚顺市", "抚顺市, its own" */
static char *place_text(const struct units *units, int64_t place, bool own)
{
    const struct region *region = units_region(units, place);
    const char *name = name_or(region != NULL ? region->shown : NULL);
    return alloc_format(own ? _("%s, its own") : "%s", name);
}

static const char *lead_text(const struct units *units, int64_t lead)
{
    const struct department *department = units_department(units, lead);
    return name_or(department != NULL ? department->shown : NULL);
}

/* COUNTS_ABOVE_WRONG: region, above, how many too many */
static void say_above(
    const struct units *units, struct db_statement *row, struct findings *findings)
{
    char *region = place_text(units, db_int(row, 0), false),
         *above = place_text(units, db_int(row, 1), false);
    findings_add(findings, FOUND_COUNTS, "", 0,
        db_int(row, 2) > 0 ? _("places: %s is held to lie in %s, and does not")
                           : _("places: %s lies in %s, and is not held to"),
        region, above);
    free(region);
    free(above);
}

/* COUNTS_PLACE_WRONG: place, own, lead, all, open, behind, and the same of the tasks */
static void say_place(
    const struct units *units, struct db_statement *row, struct findings *findings)
{
    char *place = place_text(units, db_int(row, 0), db_int(row, 1) != 0);
    findings_add(findings, FOUND_COUNTS, "", 0,
        _("the tally counts %" PRId64 " tasks, %" PRId64 " open, %" PRId64
          " behind of %s, lead %s; there are %" PRId64 ", %" PRId64 ", %" PRId64),
        db_int(row, 3), db_int(row, 4), db_int(row, 5), place, lead_text(units, db_int(row, 2)),
        db_int(row, 6), db_int(row, 7), db_int(row, 8));
    free(place);
}

/* COUNTS_DUE_WRONG: place, own, lead, due_on, tally, tasks */
static void say_due(const struct units *units, struct db_statement *row, struct findings *findings)
{
    char *place = place_text(units, db_int(row, 0), db_int(row, 1) != 0);
    char *due = column_line(row, 3);
    findings_add(findings, FOUND_COUNTS, "", 0,
        _("the tally counts %" PRId64 " open tasks of %s, lead %s, due %s; there are %" PRId64),
        db_int(row, 4), place, lead_text(units, db_int(row, 2)), due, db_int(row, 5));
    free(due);
    free(place);
}

/* COUNTS_OWED_WRONG: place, own, lead, source, reported_on, tally, tasks */
static void say_owed(const struct units *units, struct db_statement *row, struct findings *findings)
{
    const struct source *source = units_source(units, db_int(row, 3));
    char *place = place_text(units, db_int(row, 0), db_int(row, 1) != 0);
    char *reported = column_line(row, 4);
    findings_add(findings, FOUND_COUNTS, "", 0,
        _("the tally counts %" PRId64
          " open tasks of %s, lead %s, source %s, reported %s; there are %" PRId64),
        db_int(row, 5), place, lead_text(units, db_int(row, 2)),
        name_or(source != NULL ? source->name : NULL), *reported != '\0' ? reported : _("never"),
        db_int(row, 6));
    free(reported);
    free(place);
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
              compare(model, COUNTS_ABOVE_WRONG, findings, say_above, err) &&
              compare(model, COUNTS_PLACE_WRONG, findings, say_place, err) &&
              compare(model, COUNTS_DUE_WRONG, findings, say_due, err) &&
              compare(model, COUNTS_OWED_WRONG, findings, say_owed, err);
    db_read_end(db);
    return ok;
}
