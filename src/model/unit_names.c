#include "model/unit_names.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "id_map.h"
#include "unit_words.h"

enum { KINDS = UNIT_SPONSOR + 1 };
struct unit_names {
    const struct units *units;
    struct kind {
        struct unit_words *words;
        struct id_map ids;
        char **name; /* by the number of the id */
        size_t capacity;
    } kind[KINDS];
};

struct unit_names *unit_names_new(const struct units *units)
{
    struct unit_names *names = alloc_zero(1, sizeof *names);
    names->units = units;
    for (int i = 0; i < KINDS; i++)
        names->kind[i].words = unit_words_new(units, (enum unit_kind)i);
    return names;
}

void unit_names_free(struct unit_names *names)
{
    if (names == NULL)
        return;
    for (int i = 0; i < KINDS; i++) {
        struct kind *kind = &names->kind[i];
        for (size_t n = 0; n < kind->ids.count; n++)
            free(kind->name[n]);
        free(kind->name);
        id_map_clear(&kind->ids);
        unit_words_free(kind->words);
    }
    free(names);
}

/* --- making a name --------------------------------------------------------------------------- */

/* Names are divided there. */
static bool is_whole(const char *name)
{
    static const char *const dividers[] = {"、", "，", "；", ",", ";", "\n"};
    for (size_t i = 0; i < sizeof dividers / sizeof *dividers; i++)
        if (strstr(name, dividers[i]) != NULL)
            return false;
    return name[0] != '\0' && name[0] != '#';
}

/* 市.., 县.. and 区.. without a place are those of whatever place is spoken of. */
static bool needs_place(const char *name)
{
    return strncmp(name, "市", 3) == 0 || strncmp(name, "县", 3) == 0 ||
           strncmp(name, "区", 3) == 0;
}

static char *if_only(const struct unit_words *words, char *name, int64_t id)
{
    if (is_whole(name) && unit_words_only(words, name, id))
        return name;
    free(name);
    return NULL;
}

static char *region_name(
    const struct units *units, const struct unit_words *words, const struct region *region)
{
    const struct region *above = units_region(units, region->parent_id);
    char *name = if_only(words, alloc_string(region->name), region->id);
    if (name == NULL && above != NULL)
        name = if_only(words, alloc_format("%s%s", above->name, region->name), region->id);
    if (name == NULL)
        name = if_only(words, alloc_string(region->shown), region->id);
    if (name == NULL)
        name = if_only(words, alloc_string(region->code), region->id);
    return name;
}

/* 市生态环境局 of 抚顺市 is 抚顺市生态环境局. */
static char *department_name(
    const struct units *units, const struct unit_words *words, const struct department *department)
{
    const struct region *place = units_region(units, department->region_id);
    size_t length = place != NULL ? strlen(place->name) : 0;
    char *name = NULL;
    if (!needs_place(department->name))
        return (name = if_only(words, alloc_string(department->name), department->id)) != NULL
                   ? name
                   : if_only(words, alloc_string(department->shown), department->id);
    if (length > 3 && strncmp(place->name + length - 3, department->name, 3) == 0)
        name = if_only(words,
            alloc_format("%.*s%s", (int)length - 3, place->name, department->name), department->id);
    if (name == NULL && !needs_place(department->shown))
        name = if_only(words, alloc_string(department->shown), department->id);
    return name;
}

static char *make_name(
    const struct unit_names *names, enum unit_kind kind, const struct unit_words *words, int64_t id)
{
    const struct region *region;
    const struct department *department;
    const struct source *source;
    const struct sponsor *sponsor;
    char *name = NULL;
    if (kind == UNIT_REGION && (region = units_region(names->units, id)) != NULL)
        name = region_name(names->units, words, region);
    else if (kind == UNIT_DEPARTMENT && (department = units_department(names->units, id)) != NULL)
        name = department_name(names->units, words, department);
    else if (kind == UNIT_SPONSOR && (sponsor = units_sponsor(names->units, id)) != NULL)
        name = if_only(words, alloc_string(sponsor->name), id);
    else if (kind == UNIT_SOURCE && (source = units_source(names->units, id)) != NULL &&
             (name = if_only(words, alloc_string(source->name), id)) == NULL)
        name = if_only(words, alloc_string(source->code), id);
    return name != NULL ? name : alloc_format("#%" PRId64, id);
}

const char *unit_names_get(struct unit_names *names, enum unit_kind kind, int64_t id)
{
    struct kind *of = &names->kind[kind];
    bool is_new;
    if (id == 0)
        return "";
    size_t at = id_map_add(&of->ids, (uint64_t)id, &is_new);
    if (is_new) {
        of->name = alloc_grow(of->name, &of->capacity, at + 1, sizeof *of->name);
        of->name[at] = make_name(names, kind, of->words, id);
    }
    return of->name[at];
}
