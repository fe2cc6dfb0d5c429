#include "base/suggest.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/pinyin.h"
#include "base/text.h"

#define LONGEST 48 /* code points; what is longer is no mistyped name */

static int decode_all(const char *text, uint32_t out[static LONGEST])
{
    int count = 0;
    uint32_t code;
    for (int bytes; (bytes = text_decode(text, &code)) > 0; text += bytes) {
        if (count == LONGEST)
            return -1;
        out[count++] = code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
    }
    return count;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Edits that make one word of the other: a letter put in, left out, replaced, or two swapped. */
static int distance(const uint32_t *a, int a_count, const uint32_t *b, int b_count)
{
    int rows[3][LONGEST + 1];
    for (int j = 0; j <= b_count; j++)
        rows[0][j] = j;
    for (int i = 1; i <= a_count; i++) {
        int *row = rows[i % 3];
        const int *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= b_count; j++) {
            int cost = a[i - 1] != b[j - 1];
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a_count % 3][b_count];
}

/* An input method offers characters that sound alike: 抚顺先 was to be 抚顺县. */
static bool sounds_like(const char *name, const char *typed)
{
    struct strbuf own = {0}, other = {0};
    pinyin_initials(&own, name);
    pinyin_initials(&other, typed);
    bool alike = strcmp(strbuf_text(&own), strbuf_text(&other)) == 0;
    strbuf_clear(&own);
    strbuf_clear(&other);
    return alike;
}

struct suggest suggest_for(const char *typed)
{
    return (struct suggest){.typed = typed};
}

void suggest_offer(struct suggest *suggest, const char *name)
{
    uint32_t typed[LONGEST], other[LONGEST];
    int typed_count = decode_all(suggest->typed, typed);
    int count = decode_all(name, other);
    if (typed_count <= 0 || count <= 0)
        return;
    int edits = distance(typed, typed_count, other, count);
    int allowed = 1 + least(typed_count, count) / 4;
    bool begins = typed_count >= 2 && typed_count < count &&
                  memcmp(typed, other, (size_t)typed_count * sizeof *typed) == 0;
    if (begins)
        edits = least(edits, allowed);
    if (edits > allowed || edits >= least(typed_count, count) + (begins ? 1 : 0))
        return;
    if (suggest->best == NULL || edits < suggest->distance ||
        (edits == suggest->distance && sounds_like(name, suggest->typed) &&
            !sounds_like(suggest->best, suggest->typed))) {
        suggest->best = name;
        suggest->distance = edits;
    }
}
