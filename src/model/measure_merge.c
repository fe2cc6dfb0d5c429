/* Measures that two people changed at once, brought together row by row. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "model/measure_list.h"

#define NOWHERE ((size_t)-1)

/* Which row of one list is which of the other. */
struct pairs {
    size_t *of_base;   /* index in theirs of each row of the base; NOWHERE: taken out */
    size_t *of_theirs; /* index in the base; NOWHERE: put in */
};

struct merging {
    const struct measure_list *base, *theirs, *mine;
    struct pairs pairs;
    struct measure_merge *out;
};

/* --- which row is which ---------------------------------------------------------------------- */

static bool same_text(const struct measure_row *a, const struct measure_row *b)
{
    return strcmp(a->value[MEASURE_TEXT], b->value[MEASURE_TEXT]) == 0;
}

static void pair(struct pairs *pairs, size_t base, size_t theirs)
{
    pairs->of_base[base] = theirs;
    pairs->of_theirs[theirs] = base;
}

static void pair_same_words(const struct merging *merging, struct pairs *pairs)
{
    const struct measure_list *base = merging->base, *theirs = merging->theirs;
    for (size_t i = 0; i < base->count && i < theirs->count; i++)
        if (same_text(&base->row[i], &theirs->row[i]))
            pair(pairs, i, i);
    for (size_t i = 0; i < base->count; i++)
        for (size_t k = 0; pairs->of_base[i] == NOWHERE && k < theirs->count; k++)
            if (pairs->of_theirs[k] == NOWHERE && same_text(&base->row[i], &theirs->row[k]))
                pair(pairs, i, k);
}

/* Rows with new words are the same where as many stand between the same neighbours. Anything bolder
 * could put a tick on another measure. */
static void pair_new_words(const struct merging *merging, struct pairs *pairs)
{
    size_t count = merging->base->count;
    for (size_t from = 0, to; from < count; from = to + 1) {
        for (to = from; to < count && pairs->of_base[to] == NOWHERE;)
            to++;
        size_t first = from > 0 ? pairs->of_base[from - 1] + 1 : 0;
        size_t end = to < count ? pairs->of_base[to] : merging->theirs->count;
        bool free_all = first <= end && end - first == to - from;
        for (size_t k = first; free_all && k < end; k++)
            free_all = pairs->of_theirs[k] == NOWHERE;
        for (size_t i = from; free_all && i < to; i++)
            pair(pairs, i, first + (i - from));
    }
}

static void pairs_make(struct merging *merging)
{
    struct pairs *pairs = &merging->pairs;
    pairs->of_base = alloc_zero(merging->base->count + 1, sizeof *pairs->of_base);
    pairs->of_theirs = alloc_zero(merging->theirs->count + 1, sizeof *pairs->of_theirs);
    for (size_t i = 0; i < merging->base->count; i++)
        pairs->of_base[i] = NOWHERE;
    for (size_t i = 0; i < merging->theirs->count; i++)
        pairs->of_theirs[i] = NOWHERE;
    pair_same_words(merging, pairs);
    pair_new_words(merging, pairs);
}

static size_t find(const struct measure_list *list, int position)
{
    for (size_t i = 0; position != 0 && i < list->count; i++)
        if (list->row[i].position == position)
            return i;
    return NOWHERE;
}

/* --- one row --------------------------------------------------------------------------------- */

static void add_clash(struct merging *merging, size_t row, enum measure_field field,
    const char *base, const char *theirs)
{
    struct measure_merge *out = merging->out;
    out->clash = alloc_resize(out->clash, out->clash_count + 1, sizeof *out->clash);
    out->clash[out->clash_count++] =
        (struct measure_clash){row, field, alloc_string(base), alloc_string(theirs)};
}

/* A row is put before those at `index`: clashes follow theirs. */
static void put_row(struct merging *merging, size_t index, const struct measure_row *row)
{
    struct measure_merge *out = merging->out;
    for (size_t i = 0; i < out->clash_count; i++)
        out->clash[i].row += out->clash[i].row >= index;
    measure_list_insert(&out->merged, index);
    for (int field = 0; field < MEASURE_FIELD_COUNT; field++)
        measure_list_set(&out->merged, index, (enum measure_field)field, row->value[field]);
    out->merged.row[index].position = row->position;
}

static void put_merged(struct merging *merging, const struct measure_row *base,
    const struct measure_row *theirs, const struct measure_row *mine)
{
    size_t index = merging->out->merged.count;
    put_row(merging, index, theirs);
    for (int field = 0; field < MEASURE_FIELD_COUNT; field++) {
        const char *was = base ? base->value[field] : "", *is = theirs->value[field],
                   *wanted = mine->value[field];
        if (strcmp(wanted, was) == 0 || strcmp(wanted, is) == 0)
            continue;
        measure_list_set(&merging->out->merged, index, (enum measure_field)field, wanted);
        if (strcmp(is, was) != 0)
            add_clash(merging, index, (enum measure_field)field, was, is);
    }
}

