#include "history_chain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "history.head"

/* As a netstring, so that no text can be moved from one field into the next unseen. Most texts are
 * short, and a hash is told of one piece sooner than of three. */
static void chain_add(struct chain *chain, const char *text)
{
    enum { SHORT = 400, DIGITS = 20 };
    char piece[DIGITS + 1 + SHORT + 1];
    size_t bytes = strlen(text), at = DIGITS, rest = bytes;
    piece[at] = ':';
    do
        piece[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    size_t head = DIGITS + 1 - at;
    if (bytes > SHORT) {
        digest_add(&chain->digest, piece + at, head);
        digest_add(&chain->digest, text, bytes);
        digest_add(&chain->digest, ",", 1);
        return;
    }
    memcpy(piece + DIGITS + 1, text, bytes);
    piece[DIGITS + 1 + bytes] = ',';
    digest_add(&chain->digest, piece + at, head + bytes + 1);
}

void chain_begin(struct chain *chain, const char *previous, const struct chain_line *line)
{
    char seq[24], task[24] = "";
    snprintf(seq, sizeof seq, "%" PRId64, line->seq);
    if (line->task_id != 0)
        snprintf(task, sizeof task, "%" PRId64, line->task_id);
    const char *const texts[] = {
        previous, seq, line->at, line->actor, line->origin, task, line->action, line->note};
    digest_begin(&chain->digest);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        chain_add(chain, texts[i]);
}

void chain_change(struct chain *chain, const char *field, const char *before, const char *after)
{
    chain_add(chain, field);
    chain_add(chain, before);
    chain_add(chain, after);
}

void chain_end(struct chain *chain, char out[static CHAIN_HEX])
{
    digest_end(&chain->digest, out);
}

/* Where the head was lost, the newest chained line is it. */
static bool head_from_events(struct db *db, struct chain_head *head, struct error *err)
{
    struct db_statement *last;
    if (!db_statement(db, HISTORY_LAST_CHAINED, &last, err))
        return false;
    enum db_step step = db_step(last, err);
    if (step == DB_ROW) {
        head->seq = db_int(last, 0);
        snprintf(head->hash, sizeof head->hash, "%s", db_text(last, 1));
    }
    db_reset(last);
    return step != DB_FAILED;
}

bool chain_head_read(struct db *db, struct chain_head *head, struct error *err)
{
    struct db_statement *meta;
    memset(head, 0, sizeof *head);
    if (!db_statement(db, META_GET, &meta, err))
        return false;
    db_bind_text(meta, 1, HEAD);
    enum db_step step = db_step(meta, err);
    if (step == DB_ROW) {
        char *end;
        head->marked = true;
        head->seq = strtoll(db_text(meta, 0), &end, 10);
        snprintf(head->hash, sizeof head->hash, "%s", *end == ' ' ? end + 1 : end);
    }
    db_reset(meta);
    return step == DB_DONE ? head_from_events(db, head, err) : step == DB_ROW;
}

bool chain_head_write(struct db *db, const struct chain_head *head, struct error *err)
{
    struct db_statement *meta;
    char value[CHAIN_HEX + 24];
    if (!db_statement(db, META_SET, &meta, err))
        return false;
    snprintf(value, sizeof value, "%" PRId64 " %s", head->seq, head->hash);
    db_bind_text(meta, 1, HEAD);
    db_bind_text(meta, 2, value);
    return db_run(meta, err);
}
