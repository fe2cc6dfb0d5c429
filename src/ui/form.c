/* The fields of a form together: values by name, the focus, and where keys go. */
#include "ui/form.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "form_parts.h"

/* --- fields by name -------------------------------------------------------------------------- */

static struct field *field_named(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->fields[i].name, name) == 0)
            return &form->fields[i];
    return NULL;
}

size_t form_count(const struct form *form)
{
    return form->count;
}

const char *form_name(const struct form *form, size_t index)
{
    assert(index < form->count);
    return form->fields[index].name;
}

const char *form_value_at(const struct form *form, size_t index)
{
    assert(index < form->count);
    return strbuf_text(&form->fields[index].value);
}

const char *form_value(const struct form *form, const char *name)
{
    const struct field *field = field_named(form, name);
    return field ? strbuf_text(&field->value) : "";
}

static bool is_changed(const struct field *field)
{
    return strcmp(strbuf_text(&field->value), field->begun) != 0;
}

bool form_changed(const struct form *form)
{
    for (size_t i = 0; i < form->count; i++)
        if (is_changed(&form->fields[i]))
            return true;
    return false;
}

bool form_field_changed(const struct form *form, const char *name)
{
    const struct field *field = field_named(form, name);
    return field && is_changed(field);
}

unsigned form_edits(const struct form *form)
{
    return form->edits;
}

/* --- focus ----------------------------------------------------------------------------------- */

static struct field *focused(const struct form *form)
{
    return form->focus == FORM_NONE ? NULL : &form->fields[form->focus];
}

/* The next field to fill in from `at` on, not counting it; FORM_NONE at the end. */
static size_t neighbour(const struct form *form, size_t at, bool down)
{
    for (size_t i = at + (down ? 1 : (size_t)-1); i < form->count; i += down ? 1 : (size_t)-1)
        if (form->fields[i].kind != FORM_SHOW)
            return i;
    return FORM_NONE;
}

static void sync(struct form *form, struct field *field)
{
    if (field_sync(field))
        form->edits++;
}

/* What is typed but not yet a value becomes one. A date gets its full form, so that tomorrow +7
 * does not mean another day. False when it cannot. */
static bool settle(struct form *form)
{
    struct field *field = focused(form);
    bool settled = true;
    if (!field)
        return true;
    const char *value = strbuf_text(&field->value);
    if (field->kind == FORM_PICK)
        settled = pick_leave(form, field);
    else if (field->kind == FORM_DATE && strcmp(value, lineedit_text(field->line)) != 0)
        lineedit_replace(field->line, 0, strlen(lineedit_text(field->line)), value);
    sync(form, field);
    return settled;
}

static void focus(struct form *form, size_t index)
{
    if (index == FORM_NONE || index == form->focus)
        return;
    settle(form);
    form->focus = index;
    form->fields[index].fresh = true;
    offers_close(&form->offers);
    if (form->fields[index].kind == FORM_PICK)
        pick_enter(form, &form->fields[index]);
}

void form_focus(struct form *form, const char *name)
{
    struct field *field = field_named(form, name);
    if (field && field->kind != FORM_SHOW)
        focus(form, (size_t)(field - form->fields));
    form_reveal(form);
}

const char *form_focused(const struct form *form)
{
    const struct field *field = focused(form);
    return field ? field->name : NULL;
}

void form_fault(struct form *form, const char *name, const char *sentence)
{
    struct field *field = field_named(form, name);
    if (field)
        field_fault(field, sentence);
    for (size_t i = 0; sentence && i < form->count; i++)
        if (form->fields[i].fault && form->fields[i].kind != FORM_SHOW) {
            focus(form, i);
            break;
        }
    form_reveal(form);
}

/* --- making and filling ---------------------------------------------------------------------- */

struct form *form_new(
    const struct form_field *fields, size_t count, const struct form_ops *ops, void *context)
{
    struct form *form = alloc_zero(1, sizeof *form);
    form->fields = alloc_zero(count + 1, sizeof *form->fields);
    form->count = count;
    form->ops = ops;
    form->context = context;
    for (size_t i = 0; i < count; i++) {
        struct field *field = &form->fields[i];
        assert(fields[i].kind != FORM_PICK || ops);
        field_init(field, &fields[i]);
        field_put(form, field, fields[i].value);
        field_sync(field);
        field->begun = alloc_string(strbuf_text(&field->value));
    }
    form->focus = FORM_NONE;
    focus(form, neighbour(form, FORM_NONE, true));
    form_resize(form, 24, 80);
    return form;
}

void form_free(struct form *form)
{
    if (!form)
        return;
    for (size_t i = 0; i < form->count; i++)
        field_clear(&form->fields[i]);
    free(form->fields);
    offers_clear(&form->offers);
    free(form);
}

void form_set(struct form *form, const char *name, const char *value)
{
    struct field *field = field_named(form, name);
    if (!field)
        return;
    field_put(form, field, value);
    field_sync(field);
    if (field == focused(form) && field->kind == FORM_PICK)
        pick_enter(form, field);
    form_reveal(form);
}

