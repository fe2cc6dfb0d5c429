/* note: the handover note being written: a text of many lines. C-s saves it and marks what it is
 * about as seen; what is typed is a draft every few seconds, when one leaves with Esc and when the
 * line is lost, and stands there again; C-g leaves and drops it. */
#ifndef VIEWS_NOTE_H
#define VIEWS_NOTE_H

#include "views/views.h"

#define NOTE_DRAFT "handover" /* the purpose its draft is kept under */

struct note_ops {
    /* It is saved, or left: the owner tells `message` when the screen below is back. */
    void (*said)(void *context, enum role role, const char *message);
    void (*saved)(void *context); /* all up to `until_seq` is seen now */
};
/* `about` is a line that says which time the note is about; `until_seq` the newest line of the
 * history its author has seen. */
bool note_open(const struct view_env *env, const struct note_ops *ops, void *context,
    const char *about, int64_t since_seq, int64_t until_seq, struct view **out, struct error *err);

#endif
