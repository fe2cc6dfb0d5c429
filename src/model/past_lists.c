/* Regions and departments of one task. Lines of duban hold a list whole; those of scripts only what
 * came or went, so the lists are walked back line by line, the newest first. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "past_parts.h"

enum list_name { LIST_REGION, LIST_LEAD, LIST_RESPONSIBLE, LIST_COOPERATING, LISTS };
static const char *const list_names[LISTS] = {"region", "lead", "responsible", "cooperating"};

struct list {
    int64_t ids[FIELD_LIST_MOST];
    size_t count;
};

/* The first lead stands in the task's own row, the list has the others; of the regions the list has
 * all. */
struct lists {
    int64_t first_lead;
    struct list list[LISTS];
};

static void list_remove(struct list *list, int64_t id)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->ids[i] != id)
            list->ids[kept++] = list->ids[i];
    list->count = kept;
}

static void list_insert(struct list *list, size_t at, int64_t id)
{
    list_remove(list, id);
    if (id == 0 || list->count == FIELD_LIST_MOST)
        return;
    at = at < list->count ? at : list->count;
    memmove(list->ids + at + 1, list->ids + at, (list->count - at) * sizeof *list->ids);
    list->ids[at] = id;
    list->count++;
}

static bool read_list(const struct past *past, int64_t task_id, enum list_name name,
    struct list *list, struct error *err)
{
    struct db_statement *rows;
    enum db_step step;
    if (!db_statement(past->db, name == LIST_REGION ? PAST_REGIONS : PAST_DEPARTMENTS, &rows, err))
        return false;
    db_bind_int(rows, 1, task_id);
    if (name != LIST_REGION)
        db_bind_text(rows, 2, list_names[name]);
    while ((step = db_step(rows, err)) == DB_ROW)
        list_insert(list, list->count, db_int(rows, 0));
    db_reset(rows);
    return step == DB_DONE;
}

static bool read_lists(
    const struct past *past, int64_t task_id, struct lists *lists, struct error *err)
{
    struct db_statement *row;
    if (!db_statement(past->db, PAST_LEAD, &row, err))
        return false;
    db_bind_int(row, 1, task_id);
    enum db_step step = db_step(row, err);
    lists->first_lead = step == DB_ROW ? db_int(row, 0) : 0;
    db_reset(row);
    for (int i = 0; step != DB_FAILED && i < LISTS; i++)
        if (!read_list(past, task_id, (enum list_name)i, &lists->list[i], err))
            return false;
    return step != DB_FAILED;
}

/* --- line by line ---------------------------------------------------------------------------- */

/* Another takes the place of the one in the task's own row, or one comes (`from` 0) or goes (`to`
 * 0). Of a department the line does not tell the role. */
static void step_outside(struct lists *lists, const char *field, int64_t from, int64_t to)
{
    struct list *regions = &lists->list[LIST_REGION];
    if (strcmp(field, "lead") == 0) {
        lists->first_lead = to;
    } else if (strcmp(field, "department") == 0) {
        for (int i = LIST_LEAD; i < LISTS; i++)
            list_remove(&lists->list[i], from);
        list_insert(&lists->list[LIST_RESPONSIBLE], FIELD_LIST_MOST, to);
    } else {
        list_remove(regions, from);
        list_insert(regions, from != 0 && to != 0 ? 0 : FIELD_LIST_MOST, to);
    }
}

/* A whole list as duban's lines hold it. */
static void step_list(struct lists *lists, enum list_name name, const char *value)
{
    struct list *list = &lists->list[name];
    list->count = field_ids(value, list->ids);
    if (name != LIST_LEAD)
        return;
    lists->first_lead = list->count > 0 ? list->ids[0] : 0;
    list_remove(list, lists->first_lead);
}

/* Columns of PAST_LISTS and PAST_LISTS_TOLD. */
enum { AT_OUTSIDE, AT_FIELD, AT_BEFORE, AT_AFTER };

