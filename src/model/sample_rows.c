#include "sample_rows.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"

/* --- what the columns hold ----------------------------------------------------------------- */

/* An empty field of what is not required is null, or the first of its words. */
enum type { TEXT, NEEDED, NUMBER, WORD, CHOICE, DAY, DATE, PAST, DEPARTMENT, SPONSOR, SPECIAL };

struct column {
    const char *name;
    enum type type;
    bool required;
    int least, most;            /* NUMBER; WORD: most is how many */
    const struct word *words;   /* WORD */
    const char *const *choices; /* CHOICE */
};

static const char *const results[] = {"passed", "returned", NULL};
static const char *const day_kinds[] = {"working", "calendar", NULL};

static const struct column task_columns[] = {
    {"title", .type = NEEDED},
    {"problem", .type = TEXT},
    {"goal", .type = TEXT},
    {"category", .type = TEXT},
    {"state", .type = WORD, .required = true, .words = task_states, .most = STATE_COUNT},
    {"returned", .type = NUMBER, .required = true, .most = 1},
    {"listed", .type = NUMBER, .required = true, .most = 1},
    {"progress", .type = WORD, .required = true, .words = task_progresses, .most = PROGRESS_COUNT},
    {"percent", .type = NUMBER, .required = true, .most = 100},
    {"deadline", .type = DATE},
    {"deadline_kind", .type = WORD, .required = true, .words = deadline_kinds,
        .most = DEADLINE_KIND_COUNT},
    {"deadline_raw", .type = TEXT},
    {"assigned_on", .type = PAST},
    {"lead", .type = SPECIAL},
    {"supervisor", .type = DEPARTMENT},
    {"regions", .type = SPECIAL},
    {"sponsor", .type = SPONSOR},
    {"responsible", .type = SPECIAL},
    {"officer", .type = TEXT},
    {"phone", .type = TEXT},
    {"done_on", .type = PAST},
    {"submitted_on", .type = PAST},
    {"closed_on", .type = PAST},
    {"close_document", .type = TEXT},
    {.name = NULL},
};
static const struct column measure_columns[] = {
    {"position", .type = NUMBER, .required = true, .least = 1, .most = 999},
    {"text", .type = NEEDED},
    {"due_on", .type = DATE},
    {"done_on", .type = PAST},
    {"waived", .type = TEXT},
    {.name = NULL},
};
static const struct column target_columns[] = {
    {"position", .type = NUMBER, .required = true, .least = 1, .most = 999},
    {"text", .type = NEEDED},
    {"value", .type = TEXT},
    {"unit", .type = TEXT},
    {"by_on", .type = DATE},
    {"by_raw", .type = TEXT},
    {.name = NULL},
};
static const struct column report_columns[] = {
    {"period", .type = DAY, .required = true},
    {"unit", .type = SPECIAL},
    {"reporter", .type = TEXT},
    {"reported_at", .type = DAY, .required = true},
    {"percent", .type = NUMBER, .most = 100},
    {"progress", .type = WORD, .words = task_progresses, .most = PROGRESS_COUNT},
    {"text", .type = TEXT},
    {"problems", .type = TEXT},
    {"next_step", .type = TEXT},
    {.name = NULL},
};
static const struct column notice_columns[] = {
    {"level", .type = WORD, .required = true, .words = notice_levels, .most = NOTICE_LEVEL_COUNT},
    {"document", .type = TEXT},
    {"issuer", .type = TEXT},
    {"reason", .type = TEXT},
    {"issued_on", .type = PAST, .required = true},
    {"reply_due", .type = DATE},
    {"replied_on", .type = PAST},
    {"reply", .type = TEXT},
    {"lifted_on", .type = PAST},
    {.name = NULL},
};
static const struct column review_columns[] = {
    {"level", .type = WORD, .required = true, .words = review_levels, .most = REVIEW_LEVEL_COUNT},
    {"result", .type = CHOICE, .choices = results},
    {"reviewed_on", .type = PAST, .required = true},
    {"department", .type = DEPARTMENT},
    {"reviewer", .type = TEXT},
    {"conclusion", .type = TEXT},
    {.name = NULL},
};
static const struct column publicity_columns[] = {
    {"starts_on", .type = PAST, .required = true},
    {"ends_on", .type = DATE, .required = true},
    {"days", .type = NUMBER, .required = true, .least = 1, .most = 365},
    {"day_kind", .type = CHOICE, .choices = day_kinds},
    {"medium", .type = TEXT},
    {"office", .type = TEXT},
    {"phone", .type = TEXT},
    {"address", .type = TEXT},
    {"email", .type = TEXT},
    {"results", .type = TEXT},
    {.name = NULL},
};
static const struct column objection_columns[] = {
    {"publicity_starts_on", .type = PAST, .required = true},
    {"raised_on", .type = PAST, .required = true},
    {"channel", .type = TEXT},
    {"raiser", .type = TEXT},
    {"text", .type = NEEDED},
    {"settled_on", .type = PAST},
    {"settlement", .type = TEXT},
    {"upheld", .type = NUMBER, .most = 1},
    {.name = NULL},
};
static const struct column extension_columns[] = {
    {"old_deadline", .type = DATE},
    {"new_deadline", .type = DATE, .required = true},
    {"reason", .type = NEEDED},
    {"asked_on", .type = PAST, .required = true},
    {"asked_by", .type = TEXT},
    {"decided_on", .type = PAST},
    {"decided_by", .type = TEXT},
    {"approved", .type = NUMBER, .most = 1},
    {"comment", .type = TEXT},
    {.name = NULL},
};

