/* mirror: what tasks must look like after what people did, told by a plain program of its own: each
 * task is a row of numbers (days, places in a list of words, ids packed into one number), each step
 * a list of numbers that changed, each person has a stack of what can be taken back and one of what
 * can be done again. Nothing of src/model is used but the names of actions and fields.
 *
 * The order is: ask the mirror (it says how it must end, and when well does it), then do it with
 * the program, then tell the mirror the numbers of the lines it became. */
#ifndef HARNESS_MIRROR_H
#define HARNESS_MIRROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"
#include "model/work.h"

enum { MIRROR_TASKS = 64, MIRROR_ROWS = 96, MIRROR_MEASURES = 4, MIRROR_PEOPLE = 5 };

/* Of a task. A day is a date_t, 0 none; a text its place in mirror_words; a list its ids, four bits
 * each, the first highest. */
enum mirror_cell {
    CELL_THERE,
    CELL_STATE,
    CELL_RETURNED,
    CELL_LISTED,
    CELL_PERCENT,
    CELL_PROGRESS,
    CELL_DEADLINE,
    CELL_REPORTED_ON,
    CELL_DONE_ON,
    CELL_SUBMITTED_ON,
    CELL_CLOSED_ON,
    CELL_DOCUMENT,
    CELL_ASSIGNED_ON,
    CELL_TITLE,
    CELL_PHONE,
    CELL_OFFICER,
    CELL_GOAL,
    CELL_REGIONS,
    CELL_LEADS,
    CELL_RESPONSIBLE,
    CELL_SUPERVISOR,
    CELL_MEASURES, /* text, due, done, waived of each */
    CELL_ROWS = CELL_MEASURES + 4 * MIRROR_MEASURES,
    ROW_CELLS = 7, /* there, and what mirror.c says of each kind */
    CELL_COUNT = CELL_ROWS + MIRROR_ROWS * ROW_CELLS
};
enum mirror_kind {
    ROW_REPORT,
    ROW_NOTICE,
    ROW_REVIEW,
    ROW_PUBLICITY,
    ROW_OBJECTION,
    ROW_EXTENSION
};

struct mirror_row {
    enum mirror_kind kind;
    int64_t id;  /* in the database; 0 until it was asked for */
    int64_t seq; /* of the line that put it there last */
};
struct mirror_task {
    int64_t id, submitted_seq;
    bool weekly; /* else its source asks for no reports */
    int64_t cell[CELL_COUNT];
    struct mirror_row row[MIRROR_ROWS];
    size_t rows;
};

struct mirror;
struct mirror *mirror_new(void);
void mirror_free(struct mirror *mirror);
struct mirror_task *mirror_task(struct mirror *mirror, size_t index);
size_t mirror_count(const struct mirror *mirror);
struct mirror_task *mirror_add(struct mirror *mirror); /* a task that is there from the start */

extern const char *const mirror_words[];
extern const size_t mirror_word_count;
int64_t mirror_word(const char *text);
int64_t mirror_list(const char *ids);

/* The people: name, role, department and reach of each. */
struct mirror_person {
    const char *name, *reach;
    enum person_role role;
    int64_t department;
};
extern const struct mirror_person mirror_people[MIRROR_PEOPLE];

/* From now on everybody sees everything. */
void mirror_show_all(struct mirror *mirror);
void mirror_day(struct mirror *mirror, date_t today);

/* One task's part of a step; ERROR_NONE when it must be done. `changes` false: it is done and
 * leaves no line. A new task is `create` with any index. */
enum error_code mirror_do(struct mirror *mirror, int person, size_t task,
    const struct request *request, bool *changes, size_t *clashes);
enum error_code mirror_take_back(struct mirror *mirror, int person, bool redo);
/* The line of the next part of the step, and at its end that of the step itself: the span's, or the
 * part's own again. `new_task` is the id where one was made. */
void mirror_part_line(struct mirror *mirror, int64_t seq, int64_t new_task);
void mirror_step_line(struct mirror *mirror, int64_t seq);
size_t mirror_parts(const struct mirror *mirror); /* of the step that waits for its lines */

/* Whose step was done, or done again, last of all that stand, and the line it has; false when all
 * is taken back. */
bool mirror_newest(const struct mirror *mirror, int *person, int64_t *seq);

#endif
