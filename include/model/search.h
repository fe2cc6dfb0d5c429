/* search: the text index. Chinese words are mostly two characters, so the index keeps each text's
 * pairs of neighbouring characters (辽河 河口 口湿 湿地, the last character alone) and asks with
 * phrases. A run of ASCII letters or digits is one token, in lower case. */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include "base/error.h"
#include "base/strbuf.h"
#include "store/db.h"

void search_pairs(struct strbuf *out, const char *text);   /* tokens with blanks between */
/* The FTS query for a piece of text: phrase, or prefix for one character. False when there is nothing
 * to look for in it (only punctuation). */
bool search_query(struct strbuf *out, const char *text);
/* Indexes the tasks marked stale, at most `most`, inside the caller's write transaction. */
bool search_refresh(struct db *db, int most, struct error *err);

#endif
