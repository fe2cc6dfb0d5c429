/* form: labelled fields to fill in, one below the other, in the whole area it is given. It knows
 * nothing of what the fields mean: texts go in, texts come out; what is right is the owner's to
 * say.
 *
 * Keys: Tab S-Tab Up Down between fields (in a text of many lines Up and Down first move in it),
 * C-s or M-Enter (and Enter on the last field) asks to save, Esc leaves, PgUp PgDn by a page. Enter
 * goes to the next field, in a text of many lines it is a new line. In a choice Left Right or Space
 * change it, Home End go to its ends, a first letter (of the label or its pinyin) or a digit picks,
 * Backspace takes away what is not needed. Letters never do anything but type.
 *
 * In a FORM_PICK typing narrows a list below the field (by the owner's `offer`: name or pinyin
 * initials), Up Down choose in it, Enter takes, Backspace on empty text takes the last one away;
 * several where `many`. The list is there while nothing is picked, while something is typed, and
 * when Space on empty text asks for it: to pass by a field that is filled in sends no list over a
 * slow line. What is typed and offered is taken when the field is left or saved, too; Esc first
 * drops what is typed. Text that nothing is offered for stays, with a fault, and keeps the form
 * from being saved.
 *
 * The first digit in a date or number that was come to writes it anew. A date is read from 2026-11-30, 20261130, 2026年11月30日, 11-30 (this year, or next when it is
 * more than half a year past) and +7 -7 (days from today); beside it stands which day that is. */
#ifndef UI_FORM_H
#define UI_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/canvas.h"
#include "ui/keys.h"

enum form_kind {
    FORM_LINE,   /* one line */
    FORM_TEXT,   /* many lines: textedit */
    FORM_DATE,   /* a line; + - (and S-Up S-Down) move a valid date by a day */
    FORM_NUMBER, /* a line of digits, least..most (both 0: any); S-Up S-Down move it by one */
    FORM_CHOICE, /* one of `choices`; its value is their name */
    FORM_YES,    /* "1" or "" */
    FORM_PICK,   /* ids of offered things: "12 15", in the order picked */
    FORM_SHOW,   /* only to be read: never focused */
};
struct form_choice {
    const char *name, *label; /* label: already translated */
};
struct form_field {
    const char *name;  /* for the owner */
    const char *label; /* already translated */
    const char *hint;  /* a few words beside or below an empty field; NULL: none */
    enum form_kind kind;
    const char *value; /* to begin with; NULL is "" */
    bool needed;       /* marked; the owner checks */
    bool many;         /* PICK */
    const struct form_choice *choices;
    size_t choice_count;
    int64_t least, most; /* NUMBER */
    size_t most_bytes;   /* LINE and TEXT; 0: 4,000; never less than what it begins with */
    int rows;            /* TEXT: rows it has where there is room; 0: 4 */
};
/* What a PICK asks its owner. `field` is the field's name. Labels already picked are left out by
 * the form, as is what comes after the first 200. `help` may be NULL. */
struct form_offers; /* being collected */
void form_offer(struct form_offers *offers, int64_t id, const char *label, const char *help);
struct form_ops {
    /* Things whose name or initials match `typed` ("": all), best first. */
    void (*offer)(void *context, const char *field, const char *typed, struct form_offers *out);
    /* The label of an id; borrowed until the next call; NULL when there is none. */
    const char *(*label)(void *context, const char *field, int64_t id);
};

struct form;
/* Copies the fields. `ops` may be NULL where no field is a PICK. */
struct form *form_new(
    const struct form_field *fields, size_t count, const struct form_ops *ops, void *context);
void form_free(struct form *form);
size_t form_count(const struct form *form);
const char *form_name(const struct form *form, size_t index);
/* The value now, in the form's own notation: dates as 2026-11-30 where they can be read, else as
 * typed; choices by name; picks by ids. Borrowed until the next change. "" for a name that the form
 * has not. */
const char *form_value(const struct form *form, const char *name);
const char *form_value_at(const struct form *form, size_t index);
/* By the owner: a draft, a default. It is no edit; a name that the form has not is passed over. */
void form_set(struct form *form, const char *name, const char *value);
bool form_changed(const struct form *form); /* any value differs from the one it began with */
bool form_field_changed(const struct form *form, const char *name);
unsigned form_edits(const struct form *form); /* grows with each change: whether a draft is due */
/* What is wrong with a field, shown below it until it is changed; focuses the first field that has
 * a fault. NULL takes it away. */
void form_fault(struct form *form, const char *name, const char *sentence);
void form_focus(struct form *form, const char *name);
const char *form_focused(const struct form *form); /* NULL where there is nothing to fill in */

enum form_result { FORM_IGNORED, FORM_TAKEN, FORM_SAVE, FORM_LEAVE };
enum form_result form_key(struct form *form, const struct key *key);
/* The size of the area it is drawn in; before the first picture and at each change. */
void form_resize(struct form *form, int rows, int columns);
/* Labels in one column, aligned; the focused one in ROLE_SELECTED with a mark before it; scrolled
 * so that focus and caret are visible; puts the canvas cursor on the caret. Writes nothing outside
 * of the area. */
void form_draw(const struct form *form, struct canvas *canvas, struct rect area);

#endif
