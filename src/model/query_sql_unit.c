/* query_sql_unit: terms that name units, and identities such as 2-047. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/language.h"
#include "query_parts.h"
#include "query_sql_parts.h"

/* A value that names more is better written out: lead:厅 is hardly what was meant. */
#define UNITS_MOST 200

struct named {
    int64_t ids[UNITS_MOST];
    size_t count; /* 0: none, tasks without one */
    bool gone;    /* a row that no unit has any more, which tasks may still name */
};

static enum unit_kind field_kind(enum query_field field)
{
    switch (field) {
    case FIELD_REGION:
    case FIELD_CITY:
    case FIELD_AT:
        return UNIT_REGION;
    case FIELD_SOURCE:
        return UNIT_SOURCE;
    case FIELD_SPONSOR:
        return UNIT_SPONSOR;
    default:
        return UNIT_DEPARTMENT;
    }
}

static bool can_be_none(enum query_field field)
{
    return field == FIELD_LEAD || field == FIELD_MAIN_LEAD || field == FIELD_SUPERVISOR ||
           field == FIELD_SPONSOR || field == FIELD_RESPONSIBLE;
}

/* Leaves the cities among regions. */
static size_t cities_keep(const struct units *units, int64_t *ids, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (units_region(units, ids[i])->level == REGION_CITY)
            ids[kept++] = ids[i];
    return kept;
}

static bool unit_is(const struct units *units, enum unit_kind kind, int64_t id)
{
    switch (kind) {
    case UNIT_REGION:
        return units_region(units, id) != NULL;
    case UNIT_DEPARTMENT:
        return units_department(units, id) != NULL;
    case UNIT_SOURCE:
        return units_source(units, id) != NULL;
    case UNIT_SPONSOR:
        return units_sponsor(units, id) != NULL;
    }
    return false;
}

/* #12: the row of that id, whether it is still there or not; #0 where a task may have none. */
static bool by_row(const struct sql_maker *maker, const struct query *query, struct named *out)
{
    int64_t id;
    if (!query_row_read(query->text, &id) || (id == 0 && !can_be_none(query->field)))
        return false;
    out->ids[0] = id;
    out->count = id > 0;
    out->gone = id > 0 && !unit_is(maker->units, field_kind(query->field), id);
    return true;
}

static bool units_find(struct sql_maker *maker, const struct query *query, struct named *out)
{
    static const char *const missing[] = {
        [UNIT_REGION] = N_("there is no place called \"%s\""),
        [UNIT_DEPARTMENT] = N_("there is no department called \"%s\""),
        [UNIT_SOURCE] = N_("there is no source called \"%s\""),
        [UNIT_SPONSOR] = N_("there is no sponsor called \"%s\""),
    };
    char quote[100];
    struct query_place place = {query->at, query->length};
    enum unit_kind kind = field_kind(query->field);
    *out = (struct named){.gone = false};
    if (by_row(maker, query, out))
        return true;
    size_t found = units_match(maker->units, kind, query->text, out->ids, UNITS_MOST);
    size_t count = found < UNITS_MOST ? found : UNITS_MOST;
    if (query->field == FIELD_CITY)
        found = count = cities_keep(maker->units, out->ids, count);
    out->count = count;
    if (found == 0 && can_be_none(query->field) && query_is_none(query->text))
        return true;
    if (found == 0)
        return query_error_set(maker->err, place, units_nearest(maker->units, kind, query->text),
            query->field == FIELD_CITY ? _("there is no city called \"%s\"") : _(missing[kind]),
            query_quote(query->text, quote));
    if (found > UNITS_MOST)
        return query_error_set(maker->err, place, NULL,
            _("\"%s\" names %zu units; write more of the name"), query_quote(query->text, quote),
            found);
    return true;
}

/* The regions named and all below them. */
static void put_below(struct sql_maker *maker, const struct named *named)
{
    if (named->gone) { /* nothing is below it */
        sql_ids(maker, named->ids, named->count);
        return;
    }
    sql_put(maker, "(WITH RECURSIVE below(id) AS (SELECT id FROM region WHERE id IN ");
    sql_ids(maker, named->ids, named->count);
    sql_put(maker, " UNION SELECT r.id FROM region r JOIN below b ON r.parent_id = b.id) "
                   "SELECT id FROM below)");
}

static void put_departments(
    struct sql_maker *maker, const struct named *named, enum query_field field)
{
    const char *roles = field == FIELD_LEAD ? "'lead'" : "'responsible', 'cooperating'";
    sql_put(maker,
        "EXISTS (SELECT 1 FROM task_department d WHERE d.task_id = t.id AND d.role IN (%s)", roles);
    if (named->count > 0) {
        sql_put(maker, " AND +d.department_id IN ");
        sql_ids(maker, named->ids, named->count);
    }
    sql_put(maker, ")");
}

/* One column of the task that names a unit. */
static void put_column(struct sql_maker *maker, const char *column, const struct named *named)
{
    if (named->count == 0) {
        sql_put(maker, "t.%s IS NULL", column);
        return;
    }
    sql_put(maker, "coalesce(t.%s, 0) IN ", column);
    sql_ids(maker, named->ids, named->count);
}

