/* Reading row after row is quick enough for what is near. For what is far away, in a list of a
 * million, the indexes first say which tasks may hold the text, and only those rows are read. */
#include "task_search.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/pinyin.h"
#include "base/text.h"
#include "column.h"
#include "model/search.h"
#include "model/task_detail.h"
#include "model/units.h"
#include "store/db.h"

/* Rows read one after the other before the indexes are asked. */
enum { NEAR_ROWS = 500 };

/* --- one row --------------------------------------------------------------------------------- */

/* TASK_BRIEF: title, code, number, part, region, lead */
static bool row_holds(const struct units *units, struct db_statement *row, const char *text)
{
    char ident[IDENT_ROOM];
    column_ident(row, 1, ident);
    const struct region *region = units_region(units, db_int(row, 4));
    const struct department *lead = units_department(units, db_int(row, 5));
    return text_find(db_text(row, 0), text) || text_find(ident, text) ||
           (region && pinyin_matches(region->name, text)) ||
           (lead && pinyin_matches(lead->name, text));
}

static bool task_holds(
    struct model *model, int64_t id, const char *text, bool *holds, struct error *err)
{
    struct db_statement *brief;
    if (!db_statement(model_db(model), TASK_BRIEF, &brief, err))
        return false;
    db_bind_int(brief, 1, id);
    enum db_step step = db_step(brief, err);
    *holds = step == DB_ROW && row_holds(model_units(model), brief, text);
    db_reset(brief);
    return step != DB_FAILED;
}

/* --- the sieve ------------------------------------------------------------------------------- */

/* A bit for each task that may hold the text, shared by ids that are equal in their last bits: what
 * passes is read and looked at, so a bit too many costs one row. */
enum { SIEVE_BITS = 1 << 20 };
struct sieve {
    unsigned char bits[SIEVE_BITS / 8];
};

static void sieve_add(struct sieve *sieve, int64_t id)
{
    uint64_t bit = (uint64_t)id % SIEVE_BITS;
    sieve->bits[bit / 8] |= (unsigned char)(1u << bit % 8);
}

static bool sieve_has(const struct sieve *sieve, int64_t id)
{
    uint64_t bit = (uint64_t)id % SIEVE_BITS;
    return sieve->bits[bit / 8] & 1u << bit % 8;
}

static bool sieve_add_rows(struct sieve *sieve, struct db_statement *rows, struct error *err)
{
    enum db_step step;
    while ((step = db_step(rows, err)) == DB_ROW)
        sieve_add(sieve, db_int(rows, 0));
    db_reset(rows);
    return step != DB_FAILED;
}

static bool sieve_add_of(
    struct sieve *sieve, struct db *db, enum statement statement, int64_t unit, struct error *err)
{
    struct db_statement *rows;
    if (!db_statement(db, statement, &rows, err))
        return false;
    db_bind_int(rows, 1, unit);
    return sieve_add_rows(sieve, rows, err);
}

/* Tasks of the regions and leads that `text` names, as row_holds sees it. */
static bool sieve_units(
    struct sieve *sieve, struct model *model, const char *text, struct error *err)
{
    const struct units *units = model_units(model);
    bool ok = true;
    for (size_t i = 0; ok && i < units_region_count(units); i++) {
        const struct region *region = units_region_at(units, i);
        if (pinyin_matches(region->name, text))
            ok = sieve_add_of(sieve, model_db(model), TASKS_OF_REGION, region->id, err);
    }
    for (size_t i = 0; ok && i < units_department_count(units); i++) {
        const struct department *lead = units_department_at(units, i);
        if (pinyin_matches(lead->name, text))
            ok = sieve_add_of(sieve, model_db(model), TASKS_OF_LEAD, lead->id, err);
    }
    return ok;
}

/* Titles by their index, tasks that are not yet in it, and the one whose identity the text is. */
static bool sieve_texts(
    struct sieve *sieve, struct model *model, const char *text, struct error *err)
{
    struct db_statement *rows;
    struct strbuf match = {0};
    struct error none;
    int64_t id;
    if (task_find(model, text, &id, &none))
        sieve_add(sieve, id);
    strbuf_add(&match, "title : ");
    bool ok = db_statement(model_db(model), TASKS_TITLED, &rows, err);
    if (ok && search_query(&match, text)) {
        db_bind_text(rows, 1, strbuf_text(&match));
        ok = sieve_add_rows(sieve, rows, err);
    }
    strbuf_clear(&match);
    if (!ok || !db_statement(model_db(model), TASKS_UNINDEXED, &rows, err))
        return false;
    return sieve_add_rows(sieve, rows, err);
}

/* --- the way --------------------------------------------------------------------------------- */

/* Goes on along the way until a task holds the text, `most` rows are behind it, or the end. */
static bool walk(struct model *model, const struct id_list *ids, struct search_way *way,
    const struct sieve *sieve, const char *text, bool *found, struct error *err)
{
    bool ok = true;
    /* before the first is past the last: one test ends both ways */
    while (ok && way->most > 0 && way->from < ids->count) {
        int64_t id = id_list_at(ids, way->from);
        if (!sieve || sieve_has(sieve, id))
            ok = task_holds(model, id, text, found, err);
        if (*found)
            break;
        way->from = way->backwards ? way->from - 1 : way->from + 1;
        way->most--;
    }
    return ok;
}

static bool walk_far(struct model *model, const struct id_list *ids, struct search_way *way,
    const char *text, bool *found, struct error *err)
{
    struct sieve *sieve = alloc_zero(1, sizeof *sieve);
    bool ok = sieve_texts(sieve, model, text, err) && sieve_units(sieve, model, text, err) &&
              walk(model, ids, way, sieve, text, found, err);
    free(sieve);
    return ok;
}

static bool search(struct model *model, const struct id_list *ids, struct search_way *way,
    const char *text, bool *found, struct error *err)
{
    size_t most = way->most;
    way->most = most < NEAR_ROWS ? most : NEAR_ROWS;
    if (!walk(model, ids, way, NULL, text, found, err))
        return false;
    way->most = most < NEAR_ROWS ? 0 : most - NEAR_ROWS;
    return *found || way->most == 0 || way->from >= ids->count ||
           walk_far(model, ids, way, text, found, err);
}

bool task_search(struct model *model, const struct id_list *ids, const struct search_way *way,
    const char *text, size_t *index, bool *found, struct error *err)
{
    struct search_way rest = *way;
    *found = false;
    if (!db_read_begin(model_db(model), err))
        return false;
    bool ok = search(model, ids, &rest, text, found, err);
    db_read_end(model_db(model));
    if (ok && *found)
        *index = rest.from;
    return ok;
}
