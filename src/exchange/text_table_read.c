#include "exchange/text_table_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text_table_parts.h"

#define SEARCHED 3000      /* lines in which the headings are looked for */
#define SEARCHED_BEHIND 40 /* and behind headings for better ones */

/* --- cells by their order -------------------------------------------------------------------- */

enum table_fit table_place(const struct table *table, const struct table_line *line,
    struct table_piece *cell, struct table_piece *wrong)
{
    if (line->kind == TABLE_TEXT || line->count == 0)
        return FIT_TEXT;
    if (table->lines.form == TEXT_TABLE_COLUMNS)
        return table_place_aligned(table, line, cell, wrong);
    const struct table_piece *piece = &table->lines.piece[line->first];
    size_t count = line->count;
    if (table->outer_left && line->opens) {
        piece++;
        count--;
    }
    if (table->outer_right && line->closes && count > 0)
        count--;
    for (size_t i = table->columns; i < count; i++)
        if (piece[i].to > piece[i].from) {
            *wrong = piece[i];
            return FIT_LONG;
        }
    memset(cell, 0, table->columns * sizeof *cell);
    memcpy(cell, piece, (count < table->columns ? count : table->columns) * sizeof *cell);
    return count < table->columns ? FIT_SHORT : FIT_ROW;
}

bool table_is_heading(const struct table *table, const struct table_line *line)
{
    size_t first = table->outer_left && line->opens, same = 0;
    if (line->kind != TABLE_ROW || table->heading == table->heading_end ||
        line->count < first + table->columns)
        return false;
    while (same < table->columns &&
           table_same(
               &table->lines, &table->lines.piece[line->first + first + same], &table->name[same]))
        same++;
    return same == table->columns;
}

/* --- the headings ---------------------------------------------------------------------------- */

static size_t count_known(
    const struct table_lines *lines, const struct table_piece *piece, size_t count)
{
    size_t known = 0;
    for (size_t i = 0; i < count && i < TEXT_TABLE_COLUMNS_MOST; i++)
        known += table_is_known(lines, &piece[i]);
    return known;
}

/* A heading of two characters with a full-width blank between them: 编　号. */
static size_t join_names(const struct table_lines *lines, struct table_piece *name, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++, kept++) {
        name[kept] = name[i];
        if (i + 1 == count || table_is_known(lines, &name[i]) ||
            table_is_known(lines, &name[i + 1]))
            continue;
        struct table_piece both = name[i];
        both.to = name[i + 1].to;
        both.right = name[i + 1].right;
        if (table_is_known(lines, &both)) {
            name[kept] = both;
            i++;
        }
    }
    return kept;
}

/* The pieces of a line as headings; of aligned ones in the way that knows more. Caller frees. */
static struct table_piece *names_of(
    const struct table_lines *lines, const struct table_line *line, size_t *count, size_t *known)
{
    struct table_piece *name = alloc_zero(line->count + 1, sizeof *name);
    memcpy(name, &lines->piece[line->first], line->count * sizeof *name);
    *count = line->count;
    if (lines->form == TEXT_TABLE_COLUMNS)
        *count = join_names(lines, name, *count);
    *known = count_known(lines, name, *count);
    if (lines->form != TEXT_TABLE_COLUMNS)
        return name;
    size_t words, known_words;
    struct table_piece *word = table_words(lines, line, &words);
    known_words = count_known(lines, word, words);
    if (known_words > *known && known_words > 2) {
        free(name);
        *count = words;
        *known = known_words;
        return word;
    }
    free(word);
    return name;
}

/* Takes over a line as the headings. */
static void set_heading(struct table *table, size_t at, struct table_piece *name, size_t count)
{
    const struct table_line *line = &table->lines.line[at];
    size_t first = 0;
    table->outer_left = line->opens;
    table->outer_right = line->closes && line->count > 1;
    first = table->outer_left;
    count -= table->outer_left + (table->outer_right && count > first + 1U);
    memmove(name, name + first, count * sizeof *name);
    free(table->name);
    table->name = name;
    table->columns = count;
    table->heading = at;
    table->heading_end = at + 1;
}

