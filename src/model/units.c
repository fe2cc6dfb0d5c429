/* units: the tables of places, departments, sources and sponsors, held whole. */
#include "model/units.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "model/task.h"

#include "store/db.h"

/* Where a row of a given id stands in its table. */
struct place {
    int64_t id;
    size_t at;
};
struct table {
    size_t count, capacity;
    struct place *places; /* by id */
    size_t place_room;
};

/* A unit that an import made: it may have been taken back with it. */
struct gone {
    int64_t id;
    enum unit_kind kind;
    char *name;
};

struct units {
    struct gone *gone;
    size_t gone_count, gone_room;
    struct table region_table, department_table, source_table, sponsor_table;
    struct region *regions;
    struct department *departments;
    struct source *sources;
    struct sponsor *sponsors;
};

static const char *const region_levels[] = {"province", "city", "county", "township"};

/* --- tables -------------------------------------------------------------------------------- */

static int place_compare(const void *a, const void *b)
{
    int64_t x = ((const struct place *)a)->id, y = ((const struct place *)b)->id;
    return (x > y) - (x < y);
}

/* Every kind of unit begins with its id. */
static void table_index(struct table *table, const void *rows, size_t size)
{
    free(table->places);
    table->place_room = table->count + 1;
    table->places = alloc_zero(table->place_room, sizeof *table->places);
    for (size_t i = 0; i < table->count; i++) {
        const char *row = (const char *)rows + i * size;
        memcpy(&table->places[i].id, row, sizeof table->places[i].id);
        table->places[i].at = i;
    }
    qsort(table->places, table->count, sizeof *table->places, place_compare);
}

/* The last row is new. Its id is mostly the highest. */
static void table_index_last(struct table *table, const void *rows, size_t size)
{
    struct place last = {.at = table->count - 1};
    memcpy(&last.id, (const char *)rows + last.at * size, sizeof last.id);
    if (last.at > 0 && table->places[last.at - 1].id >= last.id) {
        table_index(table, rows, size);
        return;
    }
    table->places =
        alloc_grow(table->places, &table->place_room, table->count, sizeof *table->places);
    table->places[last.at] = last;
}

static int64_t table_next_id(const struct table *table)
{
    return table->count > 0 ? table->places[table->count - 1].id + 1 : 1;
}

static bool table_find(const struct table *table, int64_t id, size_t *at)
{
    struct place key = {.id = id};
    const struct place *found =
        bsearch(&key, table->places, table->count, sizeof key, place_compare);
    if (found)
        *at = found->at;
    return found != NULL;
}

/* --- reading ------------------------------------------------------------------------------- */

static char *column_take(struct db_statement *statement, int column)
{
    const char *text = db_text(statement, column);
    struct strbuf clean = {0};
    text_scrub(&clean, text, strlen(text), TEXT_ONE_LINE);
    return strbuf_text(&clean) == clean.text ? strbuf_take(&clean) : alloc_string("");
}

static void region_take(struct units *units, struct db_statement *statement)
{
    struct table *table = &units->region_table;
    units->regions =
        alloc_grow(units->regions, &table->capacity, table->count + 1, sizeof *units->regions);
    struct region *region = &units->regions[table->count++];
    *region = (struct region){.id = db_int(statement, 0),
        .code = column_take(statement, 1),
        .name = column_take(statement, 2),
        .plain = column_take(statement, 3),
        .level = REGION_PROVINCE,
        .parent_id = db_int(statement, 5),
        .position = (int)db_int(statement, 6)};
    for (size_t i = 0; i < sizeof region_levels / sizeof region_levels[0]; i++)
        if (strcmp(db_text(statement, 4), region_levels[i]) == 0)
            region->level = (enum region_level)i;
}

static void department_take(struct units *units, struct db_statement *statement)
{
    struct table *table = &units->department_table;
    units->departments = alloc_grow(
        units->departments, &table->capacity, table->count + 1, sizeof *units->departments);
    units->departments[table->count++] = (struct department){.id = db_int(statement, 0),
        .name = column_take(statement, 1),
        .plain = column_take(statement, 2),
        .region_id = db_int(statement, 3),
        .position = (int)db_int(statement, 4)};
}

