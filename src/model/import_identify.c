/* What each proposal says of which task it is: source, number, part, regions. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "import_parts.h"
#include "place_within.h"
#include "work_parts.h"

static const char *text_of(const struct look *look, uint32_t text)
{
    return texts_get(&look->import->texts, text);
}

/* --- source and number ----------------------------------------------------------------------- */

/* "2-047": the source by its code; `*rest` is the number. */
static int64_t source_in(const struct look *look, const char *text, const char **rest)
{
    const char *dash = strchr(text, '-');
    *rest = text;
    for (size_t i = 0; dash != NULL && i < units_source_count(look->units); i++) {
        const struct source *source = units_source_at(look->units, i);
        if (strlen(source->code) == (size_t)(dash - text) &&
            strncasecmp(source->code, text, (size_t)(dash - text)) == 0) {
            *rest = dash + 1;
            return source->id;
        }
    }
    return 0;
}

/* The part behind a point; without one, the length is that of all. */
static bool part_in(const char *text, size_t *length, uint16_t *part)
{
    const char *point = strrchr(text, '.');
    *length = strlen(text);
    if (point == NULL || point == text || point[1] == '\0' || strlen(point) > 4 ||
        point[1 + strspn(point + 1, "0123456789")] != '\0')
        return false;
    *length = (size_t)(point - text);
    *part = (uint16_t)strtoul(point + 1, NULL, 10);
    return true;
}

/* 3月5日, 2026-03-05, 2026/3/5 00:00: what a spreadsheet makes of 3-5. */
static bool is_day(const char *text)
{
    static const char digits[] = "0123456789";
    size_t first = strspn(text, digits);
    const char *next = text + first;
    if (first == 0)
        return false;
    if (strncmp(next, "月", strlen("月")) == 0) {
        next += strlen("月");
        size_t day = strspn(next, digits);
        return day > 0 && strcmp(next + day, "日") == 0;
    }
    if (first != 4 || (*next != '-' && *next != '/'))
        return false;
    size_t month = strspn(next + 1, digits);
    return month > 0 && next[1 + month] == *next && strspn(next + 2 + month, digits) > 0;
}

/* Why it is none: of a source that is not there, or of no form. */
static void refuse_number(
    struct look *look, size_t proposal, const struct import_cell *cell, const char *number)
{
    const char *dash = strchr(number, '-');
    char *code = alloc_string_n(number, dash != NULL ? (size_t)(dash - number) : 0);
    if (look_is_code(code) && work_is_number(dash + 1))
        look_say(look, proposal, cell, true,
            _("No source has the code \"%s\", of which \"%s\" would be a number: --source %s=NAME "
              "makes it, on the board the line \"Source of lines that name none\"; or write the "
              "code that it has here, or the number alone"),
            code, number, code);
    else
        look_say(look, proposal, cell, true,
            _("the number \"%s\" cannot be used: at most %d digits, letters or a few Chinese "
              "characters, nothing else"),
            number, WORK_NUMBER_MOST);
    free(code);
}

static bool take_number(struct look *look, size_t proposal, struct target *target)
{
    const struct import_cell *cell = look_told(look, proposal, "number");
    const char *rest;
    size_t length;
    if (cell == NULL)
        return true;
    const char *text = text_of(look, look_narrow(look, text_of(look, cell->text)));
    if (is_day(text)) {
        look_say(look, proposal, cell, true,
            _("This is a day, not a number: spreadsheets make one of 3-5; format the column as "
              "text "
              "and write the number again"));
        return false;
    }
    int64_t source = source_in(look, text, &rest);
    if (source != 0 && target->source != 0 && source != target->source) {
        look_say(look, proposal, cell, true,
            _("This is a number of another source than the one that is told (%s)"),
            units_source(look->units, target->source)->name);
        return false;
    }
    target->source = source != 0 ? source : target->source;
    /* part 0 is the task itself */
    target->part_told = part_in(rest, &length, &target->part) && target->part > 0;
    char *number = alloc_string_n(rest, length);
    bool good = work_is_number(number);
    if (good)
        target->number = texts_add(&look->import->texts, number);
    else
        refuse_number(look, proposal, cell, number);
    free(number);
    return good;
}

