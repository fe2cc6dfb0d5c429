/* Changing the rows of the editor of measures: at once by a key, or in a box of one or two fields.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "measures_parts.h"

enum { STEPS_MOST = 100, BOX_ROWS = 5 };

/* --- steps back and forth -------------------------------------------------------------------- */

void measures_steps_clear(struct measures_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++)
        measure_list_clear(&steps->list[i]);
    free(steps->list);
    *steps = (struct measures_steps){0};
}

static void push(struct measures_steps *steps, const struct measure_list *list)
{
    if (steps->count == STEPS_MOST) {
        measure_list_clear(&steps->list[0]);
        steps->count--;
        memmove(&steps->list[0], &steps->list[1], steps->count * sizeof *steps->list);
    }
    steps->list = alloc_grow(steps->list, &steps->capacity, steps->count + 1, sizeof *steps->list);
    measure_list_copy(&steps->list[steps->count++], list);
}

/* Before a change. */
static void remember(struct measures *measures)
{
    push(&measures->past, &measures->mine);
    measures_steps_clear(&measures->future);
}

static bool same_row(const struct measure_row *a, const struct measure_row *b)
{
    bool same = a->position == b->position;
    for (int field = 0; same && field < MEASURE_FIELD_COUNT; field++)
        same = strcmp(a->value[field], b->value[field]) == 0;
    return same;
}

static enum effect step(
    struct measures *measures, struct measures_steps *from, struct measures_steps *to)
{
    if (from->count == 0) {
        measures_tell(measures, ROLE_WARNING, "%s",
            from == &measures->past ? _("There is nothing to take back here")
                                    : _("There is nothing to do again here"));
        return EFFECT_DRAW;
    }
    struct measure_list list = from->list[--from->count];
    size_t first = 0;
    while (first < list.count && first < measures->mine.count &&
           same_row(&list.row[first], &measures->mine.row[first]))
        first++;
    push(to, &measures->mine);
    measures_put(measures, &list, NULL);
    measures->selected = first < measures->mine.count ? first
                         : measures->mine.count       ? measures->mine.count - 1
                                                      : 0;
    measures_place(measures);
    return EFFECT_DRAW;
}

/* --- who may what ---------------------------------------------------------------------------- */

static bool is_allowed(const struct measures *measures, enum measure_field which)
{
    const struct field *field = field_named(measure_field_names[which]);
    return field->may & PERSON_BIT(model_person(measures->env->model)->role);
}

/* Says why not. */
static bool may(struct measures *measures, enum measure_field which)
{
    const struct field *field = field_named(measure_field_names[which]);
    const struct person *person = model_person(measures->env->model);
    if (is_allowed(measures, which))
        return true;
    measures_tell(measures, ROLE_WARNING, _("%s (%s) may not change \"%s\""), person->name,
        _(person_roles[person->role].label), _(field->label));
    return false;
}

static bool has_row(struct measures *measures)
{
    if (measures->selected < measures->mine.count)
        return true;
    measures_tell(measures, ROLE_WARNING, "%s", _("There is no measure yet; a adds one"));
    return false;
}

/* --- at once --------------------------------------------------------------------------------- */

static enum effect tick(struct measures *measures)
{
    char today[11];
    bool done = *measures->mine.row[measures->selected].value[MEASURE_DONE];
    date_format(model_today(measures->env->model)->date, today);
    remember(measures);
    measure_list_set(&measures->mine, measures->selected, MEASURE_DONE, done ? "" : today);
    measures_place(measures);
    return EFFECT_DRAW;
}

static enum effect carry(struct measures *measures, bool up)
{
    size_t from = measures->selected, to = up ? from - 1 : from + 1;
    if (up ? from == 0 : to >= measures->mine.count)
        return EFFECT_DRAW;
    remember(measures);
    measure_list_move(&measures->mine, from, to);
    measures->selected = to;
    measures_place(measures);
    return EFFECT_DRAW;
}

static enum effect remove_row(struct measures *measures)
{
    remember(measures);
    measure_list_remove(&measures->mine, measures->selected);
    if (measures->selected > 0 && measures->selected == measures->mine.count)
        measures->selected--;
    measures_place(measures);
    measures_tell(measures, ROLE_OK, "%s", _("Taken out; u brings it back"));
    return EFFECT_DRAW;
}

