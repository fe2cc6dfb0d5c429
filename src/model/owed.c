#include "model/owed.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "column.h"
#include "member.h"
#include "model/units.h"

/* --- open tasks ------------------------------------------------------------------------------ */

static struct owed_source *source_of(struct owed *owed, int64_t id)
{
    for (size_t i = 0; i < owed->count; i++)
        if (owed->source[i].source_id == id)
            return &owed->source[i];
    return NULL; /* one that asks for no reports */
}

static void start_sources(struct model *model, struct owed *owed)
{
    const struct units *units = model_units(model);
    const struct today *today = model_today(model);
    size_t count = units_source_count(units);
    owed->source = alloc_zero(count + 1, sizeof *owed->source);
    for (size_t i = 0; i < count; i++) {
        const struct source *source = units_source_at(units, i);
        date_t starts = today->owed[source->rhythm];
        if (starts == DATE_NONE)
            continue;
        owed->source[owed->count++] = (struct owed_source){
            .source_id = source->id,
            .rhythm = source->rhythm,
            .starts_on = starts,
            .ends_on = date_period_end(source->rhythm, starts),
        };
    }
}

/* Rows of a source, the last period reported, and how many. */
static bool count_open(struct db_statement *rows, struct owed *owed, struct error *err)
{
    enum db_step step;
    while ((step = db_step(rows, err)) == DB_ROW) {
        struct owed_source *source = source_of(owed, db_int(rows, 0));
        if (source == NULL)
            continue;
        date_t reported = column_date(rows, 1);
        int64_t n = db_int(rows, 2);
        source->open += n;
        source->missing += reported == DATE_NONE || reported < source->starts_on ? n : 0;
    }
    return step != DB_FAILED;
}

/* `before`, the tasks that have `flag` in reach, `after`. */
static bool prepare(struct model *model, const char *before, enum query_flag flag,
    const char *after, struct db_statement **out, struct error *err)
{
    const struct query query = {.kind = QUERY_FLAG, .flag = flag};
    const struct sort by_due = {SORT_DUE, false};
    struct sql sql = {0};
    struct strbuf text = {0};
    struct query_error wrong;
    if (!query_sql_list(model, &query, &by_due, &sql, &wrong))
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    strbuf_format(&text, "%s(%s)%s", before, strbuf_text(&sql.text), after);
    bool ok = db_prepare(model_db(model), strbuf_text(&text), out, err);
    if (ok)
        sql_bind(*out, &sql, 0);
    strbuf_clear(&text);
    sql_clear(&sql);
    return ok;
}

static bool read_open(struct model *model, struct owed *owed, struct error *err)
{
    struct db_statement *rows;
    if (model_reach(model) == NULL) {
        if (!db_statement(model_db(model), OWED_OPEN, &rows, err))
            return false;
        bool ok = count_open(rows, owed, err);
        db_reset(rows);
        return ok;
    }
    if (!prepare(model, "SELECT source_id, reported_on, count(*) FROM task WHERE id IN ", FLAG_OPEN,
            " GROUP BY source_id, reported_on", &rows, err))
        return false;
    bool ok = count_open(rows, owed, err);
    db_finish(rows);
    return ok;
}

/* --- who has not ----------------------------------------------------------------------------- */

static void count_unit(struct owed_unit **units, size_t *count, int64_t id)
{
    for (size_t i = 0; i < *count; i++)
        if ((*units)[i].id == id) {
            (*units)[i].missing++;
            return;
        }
    *units = alloc_resize(*units, *count + 1, sizeof **units);
    (*units)[(*count)++] = (struct owed_unit){id, 1};
}

static int64_t place_of(const struct units *units, int64_t region_id)
{
    const struct region *county = units_region_above(units, region_id, REGION_COUNTY);
    return county != NULL ? county->id : region_id;
}

/* The places of one task, each once. */
#define PLACES_MOST 64
struct places {
    int64_t task, id[PLACES_MOST];
    size_t count;
};

static bool is_new_place(struct places *places, int64_t id)
{
    for (size_t i = 0; i < places->count; i++)
        if (places->id[i] == id)
            return false;
    if (places->count < PLACES_MOST)
        places->id[places->count++] = id;
    return true;
}

/* Rows of a task, its source, lead and one of its regions; those of a task side by side. */
static bool count_missing(
    struct model *model, struct db_statement *rows, struct owed *owed, struct error *err)
{
    struct places places = {0};
    enum db_step step;
    while ((step = db_step(rows, err)) == DB_ROW) {
        struct owed_source *source = source_of(owed, db_int(rows, 1));
        if (source == NULL)
            continue;
        if (db_int(rows, 0) != places.task) {
            places = (struct places){.task = db_int(rows, 0)};
            count_unit(&source->leads, &source->lead_count, db_int(rows, 2));
        }
        int64_t place = place_of(model_units(model), db_int(rows, 3));
        if (is_new_place(&places, place))
            count_unit(&source->regions, &source->region_count, place);
    }
    return step != DB_FAILED;
}

static int by_missing(const void *left, const void *right)
{
    const struct owed_unit *a = left, *b = right;
    if (a->missing != b->missing)
        return a->missing < b->missing ? 1 : -1;
    return (a->id > b->id) - (a->id < b->id);
}

static bool read_missing(struct model *model, struct owed *owed, struct error *err)
{
    struct db_statement *rows;
    if (!prepare(model,
            "SELECT t.id, t.source_id, coalesce(t.lead_id, 0), r.region_id FROM task t "
            "JOIN task_region r ON r.task_id = t.id WHERE t.id IN ",
            FLAG_UNREPORTED, " ORDER BY t.id, r.position, r.region_id", &rows, err))
        return false;
    bool ok = count_missing(model, rows, owed, err);
    db_finish(rows);
    for (size_t i = 0; i < owed->count; i++) {
        struct owed_source *source = &owed->source[i];
        if (source->region_count > 0)
            qsort(source->regions, source->region_count, sizeof *source->regions, by_missing);
        if (source->lead_count > 0)
            qsort(source->leads, source->lead_count, sizeof *source->leads, by_missing);
    }
    return ok;
}

/* --- both ------------------------------------------------------------------------------------ */

static void leave_out_empty(struct owed *owed)
{
    size_t kept = 0;
    for (size_t i = 0; i < owed->count; i++)
        if (owed->source[i].open > 0)
            owed->source[kept++] = owed->source[i];
    owed->count = kept;
}

bool owed_read(struct model *model, struct owed *out, struct error *err)
{
    struct owed owed = {0};
    if (!db_read_begin(model_db(model), err))
        return false;
    start_sources(model, &owed);
    bool ok = read_open(model, &owed, err) && read_missing(model, &owed, err);
    db_read_end(model_db(model));
    if (!ok) {
        owed_clear(&owed);
        return false;
    }
    leave_out_empty(&owed);
    *out = owed;
    return true;
}

void owed_clear(struct owed *owed)
{
    for (size_t i = 0; i < owed->count; i++) {
        free(owed->source[i].regions);
        free(owed->source[i].leads);
    }
    free(owed->source);
    *owed = (struct owed){0};
}
