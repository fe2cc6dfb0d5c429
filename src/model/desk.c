/* Who owes what: the ids of each section, and one place for each task. */
#include "model/desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "column.h"
#include "desk_parts.h"
#include "member.h"
#include "model/task_list.h"
#include "model/workflow.h"

const struct desk_section_row desk_sections[DESK_SECTION_COUNT] = {
    [DESK_RETURNED] = {"returned", N_("Sent back")},
    [DESK_REPLY_DUE] = {"reply_due", N_("Replies to notices")},
    [DESK_TO_DECIDE] = {"to_decide", N_("To decide")},
    [DESK_OVERDUE] = {"overdue", N_("Overdue")},
    [DESK_REPORT_DUE] = {"report_due", N_("Reports due")},
    [DESK_DUE_SOON] = {"due_soon", N_("Due soon")},
};

struct desk {
    struct desk_entry *entry;
    size_t count, capacity;
    size_t size[DESK_SECTION_COUNT];
};

/* What is needed while it is read. */
struct reading {
    struct model *model;
    struct desk *desk;
};

static void add(struct reading *reading, const struct desk_entry *entry)
{
    struct desk *desk = reading->desk;
    desk->entry = alloc_grow(desk->entry, &desk->capacity, desk->count + 1, sizeof *desk->entry);
    desk->entry[desk->count] = *entry;
    desk->entry[desk->count].order = (uint32_t)desk->count;
    desk->count++;
}

/* --- what the calendar and the checks say ---------------------------------------------------- */

static const struct {
    enum desk_section section;
    enum query_flag flag;
} flagged[] = {
    {DESK_RETURNED, FLAG_RETURNED},
    {DESK_OVERDUE, FLAG_OVERDUE},
    {DESK_REPORT_DUE, FLAG_UNREPORTED},
    {DESK_DUE_SOON, FLAG_DUE_SOON},
};
enum { FLAGGED = sizeof flagged / sizeof *flagged };

static bool add_listed(
    struct reading *reading, enum desk_section section, const struct sql *sql, struct error *err)
{
    struct db_statement *ids;
    enum db_step step;
    if (!db_prepare(model_db(reading->model), strbuf_text(&sql->text), &ids, err))
        return false;
    sql_bind(ids, sql, 0);
    while ((step = db_step(ids, err)) == DB_ROW)
        add(reading, &(struct desk_entry){.id = db_int(ids, 0), .section = (uint8_t)section});
    db_finish(ids);
    return step != DB_FAILED;
}

/* As a list with that filter would find them, which knows indexes and reach. */
static bool read_flagged(
    struct reading *reading, enum desk_section section, enum query_flag flag, struct error *err)
{
    const struct query query = {.kind = QUERY_FLAG, .flag = flag};
    const struct sort by_due = {SORT_DUE, false};
    struct sql sql = {0};
    struct query_error wrong;
    if (!query_sql_list(reading->model, &query, &by_due, &sql, &wrong))
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    bool ok = add_listed(reading, section, &sql, err);
    sql_clear(&sql);
    return ok;
}

/* --- what waits for somebody ----------------------------------------------------------------- */

/* What a statement's $1 is. */
struct asked {
    enum { ASK_NOTHING, ASK_NUMBER, ASK_DAY } what;
    int64_t number; /* or a day */
};

static void bind(struct db_statement *rows, const struct asked *asked)
{
    char iso[11];
    if (asked->what == ASK_NUMBER)
        db_bind_int(rows, 1, asked->number);
    if (asked->what == ASK_DAY)
        db_bind_text(rows, 1, date_format((date_t)asked->number, iso));
}

/* Rows of a task and a day. */
static bool add_waiting(struct reading *reading, struct db_statement *rows,
    const struct desk_entry *kind, struct error *err)
{
    enum db_step step;
    while ((step = db_step(rows, err)) == DB_ROW) {
        struct desk_entry entry = *kind;
        entry.id = db_int(rows, 0);
        entry.since = column_date(rows, 1);
        add(reading, &entry);
    }
    return step != DB_FAILED;
}

