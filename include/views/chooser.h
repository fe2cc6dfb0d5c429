/* chooser: a list to tick and order, in a box: the columns of the board. */
#ifndef VIEWS_CHOOSER_H
#define VIEWS_CHOOSER_H

#include "views/views.h"

struct choice { const char *name, *label; bool on; };
struct chooser_ops {
    enum effect (*accepted)(void *context, const struct choice *choices, size_t count, struct error *err);
};
/* Copies the choices. Space ticks, K and J (or S-arrows) move, Enter accepts, Esc leaves. */
struct view *chooser_open(const struct chooser_ops *ops, void *context, const char *title,
    const struct choice *choices, size_t count);

#endif