static const struct kind {
    const char *file;
    const struct column *columns;
} kinds[SAMPLE_KINDS] = {
    [SAMPLE_TASKS] = {"tasks.tsv", task_columns},
    [SAMPLE_MEASURES] = {"measures.tsv", measure_columns},
    [SAMPLE_TARGETS] = {"targets.tsv", target_columns},
    [SAMPLE_REPORTS] = {"reports.tsv", report_columns},
    [SAMPLE_NOTICES] = {"notices.tsv", notice_columns},
    [SAMPLE_REVIEWS] = {"reviews.tsv", review_columns},
    [SAMPLE_PUBLICITIES] = {"publicities.tsv", publicity_columns},
    [SAMPLE_OBJECTIONS] = {"objections.tsv", objection_columns},
    [SAMPLE_EXTENSIONS] = {"extensions.tsv", extension_columns},
};

const char *sample_value_column(enum sample_kind kind, int value)
{
    return kinds[kind].columns[value].name;
}

size_t sample_value_count(enum sample_kind kind)
{
    size_t count = 0;
    while (kinds[kind].columns[count].name)
        count++;
    return kind == SAMPLE_REPORTS ? (size_t)REPORT_DEPARTMENT + 1 : count;
}

date_t sample_row_day(const struct sample_row *row, int value)
{
    return row->value[value].type == VALUE_DAY ? (date_t)row->value[value].number : DATE_NONE;
}

const char *sample_row_text(const struct sample_row *row, int value)
{
    return row->value[value].type == VALUE_TEXT ? row->value[value].text : "";
}

/* --- one value ----------------------------------------------------------------------------- */

struct reading {
    struct sample_rows *rows;
    const struct sample_units *units;
    enum sample_kind kind;
    struct sample_file *file;
    struct sample_row *row;
};

static struct sample_value value_number(int64_t number)
{
    return (struct sample_value){.type = VALUE_NUMBER, .number = number};
}

static struct sample_value value_id(int64_t id)
{
    return (struct sample_value){.type = id ? VALUE_NUMBER : VALUE_NULL, .number = id};
}

static struct sample_value value_day(date_t day)
{
    return (struct sample_value){.type = day == DATE_NONE ? VALUE_NULL : VALUE_DAY, .number = day};
}

static struct sample_value value_text(const char *text, int64_t number)
{
    return (struct sample_value){.type = VALUE_TEXT, .text = text, .number = number};
}

static struct sample_value read_value(struct reading *now, const struct column *column)
{
    struct sample_file *file = now->file;
    const char *name = column->name;
    bool empty = !*(column->required ? sample_needed(file, name) : sample_text(file, name));
    switch (column->type) {
    case NEEDED:
        return value_text(sample_needed(file, name), 0);
    case NUMBER:
        if (empty)
            return value_id(0);
        return value_number(sample_number(file, name, column->least, column->most, 0));
    case WORD:
        if (empty)
            return value_id(0);
        int word = sample_word(file, name, column->words, (size_t)column->most, 0);
        return value_text(column->words[word].name, word);
    case CHOICE:
        return value_text(sample_choice(file, name, column->choices), 0);
    case DAY:
        return value_day(sample_day(file, name));
    case DATE:
        return value_day(sample_date(file, name));
    case PAST:
        return value_day(sample_past(file, name));
    case DEPARTMENT:
        return value_id(sample_department_id(now->units, file, name, sample_text(file, name)));
    case SPONSOR:
        return value_id(sample_sponsor_id(now->units, file, name));
    case TEXT:
    case SPECIAL:
        break;
    }
    return value_text(sample_text(file, name), 0);
}

/* --- one row ------------------------------------------------------------------------------- */

