/* The rows of a drawn table: which lines are one row, and what stands between them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "text_table_rows.h"

#define JOINED_MOST 50 /* lines of a row that goes on */

/* --- which lines are one row ----------------------------------------------------------------- */

static bool is_empty(const struct table_piece *piece)
{
    return piece->to == piece->from;
}

/* All of the line was wrapped from the one above; it begins no row. */
static bool goes_on(const struct rows *rows)
{
    bool any = false;
    if (!rows->has_above || rows->count == 0 || !is_empty(&rows->cell[0]))
        return false;
    for (size_t i = 0; i < rows->table->columns; i++) {
        if (is_empty(&rows->cell[i]))
            continue;
        if (!rows_was_wrapped(rows, i, &rows->above[i], &rows->cell[i]))
            return false;
        any = true;
    }
    return any;
}

static bool is_digits(const struct rows *rows, const struct table_piece *piece)
{
    for (size_t i = piece->from; i < piece->to; i++)
        if (rows->table->lines.text[i] < '0' || rows->table->lines.text[i] > '9')
            return false;
    return piece->to > piece->from;
}

/* The pieces of a line that has less than the columns, or more; outer bars left out. */
static const struct table_piece *bare_pieces(
    const struct table *table, const struct table_line *line, size_t *count)
{
    size_t first = line->kind != TABLE_TEXT && table->outer_left && line->opens;
    size_t last = line->kind != TABLE_TEXT && table->outer_right && line->closes;
    *count = line->count > first + last ? line->count - first - last : 0;
    return &table->lines.piece[line->first + first];
}

/* A row that is too short is whole with the next lines, the first cell of each of which goes on
 * with the last one of the line before: how many lines those are. 0: it is not. */
static size_t lines_of_short(const struct rows *rows, size_t at)
{
    const struct table *table = rows->table;
    size_t total, next;
    bare_pieces(table, rows_line(rows, at), &total);
    if (table->lines.form == TEXT_TABLE_COLUMNS ||
        (table->outer_right && rows_line(rows, at)->closes))
        return 0;
    for (size_t i = at + 1; i < table->lines.count && i <= at + JOINED_MOST; i++) {
        const struct table_line *line = rows_line(rows, i);
        if (line->kind == TABLE_BLANK)
            continue;
        if ((line->kind != TABLE_ROW && line->kind != TABLE_TEXT) ||
            (table->outer_left && line->opens))
            return 0;
        const struct table_piece *piece = bare_pieces(table, line, &next);
        if (next == 0 || next >= table->columns || is_digits(rows, &piece[0]))
            return 0;
        total += next - 1;
        if (total >= table->columns)
            return total == table->columns ? i - at : 0;
    }
    return 0;
}

static void add_short(struct rows *rows, size_t at, size_t lines)
{
    size_t column = 0, count;
    rows_begin(rows, at);
    for (size_t i = at; i <= at + lines; i++) {
        const struct table_line *line = rows_line(rows, i);
        if (line->kind == TABLE_BLANK)
            continue;
        const struct table_piece *piece = bare_pieces(rows->table, line, &count);
        for (size_t k = 0; k < count; k++) {
            struct strbuf *out = &rows->row[rows->count - 1].cell[column + k];
            strbuf_add(out, k == 0 && out->length > 0 ? "\n" : "");
            rows_add_piece(rows, out, &piece[k]);
        }
        column += count - 1;
        rows->found->inside++;
    }
    rows->found->joined = true;
    rows->in_group = false;
}

/* --- what stands between rows ---------------------------------------------------------------- */

/* Before the next row, or the headings again. */
static void settle_text(struct rows *rows, bool heading)
{
    for (size_t i = 0; i < rows->text_count; i++) {
        size_t at = rows->text[i];
        char *text = table_bare_line(rows->table, rows_line(rows, at));
        bool of_page = table_is_page_head(rows->table, rows_line(rows, at));
        if (!of_page && table_is_section(text)) {
            grid_row(rows->out, at + 1);
            grid_cell(rows->out, GRID_TEXT, text, strlen(text));
        } else if (!of_page) {
            rows_doubt_line(rows, at, !heading,
                heading ? _("this line between two pages of the table is passed over")
                        : _("it cannot be told which column this line between two rows is of; "
                            "put it into its cell, or take it out"));
        }
        free(text);
    }
    rows->text_count = 0;
}

static void keep_text(struct rows *rows, size_t at)
{
    rows->text = alloc_grow(rows->text, &rows->text_room, rows->text_count + 1, sizeof *rows->text);
    rows->text[rows->text_count++] = at;
    rows->found->beside++;
}

