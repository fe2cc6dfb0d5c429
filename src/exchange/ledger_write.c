#include "exchange/ledger_write.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "csv.h"
#include "exchange/json_write.h"
#include "model/units.h"
#include "workbook_write.h"

struct ledger_write {
    const struct ledger_spec *spec;
    struct model *model;
    struct ledger_env env;
    struct ledger_cell cell;
    struct strbuf out;
    struct json *json;
    struct workbook *book;
    size_t written;
    bool failed;
};

static void flush(struct ledger_write *ledger)
{
    const struct ledger_spec *spec = ledger->spec;
    if (ledger->out.length > 0 && !ledger->failed)
        ledger->failed = !spec->write(spec->context, strbuf_text(&ledger->out), ledger->out.length);
    strbuf_cut(&ledger->out, 0);
}

/* --- CSV ------------------------------------------------------------------------------------- */

static void csv_heads(struct ledger_write *ledger)
{
    strbuf_add(&ledger->out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < ledger->spec->column_count; i++) {
        strbuf_add(&ledger->out, i > 0 ? "," : "");
        csv_text(&ledger->out, ledger_column_heading(ledger->spec->columns[i]));
    }
    strbuf_add(&ledger->out, "\r\n");
}

static void csv_row(struct ledger_write *ledger, const struct ledger_task *task)
{
    for (size_t i = 0; i < ledger->spec->column_count; i++) {
        ledger_column_put(ledger->spec->columns[i], &ledger->env, task, &ledger->cell);
        if (i > 0)
            strbuf_add_char(&ledger->out, ',');
        if (ledger->cell.kind == LEDGER_IS_TEXT)
            csv_text(&ledger->out, strbuf_text(&ledger->cell.text));
        else /* days, counts and shares are no formulas */
            ledger_cell_text(&ledger->cell, &ledger->out);
    }
    strbuf_add(&ledger->out, "\r\n");
}

/* --- tasks ----------------------------------------------------------------------------------- */

static void put(struct ledger_write *ledger, const struct ledger_task *task)
{
    if (ledger->json != NULL)
        ledger->failed |= !json_ledger_task(ledger->json, ledger->model, task);
    else if (ledger->book != NULL)
        workbook_task(ledger->book, &ledger->env, task);
    else
        csv_row(ledger, task);
    ledger->written++;
}

static unsigned parts_of(const struct ledger_spec *spec)
{
    switch (spec->format) {
    case LEDGER_JSON:
        return JSON_LEDGER_PARTS;
    case LEDGER_XLSX:
        return LEDGER_MEASURES | LEDGER_TARGETS |
               ledger_columns_parts(spec->columns, spec->column_count);
    case LEDGER_CSV:
        break;
    }
    return ledger_columns_parts(spec->columns, spec->column_count);
}

bool ledger_add(struct ledger_write *ledger, const int64_t *ids, size_t count, struct error *err)
{
    const struct ledger_batch batch = {ids, count, parts_of(ledger->spec)};
    struct ledger_task *tasks = alloc_zero(count, sizeof *tasks);
    ledger->env.today = model_today(ledger->model);
    bool good = task_ledger_read(ledger->model, &batch, tasks, err);
    for (size_t i = 0; good && i < count; i++) {
        if (tasks[i].row.id != 0 && !ledger->failed)
            put(ledger, &tasks[i]);
        ledger_task_clear(&tasks[i]);
    }
    free(tasks);
    flush(ledger);
    return good && !ledger->failed;
}

/* --- all ------------------------------------------------------------------------------------- */

struct ledger_write *ledger_begin(struct model *model, const struct ledger_spec *spec)
{
    struct ledger_write *ledger = alloc_zero(1, sizeof *ledger);
    ledger->spec = spec;
    ledger->model = model;
    if (spec->format == LEDGER_JSON) {
        ledger->json = json_new(false, spec->write, spec->context);
        return ledger;
    }
    ledger->env.units = model_units(model);
    ledger->env.names = unit_names_new(ledger->env.units);
    if (spec->format == LEDGER_XLSX)
        ledger->book = workbook_begin(model, spec);
    else
        csv_heads(ledger);
    return ledger;
}

size_t ledger_written(const struct ledger_write *ledger)
{
    return ledger->written;
}

static bool end_book(struct ledger_write *ledger, bool keep, size_t *cut, struct error *err)
{
    if (keep)
        return workbook_end(ledger->book, cut, err);
    workbook_abandon(ledger->book);
    return false;
}

bool ledger_end(struct ledger_write *ledger, bool keep, size_t *cut, struct error *err)
{
    bool good = !ledger->failed;
    *cut = 0;
    if (ledger->json != NULL)
        good = json_end(ledger->json);
    else if (ledger->book != NULL)
        good = end_book(ledger, keep, cut, err);
    unit_names_free(ledger->env.names);
    ledger_cell_clear(&ledger->cell);
    strbuf_clear(&ledger->out);
    free(ledger);
    return good && keep;
}