/* Headings that a frame breaks over lines: all between its rules. */
static void widen_heading(struct table *table)
{
    const struct table_line *line = table->lines.line;
    size_t from = table->heading, to = table->heading_end;
    if (table->lines.form != TEXT_TABLE_BARS)
        return;
    while (from > 0 && line[from - 1].kind == TABLE_ROW)
        from--;
    while (to < table->lines.count && line[to].kind == TABLE_ROW)
        to++;
    bool framed = from > 0 && line[from - 1].kind == TABLE_RULE && to < table->lines.count &&
                  line[to].kind == TABLE_RULE;
    /* a frame with one rule at the top and one at the bottom has no group of headings */
    bool below = framed && to + 1 < table->lines.count && line[to + 1].kind == TABLE_ROW;
    if (below && to - from <= 4) {
        table->heading = from;
        table->heading_end = to;
    }
}

static void find_heading(struct table *table)
{
    size_t best = 1;
    for (size_t at = 0; at < table->lines.count && at < SEARCHED; at++) {
        if (best > 1 && at > table->heading + SEARCHED_BEHIND)
            break;
        const struct table_line *line = &table->lines.line[at];
        size_t count, known;
        if (line->kind != TABLE_ROW ||
            (line->count < 2 && table->lines.form != TEXT_TABLE_COLUMNS) ||
            line->count > TEXT_TABLE_COLUMNS_MOST + 2)
            continue;
        struct table_piece *name = names_of(&table->lines, line, &count, &known);
        if (known > best && count <= TEXT_TABLE_COLUMNS_MOST) {
            best = known;
            set_heading(table, at, name, count);
        } else {
            free(name);
        }
    }
    table->known = best > 1 ? best : 0;
    if (best > 1)
        widen_heading(table);
}

/* Without known headings: from the first of two rows of one width. */
static void find_rows(struct table *table)
{
    const struct table_line *before = NULL;
    for (size_t at = 0; at < table->lines.count && table->columns == 0; at++) {
        const struct table_line *line = &table->lines.line[at];
        if (line->kind != TABLE_ROW)
            continue;
        if (before && before->count == line->count && line->count > 1 &&
            line->count <= TEXT_TABLE_COLUMNS_MOST) {
            struct table_piece *name = alloc_zero(line->count, sizeof *name);
            memcpy(name, &table->lines.piece[before->first], line->count * sizeof *name);
            set_heading(table, (size_t)(before - table->lines.line), name, line->count);
            table->heading_end = table->heading; /* it is a row */
        }
        before = line;
    }
}

/* --- forms ----------------------------------------------------------------------------------- */

static void table_clear(struct table *table)
{
    table_lines_clear(&table->lines);
    free(table->name);
    free(table->extent);
    *table = (struct table){0};
}

static size_t count_rows(const struct table *table)
{
    size_t rows = 0;
    struct table_piece wrong;
    struct table_piece *cell = alloc_zero(table->columns, sizeof *cell);
    for (size_t at = table->heading_end; at < table->lines.count; at++) {
        const struct table_line *line = &table->lines.line[at];
        rows += line->kind == TABLE_ROW && table_place(table, line, cell, &wrong) == FIT_ROW;
    }
    free(cell);
    return rows;
}

static void read_form(struct table *table, const char *text, enum text_table_form form,
    enum table_measure measure, const struct grid *out)
{
    *table = (struct table){0};
    table_lines_read(&table->lines, text, form, measure, out);
    find_heading(table);
    if (table->columns == 0 && form != TEXT_TABLE_COLUMNS)
        find_rows(table);
    if (table->columns > 0 && form == TEXT_TABLE_COLUMNS) {
        size_t end = table->heading_end;
        while (end < table->lines.count && !table_is_heading(table, &table->lines.line[end]))
            end++;
        table_extents_read(table, table->heading_end, end);
    }
}

/* What tabs part stands under its heading by chance. */
static bool has_tabs(const struct table *table)
{
    const struct table_line *line = &table->lines.line[table->heading];
    return memchr(table->lines.text + line->from, '\t', line->to - line->from) != NULL;
}

