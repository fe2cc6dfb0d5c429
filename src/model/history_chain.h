/* history_chain: the hash of one line of the history; include/model/history.h says over what. */
#ifndef MODEL_HISTORY_CHAIN_H
#define MODEL_HISTORY_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/error.h"
#include "store/db.h"

enum { CHAIN_HEX = DIGEST_HEX };

struct chain_line {
    int64_t seq, task_id; /* task_id 0: none */
    const char *at, *actor, *origin, *action, *note;
};

struct chain {
    struct digest digest;
};
void chain_begin(struct chain *chain, const char *previous, const struct chain_line *line);
void chain_change(struct chain *chain, const char *field, const char *before, const char *after);
void chain_end(struct chain *chain, char out[static CHAIN_HEX]);

/* The newest chained line: seq 0 and "" when there is none yet. */
struct chain_head {
    int64_t seq;
    char hash[CHAIN_HEX];
    bool marked; /* the mark in meta was there */
};
bool chain_head_read(struct db *db, struct chain_head *head, struct error *err);
bool chain_head_write(struct db *db, const struct chain_head *head, struct error *err);

#endif
