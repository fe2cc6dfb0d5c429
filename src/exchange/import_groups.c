#include "import_groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void import_groups_clear(struct import_groups *groups)
{
    free(groups->item);
    free(groups->of_kind);
    free(groups->shown);
}

static int compare_told(const struct import_message *left, const struct import_message *right)
{
    int order = strcmp(left->text, right->text);
    order = order != 0 ? order : strcmp(left->value, right->value);
    return order != 0 ? order : strcmp(left->file, right->file);
}

int import_message_order(const struct import_message *left, const struct import_message *right)
{
    int order = strcmp(left->file, right->file);
    if (order == 0)
        order = (left->place.line > right->place.line) - (left->place.line < right->place.line);
    if (order == 0)
        order =
            (left->place.column > right->place.column) - (left->place.column < right->place.column);
    return order != 0 ? order : (left > right) - (left < right);
}

static int by_place(const void *a, const void *b)
{
    const struct import_group *left = a, *right = b;
    return import_message_order(left->message, right->message);
}

static int by_text(const void *a, const void *b)
{
    const struct import_group *left = a, *right = b;
    int order = compare_told(left->message, right->message);
    return order != 0 ? order : by_place(a, b);
}

/* Of one kind are those with the same words, whatever they are filled with. */
static int compare_kinds(const struct import_group *left, const struct import_group *right)
{
    int order = strcmp(left->message->kind, right->message->kind);
    return order != 0 ? order : strcmp(left->message->file, right->message->file);
}

static int by_kind(const void *a, const void *b)
{
    const struct import_group *left = a, *right = b;
    int order = compare_kinds(left, right);
    return order != 0 ? order : by_place(a, b);
}

static void sort_groups(struct import_groups *groups, int (*order)(const void *, const void *))
{
    if (groups->count > 1)
        qsort(groups->item, groups->count, sizeof *groups->item, order);
}

static void count_kinds(struct import_groups *groups)
{
    size_t kind = 0;
    groups->of_kind = alloc_zero(groups->count + 1, sizeof *groups->of_kind);
    groups->shown = alloc_zero(groups->count + 1, sizeof *groups->shown);
    sort_groups(groups, by_kind);
    for (size_t i = 0; i < groups->count; i++) {
        kind += i > 0 && compare_kinds(&groups->item[i - 1], &groups->item[i]) != 0;
        groups->item[i].kind = kind;
        groups->of_kind[kind]++;
    }
}

struct import_groups import_groups(const struct import_plan *plan, bool refuses)
{
    struct import_groups groups = {
        .item = alloc_zero(plan->message_count + 1, sizeof *groups.item)};
    size_t kept = 0;
    for (size_t i = 0; i < plan->message_count; i++)
        if (plan->message[i].refuses == refuses)
            groups.item[groups.count++] = (struct import_group){&plan->message[i], 1, 0};
    sort_groups(&groups, by_text);
    for (size_t i = 0; i < groups.count; i++) {
        const struct import_message *message = groups.item[i].message;
        if (kept > 0 && compare_told(groups.item[kept - 1].message, message) == 0)
            groups.item[kept - 1].times++;
        else
            groups.item[kept++] = groups.item[i];
    }
    groups.count = kept;
    count_kinds(&groups);
    sort_groups(&groups, by_place);
    return groups;
}
