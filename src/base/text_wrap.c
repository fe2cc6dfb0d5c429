/* Wrapping by Unicode's rules (UAX 14), which libunistring knows. */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>

#include "base/alloc.h"

/* Ambiguous characters (① ※) break as ideographs do: this is what a Chinese charset asks for. */
#define BREAK_LIKE "GBK"

static void add_line(struct text_lines *out, const char *text, size_t start, size_t end)
{
    while (end > start && text[end - 1] == ' ') {
        end--;
    }
    out->line = alloc_grow(out->line, &out->capacity, out->count + 1, sizeof *out->line);
    out->line[out->count++] = (struct text_line){.start = start, .bytes = end - start};
}

/* libunistring would begin a line after the point of `duban.cfg` and the hyphens of `--plain`: what
 * is to be typed stays whole. */
static void keep_names_whole(const char *text, size_t length, char *breaks)
{
    for (size_t i = 1; i < length; i++) {
        if (strchr(".-:", text[i - 1]) != NULL && text[i] > ' ' && text[i] < 0x7F) {
            breaks[i] = UC_BREAK_PROHIBITED;
        }
    }
}

/* Lines of the paragraph [start, end); breaks[i] says whether a line may begin at byte i. */
static void wrap_paragraph(struct text_lines *out, const char *text, size_t start, size_t end,
    const char *breaks, int columns)
{
    size_t chance = start;           /* last place where this line could end */
    int width = 0, chance_width = 0; /* columns from `start` to here, to there */
    struct text_cluster cluster;
    for (size_t at = start; at < end; at += (size_t)cluster.bytes) {
        text_cluster(text + at, &cluster);
        if (at > start && breaks[at] == UC_BREAK_POSSIBLE) {
            chance = at;
            chance_width = width;
        }
        /* Blanks may hang over the edge: they are left out there. */
        while (width + cluster.width > columns && cluster.base != ' ') {
            bool forced = chance == start;
            size_t cut = forced ? at : chance;
            add_line(out, text, start, cut);
            width -= forced ? width : chance_width;
            start = chance = cut;
            chance_width = 0;
        }
        width += cluster.width;
    }
    add_line(out, text, start, end);
}

void text_wrap(struct text_lines *out, const char *text, int columns)
{
    columns = columns < 2 ? 2 : columns;
    out->count = 0;
    size_t length = strlen(text);
    char *breaks = NULL;
    for (size_t start = 0;;) {
        size_t end = start + strcspn(text + start, "\n");
        if (text_fit(text + start, columns, NULL) >= end - start) {
            add_line(out, text, start, end);
        } else {
            if (breaks == NULL) {
                breaks = alloc_resize(NULL, length, 1);
                u8_possible_linebreaks((const uint8_t *)text, length, BREAK_LIKE, breaks);
                keep_names_whole(text, length, breaks);
            }
            wrap_paragraph(out, text, start, end, breaks, columns);
        }
        if (end == length) {
            break;
        }
        start = end + 1;
    }
    free(breaks);
}

void text_lines_clear(struct text_lines *lines)
{
    free(lines->line);
    *lines = (struct text_lines){0};
}
