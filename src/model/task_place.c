#include "task_place.h"

#include <assert.h>
#include <stdlib.h>

#include "member.h"

/* A changed task: where it stood, and what becomes of it. */
struct moved {
    int64_t id;
    size_t was; /* ID_LIST_NOWHERE: not in the list */
    bool is;    /* in the filter and the reach now */
    bool stays; /* still between the same neighbours */
};

struct placing {
    struct model *model;
    const struct sort *sort;
    struct id_list *list;
    struct moved moved[PLACE_MOST];
    size_t count;
};

static bool is_changed(const struct placing *placing, int64_t id)
{
    for (size_t i = 0; i < placing->count; i++)
        if (placing->moved[i].id == id)
            return true;
    return false;
}

static bool stands_before(
    const struct placing *placing, int64_t a, int64_t b, bool *before, struct error *err)
{
    return query_sql_before(placing->model, placing->sort, a, b, before, err);
}

/* Most changes leave a task where it was: asked first, because it costs two queries and no move. A
 * neighbour that changed too decides nothing. */
static bool look_whether_stays(struct placing *placing, struct moved *moved, struct error *err)
{
    size_t at = moved->was;
    bool ok = true, stays = moved->is && at != ID_LIST_NOWHERE;
    if (stays && at > 0) {
        int64_t previous = id_list_at(placing->list, at - 1);
        stays = !is_changed(placing, previous);
        ok = !stays || stands_before(placing, previous, moved->id, &stays, err);
    }
    if (ok && stays && at + 1 < placing->list->count) {
        int64_t next = id_list_at(placing->list, at + 1);
        stays = !is_changed(placing, next);
        ok = !stays || stands_before(placing, moved->id, next, &stays, err);
    }
    moved->stays = ok && stays;
    return ok;
}

static int compare_places(const void *a, const void *b)
{
    const size_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void take_out(struct placing *placing)
{
    size_t places[PLACE_MOST], count = 0;
    for (size_t i = 0; i < placing->count; i++)
        if (placing->moved[i].was != ID_LIST_NOWHERE && !placing->moved[i].stays)
            places[count++] = placing->moved[i].was;
    qsort(places, count, sizeof *places, compare_places);
    id_list_remove(placing->list, places, count);
}

static bool put_in(struct placing *placing, int64_t id, struct error *err)
{
    size_t low = 0, high = placing->list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before;
        if (!stands_before(placing, id, id_list_at(placing->list, middle), &before, err))
            return false;
        if (before)
            high = middle;
        else
            low = middle + 1;
    }
    id_list_insert(placing->list, low, id);
    return true;
}

static bool ask_members(struct placing *placing, const struct query *query, struct error *err)
{
    struct member member;
    if (!member_begin(&member, placing->model, query, err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < placing->count; i++)
        ok = member_ask(&member, placing->moved[i].id, &placing->moved[i].is, err);
    member_end(&member);
    return ok;
}

static bool place_all(struct placing *placing, const struct query *query, struct error *err)
{
    bool ok = ask_members(placing, query, err);
    for (size_t i = 0; ok && i < placing->count; i++)
        ok = look_whether_stays(placing, &placing->moved[i], err);
    if (!ok)
        return false;
    take_out(placing);
    for (size_t i = 0; ok && i < placing->count; i++) {
        const struct moved *moved = &placing->moved[i];
        ok = !moved->is || moved->stays || put_in(placing, moved->id, err);
    }
    return ok;
}

bool task_place(struct model *model, const struct query *query, const struct sort *sort,
    struct id_list *list, const int64_t *changed, size_t count, struct error *err)
{
    struct placing placing = {.model = model, .sort = sort, .list = list, .count = count};
    size_t places[PLACE_MOST];
    assert(count <= PLACE_MOST);
    if (count == 1)
        places[0] = id_list_find(list, changed[0]);
    else
        id_list_find_many(list, changed, count, places);
    for (size_t i = 0; i < count; i++)
        placing.moved[i] = (struct moved){.id = changed[i], .was = places[i]};
    if (!db_read_begin(model_db(model), err))
        return false;
    bool ok = place_all(&placing, query, err);
    db_read_end(model_db(model));
    return ok;
}
