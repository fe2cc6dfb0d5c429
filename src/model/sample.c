#include "model/sample.h"

#include <assert.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/search.h"
#include "sample_write.h"

/* The day sample-data tells of. */
#define REFERENCE_YEAR 2026
#define REFERENCE_MONTH 11
#define REFERENCE_DAY 21

/* `refusal`: the sentence where there is any, with %s for the file. */
static bool check_none(struct db *db, enum statement any, const char *refusal, struct error *err)
{
    struct db_statement *query;
    if (!db_statement(db, any, &query, err))
        return false;
    enum db_step step = db_step(query, err);
    bool found = step == DB_ROW && db_int(query, 0) != 0;
    db_reset(query);
    if (found)
        return error_set(err, ERROR_REFUSED, refusal, db_path(db));
    return step == DB_ROW;
}

static bool check_empty(struct db *db, struct error *err)
{
    return check_none(
        db, SAMPLE_ANYTHING, _("%s holds data already; sample data goes into a new database"), err);
}

static bool load_rows(struct sample_rows *rows, const struct sample_units *units,
    const struct sample_clock *clock, struct db *db, struct error *err)
{
    size_t count = rows->table[SAMPLE_TASKS].count;
    struct sample_steps steps = {0};
    struct sample_outcome *outcomes = alloc_zero(count + 1, sizeof *outcomes);
    sample_steps_plan(&steps, rows, clock);
    bool done = sample_write_tasks(rows, db, err) &&
                sample_history_write(&steps, rows, units, outcomes, db, err) &&
                sample_write_rest(rows, outcomes, db, err) &&
                search_refresh(db, (int)count, NULL, err);
    free(steps.step);
    free(outcomes);
    return done;
}

bool sample_load(struct model *model, const char *folder, struct error *err)
{
    struct db *db = model_db(model);
    struct sample_clock clock = {
        .reference = date_make(REFERENCE_YEAR, REFERENCE_MONTH, REFERENCE_DAY),
        .now = date_now(),
    };
    clock.today = date_local(clock.now).date;
    struct sample_units units = {0};
    struct sample_rows rows = {0};
    if (!db_write_begin(db, err))
        return false;
    bool done = check_empty(db, err) && sample_units_load(&units, db, folder, &clock, err) &&
                sample_rows_read(&rows, &units, folder, &clock, err) &&
                load_rows(&rows, &units, &clock, db, err);
    if (done)
        done = db_write_commit(db, err);
    else
        db_write_rollback(db);
    sample_rows_clear(&rows);
    sample_units_clear(&units);
    return done;
}

bool sample_load_places(struct model *model, const char *folder, struct error *err)
{
    struct db *db = model_db(model);
    struct sample_units units = {0};
    if (!db_write_begin(db, err))
        return false;
    bool done = check_none(db, SAMPLE_ANY_PLACES,
                    _("%s has places or departments already; they were left as they are"), err) &&
                sample_places_load(&units, db, folder, err);
    if (done)
        done = db_write_commit(db, err);
    else
        db_write_rollback(db);
    sample_units_clear(&units);
    return done;
}
