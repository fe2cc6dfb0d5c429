/* The draft of the editor of measures: kept, found again, dropped. It holds both lists, position by
 * position: name, what was read, what shall be; "origin.3" is the row of the database that the
 * third of mine was. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "measures_parts.h"
#include "model/draft.h"

#define CONTEXT "measures"
#define ORIGIN "origin"
#define POSITION_MOST 100000

/* --- keeping --------------------------------------------------------------------------------- */

/* With what is typed in the box, where it can stand. */
static void with_box(const struct measures *measures, struct measure_list *out)
{
    const struct measures_box *box = &measures->box;
    const char *text = box->form ? form_value(box->form, measure_field_names[MEASURE_TEXT]) : "";
    measure_list_copy(out, &measures->mine);
    if (!box->form || !form_changed(box->form) || (box->adding && !*text))
        return;
    if (box->adding)
        measure_list_insert(out, box->at);
    for (size_t i = 0; i < form_count(box->form); i++) {
        struct error err = {0};
        const char *name = form_name(box->form, i);
        char *value = NULL;
        bool good = field_read(model_units(measures->env->model), field_named(name),
            form_value(box->form, name), &value, &err);
        int field = MEASURE_TEXT;
        while (strcmp(measure_field_names[field], name) != 0)
            field++;
        if (good && (*value || field != MEASURE_TEXT))
            measure_list_set(out, box->at, (enum measure_field)field, value);
        free(value);
    }
    if (!*out->row[box->at].value[MEASURE_TEXT]) /* what it holds can be no measure */
        measure_list_remove(out, box->at);
}

static void add_item(
    struct draft *draft, const char *name, int position, const char *base, const char *value)
{
    char *full = alloc_format("%s.%d", name, position);
    draft_add(draft, full, base, value);
    free(full);
}

static void fill(
    struct draft *draft, const struct measure_list *base, const struct measure_list *mine)
{
    for (size_t i = 0; i < base->count || i < mine->count; i++) {
        const struct measure_row *was = i < base->count ? &base->row[i] : NULL,
                                 *is = i < mine->count ? &mine->row[i] : NULL;
        int position = measure_list_position(base, i);
        char *origin = alloc_format("%d", is ? is->position : 0);
        for (int field = 0; field < MEASURE_FIELD_COUNT; field++)
            add_item(draft, measure_field_names[field], position, was ? was->value[field] : "",
                is ? is->value[field] : "");
        add_item(draft, ORIGIN, position, "", origin);
        free(origin);
    }
}

bool measures_draft_keep(struct measures *measures, bool leaving, struct error *err)
{
    struct draft draft = {
        .context = (char *)CONTEXT, .task_id = measures->task_id, .since = measures->since};
    struct measure_list now;
    with_box(measures, &now);
    bool same = measure_list_equal(&now, &measures->base);
    bool due = same ? measures->has_draft
                    : !measures->has_draft || !measure_list_equal(&now, &measures->kept);
    if (!same)
        fill(&draft, &measures->base, &now);
    bool kept = !due || draft_keep(measures->env->model, &draft, leaving, err);
    if (due && kept)
        measures->has_draft = !same;
    if (kept) {
        measure_list_clear(&measures->kept);
        measures->kept = now;
    } else {
        measure_list_clear(&now);
    }
    draft.context = NULL;
    draft_clear(&draft);
    return kept;
}

void measures_draft_drop(struct measures *measures)
{
    struct error err = {0};
    if (measures->has_draft && !draft_drop(measures->env->model, CONTEXT, measures->task_id, &err))
        measures_tell(measures, ROLE_WARNING, "%s", err.text);
    measures->has_draft = false;
}

/* --- finding again --------------------------------------------------------------------------- */

struct reading {
    struct measure_list *base, *mine;
    bool was, is; /* whether the position being read has a row in them */
};

static void append(struct measure_list *list, int position, const char *text)
{
    measure_list_insert(list, list->count);
    list->row[list->count - 1].position = position;
    measure_list_set(list, list->count - 1, MEASURE_TEXT, text);
}

