/* session: somebody at work for longer than one command: a board, a wall, a plain session, the
 * following of events; over SSH each command too, for it may last as long. Each records itself
 * (store/sessions.h) for as long as it lives; duty officers and administrators see all, others
 * their own. One that cannot be recorded goes on all the same.
 *
 * Two limits: how many sessions a person may have, held against one more that comes over SSH (0:
 * any number), and after how many minutes without a key one ends (0: never; walls and the following
 * of events take no keys and never do). */
#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/error.h"
#include "model/model.h"
#include "store/sessions.h"

enum session_kind {
    SESSION_BOARD,
    SESSION_WALL,
    SESSION_PLAIN,
    SESSION_EVENTS,
    SESSION_KIND_COUNT
};
extern const struct word session_kinds[SESSION_KIND_COUNT];

struct session_options {
    enum session_kind kind;
    const char *command; /* instead of a kind: the name of a command; NULL */
    int most;            /* sessions of one person */
    int idle_minutes;
};
struct session;
/* ERROR_REFUSED: the person has as many as they may have; the sentence names them. */
bool session_over_ssh(void);
bool session_begin(struct model *model, const struct session_options *options, struct session **out,
    struct error *err);
void session_end(struct session *session); /* NULL is fine */

/* A key was pressed: costs nothing but once a minute, when it is recorded. */
void session_acted(struct session *session, moment_t now);

/* How a session stands without keys, and in how many milliseconds to ask again (0: no need). From
 * SESSION_WARNED on, a minute before it ends, the person is to be told that any key keeps it. */
enum session_rest { SESSION_GOES_ON, SESSION_WARNED, SESSION_OVER };
enum session_rest session_rest(const struct session *session, moment_t now, int *next_ms);
bool session_over(
    const struct session *session, struct error *err); /* the sentence; returns false */

/* --- who is at work -------------------------------------------------------------------------- */

/* What this person may see of it, longest at work first. */
struct session_list {
    struct session_slot *slot;
    size_t count;
};
void session_list_read(struct model *model, struct session_list *out);
void session_list_clear(struct session_list *list);
const char *session_kind_label(const char *what); /* translated; a command's name as it is */
/* "11-21 21:47" of today's year, else with it. */
struct strbuf;
void session_since(const struct session_slot *slot, moment_t now, struct strbuf *out);
/* "since 11-21 21:47, 10.1.2.3, pts/3, idle 5 min": what is known of it. */
void session_describe(const struct session_slot *slot, moment_t now, struct strbuf *out);
/* How long ago the last key was: "" under a minute, "5 min", "3 h", "2 d". */
void session_idle(const struct session_slot *slot, moment_t now, struct strbuf *out);

#endif
