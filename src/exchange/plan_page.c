/* Page numbers and running titles in a plan: text that was taken from pages has them in the middle
 * of sentences and clauses. */
#include <string.h>

#include "page_number.h"
#include "plan_parts.h"

#define TITLE_LINES 12 /* lines of the text in which its title is looked for */
#define TITLE_LEAST 24 /* bytes */
#define TITLE_MOST 180

static size_t line_length(const char *line)
{
    return strcspn(line, "\n");
}

static bool ends_with(const char *line, size_t length, const char *word)
{
    size_t count = strlen(word);
    return length >= count && memcmp(line + length - count, word, count) == 0;
}

/* Bytes of the blank at `text`; 0: none. */
static size_t blank(const char *text)
{
    static const char wide[] = "　";
    return *text == ' ' || *text == '\t'               ? 1
           : strncmp(text, wide, sizeof wide - 1) == 0 ? sizeof wide - 1
                                                       : 0;
}

/* Without the blanks around it. */
static const char *bare(const char *line, size_t *length)
{
    const char *end = line + *length;
    for (size_t skip; line < end && (skip = blank(line)) > 0;)
        line += skip;
    while (end > line && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    while (end - line >= 3 && memcmp(end - 3, "　", 3) == 0)
        end -= 3;
    *length = (size_t)(end - line);
    return line;
}

void plan_page_read(struct plan_page *page, const char *text)
{
    static const char *const ends[] = {"方案", "计划", "规划", "意见", "办法", "清单", "分工",
        "通知", "措施", "分工表", "任务表", "台账"};
    *page = (struct plan_page){0};
    for (size_t i = 0; i < TITLE_LINES && *text && page->count < 3; i++) {
        size_t whole = line_length(text), length = whole;
        const char *line = bare(text, &length);
        bool is = false;
        for (size_t k = 0; k < sizeof ends / sizeof *ends && length >= TITLE_LEAST; k++)
            is = is || ends_with(line, length, ends[k]);
        if (is && length <= TITLE_MOST) {
            page->title[page->count] = line;
            page->length[page->count++] = length;
        }
        text += whole + (text[whole] == '\n');
    }
}

size_t plan_page_line(const struct plan_page *page, const char *line)
{
    size_t whole = line_length(line), length = whole;
    const char *text = bare(line, &length);
    if (length == 0 || length > TITLE_MOST)
        return 0;
    if (page_number_is(text, length))
        return whole;
    for (size_t i = 0; i < page->count; i++)
        if (text > page->title[i] && page->length[i] == length &&
            memcmp(page->title[i], text, length) == 0)
            return whole;
    return 0;
}
