/* file_check: whether a file is one that a database can live in, before the engine touches it. */
#ifndef STORE_FILE_CHECK_H
#define STORE_FILE_CHECK_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/error.h"

/* What a file system is called when it is shared between machines, so that neither locks nor the
 * memory shared through -shm can be trusted on it; NULL for others. `magic` is statfs's; `type` is
 * the type of the mount ("fuse.sshfs"), asked for only where the magic does not tell. */
const char *file_check_network(unsigned long magic, const char *type);

/* There, a file, readable, and not on a network file system; fills `out`. ERROR_MISSING, ERROR_IO,
 * ERROR_CORRUPT or ERROR_NETWORK. */
bool file_check(const char *path, struct stat *out, struct error *err);
/* The same question for the folder a new file is to be made in. */
bool file_check_folder(const char *path, struct error *err);

#endif
