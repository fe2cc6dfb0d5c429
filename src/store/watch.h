/* watch: one descriptor that becomes readable when the files of a database may have been written,
 * made or replaced by somebody. Reading the database does not wake it, nor do other files in the
 * same folder that are merely written. */
#ifndef STORE_WATCH_H
#define STORE_WATCH_H

struct watch;

struct watch *watch_new(const char *database); /* NULL where the system has no watches left */
void watch_free(struct watch *watch);          /* NULL is fine */
int watch_fd(const struct watch *watch);
void watch_drain(struct watch *watch);

#endif
