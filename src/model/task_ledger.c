#include "model/task_ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "column.h"
#include "member.h"
#include "task_rows.h"

enum {
    AT_ONCE = 256,
    GAP_MOST = 4 /* between ids of one range: what lies there is read and left out */
};

struct place {
    int64_t id;
    struct ledger_task *task;
};

/* --- one row of each kind -------------------------------------------------------------------- */

/* Room for one more: 1, 2, 4, 8 .. */
static void *grow(void *block, size_t count, size_t size)
{
    return (count & (count - 1)) == 0 ? alloc_resize(block, count > 0 ? 2 * count : 1, size)
                                      : block;
}

static void add_unit(struct ledger_units *units, int64_t id)
{
    units->id = grow(units->id, units->count, sizeof *units->id);
    units->id[units->count++] = id;
}

static void take_task(struct db_statement *from, struct ledger_task *task)
{
    enum { AT_NUMBER = 2, AT_PART, AT_PROBLEM = TASK_ROW_COLUMN_COUNT };
    task_row_take(from, &task->row);
    task->number = column_line(from, AT_NUMBER);
    task->part = (int)db_int(from, AT_PART);
    task->problem = column_lines(from, AT_PROBLEM);
    task->goal = column_lines(from, AT_PROBLEM + 1);
    task->category = column_line(from, AT_PROBLEM + 2);
    task->deadline_raw = column_line(from, AT_PROBLEM + 3);
    task->officer = column_line(from, AT_PROBLEM + 4);
    task->phone = column_line(from, AT_PROBLEM + 5);
    task->close_document = column_line(from, AT_PROBLEM + 6);
    task->assigned_on = column_date(from, AT_PROBLEM + 7);
    if (task->row.lead_id != 0)
        add_unit(&task->leads, task->row.lead_id);
}

static void take_region(struct db_statement *from, struct ledger_task *task)
{
    add_unit(&task->regions, db_int(from, 1));
}

/* The first lead stands in the task itself. */
static void take_department(struct db_statement *from, struct ledger_task *task)
{
    const char *role = db_text(from, 1);
    int64_t id = db_int(from, 2);
    if (strcmp(role, "responsible") == 0)
        add_unit(&task->responsible, id);
    else if (strcmp(role, "cooperating") == 0)
        add_unit(&task->cooperating, id);
    else if (id != task->row.lead_id)
        add_unit(&task->leads, id);
}

static void take_measure(struct db_statement *from, struct ledger_task *task)
{
    task->measures = grow(task->measures, task->measure_count, sizeof *task->measures);
    task->measures[task->measure_count++] = (struct measure){
        .position = (int)db_int(from, 1),
        .text = column_lines(from, 2),
        .waived = column_lines(from, 3),
        .due_on = column_date(from, 4),
        .done_on = column_date(from, 5),
    };
}

static void take_target(struct db_statement *from, struct ledger_task *task)
{
    task->targets = grow(task->targets, task->target_count, sizeof *task->targets);
    task->targets[task->target_count++] = (struct task_target){
        .position = (int)db_int(from, 1),
        .text = column_line(from, 2),
        .value = column_line(from, 3),
        .unit = column_line(from, 4),
        .by_on = column_date(from, 5),
        .by_raw = column_line(from, 6),
    };
}

static void take_report(struct db_statement *from, struct ledger_task *task)
{
    task->period_start = column_date(from, 1);
    task->period_end = column_date(from, 2);
    task->report = column_lines(from, 3);
    task->problems = column_lines(from, 4);
    task->next_step = column_lines(from, 5);
    task->reporter = column_line(from, 6);
}

static void take_reported(struct db_statement *from, struct ledger_task *task)
{
    moment_t at = column_moment(from, 1);
    if (task->reported_at == LEDGER_NEVER || at > task->reported_at)
        task->reported_at = at;
}

static void take_publicity(struct db_statement *from, struct ledger_task *task)
{
    task->public_from = column_date(from, 1);
    task->public_until = column_date(from, 2);
    task->public_working = strcmp(db_text(from, 3), "working") == 0;
    task->office = column_line(from, 4);
    task->office_phone = column_line(from, 5);
    task->address = column_line(from, 6);
    task->email = column_line(from, 7);
}

static const struct kind {
    enum statement statement;
    unsigned part; /* 0: always */
    void (*take)(struct db_statement *from, struct ledger_task *task);
} kinds[] = {
    {LEDGER_TASK_ROWS, 0, take_task}, /* first: the others ask it */
    {LEDGER_REGION_ROWS, LEDGER_UNITS, take_region},
    {LEDGER_DEPARTMENT_ROWS, LEDGER_UNITS, take_department},
    {LEDGER_MEASURE_ROWS, LEDGER_MEASURES, take_measure},
    {LEDGER_TARGET_ROWS, LEDGER_TARGETS, take_target},
    {LEDGER_REPORT_ROWS, LEDGER_REPORT, take_report},
    {LEDGER_REPORTED_ROWS, LEDGER_REPORTED, take_reported},
    {LEDGER_PUBLICITY_ROWS, LEDGER_PUBLICITY, take_publicity},
};

