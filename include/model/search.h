/* search: the text index. Chinese words are mostly two characters, so the index keeps each text's
 * pairs of neighbouring characters (辽河 河口 口湿 湿地, the last character alone) and asks with
 * phrases. A run of ASCII letters or digits is one token, in lower case; full-width ones are taken
 * as such. Punctuation, symbols and blanks divide runs and are not looked for. */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "store/db.h"

void search_pairs(struct strbuf *out, const char *text);   /* tokens with blanks between */

/* The FTS query for a piece of text, a phrase of its pairs. It finds the piece anywhere in a run of
 * Chinese, and at the beginning of an ASCII word (`pm` finds PM2.5, `m2` does not). False when there is
 * nothing to look for in it (only punctuation). */
bool search_query(struct strbuf *out, const char *text);

/* Indexes the tasks marked stale, at most `most`, in the order of their ids, inside the caller's write
 * transaction; removes those that are gone. `*done`, unless NULL, is how many: fewer than `most` means
 * that none is left. */
bool search_refresh(struct db *db, int most, int *done, struct error *err);

/* Very many new tasks, in the order of their ids, which must be in no index yet and marked by nobody:
 * some megabytes of memory, and no second look at their rows. Between begin and end nothing else is
 * indexed. `body`: the problem, the goal, each measure and target in order. */
struct search_load { /* {0} before */
    struct db *db;
    struct db_statement *add;
    struct strbuf title, body;
};
bool search_load_begin(struct search_load *load, struct db *db, struct error *err);
bool search_load_task(struct search_load *load, int64_t id, const char *title,
    const char *const *body, size_t count, struct error *err);
bool search_load_end(struct search_load *load, struct error *err);

/* The divided runs of a piece of text, as the index sees them, for comparing with a text directly.
 * `each` gets one run after another, folded as in the index. */
void search_runs(const char *text, void (*each)(void *context, const char *run), void *context);

#endif