static bool read_waiting_within(struct reading *reading, enum statement id,
    const struct asked *asked, const struct desk_entry *kind, struct error *err)
{
    struct db *db = model_db(reading->model);
    struct sql sql = {0};
    struct query_error wrong;
    struct db_statement *rows;
    if (!query_sql_within(reading->model, statement_sql(id), &sql, &wrong))
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    bool ok = db_prepare(db, strbuf_text(&sql.text), &rows, err);
    if (ok) {
        bind(rows, asked);
        sql_bind(rows, &sql, 1);
        ok = add_waiting(reading, rows, kind, err);
        db_finish(rows);
    }
    sql_clear(&sql);
    return ok;
}

static bool read_waiting(struct reading *reading, enum statement id, const struct asked *asked,
    const struct desk_entry *kind, struct error *err)
{
    struct db_statement *rows;
    if (model_reach(reading->model) != NULL)
        return read_waiting_within(reading, id, asked, kind, err);
    if (!db_statement(model_db(reading->model), id, &rows, err))
        return false;
    bind(rows, asked);
    bool ok = add_waiting(reading, rows, kind, err);
    db_reset(rows);
    return ok;
}

static bool read_replies(struct reading *reading, struct error *err)
{
    const struct today *today = model_today(reading->model);
    const struct asked asked = {ASK_DAY, today->date + today->due_soon_days};
    const struct desk_entry kind = {.section = DESK_REPLY_DUE};
    return read_waiting(reading, DESK_REPLIES, &asked, &kind, err);
}

/* Who has it on the desk: of those the workflow lets do `action`, the roles in `who`. $1 is the
 * department that supervises (0: any), or a day so many days ago. */
#define OFFICE (PERSON_BIT(PERSON_OFFICER) | PERSON_BIT(PERSON_ADMIN))
#define DEPARTMENT PERSON_BIT(PERSON_DEPARTMENT)
static const struct {
    const char *action;
    unsigned who;
    enum statement statement;
    struct asked asked; /* a day: so many days ago */
} decisions[DECISION_COUNT] = {
    [DECIDE_OBJECTION] = {"settle", OFFICE, DESK_OBJECTIONS, {ASK_NOTHING, 0}},
    [DECIDE_CLOSE] = {"close", OFFICE, DESK_NOTICES_OVER, {ASK_DAY, 0}},
    [DECIDE_PUBLICISE] = {"publicise", OFFICE, DESK_PASSED, {ASK_NOTHING, 0}},
    [DECIDE_EXTENSION] = {"approve", OFFICE | DEPARTMENT, DESK_EXTENSIONS, {ASK_NUMBER, 0}},
    [DECIDE_ACCEPT] = {"accept", OFFICE | DEPARTMENT, DESK_SUBMITTED, {ASK_NUMBER, 0}},
    [DECIDE_PASS] = {"pass", DEPARTMENT, DESK_IN_REVIEW, {ASK_NUMBER, 0}},
    [DECIDE_PASS_ALONE] = {"pass", OFFICE, DESK_UNSUPERVISED, {ASK_NOTHING, 0}},
    [DECIDE_UNACCEPTED] = {"notice", OFFICE, DESK_UNACCEPTED, {ASK_DAY, TASK_UNACCEPTED_DAYS}},
};

static bool read_decision(struct reading *reading, enum decision decision, struct error *err)
{
    const struct person *person = model_person(reading->model);
    const struct desk_entry kind = {.section = DESK_TO_DECIDE, .decision = (uint8_t)decision};
    unsigned may = workflow_find(decisions[decision].action)->may & decisions[decision].who;
    struct asked asked = decisions[decision].asked;
    if (!(may & PERSON_BIT(person->role)))
        return true;
    if (asked.what == ASK_DAY)
        asked.number = model_today(reading->model)->date - asked.number;
    else if (person->role == PERSON_DEPARTMENT)
        asked.number = person->department_id;
    return read_waiting(reading, decisions[decision].statement, &asked, &kind, err);
}

/* --- one place for each task ----------------------------------------------------------------- */

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_task(const void *left, const void *right)
{
    const struct desk_entry *a = left, *b = right;
    int order = compare(a->id, b->id);
    if (order == 0)
        order = compare(a->section, b->section);
    return order != 0 ? order : compare(a->order, b->order);
}

static int by_place(const void *left, const void *right)
{
    const struct desk_entry *a = left, *b = right;
    int order = compare(a->section, b->section);
    if (order == 0 && (a->section == DESK_REPLY_DUE || a->section == DESK_TO_DECIDE))
        order = compare(a->since, b->since);
    return order != 0 ? order : compare(a->order, b->order);
}

