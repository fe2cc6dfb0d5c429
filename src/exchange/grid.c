/* Every text stands once behind a byte that tells its kind; a cell is where that is. */
#include "exchange/grid.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"

#define FILLED 0x80000000U /* of a cell: by grid_fill */

struct grid_line {
    uint32_t first, width; /* cells */
    uint32_t line;
};

struct grid {
    struct strbuf texts; /* kind, text, NUL; the first is the empty one */
    uint32_t *cell;
    size_t cell_count, cell_room;
    struct grid_line *row;
    size_t row_count, row_room;
    size_t columns;
    struct strbuf scratch;
    struct error wrong; /* the first that went over a limit */
    const struct going *going;
    struct grid *beside;
};

struct grid *grid_new(void)
{
    struct grid *grid = alloc_zero(1, sizeof *grid);
    strbuf_add_n(&grid->texts, "\0", 2);
    return grid;
}

void grid_free(struct grid *grid)
{
    if (grid == NULL)
        return;
    grid_free(grid->beside);
    strbuf_clear(&grid->texts);
    strbuf_clear(&grid->scratch);
    free(grid->cell);
    free(grid->row);
    free(grid);
}

void grid_put_beside(struct grid *grid, struct grid *beside)
{
    grid_free(grid->beside);
    grid->beside = beside;
}

const struct grid *grid_beside(const struct grid *grid)
{
    return grid->beside;
}

/* --- putting in ------------------------------------------------------------------------------ */

void grid_row(struct grid *grid, size_t line)
{
    if (grid->row_count >= GRID_ROWS_MOST) {
        if (grid->wrong.code == ERROR_NONE)
            error_set(&grid->wrong, ERROR_INPUT,
                _("line %zu: a table has at most %d rows; divide the file"), line, GRID_ROWS_MOST);
        return;
    }
    grid->row = alloc_grow(grid->row, &grid->row_room, grid->row_count + 1, sizeof *grid->row);
    grid->row[grid->row_count++] =
        (struct grid_line){.first = (uint32_t)grid->cell_count, .line = (uint32_t)line};
}

/* Bytes of the blank that `text` begins with: ASCII ones, no-break, zero-width, full-width. */
static size_t blank_at(const char *text, const char *end)
{
    static const char *const wide[] = {"\u200B", "\u3000", "\uFEFF"};
    if (text >= end)
        return 0;
    if ((signed char)*text >= 0)
        return *text == ' ' || (*text >= '\t' && *text <= '\r');
    if (end - text >= 2 && memcmp(text, "\u00A0", 2) == 0)
        return 2;
    for (size_t i = 0; i < sizeof wide / sizeof *wide && end - text >= 3; i++)
        if (memcmp(text, wide[i], 3) == 0)
            return 3;
    return 0;
}

static size_t blank_before(const char *start, const char *end)
{
    for (size_t length = 1; length <= 3 && length <= (size_t)(end - start); length++)
        if (blank_at(end - length, end) == length)
            return length;
    return 0;
}

static void trim(const char **start, const char **end)
{
    for (size_t length; (length = blank_at(*start, *end)) > 0;)
        *start += length;
    for (size_t length; (length = blank_before(*start, *end)) > 0;)
        *end -= length;
}

/* Line ends of other systems as ours. */
static void add_lines(struct strbuf *out, const char *bytes, const char *end)
{
    for (const char *stop; bytes < end; bytes = stop) {
        const char *mark = memchr(bytes, '\r', (size_t)(end - bytes));
        stop = mark ? mark : end;
        text_scrub(out, bytes, (size_t)(stop - bytes), TEXT_LINES);
        if (mark == NULL)
            break;
        strbuf_add_char(out, '\n');
        stop += mark + 1 < end && mark[1] == '\n' ? 2 : 1;
    }
}

/* The cell above with the same text: ledgers repeat themselves downwards. 0: none. */
static uint32_t find_above(const struct grid *grid, size_t column, enum grid_kind kind)
{
    if (grid->row_count < 2)
        return 0;
    const struct grid_line *above = &grid->row[grid->row_count - 2];
    if (column >= above->width)
        return 0;
    uint32_t at = grid->cell[above->first + column] & ~FILLED;
    const char *text = grid->texts.text + at;
    return text[0] == (char)kind && strcmp(text + 1, grid->scratch.text) == 0 ? at : 0;
}

static uint32_t add_text(struct grid *grid, enum grid_kind kind)
{
    uint32_t at = (uint32_t)grid->texts.length;
    strbuf_add_char(&grid->texts, (char)kind);
    strbuf_add_n(&grid->texts, grid->scratch.text, grid->scratch.length + 1);
    return at;
}

static uint32_t keep_text(struct grid *grid, size_t column, enum grid_kind kind)
{
    if (grid->scratch.length == 0)
        return 0;
    uint32_t at = find_above(grid, column, kind);
    return at > 0 ? at : add_text(grid, kind);
}

