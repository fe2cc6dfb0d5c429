#include "check_items.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/field.h"

/* Columns of the statements: the task, the position, and the cells in this order. */
enum { AT_TASK, AT_POSITION, AT_CELLS };
static const struct kind {
    enum statement rows;
    const char *fields[ITEM_CELLS];
} kinds[ITEM_TABLES] = {
    {CHECK_MEASURES, {"measure", "due", "done", "waived"}},
    {CHECK_TARGETS, {"target", "value", "unit", "by", "by_raw"}},
};

bool items_open(struct items *items, struct db *db, struct findings *findings, struct error *err)
{
    *items = (struct items){.findings = findings};
    for (int table = 0; table < ITEM_TABLES; table++) {
        if (!db_statement(db, kinds[table].rows, &items->rows[table], err))
            return false;
        enum db_step step = db_step(items->rows[table], err);
        if (step == DB_FAILED)
            return false;
        items->more[table] = step == DB_ROW;
    }
    strbuf_add_char(&items->texts, '\0'); /* at 0: the empty text */
    return true;
}

void items_close(struct items *items)
{
    for (int table = 0; table < ITEM_TABLES; table++) {
        if (items->rows[table] != NULL)
            db_reset(items->rows[table]);
        free(items->list[table].item);
    }
    strbuf_clear(&items->texts);
}

/* --- lines ----------------------------------------------------------------------------------- */

void items_begin(struct items *items)
{
    strbuf_cut(&items->texts, 1);
    for (int table = 0; table < ITEM_TABLES; table++) {
        items->list[table].whole = false;
        items->list[table].count = 0;
    }
}

/* In the order of their positions, as they nearly always come. */
static struct item *find_or_add(struct item_list *list, int64_t position)
{
    size_t at = list->count;
    while (at > 0 && list->item[at - 1].position > position)
        at--;
    if (at > 0 && list->item[at - 1].position == position)
        return &list->item[at - 1];
    list->item = alloc_grow(list->item, &list->capacity, list->count + 1, sizeof *list->item);
    memmove(list->item + at + 1, list->item + at, (list->count - at) * sizeof *list->item);
    list->count++;
    list->item[at] = (struct item){.position = position};
    for (int i = 0; i < ITEM_CELLS; i++)
        list->item[at].cell[i].known = list->whole;
    return &list->item[at];
}

/* What a line before `seq` told is no more. */
static void clear_item(struct item *item, int64_t seq)
{
    for (int i = 0; i < ITEM_CELLS; i++)
        if (item->cell[i].seq < seq)
            item->cell[i] = (struct item_cell){.known = true, .seq = item->cell[i].seq};
}

/* The task came, or is told of without its rows. */
static void restart(struct item_list *list, int64_t seq, bool known)
{
    list->whole = known;
    for (size_t i = 0; i < list->count; i++)
        for (int j = 0; j < ITEM_CELLS; j++)
            if (list->item[i].cell[j].seq < seq)
                list->item[i].cell[j] = (struct item_cell){.known = known};
}

static void put(struct items *items, struct item *item, int cell, const struct items_change *change)
{
    bool moves = cell == 0 && (*change->before == '\0' || *change->after == '\0');
    if (moves)
        clear_item(item, change->seq);
    item->cell[cell] = (struct item_cell){true, change->seq, 0};
    if (*change->after != '\0') {
        item->cell[cell].text = items->texts.length;
        strbuf_add_n(&items->texts, change->after, strlen(change->after) + 1);
    }
}

void items_change(struct items *items, const struct items_change *change)
{
    size_t length = strcspn(change->name, ".");
    bool title = strcmp(change->name, "title") == 0;
    if ((title && *change->before == '\0') || strcmp(change->name, "deleted") == 0) {
        for (int table = 0; table < ITEM_TABLES; table++)
            restart(&items->list[table], change->seq, title && !change->outside);
        return;
    }
    for (int table = 0; table < ITEM_TABLES; table++) {
        for (int i = 0; i < ITEM_CELLS && kinds[table].fields[i] != NULL; i++) {
            const char *field = kinds[table].fields[i];
            if (strncmp(field, change->name, length) != 0 || field[length] != '\0')
                continue;
            int64_t position =
                strtoll(change->name + length + (change->name[length] == '.'), NULL, 10);
            if (position > 0 && position <= FIELD_POSITION_MOST && !change->outside)
                put(items, find_or_add(&items->list[table], position), i, change);
            else
                restart(&items->list[table], change->seq + 1, false);
            return;
        }
    }
}

/* --- what stands ----------------------------------------------------------------------------- */

struct comparing {
    struct items *items;
    const char *ident, *name;
};

static const char *shown(const char *text)
{
    return *text != '\0' ? text : _("none");
}

/* `row` NULL: there is none of this position. */
static void compare(
    const struct comparing *comparing, int table, const struct item *item, struct db_statement *row)
{
    for (int i = 0; i < ITEM_CELLS && kinds[table].fields[i] != NULL; i++) {
        const struct item_cell *cell = &item->cell[i];
        const char *told = comparing->items->texts.text + cell->text;
        const char *stands = row != NULL ? db_text(row, AT_CELLS + i) : "";
        if (!cell->known || strcmp(told, stands) == 0)
            continue;
        findings_add(comparing->items->findings, FOUND_STATE, comparing->ident, cell->seq,
            _("%s: \"%s\" in place %" PRId64 " is \"%s\", but its history leads to \"%s\""),
            comparing->name, _(field_named(kinds[table].fields[i])->label), item->position,
            shown(stands), shown(told));
        if (i == 0 && (*told == '\0' || *stands == '\0'))
            return; /* the rest of a row that is not there */
    }
}

static bool next_row(struct items *items, int table, struct error *err)
{
    enum db_step step = db_step(items->rows[table], err);
    items->more[table] = step == DB_ROW;
    return step != DB_FAILED;
}

static bool compare_rows(
    const struct comparing *comparing, int table, int64_t task, struct error *err)
{
    struct items *items = comparing->items;
    struct db_statement *row = items->rows[table];
    const struct item_list *list = &items->list[table];
    const struct item unknown = {0};
    size_t at = 0;
    while (items->more[table] && db_int(row, AT_TASK) <= task) {
        int64_t position = db_int(row, AT_POSITION);
        if (db_int(row, AT_TASK) == task) {
            for (; at < list->count && list->item[at].position < position; at++)
                compare(comparing, table, &list->item[at], NULL);
            bool told = at < list->count && list->item[at].position == position;
            struct item item = told ? list->item[at++] : unknown;
            item.position = position;
            if (!told && list->whole)
                clear_item(&item, 1);
            compare(comparing, table, &item, row);
        }
        if (!next_row(items, table, err))
            return false;
    }
    for (; at < list->count; at++)
        compare(comparing, table, &list->item[at], NULL);
    return true;
}

bool items_end(
    struct items *items, int64_t task, const char *ident, const char *name, struct error *err)
{
    const struct comparing comparing = {items, ident, name};
    for (int table = 0; table < ITEM_TABLES; table++)
        if (!compare_rows(&comparing, table, task, err))
            return false;
    return true;
}