/* --- lines ----------------------------------------------------------------------------------- */

static void take_row(struct rows *rows, size_t at, bool is_short, size_t *skip)
{
    *skip = is_short ? lines_of_short(rows, at) : 0;
    bool on = rows->grouped ? rows->in_group : goes_on(rows);
    if (rows->text_count > 0)
        on = false;
    if (!on)
        rows_flush(rows);
    settle_text(rows, table_is_heading(rows->table, rows_line(rows, at)));
    if (*skip > 0) {
        add_short(rows, at, *skip);
        return;
    }
    if (on)
        rows->found->joined = true;
    else
        rows_begin(rows, at);
    rows_add_line(rows);
}

/* Cells without a rule under them go on below it. */
static void take_part(struct rows *rows, size_t at)
{
    size_t count, columns = rows->table->columns;
    const struct table_piece *piece = bare_pieces(rows->table, rows_line(rows, at), &count);
    if (rows->count == 0 || count != columns) {
        rows_doubt_line(
            rows, at, true, _("this rule leaves out some cells, and it cannot be told which"));
        return;
    }
    size_t above[TEXT_TABLE_COLUMNS_MOST];
    memcpy(above, rows->top, columns * sizeof *above);
    struct row *row = rows_begin(rows, at);
    row->line = at + 1; /* its texts begin behind the rule */
    for (size_t i = 0; i < columns; i++) {
        row->merged[i] = !piece[i].rule;
        rows->top[i] = piece[i].rule ? rows->top[i] : above[i];
        rows->cell[i] = piece[i].rule ? (struct table_piece){0} : piece[i];
    }
    rows_add_line(rows);
    rows->has_above = false;
}

/* Headings on another page may stand elsewhere on the screen. */
static void follow_heading(struct rows *rows, size_t at)
{
    struct table *table = rows->table;
    size_t end = at + 1;
    if (table->lines.form != TEXT_TABLE_COLUMNS)
        return;
    while (end < table->lines.count && !table_is_heading(table, &table->lines.line[end]))
        end++;
    for (size_t i = 0; i < table->columns && rows_line(rows, at)->count == table->columns; i++)
        table->name[i] = table->lines.piece[rows_line(rows, at)->first + i];
    table_extents_read(table, at + 1, end);
}

/* A row of other headings behind a gap begins another table. */
static bool is_other_table(const struct rows *rows, size_t at)
{
    const struct table_line *line = rows_line(rows, at);
    size_t known = 0;
    if (at == 0 || rows_line(rows, at - 1)->kind == TABLE_ROW || rows->table->known < 2 ||
        table_is_heading(rows->table, line) || line->count > TEXT_TABLE_COLUMNS_MOST)
        return false;
    for (size_t i = 0; i < line->count; i++)
        known += table_is_known(&rows->table->lines, &rows->table->lines.piece[line->first + i]);
    return known >= 2;
}

/* Its first cell is a number of so many digits, as those of rows are. */
static bool is_numbered(const struct rows *rows, size_t at, size_t most)
{
    size_t count;
    const struct table_piece *piece = bare_pieces(rows->table, rows_line(rows, at), &count);
    return count > 1 && piece[0].to - piece[0].from <= most && is_digits(rows, &piece[0]);
}

/* Behind a blank line, and neither drawn nor numbered as the rows are: a signature, a remark. */
static bool is_apart(const struct rows *rows, size_t at)
{
    bool opens = rows->table->outer_left && rows_line(rows, at)->opens;
    return at > 0 && rows_line(rows, at - 1)->kind == TABLE_BLANK && !opens &&
           !is_numbered(rows, at, 4);
}

/* Returns the lines that it took beyond this one. */
static size_t take_line(struct rows *rows, size_t at)
{
    const struct table_line *line = rows_line(rows, at);
    struct table_piece wrong = {0};
    size_t skip = 0;
    if (line->kind == TABLE_BLANK || line->kind == TABLE_RULE) {
        bool breaks = line->kind == TABLE_RULE || rows->table->lines.form == TEXT_TABLE_COLUMNS;
        if (breaks && (rows->grouped || line->kind == TABLE_RULE))
            rows_flush(rows);
        rows->has_above = rows->has_above && !breaks;
        rows->found->drawn |= line->kind == TABLE_RULE;
        rows->found->inside += line->kind == TABLE_RULE;
        return 0;
    }
    if (line->kind == TABLE_PART) {
        take_part(rows, at);
        return 0;
    }
    if (table_is_page_number(rows->table, line)) {
        rows->found->beside++;
        return 0;
    }
    if (table_is_heading(rows->table, line))
        follow_heading(rows, at);
    enum table_fit fit = table_place(rows->table, line, rows->cell, &wrong);
    if (fit == FIT_ROW || fit == FIT_SHORT) {
        take_row(rows, at, fit == FIT_SHORT, &skip);
    } else if (fit == FIT_TEXT || is_apart(rows, at)) {
        keep_text(rows, at);
    } else {
        rows_flush(rows);
        settle_text(rows, false);
        rows_doubt(rows, at, fit == FIT_LONG ? rows->table->columns + 1 : 0, true,
            fit == FIT_LONG
                ? _("the row has more cells than there are headings; a bar within a text is "
                    "written \\|")
                : _("it cannot be told under which heading this stands; move it below its heading, "
                    "or part the cells with |"),
            wrong.from, wrong.to);
    }
    return skip;
}

