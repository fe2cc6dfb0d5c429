#include "exchange/ledger_column.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "exchange/ledger_field.h"
#include "model/deadline.h"
#include "model/field.h"
#include "model/target_lines.h"

/* --- values ---------------------------------------------------------------------------------- */

static void put_text(struct ledger_cell *out, const char *text)
{
    strbuf_add(&out->text, text != NULL ? text : "");
    out->empty = out->text.length == 0;
}

static void put_date(struct ledger_cell *out, date_t date)
{
    out->date = date;
    out->empty = date == DATE_NONE;
}

static void put_count(struct ledger_cell *out, int number)
{
    out->number = number;
    out->empty = false;
}

static void put_units(const struct ledger_env *env, enum unit_kind kind,
    const struct ledger_units *units, struct ledger_cell *out)
{
    for (size_t i = 0; i < units->count; i++) {
        strbuf_add(&out->text, i > 0 ? "、" : "");
        strbuf_add(&out->text, unit_names_get(env->names, kind, units->id[i]));
    }
    out->empty = out->text.length == 0;
}

#define COLUMN(name)                                                                               \
    static void put_##name(                                                                        \
        const struct ledger_env *env, const struct ledger_task *task, struct ledger_cell *out)
/* Most values stand in the task as they are. */
#define VALUE(name, put, value)                                                                    \
    COLUMN(name)                                                                                   \
    {                                                                                              \
        (void)env;                                                                                 \
        put(out, value);                                                                           \
    }
#define UNITS(name, kind, list)                                                                    \
    COLUMN(name)                                                                                   \
    {                                                                                              \
        put_units(env, kind, &task->list, out);                                                    \
    }
#define UNIT(name, kind, unit)                                                                     \
    COLUMN(name)                                                                                   \
    {                                                                                              \
        put_text(out, unit_names_get(env->names, kind, task->row.unit));                           \
    }
#define WORD(name, table, index)                                                                   \
    COLUMN(name)                                                                                   \
    {                                                                                              \
        (void)env;                                                                                 \
        put_text(out, _(table[task->row.index].label));                                            \
    }

UNIT(source, UNIT_SOURCE, source_id)
VALUE(title, put_text, task->row.title)
VALUE(problem, put_text, task->problem)
VALUE(goal, put_text, task->goal)
UNITS(region, UNIT_REGION, regions)
UNITS(lead, UNIT_DEPARTMENT, leads)
UNITS(responsible, UNIT_DEPARTMENT, responsible)
UNITS(cooperating, UNIT_DEPARTMENT, cooperating)
UNIT(supervisor, UNIT_DEPARTMENT, supervisor_id)
UNIT(sponsor, UNIT_SPONSOR, sponsor_id)
VALUE(officer, put_text, task->officer)
VALUE(phone, put_text, task->phone)
VALUE(category, put_text, task->category)
VALUE(assigned_on, put_date, task->assigned_on)
WORD(state, task_states, state)
WORD(progress, task_progresses, progress)
VALUE(percent, put_count, task->row.percent)
VALUE(report, put_text, task->report)
VALUE(problems, put_text, task->problems)
VALUE(next_step, put_text, task->next_step)
VALUE(period, put_date, task->period_start)
VALUE(period_end, put_date, task->period_end)
VALUE(done_on, put_date, task->row.done_on)
VALUE(publicity, put_date, task->public_from)
VALUE(ends_on, put_date, task->public_until)
VALUE(office, put_text, task->office)
VALUE(office_phone, put_text, task->office_phone)
VALUE(address, put_text, task->address)
VALUE(email, put_text, task->email)
VALUE(closed_on, put_date, task->row.closed_on)
VALUE(close_document, put_text, task->close_document)
VALUE(due, put_date, task->row.due_on)
VALUE(reported, put_date, task->row.reported_on)
VALUE(by, put_text, task->row.updated_by)
VALUE(version, put_count, (int)task->row.version)

/* With its source and part, since a number alone may be that of a task in every source. */
COLUMN(number)
{
    const struct source *source = units_source(env->units, task->row.source_id);
    strbuf_add(&out->text, source != NULL ? source->code : "?");
    strbuf_add_char(&out->text, '-');
    strbuf_add(&out->text, task->number);
    if (task->part > 0)
        strbuf_format(&out->text, ".%d", task->part);
    out->empty = false;
}