static bool has_room(struct grid *grid, size_t column, size_t count)
{
    const struct grid_line *row = &grid->row[grid->row_count - 1];
    if (grid->wrong.code != ERROR_NONE)
        return false;
    if (column >= GRID_COLUMNS_MOST)
        return error_set(&grid->wrong, ERROR_INPUT,
            _("line %u: a table has at most %d columns; is this the right delimiter?"), row->line,
            GRID_COLUMNS_MOST);
    if (count > GRID_CELL_MOST)
        return error_set(&grid->wrong, ERROR_INPUT,
            _("line %u, column %zu: the cell has %zu bytes; at most %d are read"), row->line,
            column + 1, count, GRID_CELL_MOST);
    if (grid->texts.length + 3 * count > GRID_BYTES_MOST)
        return error_set(&grid->wrong, ERROR_INPUT,
            _("line %u: the cells of a table have at most %d MB together; divide the file"),
            row->line, GRID_BYTES_MOST >> 20);
    return true;
}

/* Clean, in `scratch`. */
static void take_text(struct grid *grid, const char *bytes, size_t count)
{
    const char *start = bytes, *end = bytes + count;
    if (count > 0)
        trim(&start, &end);
    strbuf_cut(&grid->scratch, 0);
    add_lines(&grid->scratch, start, end);
}

static void add_cell(struct grid *grid, uint32_t text)
{
    struct grid_line *row = &grid->row[grid->row_count - 1];
    grid->cell = alloc_grow(grid->cell, &grid->cell_room, grid->cell_count + 1, sizeof *grid->cell);
    grid->cell[grid->cell_count++] = text;
    if (++row->width > grid->columns)
        grid->columns = row->width;
}

void grid_cell(struct grid *grid, enum grid_kind kind, const char *bytes, size_t count)
{
    assert(grid->row_count > 0);
    size_t column = grid->row[grid->row_count - 1].width;
    if (!has_room(grid, column, count))
        return;
    take_text(grid, bytes, count);
    add_cell(grid, keep_text(grid, column, kind));
}

uint32_t grid_keep(struct grid *grid, enum grid_kind kind, const char *bytes, size_t count)
{
    if (grid->wrong.code != ERROR_NONE)
        return 0;
    if (count > GRID_CELL_MOST || grid->texts.length + 3 * count > GRID_BYTES_MOST) {
        error_set(&grid->wrong, ERROR_INPUT,
            _("the texts of a table have at most %d MB together; divide the file"),
            GRID_BYTES_MOST >> 20);
        return 0;
    }
    take_text(grid, bytes, count);
    return grid->scratch.length > 0 ? add_text(grid, kind) : 0;
}

void grid_cell_kept(struct grid *grid, uint32_t kept)
{
    assert(grid->row_count > 0 && kept < grid->texts.length);
    if (has_room(grid, grid->row[grid->row_count - 1].width, 0))
        add_cell(grid, kept);
}

void grid_ask(struct grid *grid, const struct going *going)
{
    grid->going = going;
}

bool grid_goes_on(const struct grid *grid)
{
    return going_on(grid->going);
}

bool grid_check(const struct grid *grid, struct error *err)
{
    return grid->wrong.code == ERROR_NONE ||
           error_set(err, grid->wrong.code, "%s", grid->wrong.text);
}

/* --- reading --------------------------------------------------------------------------------- */

size_t grid_rows(const struct grid *grid)
{
    return grid->row_count;
}

size_t grid_columns(const struct grid *grid)
{
    return grid->columns;
}

size_t grid_width(const struct grid *grid, size_t row)
{
    assert(row < grid->row_count);
    return grid->row[row].width;
}

size_t grid_line(const struct grid *grid, size_t row)
{
    assert(row < grid->row_count);
    return grid->row[row].line;
}

static uint32_t cell_at(const struct grid *grid, size_t row, size_t column)
{
    if (row >= grid->row_count || column >= grid->row[row].width)
        return 0;
    return grid->cell[grid->row[row].first + column];
}

const char *grid_text(const struct grid *grid, size_t row, size_t column, enum grid_kind *kind)
{
    const char *text = grid->texts.text + (cell_at(grid, row, column) & ~FILLED);
    if (kind)
        *kind = (enum grid_kind)text[0];
    return text + 1;
}

bool grid_is_filled(const struct grid *grid, size_t row, size_t column)
{
    return cell_at(grid, row, column) & FILLED;
}

/* --- merged cells ---------------------------------------------------------------------------- */

/* A row that is too short gets a longer one at the end of the cells. */
static void widen(struct grid *grid, struct grid_line *row, size_t width)
{
    if (row->width >= width)
        return;
    grid->cell =
        alloc_grow(grid->cell, &grid->cell_room, grid->cell_count + width, sizeof *grid->cell);
    uint32_t *cell = grid->cell + grid->cell_count;
    memset(cell, 0, width * sizeof *cell);
    memcpy(cell, grid->cell + row->first, row->width * sizeof *cell);
    row->first = (uint32_t)grid->cell_count;
    row->width = (uint32_t)width;
    grid->cell_count += width;
}

void grid_fill(struct grid *grid, size_t row, size_t column, size_t down, size_t across)
{
    if (row >= grid->row_count || column >= grid->columns)
        return;
    uint32_t corner = cell_at(grid, row, column) & ~FILLED;
    size_t rows = down < grid->row_count - row ? down : grid->row_count - row;
    size_t columns = across < grid->columns - column ? across : grid->columns - column;
    for (size_t i = 0; i < rows; i++) {
        widen(grid, &grid->row[row + i], column + columns);
        uint32_t *cell = grid->cell + grid->row[row + i].first + column;
        for (size_t k = 0; k < columns; k++)
            if (i > 0 || k > 0)
                cell[k] = corner | FILLED;
    }
}