/* --- the box --------------------------------------------------------------------------------- */

void measures_box_close(struct measures *measures)
{
    form_free(measures->box.form);
    measures->box = (struct measures_box){0};
}

/* What stands in the database may hold anything. */
static char *clean(const char *text, enum text_scrub_flags flags)
{
    struct strbuf out = {0};
    text_scrub(&out, text, strlen(text), flags);
    strbuf_add(&out, "");
    return strbuf_take(&out);
}

static struct form_field box_field(enum measure_field which, const char *value)
{
    const struct field *field = field_named(measure_field_names[which]);
    return (struct form_field){
        .name = measure_field_names[which],
        .label = _(field->label),
        .hint = field->type == VALUE_IS_DATE ? _("11-30, +7, or nothing")
                : which == MEASURE_WAIVED    ? _("why it need not be done; nothing: it must")
                                             : NULL,
        .kind = field->type == VALUE_IS_TEXT   ? FORM_TEXT
                : field->type == VALUE_IS_DATE ? FORM_DATE
                                               : FORM_LINE,
        .value = value,
        .needed = which == MEASURE_TEXT,
        .most_bytes = field->type == VALUE_IS_TEXT ? FIELD_TEXT_MOST : FIELD_LINE_MOST,
        .rows = BOX_ROWS,
    };
}

static enum effect open_box(struct measures *measures, enum measure_field which, bool adding)
{
    struct form_field asked[2];
    size_t count = 0;
    const char *value = adding ? "" : measures->mine.row[measures->selected].value[which];
    char *text = clean(value, which == MEASURE_TEXT ? TEXT_LINES : TEXT_ONE_LINE);
    asked[count++] = box_field(which, text);
    if (adding)
        asked[count++] = box_field(MEASURE_DUE, "");
    measures->box = (struct measures_box){
        .form = form_new(asked, count, NULL, NULL), .at = measures->selected, .adding = adding};
    free(text);
    measures_place(measures);
    return EFFECT_DRAW;
}

static enum effect add(struct measures *measures, bool below)
{
    if (!may(measures, MEASURE_TEXT) || !may(measures, MEASURE_DUE))
        return EFFECT_DRAW;
    if (measures->mine.count >= MEASURE_LIST_MOST) {
        measures_tell(
            measures, ROLE_WARNING, _("A task has at most %d measures"), MEASURE_LIST_MOST);
        return EFFECT_DRAW;
    }
    open_box(measures, MEASURE_TEXT, true);
    measures->box.at += below && measures->mine.count > 0;
    return EFFECT_DRAW;
}

/* False where something cannot be taken; the form says what. */
static bool box_read(struct measures *measures, const char *name, char **value)
{
    struct error err = {0};
    const char *typed = form_value(measures->box.form, name);
    form_fault(measures->box.form, name, NULL);
    if (!field_read(model_units(measures->env->model), field_named(name), typed, value, &err)) {
        form_fault(measures->box.form, name, err.text);
        return false;
    }
    if (**value || strcmp(name, measure_field_names[MEASURE_TEXT]) != 0)
        return true;
    form_fault(measures->box.form, name,
        measures->box.adding ? _("This is needed") : _("A measure has words; x takes it out"));
    free(*value);
    *value = NULL;
    return false;
}

static enum measure_field field_at(const struct form *form, size_t index)
{
    int field = 0;
    while (strcmp(measure_field_names[field], form_name(form, index)) != 0)
        field++;
    return (enum measure_field)field;
}

static bool read_all(struct measures *measures, char *values[static MEASURE_FIELD_COUNT])
{
    struct form *form = measures->box.form;
    bool good = true;
    for (size_t i = form_count(form); i-- > 0;) { /* the first that is wrong gets the focus */
        char **value = &values[field_at(form, i)];
        good &= box_read(measures, form_name(form, i), value);
    }
    return good;
}