/* Bars among the headings: cells that are too few were taken for columns. */
static bool has_bars(const struct table *table)
{
    for (size_t i = 0; i < table->columns; i++) {
        const char *text = table->lines.text + table->name[i].from;
        size_t count = table->name[i].to - table->name[i].from;
        if ((count == 1 && *text == '|') ||
            (count == 3 && (memcmp(text, "│", 3) == 0 || memcmp(text, "｜", 3) == 0 ||
                               memcmp(text, "┃", 3) == 0 || memcmp(text, "║", 3) == 0)))
            return true;
    }
    return false;
}

/* Texts of a column that stand below its heading as most of them do: on the left, on the right or
 * in the middle. */
static size_t count_exact(const struct table *table, size_t column)
{
    const struct table_lines *lines = &table->lines;
    const struct table_piece *name = &table->name[column];
    size_t left = 0, right = 0, middle = 0, most;
    for (size_t at = table->heading_end; at < lines->count && at < table->heading_end + SEARCHED;
         at++)
        for (size_t i = 0; i < lines->line[at].count && lines->line[at].count > 1; i++) {
            const struct table_piece *piece = &lines->piece[lines->line[at].first + i];
            left += piece->left == name->left;
            right += piece->right == name->right;
            middle += abs(piece->left + piece->right - name->left - name->right) <= 1;
        }
    most = left > right ? left : right;
    return most > middle ? most : middle;
}

/* How well a measure fits: lines that are rows by it, then texts that are in their place. */
static size_t fitness(const struct table *table)
{
    size_t exact = 0;
    if (table->columns == 0 || table->extent == NULL)
        return 0;
    for (size_t column = 0; column < table->columns; column++)
        exact += count_exact(table, column);
    return (count_rows(table) << 32) + exact;
}

/* Aligned columns by the measure that fits best. */
static void read_aligned(struct table *best, const char *text, const struct grid *out)
{
    size_t most = 0;
    read_form(best, text, TEXT_TABLE_COLUMNS, MEASURE_SCREEN, out);
    if (best->columns == 0)
        return;
    most = fitness(best);
    for (enum table_measure measure = MEASURE_WIDE; measure < MEASURE_COUNT; measure++) {
        struct table table;
        read_form(&table, text, TEXT_TABLE_COLUMNS, measure, out);
        size_t fit = fitness(&table);
        struct table *worse = fit > most ? best : &table;
        table_clear(worse);
        if (worse == best) {
            *best = table;
            most = fit;
        }
    }
}

/* More headings, then more rows. */
static bool find_table(const char *text, const struct grid *out, struct table *best)
{
    size_t most = 0;
    *best = (struct table){0};
    for (enum text_table_form form = TEXT_TABLE_BARS; form <= TEXT_TABLE_COLUMNS; form++) {
        struct table table;
        if (form == TEXT_TABLE_COLUMNS)
            read_aligned(&table, text, out);
        else
            read_form(&table, text, form, MEASURE_SCREEN, out);
        size_t rows = table.columns > 1 ? count_rows(&table) : 0;
        bool good = form != TEXT_TABLE_COLUMNS ||
                    (table.extent != NULL && !has_tabs(&table) && !has_bars(&table));
        if (rows > 0 &&
            (table.known > best->known || (table.known == best->known && rows > most && good))) {
            table_clear(best);
            *best = table;
            most = rows;
        } else {
            table_clear(&table);
        }
    }
    return most > 0;
}

void text_table_read(const char *text, size_t count, struct grid *out, struct text_table *found)
{
    char *copy = alloc_string_n(text, count);
    struct table table;
    *found = (struct text_table){0};
    if (find_table(copy, out, &table)) {
        found->form = table.lines.form;
        found->columns = table.columns;
        found->known = table.known;
        found->heading = table.heading + 1;
        for (size_t at = 0; at < table.heading; at++)
            found->beside +=
                table.lines.line[at].kind != TABLE_BLANK && table.lines.line[at].kind != TABLE_RULE;
        table_rows_read(&table, out, found);
    }
    table_clear(&table);
    free(copy);
}

void text_table_clear(struct text_table *found)
{
    for (size_t i = 0; i < found->doubt_count; i++)
        free(found->doubt[i].sentence);
    free(found->doubt);
    *found = (struct text_table){0};
}
