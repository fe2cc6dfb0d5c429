/* remind_words: a rung in a person's words. */
#ifndef MODEL_REMIND_WORDS_H
#define MODEL_REMIND_WORDS_H

#include "model/remind.h"

/* "7 days before the due date", "report missing for 2026-11-09 to 2026-11-15". */
void remind_words(const struct reminder *reminder, struct strbuf *out);

#endif
