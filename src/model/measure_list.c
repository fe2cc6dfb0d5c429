#include "model/measure_list.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "model/change.h"

const char *const measure_field_names[MEASURE_FIELD_COUNT] = {
    [MEASURE_TEXT] = "measure",
    [MEASURE_DUE] = "due",
    [MEASURE_DONE] = "done",
    [MEASURE_WAIVED] = "waived",
};

/* --- rows ------------------------------------------------------------------------------------ */

static void row_clear(struct measure_row *row)
{
    for (int field = 0; field < MEASURE_FIELD_COUNT; field++)
        free(row->value[field]);
}

void measure_list_clear(struct measure_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        row_clear(&list->row[i]);
    free(list->row);
    *list = (struct measure_list){0};
}

static struct measure_row *open_gap(struct measure_list *list, size_t index)
{
    list->row = alloc_grow(list->row, &list->capacity, list->count + 1, sizeof *list->row);
    struct measure_row *row = &list->row[index];
    memmove(row + 1, row, (list->count - index) * sizeof *row);
    list->count++;
    return row;
}

void measure_list_insert(struct measure_list *list, size_t index)
{
    struct measure_row *row = open_gap(list, index);
    row->position = 0;
    for (int field = 0; field < MEASURE_FIELD_COUNT; field++)
        row->value[field] = alloc_string("");
}

void measure_list_remove(struct measure_list *list, size_t index)
{
    struct measure_row *row = &list->row[index];
    row_clear(row);
    list->count--;
    memmove(row, row + 1, (list->count - index) * sizeof *row);
}

void measure_list_move(struct measure_list *list, size_t from, size_t to)
{
    struct measure_row row = list->row[from];
    list->count--;
    memmove(&list->row[from], &list->row[from + 1], (list->count - from) * sizeof row);
    *open_gap(list, to) = row;
}

void measure_list_set(
    struct measure_list *list, size_t index, enum measure_field field, const char *value)
{
    char *copy = alloc_string(value);
    free(list->row[index].value[field]);
    list->row[index].value[field] = copy;
}

void measure_list_copy(struct measure_list *out, const struct measure_list *from)
{
    *out = (struct measure_list){0};
    for (size_t i = 0; i < from->count; i++) {
        struct measure_row *row = open_gap(out, i);
        row->position = from->row[i].position;
        for (int field = 0; field < MEASURE_FIELD_COUNT; field++)
            row->value[field] = alloc_string(from->row[i].value[field]);
    }
}

static bool same_values(const struct measure_row *a, const struct measure_row *b)
{
    for (int field = 0; field < MEASURE_FIELD_COUNT; field++)
        if (strcmp(a->value[field], b->value[field]) != 0)
            return false;
    return true;
}

bool measure_list_equal(const struct measure_list *a, const struct measure_list *b)
{
    bool equal = a->count == b->count;
    for (size_t i = 0; equal && i < a->count; i++)
        equal = a->row[i].position == b->row[i].position && same_values(&a->row[i], &b->row[i]);
    return equal;
}

/* --- against what stands in the database ----------------------------------------------------- */

bool measure_list_read(struct model *model, const struct task_detail *detail,
    struct measure_list *out, struct error *err)
{
    bool good = true;
    *out = (struct measure_list){0};
    for (size_t i = 0; good && i < detail->measure_count; i++) {
        struct measure_row row = {.position = detail->measures[i].position};
        for (int field = 0; good && field < MEASURE_FIELD_COUNT; field++) {
            char name[32];
            snprintf(name, sizeof name, "%s.%d", measure_field_names[field], row.position);
            good = change_current(model_db(model), detail->row.id, name, &row.value[field], err);
        }
        if (good && row.value[MEASURE_TEXT][0] != '\0')
            *open_gap(out, out->count) = row;
        else /* gone since the detail was read */
            row_clear(&row);
    }
    if (!good)
        measure_list_clear(out);
    return good;
}

int measure_list_position(const struct measure_list *base, size_t index)
{
    if (index < base->count)
        return base->row[index].position;
    int64_t last = base->count > 0 ? base->row[base->count - 1].position : 0;
    int64_t position = last + 1 + (int64_t)(index - base->count);
    return position < INT_MAX ? (int)position : INT_MAX; /* the edit will be refused */
}

static const struct measure_row *find(const struct measure_list *list, int position)
{
    for (size_t i = 0; position != 0 && i < list->count; i++)
        if (list->row[i].position == position)
            return &list->row[i];
    return NULL;
}

bool measure_list_is_changed(const struct measure_list *base, const struct measure_row *row)
{
    const struct measure_row *was = find(base, row->position);
    return !was || !same_values(was, row);
}

/* What became of the rows, in words. */
static char *describe(const struct measure_list *base, const struct measure_list *mine)
{
    struct strbuf out = {0};
    size_t put_in = 0, taken_out = 0;
    int last = 0;
    bool moved = false;
    for (size_t i = 0; i < mine->count; i++) {
        int position = mine->row[i].position;
        put_in += position == 0;
        moved |= position != 0 && position < last;
        last = position > last ? position : last;
    }
    for (size_t i = 0; i < base->count; i++)
        taken_out += !find(mine, base->row[i].position);
    if (put_in)
        strbuf_format(&out, ngettext("%zu measure put in", "%zu measures put in", put_in), put_in);
    if (put_in && taken_out)
        strbuf_add(&out, _(", "));
    if (taken_out)
        strbuf_format(&out, ngettext("%zu measure taken out", "%zu measures taken out", taken_out),
            taken_out);
    if (moved)
        strbuf_format(&out, "%s%s", put_in || taken_out ? _(", ") : "", _("their order changed"));
    strbuf_add(&out, "");
    return strbuf_take(&out);
}

static void add_argument(struct measure_edit *out, char *name, const char *value, const char *base)
{
    out->argument =
        alloc_grow(out->argument, &out->capacity, out->count + 1, sizeof *out->argument);
    out->argument[out->count++] = (struct argument){.name = name, .value = value, .base = base};
}

/* A place where another row stands than did is relied on whole; one that says something new, on its
 * words. */
static void add_place(struct measure_edit *out, int position, const struct measure_row *was,
    const struct measure_row *is)
{
    bool moved = !was || !is || was->position != is->position;
    if (!moved && same_values(was, is))
        return;
    for (int field = 0; field < MEASURE_FIELD_COUNT; field++) {
        const char *before = was ? was->value[field] : "", *after = is ? is->value[field] : "";
        if (moved || field == MEASURE_TEXT || strcmp(before, after) != 0)
            add_argument(
                out, alloc_format("%s.%d", measure_field_names[field], position), after, before);
    }
}

void measure_list_edit(
    const struct measure_list *base, const struct measure_list *mine, struct measure_edit *out)
{
    *out = (struct measure_edit){0};
    for (size_t i = 0; i < base->count || i < mine->count; i++)
        add_place(out, measure_list_position(base, i), i < base->count ? &base->row[i] : NULL,
            i < mine->count ? &mine->row[i] : NULL);
    out->moved = describe(base, mine);
    if (*out->moved)
        add_argument(out, alloc_string("reason"), out->moved, NULL);
}

void measure_edit_clear(struct measure_edit *edit)
{
    for (size_t i = 0; i < edit->count; i++)
        free((char *)(uintptr_t)edit->argument[i].name);
    free(edit->argument);
    free(edit->moved);
    *edit = (struct measure_edit){0};
}
