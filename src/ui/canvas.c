#include "ui/canvas.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct canvas {
    struct cell *cells;
    int rows, columns;
    bool ascii, braille;
    int cursor_row, cursor_column;
    bool cursor_visible;
};

#define REPLACEMENT 0xfffd

bool cell_equal(const struct cell *a, const struct cell *b)
{
    return a->base == b->base && a->role == b->role && a->width == b->width &&
           memcmp(a->marks, b->marks, sizeof a->marks) == 0;
}

static const struct {
    const char *full, *ascii;
} glyphs[GLYPH_COUNT] = {
    [GLYPH_LIVE] = {"●", "*"},
    [GLYPH_LIVE_BEAT] = {"•", "."},
    [GLYPH_STALE] = {"×", "x"},
    [GLYPH_PAUSED] = {"‖", "="},
    [GLYPH_CURSOR] = {">", ">"},
    [GLYPH_MARK] = {"◆", "+"},
    [GLYPH_LINE] = {"─", "-"},
    [GLYPH_BAR] = {"│", "|"},
    [GLYPH_ARROW] = {"→", ">"},
    [GLYPH_MORE_UP] = {"↑", "^"},
    [GLYPH_MORE_DOWN] = {"↓", "v"},
    [GLYPH_MORE_LEFT] = {"←", "<"},
    [GLYPH_MORE_RIGHT] = {"→", ">"},
    [GLYPH_ELLIPSIS] = {"…", "~"},
    [GLYPH_DONE] = {"√", "x"},
    [GLYPH_TODO] = {"□", "."},
    [GLYPH_BULLET] = {"·", "-"},
    [GLYPH_ENTER] = {"↵", "&"},
    [GLYPH_HEAT_LITTLE] = {"░", ":"},
    [GLYPH_HEAT_SOME] = {"▒", "+"},
    [GLYPH_HEAT_MUCH] = {"▓", "#"},
};

/* Letters of canvas_roles: small ones for what is quiet, capitals for what is loud. */
static const char role_letters[ROLE_COUNT] = {
    [ROLE_NORMAL] = '.',
    [ROLE_DIM] = 'd',
    [ROLE_HEADER] = 'h',
    [ROLE_HEADER_STRONG] = 'H',
    [ROLE_COUNTER] = 'c',
    [ROLE_COUNTER_ACTIVE] = 'C',
    [ROLE_COLUMN_HEAD] = 't',
    [ROLE_SELECTED] = 'S',
    [ROLE_MARKED] = 'm',
    [ROLE_OVERDUE] = 'O',
    [ROLE_UNREPORTED] = 'U',
    [ROLE_DUE_SOON] = 'D',
    [ROLE_CHANGED] = 'g',
    [ROLE_CLOSED] = 'z',
    [ROLE_TITLE] = 'T',
    [ROLE_LABEL] = 'l',
    [ROLE_KEY] = 'k',
    [ROLE_HINT] = 'i',
    [ROLE_MATCH] = 'M',
    [ROLE_INPUT] = 'I',
    [ROLE_ERROR] = 'E',
    [ROLE_WARNING] = 'W',
    [ROLE_OK] = 'o',
    [ROLE_BORDER] = 'b',
};

static struct cell blank(enum role role)
{
    return (struct cell){.base = ' ', .role = (uint8_t)role, .width = 1};
}

static bool is_inside(const struct canvas *canvas, int row, int column)
{
    return row >= 0 && row < canvas->rows && column >= 0 && column < canvas->columns;
}

static struct cell *cell_at(const struct canvas *canvas, int row, int column)
{
    return &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
}

struct canvas *canvas_new(int rows, int columns)
{
    struct canvas *canvas = alloc_zero(1, sizeof *canvas);
    canvas_resize(canvas, rows, columns);
    return canvas;
}

void canvas_free(struct canvas *canvas)
{
    if (!canvas)
        return;
    free(canvas->cells);
    free(canvas);
}

void canvas_resize(struct canvas *canvas, int rows, int columns)
{
    canvas->rows = rows > 0 ? rows : 0;
    canvas->columns = columns > 0 ? columns : 0;
    size_t count = (size_t)canvas->rows * (size_t)canvas->columns;
    canvas->cells = alloc_resize(canvas->cells, count + 1, sizeof *canvas->cells);
    canvas_clear(canvas);
}

void canvas_clear(struct canvas *canvas)
{
    size_t count = (size_t)canvas->rows * (size_t)canvas->columns;
    for (size_t i = 0; i < count; i++)
        canvas->cells[i] = blank(ROLE_NORMAL);
    canvas_cursor(canvas, 0, 0, false);
}