static size_t find_task(
    const struct sample_rows *rows, const char *source, const char *number, int part)
{
    size_t count = rows->table[SAMPLE_TASKS].count;
    for (size_t i = 0; i < count; i++) {
        const struct sample_task *task = &rows->task[i];
        if (task->part == part && strcmp(task->number, number) == 0 &&
            strcmp(task->source->code, source) == 0)
            return i;
    }
    return count;
}

typedef int64_t find_unit(const struct sample_units *units, struct sample_file *file,
    const char *column, const char *name);

static size_t read_units(struct reading *now, const char *column, find_unit *find, int64_t *ids)
{
    char *pieces[SAMPLE_LIST_MOST];
    size_t count = sample_list(now->file, column, pieces);
    for (size_t i = 0; i < count; i++) {
        ids[i] = find(now->units, now->file, column, pieces[i]);
        for (size_t before = 0; before < i; before++) {
            if (ids[before] == ids[i])
                sample_fault(now->file, column, _("\"%s\" is named twice"), pieces[i]);
        }
    }
    return count;
}

static void check_task(struct reading *now, const struct sample_task *task)
{
    const struct sample_row *row = now->row;
    struct sample_file *file = now->file;
    bool closed = row->value[TASK_STATE].number == STATE_CLOSED;
    bool dated = row->value[TASK_DEADLINE].type == VALUE_DAY;
    int64_t kind = row->value[TASK_DEADLINE_KIND].number;
    if (task->regions == 0)
        sample_fault(file, "regions", _("a task needs at least one region"));
    if (closed != (row->value[TASK_CLOSED_ON].type == VALUE_DAY))
        sample_fault(
            file, "closed_on", _("closed tasks have the day they were closed, others none"));
    if ((kind == DEADLINE_DATE || kind == DEADLINE_DATE_ONGOING) && !dated)
        sample_fault(file, "deadline", _("a deadline of this kind needs a date"));
    if (kind == DEADLINE_ONGOING && dated)
        sample_fault(file, "deadline", _("an ongoing task has no date"));
    if (row->value[TASK_RETURNED].number && row->value[TASK_STATE].number != STATE_IN_PROGRESS)
        sample_fault(file, "returned", _("only a task in progress can be marked as sent back"));
}

static void read_task(struct reading *now)
{
    struct sample_rows *rows = now->rows;
    struct sample_file *file = now->file;
    size_t index = rows->table[SAMPLE_TASKS].count;
    struct sample_task task = {
        .source = sample_source_of(now->units, file, "source"),
        .number = sample_needed(file, "number"),
        .part = sample_number(file, "part", 0, 999, 0),
        .parent = index,
        .position = (int)index,
    };
    if (file->failed)
        return;
    size_t same = find_task(rows, task.source->code, task.number, task.part);
    if (same < index)
        sample_fault(file, "number", _("line %d has this task already"),
            rows->table[SAMPLE_TASKS].row[same].line);
    if (task.part > 0) {
        task.parent = find_task(rows, task.source->code, task.number, 0);
        if (task.parent == index)
            sample_fault(file, "part", _("the task it is a part of must stand above it"));
    }
    char part[16];
    snprintf(part, sizeof part, task.part ? ".%d" : "", task.part);
    snprintf(task.ident, sizeof task.ident, "%s-%s%s", task.source->code, task.number, part);
    task.regions = read_units(now, "regions", sample_region_id, task.region);
    task.leads = read_units(now, "lead", sample_department_id, task.lead);
    task.responsibles = read_units(now, "responsible", sample_department_id, task.responsible);
    now->row->value[TASK_REGION] = value_id(task.regions ? task.region[0] : 0);
    now->row->value[TASK_LEAD] = value_id(task.leads ? task.lead[0] : 0);
    now->row->value[TASK_SOURCE] = value_id(task.source->id);
    check_task(now, &task);
    now->row->task = index;
    rows->task = alloc_grow(rows->task, &rows->task_capacity, index + 1, sizeof *rows->task);
    rows->task[index] = task;
}

/* A period is counted back from today's as it was from the reference day's, so that what was the
 * last one then is the last one now, and the report comes as many days after its end. */
static void shift_report(struct reading *now, enum rhythm rhythm)
{
    const struct sample_clock *clock = now->file->clock;
    struct sample_row *row = now->row;
    date_t start = date_period_start(rhythm, sample_row_day(row, REPORT_START));
    date_t late = sample_row_day(row, REPORT_AT) - date_period_end(rhythm, start);
    date_t old = date_period_start(rhythm, clock->reference);
    date_t new = date_period_start(rhythm, clock->today);
    if (sample_row_day(row, REPORT_AT) > clock->reference)
        sample_fault(
            now->file, "reported_at", _("it has not come yet on the day the files tell of"));
    if (start > old || sample_row_day(row, REPORT_AT) < start)
        sample_fault(now->file, "period", _("the report is older than its period"));
    for (; old > start; old = date_period_start(rhythm, old - 1))
        new = date_period_start(rhythm, new - 1);
    date_t end = date_period_end(rhythm, new);
    date_t given = end + late < new ? new : end + late;
    row->value[REPORT_START] = value_day(new);
    row->value[REPORT_END] = value_day(end);
    row->value[REPORT_AT] = value_day(given > clock->today ? clock->today : given);
}

