/* Values of fields: read from what a person typed, shown as a person reads them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "model/deadline.h"
#include "model/field.h"

/* --- reading --------------------------------------------------------------------------------- */

static bool read_date(
    const struct field *field, const char *typed, struct strbuf *out, struct error *err)
{
    struct deadline words;
    date_t date;
    char iso[11];
    bool day = date_read(typed, date_today(), &date);
    if (!day && field->flags & FIELD_IS_DEADLINE && deadline_read(typed, &words, err) &&
        words.kind == DEADLINE_DATE) {
        day = true;
        date = words.date;
    }
    if (!day)
        return error_set(err, ERROR_INPUT,
            _("%s: \"%s\" is no date; write 2026-11-30, 11-30 or +7 for in seven days"),
            _(field->label), typed);
    strbuf_add(out, date_format(date, iso));
    return true;
}

static bool read_number(
    const struct field *field, const char *typed, long most, struct strbuf *out, struct error *err)
{
    char *end;
    long number = strtol(typed, &end, 10);
    bool digits = end != typed;
    if (*end == '%')
        end++;
    if (!digits || *end != '\0' || number < 0 || number > most)
        return error_set(err, ERROR_INPUT, _("%s: \"%s\" is no number from 0 to %ld"),
            _(field->label), typed, most);
    strbuf_format(out, "%ld", number);
    return true;
}

/* What can be typed in every language, and what it is called in this one. */
static void add_choice(struct strbuf *out, const struct word *word, bool first, bool named)
{
    const char *label = _(word->label);
    strbuf_add(out, first ? "" : _(", "));
    if (!named || strcmp(word->name, label) == 0)
        strbuf_add(out, label);
    else
        strbuf_format(out, _("%s (%s)"), word->name, label);
}

static bool read_word(
    const struct field *field, const char *typed, struct strbuf *out, struct error *err)
{
    static const struct word yes_no[] = {
        {"0", N_("no"), N_("no"), "否 不"}, {"1", N_("yes"), N_("yes"), "是 对"}};
    const struct word *words = field->words != NULL ? field->words : yes_no;
    size_t count = field->words != NULL ? field->word_count : 2;
    int index = word_find(words, count, typed);
    if (index >= 0) {
        strbuf_add(out, words[index].name);
        return true;
    }
    struct strbuf choices = {0};
    for (size_t i = 0; i < count; i++)
        add_choice(&choices, &words[i], i == 0, field->words != NULL);
    error_set(err, ERROR_INPUT, _("%s: \"%s\" is none of: %s"), _(field->label), typed,
        strbuf_text(&choices));
    strbuf_clear(&choices);
    return false;
}

static enum unit_kind kind_of(enum field_type type)
{
    switch (type) {
    case VALUE_IS_REGION:
    case VALUE_IS_REGIONS:
        return UNIT_REGION;
    case VALUE_IS_SPONSOR:
        return UNIT_SPONSOR;
    case VALUE_IS_SOURCE:
        return UNIT_SOURCE;
    default:
        return UNIT_DEPARTMENT;
    }
}

static const char *unit_name(const struct units *units, enum unit_kind kind, int64_t id)
{
    const struct region *region = kind == UNIT_REGION ? units_region(units, id) : NULL;
    const struct department *department =
        kind == UNIT_DEPARTMENT ? units_department(units, id) : NULL;
    const struct sponsor *sponsor = kind == UNIT_SPONSOR ? units_sponsor(units, id) : NULL;
    const struct source *source = kind == UNIT_SOURCE ? units_source(units, id) : NULL;
    return region       ? region->shown
           : department ? department->shown
           : sponsor    ? sponsor->name
           : source     ? source->name
                        : units_gone(units, kind, id);
}

static bool add_id(const struct field *field, int64_t id, struct strbuf *out, struct error *err)
{
    int64_t ids[FIELD_LIST_MOST];
    size_t count = field_ids(strbuf_text(out), ids);
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    if (count == FIELD_LIST_MOST)
        return error_set(
            err, ERROR_INPUT, _("%s: at most %d can be named"), _(field->label), FIELD_LIST_MOST);
    strbuf_format(out, "%s%" PRId64, count > 0 ? " " : "", id);
    return true;
}

