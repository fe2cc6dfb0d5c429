/* id_list: ids in an order, packed: a million of them take 4 MB while each fits into 32 bits, which
 * they do until one does not. */
#ifndef MODEL_ID_LIST_H
#define MODEL_ID_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct id_list {
    uint32_t *narrow; /* one of the two is used */
    int64_t *wide;
    size_t count, capacity;
};
void id_list_clear(struct id_list *list);
void id_list_add(struct id_list *list, const int64_t *ids, size_t count);
void id_list_fit(struct id_list *list); /* gives back what is not used */
int64_t id_list_at(const struct id_list *list, size_t index);
void id_list_insert(struct id_list *list, size_t index, int64_t id);

#define ID_LIST_NOWHERE SIZE_MAX
size_t id_list_find(const struct id_list *list, int64_t id); /* or ID_LIST_NOWHERE */
/* The place of each of `ids` in one pass. */
void id_list_find_many(
    const struct id_list *list, const int64_t *ids, size_t count, size_t *places);
/* Takes out what stands at `places`, which ascend. */
void id_list_remove(struct id_list *list, const size_t *places, size_t count);

#endif
