#include "exchange/progress_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "exchange/ledger.h"
#include "exchange/text_table_read.h"
#include "ledger_parts.h"
#include "model/import.h"
#include "model/percent.h"
#include "model/task.h"
#include "progress_period.h"
#include "progress_table.h"

static bool is_taken(const struct ledger *ledger, const struct ledger_field *field)
{
    for (size_t i = 0; i < ledger->count; i++)
        if (ledger->column[i].field == field)
            return true;
    return false;
}

/* --- what a column holds --------------------------------------------------------------------- */

/* With its mark: a bare number may be of anything, and 已完成 is a word for progress. */
static bool is_percent(const char *text)
{
    bool marked = strchr(text, '%') != NULL || strstr(text, "％") != NULL ||
                  strstr(text, "百分之") != NULL ||
                  (strstr(text, "成") != NULL && strstr(text, "完成") == NULL);
    return marked && percent_read(text, &(int){0}, NULL);
}

/* Below a heading of percentages 完成 is all of it. */
static bool is_so_far(const char *text)
{
    return percent_read(text, &(int){0}, NULL);
}

static bool is_progress(const char *text)
{
    return word_find(task_progresses, PROGRESS_COUNT, text) >= 0;
}

static bool is_state(const char *text)
{
    return word_find(task_states, STATE_COUNT, text) >= 0;
}

static bool is_how_far(const char *text)
{
    return is_percent(text) || is_progress(text);
}

/* Whether every text of the column, and there are any, is. */
static bool all_are(const struct grid *grid, const struct ledger *ledger, size_t column,
    bool (*is)(const char *text))
{
    bool any = false;
    for (size_t row = ledger->has_headings ? ledger->last + 1 : 0; row < grid_rows(grid); row++) {
        const char *text = grid_text(grid, row, column, NULL);
        if (*text == '\0' || ledger_passed_over(grid, ledger, row) != NULL)
            continue;
        if (!is(text))
            return false;
        any = true;
    }
    return any;
}

static bool is_named(const struct ledger_field *field, const char *name)
{
    return field != NULL && strcmp(field->name, name) == 0;
}

/* What the texts of a column are, where it may be said by any of several headings. */
static const struct ledger_field *held_by(
    const struct grid *grid, const struct ledger *ledger, size_t column)
{
    const struct ledger_field *field = ledger->column[column].field,
                              *progress = ledger_field_named("progress"),
                              *percent = ledger_field_named("percent"),
                              *report = ledger_field_named("report");
    bool state = is_named(field, "state");
    if (field != NULL && !state && field != progress && field != percent && field != report)
        return field;
    const char *heading = ledger->column[column].heading;
    if (field == NULL && (strstr(heading, "进") == NULL || progress_heading_is_other(heading)))
        return field;
    if ((state && all_are(grid, ledger, column, is_state)) ||
        (field == progress && all_are(grid, ledger, column, is_progress)) ||
        (field == percent && all_are(grid, ledger, column, is_so_far)))
        return field;
    if (!is_taken(ledger, progress) && all_are(grid, ledger, column, is_progress))
        return progress;
    if (!is_taken(ledger, percent) && all_are(grid, ledger, column, is_percent))
        return percent;
    if (field == NULL && !is_taken(ledger, percent) && all_are(grid, ledger, column, is_how_far))
        return percent; /* words among the figures are read there too */
    return field == NULL && !is_taken(ledger, report) ? report : field;
}

static void settle_columns(const struct grid *grid, struct ledger *ledger)
{
    for (size_t i = 0; i < ledger->count; i++)
        if (!ledger->column[i].is_told && ledger->column[i].twice == NULL)
            ledger->column[i].field = held_by(grid, ledger, i);
}

/* A list says with 问题 which task it is; it tells anew neither what the problem is nor the goal.
 */
static void settle_names(struct ledger *ledger)
{
    const struct ledger_field *title = ledger_field_named("title");
    for (size_t i = 0; i < ledger->count; i++) {
        struct ledger_column *column = &ledger->column[i];
        if (column->is_told)
            continue;
        if (is_named(column->field, "problem"))
            column->field = is_taken(ledger, title) ? NULL : title;
        else if (is_named(column->field, "goal"))
            column->field = NULL;
    }
}

