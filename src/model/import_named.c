/* Which unit a name of a file is: that of the row's own place where the name leaves it open. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/text.h"
#include "import_parts.h"
#include "place_within.h"
#include "unit_words.h"

enum { OFFICE_MOST = 30 }; /* bytes of the name of an office that stands without its place */

/* 住房和城乡建设 is 住房城乡建设; letters in any case. */
static bool is_same(const char *name, const char *text)
{
    const uint32_t and = 0x548C; /* 和 */
    uint32_t one, other;
    for (bool inside = false;; inside = true) {
        int length = text_decode(name, &one), others = text_decode(text, &other);
        if (inside && length > 0 && one == and&&other != and) {
            name += length;
        } else if (inside && others > 0 && other == and&&one != and) {
            text += others;
        } else if (one == other ||
                   (one < 0x80 && other < 0x80 && tolower((int)one) == tolower((int)other))) {
            if (length == 0)
                return true;
            name += length;
            text += others;
        } else {
            return false;
        }
    }
}

/* Units that are called so. */
static size_t called(
    const struct units *units, enum unit_kind kind, const char *text, int64_t ids[SAME_MOST])
{
    struct unit unit;
    size_t count = 0;
    for (size_t i = 0; count < SAME_MOST && unit_at(units, kind, i, &unit); i++)
        for (size_t n = 0; n < UNIT_NAMES_MOST && unit.names[n] != NULL; n++)
            if (kind == UNIT_DEPARTMENT ? is_same(unit.names[n], text)
                                        : strcasecmp(unit.names[n], text) == 0) {
                ids[count++] = unit.id;
                break;
            }
    return count;
}

static int64_t province(const struct units *units)
{
    int64_t id = 0;
    for (size_t i = 0; i < units_region_count(units); i++)
        if (units_region_at(units, i)->level == REGION_PROVINCE) {
            if (id != 0)
                return 0;
            id = units_region_at(units, i)->id;
        }
    return id;
}

/* --- regions --------------------------------------------------------------------------------- */

static size_t bytes_of_last(const char *text)
{
    size_t length = strlen(text);
    return length >= 3 && (unsigned char)text[length - 1] >= 0x80 ? 3 : length > 0;
}

char *look_plain_name(const char *name)
{
    static const char *const ends[] = {"省", "市", "县", "区"};
    size_t length = strlen(name);
    for (size_t i = 0; length >= 9 && i < sizeof ends / sizeof *ends; i++)
        if (strcmp(name + length - 3, ends[i]) == 0)
            return alloc_string_n(name, length - 3);
    return alloc_string(name);
}

/* 新宾县 is 新宾, which is short for 新宾满族自治县. */
static size_t called_region(
    const struct units *units, const char *text, int64_t within, int64_t ids[SAME_MOST])
{
    size_t count = called(units, UNIT_REGION, text, ids), kept = 0;
    if (count == 0) {
        char *plain = look_plain_name(text);
        count = called(units, UNIT_REGION, plain, ids);
        free(plain);
    }
    for (size_t i = 0; i < count; i++)
        if (count == 1 || within == 0 || (place_lies_in(units, ids[i], within) && ids[i] != within))
            ids[kept++] = ids[i];
    return kept > 0 ? kept : count;
}

/* Bytes of the region's name that `text` begins with, which may be short as 清原县 is of
 * 清原满族自治县; 0: it does not. */
static size_t bytes_in_front(const struct region *region, const char *text)
{
    size_t length = strlen(region->name), plain = strlen(region->plain),
           end = bytes_of_last(region->name);
    if (length > 0 && text_begins(text, region->name))
        return length;
    bool is_short = plain >= 6 && plain + end < length && text_begins(region->name, region->plain);
    return is_short && text_begins(text, region->plain) &&
                   strncmp(text + plain, region->name + length - end, end) == 0
               ? plain + end
               : 0;
}

/* How near a place is to that of the row: of those so called the nearest is meant. */
static int nearness(const struct units *units, int64_t place, int64_t region)
{
    return place_lies_in(units, region, place) ? 3 : place_lies_in(units, place, region) ? 2 : 1;
}

/* The places that a name stands behind, the last of them (铁西区 of 沈阳市铁西区环卫中心); `*rest`
 * is what is behind. `region`: that of the row. NULL where none is named, or several are
 * (`*several`). */
static const struct region *place_in_front(
    const struct units *units, const char *text, int64_t region, const char **rest, bool *several)
{
    const struct region *found = NULL;
    *rest = text;
    *several = false;
    for (int depth = 0; depth < 4; depth++) {
        const struct region *best = NULL;
        size_t longest = 0;
        int near = 0, count = 0;
        for (size_t i = 0; i < units_region_count(units); i++) {
            const struct region *one = units_region_at(units, i);
            size_t front = bytes_in_front(one, *rest);
            if (front == 0 || front < longest ||
                (found != NULL && (one == found || !place_lies_in(units, one->id, found->id))))
                continue;
            int its = nearness(units, one->id, region);
            if (front == longest && its <= near) {
                count += its == near;
                continue;
            }
            best = one;
            longest = front;
            near = its;
            count = 1;
        }
        *several = count > 1;
        if (count != 1)
            break;
        found = best;
        *rest += longest;
    }
    return *several ? NULL : found;
}

