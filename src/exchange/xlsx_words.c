#include "xlsx_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum {
    BYTES_MOST = 64,
    FRESH_MOST = 500, /* of one column */
    SLOTS_FIRST = 1024
};

static uint32_t hash_of(const char *text)
{
    uint32_t hash = 2166136261U; /* FNV-1a */
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619U;
    return hash ^ hash >> 15;
}

/* Where it is, or the free slot where it would be. */
static uint32_t *find(const struct xlsx_words *words, const char *text)
{
    size_t at = hash_of(text);
    for (;; at++) {
        uint32_t *slot = &words->slot[at & (words->slots - 1)];
        if (*slot == 0 || strcmp(words->word[*slot - 1], text) == 0)
            return slot;
    }
}

/* At most half full. */
static void make_room(struct xlsx_words *words)
{
    if (2 * (words->count + 1) <= words->slots)
        return;
    free(words->slot);
    words->slots = words->slots > 0 ? 2 * words->slots : SLOTS_FIRST;
    words->slot = alloc_zero(words->slots, sizeof *words->slot);
    for (size_t i = 0; i < words->count; i++)
        *find(words, words->word[i]) = (uint32_t)i + 1;
}

bool xlsx_words_number(struct xlsx_words *words, const char *text, int *fresh, size_t *number)
{
    if (strnlen(text, BYTES_MOST + 1) > BYTES_MOST)
        return false;
    make_room(words);
    uint32_t *slot = find(words, text);
    if (*slot == 0) {
        if (*fresh >= FRESH_MOST)
            return false;
        ++*fresh;
        words->word = alloc_grow(words->word, &words->capacity, words->count + 1, sizeof(char *));
        words->word[words->count++] = alloc_string(text);
        *slot = (uint32_t)words->count;
    }
    *number = *slot - 1;
    return true;
}

void xlsx_words_clear(struct xlsx_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->word[i]);
    free(words->word);
    free(words->slot);
    *words = (struct xlsx_words){0};
}
