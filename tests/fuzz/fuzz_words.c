/* Lines from anybody: they are split or refused with a sentence, and words that are quoted again
 * are the same words. */
#include <assert.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void quote(struct strbuf *line, const char *word)
{
    strbuf_add(line, " '");
    for (; *word; word++) {
        if (*word == '\'')
            strbuf_add(line, "'\\''");
        else
            strbuf_add_char(line, *word);
    }
    strbuf_add(line, "'");
}

static void split_again(const struct words *words)
{
    struct strbuf line = {0};
    struct words again;
    struct error err = {0};
    for (int i = 0; i < words->count; i++)
        quote(&line, words->word[i]);
    if (line.length <= WORDS_BYTES) {
        bool good = words_split(strbuf_text(&line), &again, &err);
        assert(good && again.count == words->count);
        for (int i = 0; i < words->count; i++)
            assert(strcmp(words->word[i], again.word[i]) == 0);
        words_clear(&again);
    }
    strbuf_clear(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct words words;
    struct error err = {0};
    struct strbuf line = {0};
    setlocale(LC_CTYPE, "C.UTF-8");
    strbuf_add_n(&line, (const char *)data, size);
    if (words_split(strbuf_text(&line), &words, &err)) {
        size_t bytes = 0;
        for (int i = 0; i < words.count; i++)
            bytes += strlen(words.word[i]) + 1;
        assert(bytes <= size + 1);
        split_again(&words);
        words_clear(&words);
    } else {
        assert(err.text[0] && words.word == NULL);
    }
    strbuf_clear(&line);
    return 0;
}
