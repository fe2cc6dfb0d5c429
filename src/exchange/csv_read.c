#include "exchange/csv_read.h"

#include <csv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/language.h"
#include "csv.h"
#include "exchange/ledger_field.h"

#define ASKED_EVERY 1000   /* lines, whether it is to go on */
#define PIECE (64 << 10)   /* bytes given to libcsv at once */
#define SAMPLE (256 << 10) /* bytes by which the delimiter is found */
#define SAMPLE_ROWS 40

struct reading {
    struct csv_parser parser;
    struct grid *grid;
    size_t rows_most;
    size_t line;      /* being read */
    size_t row_line;  /* where the row being read began */
    size_t cell_line; /* where the cell being read began */
    size_t column;    /* of it, from 0 */
    bool in_row;      /* bytes of a row that has not ended were given */
    bool has_row;     /* it is in the grid */
};

static void *resize(void *block, size_t size)
{
    return alloc_resize(block, size, 1);
}

static void on_cell(void *bytes, size_t count, void *context)
{
    struct reading *reading = context;
    if (!reading->has_row)
        grid_row(reading->grid, reading->row_line);
    reading->has_row = true;
    size_t guard = csv_guard(bytes, count);
    grid_cell(reading->grid, GRID_TEXT, (const char *)bytes + guard, count - guard);
    reading->column++;
    reading->cell_line = reading->line;
}

static void on_row(int end, void *context)
{
    struct reading *reading = context;
    (void)end;
    reading->in_row = reading->has_row = false;
    reading->column = 0;
    reading->row_line = reading->line;
}

/* --- a line of the file ---------------------------------------------------------------------- */

static bool is_blank(const char *text, const char *end, char delimiter)
{
    for (; text < end; text++)
        if (*text == delimiter || strchr(" \t\r\n", *text) == NULL)
            return false;
    return true;
}

/* A quote in the middle of a cell that began without one is a quote; in a quoted cell it is a
 * doubt. */
static bool is_mere_quote(const char *text, const char *at)
{
    if (*at != '"')
        return false;
    while (at > text && at[-1] == ' ')
        at--;
    return at == text || at[-1] != '"';
}

static bool refuse_quote(const struct reading *reading, struct error *err)
{
    return error_set(err, ERROR_INPUT,
        _("line %zu, column %zu: a quote within a quoted cell is not doubled; it is written \"a "
          "\"\"b\"\" c\""),
        reading->line, reading->column + 1);
}

static bool read_piece(struct reading *reading, const char *text, size_t count, struct error *err)
{
    struct csv_parser *parser = &reading->parser;
    for (size_t at = 0; at < count;) {
        at += csv_parse(parser, text + at, count - at, on_cell, on_row, reading);
        if (at == count)
            break;
        if (!is_mere_quote(text, text + at))
            return refuse_quote(reading, err);
        csv_set_opts(parser, 0);
        at += csv_parse(parser, text + at, 1, on_cell, on_row, reading);
        csv_set_opts(parser, CSV_STRICT | CSV_STRICT_FINI);
    }
    if (csv_get_buffer_size(parser) > GRID_CELL_MOST + 2 * PIECE)
        return error_set(err, ERROR_INPUT,
            _("line %zu, column %zu: the cell has more than %d bytes, which is the most that are "
              "read"),
            reading->cell_line, reading->column + 1, GRID_CELL_MOST);
    return grid_check(reading->grid, err);
}

static bool read_line(struct reading *reading, const char *text, const char *end, struct error *err)
{
    if (!reading->in_row) {
        if (is_blank(text, end, (char)csv_get_delim(&reading->parser)))
            return true;
        reading->in_row = true;
        reading->row_line = reading->cell_line = reading->line;
    }
    for (size_t count; text < end; text += count) {
        count = end - text < PIECE ? (size_t)(end - text) : PIECE;
        if (!read_piece(reading, text, count, err))
            return false;
    }
    return true;
}

/* --- the file -------------------------------------------------------------------------------- */

/* Some programs begin with a line that says the delimiter; returns its length, or 0. */
static size_t sep_line(const char *text, size_t count, char *delimiter)
{
    if (count < 6 || strncasecmp(text, "sep=", 4) != 0 || (text[5] != '\r' && text[5] != '\n'))
        return 0;
    *delimiter = text[4];
    return text[5] == '\r' && count > 6 && text[6] == '\n' ? 7 : 6;
}

