#include "page_number.h"

#include <string.h>

#define DIGITS_MOST 3

enum mark { DASH, STROKE, PAGE, OTHER, BLANK, NO_MARK };

/* The mark that the line goes on with, and its bytes. */
static enum mark mark_at(const char *line, size_t length, size_t *bytes)
{
    static const struct {
        const char *text;
        enum mark mark;
    } marks[] = {{"—", DASH}, {"–", DASH}, {"－", DASH}, {"―", DASH}, {"-", DASH}, {"/", STROKE},
        {"页", PAGE}, {"第", OTHER}, {"共", OTHER}, {"·", OTHER}, {"，", OTHER}, {" ", BLANK},
        {"\t", BLANK}, {"　", BLANK}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        *bytes = strlen(marks[i].text);
        if (*bytes <= length && memcmp(line, marks[i].text, *bytes) == 0)
            return marks[i].mark;
    }
    *bytes = 1;
    return NO_MARK;
}

bool page_number_is(const char *line, size_t length)
{
    bool digit = false, any = false, opened = false, closed = false, page = false, stroke = false;
    size_t run = 0, bytes;
    for (size_t at = 0; at < length; at += bytes) {
        enum mark mark = mark_at(line + at, length - at, &bytes);
        if (mark == NO_MARK) {
            bool other = line[at] < '0' || line[at] > '9';
            if (other || ++run > DIGITS_MOST || (closed && !page))
                return false;
            digit = true;
            stroke = false;
            continue;
        }
        if (mark == STROKE && !digit)
            return false;
        run = 0;
        any |= mark != BLANK;
        stroke |= mark == STROKE;
        page |= mark == PAGE;
        opened |= mark == DASH && !digit;
        closed |= mark == DASH && digit;
    }
    return digit && any && !stroke && (opened == closed || page);
}