/* One unit: an id as #12, else a name. */
static bool read_unit(const struct units *units, const struct field *field, const char *typed,
    struct strbuf *out, struct error *err)
{
    enum unit_kind kind = kind_of(field->type);
    int64_t ids[2];
    if (typed[0] == '#') {
        char *end;
        int64_t id = strtoll(typed + 1, &end, 10);
        if (*end == '\0' && unit_name(units, kind, id) != NULL)
            return add_id(field, id, out, err);
    }
    size_t count = units_match(units, kind, typed, ids, 2);
    if (count == 1)
        return add_id(field, ids[0], out, err);
    const char *near = units_nearest(units, kind, typed);
    if (count > 1)
        return error_set(err, ERROR_INPUT,
            _("%s: \"%s\" may be %s, %s or others; write more of it"), _(field->label), typed,
            unit_name(units, kind, ids[0]), unit_name(units, kind, ids[1]));
    if (near != NULL)
        return error_set(err, ERROR_INPUT, _("%s: there is no \"%s\"; did you mean \"%s\"?"),
            _(field->label), typed, near);
    return error_set(err, ERROR_INPUT, _("%s: there is no \"%s\""), _(field->label), typed);
}

/* Names divided by 、 , ; or blanks. */
static bool read_units(const struct units *units, const struct field *field, const char *typed,
    struct strbuf *out, struct error *err)
{
    static const char *const dividers[] = {"、", "，", "；", ",", ";", " "};
    bool good = true;
    for (const char *at = typed; good && *at != '\0';) {
        size_t length = 0, step = 0;
        while (at[length] != '\0' && step == 0) {
            for (size_t i = 0; i < sizeof dividers / sizeof *dividers && step == 0; i++)
                if (strncmp(at + length, dividers[i], strlen(dividers[i])) == 0)
                    step = strlen(dividers[i]);
            length += step == 0;
        }
        char *name = alloc_string_n(at, length);
        good = length == 0 || read_unit(units, field, name, out, err);
        free(name);
        at += length + step;
    }
    return good;
}

bool field_is_short(const char *value)
{
    size_t count = 0;
    uint32_t code;
    for (int length; (length = text_decode(value, &code)) > 0; value += length)
        count++;
    return count <= FIELD_SHORT_MOST;
}

bool field_is_phone(const char *value)
{
    return value[0] != '-' && text_is_clean(value, TEXT_ONE_LINE);
}

static bool read_text(
    const struct field *field, const char *typed, struct strbuf *out, struct error *err)
{
    bool lines = field->type == VALUE_IS_TEXT;
    size_t most = lines ? FIELD_TEXT_MOST : FIELD_LINE_MOST;
    text_scrub(out, typed, strlen(typed), lines ? TEXT_LINES : TEXT_ONE_LINE);
    while (out->length > 0 && strchr(" \n", out->text[out->length - 1]) != NULL)
        strbuf_cut(out, out->length - 1);
    if (strcmp(field->name, "phone") == 0 && !field_is_phone(strbuf_text(out)))
        return error_set(err, ERROR_INPUT,
            _("%s: \"%s\" begins with a dash, which the command that reminds would take for an "
              "option"),
            _(field->label), strbuf_text(out));
    if (field->flags & FIELD_IS_SHORT && !field_is_short(strbuf_text(out)))
        return error_set(err, ERROR_INPUT, _("%s: at most %d characters can be kept"),
            _(field->label), FIELD_SHORT_MOST);
    if (out->length <= most)
        return true;
    return error_set(err, ERROR_INPUT, _("%s: this is %zu bytes long, at most %zu can be kept"),
        _(field->label), out->length, most);
}

