/* The rows of a drawn table: which lines are one row, and what stands between them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "text_table_parts.h"

#define JOINED_MOST 50 /* lines of a row that goes on */
#define SHOWN_MOST 90  /* bytes of a text in a sentence */

struct row {
    size_t line;
    struct strbuf *cell;
    bool *merged; /* with the one above */
};
struct rows {
    struct table *table;
    struct grid *out;
    struct text_table *found;
    bool grouped;    /* all between two rules is one row */
    int *room;       /* by column: its widest text */
    struct row *row; /* not yet in the grid: one, or several that share merged cells */
    size_t count, row_room;
    size_t *top;   /* by column: the row of these whose text the cell of the last one is */
    bool in_group; /* the row takes the next line too */
    struct table_piece *cell, *above; /* of this line and of the one before it */
    bool has_above;
    size_t *text; /* lines of no column, since the last row */
    size_t text_count, text_room;
};

static struct table_line *line_at(const struct rows *rows, size_t at)
{
    return &rows->table->lines.line[at];
}

/* --- doubts ---------------------------------------------------------------------------------- */

static void add_doubt(struct rows *rows, size_t at, size_t column, bool refuses,
    const char *sentence, size_t from, size_t to)
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

static void add_doubt_line(struct rows *rows, size_t at, bool refuses, const char *sentence)
{
    add_doubt(rows, at, 0, refuses, sentence, line_at(rows, at)->from, line_at(rows, at)->to);
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

static void flush(struct rows *rows)
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

static struct row *begin_row(struct rows *rows, size_t at)
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

/* The text of a piece; of Markdown with its marks taken off. */
static void add_piece(struct rows *rows, struct strbuf *out, const struct table_piece *piece)
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

/* Whether `next` would not have fitted behind `above` in its column: its line was wrapped. */
static bool was_wrapped(const struct rows *rows, size_t column, const struct table_piece *above,
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
        bool wrapped = rows->has_above && was_wrapped(rows, column, above, next);
        bool words =
            is_latin(out->text[out->length - 1]) && is_latin(rows->table->lines.text[next->from]);
        strbuf_add(out, !wrapped ? "\n" : words ? " " : "");
    }
    add_piece(rows, out, next);
}

