/* sample_world: the places and departments of generated tasks, found or made. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "sample_make.h"
#include "sample_stock.h"

#define CITY_DIGITS 4 /* of a code */

/* The first column of the only row, or 0. */
static bool find_id(struct db_statement *query, int64_t *id, struct error *err)
{
    enum db_step step = db_step(query, err);
    *id = step == DB_ROW ? db_int(query, 0) : 0;
    db_reset(query);
    return step != DB_FAILED;
}

static bool find_by_text(
    struct db *db, enum statement id, const char *text, int64_t *found, struct error *err)
{
    struct db_statement *query;
    if (!db_statement(db, id, &query, err))
        return false;
    db_bind_text(query, 1, text);
    return find_id(query, found, err);
}

/* Finds what is called so, or makes it. */
static bool need_region(struct db *db, const struct stock_row *row, const char *level,
    int64_t parent, int64_t *id, struct error *err)
{
    struct db_statement *insert;
    if (!find_by_text(db, SAMPLE_FIND_REGION, row->code, id, err))
        return false;
    if (*id)
        return true;
    if (!db_statement(db, SAMPLE_NEED_REGION, &insert, err))
        return false;
    db_bind_text(insert, 1, row->code);
    db_bind_text(insert, 2, row->text);
    db_bind_text(insert, 3, row->shown);
    db_bind_text(insert, 4, level);
    if (parent)
        db_bind_int(insert, 5, parent);
    if (!db_run(insert, err))
        return false;
    *id = db_last_id(db);
    return true;
}

static bool need_department(
    struct db *db, const struct stock_row *row, int64_t province, int64_t *id, struct error *err)
{
    struct db_statement *insert;
    if (!find_by_text(db, SAMPLE_FIND_DEPARTMENT, row->text, id, err))
        return false;
    if (*id)
        return true;
    if (!db_statement(db, SAMPLE_NEED_DEPARTMENT, &insert, err))
        return false;
    db_bind_text(insert, 1, row->text);
    db_bind_text(insert, 2, row->shown);
    db_bind_int(insert, 3, province);
    if (!db_run(insert, err))
        return false;
    *id = db_last_id(db);
    return true;
}

static bool read_counties(struct world *world, struct db *db, size_t city, struct error *err)
{
    struct db_statement *query;
    enum db_step step;
    if (!db_statement(db, SAMPLE_COUNTIES, &query, err))
        return false;
    db_bind_int(query, 1, world->city[city].id);
    while ((step = db_step(query, err)) == DB_ROW && world->counties[city] < COUNTIES_MOST) {
        world->county[city][world->counties[city]++] =
            (struct place){.id = db_int(query, 0), .shown = alloc_string(db_text(query, 1))};
    }
    db_reset(query);
    return step != DB_FAILED;
}

/* Those that the city has; where it has none, those it should have. */
static bool need_counties(struct world *world, struct db *db, size_t city, struct error *err)
{
    const char *code = stock_cities.row[city].code;
    int64_t id;
    bool done = read_counties(world, db, city, err);
    if (!done || world->counties[city] > 0)
        return done;
    for (size_t i = 0; done && i < stock_counties.count; i++)
        if (strncmp(stock_counties.row[i].code, code, CITY_DIGITS) == 0)
            done =
                need_region(db, &stock_counties.row[i], "county", world->city[city].id, &id, err);
    return done && read_counties(world, db, city, err);
}

bool world_need(struct world *world, struct db *db, struct error *err)
{
    static const struct stock_row province = {"辽宁省", 1, "辽宁", "210000"};
    bool done = need_region(db, &province, "province", 0, &world->province.id, err);
    int64_t top = world->province.id;
    world->province.shown = alloc_string(province.shown);
    for (size_t i = 0; done && i < stock_cities.count; i++) {
        world->city[i].shown = alloc_string(stock_cities.row[i].shown);
        done = need_region(db, &stock_cities.row[i], "city", top, &world->city[i].id, err) &&
               need_counties(world, db, i, err);
    }
    for (size_t i = 0; done && i < stock_departments.count; i++)
        done = need_department(db, &stock_departments.row[i], top, &world->department[i], err);
    return done;
}

void world_clear(struct world *world)
{
    free(world->province.shown);
    for (size_t city = 0; city < stock_cities.count; city++) {
        for (size_t i = 0; i < world->counties[city]; i++)
            free(world->county[city][i].shown);
        free(world->city[city].shown);
    }
}
