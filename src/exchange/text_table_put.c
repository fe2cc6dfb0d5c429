/* Rows of a drawn table put together and into the grid, and the doubts about them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "text_table_rows.h"

#define SHOWN_MOST 90 /* bytes of a text in a sentence */

struct table_line *rows_line(const struct rows *rows, size_t at)
{
    return &rows->table->lines.line[at];
}

/* --- doubts ---------------------------------------------------------------------------------- */

void rows_doubt(struct rows *rows, size_t at, size_t column, bool refuses, const char *sentence,
    size_t from, size_t to)
{
    struct text_table *found = rows->found;
    size_t end = to - from > SHOWN_MOST ? from + SHOWN_MOST : to;
    while (end > from && end < to && (rows->table->lines.text[end] & 0xC0) == 0x80)
        end--;
    struct strbuf text = {0};
    text_scrub(&text, rows->table->lines.text + from, end - from, TEXT_ONE_LINE);
    found->doubt =
        alloc_grow(found->doubt, &found->doubt_room, found->doubt_count + 1, sizeof *found->doubt);
    found->doubt[found->doubt_count++] = (struct text_table_doubt){.line = at + 1,
        .column = column,
        .refuses = refuses,
        .sentence =
            alloc_format("\"%s%s\": %s", strbuf_text(&text), end < to ? "…" : "", sentence)};
    strbuf_clear(&text);
}

void rows_doubt_line(struct rows *rows, size_t at, bool refuses, const char *sentence)
{
    rows_doubt(rows, at, 0, refuses, sentence, rows_line(rows, at)->from, rows_line(rows, at)->to);
}

/* --- rows to the grid ------------------------------------------------------------------------ */

static void put_row(struct rows *rows, const struct row *row)
{
    size_t last = 0;
    for (size_t i = 0; i < rows->table->columns; i++)
        last = row->cell[i].length > 0 || row->merged[i] ? i + 1 : last;
    grid_row(rows->out, row->line + 1);
    for (size_t i = 0; i < last; i++)
        grid_cell(rows->out, GRID_TEXT, strbuf_text(&row->cell[i]), row->cell[i].length);
}

/* Merged cells have their text at the top. */
static void put_merged(struct rows *rows, size_t first)
{
    for (size_t column = 0; column < rows->table->columns; column++)
        for (size_t i = 0, down; i < rows->count; i += down) {
            for (down = 1; i + down < rows->count && rows->row[i + down].merged[column];)
                down++;
            if (down > 1)
                grid_fill(rows->out, first + i, column, down, 1);
        }
}

void rows_flush(struct rows *rows)
{
    size_t first = grid_rows(rows->out);
    for (size_t i = 0; i < rows->count; i++)
        put_row(rows, &rows->row[i]);
    put_merged(rows, first);
    rows->found->rows += rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        for (size_t column = 0; column < rows->table->columns; column++)
            strbuf_clear(&rows->row[i].cell[column]);
        free(rows->row[i].cell);
        free(rows->row[i].merged);
    }
    rows->count = 0;
    rows->in_group = rows->has_above = false;
}

struct row *rows_begin(struct rows *rows, size_t at)
{
    size_t columns = rows->table->columns;
    rows->row = alloc_grow(rows->row, &rows->row_room, rows->count + 1, sizeof *rows->row);
    struct row *row = &rows->row[rows->count++];
    *row = (struct row){.line = at,
        .cell = alloc_zero(columns, sizeof *row->cell),
        .merged = alloc_zero(columns, sizeof *row->merged)};
    for (size_t i = 0; i < columns; i++)
        rows->top[i] = rows->count - 1;
    rows->has_above = false;
    rows->in_group = true;
    return row;
}

void rows_add_piece(struct rows *rows, struct strbuf *out, const struct table_piece *piece)
{
    static const char *const breaks[] = {"<br>", "<br/>", "<br />", "<BR>"};
    const char *text = rows->table->lines.text, *at = text + piece->from, *end = text + piece->to;
    bool bars = rows->table->lines.form == TEXT_TABLE_BARS;
    while (at < end) {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof breaks / sizeof *breaks && bars && *at == '<' && !skip; i++)
            skip = strncmp(at, breaks[i], strlen(breaks[i])) == 0 ? strlen(breaks[i]) : 0;
        if (skip > 0) {
            strbuf_add_char(out, '\n');
            at += skip;
        } else {
            at += bars && *at == '\\' && at[1] == '|' && at + 1 < end;
            strbuf_add_char(out, *at++);
        }
    }
}

static bool is_latin(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool rows_was_wrapped(const struct rows *rows, size_t column, const struct table_piece *above,
    const struct table_piece *next)
{
    if (rows->room[column] < 2 || above->to == above->from)
        return false;
    const char *text = rows->table->lines.text;
    struct strbuf joined = {0};
    struct text_lines lines = {0};
    strbuf_add_n(&joined, text + above->from, above->to - above->from);
    if (is_latin(text[above->to - 1]) && is_latin(text[next->from]))
        strbuf_add_char(&joined, ' ');
    strbuf_add_n(&joined, text + next->from, next->to - next->from);
    text_wrap(&lines, joined.text, rows->room[column]);
    bool wrapped = lines.count > 1 && lines.line[0].bytes <= above->to - above->from;
    text_lines_clear(&lines);
    strbuf_clear(&joined);
    return wrapped;
}

/* A further line of the cell. */
static void add_cell(struct rows *rows, struct strbuf *out, size_t column)
{
    const struct table_piece *next = &rows->cell[column], *above = &rows->above[column];
    if (next->to == next->from)
        return;
    if (out->length > 0) {
        bool wrapped = rows->has_above && rows_was_wrapped(rows, column, above, next);
        bool words =
            is_latin(out->text[out->length - 1]) && is_latin(rows->table->lines.text[next->from]);
        strbuf_add(out, !wrapped ? "\n" : words ? " " : "");
    }
    rows_add_piece(rows, out, next);
}

void rows_add_line(struct rows *rows)
{
    rows->found->inside++;
    for (size_t i = 0; i < rows->table->columns; i++)
        add_cell(rows, &rows->row[rows->top[i]].cell[i], i);
    memcpy(rows->above, rows->cell, rows->table->columns * sizeof *rows->above);
    rows->has_above = true;
}
