/* query_source: input methods' punctuation to ASCII. */
#include "query_source.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

/* What a character other than full-width ASCII stands for: blanks, 、, quotes “” 「」, ≤ ≥ ≠ −. */
static const struct {
    uint32_t code;
    const char *ascii;
} meanings[] = {
    {'"', "\""},
    {0x201C, "\""},
    {0x201D, "\""},
    {0x300C, "\""},
    {0x300D, "\""},
    {0x00A0, " "},
    {0x3000, " "},
    {0x3001, ","},
    {0x2212, "-"},
    {0x2264, "<="},
    {0x2265, ">="},
    {0x2260, "!="},
};

/* The ASCII a character means outside quotes; NULL when it means itself. */
static const char *code_meaning(uint32_t code, char room[static 2])
{
    room[0] = room[1] = '\0';
    if (code >= 0xFF01 && code <= 0xFF5E)
        room[0] = (char)(code - 0xFEE0);
    else if (code < ' ' || code == 0x7F)
        room[0] = ' ';
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (meanings[i].code == code)
            return meanings[i].ascii;
    return room[0] ? room : NULL;
}

static void source_add(struct query_source *source, const char *bytes, size_t count, size_t place)
{
    for (size_t i = 0; i < count; i++) {
        source->text[source->length] = bytes[i];
        source->place[source->length++] = place;
    }
}

void query_source_init(struct query_source *source, const char *typed, size_t bytes)
{
    bytes = strnlen(typed, bytes);
    /* No character means more bytes than it has. */
    *source = (struct query_source){.text = alloc_zero(bytes + 1, 1),
        .quoted = alloc_zero(bytes + 1, sizeof(bool)),
        .place = alloc_zero(bytes + 1, sizeof(size_t))};
    bool quoted = false;
    for (size_t at = 0; at < bytes;) {
        uint32_t code;
        char room[2];
        size_t count = (size_t)text_decode(typed + at, &code);
        if (count > bytes - at)
            count = bytes - at;
        const char *meaning = code_meaning(code, room);
        size_t start = source->length;
        bool quote = meaning && meaning[0] == '"';
        if (quoted && code == '\\' && at + count < bytes) {
            uint32_t next;
            source_add(source, typed + at, count, at);
            at += count;
            count = (size_t)text_decode(typed + at, &next);
            if (count > bytes - at)
                count = bytes - at;
            source_add(source, typed + at, count, at);
        } else if (meaning && (!quoted || quote)) {
            source_add(source, meaning, strlen(meaning), at);
        } else {
            source_add(source, typed + at, count, at);
        }
        at += count;
        if (quote)
            quoted = !quoted;
        else if (quoted)
            memset(source->quoted + start, true, source->length - start);
    }
    source->place[source->length] = bytes;
}

void query_source_clear(struct query_source *source)
{
    free(source->text);
    free(source->quoted);
    free(source->place);
    *source = (struct query_source){0};
}
