/* check_items: the measures and goals of one task, followed through its history row by row and
 * compared with those that stand.
 *
 * A row is known by its position, and a cell from the first line that tells of it; all of them are
 * known of a task that the history begins with. What was changed outside duban is told without the
 * position: from there on nothing is known of that table, until a line tells it anew. */
#ifndef MODEL_CHECK_ITEMS_H
#define MODEL_CHECK_ITEMS_H

#include "base/strbuf.h"
#include "model/check.h"
#include "store/db.h"

#define ITEM_TABLES 2
#define ITEM_CELLS 5

struct item_cell {
    bool known;
    int64_t seq; /* of the line that told it */
    size_t text; /* in `texts` */
};
struct item {
    int64_t position;
    struct item_cell cell[ITEM_CELLS]; /* the first is the text, "" of a row that is gone */
};
struct item_list {
    bool whole; /* rows that no line told of are not there */
    struct item *item;
    size_t count, capacity;
};
struct items {
    struct findings *findings;
    struct db_statement *rows[ITEM_TABLES];
    bool more[ITEM_TABLES]; /* a row is waiting */
    struct item_list list[ITEM_TABLES];
    struct strbuf texts;
};

/* One reading, within a transaction; the tasks in the order of their ids. */
bool items_open(struct items *items, struct db *db, struct findings *findings, struct error *err);
void items_close(struct items *items);

void items_begin(struct items *items); /* a task */
/* Of one line, in whatever order: `name` is that of the history ("measure.3"). */
struct items_change {
    int64_t seq;
    bool outside;
    const char *name, *before, *after;
};
void items_change(struct items *items, const struct items_change *change);
/* What stands of the task. `name` is the task's in a sentence. */
bool items_end(
    struct items *items, int64_t task, const char *ident, const char *name, struct error *err);

#endif
