/* handover: what changed since a person last looked, and the notes with which shifts are handed
 * over.
 *
 * The point up to which somebody has seen the history is theirs alone and stands in the database;
 * it is no line of the history and moves nothing on other boards. A person without a point is told
 * from the beginning of the last shift that ended within HANDOVER_HOURS, else the last
 * HANDOVER_HOURS.
 *
 * Told is what stands in the history after the point, and what the calendar did without any line:
 * due days that passed, replies that did not come. One item for each task and group, most urgent
 * group first; several lines of a task are one item with the newest words. A task that is overdue
 * now is newly overdue when it was not at the point: its due day has passed since, or a change of
 * its state or deadline made it late. Lines of no task that stand for several of tasks are left
 * out.
 *
 * Costs. The newest HANDOVER_LINES lines after the point are read, those before them counted; what
 * became overdue comes from the index of due days; of notices the table is read. */
#ifndef MODEL_HANDOVER_H
#define MODEL_HANDOVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/history.h"
#include "model/model.h"
#include "model/task.h"

enum { HANDOVER_HOURS = 24, HANDOVER_LINES = 5000, HANDOVER_OVERDUE_MOST = 5000 };

enum handover_group {
    HANDOVER_OVERDUE,   /* newly overdue */
    HANDOVER_OBJECTION, /* raised, settled */
    HANDOVER_RETURNED,  /* sent back, reopened */
    HANDOVER_NOTICE,    /* issued, answered, lifted; not answered by the day */
    HANDOVER_DEADLINE,  /* changed; extensions asked for and decided */
    HANDOVER_MOVED,     /* claimed, started, submitted, checked, made public, closed */
    HANDOVER_REPORT,    /* filed */
    HANDOVER_NEW,
    HANDOVER_EDIT,    /* everything else */
    HANDOVER_OUTSIDE, /* made outside duban */
    HANDOVER_GROUP_COUNT
};
/* `name` is for programs; `label` an N_() text. */
extern const struct handover_group_row {
    const char *name, *label;
} handover_groups[HANDOVER_GROUP_COUNT];

/* What is taken back or done again stands with the action itself; objections, notices and what was
 * sent back stand in their groups whoever wrote them; an alarm acknowledged with what it was about. */
enum handover_group handover_group_of(const struct event *event);

/* --- since when ------------------------------------------------------------------------------ */

/* Up to where a person has seen the history. */
struct handover_point {
    bool there;
    int64_t seq;
    moment_t at;
};
bool handover_point_read(struct model *model, struct handover_point *out, struct error *err);
/* `there` false: takes the point away. */
bool handover_point_write(
    struct model *model, const struct handover_point *point, struct error *err);

enum handover_since_kind {
    HANDOVER_SINCE_SEEN,  /* the person's point */
    HANDOVER_SINCE_SHIFT, /* no point: the last shift */
    HANDOVER_SINCE_HOURS, /* nor a shift */
    HANDOVER_SINCE_GIVEN, /* a line or a day that was asked for */
};
/* `name` is for programs. */
extern const char *const handover_since_names[HANDOVER_SINCE_GIVEN + 1];
struct handover_since {
    enum handover_since_kind kind;
    int64_t seq;  /* told is what comes after this line */
    moment_t at;  /* and what became late after this moment */
    char who[64]; /* whose shift it was, "" */
};
/* With `text` NULL the person's own; else a line's number, a day (from its beginning on) or a
 * moment as model/past.h reads it. ERROR_USAGE when it is none. The line of a moment is found as if
 * the history were in the order of its dates. In the past a point that came later does not count.
 */
bool handover_since_find(
    struct model *model, const char *text, struct handover_since *out, struct error *err);

/* --- what changed ---------------------------------------------------------------------------- */

struct handover_item {
    enum handover_group group;
    struct task_row row; /* id 0: of no task, or of one that is gone */
    bool gone;
    bool people;         /* of no task, but about who may come in (model/people.h) */
    int64_t seq;         /* newest line; 0: the calendar alone */
    size_t count;        /* lines */
    moment_t at;         /* of the newest line, or of the day it became late as model/alarm.h has it */
    char *actor;         /* "" outside, or nobody */
    char *words;         /* what was done, translated: short */
    char *text;          /* and whole, one line */
};
struct handover {
    struct handover_since since;
    int64_t until_seq; /* the newest line when it was read */
    moment_t until;
    int64_t unread;        /* lines after the point that are too old to be told */
    size_t overdue_untold; /* beyond HANDOVER_OVERDUE_MOST */
    struct handover_item *item;
    size_t count;
    size_t tasks; /* that the items are about, each once; lines of no task count too */
    size_t size[HANDOVER_GROUP_COUNT];
};
/* Items stand group after group: what is late by its day, the rest newest first. */
bool handover_read(struct model *model, const struct handover_since *since, struct handover **out,
    struct error *err);
void handover_free(struct handover *handover); /* NULL is fine */

/* --- notes ----------------------------------------------------------------------------------- */

#define HANDOVER_NOTE_BYTES 8000
struct handover_note {
    int64_t id;
    moment_t at;
    char *person; /* name */
    bool mine;
    int64_t since_seq, until_seq;
    char *text; /* lines */
};
/* Writes the note and marks the lines up to `until_seq` as seen, both or neither. The text is
 * scrubbed, blanks around it go. ERROR_INPUT: empty or too long; ERROR_PERMISSION: a viewer's. */
bool handover_note_write(
    struct model *model, const char *text, int64_t since_seq, int64_t until_seq, struct error *err);
/* The newest `most`, newest first, of everybody; a person with a reach sees their own and those of
 * people with the same reach. The caller ends it with handover_notes_free. */
bool handover_notes_read(
    struct model *model, size_t most, struct handover_note **out, size_t *count, struct error *err);
void handover_notes_free(struct handover_note *notes, size_t count);

#endif