static bool read_value(const struct units *units, const struct field *field, const char *typed,
    struct strbuf *out, struct error *err)
{
    switch (field->type) {
    case VALUE_IS_DATE:
        return read_date(field, typed, out, err);
    case VALUE_IS_PERCENT:
        return read_number(field, typed, 100, out, err);
    case VALUE_IS_NUMBER:
        return read_number(field, typed, 1000000, out, err);
    case VALUE_IS_YES:
    case VALUE_IS_WORD:
        return read_word(field, typed, out, err);
    case VALUE_IS_REGION:
    case VALUE_IS_DEPARTMENT:
    case VALUE_IS_SPONSOR:
    case VALUE_IS_SOURCE:
        return read_unit(units, field, typed, out, err);
    case VALUE_IS_REGIONS:
    case VALUE_IS_DEPARTMENTS:
        return read_units(units, field, typed, out, err);
    default:
        return read_text(field, typed, out, err);
    }
}

/* What was taken for something that cannot be seen tells nobody anything. */
static bool says_nothing(const char *text)
{
    uint32_t code;
    for (int length; (length = text_decode(text, &code)) > 0; text += length)
        if (code != 0xFFFD && code != ' ' && code != '\n' && code != 0x3000)
            return false;
    return true;
}

bool field_read(const struct units *units, const struct field *field, const char *typed,
    char **value, struct error *err)
{
    struct strbuf clean = {0}, out = {0};
    text_scrub(
        &clean, typed, strlen(typed), field->type == VALUE_IS_TEXT ? TEXT_LINES : TEXT_ONE_LINE);
    while (clean.length > 0 && clean.text[clean.length - 1] == ' ')
        strbuf_cut(&clean, clean.length - 1);
    const char *start = strbuf_text(&clean);
    start += strspn(start, " ");
    bool good = says_nothing(start) || read_value(units, field, start, &out, err);
    if (good) {
        strbuf_add(&out, "");
        *value = strbuf_take(&out);
    }
    strbuf_clear(&clean);
    strbuf_clear(&out);
    return good;
}

/* --- showing --------------------------------------------------------------------------------- */

static void show_units(
    const struct units *units, const struct field *field, const char *value, struct strbuf *out)
{
    int64_t ids[FIELD_LIST_MOST];
    size_t count = field_ids(value, ids);
    for (size_t i = 0; i < count; i++) {
        const char *name = unit_name(units, kind_of(field->type), ids[i]);
        strbuf_add(out, i > 0 ? _(", ") : "");
        if (name != NULL)
            strbuf_add(out, name);
        else /* one that is gone */
            strbuf_format(out, "#%" PRId64, ids[i]);
    }
    if (count == 0)
        strbuf_add(out, value);
}

static void show_word(const struct field *field, const char *value, struct strbuf *out)
{
    for (size_t i = 0; i < field->word_count; i++)
        if (strcmp(field->words[i].name, value) == 0)
            value = _(field->words[i].label);
    strbuf_add(out, value);
}

void field_show(
    const struct units *units, const struct field *field, const char *value, struct strbuf *out)
{
    moment_t moment;
    if (value[0] == '\0')
        return;
    switch (field->type) {
    case VALUE_IS_WORD:
        show_word(field, value, out);
        break;
    case VALUE_IS_YES:
        strbuf_add(out, strcmp(value, "1") == 0 ? _("yes") : _("no"));
        break;
    case VALUE_IS_PERCENT:
        strbuf_format(out, "%s%%", value);
        break;
    case VALUE_IS_REGION:
    case VALUE_IS_REGIONS:
    case VALUE_IS_DEPARTMENT:
    case VALUE_IS_DEPARTMENTS:
    case VALUE_IS_SPONSOR:
    case VALUE_IS_SOURCE:
        show_units(units, field, value, out);
        break;
    case VALUE_IS_MOMENT:
        if (date_moment_parse(value, &moment)) {
            struct date_time local = date_local(moment);
            char day[11];
            strbuf_format(
                out, "%s %02d:%02d", date_format(local.date, day), local.hour, local.minute);
            break;
        }
        /* fall through */
    default:
        strbuf_add(out, value);
    }
}
