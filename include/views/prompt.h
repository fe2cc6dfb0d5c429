/* prompt: one line at the bottom of the screen where text is typed: find, filter, command. It shows what
 * was wrong under the text with a caret, a count while typing, and completions above. What happens is the
 * owner's: the ops are called with the owner's context. */
#ifndef VIEWS_PROMPT_H
#define VIEWS_PROMPT_H

#include "views/views.h"

struct completion { char *word, *help; };
struct completions { struct completion *item; size_t count, capacity; size_t start; /* byte where the word begins */ };
void completions_add(struct completions *list, const char *word, const char *help);
void completions_clear(struct completions *list);

struct prompt_ops {
    /* Text changed: may fill `note` (a count, say) or `err` (shown in red, with the caret line). */
    enum effect (*changed)(void *context, const char *text, char note[static 64], struct error *err);
    enum effect (*accepted)(void *context, const char *text, struct error *err); /* err set: the prompt stays open */
    enum effect (*cancelled)(void *context);
    void (*complete)(void *context, const char *text, size_t caret, struct completions *out); /* NULL: none */
};
/* `label` is before the text ("/", "筛选:"); history is kept by the owner in `remembered` (newest last). */
struct prompt_history { char **text; size_t count, capacity; };
struct view *prompt_open(const struct prompt_ops *ops, void *context, const char *label, const char *text,
    struct prompt_history *remembered);
/* Its text is a suggestion, marked as such: Enter takes it, what is typed first stands in its place, and any
 * other key begins to edit it. Returns the prompt. */
struct view *prompt_suggest(struct view *view);
void prompt_history_clear(struct prompt_history *history);

#endif