/* 抚顺市新宾县: the region behind the names of those it lies in. */
static int64_t region_behind(const struct units *units, const char *text, int depth)
{
    for (size_t i = 0; depth < 4 && i < units_region_count(units); i++) {
        const struct region *region = units_region_at(units, i);
        const char *names[] = {region->name, region->plain};
        for (int n = 0; n < 2; n++) {
            int64_t ids[SAME_MOST], below = 0;
            if (!text_begins(text, names[n]) || text[strlen(names[n])] == '\0')
                continue;
            const char *rest = text + strlen(names[n]);
            size_t count = called_region(units, rest, region->id, ids);
            below = count == 1 ? ids[0] : count == 0 ? region_behind(units, rest, depth + 1) : 0;
            if (below != 0 && place_lies_in(units, below, region->id))
                return below;
        }
    }
    return 0;
}

/* --- departments ----------------------------------------------------------------------------- */

/* 市.., 县.. and 区.. without the name of the place: of the row's. False: it stands by itself. */
static bool is_of_place(const char *text, enum region_level *level)
{
    static const char *const others[] = {"市场", "市容", "市政公", "区域"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text_begins(text, others[i]))
            return false;
    *level = text_begins(text, "市") ? REGION_CITY : REGION_COUNTY;
    return text_begins(text, "市") || text_begins(text, "县") || text_begins(text, "区");
}

/* Whether a department of the place may be called `text`, which begins with the place's level: as
 * it stands, with the place in front (抚顺市…局), or in short (省住建厅, 市住建局 of 大连住建局).
 */
static bool is_called_there(
    const struct department *one, const struct region *place, const char *text)
{
    const char *names[] = {one->name, one->plain};
    size_t end = bytes_of_last(place->name), front = strlen(place->name) - end;
    bool is = false;
    for (int n = 0; n < 2; n++) {
        bool placed = strncmp(names[n], place->name, front) == 0;
        const char *own = names[n] + (placed ? front : 0);
        is = is || is_same(names[n], text) || is_same(own, text) ||
             (strncmp(text, place->name + front, end) == 0 && is_same(own, text + end));
    }
    return is;
}

/* The one department of the place that is called so. */
static int64_t of_place(const struct units *units, const char *text, const struct region *place)
{
    int64_t found = 0;
    for (size_t i = 0; i < units_department_count(units); i++) {
        const struct department *one = units_department_at(units, i);
        if (one->region_id != place->id || !is_called_there(one, place, text))
            continue;
        if (found != 0)
            return 0;
        found = one->id;
    }
    return found;
}

/* 抚顺市生态环境局 may stand as 市生态环境局 of 抚顺. */
static int64_t behind_place(const struct units *units, const char *text)
{
    int64_t id = 0;
    for (size_t i = units_region_count(units); id == 0 && i-- > 0;) {
        const struct region *region = units_region_at(units, i);
        size_t front = bytes_in_front(region, text);
        if (front > 0 && strlen(text) >= front + 6)
            id = of_place(units, text + front - bytes_of_last(region->name), region);
    }
    return id;
}

/* The nearest place above the row's that one of them is of; 0: none, or several. */
static int64_t nearest_of(
    const struct units *units, const int64_t *ids, size_t count, int64_t region)
{
    const struct region *at = units_region(units, region);
    for (int steps = 0; at != NULL && steps < 8; steps++, at = units_region(units, at->parent_id)) {
        int64_t found = 0;
        for (size_t i = 0; i < count; i++) {
            if (units_department(units, ids[i])->region_id != at->id)
                continue;
            if (found != 0)
                return 0;
            found = ids[i];
        }
        if (found != 0)
            return found;
    }
    return 0;
}

/* --- one name -------------------------------------------------------------------------------- */

static void name_region(
    const struct units *units, const char *text, int64_t within, struct named *out)
{
    out->several = called_region(units, text, within, out->ids);
    if (out->several == 1)
        out->id = out->ids[0];
    if (out->several == 0)
        out->id = region_behind(units, text, 0);
    if (out->several == 0 && out->id == 0 &&
        (out->several = units_match(units, UNIT_REGION, text, out->ids, SAME_MOST)) == 1)
        out->id = out->ids[0];
    if (out->id != 0 || out->several > 0)
        return;
    const char *rest;
    bool several;
    const struct region *front = place_in_front(units, text, within, &rest, &several);
    out->place = several ? 0 : within != 0 ? within : province(units);
    if (front == NULL)
        return;
    out->id = rest[0] == '\0' ? front->id : 0; /* 抚顺市清原县红透山镇 */
    out->rest = rest;
    out->place = within != 0 && place_lies_in(units, within, front->id) ? within : front->id;
}

