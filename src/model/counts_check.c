/* Counts the tasks again and compares: for duban check. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "column.h"
#include "model/counts.h"
#include "model/units.h"

/* What is told to the person in the end. */
struct check {
    void (*say)(void *context, const char *text);
    void *context;
    const struct units *units;
};

static const char *name_or(const char *name)
{
    return name != NULL ? name : _("none");
}

/* COUNTS_TOTAL_WRONG: state, source, returned, due_on, reported_on, tally, tasks */
static void say_total(const struct check *check, struct db_statement *row)
{
    struct strbuf text = {0};
    const struct source *source = units_source(check->units, db_int(row, 1));
    int state = column_word(row, 0, task_states, STATE_COUNT, STATE_NOT_STARTED);
    char *due = column_line(row, 3);
    strbuf_format(&text,
        _("the totals count %" PRId64 " tasks of source %s, state %s, due %s; there are %" PRId64),
        db_int(row, 5), name_or(source != NULL ? source->name : NULL), _(task_states[state].label),
        due, db_int(row, 6));
    check->say(check->context, strbuf_text(&text));
    strbuf_clear(&text);
    free(due);
}

/* COUNTS_TALLY_WRONG: region, lead, source, state, due_on, reported_on, tally, tasks */
static void say_tally(const struct check *check, struct db_statement *row)
{
    struct strbuf text = {0};
    const struct region *region = units_region(check->units, db_int(row, 0));
    const struct department *lead = units_department(check->units, db_int(row, 1));
    int state = column_word(row, 3, task_states, STATE_COUNT, STATE_NOT_STARTED);
    char *due = column_line(row, 4);
    strbuf_format(&text,
        _("the tally counts %" PRId64
          " tasks of region %s, lead %s, state %s, due %s; there are %" PRId64),
        db_int(row, 6), name_or(region != NULL ? region->shown : NULL),
        name_or(lead != NULL ? lead->shown : NULL), _(task_states[state].label), due,
        db_int(row, 7));
    check->say(check->context, strbuf_text(&text));
    strbuf_clear(&text);
    free(due);
}

static bool compare(struct db *db, enum statement id, const struct check *check,
    void (*say)(const struct check *check, struct db_statement *row), struct error *err)
{
    struct db_statement *rows;
    enum db_step step;
    if (!db_statement(db, id, &rows, err))
        return false;
    while ((step = db_step(rows, err)) == DB_ROW)
        say(check, rows);
    db_reset(rows);
    return step != DB_FAILED;
}

static bool run(struct db *db, enum statement id, struct error *err)
{
    struct db_statement *statement;
    return db_statement(db, id, &statement, err) && db_run(statement, err);
}

static bool rebuild(struct db *db, struct error *err)
{
    static const enum statement steps[] = {
        COUNTS_TOTAL_CLEAR, COUNTS_TOTAL_FILL, COUNTS_TALLY_CLEAR, COUNTS_TALLY_FILL};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (!run(db, steps[i], err))
            return false;
    return true;
}

static bool compare_both(struct db *db, const struct check *check, struct error *err)
{
    return compare(db, COUNTS_TOTAL_WRONG, check, say_total, err) &&
           compare(db, COUNTS_TALLY_WRONG, check, say_tally, err);
}

bool counts_check(struct model *model, bool repair, void (*say)(void *context, const char *text),
    void *context, struct error *err)
{
    const struct check check = {say, context, model_units(model)};
    struct db *db = model_db(model);
    if (!(repair ? db_write_begin(db, err) : db_read_begin(db, err)))
        return false;
    bool ok = compare_both(db, &check, err);
    if (!repair) {
        db_read_end(db);
        return ok;
    }
    if (ok && rebuild(db, err))
        return db_write_commit(db, err);
    db_write_rollback(db);
    return false;
}