static bool read_lines(struct reading *reading, const char *text, size_t count, struct error *err)
{
    const char *end = text + count, *at = text;
    char delimiter, ending = memchr(text, '\n', count) ? '\n' : '\r';
    size_t skipped = sep_line(text, count, &delimiter);
    at += skipped;
    reading->line = skipped ? 2 : 1;
    for (const char *stop; at < end; at = stop, reading->line++) {
        if (reading->line % ASKED_EVERY == 0 && !grid_goes_on(reading->grid))
            return error_set(err, ERROR_REFUSED, _("The import was ended; nothing is written"));
        const char *mark = memchr(at, ending, (size_t)(end - at));
        stop = mark ? mark + 1 : end;
        if (!read_line(reading, at, stop, err))
            return false;
        if (grid_rows(reading->grid) >= reading->rows_most)
            return true;
    }
    return true;
}

static bool finish(struct reading *reading, struct error *err)
{
    if (csv_fini(&reading->parser, on_cell, on_row, reading) != 0)
        return error_set(err, ERROR_INPUT,
            _("line %zu, column %zu: the quote that opens this cell is never closed; the file may "
              "be cut off"),
            reading->cell_line, reading->column + 1);
    return grid_check(reading->grid, err);
}

static bool read_text(const char *text, size_t count, char delimiter, size_t rows_most,
    struct grid *out, struct error *err)
{
    struct reading reading = {.grid = out, .rows_most = rows_most};
    csv_init(&reading.parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&reading.parser, (unsigned char)delimiter);
    csv_set_realloc_func(&reading.parser, resize);
    csv_set_blk_size(&reading.parser, PIECE);
    bool good = count == 0 || read_lines(&reading, text, count, err);
    if (rows_most > GRID_ROWS_MOST)
        good = good && finish(&reading, err);
    csv_free(&reading.parser);
    return good;
}

bool csv_read(const char *text, size_t count, char delimiter, struct grid *out, struct error *err)
{
    return read_text(text, count, delimiter, SIZE_MAX, out, err);
}

/* --- the delimiter --------------------------------------------------------------------------- */

struct guess {
    char delimiter;
    size_t known, rows; /* headings; rows of the width that most of them have */
};

static size_t known_headings(const struct grid *grid, size_t row)
{
    size_t known = 0;
    for (size_t column = 0; column < grid_columns(grid); column++) {
        const char *text = grid_text(grid, row, column, NULL);
        known += *text && strlen(text) < 100 && ledger_field_find(text) != NULL;
    }
    return known;
}

static struct guess try_delimiter(const char *text, size_t count, char delimiter)
{
    struct guess guess = {.delimiter = delimiter};
    struct grid *grid = grid_new();
    struct error ignored;
    read_text(text, count, delimiter, SAMPLE_ROWS, grid, &ignored);
    for (size_t row = 0; row < grid_rows(grid); row++) {
        size_t known = known_headings(grid, row), same = 0, width = grid_width(grid, row);
        for (size_t other = 0; other < grid_rows(grid) && width > 1; other++)
            same += grid_width(grid, other) == width;
        guess.known = known > guess.known ? known : guess.known;
        guess.rows = same > guess.rows ? same : guess.rows;
    }
    grid_free(grid);
    return guess;
}

char csv_delimiter(const char *text, size_t count, size_t *rows, size_t *known)
{
    static const char delimiters[] = ",\t;|";
    char said;
    struct guess best = {.delimiter = ','};
    bool is_said = sep_line(text, count, &said) > 0;
    size_t sample = count < SAMPLE ? count : SAMPLE;
    for (size_t i = 0; i < sizeof delimiters - 1; i++) {
        struct guess guess = try_delimiter(text, sample, delimiters[i]);
        bool better =
            guess.known > 1 || best.known > 1 ? guess.known > best.known : guess.rows > best.rows;
        if (is_said ? guess.delimiter == said : better)
            best = guess;
    }
    if (rows)
        *rows = best.rows;
    if (known)
        *known = best.known;
    return is_said ? said : best.delimiter;
}