static void read_report(struct reading *now)
{
    const char *unit = sample_needed(now->file, "unit");
    enum rhythm rhythm = now->rows->task[now->row->task].source->rhythm;
    if (rhythm == RHYTHM_NONE)
        sample_fault(now->file, "period", _("the tasks of this source owe no reports"));
    if (now->file->failed)
        return;
    bool region = true;
    for (const char *at = unit; *at; at++)
        region = region && (unsigned char)*at < 0x80;
    int64_t id = region ? sample_region_id(now->units, now->file, "unit", unit)
                        : sample_department_id(now->units, now->file, "unit", unit);
    now->row->value[REPORT_REGION] = value_id(region ? id : 0);
    now->row->value[REPORT_DEPARTMENT] = value_id(region ? 0 : id);
    shift_report(now, rhythm);
}

static void read_objection(struct reading *now)
{
    const struct sample_table *table = &now->rows->table[SAMPLE_PUBLICITIES];
    date_t starts_on = sample_row_day(now->row, OBJECTION_PUBLICITY);
    for (size_t i = 0; i < table->count; i++) {
        if (table->row[i].task == now->row->task &&
            sample_row_day(&table->row[i], PUBLICITY_STARTS_ON) == starts_on) {
            now->row->value[OBJECTION_PUBLICITY] = value_id(table->row[i].id);
            return;
        }
    }
    sample_fault(
        now->file, "publicity_starts_on", _("this task has no publicity that starts then"));
}

/* The row's task, and what its kind makes of the columns. */
static void read_row(struct reading *now)
{
    struct sample_file *file = now->file;
    const struct column *columns = kinds[now->kind].columns;
    for (int i = 0; columns[i].name; i++)
        now->row->value[i] = read_value(now, &columns[i]);
    if (now->kind == SAMPLE_TASKS) {
        read_task(now);
        return;
    }
    const char *source = sample_needed(file, "source"), *number = sample_needed(file, "number");
    int part = sample_number(file, "part", 0, 999, 0);
    now->row->task = find_task(now->rows, source, number, part);
    if (now->row->task == now->rows->table[SAMPLE_TASKS].count)
        sample_fault(file, "number", _("there is no task %s-%s part %d"), source, number, part);
    if (file->failed)
        return;
    if (now->kind == SAMPLE_REPORTS)
        read_report(now);
    else if (now->kind == SAMPLE_OBJECTIONS)
        read_objection(now);
}

/* --- files --------------------------------------------------------------------------------- */

static bool read_table(struct sample_rows *rows, const struct sample_units *units,
    enum sample_kind kind, const char *folder, const struct sample_clock *clock, struct error *err)
{
    struct sample_table *table = &rows->table[kind];
    struct strbuf names = {0};
    strbuf_add(&names, "source number part");
    for (const struct column *column = kinds[kind].columns; column->name; column++)
        strbuf_format(&names, " %s", column->name);
    bool open =
        sample_file_open(&table->file, folder, kinds[kind].file, strbuf_text(&names), clock, err);
    strbuf_clear(&names);
    while (open && sample_file_next(&table->file)) {
        struct sample_row row = {.line = table->file.line, .id = (int64_t)table->count + 1};
        struct reading now = {rows, units, kind, &table->file, &row};
        read_row(&now);
        if (table->file.failed)
            break;
        table->row = alloc_grow(table->row, &table->capacity, table->count + 1, sizeof *table->row);
        table->row[table->count++] = row;
    }
    return open && !table->file.failed;
}

bool sample_rows_read(struct sample_rows *rows, const struct sample_units *units,
    const char *folder, const struct sample_clock *clock, struct error *err)
{
    for (enum sample_kind kind = SAMPLE_TASKS; kind < SAMPLE_KINDS; kind++) {
        if (!read_table(rows, units, kind, folder, clock, err))
            return false;
    }
    return true;
}

void sample_rows_clear(struct sample_rows *rows)
{
    for (enum sample_kind kind = SAMPLE_TASKS; kind < SAMPLE_KINDS; kind++) {
        sample_file_close(&rows->table[kind].file);
        free(rows->table[kind].row);
    }
    free(rows->task);
    *rows = (struct sample_rows){0};
}
