/* check_replay: one task's history, played again line by line.
 *
 * What a line says stood there must stand there when its turn comes, and what it did must be
 * something the workflow lets that action do. Lines of these actions may set anything: create,
 * import, sample, and outside, which are told apart; undo and redo too, whose own check compares
 * them with what they name. A task that the history does not begin with (sample data, rows from
 * outside) begins with what its first lines say. */
#ifndef MODEL_CHECK_REPLAY_H
#define MODEL_CHECK_REPLAY_H

#include <stdbool.h>
#include <stdint.h>

#include "column.h"
#include "model/check.h"

/* The fields that are followed. */
enum replay_field { REPLAY_STATE, REPLAY_RETURNED, REPLAY_LISTED, REPLAY_DEADLINE, REPLAY_FIELDS };
#define REPLAY_ROOM 40

struct replay_value {
    bool known;
    char text[REPLAY_ROOM];
    int64_t seq; /* of the line that set it; 0: the task began so */
};
struct replay_change {
    bool there;
    char before[REPLAY_ROOM], after[REPLAY_ROOM];
};
struct replay_line {
    int64_t seq; /* 0: none is being read */
    char action[REPLAY_ROOM];
    bool outside;
    bool comes, goes; /* the task itself */
    int passed;       /* reviews passed, less those taken back */
    struct replay_change change[REPLAY_FIELDS];
};
struct replay {
    struct findings *findings;
    char ident[IDENT_ROOM]; /* "2-047"; "" of a task that is gone */
    char name[64];          /* the same in a sentence */
    bool there;             /* the row */
    bool exists;            /* by the history */
    int64_t last;           /* seq of its newest line */
    struct replay_value value[REPLAY_FIELDS];
    bool submitted; /* a line told so: passed counts from there */
    int passed;
    struct replay_line line;
};

/* A task's lines in the order of their seq: begin, then for each line begin and its changes; end
 * compares with what the row holds (NULL: there is no row). */
void replay_begin(
    struct replay *replay, struct findings *findings, int64_t task, const char *ident, bool there);
void replay_line_begin(struct replay *replay, int64_t seq, const char *action, bool outside);
void replay_change(struct replay *replay, const char *field, const char *before, const char *after);
void replay_end(struct replay *replay, const char *const row[REPLAY_FIELDS]);

#endif
