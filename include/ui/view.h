/* view: a screen or a thing upon it (prompt, help). Views stand on a stack; keys go to the top one,
 * drawing begins at the topmost one that covers everything. A view keeps what it shows in its own state:
 * `reload` reads the model into it, `draw` turns it into cells and can neither fail nor ask anything. */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "ui/action.h"
#include "ui/canvas.h"
#include "ui/keys.h"

struct view;
struct changes;

enum motion { MOVE_UP, MOVE_DOWN, MOVE_LEFT, MOVE_RIGHT, MOVE_PAGE_UP, MOVE_PAGE_DOWN, MOVE_HALF_UP, MOVE_HALF_DOWN,
    MOVE_FIRST, MOVE_LAST, MOVE_NEXT_SECTION, MOVE_PREVIOUS_SECTION };

struct view_ops {
    const char *name;
    const char *title;          /* N_() */
    unsigned context;           /* its bit */
    bool overlay;               /* drawn upon the view below */
    bool takes_text;            /* letters are text: only `key` sees them */
    /* Reads again what changed (NULL: everything). False: `err` tells; the state stays as it was. */
    bool (*reload)(struct view *view, const struct changes *changes, struct error *err);
    void (*resize)(struct view *view, struct rect area);     /* before the first draw and at each change */
    void (*draw)(const struct view *view, struct canvas *canvas, struct rect area);
    enum effect (*key)(struct view *view, const struct key *key); /* before the key map; NONE: not mine */
    enum effect (*move)(struct view *view, enum motion motion);   /* optional */
    int (*fd)(const struct view *view);                      /* something to wait for; -1 */
    enum effect (*ready)(struct view *view, struct error *err); /* that descriptor is readable */
    enum effect (*tick)(struct view *view, int *next_ms);    /* time passed; wants to be called again in next_ms (0: no) */
    /* Keeps what is being typed: the line is lost, or the program is told to end. */
    bool (*keep)(struct view *view, struct error *err);
    /* The id of what an action is meant for: the row selected, the thing shown (0: nothing). */
    int64_t (*selected)(const struct view *view);
    /* Of a list: the way to its neighbour, which moves the selection; false at the end. */
    bool (*next)(struct view *view, int by, int64_t *id);
    /* Of a screen over a filter: the filter; another; how many tasks one being typed would show (-1: it
     * cannot be told at once). */
    const char *(*filter)(const struct view *view);
    enum effect (*set_filter)(struct view *view, const char *filter, struct error *err);
    int64_t (*try_filter)(struct view *view, const char *filter, struct error *err);
    /* Of a screen of numbers: the filter of the tasks behind the one selected, and a title for their list;
     * NULL: there are none. The caller frees both. */
    char *(*tasks)(const struct view *view, char **title);
    /* Of a screen whose lines have names: to the next so named, or the one before. ERROR_NOT_FOUND. */
    enum effect (*find)(struct view *view, const char *text, bool backwards, struct error *err);
    /* Takes one thing away, what was begun last first (a mark, a find, a filter); EFFECT_NONE: nothing is
     * left, and the screen itself may go. */
    enum effect (*clear)(struct view *view);
    void (*close)(struct view *view);
};
struct view {                   /* embedded first in each view's own struct */
    const struct view_ops *ops;
};

struct view_stack;
struct view_stack *view_stack_new(void);
void view_stack_free(struct view_stack *stack);          /* closes all */
void view_stack_push(struct view_stack *stack, struct view *view, struct rect area);
void view_stack_pop(struct view_stack *stack);           /* closes the top */
struct view *view_stack_top(const struct view_stack *stack); /* NULL when empty */
struct view *view_stack_at(const struct view_stack *stack, size_t index); /* 0 is the lowest */
size_t view_stack_depth(const struct view_stack *stack);
void view_stack_resize(struct view_stack *stack, struct rect area);
void view_stack_draw(const struct view_stack *stack, struct canvas *canvas, struct rect area);

#endif