static void add_line(struct rows *rows)
{
    rows->found->inside++;
    for (size_t i = 0; i < rows->table->columns; i++)
        add_cell(rows, &rows->row[rows->top[i]].cell[i], i);
    memcpy(rows->above, rows->cell, rows->table->columns * sizeof *rows->above);
    rows->has_above = true;
}

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
        if (!was_wrapped(rows, i, &rows->above[i], &rows->cell[i]))
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
    bare_pieces(table, line_at(rows, at), &total);
    if (table->lines.form == TEXT_TABLE_COLUMNS ||
        (table->outer_right && line_at(rows, at)->closes))
        return 0;
    for (size_t i = at + 1; i < table->lines.count && i <= at + JOINED_MOST; i++) {
        const struct table_line *line = line_at(rows, i);
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
    begin_row(rows, at);
    for (size_t i = at; i <= at + lines; i++) {
        const struct table_line *line = line_at(rows, i);
        if (line->kind == TABLE_BLANK)
            continue;
        const struct table_piece *piece = bare_pieces(rows->table, line, &count);
        for (size_t k = 0; k < count; k++) {
            struct strbuf *out = &rows->row[rows->count - 1].cell[column + k];
            strbuf_add(out, k == 0 && out->length > 0 ? "\n" : "");
            add_piece(rows, out, &piece[k]);
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
        char *text = table_bare_line(rows->table, line_at(rows, at));
        bool of_page = table_is_page_head(rows->table, line_at(rows, at));
        if (!of_page && table_is_section(text)) {
            grid_row(rows->out, at + 1);
            grid_cell(rows->out, GRID_TEXT, text, strlen(text));
        } else if (!of_page) {
            add_doubt_line(rows, at, !heading,
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
        flush(rows);
    settle_text(rows, table_is_heading(rows->table, line_at(rows, at)));
    if (*skip > 0) {
        add_short(rows, at, *skip);
        return;
    }
    if (on)
        rows->found->joined = true;
    else
        begin_row(rows, at);
    add_line(rows);
}

/* Cells without a rule under them go on below it. */
static void take_part(struct rows *rows, size_t at)
{
    size_t count, columns = rows->table->columns;
    const struct table_piece *piece = bare_pieces(rows->table, line_at(rows, at), &count);
    if (rows->count == 0 || count != columns) {
        add_doubt_line(
            rows, at, true, _("this rule leaves out some cells, and it cannot be told which"));
        return;
    }
    size_t above[TEXT_TABLE_COLUMNS_MOST];
    memcpy(above, rows->top, columns * sizeof *above);
    struct row *row = begin_row(rows, at);
    row->line = at + 1; /* its texts begin behind the rule */
    for (size_t i = 0; i < columns; i++) {
        row->merged[i] = !piece[i].rule;
        rows->top[i] = piece[i].rule ? rows->top[i] : above[i];
        rows->cell[i] = piece[i].rule ? (struct table_piece){0} : piece[i];
    }
    add_line(rows);
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
    for (size_t i = 0; i < table->columns && line_at(rows, at)->count == table->columns; i++)
        table->name[i] = table->lines.piece[line_at(rows, at)->first + i];
    table_extents_read(table, at + 1, end);
}

/* A row of other headings behind a gap begins another table. */
static bool is_other_table(const struct rows *rows, size_t at)
{
    const struct table_line *line = line_at(rows, at);
    size_t known = 0;
    if (at == 0 || line_at(rows, at - 1)->kind == TABLE_ROW || rows->table->known < 2 ||
        table_is_heading(rows->table, line) || line->count > TEXT_TABLE_COLUMNS_MOST)
        return false;
    for (size_t i = 0; i < line->count; i++)
        known += table_is_known(&rows->table->lines, &rows->table->lines.piece[line->first + i]);
    return known >= 2;
}

/* Returns the lines that it took beyond this one. */
static size_t take_line(struct rows *rows, size_t at)
{
    const struct table_line *line = line_at(rows, at);
    struct table_piece wrong = {0};
    size_t skip = 0;
    if (line->kind == TABLE_BLANK || line->kind == TABLE_RULE) {
        bool breaks = line->kind == TABLE_RULE || rows->table->lines.form == TEXT_TABLE_COLUMNS;
        if (breaks && (rows->grouped || line->kind == TABLE_RULE))
            flush(rows);
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
    } else if (fit == FIT_TEXT || (at > 0 && line_at(rows, at - 1)->kind == TABLE_BLANK)) {
        keep_text(rows, at);
    } else {
        flush(rows);
        settle_text(rows, false);
        add_doubt(rows, at, fit == FIT_LONG ? rows->table->columns + 1 : 0, true,
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
        const struct table_line *line = line_at(rows, at);
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
        if (line_at(rows, at)->kind != TABLE_ROW)
            continue;
        rows->found->drawn |= line_at(rows, at)->opens;
        if (table->lines.form == TEXT_TABLE_COLUMNS)
            memcpy(rows->cell, table->name, table->columns * sizeof *rows->cell);
        else if (table_place(table, line_at(rows, at), rows->cell, &wrong) > FIT_SHORT)
            continue;
        if (rows->count == 0)
            begin_row(rows, at);
        rows->has_above = false; /* a heading over two lines is one word */
        add_line(rows);
    }
    flush(rows);
    rows->found->rows = 0;
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
            flush(&rows);
            add_doubt_line(&rows, at, false,
                _("another table begins here, which is not read: put it into a file of its own"));
            break;
        }
        at += take_line(&rows, at);
    }
    flush(&rows);
    found->behind = rows.text_count > 0 ? rows.text[0] + 1 : 0;
    free(rows.room);
    free(rows.cell);
    free(rows.above);
    free(rows.top);
    free(rows.row);
    free(rows.text);
}