static void source_take(struct units *units, struct db_statement *statement)
{
    struct table *table = &units->source_table;
    units->sources =
        alloc_grow(units->sources, &table->capacity, table->count + 1, sizeof *units->sources);
    int rhythm = word_find(rhythms, RHYTHM_COUNT, db_text(statement, 4));
    units->sources[table->count++] = (struct source){.id = db_int(statement, 0),
        .code = column_take(statement, 1),
        .name = column_take(statement, 2),
        .year = (int)db_int(statement, 3),
        .rhythm = rhythm < 0 ? RHYTHM_NONE : (enum rhythm)rhythm,
        .position = (int)db_int(statement, 5)};
}

static void sponsor_take(struct units *units, struct db_statement *statement)
{
    struct table *table = &units->sponsor_table;
    units->sponsors =
        alloc_grow(units->sponsors, &table->capacity, table->count + 1, sizeof *units->sponsors);
    units->sponsors[table->count++] = (struct sponsor){.id = db_int(statement, 0),
        .name = column_take(statement, 1),
        .post = column_take(statement, 2),
        .line = column_take(statement, 3),
        .region_id = db_int(statement, 4)};
}

/* Lines of the history name those that are gone by their ids: they keep their names, and their ids
 * are not given again. */
static void gone_take(struct units *units, struct db_statement *statement)
{
    static const struct {
        const char *field;
        enum unit_kind kind;
    } kinds[] = {{"new_source.", UNIT_SOURCE}, {"new_region.", UNIT_REGION},
        {"new_department.", UNIT_DEPARTMENT}};
    const char *field = db_text(statement, 0);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i].field);
        if (strncmp(field, kinds[i].field, length) != 0)
            continue;
        units->gone =
            alloc_grow(units->gone, &units->gone_room, units->gone_count + 1, sizeof *units->gone);
        units->gone[units->gone_count++] = (struct gone){.id = strtoll(field + length, NULL, 10),
            .kind = kinds[i].kind,
            .name = column_take(statement, 1)};
    }
}

static bool rows_read(struct units *units, struct db *db, enum statement id,
    void (*take)(struct units *, struct db_statement *), struct error *err)
{
    struct db_statement *statement;
    if (!db_statement(db, id, &statement, err))
        return false;
    enum db_step step;
    while ((step = db_step(statement, err)) == DB_ROW)
        take(units, statement);
    db_reset(statement);
    return step == DB_DONE;
}

/* --- order and names ----------------------------------------------------------------------- */

static int region_compare(const void *a, const void *b)
{
    const struct region *x = a, *y = b;
    if (x->parent_id != y->parent_id)
        return (x->parent_id > y->parent_id) - (x->parent_id < y->parent_id);
    if (x->position != y->position)
        return (x->position > y->position) - (x->position < y->position);
    return (x->id > y->id) - (x->id < y->id);
}

