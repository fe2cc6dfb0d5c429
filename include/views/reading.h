/* reading: a survey that a view has under way, begun again whenever the database has changed.
 *
 *   open     reading_new, reading_begin: what there is to see at once is taken before it returns
 *   reload   reading_changed
 *   fd       reading_fd
 *   ready    reading_ready
 *   draw     reading_progress beside the picture of the last result, or where it will be
 *   close    reading_free
 *
 * What was shown stays until the next result is whole. A change during a survey lets it come to its
 * end, else a busy day would never see one, and then begins the next; but no sooner than after a
 * pause that leaves most of the time to keys and to others on the machine. */
#ifndef VIEWS_READING_H
#define VIEWS_READING_H

#include <stdbool.h>

#include "base/error.h"
#include "model/survey.h"
#include "ui/action.h"

struct reading_ops {
    /* The survey of what is to be seen now. */
    bool (*open)(void *context, struct survey **out, struct query_error *err);
    /* Its result, which is the context's from now on. */
    void (*take)(void *context, void *result);
};
struct reading;
struct reading *reading_new(const struct reading_ops *ops, void *context);
void reading_free(struct reading *reading); /* NULL is fine */

/* At once, whatever is under way: something else is to be seen (a filter, a measure). False when it
 * cannot be opened; then what was under way goes on. */
bool reading_begin(struct reading *reading, struct error *err);
/* As view_ops.reload is told: somebody asks for it (NULL: at once), or something has changed. */
struct changes;
bool reading_changed(struct reading *reading, const struct changes *changes, struct error *err);

int reading_fd(const struct reading *reading); /* -1: nothing is under way */
enum effect reading_ready(struct reading *reading, struct error *err);
/* "counting 40000 of 100000" of one that takes long; "" else. Borrowed. */
const char *reading_progress(const struct reading *reading);

#endif