static enum effect box_take(struct measures *measures)
{
    char *values[MEASURE_FIELD_COUNT] = {0};
    struct measures_box *box = &measures->box;
    bool good = read_all(measures, values);
    if (good && (box->adding || form_changed(box->form))) {
        remember(measures);
        if (box->adding)
            measure_list_insert(&measures->mine, box->at);
        for (int field = 0; field < MEASURE_FIELD_COUNT; field++)
            if (values[field])
                measure_list_set(
                    &measures->mine, box->at, (enum measure_field)field, values[field]);
    }
    for (int field = 0; field < MEASURE_FIELD_COUNT; field++)
        free(values[field]);
    if (good) {
        measures->selected = box->at;
        measures_box_close(measures);
    }
    measures_place(measures);
    return EFFECT_DRAW;
}

/* A long text is not lost to one key. */
static enum effect box_leave(struct measures *measures)
{
    struct measures_box *box = &measures->box;
    if (form_changed(box->form) && !box->sure) {
        box->sure = true;
        measures_tell(
            measures, ROLE_WARNING, "%s", _("Esc again drops what is typed here; C-s takes it"));
        return EFFECT_DRAW;
    }
    measures_box_close(measures);
    measures_place(measures);
    return EFFECT_DRAW;
}

/* A date is written anew by its first digit; + - and the line's keys change the one that stands
 * there. */
static void begin_date(struct measures_box *box, const struct key *key)
{
    const struct field *field = field_named(form_focused(box->form));
    bool digit = key_is_text(key) && key->code >= '0' && key->code <= '9';
    if (!box->begun && !box->adding && digit && field->type == VALUE_IS_DATE)
        form_set(box->form, field->name, "");
    box->begun = true;
}

enum effect measures_box_key(struct measures *measures, const struct key *key)
{
    char name[16];
    key_name(key, name);
    begin_date(&measures->box, key);
    if (strcmp(name, "C-c") == 0 || strcmp(name, "C-g") == 0)
        return box_leave(measures);
    if (strcmp(name, "C-l") == 0)
        return EFFECT_REPAINT | EFFECT_DRAW;
    switch (form_key(measures->box.form, key)) {
    case FORM_SAVE:
        return box_take(measures);
    case FORM_LEAVE:
        return box_leave(measures);
    case FORM_TAKEN:
        measures->box.sure = false;
        break;
    case FORM_IGNORED:
        break;
    }
    return EFFECT_DRAW; /* every key is held: what is typed is no action */
}

/* --- all of them ----------------------------------------------------------------------------- */

/* What a verb is about in the selected row. */
static enum measure_field field_of(enum measures_verb verb)
{
    switch (verb) {
    case MEASURES_TICK:
    case MEASURES_DONE:
        return MEASURE_DONE;
    case MEASURES_DUE:
        return MEASURE_DUE;
    case MEASURES_WAIVE:
        return MEASURE_WAIVED;
    default:
        return MEASURE_TEXT;
    }
}

/* What the others are about, anybody may do. */
static const struct {
    const char *action;
    enum measure_field field;
} offers[] = {
    {"measure.tick", MEASURE_DONE},
    {"measure.words", MEASURE_TEXT},
    {"measure.due", MEASURE_DUE},
    {"measure.waive", MEASURE_WAIVED},
    {"measure.below", MEASURE_TEXT},
    {"measure.remove", MEASURE_TEXT},
};

bool measures_offers(const void *view, const struct action *action)
{
    for (size_t i = 0; i < sizeof offers / sizeof *offers; i++)
        if (strcmp(offers[i].action, action->name) == 0)
            return is_allowed(view, offers[i].field);
    return true;
}

enum effect measures_change(struct measures *measures, enum measures_verb verb)
{
    if (verb == MEASURES_BELOW || verb == MEASURES_ABOVE)
        return add(measures, verb == MEASURES_BELOW);
    if (verb == MEASURES_UNDO)
        return step(measures, &measures->past, &measures->future);
    if (verb == MEASURES_REDO)
        return step(measures, &measures->future, &measures->past);
    if (!has_row(measures) || !may(measures, field_of(verb)))
        return EFFECT_DRAW;
    if (verb == MEASURES_TICK)
        return tick(measures);
    if (verb == MEASURES_UP || verb == MEASURES_DOWN)
        return carry(measures, verb == MEASURES_UP);
    if (verb == MEASURES_REMOVE)
        return remove_row(measures);
    return open_box(measures, field_of(verb), false);
}