/* The first row below `parent` among regions sorted by region_compare. */
static size_t children_find(const struct units *units, int64_t parent)
{
    size_t low = 0, high = units->region_table.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (units->regions[middle].parent_id < parent)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Puts regions in the order a tree is read. What hangs on no root (a ring made by hand) comes last.
 */
static void regions_order(struct units *units)
{
    size_t count = units->region_table.count, written = 0, depth = 0;
    if (count > 0)
        qsort(units->regions, count, sizeof *units->regions, region_compare);
    struct region *ordered = alloc_zero(count + 1, sizeof *ordered);
    bool *taken = alloc_zero(count + 1, sizeof *taken);
    size_t *next = alloc_zero(count + 2, sizeof *next); /* at each depth, the row to look at */
    int64_t *parents = alloc_zero(count + 2, sizeof *parents); /* and whose children those are */

    next[depth++] = children_find(units, 0);
    while (depth > 0) {
        size_t at = next[depth - 1]++;
        if (at >= count || units->regions[at].parent_id != parents[depth - 1] || taken[at]) {
            depth--;
            continue;
        }
        taken[at] = true;
        ordered[written++] = units->regions[at];
        parents[depth] = units->regions[at].id;
        next[depth] = children_find(units, parents[depth]);
        depth++;
    }
    for (size_t i = 0; i < count; i++)
        if (!taken[i])
            ordered[written++] = units->regions[i];

    free(next);
    free(parents);
    free(taken);
    free(units->regions);
    units->regions = ordered;
    units->region_table.capacity = count + 1;
}

static int name_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct names {
    const char **name; /* sorted */
    size_t count;
};

static bool name_is_shared(const struct names *names, const char *name)
{
    const char **found =
        bsearch(&name, names->name, names->count, sizeof *names->name, name_compare);
    if (!found)
        return false;
    size_t at = (size_t)(found - names->name);
    return (at > 0 && strcmp(names->name[at - 1], name) == 0) ||
           (at + 1 < names->count && strcmp(names->name[at + 1], name) == 0);
}

/* The short name, with the place in front where others have it too and it does not say so itself.
 */
static char *name_shown(const struct names *names, const char *plain, const struct region *place)
{
    if (!place || place->level == REGION_PROVINCE || !name_is_shared(names, plain) ||
        strncmp(plain, place->plain, strlen(place->plain)) == 0)
        return alloc_string(plain);
    return alloc_format("%s%s", place->plain, plain);
}

static void regions_show(struct units *units)
{
    struct names names = {.count = units->region_table.count};
    names.name = alloc_zero(names.count + 1, sizeof *names.name);
    for (size_t i = 0; i < names.count; i++)
        names.name[i] = units->regions[i].plain;
    qsort(names.name, names.count, sizeof *names.name, name_compare);
    for (size_t i = 0; i < names.count; i++) {
        struct region *region = &units->regions[i];
        region->shown = name_shown(&names, region->plain, units_region(units, region->parent_id));
    }
    free(names.name);
}

static void departments_show(struct units *units)
{
    struct names names = {.count = units->department_table.count};
    names.name = alloc_zero(names.count + 1, sizeof *names.name);
    for (size_t i = 0; i < names.count; i++)
        names.name[i] = units->departments[i].plain;
    qsort(names.name, names.count, sizeof *names.name, name_compare);
    for (size_t i = 0; i < names.count; i++) {
        struct department *department = &units->departments[i];
        department->shown =
            name_shown(&names, department->plain, units_region(units, department->region_id));
    }
    free(names.name);
}

bool units_read(struct db *db, struct units **out, struct error *err)
{
    struct units *units = alloc_zero(1, sizeof *units);
    if (!rows_read(units, db, UNITS_REGIONS, region_take, err) ||
        !rows_read(units, db, UNITS_DEPARTMENTS, department_take, err) ||
        !rows_read(units, db, UNITS_SOURCES, source_take, err) ||
        !rows_read(units, db, UNITS_SPONSORS, sponsor_take, err) ||
        !rows_read(units, db, UNITS_MADE, gone_take, err)) {
        units_free(units);
        return false;
    }
    regions_order(units);
    table_index(&units->region_table, units->regions, sizeof *units->regions);
    table_index(&units->department_table, units->departments, sizeof *units->departments);
    table_index(&units->source_table, units->sources, sizeof *units->sources);
    table_index(&units->sponsor_table, units->sponsors, sizeof *units->sponsors);
    regions_show(units);
    departments_show(units);
    *out = units;
    return true;
}

static void region_free(struct region *region)
{
    free(region->code);
    free(region->name);
    free(region->plain);
    free(region->shown);
}

void units_free(struct units *units)
{
    if (!units)
        return;
    for (size_t i = 0; i < units->region_table.count; i++)
        region_free(&units->regions[i]);
    for (size_t i = 0; i < units->department_table.count; i++) {
        free(units->departments[i].name);
        free(units->departments[i].plain);
        free(units->departments[i].shown);
    }
    for (size_t i = 0; i < units->source_table.count; i++) {
        free(units->sources[i].code);
        free(units->sources[i].name);
    }
    for (size_t i = 0; i < units->sponsor_table.count; i++) {
        free(units->sponsors[i].name);
        free(units->sponsors[i].post);
        free(units->sponsors[i].line);
    }
    for (size_t i = 0; i < units->gone_count; i++)
        free(units->gone[i].name);
    free(units->gone);
    free(units->region_table.places);
    free(units->department_table.places);
    free(units->source_table.places);
    free(units->sponsor_table.places);
    free(units->regions);
    free(units->departments);
    free(units->sources);
    free(units->sponsors);
    free(units);
}

/* --- others beside them -------------------------------------------------------------------- */

void units_show(struct units *units)
{
    for (size_t i = 0; i < units->region_table.count; i++)
        free(units->regions[i].shown);
    for (size_t i = 0; i < units->department_table.count; i++)
        free(units->departments[i].shown);
    regions_show(units);
    departments_show(units);
}

void units_put_region(struct units *units, const struct region *region)
{
    struct table *table = &units->region_table;
    units->regions =
        alloc_grow(units->regions, &table->capacity, table->count + 1, sizeof *units->regions);
    struct region *put = &units->regions[table->count++];
    *put = *region;
    put->code = alloc_string(region->code);
    put->name = alloc_string(region->name);
    put->plain = alloc_string(region->plain);
    put->shown = alloc_string(region->plain);
    table_index_last(table, units->regions, sizeof *units->regions);
}

void units_put_department(struct units *units, const struct department *department)
{
    struct table *table = &units->department_table;
    units->departments = alloc_grow(
        units->departments, &table->capacity, table->count + 1, sizeof *units->departments);
    struct department *put = &units->departments[table->count++];
    *put = *department;
    put->name = alloc_string(department->name);
    put->plain = alloc_string(department->plain);
    put->shown = alloc_string(department->plain);
    table_index_last(table, units->departments, sizeof *units->departments);
}

void units_put_source(struct units *units, const struct source *source)
{
    struct table *table = &units->source_table;
    units->sources =
        alloc_grow(units->sources, &table->capacity, table->count + 1, sizeof *units->sources);
    struct source *put = &units->sources[table->count++];
    *put = *source;
    put->code = alloc_string(source->code);
    put->name = alloc_string(source->name);
    table_index_last(table, units->sources, sizeof *units->sources);
}

int64_t units_next_id(const struct units *units, enum unit_kind kind)
{
    const struct table *tables[] = {[UNIT_REGION] = &units->region_table,
        [UNIT_DEPARTMENT] = &units->department_table,
        [UNIT_SOURCE] = &units->source_table,
        [UNIT_SPONSOR] = &units->sponsor_table};
    int64_t next = table_next_id(tables[kind]);
    for (size_t i = 0; i < units->gone_count; i++)
        if (units->gone[i].kind == kind && units->gone[i].id >= next)
            next = units->gone[i].id + 1;
    return next;
}

const char *units_gone(const struct units *units, enum unit_kind kind, int64_t id)
{
    for (size_t i = 0; i < units->gone_count; i++)
        if (units->gone[i].kind == kind && units->gone[i].id == id)
            return units->gone[i].name;
    return NULL;
}

/* --- by id and by place -------------------------------------------------------------------- */

const struct region *units_region(const struct units *units, int64_t id)
{
    size_t at;
    return table_find(&units->region_table, id, &at) ? &units->regions[at] : NULL;
}

const struct department *units_department(const struct units *units, int64_t id)
{
    size_t at;
    return table_find(&units->department_table, id, &at) ? &units->departments[at] : NULL;
}

const struct source *units_source(const struct units *units, int64_t id)
{
    size_t at;
    return table_find(&units->source_table, id, &at) ? &units->sources[at] : NULL;
}

const struct sponsor *units_sponsor(const struct units *units, int64_t id)
{
    size_t at;
    return table_find(&units->sponsor_table, id, &at) ? &units->sponsors[at] : NULL;
}

const struct region *units_region_above(
    const struct units *units, int64_t id, enum region_level level)
{
    const struct region *region = units_region(units, id);
    for (size_t steps = units->region_table.count; region && region->level != level; steps--)
        region = steps > 0 ? units_region(units, region->parent_id) : NULL;
    return region;
}

size_t units_region_count(const struct units *units)
{
    return units->region_table.count;
}

const struct region *units_region_at(const struct units *units, size_t index)
{
    return index < units->region_table.count ? &units->regions[index] : NULL;
}

size_t units_department_count(const struct units *units)
{
    return units->department_table.count;
}

const struct department *units_department_at(const struct units *units, size_t index)
{
    return index < units->department_table.count ? &units->departments[index] : NULL;
}

size_t units_source_count(const struct units *units)
{
    return units->source_table.count;
}

const struct source *units_source_at(const struct units *units, size_t index)
{
    return index < units->source_table.count ? &units->sources[index] : NULL;
}

size_t units_sponsor_count(const struct units *units)
{
    return units->sponsor_table.count;
}

const struct sponsor *units_sponsor_at(const struct units *units, size_t index)
{
    return index < units->sponsor_table.count ? &units->sponsors[index] : NULL;
}