static void step_line(struct lists *lists, struct db_statement *row, int from, int to)
{
    const char *field = db_text(row, AT_FIELD);
    if (db_int(row, AT_OUTSIDE) != 0)
        step_outside(lists, field, strtoll(db_text(row, from), NULL, 10),
            strtoll(db_text(row, to), NULL, 10));
    for (int i = 0; i < LISTS && db_int(row, AT_OUTSIDE) == 0; i++)
        if (strcmp(field, list_names[i]) == 0)
            step_list(lists, (enum list_name)i, db_text(row, to));
}

/* Back through the lines after the cut, or on through those before. */
static bool walk(
    const struct past *past, int64_t task_id, bool back, struct lists *lists, struct error *err)
{
    struct db_statement *rows;
    enum db_step step;
    if (!db_statement(past->db, back ? PAST_LISTS : PAST_LISTS_TOLD, &rows, err))
        return false;
    db_bind_int(rows, 1, task_id);
    db_bind_int(rows, 2, past->seq);
    while ((step = db_step(rows, err)) == DB_ROW)
        step_line(lists, rows, back ? AT_AFTER : AT_BEFORE, back ? AT_BEFORE : AT_AFTER);
    db_reset(rows);
    return step == DB_DONE;
}

/* From what is there now back; of a task that is no more from its first line on, where that tells.
 */
static bool find_lists(
    const struct past *past, int64_t task_id, struct lists *lists, struct error *err)
{
    const struct list *regions = &lists->list[LIST_REGION];
    if (!read_lists(past, task_id, lists, err))
        return false;
    bool gone = regions->count == 0;
    if (gone && !walk(past, task_id, false, lists, err))
        return false;
    bool told = gone && regions->count > 0;
    return told || walk(past, task_id, true, lists, err);
}

/* --- written --------------------------------------------------------------------------------- */

static bool add(const struct past *past, int64_t task_id, enum list_name name, int64_t id,
    size_t position, struct error *err)
{
    bool region = name == LIST_REGION;
    struct db_statement *row;
    int index = 3;
    if (!db_statement(past->db, region ? CHANGE_ADD_REGION : CHANGE_ADD_DEPARTMENT, &row, err))
        return false;
    db_bind_int(row, 1, id);
    db_bind_int(row, 2, task_id);
    if (!region)
        db_bind_text(row, index++, list_names[name]);
    db_bind_int(row, index++, (int64_t)position);
    db_bind_int(row, index, past->seq);
    return db_run(row, err);
}

static bool empty(const struct past *past, int64_t task_id, struct error *err)
{
    static const enum statement clear[] = {PAST_CLEAR_REGIONS, PAST_CLEAR_DEPARTMENTS};
    for (int i = 0; i < 2; i++) {
        struct db_statement *rows;
        if (!db_statement(past->db, clear[i], &rows, err))
            return false;
        db_bind_int(rows, 1, task_id);
        if (!db_run(rows, err))
            return false;
    }
    return true;
}

static bool put_firsts(
    const struct past *past, int64_t task_id, const struct lists *lists, struct error *err)
{
    const struct list *regions = &lists->list[LIST_REGION];
    struct db_statement *set;
    if (!db_statement(past->db, PAST_FIRSTS, &set, err))
        return false;
    db_bind_int(set, 1, task_id);
    if (regions->count > 0)
        db_bind_int(set, 2, regions->ids[0]);
    if (lists->first_lead != 0)
        db_bind_int(set, 3, lists->first_lead);
    return db_run(set, err);
}

bool past_lists(const struct past *past, int64_t task_id, struct error *err)
{
    struct lists lists = {0};
    if (!find_lists(past, task_id, &lists, err) || !empty(past, task_id, err) ||
        !put_firsts(past, task_id, &lists, err))
        return false;
    for (int i = 0; i < LISTS; i++)
        for (size_t at = 0; at < lists.list[i].count; at++)
            if (!add(past, task_id, (enum list_name)i, lists.list[i].ids[at], at, err))
                return false;
    return true;
}