/* Whether the column counts the rows: 1 2 3 .., in each section from 1 again. */
static bool counts_rows(const struct grid *grid, const struct ledger *ledger, size_t column)
{
    long last = 0;
    size_t rows = 0;
    for (size_t row = ledger->has_headings ? ledger->last + 1 : 0; row < grid_rows(grid); row++) {
        const char *text = grid_text(grid, row, column, NULL);
        size_t digits = strspn(text, "0123456789");
        if (ledger_passed_over(grid, ledger, row) != NULL)
            continue;
        if (*text == '0' || digits == 0 || digits > 6 || text[digits] != '\0')
            return false;
        long number = strtol(text, NULL, 10);
        if (number != last + 1 && number != 1)
            return false;
        last = number;
        rows++;
    }
    return rows > 1;
}

/* 序号, over two lines too, and not 任务序号 or 问题序号. */
static bool is_of_list(const char *heading)
{
    struct strbuf key = {0};
    ledger_field_key(&key, heading);
    const char *text = strbuf_text(&key);
    bool is = strstr(text, "序号") != NULL && strstr(text, "任务") == NULL &&
              strstr(text, "问题") == NULL;
    strbuf_clear(&key);
    return is;
}

/* 序号 beside titles is of the list, not of the tasks. */
static void settle_numbers(const struct grid *grid, struct ledger *ledger, struct import_told *told)
{
    for (size_t i = 0; i < ledger->count; i++) {
        struct ledger_column *column = &ledger->column[i];
        if (column->is_told || !is_named(column->field, "number") || !is_of_list(column->heading) ||
            !is_taken(ledger, ledger_field_named("title")) || !counts_rows(grid, ledger, i))
            continue;
        struct strbuf name = {0}, word = {0};
        column->field = NULL;
        ledger_column_name(&name, ledger, i);
        ledger_column_word(&word, ledger, i);
        strbuf_format(&told->lines,
            _("%s counts the rows of the list: tasks are found by their titles (--map %s=number "
              "takes it for their numbers)\n"),
            strbuf_text(&name), strbuf_text(&word));
        strbuf_clear(&name);
        strbuf_clear(&word);
    }
}

/* --- of which days it is --------------------------------------------------------------------- */

#define LINES_ABOVE 40 /* of a page before the table */
#define LINES_BEHIND 10

/* One line, or cell, of the document: above the headings, or behind the table. */
static void add_text(const struct progress_table *table, size_t line, const char *text,
    size_t count, struct progress_words *words)
{
    if (line < table->heading && line + LINES_ABOVE >= table->heading)
        progress_words_add(words, text, count, line, WORDS_ABOVE);
    else if (table->behind > 0 && line >= table->behind && line < table->behind + LINES_BEHIND)
        progress_words_add(words, text, count, line, WORDS_BEHIND);
}

static void add_cells(const struct progress_table *table, struct progress_words *words)
{
    for (size_t row = 0; row < grid_rows(table->grid); row++)
        for (size_t column = 0; column < grid_width(table->grid, row); column++) {
            const char *text = grid_text(table->grid, row, column, NULL);
            if (grid_is_filled(table->grid, row, column))
                continue; /* a title in merged cells is said once */
            add_text(table, grid_line(table->grid, row), text, strlen(text), words);
        }
}

static void add_lines(const struct import_document *document, const struct progress_table *table,
    struct progress_words *words)
{
    const char *at = document->text.bytes, *end = at + document->text.count;
    for (size_t line = 1; at < end; line++) {
        size_t count = 0;
        while (at + count < end && at[count] != '\n' && at[count] != '\r')
            count++;
        add_text(table, line, at, count, words);
        at += count;
        at += at + 1 < end && at[0] == '\r' && at[1] == '\n' ? 2 : 1;
    }
}

