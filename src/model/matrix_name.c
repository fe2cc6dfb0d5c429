/* matrix_name: what lines are called, and the terms that find their tasks. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "matrix_parts.h"
#include "model/query.h"
#include "unit_words.h"

void matrix_names_begin(
    struct matrix_names *names, const struct units *units, enum matrix_axis axis)
{
    *names = (struct matrix_names){.units = units, .axis = axis};
    if (axis == AXIS_REGION || axis == AXIS_CITY)
        names->words = unit_words_new(units, UNIT_REGION);
    else if (axis == AXIS_LEAD)
        names->words = unit_words_new(units, UNIT_DEPARTMENT);
    else if (axis == AXIS_SOURCE)
        names->words = unit_words_new(units, UNIT_SOURCE);
}

void matrix_names_end(struct matrix_names *names)
{
    unit_words_free(names->words);
    *names = (struct matrix_names){0};
}

static char *unit_term(const struct matrix_names *names, const char *field, int64_t id)
{
    struct strbuf out = {0};
    strbuf_format(&out, "%s:", field);
    unit_word_add(names->words, id, &out);
    return strbuf_take(&out);
}

static char *category_term(const char *category)
{
    if (!*category)
        return alloc_string("category:none");
    struct strbuf value = {0}, out = {0};
    strbuf_format(&value, "=%s", category);
    strbuf_add(&out, "category:");
    query_value_add(&out, strbuf_text(&value));
    strbuf_clear(&value);
    return strbuf_take(&out);
}

/* Years that filters can name; what lies before or after is one month each. */
#define YEAR_FIRST 1900
#define YEAR_LAST 2199

static void name_month(int64_t key, struct matrix_line *out)
{
    int year = (int)(key / 12), month = (int)(key % 12) + 1;
    if (key == 0) {
        out->label = alloc_string(_("never due"));
        out->term = alloc_string("due:none");
    } else if (year < YEAR_FIRST) {
        out->label = alloc_format(_("before %d"), YEAR_FIRST);
        out->term = alloc_format("due<%d-01-01", YEAR_FIRST);
    } else if (year > YEAR_LAST) {
        out->label = alloc_format(_("after %d"), YEAR_LAST);
        out->term = alloc_format("due>%d-12-31", YEAR_LAST);
    } else {
        out->label = alloc_format("%04d-%02d", year, month);
        out->term = alloc_format("due:%04d-%02d", year, month);
    }
}

static void name_region(
    struct matrix_names *names, const struct matrix_key *key, struct matrix_line *out)
{
    const struct region *region = units_region(names->units, key->key);
    const char *shown = region ? region->shown : "?";
    out->label = key->own ? alloc_format(_("%s itself"), shown) : alloc_string(shown);
    out->term = unit_term(names, key->own ? "at" : "region", key->key);
}

void matrix_name_line(
    struct matrix_names *names, const struct matrix_key *key, struct matrix_line *out)
{
    const struct department *department;
    const struct source *source;
    switch (names->axis) {
    case AXIS_REGION:
    case AXIS_CITY:
        name_region(names, key, out);
        break;
    case AXIS_LEAD:
        department = units_department(names->units, key->key);
        out->label = alloc_string(department     ? department->shown
                                  : key->key > 0 ? "?"
                                                 : _("no lead"));
        out->term = unit_term(names, "main_lead", key->key);
        break;
    case AXIS_SOURCE:
        source = units_source(names->units, key->key);
        out->label = source ? alloc_format("%s %s", source->code, source->name) : alloc_string("?");
        out->term = unit_term(names, "source", key->key);
        break;
    case AXIS_STATE:
        out->label = alloc_string(_(task_states[key->key].brief));
        out->term = alloc_format("state:%s", task_states[key->key].name);
        break;
    case AXIS_CATEGORY:
        out->label = alloc_string(*key->text ? key->text : _("no category"));
        out->term = category_term(key->text);
        break;
    case AXIS_MONTH:
        name_month(key->key, out);
        break;
    case AXIS_COUNT:
        break;
    }
}
