/* picker: one of a list, in a box: what is typed narrows it (a piece of the name, or pinyin
 * initials), Up and Down choose, Enter takes, Esc leaves. */
#ifndef VIEWS_PICKER_H
#define VIEWS_PICKER_H

#include "views/views.h"

struct picker_item {
    const char *name, *label, *help; /* help: "" none */
};
/* `name` is that of the item taken; borrowed. */
typedef void picker_chosen(void *context, const char *name);
/* Copies the items. `current` (NULL: none) is where it begins. */
struct view *picker_open(picker_chosen *chosen, void *context, const char *title,
    const struct picker_item *items, size_t count, const char *current);

#endif
