/* mirror_private: what the files of the mirror share. */
#ifndef HARNESS_MIRROR_PRIVATE_H
#define HARNESS_MIRROR_PRIVATE_H

#include "harness/mirror.h"

/* Of a row, after whether it is there. */
enum { REPORT_PERIOD = 1, REPORT_TEXT, REPORT_PERCENT, REPORT_PROGRESS, REPORT_BY };
enum { NOTICE_IS = 1, NOTICE_DUE, NOTICE_REPLIED, NOTICE_REPLY, NOTICE_LIFTED };
enum { REVIEW_RESULT = 1, REVIEW_AT, REVIEW_CONCLUSION, REVIEW_DAY };
enum { PUBLICITY_FIRST = 1, PUBLICITY_LAST, PUBLICITY_DAYS, PUBLICITY_WORKING, PUBLICITY_PHONE };
enum { OBJECTION_TEXT = 1, OBJECTION_DAY, OBJECTION_SETTLED, OBJECTION_HOW, OBJECTION_UPHELD };
enum { EXTENSION_TO = 1, EXTENSION_FROM, EXTENSION_ASKED, EXTENSION_DECIDED, EXTENSION_APPROVED };
enum { MEASURE_TEXT, MEASURE_DUE, MEASURE_DONE, MEASURE_WAIVED };

enum step_kind { STEP_ACTION, STEP_UNDO, STEP_REDO };
struct diff {
    int cell;
    int64_t before, after;
};
struct part {
    size_t task;
    int64_t line, target; /* target: of the part that is taken back or done again */
    int person;
    enum step_kind kind;
    struct diff *diff;
    size_t count, capacity;
};
struct step {
    int person;
    enum step_kind kind;
    size_t first, parts, origin; /* origin: of one that takes back, the action itself */
    int64_t line, done;          /* done: the line that did it last, once more perhaps */
};
/* The steps that a person can take back, and the undoing ones that can be done again. */
struct stack {
    size_t *step;
    size_t count, capacity;
};

struct mirror {
    struct mirror_task task[MIRROR_TASKS];
    size_t tasks;
    struct part *part;
    size_t parts, part_capacity, lined; /* lined: parts that have their line */
    struct step *step;
    size_t steps, step_capacity;
    struct stack undo[MIRROR_PEOPLE], redo[MIRROR_PEOPLE];
    struct step next; /* the step in the making */
    date_t today;
    bool everywhere; /* everybody sees everything */
};

/* What is being done to one task. */
struct deed {
    struct mirror *mirror;
    int person;
    size_t index;
    struct mirror_task *task;
    const struct request *request;
    struct part *part;
};

/* Sets a cell and notes what it was. */
void mirror_put(struct deed *deed, int cell, int64_t value);
const struct diff *mirror_diff(const struct part *part, int cell); /* NULL: unchanged */
bool mirror_in_reach(const struct mirror *mirror, int person, const struct mirror_task *task);

int mirror_row_cell(size_t row, int what);
int64_t mirror_row_at(const struct mirror_task *task, size_t row, int what);
int mirror_measure_cell(int position, int what); /* from position 1 */

/* mirror_actions.c, mirror_edits.c: do it, or say how it must be refused; what was done before that
 * is put back by the caller. */
enum error_code mirror_action(struct deed *deed);
enum error_code mirror_edit(struct deed *deed, size_t *clashes);
enum error_code mirror_create(struct deed *deed);

const char *mirror_told(const struct request *request, const char *name); /* "" when not */
int64_t mirror_told_day(const struct request *request, const char *name);
int64_t mirror_told_word(const struct request *request, const char *name);

#endif
