/* Names of many places at once: 全省, 各市, 各县（市、区）, and the governments of them. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "import_parts.h"

enum meaning { MEANS_PROVINCE, MEANS_CITY, MEANS_COUNTY, MEANS_CITIES, MEANS_COUNTIES, MEANS_ALL };

/* Without marks and what stands behind them that says no more. */
static const struct {
    const char *name;
    enum meaning meaning;
} wholes[] = {{"全省", MEANS_PROVINCE}, {"全省各地", MEANS_PROVINCE}, {"全市", MEANS_CITY},
    {"全县", MEANS_COUNTY}, {"全区", MEANS_COUNTY}, {"各市", MEANS_CITIES},
    {"全省各市", MEANS_CITIES}, {"各地市", MEANS_CITIES}, {"各地级市", MEANS_CITIES},
    {"各设区市", MEANS_CITIES}, {"各设区的市", MEANS_CITIES}, {"各县", MEANS_COUNTIES},
    {"各区", MEANS_COUNTIES}, {"各县区", MEANS_COUNTIES}, {"各区县", MEANS_COUNTIES},
    {"各县市区", MEANS_COUNTIES}, {"各区市县", MEANS_COUNTIES}, {"各区县市", MEANS_COUNTIES},
    {"各市县区", MEANS_ALL}, {"各市县", MEANS_ALL}, {"各市县市区", MEANS_ALL},
    {"各市区县", MEANS_ALL}, {"各市区", MEANS_ALL}, {"各市各县区", MEANS_ALL},
    {"各市各县市区", MEANS_ALL}};

/* 各县（市、区） is 各县市区. */
static char *without_marks(const char *text)
{
    static const char *const marks[] = {"（", "）", "(", ")", "、", " ", "\xe3\x80\x80", NULL};
    struct strbuf out = {0};
    strbuf_add(&out, "");
    while (*text != '\0') {
        size_t step = 0;
        for (size_t i = 0; marks[i] != NULL && step == 0; i++)
            step = strncmp(text, marks[i], strlen(marks[i])) == 0 ? strlen(marks[i]) : 0;
        if (step == 0)
            strbuf_add_char(&out, *text++);
        text += step;
    }
    return strbuf_take(&out);
}

static bool cut(char *text, const char *end)
{
    size_t length = strlen(text), own = strlen(end);
    if (length <= own || strcmp(text + length - own, end) != 0)
        return false;
    text[length - own] = '\0';
    return true;
}

static bool find(char *name, enum meaning *meaning, bool *governments)
{
    static const char *const offices[] = {"人民政府", "党委和政府", "党委政府", "政府", NULL};
    static const char *const ranges[] = {"范围内", "范围", "境内", "辖区内", "辖区", NULL};
    *governments = false;
    for (size_t i = 0; offices[i] != NULL && !*governments; i++)
        *governments = cut(name, offices[i]);
    for (size_t i = 0; ranges[i] != NULL; i++)
        cut(name, ranges[i]);
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        if (strcmp(name, wholes[i].name) == 0) {
            *meaning = wholes[i].meaning;
            return true;
        }
    return false;
}

static bool is_meant(const struct region *region, enum meaning meaning, int64_t city)
{
    static const char last[] = "市";
    size_t length = strlen(region->name);
    bool is_city = region->level == REGION_CITY && length > strlen(last) &&
                   strcmp(region->name + length - strlen(last), last) == 0;
    bool is_county = region->level == REGION_COUNTY && (city == 0 || region->parent_id == city);
    return meaning == MEANS_CITIES     ? is_city
           : meaning == MEANS_COUNTIES ? is_county
                                       : is_city || is_county;
}

/* The one place that is meant, or those; `out->problem` where it is left open. */
static void settle(
    const struct look *look, enum meaning meaning, const struct region *at, struct whole *out)
{
    static const enum region_level levels[] = {[MEANS_PROVINCE] = REGION_PROVINCE,
        [MEANS_CITY] = REGION_CITY,
        [MEANS_COUNTY] = REGION_COUNTY};
    const struct units *units = look->units;
    const struct region *city = at != NULL ? units_region_above(units, at->id, REGION_CITY) : NULL,
                        *one = NULL;
    if (meaning <= MEANS_COUNTY) {
        for (size_t i = 0; meaning == MEANS_PROVINCE && i < units_region_count(units); i++)
            if (units_region_at(units, i)->level == REGION_PROVINCE)
                one = units_region_at(units, i);
        if (meaning != MEANS_PROVINCE && at != NULL)
            one = units_region_above(units, at->id, levels[meaning]);
        if (one != NULL)
            out->ids[out->count++] = one->id;
        else
            out->problem =
                _("it is not told which place this is of; write the name of the place, or "
                  "say whose the file is with --region");
        return;
    }
    if (meaning == MEANS_ALL && city != NULL)
        meaning = MEANS_COUNTIES;
    if (meaning == MEANS_COUNTIES && city == NULL) {
        out->problem = _("it is not told of which city; write the name of the city in front, or "
                         "the places themselves, or say whose the file is with --region");
        return;
    }
    for (size_t i = 0; i < units_region_count(units) && out->problem == NULL; i++) {
        const struct region *region = units_region_at(units, i);
        if (!is_meant(region, meaning, city != NULL ? city->id : 0))
            continue;
        if (out->count == FIELD_LIST_MOST - 1)
            out->problem = _("these are more places than can be named; write 各市 or 全省, or the "
                             "places themselves");
        else
            out->ids[out->count++] = region->id;
    }
    if (out->count == 0 && out->problem == NULL)
        out->problem = _("there are no such places in the database");
}

bool look_whole(const struct look *look, const char *text, int64_t region, struct whole *out)
{
    const struct region *at = units_region(look->units, region);
    enum meaning meaning;
    bool governments;
    *out = (struct whole){0};
    if (strstr(text, "各") == NULL && strstr(text, "全") == NULL)
        return false;
    char *name = without_marks(text), *from = name;
    for (size_t i = 0; i < units_region_count(look->units) && from == name; i++) {
        const struct region *one = units_region_at(look->units, i);
        size_t length = strlen(one->name);
        if (strncmp(name, one->name, length) == 0 && name[length] != '\0') { /* 抚顺市各县区 */
            at = one;
            from = name + length;
        }
    }
    bool found = find(from, &meaning, &governments);
    if (found) {
        out->is_place = meaning <= MEANS_COUNTY && !governments;
        settle(look, meaning, at, out);
    }
    free(name);
    return found;
}