static void begin_row(struct reading *reading, int position, const struct draft_item *item)
{
    reading->was = *item->base && position > 0 && position <= POSITION_MOST;
    reading->is = *item->value;
    if (reading->was)
        append(reading->base, position, item->base);
    if (reading->is)
        append(reading->mine, 0, item->value);
}

/* Those of a position come together, its words first. */
static void take_item(struct reading *reading, const struct draft_item *item)
{
    const char *dot = strchr(item->name, '.');
    size_t length = dot ? (size_t)(dot - item->name) : 0;
    struct measure_list *base = reading->base, *mine = reading->mine;
    if (strncmp(item->name, ORIGIN ".", sizeof ORIGIN) == 0 && reading->is)
        mine->row[mine->count - 1].position = atoi(item->value);
    for (int field = 0; dot && field < MEASURE_FIELD_COUNT; field++) {
        if (strlen(measure_field_names[field]) != length ||
            strncmp(item->name, measure_field_names[field], length) != 0)
            continue;
        if (field == MEASURE_TEXT)
            begin_row(reading, atoi(dot + 1), item);
        if (reading->was)
            measure_list_set(base, base->count - 1, (enum measure_field)field, item->base);
        if (reading->is)
            measure_list_set(mine, mine->count - 1, (enum measure_field)field, item->value);
    }
}

static size_t rows_at(const struct measure_list *list, size_t before, int position)
{
    size_t count = 0;
    for (size_t i = 0; i < before; i++)
        count += list->row[i].position == position;
    return count;
}

/* Anybody may have written it: positions count up, and an origin that is none or twice there is a
 * new row. */
static void read_lists(
    const struct draft *draft, struct measure_list *base, struct measure_list *mine)
{
    struct reading reading = {.base = base, .mine = mine};
    for (size_t i = 0; i < draft->count; i++)
        take_item(&reading, &draft->item[i]);
    for (size_t i = 1; i < base->count; i++)
        while (i < base->count && base->row[i].position <= base->row[i - 1].position)
            measure_list_remove(base, i);
    for (size_t i = 0; i < mine->count; i++)
        if (rows_at(mine, i, mine->row[i].position) ||
            !rows_at(base, base->count, mine->row[i].position))
            mine->row[i].position = 0;
}

static bool same_values(const struct measure_list *a, const struct measure_list *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        for (int field = 0; same && field < MEASURE_FIELD_COUNT; field++)
            same = strcmp(a->row[i].value[field], b->row[i].value[field]) == 0;
    return same;
}

static void tell(struct measures *measures, const struct draft *draft, bool others)
{
    struct date_time at = date_local(draft->at);
    int year, month, day;
    date_parts(at.date, &year, &month, &day);
    char *of = alloc_format(_("Your draft of %02d-%02d %02d:%02d"), month, day, at.hour, at.minute);
    char *who = others ? measures_who(measures) : NULL;
    measures_notice(measures, others
                                  ? alloc_format(_("%s; %s; r takes it in, yours stays"), of, who)
                                  : alloc_format(_("%s; s saves it, Esc x drops it"), of));
    free(of);
    free(who);
}

void measures_draft_read(struct measures *measures)
{
    struct draft draft = {0};
    struct error err = {0};
    struct measure_list base = {0}, mine = {0};
    bool found = false;
    if (!draft_find(measures->env->model, CONTEXT, measures->task_id, &draft, &found, &err)) {
        measures_tell(measures, ROLE_WARNING, "%s", err.text);
        return;
    }
    if (!found)
        return;
    measures->has_draft = true;
    read_lists(&draft, &base, &mine);
    if (same_values(&mine, &measures->base)) { /* it was saved, and then the line was lost */
        measures_draft_drop(measures);
    } else {
        bool others = !measure_list_equal(&base, &measures->base);
        measures->since = draft.since;
        measures_put(measures, &mine, &base);
        measure_list_copy(&measures->kept, &measures->mine);
        tell(measures, &draft, others);
    }
    measure_list_clear(&base);
    measure_list_clear(&mine);
    draft_clear(&draft);
}
