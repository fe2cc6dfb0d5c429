/* Walks the chain of hashes, and looks at the clock on the way. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "check_parts.h"
#include "column.h"
#include "history_chain.h"

#define CLOCK_SLACK (60 * 60 * 1000) /* ms; clocks of machines that write to one file differ */

/* What the walk knows between two rows. */
struct walk {
    struct chain chain; /* of the line whose changes are being read */
    struct findings *findings;
    int64_t outside;
    int64_t last;         /* seq of the line before, whoever made it */
    moment_t last_at;     /* its time; 0: none that can be read */
    int64_t outside_from; /* first of a run of outside lines, 0: none */
    int64_t chained_seq;  /* the last chained line, and its hash */
    char chained[CHAIN_HEX];
    char stored[CHAIN_HEX], at[32]; /* of the line being read */
    bool open;                      /* a line is being read */
    bool gap; /* lines are missing since the last chained one: it cannot fit */
};

/* Columns of HISTORY_WALK. */
enum {
    AT_SEQ,
    AT_AT,
    AT_ACTOR,
    AT_ORIGIN,
    AT_TASK,
    AT_ACTION,
    AT_NOTE,
    AT_HASH,
    AT_FIELD,
    AT_BEFORE,
    AT_AFTER
};

static void walk_end_outside(struct walk *walk)
{
    if (walk->outside_from == 0)
        return;
    if (walk->outside_from == walk->last) {
        findings_add(walk->findings, FOUND_OUTSIDE, "", walk->last,
            _("line %" PRId64 " of the history was made outside duban"), walk->last);
    } else {
        findings_add(walk->findings, FOUND_OUTSIDE, "", walk->outside_from,
            _("lines %" PRId64 " to %" PRId64 " of the history were made outside duban"),
            walk->outside_from, walk->last);
    }
    walk->outside_from = 0;
}

static void walk_gap(struct walk *walk, int64_t from, int64_t to)
{
    findings_add(walk->findings, FOUND_HISTORY, "", from,
        _("lines %" PRId64 " to %" PRId64
          " of the history are missing: they were removed after they were written"),
        from, to);
    walk->gap = true;
}

/* The line and all its changes have been read. */
static void walk_end_line(struct walk *walk)
{
    char hash[CHAIN_HEX];
    if (!walk->open)
        return;
    chain_end(&walk->chain, hash);
    if (strcmp(hash, walk->stored) != 0 && !walk->gap) {
        findings_add(walk->findings, FOUND_HISTORY, "", walk->last,
            _("line %" PRId64
              " of the history (%s), or what stood before it, was altered after it was written"),
            walk->last, walk->at);
    }
    memcpy(walk->chained, walk->stored, sizeof walk->chained);
    walk->chained_seq = walk->last;
    walk->gap = false;
    walk->open = false;
}

/* Against the line before alone: after a clock that was wrong for a while, one line is named and
 * not all that follow. */
static void walk_clock(struct walk *walk, struct db_statement *row)
{
    char at[25], before[25];
    moment_t moment = column_moment(row, AT_AT);
    if (moment != 0 && walk->last_at != 0 && moment < walk->last_at - CLOCK_SLACK) {
        findings_add(walk->findings, FOUND_CLOCK, "", db_int(row, AT_SEQ),
            _("line %" PRId64
              " of the history has the time %s, and the line before it %s: a clock was set back"),
            db_int(row, AT_SEQ), date_moment_format(moment, at),
            date_moment_format(walk->last_at, before));
    }
    walk->last_at = moment;
}

static void walk_begin_line(struct walk *walk, struct db_statement *row)
{
    int64_t seq = db_int(row, AT_SEQ), expected = walk->last < 0 ? 1 : walk->last + 1;
    if (seq < 1) {
        findings_add(walk->findings, FOUND_HISTORY, "", seq,
            _("line %" PRId64 " of the history has a number that no line gets"), seq);
    } else if (seq != expected) {
        walk_end_outside(walk);
        walk_gap(walk, expected, seq - 1);
    }
    walk_clock(walk, row);
    if (db_is_null(row, AT_HASH)) {
        walk->outside++;
        walk->outside_from = walk->outside_from != 0 ? walk->outside_from : seq;
        walk->last = seq;
        return;
    }
    walk_end_outside(walk);
    const struct chain_line line = {
        .seq = seq,
        .task_id = db_int(row, AT_TASK),
        .at = db_text(row, AT_AT),
        .actor = db_text(row, AT_ACTOR),
        .origin = db_text(row, AT_ORIGIN),
        .action = db_text(row, AT_ACTION),
        .note = db_text(row, AT_NOTE),
    };
    chain_begin(&walk->chain, walk->chained, &line);
    snprintf(walk->stored, sizeof walk->stored, "%s", db_text(row, AT_HASH));
    column_copy(row, AT_AT, walk->at, sizeof walk->at);
    walk->open = true;
    walk->last = seq;
}

static void walk_row(struct walk *walk, struct db_statement *row)
{
    if (db_int(row, AT_SEQ) != walk->last) {
        walk_end_line(walk);
        walk_begin_line(walk, row);
    }
    if (walk->open && !db_is_null(row, AT_FIELD)) {
        chain_change(
            &walk->chain, db_text(row, AT_FIELD), db_text(row, AT_BEFORE), db_text(row, AT_AFTER));
    }
}

/* Whether the last line is the one that was written last. */
static void walk_compare_head(struct walk *walk, const struct chain_head *head)
{
    if (!head->marked && walk->chained_seq > 0) {
        findings_add(walk->findings, FOUND_HISTORY, "", walk->chained_seq,
            _("the mark of the newest line of the history (meta, history.head) is missing"));
    } else if (head->seq > walk->last) {
        walk_gap(walk, walk->last + 1, head->seq);
    } else if (head->seq > walk->chained_seq) {
        findings_add(walk->findings, FOUND_HISTORY, "", head->seq,
            _("line %" PRId64 " of the history lost its hash after it was written"), head->seq);
    } else if (head->marked && strcmp(head->hash, walk->chained) != 0) {
        findings_add(walk->findings, FOUND_HISTORY, "", walk->chained_seq,
            _("line %" PRId64 " of the history is not the one that was written last"),
            walk->chained_seq);
    }
}

static bool walk_lines(struct walk *walk, struct db *db, struct error *err)
{
    struct db_statement *rows;
    struct chain_head head;
    enum db_step step;
    if (!db_statement(db, HISTORY_WALK, &rows, err))
        return false;
    while ((step = db_step(rows, err)) == DB_ROW)
        walk_row(walk, rows);
    db_reset(rows);
    if (step == DB_FAILED || !chain_head_read(db, &head, err))
        return false;
    walk_end_line(walk);
    walk_end_outside(walk);
    walk_compare_head(walk, &head);
    return true;
}

bool check_history(
    struct model *model, struct findings *findings, int64_t *outside, struct error *err)
{
    struct walk walk = {.findings = findings};
    struct db *db = model_db(model);
    if (!db_read_begin(db, err))
        return false;
    bool ok = walk_lines(&walk, db, err);
    db_read_end(db);
    *outside = walk.outside;
    return ok;
}