/* 区住建局 of 沈河区 is 沈河区住建局, 住建局 too. */
static const char *whole_name(
    const struct look *look, const struct region *place, const char *text, bool placed)
{
    size_t end = bytes_of_last(place->name), front = strlen(place->name) - (placed ? end : 0);
    if (placed && !text_begins(text, place->name + front))
        return text;
    char *name = alloc_format("%.*s%s", (int)front, place->name, text);
    const char *kept = texts_keep(&look->import->texts, name);
    free(name);
    return kept;
}

/* 市.. in what is of a city without counties, as 瓦房店市, is of that one. */
static const struct region *place_of_level(
    const struct look *look, const char *text, int64_t region, enum region_level level)
{
    const struct region *own = units_region_above(look->units, region, REGION_COUNTY);
    bool of_own = own != NULL && look->home == own->id &&
                  text_begins(text, own->name + strlen(own->name) - bytes_of_last(own->name));
    return of_own ? own : units_region_above(look->units, region, level);
}

/* 财政局, 卫健委: an office that every place has. */
static bool is_bare_office(const char *text)
{
    static const char *const ends[] = {"局", "委"};
    size_t length = strlen(text);
    bool is = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends && length <= OFFICE_MOST; i++)
        is = is ||
             (length > strlen(ends[i]) && strcmp(text + length - strlen(ends[i]), ends[i]) == 0);
    return is;
}

/* An office without its place, in what is of one. */
static void name_at_home(const struct look *look, const char *text, struct named *out)
{
    const struct region *home = units_region(look->units, look->home);
    if (home == NULL || home->level == REGION_PROVINCE || !is_bare_office(text))
        return;
    char *placed =
        alloc_format("%s%s", home->name + strlen(home->name) - bytes_of_last(home->name), text);
    out->id = of_place(look->units, placed, home);
    free(placed);
    out->place = home->id;
    out->rest = whole_name(look, home, text, false);
}

static void name_department(
    const struct look *look, const char *text, int64_t region, struct named *out)
{
    const struct units *units = look->units;
    enum region_level level;
    const struct region *place;
    const char *rest;
    bool several;
    if (is_of_place(text, &level)) {
        place = place_of_level(look, text, region, level);
        out->id = place != NULL ? of_place(units, text, place) : 0;
        out->place = place != NULL ? place->id : 0;
        out->rest = place != NULL && out->id == 0 ? whole_name(look, place, text, true) : text;
        return;
    }
    out->several = called(units, UNIT_DEPARTMENT, text, out->ids);
    out->id = out->several == 1 ? out->ids[0] : nearest_of(units, out->ids, out->several, region);
    if (out->several > 0)
        return;
    const struct region *whole = units_region(units, province(units));
    if (whole != NULL && text_begins(text, "省") && (out->id = of_place(units, text, whole)) != 0)
        return;
    place = place_in_front(units, text, region, &rest, &several);
    out->id = behind_place(units, text);
    out->place = place != NULL             ? place->id
                 : several                 ? 0
                 : text_begins(text, "省") ? province(units)
                 : region != 0             ? region
                                           : province(units);
    if (out->id == 0 && units_match(units, UNIT_DEPARTMENT, text, out->ids, 1) == 1) {
        int64_t of = units_department(units, out->ids[0])->region_id;
        bool here = place_lies_in(units, region != 0 ? region : province(units), of);
        out->id =
            here && place == NULL && !several ? out->ids[0] : 0; /* not that of another city */
    }
    if (out->id == 0 && place == NULL && !several)
        name_at_home(look, text, out);
}

/* 东洲区政府 is 东洲区人民政府. */
static int64_t other_government(const struct look *look, const char *text, int64_t region)
{
    static const char whole[] = "人民政府", plain[] = "政府";
    size_t length = strlen(text);
    bool is_whole = length > strlen(whole) && strcmp(text + length - strlen(whole), whole) == 0;
    if (length <= strlen(plain) || strcmp(text + length - strlen(plain), plain) != 0)
        return 0;
    size_t front = length - strlen(is_whole ? whole : plain);
    char *name = alloc_format("%.*s%s", (int)front, text, is_whole ? plain : whole);
    struct named other = {.rest = name};
    name_department(look, name, region, &other);
    free(name);
    return other.id;
}

void look_name(const struct look *look, enum unit_kind kind, const char *text, int64_t region,
    struct named *out)
{
    *out = (struct named){.rest = text};
    if (text[0] == '#' && text[1] != '\0') {
        char *end;
        int64_t id = strtoll(text + 1, &end, 10);
        struct unit unit;
        for (size_t i = 0; *end == '\0' && unit_at(look->units, kind, i, &unit); i++)
            out->id = unit.id == id ? id : out->id;
        if (out->id != 0)
            return;
    }
    if (kind == UNIT_REGION)
        name_region(look->units, text, region, out);
    else if (kind == UNIT_DEPARTMENT) {
        name_department(look, text, region, out);
        if (out->id == 0 && out->several == 0)
            out->id = other_government(look, text, region);
        if (out->id == 0 && out->several == 0)
            out->id = look_alias(look, text, out->place);
    } else if ((out->several = units_match(look->units, kind, text, out->ids, SAME_MOST)) == 1)
        out->id = out->ids[0];
}
