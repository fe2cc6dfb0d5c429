/* sample_units: the places, units, sources, leaders and people of sample-data. Each row is written
 * as it is read; what later files name is kept here with the id it got. */
#ifndef MODEL_SAMPLE_UNITS_H
#define MODEL_SAMPLE_UNITS_H

#include "sample_read.h"
#include "store/db.h"

struct sample_region {
    char *code;
    int64_t id, parent_id;
};
struct sample_department {
    char *shown, *region; /* its short name; the code of its region */
    int64_t id;
};
struct sample_source {
    char *code;
    int64_t id;
    int year;
    enum rhythm rhythm;
};
struct sample_sponsor {
    char *name;
    int64_t id;
};
struct sample_person {
    char *name, *role;
    int64_t region_id, department_id;
};

struct sample_units {
    struct sample_region *region;
    struct sample_department *department;
    struct sample_source *source;
    struct sample_sponsor *sponsor;
    struct sample_person *person;
    size_t regions, departments, sources, sponsors, people;
    size_t region_room, department_room, source_room, sponsor_room, person_room;
};

/* Within the caller's write transaction: all of it, or the places and departments alone. */
bool sample_units_load(struct sample_units *units, struct db *db, const char *folder,
    const struct sample_clock *clock, struct error *err);
bool sample_places_load(
    struct sample_units *units, struct db *db, const char *folder, struct error *err);
void sample_units_clear(struct sample_units *units);

/* What `name` in `column` of this row means; a fault and 0 (NULL) where nothing is called that. */
int64_t sample_region_id(const struct sample_units *units, struct sample_file *file,
    const char *column, const char *name);
int64_t sample_department_id(const struct sample_units *units, struct sample_file *file,
    const char *column, const char *name);
const struct sample_source *sample_source_of(
    const struct sample_units *units, struct sample_file *file, const char *column);
int64_t sample_sponsor_id(
    const struct sample_units *units, struct sample_file *file, const char *column);

#endif
