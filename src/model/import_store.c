/* Texts kept once each and never moved. */
#include "import_store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { CHUNK_BITS = 20, CHUNK = 1 << CHUNK_BITS, SLOTS_FIRST = 1024 };

uint64_t hash_bytes(uint64_t seed, const char *bytes, size_t count)
{
    uint64_t hash = seed ^ UINT64_C(0xcbf29ce484222325), word;
    for (; count >= 8; bytes += 8, count -= 8) {
        memcpy(&word, bytes, 8);
        hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    word = count;
    memcpy(&word, bytes, count);
    hash = (hash ^ word ^ (uint64_t)count << 56) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

/* A text longer than a chunk has one of its own. */
static char *take(struct texts *texts, size_t bytes, size_t align)
{
    size_t at = (texts->at + align - 1) / align * align;
    if (texts->count == 0 || at + bytes > texts->room) {
        texts->chunk =
            alloc_grow(texts->chunk, &texts->capacity, texts->count + 1, sizeof *texts->chunk);
        texts->room = bytes > CHUNK ? bytes : CHUNK;
        texts->chunk[texts->count++] = alloc_zero(texts->room, 1);
        at = texts->count == 1 ? align : 0; /* number 0 is no text */
        if (at + bytes > texts->room)
            return take(texts, bytes, align);
        assert(texts->count < UINT32_C(1) << (32 - CHUNK_BITS));
    }
    texts->at = at + bytes;
    return texts->chunk[texts->count - 1] + at;
}

const char *texts_get(const struct texts *texts, uint32_t number)
{
    return number == 0 ? "" : texts->chunk[number >> CHUNK_BITS] + (number & (CHUNK - 1));
}

static size_t slot_of(const struct texts *texts, const char *bytes, size_t count)
{
    size_t at = hash_bytes(0, bytes, count) & (texts->slot_room - 1);
    for (; texts->slot[at] != 0; at = (at + 1) & (texts->slot_room - 1)) {
        const char *there = texts_get(texts, texts->slot[at]);
        if (strncmp(there, bytes, count) == 0 && there[count] == '\0')
            break;
    }
    return at;
}

static void grow(struct texts *texts)
{
    struct texts more = *texts;
    more.slot_room = texts->slot_room > 0 ? texts->slot_room * 2 : SLOTS_FIRST;
    more.slot = alloc_zero(more.slot_room, sizeof *more.slot);
    for (size_t i = 0; i < texts->slot_room; i++) {
        if (texts->slot[i] == 0)
            continue;
        const char *text = texts_get(texts, texts->slot[i]);
        size_t at = hash_bytes(0, text, strlen(text)) & (more.slot_room - 1);
        while (more.slot[at] != 0)
            at = (at + 1) & (more.slot_room - 1);
        more.slot[at] = texts->slot[i];
    }
    free(texts->slot);
    *texts = more;
}

uint32_t texts_add_n(struct texts *texts, const char *bytes, size_t count)
{
    if (count == 0)
        return 0;
    if (texts->texts * 4 >= texts->slot_room * 3)
        grow(texts);
    size_t slot = slot_of(texts, bytes, count);
    if (texts->slot[slot] == 0) {
        char *copy = take(texts, count + 1, 1);
        memcpy(copy, bytes, count);
        texts->texts++;
        texts->slot[slot] = (uint32_t)((texts->count - 1) << CHUNK_BITS |
                                       (size_t)(copy - texts->chunk[texts->count - 1]));
    }
    return texts->slot[slot];
}

uint32_t texts_add(struct texts *texts, const char *text)
{
    return texts_add_n(texts, text, strlen(text));
}

const char *texts_keep(struct texts *texts, const char *text)
{
    return texts_get(texts, texts_add(texts, text));
}

void *texts_room(struct texts *texts, size_t bytes)
{
    return take(texts, bytes, sizeof(void *));
}

void texts_clear(struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        free(texts->chunk[i]);
    free(texts->chunk);
    free(texts->slot);
    *texts = (struct texts){0};
}
