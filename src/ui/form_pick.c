/* Picking: ids with their labels, and the list that typing narrows. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "form_parts.h"

#define OFFERS_MOST 200

/* --- what is picked -------------------------------------------------------------------------- */

static bool is_picked(const struct field *field, int64_t id)
{
    for (size_t i = 0; i < field->pick_count; i++)
        if (field->picks[i].id == id)
            return true;
    return false;
}

static void add(struct field *field, int64_t id, const char *label)
{
    if (is_picked(field, id))
        return;
    field->picks = alloc_grow(
        field->picks, &field->pick_capacity, field->pick_count + 1, sizeof *field->picks);
    field->picks[field->pick_count++] =
        (struct field_pick){id, label ? alloc_string(label) : alloc_format("#%" PRId64, id)};
}

void pick_clear(struct field *field)
{
    while (field->pick_count > 0)
        free(field->picks[--field->pick_count].label);
}

void pick_put(struct form *form, struct field *field, const char *value)
{
    pick_clear(field);
    lineedit_set(field->line, "");
    for (const char *at = value; *at;) {
        char *end;
        errno = 0;
        int64_t id = strtoll(at, &end, 10);
        if (end == at || errno)
            break;
        if (field->many || field->pick_count == 0)
            add(field, id, form->ops->label(form->context, field->name, id));
        at = end;
    }
}

void pick_value(const struct field *field, struct strbuf *out)
{
    for (size_t i = 0; i < field->pick_count; i++)
        strbuf_format(out, "%s%" PRId64, i > 0 ? " " : "", field->picks[i].id);
}

/* --- what is offered ------------------------------------------------------------------------- */

void form_offer(struct form_offers *offers, int64_t id, const char *label, const char *help)
{
    if (offers->count == OFFERS_MOST || is_picked(offers->field, id))
        return;
    offers->row =
        alloc_grow(offers->row, &offers->capacity, offers->count + 1, sizeof *offers->row);
    offers->row[offers->count++] =
        (struct form_offer_row){id, alloc_string(label), alloc_string(help ? help : "")};
}

static void forget(struct form_offers *offers)
{
    while (offers->count > 0) {
        offers->count--;
        free(offers->row[offers->count].label);
        free(offers->row[offers->count].help);
    }
    offers->chosen = FORM_NONE;
    offers->top = 0;
}

void offers_close(struct form_offers *offers)
{
    forget(offers);
    offers->open = false;
    offers->rows = 0;
}

void offers_clear(struct form_offers *offers)
{
    forget(offers);
    free(offers->row);
}

/* Asks for what there is for the text now. The best is chosen as soon as something is typed. */
static void open_list(struct form *form, struct field *field)
{
    struct form_offers *offers = &form->offers;
    const char *typed = lineedit_text(field->line);
    forget(offers);
    offers->open = true;
    offers->field = field;
    form->ops->offer(form->context, field->name, typed, offers);
    if (*typed && offers->count > 0)
        offers->chosen = 0;
    int rows = offers->count < FORM_LIST_ROWS ? (int)offers->count : FORM_LIST_ROWS;
    rows = rows > 0 ? rows : 1; /* that there is nothing */
    offers->rows = rows > offers->rows ? rows : offers->rows;
}

/* The list is there when it is of use: see the header. */
static void settle_list(struct form *form, struct field *field)
{
    if (field->pick_count == 0 || *lineedit_text(field->line))
        open_list(form, field);
    else
        offers_close(&form->offers);
}

void pick_enter(struct form *form, struct field *field)
{
    offers_close(&form->offers);
    settle_list(form, field);
}

/* --- keys ------------------------------------------------------------------------------------ */

static void take(struct form *form, struct field *field)
{
    struct form_offers *offers = &form->offers;
    const struct form_offer_row *row = &offers->row[offers->chosen];
    if (!field->many)
        pick_clear(field);
    add(field, row->id, row->label);
    lineedit_set(field->line, "");
    field_fault(field, NULL);
    offers_close(offers);
}

static void say_nothing_found(struct field *field)
{
    char *sentence = alloc_format(
        _("Nothing here is called “%s”. Type a part of the name or its pinyin initials."),
        lineedit_text(field->line));
    field_fault(field, sentence);
    free(sentence);
}

bool pick_leave(struct form *form, struct field *field)
{
    const struct form_offers *offers = &form->offers;
    if (!*lineedit_text(field->line))
        return true;
    if (offers->open && offers->chosen != FORM_NONE) {
        take(form, field);
        return true;
    }
    say_nothing_found(field);
    return false;
}

static void scroll(struct form *form)
{
    struct form_offers *offers = &form->offers;
    size_t rows = (size_t)form_list_rows(form);
    if (offers->chosen == FORM_NONE || offers->chosen < offers->top)
        offers->top = offers->chosen == FORM_NONE ? 0 : offers->chosen;
    else if (offers->chosen >= offers->top + rows)
        offers->top = offers->chosen - rows + 1;
}

/* Down goes into the list, Up out of it again where nothing is typed. */
static bool move(struct form *form, const struct field *field, bool down)
{
    struct form_offers *offers = &form->offers;
    bool typed = *lineedit_text(field->line);
    if (!offers->open || offers->count == 0)
        return false;
    if (!down && offers->chosen == FORM_NONE)
        return false;
    if (down)
        offers->chosen = offers->chosen == FORM_NONE          ? 0
                         : offers->chosen + 1 < offers->count ? offers->chosen + 1
                                                              : offers->chosen;
    else
        offers->chosen = offers->chosen > 0 ? offers->chosen - 1 : typed ? 0 : FORM_NONE;
    scroll(form);
    return true;
}

static bool take_away(struct form *form, struct field *field)
{
    if (field->pick_count > 0)
        free(field->picks[--field->pick_count].label);
    settle_list(form, field);
    return true;
}

static bool drop_typed(struct form *form, struct field *field)
{
    bool asked = form->offers.open && field->pick_count > 0;
    if (!*lineedit_text(field->line) && !asked)
        return false;
    lineedit_set(field->line, "");
    field_fault(field, NULL);
    settle_list(form, field);
    return true;
}

static bool enter(struct form *form, struct field *field)
{
    if (form->offers.open && form->offers.chosen != FORM_NONE) {
        take(form, field);
        return true;
    }
    return !pick_leave(form, field); /* nothing typed: on to the next field */
}

static bool edit(struct form *form, struct field *field, const struct key *key)
{
    char *before = alloc_string(lineedit_text(field->line));
    bool taken = lineedit_key(field->line, key);
    if (taken && strcmp(before, lineedit_text(field->line)) != 0) {
        field_fault(field, NULL);
        settle_list(form, field);
    }
    free(before);
    return taken;
}

bool pick_key(struct form *form, struct field *field, const struct key *key)
{
    bool empty = !*lineedit_text(field->line);
    char name[16];
    key_name(key, name);
    if (strcmp(name, "Enter") == 0)
        return enter(form, field);
    if (strcmp(name, "Up") == 0 || strcmp(name, "Down") == 0)
        return move(form, field, key->code == KEY_CODE_DOWN);
    if (strcmp(name, "Esc") == 0)
        return drop_typed(form, field);
    if (empty && (strcmp(name, "BS") == 0 || strcmp(name, "C-h") == 0))
        return take_away(form, field);
    if (empty && strcmp(name, "Space") == 0) {
        bool open = form->offers.open && field->pick_count > 0;
        if (open)
            offers_close(&form->offers);
        else
            open_list(form, field);
        return true;
    }
    return edit(form, field, key);
}
