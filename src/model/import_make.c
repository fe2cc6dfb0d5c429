/* Units and sources that an import makes, as rows. */
#include "import_parts.h"

static bool make_region(struct look *look, const struct region *region, struct error *err)
{
    static const char *const levels[] = {"province", "city", "county", "township"};
    struct db_statement *add;
    if (!db_statement(look->db, IMPORT_ADD_REGION, &add, err))
        return false;
    db_bind_int(add, 1, region->id);
    db_bind_text(add, 2, region->code);
    db_bind_text(add, 3, region->name);
    db_bind_text(add, 4, region->plain);
    db_bind_text(add, 5, levels[region->level]);
    db_bind_int(add, 6, region->parent_id);
    return db_run(add, err);
}

static bool make_department(struct look *look, const struct department *one, struct error *err)
{
    struct db_statement *add;
    if (!db_statement(look->db, IMPORT_ADD_DEPARTMENT, &add, err))
        return false;
    db_bind_int(add, 1, one->id);
    db_bind_text(add, 2, one->name);
    db_bind_text(add, 3, one->plain);
    db_bind_int(add, 4, one->region_id);
    return db_run(add, err);
}

static bool make_sources(struct look *look, struct error *err)
{
    struct db_statement *add;
    bool good = true;
    if (look->made_sources == 0 || look->source_made)
        return true;
    look->source_made = true;
    for (size_t i = 0; good && i < look->made_sources; i++) {
        const struct import_source *source = look->made_as[i];
        if (!db_statement(look->db, IMPORT_ADD_SOURCE, &add, err))
            return false;
        db_bind_int(add, 1, look->made_source_id + (int64_t)i);
        db_bind_text(add, 2, source->code);
        db_bind_text(add, 3, source->name);
        db_bind_int(add, 4, source->year);
        db_bind_text(add, 5, rhythms[source->rhythm].name);
        good = db_run(add, err);
    }
    return good;
}

bool look_make_units(struct look *look, struct error *err)
{
    bool good = make_sources(look, err);
    for (size_t i = look->units_made; good && i < look->unit_count; i++)
        if (look->unit_id[i] != 0)
            good =
                look->unit[i].kind == UNIT_REGION
                    ? make_region(look, units_region(look->units, look->unit_id[i]), err)
                    : make_department(look, units_department(look->units, look->unit_id[i]), err);
    look->units_made = look->unit_count;
    return good;
}
