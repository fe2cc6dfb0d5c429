/* action: one row for everything a person can do. The key map, the `:` line, the help, the footer, the
 * configuration and the man page read the row; nothing else lists actions.
 *
 * A handler changes state and returns what must follow; it never draws. Where an action applies is a
 * set of context bits, one for each view (views/views.h); a chord may be used once in a context. */
#ifndef UI_ACTION_H
#define UI_ACTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "ui/keys.h"

struct app;

enum effect {
    EFFECT_NONE = 0,
    EFFECT_DRAW = 1,      /* the picture changed */
    EFFECT_RELOAD = 2,    /* the top view reads again */
    EFFECT_LAYOUT = 4,    /* sizes changed: everything is laid out again */
    EFFECT_BACK = 8,      /* the top view is done */
    EFFECT_QUIT = 16,
    EFFECT_BACK_BOTH = 64, /* the top view is done, and the one below that asked for it */
    EFFECT_RING = 128,    /* the bell, once */
    EFFECT_REPAINT = 32,  /* the terminal's picture is not to be trusted: send all of it */
};

enum action_flags {
    ACTION_HINT = 1,     /* in the footer */
    ACTION_ARGUMENT = 2, /* takes one from the : line */
    ACTION_WRITES = 4,
    ACTION_FIRST = 16,   /* its hint comes before the others */
    ACTION_KEY = 8,      /* run by a key it gets the key's name as its argument (the digits of saved views) */
};

struct action {
    const char *name;     /* "row.down": what configuration and the : line call it */
    const char *chords;   /* default keys, blanks between; "" none */
    const char *group;    /* N_() heading in the help */
    const char *help;     /* N_() one line */
    const char *hint;     /* N_() one or two words for the footer; NULL: none */
    unsigned contexts;
    unsigned flags;
    enum effect (*run)(struct app *app, const char *argument);
};

/* Which action a key means in a context. */
struct keymap;
struct key_binding { const char *action, *chords; }; /* from the configuration: replaces the defaults */
/* Errors: an action or key that does not exist (with a suggestion), a chord two actions of one context
 * claim (names both). */
bool keymap_build(const struct action *actions, size_t count, const struct key_binding *bindings, size_t binding_count,
    struct keymap **out, struct error *err);
void keymap_free(struct keymap *keymap);
const struct action *keymap_find(const struct keymap *keymap, unsigned context, const struct key *key);
/* Whether keys are told as "Down" rather than "↓", for terminals that cannot show arrows. */
void keymap_set_ascii(struct keymap *keymap, bool ascii);
/* The chords of an action as a person would read them: "j ↓"; borrowed. "" when it has none. */
const char *keymap_chords(const struct keymap *keymap, const struct action *action);
/* The shortest of them, for hints. */
const char *keymap_hint(const struct keymap *keymap, const struct action *action);

#endif