int canvas_rows(const struct canvas *canvas)
{
    return canvas->rows;
}

int canvas_columns(const struct canvas *canvas)
{
    return canvas->columns;
}

const struct cell *canvas_row(const struct canvas *canvas, int row)
{
    assert(row >= 0 && row < canvas->rows);
    return &canvas->cells[(size_t)row * (size_t)canvas->columns];
}

void canvas_set_ascii(struct canvas *canvas, bool ascii)
{
    canvas->ascii = ascii;
}

bool canvas_ascii(const struct canvas *canvas)
{
    return canvas->ascii;
}

void canvas_set_braille(struct canvas *canvas, bool braille)
{
    canvas->braille = braille;
}

bool canvas_braille(const struct canvas *canvas)
{
    return canvas->braille || !canvas->ascii;
}

const char *canvas_glyph(const struct canvas *canvas, enum glyph glyph)
{
    assert(glyph < GLYPH_COUNT);
    return canvas->ascii ? glyphs[glyph].ascii : glyphs[glyph].full;
}

/* Makes the cell free to be written: the other half of a wide character in it becomes a blank. */
static void detach(struct canvas *canvas, int row, int column)
{
    struct cell *cell = cell_at(canvas, row, column);
    if (cell->width == 0 && column > 0)
        cell[-1] = blank(cell[-1].role);
    else if (cell->width == 2 && column + 1 < canvas->columns)
        cell[1] = blank(cell->role);
}

static void put_cell(struct canvas *canvas, int row, int column, struct cell cell)
{
    if (!is_inside(canvas, row, column))
        return;
    detach(canvas, row, column);
    *cell_at(canvas, row, column) = cell;
}

static void put_cluster(
    struct canvas *canvas, int row, int column, enum role role, const struct text_cluster *cluster)
{
    struct cell cell = blank(role);
    bool wide = cluster->width == 2;
    bool whole = is_inside(canvas, row, column) && (!wide || is_inside(canvas, row, column + 1));
    if (!whole) {
        put_cell(canvas, row, column, cell);
        if (wide)
            put_cell(canvas, row, column + 1, cell);
        return;
    }
    bool control = cluster->base < 0x20 || (cluster->base >= 0x7f && cluster->base < 0xa0);
    cell.base = control ? REPLACEMENT : cluster->base;
    memcpy(cell.marks, cluster->marks, sizeof cell.marks);
    put_cell(canvas, row, column, cell);
    if (!wide)
        return;
    put_cell(canvas, row, column + 1, (struct cell){.role = (uint8_t)role});
    cell_at(canvas, row, column)->width = 2;
}

void canvas_copy(struct canvas *to, int row, int column, const struct canvas *from)
{
    for (int r = 0; r < from->rows; r++)
        for (int c = 0; c < from->columns; c++) {
            const struct cell *cell = cell_at(from, r, c);
            struct text_cluster cluster = {.base = cell->base, .width = cell->width};
            memcpy(cluster.marks, cell->marks, sizeof cluster.marks);
            if (cell->width > 0) /* a right half comes with its left one */
                put_cluster(to, row + r, column + c, cell->role, &cluster);
        }
    if (from->cursor_visible)
        canvas_cursor(to, row + from->cursor_row, column + from->cursor_column, true);
}

/* Puts the first `bytes` of `text`; returns the columns used. */
static int put_bytes(
    struct canvas *canvas, int row, int column, enum role role, const char *text, size_t bytes)
{
    const char *end = text + bytes;
    struct text_cluster cluster;
    int used = 0;
    while (text < end && text_cluster(text, &cluster)) {
        put_cluster(canvas, row, column + used, role, &cluster);
        used += cluster.width;
        text += cluster.bytes;
    }
    return used;
}

int canvas_put(
    struct canvas *canvas, int row, int column, int columns, enum role role, const char *text)
{
    int used = 0;
    if (columns < 0) {
        int room = canvas->columns - column;
        size_t bytes = room > 0 ? text_fit(text, room, &used) : 0;
        return put_bytes(canvas, row, column, role, text, bytes);
    }
    if (columns == 0)
        return 0;
    size_t bytes = text_fit(text, columns, &used);
    if (text[bytes] == '\0')
        return put_bytes(canvas, row, column, role, text, bytes);
    bytes = text_fit(text, columns - 1, &used);
    used = put_bytes(canvas, row, column, role, text, bytes);
    const char *ellipsis = canvas_glyph(canvas, GLYPH_ELLIPSIS);
    return used + put_bytes(canvas, row, column + used, role, ellipsis, strlen(ellipsis));
}

