/* units: regions, departments, sources and sponsors in memory: a few hundred rows, read once and
 * again when they changed. All lookups are by id or by what a person types. */
#ifndef MODEL_UNITS_H
#define MODEL_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"

struct db;

enum region_level { REGION_PROVINCE, REGION_CITY, REGION_COUNTY, REGION_TOWNSHIP };
/* `plain` is the short name as the database has it; `shown` the one the board prints: the same, but
 * where several share it (铁西) with the place it belongs to in front (鞍山铁西). Strings are scrubbed. */
struct region { int64_t id; char *code, *name, *plain, *shown; enum region_level level; int64_t parent_id; int position; };
struct department { int64_t id; char *name, *plain, *shown; int64_t region_id; int position; };
struct source { int64_t id; char *code, *name; int year; enum rhythm rhythm; int position; };
struct sponsor { int64_t id; char *name, *post, *line; int64_t region_id; };

struct units;
bool units_read(struct db *db, struct units **out, struct error *err);
void units_free(struct units *units);
/* One more, copied, at the end of its order, for who reads what speaks of units that are still to be
 * made; what it costs does not grow with them. `shown` is not read: it is the short name until
 * units_show makes all anew. */
void units_put_region(struct units *units, const struct region *region);
void units_put_department(struct units *units, const struct department *department);
void units_put_source(struct units *units, const struct source *source);
void units_show(struct units *units);

/* NULL when there is none (id 0 too). */
const struct region *units_region(const struct units *units, int64_t id);
const struct department *units_department(const struct units *units, int64_t id);
const struct source *units_source(const struct units *units, int64_t id);
const struct sponsor *units_sponsor(const struct units *units, int64_t id);

/* The region of `level` that `id` is in, itself included; NULL when there is none above it. */
const struct region *units_region_above(const struct units *units, int64_t id, enum region_level level);

/* Regions stand as a tree is read: each followed by all below it, neighbours by position. The others
 * stand by position. */
size_t units_region_count(const struct units *units);
const struct region *units_region_at(const struct units *units, size_t index);
size_t units_department_count(const struct units *units);
const struct department *units_department_at(const struct units *units, size_t index);
size_t units_source_count(const struct units *units);
const struct source *units_source_at(const struct units *units, size_t index);
size_t units_sponsor_count(const struct units *units);
const struct sponsor *units_sponsor_at(const struct units *units, size_t index);

/* Ids of what `typed` names, in the order above: an exact code, name or year wins alone, then a piece
 * of the name, then the pinyin initials of a whole name, then a piece of those. Returns how many there
 * are (may exceed `room`). */
enum unit_kind { UNIT_REGION, UNIT_DEPARTMENT, UNIT_SOURCE, UNIT_SPONSOR };
size_t units_match(const struct units *units, enum unit_kind kind, const char *typed, int64_t *ids, size_t room);

/* Above the highest there is, and was of those that imports made. */
int64_t units_next_id(const struct units *units, enum unit_kind kind);
/* The name that an import gave a unit, which may have been taken back with it; NULL: none made it. */
const char *units_gone(const struct units *units, enum unit_kind kind, int64_t id);

/* The name most like `typed`, for "did you mean"; NULL when none is near. Borrowed. */
const char *units_nearest(const struct units *units, enum unit_kind kind, const char *typed);

#endif