COLUMN(day_kind)
{
    (void)env;
    out->empty = task->public_from == DATE_NONE;
    if (out->empty)
        return;
    const struct field *field = field_find("day_kind", NULL);
    for (size_t i = 0; i < field->word_count; i++)
        if (strcmp(field->words[i].name, task->public_working ? "working" : "calendar") == 0)
            strbuf_add(&out->text, _(field->words[i].label));
}

COLUMN(measure)
{
    (void)env;
    for (size_t i = 0; i < task->measure_count; i++) {
        if (task->measure_count > 1)
            strbuf_format(&out->text, "%s%zu. ", i > 0 ? "\n" : "", i + 1);
        strbuf_add(&out->text, task->measures[i].text);
    }
    out->empty = task->measure_count == 0;
}

COLUMN(target)
{
    (void)env;
    target_lines_write(task->targets, task->target_count, &out->text);
    out->empty = task->target_count == 0;
}

/* The words of the document, else words that are read as what there is. */
COLUMN(deadline)
{
    (void)env;
    if (task->deadline_raw[0] != '\0')
        strbuf_add(&out->text, task->deadline_raw);
    else
        deadline_write(task->row.deadline_kind, task->row.deadline, &out->text);
    out->empty = out->text.length == 0;
}

COLUMN(days)
{
    bool has;
    out->number = task_days_left(&task->row, env->today, &has);
    out->empty = !has;
}

COLUMN(light)
{
    put_text(out, _(lights[task_light(&task->row, env->today)].label));
}

COLUMN(updated)
{
    struct date_time at = date_local(task->row.updated_at);
    (void)env;
    put_date(out, at.date);
}

/* --- the table ------------------------------------------------------------------------------- */

#define TEXT LEDGER_IS_TEXT
#define DATE LEDGER_IS_DATE
/* name, other, kind, asked, parts, put */
const struct ledger_column ledger_columns[] = {
    {"source", NULL, TEXT, false, 0, put_source},
    {"number", NULL, TEXT, false, 0, put_number},
    {"title", NULL, TEXT, false, 0, put_title},
    {"problem", NULL, TEXT, false, 0, put_problem},
    {"goal", NULL, TEXT, false, 0, put_goal},
    {"measure", NULL, TEXT, false, LEDGER_MEASURES, put_measure},
    {"target", "targets", TEXT, false, LEDGER_TARGETS, put_target},
    {"deadline", NULL, TEXT, false, 0, put_deadline},
    {"region", NULL, TEXT, false, LEDGER_UNITS, put_region},
    {"lead", NULL, TEXT, false, LEDGER_UNITS, put_lead},
    {"responsible", NULL, TEXT, false, LEDGER_UNITS, put_responsible},
    {"cooperating", NULL, TEXT, false, LEDGER_UNITS, put_cooperating},
    {"supervisor", NULL, TEXT, false, 0, put_supervisor},
    {"sponsor", NULL, TEXT, false, 0, put_sponsor},
    {"officer", NULL, TEXT, false, 0, put_officer},
    {"phone", NULL, TEXT, false, 0, put_phone},
    {"category", NULL, TEXT, false, 0, put_category},
    {"assigned_on", NULL, DATE, false, 0, put_assigned_on},
    {"state", NULL, TEXT, false, 0, put_state},
    {"progress", NULL, TEXT, false, 0, put_progress},
    {"percent", NULL, LEDGER_IS_PERCENT, false, 0, put_percent},
    {"report", NULL, TEXT, false, LEDGER_REPORT, put_report},
    {"problems", NULL, TEXT, false, LEDGER_REPORT, put_problems},
    {"next_step", NULL, TEXT, false, LEDGER_REPORT, put_next_step},
    {"period", NULL, DATE, false, LEDGER_REPORT, put_period},
    {"period_end", NULL, DATE, false, LEDGER_REPORT, put_period_end},
    {"done_on", NULL, DATE, false, 0, put_done_on},
    {"publicity", NULL, DATE, false, LEDGER_PUBLICITY, put_publicity},
    {"ends_on", NULL, DATE, false, LEDGER_PUBLICITY, put_ends_on},
    {"day_kind", NULL, TEXT, false, LEDGER_PUBLICITY, put_day_kind},
    {"office", NULL, TEXT, false, LEDGER_PUBLICITY, put_office},
    {"office_phone", NULL, TEXT, false, LEDGER_PUBLICITY, put_office_phone},
    {"address", NULL, TEXT, false, LEDGER_PUBLICITY, put_address},
    {"email", NULL, TEXT, false, LEDGER_PUBLICITY, put_email},
    {"closed_on", "closed", DATE, false, 0, put_closed_on},
    {"close_document", NULL, TEXT, false, 0, put_close_document},
    {"due", NULL, DATE, false, 0, put_due},
    {"days", NULL, LEDGER_IS_NUMBER, false, 0, put_days},
    {"light", NULL, TEXT, false, 0, put_light},
    {"reported", NULL, DATE, true, 0, put_reported},
    {"updated", NULL, DATE, true, 0, put_updated},
    {"by", NULL, TEXT, true, 0, put_by},
    {"version", NULL, LEDGER_IS_NUMBER, false, 0, put_version},
};
const size_t ledger_column_count = sizeof ledger_columns / sizeof *ledger_columns;

