/* Numbered measures within one cell. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/ledger.h"

#define MOST 99

/* How numbers may be written: what stands before and behind one; rows apart by script, so that a
 * list in one way is not taken for a list in another within it. */
static const struct form {
    const char *before, *after;
    enum { ARABIC, CHINESE, CIRCLED } digits;
} forms[] = {
    {"", ".", ARABIC},
    {"", "．", ARABIC},
    {"", "、", ARABIC},
    {"（", "）", ARABIC},
    {"(", ")", ARABIC},
    {"", "）", ARABIC},
    {"", ")", ARABIC},
    {"（", "）", CHINESE},
    {"(", ")", CHINESE},
    {"", "、", CHINESE},
    {"", "是", CHINESE},
    {"", "", CIRCLED},
};

static void write_chinese(struct strbuf *out, int number)
{
    static const char *const digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    if (number >= 20)
        strbuf_add(out, digits[number / 10]);
    if (number >= 10)
        strbuf_add(out, "十");
    strbuf_add(out, digits[number % 10]);
}

static void write_number(struct strbuf *out, const struct form *form, int number)
{
    strbuf_cut(out, 0);
    strbuf_add(out, form->before);
    if (form->digits == ARABIC) {
        if (number >= 10)
            strbuf_format(out, "%d", number);
        else
            strbuf_add_char(out, (char)('0' + number));
    } else if (form->digits == CHINESE) {
        write_chinese(out, number);
    } else if (number <= 20) {
        text_encode(out, 0x2460 + (uint32_t)number - 1);
    }
    strbuf_add(out, form->after);
}

/* Behind the end of a sentence, a line or a piece. */
static bool may_begin(const char *text, const char *at)
{
    static const char *const ends[] = {"\n", "。", "；", ";", "：", ":", " ", "　"};
    if (at == text)
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t length = strlen(ends[i]);
        if ((size_t)(at - text) >= length && memcmp(at - length, ends[i], length) == 0)
            return true;
    }
    return false;
}

/* The number's mark from `from` on, NULL where there is none. "2.5" is no "2.". */
static const char *find_mark(
    const char *text, const char *from, const struct form *form, const char *mark)
{
    size_t length = strlen(mark);
    if (length == 0)
        return NULL;
    for (const char *at = from; (at = strstr(at, mark)) != NULL; at += length) {
        bool decimal = form->digits == ARABIC && at[length] >= '0' && at[length] <= '9' &&
                       (*form->after == '.' || *form->after == '\0');
        if (may_begin(text, at) && !decimal)
            return at;
    }
    return NULL;
}

struct marks {
    const char *start[MOST], *text[MOST]; /* of the mark, and behind it */
    size_t count;
};

/* A mark with a later number than the one that is missing: the list has a gap. */
static bool has_gap(const char *text, const struct marks *found, const struct form *form)
{
    struct strbuf mark = {0};
    bool gap = false;
    for (int number = (int)found->count + 2; number <= (int)found->count + 4 && !gap; number++) {
        write_number(&mark, form, number);
        gap = find_mark(text, found->text[0], form, strbuf_text(&mark)) != NULL;
    }
    /* and none twice */
    for (size_t i = 0; i < found->count && !gap; i++) {
        write_number(&mark, form, (int)i + 1);
        gap = find_mark(text, found->text[i], form, strbuf_text(&mark)) != NULL;
    }
    strbuf_clear(&mark);
    return gap;
}

static bool read_marks(const char *text, const struct form *form, struct marks *out)
{
    struct strbuf mark = {0};
    const char *from = text;
    out->count = 0;
    while (out->count < MOST) {
        write_number(&mark, form, (int)out->count + 1);
        if (out->count == 0 && strncmp(text, strbuf_text(&mark), mark.length) != 0)
            break;
        const char *at = find_mark(text, from, form, strbuf_text(&mark));
        if (at == NULL || (out->count == 0 && at != text))
            break;
        out->start[out->count] = at;
        from = out->text[out->count++] = at + mark.length;
    }
    strbuf_clear(&mark);
    return out->count > 1 && !has_gap(text, out, form);
}

/* Blanks, and the ； that only parts it from the next; without anything else it stays. */
static size_t last_mark(const char *start, const char *end)
{
    static const char *const marks[] = {" ", "\n", "；", ";"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i]);
        if ((size_t)(end - start) > length && memcmp(end - length, marks[i], length) == 0)
            return length;
    }
    return 0;
}

static void tell(
    const char *start, const char *end, void (*at)(void *, const char *, size_t), void *context)
{
    while (start < end && (*start == ' ' || *start == '\n'))
        start++;
    for (size_t length; (length = last_mark(start, end)) > 0;)
        end -= length;
    at(context, start, (size_t)(end - start));
}

static bool is_whole(const char *text, const struct marks *marks)
{
    const char *end = text + strlen(text);
    for (size_t i = 0; i < marks->count; i++) {
        const char *start = marks->text[i],
                   *stop = i + 1 < marks->count ? marks->start[i + 1] : end;
        while (start < stop && strchr(" \n", *start))
            start++;
        if (start == stop)
            return false;
    }
    return true;
}

size_t ledger_measures(
    const char *text, void (*at)(void *context, const char *text, size_t count), void *context)
{
    struct marks marks;
    if (*text == '\0')
        return 0;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!read_marks(text, &forms[i], &marks) || !is_whole(text, &marks))
            continue;
        for (size_t k = 0; k < marks.count; k++)
            tell(marks.text[k], k + 1 < marks.count ? marks.start[k + 1] : text + strlen(text), at,
                context);
        return marks.count;
    }
    tell(text, text + strlen(text), at, context);
    return 1;
}