static void add_headings(const struct ledger *ledger, size_t line, struct progress_words *words)
{
    static const char *const names[] = {"report", "progress", "percent", "state", "problems"};
    for (size_t i = 0; i < ledger->count; i++) {
        const struct ledger_column *column = &ledger->column[i];
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (is_named(column->field, names[k]))
                progress_words_add(
                    words, column->heading, strlen(column->heading), line, WORDS_OF_HEADING);
    }
}

static void tell_days(
    const struct progress_period *period, struct import *import, struct strbuf *out)
{
    char first[11], last[11];
    struct import_place place = {.line = period->span ? period->span->line : 0, .heading = ""};
    if (period->doubt != NULL)
        (period->refuses ? import_problem : import_warning)(import, period->doubt, place);
    if (period->first == DATE_NONE)
        return;
    date_format(period->first, first);
    date_format(period->last, last);
    import_days(import, period->first, period->last, period->span->words, place);
    if (period->first == period->last)
        strbuf_format(out,
            _("as of %s (line %zu, \"%s\"): reports are of the period of that day\n"), last,
            period->span->line, period->span->words);
    else
        strbuf_format(out,
            _("of %s to %s (line %zu, \"%s\"): reports are of the period of these days\n"), first,
            last, period->span->line, period->span->words);
}

/* Only where it has reports that do not say it themselves. */
static void find_days(const struct import_document *document, const struct progress_table *table,
    const struct ledger *ledger, struct import *import, struct import_told *told)
{
    struct progress_words words = {0};
    struct progress_period period;
    if (!is_taken(ledger, ledger_field_named("report")) ||
        is_taken(ledger, ledger_field_named("period")))
        return;
    add_headings(ledger, table->heading, &words);
    if (table->delimiter != '\0' || table->is_sheet)
        add_cells(table, &words);
    else
        add_lines(document, table, &words);
    progress_period_find(&words, date_today(), &period);
    tell_days(&period, import, &told->lines);
    free(period.doubt);
    progress_words_clear(&words);
}

/* --- reading --------------------------------------------------------------------------------- */

static bool propose(const struct import_document *document, const struct progress_table *table,
    const struct import_reading *reading, struct import *import, struct import_told *told,
    struct error *err)
{
    struct ledger ledger;
    if (!ledger_open(table->grid, reading->map, reading->map_count, &ledger, err))
        return false;
    ledger.lettered = told->lettered;
    settle_columns(table->grid, &ledger);
    settle_names(&ledger);
    settle_numbers(table->grid, &ledger, told);
    ledger_tell(table->grid, &ledger, told);
    find_days(document, table, &ledger, import, told);
    ledger_propose(table->grid, &ledger, reading->fill, import, told);
    ledger_clear(&ledger);
    return true;
}

bool progress_read(const struct import_document *document, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err)
{
    if (document->text.count > TEXT_TABLE_BYTES_MOST)
        return error_set(err, ERROR_INPUT,
            _("a progress list has at most %d MB; where it is a ledger, say so (--kind ledger)"),
            TEXT_TABLE_BYTES_MOST >> 20);
    struct progress_table table;
    bool good = progress_table_read(document, &table, err);
    good = good &&
           (grid_rows(table.grid) > 0 ||
               error_set(err, ERROR_NOT_FOUND,
                   _("no table is seen: a row of headings such as 编号, 整改任务, 目前进展, its "
                     "cells parted by |, tabs or two blanks, and rows below it")));
    good = good && grid_check(table.grid, err);
    if (good) {
        progress_table_tell(&table, &told->lines);
        progress_table_doubts(&table, import);
        import_existing(import);
        good = propose(document, &table, reading, import, told, err);
    }
    progress_table_clear(&table);
    return good;
}

bool progress_read_grid(struct grid *grid, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err)
{
    struct progress_table table;
    if (grid_rows(grid) == 0)
        return error_set(err, ERROR_NOT_FOUND, _("there is nothing in it"));
    progress_table_of(grid, &table);
    import_existing(import);
    bool good = propose(NULL, &table, reading, import, told, err);
    progress_table_clear(&table);
    return good;
}