void form_resize(struct form *form, int rows, int columns)
{
    form->rows = rows > 0 ? rows : 1;
    form->columns = columns > 0 ? columns : 1;
    for (size_t i = 0; i < form->count; i++) {
        struct field *field = &form->fields[i];
        if (field->kind == FORM_TEXT)
            textedit_resize(
                field->text, form_value_rows(form, field), form_layout(form).value_columns);
    }
    form_reveal(form);
}

/* --- keys ------------------------------------------------------------------------------------ */

/* Whether all that is typed has become a value; else the focus is where it has not. */
static bool is_settled(struct form *form)
{
    if (!settle(form))
        return false;
    for (size_t i = 0; i < form->count; i++) {
        struct field *field = &form->fields[i];
        if (field->kind == FORM_PICK && *lineedit_text(field->line)) {
            focus(form, i);
            return settle(form);
        }
    }
    return true;
}

static enum form_result save(struct form *form)
{
    return is_settled(form) ? FORM_SAVE : FORM_TAKEN;
}

static enum form_result go_on(struct form *form)
{
    size_t next = form->focus == FORM_NONE ? FORM_NONE : neighbour(form, form->focus, true);
    if (next == FORM_NONE)
        return save(form);
    focus(form, next);
    return FORM_TAKEN;
}

/* Tab goes round, Up and Down stay at the ends. */
static enum form_result walk(struct form *form, bool down, bool round)
{
    size_t next = form->focus == FORM_NONE ? FORM_NONE : neighbour(form, form->focus, down);
    if (next == FORM_NONE && round)
        next = neighbour(form, down ? FORM_NONE : form->count, down);
    if (form->focus == FORM_NONE) /* only to be read */
        form->top += down ? 1 : -1;
    focus(form, next);
    return FORM_TAKEN;
}

static bool is_in_sight(const struct form *form, size_t index)
{
    int row = form_field_row(form, index);
    return row >= form->top && row < form->top + form->rows;
}

/* Scrolls and takes the focus along; to the first or last field where there is nothing to scroll.
 */
static enum form_result page(struct form *form, bool down)
{
    int top = form->top;
    size_t last = neighbour(form, down ? form->count : FORM_NONE, !down), at = form->focus;
    form_page(form, down ? 1 : -1);
    if (at == FORM_NONE)
        return FORM_TAKEN;
    if (form->top == top) {
        focus(form, last);
        form_reveal(form);
    } else if (!is_in_sight(form, at)) {
        while (at != FORM_NONE && !is_in_sight(form, at))
            at = neighbour(form, at, down);
        focus(form, at);
    }
    return FORM_TAKEN;
}

static const struct {
    uint32_t code;
    unsigned modifiers;
    enum { SAVE, LEAVE, GO_ON, TAB, TAB_BACK, UP, DOWN, PAGE_UP, PAGE_DOWN } command;
} commands[] = {
    {'s', KEY_CONTROL, SAVE},
    {KEY_CODE_ENTER, KEY_META, SAVE},
    {KEY_CODE_ESCAPE, 0, LEAVE},
    {KEY_CODE_ENTER, 0, GO_ON},
    {KEY_CODE_TAB, 0, TAB},
    {KEY_CODE_BACK_TAB, 0, TAB_BACK},
    {KEY_CODE_UP, 0, UP},
    {KEY_CODE_DOWN, 0, DOWN},
    {KEY_CODE_PAGE_UP, 0, PAGE_UP},
    {KEY_CODE_PAGE_DOWN, 0, PAGE_DOWN},
};

static enum form_result carry_out(struct form *form, size_t command)
{
    switch (commands[command].command) {
    case SAVE:
        return save(form);
    case LEAVE:
        return FORM_LEAVE;
    case GO_ON:
        return go_on(form);
    case TAB:
        return walk(form, true, true);
    case TAB_BACK:
        return walk(form, false, true);
    case UP:
        return walk(form, false, false);
    case DOWN:
        return walk(form, true, false);
    case PAGE_UP:
        return page(form, false);
    case PAGE_DOWN:
        return page(form, true);
    }
    return FORM_IGNORED;
}

static bool goes_to_field(struct form *form, const struct key *key)
{
    struct field *field = focused(form);
    if (!field)
        return false;
    bool taken = field->kind == FORM_PICK ? pick_key(form, field, key) : field_key(field, key);
    if (taken)
        sync(form, field);
    return taken;
}

enum form_result form_key(struct form *form, const struct key *key)
{
    enum form_result result =
        key_is_text(key) || key->code == KEY_CODE_PASTE ? FORM_TAKEN : FORM_IGNORED;
    bool paging = key->code == KEY_CODE_PAGE_UP || key->code == KEY_CODE_PAGE_DOWN;
    if (goes_to_field(form, key)) {
        form_reveal(form);
        return FORM_TAKEN;
    }
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (commands[i].code == key->code && commands[i].modifiers == key->modifiers)
            result = carry_out(form, i);
    if (!paging)
        form_reveal(form);
    return result;
}
