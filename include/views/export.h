/* export: a box in which it is said how tasks or numbers go to a file, and how far that is. What is
 * written, and how, is the owner's: views know no files.
 *
 * Enter (C-s) writes; Tab and the arrows go between the fields; Esc leaves, or ends what is under
 * way, and nothing of it is left. A file that is there is asked about first. The ending of its name
 * goes with the format. */
#ifndef VIEWS_EXPORT_H
#define VIEWS_EXPORT_H

#include "ui/form.h"
#include "views/views.h"

/* Names of the choices that were made. */
struct export_asked {
    const char *what, *format, *columns, *file;
};
struct export_ops {
    const char *(*format_of)(void *context, const char *file); /* by its name; NULL: it says none */
    /* False: what is wrong with the name. */
    bool (*check)(void *context, const struct export_asked *asked, struct error *err);
    bool (*exists)(void *context, const char *file);
    /* False: `err` tells; the box stays. */
    bool (*begin)(void *context, const struct export_asked *asked, struct error *err);
    /* Of what is under way: readable when it is done. */
    int (*fd)(void *context);
    void (*progress)(void *context, size_t *done, size_t *of); /* of 0: not known yet */
    void (*stop)(void *context);                               /* it is done soon, and has failed */
    /* It is done: tells the person. False: why it failed; the box stays. */
    bool (*finish)(void *context, struct error *err);
    void (*close)(void *context);
};
struct export_choices {
    const struct form_choice *choice;
    size_t count;
};
/* What there is to choose from; where there is no choice there is no field. */
struct export_spec {
    const char *title;
    struct export_choices what, formats, columns;
    const char *format, *file; /* to begin with */
    bool begin;                /* at once */
};
/* Copies what is told; `context` is the box's, which closes it. */
struct view *export_open(
    const struct export_ops *ops, void *context, const struct export_spec *spec);

#endif
