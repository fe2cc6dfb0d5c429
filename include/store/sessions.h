/* sessions: who is at work on a database: one slot each in DATABASE.sessions.
 *
 * A session is alive while it holds the lock on its slot (an open file description lock, which goes
 * with its process however that ended), so that nothing is ever left to be cleaned up. No commit is
 * made and nobody is woken. The file gets owner and rights of the database; it has at most
 * SESSIONS_MOST slots, the lowest free one is taken.
 *
 * Where the file cannot be made or written (a folder for reading, another account's database, no
 * free slot) a session is not recorded and goes on all the same: who may read a database may do so
 * without being seen by those who share its account. What is read here is data that others wrote:
 * texts are scrubbed and cut, numbers are within bounds, what makes no sense is passed over. */
#ifndef STORE_SESSIONS_H
#define STORE_SESSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

#define SESSIONS_MOST 4096

struct session_slot {
    char *login, *name, *role, *what; /* words of tables as they stand there */
    char *origin, *terminal;          /* address, "" at the server itself; "pts/3", "" none */
    int64_t process;                  /* told to people, never relied upon */
    moment_t started_at, acted_at;
};
void session_slot_clear(struct session_slot *slot);

/* Takes a slot and fills it. NULL: it cannot be recorded. `make`: the file, where there is none. */
struct sessions;
struct sessions *sessions_enter(const char *database, const struct session_slot *slot, bool make);
/* Writes `acted_at` anew, in another file where the one it stood in is not there any more. */
void sessions_act(struct sessions *sessions, moment_t acted_at);
void sessions_leave(struct sessions *sessions); /* NULL is fine */

/* All that are alive, this process's own too, in the order of their slots; never waits for anybody.
 * None where there is no such file. The caller clears each and frees the array. */
void sessions_read(const char *database, struct session_slot **out, size_t *count);
/* Those that began before the session itself, or stand before it where they began at the same
 * moment; one of the future began before a clock was set back. */
void sessions_earlier(const struct sessions *sessions, struct session_slot **out, size_t *count);

#endif
