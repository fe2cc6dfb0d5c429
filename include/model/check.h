/* check: whether a database is what its history tells, for `duban check`.
 *
 * Each of the functions below looks at one part of the database as it is at one moment and adds a
 * finding for each thing that is not as it should be. Rows are read as a stream and none is kept,
 * so a check costs time by their number and no memory: for 100,000 lines of history with four
 * changes each about a second, and half of one more for the engine's own check of the file. What a
 * kind of finding means stands in finding_kinds; some are no fault: what was made outside duban, a
 * clock that was set back, a draft left over. The functions return false only when they could not
 * look.
 *
 * Of what is wrong, check_repair puts right what follows from other rows. The history and the
 * states of tasks are never touched: what they say is what somebody did, or what somebody has to
 * find out. */
#ifndef MODEL_CHECK_H
#define MODEL_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "model/model.h"

enum finding_kind {
    FOUND_FILE,      /* by the engine's own check of the file */
    FOUND_SCHEMA,    /* a table, index, view or trigger that is not as duban made it */
    FOUND_REFERENCE, /* a row that names another which is not there, or not the right one */
    FOUND_COUNTS,    /* tally_total, tally_place, tally_due, tally_owed, region_above */
    FOUND_HISTORY,   /* a line altered or missing */
    FOUND_STATE,     /* a change the workflow does not know, a row its history does not lead to */
    FOUND_UNDO,      /* an undo that did not restore what it names */
    FOUND_FACT,      /* a task without what its state needs */
    FOUND_REGION,    /* the first of a task's regions */
    FOUND_REPORTED,  /* the last period reported */
    FOUND_SEARCH,    /* the search index */
    FOUND_OUTSIDE,   /* not a fault, like those after it: made outside duban */
    FOUND_CLOCK,     /* time ran backwards */
    FOUND_WAITING,   /* tasks that wait for the search index */
    FOUND_DRAFT,     /* of a person who is gone */
    FOUND_CALENDAR,  /* public holidays not known */
    FINDING_KIND_COUNT
};
struct finding_kind_row {
    const char *name; /* in JSON */
    bool fault;
};
extern const struct finding_kind_row finding_kinds[FINDING_KIND_COUNT];

struct finding {
    enum finding_kind kind;
    const char *ident; /* of the task; "" none, or one that is gone */
    int64_t seq;       /* of the line of the history; 0 none */
    const char *text;  /* one sentence, scrubbed, that names the thing */
    bool repaired;
};
/* Where findings go, and how many there were of each kind. */
struct findings {
    void (*say)(void *context, const struct finding *finding);
    void *context;
    int64_t count[FINDING_KIND_COUNT];
};
void findings_add(struct findings *findings, enum finding_kind kind, const char *ident, int64_t seq,
    const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Whether this person may check: it looks at every task. ERROR_PERMISSION for who sees only some.
 */
bool check_permitted(struct model *model, struct error *err);

/* Tables, indexes, views and triggers against those duban makes: without its triggers a file does
 * not keep its counts, and not its history either. Of the database itself, for the model cannot be
 * opened upon one that lacks a table. */
bool check_schema(struct db *db, struct findings *findings, struct error *err);

/* Rows that name rows which are not there or are not the right ones: foreign keys, parts of a
 * breakdown, objections, the first of a task's regions. */
bool check_references(struct model *model, struct findings *findings, struct error *err);

/* The tallies against the tasks, and region_above against the regions. */
bool check_counts(struct model *model, struct findings *findings, struct error *err);

/* The chain of hashes from the first line to the last: what was altered or is missing, and lines
 * whose time is more than an hour before that of the line before. Neighbouring lines made outside
 * duban are one finding; `*outside` is how many lines they are. */
bool check_history(
    struct model *model, struct findings *findings, int64_t *outside, struct error *err);

/* Each task's history, played again: the fields state, returned, listed and deadline change only by
 * actions of the workflow that lead there, and end as the row has them; an undo restores what it
 * names exactly. Fields moved outside duban are told, and are no fault. */
bool check_states(struct model *model, struct findings *findings, struct error *err);

/* What a task must have beside its state: a closed one its day and document, a publicised one a
 * notice and a review that passed before, a listed one a notice that stands, and as its last period
 * reported that of its newest report. Rows that were imported are excused where a list taken over
 * cannot tell. */
bool check_facts(struct model *model, struct findings *findings, struct error *err);

/* Tasks that the search index lacks, and what it has besides. */
bool check_search(struct model *model, struct findings *findings, struct error *err);

/* Drafts of persons who are gone. */
bool check_left_over(struct model *model, struct findings *findings, struct error *err);

/* Puts right what follows from other rows, all of it in one transaction: triggers, counts, the
 * first region of a task, the last period reported, the search index; and removes
 * drafts of what is gone. Each thing it did is a finding, told when it is durable. For duty
 * officers and administrators. */
bool check_repair(struct model *model, struct findings *findings, struct error *err);

#endif
