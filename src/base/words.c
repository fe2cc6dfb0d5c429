#include "base/words.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/alloc.h"
#include "base/language.h"

struct splitter {
    const char *at, *end;
    char *to; /* what was read is never longer than the line */
    char quote;
    bool inside; /* in a word, which may be empty: '' */
};

/* Bytes of the character at `at`. Those that are none stand for themselves, one by one. */
static size_t character(const struct splitter *splitter)
{
    mbstate_t state = {0};
    size_t left = (size_t)(splitter->end - splitter->at);
    size_t length = mbrtowc(NULL, splitter->at, left, &state);
    return length == 0 || length > left ? 1 : length;
}

static void keep(struct splitter *splitter)
{
    size_t length = character(splitter);
    memmove(splitter->to, splitter->at, length);
    splitter->to += length;
    splitter->at += length;
    splitter->inside = true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void take_backslash(struct splitter *splitter)
{
    const char *next = splitter->at + 1;
    if (next == splitter->end) {
        keep(splitter);
    } else if (*next == '\n') { /* the line goes on below */
        splitter->at += 2;
    } else if (splitter->quote == '"' && strchr("\"\\$`", *next) == NULL) {
        keep(splitter);
    } else {
        splitter->at++;
        keep(splitter);
    }
}

/* One step within a word; false at its end. */
static bool step(struct splitter *splitter)
{
    if (splitter->at == splitter->end || (splitter->quote == '\0' && is_blank(*splitter->at)))
        return false;
    bool ascii = character(splitter) == 1;
    char c = *splitter->at;
    if (ascii && c == '\\' && splitter->quote != '\'') {
        take_backslash(splitter);
    } else if (ascii && splitter->quote == '\0' && (c == '\'' || c == '"')) {
        splitter->quote = c;
        splitter->inside = true;
        splitter->at++;
    } else if (ascii && splitter->quote != '\0' && c == splitter->quote) {
        splitter->quote = '\0';
        splitter->at++;
    } else {
        keep(splitter);
    }
    return true;
}

static bool read_word(struct splitter *splitter, struct words *out, struct error *err)
{
    char *word = splitter->to;
    splitter->inside = false;
    while (step(splitter))
        ;
    if (splitter->quote != '\0')
        return error_set(err, ERROR_USAGE,
            _("the quotation mark %c in word %d is not closed; close it, or put \\ before it"),
            splitter->quote, out->count + 1);
    if (!splitter->inside)
        return true;
    if (out->count == WORDS_MOST)
        return error_set(
            err, ERROR_USAGE, _("the line has more than %d words, which is too many"), WORDS_MOST);
    *splitter->to++ = '\0';
    out->word[out->count++] = word;
    return true;
}

bool words_split(const char *line, struct words *out, struct error *err)
{
    size_t length = strnlen(line, WORDS_BYTES + 1);
    *out = (struct words){0};
    if (length > WORDS_BYTES)
        return error_set(err, ERROR_USAGE, _("the line is longer than %d bytes, which is too long"),
            WORDS_BYTES);
    out->text = alloc_zero(length + 1, 1);
    out->word = alloc_zero(WORDS_MOST + 1, sizeof *out->word);
    struct splitter splitter = {.at = line, .end = line + length, .to = out->text};
    bool good = true;
    while (good && splitter.at < splitter.end) {
        if (is_blank(*splitter.at))
            splitter.at++;
        else
            good = read_word(&splitter, out, err);
    }
    if (!good)
        words_clear(out);
    return good;
}

void words_clear(struct words *words)
{
    free(words->word);
    free(words->text);
    *words = (struct words){0};
}
