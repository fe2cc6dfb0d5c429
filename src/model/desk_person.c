/* Whose desk it is. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "desk_parts.h"
#include "model/query.h"
#include "model/units.h"

/* The one unit a reach is about. */
struct about {
    const struct units *units;
    const char *shown; /* NULL: none yet */
};

static const char *department_shown(const struct units *units, const char *text)
{
    int64_t id;
    if (text[0] == '#') { /* as the reach of a role names it */
        const struct department *department = units_department(units, strtoll(text + 1, NULL, 10));
        return department != NULL ? department->shown : NULL;
    }
    return units_match(units, UNIT_DEPARTMENT, text, &id, 1) == 1
               ? units_department(units, id)->shown
               : NULL;
}

static const char *unit_shown(const struct units *units, const struct query *term)
{
    int64_t id;
    switch (term->field) {
    case FIELD_REGION:
    case FIELD_CITY:
        return units_match(units, UNIT_REGION, term->text, &id, 1) == 1
                   ? units_region(units, id)->shown
                   : NULL;
    case FIELD_LEAD:
    case FIELD_RESPONSIBLE:
    case FIELD_SUPERVISOR:
        return department_shown(units, term->text);
    case FIELD_SOURCE:
        return units_match(units, UNIT_SOURCE, term->text, &id, 1) == 1
                   ? units_source(units, id)->name
                   : NULL;
    default:
        return NULL;
    }
}

/* Whether every term names the same unit; units of any kind are told apart by what is shown. */
static bool is_about(struct about *about, const struct query *query)
{
    if (query->kind == QUERY_AND || query->kind == QUERY_OR)
        return is_about(about, query->left) && is_about(about, query->right);
    if (query->kind != QUERY_FIELD || query->op != OP_EQ)
        return false;
    const char *shown = unit_shown(about->units, query);
    if (shown == NULL || (about->shown != NULL && strcmp(shown, about->shown) != 0))
        return false;
    about->shown = shown;
    return true;
}

void desk_person(struct model *model, struct strbuf *out)
{
    const struct person *person = model_person(model);
    const struct query *reach = model_reach(model);
    struct about about = {model_units(model), NULL};
    strbuf_format(out, "%s %s", person->name, _(person_roles[person->role].brief));
    if (reach == NULL) {
        if (units_region_count(about.units) > 0)
            strbuf_format(out, " %s", units_region_at(about.units, 0)->shown);
    } else {
        strbuf_format(out, " %s", is_about(&about, reach) ? about.shown : person->reach);
    }
}
