#include "textrows.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void textrows_wrap(struct textrows *rows, const char *text, int columns)
{
    rows->columns = columns;
    text_wrap(&rows->lines, text, columns);
}

void textrows_clear(struct textrows *rows)
{
    text_lines_clear(&rows->lines);
}

/* The first row that begins at byte `at` or behind it. */
static size_t first_from(const struct textrows *rows, size_t at)
{
    size_t low = 0, high = rows->lines.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows->lines.line[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Puts `with` in the place of the rows [from, to). */
static void replace_rows(
    struct textrows *rows, size_t from, size_t to, const struct text_lines *with)
{
    struct text_lines *lines = &rows->lines;
    size_t count = lines->count - (to - from) + with->count;
    lines->line = alloc_grow(lines->line, &lines->capacity, count, sizeof *lines->line);
    memmove(&lines->line[from + with->count], &lines->line[to],
        (lines->count - to) * sizeof *lines->line);
    memcpy(&lines->line[from], with->line, with->count * sizeof *with->line);
    lines->count = count;
}

void textrows_update(struct textrows *rows, const char *text, const struct textcore_change *change)
{
    size_t start = textcore_line_start(text, change->at);
    size_t end = textcore_line_end(text, change->at + change->put);
    size_t old_end = end - change->put + change->cut;
    size_t from = first_from(rows, start), to = first_from(rows, old_end + 1);
    struct text_lines anew = {0};
    char *part = alloc_string_n(text + start, end - start);
    text_wrap(&anew, part, rows->columns);
    for (size_t i = 0; i < anew.count; i++)
        anew.line[i].start += start;
    replace_rows(rows, from, to, &anew);
    for (size_t i = from + anew.count; i < rows->lines.count; i++)
        rows->lines.line[i].start += change->put - change->cut;
    text_lines_clear(&anew);
    free(part);
}

size_t textrows_at(const struct textrows *rows, size_t at)
{
    return first_from(rows, at + 1) - 1;
}

int textrows_column(const struct textrows *rows, const char *text, size_t at)
{
    struct text_cluster cluster;
    int column = 0;
    size_t place = rows->lines.line[textrows_at(rows, at)].start;
    for (; place < at && text_cluster(text + place, &cluster); place += (size_t)cluster.bytes)
        column += cluster.width;
    return column;
}

size_t textrows_place(const struct textrows *rows, const char *text, size_t row, int column)
{
    bool last = row + 1 == rows->lines.count;
    size_t place = rows->lines.line[row].start;
    size_t end = last ? strlen(text) : rows->lines.line[row + 1].start;
    struct text_cluster cluster;
    while (place < end && text[place] != '\n' && text_cluster(text + place, &cluster)) {
        size_t behind = place + (size_t)cluster.bytes;
        column -= cluster.width;
        /* What stands at the end of a row that goes on is the start of the next one. */
        if (column < 0 || (behind == end && !last))
            break;
        place = behind;
    }
    return place;
}