bool sql_unit_direct(struct sql_maker *maker, const struct query *query)
{
    struct named named;
    if (!units_find(maker, query, &named))
        return false;
    switch (query->field) {
    case FIELD_REGION:
    case FIELD_CITY:
        sql_put(maker,
            "EXISTS (SELECT 1 FROM task_region g WHERE g.task_id = t.id AND +g.region_id IN ");
        put_below(maker, &named);
        sql_put(maker, ")");
        break;
    case FIELD_AT:
        sql_put(maker,
            "EXISTS (SELECT 1 FROM task_region g WHERE g.task_id = t.id AND +g.region_id IN ");
        sql_ids(maker, named.ids, named.count);
        sql_put(maker, ")");
        break;
    case FIELD_MAIN_LEAD:
        put_column(maker, "lead_id", &named);
        break;
    case FIELD_LEAD:
        sql_put(maker, "(");
        put_column(maker, "lead_id", &named);
        if (named.count > 0) {
            sql_put(maker, " OR ");
            put_departments(maker, &named, FIELD_LEAD);
        }
        sql_put(maker, ")");
        break;
    case FIELD_RESPONSIBLE:
        sql_put(maker, named.count > 0 ? "" : "NOT ");
        put_departments(maker, &named, FIELD_RESPONSIBLE);
        break;
    case FIELD_SUPERVISOR:
        put_column(maker, "supervisor_id", &named);
        break;
    case FIELD_SPONSOR:
        put_column(maker, "sponsor_id", &named);
        break;
    default:
        put_column(maker, "source_id", &named);
        break;
    }
    return true;
}

bool sql_unit_set(struct sql_maker *maker, const struct query *query)
{
    struct named named;
    if (!units_find(maker, query, &named))
        return false;
    switch (query->field) {
    case FIELD_REGION:
    case FIELD_CITY:
        sql_put(maker, "SELECT task_id FROM task_region WHERE region_id IN ");
        put_below(maker, &named);
        return true;
    case FIELD_AT:
        sql_put(maker, "SELECT task_id FROM task_region WHERE region_id IN ");
        break;
    case FIELD_MAIN_LEAD:
        sql_put(maker, "SELECT id FROM task WHERE lead_id IN ");
        break;
    case FIELD_LEAD:
        sql_put(maker, "SELECT id FROM task WHERE lead_id IN ");
        sql_ids(maker, named.ids, named.count);
        sql_put(maker, " UNION ALL SELECT task_id FROM task_department WHERE role = 'lead' AND "
                       "department_id IN ");
        break;
    case FIELD_RESPONSIBLE:
        sql_put(maker, "SELECT task_id FROM task_department WHERE role IN ('responsible', "
                       "'cooperating') AND department_id IN ");
        break;
    case FIELD_SPONSOR:
        sql_put(maker, "SELECT id FROM task WHERE sponsor_id IS NOT NULL AND sponsor_id IN ");
        break;
    default:
        sql_put(maker, "SELECT id FROM task WHERE source_id IN ");
        break;
    }
    sql_ids(maker, named.ids, named.count);
    return true;
}

/* --- identities ---------------------------------------------------------------------------- */

struct identity {
    char source[32], number[32];
    int part; /* -1: any */
};

static bool identity_read(const char *text, struct identity *out)
{
    size_t source = 0, number = 0;
    while (isalnum((unsigned char)text[source]))
        source++;
    if (source == 0 || source >= sizeof out->source || text[source] != '-')
        return false;
    const char *rest = text + source + 1;
    while (isalnum((unsigned char)rest[number]))
        number++;
    if (number == 0 || number >= sizeof out->number)
        return false;
    out->part = -1;
    const char *part = rest + number;
    if (*part == '.') {
        size_t digits = strspn(part + 1, "0123456789");
        if (digits == 0 || digits > 6)
            return false;
        out->part = atoi(part + 1);
        part += 1 + digits;
    }
    memcpy(out->source, text, source);
    out->source[source] = '\0';
    memcpy(out->number, rest, number);
    out->number[number] = '\0';
    return *part == '\0';
}

bool sql_is_identity(const char *text)
{
    struct identity unused;
    return identity_read(text, &unused);
}

/* A number as it may be written in the ledger: 47, 047, 0047. */
static void put_number(struct sql_maker *maker, const char *number)
{
    sql_put(maker, "i.number IN ($%d", sql_text(maker, number));
    size_t length = strlen(number);
    if (strspn(number, "0123456789") == length && length < 10) {
        const char *plain = number + strspn(number, "0");
        for (int width = 1; *plain && width <= 4; width++) {
            char padded[32];
            snprintf(padded, sizeof padded, "%0*d", width, atoi(plain));
            sql_put(maker, ", $%d", sql_text(maker, padded));
        }
    }
    sql_put(maker, ")");
}

void sql_identity_set(struct sql_maker *maker, const char *text)
{
    struct identity identity;
    struct named sources = {.count = 0};
    int64_t id;
    if (query_row_read(text, &id)) {
        sql_put(maker, "SELECT i.id FROM task i WHERE i.id = $%d", sql_int(maker, id));
        return;
    }
    if (!identity_read(text, &identity)) {
        sql_number_set(maker, text);
        return;
    }
    for (size_t i = 0; i < units_source_count(maker->units) && sources.count < UNITS_MOST; i++) {
        const struct source *source = units_source_at(maker->units, i);
        char year[16];
        snprintf(year, sizeof year, "%d", source->year);
        if (strcasecmp(source->code, identity.source) == 0 || strcmp(year, identity.source) == 0)
            sources.ids[sources.count++] = source->id;
    }
    sql_put(maker, "SELECT i.id FROM task i WHERE i.source_id IN ");
    if (sources.count == 0)
        sql_put(maker, "(NULL)");
    else
        sql_ids(maker, sources.ids, sources.count);
    sql_put(maker, " AND ");
    put_number(maker, identity.number);
    if (identity.part >= 0)
        sql_put(maker, " AND i.part = $%d", sql_int(maker, identity.part));
}

void sql_number_set(struct sql_maker *maker, const char *number)
{
    sql_put(maker, "SELECT i.id FROM source s JOIN task i ON i.source_id = s.id WHERE ");
    put_number(maker, number);
}
