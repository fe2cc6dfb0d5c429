/* lock_holder: who holds a lock on a file, for the sentence that says why one has to wait. Read
 * from /proc/locks, so that it names whoever really holds it, a script under flock(1) too, and
 * nothing has to be written when a lock is taken. */
#ifndef STORE_LOCK_HOLDER_H
#define STORE_LOCK_HOLDER_H

#include <stddef.h>

#define LOCK_HOLDER_WHOLE (-1) /* a flock on the whole file, not a lock on one byte */

/* "process 4711 (duban --as 王强)", or "another process" where the system does not tell (another
 * container, no /proc). `byte` is the byte that must be locked, or LOCK_HOLDER_WHOLE. */
void lock_holder_describe(const char *path, long byte, char *out, size_t size);

#endif
