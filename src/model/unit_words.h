/* unit_words: what units may be called, and words of the filter language that name one of them and
 * no other: what is shown where nothing else is called so, else the code, else #ID. */
#ifndef MODEL_UNIT_WORDS_H
#define MODEL_UNIT_WORDS_H

#include "base/strbuf.h"
#include "model/units.h"

#define UNIT_NAMES_MOST 4
struct unit {
    int64_t id;
    const char *names[UNIT_NAMES_MOST]; /* by which it may be called; NULL ends */
    char year[12];
};
/* The unit at a place of the order of its kind; false behind the last. */
bool unit_at(const struct units *units, enum unit_kind kind, size_t index, struct unit *out);

struct unit_words; /* valid as long as the units are */
struct unit_words *unit_words_new(const struct units *units, enum unit_kind kind);
void unit_words_free(struct unit_words *words); /* NULL is fine */
/* Whether no other unit is called so. */
bool unit_words_only(const struct unit_words *words, const char *name, int64_t id);
/* Appends the word, quoted where it has to be; of id 0, and of none there is, #ID. */
void unit_word_add(const struct unit_words *words, int64_t id, struct strbuf *out);

#endif
