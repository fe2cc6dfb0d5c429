/* form_parts: what the files of the form share: form.c (the fields together, focus, keys),
 * form_field.c (one field and its value), form_date.c, form_pick.c, form_rows.c (which rows things
 * stand on), form_draw.c. */
#ifndef UI_FORM_PARTS_H
#define UI_FORM_PARTS_H

#include "base/date.h"
#include "base/strbuf.h"
#include "ui/form.h"
#include "ui/lineedit.h"
#include "ui/textedit.h"

#define FORM_NONE SIZE_MAX   /* no field, no choice, no offer */
#define FORM_DATE_COLUMNS 12 /* of a date and a number; what is told of them stands beside */
#define FORM_SLOT_COLUMNS 10 /* for typing behind what is picked */
#define FORM_LIST_ROWS 6

struct field_choice {
    char *name, *label;
};
struct field_pick {
    int64_t id;
    char *label;
};
struct field {
    char *name, *label, *hint; /* the hint is never NULL */
    enum form_kind kind;
    bool needed, many;
    struct field_choice *choices;
    size_t choice_count;
    int64_t least, most;
    int rows;
    struct lineedit *line; /* LINE, DATE, NUMBER, and what is typed in a PICK */
    struct textedit *text;
    bool fresh;    /* DATE, NUMBER: just come to: a digit writes it anew */
    char *shown;   /* SHOW */
    size_t chosen; /* CHOICE */
    bool yes;
    struct field_pick *picks;
    size_t pick_count, pick_capacity;
    struct strbuf value;
    char *begun; /* the value it began with */
    char *fault;
};

struct form_offers {
    struct form_offer_row {
        int64_t id;
        char *label, *help;
    } * row;
    size_t count, capacity;
    const struct field *field; /* whose picks are left out */
    size_t chosen, top;
    int rows; /* the most there were since the list was opened: what stands below it keeps still */
    bool open;
};

struct form {
    struct field *fields;
    size_t count, focus;
    const struct form_ops *ops;
    void *context;
    struct form_offers offers; /* of the field in focus */
    unsigned edits;
    int rows, columns, top;
};

/* --- one field ------------------------------------------------------------------------------- */

void field_init(struct field *field, const struct form_field *as);
void field_clear(struct field *field);
void field_put(struct form *form, struct field *field, const char *value);
/* Brings `value` up to what the field holds; true, and its fault is gone, when it differs. */
bool field_sync(struct field *field);
bool field_key(struct field *field, const struct key *key);
void field_fault(struct field *field, const char *sentence); /* NULL: none */
bool field_is_empty(const struct field *field);              /* nothing typed, picked or chosen */

/* --- dates ----------------------------------------------------------------------------------- */

bool form_date_read(const char *typed, date_t *out);
/* "周一", behind an arrow and the date where it was typed otherwise; "" when it cannot be read. */
void form_date_tell(struct strbuf *out, const char *typed, const char *arrow);

/* --- picks ----------------------------------------------------------------------------------- */

void pick_put(struct form *form, struct field *field, const char *value);
void pick_clear(struct field *field);
void pick_value(const struct field *field, struct strbuf *out);
void pick_enter(struct form *form, struct field *field); /* the focus comes */
/* The focus goes or the form is saved: what is typed is taken. False, with a fault, when there is
 * no such thing. */
bool pick_leave(struct form *form, struct field *field);
bool pick_key(struct form *form, struct field *field, const struct key *key);
void offers_close(struct form_offers *offers);
void offers_clear(struct form_offers *offers);

/* --- rows and columns ------------------------------------------------------------------------ */

struct form_layout {
    int label, label_columns, mark, value,
        value_columns; /* columns where they begin; `mark`: -1 for no room */
};
struct form_layout form_layout(const struct form *form);
/* Where the next thing stands among picked ones that flow over several rows. */
struct form_flow {
    int columns, row, column;
};
int form_flow(struct form_flow *flow, int width); /* the column it begins at; `row` is its row */
int form_pick_width(const struct field *field, size_t index, int columns);
int form_value_rows(const struct form *form, const struct field *field);
int form_fault_rows(const struct form *form, const struct field *field);
int form_list_rows(const struct form *form); /* of the open list */
int form_field_row(const struct form *form,
    size_t index);                   /* of all rows, whatever is scrolled to; count: the end */
void form_reveal(struct form *form); /* scrolls to the focus */
void form_page(struct form *form, int pages); /* scrolls, wherever the focus is */

#endif