int canvas_format(struct canvas *canvas, int row, int column, int columns, enum role role,
    const char *format, ...)
{
    struct strbuf text = {0};
    va_list args;
    va_start(args, format);
    strbuf_vformat(&text, format, args);
    va_end(args);
    int used = canvas_put(canvas, row, column, columns, role, strbuf_text(&text));
    strbuf_clear(&text);
    return used;
}

int canvas_put_right(
    struct canvas *canvas, int row, int column, int columns, enum role role, const char *text)
{
    int width = text_width(text);
    int begin = width < columns ? column + columns - width : column;
    canvas_put(canvas, row, begin, width < columns ? width : columns, role, text);
    return begin;
}

/* The part of `area` that is on the grid; false when nothing is. */
static bool clip(const struct canvas *canvas, struct rect *area)
{
    int bottom = area->row + area->rows, right = area->column + area->columns;
    area->row = area->row > 0 ? area->row : 0;
    area->column = area->column > 0 ? area->column : 0;
    area->rows = (bottom < canvas->rows ? bottom : canvas->rows) - area->row;
    area->columns = (right < canvas->columns ? right : canvas->columns) - area->column;
    return area->rows > 0 && area->columns > 0;
}

void canvas_fill(struct canvas *canvas, struct rect area, enum role role, char with)
{
    if (!clip(canvas, &area))
        return;
    struct cell cell = blank(role);
    cell.base = (unsigned char)with;
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int column = area.column; column < area.column + area.columns; column++)
            put_cell(canvas, row, column, cell);
}

/* A wide character belongs to the area that holds its left half. */
static void set_row_role(struct canvas *canvas, int row, int from, int to, enum role role)
{
    struct cell *cells = cell_at(canvas, row, 0);
    while (from < canvas->columns && cells[from].width == 0)
        from++;
    while (to < canvas->columns && cells[to].width == 0)
        to++;
    for (int column = from; column < to; column++)
        cells[column].role = (uint8_t)role;
}

void canvas_set_role(struct canvas *canvas, struct rect area, enum role role)
{
    if (!clip(canvas, &area))
        return;
    for (int row = area.row; row < area.row + area.rows; row++)
        set_row_role(canvas, row, area.column, area.column + area.columns, role);
}

void canvas_dim(struct canvas *canvas, struct rect area)
{
    if (!clip(canvas, &area))
        return;
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int column = area.column; column < area.column + area.columns; column++) {
            struct cell *cell = cell_at(canvas, row, column);
            bool kept = cell->role == ROLE_SELECTED || cell->role == ROLE_ERROR ||
                        cell->role == ROLE_WARNING;
            cell->role = kept ? cell->role : ROLE_DIM;
        }
}

void canvas_cursor(struct canvas *canvas, int row, int column, bool visible)
{
    canvas->cursor_row = row;
    canvas->cursor_column = column;
    canvas->cursor_visible = visible && is_inside(canvas, row, column);
}

void canvas_cursor_get(const struct canvas *canvas, int *row, int *column, bool *visible)
{
    *row = canvas->cursor_row;
    *column = canvas->cursor_column;
    *visible = canvas->cursor_visible;
}

static void add_cell(struct strbuf *out, const struct cell *cell)
{
    if (cell->width == 0)
        return;
    text_encode(out, cell->base);
    for (int i = 0; i < TEXT_MARKS && cell->marks[i]; i++)
        text_encode(out, cell->marks[i]);
}

void canvas_text(const struct canvas *canvas, struct strbuf *out)
{
    for (int row = 0; row < canvas->rows; row++) {
        const struct cell *cells = canvas_row(canvas, row);
        int last = canvas->columns;
        while (last > 0 && cells[last - 1].width == 1 && cells[last - 1].base == ' ' &&
               !cells[last - 1].marks[0])
            last--;
        for (int column = 0; column < last; column++)
            add_cell(out, &cells[column]);
        strbuf_add_char(out, '\n');
    }
}

void canvas_roles(const struct canvas *canvas, struct strbuf *out)
{
    for (int row = 0; row < canvas->rows; row++) {
        const struct cell *cells = canvas_row(canvas, row);
        int last = canvas->columns;
        while (last > 0 && cells[last - 1].role == ROLE_NORMAL)
            last--;
        for (int column = 0; column < last; column++)
            strbuf_add_char(out, role_letters[cells[column].role]);
        strbuf_add_char(out, '\n');
    }
}