/* --- some at once ---------------------------------------------------------------------------- */

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

/* Of several places of one id, any. */
static struct ledger_task *task_of(const struct place *places, size_t count, int64_t id)
{
    const struct place key = {.id = id};
    const struct place *found = bsearch(&key, places, count, sizeof *places, compare_places);
    return found != NULL ? found->task : NULL;
}

static bool read_range(struct db_statement *from, const struct kind *kind,
    const struct place *places, size_t count, struct error *err)
{
    enum db_step step;
    db_bind_int(from, 1, places[0].id);
    db_bind_int(from, 2, places[count - 1].id);
    while ((step = db_step(from, err)) == DB_ROW) {
        struct ledger_task *task = task_of(places, count, db_int(from, 0));
        if (task != NULL)
            kind->take(from, task);
    }
    db_reset(from);
    return step != DB_FAILED;
}

/* How many of them lie together: in the order of a ledger, which is that in which tasks were made,
 * nearly all. */
static size_t range_length(const struct place *places, size_t count)
{
    size_t length = 1;
    while (length < count && places[length].id - places[length - 1].id <= GAP_MOST)
        length++;
    return length;
}

static bool read_kind(struct db *db, const struct kind *kind, const struct place *places,
    size_t count, struct error *err)
{
    struct db_statement *from;
    bool good = db_statement(db, kind->statement, &from, err);
    for (size_t first = 0, length; good && first < count; first += length) {
        length = range_length(places + first, count - first);
        good = read_range(from, kind, places + first, length, err);
    }
    return good;
}

/* Those in reach, sorted by id. */
static bool find_places(struct member *reach, const int64_t *ids, size_t count,
    struct ledger_task *tasks, struct place places[static AT_ONCE], size_t *found,
    struct error *err)
{
    bool allowed;
    *found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!member_ask(reach, ids[i], &allowed, err))
            return false;
        if (allowed)
            places[(*found)++] = (struct place){ids[i], &tasks[i]};
    }
    qsort(places, *found, sizeof *places, compare_places);
    return true;
}

static bool read_some(struct model *model, struct member *reach, const struct ledger_batch *batch,
    struct ledger_task *tasks, struct error *err)
{
    struct place places[AT_ONCE];
    size_t found;
    bool good = find_places(reach, batch->ids, batch->count, tasks, places, &found, err);
    for (size_t i = 0; good && i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].part == 0 || (batch->parts & kinds[i].part) != 0)
            good = read_kind(model_db(model), &kinds[i], places, found, err);
    return good;
}

static bool read_all(struct model *model, const struct ledger_batch *batch,
    struct ledger_task *tasks, struct error *err)
{
    struct member reach;
    bool good = member_begin(&reach, model, NULL, err);
    if (!good)
        return false;
    for (size_t first = 0; good && first < batch->count; first += AT_ONCE) {
        size_t left = batch->count - first;
        const struct ledger_batch some = {
            batch->ids + first, left < AT_ONCE ? left : AT_ONCE, batch->parts};
        good = read_some(model, &reach, &some, tasks + first, err);
    }
    member_end(&reach);
    return good;
}

bool task_ledger_read(struct model *model, const struct ledger_batch *batch,
    struct ledger_task *tasks, struct error *err)
{
    static const struct ledger_task none = {.assigned_on = DATE_NONE,
        .reported_at = LEDGER_NEVER,
        .period_start = DATE_NONE,
        .period_end = DATE_NONE,
        .public_from = DATE_NONE,
        .public_until = DATE_NONE};
    for (size_t i = 0; i < batch->count; i++)
        tasks[i] = none;
    if (!db_read_begin(model_db(model), err))
        return false;
    bool good = read_all(model, batch, tasks, err);
    db_read_end(model_db(model));
    for (size_t i = 0; !good && i < batch->count; i++)
        ledger_task_clear(&tasks[i]);
    return good;
}

void ledger_task_clear(struct ledger_task *task)
{
    for (size_t i = 0; i < task->measure_count; i++) {
        free(task->measures[i].text);
        free(task->measures[i].waived);
    }
    for (size_t i = 0; i < task->target_count; i++) {
        free(task->targets[i].text);
        free(task->targets[i].value);
        free(task->targets[i].unit);
        free(task->targets[i].by_raw);
    }
    char *const texts[] = {task->number, task->problem, task->goal, task->category,
        task->deadline_raw, task->officer, task->phone, task->close_document, task->report,
        task->problems, task->next_step, task->reporter, task->office, task->office_phone,
        task->address, task->email};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    free(task->regions.id);
    free(task->leads.id);
    free(task->responsible.id);
    free(task->cooperating.id);
    free(task->measures);
    free(task->targets);
    task_row_clear(&task->row);
    *task = (struct ledger_task){0};
}