/* A row of mine that others have taken out: stays only for the words somebody wrote. */
static bool is_kept(
    struct merging *merging, const struct measure_row *base, const struct measure_row *mine)
{
    if (!same_text(base, mine))
        return true;
    merging->out->dropped += measure_list_is_changed(merging->base, mine);
    return false;
}

static void put_new(struct merging *merging, size_t index, const struct measure_row *row)
{
    struct measure_row fresh = *row;
    fresh.position = 0;
    put_row(merging, index, &fresh);
}

/* A new row of mine that others have put in too, word for word (or I myself, before the line was
 * lost). */
static const struct measure_row *put_in_by_both(
    const struct merging *merging, const struct measure_row *mine)
{
    for (size_t i = 0; i < merging->theirs->count; i++) {
        const struct measure_row *theirs = &merging->theirs->row[i];
        if (merging->pairs.of_theirs[i] == NOWHERE && same_text(theirs, mine) &&
            find(&merging->out->merged, theirs->position) == NOWHERE)
            return theirs;
    }
    return NULL;
}

static void put_mine(struct merging *merging, const struct measure_row *mine)
{
    size_t base = find(merging->base, mine->position);
    size_t theirs = base != NOWHERE ? merging->pairs.of_base[base] : NOWHERE;
    const struct measure_row *was = base != NOWHERE ? &merging->base->row[base] : NULL;
    const struct measure_row *both = was ? NULL : put_in_by_both(merging, mine);
    if (theirs != NOWHERE)
        put_merged(merging, was, &merging->theirs->row[theirs], mine);
    else if (both)
        put_merged(merging, NULL, both, mine);
    else if (!was || is_kept(merging, was, mine))
        put_new(merging, merging->out->merged.count, mine);
}

/* --- all of them ----------------------------------------------------------------------------- */

static bool have_i_moved_rows(const struct merging *merging)
{
    bool same = merging->base->count == merging->mine->count;
    for (size_t i = 0; same && i < merging->base->count; i++)
        same = merging->base->row[i].position == merging->mine->row[i].position;
    return !same;
}

/* Where a row of theirs belongs: behind the nearest before it that is there already. */
static size_t behind_neighbour(const struct merging *merging, size_t theirs)
{
    for (size_t i = theirs; i-- > 0;) {
        size_t there = find(&merging->out->merged, merging->theirs->row[i].position);
        if (there != NOWHERE)
            return there + 1;
    }
    return 0;
}

/* In my order; what they put in comes behind the row it stands behind, and so does what I took out
 * and they changed. */
static void in_my_order(struct merging *merging)
{
    struct measure_list *merged = &merging->out->merged;
    const struct measure_list *theirs = merging->theirs;
    for (size_t i = 0; i < merging->mine->count; i++)
        put_mine(merging, &merging->mine->row[i]);
    for (size_t i = 0; i < theirs->count; i++) {
        size_t base = merging->pairs.of_theirs[i];
        bool as_it_was = base != NOWHERE;
        for (int field = 0; as_it_was && field < MEASURE_FIELD_COUNT; field++)
            as_it_was =
                strcmp(theirs->row[i].value[field], merging->base->row[base].value[field]) == 0;
        if (as_it_was || find(merged, theirs->row[i].position) != NOWHERE)
            continue;
        put_row(merging, behind_neighbour(merging, i), &theirs->row[i]);
    }
}

/* In theirs; I have only changed rows. Those they took out and I wrote new words to come behind the
 * row they stood behind. */
static void in_their_order(struct merging *merging)
{
    struct measure_list *merged = &merging->out->merged;
    const struct measure_list *base = merging->base, *mine = merging->mine;
    for (size_t i = 0; i < merging->theirs->count; i++) {
        const struct measure_row *theirs = &merging->theirs->row[i];
        size_t was = merging->pairs.of_theirs[i];
        if (was != NOWHERE)
            put_merged(merging, &base->row[was], theirs, &mine->row[was]);
        else
            put_row(merging, merged->count, theirs);
    }
    size_t behind = 0;
    for (size_t i = 0; i < base->count; i++) {
        size_t theirs = merging->pairs.of_base[i];
        if (theirs != NOWHERE)
            behind = find(merged, merging->theirs->row[theirs].position) + 1;
        else if (is_kept(merging, &base->row[i], &mine->row[i]))
            put_new(merging, behind++, &mine->row[i]);
    }
}

void measure_list_merge(const struct measure_list *base, const struct measure_list *theirs,
    const struct measure_list *mine, struct measure_merge *out)
{
    struct merging merging = {.base = base, .theirs = theirs, .mine = mine, .out = out};
    *out = (struct measure_merge){0};
    pairs_make(&merging);
    if (have_i_moved_rows(&merging))
        in_my_order(&merging);
    else
        in_their_order(&merging);
    free(merging.pairs.of_base);
    free(merging.pairs.of_theirs);
}

void measure_merge_clear(struct measure_merge *merge)
{
    for (size_t i = 0; i < merge->clash_count; i++) {
        free(merge->clash[i].base);
        free(merge->clash[i].theirs);
    }
    free(merge->clash);
    measure_list_clear(&merge->merged);
    *merge = (struct measure_merge){0};
}
