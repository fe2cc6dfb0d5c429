/* undo_parts: what the files of undo share: which lines of the history stand, and whether one may
 * be taken back. */
#ifndef MODEL_UNDO_PARTS_H
#define MODEL_UNDO_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/history.h"
#include "model/model.h"
#include "store/db.h"

/* Lines that were taken back, found by walking from the newest: a line that undoes or redoes
 * another and stands itself makes the other one void. */
struct standing {
    int64_t *gone; /* owned */
    size_t count, capacity;
};
enum line_kind { LINE_ACTION, LINE_UNDO, LINE_REDO, LINE_OTHER, LINE_GONE };

/* Columns of UNDO_MINE and, with those from AT_TIME on, UNDO_OF_TASK. */
enum {
    AT_SEQ,
    AT_ACTION,
    AT_ACTOR,
    AT_TARGET, /* the line that an undo or redo is about */
    AT_SPAN,   /* the first line that a spanning one stands for */
    AT_TIME,
    AT_STATE, /* whether it tells of the state, and so on */
    AT_REPORT,
    AT_LISTED,
    AT_EXTENSION,
    AT_SAME /* a field that both lines changed; "" none */
};
/* undo.c: takes the next line of the walk. */
enum line_kind undo_line(struct standing *standing, struct db_statement *row);

/* undo_rules.c: whether this person may take the event back (`redo`: the undoing that it is), and
 * nobody has built on it. */
bool undo_allowed(struct model *model, const struct event *event, bool redo, struct error *why);

#endif