static void place(struct desk *desk)
{
    size_t kept = 0;
    if (desk->count == 0)
        return;
    qsort(desk->entry, desk->count, sizeof *desk->entry, by_task);
    for (size_t i = 1; i < desk->count; i++) {
        if (desk->entry[i].id != desk->entry[kept].id)
            desk->entry[++kept] = desk->entry[i];
        else if (desk->entry[i].section != desk->entry[kept].section)
            desk->entry[kept].also |= DESK_BIT(desk->entry[i].section);
    }
    desk->count = kept + 1;
    qsort(desk->entry, desk->count, sizeof *desk->entry, by_place);
    for (size_t i = 0; i < desk->count; i++)
        desk->size[desk->entry[i].section]++;
}

static bool read_all(struct reading *reading, struct error *err)
{
    bool ok = read_replies(reading, err);
    for (int i = 0; ok && i < DECISION_COUNT; i++)
        ok = read_decision(reading, (enum decision)i, err);
    for (int i = 0; ok && i < FLAGGED; i++)
        ok = read_flagged(reading, flagged[i].section, flagged[i].flag, err);
    return ok;
}

bool desk_read(struct model *model, struct desk **out, struct error *err)
{
    struct reading reading = {.model = model};
    if (!db_read_begin(model_db(model), err))
        return false;
    reading.desk = alloc_zero(1, sizeof *reading.desk);
    bool ok = read_all(&reading, err);
    db_read_end(model_db(model));
    if (!ok) {
        desk_free(reading.desk);
        return false;
    }
    place(reading.desk);
    *out = reading.desk;
    return true;
}

void desk_free(struct desk *desk)
{
    if (desk == NULL)
        return;
    free(desk->entry);
    free(desk);
}

/* --- what stands on it ----------------------------------------------------------------------- */

size_t desk_count(const struct desk *desk)
{
    return desk->count;
}

size_t desk_section_size(const struct desk *desk, enum desk_section section)
{
    return desk->size[section];
}

const struct desk_entry *desk_entry_at(const struct desk *desk, size_t index)
{
    return &desk->entry[index];
}

int64_t desk_id(const struct desk *desk, size_t index)
{
    return desk->entry[index].id;
}

enum desk_section desk_section_of(const struct desk *desk, size_t index)
{
    return (enum desk_section)desk->entry[index].section;
}

bool desk_find(const struct desk *desk, int64_t id, size_t *index)
{
    for (size_t i = 0; i < desk->count; i++)
        if (desk->entry[i].id == id) {
            *index = i;
            return true;
        }
    return false;
}

static bool read_items(struct model *model, const struct desk *desk, size_t first, size_t count,
    struct desk_item *items, struct error *err)
{
    int64_t *ids = alloc_zero(count + 1, sizeof *ids);
    struct task_row *rows = alloc_zero(count + 1, sizeof *rows);
    for (size_t i = 0; i < count; i++)
        ids[i] = desk->entry[first + i].id;
    bool ok = task_rows_read(model, ids, count, rows, err);
    for (size_t i = 0; i < count; i++) {
        const struct desk_entry *entry = &desk->entry[first + i];
        items[i] = (struct desk_item){.row = rows[i],
            .section = (enum desk_section)entry->section,
            .also = entry->also,
            .due = DATE_NONE};
        ok = ok && (rows[i].id == 0 || desk_reason(model, entry, &items[i], err));
    }
    free(rows);
    free(ids);
    return ok;
}

bool desk_items_read(struct model *model, const struct desk *desk, size_t first, size_t count,
    struct desk_item *items, struct error *err)
{
    memset(items, 0, count * sizeof *items);
    if (!db_read_begin(model_db(model), err))
        return false;
    bool ok = read_items(model, desk, first, count, items, err);
    db_read_end(model_db(model));
    for (size_t i = 0; !ok && i < count; i++)
        desk_item_clear(&items[i]);
    return ok;
}

void desk_item_clear(struct desk_item *item)
{
    task_row_clear(&item->row);
    free(item->reason);
    *item = (struct desk_item){0};
}

bool desk_days_left(const struct desk_item *item, const struct today *today, int *days)
{
    *days = item->due != DATE_NONE ? item->due - today->date : 0;
    return item->due != DATE_NONE;
}
