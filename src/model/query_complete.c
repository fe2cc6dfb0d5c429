/* query_complete: what may be typed next. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/pinyin.h"
#include "query_parser.h"

struct completion {
    const char *typed;
    void (*offer)(void *context, const char *word, const char *help);
    void *context;
};

/* Offers the English name or the Chinese one, whichever was begun; with nothing typed, the one of
 * the language spoken. `ending` (a colon) is put behind it. */
static void name_offer(const struct completion *completion, const char *name, const char *aliases,
    const char *help, bool ending)
{
    size_t length = strlen(completion->typed), first = strcspn(aliases, " ");
    char *chinese = alloc_string_n(aliases, first);
    bool by_name = strncasecmp(name, completion->typed, length) == 0;
    bool by_chinese = strncmp(chinese, completion->typed, length) == 0;
    if (length == 0)
        by_name = strcmp(language_current(), "zh") != 0;
    else if (!by_name && !by_chinese && (unsigned char)completion->typed[0] < 0x80)
        by_chinese = length > 1 && pinyin_matches(chinese, completion->typed);
    if (by_name || by_chinese) {
        char *word = alloc_format("%s%s", by_name ? name : chinese,
            !ending   ? ""
            : by_name ? ":"
                      : "：");
        completion->offer(completion->context, word, help);
        free(word);
    }
    free(chinese);
}

static void flags_offer(const struct completion *completion)
{
    for (int i = 0; i < FLAG_COUNT; i++)
        name_offer(
            completion, query_flags[i].name, query_flags[i].alias, _(query_flags[i].help), false);
}

static void values_offer(const struct completion *completion, enum query_field field)
{
    const struct word *words;
    size_t count = query_field_words(field, &words);
    for (size_t i = 0; i < count; i++)
        name_offer(completion, words[i].name, words[i].chinese, _(words[i].label), false);
    if (query_fields[field].type != TYPE_DATE)
        return;
    for (size_t i = 0; i < query_days_count; i++)
        name_offer(
            completion, query_days[i].name, query_days[i].alias, _(query_days[i].help), false);
}

/* Where the cursor stands: the word there, and the name whose value it is. */
struct spot {
    size_t word;
    size_t name, name_end; /* equal: no value is being typed */
    bool quoted;
};

/* Walks the terms up to the end of the source. */
static struct spot spot_find(const struct parser *parser)
{
    struct spot spot = {0};
    enum query_op op;
    size_t length;
    for (size_t at = 0; at < parser->source.length;) {
        char c = parser->source.text[at];
        bool is_value = spot.name != spot.name_end;
        if (parser_is_mark(parser, at, '"')) {
            spot.word = at;
            for (at++; at < parser->source.length && !parser_is_mark(parser, at, '"'); at++)
                ;
            spot.quoted = at >= parser->source.length;
            at += !spot.quoted;
            continue;
        }
        bool comma = is_value && c == ',';
        bool starts = at == spot.word; /* nothing of this word yet */
        if (!is_value && (length = parser_sign_at(parser, at, &op)) > 0) {
            spot.name = spot.word;
            spot.name_end = at;
            at += length;
            spot.word = at;
        } else if (comma || (c == ' ' && starts)) {
            spot.word = ++at;
        } else if (c == ' ') {
            size_t next = at + strspn(parser->source.text + at, " ");
            bool sign = !is_value && parser_sign_at(parser, next, &op) > 0;
            if (sign) { /* `state : sub` */
                spot.name = spot.word;
                spot.name_end = at;
                at = next + parser_sign_at(parser, next, &op);
            } else {
                spot.name = spot.name_end = 0;
                at = next;
            }
            spot.word = at;
        } else if (strchr("()", c) || (c == '-' && starts && !is_value)) {
            spot.name = spot.name_end = 0;
            spot.word = ++at;
        } else {
            at++;
        }
    }
    return spot;
}

static char *name_take(const struct parser *parser, const struct spot *spot)
{
    const char *name = parser->source.text + spot->name;
    size_t length = spot->name_end - spot->name;
    const char *dot = memchr(name, '.', length);
    return alloc_string_n(name, dot ? (size_t)(dot - name) : length);
}

void query_complete(const char *text, size_t at, size_t *start, enum query_field *field,
    void (*offer)(void *context, const char *word, const char *help), void *context)
{
    struct parser parser = {0};
    query_source_init(&parser.source, text, at);
    struct spot spot = spot_find(&parser);
    struct completion completion = {parser.source.text + spot.word, offer, context};
    *start = parser.source.place[spot.word];
    *field = FIELD_COUNT;
    bool value = spot.name != spot.name_end;
    if (value) {
        char *name = name_take(&parser, &spot);
        *field = query_field_find(name);
        if (!spot.quoted && query_is_flag_field(name))
            flags_offer(&completion);
        free(name);
    }
    if (!spot.quoted && *field != FIELD_COUNT)
        values_offer(&completion, *field);
    if (!spot.quoted && !value) {
        flags_offer(&completion);
        for (int i = 0; i < FIELD_COUNT; i++)
            name_offer(&completion, query_fields[i].name, query_fields[i].alias,
                _(query_fields[i].help), true);
    }
    query_source_clear(&parser.source);
}