/* --- all ------------------------------------------------------------------------------------- */

/* By a first look: how wide columns are, and whether each group of lines begins once. */
static void look_over(struct rows *rows)
{
    const struct table *table = rows->table;
    size_t groups = 0, lines = 0, starts = 0, most = 0;
    bool part = false, many = false;
    struct table_piece wrong;
    for (size_t at = table->heading_end; at < table->lines.count; at++) {
        const struct table_line *line = rows_line(rows, at);
        bool breaks = line->kind == TABLE_RULE || line->kind == TABLE_PART ||
                      (line->kind == TABLE_BLANK && table->lines.form == TEXT_TABLE_COLUMNS);
        part |= line->kind == TABLE_PART;
        if (breaks)
            lines = starts = 0;
        if (line->kind != TABLE_ROW || table_place(table, line, rows->cell, &wrong) > FIT_SHORT)
            continue;
        groups += lines++ == 0;
        many |= lines > 1;
        starts += !is_empty(&rows->cell[0]);
        most = starts > most ? starts : most;
        for (size_t i = 0; i < table->columns; i++)
            if (rows->cell[i].right - rows->cell[i].left > rows->room[i])
                rows->room[i] = rows->cell[i].right - rows->cell[i].left;
    }
    rows->grouped = part || (groups > 1 && many && most <= 1);
}

static void put_headings(struct rows *rows)
{
    const struct table *table = rows->table;
    if (table->heading == table->heading_end)
        return;
    for (size_t at = table->heading; at < table->heading_end; at++) {
        struct table_piece wrong;
        if (rows_line(rows, at)->kind != TABLE_ROW)
            continue;
        rows->found->drawn |= rows_line(rows, at)->opens;
        if (table->lines.form == TEXT_TABLE_COLUMNS)
            memcpy(rows->cell, table->name, table->columns * sizeof *rows->cell);
        else if (table_place(table, rows_line(rows, at), rows->cell, &wrong) > FIT_SHORT)
            continue;
        if (rows->count == 0)
            rows_begin(rows, at);
        rows->has_above = false; /* a heading over two lines is one word */
        rows_add_line(rows);
    }
    rows_flush(rows);
    rows->found->rows = 0;
}

/* Lines that the page has below the table, where no row comes any more. */
static bool is_tail(const struct rows *rows, size_t at)
{
    const struct table_line *line = rows_line(rows, at);
    bool row = line->kind == TABLE_ROW && (rows->table->lines.form != TEXT_TABLE_COLUMNS ||
                                              is_numbered(rows, at, 3)); /* 2026 is a year */
    return !row && line->kind != TABLE_BLANK && table_is_page_tail(rows->table, line);
}

void table_rows_read(struct table *table, struct grid *out, struct text_table *found)
{
    struct rows rows = {.table = table, .out = out, .found = found};
    rows.room = alloc_zero(table->columns, sizeof *rows.room);
    rows.cell = alloc_zero(table->columns, sizeof *rows.cell);
    rows.above = alloc_zero(table->columns, sizeof *rows.above);
    rows.top = alloc_zero(table->columns, sizeof *rows.top);
    look_over(&rows);
    put_headings(&rows);
    for (size_t at = table->heading_end; at < table->lines.count && grid_goes_on(out); at++) {
        if (is_other_table(&rows, at)) {
            rows_flush(&rows);
            rows_doubt_line(&rows, at, false,
                _("another table begins here, which is not read: put it into a file of its own"));
            break;
        }
        if (is_tail(&rows, at)) {
            keep_text(&rows, at);
            break;
        }
        at += take_line(&rows, at);
    }
    rows_flush(&rows);
    found->behind = rows.text_count > 0 ? rows.text[0] + 1 : 0;
    free(rows.room);
    free(rows.cell);
    free(rows.above);
    free(rows.top);
    free(rows.row);
    free(rows.text);
}
