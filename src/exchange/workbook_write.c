#include "workbook_write.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "exchange/ledger_field.h"
#include "model/matrix.h"
#include "model/model.h"
#include "model/person.h"
#include "model/scorecard.h"
#include "xlsx_write.h"

/* Of the columns, those that name a task; where they stand first they stay in sight. */
enum { NUMBER = 1, TITLE = 2, STAY_MOST = 3 };

struct workbook {
    struct model *model;
    const struct ledger_spec *spec;
    struct xlsx *xlsx;
    struct xlsx_sheet *tasks, *measures, *targets;
    struct ledger_cell cell;
};

/* --- tasks and measures ---------------------------------------------------------------------- */

static struct xlsx *new_xlsx(struct model *model, const struct ledger_spec *spec)
{
    struct strbuf comments = {0};
    moment_t moment = model_as_of(model) != 0 ? model_as_of(model) : date_now();
    struct date_time at = date_local(moment);
    char day[11];
    strbuf_format(&comments, _("As of %s %02d:%02d; tasks: %s"), date_format(at.date, day), at.hour,
        at.minute, *spec->filter ? spec->filter : _("all"));
    const struct xlsx_about about = {
        .title = spec->title,
        .subject = spec->filter,
        .author = model_person(model)->name,
        .comments = strbuf_text(&comments),
        .at = date_now(),
    };
    struct xlsx *xlsx = xlsx_new(spec->path, &about);
    strbuf_clear(&comments);
    return xlsx;
}

static const char *heading_of(const char *name)
{
    return ledger_field_heading(ledger_field_named(name));
}

struct workbook *workbook_begin(struct model *model, const struct ledger_spec *spec)
{
    struct workbook *book = alloc_zero(1, sizeof *book);
    const char *const measures[] = {ledger_column_heading(&ledger_columns[NUMBER]),
        _("Measure number"), _("Measure"), _("Measure due"), _("Measure done"),
        _("Why it need not be done")};
    const char *const targets[] = {ledger_column_heading(&ledger_columns[NUMBER]),
        heading_of("target"), heading_of("value"), heading_of("unit"), heading_of("by"),
        _("Words of the day")};
    const char **headings = alloc_zero(spec->column_count, sizeof *headings);
    struct xlsx_layout layout = {0, 0};
    for (size_t i = 0; i < spec->column_count; i++) {
        headings[i] = ledger_column_heading(spec->columns[i]);
        if (i < STAY_MOST && spec->columns[i] == &ledger_columns[NUMBER])
            layout.repeated = layout.frozen = i + 1;
        if (i < STAY_MOST && spec->columns[i] == &ledger_columns[TITLE])
            layout.frozen = i + 1;
    }
    book->model = model;
    book->spec = spec;
    book->xlsx = new_xlsx(model, spec);
    book->tasks = xlsx_sheet_new(book->xlsx, _("Tasks"), layout, headings, spec->column_count);
    book->measures = xlsx_sheet_new(book->xlsx, _("Measures"), (struct xlsx_layout){1, 1}, measures,
        sizeof measures / sizeof *measures);
    book->targets = xlsx_sheet_new(book->xlsx, _("Measured goals"), (struct xlsx_layout){1, 1},
        targets, sizeof targets / sizeof *targets);
    free(headings);
    return book;
}

static enum xlsx_look look_of(
    const struct ledger_column *column, const struct task_row *row, const struct today *today)
{
    static const enum xlsx_look looks[LIGHT_COUNT] = {
        [LIGHT_OVERDUE] = XLSX_RED,
        [LIGHT_UNREPORTED] = XLSX_ORANGE,
        [LIGHT_DUE_SOON] = XLSX_YELLOW,
        [LIGHT_ON_SCHEDULE] = XLSX_GREEN,
        [LIGHT_CLOSED] = XLSX_GREY,
    };
    return ledger_column_is_light(column) ? looks[task_light(row, today)] : XLSX_PLAIN;
}

