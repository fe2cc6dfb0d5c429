/* Units that a value names: lists divided, unknown ones told once and made where that is asked. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "import_parts.h"
#include "unit_words.h"

enum {
    NEAREST_MOST = 200, /* unknown ones that a known one is looked for beside */
    BRACKET_MOST = 300  /* bytes from a bracket to the one that closes it */
};

int64_t look_first_id(const char *ids)
{
    return strtoll(ids, NULL, 10);
}

/* --- unknown ones ---------------------------------------------------------------------------- */

bool look_is_township(const char *name)
{
    static const char *const ends[] = {"镇", "乡", "街道", "街道办事处", "苏木"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (length > strlen(ends[i]) && strcmp(name + length - strlen(ends[i]), ends[i]) == 0)
            return true;
    return false;
}

/* Where a unit of this name would stand: a township in a city at least. NULL: that is not told. */
static const struct region *place_for(
    const struct look *look, enum unit_kind kind, const char *name, int64_t place)
{
    const struct region *region = units_region(look->units, place);
    if (kind == UNIT_DEPARTMENT || region == NULL)
        return region;
    bool township = kind == UNIT_REGION && look_is_township(name);
    return region->level < REGION_TOWNSHIP && !(township && region->level == REGION_PROVINCE)
               ? region
               : NULL;
}

void look_show_units(struct look *look)
{
    if (look->units_unshown)
        units_show(look->units);
    look->units_unshown = false;
}

static int64_t make(struct look *look, enum unit_kind kind, const char *name, int64_t place)
{
    int64_t id = units_next_id(look->units, kind);
    const struct region *region = units_region(look->units, place);
    char code[32];
    look->units_unshown = true;
    if (kind == UNIT_DEPARTMENT) {
        const char *plain =
            text_begins(name, "省") && strlen(name) > 6 ? name + strlen("省") : name;
        units_put_department(look->units,
            &(struct department){
                .id = id, .name = (char *)name, .plain = (char *)plain, .region_id = place});
        return id;
    }
    snprintf(code, sizeof code, "x%" PRId64, id);
    char *plain = look_plain_name(name);
    units_put_region(look->units, &(struct region){.id = id,
                                      .code = code,
                                      .name = (char *)name,
                                      .plain = plain,
                                      .level = region->level + 1,
                                      .parent_id = place});
    free(plain);
    return id;
}

/* The unknown unit of this name that was told before; NULL where it is new, and the next one told.
 */
static struct import_unit *told_before(struct look *look, enum unit_kind kind, const char *name)
{
    bool is_new;
    uint64_t key = (uint64_t)texts_add(&look->import->texts, name) << 8 | (uint64_t)kind;
    size_t at = id_map_add(&look->unknowns, key, &is_new);
    look->unknown =
        alloc_grow(look->unknown, &look->unknown_capacity, at + 1, sizeof *look->unknown);
    if (is_new)
        look->unknown[at] = look->unit_count;
    return is_new ? NULL : &look->unit[look->unknown[at]];
}

/* Tells the unknown unit once; returns its id where it is to be made, 0 otherwise. */
static int64_t unknown(struct look *look, size_t proposal, const struct import_cell *cell,
    enum unit_kind kind, const char *name, int64_t place)
{
    const struct proposal *row = &look->import->proposal[proposal];
    struct texts *texts = &look->import->texts;
    const struct region *region = place_for(look, kind, name, place);
    bool places = kind == UNIT_DEPARTMENT || kind == UNIT_REGION,
         unnamed = kind == UNIT_REGION && !look_is_place_name(name),
         told = look_told_new(look, name),
         makes = (look->options->create_units || told) && places && region != NULL && !unnamed;
    const char *slip = makes && !told ? look_slip(look, kind, name, region) : NULL;
    makes = makes && slip == NULL;
    struct import_unit *before = makes ? NULL : told_before(look, kind, name);
    if (before != NULL) {
        before->times++;
        return 0;
    }
    bool county = kind == UNIT_REGION && makes && !look_is_township(name);
    const char *near = slip;
    if (near == NULL && (look->unit_count < NEAREST_MOST || county))
        near = units_nearest(look->units, kind, name);
    look->unit =
        alloc_grow(look->unit, &look->unit_capacity, look->unit_count + 1, sizeof *look->unit);
    look->unit_id = alloc_resize(look->unit_id, look->unit_capacity, sizeof *look->unit_id);
    struct import_unit *unit = &look->unit[look->unit_count];
    *unit = (struct import_unit){.kind = kind,
        .name = texts_keep(texts, name),
        .nearest = near != NULL ? texts_keep(texts, near) : "",
        .file = import_name(look->import, row->file),
        .line = cell->line != 0 ? cell->line : row->line,
        .times = 1,
        .column = cell->column,
        .lettered = import_is_lettered(look->import, row->file),
        .create = makes,
        .nowhere = places && region == NULL && !unnamed,
        .slip = slip != NULL,
        .unnamed = unnamed && near == NULL,
        .region = makes ? texts_keep(texts, region->name) : ""};
    look->unit_id[look->unit_count++] = makes ? make(look, kind, unit->name, place) : 0;
    look->refused |= !makes;
    return makes ? look->unit_id[look->unit_count - 1] : 0;
}

/* --- a cell ---------------------------------------------------------------------------------- */

static enum unit_kind kind_of(enum field_type type)
{
    return type == VALUE_IS_SPONSOR                              ? UNIT_SPONSOR
           : type == VALUE_IS_SOURCE                             ? UNIT_SOURCE
           : type == VALUE_IS_REGION || type == VALUE_IS_REGIONS ? UNIT_REGION
                                                                 : UNIT_DEPARTMENT;
}

static struct memo several(struct look *look, const struct field *field, const char *name,
    enum unit_kind kind, const struct named *named)
{
    struct error err = {0};
    struct unit unit, first = {0}, second = {0};
    look_show_units(look);
    for (size_t i = 0; unit_at(look->units, kind, i, &unit); i++) {
        if (unit.id == named->ids[0])
            first = unit;
        if (unit.id == named->ids[1])
            second = unit;
    }
    int shown = kind == UNIT_REGION || kind == UNIT_DEPARTMENT ? 2 : 0;
    error_set(&err, ERROR_INPUT, _("%s: \"%s\" may be %s, %s or others; write more of it"),
        _(field->label), name, first.names[shown], second.names[shown]);
    return (struct memo){.read = READ_BAD, .text = texts_add(&look->import->texts, err.text)};
}

/* Adds the id to the list once. */
static void add_id(struct strbuf *ids, int64_t id)
{
    int64_t list[FIELD_LIST_MOST];
    size_t count = field_ids(strbuf_text(ids), list);
    for (size_t i = 0; i < count; i++)
        if (list[i] == id)
            return;
    strbuf_format(ids, "%s%" PRId64, count > 0 ? " " : "", id);
}

/* 各乡镇政府, 市直有关部门, 相关单位: whoever it may concern. */
static bool is_collective(const char *name)
{
    static const char *const lasts[] = {"有关部门", "相关部门", "有关单位", "相关单位", "有关企业",
        "相关企业", "责任部门", "责任单位", "成员单位", "职能部门", "其他部门", "其他单位",
        "有关部门和单位", "相关部门和单位", "有关乡镇", "相关乡镇", "有关乡镇政府", "相关乡镇政府",
        "有关地区", "相关地区", "有关方面", "相关方面", "有关市", "相关市", "有关县", "相关县",
        "有关区", "相关区", "有关县区", "相关县区", "有关区县", "相关区县", "有关镇街", "相关镇街",
        "主管部门", "属地政府", "涉及县区", "涉及地区"};
    /* 李各庄镇 is one */
    static const char *const within[] = {"各乡", "各镇", "各街道", "各县", "各区", "各市", "各村",
        "各社区", "各部门", "各单位", "各有关", "各相关", "各级", "各成员", "各责任", "各职能"};
    bool is =
        text_begins(name, "各") || ((text_begins(name, "有关") || text_begins(name, "相关")) &&
                                       strlen(name) <= strlen("有关县（市、区）人民政府"));
    for (size_t i = 0; !is && i < sizeof within / sizeof *within; i++)
        is = strstr(name, within[i]) != NULL;
    for (size_t i = 0; !is && i < sizeof lasts / sizeof *lasts; i++)
        is = text_ends(name, lasts[i]);
    return is;
}

static struct memo left_out(struct look *look, const char *name)
{
    return (struct memo){.read = READ_GOOD, .left_out = texts_add(&look->import->texts, name)};
}

static struct memo take_name(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *name, int64_t region, struct strbuf *ids)
{
    const struct field *field = &fields[cell->field];
    enum unit_kind kind = kind_of(field->type);
    struct named named;
    look_name(look, kind, name, region, &named);
    if (named.id == 0 && named.several > 1)
        return several(look, field, name, kind, &named);
    if (named.id == 0 && (kind == UNIT_REGION || kind == UNIT_DEPARTMENT) &&
        (is_collective(name) || is_collective(named.rest)))
        return left_out(look, name);
    if (named.id == 0)
        named.id = unknown(look, proposal, cell, kind, named.rest, named.place);
    if (named.id == 0)
        return (struct memo){.read = READ_UNKNOWN};
    add_id(ids, named.id);
    return (struct memo){.read = READ_GOOD};
}

/* The departments that 各市人民政府 stands for are the governments of the places. */
static struct memo take_government(struct look *look, size_t proposal,
    const struct import_cell *cell, int64_t place, struct strbuf *ids)
{
    const struct region *region = units_region(look->units, place);
    struct named named;
    char *name = alloc_format("%s政府", region->name);
    look_name(look, UNIT_DEPARTMENT, name, place, &named);
    free(name);
    if (named.id != 0) {
        add_id(ids, named.id);
        return (struct memo){.read = READ_GOOD};
    }
    name = alloc_format("%s人民政府", region->name);
    struct memo memo = take_name(look, proposal, cell, name, place, ids);
    free(name);
    return memo;
}

static struct memo take_whole(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *name, const struct whole *whole, struct strbuf *ids)
{
    const struct field *field = &fields[cell->field];
    bool region = kind_of(field->type) == UNIT_REGION,
         list = field->type == VALUE_IS_REGIONS || field->type == VALUE_IS_DEPARTMENTS;
    const char *problem = whole->problem;
    struct memo memo = {.read = READ_GOOD}, one;
    if (problem == NULL && !list && whole->count > 1)
        problem = _("only one can be named here");
    if (problem == NULL && !region && whole->is_place)
        problem = _("this is a place and no unit; write the units, or 各市人民政府");
    if (problem != NULL) {
        struct error err = {0};
        error_set(&err, ERROR_INPUT, _("%s: \"%s\": %s"), _(field->label), name, problem);
        return (struct memo){.read = READ_BAD, .text = texts_add(&look->import->texts, err.text)};
    }
    for (size_t i = 0; i < whole->count; i++) {
        if (region) {
            add_id(ids, whole->ids[i]);
            continue;
        }
        one = take_government(look, proposal, cell, whole->ids[i], ids);
        memo = memo.read == READ_GOOD || one.read == READ_BAD ? one : memo;
    }
    return memo;
}

static struct memo take_bare(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *name, int64_t region, struct strbuf *ids)
{
    enum unit_kind kind = kind_of(fields[cell->field].type);
    struct named named;
    struct whole whole;
    if ((kind == UNIT_REGION || kind == UNIT_DEPARTMENT) &&
        look_whole(look, name, region, &whole)) {
        look_name(look, kind, name, region, &named); /* one that is called so is that one */
        if (named.id == 0)
            return take_whole(look, proposal, cell, name, &whole, ids);
    }
    return take_name(look, proposal, cell, name, region, ids);
}

/* Behind the name what the unit does in brackets: bytes of the name; `*helps`: it does not lead. */
static size_t bytes_of_name(const char *name, bool *helps)
{
    static const struct {
        const char *mark;
        bool helps;
    } roles[] = {{"（牵头）", false}, {"(牵头)", false}, {"（牵头单位）", false},
        {"（主办）", false}, {"（责任单位）", false}, {"（配合）", true}, {"(配合)", true},
        {"（配合单位）", true}, {"（参与）", true}, {"（协办）", true}};
    size_t length = strlen(name);
    *helps = false;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (text_ends(name, roles[i].mark) && length > strlen(roles[i].mark)) {
            *helps = roles[i].helps;
            return length - strlen(roles[i].mark);
        }
    return length;
}

/* One piece of a cell. */
static struct memo take_piece(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *name, int64_t region, struct strbuf *ids)
{
    const struct field *field = &fields[cell->field];
    bool helps;
    size_t bytes = bytes_of_name(name, &helps);
    if (kind_of(field->type) != UNIT_DEPARTMENT || name[bytes] == '\0')
        return take_bare(look, proposal, cell, name, region, ids);
    if (helps && strcmp(field->name, "lead") == 0) {
        struct error err = {0};
        error_set(&err, ERROR_INPUT,
            _("%s: \"%s\" only cooperates: put it into the column of cooperating departments"),
            _(field->label), name);
        return (struct memo){.read = READ_BAD, .text = texts_add(&look->import->texts, err.text)};
    }
    char *bare = alloc_string_n(name, bytes);
    struct memo memo = take_bare(look, proposal, cell, bare, region, ids);
    free(bare);
    return memo;
}

/* Bytes of the divider there. A blank is one where `blanks` says so. */
static size_t divider(const char *at, bool blanks)
{
    static const char *const dividers[] = {"、", "，", "；", ",", ";", "\n"};
    for (size_t i = 0; i < sizeof dividers / sizeof *dividers; i++)
        if (text_begins(at, dividers[i]))
            return strlen(dividers[i]);
    if (text_begins(at, "\xe3\x80\x80"))
        return blanks ? 3 : 0;
    return blanks && *at == ' ';
}

/* Brackets are of one piece, and 各市、县（市、区）人民政府 is one name: behind what stands there
 * and does not divide; 0: it may. */
static size_t undivided(const char *piece, const char *at)
{
    static const char *const names[] = {
        "各市、县", "各市、区", "各县、区", "各区、县", "各市、各县"};
    static const char open[] = "（", close[] = "）";
    for (size_t i = 0; at == piece && i < sizeof names / sizeof *names; i++)
        if (text_begins(at, names[i]))
            return strlen(names[i]);
    size_t room = strnlen(at, BRACKET_MOST);
    const char *end = text_begins(at, open) ? memmem(at, room, close, strlen(close))
                      : *at == '('          ? memchr(at, ')', room)
                                            : NULL;
    return end == NULL   ? 0
           : *end == ')' ? (size_t)(end - at) + 1
                         : (size_t)(end - at) + strlen(close);
}

static char *next_piece(const char **at, bool blanks)
{
    size_t length = 0, step;
    while ((step = divider(*at, blanks)) > 0)
        *at += step;
    while ((*at)[length] != '\0' && divider(*at + length, blanks) == 0) {
        size_t whole = undivided(*at, *at + length);
        length += whole > 0 ? whole : 1;
    }
    const char *from = *at;
    *at += length;
    while (length > 0 && *from == ' ')
        from++, length--;
    while (length > 0 && from[length - 1] == ' ')
        length--;
    return length > 0 ? alloc_string_n(from, length) : NULL;
}

bool look_units_known(struct look *look, const struct field *field, const char *text)
{
    bool known = true;
    char *piece;
    for (const char *at = text; known && (piece = next_piece(&at, false)) != NULL; free(piece)) {
        struct named named;
        struct whole whole;
        look_name(look, kind_of(field->type), piece, 0, &named);
        known = named.id != 0 || look_whole(look, piece, 0, &whole);
    }
    return known;
}

/* Whether blanks divide: each piece names a unit, and the whole does not. */
static bool blanks_divide(struct look *look, enum unit_kind kind, const char *text, int64_t region)
{
    bool divide = strchr(text, ' ') != NULL || strstr(text, "\xe3\x80\x80") != NULL;
    char *piece;
    for (const char *at = text; divide && (piece = next_piece(&at, true)) != NULL; free(piece)) {
        struct named named;
        look_name(look, kind, piece, region, &named);
        divide = named.id != 0;
    }
    return divide;
}

/* The place that a piece names and no unit; 0: none. */
static int64_t bare_place(struct look *look, const char *piece, int64_t region)
{
    struct named place, unit;
    if (!look_is_place_name(piece))
        return 0;
    look_name(look, UNIT_REGION, piece, region, &place);
    if (place.id != 0)
        look_name(look, UNIT_DEPARTMENT, piece, region, &unit);
    return place.id != 0 && unit.id == 0 ? place.id : 0;
}

/* 抚顺县、清原县政府: places in a list up to a government are governments as that one is. */
static bool before_government(struct look *look, const char *rest, int64_t region)
{
    static const char last[] = "政府";
    bool places = true, is = false;
    char *piece;
    for (const char *at = rest; places && (piece = next_piece(&at, false)) != NULL; free(piece)) {
        is = text_ends(piece, last);
        places = !is && bare_place(look, piece, region) != 0;
    }
    return is;
}

struct memo look_units(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *text, int64_t region)
{
    const struct field *field = &fields[cell->field];
    bool list = field->type == VALUE_IS_REGIONS || field->type == VALUE_IS_DEPARTMENTS;
    struct strbuf ids = {0}, out = {0};
    struct memo memo = {.read = READ_GOOD}, one;
    char *piece;
    if (!list)
        memo = take_piece(look, proposal, cell, text, region, &ids);
    bool blanks = list && blanks_divide(look, kind_of(field->type), text, region);
    int64_t within = region;
    for (const char *at = text; list && (piece = next_piece(&at, blanks)) != NULL; free(piece)) {
        int64_t place = field->type == VALUE_IS_DEPARTMENTS ? bare_place(look, piece, region) : 0;
        one = place != 0 && before_government(look, at, region)
                  ? take_government(look, proposal, cell, place, &ids)
                  : take_piece(look, proposal, cell, piece, within, &ids);
        if (one.left_out != 0)
            strbuf_format(&out, "%s%s", out.length > 0 ? "、" : "", piece);
        if (memo.read == READ_GOOD || (one.read == READ_BAD && memo.read != READ_BAD))
            memo = one.read == READ_GOOD ? memo : one;
        if (field->type == VALUE_IS_REGIONS && within == 0 && one.read == READ_GOOD)
            within = look_first_id(strbuf_text(&ids));
    }
    int64_t count[FIELD_LIST_MOST];
    if (memo.read == READ_GOOD && list && field_ids(strbuf_text(&ids), count) == FIELD_LIST_MOST) {
        struct error err = {0};
        error_set(&err, ERROR_INPUT, _("%s: at most %d can be named"), _(field->label),
            FIELD_LIST_MOST - 1);
        memo = (struct memo){.read = READ_BAD, .text = texts_add(&look->import->texts, err.text)};
    }
    if (memo.read == READ_GOOD)
        memo.text = texts_add(&look->import->texts, strbuf_text(&ids));
    if (out.length > 0)
        memo.left_out = texts_add(&look->import->texts, strbuf_text(&out));
    strbuf_clear(&ids);
    strbuf_clear(&out);
    return memo;
}
