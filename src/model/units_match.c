/* units_match: what a person typed, looked for among the units' names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/pinyin.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "base/text.h"
#include "unit_words.h"

/* How well a name answers what was typed; only the best answers count. */
enum fit { FIT_NONE, FIT_INITIALS, FIT_ALL_INITIALS, FIT_PIECE, FIT_EXACT };

bool unit_at(const struct units *units, enum unit_kind kind, size_t index, struct unit *out)
{
    const struct region *region;
    const struct department *department;
    const struct source *source;
    const struct sponsor *sponsor;
    *out = (struct unit){0};
    switch (kind) {
    case UNIT_REGION:
        if (!(region = units_region_at(units, index)))
            return false;
        *out = (struct unit){
            region->id, {region->name, region->plain, region->shown, region->code}, ""};
        return true;
    case UNIT_DEPARTMENT:
        if (!(department = units_department_at(units, index)))
            return false;
        *out = (struct unit){
            department->id, {department->name, department->plain, department->shown}, ""};
        return true;
    case UNIT_SOURCE:
        if (!(source = units_source_at(units, index)))
            return false;
        *out = (struct unit){source->id, {source->name, source->code}, ""};
        snprintf(out->year, sizeof out->year, "%d", source->year);
        return true;
    case UNIT_SPONSOR:
        if (!(sponsor = units_sponsor_at(units, index)))
            return false;
        *out = (struct unit){sponsor->id, {sponsor->name}, ""};
        return true;
    }
    return false;
}

static bool is_letters(const char *text)
{
    return *text &&
           text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
}

static enum fit name_fit(const char *name, const char *typed, bool letters)
{
    if (strcasecmp(name, typed) == 0)
        return FIT_EXACT;
    if (text_find(name, typed))
        return FIT_PIECE;
    if (!letters || !pinyin_matches(name, typed))
        return FIT_NONE;
    struct strbuf initials = {0};
    pinyin_initials(&initials, name);
    bool all = strcasecmp(strbuf_text(&initials), typed) == 0;
    strbuf_clear(&initials);
    return all ? FIT_ALL_INITIALS : FIT_INITIALS;
}

/* 清原县 of 清原满族自治县, as it is called, typed and mistyped; false: it has no such name. */
static bool short_name(const char *name, const char *plain, char out[static 64])
{
    size_t length = strlen(name), own = strlen(plain), last = strlen("县");
    if (own == 0 || length < own + 2 * last || own + last >= 64 || strncmp(name, plain, own) != 0)
        return false;
    snprintf(out, 64, "%s%s", plain, name + length - last);
    return true;
}

static enum fit unit_fit(const struct unit *unit, const char *typed, bool letters)
{
    enum fit best = strcmp(unit->year, typed) == 0 ? FIT_EXACT : FIT_NONE;
    for (size_t i = 0; i < UNIT_NAMES_MOST && unit->names[i]; i++) {
        enum fit fit = name_fit(unit->names[i], typed, letters);
        if (fit > best)
            best = fit;
    }
    return best;
}

size_t units_match(
    const struct units *units, enum unit_kind kind, const char *typed, int64_t *ids, size_t room)
{
    if (!*typed)
        return 0;
    bool letters = is_letters(typed);
    enum fit best = FIT_INITIALS;
    size_t count = 0;
    struct unit unit;
    for (size_t i = 0; unit_at(units, kind, i, &unit); i++) {
        char text[64];
        enum fit fit = unit_fit(&unit, typed, letters);
        if (kind == UNIT_REGION && fit < FIT_EXACT &&
            short_name(unit.names[0], unit.names[1], text) && strcmp(text, typed) == 0)
            fit = FIT_EXACT;
        if (fit < best)
            continue;
        if (fit > best)
            count = 0;
        best = fit;
        if (count < room)
            ids[count] = unit.id;
        count++;
    }
    return count;
}

const char *units_nearest(const struct units *units, enum unit_kind kind, const char *typed)
{
    struct suggest suggest = suggest_for(typed);
    struct unit unit;
    for (size_t i = 0; unit_at(units, kind, i, &unit); i++) {
        char text[64];
        for (size_t n = 0; n < UNIT_NAMES_MOST && unit.names[n]; n++)
            suggest_offer(&suggest, unit.names[n]);
        if (kind != UNIT_REGION || !short_name(unit.names[0], unit.names[1], text))
            continue;
        suggest_offer(&suggest, text);
        suggest.best = suggest.best == text ? unit.names[0] : suggest.best;
    }
    return suggest.best;
}