static bool take_source(struct look *look, size_t proposal, struct target *target)
{
    const struct import_cell *cell = look_told(look, proposal, "source");
    const char *ids;
    if (cell == NULL) {
        target->source = look->default_source;
        return true;
    }
    if (look_is_words(cell)) {
        target->source = look_words_source(look, proposal, cell);
        return true;
    }
    if (!look_read(look, proposal, cell, 0, &ids))
        return false;
    target->source = look_first_id(ids);
    return true;
}

/* 47 is 047, whose noughts a spreadsheet takes for nothing. */
static bool with_noughts(struct look *look, struct target *target, struct error *err)
{
    struct existing there[EXISTING_MOST];
    struct numbering *numbering;
    size_t count;
    const char *number = text_of(look, target->number);
    if (number[strspn(number, "0123456789")] != '\0')
        return true;
    if (!look_numbering(look, target->source, &numbering, err))
        return false;
    const char *last = text_of(look, numbering->last);
    if (strlen(last) <= strlen(number) || last[strspn(last, "0123456789")] != '\0')
        return true;
    char *wide = alloc_format("%0*lld", (int)strlen(last), strtoll(number, NULL, 10));
    uint32_t text = texts_add(&look->import->texts, wide);
    free(wide);
    bool good = look_numbered(look, target->source, target->number, there, &count, err);
    if (good && count == 0 &&
        (good = look_numbered(look, target->source, text, there, &count, err)) && count > 0)
        target->number = text;
    return good;
}

/* --- regions --------------------------------------------------------------------------------- */

/* The ids of another cell behind those of the ones before. What lies in the last takes its place,
 * and what the last lies in says nothing new. */
static void join_regions(const struct look *look, struct strbuf *ids, const char *more)
{
    int64_t list[FIELD_LIST_MOST], next[FIELD_LIST_MOST];
    size_t count = field_ids(strbuf_text(ids), list), others = field_ids(more, next);
    bool same = count > 0 && others > 0 && next[0] == list[count - 1];
    if (count > 0 && others > 0 && !same && place_lies_in(look->units, next[0], list[count - 1]))
        count--;
    if (count > 0 && others == 1 && !same && place_lies_in(look->units, list[count - 1], next[0]))
        others = 0;
    for (size_t i = 0; i < others && count < FIELD_LIST_MOST; i++) {
        bool there = false;
        for (size_t k = 0; k < count; k++)
            there |= list[k] == next[i];
        if (!there)
            list[count++] = next[i];
    }
    strbuf_cut(ids, 0);
    for (size_t i = 0; i < count; i++)
        strbuf_format(ids, "%s%" PRId64, i > 0 ? " " : "", list[i]);
}

/* In which turn a cell is read: what is to be made lies in what the others of the row name, a
 * township in the county, on whichever side of it its column stands. */
enum turn { TURN_KNOWN, TURN_UNKNOWN, TURN_TOWNSHIP, TURN_COUNT };

static enum turn turn_of(struct look *look, const struct import_cell *cell)
{
    if (look_is_words(cell) || look_is_known(look, cell))
        return TURN_KNOWN;
    return look_is_township(text_of(look, cell->text)) ? TURN_TOWNSHIP : TURN_UNKNOWN;
}

static bool take_region(struct look *look, size_t proposal, const struct import_cell *cell,
    struct strbuf *ids, const char **out)
{
    int64_t list[FIELD_LIST_MOST];
    size_t count = field_ids(strbuf_text(ids), list);
    const char *value;
    *out = "";
    if (look_is_words(cell))
        value = look_words_region(look, cell);
    else if (!look_read(look, proposal, cell, count > 0 ? list[count - 1] : look->home, &value))
        return false;
    join_regions(look, ids, value);
    *out = value;
    return true;
}

enum { PLACES_MOST = 8 }; /* columns of regions that are compared */

struct place {
    const struct import_cell *cell;
    const char *ids;
};

/* Whether the row names the county; `*other`: the last that stands in another column than `at`. */
static bool has_county(const struct look *look, const struct place *place, size_t count, size_t at,
    int64_t county, const struct region **other)
{
    for (size_t i = 0; i < count; i++) {
        int64_t list[FIELD_LIST_MOST];
        size_t regions = field_ids(place[i].ids, list);
        for (size_t k = 0; k < regions; k++) {
            const struct region *region = units_region(look->units, list[k]);
            if (region == NULL || region->level != REGION_COUNTY)
                continue;
            if (region->id == county)
                return true;
            *other = i != at ? region : *other;
        }
    }
    return false;
}

