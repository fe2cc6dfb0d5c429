/* scorecard_parts: what the files of the scorecard share while one is made: scorecard.c (units, the
 * survey, the order), scorecard_read.c (what stands in other tables than the tasks'),
 * scorecard_fact.c (one task), scorecard_score.c (scores, and how they came about). */
#ifndef MODEL_SCORECARD_PARTS_H
#define MODEL_SCORECARD_PARTS_H

#include "model/scorecard.h"

/* `last` is the month's end or today, `due_last` the last day on which something can have been
 * late: yesterday, of this month. */
struct score_span {
    date_t first, last, due_last;
};

/* A period whose report falls due within one of the months. */
struct score_period {
    date_t starts_on, ends_on;
    int month;
    char late[25]; /* the first moment that is too late, as the store has it */
};
#define SCORE_PERIODS 64 /* of all rhythms: bits of a word */

/* What other tables tell of a task. */
struct score_extra {
    int64_t task_id; /* 0: the place is free */
    uint64_t filed;  /* a bit for each period whose report came in time */
    uint16_t returned[SCORE_MONTHS], notices[SCORE_MONTHS];
    date_t publicised_on; /* after last month; else DATE_NONE */
};

struct score_source {
    int64_t id;
    enum rhythm rhythm;
};
/* Which line a region or department counts in. */
struct score_unit {
    int64_t id;
    size_t line;
};

struct score_work {
    struct score_span span[SCORE_MONTHS];
    date_t week[SCORE_WEEKS];
    /* those of a rhythm side by side: of_rhythm[r] up to of_rhythm[r + 1] */
    struct score_period period[SCORE_PERIODS];
    size_t of_rhythm[RHYTHM_COUNT + 1];
    struct score_source *source;
    size_t source_count;
    struct score_unit *unit; /* by id */
    size_t unit_count;
    bool *touched;  /* a flag a line: it has a task */
    int64_t *taken; /* the last task counted in a line */

    struct score_extra *extra; /* a table of `extra_room`, a power of 2 */
    size_t extra_count, extra_room;

    /* scorecard_read.c: which table is being read, and after which row */
    int phase;
    char after[32], after_text[32];
    int64_t after_task, after_id;
    bool begun;
};

/* scorecard_read.c: as survey_ops.prepare. */
bool score_prepare(
    void *result, struct model *model, int milliseconds, bool *done, struct error *err);
const struct score_extra *score_extra_of(const struct score_work *work, int64_t task_id);

/* scorecard_fact.c: as survey_ops.take. */
void score_take(void *result, const struct fact *fact);

/* scorecard_score.c */
void score_rank(const struct rule_score *rules, struct scorecard *card);

#endif
