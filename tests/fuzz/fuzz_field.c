/* Values of fields: whatever is typed into any field is refused with a sentence, or becomes a value
 * that the history can keep: clean, within its limit, of the field's type, and read again as
 * itself. Anything can be shown. Dates besides, on any day.
 *
 * The first byte chooses the field, the next two the day it is. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/field.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct model *model_make(void)
{
    void *folder;
    char path[256];
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    if (folder_set_up(&folder) != 0)
        abort();
    database_make(folder_file(folder, "a.db", path));
    struct model *model = database_open(path);
    folder_tear_down(&folder); /* the units stay in memory */
    return model;
}

static enum text_scrub_flags flags_of(const struct field *field)
{
    return field->type == VALUE_IS_TEXT ? TEXT_LINES : TEXT_ONE_LINE;
}

static bool is_number(const char *value, long most)
{
    size_t digits = strspn(value, "0123456789");
    return digits > 0 && digits <= 7 && value[digits] == '\0' && strtol(value, NULL, 10) <= most;
}

static bool is_word(const struct field *field, const char *value)
{
    for (size_t i = 0; i < field->word_count; i++)
        if (strcmp(field->words[i].name, value) == 0)
            return true;
    return false;
}

/* Ids that are there, none twice, written as the list is. */
static bool is_list(const struct units *units, const struct field *field, const char *value)
{
    int64_t ids[FIELD_LIST_MOST];
    size_t count = field_ids(value, ids);
    struct strbuf again = {0}, shown = {0};
    bool good = count > 0;
    for (size_t i = 0; i < count; i++) {
        strbuf_format(&again, "%s%lld", i > 0 ? " " : "", (long long)ids[i]);
        for (size_t k = 0; k < i; k++)
            good &= ids[i] != ids[k];
    }
    field_show(units, field, value, &shown);
    good &= strcmp(strbuf_text(&again), value) == 0 && strchr(strbuf_text(&shown), '#') == NULL;
    strbuf_clear(&again);
    strbuf_clear(&shown);
    return good;
}

static bool is_of_type(const struct units *units, const struct field *field, const char *value)
{
    date_t date;
    switch (field->type) {
    case VALUE_IS_DATE:
        return date_parse(value, &date);
    case VALUE_IS_NUMBER:
        return is_number(value, 1000000);
    case VALUE_IS_PERCENT:
        return is_number(value, 100);
    case VALUE_IS_YES:
        return strcmp(value, "0") == 0 || strcmp(value, "1") == 0;
    case VALUE_IS_WORD:
        return is_word(field, value);
    case VALUE_IS_REGIONS:
    case VALUE_IS_DEPARTMENTS:
        return is_list(units, field, value);
    case VALUE_IS_REGION:
    case VALUE_IS_DEPARTMENT:
    case VALUE_IS_SPONSOR:
    case VALUE_IS_SOURCE:
        return is_list(units, field, value) && strchr(value, ' ') == NULL;
    case VALUE_IS_TEXT:
        return strlen(value) <= FIELD_TEXT_MOST;
    default:
        return strlen(value) <= FIELD_LINE_MOST;
    }
}

static void show(const struct units *units, const struct field *field, const char *value)
{
    struct strbuf out = {0};
    field_show(units, field, value, &out);
    assert((out.length > 0) == (value[0] != '\0'));
    assert(text_is_clean(strbuf_text(&out), TEXT_LINES));
    strbuf_clear(&out);
}

/* A value that is no id names itself when it is read. */
static bool reads_itself(const struct field *field)
{
    return field->type < VALUE_IS_REGION || field->type > VALUE_IS_SOURCE;
}

static void read_any(const struct units *units, const struct field *field, const char *typed)
{
    struct error err = {0};
    char *value = NULL, *again = NULL;
    if (!field_read(units, field, typed, &value, &err)) {
        assert(value == NULL && err.code == ERROR_INPUT && err.text[0] != '\0');
        assert(text_is_clean(err.text, TEXT_ONE_LINE));
        return;
    }
    assert(text_is_clean(value, flags_of(field)));
    assert(value[0] == '\0' || is_of_type(units, field, value));
    if (reads_itself(field)) {
        assert(field_read(units, field, value, &again, &err));
        assert(strcmp(again, value) == 0);
    }
    show(units, field, value);
    free(value);
    free(again);
}

static void read_date(const char *typed, date_t today)
{
    date_t date = DATE_NONE, again;
    char iso[11];
    if (!date_read(typed, today, &date))
        return;
    assert(date_parse(date_format(date, iso), &again) && again == date);
    assert(date_read(iso, today, &again) && again == date);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct model *model;
    struct strbuf typed = {0}, clean = {0};
    if (!model)
        model = model_make();
    if (size < 3)
        return 0;
    const struct field *field = &fields[data[0] % field_count];
    date_t today = date_make(1900, 1, 1) + (data[1] << 8 | data[2]) * 5 / 3;
    strbuf_add_n(&typed, (const char *)data + 3, size - 3);
    strbuf_add(&typed, "");
    read_any(model_units(model), field, strbuf_text(&typed));
    read_date(strbuf_text(&typed), today);
    /* as it may come from the history */
    text_scrub(&clean, strbuf_text(&typed), strlen(strbuf_text(&typed)), TEXT_LINES);
    show(model_units(model), field, strbuf_text(&clean));
    strbuf_clear(&typed);
    strbuf_clear(&clean);
    return 0;
}