const char *ledger_column_heading(const struct ledger_column *column)
{
    const struct ledger_field *field = ledger_field_derived(column->name);
    if (field == NULL)
        field = ledger_field_named(column->name);
    assert(field != NULL);
    return ledger_field_heading(field);
}

/* --- choosing -------------------------------------------------------------------------------- */

static const struct ledger_column *find(const char *name, struct error *err)
{
    struct suggest suggest = suggest_for(name);
    for (size_t i = 0; i < ledger_column_count; i++) {
        const struct ledger_column *column = &ledger_columns[i];
        if (strcmp(column->name, name) == 0 ||
            (column->other != NULL && strcmp(column->other, name) == 0))
            return column;
        suggest_offer(&suggest, column->name);
    }
    if (suggest.best != NULL) {
        error_set(err, ERROR_INPUT, _("there is no column \"%s\"; did you mean \"%s\"?"), name,
            suggest.best);
        return NULL;
    }
    struct strbuf names = {0};
    for (size_t i = 0; i < ledger_column_count; i++)
        strbuf_format(&names, "%s%s", i > 0 ? ", " : "", ledger_columns[i].name);
    error_set(err, ERROR_INPUT, _("there is no column \"%s\"; columns are %s"), name,
        strbuf_text(&names));
    strbuf_clear(&names);
    return NULL;
}

bool ledger_columns_parse(
    const char *names, const struct ledger_column ***out, size_t *count, struct error *err)
{
    const struct ledger_column **columns = NULL;
    size_t capacity = 0;
    char *copy = alloc_string(names), *rest = NULL;
    bool good = true;
    *count = 0;
    for (char *name = strtok_r(copy, " ,", &rest); good && name != NULL;
         name = strtok_r(NULL, " ,", &rest)) {
        const struct ledger_column *column = find(name, err);
        good = column != NULL;
        columns = alloc_grow(columns, &capacity, *count + 1, sizeof *columns);
        columns[(*count)++] = column;
    }
    for (size_t i = 0; good && names[0] == '\0' && i < ledger_column_count; i++) {
        if (ledger_columns[i].asked)
            continue;
        columns = alloc_grow(columns, &capacity, *count + 1, sizeof *columns);
        columns[(*count)++] = &ledger_columns[i];
    }
    if (good && *count == 0)
        good = error_set(err, ERROR_INPUT, _("name at least one column"));
    free(copy);
    if (!good)
        free(columns);
    else
        *out = columns;
    return good;
}

unsigned ledger_columns_parts(const struct ledger_column *const *columns, size_t count)
{
    unsigned parts = 0;
    for (size_t i = 0; i < count; i++)
        parts |= columns[i]->parts;
    return parts;
}

/* --- cells ----------------------------------------------------------------------------------- */

void ledger_column_put(const struct ledger_column *column, const struct ledger_env *env,
    const struct ledger_task *task, struct ledger_cell *cell)
{
    strbuf_cut(&cell->text, 0);
    cell->kind = column->kind;
    column->put(env, task, cell);
}

bool ledger_column_is_light(const struct ledger_column *column)
{
    return column->put == put_light;
}

void ledger_cell_text(const struct ledger_cell *cell, struct strbuf *out)
{
    char iso[11];
    if (cell->empty)
        return;
    if (cell->kind == LEDGER_IS_TEXT) {
        strbuf_add(out, strbuf_text(&cell->text));
    } else if (cell->kind == LEDGER_IS_DATE) {
        strbuf_add(out, date_format(cell->date, iso));
    } else {
        strbuf_add_int(out, cell->number);
        strbuf_add(out, cell->kind == LEDGER_IS_PERCENT ? "%" : "");
    }
}

void ledger_cell_clear(struct ledger_cell *cell)
{
    strbuf_clear(&cell->text);
}