/* A township of one county in a column, and another county in the other: one of them is wrong. */
static bool agree(
    struct look *look, size_t proposal, const struct place *place, size_t count, size_t at)
{
    int64_t list[FIELD_LIST_MOST];
    size_t regions = field_ids(place[at].ids, list);
    for (size_t k = 0; k < regions; k++) {
        const struct region *township = units_region(look->units, list[k]), *told = NULL,
                            *county = units_region_above(look->units, list[k], REGION_COUNTY);
        if (township == NULL || township->level != REGION_TOWNSHIP || county == NULL ||
            has_county(look, place, count, at, county->id, &told) || told == NULL)
            continue;
        look_say(look, proposal, place[at].cell, true, _("%s is of %s, not of %s"), township->name,
            county->name, told->name);
        return false;
    }
    return true;
}

static bool take_regions(struct look *look, size_t proposal, struct target *target)
{
    const struct proposal *row = &look->import->proposal[proposal];
    const struct field *field = field_named("region");
    struct strbuf ids = {0};
    struct place place[PLACES_MOST];
    size_t cells = 0, places = 0;
    bool good = true;
    for (uint32_t i = 0; i < row->count; i++)
        cells += &fields[look->import->cell[row->first + i].field] == field;
    for (enum turn turn = 0; turn < (cells > 1 ? TURN_COUNT : 1); turn++)
        for (uint32_t i = 0; i < row->count; i++) {
            const struct import_cell *cell = &look->import->cell[row->first + i];
            const char *taken;
            if (&fields[cell->field] != field || (cells > 1 && turn_of(look, cell) != turn))
                continue;
            good = take_region(look, proposal, cell, &ids, &taken) && good;
            if (places < PLACES_MOST && !look_is_words(cell))
                place[places++] = (struct place){cell, taken};
        }
    for (size_t i = 0; places > 1 && i < places; i++)
        good = agree(look, proposal, place, places, i) && good;
    target->regions = texts_add(&look->import->texts, strbuf_text(&ids));
    strbuf_clear(&ids);
    return good;
}

/* --- one after the other --------------------------------------------------------------------- */

/* Without a number those of the same title are of one group. */
static void join_group(struct look *look, size_t proposal, struct target *target)
{
    bool is_new;
    uint64_t key;
    if (target->number != 0) {
        key = look_number_key(
            look, target->source, target->number, target->part_told ? target->part + 1000 : 0);
    } else {
        const struct import_cell *title = look_told(look, proposal, "title");
        const char *text = title != NULL ? text_of(look, title->text) : "";
        key = ~hash_bytes((uint64_t)target->source, text, strlen(text));
        key = title == NULL ? ~(uint64_t)proposal : key;
    }
    size_t at = id_map_add(&look->groups, key, &is_new);
    look->group = alloc_grow(look->group, &look->group_capacity, at + 1, sizeof *look->group);
    if (is_new)
        look->group[at] = (struct group){0};
    target->group = (uint32_t)at;
    target->next = look->group[at].last;
    look->group[at].last = (uint32_t)proposal + 1;
    look->group[at].count++;
    if (target->part_told && target->number != 0) /* the number is taken */
        id_map_add(
            &look->groups, look_number_key(look, target->source, target->number, 0), &is_new);
    look->group =
        alloc_grow(look->group, &look->group_capacity, look->groups.count, sizeof *look->group);
    if (target->part_told && target->number != 0 && is_new)
        look->group[look->groups.count - 1] = (struct group){0};
}

static bool identify(struct look *look, size_t proposal, struct error *err)
{
    struct target *target = &look->target[proposal];
    look_come_home(look, proposal);
    bool good = take_source(look, proposal, target) && take_number(look, proposal, target);
    good = take_regions(look, proposal, target) && good;
    bool told = false;
    if (good && target->source == 0 && !look_source_titled(look, proposal, &told, err))
        return false;
    if (good && target->source == 0 && !told)
        look_say(look, proposal, NULL, true, /* of all rows alike, so no cell of one is named */
            _("It is not told which source this task belongs to: say it with --source, or on the "
              "board in the line \"Source of lines that name none\""));
    good = good && target->source != 0;
    target->refused |= !good;
    if (!good)
        return true;
    if (target->number != 0 && !with_noughts(look, target, err))
        return false;
    join_group(look, proposal, target);
    return true;
}

bool look_identify(struct look *look, struct error *err)
{
    for (size_t i = 0; i < look->import->count; i++)
        if (!look_step(look, err) || !identify(look, i, err))
            return false;
    return true;
}