static void put_cell(
    struct xlsx_sheet *sheet, size_t at, const struct ledger_cell *cell, enum xlsx_look look)
{
    if (cell->empty)
        return;
    switch (cell->kind) {
    case LEDGER_IS_TEXT:
        xlsx_text(sheet, at, strbuf_text(&cell->text), look);
        break;
    case LEDGER_IS_DATE:
        xlsx_date(sheet, at, cell->date);
        break;
    case LEDGER_IS_NUMBER:
        xlsx_number(sheet, at, cell->number);
        break;
    case LEDGER_IS_PERCENT:
        xlsx_percent(sheet, at, cell->number);
        break;
    }
}

static void put_date(struct xlsx_sheet *sheet, size_t at, date_t date)
{
    if (date != DATE_NONE)
        xlsx_date(sheet, at, date);
}

static void put_measures(
    struct workbook *book, const struct ledger_env *env, const struct ledger_task *task)
{
    ledger_column_put(&ledger_columns[NUMBER], env, task, &book->cell);
    for (size_t i = 0; i < task->measure_count; i++) {
        const struct measure *measure = &task->measures[i];
        xlsx_row(book->measures);
        xlsx_text(book->measures, 0, strbuf_text(&book->cell.text), XLSX_PLAIN);
        xlsx_number(book->measures, 1, measure->position);
        xlsx_text(book->measures, 2, measure->text, XLSX_PLAIN);
        put_date(book->measures, 3, measure->due_on);
        put_date(book->measures, 4, measure->done_on);
        xlsx_text(book->measures, 5, measure->waived, XLSX_PLAIN);
    }
}

static void put_targets(
    struct workbook *book, const struct ledger_env *env, const struct ledger_task *task)
{
    ledger_column_put(&ledger_columns[NUMBER], env, task, &book->cell);
    for (size_t i = 0; i < task->target_count; i++) {
        const struct task_target *target = &task->targets[i];
        xlsx_row(book->targets);
        xlsx_text(book->targets, 0, strbuf_text(&book->cell.text), XLSX_PLAIN);
        xlsx_text(book->targets, 1, target->text, XLSX_PLAIN);
        xlsx_text(book->targets, 2, target->value, XLSX_PLAIN);
        xlsx_text(book->targets, 3, target->unit, XLSX_PLAIN);
        put_date(book->targets, 4, target->by_on);
        xlsx_text(book->targets, 5, target->by_raw, XLSX_PLAIN);
    }
}

void workbook_task(
    struct workbook *book, const struct ledger_env *env, const struct ledger_task *task)
{
    xlsx_row(book->tasks);
    for (size_t i = 0; i < book->spec->column_count; i++) {
        const struct ledger_column *column = book->spec->columns[i];
        ledger_column_put(column, env, task, &book->cell);
        put_cell(book->tasks, i, &book->cell, look_of(column, &task->row, env->today));
    }
    put_measures(book, env, task);
    put_targets(book, env, task);
}

/* --- the matrix ------------------------------------------------------------------------------ */

/* What is nothing of nothing stays empty. */
static void put_count(struct xlsx_sheet *sheet, size_t at, const struct matrix_cell *cell)
{
    if (cell->of > 0)
        xlsx_number(sheet, at, (double)cell->value);
}

/* A line's total, and that of what it is a part of, then its cells; `line` MATRIX_TOTAL: all lines.
 */
#define MATRIX_TOTAL SIZE_MAX
static void put_line(struct xlsx_sheet *sheet, const struct matrix *matrix, size_t line,
    const size_t *columns, size_t count)
{
    bool all = line == MATRIX_TOTAL;
    const struct matrix_cell *total = all ? &matrix->total : &matrix->rows[line].total;
    xlsx_row(sheet);
    xlsx_text(sheet, 0, all ? _("Total") : matrix->rows[line].label, XLSX_PLAIN);
    xlsx_number(sheet, 1, (double)total->value);
    xlsx_number(sheet, 2, (double)total->of);
    for (size_t i = 0; i < count; i++)
        put_count(sheet, i + 3,
            all ? &matrix->columns[columns[i]].total : matrix_cell(matrix, line, columns[i]));
}

