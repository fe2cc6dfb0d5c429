#include "id_list.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void id_list_clear(struct id_list *list)
{
    free(list->narrow);
    free(list->wide);
    *list = (struct id_list){0};
}

static bool is_narrow(int64_t id)
{
    return id >= 0 && id <= UINT32_MAX;
}

static bool all_narrow(const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_narrow(ids[i]))
            return false;
    return true;
}

static void widen(struct id_list *list)
{
    list->wide = alloc_zero(list->capacity + 1, sizeof *list->wide);
    for (size_t i = 0; i < list->count; i++)
        list->wide[i] = list->narrow[i];
    free(list->narrow);
    list->narrow = NULL;
}

/* Room for `count` more, in the width that `ids` need. */
static void make_room(struct id_list *list, const int64_t *ids, size_t count)
{
    if (list->wide == NULL && !all_narrow(ids, count))
        widen(list);
    size_t need = list->count + count;
    if (list->wide != NULL)
        list->wide = alloc_grow(list->wide, &list->capacity, need, sizeof *list->wide);
    else
        list->narrow = alloc_grow(list->narrow, &list->capacity, need, sizeof *list->narrow);
}

void id_list_add(struct id_list *list, const int64_t *ids, size_t count)
{
    make_room(list, ids, count);
    for (size_t i = 0; i < count; i++)
        if (list->wide != NULL)
            list->wide[list->count++] = ids[i];
        else
            list->narrow[list->count++] = (uint32_t)ids[i];
}

void id_list_fit(struct id_list *list)
{
    if (list->count == 0 || list->count == list->capacity)
        return;
    list->capacity = list->count;
    if (list->wide != NULL)
        list->wide = alloc_resize(list->wide, list->count, sizeof *list->wide);
    else
        list->narrow = alloc_resize(list->narrow, list->count, sizeof *list->narrow);
}

int64_t id_list_at(const struct id_list *list, size_t index)
{
    assert(index < list->count);
    return list->wide != NULL ? list->wide[index] : list->narrow[index];
}

/* The bytes of one id, and where they begin. */
static size_t width_of(const struct id_list *list)
{
    return list->wide != NULL ? sizeof *list->wide : sizeof *list->narrow;
}

static char *bytes_of(struct id_list *list)
{
    return list->wide != NULL ? (char *)list->wide : (char *)list->narrow;
}

void id_list_insert(struct id_list *list, size_t index, int64_t id)
{
    assert(index <= list->count);
    make_room(list, &id, 1);
    size_t width = width_of(list);
    char *at = bytes_of(list) + index * width;
    memmove(at + width, at, (list->count - index) * width);
    list->count++;
    if (list->wide != NULL)
        list->wide[index] = id;
    else
        list->narrow[index] = (uint32_t)id;
}

size_t id_list_find(const struct id_list *list, int64_t id)
{
    if (list->wide == NULL && !is_narrow(id))
        return ID_LIST_NOWHERE;
    for (size_t i = 0; list->wide != NULL && i < list->count; i++)
        if (list->wide[i] == id)
            return i;
    for (size_t i = 0; list->narrow != NULL && i < list->count; i++)
        if (list->narrow[i] == (uint32_t)id)
            return i;
    return ID_LIST_NOWHERE;
}

/* Most ids of the list are none of those looked for: a bit tells that at once. */
enum { SIEVE = 4096 };

void id_list_find_many(const struct id_list *list, const int64_t *ids, size_t count, size_t *places)
{
    bool sieve[SIEVE] = {false};
    for (size_t i = 0; i < count; i++) {
        sieve[(uint64_t)ids[i] % SIEVE] = true;
        places[i] = ID_LIST_NOWHERE;
    }
    for (size_t at = 0; at < list->count; at++) {
        int64_t id = id_list_at(list, at);
        if (!sieve[(uint64_t)id % SIEVE])
            continue;
        for (size_t i = 0; i < count; i++)
            places[i] = ids[i] == id ? at : places[i];
    }
}

void id_list_remove(struct id_list *list, const size_t *places, size_t count)
{
    size_t width = width_of(list);
    char *bytes = bytes_of(list);
    for (size_t i = 0; i < count; i++) {
        size_t next = i + 1 < count ? places[i + 1] : list->count;
        assert(places[i] < next);
        memmove(bytes + (places[i] - i) * width, bytes + (places[i] + 1) * width,
            (next - places[i] - 1) * width);
    }
    list->count -= count;
}
