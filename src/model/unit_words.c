/* unit_words: all names of a kind of unit, sorted, so that those which several share are seen. */
#include "unit_words.h"

#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "model/query.h"

struct word {
    const char *name; /* borrowed from the units, or `made` */
    int64_t id;
};
struct unit_words {
    const struct units *units;
    enum unit_kind kind;
    struct word *word; /* by name, then id */
    size_t count, capacity;
    char **made;
    size_t made_count, made_capacity;
};

static int word_compare(const void *left, const void *right)
{
    const struct word *a = left, *b = right;
    int order = strcasecmp(a->name, b->name);
    return order != 0 ? order : (a->id > b->id) - (a->id < b->id);
}

static void word_put(struct unit_words *words, const char *name, int64_t id)
{
    words->word = alloc_grow(words->word, &words->capacity, words->count + 1, sizeof *words->word);
    words->word[words->count++] = (struct word){name, id};
}

struct unit_words *unit_words_new(const struct units *units, enum unit_kind kind)
{
    struct unit_words *words = alloc_zero(1, sizeof *words);
    struct unit unit;
    words->units = units;
    words->kind = kind;
    for (size_t i = 0; unit_at(units, kind, i, &unit); i++) {
        for (size_t n = 0; n < UNIT_NAMES_MOST && unit.names[n]; n++)
            word_put(words, unit.names[n], unit.id);
        if (unit.year[0]) {
            words->made = alloc_grow(
                words->made, &words->made_capacity, words->made_count + 1, sizeof *words->made);
            words->made[words->made_count] = alloc_string(unit.year);
            word_put(words, words->made[words->made_count++], unit.id);
        }
    }
    if (words->count > 0)
        qsort(words->word, words->count, sizeof *words->word, word_compare);
    return words;
}

void unit_words_free(struct unit_words *words)
{
    if (!words)
        return;
    for (size_t i = 0; i < words->made_count; i++)
        free(words->made[i]);
    free(words->made);
    free(words->word);
    free(words);
}

bool unit_words_only(const struct unit_words *words, const char *name, int64_t id)
{
    size_t low = 0, high = words->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcasecmp(words->word[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < words->count && strcasecmp(words->word[low].name, name) == 0; low++)
        if (words->word[low].id != id)
            return false;
    return true;
}

void unit_word_add(const struct unit_words *words, int64_t id, struct strbuf *out)
{
    const struct region *region = NULL;
    const struct department *department = NULL;
    const struct source *source = NULL;
    const struct sponsor *sponsor = NULL;
    const char *names[2] = {NULL, NULL};
    if (words->kind == UNIT_REGION && (region = units_region(words->units, id)))
        names[0] = region->shown, names[1] = region->code;
    else if (words->kind == UNIT_DEPARTMENT && (department = units_department(words->units, id)))
        names[0] = department->shown, names[1] = department->name;
    else if (words->kind == UNIT_SOURCE && (source = units_source(words->units, id)))
        names[0] = source->code, names[1] = source->name;
    else if (words->kind == UNIT_SPONSOR && (sponsor = units_sponsor(words->units, id)))
        names[0] = sponsor->name;
    for (size_t i = 0; i < 2 && names[i]; i++)
        if (*names[i] && names[i][0] != '#' && unit_words_only(words, names[i], id)) {
            query_value_add(out, names[i]);
            return;
        }
    strbuf_format(out, "#%lld", (long long)id);
}