static void put_matrix(struct xlsx *xlsx, const struct matrix *matrix)
{
    size_t *rows = alloc_zero(matrix->row_count + 1, sizeof *rows);
    size_t *columns = alloc_zero(matrix->column_count + 1, sizeof *columns);
    size_t row_count = matrix_order(matrix, false, NULL, rows);
    size_t count = matrix_order(matrix, true, NULL, columns);
    const char **headings = alloc_zero(count + 3, sizeof *headings);
    headings[0] = _(matrix_axes[matrix->row_axis].label);
    headings[1] = _("Overdue");
    headings[2] = _("Open");
    for (size_t i = 0; i < count; i++)
        headings[i + 3] = matrix->columns[columns[i]].label;
    struct xlsx_sheet *sheet = xlsx_sheet_new(
        xlsx, _("Overdue by place and lead"), (struct xlsx_layout){1, 1}, headings, count + 3);
    put_line(sheet, matrix, MATRIX_TOTAL, columns, count);
    for (size_t i = 0; i < row_count; i++)
        put_line(sheet, matrix, rows[i], columns, count);
    free(headings);
    free(columns);
    free(rows);
}

static bool add_matrix(const struct workbook *book, struct error *err)
{
    const struct matrix_spec spec = {AXIS_CITY, AXIS_LEAD, MEASURE_OVERDUE, book->spec->filter};
    struct survey *survey = NULL;
    struct query_error wrong = {0};
    if (!matrix_open(book->model, &spec, &survey, &wrong))
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    struct matrix *matrix = survey_complete(survey, err);
    if (matrix == NULL)
        return false;
    put_matrix(book->xlsx, matrix);
    matrix_free(matrix);
    return true;
}

/* --- the ranking ----------------------------------------------------------------------------- */

enum { RANK_FIRST = 5 }; /* rank, unit, score, score last month, open */

static void put_score(struct xlsx_sheet *sheet, size_t at, int tenths)
{
    if (tenths != SCORE_NONE)
        xlsx_number(sheet, at, tenths / 10.0);
}

/* Shares as "17/20": what they are a part of tells as much as they do. */
static void put_rank(struct xlsx_sheet *sheet, const struct score_line *line)
{
    struct strbuf text = {0};
    xlsx_row(sheet);
    if (line->rank > 0)
        xlsx_number(sheet, 0, line->rank);
    xlsx_text(sheet, 1, line->label, XLSX_PLAIN);
    put_score(sheet, 2, line->month[SCORE_THIS].score);
    put_score(sheet, 3, line->month[SCORE_LAST].score);
    xlsx_number(sheet, 4, (double)line->open);
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++) {
        const struct score_value *value = &line->month[SCORE_THIS].value[i];
        bool share = score_columns[i].share || i == SCORE_OVERDUE;
        strbuf_cut(&text, 0);
        score_text((enum score_column)i, value, &text);
        if (share)
            xlsx_text(sheet, (size_t)i + RANK_FIRST, strbuf_text(&text), XLSX_PLAIN);
        else
            xlsx_number(sheet, (size_t)i + RANK_FIRST, (double)value->part);
    }
    strbuf_clear(&text);
}

static bool add_ranking(const struct workbook *book, struct error *err)
{
    const char *headings[RANK_FIRST + SCORE_COLUMN_COUNT] = {
        _("Rank"), _("Unit"), _("Score"), _("Score last month"), _("Open")};
    struct survey *survey = NULL;
    struct query_error wrong = {0};
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++)
        headings[RANK_FIRST + i] = _(score_columns[i].label);
    if (!scorecard_open(book->model, SCORE_CITIES, book->spec->filter, &survey, &wrong))
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    struct scorecard *card = survey_complete(survey, err);
    if (card == NULL)
        return false;
    struct xlsx_sheet *sheet = xlsx_sheet_new(book->xlsx, _("Ranking"), (struct xlsx_layout){2, 2},
        headings, RANK_FIRST + SCORE_COLUMN_COUNT);
    for (size_t i = 0; i < card->count; i++)
        put_rank(sheet, &card->line[i]);
    scorecard_free(card);
    return true;
}

/* --- the end --------------------------------------------------------------------------------- */

bool workbook_end(struct workbook *book, size_t *cut, struct error *err)
{
    if (!add_matrix(book, err) || !add_ranking(book, err)) {
        workbook_abandon(book);
        return false;
    }
    bool good = xlsx_end(book->xlsx, cut, err);
    ledger_cell_clear(&book->cell);
    free(book);
    return good;
}

void workbook_abandon(struct workbook *book)
{
    xlsx_abandon(book->xlsx);
    ledger_cell_clear(&book->cell);
    free(book);
}
